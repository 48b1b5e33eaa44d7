"""Which channel the parts of a breakdown have."""

from model.facts import facts
from model.labels import CATEGORY
from training.synthesis.pieces import join


def told(*pieces):
    return facts(*join(list(pieces)))


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


def guessed(*sure):
    """The channels of a total and of parts that are website, wechat, none, weibo; `sure` is how sure the model is."""
    text, spans = join(parts("website", "wechat", None, "weibo", link="："))
    counts = [span for span in spans if span.label != CATEGORY]
    doubted = {span: span._replace(sure=value) for span, value in zip(counts, (1.0, *sure), strict=True)}
    return [fact.channel for fact in facts(text, [doubted.get(span, span) for span in spans])][1:]


def test_what_the_model_is_sure_of_speaks_for_the_parts_that_it_guessed():
    assert guessed(1, 0.6, 0.6, 0.6) == ["website"] * 4
    assert guessed(0.6, 0.6, 1, 0.6) == [None] * 4
    assert guessed(1, 1, 0.6, 0.6) == ["website", "wechat", "wechat", "wechat"]
    assert guessed(0.6, 0.6, 0.6, 0.6) == ["website"] * 4


def test_a_guessed_first_part_does_not_overrule_the_next():
    text, spans = join(parts(None, "website", "website", None, link="："))
    first = next(span for span in spans if span.label == "fact.disclosures")
    channels = [
        fact.channel for fact in facts(text, [span._replace(sure=0.6) if span == first else span for span in spans])
    ]
    assert channels == ["website"] * 5


def test_semicolons_do_not_part_a_breakdown():
    pieces = parts(*["website"] * 3, None, None)
    cut = [(";", None) if piece == ("，占百分之一，", None) else piece for piece in pieces]
    assert [fact.channel for fact in told(*cut)] == ["website"] * 6


def test_another_sentence_is_another_breakdown():
    first, second = parts(*["website"] * 9), parts(*["wechat"] * 9)
    channels = [fact.channel for fact in told(*first, ("\n", None), *second[3:])]
    assert channels == ["website"] * 10 + ["wechat"] * 9
