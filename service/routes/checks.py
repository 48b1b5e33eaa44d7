"""Figures against each other: in one report, and in several years of one agency."""

from dataclasses import dataclass

from anyio import to_thread
from fastapi import APIRouter, Request

from model.compare import RULES as RULES_OVER_YEARS
from model.compare import Comparison, Year, compare
from model.errors import NotComparable
from model.form import RULES
from service import problems
from service.body import read_json
from service.problems import Problem
from service.validation import Validation, confidences, sound_cells, validate

MOST_YEARS = 30
MOST_BYTES = 16_000_000
MOST_BYTES_OF_REPORT = 1_000_000  # a dozen times what a long report takes
_REFUSALS = (
    "invalid_json", "wrong_encoding", "text_too_long", "unsupported_media_type", "invalid_request", "unauthorized"
)  # fmt: skip
_REPORT = {"type": "object", "description": "A report as POST /v1/extract answers it, or parts of one."}
_REPORTS = {
    "type": "object", "properties": {"reports": {"type": "array", "items": _REPORT, "maxItems": MOST_YEARS}},
    "required": ["reports"], "additionalProperties": False,
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A check by its name. `over`: one report, or years."""

    rule: str
    over: str
    meaning: str


@dataclass(frozen=True)
class Compared:
    """What follows from year to year; `years` as they were compared, rising."""

    years: list[int]
    comparisons: list[Comparison]


def router() -> APIRouter:
    routes = APIRouter(tags=["checks"])

    @routes.get("/v1/checks", responses=problems.documented("unauthorized"))
    async def rules() -> list[Rule]:
        """Every check that is evaluated."""
        one = [Rule(rule, "report", meaning) for rule, meaning in RULES.items()]
        return one + [Rule(rule, "years", meaning) for rule, meaning in RULES_OVER_YEARS.items()]

    @routes.post("/v1/validate", responses=problems.documented(*_REFUSALS), openapi_extra=_posted(_REPORT))
    async def validated(request: Request) -> Validation:
        """Checks a report that was edited or made elsewhere: its shape, and every identity whose cells are there."""
        report = await read_json(request, MOST_BYTES_OF_REPORT)
        if not isinstance(report, dict):
            raise Problem("invalid_request", "Send one report as a JSON object.")
        return await to_thread.run_sync(validate, report)

    @routes.post(
        "/v1/compare", responses=problems.documented(*_REFUSALS, "not_comparable"), openapi_extra=_posted(_REPORTS)
    )
    async def compared(request: Request) -> Compared:
        """Compares the reports of one agency, year by year: what is carried over, what is in force, and jumps."""
        years = [_year(number, report) for number, report in enumerate(_reports(await read_json(request, MOST_BYTES)))]
        try:
            return Compared(sorted(year.year for year in years), compare(years))
        except NotComparable as error:
            raise Problem("not_comparable", f"In this request, {error}.") from error

    return routes


def _posted(schema: dict) -> dict:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _reports(body: object) -> list[dict]:
    reports = body.get("reports") if isinstance(body, dict) and set(body) == {"reports"} else None
    if not isinstance(reports, list) or len(reports) > MOST_YEARS or not all(isinstance(one, dict) for one in reports):
        raise Problem("invalid_request", f'Send {{"reports": […]}} with at most {MOST_YEARS} reports.')
    return reports


def _year(number: int, report: dict) -> Year:
    year, agency = report.get("year"), report.get("agency")
    if not isinstance(year, int) or isinstance(year, bool) or not isinstance(agency, str | None):
        raise Problem("not_comparable", f"Report {number} needs a whole number as year, and a name or null as agency.")
    return Year(year, agency, sound_cells(report), confidences(report))
