"""Sentences are closed, spaced and broken over lines without a change to what is labelled."""

import re
from itertools import pairwise
from random import Random

import pytest
from faker import Faker

from training.synthesis.narrative import _STATISTICS, Narrator, closed, spaced, statistics, wrapped
from training.synthesis.pieces import join
from training.synthesis.words import Words, invent

SEEDS = range(20)


def narrator(seed):
    rng, fake = Random(seed), Faker("zh_CN")
    fake.seed_instance(seed)
    return Narrator(Words(invent(rng), rng, fake), rng)


def labelled(pieces):
    return [(re.sub(r"\s", "", text), label) for text, label in pieces if label and text]


def told(seed):
    tell = narrator(seed)
    return tell.sentences(["disclosures", "applications", "interaction", "preamble"], 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_spacing_keeps_labelled_text(seed):
    pieces = told(seed)
    assert labelled(spaced(pieces)) == labelled(pieces)
    assert all(text == text.strip(" ") for text, label in spaced(pieces) if label)


@pytest.mark.parametrize("width", [7, 24, 40])
@pytest.mark.parametrize("seed", SEEDS)
def test_broken_lines_keep_labelled_text(seed, width):
    pieces = told(seed)
    broken = wrapped(pieces, width, Random(seed))
    assert labelled(broken) == labelled(pieces)
    assert max(map(len, join(broken)[0].split("\n"))) <= width
    assert not any(text.endswith("\n") for text, label in broken if label)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_begins_with_a_closing_mark_and_few_part_a_number(seed):
    broken = join(wrapped(told(seed) * 6, 24, Random(seed)))[0]
    assert not re.search(r"\n[。，、；：”）》]", broken)
    assert len(re.findall(r"[0-9]\n[0-9]", broken)) <= 0.1 * broken.count("\n")


@pytest.mark.parametrize("seed", SEEDS)
def test_page_numbers_ascend_a_page_apart_and_go_on_in_the_next_paragraph(seed):
    tell = narrator(seed)
    tell.width, tell.printed = 30, 0
    paragraphs = [tell.paragraph(tell.sentences(["disclosures", "filler"], 3)) for _ in range(40)]
    lines = join([piece for paragraph in paragraphs for piece in paragraph])[0].split("\n")
    pages = {at: int(line[2:-2]) for at, line in enumerate(lines) if re.fullmatch(r"- \d+ -", line)}
    assert all(before < after for before, after in pairwise(pages.values()))
    assert len(pages) >= 0.6 * len(lines) / 28
    assert all(after - before >= 20 for before, after in pairwise(pages))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_closed_sentence_ends_with_one_full_stop(seed):
    tell = narrator(seed)
    for topic in ("disclosures", "applications", "interaction", "filler"):
        sentence = tell.sentence(topic)
        text = join(closed(sentence))[0]
        assert text.endswith("。")
        assert text[-2] not in "。；，、;,."
        assert labelled(closed(sentence)) == labelled(sentence)


@pytest.mark.parametrize(("end", "text"), [("。", "公开35条。"), ("；", "公开35条；")])
def test_a_sentence_that_ends_with_a_count_is_closed_behind_it(end, text):
    assert join(closed([("公开", None), ("35条", "fact.disclosures")], end))[0] == text


def test_a_mark_that_is_there_is_replaced_not_doubled():
    assert join(closed([("公开", None), ("35条", "fact.disclosures"), ("；", None)]))[0] == "公开35条。"


def test_an_enumeration_counts_its_items():
    tell = narrator(1)
    text = join(tell.enumeration(["disclosures"], 3))[0]
    assert any(all(mark in text for mark in marks) for marks in (("一是", "二是", "三是"), ("1", "2", "3")))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_statistics_of_old_reports_carry_no_label(seed):
    assert join(statistics(2015, Random(seed)))[1] == []


def test_the_statistics_keep_their_order_and_are_whole_at_times():
    names = [name for name, _ in _STATISTICS]
    told = [join(statistics(2015, Random(seed)))[0] for seed in SEEDS]
    rows = [[cell.strip() for cell in re.split(r"[ |\t\n]+", text)] for text in told]
    shown = [[cell for cell in cells if cell in names] for cells in rows]
    assert any(row == names for row in shown)
    for row in shown:
        rest = iter(names)
        assert all(name in rest for name in row)


def test_the_statistics_are_printed_in_many_ways():
    told = [join(statistics(2015, Random(seed)))[0] for seed in range(60)]
    assert any("\n条\n" in text for text in told)  # one cell a line
    assert any("填报人：" in text for text in told)
    assert {"统计数" in text for text in told} == {"历年累计" in text for text in told} == {True, False}
