"""The three official tables: their values, and the grids of cells in which agencies print them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from model.form import (
    AMOUNTS,
    APPEALS,
    APPLICANTS,
    APPLICATIONS,
    ARTICLES,
    COLUMN_TITLES,
    FORM_2019,
    GROUPS,
    OUTCOME_ROWS,
    OUTCOMES,
    OVERDUE_ROWS,
    Form,
    Row,
)
from model.labels import cell_label
from model.numbers import cell_count

# JSON Pointer of a cell -> what is printed in it, None for a blank. A row the agency does not print has no pointers.
Values = dict[str, str | None]
# Style -> weight.
STYLES = {
    "zeros": 3, "small": 7, "distinct": 7, "large": 2, "blank_zeros": 3, "no_totals": 1, "totals_only": 1, "patchy": 3
}  # fmt: skip
_FIGURE = re.compile(r"[-－−+]?\d+(?:[,，. ]\d+)*")
NOTHING = ("/", "无", "-", "—", "——", "--", "\\", "无此项")
_IN_WORDS = (("减", "增"), ("减", "增"), ("减少", "增加"), ("减少", ""), ("↓", "↑"))  # signs of 本年增/减
ZEROS = ("〇", "零")  # a 0 as a numeral, in counts alone: an amount is a decimal


@dataclass(frozen=True)
class Cell:
    """One printed cell. `label` is the official row of a value cell, None for headings, padding and unofficial numbers.

    An empty `text` with a label is a blank value cell. `colspan` and `rowspan` are those of an HTML table.
    """

    text: str
    label: str | None = None
    colspan: int = 1
    rowspan: int = 1


Grid = list[list[Cell]]


def figure(printed: str) -> str:
    """The labelled part of a printed value: `22` of `22（其中修订16件）`; a word such as 无 is the whole of it."""
    found = _FIGURE.match(printed)
    return found[0] if found else printed


# ---- values


def fill(form: Form, rng: Random, style: str) -> Values:
    """Printed values for every cell of the form, keeping all its identities. `style` is one of STYLES.

    Blanks come only with four styles: in blank_zeros they are zeros not printed, in no_totals zeros and the totals of
    table three, in totals_only all but the totals, in patchy any cells, or all of some columns.
    """
    draw = _DRAWS.get(style, _small)
    single = form is FORM_2019 or rng.random() < 0.05  # some agencies keep the single row （六）其他处理 after 2020
    numbers = _disclosure(form, rng, draw) | _applications(rng, draw, single) | _appeals(rng, draw)
    values = _printed(numbers, rng)
    if style == "blank_zeros":
        return _without_zeros(values, rng)
    if style == "no_totals":
        return _without_totals(_without_zeros(values, rng), rng)
    if style == "patchy":
        return _patchy(values, rng)
    if style == "totals_only":
        return {pointer: value if _is_total(pointer) else None for pointer, value in values.items()}
    return values


def _small(rng: Random, pointer: str) -> int:
    likely = 0.35 if "/natural_person" in pointer or "/proactive" in pointer else 0.03
    return int(rng.paretovariate(0.9)) % 200 if rng.random() < likely else 0


def _distinct(rng: Random, pointer: str) -> int:
    return rng.randrange(*rng.choice(((1, 10), (10, 100), (10, 100), (100, 1000), (100, 1000), (1000, 4000))))


def _large(rng: Random, pointer: str) -> int:
    middle = 5 if "/natural_person" in pointer or "/proactive" in pointer else 2
    return int(rng.lognormvariate(middle, 1.6)) if rng.random() < 0.8 else 0


def _zero(rng: Random, pointer: str) -> int:
    return 0


_DRAWS = {"zeros": _zero, "small": _small, "distinct": _distinct, "large": _large}
_Draw = Callable[[Random, str], int]


def _disclosure(form: Form, rng: Random, draw: _Draw) -> dict[str, int | str]:
    pointers = [f"/proactive_disclosure/{row.key}/{column}" for row in form.disclosure for column in row.columns]
    numbers = {pointer: draw(rng, pointer) for pointer in pointers}
    for pointer, number in numbers.items():
        if pointer.endswith("/change"):
            numbers[pointer] = number * rng.choice((1, 1, -1))
        if pointer.endswith(AMOUNTS):
            numbers[pointer] = _amount(number, rng)
    return numbers


def _amount(number: int, rng: Random) -> str:
    places = rng.choice((0, 0, 1, 2, 2, 2, 4, 6))
    if not number:
        return rng.choice(("0", "0", "0", "0.00", "0.0"))
    return f"{number * rng.choice((1, 1, 10, 1000))}" + (f".{rng.randrange(10**places):0{places}}" if places else "")


def _applications(rng: Random, draw: _Draw, single: bool) -> dict[str, int]:
    """The outcomes and what goes to next year are drawn; all that came in follows from them, applicant by applicant."""
    numbers = {}
    outcomes = [key for key in OUTCOME_ROWS if not (single and key in OVERDUE_ROWS)]
    for who in (applicant for applicant in APPLICANTS if applicant != "total"):
        column = {key: draw(rng, f"/{key}/{who}") for key in outcomes}
        column["results/total"] = sum(column.values())
        column["carried_over_to_next_year"] = draw(rng, f"/carried_over_to_next_year/{who}")
        inflow = column["results/total"] + column["carried_over_to_next_year"]
        before = min(inflow, draw(rng, f"/carried_over_from_previous_year/{who}"))
        column |= {"new_applications": inflow - before, "carried_over_from_previous_year": before}
        numbers |= {f"/applications/{key}/{who}": number for key, number in column.items()}
    for key in column:
        row = [numbers[f"/applications/{key}/{who}"] for who in APPLICANTS if who != "total"]
        numbers[f"/applications/{key}/total"] = sum(row)
    return numbers


def _appeals(rng: Random, draw: _Draw) -> dict[str, int]:
    numbers = {}
    for group in APPEALS:
        drawn = {o: draw(rng, f"/appeals/{group}/{o}") for o in OUTCOMES if o != "total"}
        drawn["total"] = sum(drawn.values())
        numbers |= {f"/appeals/{group}/{outcome}": number for outcome, number in drawn.items()}
    return numbers


def _is_total(pointer: str) -> bool:
    return pointer.endswith("/total") or pointer.startswith("/proactive_disclosure")


def _without_zeros(values: Values, rng: Random) -> Values:
    """Zeros left blank in a share of the rows, or everywhere but in the totals."""
    share, spare_totals = rng.choice((0.1, 0.3, 0.6, 1.0)), rng.random() < 0.5
    rows = dict.fromkeys(pointer.rpartition("/")[0] for pointer in values)  # a set would lose the seed's order
    blank = {row for row in rows if rng.random() < share}

    def shown(pointer: str, value: str | None) -> str | None:
        kept = pointer.rpartition("/")[0] not in blank or (spare_totals and _is_total(pointer))
        return value if kept or value not in ("0", "0.0", "0.00", *NOTHING, *ZEROS) else None

    return {pointer: shown(pointer, value) for pointer, value in values.items()}


def _without_totals(values: Values, rng: Random) -> Values:
    """The last column of table three left blank, in all rows or in most."""
    share = rng.choice((0.7, 1.0))
    last = "/applications/", "/total"
    blank = {p for p in values if p.startswith(last[0]) and p.endswith(last[1]) and rng.random() < share}
    return {pointer: None if pointer in blank else value for pointer, value in values.items()}


def _patchy(values: Values, rng: Random) -> Values:
    """Blanks anywhere: here and there, in whole columns (本年增/减), or everywhere but in one column of table three."""
    columns = list(dict.fromkeys(pointer.rpartition("/")[2] for pointer in values))
    spared = rng.choice(list(APPLICANTS))
    chance = rng.choice((0.05, 0.2, 0.5))
    empty = {"change", rng.choice((*columns, *APPLICANTS, "total", "total", "total"))} if rng.random() < 0.7 else set()
    only_one = rng.random() < 0.35

    def kept(pointer: str) -> bool:
        column = pointer.rpartition("/")[2]
        if only_one and pointer.startswith("/applications/"):
            return column == spared
        return column not in empty and rng.random() > chance

    return {pointer: value if kept(pointer) else None for pointer, value in values.items()}


def _printed(numbers: dict[str, int | str], rng: Random) -> Values:
    comma = rng.choice((",", ",", ",", ",", "，", " ")) if rng.random() < 0.15 else ""
    minus, plus = rng.choice("---－−"), rng.choice(("", "", "", "", "+"))
    down, up = rng.choice(_IN_WORDS) if rng.random() < 0.1 else (minus, plus)
    values = {}
    for pointer, number in numbers.items():
        text = f"{number:,}" if isinstance(number, int) else number
        text = text.replace(",", comma).replace("-", minus)
        if pointer.endswith("/change") and text != "0":
            text = down + text.removeprefix(minus) if text[0] == minus else up + text
        values[pointer] = text
    for rare, chance in (
        (_unchanged, 0.05),
        (_nothing, 0.06),
        (_zero_numerals, 0.02),
        (_annotated, 0.06),
        (_with_unit, 0.08),
    ):
        if rng.random() < chance:
            values |= rare(values, rng)
    return values


def _nothing(values: Values, rng: Random) -> Values:
    """Zeros said as a word, in one row or here and there."""
    return _in_places([pointer for pointer, value in values.items() if value == "0"], rng.choice(NOTHING), rng)


def _unchanged(values: Values, rng: Random) -> Values:
    """Zeros of 本年增/减 said as a word."""
    word = rng.choice(("未增未减", "无增减", "持平", "无变化", "不变", "无"))
    return {pointer: word for pointer, value in values.items() if pointer.endswith("/change") and value == "0"}


def _zero_numerals(values: Values, rng: Random) -> Values:
    """Zeros of counts printed as 〇 or 零, in one row or here and there."""
    zeros = [pointer for pointer, value in values.items() if value == "0" and not pointer.endswith(AMOUNTS)]
    return _in_places(zeros, rng.choice(ZEROS), rng)


def _in_places(zeros: list[str], word: str, rng: Random) -> Values:
    """The word in all zeros of one row, or in a fifth of all zeros."""
    if not zeros or rng.random() < 0.3:
        return {pointer: word for pointer in zeros if rng.random() < 0.2}
    row = rng.choice(zeros).rpartition("/")[0] + "/"
    return {pointer: word for pointer in zeros if pointer.startswith(row)}


def _annotated(values: Values, rng: Random) -> Values:
    """One or two numbers followed by a remark in brackets, which itself holds a number."""
    likely = [
        pointer for pointer, value in values.items() if value[0] not in (*NOTHING, *ZEROS) and "/normative_" in pointer
    ]
    others = [pointer for pointer, value in values.items() if value[0] in "123456789"]
    found = {}
    for pointer in likely[-1:] + rng.sample(others, min(len(others), rng.randrange(2))):
        count = rng.randrange(30)
        remark = rng.choice((
            f"其中修订{count}件", f"含修改 {count} 件", f"其中：废止{count}件", f"含上年结转{count}件",
            f"政府文件{count}件", f"其中局属单位{count}", "截至12月31日", "含下属单位", "历年累计",
            f"统计口径调整，上年为{count}",
        ))  # fmt: skip
        brackets = rng.choice(("（{}）", "({})", " （{}）", "【{}】", "（{}）件"))
        found[pointer] = values[pointer] + brackets.format(remark)
    return found


def _with_unit(values: Values, rng: Random) -> Values:
    """元 or 万元 after the amounts, or 件 after the counts, of table two or of the others."""
    if rng.random() < 0.2:
        return {pointer: value + "件" for pointer, value in values.items() if value.isdecimal() and pointer[1] == "a"}
    amounts = rng.random() < 0.6
    unit = rng.choice(("元", "元", "万元", " 万元", "万") if amounts else ("件", "件", "条", "项", "个", " 件"))
    return {
        pointer: value + unit
        for pointer, value in values.items()
        if pointer.startswith("/proactive") and pointer.endswith(AMOUNTS) == amounts and value not in (*NOTHING, *ZEROS)
    }


# ---- grids


def grids(form: Form, values: Values, rng: Random) -> tuple[Grid, Grid, Grid]:
    """Table two, three and four as this agency prints them: one wording for all its headings."""
    say = _wording(rng)
    parts = _disclosure_grid(form, values, rng), _applications_grid(values, rng), _appeals_grid(values, rng)
    return tuple([[_said(cell, say) for cell in row] for row in grid] for grid in parts)


def _said(cell: Cell, say: Callable[[str], str]) -> Cell:
    return cell if cell.label else Cell(say(cell.text), None, cell.colspan, cell.rowspan)


def numbered(grid: Grid) -> Grid:
    """A first column that numbers the rows with values."""
    count, rows = 0, []
    for row in grid:
        valued = any(cell.label for cell in row)
        count += valued
        first = str(count) if valued else "" if rows else "序号"
        rows.append([Cell(first), *row])
    return rows


def _disclosure_grid(form: Form, values: Values, rng: Random) -> Grid:
    grid, rows = [], {row.key: row for row in form.disclosure}
    for article, keys in ARTICLES.items():
        block = [rows[key] for key in keys if key in rows]
        if not block:
            continue
        grid.append([Cell(article, colspan=4)])
        titles = [_column_title(column, block[0]) for column in block[0].columns]
        grid.append(_stretched([Cell("信息内容"), *map(Cell, titles)]))
        grid += [_stretched([Cell(row.title), *_values("proactive_disclosure", row, values)]) for row in block]
        if len(titles) == 3 and rng.random() < 0.04:
            grid.append(_unofficial(rng.choice(_UNOFFICIAL), titles, rng))
        if "第五" in article or "第六" in article:
            more = rng.sample(_POWERS, rng.choice((0,) * 12 + (1, 2, 3)))
            grid += [_stretched(_unofficial(title, titles, rng)) for title in more]
    return grid


def _unofficial(title: str, titles: list[str], rng: Random) -> list[Cell]:
    return [Cell(title), *(Cell(str(rng.choice((0, 0, rng.randrange(60))))) for _ in titles)]


_POWERS = ("行政检查", "行政确认", "行政裁决", "行政奖励", "行政给付", "行政征收", "公共服务", "其他行政权力")
_UNOFFICIAL = (
    "其他主动公开文件", "其他文件", "其他主动公开的政府信息", "政策解读", "会议纪要", "公告公示",
    "其他主动公开文件（除规范性文件以外，以本机关名义印发的文件）", "其他类信息（通知、简报等）",
)  # fmt: skip


def _column_title(column: str, row: Row) -> str:
    alone = column == "decisions" and len(row.columns) == 1
    return "本年处理决定数量" if alone else COLUMN_TITLES[column]


def _values(table: str, row: Row, values: Values) -> list[Cell]:
    label = cell_label(table, row.key)
    return [Cell(values[f"/{table}/{row.key}/{column}"] or "", label) for column in row.columns]


def _stretched(cells: list[Cell]) -> list[Cell]:
    """The last cell takes what is left of the four columns of table two."""
    last = cells[-1]
    return [*cells[:-1], Cell(last.text, last.label, 4 - len(cells) + 1)]


def _applications_grid(values: Values, rng: Random) -> Grid:
    rows = [row for row in APPLICATIONS if f"/applications/{row.key}/total" in values]
    body = [[*_leading(row, rows), *_values("applications", row, values)] for row in rows]
    if rng.random() < 0.03:
        body = _subtotalled(body)
    elif rng.random() < 0.08:
        body = _broken_page(body, rng)
    people = list(APPLICANTS.values())
    return [
        [Cell(_NOTE, colspan=3, rowspan=3), Cell("申请人情况", colspan=7)],
        [Cell(people[0], rowspan=2), Cell("法人或其他组织", colspan=5), Cell(people[-1], rowspan=2)],
        [Cell(title) for title in people[1:-1]],
        *body,
    ]


_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def _leading(row: Row, rows: list[Row]) -> list[Cell]:
    """The heading cells of a row: the groups that begin with it, then its own title over the columns left of three."""
    groups = {group: [r.key for r in rows if r.key.startswith(group + "/")] for group in GROUPS}
    groups = {group: keys for group, keys in groups.items() if row.key in keys and len(keys) > 1}
    begun = [Cell(GROUPS[group], rowspan=len(keys)) for group, keys in groups.items() if keys[0] == row.key]
    single = row.key == "results/other/other" and "results/other" not in groups
    return [*begun, Cell("（六）其他处理" if single else row.title, colspan=3 - len(groups))]


def _broken_page(body: Grid, rng: Random) -> Grid:
    """三、本年度办理结果 printed again where the table goes on over the page."""
    at = next(i for i, row in enumerate(body) if row[0].text == GROUPS["results"])
    head = body[at][0]
    starts = [i for i, row in enumerate(body) if at < i < at + head.rowspan and len(row) > 1 and row[0].rowspan > 1]
    cut = rng.choice(starts)
    body[cut] = [Cell(head.text, rowspan=at + head.rowspan - cut), *body[cut]]
    body[at] = [Cell(head.text, rowspan=cut - at), *body[at][1:]]
    return body


def _subtotalled(body: Grid) -> Grid:
    """A row for the heading of each inner group, its sums without labels: `（三）不予公开 | 158 | … | 585`, then
    `1.属于国家秘密 | 51 | …`."""
    grouped = [(y, cell) for y, row in enumerate(body) for cell in row[:-1] if _inner(cell)]
    rows = [[_taller(cell, grouped, y) for cell in row if not _inner(cell)] for y, row in enumerate(body)]
    for y, group in reversed(grouped):
        columns = zip(*(row[-7:] for row in body[y : y + group.rowspan]), strict=True)
        sums = [str(sum(map(_count, column))) for column in columns]
        outer = [cell for cell in rows[y] if cell.rowspan > 1]
        rows[y] = rows[y][len(outer) :]
        rows.insert(y, [*outer, Cell(group.text, colspan=2), *map(Cell, sums)])
        for row in rows[y + 1 : y + 1 + group.rowspan]:
            at = next(at for at, cell in enumerate(row) if not cell.label)
            row[at] = replace(row[at], colspan=2)
    return rows


def _inner(cell: Cell) -> bool:
    """Whether it is the heading of a group inside 三、本年度办理结果."""
    return cell.rowspan > 1 and cell.text != GROUPS["results"]


def _taller(cell: Cell, grouped: list[tuple[int, Cell]], y: int) -> Cell:
    """三、本年度办理结果 beside as many rows more as there are sums in its height."""
    more = sum(y <= at < y + cell.rowspan for at, _ in grouped) if cell.rowspan > 1 else 0
    return replace(cell, rowspan=cell.rowspan + more)


def _count(cell: Cell) -> int:
    return cell_count(figure(cell.text)) or 0


def compared(grid: Grid, rng: Random) -> Grid:
    """The grid with one more column at its right, 较上年 or 备注, whose cells are no official ones: `+3`, `增加3`."""
    title = rng.choice(("较上年", "同比", "较上年增减", "与上年相比", "备注", "备 注"))
    unchanged = rng.choice(("0", "—", ""))
    up, down = rng.choice((("+{}", "-{}"), ("+{}", "-{}"), ("{}", "-{}"), ("增加{}", "减少{}"), ("↑{}", "↓{}")))
    few = rng.random() < 0.4
    rows: Grid = []
    for y, row in enumerate(grid):
        if _numeric(row[-1]):
            change = unchanged if few and rng.random() < 0.8 else rng.choice((up, down)).format(rng.randrange(1, 60))
            rows.append([*row, Cell(change)])
        else:
            rows.append(_wider(row, title, grid[0][0].rowspan if y == 0 else 1, inside=0 < y < grid[0][0].rowspan))
    return rows


def _numeric(cell: Cell) -> bool:
    return bool(cell.label) or cell.text.isdecimal()


def _wider(row: list[Cell], title: str, height: int, inside: bool) -> list[Cell]:
    """A row of headings with that of one more column: beside it, above it (an article of table two), or before."""
    if inside:
        return row
    if len(row) == 1:
        return [replace(row[0], colspan=row[0].colspan + 1)]
    return [*row, Cell(title, rowspan=height)]


def _appeals_grid(values: Values, rng: Random) -> Grid:
    outcomes, suits = list(OUTCOMES.values()), [Cell(APPEALS[g], colspan=5) for g in list(APPEALS)[1:]]
    cells = [Cell(values[f"/appeals/{group}/{outcome}"] or "", "appeals") for group in APPEALS for outcome in OUTCOMES]
    if rng.random() < 0.3:
        above, middle, below = Cell("行政复议", colspan=5, rowspan=2), suits, outcomes * 3
    else:
        above, middle, below = Cell("行政复议", colspan=5), [Cell(o, rowspan=2) for o in outcomes] + suits, outcomes * 2
    return [[above, Cell("行政诉讼", colspan=10)], middle, [Cell(title) for title in below], cells]


# ---- wording

# A printed phrase -> how agencies also print it. Each is taken now and then, for a whole report at once.
_ALSO = {
    "行政规范性文件": (
        "规范性文件", "规范性文件", "规范性文件（指普遍适用、反复适用的公文，标题多为办法、细则、意见）",
        "行政规范性文件（不含规章，也不含内部管理、人事、会议方面的文件）",
        "规范性文件：由本机关制定、在辖区内有约束力的各种公文",
    ),
    "规章": (
        "规章（本机关无立规权）", "规 章", "规章（由有立法权的政府和部门制定，不称条例）",
        "规章：政府或部门依法制定的规定、办法",
    ),
    "行政强制": ("行政强制措施", "行政强制措施实施"),
    "本年制发件数": ("本年制发\u3000件数", "本年 制发件数", "本年度制发件数"),
    "本年废止件数": ("本年 废止件数", "本年度废止件数", "本年失效件数"),
    "现行有效件数": ("现行有效件 数", "现行有效 件数", "现行有效件数（截至年底）", "现行有效件"),
    "本年新制作数量": ("本年新 制作数量", "本年新制作数"),
    "本年新公开数量": ("本年新 公开数量", "本年新公开数"),
    "本年收费金额（单位：万元）": ("本年收费金额（单位:万元）", "本年收费金额（万元）", "本年收费金额"),
    "本年处理决定数量": ("本年处理 决定数量", "处理决定数量", "本年度处理决定数量"),
    "本年增/减": ("本年增／减", "本年增减", "本年增 /减"),
    "其他对外管理服务事项": ("其它对外管理服务事项",),
    "采购总金额": ("采购总金额（万元）", "采购总金额（元）"),
    "勾稽": ("钩稽", "勾嵇"),
    "商业企业": ("商业 企业",),
    "科研机构": ("科研 机构",),
    "社会公益组织": ("社会 公益 组织", "社会公益 组织", "公益组织"),
    "法律服务机构": ("法律 服务 机构", "法律服务 机构"),
    "总计": ("总 计", "合计", "总\u3000计"),
    "结果维持": ("结果 维持", "维持"),
    "结果纠正": ("结果 纠正", "纠正"),
    "其他结果": ("其他 结果", "其它结果"),
    "尚未审结": ("尚未 审结",),
    "政府信息公开申请数量": ("申请数量", "政府信息公开 申请数量"),
    "（区分处理的，只计这一情形，不计其他情形）": (
        "", "（区分处理的，只计这一情形）", "（区分处理的,只计这一情形,不计其他情形)",
    ),
    "其他法律行政法规禁止公开": ("其他法律、行政法规禁止公开", "其他法律行政法规禁止公开的", "法律行政法规禁止公开"),
    "危及“三安全一稳定”": ("危及三安全一稳定", '危及"三安全一稳定"', "危及“三安全、一稳定”"),
    "保护第三方合法权益": ("损害第三方合法权益", "保护第三方权益"),
    "三类内部事务信息": ("三类内部事务", "内部事务信息"),
    "四类过程性信息": ("四类过程信息", "过程性信息"),
    "没有现成信息需要另行制作": ("没有现成信息，需要另行制作", "需要另行制作"),
    "补正后申请内容仍不明确": ("补正后申请仍不明确", "补正后仍不明确"),
    "信访举报投诉类申请": ("信访、举报、投诉类申请",),
    "要求行政机关确认或重新出具已获取信息": ("要求确认或重新出具已获取信息", "要求行政机关确认或重新出具"),
    "、行政机关不再处理其政府信息公开申请": ("，行政机关不再处理其政府信息公开申请", "", "的"),
    "（六）其他处理": ("（六）其他", "（六）其它处理"),
    "三、本年度办理结果": ("三、本年度 办理结果", "三、办理结果"),
    "四、结转下年度继续办理": ("四、结转下年度办理", "四、结转下年度 继续办理"),
}  # fmt: skip
_NUMBER = re.compile(r"^(\d)\.")


def _wording(rng: Random) -> Callable[[str], str]:
    """How one agency words and spaces its headings."""
    also = {phrase: rng.choice(ways) for phrase, ways in _ALSO.items() if rng.random() < 0.12}
    number = rng.choice([r"\1."] * 6 + [r"\1．", r"\1、", r"\1. ", r"（\1）", r"\1 .", ""])
    left, right = rng.choice([("（", "）")] * 3 + [("(", ")")] * 2 + [("(", ") ")])

    def say(text: str) -> str:
        for phrase, other in also.items():
            text = text.replace(phrase, other)
        text = _NUMBER.sub(number, text)
        return text.replace("（", left).replace("）", right).rstrip()

    return say
