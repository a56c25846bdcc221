"""The Arrow schema of the rows, made of the published JSON Schema.

Times are timestamps: `published_at` and `modified_at` in Asia/Ho_Chi_Minh, what the crawler states
in UTC. A time that the row does not state is null. `published_date` is a day without a zone.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa

from newscrawl.article.item_schema import disk_schema
from newscrawl.items import UTC_FIELDS, VIETNAM_FIELDS, Line
from newscrawl.research.archive_view import TEXT_FIELDS

_ZONES: Final = dict.fromkeys(VIETNAM_FIELDS, "Asia/Ho_Chi_Minh") | dict.fromkeys(UTC_FIELDS, "UTC")
_IMAGE: Final = pa.struct([pa.field(name, pa.string()) for name in ("url", "caption", "credit")])


def arrow_schema(*, with_text: bool = True) -> pa.Schema:
    """Return the schema of the rows, the fields in the order of the JSON Schema.

    >>> arrow_schema().field("published_at").type
    TimestampType(timestamp[ms, tz=Asia/Ho_Chi_Minh])
    >>> "body" in arrow_schema(with_text=False).names
    False
    """
    properties = disk_schema()["properties"]
    return pa.schema(
        [
            pa.field(name, _type(name, shape))
            for name, shape in properties.items()
            if with_text or name not in TEXT_FIELDS
        ]
    )


def _type(name: str, shape: Mapping[str, Any]) -> pa.DataType:
    if name in _ZONES:
        return pa.timestamp("ms", tz=_ZONES[name])
    if name == "published_date":
        return pa.date32()
    if name == "images":
        return pa.list_(_IMAGE)
    if shape["type"] == "array":
        return pa.list_(pa.string())
    return pa.int64() if shape["type"] == "integer" else pa.string()


def record_batch(rows: Iterable[Line], schema: pa.Schema) -> pa.RecordBatch:
    """Return the rows as one batch of that schema; raises KeyError where a row lacks a field."""
    found = list(rows)
    columns = [
        pa.array([_value(name, row[name]) for row in found], schema.field(name).type)
        for name in schema.names
    ]
    return pa.record_batch(columns, schema=schema)


def _value(name: str, value: Any) -> Any:
    if name in _ZONES:
        return datetime.fromisoformat(value) if value else None
    if name == "published_date":
        return date.fromisoformat(value) if value else None
    return value
