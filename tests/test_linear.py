"""The picture of seconds against length."""

from xml.etree import ElementTree

from stand_ins import SilentTagger

from training.linear import draw, measure


def test_both_ways_are_measured_at_the_same_lengths():
    lines = measure(SilentTagger())
    one, many = lines.values()
    assert [x for x, _ in one] == [x for x, _ in many] == sorted(x for x, _ in one)
    assert all(y > 0 for points in lines.values() for _, y in points)


def test_the_picture_has_a_point_for_each_measurement(tmp_path):
    draw({"one text": [(10, 1.0), (20, 2.0)], "reports one by one": [(10, 0.5)]}, tmp_path / "a.svg")
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    places = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert places == [(320.0, 180.0), (584.0, 56.0), (320.0, 242.0)]
