"""Bytes to text: in a declared charset (HTTP), or in whichever one is recognised (files).

A UTF-8 byte-order mark stays the character U+FEFF that it decodes to, and line ends stay as they are: both doors count
offsets into the same text, the one that `bytes.decode("utf-8")` gives. UTF-16's mark belongs to the encoding and goes.
"""

import codecs
import unicodedata

from model.errors import NianbaoError

# The charsets understood, by the names they go by. GB18030 contains GBK and GB 2312, UTF-8 contains ASCII.
CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8",
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip


class UnreadableText(NianbaoError):
    """Bytes that are no text, or not in the encoding they are said to be in."""


def decode(data: bytes, charset: str) -> str:
    """The text of `data` in one of CHARSETS; the message of a refusal names the byte, never the text."""
    codec = CHARSETS[charset]
    if codec != "utf-8" and _is_utf_8(data):
        raise UnreadableText(f"is UTF-8 and not {charset}; declare the charset that it is in")
    text = _first_fit(data, codec)
    if codec.startswith("utf-16") and _is_garbled(text):
        raise UnreadableText(f"is not {charset}; declare the charset that it is in")
    return _whole(text)


def _is_utf_8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with characters beyond ASCII; text in another charset is so by chance only when
    short."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _is_garbled(text: str) -> bool:
    """Whether many characters are unassigned or private, as digits and line ends are in UTF-16 of the other byte order
    and Chinese in GBK taken for UTF-16."""
    return sum(unicodedata.category(character) in ("Cn", "Co") for character in text) > len(text) / 50


def recognise(data: bytes) -> str:
    """The text of bytes whose encoding nobody declared: UTF-16 by its mark, else UTF-8, else GB 18030."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _whole(_first_fit(data, "utf-16"))
    return _whole(_first_fit(data, "utf-8", "gb18030"))


def _whole(text: str) -> str:
    if "\0" in text:
        raise UnreadableText("holds zero bytes: no text, or UTF-16 or UTF-32 without a mark; send it as UTF-8")
    return text


def _first_fit(data: bytes, *charsets: str) -> str:
    for charset in charsets:
        try:
            return data.decode(charset)
        except UnicodeDecodeError as error:
            place = error.start
    raise UnreadableText(f"is not valid {' or '.join(charsets)} (byte {place}); declare its charset or send UTF-8")
