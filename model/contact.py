"""Contact data: tagged addresses, numbers and names, as printed, without repetition."""

import re

from model.labels import CONTACT_FIELDS
from model.report import Contact
from model.spans import LIKELY, Span, closed, whole
from model.view import View

_FIELDS_OF = {"phone_fax": ("phone", "fax")}  # 电话/传真 with one number is both
_TRIMMED, _OPENING, _CLOSING = ' ,.;:、。,；：“”"<>〈〉\n\t|', "（(", "）)"
_EXTENSION = " 转轉"  # whose number is not printed
_LINKS = ("contact.website", "contact.email")
_WITH_HOST = re.compile(r"(https?:?//)?[^/]*(\w\.\w|://)")
_OFFICE = re.compile(r"(?<=[室楼层部座])\([一二三四五六七八九东西南北][侧楼]?\)(?![一-龥])")  # 7层705办公室（二）
# How an address on the web goes on behind a tag that ends inside: in the host only behind a sign, since a number may
# follow it without any; in the path with whatever it may hold. A host may be a number, and end in a port.
_HOST = re.compile(r"(?:(?<=//)[0-9]+|[A-Za-z]*)(?:[.@/?=&%#~_-]+\w+|:[0-9]{2,5}(?=[/\s,;。)]|\Z))*/?", re.ASCII)
_PATH = re.compile(r"(?:[./?=&%#~@_-]*\w+)*/?", re.ASCII)


def contact(view: View, posted: str, spans: list[Span]) -> Contact:
    """What the report says of how to reach the agency, as far as the model holds it for likely."""
    found: dict[str, list[str]] = {field: [] for field in CONTACT_FIELDS}
    tagged = whole([span for span in spans if span.label.startswith("contact.")])
    link_ends = 0
    for span in (one for one in tagged if one.score >= LIKELY):
        if span.start < link_ends:
            continue  # a piece of an address on the web
        own = closed(view.text, _grown(view.text, span))
        if own.label == "contact.website" and not _WITH_HOST.match(view.text, own.start, own.end):
            continue  # a path on somebody's disk
        link_ends = own.end if own.label in _LINKS else link_ends
        printed = _trimmed(view.printed(posted, own.start, own.end)).rstrip(_EXTENSION)
        name = span.label.removeprefix("contact.")
        for field in _FIELDS_OF.get(name, (name,)):
            if printed and printed not in found[field]:
                found[field].append(printed)
    return Contact(**found)


def _grown(text: str, span: Span) -> Span:
    """The span grown over the number, the Latin word, the office or the rest of the address on the web that it touches:
    no tag ends inside."""
    start, end = span.start, span.end
    while start and _goes_on(text[start - 1 : start + 1]):
        start -= 1
    while end < len(text) and _goes_on(text[end - 1 : end + 1]):
        end += 1
    if span.label == "contact.address" and (office := _OFFICE.match(text, end)):
        end = office.end()
    if span.label in _LINKS and text[end - 1].isascii():
        inside = "/" in text[start:end].replace("://", "")
        end = (_PATH if inside else _HOST).match(text, end).end()
    return span._replace(start=start, end=end)


def _goes_on(two: str) -> bool:
    """Whether a number or a Latin word goes on from one character to the next."""
    return two.isascii() and (two.isdecimal() or two.isalpha())


def _trimmed(printed: str) -> str:
    """Without the punctuation around it; a bracket stays where its partner is in it: （0871）68181234."""
    printed = printed.lstrip(_TRIMMED + _CLOSING).rstrip(_TRIMMED + _OPENING)
    unclosed = "" if set(printed) & set(_CLOSING) else _OPENING
    unopened = "" if set(printed) & set(_OPENING) else _CLOSING
    return printed.lstrip(_TRIMMED + unclosed).rstrip(_TRIMMED + unopened)
