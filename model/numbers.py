"""Printed quantities: `1,362`, `-3`, `24252.311082`, `300余条`, `1.2万`, `一百零五`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from model.text import normalise

LONGEST = 15  # digits; a longer run is several numbers glued together, not a count
_LONGEST_NUMERAL = 100  # characters, decimals and Chinese numerals included

_NAMES = ("零〇○◯", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {character: digit for digit, names in enumerate(_NAMES) for character in names}
_NUMBERS = "".join(_NAMES)
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_ROUGHLY = "余多几"
_TWENTY_AND_THIRTY = str.maketrans({"廿": "二十", "卅": "三十"})
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
WORDS = "".join([*_DIGITS, *_TENS, *_MYRIADS, "廿卅"])  # of Chinese numerals
_FIGURE = r"[0-9]+(?:\.[0-9]+)?"
_NUMERAL = re.compile(rf"([+-]?)((?:{_FIGURE}|[{WORDS}])(?:{_FIGURE}|[{WORDS}{_ROUGHLY}])*)(来(?![信访电函])|\+)?")
# What goes on behind a numeral that is no number by itself: a range, a fraction, separators in odd places, a list.
_GOES_ON = re.compile(rf"[-~至到/,.、]\s*[0-9{WORDS}]")
_ESTIMATE = re.compile(rf"(?<![{_NUMBERS}])[{_NUMBERS[4:]}]{{2}}(?![{_NUMBERS}])")  # 两三百, 三五, 十七八
_TOKEN = re.compile(rf"{_FIGURE}|.")
SIGNS = "减增↓↑"  # with which the signs of a change begin where they are words
_SIGN = re.compile("^(?:(减少?|↓)|增加?|↑)(?=[0-9])")  # of a change, in words: 减4
_PLAIN = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?")


@dataclass(frozen=True)
class Quantity:
    """A count as it is meant (`1.2万` is 12000); `approximate` where 余, 多, 几, 来 or 上 says so."""

    value: int | Decimal
    approximate: bool


def quantity(text: str) -> Quantity | None:
    """The first quantity of a printed phrase, whatever unit follows; None where it holds no definite numeral.

    `几十`, `数百`, `两三百`, `3至5` and `1,2345` name no number, and a run of more than LONGEST digits is not one
    number: None.
    """
    found = _NUMERAL.search(_compact(text).translate(_TWENTY_AND_THIRTY))
    before = found and found.string[found.start() - 1 : found.start()]
    if not found or before in ("几", "数") or _GOES_ON.match(found.string, found.end()):
        return None
    if len(found[2]) > _LONGEST_NUMERAL or _ESTIMATE.search(found[2]):
        return None
    tokens = _TOKEN.findall(found[2])
    if any(len(token.partition(".")[0]) > LONGEST for token in tokens):
        return None
    value = _evaluate([token for token in tokens if token not in _ROUGHLY])
    if value >= 10**LONGEST:
        return None
    value = -value if found[1] == "-" else value
    approximate = bool(found[3]) or before == "上" or any(token in _ROUGHLY for token in tokens)
    return Quantity(int(value) if value == int(value) else value, approximate)


def parse(text: str) -> int | Decimal | None:
    """The value of the first quantity of a printed phrase; None where it holds none."""
    found = quantity(text)
    return found and found.value


def cell_count(text: str) -> int | None:
    """The whole number a table cell prints; None where it prints a word, a fraction or glued digits (`000`)."""
    if text == "0" or (text.isascii() and text.isdecimal() and len(text) <= LONGEST and text[0] != "0"):  # nearly all
        return int(text)
    printed = cell_amount(text)
    if printed is not None:
        return int(Decimal(printed)) if Decimal(printed) == int(Decimal(printed)) else None
    compact = _compact(text)
    value = parse(compact) if compact and set(compact) <= set(WORDS) else None
    return value if isinstance(value, int) else None


def cell_amount(text: str) -> str | None:
    """The decimal a table cell prints, its figures kept as printed but without separators and plus sign; 减4 is -4."""
    compact = _SIGN.sub(lambda sign: "-" if sign[1] else "", _compact(text))
    found = _PLAIN.fullmatch(compact)
    if not found or len(found[1]) > LONGEST or len(found[2] or "") > LONGEST or _glued(text.strip(), found[1]):
        return None
    return compact.removeprefix("+")


def _glued(text: str, whole: str) -> bool:
    """Whether the cell prints several numbers: no number is a 0 followed by more digits, or parted by a separator."""
    return (whole[0] == "0" and len(whole) > 1) or "\n" in text or "\t" in text


def _compact(text: str) -> str:
    return _THOUSANDS.sub("", "".join(normalise(text).split()))


def _evaluate(tokens: list[str]) -> Decimal:
    """`["2", "万", "三", "千"]` -> 23000. A last digit right behind a unit counts tenths of it: 一万二 is 12000."""
    total, section, digits, unit = Decimal(0), Decimal(0), None, 1
    for token in tokens:
        if token in _TENS:
            unit = _TENS[token]
            section, digits = section + (1 if digits is None else digits) * unit, None
        elif token in _MYRIADS:
            unit = _MYRIADS[token]
            section += digits if digits is not None else total == section == 0  # 万余条 is one 万 and more
            total, section, digits = _raise(total, section, unit), Decimal(0), None
        elif token in _DIGITS:
            unit = 1 if token in "零〇" or digits is not None else unit
            digits = (digits or 0) * 10 + _DIGITS[token]
        else:
            digits, unit = Decimal(token), 1
    return total + section + (digits or 0) * max(unit // 10, 1)


def _raise(total: Decimal, section: Decimal, unit: int) -> Decimal:
    """万 multiplies what stands since the last 亿, 亿 all that stands before it."""
    return (total + section) * unit if unit == 10**8 else total + section * unit
