"""What `crawl -o FILE` writes: the same lines as the archive, in the formats that Scrapy knows."""

import json
from typing import Any

from scrapy.exporters import (
    CsvItemExporter,
    JsonItemExporter,
    JsonLinesItemExporter,
    XmlItemExporter,
)

from newscrawl.items import Line, to_line


class JsonArticles(JsonItemExporter):
    """One JSON array of the archive's objects."""

    def export_item(self, item: Any) -> None:
        super().export_item(to_line(item))


class JsonLinesArticles(JsonLinesItemExporter):
    """The archive's lines."""

    def export_item(self, item: Any) -> None:
        super().export_item(to_line(item))


class CsvArticles(CsvItemExporter):
    """A column a field; a list stands as JSON in its cell."""

    def export_item(self, item: Any) -> None:
        super().export_item(with_lists_as_json(to_line(item)))


class XmlArticles(XmlItemExporter):
    """An element a field."""

    def export_item(self, item: Any) -> None:
        super().export_item(to_line(item))


def with_lists_as_json(line: Line) -> Line:
    """Return the line with its lists as JSON texts, in which no comma is ambiguous.

    >>> with_lists_as_json({"tags": ["giá cả, thị trường"], "revision": 1})
    {'tags': '["giá cả, thị trường"]', 'revision': 1}
    """
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        for name, value in line.items()
    }
