from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import read_date, read_period

days = st.dates(date(1995, 1, 1), date(2090, 12, 31))


@given(days)
def test_every_usual_print_is_read(day):
    y, m, d = day.year, day.month, day.day
    for form in (f"{y}年{m}月{d}日", day.isoformat(), f"{y}/{m}/{d}", f"{y} 年 {m} 月 {d} 日"):
        assert read_date(form) == day


@pytest.mark.parametrize(("text", "day"), [
    ("二〇二三年一月二十八日", date(2023, 1, 28)),
    ("二○一九年十二月三十一日", date(2019, 12, 31)),
    ("二零二一年十月十日", date(2021, 10, 10)),
    ("20241231日", date(2024, 12, 31)),
    ("202411日", date(2024, 1, 1)),
    ("20221月1日", date(2022, 1, 1)),
])  # fmt: skip
def test_lost_and_chinese_dates(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["2022年111日", "2022年13月1日", "近日", "2022年", "12月31日"])
def test_a_date_with_no_or_several_readings_is_none(text):
    assert read_date(text) is None


@given(days, st.integers(0, 400))
def test_periods_are_read_with_and_without_the_second_year(start, length):
    end = start + timedelta(length)
    said = f"{start.year}年{start.month}月{start.day}日起至{end.year}年{end.month}月{end.day}日"
    assert read_period(said) == (start, end)


@pytest.mark.parametrize(
    "text", ["2022年1月1日至12月31日", "2022年1月1日-12月31日", "2022年1-12月", "202211日至20221231日"]
)
def test_a_whole_year_in_many_prints(text):
    assert read_period(text) == (date(2022, 1, 1), date(2022, 12, 31))
