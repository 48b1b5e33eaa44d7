"""The JSON Schema of a report, derived from `model.report` and closed: every key is required, no other is allowed."""

from pydantic import TypeAdapter

from model.report import SCHEMA_VERSION, Report


def report_schema() -> dict:
    """JSON Schema (draft 2020-12) of what `to_json` returns."""
    schema = _closed(TypeAdapter(Report).json_schema(mode="serialization"))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:nianbao:report:{SCHEMA_VERSION}"}
    return head | schema


def _closed(node):
    """The schema with each object's keys required and no others allowed; a map such as `evidence` stays open."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(value) for key, value in node.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed |= {"required": list(closed["properties"]), "additionalProperties": False}
    return closed
