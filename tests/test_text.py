import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.text import normalise, sentences


@given(st.text())
def test_normalising_keeps_every_offset(text):
    assert len(normalise(text)) == len(text)


def test_normalising_twice_changes_nothing_more():
    text = "".join(map(chr, range(0x30000)))
    assert normalise(normalise(text)) == normalise(text)


def test_full_width_traditional_and_blanks_become_one_alphabet():
    assert normalise("２０２２年（報告）\u3000數據：１，３６２") == "2022年(报告) 数据:1,362"


def test_every_line_end_is_a_newline():
    assert normalise("甲\r乙\u2028丙\x0b丁\n") == "甲\n乙\n丙\n丁\n"


def test_a_circled_digit_is_not_read_as_part_of_a_number():
    assert unicodedata.normalize("NFKC", "①12件") == "112件"
    assert normalise("①12件") == "①12件"


@given(st.text(alphabet="公开。；;!?\n 1a"))
def test_sentences_cover_the_text_without_overlap(text):
    text = normalise(text)
    assert "".join(text[start:end] for start, end in sentences(text)) == text


def test_a_line_that_the_page_breaks_ends_no_sentence():
    text = "全年通过门户网站向社会公开各类信息共计一百二十条,其中动态\n类信息80条。\n"
    assert sentences(text) == [(0, text.index("。") + 2)]


@pytest.mark.parametrize("text", [
    "通过网站公开信息120条\n其中公告3条", "全年通过门户网站向社会公开各类信息共计一百二十条\n(二)依申请公开",
    "全年通过门户网站向社会公开各类信息共计一百二十条:\n公告3条",
    "全年通过门户网站向社会公开各类信息共计一百二十条\n\n公告3条",
])  # fmt: skip
def test_a_short_line_a_list_and_an_empty_line_end_a_sentence(text):
    assert len(sentences(text)) == 2
