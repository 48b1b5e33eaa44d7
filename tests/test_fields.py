"""What the report says of itself: agency, year, publication date, period."""

import pytest

from model import fields
from model.report import Section
from model.view import view
from training.synthesis.pieces import join

NAME = ("清河县水务局", "agency")
YEAR = ("2023", "year")


def read(*pieces, closing=None):
    """(view, posted text, spans, sections); `closing` is the text with which the closing begins."""
    posted, spans = join([piece if isinstance(piece, tuple) else (piece, None) for piece in pieces])
    seen = view(posted)
    parts = [Section("closing", None, posted.rindex(closing), len(posted))] if closing else []
    return seen, posted, seen.locate(spans), parts


def agency(*pieces, closing=None):
    return fields.agency(*read(*pieces, closing=closing))


def year(*pieces):
    seen, _, spans, _ = read(*pieces)
    return fields.year(seen.text, spans)


def test_no_agency_is_none():
    assert agency("我局主动公开信息35条。") is None


def test_the_agency_of_the_title_wins():
    assert agency(("上川市财政局", "agency"), "转发\n", NAME, YEAR, "年政府信息公开工作年度报告") == "清河县水务局"


def test_a_name_that_was_tagged_in_two_is_one():
    assert agency(("清", "agency"), ("河县水务局", "agency"), YEAR, "年政府信息公开工作年度报告") == "清河县水务局"


def test_a_name_that_was_tagged_in_part_is_read_as_it_was_tagged_elsewhere():
    assert agency("清", ("河县水务局", "agency"), YEAR, "年年度报告\n由", NAME, "编制") == "清河县水务局"
    assert agency(("清", "agency"), "河县水务局", YEAR, "年年度报告\n由", NAME, "编制") == "清河县水务局"


def test_a_name_with_one_character_more_is_no_fuller_name():
    assert agency(NAME, YEAR, "年年度报告\n开", ("放清河县水务局", "agency"), "的平台") == "清河县水务局"


@pytest.mark.parametrize(
    ("before", "tagged", "behind", "day"),
    [
        ("", "2018-0", "2-28", "2018-02-28"),
        ("", "二○一三年一月", "二十日", "2013-01-20"),
        ("2", "023年1月2", "0日", "2023-01-20"),
        ("", "2018-02-28", "15:22", "2018-02-28"),
    ],
)
def test_a_date_that_was_tagged_in_part_is_read_whole(before, tagged, behind, day):
    seen, _, spans, _ = read("发布 " + before, (tagged, "published_on"), behind + "\n来源")
    assert fields.published_on(seen.text, spans) == day


def test_a_title_may_begin_with_the_year():
    assert agency(("上川市财政局", "agency"), "批转的通知\n", YEAR, "年", NAME, "年度报告") == "清河县水务局"


@pytest.mark.parametrize("title", [
    [NAME, "政府信息公开工作年度报告（", YEAR, "年度）"],
    [NAME, "政府信息公开工作", YEAR, "年度报告"],
    [NAME, "关于", YEAR, "年度信息公开工作情况的报告"],
])  # fmt: skip
def test_words_of_a_title_part_the_agency_from_the_year(title):
    assert agency("发布机构：", ("清河县人民政府办公室", "agency"), "\n", *title) == "清河县水务局"


def test_a_title_is_one_even_where_its_year_was_not_tagged():
    title = ("清河镇", "agency"), "2022年政府信息公开工作年度报告\n"
    assert agency(*title, "按照（", ("省府厅", "agency"), YEAR, "号）") == "清河镇"


def test_without_a_title_the_signature_wins():
    assert agency(("上川市财政局", "agency"), "转发。\n", NAME, "\n", closing="清河县") == "清河县水务局"


def test_without_either_the_first_name_wins():
    assert agency("本报告由", NAME, "编制，", ("上川市财政局", "agency"), "备案。") == "清河县水务局"


def test_a_fuller_printing_of_the_same_name_wins():
    assert agency(NAME, YEAR, "年年度报告\n", ("上川市清河县水务局", "agency"), "编制") == "上川市清河县水务局"


@pytest.mark.parametrize("full", ["青禾县清河镇人民政府", "清河镇人民政府"])
def test_the_government_that_signs_is_fuller_than_its_place_in_the_title(full):
    place = ("清河镇", "agency"), YEAR, "年年度报告\n"
    assert agency(*place, "收到申请。\n", (full, "agency"), closing=full) == full
    assert agency(*place, "收到申请。\n", ("青禾县人民政府", "agency"), closing="青禾县人民政府") == "清河镇"
    assert agency(*place, (full, "agency"), "的网站公开信息。") == "清河镇"


def test_blanks_inside_a_name_are_dropped_and_characters_stay_as_printed():
    assert agency(("清河縣 水務局", "agency"), YEAR, "年年度報告") == "清河縣水務局"


def test_signs_at_the_edges_are_no_part_of_a_name():
    assert agency("年报", ("_清河县水务局|", "agency")) == "清河县水务局"
    assert agency("年报", ("——", "agency")) is None


def test_a_bracket_is_part_of_a_name_where_its_partner_is():
    title = (YEAR, "年年度报告")
    assert agency(("发改局（粮食局", "agency"), "）", *title) == "发改局（粮食局）"
    assert agency(("发改局（粮食局）", "agency"), *title) == "发改局（粮食局）"
    assert agency(("发改局（粮食局", "agency"), "、物价局）", *title) == "发改局（粮食局"


def test_a_bracket_around_a_name_is_no_part_of_it():
    for tagged in ("清河县水务局）", "（清河县水务局"):
        assert agency(YEAR, "年年度报告\n", (tagged, "agency"), "）") == "清河县水务局"
    assert agency(YEAR, "年年度报告\n", (")", "agency")) is None


@pytest.mark.parametrize("name", [
    [("发改局", "agency"), "（", ("粮食局", "agency"), "）"], [("发改局", "agency"), "（", ("粮食局）", "agency")],
    [("发改局", "agency"), ("（粮食局", "agency"), "）"],
    [("发改局", "agency"), ("（粮", "agency"), ("食局）", "agency")],
])  # fmt: skip
def test_two_names_of_one_office_are_one_name(name):
    assert agency(*name, YEAR, "年年度报告") == "发改局（粮食局）"
    assert agency(YEAR, "年", *name, "年度报告") == "发改局（粮食局）"


def test_a_name_in_brackets_beside_other_words_is_its_own():
    assert agency(("发改局", "agency"), "（原", ("粮食局", "agency"), "）", YEAR, "年年度报告") == "粮食局"
    assert agency(("发改局", "agency"), "（", ("粮食局", "agency"), "门户网站）", YEAR, "年年度报告") == "发改局"


def test_no_year_is_none():
    assert year("本年度公开信息35条。") is None


def test_the_year_of_the_title_counts_more_than_a_slip_in_the_text():
    assert year(NAME, YEAR, "年年度报告\n", ("2022", "year"), "年，我局公开信息。") == 2023


def test_the_year_most_often_named_wins():
    assert year(("2022", "year"), "年", YEAR, "年", YEAR, "年") == 2023


def test_digits_of_any_width_and_with_blanks_are_a_year():
    assert year(("２０２３", "year"), "年") == 2023
    assert year(("2 0 2 3", "year"), "年") == 2023


def test_a_year_in_chinese_numerals_is_a_year():
    assert year(("二〇二二", "year"), "年") == 2022


def test_a_year_that_was_tagged_in_part_is_the_whole_year():
    assert year(("202", "year"), "3年") == 2023
    assert year(("202", "year"), ("3", "year"), "年") == 2023


def test_a_year_that_lost_a_digit_is_not_counted():
    assert year(("202", "year"), "年") is None


def test_the_period_alone_tells_the_year():
    assert year("期限为", ("2023年1月1日至12月31日", "period")) == 2023


@pytest.mark.parametrize(("printed", "days"), [
    ("2023年1月1日至12月31日", ["2023-01-01", "2023-12-31"]),
    ("2022年12月1日至2023年11月30日", ["2022-12-01", "2023-11-30"]),
    ("去年全年", None),
])  # fmt: skip
def test_the_period_is_its_first_and_last_day(printed, days):
    seen, _, spans, _ = read("期限为", (printed, "period"))
    assert fields.period(seen.text, spans) == days


def test_the_closing_date_wins_over_the_page_header():
    date = ("2024年1月22日", "published_on")
    seen, _, spans, _ = read("发布时间：", ("2024-02-01", "published_on"), "\n正文\n", date)
    assert fields.published_on(seen.text, spans) == "2024-01-22"


def test_the_closing_date_wins_over_what_the_page_says_below_it():
    date = ("2024年1月22日", "published_on")
    seen, _, spans, _ = read("正文\n", date, "\n发布时间：", ("2024-02-01", "published_on"), " 打印")
    assert fields.published_on(seen.text, spans) == "2024-01-22"


@pytest.mark.parametrize("pieces", [
    ["正文\n", ("2024年1月15日", "published_on"), "\n办公室 ", ("2024年1月16日", "published_on"), "印发"],
    ["正文\n", ("2024年1月15日", "published_on"), "\n办公室 ", ("2024年1月1", "published_on"), "6日 印发"],
    ["正文\n", ("2024年1月15日", "published_on"), "\n填报日期：", ("2024-01-16", "published_on")],
    ["发布时间：", ("2024-01-15", "published_on"), "\n制表时间 ", ("2024-01-16", "published_on"), "\n正文"],
])  # fmt: skip
def test_the_day_of_sending_round_or_of_filling_in_is_not_that_of_publication(pieces):
    seen, _, spans, _ = read(*pieces)
    assert fields.published_on(seen.text, spans) == "2024-01-15"


@pytest.mark.parametrize(("before", "behind"), [("", "印发"), ("填报日期：", "")])
def test_a_day_of_sending_round_or_of_filling_in_is_better_than_none(before, behind):
    seen, _, spans, _ = read("正文\n" + before, ("2024年1月16日", "published_on"), behind)
    assert fields.published_on(seen.text, spans) == "2024-01-16"


def test_a_report_that_was_sent_round_was_so_before_the_page_calls_it_published():
    date = ("2024年1月16日", "published_on")
    seen, _, spans, _ = read("发布时间：", ("2024-02-01", "published_on"), "\n办公室 ", date, "印发")
    assert fields.published_on(seen.text, spans) == "2024-01-16"


def test_a_date_that_cannot_be_read_is_passed_over():
    seen, _, spans, _ = read("发布：", ("2024-02-01", "published_on"), "\n", ("年月日", "published_on"))
    assert fields.published_on(seen.text, spans) == "2024-02-01"
    assert fields.published_on("", []) is None


@pytest.mark.parametrize(("tagged", "behind", "whole"), [
    ("年水务局", "", "水务局"),
    ("效\n县水务局", "2022年", "县水务局"),
    ("市气象部", "门2022年", "市气象部门"), ("信访", "局", "信访局"), ("青禾县政", "府", "青禾县政府"),
    ("市公路中", "心", "市公路中心"), ("市卫健委", "员会", "市卫健委员会"),
])  # fmt: skip
def test_a_name_has_nothing_ahead_of_it_and_its_whole_last_word(tagged, behind, whole):
    assert agency("2018", (tagged, "agency"), behind + "政府信息公开工作年度报告") == whole


def test_a_lone_bracket_is_no_name_of_an_agency():
    assert agency("水务局", ("(", "agency")) is None


def test_one_character_is_no_name_of_an_agency():
    assert agency(("重", "agency"), "庆市共收到申请") is None


def test_a_date_in_a_path_is_not_the_closing_date():
    posted, spans = join(
        [("发布时间：", None), ("2019-01-10", "published_on"), ("\n目录：nb/", None), ("201901/8", "published_on")]
    )
    assert fields.published_on(posted, spans) == "2019-01-10"
