import pytest

from model.facts import facts
from model.spans import Span
from training.synthesis.pieces import join


def told(*pieces):
    return facts(*join(list(pieces)))


def count(text, kind="disclosures"):
    return (text, f"fact.{kind}")


def test_a_count_has_value_unit_and_channel():
    (fact,) = told(("微信推送", None), ("842篇", "fact.disclosures@wechat"))
    assert (fact.kind, fact.channel, fact.value, fact.unit) == ("disclosures", "wechat", 842, "篇")
    assert not fact.approximate


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("120元", [120]),
        ("1.2万元", [12000]),
        ("30", [30]),
        ("¥120", [120]),
        ("45元/件", [45]),
        ("0件", [0]),
        ("3件", []),
    ],
)
def test_a_fee_is_money(printed, read):
    assert [fact.value for fact in told(count(printed, "fees"))] == read


def test_a_noun_without_a_numeral_is_a_zero_said_in_words():
    (fact,) = told(("未发生", None), count("行政复议", "reconsiderations"))
    assert (fact.value, fact.unit) == (0, None)


def test_nouns_that_touch_are_one_noun_and_numbers_that_touch_are_two():
    (fact,) = told(("无", None), count("微信公众号", "accounts@wechat"), count("等账号", "accounts@wechat"))
    assert (fact.value, fact.span.end) == (0, len("无微信公众号等账号"))
    assert [fact.value for fact in told(count("3条"), count("5条"))] == [3, 5]


def test_nouns_of_one_kind_are_one_zero_unless_something_parts_them():
    carried, received = "applications_carried_over", "applications_received"
    for between, zeros in (("上年度的", 1), ("、", 2), ("的没有，", 2), ("2023年的", 2), ("，也没有", 2)):
        assert len(told(("无", None), count("结转", carried), (between, None), count("申请", carried))) == zeros, (
            between
        )
    assert len(told(("无", None), count("结转", carried), ("的", None), count("申请", received))) == 2


@pytest.mark.parametrize("pieces", [("1起", "行政诉讼"), ("行政诉讼", "1起")])
def test_a_noun_that_touches_its_count_is_no_zero(pieces):
    (fact,) = told(*(count(piece, "litigations") for piece in pieces))
    assert (fact.value, fact.unit) == (1, "起")


def test_what_the_model_doubts_is_no_fact():
    spans = [Span(0, 2, "fact.disclosures", 0.59), Span(3, 5, "fact.disclosures", 0.6)]
    assert [fact.value for fact in facts("3条,5条", spans)] == [5]


@pytest.mark.parametrize("pieces", [
    [("约", None), ("700条", "fact.disclosures")],
    [("300余条", "fact.disclosures")],
    [("300条", "fact.disclosures"), ("以上", None)],
])  # fmt: skip
def test_about_is_said_before_inside_or_behind(pieces):
    assert told(*pieces)[0].approximate


def test_ten_thousands_and_chinese_numerals_are_read():
    said = told(count("1.2万条"), ("，", None), count("一件"), ("，", None), count("1,362条"))
    assert [fact.value for fact in said] == [12000, 1, 1362]


def test_parts_of_one_number_are_one_fact():
    (fact,) = told(("发布", None), count("1"), count("234条"))
    assert (fact.value, fact.unit) == (1234, "条")


def test_counts_side_by_side_stay_two_facts():
    assert [fact.value for fact in told(count("12条"), count("3件"))] == [12, 3]


def test_each_is_no_vague_word():
    (fact,) = told(("培训和检查", None), count("各1次", "events"))
    assert (fact.value, fact.unit) == (1, "次")
    (fact,) = told(("未收取", None), count("各类费用", "fees"))
    assert fact.value == 0


@pytest.mark.parametrize(
    "printed", ["多次", "数百条", "若干条", "两三百条", "三五次", "3-5条", "1,2345条", "1" * 16 + "条"]
)
def test_an_amount_without_a_number_is_no_fact(printed):
    assert told(count(printed)) == []


@pytest.mark.parametrize("pieces", [
    [("发布", None), count("45条"), ("\n以上数据来源于网站", None)],
    [("村规民约", None), count("5件")],
    [("服务公约", None), count("5件")],
    [("办理预约", None), count("35件")],
    [("最近", None), count("3次")],
])  # fmt: skip
def test_what_belongs_to_other_words_is_no_about(pieces):
    assert not told(*pieces)[0].approximate


@pytest.mark.parametrize(
    "noun",
    [
        "12345热线投诉",
        "12345政务服务平台诉求",
        "第三方申请",
        "任何一项费用",
        "两微一端",
        "12345投诉",
        "12315投诉举报",
        "百姓投诉",
        "两会建议提案",
        "“两微”账号",
        "三微一端",
        "一般性申请",
        "数据申请",
        "多媒体账号",
    ],
)
def test_a_name_with_a_numeral_is_no_count(noun):
    (fact,) = told(("未接到", None), count(noun))
    assert (fact.value, fact.unit) == (0, None)


@pytest.mark.parametrize("pieces", [
    [("3至", None), count("5次")],
    [("3-", None), count("5次")],
    [("二到", None), count("三人")],
])  # fmt: skip
def test_the_end_of_a_range_is_no_count(pieces):
    assert told(*pieces) == []


@pytest.mark.parametrize(("pieces", "value"), [
    ([("一百", None), count("二十件")], 120),
    ([("廿", None), count("三条")], 23),
    ([("1,", None), count("235条")], 1235),
    ([count("1"), (",235条", None)], 1235),
    ([count("1"), (".2万条", None)], 12000),
    ([("1.", None), count("35条")], 35),
    ([("约0.", None), count("8万条")], 8000),
    ([("信息,0.", None), count("8万条")], 8000),
    ([("10.", None), count("8条")], 8),
    ([("申请3,", None), count("5件")], 5),
    ([("统一", None), count("三次")], 3),
])  # fmt: skip
def test_a_numeral_that_was_tagged_in_part_is_read_whole(pieces, value):
    assert [fact.value for fact in told(*pieces)] == [value]


@pytest.mark.parametrize(("tagged", "behind", "printed"), [
    ("8", "件", "8件"), ("1,276", " 条", "1,276 条"), ("30余", "人次", "30余人次"), ("一", "次", "一次"),
    ("8件,", "其中", "8件"), ("30", "余件", "30余件"),
    ("260", "余\n", "260余"), ("260", "余额", "260"), ("3", "条例", "3"), ("7", "次年", "7"), ("5", "个人", "5个"),
])  # fmt: skip
def test_a_count_has_the_unit_behind_it_and_no_comma(tagged, behind, printed):
    text = "公布" + tagged + behind
    (fact,) = facts(text, [Span(2, 2 + len(tagged), "fact.disclosures", 1.0)])
    assert text[fact.span.start : fact.span.end] == printed


@pytest.mark.parametrize("text", ["安排有专人负责信息公开。", "公众可以向我局提出专人申请。"])
def test_a_noun_that_nothing_denies_is_no_zero(text):
    before, after = text.split("专人")
    assert told((before, None), ("专人", "fact.staff"), (after, None)) == []


@pytest.mark.parametrize("text", ["没有专人负责。", "专人、兼职人员均为0。", "专人\n无"])
def test_a_noun_that_is_denied_is_a_zero(text):
    before, after = text.split("专人")
    assert [fact.value for fact in told((before, None), ("专人", "fact.staff"), (after, None))] == [0]


def test_a_number_with_a_letter_behind_it_is_no_count():
    assert told(("登录", None), ("365", "fact.disclosures"), ("b网站", None)) == []


def test_a_number_that_lost_its_unit_does_not_go_on_into_the_next_year():
    (fact,) = told(("废止", None), ("4", "fact.normative_documents"), ("2025年，我局", None))
    assert fact.value == 4
