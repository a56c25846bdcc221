"""One page through one reader, and what must hold whatever the page is."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from newscrawl.article.item_schema import check_line
from newscrawl.article.normalize import normalize
from newscrawl.cli.read_page import (
    read_article,
    read_generic,
    read_piece,
    read_section,
)
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import (
    ExtractionError,
    IncompletePageError,
    InvalidArticleError,
    NotAnArticleError,
)
from newscrawl.items import from_line, to_line
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document
from newscrawl.page.encoding import BROKEN
from newscrawl.urls.canonical import BadAddressError

FETCHED: Final = datetime(2026, 11, 23, 16, 7, 5, tzinfo=UTC)
DOCUMENTED: Final = (
    NotAnArticleError,
    IncompletePageError,
    ExtractionError,
    InvalidArticleError,
    BadAddressError,
)
READERS: Final = ("article", "list", "generic", "piece")
"""`article` is the crawl's own way: the gate, the layout, and the generic reader where it fails"""
# Signs of Arabic and its neighbours that Unicode counts as formats, and every font shows.
_MAY_BE: Final = frozenset(
    "\n\t\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


@dataclass(frozen=True)
class Case:
    """A page as it came, and whose it is."""

    body: bytes
    url: str
    content_type: str
    paper: type[NewspaperSpider]
    reader: str = ""
    """The only reader it is for; "" = any"""


class Broken(AssertionError):  # noqa: N818
    """What a reader made breaks what it promises."""


def document(body: bytes, url: str, content_type: str) -> Document:
    return Document(url, body, fetched_at=FETCHED, content_type=content_type)


def read(case: Case, reader: str) -> str:
    """How the reading ended, in a word; anything undocumented is raised."""
    page = document(case.body, case.url, case.content_type)
    try:
        found = _read(page, case.paper, reader)
    except DOCUMENTED as error:
        str(error).encode()  # it goes into a log line
        return type(error).__name__
    if "articles" in found:
        _check_text(found)
        return "list"
    _check_article(found, is_whole=reader != "piece")
    return "article"


def _read(page: Document, paper: type[NewspaperSpider], reader: str) -> dict[str, Any]:
    if reader == "list":
        return read_section(page, paper)
    if reader == "generic":
        return read_generic(page)
    if reader == "piece":
        return read_piece(page, paper)[0]
    check_whole(page)
    try:
        return read_article(page, paper)
    except ExtractionError:
        return read_generic(page)


def _check_article(line: dict[str, Any], *, is_whole: bool) -> None:
    _check_text(line)
    if is_whole and line != to_line(normalize(from_line(line))):
        raise Broken(f"normalised twice it differs: {line}")
    if is_whole and (problems := check_line(line)):
        raise Broken(f"invalid: {problems}")
    is_lossy = "\ufffd" in json.dumps(line, ensure_ascii=False)
    if is_lossy and BROKEN not in line["warnings"]:
        raise Broken(f"U+FFFD is stored as if it were text: {line}")
    if is_whole and "\ufffd" in f"{line['headline']}{line['lead']}{line['body']}":
        raise Broken(f"U+FFFD is stored: {line}")


def _check_text(found: dict[str, Any]) -> None:
    """One line of JSON in valid UTF-8, the same when read back, its texts printable."""
    text = json.dumps(found, ensure_ascii=False, allow_nan=False)
    text.encode()
    if len(text.splitlines()) != 1 or json.loads(text) != found:
        raise Broken(f"not one line: {found}")
    for value in _texts(found):
        if not value.isprintable():
            bad = {c for c in value if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
            if bad - _MAY_BE:
                raise Broken(f"control or invisible characters {sorted(map(ord, bad))}: {value!r}")


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    held = value.values() if isinstance(value, dict) else value
    return [t for one in held for t in _texts(one)] if isinstance(value, dict | list) else []
