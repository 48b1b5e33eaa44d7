"""Printed dates, also those that lost 年, 月 or 日 on the way (`20241231日`), where one reading alone is possible."""

import re
from calendar import monthrange
from datetime import date

_DIGITS = str.maketrans("〇零○◯OoΟο一二三四五六七八九", "00000000123456789")
_TWENTY_AND_THIRTY = str.maketrans({"廿": "二十", "卅": "三十"})
_RUN = re.compile(r"([0-9]+)\s*([年月日号]?)")
_MONTH = re.compile("[^0-9]*([0-9]{4})年([0-9]{1,2})月[^0-9日号]*")
_UNFILLED = re.compile(r"[年月]\s*[月日号]")  # a form in which the month or the day was never written
_JOINT = re.compile("[至到~〜∼-]+")
_NO_MONTH = re.compile("年(?=11日|1231日)")  # 月 was lost: the first and the last day of a year
_MIDNIGHT = re.compile(r"(?<=[日号])\s*(?:零|0{1,2}|24)(?:时|:00)")


def read_date(text: str) -> date | None:
    """The one date that a normalised text prints; None where it prints none or the digits allow several."""
    readings = _readings(_arabic(text)) or _readings(_arabic(_compact(text)))
    return readings.pop() if len(readings) == 1 else None


def read_year(text: str) -> int | None:
    """The year that a normalised text prints: 二〇二二 is 2022; None where it has more or fewer than four digits."""
    digits = "".join(re.findall("[0-9]", _arabic(text)))
    return int(digits) if len(digits) == 4 else None


def read_period(text: str) -> tuple[date, date] | None:
    """First and last day of `2022年1月1日至12月31日`, `2022年1-12月`: an end without a year is in that of the start.

    Dashes also part the digits of a date: the joint is the one that has something to read on both sides.
    """
    text = _MIDNIGHT.sub("", text)
    text = text if "月" in text else _NO_MONTH.sub("", text)
    for joint in _JOINT.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        begun = _days(left) or _days(f"{left}月")
        ended = begun and (_days(right) or _days(f"{begun[0].year}年{right}"))
        if ended and begun[0] <= ended[1]:
            return begun[0], ended[1]
    return None


def _days(text: str) -> tuple[date, date] | None:
    """First and last day of what a text prints: the same day twice, or a whole month, `2022年12月`."""
    if day := read_date(text):
        return day, day
    month = _MONTH.fullmatch(_arabic(_compact(text)))
    first = _valid(int(month[1]), int(month[2]), 1) if month else set()
    return next(((day, day.replace(day=monthrange(day.year, day.month)[1])) for day in first), None)


def _compact(text: str) -> str:
    return "".join(text.split())


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二三年元月二十八日 -> 2023年1月28日."""
    text = text.translate(_TWENTY_AND_THIRTY).replace("元月", "1月")
    text = re.sub("([二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub("([二三])十", r"\g<1>0", text)
    text = re.sub("十([一二三四五六七八九])", r"1\1", text).replace("十", "10")
    return text.translate(_DIGITS)


def _readings(text: str) -> set[date]:
    """Every date whose year, month and day are the digits of a text in order; a run may hold several of the three."""
    if _UNFILLED.search(text):
        return set()
    digits, marks = "", {}
    for run, mark in _RUN.findall(text):
        digits += run
        marks[len(digits)] = mark
    return _cut(digits, marks, 5) | _cut(digits, marks, 6)


def _cut(digits: str, marks: dict[int, str], month: int) -> set[date]:
    """The date whose month ends before digit `month`, if every run ends where one of its parts does and says no other.

    `marks`: where a run ends -> 年, 月, 日, 号 or nothing, as printed behind it.
    """
    whole = len(digits)
    parts = {4: "年", month: "月", whole: "日号"}
    if not month < whole <= month + 2 or any(mark not in parts.get(end, ()) for end, mark in marks.items()):
        return set()
    if whole == 6 and 5 not in marks and (not marks[6] or 4 in marks):  # 202312, or a day without its month: 2023年15日
        return set()
    return _valid(*map(int, (digits[:4], digits[4:month], digits[month:])))


def _valid(year: int, month: int, day: int) -> set[date]:
    try:
        return {date(year, month, day)} if 1990 <= year <= 2100 else set()
    except ValueError:
        return set()
