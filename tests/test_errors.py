"""Misses on a page: only sentences that were read otherwise, tagged against gold."""

import json

from stand_ins import SilentTagger

from model.spans import Span
from training.errors import page
from training.gold import Annotated, write

TEXT = "全年公开信息35条。培训2次。"
SPANS = [Span(6, 9, "fact.disclosures"), Span(12, 14, "fact.events")]


class OneTagger(SilentTagger):
    """Finds the first fact and not the second."""

    def spans(self, text):
        return SPANS[:1]


def test_a_sentence_is_shown_where_gold_and_tags_differ(tmp_path):
    write(tmp_path, Annotated("a", TEXT, SPANS))
    html, count = page(tmp_path, OneTagger())
    assert count == 1
    assert "培训" in html
    assert "全年公开" not in html


def test_without_gold_spans_the_facts_are_compared_where_their_text_is_printed(tmp_path):
    facts = [
        {"kind": "disclosures", "text": "35条"},
        {"kind": "events", "text": "2次"},
        {"kind": "staff", "text": "9人"},
    ]
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"facts": facts}), "utf-8")
    html, count = page(tmp_path, OneTagger())
    assert count == 1
    assert "events" in html
