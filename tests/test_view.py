from html import unescape

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.spans import Span
from model.text import normalise
from model.view import view

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)


@given(texts)
def test_every_character_of_the_view_stands_in_the_posted_text(posted):
    seen = view(posted)
    assert len(seen.text) == len(seen.starts) == len(seen.ends)
    assert all(np.diff(seen.starts) >= 0)
    if "</" not in posted:
        places = zip(seen.starts, seen.ends, seen.text, strict=True)
        assert all(b - a > 1 or normalise(posted[a:b]) == c for a, b, c in places)


@given(st.lists(st.sampled_from(["公开", "3", "\n", "|", "&nbsp;", "&#160;", "&mdash;", "&x;", "&", ";", "\u200b"])))
def test_a_reference_in_plain_text_is_one_character_that_covers_it(pieces):
    posted = "".join(pieces)
    seen, plain = view(posted), view("".join(map(unescape, pieces)))
    assert seen.text == plain.text
    long = [posted[a:b] for a, b in zip(seen.starts, seen.ends, strict=True) if b - a > 1]
    assert set(long) <= {"&nbsp;", "&#160;", "&mdash;"}


def test_text_whose_tags_were_taken_out_reads_like_the_text():
    assert view("规章&nbsp;\n24&#160;|&ldquo;3&rdquo;").text == "规章 \n24 |“3”"
    assert view("R&amp;D&unknown;&nbsp12").text == "R&D&unknown;&nbsp12"


@given(st.lists(st.sampled_from(["公开", "3", r"\n", r"\t", "|", "&nbsp;"])))
def test_an_escape_is_one_character_that_covers_it(pieces):
    posted = "".join(pieces)
    seen = view(posted)
    long = [posted[a:b] for a, b in zip(seen.starts, seen.ends, strict=True) if b - a > 1]
    assert seen.text == view(posted.replace(r"\t", "\t").replace(r"\n", "\n")).text
    assert set(long) <= {r"\n", r"\t", "&nbsp;"}


def test_escapes_are_read_where_no_line_breaks():
    assert view(r"规章\t24\n许可" + "\n").text == "规章\t24\n许可\n"
    assert view(r"规章\t24\r\n许可\t3").text == "规章\t24\n许可\t3"
    assert view("见C:\\new\n规章").text == "见C:\\new\n规章"


@given(texts.map(lambda text: f"<p>{text}</p><table><tr><td>12</td><td>&nbsp;</td></tr></table>"))
def test_markup_never_moves_a_digit(posted):
    seen = view(posted)
    for index, character in enumerate(seen.text):
        if character in "0123456789":
            assert normalise(posted[seen.starts[index]]) in character + "&"


def test_cells_of_a_marked_up_table_end_in_bars_and_rows_in_newlines():
    text = view("<table><tr><td>规章</td><td>3</td><td>&nbsp;</td></tr><tr><td>收费</td></tr></table>").text
    assert text.replace(" ", "").strip("\n").split("\n") == ["规章|3||", "收费|"]


def test_cells_that_nothing_closes_end_with_the_next_cell_row_or_table():
    text = view("<table><tr><td>行政许可<td>44<tr><th>行政处罚<td>5</table><p>五、问题</p>").text
    assert text.strip("\n").split("\n") == ["行政许可|44|", "行政处罚|5|", "五、问题"]
    assert view("<table><tr><td>规章<td>3</tr></table>无").text.strip("\n").split("\n") == ["规章|3|", "无"]


def test_the_line_break_before_the_tag_that_ends_a_cell_is_not_printed_in_it():
    posted = "<TABLE><TBODY>\n<TR>\n<TD>行政许可\n<TD>44\n<TD>\n<TD>&nbsp;\n<TR>\n<TD><P>处罚</P>\n<TD>5 </TR></TABLE>"
    seen = view(posted + "</p>")
    assert [line.strip() for line in seen.text.strip("\n").split("\n") if line.strip()] == [
        "行政许可|44|| |",
        "处罚|5|",
    ]
    assert posted[slice(*seen.posted(seen.text.index("5"), seen.text.index("5") + 2))] == "5 <"
    assert view("<td><td></table>").text.strip("\n") == "||"


def test_a_page_laid_out_in_a_table_reads_as_without_it():
    page = "<h1>年报</h1><p>一、总体</p>情况<br>公开<table><tr><td>规章</td><td><p>3</p></td></tr></table>五、<p>无</p>"
    once = f"<table><tr><td>{page}</td></tr></table>"
    for wrapped in (once, f"<table><tr><td>{once}</td></tr></table>", f"<table><tr><td>{page}</table>"):
        assert view(wrapped).text.strip("\n") == view(page).text.strip("\n")


def test_paragraphs_of_a_cell_without_a_table_are_parted_by_blanks():
    text = view("<table><tr><td><p>商业</p><p>企业</p>数<br/>量</td><td>3</td></tr></table>").text
    assert text.strip("\n") == "商业 企业数 量|3|"


def test_a_cell_that_closes_unopened_still_ends_in_a_bar():
    assert view("12</td><td>3</td></tr></table>").text.strip("\n") == "12|3|"


def test_scripts_and_styles_are_not_read():
    assert "alert" not in view("<p>公开</p><script>alert(1)</script><style>p{}</style>").text


def test_line_ends_byte_order_marks_and_zero_width_characters_shift_no_offset():
    posted = "\ufeff一、总体\u200b情况\r\n公开　35条\U00020000\r\n"
    seen = view(posted)
    start = seen.text.index("35条")
    assert posted[slice(*seen.posted(start, start + 3))] == "35条"


def test_a_line_end_of_two_characters_is_one_newline():
    assert view("a\r\nb\r\n\r\nc").text == "a\nb\n\nc"


def test_a_carriage_return_alone_is_a_newline():
    assert view("3\r4").text == "3\n4"


def test_a_line_end_in_markup_is_a_blank():
    for end in ("\r", "\n", "&#13;", "&#10;"):
        assert view(f"<b>3{end}4</b>" + "<p></p>").text.strip("\n") == "3 4"


def test_a_drawn_table_is_bars_and_short_rules_and_shifts_no_offset():
    posted = "├────────┼──────┤\n│规章　　│17　　│\n|========|------|"
    seen = view(posted)
    assert seen.text == "+---+---+\n|规章  |17  |\n|===|---|"
    start = seen.text.index("17")
    assert posted[slice(*seen.posted(start, start + 2))] == "17"


def test_printed_keeps_the_characters_as_posted():
    posted = "电话：０８５１—８６８９"
    seen = view(posted)
    assert seen.text[3:] == "0851-8689"
    assert seen.printed(posted, 3, len(seen.text)) == "０８５１—８６８９"


def test_what_a_page_breaks_over_two_lines_is_printed_on_one_without_tags():
    posted = "<h1>清禾县<br>林業&nbsp;局 ＜<b>甲</b>&lt;</h1>"
    seen = view(posted)
    assert seen.printed(posted, 0, len(seen.text)) == "清禾县林業 局 ＜甲<"
    assert view("90 \n 号").printed("90 \n 号", 0, 6) == "90号"
    assert view("68181234\n68185678").printed("68181234\n68185678", 0, 17) == "68181234\n68185678"


@pytest.mark.parametrize(("printed", "shown"), [
    ("&nbsp;12", " 12"), ("&nbsp12", " 12"), ("&copy2022", "©2022"), ("&unknown;5", "&unknown;5"), ("a&b=3", "a&b=3"),
])  # fmt: skip
def test_a_reference_swallows_nothing_that_stands_behind_it(printed, shown):
    posted = f"<p>{printed}</p>"
    seen = view(posted)
    assert seen.text.strip("\n") == shown
    assert seen.printed(posted, len(seen.text.rstrip()) - 1, len(seen.text.rstrip())) == printed[-1]


def test_spans_of_the_posted_text_are_found_again_in_the_view():
    posted = "<p>公开</p><p>信息35条</p>"
    start = posted.index("35条")
    (moved,) = view(posted).locate([Span(start, start + 3, "fact.disclosures")])
    assert view(posted).text[moved.start : moved.end] == "35条"
