"""Whole annotated reports: chrome, title, preamble, six sections with their tables, signature; then noise.

Everything is drawn from one seed: the same seed gives the same reports.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from random import Random

from faker import Faker
from rich.console import Console
from rich.progress import track

from model.form import FORM_2019, FORM_2021, form_in_force
from model.labels import cell_label
from model.spans import Span
from training.gold import Annotated, write
from training.synthesis import noise
from training.synthesis.headings import heading, title
from training.synthesis.layouts import LAYOUTS
from training.synthesis.narrative import Narrator, closed, statistics
from training.synthesis.pieces import Piece, join
from training.synthesis.tables import STYLES, Grid, Values, fill, grids
from training.synthesis.words import Words, invent

_TRAIN_SEEDS, _TEST_SEEDS = 20_000, 10_000_000  # train seeds whose agencies no test report has; where test seeds begin
UNSEEN_LAYOUTS = ("pipes_leading", "cell_lines_indented")  # for test reports only
_TOPICS = {
    "disclosures": (["disclosures"] * 7 + ["interaction"] * 2 + ["filler"] * 2),
    "applications": (["applications"] * 5 + ["filler"]),
    "management": (["filler"] * 3 + ["disclosures", "interaction"]),
    "platform": (["filler"] * 2 + ["disclosures"] * 2 + ["interaction"]),
    "supervision": (["filler"] * 3 + ["interaction"] * 3),
}
_WHOLE = 0.3  # share of the paragraphs that were written as a whole
_PARAGRAPHS = {
    "disclosures": "paragraphs_disclosures", "applications": "paragraphs_applications",
    "management": "paragraphs_interaction", "platform": "paragraphs_interaction",
    "supervision": "paragraphs_interaction",
}  # fmt: skip


def compose(seed: int, unseen: bool = False, layout: str | None = None, every: int = 1) -> Annotated:
    """The synthetic report of that seed; `unseen` draws patterns and layouts that training never sees. With a `layout`
    all tables come in that one, undamaged; `every`: only one pattern in so many is used."""
    rng = Random(seed)
    fake = Faker("zh_CN")
    fake.seed_instance(seed)
    agency = invent(rng)
    narrator = Narrator(Words(agency, rng, fake), rng, unseen, every)
    form = FORM_2021 if form_in_force(agency.year) == "2021" or rng.random() < 0.03 else FORM_2019
    values = fill(form, rng, rng.choices(list(STYLES), list(STYLES.values()))[0])
    layout_name = layout or _layout(rng, unseen)
    pieces = _report(narrator, _tables(form, values, rng, layout_name), rng)
    write = {"html": _marked_up}.get(layout_name, _in_markdown if "markdown" in layout_name else None)
    text, spans = join(write(pieces, rng) if write else pieces)
    text, spans = noise.apply(text, spans, rng) if layout is None else (text, spans)
    return Annotated(f"{'test' if unseen else 'train'}-{seed}", text, spans, _gold(narrator, form, values, spans))


def _marked_up(pieces: list[Piece], rng: Random) -> list[Piece]:
    """The narrative as markup, where the tables are markup: broken lines or paragraphs, and what editors put around
    headings, figures and quotation marks."""
    paragraph = rng.choice(['<p style="text-indent:2em">', "<p>", "<p align='left'><span>"])
    end = "</span></p>" if "<span>" in paragraph else "</p>"
    between = rng.choice(["<br>\n", "<br/>", f"{end}\n{paragraph}", f"{end}\n{paragraph}"])
    quotes = rng.random() < 0.3
    shares = {"heading.": rng.choice([0, 0.9]), "fact.": rng.choice([0, 0, 0.1, 0.6])}
    marked: list[Piece] = [(paragraph, None)]
    for text, label in pieces:
        if label is None and "<" not in text:
            text = text.replace("\n", between)
            text = text.replace("“", "&ldquo;").replace("”", "&rdquo;") if quotes else text
        share = next((share for start, share in shares.items() if label and label.startswith(start)), 0)
        tag = ("strong" if label.startswith("heading.") else "span") if rng.random() < share else None
        marked += [(f"<{tag}>", None), (text, label), (f"</{tag}>", None)] if tag else [(text, label)]
    return [*marked, (end, None)]


def _in_markdown(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Headings as Markdown has them, where the tables are in Markdown."""
    before, after = rng.choice([("", ""), ("**", "**"), ("### ", ""), ("## **", "**"), ("", "  ")])
    return [
        piece
        for text, label in pieces
        for piece in (
            [(before, None), (text, label), (after, None)]
            if label and label.startswith("heading.")
            else [(text, label)]
        )
    ]


def _layout(rng: Random, unseen: bool) -> str:
    names = [name for name in LAYOUTS if (name in UNSEEN_LAYOUTS) == unseen]
    return rng.choice(names if not unseen else [*names, *LAYOUTS])


def _tables(form, values: Values, rng: Random, layout: str) -> list[list[Piece]]:
    """The three tables serialised; now and then the last ones are missing, as images and cut pages leave them."""
    shown = rng.choices([3, 2, 1, 0], [74, 3, 3, 20])[0]
    whole = grids(form, values, rng)
    if rng.random() < 0.05:
        whole = [_with_the_year(grid, rng.randint(2019, 2025)) for grid in whole]
    return [LAYOUTS[layout](grid, rng) if number < shown else [] for number, grid in enumerate(whole)]


def _with_the_year(grid: Grid, year: int) -> Grid:
    """Column headings that name the year: 本年（2023）制发件数."""
    return [[replace(cell, text=cell.text.replace("本年", f"本年（{year}）")) for cell in row] for row in grid]


def _report(tell: Narrator, tables: list[list[Piece]], rng: Random) -> list[Piece]:
    """All pieces in reading order. Excerpts and bare narratives occur, as they do on the web."""
    excerpt = rng.random() < 0.12
    before = [] if excerpt and rng.random() < 0.5 else [*_top(tell, rng), *_preamble(tell, rng)]
    body = _sections(tell, tables, rng)
    after = [] if excerpt else _bottom(tell, rng)
    return [*before, *body, *after]


def _top(tell: Narrator, rng: Random) -> list[Piece]:
    lines = [tell.sentence("chrome") for _ in range(rng.choice([0, 0, 1, 2, 3, 5]))]
    name = title(tell.words.agency.name, tell.words.agency.year, rng)
    named = [*lines, name, *([tell.sentence("chrome")] if rng.random() < 0.4 else [])]
    if rng.random() < 0.15:
        named = [name, *named]
    return [piece for line in named for piece in (*line, ("\n" if rng.random() < 0.9 else " ", None))]


def _preamble(tell: Narrator, rng: Random) -> list[Piece]:
    count = rng.choice([0, 1, 1, 2, 2, 3])
    return tell.paragraph(tell.sentences(["preamble"], count)) if count else []


def _bottom(tell: Narrator, rng: Random) -> list[Piece]:
    name = tell.words.agency.name
    old = tell.words.agency.year < 2019 and rng.random() < 0.6
    pieces = statistics(tell.words.agency.year, rng) if old else []
    if rng.random() < 0.6:
        pieces += [(" " * rng.choice([0, 0, 12, 30]), None), (name, "agency"), ("\n", None)]
    if rng.random() < 0.65:
        pieces += [(" " * rng.choice([0, 0, 12, 30]), None), (tell.words.slot("signed"), "published_on"), ("\n", None)]
    for _ in range(rng.choice([0, 0, 1, 2])):
        pieces += [*tell.sentence("chrome"), ("\n", None)]
    return pieces


def _sections(tell: Narrator, tables: list[list[Piece]], rng: Random) -> list[Piece]:
    style = rng.choice(["chinese"] * 12 + ["blank", "digit", "part", "markdown", "comma", "none"])
    bodies = {
        "overview": _overview(tell, rng),
        "proactive_disclosure": [*_aside(tell, "disclosures", rng), *_set_off(tables[0], rng)],
        "applications": [*_aside(tell, "applications", rng), *_set_off(tables[1], rng)],
        "appeals": [*_aside(tell, "applications", rng), *_set_off(tables[2], rng)],
        "problems": _problems(tell, rng),
        "other_matters": _other(tell, rng),
    }
    kinds = [kind for kind in bodies if rng.random() > 0.03]
    pieces: list[Piece] = []
    for number, kind in enumerate(kinds, 1):
        end = rng.choice(["\n", "\n", "\n\n", tell.gap, "", " ", "。"]) if style != "none" else "\n"
        head = heading(kind, number, style, tell.words.agency.year, rng)
        pieces += [(tell.indent, None), *head, (end, None), *bodies[kind]]
        pieces.append((rng.choice(["", "", "\n", tell.gap]), None))
    return pieces


def _overview(tell: Narrator, rng: Random) -> list[Piece]:
    """Section one: an opening, then the five duties under their sub-headings, or a few plain paragraphs."""
    pieces: list[Piece] = []
    if rng.random() < 0.8:
        opening = tell.sentences(["filler", "filler", "disclosures"], rng.randint(1, 3))
        pieces += tell.paragraph(closed(tell.sentence("paragraphs_filler")) if rng.random() < _WHOLE else opening)
    topics = [topic for topic in _TOPICS if rng.random() < 0.85]
    with_heads = rng.random() < 0.75
    for number, topic in enumerate(topics, 1):
        head = tell.subhead(topic, number) if with_heads else []
        pieces += tell.paragraph([*head, *_told(tell, topic, rng)])
    return pieces


def _told(tell: Narrator, topic: str, rng: Random) -> list[Piece]:
    """One of the duties: a paragraph written as a whole, an enumeration, or sentences side by side."""
    topics = _TOPICS[topic]
    if rng.random() < _WHOLE:
        return closed(tell.sentence(_PARAGRAPHS[topic]))
    if rng.random() < 0.25:
        return [*closed(tell.sentence("filler")), *tell.enumeration(topics, rng.randint(2, 5))]
    return tell.sentences(topics, rng.choice([1, 2, 2, 3, 4, 5]))


def _aside(tell: Narrator, topic: str, rng: Random) -> list[Piece]:
    if rng.random() > 0.22:
        return []
    sentences = tell.sentences([topic], rng.randint(1, 2))
    return tell.paragraph(closed(tell.sentence(_PARAGRAPHS[topic])) if rng.random() < _WHOLE else sentences)


def _set_off(table: list[Piece], rng: Random) -> list[Piece]:
    return [(rng.choice(["", "\n", "\n"]), None), *table, ("\n", None)] if table else []


def _problems(tell: Narrator, rng: Random) -> list[Piece]:
    heads = rng.random() < 0.5
    paragraphs = []
    for number, topic in enumerate(["problems", "plans"], 1):
        head = tell.subhead(topic, number) if heads else []
        tells, least, most = (tell.enumeration, 2, 4) if rng.random() < 0.5 else (tell.sentences, 1, 3)
        told = tells(["filler"], rng.randint(least, most))
        paragraphs += tell.paragraph([*head, *told])
    return paragraphs


def _other(tell: Narrator, rng: Random) -> list[Piece]:
    topics = ["other_matters", "other_matters", "filler", "interaction"]
    return tell.paragraph(tell.sentences(topics, rng.randint(1, 3)))


def _gold(tell: Narrator, form, values: Values, spans: list[Span]) -> dict:
    """What the text says of the tables and the year; cells of rows that the text does not show are left out."""
    labels = {span.label for span in spans}
    shown = {p: v for p, v in values.items() if v is not None and _row_label(p) in labels}
    return {"year": tell.words.agency.year, "form": form.version, "cells": shown}


def _row_label(pointer: str) -> str:
    table, _, row = pointer.strip("/").rpartition("/")[0].partition("/")
    return cell_label(table, row)


def synthesize(output: Path, train: int, test: int, seed: int = 20210930, **manner) -> None:
    """Writes `train` and `test` annotated reports below `output`, one JSON file each; no agency stands in both.
    `manner` goes to `compose`.

    A test seed gives way to the next where its agency belongs to a train seed, also to one beyond `train`: so test
    reports stay fit for a model that was trained on more reports of the same `seed`.
    """
    taken = {_agency(seed + number) for number in range(max(train, _TRAIN_SEEDS))}
    free = (number for number in count(seed + _TEST_SEEDS) if _agency(number) not in taken)
    for part, seeds, size in (("train", count(seed), train), ("test", free, test)):
        composed = _compose_all(islice(seeds, size), unseen=part == "test", **manner)
        for made in track(composed, f"synthesize {part}", size, console=Console(stderr=True)):
            write(output / part, made)


def _compose_all(seeds: Iterable[int], **manner) -> Iterator[Annotated]:
    """The reports of the seeds, in their order, composed on all processors."""
    with ProcessPoolExecutor() as pool:
        yield from pool.map(partial(compose, **manner), seeds, chunksize=8)


def _agency(seed: int) -> str:
    """The name of the agency whose report that seed is: the first thing `compose` draws."""
    return invent(Random(seed)).name
