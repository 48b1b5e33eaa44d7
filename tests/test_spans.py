import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import spans
from model.labels import LABELS, TAGS
from model.spans import Span, begin, best_tags, closed, decode, from_tags, to_tags


@st.composite
def span_lists(draw):
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=20)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Span(a, b, draw(st.sampled_from(LABELS))) for a, b in pairs]


@given(span_lists())
def test_tags_are_the_spans_and_back(spans):
    assert from_tags(to_tags(spans, 61)) == spans


def test_overlapping_spans_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        to_tags([Span(0, 3, "agency"), Span(2, 5, "year")], 10)


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_decoding_never_yields_an_inside_without_its_beginning(seed, length):
    scores = np.random.default_rng(seed).dirichlet(np.full(len(TAGS), 0.05), length)
    tags = best_tags(scores)
    for before, tag in zip([0, *tags], tags, strict=False):
        assert tag == 0 or tag % 2 == 1 or before in (tag - 1, tag)


def test_a_value_tagged_in_part_is_repaired():
    scores = np.full((4, len(TAGS)), 1e-4)
    b = begin("appeals")
    scores[0, 0] = scores[1, b + 1] = scores[2, b + 1] = scores[3, 0] = 0.9
    scores[1, b] = 0.09  # an inside without a beginning: the most probable valid reading begins here
    assert from_tags(best_tags(scores)) == [Span(1, 3, "appeals")]


def test_likeliest_tags_that_are_valid_are_the_best():
    scores = np.full((2, len(TAGS)), 1e-4)
    scores[0, begin("year")] = scores[1, begin("year") + 1] = 0.9
    assert from_tags(best_tags(scores)) == [Span(0, 2, "year")]


@settings(max_examples=400)
@given(st.integers(0, 2**32 - 1), st.integers(1, 90), st.floats(0.5, 6))
def test_no_valid_sequence_is_more_probable(seed, length, sharpness):
    """Against Viterbi over the whole, on few tags, so that many of the likeliest break the constraint."""
    rng = np.random.default_rng(seed)
    likely = rng.choice(len(TAGS), 7) | rng.integers(0, 2, 7)
    scores = np.full((length, len(TAGS)), 1e-6)
    scores[:, np.minimum(likely, len(TAGS) - 1)] = rng.random((length, 7)) ** sharpness
    scores /= scores.sum(axis=1, keepdims=True)
    found, best = best_tags(scores), spans._viterbi(np.log(scores + 1e-9))
    assert (spans._continues(found, spans._before(found)) == spans._inside(found)).all()
    logs, at = np.log(scores + 1e-9), np.arange(length)
    assert logs[at, found].sum() == pytest.approx(logs[at, best].sum(), abs=1e-6)


def test_runs_of_doubtful_characters_are_decoded_apart():
    scores = np.full((3, len(TAGS)), 1e-4)
    scores[0, begin("year")] = scores[1, begin("year") + 1] = scores[2, begin("year") + 1] = 0.9
    scores[2, begin("year")] = 0.05
    found = decode(np.array([5, 6, 9]), scores)
    assert [span[:3] for span in found] == [(5, 7, "year"), (9, 10, "year")]


def test_sure_text_is_all_outside():
    assert decode(np.array([], dtype=int), np.zeros((0, len(TAGS)))) == []


def test_doubt_about_the_channel_is_no_doubt_about_the_fact():
    scores = np.full((1, len(TAGS)), 1e-6)
    website, wechat = (begin(f"fact.disclosures@{channel}") for channel in ("website", "wechat"))
    scores[0, 0], scores[0, website], scores[0, wechat] = 0.4, 0.35, 0.25
    (span,) = decode(np.array([7]), scores)
    assert span[:3] == (7, 8, "fact.disclosures@website")
    assert span.score == pytest.approx(0.6, abs=0.001)
    assert span.sure == pytest.approx(0.35 / 0.6, abs=0.001)


def test_a_character_of_another_kind_says_nothing_of_the_channel():
    scores = np.zeros((3, len(TAGS)))
    inside = begin("fact.disclosures@website") + 1
    scores[0, 0], scores[0, begin("year")], scores[1:, inside] = 0.98, 0.02, 1
    (span,) = decode(np.arange(3), scores)
    assert span.sure == pytest.approx(2 / 3)


@pytest.mark.parametrize(("before", "inside", "behind", "end"), [
    ("", "甲(乙", ")丙", 4), ("", "(甲)乙(丙", ")", 7), ("", "甲(乙", "丙)", 3), ("", "甲", ")", 1),
    ("", "(甲", ")", 2), ("(", "甲(乙)", ")", 5),
])  # fmt: skip
def test_a_span_is_closed_by_the_bracket_that_its_last_one_waits_for(before, inside, behind, end):
    span = Span(len(before), len(before) + len(inside), "agency")
    assert closed(before + inside + behind, span).end == end
