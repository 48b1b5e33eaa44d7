"""Long breakdowns: a total with its channel, then many parts that take the channel of the total."""

from random import Random

from model.labels import CATEGORY
from training.synthesis.patterns import count, expand
from training.synthesis.pieces import Piece
from training.synthesis.words import Words

_HEADS = {
    "website": (
        "{全年}，(通过|依托){网站}(共|累计|){公开}{信息}{disclosures.website:条}",
        "{我局}在{网站}(主动公开|累计发布){信息}{disclosures.website:条}",
        "{网站}(公开|发布|更新){信息}{disclosures.website:条/篇}",
        "{我局}{全年}通过{网站}及时公开有关{领域}的信息，{共}发布{disclosures.website:条}",
        "{网站}{disclosures.website:条}",
    ),
    "wechat": (
        "{公众号}(推送|发布|更新){信息}{disclosures.wechat:条/篇}",
        "通过{公众号}(累计|)推送{disclosures.wechat:篇}",
    ),
    "weibo": ("{微博}(发布|更新){信息}{disclosures.weibo:条}",),
    "video": ("{视频号}(发布|推出)作品{disclosures.video:个/条}",),
    "press": ("在{报刊}等媒体刊发稿件{disclosures.press:篇}",),
    "new_media": ("{新媒体}(发布|推送){信息}{disclosures.new_media:条}",),
    "": (
        "{全年}{我局}{共}主动公开{信息}{disclosures:条}",
        "{公开}{信息}{disclosures:条}",
        "截至{日期}，主动公开政府信息数{disclosures:条}",
        "{信息}更新{disclosures:条}",
    ),
}
_LINKS = ("，其中", "。其中：", "，其中：", "（其中", "，包括", "，其中包括", "，涉及", "，", "，分别为")
_MARKS = ("、", "，", "；", "，", "、", " ")
_OFTEN = ("规范性文件", "行政规范性文件", "政策文件", "其他", "规章", "公文", "其它类信息")


def breakdown(words: Words, rng: Random) -> list[Piece]:
    """One sentence; a part that counts interpretations of policies is of that kind, whatever the total."""
    channel = rng.choice(["website"] * 6 + ["", "", ""] + list(_HEADS))
    link, mark, unit = rng.choice(_LINKS), rng.choice(_MARKS), rng.choice(["条"] * 6 + ["篇", "件", "个", "份"])
    pieces = [*expand(rng.choice(_HEADS[channel]), words, rng), (link, None)]
    label = f"fact.disclosures@{channel}" if channel else "fact.disclosures"
    form = rng.choice(("plain",) * 6 + ("quoted", "before", "publish", "share"))
    for number in range(rng.choice((2, 3, 4, 5, 6, 8, 10, 13))):
        pieces += [(mark if number else "", None), *_part(words, rng, label, unit, form)]
    return [*pieces, ("等" if rng.random() < 0.1 else "", None), ("）。" if link == "（其中" else "。", None)]


def _part(words: Words, rng: Random, label: str, unit: str, form: str) -> list[Piece]:
    if rng.random() < 0.07:
        name = rng.choice(("政策解读", "政策解读类信息", "政策解读信息", "政策图解", "图文解读"))
        return [(name, None), *count("fact.policy_interpretations", unit, rng)]
    name = rng.choice(_OFTEN) if rng.random() < 0.08 else words.category()
    if form == "quoted":
        return [("“", None), (name, CATEGORY), (rng.choice(("”", "”发布量", "”栏目")), None), *count(label, unit, rng)]
    if form == "before":
        return [*count(label, unit, rng), (name, CATEGORY)]
    if form == "publish":
        return [("发布", None), (name, CATEGORY), *count(label, unit, rng)]
    share = f"，占{words.percent()}" if form == "share" else ""
    return [(name, CATEGORY), *count(label, unit, rng), (share, None)]
