"""Who may ask: anybody, or whoever knows the key."""

from collections.abc import Callable
from hmac import compare_digest
from typing import Annotated

from fastapi import Security
from fastapi.security import APIKeyHeader

from service.problems import Problem

_HEADER = APIKeyHeader(name="X-Api-Key", auto_error=False, description="Only where the service was started with a key.")


def demanded(key: str | None) -> Callable:
    """A dependency that refuses requests without the key; None lets everybody in."""

    async def known(given: Annotated[str | None, Security(_HEADER)] = None) -> None:
        if key is not None and not compare_digest((given or "").encode("latin-1"), key.encode()):
            raise Problem("unauthorized", "Send the key as X-Api-Key.", {"WWW-Authenticate": "X-Api-Key"})

    return known
