"""Which name a count belongs to."""

import pytest

from model.facts import facts
from model.labels import CATEGORY
from model.text import normalise
from training.synthesis.pieces import join


def told(*pieces):
    return facts(*join(list(pieces)))


def count(text, kind="disclosures"):
    return (text, f"fact.{kind}")


def names(*pieces):
    """The category of each count."""
    text, spans = join([(normalise(piece), None) if isinstance(piece, str) else piece for piece in pieces])
    return [fact.category and text[fact.category.start : fact.category.end] for fact in facts(text, spans)]


def named(text):
    return text, "category"


THREE, TWO, ONE = count("3件"), count("2件"), count("1件")
SECRET, LETTER, PRIVATE = named("秘密"), named("信访"), named("隐私")


def test_a_category_belongs_to_the_next_count_of_its_sentence():
    first, second = told(count("86条"), ("，其中", None), ("工作动态", "category"), count("52条"), ("。", None))
    assert first.category is None
    assert second.category.label == "category"


def test_categories_in_line_wait_for_their_counts():
    names = [("咨询", "category"), ("、", None), ("投诉", "category")]
    text, spans = join([*names, ("分别为", None), count("3件"), ("、", None), count("4件")])
    said = facts(text, spans)
    assert [text[f.category.start : f.category.end] for f in said] == ["咨询", "投诉"]


@pytest.mark.parametrize("pieces", [
    [THREE, "属于", SECRET, "，", TWO, "按", LETTER, "处理，", ONE, "涉及", PRIVATE],
    [THREE, SECRET, "，另有", TWO, LETTER, "，", ONE, "（", PRIVATE, "）。"],
    [THREE, "（", SECRET, "）", TWO, "（", LETTER, "）", ONE, PRIVATE, "。"],
    [SECRET, THREE, "、", LETTER, TWO, "，", PRIVATE, "有", ONE, "。"],
])  # fmt: skip
def test_a_name_in_the_clause_of_a_count_is_its_category(pieces):
    assert names(*pieces) == ["秘密", "信访", "隐私"]


@pytest.mark.parametrize("pieces", [
    [count("12条"), "：", named("动态"), "、", named("公告"), "分别为", count("3条"), "、", count("9条"), "。"],
    [count("12条"), "（", named("动态"), count("3条"), "，", named("公告"), count("9条"), "）。"],
    [count("12条"), "，其中", named("动态"), count("3条"), "、", named("公告"), count("9条"), "。"],
    [count("12条"), "涉及", named("动态"), count("3条"), "，", named("公告"), count("9条"), "。"],
])  # fmt: skip
def test_a_total_does_not_take_the_name_of_its_part(pieces):
    assert names(*pieces) == [None, "动态", "公告"]


def test_a_category_right_behind_its_count_belongs_to_it():
    text, spans = join([count("8件"), ("予以公开", "category"), ("，", None), count("2件"), ("不予公开", "category")])
    assert [text[f.category.start : f.category.end] for f in facts(text, spans)] == ["予以公开", "不予公开"]


@pytest.mark.parametrize("opening", [":", "(", "：", "（"])
def test_a_total_does_not_take_the_name_of_its_first_part(opening):
    names = [(opening, None), ("工作动态", "category"), count("3条"), ("，", None), ("公示", "category"), count("9条")]
    total, *parts = told(count("12条"), *names)
    assert total.category is None
    assert all(part.category for part in parts)


def test_a_category_does_not_cross_the_end_of_its_sentence():
    (fact,) = told(("工作动态", "category"), ("较多。", None), count("5条"))
    assert fact.category is None


def test_names_that_a_count_left_over_do_not_wait_for_the_next_names():
    names = [("机构职能类", "category"), ("、", None), ("政策文件类", "category"), ("信息", None), count("12条")]
    text, spans = join([*names, ("，", None), ("工作动态类", "category"), ("信息", None), count("30条"), ("。", None)])
    first, second = facts(text, spans)
    assert text[first.category.start : first.category.end] == "机构职能类"
    assert text[second.category.start : second.category.end] == "工作动态类"


@pytest.mark.parametrize("between", ["，举办培训", "，合计", "，其中"])
def test_names_that_a_count_left_over_are_not_those_of_another_thing(between):
    names = [("机构职能", CATEGORY), ("、", None), ("政策文件", CATEGORY), ("等信息", None)]
    first, second = told(*names, count("12条"), (between, None), count("2次", "events"))
    assert first.category
    assert second.category is None


def test_names_in_a_bracket_or_before_a_part_do_not_wait_for_later_counts():
    name = ("食堂", CATEGORY)
    _, second = told(("安全", CATEGORY), count("40条"), ("(含", None), name, (")、文件", None), count("4条"))
    assert second.category is None
    (first,) = told(("机构概况", CATEGORY), ("等，其中", None), ("人事", CATEGORY), count("5条"))
    assert first.category.end - first.category.start == 2


def test_parts_of_a_name_are_one_name():
    (fact,) = told(("省", CATEGORY), ("政府工作报告", CATEGORY), count("2条"))
    assert fact.category.end - fact.category.start == 7


def test_one_character_is_no_name():
    assert names(named("图"), "文信息", count("3条")) == [None]
