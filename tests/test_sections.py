"""Sections are cut at the tagged headings and cover the posted text."""

from random import Random

import pytest

from model.form import SECTIONS
from model.sections import sections
from model.view import view
from training.synthesis.compose import compose
from training.synthesis.pieces import join

MARKS = dict(zip(SECTIONS, "一二三四五六", strict=True))


def head(kind):
    return (f"{MARKS[kind]}、{SECTIONS[kind]}", f"heading.{kind}")


def cut(*pieces, score=None):
    """The sections of these pieces; `score` gives the spans of a label another score than 1."""
    posted, spans = join([piece if isinstance(piece, tuple) else (piece, None) for piece in pieces])
    seen = view(posted)
    located = [span._replace(score=(score or {}).get(span.label, 1.0)) for span in seen.locate(spans)]
    parts = sections(seen, posted, located)
    assert "".join(posted[part.start : part.end] for part in parts) == posted
    return posted, parts


def kinds(parts):
    return [part.kind for part in parts]


def test_a_text_without_headings_is_one_preamble():
    _, parts = cut("我局公开信息35条。")
    assert [(part.kind, part.title) for part in parts] == [("preamble", None)]


def test_every_heading_begins_its_section():
    posted, parts = cut("年报\n", *[piece for kind in SECTIONS for piece in (head(kind), "\n内容。\n")])
    assert kinds(parts) == ["preamble", *SECTIONS]
    assert [part.title for part in parts[1:]] == [head(kind)[0] for kind in SECTIONS]
    assert all(posted.startswith(part.title, part.start) for part in parts[1:])


def test_a_text_that_begins_with_a_heading_has_no_preamble():
    assert kinds(cut(head("overview"), "\n内容。")[1]) == ["overview"]


def test_a_heading_quoted_in_running_text_falls_out():
    body = [head("overview"), "\n详见", ("六、其他需要报告的事项", "heading.other_matters"), "。\n"]
    rest = [piece for kind in list(SECTIONS)[1:] for piece in (head(kind), "\n内容。\n")]
    posted, parts = cut(*body, *rest)
    assert kinds(parts) == list(SECTIONS)
    assert parts[-1].start == posted.rindex("六、")


def test_one_character_is_no_heading():
    _, parts = cut("2022年年报\n", ("（", "heading.overview"), "一）主动公开\n", head("proactive_disclosure"), "\n")
    assert kinds(parts) == ["preamble", "proactive_disclosure"]


def test_of_two_headings_out_of_order_the_surer_one_stays():
    pieces = [head("overview"), "\n", head("applications"), "\n", head("proactive_disclosure"), "\n"]
    assert kinds(cut(*pieces, score={"heading.applications": 0.4})[1]) == ["overview", "proactive_disclosure"]
    assert kinds(cut(*pieces, score={"heading.proactive_disclosure": 0.4})[1]) == ["overview", "applications"]


def test_the_signature_begins_the_closing():
    signature = [("清河县水务局", "agency"), "\n", ("2024年1月22日", "published_on"), "\n"]
    posted, parts = cut(head("other_matters"), "\n没有。\n", *signature)
    assert kinds(parts) == ["other_matters", "closing"]
    assert posted[parts[-1].start :].startswith("清河县水务局")


def test_contacts_in_a_footer_behind_the_signature_leave_the_closing():
    signature = [("清禾县林业局", "agency"), "\n", ("2023年1月28日", "published_on"), "\n"]
    footer = ["主办单位 地址 ", ("松涛路7号", "contact.address"), " 电话 ", ("0000-6180318", "contact.phone"), "\n"]
    posted, parts = cut(head("other_matters"), "\n无。\n", *signature, *footer)
    assert kinds(parts) == ["other_matters", "closing"]
    assert posted[parts[-1].start :].startswith("清禾县林业局")


def test_what_stands_behind_an_agency_but_is_no_contact_is_content():
    inside = [("清禾县林业局", "agency"), "公开", ("35条", "fact.disclosures"), "，电话", ("0000-1", "contact.phone")]
    assert kinds(cut(head("other_matters"), "\n", *inside, "\n")[1]) == ["other_matters"]


def test_an_agency_inside_a_line_begins_no_closing():
    assert kinds(cut(head("other_matters"), "\n由", ("清河县水务局", "agency"), "负责解释。\n")[1]) == ["other_matters"]


def test_offsets_count_the_posted_text_also_in_markup():
    posted, parts = cut("<p>年报</p>\r\n<h2>", head("overview"), "</h2>\r\n<p>内容。</p>")
    assert posted[parts[1].start :].startswith("一、总体情况</h2>")
    assert parts[1].title == "一、总体情况"


def test_a_title_has_no_markup_in_it():
    posted, parts = cut("<p><span>", ("一、</span><span>总体情况", "heading.overview"), "</span></p>")
    assert parts[1].title == "一、总体情况"
    assert posted[parts[1].start :].startswith("一、</span>")


@pytest.mark.parametrize("layout", ["pipes", "html", "glued", "cell_lines"])
def test_the_sections_of_any_report_cover_it(layout):
    for seed in range(3):
        report = compose(seed, layout=layout)
        seen = view(report.text)
        parts = sections(seen, report.text, seen.locate(report.spans))
        assert "".join(report.text[part.start : part.end] for part in parts) == report.text


def test_order_of_the_form_holds_for_any_order_of_headings():
    for seed in range(20):
        order = Random(seed).sample(list(SECTIONS), 6)
        found = kinds(cut(*[piece for kind in order for piece in (head(kind), "\n内容。\n")])[1])
        ranks = [list(SECTIONS).index(kind) for kind in found if kind in SECTIONS]
        assert ranks == sorted(set(ranks))
