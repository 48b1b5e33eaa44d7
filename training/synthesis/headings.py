"""How agencies print the headings of the six sections, and the title."""

from random import Random

from training.synthesis.pieces import Piece

TITLES = {
    "overview": """总体情况 总体情况 总体情况 概述 基本情况 工作概述 主要工作概述 总体工作情况
        政府信息公开工作总体情况 政府信息公开总体情况 主要工作情况 工作总体情况 2{}年工作总体情况""".split(),
    "proactive_disclosure": """主动公开政府信息情况 主动公开政府信息情况 行政机关主动公开政府信息情况
        主动公开政府信息的情况 政府信息主动公开情况 主动公开情况 主动公开信息情况 行政机关主动公开政府信息的情况
        主动公开政府信息基本情况 主动公开政府信息工作情况""".split(),
    "applications": """收到和处理政府信息公开申请情况 收到和处理政府信息公开申请情况
        行政机关收到和处理政府信息公开申请情况 收到和处理政府信息公开申请的情况 依申请公开政府信息情况
        政府信息依申请公开办理情况 依申请公开情况 收到申请情况 申请答复情况 依申请公开政府信息办理情况
        收到和处理信息公开申请情况 政府信息公开申请办理情况""".split(),
    "appeals": """政府信息公开行政复议、行政诉讼情况 政府信息公开行政复议、行政诉讼情况
        因政府信息公开工作被申请行政复议、提起行政诉讼情况 政府信息公开行政复议和行政诉讼情况
        因政府信息公开申请行政复议、提起行政诉讼的情况 行政复议、行政诉讼情况 复议、诉讼情况
        政府信息公开行政复议、诉讼情况 因政府信息公开申请行政复议、提起行政诉讼情况 复议诉讼情况""".split(),
    "problems": """存在的主要问题及改进情况 存在的主要问题及改进情况 政府信息公开工作存在的主要问题及改进情况
        存在的主要问题和改进情况 存在问题及改进措施 存在的问题及改进情况 存在主要问题及改进情况 主要问题及改进情况
        政府信息公开工作存在的主要问题和改进措施 存在的不足及改进措施 存在问题和下一步打算 存在的主要问题和改进措施
        """.split(),
    "other_matters": """其他需要报告的事项 其他需要报告的事项 其它需要报告的事项 其他需要报告事项 其他事项
        需要说明的事项 需要报告的其他事项 其他需要报告的情况 其他需要说明的事项 附表 其他""".split(),
}  # fmt: skip
_CHINESE = "一二三四五六七八九十"
_MARKS = {
    "chinese": "{0}、", "blank": "{0}、 ", "digit": "{1}.", "part": "第{0}部分 ", "markdown": "{0}、", "comma": "{0}，",
    "none": "",
}  # fmt: skip
_WORKS = """政府信息公开工作年度报告 政府信息公开工作年度报告 政府信息公开工作年度报告 政府信息公开年度报告
    政府信息公开年度工作报告 信息公开工作年度报告 政府信息公开工作报告 政务公开工作年度报告 信息公开年度报告
    政府信息公开年报""".split()


def heading(kind: str, number: int, style: str, year: int, rng: Random) -> list[Piece]:
    """A section heading as one tagged piece; `style` is the report's way of numbering, `number` counts from 1."""
    words = rng.choice(TITLES[kind]).replace("2{}", str(year))
    mark = _MARKS[style].format(_CHINESE[number - 1], number)
    before = "## " if style == "markdown" else ""
    return [(before, None), (mark + words, f"heading.{kind}")]


def title(agency: str, year: int, rng: Random) -> list[Piece]:
    """The report's title in one of its forms; the agency may be left out or stand on a line of its own."""
    work = rng.choice(_WORKS)
    when = [(str(year), "year"), (rng.choice(["年", "年", "年度", " 年", "年 "]), None)]
    who: list[Piece] = [(agency, "agency")]
    form = rng.random()
    if form < 0.62:
        return [*who, *when, (work, None)]
    if form < 0.74:
        return [*who, ("\n", None), *when, (work, None)]
    if form < 0.80:
        return [*who, *when, ("\n" + work, None)]
    if form < 0.86:
        return [*when, *who, (work, None)]
    if form < 0.90:
        return [*who, ("关于", None), *when, (work, None)]
    if form < 0.95:
        return [*who, (work + "（", None), when[0], ("年度）", None)]
    return [*when, (work, None)]
