"""Narrative facts: tagged quantities with value and unit, and with the channel and the category that belong to them
(`model/channels.py`, `model/categories.py`)."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from model.categories import categories, named
from model.channels import channels
from model.labels import fact_kind
from model.numbers import WORDS, quantity
from model.spans import Span

_LEAST = 0.6  # the score of a fact; of those from one half up to it more are wrong than right (decision 28)
# What stands outside the span, 约35条.
_BEFORE = re.compile(r"((?<![民公合契条节预签违特])约[有为计]?|(?<![最附临就])近|超|超过|逾|将近|接近)\s*$")
_AFTER = re.compile(r"[ \t]*(以上|左右|之多)")  # a new line is a new thought
_NUMERAL = re.compile(rf"^各?上?[0-9{WORDS},.\s余多几+-]*(来(?![信访电函]))?")
_VAGUE = re.compile(rf"^\s*(多(?!媒体|部门)|数(?![据字])|几|若干)|[0-9{WORDS}]")  # 多次 and 两三百条 count nothing
# Numerals that count nothing where they stand in the noun of a zero said in words: 12345热线投诉, 第三方申请, 百姓投诉.
_NAMES = re.compile(
    rf"第[{WORDS}]+|任何一|[两二三]微(?:一端)?|百姓|两会|一般|一站式|一网|一次性|[0-9]{{5}}(?=[^,。、]{{0,6}}(?:热线|平台))"
    r"|123[0-9]{2}(?![0-9.,余多万]|\s*[条件个次封起宗人例批份篇单])"
)
_DENIAL = re.compile(r"[无未没零免空缺暂0〇○]|不(?!断|同|少|仅|足|良|忘|懈|予|定)")  # or a printed zero
_DENIED = 60, 20  # characters before a noun and behind it in which a zero is said
_YEAR = re.compile("20[0-9]{2}年")  # of the sentence behind a number that lost its unit
_LATIN = re.compile("[0-9][A-Za-z]")
_RANGE = re.compile(rf"[0-9{WORDS}]\s*[-~至到]\s*$")  # before a count: it is the end of 3至5次
_NUMERAL_ENDS = re.compile(rf"[0-9{WORDS}余多]")
_UNIT = re.compile(
    r"[余多]?[ \t]?(?:[人件条封批场期篇宗]次|[件篇则宗起封份名张期条次个场项](?![例间年月日所地目]))"
    r"|[余多](?=[\s,、;。)]|\Z)"
)
_STOPS = ",、;。:"  # end no quantity
_MONEY = set("元块圆¥")  # 收费3件 is no fee
_BELOW_ONE = re.compile(r"(?<![0-9.])0\.\Z")
_THOUSANDS, _FRACTION = re.compile(r"(?<=[0-9]),[0-9]{3}(?![0-9])"), re.compile(r"(?<=[0-9])\.[0-9]")
_UNITS, _OPEN = "十百千万亿", "十百千万亿零〇○廿卅"  # numerals that end and begin a part of a longer one
_BETWEEN_TWO = re.compile(r"[、,;:。和及与或以也亦并而无没未不非零]")  # between two nouns: they are two, not one
_LONGEST_NOUN = 30  # characters


@dataclass(frozen=True)
class Told:
    """A fact in the view, not yet located in the posted text. `category` is the span of a name."""

    kind: str
    channel: str | None
    value: int | float
    unit: str | None
    approximate: bool
    category: Span | None
    span: Span


def facts(text: str, spans: list[Span]) -> list[Told]:
    """The facts of a normalised text, in order. A span that holds no numeral is the noun of a zero said in words; one
    that the model doubts is none."""
    names = named(text, spans)
    likely = [span for span in spans if span.label.startswith("fact.") and span.score >= _LEAST]
    starts = sorted(span.start for span in [*names, *likely])
    counts = _joined(text, [_with_unit(text, _whole_number(text, span), starts) for span in likely])
    named_counts = categories(text, names, counts)
    through = channels(text, counts, named_counts)
    return [fact for span in counts if (fact := _told(text, span, through[span], named_counts.get(span)))]


def _whole_number(text: str, span: Span) -> Span:
    """A fact that was tagged in part, grown over the numeral it touches: no other tag stands inside a number, and no
    comma ends one. What stands before a point, unless it is 0, may be the number of a list: 1.35条."""
    start, end = span.start, span.start + max(1, len(text[span.start : span.end].rstrip(_STOPS + " \n\t")))
    while start and _goes_on(text, start):
        start -= 1
    if _BELOW_ONE.search(text[max(0, start - 3) : start]) and text[start].isdecimal():
        start -= 2
    while (
        end < len(text)
        and not _YEAR.match(text, end)
        and (_goes_on(text, end) or any(_FRACTION.match(text, at) for at in (end - 1, end)))
    ):
        end += 1
    return span._replace(start=start, end=end)


def _with_unit(text: str, span: Span, starts: list[int]) -> Span:
    """The span grown over the unit behind its numeral, [30]余件, where nothing tagged begins; `starts` are sorted."""
    unit = _UNIT.match(text, span.end) if _NUMERAL_ENDS.search(text[span.end - 1 : span.end]) else None
    if not unit or bisect_left(starts, span.end) < bisect_left(starts, unit.end()):
        return span
    return span._replace(end=unit.end())


def _goes_on(text: str, at: int) -> bool:
    """Whether one numeral stands on both sides of a place: 1|2, 1|,235, 一|百, 百|二."""
    before, after = text[at - 1], text[at]
    if (before + after).isdecimal() or any(_THOUSANDS.match(text, place) for place in (at - 1, at)):
        return True
    return (before.isdecimal() or before in WORDS) and (after in _UNITS or (before in _OPEN and after in WORDS))


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Spans in order, one for each fact. Those of one label that overlap once grown are parts of one number. Nouns of
    one label are parts of one, 无[结转]上年度的[申请], where nothing between them begins another; and a noun that
    touches a count of its label is what that counts, [1起][行政诉讼], and no zero."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if not last or last.label != span.label:
            joined.append(span)
        elif span.start < last.end or _one_noun(text, last, span):
            joined[-1] = last._replace(end=max(last.end, span.end))
        elif span.start > last.end or _counts(text, last) == _counts(text, span):
            joined.append(span)
        elif _counts(text, span):
            joined[-1] = span
    return joined


def _one_noun(text: str, last: Span, span: Span) -> bool:
    apart = span.end - last.start > _LONGEST_NOUN or _BETWEEN_TWO.search(text, last.end, span.start)
    return not apart and not _counts(text, last._replace(end=span.end))


def _counts(text: str, span: Span) -> bool:
    """Whether a span prints a count, and not only a noun."""
    return quantity(_NAMES.sub("", text[span.start : span.end])) is not None


def _told(text: str, span: Span, channel: str | None, category: Span | None) -> Told | None:
    """None where a span says how much without a number, is a noun that nothing denies, the end of a range, a fee in
    another unit than money, or a number with a letter behind it, 365b."""
    printed = _NAMES.sub("", text[span.start : span.end])
    number = quantity(printed)
    kind, _ = fact_kind(span.label)
    before = text[max(0, span.start - 4) : span.start]
    if number is None:
        zero = _denied(text, span) and not _VAGUE.search(printed)
        return Told(kind, channel, 0, None, False, category, span) if zero else None
    if _RANGE.search(before) or _LATIN.match(text, span.end - 1):
        return None
    about = number.approximate or _BEFORE.search(before) or _AFTER.match(text, span.end)
    value = number.value if isinstance(number.value, int) else float(number.value)
    unit = _NUMERAL.sub("", printed).strip() or None
    if kind == "fees" and value and unit and not _MONEY & set(unit):
        return None
    return Told(kind, channel, value, unit, bool(about), category, span)


def _denied(text: str, span: Span) -> bool:
    """Whether a noun stands near a word that can deny it."""
    before, behind = _DENIED
    return _DENIAL.search(text, max(0, span.start - before), span.end + behind) is not None
