from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import read_date, read_period, read_year

days = st.dates(date(1995, 1, 1), date(2090, 12, 31))


@given(days)
def test_every_usual_print_is_read(day):
    y, m, d = day.year, day.month, day.day
    for form in (f"{y}年{m}月{d}日", day.isoformat(), f"{y}/{m}/{d}", f"{y} 年 {m} 月 {d} 日"):
        assert read_date(form) == day


@pytest.mark.parametrize(("text", "day"), [
    ("二o二三年一月十八日", date(2023, 1, 18)),
    ("二〇二三年一月二十八日", date(2023, 1, 28)),
    ("二○一九年十二月三十一日", date(2019, 12, 31)),
    ("二零二一年十月十日", date(2021, 10, 10)),
    ("二O二三年一月十日", date(2023, 1, 10)),
    ("2023年元月5日", date(2023, 1, 5)),
    ("二〇二三年一月廿八日", date(2023, 1, 28)),
    ("二〇二三年一月卅一日", date(2023, 1, 31)),
    ("二〇二三年一月廿日", date(2023, 1, 20)),
    ("20241231日", date(2024, 12, 31)),
    ("202411日", date(2024, 1, 1)),
    ("20221月1日", date(2022, 1, 1)),
])  # fmt: skip
def test_lost_and_chinese_dates(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text", ["2023年1月2 8日", "2 023年1月28日", "2023 年 1 月 2\n8 日", "二〇二三年一月二十 八日"]
)
def test_blanks_inside_digits_part_nothing(text):
    assert read_date(text) == date(2023, 1, 28)


@pytest.mark.parametrize("text", ["2023年12月", "2023年11月", "2023年1 1月", "2023-12", "2023.11", "202312"])
def test_a_month_is_no_day(text):
    assert read_date(text) is None


@pytest.mark.parametrize(("text", "year"), [("2022", 2022), ("二〇二二", 2022), ("二O二 二", 2022), ("202", None)])
def test_a_year_is_four_digits_of_any_script(text, year):
    assert read_year(text) == year


@pytest.mark.parametrize("text", [
    "2022年111日", "2022年13月1日", "近日", "2022年", "12月31日", "2024年 月15日", "2024年月22日", "2024年1月 日",
    "二〇二四年 月十二日", "2024年15日", "二〇二四年二十一日",
])  # fmt: skip
def test_a_date_with_no_or_several_readings_is_none(text):
    assert read_date(text) is None


@given(days, st.integers(0, 400))
def test_periods_are_read_with_and_without_the_second_year(start, length):
    end = start + timedelta(length)
    said = f"{start.year}年{start.month}月{start.day}日起至{end.year}年{end.month}月{end.day}日"
    assert read_period(said) == (start, end)


@pytest.mark.parametrize("text", [
    "2022年1月1日至12月31日",
    "2022年1月1日-12月31日",
    "202211日至20221231日",
    "2022年11日至2022年1231日",
    "2022年11日至1231日",
    "2022-01-01-2022-12-31",
    "2022-01-01--2022-12-31",
    "2022-1-1-12-31",
    "2022 年 1 月 1 日至 2022 年 1\n2 月 31 日",
    "2022年1-12月",
    "2022年1月至12月",
    "2022年1月至2022年12月",
    "二〇二二年一月至十二月",
    "2022年1月1日至2022年12月",
])  # fmt: skip
def test_a_whole_year_in_many_prints(text):
    assert read_period(text) == (date(2022, 1, 1), date(2022, 12, 31))


def test_a_month_ends_with_its_last_day():
    assert read_period("2023年3月至2024年2月") == (date(2023, 3, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "text", ["2022-01-01", "2022年", "2022年12月", "2022年12月至1月", "2022年1月1日至1", "2022年1月日至12月"]
)
def test_a_period_without_two_ends_is_none(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    "text", ["2022年1月1日0时至12月31日24时", "2022年1月1日〜12月31日", "2022年1月1日00:00至2022年12月31日24:00"]
)
def test_the_hour_at_which_a_period_begins_and_ends_says_nothing(text):
    assert read_period(text) == (date(2022, 1, 1), date(2022, 12, 31))
