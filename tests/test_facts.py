import pytest

from model.facts import facts
from model.labels import CATEGORY
from model.spans import Span
from model.text import normalise
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
    spans = [Span(0, 2, "fact.disclosures", 0.49), Span(3, 5, "fact.disclosures", 0.5)]
    assert [fact.value for fact in facts("3条,5条", spans)] == [5]


@pytest.mark.parametrize("pieces", [
    [("约", None), ("700条", "fact.disclosures")],
    [("300余条", "fact.disclosures")],
    [("300条", "fact.disclosures"), ("以上", None)],
])  # fmt: skip
def test_about_is_said_before_inside_or_behind(pieces):
    assert told(*pieces)[0].approximate


def test_a_category_belongs_to_the_next_count_of_its_sentence():
    first, second = told(count("86条"), ("，其中", None), ("工作动态", "category"), count("52条"), ("。", None))
    assert first.category is None
    assert second.category.label == "category"


def test_categories_in_line_wait_for_their_counts():
    names = [("咨询", "category"), ("、", None), ("投诉", "category")]
    text, spans = join([*names, ("分别为", None), count("3件"), ("、", None), count("4件")])
    said = facts(text, spans)
    assert [text[f.category.start : f.category.end] for f in said] == ["咨询", "投诉"]


def names(*pieces):
    """The category of each count."""
    text, spans = join([(normalise(piece), None) if isinstance(piece, str) else piece for piece in pieces])
    return [fact.category and text[fact.category.start : fact.category.end] for fact in facts(text, spans)]


def named(text):
    return text, "category"


THREE, TWO, ONE = count("3件"), count("2件"), count("1件")
SECRET, LETTER, PRIVATE = named("秘密"), named("信访"), named("隐私")


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


def test_ten_thousands_and_chinese_numerals_are_read():
    said = told(count("1.2万条"), ("，", None), count("一件"), ("，", None), count("1,362条"))
    assert [fact.value for fact in said] == [12000, 1, 1362]


def test_names_that_a_count_left_over_do_not_wait_for_the_next_names():
    names = [("机构职能类", "category"), ("、", None), ("政策文件类", "category"), ("信息", None), count("12条")]
    text, spans = join([*names, ("，", None), ("工作动态类", "category"), ("信息", None), count("30条"), ("。", None)])
    first, second = facts(text, spans)
    assert text[first.category.start : first.category.end] == "机构职能类"
    assert text[second.category.start : second.category.end] == "工作动态类"


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
    ("8件,", "其中", "8件"), ("30", "余件", "30余件"), ("3", "条例", "3"), ("7", "次年", "7"), ("5", "个人", "5个"),
])  # fmt: skip
def test_a_count_has_the_unit_behind_it_and_no_comma(tagged, behind, printed):
    text = "公布" + tagged + behind
    (fact,) = facts(text, [Span(2, 2 + len(tagged), "fact.disclosures", 1.0)])
    assert text[fact.span.start : fact.span.end] == printed


@pytest.mark.parametrize("between", ["，举办培训", "，合计", "，其中"])
def test_names_that_a_count_left_over_are_not_those_of_another_thing(between):
    names = [("机构职能", CATEGORY), ("、", None), ("政策文件", CATEGORY), ("等信息", None)]
    first, second = told(*names, count("12条"), (between, None), count("2次", "events"))
    assert first.category
    assert second.category is None


def parts(*channels, link="，"):
    """A total and a breakdown with parts of those channels, each with its name."""
    total = [("网站发布", None), ("90条", "fact.disclosures@website"), (link, None)]
    labels = (f"fact.disclosures@{channel}" if channel else "fact.disclosures" for channel in channels)
    named = ([("重大建设项目信息", CATEGORY), ("12条", label), ("，占百分之一，", None)] for label in labels)
    return [*total, *(piece for part in named for piece in part)]


def test_a_breakdown_has_one_channel():
    channels = [fact.channel for fact in told(*parts(*["website"] * 9, None, None, None))]
    assert channels == ["website"] * 13


def test_the_first_part_of_a_breakdown_says_its_channel():
    for first, last in (("website", None), (None, "website")):
        channels = [fact.channel for fact in told(*parts(*[first] * 4, *[last] * 6))]
        assert channels == ["website"] + [first] * 10


def test_several_channels_in_a_breakdown_stay_as_they_were_read():
    channels = [fact.channel for fact in told(*parts(*["website"] * 6, *["wechat"] * 4))]
    assert channels == ["website"] * 7 + ["wechat"] * 4


def test_behind_a_word_that_says_so_the_parts_have_the_channel_of_their_total():
    unnamed = [("其他", None), ("3条", "fact.disclosures")]
    channels = [fact.channel for fact in told(*parts(None, None, link="，其中"), *unnamed)]
    assert channels == ["website"] * 4
    assert [fact.channel for fact in told(*parts(None, None))] == ["website", None, None]
    channels = [fact.channel for fact in told(*parts(None, "wechat", "wechat", link="，其中"))]
    assert channels == ["website", None, None, None]


def test_an_interpretation_does_not_part_a_breakdown():
    read = [("、政策解读", None), ("3篇", "fact.policy_interpretations"), ("、", None)]
    pieces = parts("website", "website", None, None)
    channels = [fact.channel for fact in told(*pieces[:9], *read, *pieces[9:])]
    assert channels == ["website", "website", "website", None, "website", "website"]


def test_another_sentence_is_another_breakdown():
    first, second = parts(*["website"] * 9), parts(*["wechat"] * 9)
    channels = [fact.channel for fact in told(*first, ("\n", None), *second[3:])]
    assert channels == ["website"] * 10 + ["wechat"] * 9


@pytest.mark.parametrize("text", ["安排有专人负责信息公开。", "公众可以向我局提出专人申请。"])
def test_a_noun_that_nothing_denies_is_no_zero(text):
    before, after = text.split("专人")
    assert told((before, None), ("专人", "fact.staff"), (after, None)) == []


@pytest.mark.parametrize("text", ["没有专人负责。", "专人、兼职人员均为0。", "专人\n无"])
def test_a_noun_that_is_denied_is_a_zero(text):
    before, after = text.split("专人")
    assert [fact.value for fact in told((before, None), ("专人", "fact.staff"), (after, None))] == [0]


def test_one_character_is_no_noun():
    assert told(("没有", None), ("信", "fact.applications_received"), ("息公开申请。", None)) == []


def test_a_number_with_a_letter_behind_it_is_no_count():
    assert told(("登录", None), ("365", "fact.disclosures"), ("b网站", None)) == []


def test_a_number_that_lost_its_unit_does_not_go_on_into_the_next_year():
    (fact,) = told(("废止", None), ("4", "fact.normative_documents"), ("2025年，我局", None))
    assert fact.value == 4


def test_names_in_a_bracket_or_before_a_part_do_not_wait_for_later_counts():
    name = ("食堂", CATEGORY)
    _, second = told(("安全", CATEGORY), count("40条"), ("(含", None), name, (")、文件", None), count("4条"))
    assert second.category is None
    (first,) = told(("机构概况", CATEGORY), ("等，其中", None), ("人事", CATEGORY), count("5条"))
    assert first.category.end - first.category.start == 2


def test_parts_of_a_name_are_one_name():
    (fact,) = told(("省", CATEGORY), ("政府工作报告", CATEGORY), count("2条"))
    assert fact.category.end - fact.category.start == 7
