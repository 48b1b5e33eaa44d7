"""The body of a request, read to a text: media type, size, charset and shape, each refused by its own code."""

import json
from email.message import Message

from starlette.requests import Request

from service.encoding import CHARSETS, UnreadableText, decode
from service.problems import Problem

# The most bytes a code point takes: four in any charset, twelve where JSON escapes a surrogate pair (\ud83d\ude00).
_MOST_BYTES = {"text/plain": 4, "application/json": 12}
_AROUND_TEXT = 1024  # room for byte-order mark, braces, key and blanks


async def read_text(request: Request, max_characters: int) -> str:
    """The text that a client posted, as text/plain or as {"text": …}."""
    media_type, charset = _content_type(request)
    data = await _bytes(request, _MOST_BYTES[media_type] * max_characters + _AROUND_TEXT, max_characters)
    try:
        text = decode(data, charset)
    except UnreadableText as error:
        raise Problem("wrong_encoding", f"In the body, {error}.") from None
    if media_type == "application/json":
        text = _text_of_json(text)
    if len(text) > max_characters:
        raise _too_long(max_characters)
    return text


def _content_type(request: Request) -> tuple[str, str]:
    """Media type and charset, both in lower case."""
    header = request.headers.get("content-type", "")
    message = Message()
    message["Content-Type"] = header
    media_type, charset = header.partition(";")[0].strip().lower(), message.get_content_charset("utf-8")
    if media_type not in _MOST_BYTES:
        raise Problem("unsupported_media_type", 'Send Content-Type text/plain, or application/json with {"text": …}.')
    if charset not in CHARSETS:
        raise Problem("unsupported_media_type", f"Send the text in one of the charsets {', '.join(CHARSETS)}.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Problem("unsupported_media_type", "Send the body uncompressed, without Content-Encoding.")
    return media_type, charset


async def _bytes(request: Request, most: int, max_characters: int) -> bytes:
    """The body, read only as far as a text that is short enough can reach."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most:
            raise _too_long(max_characters)
    return bytes(data)


def _too_long(max_characters: int) -> Problem:
    return Problem("text_too_long", f"At most {max_characters:,} characters are read; send one report at a time.")


def _text_of_json(body: str) -> str:
    try:
        request = json.loads(body.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise Problem("invalid_json", 'Send a JSON object such as {"text": "…"}.') from None
    if not isinstance(request, dict) or set(request) != {"text"} or not isinstance(request["text"], str):
        raise Problem("invalid_request", 'Send a JSON object with the one key "text", whose value is a string.')
    if any("\ud800" <= character <= "\udfff" for character in request["text"]):
        raise Problem("wrong_encoding", "The text holds half of a surrogate pair; send whole characters.")
    return request["text"]
