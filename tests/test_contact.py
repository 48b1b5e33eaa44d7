"""Contact data as printed, without blanks around it and without repetition."""

import pytest

from model.contact import contact
from model.labels import CONTACT_FIELDS, CONTACTS
from model.spans import Span
from model.view import view
from training.synthesis.pieces import join


def read(*pieces):
    posted, spans = join([piece if isinstance(piece, tuple) else (piece, None) for piece in pieces])
    seen = view(posted)
    return contact(seen, posted, seen.locate(spans))


def test_nothing_printed_is_empty_lists():
    assert all(getattr(read("我局公开信息。"), field) == [] for field in CONTACT_FIELDS)


def test_every_label_of_a_contact_has_its_field():
    for label in CONTACTS:
        assert any(getattr(read(("甲1.cn", label)), field) == ["甲1.cn"] for field in CONTACT_FIELDS)


def test_a_number_for_telephone_and_fax_is_both():
    said = read("电话/传真：", ("0000-6180318", "contact.phone_fax"))
    assert said.phone == said.fax == ["0000-6180318"]


def test_several_numbers_stay_in_reading_order():
    numbers = [(number, "contact.phone") for number in ("0000-2", "0000-1", "0000-2")]
    assert read("电话：", numbers[0], "、", numbers[1], "、", numbers[2]).phone == ["0000-2", "0000-1"]


def test_the_printed_form_is_kept():
    assert read(("０８５１—８６８９１２", "contact.phone")).phone == ["０８５１—８６８９１２"]
    assert read(("清河縣清渠路１８號", "contact.address")).address == ["清河縣清渠路１８號"]


def test_punctuation_and_blanks_around_it_are_dropped():
    assert read((" 清河县清渠路18号（", "contact.address"), "邮编）").address == ["清河县清渠路18号"]
    assert read(("：qhsw@example.com。", "contact.email")).email == ["qhsw@example.com"]


def test_a_bracket_stays_where_its_partner_is_in_the_value():
    for phone in ("（0871）68181234", "(0871)68181234", "（0871)68181234", "68181234（转8）"):
        assert read((phone, "contact.phone")).phone == [phone]
    assert read(("（新区）政务中心", "contact.address")).address == ["（新区）政务中心"]


def test_a_bracket_that_closes_one_in_the_value_belongs_to_it():
    assert read(("城东新区（原一中院内", "contact.address"), "）；电话").address == ["城东新区（原一中院内）"]
    assert read(("68181234(转80", "contact.phone"), "12)").phone == ["68181234(转8012)"]
    assert read("（地址：", ("（新区）清渠路18号", "contact.address"), "）").address == ["（新区）清渠路18号"]


def test_a_bracket_without_its_partner_is_dropped():
    assert read(("http://www.x.gov.cn/）", "contact.website")).website == ["http://www.x.gov.cn/"]
    assert read(("（清渠路18号", "contact.address"), "）").address == ["清渠路18号"]
    assert read(("（新区）清渠路18号（", "contact.address"), "邮编）").address == ["（新区）清渠路18号"]
    assert read(("清渠路18号706办公室", "contact.address"), "（二）；邮编").address == ["清渠路18号706办公室（二）"]
    assert read(("清渠路18号", "contact.address"), "（二）联系电话").address == ["清渠路18号"]
    assert read(("清渠路18号706办公室", "contact.address"), "（二）联系电话").address == ["清渠路18号706办公室"]


def test_a_span_of_punctuation_alone_says_nothing():
    assert read(("：", "contact.email")).email == []


def test_markup_inside_a_value_is_left_out():
    assert read("<p>地址：", ("清渠路<b>18</b>号", "contact.address"), "</p>").address == ["清渠路18号"]
    assert read("<p>地址：", ("清渠路<br>18号", "contact.address"), "</p>").address == ["清渠路18号"]


def test_what_the_model_doubts_is_no_contact_but_never_half_a_number():
    seen = view("0871-6818 655000")
    halves = [Span(0, 4, "contact.phone", 0.9), Span(4, 9, "contact.phone", 0.4)]
    said = contact(seen, seen.text, [*halves, Span(10, 16, "contact.postal_code", 0.5)])
    assert (said.phone, said.postal_code) == ([], ["655000"])


def test_what_was_tagged_in_part_is_the_whole_number_or_address():
    assert read("电话：0871-68", ("1812", "contact.phone"), "34。").phone == ["68181234"]
    assert read("Tel", ("68181234", "contact.phone"), "Fax").phone == ["68181234"]
    assert read("网址：", ("www.qinghe.gov.cn/nb_12", "contact.website"), "3（年报）").website == [
        "www.qinghe.gov.cn/nb_123"
    ]


@pytest.mark.parametrize(("tagged", "rest"), [
    ("https://www.qinghe.gov.cn/col/col", "1229153505/index.html"), ("www.qinghe.gov.cn/list", "/L/865/page_1.html"),
    ("qhsw@qinghe.shan", "dong.cn"), ("qhsw@qinghe", ".gov.cn"), ("http://qinghe.gov.cn", "/art/2023/art_12.html"),
    ("http://", "10.0.0.1:7001/open/index.do"), ("http://10.0.0.1", ":8080"),
])  # fmt: skip
def test_no_tag_ends_inside_an_address_on_the_web(tagged, rest):
    label = "contact.email" if "@" in tagged else "contact.website"
    said = read("（", (tagged, label), rest, "），电话：", ("0000-6180318", "contact.phone"))
    assert getattr(said, label.removeprefix("contact.")) == [tagged + rest]
    assert said.phone == ["0000-6180318"]


@pytest.mark.parametrize("behind", [":120条,", ":2023年", ":12345热线", ":0871-68181234"])
def test_a_number_behind_a_colon_is_a_port_only_where_the_address_ends(behind):
    assert read(("www.qinghe.gov.cn", "contact.website"), behind).website == ["www.qinghe.gov.cn"]


def test_what_is_tagged_inside_an_address_on_the_web_is_no_contact_of_its_own():
    pieces = ("https://www.qinghe.gov.cn/col/col", "contact.website"), ("1229153505", "contact.phone"), "/index.html。"
    said = read("网址：", *pieces)
    assert said.website == ["https://www.qinghe.gov.cn/col/col1229153505/index.html"]
    assert said.phone == []


def test_a_number_right_behind_a_website_is_none_of_it():
    said = read(("www.qinghe.gov.cn", "contact.website"), ("0000-6180318", "contact.phone"))
    assert (said.website, said.phone) == (["www.qinghe.gov.cn"], ["0000-6180318"])


def test_angle_brackets_around_a_website_are_dropped():
    assert read(("<http://www.x.gov.cn/", "contact.website"), ">").website == ["http://www.x.gov.cn/"]


def test_a_path_without_a_host_is_no_website():
    assert read("附件：", ("zwgk/nb/201302/t2013_80.doc", "contact.website")).website == []
    assert read(("qinghe.gov.cn/zwgk", "contact.website")).website == ["qinghe.gov.cn/zwgk"]


def test_an_extension_without_a_number_is_none():
    assert read(("027 49058279 轉", "contact.phone"), "，邮编").phone == ["027 49058279"]
