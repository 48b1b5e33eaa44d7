"""One text of many: an item of a batch or a line of a job, {"id": …, "text": …}."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

from service.body import checked, whole
from service.engine import Answer
from service.problems import Problem, internal, trace

MOST_CHARACTERS_OF_ID = 200
_log = logging.getLogger("uvicorn.error")


@dataclass(frozen=True)
class Item:
    """`id` is the client's own name for it, None where none was given."""

    id: str | None
    text: str


def item(value: object, max_characters: int) -> Item:
    """The item in a JSON value. Raises Problem, which says what is wrong with it."""
    if not isinstance(value, dict) or not {"text"} <= set(value) <= {"id", "text"}:
        raise Problem("invalid_request", 'An item is a JSON object with "text" and, if you like, "id".')
    given, text = name(value), value["text"]
    if not isinstance(text, str) or given != value.get("id"):
        raise Problem(
            "invalid_request", f'"text" and "id" are strings, "id" of at most {MOST_CHARACTERS_OF_ID} characters.'
        )
    return Item(given, checked(text, max_characters))


def name(value: object) -> str | None:
    """The id in a JSON value that may be no item, None where there is none that an answer can repeat."""
    given = value.get("id") if isinstance(value, dict) else None
    repeatable = isinstance(given, str) and len(given) <= MOST_CHARACTERS_OF_ID and whole(given)
    return given if repeatable else None


async def outcome(reading: Awaitable[Answer], count: Callable[[str], None]) -> dict:
    """How one item ended, {"status": 200, "report": …} or {"status": …, "problem": …}: none spoils the others.
    `count` hears the code of a problem."""
    try:
        return {"status": 200, "report": (await reading).report}
    except Problem as refused:
        problem = refused
    except Exception as error:
        _log.error("an item could not be read: %s", trace(error))
        problem = internal()
    count(problem.details.code)
    return refusal(problem)


def refusal(problem: Problem) -> dict:
    """The outcome of an item that was refused."""
    return {"status": problem.details.status, "problem": asdict(problem.details)}
