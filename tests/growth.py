"""How the time of everything but the model grows with the length of the text, on texts made to be hard.

    PYTHONPATH=. python tests/growth.py

Each shape is rebuilt at three lengths, each four times the one before. The exponent is that of time over length: 1 is
linear. Exits 1 where one is above LIMIT. The model itself reads windows of bounded length, so its time is linear.
"""

import sys
import time
from collections.abc import Callable
from math import log

from rich.console import Console
from rich.table import Table

from model.extract import assemble
from model.report import ModelInfo
from model.spans import Span
from model.view import view

LIMIT, STEP, LENGTHS = 1.5, 4, (20_000, 80_000, 320_000)  # characters
_MODEL = ModelInfo("none", "0", "0")
_ROW = "applications.new_applications"
Marked = tuple[str, list[Span]]


def repeated(*pieces: tuple[str, str | None]) -> Callable[[int], Marked]:
    """A text of so many characters in which labelled pieces come again and again."""

    def made(length: int) -> Marked:
        texts, spans, at = [], [], 0
        while at < length:
            for text, label in pieces:
                if label:
                    spans.append(Span(at, at + len(text), label))
                texts.append(text)
                at += len(text)
        return "".join(texts), spans

    return made


def halves(first: Callable[[int], Marked], second: Callable[[int], Marked]) -> Callable[[int], Marked]:
    """One text behind another."""

    def made(length: int) -> Marked:
        (before, spans), (behind, others) = first(length // 2), second(length // 2)
        shifted = [span._replace(start=span.start + len(before), end=span.end + len(before)) for span in others]
        return before + behind, spans + shifted

    return made


def cells(label: str, *values: str) -> Callable[[int], Marked]:
    """A table row again and again; an empty value is a blank cell."""
    pieces = [part for value in values for part in ((value or "|", label), (" | ", None))]
    return repeated(("一、本年新收", None), *pieces, ("\n", None))


def blanks_below(length: int) -> Marked:
    """Two values of a row with blank cells between, one a line."""
    breaks = "|\n" * (length // 2)
    return f"本年新收\n6{breaks}6", [Span(5, 6, _ROW), Span(6 + len(breaks), 7 + len(breaks), _ROW)]


SHAPES: dict[str, Callable[[int], Marked]] = {
    "one row, whole": cells(_ROW, "1", "2", "0", "0", "0", "0", "3"),
    "one row, blanks": cells(_ROW, "1", "", "", "", "", "", "3"),
    "one row, blanks below": blanks_below,
    "one row, three cells": cells(_ROW, "11", "22", "33"),
    "one row, glued": cells(_ROW, "31520000317"),
    "glued, no identity": cells("proactive_disclosure.regulations", "12345678901"),
    "appeals": cells("appeals", *"101010202030000"),
    "appeals, glued": cells("appeals", "1" * 24),
    "two rows in turn": repeated(("1", _ROW), (" ", None), ("2", "applications.results.granted"), (" ", None)),
    "digits without end, one cell": lambda length: ("7" * length, [Span(0, length, _ROW)]),
    "digits without end, one fact": lambda length: ("7" * length, [Span(0, length, "fact.disclosures")]),
    "千百 without end, one fact": lambda length: ("千百" * (length // 2), [Span(0, length, "fact.disclosures")]),
    "names and counts": repeated(("动态", "category"), ("12条", "fact.disclosures@website"), ("，", None)),
    "names alone": repeated(("动态", "category"), ("、", None)),
    "names, then counts": halves(
        repeated(("动态", "category"), ("、", None)),
        repeated(
            ("（", None), ("动态", "category"), ("）", None), ("12条", "fact.disclosures@website"), ("，其中", None)
        ),
    ),
    "totals and parts": repeated(("12条", "fact.disclosures@website"), ("，其中", None), ("3条", "fact.disclosures")),
    "headings in turn": repeated(("总体情况", "heading.overview"), ("\n", None), ("申请", "heading.applications")),
    "agencies and years": repeated(("青禾县水务局", "agency"), ("2023", "year"), ("年", None)),
    "dates": repeated(("2023年1月5日", "published_on"), ("\n", None), ("2023年", "period")),
    "contacts": repeated(("0000-1234567", "contact.phone"), ("，", None), ("a@b.cn", "contact.email"), ("，", None)),
    "open tags": repeated(("<p></p><table><tr><td>", None)),
    "cells that never close": repeated(("<p></p><td>5\n", None)),
    "tags that never close": repeated(("</<td <a b='", None)),
    "tags that close at last": lambda length: ("</<td <a b='" * (length // 12) + "</td>", []),
    "comments that never close": repeated(("<p></p><!--", None)),
    "entities": repeated(("<p></p>&amp;&#x", None)),
    "entities in plain text": repeated(("&nbsp;&#x;", None)),
    "nested tables": lambda length: ("<table>" * (length // 15) + "</table>" * (length // 15), []),
    "blank lines": repeated(("\n \n", None)),
}


def seconds(text: str, spans: list[Span]) -> float:
    """The quicker of two runs."""
    return min(_once(text, spans) for _ in range(2))


def _once(text: str, spans: list[Span]) -> float:
    begun = time.perf_counter()
    seen = view(text)
    assemble(text, seen, seen.locate(spans), _MODEL)
    return time.perf_counter() - begun


def main() -> int:
    table, worst = Table("shape", *(f"{length:,}" for length in LENGTHS), "exponent"), 0.0
    for name, make in SHAPES.items():
        times = [seconds(*make(length)) for length in LENGTHS]
        exponent = log(times[-1] / times[-2]) / log(STEP)
        worst = max(worst, exponent)
        table.add_row(name, *(f"{1000 * one:,.0f} ms" for one in times), f"{exponent:.2f}")
    Console().print(table)
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
