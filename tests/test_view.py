import numpy as np
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
        assert all(normalise(posted[a:b]) == c for a, b, c in zip(seen.starts, seen.ends, seen.text, strict=True))


@given(texts.map(lambda text: f"<p>{text}</p><table><tr><td>12</td><td>&nbsp;</td></tr></table>"))
def test_markup_never_moves_a_digit(posted):
    seen = view(posted)
    for index, character in enumerate(seen.text):
        if character in "0123456789":
            assert normalise(posted[seen.starts[index]]) in character + "&"


def test_cells_of_a_marked_up_table_end_in_bars_and_rows_in_newlines():
    text = view("<table><tr><td>规章</td><td>3</td><td>&nbsp;</td></tr><tr><td>收费</td></tr></table>").text
    assert text.replace(" ", "").strip("\n").split("\n") == ["规章|3||", "收费|"]


def test_scripts_and_styles_are_not_read():
    assert "alert" not in view("<p>公开</p><script>alert(1)</script><style>p{}</style>").text


def test_line_ends_byte_order_marks_and_zero_width_characters_shift_no_offset():
    posted = "\ufeff一、总体\u200b情况\r\n公开　35条\U00020000\r\n"
    seen = view(posted)
    start = seen.text.index("35条")
    assert posted[slice(*seen.posted(start, start + 3))] == "35条"


def test_printed_keeps_the_characters_as_posted():
    posted = "电话：０８５１—８６８９"
    seen = view(posted)
    assert seen.text[3:] == "0851-8689"
    assert seen.printed(posted, 3, len(seen.text)) == "０８５１—８６８９"


def test_spans_of_the_posted_text_are_found_again_in_the_view():
    posted = "<p>公开</p><p>信息35条</p>"
    start = posted.index("35条")
    (moved,) = view(posted).locate([Span(start, start + 3, "fact.disclosures")])
    assert view(posted).text[moved.start : moved.end] == "35条"
