"""The body of a request, read to a text: media type, size, charset and shape, each refused by its own code."""

import json
from collections.abc import AsyncIterator, Iterable
from email.message import Message

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from service.encoding import CHARSETS, UnreadableText, decode, recognise
from service.problems import Problem

# The most bytes a code point takes: four in any charset, twelve where JSON escapes a surrogate pair (\ud83d\ude00).
_MOST_BYTES = {"text/plain": 4, "application/json": 12, "multipart/form-data": 4}
_AROUND_TEXT = 1024  # room for byte-order mark, braces, key, part headers and blanks
_DEEPEST = 64  # levels of arrays and objects in one another; a report has six
_SENDABLE = 'text/plain, application/json with {"text": …}, or multipart/form-data with one part named "file"'


async def read_text(request: Request, max_characters: int) -> str:
    """The text that a client posted: as text/plain, as {"text": …}, or as an uploaded file."""
    media_type, charset = _content_type(request, _MOST_BYTES, _SENDABLE)
    most = _MOST_BYTES[media_type] * max_characters + _AROUND_TEXT
    stream = bounded(request, most, _too_long(max_characters))
    if media_type == "multipart/form-data":
        text = await _uploaded(request, stream)
    else:
        text = _decoded(b"".join([chunk async for chunk in stream]), charset)
        text = _text_of_json(text) if media_type == "application/json" else text
    return checked(text, max_characters)


async def read_json(request: Request, most_bytes: int):
    """The JSON value that a client posted."""
    _, charset = _content_type(request, ["application/json"], "application/json")
    too_long = Problem("text_too_long", f"At most {most_bytes:,} bytes are read; send less at a time.")
    data = b"".join([chunk async for chunk in bounded(request, most_bytes, too_long)])
    return parsed(_decoded(data, charset or "utf-8"))


async def read_lines(request: Request, most_bytes: int, max_characters: int) -> AsyncIterator[bytes]:
    """The lines that are not blank of an NDJSON body, without their breaks, as they arrive. It is in UTF-8."""
    sendable = "application/x-ndjson, one JSON object a line"
    _, charset = _content_type(request, ["application/x-ndjson", "application/jsonl"], sendable)
    if CHARSETS[charset or "utf-8"] != "utf-8":
        raise Problem("unsupported_media_type", "Send the lines in UTF-8; a text in another charset goes by itself.")
    too_long = Problem("text_too_long", f"At most {most_bytes:,} bytes are read; split the job.")
    longest, rest = _MOST_BYTES["application/json"] * max_characters + _AROUND_TEXT, bytearray()
    async for chunk in bounded(request, most_bytes, too_long):
        *lines, last = chunk.split(b"\n")
        for line in lines:
            if (rest + line).strip():
                yield bytes(rest + line)
            rest.clear()
        rest += last
        if len(rest) > longest:
            raise _too_long(max_characters)
    if rest.strip():
        yield bytes(rest)


def parsed(body: str):
    """The JSON value in a body or a line of it."""
    refusal = Problem("invalid_json", 'Send JSON, such as {"text": "…"}.')
    try:
        value = json.loads(body.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise refusal from None
    if _too_deep(value):
        raise refusal
    return value


def _too_deep(value: object) -> bool:
    """Whether arrays and objects are nested so deep that what walks through them would run out of stack."""
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [inner for outer in layer for inner in _within(outer)]
    return bool(layer)


def _within(value: object) -> Iterable:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def checked(text: str, max_characters: int) -> str:
    """The text, if it is not too long and of whole characters."""
    if len(text) > max_characters:
        raise _too_long(max_characters)
    if not whole(text):
        raise Problem("wrong_encoding", "The text holds half of a surrogate pair; send whole characters.")
    return text


def whole(text: str) -> bool:
    """Whether a text is free of halves of surrogate pairs, which JSON can spell and no encoding can write."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


async def bounded(request: Request, most: int, refusal: Problem) -> AsyncIterator[bytes]:
    """The body as it arrives; past `most` bytes, the refusal."""
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > most:
            raise refusal
        yield chunk


def _content_type(request: Request, readable, sendable: str) -> tuple[str, str | None]:
    """Media type and declared charset, both in lower case."""
    media_type, charset = _declared(request.headers)
    if media_type not in readable:
        raise Problem("unsupported_media_type", f"Send Content-Type {sendable}.")
    _demand_known(charset)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem("unsupported_media_type", "Send the body uncompressed, without Content-Encoding.")
    return media_type, charset


def _demand_known(charset: str | None) -> None:
    if charset and charset not in CHARSETS:
        raise Problem("unsupported_media_type", f"Send the text in one of the charsets {', '.join(CHARSETS)}.")


def _declared(headers: Headers) -> tuple[str, str | None]:
    header = headers.get("content-type", "")
    message = Message()
    message["Content-Type"] = header
    return header.partition(";")[0].strip().lower(), message.get_content_charset()


def _decoded(data: bytes, charset: str | None) -> str:
    """In the declared charset, else in the one that is recognised."""
    try:
        return decode(data, charset) if charset else recognise(data)
    except UnreadableText as error:
        raise Problem("wrong_encoding", f"The body {error}.") from None


async def _uploaded(request: Request, stream: AsyncIterator[bytes]) -> str:
    try:
        form = await MultiPartParser(request.headers, stream, max_files=1, max_fields=0).parse()
    except (MultiPartException, KeyError):
        raise Problem("invalid_request", 'Send one part named "file" and no other.') from None
    try:
        return await _text_of_file(form.get("file"))
    finally:
        await form.close()


async def _text_of_file(file: object) -> str:
    if not isinstance(file, UploadFile):
        raise Problem("invalid_request", 'Send one part named "file" and no other.')
    _, charset = _declared(file.headers)
    _demand_known(charset)
    return _decoded(await file.read(), charset)


def _too_long(max_characters: int) -> Problem:
    return Problem("text_too_long", f"At most {max_characters:,} characters are read; send one report at a time.")


def _text_of_json(body: str) -> str:
    request = parsed(body)
    if not isinstance(request, dict) or set(request) != {"text"} or not isinstance(request["text"], str):
        raise Problem("invalid_request", 'Send a JSON object with the one key "text", whose value is a string.')
    return request["text"]
