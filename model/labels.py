"""The label set, declared once and derived from the form. Tags are IOB2: O, then B-<label>, I-<label> for each."""

from hashlib import sha256

from model.form import APPLICATIONS, FORMS, SECTIONS


def cell_label(table: str, row: str) -> str:
    """The label of the cells of an official row, by its key in the form. Table four is one row in print."""
    return table if table == "appeals" else f"{table}.{row.replace('/', '.')}"


# A heading span is the printed heading of a section (章节标题).
HEADINGS = tuple(f"heading.{kind}" for kind in SECTIONS)

# A cell span is one printed value of an official row (表格数值); a blank cell is the separator that closes it.
# The three appeals groups are one row of fifteen cells in print, so they are one label: order says which is which.
DISCLOSURE_ROWS = tuple(dict.fromkeys(row.key for form in FORMS.values() for row in form.disclosure))
CELLS = (
    *(cell_label("proactive_disclosure", key) for key in DISCLOSURE_ROWS),
    *(cell_label("applications", row.key) for row in APPLICATIONS),
    "appeals",
)

# A fact span is one printed quantity, or the object noun of a zero said in words. The label names kind and channel:
# the model reads the channel from the sentence, no rule links it afterwards.
_POSTS = ("website", "wechat", "weibo", "video", "app", "press", "new_media", "other")
KINDS = {
    "disclosures": _POSTS,  # 主动公开
    "policy_interpretations": (),  # 政策解读
    "normative_documents": (),  # 规章和规范性文件
    "applications_received": ("online", "post", "in_person", "fax", "email", "other"),  # 收到申请
    "applications_closed": (),  # 办结申请
    "applications_carried_over": (),  # 结转申请
    "complaints_handled": (*_POSTS, "hotline", "mailbox", "message", "petition"),  # 诉求办理
    "proposals_handled": (),  # 建议提案
    "reconsiderations": (),  # 行政复议
    "litigations": (),  # 行政诉讼
    "fees": (),  # 信息处理费
    "accounts": _POSTS,  # 网站和新媒体账号
    "staff": (),  # 工作人员
    "events": (),  # 培训会议等
}
FACTS = tuple(f"fact.{kind}{c and '@' + c}" for kind, channels in KINDS.items() for c in ("", *channels))
CATEGORY = "category"  # 分类名称, the printed name of a breakdown

CONTACT_FIELDS = ("address", "postal_code", "phone", "fax", "email", "website")
CONTACTS = (*(f"contact.{field}" for field in CONTACT_FIELDS), "contact.phone_fax")  # 联系方式; phone_fax is 电话/传真
FIELDS = ("agency", "year", "published_on", "period")  # 机关名称、年度、发布日期、统计期限

LABELS = (*HEADINGS, *CELLS, *FACTS, CATEGORY, *CONTACTS, *FIELDS)
TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
LABELS_VERSION = sha256("\n".join(TAGS).encode()).hexdigest()[:12]


def fact_kind(label: str) -> tuple[str, str | None]:
    """`fact.disclosures@wechat` -> ("disclosures", "wechat"); the channel is None where the label names none."""
    kind, _, channel = label.removeprefix("fact.").partition("@")
    return kind, channel or None
