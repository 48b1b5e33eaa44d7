"""HEAD, answered wherever GET is and as GET is, but without the body (RFC 9110, 9.1)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Headed:
    """Middleware: the routes below see a GET."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self.app(scope, receive, send)

        async def bare(message: Message) -> None:
            await send(message | {"body": b""} if message["type"] == "http.response.body" else message)

        seen = scope | {"method": "GET"}
        await self.app(seen, receive, bare)
        scope["route"] = seen.get("route")  # as the log names the request
