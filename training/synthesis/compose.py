"""Whole annotated reports: chrome, title, preamble, six sections with their tables, signature; then noise.

Everything is drawn from one seed: the same seed gives the same reports.
"""

from collections.abc import Collection, Iterable, Iterator
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
from training.synthesis.frames import bottom, top
from training.synthesis.headings import STYLES as HEADING_STYLES
from training.synthesis.headings import heading
from training.synthesis.layouts import LAYOUTS, SHOWING
from training.synthesis.markup import written
from training.synthesis.narrative import Narrator, closed
from training.synthesis.pieces import Piece, join
from training.synthesis.tables import STYLES, Grid, Values, compared, fill, grids, numbered
from training.synthesis.words import Words, invent

_TRAIN_SEEDS, _TEST_SEEDS = 20_000, 10_000_000  # train seeds whose agencies no test report has; where test seeds begin
GLUED = ("glued", "half_glued")  # layouts in which the numbers of two columns may touch
UNSEEN_LAYOUTS = ("pipes_leading", "cell_lines_indented")  # for test reports only
_RARE = {"named_values": 0.4, "csv": 0.4, "broken_rows": 0.7}  # the weights of layouts that few reports have
_TOPICS = {
    "disclosures": (["disclosures"] * 7 + ["interaction"] * 2 + ["filler"] * 2),
    "applications": (["applications"] * 5 + ["filler"]),
    "management": (["filler"] * 3 + ["disclosures", "interaction"]),
    "platform": (["filler"] * 2 + ["disclosures"] * 2 + ["interaction"]),
    "supervision": (["filler"] * 3 + ["interaction"] * 3),
}
_WHOLE = 0.4  # share of the paragraphs that were written as a whole
_PARAGRAPHS = {
    "disclosures": "paragraphs_disclosures", "applications": "paragraphs_applications",
    "management": "paragraphs_interaction", "platform": "paragraphs_interaction",
    "supervision": "paragraphs_interaction",
}  # fmt: skip
# The sections of reports before 2019: how many have each, and what it tells of.
_OLD_PLAN = {
    "overview": (0.97, ["filler", "filler", "disclosures"]), "proactive_disclosure": (0.97, ["disclosures"]),
    "replies": (0.3, ["interaction"]), "applications": (0.95, ["applications"]),
    "fees": (0.7, ["applications", "filler"]), "appeals": (0.85, ["applications"]),
    "staff": (0.6, ["filler", "interaction"]), "problems": (0.95, ["filler"]),
    "other_matters": (0.45, ["other_matters", "filler"]),
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
    text, spans = join(written(pieces, layout_name, rng))
    text, spans = noise.apply(text, spans, rng) if layout is None else (text, spans)
    return Annotated(f"{'test' if unseen else 'train'}-{seed}", text, spans, _gold(narrator, form, values, spans))


def _layout(rng: Random, unseen: bool) -> str:
    names = [name for name in LAYOUTS if (name in UNSEEN_LAYOUTS) == unseen]
    names = [*names, *LAYOUTS] if unseen else names
    return rng.choices(names, [_RARE.get(name, 1) for name in names])[0]


def _tables(form, values: Values, rng: Random, layout: str) -> list[list[Piece]]:
    """The three tables serialised; now and then the last ones are missing, as images and cut pages leave them."""
    shown = rng.choices([3, 2, 1, 0], [74, 3, 3, 20])[0]
    whole = grids(form, values, rng)
    if rng.random() < 0.05:
        whole = [_with_the_year(grid, rng.randint(2019, 2025)) for grid in whole]
    if layout in SHOWING and rng.random() < 0.05:
        whole = list(map(numbered, whole))
    if rng.random() < 0.03 and layout not in GLUED:
        whole = [*(compared(grid, rng) for grid in whole[:2]), whole[2]]
    return [LAYOUTS[layout](grid, rng) if number < shown else [] for number, grid in enumerate(whole)]


def _with_the_year(grid: Grid, year: int) -> Grid:
    """Column headings that name the year: 本年（2023）制发件数."""
    return [[replace(cell, text=cell.text.replace("本年", f"本年（{year}）")) for cell in row] for row in grid]


def _report(tell: Narrator, tables: list[list[Piece]], rng: Random) -> list[Piece]:
    """All pieces in reading order. Excerpts and bare narratives occur, as they do on the web."""
    excerpt = rng.random() < 0.12
    before = [] if excerpt and rng.random() < 0.5 else [*top(tell, rng), *_preamble(tell, rng)]
    body = _sections(tell, tables, rng)
    after = [] if excerpt else bottom(tell, rng)
    return [*before, *body, *after]


def _preamble(tell: Narrator, rng: Random) -> list[Piece]:
    count = rng.choice([0, 1, 1, 2, 2, 3])
    return tell.paragraph(tell.sentences(["preamble"], count)) if count else []


def _sections(tell: Narrator, tables: list[list[Piece]], rng: Random) -> list[Piece]:
    style = rng.choices(list(HEADING_STYLES), list(HEADING_STYLES.values()))[0]
    old = tell.words.agency.year < 2019 and rng.random() < 0.7
    plan = _old_plan(tell, rng) if old else _plan(tell, tables, rng)
    pieces: list[Piece] = []
    for number, (kind, body) in enumerate(plan, 1):
        end = rng.choice(["\n", "\n", "\n\n", tell.gap, "", " ", "。", "："]) if style != "none" else "\n"
        head = heading(kind, number, style, tell.words.agency.year, rng)
        pieces += [(tell.indent, None), *head, (end, None), *body]
        pieces.append((rng.choice(["", "", "\n", tell.gap]), None))
    return pieces


def _plan(tell: Narrator, tables: list[list[Piece]], rng: Random) -> list[tuple[str, list[Piece]]]:
    """The six sections of the form and what stands in each; now and then one is missing, rarely a seventh follows."""
    bodies = {
        "overview": _overview(tell, rng),
        "proactive_disclosure": _tabled(tell, "disclosures", tables[0], rng),
        "applications": _tabled(tell, "applications", tables[1], rng),
        "appeals": _tabled(tell, "applications", tables[2], rng),
        "problems": _problems(tell, rng),
        "other_matters": _other(tell, rng),
    }
    plan = [(kind, body) for kind, body in bodies.items() if rng.random() > 0.03]
    seventh = tell.words.agency.year >= 2019 and plan[-1:] and plan[-1][0] == "other_matters" and rng.random() < 0.03
    return [*plan, ("further", _other(tell, rng))] if seventh else plan


def _old_plan(tell: Narrator, rng: Random) -> list[tuple[str, list[Piece]]]:
    """The sections of a report before the form: prose alone, and some that the form does not know."""
    plan = [(kind, topics) for kind, (share, topics) in _OLD_PLAN.items() if rng.random() < share]
    return [(kind, _problems(tell, rng) if kind == "problems" else _prose(tell, topics, rng)) for kind, topics in plan]


def _prose(tell: Narrator, topics: list[str], rng: Random) -> list[Piece]:
    """One to three paragraphs."""
    told = [tell.sentences(topics, rng.randint(1, 4)) for _ in range(rng.choice([1, 1, 2, 3]))]
    return [piece for sentences in told for piece in tell.paragraph(sentences)]


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


def _tabled(tell: Narrator, topic: str, table: list[Piece], rng: Random) -> list[Piece]:
    """A section with a table; what is told beside it stands before or, in a third of them, behind. Rarely a remark."""
    aside, shown = _aside(tell, topic, rng), _set_off(table, rng)
    remark = tell.paragraph(closed(tell.sentence("notes"))) if table and rng.random() < 0.1 else []
    return [*shown, *remark, *aside] if rng.random() < 1 / 3 else [*aside, *shown, *remark]


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
        told = tells([*["filler"] * 6, "disclosures", "interaction"], rng.randint(least, most))
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


def synthesize(
    output: Path, train: int, test: int, seed: int = 20210930, without: Collection[str] = (), **manner
) -> None:
    """Writes `train` and `test` annotated reports below `output`, one JSON file each; no agency stands in both, and
    none of those `without` is in `train`. `manner` goes to `compose`.

    A test seed gives way to the next where its agency belongs to a train seed, also to one beyond `train`: so test
    reports stay fit for a model that was trained on more reports of the same `seed`.
    """
    taken = {_agency(seed + number) for number in range(max(train, _TRAIN_SEEDS))}
    free = (number for number in count(seed + _TEST_SEEDS) if _agency(number) not in taken)
    own = (number for number in count(seed) if _agency(number) not in without)
    for part, seeds, size in (("train", own, train), ("test", free, test)):
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
