"""Contact data: tagged addresses, numbers and names, as printed, without repetition."""

from model.labels import CONTACT_FIELDS
from model.report import Contact
from model.spans import LIKELY, Span, closed, whole
from model.view import View

_FIELDS_OF = {"phone_fax": ("phone", "fax")}  # 电话/传真 with one number is both
_TRIMMED, _OPENING, _CLOSING = ' ,.;:、。,；：“”"\n\t|', "（(", "）)"


def contact(view: View, posted: str, spans: list[Span]) -> Contact:
    """What the report says of how to reach the agency, as far as the model holds it for likely."""
    found: dict[str, list[str]] = {field: [] for field in CONTACT_FIELDS}
    tagged = whole([span for span in spans if span.label.startswith("contact.")])
    for span in (one for one in tagged if one.score >= LIKELY):
        own = closed(view.text, _grown(view.text, span))
        printed = _trimmed(view.printed(posted, own.start, own.end))
        name = span.label.removeprefix("contact.")
        for field in _FIELDS_OF.get(name, (name,)):
            if printed and printed not in found[field]:
                found[field].append(printed)
    return Contact(**found)


def _grown(text: str, span: Span) -> Span:
    """The span grown over the number or the Latin word that it touches: no tag ends inside."""
    start, end = span.start, span.end
    while start and _goes_on(text[start - 1 : start + 1]):
        start -= 1
    while end < len(text) and _goes_on(text[end - 1 : end + 1]):
        end += 1
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
