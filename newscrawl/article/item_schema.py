"""The JSON Schema of an archive line, and the checks that a schema cannot express."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import fastjsonschema
from itemadapter import ItemAdapter

from newscrawl.items import (
    FIELDS,
    NULLABLE,
    UTC_FIELDS,
    VIETNAM_FIELDS,
    Article,
    Image,
    Line,
)

_SUPERSEDED: Final[Mapping[str, Any]] = {
    "superseded_at": {
        "type": "string",
        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
        "description": "When the next version was stored, UTC",
    },
    "changed_by": {
        "type": "string",
        "enum": ["newspaper", "extractor"],
        "description": "newspaper: the page changed; extractor: other code read the same page",
    },
    "changed_fields": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Names of the fields that differ in the next version",
    },
}
_TIMES: Final = ("published_date", *VIETNAM_FIELDS, *UTC_FIELDS)
_NUMBERS: Final = ("http_status", "revision", "syllable_count")
_INT_END: Final = 1 << 63
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_ABOUT: Final = (
    "One line of output/<newspaper>/articles/**/*.jsonl. Every key is always present and always has"
    ' one JSON type. "" or [] = not stated. Only published_at and published_date may be null'
    " (undated articles, kept in articles/undated.jsonl)."
)


def disk_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line, made of the dataclass and its docstrings."""
    memory = _in_memory()
    return {
        "$schema": _DIALECT,
        "$id": "article.schema.json",
        "title": "newscrawl article, schema version 1",
        "description": _ABOUT,
        "type": "object",
        "required": list(FIELDS),
        "additionalProperties": False,
        "properties": {name: _on_disk(name, memory["properties"][name]) for name in FIELDS},
    }


def revision_schema() -> dict[str, Any]:
    """Return the JSON Schema of a line of `revisions/`: an article's and how it was superseded."""
    article = disk_schema()
    return article | {
        "$id": "revision.schema.json",
        "title": "newscrawl superseded version, schema version 1",
        "description": "One line of output/<newspaper>/revisions/*.jsonl: an article's line as it"
        " was, and when, by what and in which fields it was superseded.",
        "required": [*article["required"], *_SUPERSEDED],
        "properties": article["properties"] | _SUPERSEDED,
    }


PUBLISHED_SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "article.schema.json": disk_schema,
    "revision.schema.json": revision_schema,
}
"""The schemas that ship with the package and stand in every archive, by file name"""


@cache
def _in_memory() -> dict[str, Any]:
    """Return the JSON Schema of the dataclass; reading its docstrings takes 0.1 s."""
    return ItemAdapter.get_json_schema(Article)


@cache
def _choices() -> dict[str, list[str]]:
    """Return the values of each field that has a fixed set of values."""
    hints = get_type_hints(Article)
    return {name: list(get_args(t)) for name, t in hints.items() if get_origin(t) is Literal}


def _on_disk(name: str, memory: Mapping[str, Any]) -> dict[str, Any]:
    """Return the property as it is on disk: without default, null in two fields only."""
    prop = {key: value for key, value in memory.items() if key not in ("default", "anyOf")}
    prop["description"] = " ".join(str(memory["description"]).split())
    if "anyOf" in memory or "type" not in memory:
        prop["type"] = "string"  # a time or a day
    if name in NULLABLE:
        prop["type"] = ["string", "null"]
    elif isinstance(prop["type"], list):
        prop["type"] = next(kind for kind in prop["type"] if kind != "null")
    if name in _choices():
        prop = {"type": "string", "enum": _choices()[name], "description": prop["description"]}
    if name == "images":
        prop["items"] = _image_schema(memory["items"])
    return prop


def _image_schema(memory: Mapping[str, Any]) -> dict[str, Any]:
    names = [*Image.__dataclass_fields__]
    properties = {name: _on_disk(name, memory["properties"][name]) for name in names}
    return {
        "type": "object",
        "required": names,
        "additionalProperties": False,
        "properties": properties,
    }


@cache
def _compiled() -> Callable[[Line], Line]:
    text = files("newscrawl").joinpath("article.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    # fastjsonschema reads drafts up to 7; this schema uses nothing that draft 7 lacks.
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    compiled: Callable[[Line], Line] = fastjsonschema.compile(schema)
    return compiled


def check_line(line: Line) -> tuple[str, ...]:
    """Return a short text for each fault of a line; () for a valid line."""
    return shape_faults(line) or tuple(_problems(line))


def shape_faults(line: Line) -> tuple[str, ...]:
    """Return what keeps a reader from a line: keys, types, times in no calendar; () = nothing.

    What only a writer must obey is no fault here: a reader takes the line of an older version.
    """
    try:
        _compiled()(line)
    except fastjsonschema.JsonSchemaException as error:
        return (str(error)[:300],)
    found = [f"{name} is in no calendar" for name in _TIMES if not _is_time(line[name])]
    found += [f"{name} is no number of 64 bits" for name in _NUMBERS if not _fits(line[name])]
    return tuple(found)


def _fits(number: object) -> bool:
    """Return whether a number is a whole one that databases can hold; the schema takes 1.0, too."""
    return type(number) is int and -_INT_END <= number < _INT_END


def _problems(line: Line) -> list[str]:
    found = []
    if not line["id"].startswith(line["newspaper"] + ":"):
        found.append("id does not begin with the newspaper")
    if not line["headline"]:
        found.append("headline is empty")
    if not line["body"] and not line["images"]:
        found.append("body is empty and there are no images")
    if (line["published_at"] is None) != (line["published_date"] is None):
        found.append("published_at and published_date do not agree")
    elif line["published_at"] and line["published_at"][:10] != line["published_date"]:
        found.append("published_date is not the day of published_at")
    if bool(line["published_at"]) != bool(line["published_precision"]):
        found.append("published_precision does not fit published_at")
    if (line["status"] == "gone") != bool(line["gone_at"]):
        found.append("status and gone_at do not agree")
    if line["section"] != (line["section_path"][-1] if line["section_path"] else ""):
        found.append("section is not the end of section_path")
    if not line["url"].startswith("https://"):
        found.append("url is not https")
    return found


def _is_time(stated: str | None) -> bool:
    """Return whether the text is "" or a time of the calendar.

    The schema's pattern is not enough: the pattern matches 31 February and the digit ٣.
    """
    try:
        return not stated or datetime.fromisoformat(stated) is not None
    except ValueError:
        return False
