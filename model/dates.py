"""Printed dates, also those that lost 年, 月 or 日 on the way (`20241231日`), where one reading alone is possible."""

import re
from datetime import date

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_RUN = re.compile(r"[0-9]+")
_JOINTS = ("至", "到", "~", "--", "-")


def read_date(text: str) -> date | None:
    """The one date that a normalised text prints; None where it prints none or the digits allow several."""
    readings = _readings(_RUN.findall(_arabic(text)))
    return readings.pop() if len(readings) == 1 else None


def read_period(text: str) -> tuple[date, date] | None:
    """First and last day of `2022年1月1日至12月31日`: an end without a year is in the year of the start."""
    for joint in _JOINTS:
        left, found, right = text.rpartition(joint) if joint in "--" else text.partition(joint)
        start = read_date(left) if found else None
        if start and (end := read_date(right) or read_date(f"{start.year}年{right}")):
            return (start, end) if start <= end else None
    return _months(text)


def _months(text: str) -> tuple[date, date] | None:
    """`2022年1-12月` is the whole year."""
    runs = _RUN.findall(text)
    whole = len(runs) == 3 and len(runs[0]) == 4 and (runs[1].lstrip("0"), runs[2]) == ("1", "12")
    first = _valid(int(runs[0]), 1, 1) if whole else set()
    return next(((day, day.replace(month=12, day=31)) for day in first), None)


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二三年一月二十八日 -> 2023年1月28日."""
    text = re.sub("([二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub("([二三])十", r"\g<1>0", text)
    text = re.sub("十([一二三四五六七八九])", r"1\1", text).replace("十", "10")
    return text.translate(_DIGITS)


def _readings(runs: list[str]) -> set[date]:
    """Every date whose year, month and day are these digits in order; a run may hold several of the three parts."""
    digits, ends, at = "".join(runs), set(), 0
    for run in runs:
        at += len(run)
        ends.add(at)
    found = set()
    for month in (5, 6):
        cuts = (4, month)
        if ends - {len(digits)} <= set(cuts) and month < len(digits) <= month + 2:
            parts = digits[:4], digits[4:month], digits[month:]
            found |= _valid(*map(int, parts))
    return found


def _valid(year: int, month: int, day: int) -> set[date]:
    try:
        return {date(year, month, day)} if 1990 <= year <= 2100 else set()
    except ValueError:
        return set()
