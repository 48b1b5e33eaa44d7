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


PAGE = "我局在这一年里按照要求认真开展各项工作并取得成效。\n" * 4  # lines of one width


@pytest.mark.parametrize(("line", "after"), [
    ("全年通过门户网站向社会公开各类信息120条,其中动态", "类信息80条。"),
    ("全年向社会公开各类政府信息合计壹佰贰拾条,其中动", "态类信息80条。"),
])  # fmt: skip
def test_a_line_that_the_page_breaks_ends_no_sentence(line, after):
    begin, end = len(PAGE), len(PAGE + line + after) + 1
    assert (begin, end) in sentences(f"{PAGE}{line}\n{after}")
    alone = sentences(f"{PAGE[: begin // 4]}{line}\n{after}")  # how wide is the page?
    assert (begin // 4, begin // 4 + len(line) + 1) in alone


FULL = "全年通过网站向社会公开各类政府信息壹佰贰拾条目"


@pytest.mark.parametrize(("line", "after"), [
    ("通过网站公开信息120条目", "其中公告3条"), (FULL + ":", "公告3条"), (FULL[:-1], "公告3条"), (FULL, "(二)公告3条"),
    (FULL, "二是公告3条"), (FULL, "●公告3条"), (FULL, "2022年公告3条"), (FULL, " 公告3条"), (FULL, "第二部分"),
])  # fmt: skip
def test_a_short_line_the_end_of_a_count_and_a_list_end_a_sentence(line, after):
    assert (len(PAGE), len(PAGE + line) + 1) in sentences(f"{PAGE}{line}\n{after}")


def test_the_same_line_goes_on_where_nothing_begins_anew():
    assert sentences(f"{PAGE}{FULL}\n公告")[-1] == (len(PAGE), len(PAGE + FULL) + 3)
