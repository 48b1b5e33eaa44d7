"""The label set is declared once, derives from the form, and has a version of its own."""

from hashlib import sha256
from types import SimpleNamespace

import pytest
from stand_ins import ROOT

from model.form import APPLICATIONS, FORMS
from model.labels import (
    CELLS,
    FACTS,
    KINDS,
    LABELS,
    LABELS_VERSION,
    TAGS,
    fact_kind,
)
from model.tagger import WEIGHTS, read_settings

SOURCE = (ROOT / "model" / "labels.py").read_text("utf-8")


def declared(source):
    """The label module as it would be with another source."""
    names = {}
    exec(source, names)
    return SimpleNamespace(**names)


def test_no_label_stands_twice():
    assert len(LABELS) == len(set(LABELS))
    assert len(TAGS) == len(set(TAGS)) == 1 + 2 * len(LABELS)


def test_each_official_row_has_one_label_and_the_appeals_share_one():
    disclosure = {f"proactive_disclosure.{row.key}" for form in FORMS.values() for row in form.disclosure}
    applications = {f"applications.{row.key.replace('/', '.')}" for row in APPLICATIONS}
    assert set(CELLS) == disclosure | applications | {"appeals"}


def test_there_are_fourteen_kinds_of_facts():
    assert len(KINDS) == 14
    assert len(FACTS) == sum(1 + len(channels) for channels in KINDS.values())


@pytest.mark.parametrize("label", FACTS)
def test_the_label_of_a_fact_is_its_kind_and_channel_and_back(label):
    kind, channel = fact_kind(label)
    assert label == f"fact.{kind}@{channel}" if channel else label == f"fact.{kind}"
    assert kind in KINDS
    assert channel is None or channel in KINDS[kind]


def test_every_tag_begins_or_goes_on_a_label():
    assert TAGS[0] == "O"
    assert [tag[2:] for tag in TAGS[1::2]] == [tag[2:] for tag in TAGS[2::2]] == list(LABELS)
    assert {tag[:2] for tag in TAGS[1::2]} == {"B-"}
    assert {tag[:2] for tag in TAGS[2::2]} == {"I-"}


def test_the_version_is_that_of_the_tags_in_their_order():
    assert LABELS_VERSION in sha256("\n".join(TAGS).encode()).hexdigest()


def test_the_shipped_weights_were_trained_for_these_labels():
    assert read_settings(WEIGHTS).labels == list(TAGS)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('    "staff": (),', ""),
        ('"press"', '"print"'),
        ('"address", "postal_code"', '"postal_code", "address"'),
        ('"agency", "year"', '"agency", "signer", "year"'),
    ],
    ids=["a kind goes", "a channel is renamed", "two change places", "a field comes"],
)
def test_the_version_changes_with_the_set(was, becomes):
    assert SOURCE.count(was) == 1
    assert declared(SOURCE.replace(was, becomes)).LABELS_VERSION != LABELS_VERSION
