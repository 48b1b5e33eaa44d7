"""What printed quantities and cells mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.numbers import Quantity, cell_amount, cell_count, parse, quantity


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("35条", 35),
        ("35 条", 35),
        ("1,362件", 1362),
        ("1，362件", 1362),
        ("1 362件", 1362),
        ("２３条", 23),
        ("-3", -3),
        ("—3", -3),
        ("0件", 0),
        ("一件", 1),
        ("两次", 2),
        ("十二场", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二", 120),
        ("三千", 3000),
        ("一万二", 12000),
        ("3万零五", 30005),
        ("1.2万条", 12000),
        ("2万3千", 23000),
        ("1.5亿", 150_000_000),
        ("二〇二二", 2022),
        ("叁拾件", 30),
        ("二○条", 20),
        ("一百○五件", 105),
        ("廿三条", 23),
        ("12来访", 12),
        ("12.5元", Decimal("12.5")),
    ],
)
def test_a_printed_quantity_has_one_value(printed, value):
    assert quantity(printed) == Quantity(value, approximate=False)
    assert parse(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("300余条", 300), ("300多条", 300), ("3万余", 30000), ("20多万", 200_000), ("十几次", 10), ("万余条", 10000),
        ("十来次", 10), ("500+条", 500), ("上百条", 100),
    ],
)  # fmt: skip
def test_more_than_said_is_approximate(printed, value):
    assert quantity(printed) == Quantity(value, approximate=True)


@pytest.mark.parametrize("printed", [
    "", "行政复议", "几十条", "数百条", "多次", "/", "1" * 16, "9千亿亿", "8" * 5000, "3-5条", "3至5次", "2 ~ 3人",
    "1/2人", "1,2345条", "2,3456条", "12,34条", "1.234.567", "1、362",
])  # fmt: skip
def test_what_names_no_number_is_none(printed):
    assert quantity(printed) is None
    assert parse(printed) is None


@pytest.mark.parametrize(("printed", "value"), [
    ("1,362", 1362), ("1 362", 1362), (" 230 ", 230), ("-3", -3), ("+5", 5), ("３", 3), ("3.0", 3), ("二", 2),
    ("减4", -4), ("减少 4", -4), ("增4", 4), ("↓4", -4), ("增加1,362", 1362),
])  # fmt: skip
def test_a_count_is_a_whole_number(printed, value):
    assert cell_count(printed) == value


@pytest.mark.parametrize("printed", [
    "", " ", "无", "/", "-", "—", "3.5", "0 12", "1,2", "3件", "1" * 16, "000", "012", "12\n3", "1\t2",
    "3减4", "减", "减加4", "增少4"
])  # fmt: skip
def test_a_cell_without_a_whole_number_is_none(printed):
    assert cell_count(printed) is None


def test_an_amount_keeps_its_figures_as_printed():
    assert cell_amount("24252.311082") == "24252.311082"
    assert cell_amount("1,234.50") == "1234.50"
    assert cell_amount("0") == "0"
    assert cell_amount("无") is None


@pytest.mark.parametrize("printed", ["两三百条", "三五次", "七八千件", "十五六条", "二十三四条"])
def test_two_digits_side_by_side_leave_the_number_open(printed):
    assert quantity(printed) is None


def test_digits_of_a_longer_row_are_one_number():
    assert [parse(row) for row in ("二〇二二", "二〇条", "一二三四五热线")] == [2022, 20, 12345]


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_count_is_read_back_with_and_without_separators(value):
    assert cell_count(str(value)) == cell_count(f"{value:,}") == parse(str(value)) == parse(f"{value:,}") == value


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    quantity(text)
    cell_count(text)
    cell_amount(text)
