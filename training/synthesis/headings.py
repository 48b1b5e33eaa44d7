"""How agencies print the headings of the six sections, those of sections of their own, and the title."""

import re
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
        政府信息公开行政复议、诉讼情况 因政府信息公开申请行政复议、提起行政诉讼情况 复议诉讼情况
        行政复议和诉讼情况 因政府信息公开受理行政复议、提起行政诉讼的情况
        信息公开申请行政复议、提起行政诉讼的情况""".split(),
    "problems": """存在的主要问题及改进情况 存在的主要问题及改进情况 政府信息公开工作存在的主要问题及改进情况
        存在的主要问题和改进情况 存在问题及改进措施 存在的问题及改进情况 存在主要问题及改进情况 主要问题及改进情况
        政府信息公开工作存在的主要问题和改进措施 存在的不足及改进措施 存在问题和下一步打算 存在的主要问题和改进措施
        存在的主要问题及明年工作计划 存在的问题及下一年工作计划 存在问题和下步计划 存在的问题""".split(),
    "other_matters": """其他需要报告的事项 其他需要报告的事项 其它需要报告的事项 其他需要报告事项 其他事项
        需要说明的事项 需要报告的其他事项 其他需要报告的情况 其他需要说明的事项 附表 其他""".split(),
}  # fmt: skip
UNOFFICIAL = {
    "replies": "回应解读情况 政策解读和回应关切情况 回应社会关切情况 咨询和投诉情况 政民互动情况".split(),
    "fees": """收费及减免情况 收费及减免情况 政府信息公开的收费及减免情况 政府信息公开收费及减免情况 收费和减免情况
        依申请公开政府信息收费情况 政府信息公开收费情况 收费情况""".split(),
    "staff": """机构建设和人员情况 机构建设和人员培训情况 工作机构和人员情况 机构建设和保障经费情况 机构人员和经费情况
        组织领导和制度建设情况 政府信息公开会议和培训情况 机构设置及人员配备情况""".split(),
    "further": "其他 附件 附件 名词解释 名词解释 附录 相关说明".split(),
}  # fmt: skip
_CHINESE, _FORMAL, _ROMAN = "一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_CIPHERS = str.maketrans("0123456789", "〇一二三四五六七八九")
_MARKS = {
    "chinese": "{0}、", "blank": "{0}、 ", "digit": "{1}.", "part": "第{0}部分 ", "markdown": "{0}、", "comma": "{0}，",
    "none": "", "dot": "{0}. ", "bracket": "（{0}）", "chapter": "第{0}章 ", "digit_comma": "{1}、", "alone": "{0}、\n",
    "bullet": "● ", "square": "■", "diamond": "◆", "lenses": "【", "formal": "{2}、", "roman": "{3}. ",
    "digit_bracket": "({1})", "part_colon": "第{0}部分：", "digit_blank": "{1} ", "zero": "0{1} ",
}  # fmt: skip
STYLES = {
    "chinese": 120, "blank": 10, "digit": 10, "part": 10, "markdown": 10, "comma": 10, "none": 10, "dot": 2,
    "bracket": 2, "chapter": 2, "digit_comma": 2, "alone": 2, "bullet": 2, "square": 1, "diamond": 1, "lenses": 2,
    "formal": 2, "roman": 1, "digit_bracket": 2, "part_colon": 2, "digit_blank": 1, "zero": 1,
}  # fmt: skip
_MISTAKEN = (
    "诉讼诉颂", "复议复义", "申请申清", "改进改近", "事项事顶", "情况请况", "公开公幵", "存在存再",
    "说明说名", "解释解示", "概述概叙",
)  # fmt: skip
_PLACE = re.compile("^[^省市县区]{2,}[省市县区](?=[^政人]{2,}[局委部厅办]$)")  # 水务局2018年…: the place is left out
_WORKS = """政府信息公开工作年度报告 政府信息公开工作年度报告 政府信息公开工作年度报告 政府信息公开年度报告
    政府信息公开年度工作报告 信息公开工作年度报告 政府信息公开工作报告 政务公开工作年度报告 信息公开年度报告
    政府信息公开年报""".split()


def heading(kind: str, number: int, style: str, year: int, rng: Random) -> list[Piece]:
    """A section heading as one piece; `style` is the report's way of numbering, `number` counts from 1. Those of the
    six sections are tagged, number and words; an `UNOFFICIAL` one is not."""
    words = rng.choice((TITLES | UNOFFICIAL)[kind]).replace("2{}", str(year))
    if rng.random() < 0.03:
        number, words = _slip(number, words, rng)
    mark = _MARKS[style].format(_CHINESE[number - 1], number, _FORMAL[number - 1], _ROMAN[number - 1])
    before = "## " if style == "markdown" else ""
    words += "】" if style == "lenses" else ""
    return [(before, None), (mark + words, f"heading.{kind}" if kind in TITLES else None)]


def _slip(number: int, words: str, rng: Random) -> tuple[int, str]:
    """Number and words of a heading with one slip: a wrong number, blanks inside, a character lost or mistaken."""
    at = rng.randrange(1, len(words))
    slip = rng.choice(["number", "blanks", "lost", "mistaken"])
    if slip == "number":
        return rng.choice([other for other in range(1, 8) if other != number]), words
    if slip == "blanks":
        return number, rng.choice([" ".join(words), words[:at] + " " + words[at:]])
    if slip == "lost" and len(words) > 4:
        return number, words[:at] + words[at + 1 :]
    return number, _mistaken(words, rng)


def _mistaken(words: str, rng: Random) -> str:
    """The words with one of them written wrong, where there is one that is often."""
    known = [(pair[:2], pair[2:]) for pair in _MISTAKEN if pair[:2] in words]
    return words.replace(*rng.choice(known)) if known else words


def title(agency: str, year: int, rng: Random) -> list[Piece]:
    """The report's title in one of its forms; the agency may be left out, lose its place or stand on a line of its own.
    A few are in title marks: 《清河县教育局2023年政府信息公开工作年度报告》."""
    said = _title(agency, year, rng)
    return [("《", None), *said, ("》", None)] if rng.random() < 0.03 else said


def _title(agency: str, year: int, rng: Random) -> list[Piece]:
    work = rng.choice(_WORKS)
    agency = _PLACE.sub("", agency) if rng.random() < 0.04 else agency
    said = str(year) if rng.random() < 0.97 else str(year).translate(_CIPHERS)
    when = [(said, "year"), (rng.choice(["年", "年", "年度", " 年", "年 "]), None)]
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
    if form < 0.93:
        return [*who, (work + "（", None), when[0], ("年度）", None)]
    if form < 0.96:
        opened, closed = rng.choice(("（）", ("——", ""), "()", ("-", ""), ("【", "】")))
        return [*when, (work + opened, None), *who, (closed, None)]
    return [*when, (work, None)]
