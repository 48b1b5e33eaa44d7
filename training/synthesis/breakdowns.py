"""Long breakdowns: a total with its channel, then many parts that take the channel of the total."""

from random import Random

from model.labels import CATEGORY
from training.synthesis.patterns import count, expand
from training.synthesis.pieces import Piece
from training.synthesis.words import Words


def _headed(about: str, total: str) -> str:
    """A total under a sub-heading that names its channel."""
    return f"(1.|2.|（二）|（三）|3、|二是|){about}(信息|)情况(。|：|\n)(" + "{全年}|)(共|累计|)" + total


_HEADS = {
    "website": (
        "{全年}，(通过|依托){网站}(共|累计|){公开}{信息}{disclosures.website:条}",
        "{我局}在{网站}(主动公开|累计发布){信息}{disclosures.website:条}",
        "{网站}(公开|发布|更新){信息}{disclosures.website:条/篇}",
        "{我局}{全年}通过{网站}及时公开有关{领域}的信息，{共}发布{disclosures.website:条}",
        "{网站}{disclosures.website:条}",
        "推动{网站}向社会公开{信息}{disclosures.website:项/条}",
        "{我局}(依托|利用){网站}(发布|公开)(公报、文件、会议、人事|公文、公告、政策、动态)等{信息}{disclosures.website:条}",
        "{我局}(通过|在)(门户网站|官方网站|政府网)（{website}）(公开|发布){信息}{disclosures.website:条}",
        "(通过|在){地}人民政府（{website}）(公开|发布){机关}信息{disclosures.website:条}",
        "(在|通过){我局}网站（{website}）(全面|及时|集中|)(新增|)公开了",
        "{我局}(通过|利用){网站}、{网站}(公开|发布){信息}{disclosures.website:条}",
        "{网站}(设有|下设){类}、{类}、{类}等栏目，{全年}{共}{公开}{信息}{disclosures.website:条}",
        "通过{网站}(公开|发布){类}、{类}、{类}、{类}等(群众关心的|)信息(共计|){disclosures.website:条}",
        "(1.|（二）|2、|){网站}(主动|)(公开|发布)(信息|)情况(。|\n)(政府信息|各类信息|共公开|){disclosures.website:条}",
        "(1.|（二）|2、|){网站}(公开|发布)(信息|)情况(。|：|\n)",
    ),
    "wechat": (
        "{公众号}(推送|发布|更新){信息}{disclosures.wechat:条/篇}",
        "通过{公众号}(累计|)推送{disclosures.wechat:篇}",
        "在{公众号}上(公开|推送){信息}{disclosures.wechat:条}",
        _headed("{公众号}(推送|发布|运行|)", "(推送|发布){disclosures.wechat:篇/条}"),
        "{公众号}是{我局}发布信息的(重要|主要)窗口，{全年}(共|累计|)(推送|编发){disclosures.wechat:篇/条}",
    ),
    "weibo": (
        "{微博}(发布|更新){信息}{disclosures.weibo:条}",
        _headed("{微博}(发布|运行|)", "(发布|更新){disclosures.weibo:条}"),
    ),
    "video": (
        "{视频号}(发布|推出)作品{disclosures.video:个/条}",
        _headed("{视频号}(发布|运行|)", "(发布|上线)(作品|视频|){disclosures.video:个/条}"),
    ),
    "press": (
        "在{报刊}等媒体刊发稿件{disclosures.press:篇}",
        _headed(
            "(新闻媒体|报刊电视|传统媒体|媒体)(公开|宣传|发布)", "(刊发|刊播)(稿件|信息|){disclosures.press:篇/条}"
        ),
    ),
    "new_media": (
        "{新媒体}(发布|推送){信息}{disclosures.new_media:条}",
        "(依托|通过){公众号}、{视频号}等(平台|新媒体)，(宣传政策，|)发布{信息}{disclosures.new_media:条}",
        "{微博}、{公众号}、{视频号}(共|累计|)发布{disclosures.new_media:条}",
        _headed("(政务新媒体|新媒体|“两微一端”)(公开|发布|运行)", "(发布|推送){disclosures.new_media:条/篇}"),
    ),
    "other": (
        "(公告栏|宣传栏|政务公开栏|村务公开栏|公示栏)(共|累计|)(张贴|公示|公开)(信息|){disclosures.other:条/份/期}",
        _headed("(公告栏|公开栏|线下)(公开|公示)", "(张贴|公示)(信息|){disclosures.other:条/份}"),
    ),
    "": (
        "{全年}{我局}{共}主动公开{信息}{disclosures:条}",
        "{公开}{信息}{disclosures:条}",
        "截至{日期}，主动公开政府信息数{disclosures:条}",
        "{信息}更新{disclosures:条}",
        "(通过|依托){网站}、{公众号}、{微博}等(平台|渠道|多种方式|)(共|累计|){公开}{信息}{disclosures:条}",
        "(通过|依托){网站}和{公众号}(共|){公开}{信息}{disclosures:条}",
        "{全年}(利用|通过){报刊}、{网站}、公告栏等(方式|途径|载体)(共|){公开}{信息}{disclosures:条}",
        "{公众号}、{网站}、{视频号}(共|累计|){公开}{信息}{disclosures:条}",
    ),
}
_LINKS = (
    "，其中",
    "。其中：",
    "，其中：",
    "（其中",
    "，包括",
    "，其中包括",
    "，涉及",
    "，",
    "，分别为",
    "：",
    "，其中，",
    "。按内容分，",
    "。从类别看，",
)
_MARKS = ("、", "，", "；", "，", "、", " ")
_OFTEN = ("规范性文件", "行政规范性文件", "政策文件", "其他", "规章", "公文", "其它类信息")
_LIKE_OTHERS = """群众来信回复选登 投诉件办理结果公示 信访答复 代表建议答复函 委员提案复文 建议提案复文 政策及其解读
    政策发布与解读 专题专栏 依申请公开 规范性文件清理 规范性文件备案 留言回复 热点回应 网上调查 意见征集结果
    执法人员名单 行政处罚决定 许可决定""".split()
_HEADED = ("：", "：", "信息公开情况。", "情况。")  # behind the name of a group
_GROUPS = "政务类 业务类 基础信息类 重点领域类 专题类 政策类 数据类 互动类 综合类 栏目类".split()
_QUOTED = ("”", "”发布量", "”栏目", "”栏目发布信息", "”专栏公开", "”栏目更新")
_COLUMNS = ("栏发布信息", "专栏公开信息", "栏目", "专栏", "栏目公开文件", "板块")
_FORMS = ("plain",) * 7 + ("quoted", "quoted", "before", "publish", "share", "column", "verb")
_ENDS = {  # how a breakdown goes on in its sentence, with the channel that then holds; "" is that of the total
    "": ("，(合计|共计|总计){disclosures:条}", "，其他{disclosures:条}", "，另有其他内容{disclosures:条}"),
    "other": (
        "；各(部门|单位|乡镇)(另|共|){公开}{信息}{disclosures:条}",
        "；{公众号}(推送|发布){信息}{disclosures.wechat:条}",
        "；{网站}(发布|公开){disclosures.website:条}",
        "；{微博}{disclosures.weibo:条}",
        "；{视频号}发布{disclosures.video:个}",
        "；在{报刊}刊发{disclosures.press:篇}",
        "；{新媒体}推送{disclosures.new_media:条}",
        "；公告栏张贴{disclosures.other:份}",
    ),
}


def breakdown(words: Words, rng: Random) -> list[Piece]:
    """A total and its parts, mostly in one sentence; a part that counts interpretations of policies is of that kind,
    whatever the total."""
    channel = rng.choice(["website"] * 6 + [""] * 5 + list(_HEADS))
    link, unit = rng.choice(_LINKS), rng.choice(["条"] * 6 + ["篇", "件", "个", "份", "项"])
    pieces = expand(rng.choice(_HEADS[channel]), words, rng)
    pieces += [(link, None)] if any(tag and tag.startswith("fact") for _, tag in pieces) else []
    label = f"fact.disclosures@{channel}" if channel else "fact.disclosures"
    pieces += _parts(words, rng, label, unit, rng.choice((2, 3, 4, 5, 6, 8, 10, 13, 18, 24)))
    pieces.append(("等" if rng.random() < 0.1 else "", None))
    pieces += [("）" if (link, None) in pieces and link == "（其中" else "", None), *_end(words, rng, label)]
    return [*pieces, ("。", None)]


def _parts(words: Words, rng: Random, label: str, unit: str, count_of_parts: int) -> list[Piece]:
    """The parts side by side, now and then in groups that have names of their own: （1）业务类：…；（2）专题类：…."""
    mark, form = rng.choice(_MARKS), rng.choice(_FORMS)
    group, headed = rng.choice(("（{}）", "{}.", "{}、", "")), rng.choice(_HEADED)
    size = rng.randint(2, 5) if rng.random() < 0.12 else 0
    pieces: list[Piece] = []
    for number in range(count_of_parts):
        parting = mark if number else ""
        if size and number % size == 0:
            parting = group.format(number // size + 1) + rng.choice(_GROUPS) + headed
            parting = ("；" if headed == "：" else rng.choice(("。", "。\n"))) + parting if number else parting
        pieces += [(parting, None), *_part(words, rng, label, unit, form)]
        if rng.random() < 0.03:
            pieces += [("（其中", None), *_part(words, rng, label, unit, "plain"), ("）", None)]
    return pieces


def _part(words: Words, rng: Random, label: str, unit: str, form: str) -> list[Piece]:
    if rng.random() < 0.07:
        name = rng.choice(("政策解读", "政策解读类信息", "政策解读信息", "政策图解", "图文解读"))
        return [(name, None), *count("fact.policy_interpretations", unit, rng)]
    name = _name(words, rng)
    if form == "quoted":
        return [("“", None), (name, CATEGORY), (rng.choice(_QUOTED), None), *count(label, unit, rng)]
    if form == "before":
        return [*count(label, unit, rng), (name, CATEGORY)]
    if form == "verb":
        return [(name, CATEGORY), (rng.choice(("公开", "公开", "发布", "更新")), None), *count(label, unit, rng)]
    if form == "publish":
        return [("发布", None), (name, CATEGORY), *count(label, unit, rng)]
    if form == "column":
        return [(name, CATEGORY), (rng.choice(_COLUMNS), None), *count(label, unit, rng)]
    share = f"，占{words.percent()}" if form == "share" else ""
    return [(name, CATEGORY), *count(label, unit, rng), (share, None)]


def _name(words: Words, rng: Random) -> str:
    """What a part is called: mostly a noun, now and then several, or what elsewhere names another kind of fact."""
    drawn = rng.random()
    if drawn < 0.08:
        return rng.choice(_OFTEN)
    if drawn < 0.14:
        return rng.choice(_LIKE_OTHERS)
    return words.joint_category() if drawn < 0.24 else words.category()


def _end(words: Words, rng: Random, label: str) -> list[Piece]:
    """What follows the last part in its sentence, if anything: more of the same channel, or another."""
    drawn = rng.random()
    if drawn > 0.25:
        return []
    pieces = expand(rng.choice(_ENDS["" if drawn < 0.1 else "other"]), words, rng)
    return [(text, label if drawn < 0.1 and tag == "fact.disclosures" else tag) for text, tag in pieces]
