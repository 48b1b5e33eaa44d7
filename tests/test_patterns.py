"""Every pattern can be told, and their variety cannot shrink unseen."""

import re
from collections import Counter
from random import Random

import pytest
from faker import Faker

from model.labels import KINDS, LABELS
from training.synthesis import narrative
from training.synthesis.narrative import Narrator
from training.synthesis.patterns import expand, held_out, load, topics
from training.synthesis.words import Words, invent

LINES = [line for topic in topics() for line in load(topic)]
PATTERNS = [line.split("\t")[-1] for line in LINES]  # a sub-heading stands behind its topic
LEAST = {
    "disclosures": 4240, "policy_interpretations": 545, "normative_documents": 320, "applications_received": 1945,
    "applications_closed": 1110, "applications_carried_over": 505, "complaints_handled": 2145, "proposals_handled": 415,
    "reconsiderations": 890, "litigations": 880, "fees": 675, "accounts": 545, "staff": 370, "events": 1015,
}  # fmt: skip


def marks(pattern):
    """The kinds, each with its channel, that a pattern counts: {"accounts.website", "staff"}."""
    return set(re.findall(r"\{([a-z_.]+)[:=]", pattern))


def words(seed):
    rng, fake = Random(seed), Faker("zh_CN")
    fake.seed_instance(seed)
    return Words(invent(rng), rng, fake)


@pytest.mark.parametrize("topic", topics())
def test_every_pattern_expands_to_text_with_known_labels(topic):
    for seed in range(3):
        drawn, rng = words(seed), Random(seed)
        for line in load(topic):
            pieces = expand(line.split("\t")[-1], drawn, rng)
            text = "".join(string for string, _ in pieces)
            assert text.strip(), line
            assert not re.search(r"[{}]|<[^>]*>|\(|\|", text), (line, text)
            assert {label for _, label in pieces if label} <= set(LABELS)


def test_every_count_of_a_pattern_is_told():
    """As many as the pattern has marks, in their order; a kind that has no channels drops the one that is named."""
    drawn = words(1)
    for pattern in (p for p in PATTERNS if "(" not in p):
        told = [label for _, label in expand(pattern, drawn, Random(1)) if label and label.startswith("fact.")]
        kinds = [mark.partition(".") for mark in re.findall(r"\{([a-z_.]+)[:=]", pattern)]
        assert told == [f"fact.{kind}@{c}" if c and KINDS[kind] else f"fact.{kind}" for kind, _, c in kinds], pattern


def test_no_line_stands_twice():
    assert [line for line, times in Counter(LINES).items() if times > 1] == []


def test_there_are_thousands_of_patterns():
    assert len(set(PATTERNS)) >= 16500


def test_every_kind_is_counted():
    assert set(LEAST) == set(KINDS)


@pytest.mark.parametrize("kind", LEAST)
def test_each_kind_is_told_in_many_ways(kind):
    assert sum(any(mark.split(".")[0] == kind for mark in marks(pattern)) for pattern in PATTERNS) >= LEAST[kind]


@pytest.mark.parametrize("channel", [f"{kind}.{channel}" for kind, channels in KINDS.items() for channel in channels])
def test_each_channel_can_be_learnt(channel):
    assert any(channel in marks(line) for line in LINES if not held_out(line))


def test_more_than_a_third_of_the_patterns_carry_no_fact():
    assert sum(not marks(pattern) for pattern in PATTERNS) >= 0.35 * len(PATTERNS)


@pytest.mark.parametrize("topic", topics())
def test_each_topic_keeps_patterns_for_test_reports(topic):
    assert 0.05 <= sum(map(held_out, load(topic))) / len(load(topic)) <= 0.15


@pytest.mark.parametrize("unseen", [False, True])
def test_train_and_test_reports_share_no_pattern(unseen, monkeypatch):
    drawn = []
    monkeypatch.setattr(narrative, "expand", lambda pattern, *_: drawn.append(pattern) or [("。", None)])
    tell = Narrator(words(3), Random(3), unseen)
    for topic in topics():
        for _ in range(150):
            tell.subhead("disclosures", 1) if topic == "subheads" else tell.sentence(topic)
    ours = {line.split("\t")[-1] for line in LINES if held_out(line) == unseen}
    assert set(drawn) <= ours


@pytest.mark.parametrize(
    "topic", ["disclosures", "applications", "management", "platform", "supervision", "problems", "plans"]
)
def test_a_test_report_has_a_heading_for_each_duty(topic):
    assert Narrator(words(4), Random(4), unseen=True).subhead(topic, 1)


def test_an_unknown_mark_is_refused_by_name():
    with pytest.raises(KeyError, match="telegraph"):
        expand("{telegraph}", words(1), Random(1))
    with pytest.raises(KeyError, match=r"disclosures\.telegraph"):
        expand("{disclosures.telegraph:条}", words(1), Random(1))
