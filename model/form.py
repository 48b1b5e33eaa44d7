"""The official forms, declared once: sections, tables, rows, columns and the identities they imply.

Form 2021: 国办公开办函〔2021〕30号, in force for the report years 2021 and later.
Form 2019: 国办公开办函〔2019〕60号, in force for the report years 2019 and 2020.
Labels, rebuilding, checks, the JSON schema and the synthetic tables are derived from here.
"""

from dataclasses import dataclass

SECTIONS = {
    "overview": "总体情况",
    "proactive_disclosure": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "appeals": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}
TABLES = ("proactive_disclosure", "applications", "appeals")


@dataclass(frozen=True)
class Row:
    """One official row: `key` is its path inside the table, `title` the printed label, `columns` its cells in order."""

    key: str
    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One version of the form. `disclosure` are the rows of table two, which alone differ between the versions."""

    version: str
    source: str
    disclosure: tuple[Row, ...]


APPLICANTS = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "social_organization": "社会公益组织",
    "legal_service_provider": "法律服务机构",
    "other": "其他",
    "total": "总计",
}
OUTCOMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"}
APPEALS = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}
# A printed group heading stands in the first column and spans the rows whose key starts with it.
GROUPS = {
    "results": "三、本年度办理结果",
    "results/denied": "（三）不予公开",
    "results/unavailable": "（四）无法提供",
    "results/not_processed": "（五）不予处理",
    "results/other": "（六）其他处理",
}
_APPLICATIONS = {
    "new_applications": "一、本年新收政府信息公开申请数量",
    "carried_over_from_previous_year": "二、上年结转政府信息公开申请数量",
    "results/granted": "（一）予以公开",
    "results/partially_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "results/denied/state_secret": "1.属于国家秘密",
    "results/denied/prohibited_by_law": "2.其他法律行政法规禁止公开",
    "results/denied/endangers_security_or_stability": "3.危及“三安全一稳定”",
    "results/denied/third_party_rights": "4.保护第三方合法权益",
    "results/denied/internal_affairs": "5.属于三类内部事务信息",
    "results/denied/deliberative_process": "6.属于四类过程性信息",
    "results/denied/enforcement_case_file": "7.属于行政执法案卷",
    "results/denied/administrative_query": "8.属于行政查询事项",
    "results/unavailable/not_held": "1.本机关不掌握相关政府信息",
    "results/unavailable/requires_creation": "2.没有现成信息需要另行制作",
    "results/unavailable/still_unclear_after_correction": "3.补正后申请内容仍不明确",
    "results/not_processed/petition_or_complaint": "1.信访举报投诉类申请",
    "results/not_processed/duplicate": "2.重复申请",
    "results/not_processed/published_material_requested": "3.要求提供公开出版物",
    "results/not_processed/unreasonably_repeated": "4.无正当理由大量反复申请",
    "results/not_processed/confirmation_or_reissue": "5.要求行政机关确认或重新出具已获取信息",
    "results/other/correction_overdue": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "results/other/fee_overdue": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "results/other/other": "3.其他",
    "results/total": "（七）总计",
    "carried_over_to_next_year": "四、结转下年度继续办理",
}
APPLICATIONS = tuple(Row(key, title, tuple(APPLICANTS)) for key, title in _APPLICATIONS.items())
# Rows of （六）其他处理 that form 2019 lacks: it prints one row there.
OVERDUE_ROWS = ("results/other/correction_overdue", "results/other/fee_overdue")
OUTCOME_ROWS = tuple(row.key for row in APPLICATIONS if row.key.startswith("results/") and row.key != "results/total")

_DOCUMENT_COLUMNS = ("issued", "repealed", "in_force")
_MADE_COLUMNS = ("made", "disclosed", "total_disclosed")
_ITEM_COLUMNS = ("items_last_year", "change", "decisions")
COLUMN_TITLES = {
    "issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数",
    "made": "本年新制作数量", "disclosed": "本年新公开数量", "total_disclosed": "对外公开总数量",
    "items_last_year": "上一年项目数量", "change": "本年增/减", "projects": "采购项目数量", "amount": "采购总金额",
    "amount_10k_cny": "本年收费金额（单位：万元）", "decisions": "处理决定数量",
}  # fmt: skip
AMOUNTS = ("amount_10k_cny", "amount")  # decimal strings; every other cell is a whole number

FORM_2021 = Form(
    "2021",
    "国办公开办函〔2021〕30号",
    (
        Row("regulations", "规章", _DOCUMENT_COLUMNS),
        Row("normative_documents", "行政规范性文件", _DOCUMENT_COLUMNS),
        Row("administrative_licenses", "行政许可", ("decisions",)),
        Row("administrative_penalties", "行政处罚", ("decisions",)),
        Row("administrative_compulsory_measures", "行政强制", ("decisions",)),
        Row("administrative_fees", "行政事业性收费", ("amount_10k_cny",)),
    ),
)
FORM_2019 = Form(
    "2019",
    "国办公开办函〔2019〕60号",
    (
        Row("regulations", "规章", _MADE_COLUMNS),
        Row("normative_documents", "规范性文件", _MADE_COLUMNS),
        Row("administrative_licenses", "行政许可", _ITEM_COLUMNS),
        Row("other_management_services", "其他对外管理服务事项", _ITEM_COLUMNS),
        Row("administrative_penalties", "行政处罚", _ITEM_COLUMNS),
        Row("administrative_compulsory_measures", "行政强制", _ITEM_COLUMNS),
        Row("administrative_fees", "行政事业性收费", _ITEM_COLUMNS[:2]),
        Row("government_procurement", "政府集中采购", ("projects", "amount")),
    ),
)
FORMS = {form.version: form for form in (FORM_2021, FORM_2019)}
ONLY_2019 = tuple(row.key for row in FORM_2019.disclosure if row.key not in {row.key for row in FORM_2021.disclosure})
# The articles of the Regulation under which table two groups its rows, in both forms.
ARTICLES = {
    "第二十条第（一）项": ("regulations", "normative_documents"),
    "第二十条第（五）项": ("administrative_licenses", "other_management_services"),
    "第二十条第（六）项": ("administrative_penalties", "administrative_compulsory_measures"),
    "第二十条第（八）项": ("administrative_fees",),
    "第二十条第（九）项": ("government_procurement",),
}


def form_in_force(year: int | None) -> str | None:
    """The form a report of that year had to use; None where the year is unknown."""
    if year is None:
        return None
    return "2021" if year >= 2021 else "2019" if year >= 2019 else "pre-2019"


@dataclass(frozen=True)
class Identity:
    """Cells that must add up: sum(parts) == sum(totals). Cells are JSON Pointers into the report."""

    rule: str
    parts: tuple[str, ...]
    totals: tuple[str, ...]


def _cells(table: str, rows, column: str) -> tuple[str, ...]:
    return tuple(f"/{table}/{row}/{column}" for row in rows)


def _identities() -> list[Identity]:
    people = [column for column in APPLICANTS if column != "total"]
    found = []
    for row in APPLICATIONS:
        parts = tuple(f"/applications/{row.key}/{column}" for column in people)
        found.append(Identity("applications.row_total", parts, (f"/applications/{row.key}/total",)))
    for column in APPLICANTS:
        parts = _cells("applications", OUTCOME_ROWS, column)
        found.append(Identity("applications.results_total", parts, (f"/applications/results/total/{column}",)))
    for column in APPLICANTS:
        inflow = _cells("applications", ("new_applications", "carried_over_from_previous_year"), column)
        outflow = _cells("applications", ("results/total", "carried_over_to_next_year"), column)
        found.append(Identity("applications.balance", inflow, outflow))
    for group in APPEALS:
        parts = tuple(f"/appeals/{group}/{column}" for column in OUTCOMES if column != "total")
        found.append(Identity("appeals.total", parts, (f"/appeals/{group}/total",)))
    return found


IDENTITIES = tuple(_identities())
# Every check on one report, and what it says.
RULES = {
    "applications.row_total": "the six kinds of applicants of a row add up to its total",
    "applications.results_total": "the outcomes of a column add up to （七）总计",
    "applications.balance": "received and carried over from last year = results and carried over to next year",
    "appeals.total": "the four outcomes of a group add up to its total",
    "narrative.applications_received": "the narrative's applications against the table's",
    "narrative.reconsiderations": "the narrative's 行政复议 against the table's",
    "narrative.litigations": "the narrative's 行政诉讼 against the table's",
}
