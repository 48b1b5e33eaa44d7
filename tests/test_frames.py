"""What stands around a report: what it says of the report is labelled, what it says of others is not."""

from narrators import told

from training.synthesis import frames as page


def test_particulars_of_the_page_are_labelled_below_their_names():
    for agency, text, marked in told(page.metadata):
        assert {label for _, label in marked} <= {"agency", "year", "published_on"}
        assert not any(label == "published_on" and f"成文日期：\n{day}" in text for day, label in marked)
        if "发布机构：\n" in text:
            assert (agency.name, "agency") in marked


def test_links_to_other_pages_carry_no_label_and_name_no_report_of_the_agency():
    for agency, text, marked in told(lambda tell, rng: [*page.menu(rng), *page.neighbours(tell, rng)]):
        assert not marked
        assert agency.name not in text
        assert f"{agency.year}年" not in text


def test_a_menu_has_5_to_60_words_that_differ():
    menus = [text.split() for _, text, _ in told(lambda tell, rng: page.menu(rng)) if "\n" in text.strip()]
    assert len({len(words) for words in menus}) > 20
    assert all(5 <= len(set(words)) == len(words) <= 60 for words in menus)


def test_who_signs_is_labelled_without_what_stands_beside_it():
    ways = set()
    for agency, text, marked in told(page._signature):
        assert {label for _, label in marked} <= {"agency", "published_on", "year"}
        assert {said for said, label in marked if label == "agency"} <= {agency.name}
        ways |= {way for way in ("（盖章）", "（此件公开发布）", "附件：", agency.name + " ") if way in text}
    assert len(ways) > 3
