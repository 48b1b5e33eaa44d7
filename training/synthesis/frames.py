"""What stands around a report on its page: particulars, links to other pages, the title, and who signed it when."""

from random import Random

from training.synthesis.headings import title
from training.synthesis.narrative import Narrator, statistics
from training.synthesis.patterns import expand
from training.synthesis.pieces import Piece
from training.synthesis.words import invent

_METADATA = {
    "(索引号|索 引 号|信息索引)": "(|{地}){n4}{n4}(|-{n})",
    "(主题分类|信息分类|公开类别)": "(综合政务|政务公开|年度报告|其他)",
    "(发布机构|发布单位|公开机构|信息来源|来源|发文机关|发布机关)": "{agency}",
    "(成文日期|生成日期|更新日期)": "{日期}",
    "(名称|标题|信息名称)": "(|{agency}){year}年政府信息公开(工作|)年度报告",
    "(文号|发文字号|文 号)": "(无|—|{文号})",
    "(发布日期|发布时间|公开日期|公布日期|发文日期)": "{published_on}(|| {n1}:{n1})",
    "(有效性|效力状态)": "(有效|现行有效|长期有效)", "(浏览次数|点击数|阅读量)": "{n}(|次)", "(字号|字体)": "大 中 小",
}  # fmt: skip
_LINKS = """首页 网站首页 政务公开 信息公开 政府信息公开 政府信息公开指南 政府信息公开制度 法定主动公开内容
    政府信息公开年报 依申请公开 公开指南 公开制度 公开目录 公开年报 年度报告 机构职能 机构概况 机构设置 内设机构
    领导之窗 领导信息 领导分工 政策法规 政策文件 规范性文件 政策解读 政策问答 通知公告 公示公告 工作动态 图片新闻
    部门动态 乡镇动态 规划计划 统计信息 统计数据 财政信息 财政预决算 人事信息 招考录用 行政许可 行政处罚 行政执法
    权责清单 双随机一公开 重大项目 政府采购 公共资源交易 建议提案办理 重大决策预公开 政府会议 政府公报 新闻发布会
    应急管理 乡村振兴 社会救助 教育 医疗卫生 环境保护 食品药品安全 互动交流 领导信箱 在线咨询 民意征集 网上调查
    政务服务 办事指南 办事大厅 专题专栏 网站地图 关于我们 联系我们 无障碍浏览 长者模式 登录 注册 搜索 返回顶部
    收藏本站 打印本页 关闭窗口 上一篇 下一篇 更多""".split()
_ATTACHED = (
    "附件：1.政府信息公开情况统计表", "附件：{agency}{year}年政府信息公开(情况统计表|工作年度报告)",
    "附件：1.{agency}{year}年政府信息公开工作年度报告\n2.政府信息公开情况统计表",
    "附件：1. 统计表（{n}K）\n2. (图解|名词解释)", "附：政府信息公开(工作|)情况统计表",
)  # fmt: skip


def top(tell: Narrator, rng: Random) -> list[Piece]:
    """What stands on the page up to its title, and right below it."""
    chrome = [tell.sentence("chrome") for _ in range(rng.choice([0, 0, 1, 2, 3, 5]))]
    name = title(tell.words.agency.name, tell.words.agency.year, rng)
    named = [name, *([tell.sentence("chrome")] if rng.random() < 0.4 else [])]
    twice = [name] if rng.random() < 0.15 else []
    blocks = [_lines([*twice, *chrome], rng), _lines(named, rng)]
    if rng.random() < 0.16:
        blocks.insert(rng.choice([1, 2]), metadata(tell, rng))
    return [piece for block in (_links(tell, rng), *blocks) for piece in block]


def _lines(lines: list[list[Piece]], rng: Random) -> list[Piece]:
    """One under the other; at times a blank stands for a line break."""
    return [piece for line in lines for piece in (*line, ("\n" if rng.random() < 0.9 else " ", None))]


def metadata(tell: Narrator, rng: Random) -> list[Piece]:
    """The box of the page's particulars, each name and each value on a line of its own."""
    chosen = rng.sample(list(_METADATA), rng.randint(4, len(_METADATA)))
    colon = rng.choice(["：", "：", ":", "： ", ""])
    lines = [line for name in _METADATA if name in chosen for line in (name + colon, _METADATA[name])]
    return [piece for line in lines for piece in (*expand(line, tell.words, rng), ("\n", None))]


def _links(tell: Narrator, rng: Random) -> list[Piece]:
    """The page's links to others of its site: a menu or a list of reports, on most pages none."""
    drawn = rng.random()
    if drawn < 0.085:
        return menu(rng)
    return neighbours(tell, rng) if drawn < 0.135 else []


def menu(rng: Random) -> list[Piece]:
    """5 to 60 words, one a line or all on one."""
    words = rng.sample(_LINKS, rng.randint(5, rng.choice([10, 25, 60])))
    return [(rng.choice(["\n", "\n", "\n", "\n\n", " ", "　", " | ", ""]).join(words) + "\n", None)]


def neighbours(tell: Narrator, rng: Random) -> list[Piece]:
    """Titles of what other agencies reported of other years, many with a day. They carry no label."""
    own, dated = tell.words.agency, rng.random() < 0.5
    years = [year for year in range(2015, 2026) if year != own.year]
    pieces: list[Piece] = []
    for name in (_neighbour(own.place, rng) for _ in range(rng.randint(2, 12))):
        if name not in own.name and own.name not in name:
            year = rng.choice(years)
            day = f" {year + 1}-{rng.randint(1, 3):02d}-{rng.randint(1, 28):02d}" if dated else ""
            pieces += [(text, None) for text, _ in title(name, year, rng)] + [(day + "\n", None)]
    return pieces


def _neighbour(place: str, rng: Random) -> str:
    """Another agency, half of them of the same place."""
    other = invent(rng)
    return other.name.replace(other.place, place) if rng.random() < 0.5 else other.name


def bottom(tell: Narrator, rng: Random) -> list[Piece]:
    old = tell.words.agency.year < 2019 and rng.random() < 0.6
    pieces = statistics(tell.words.agency.year, rng) if old else []
    pieces += _signature(tell, rng)
    for _ in range(rng.choice([0, 0, 1, 2])):
        pieces += [*tell.sentence("chrome"), ("\n", None)]
    return [*pieces, *_links(tell, rng)]


def _signature(tell: Narrator, rng: Random) -> list[Piece]:
    """Who signs and when, each on a line of its own in most reports; around it what is attached and released."""
    attached = expand(rng.choice(_ATTACHED), tell.words, rng)
    lines = [attached] if rng.random() < 0.07 else []
    lines += [[(" " * rng.choice([0, 0, 12, 30]), None), *line] for line in signed(tell, rng)]
    lines += [[("（此件公开发布）", None)]] if rng.random() < 0.05 else []
    return [piece for line in lines for piece in (*line, ("\n", None))]


def signed(tell: Narrator, rng: Random) -> list[list[Piece]]:
    """The lines of agency and date: both on one, the date first, or the agency first and either missing at times."""
    name = tell.words.agency.name
    behind = rng.choices(["", "（盖章）", "（公章）", "" if name.endswith("办公室") else "办公室"], [86, 5, 3, 6])[0]
    agency: list[Piece] = [(name, "agency"), (behind, None)]
    date: list[Piece] = [(tell.words.slot("signed"), "published_on")]
    way = rng.random()
    if way < 0.08:
        return [[*agency, (rng.choice([" ", "  ", "　　", ""]), None), *date]]
    if way < 0.15:
        return [date, agency]
    return [line for line, share in ((agency, 0.58), (date, 0.63)) if rng.random() < share]
