"""Headings are printed in many ways, and always labelled whole: number and words, or not at all."""

import re
from random import Random

import pytest

from training.synthesis.headings import STYLES, TITLES, UNOFFICIAL, heading
from training.synthesis.pieces import join

SEEDS = range(400)


def printed(kind, style, number=3):
    """The text and its spans, for each seed."""
    return [join(heading(kind, number, style, 2021, Random(seed))) for seed in SEEDS]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", TITLES)
def test_an_official_heading_is_labelled_with_its_number_to_its_end(kind, style):
    for text, spans in printed(kind, style):
        assert [span.label for span in spans] == [f"heading.{kind}"]
        assert text[: spans[0].start] == ("## " if style == "markdown" else "")
        assert text[spans[0].start : spans[0].end] == text.removeprefix("## ").strip()


@pytest.mark.parametrize("kind", UNOFFICIAL)
def test_a_heading_of_the_agency_s_own_carries_no_label(kind):
    assert all(text and not spans for text, spans in printed(kind, "chinese"))


def test_no_official_heading_is_also_one_of_the_agency_s_own():
    official = {words for titles in TITLES.values() for words in titles}
    own = {words for kind, titles in UNOFFICIAL.items() if kind != "further" for words in titles}
    assert not official & own  # 其他 behind 其他需要报告的事项 is none of the six


@pytest.mark.parametrize(
    ("style", "mark"),
    [("dot", "三. "), ("bracket", "（三）"), ("chapter", "第三章 "), ("digit_comma", "3、"), ("alone", "三、\n")],
)
def test_the_rarer_ways_to_number(style, mark):
    texts = [text for text, _ in printed("problems", style)]
    assert sum(text.startswith(mark) for text in texts) > 0.95 * len(texts)


def test_slips_are_rare_and_of_every_sort():
    texts = [text for kind in TITLES for text, _ in printed(kind, "chinese")]
    words = [text.removeprefix("三、") for text in texts]
    known = {title.replace("2{}", "2021") for titles in TITLES.values() for title in titles}
    assert 0.01 < sum(text not in known for text in words) / len(words) < 0.05
    assert any(not text.startswith("三、") for text in texts)
    assert any(" " in text for text in words)
    assert any(re.search("诉颂|复义|申清|改近|事顶|请况|公幵|存再", text) for text in words)
    assert any(len(text) + 1 == len(title) for text in words if text not in known for title in known)
