"""The tables of the documentation that say what a family's classes may set, read from the code."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from textwrap import dedent
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection
from newscrawl.discovery.source import Source
from newscrawl.urls.article_keys import (
    exact_number_key,
    folder_number_key,
    query_number_key,
    trailing_number_key,
    vnpt_key,
)

PAGE_EXAMPLES: Final[Mapping[str, str]] = {
    "version": '"doiche.1"',
    "identifying_selectors": '("h1.post-title", "div.post-body")',
    "headline_selector": '"h1.post-title"',
    "published_selector": '"div.post-time"',
    "body_selector": '"div.post-body"',
    "drop_selector": '"div.post-related"',
    "body_rules": 'BodyRules(caption_classes=frozenset(["photo-note"]))',
    "has_bold_lead": "True",
    "lead_selector": '"p.post-lead"',
    "byline_selector": '"p.post-author, p.post-source"',
    "trail_selector": '"nav.crumbs a"',
    "section_selector": '"a.post-section"',
    "author_meta": '"author"',
    "tags_selector": '"div.post-tags a"',
    "own_number_selector": '"input#post-id"',
}
"""An example of every attribute that a page class may set, as Python writes it"""
SECTION_EXAMPLES: Final[Mapping[str, str]] = {
    "path": '"/kinh-te/"',
    "closed": "date(2024, 6, 30)",
    "front_only": "True",
    "closing_slash": "False",
    "page": "DoiChePage",
    "items": '"h2.item-title a"',
    "boxes": '"div.most-read"',
}
"""The same of a section: what its declaration states, then what its class sets"""
KEY_READERS: Final[tuple[Callable[..., str | None], ...]] = (
    exact_number_key,
    trailing_number_key,
    query_number_key,
    folder_number_key,
    vnpt_key,
)
_CLASS_VAR: Final = "ClassVar"
_DOCTEST: Final = re.compile(r">>> (\w+\((\"[^\"]+\").*\))\n\s*('[^']+')")


def page_table() -> str:
    """Return the attributes of a page class in Markdown."""
    stated = dict(_stated(ArticlePage)) | dict(_stated(FamilyPage))
    return _table(PAGE_EXAMPLES, {name: meaning for name, (_, meaning) in stated.items()})


def section_table() -> str:
    """Return the attributes of a section in Markdown: its declaration's, then its class's."""
    own = dict(_stated(FamilySection))
    given = {name: one for name, one in _stated(Source) if _CLASS_VAR not in one[0]}
    return _table(SECTION_EXAMPLES, {name: meaning for name, (_, meaning) in (given | own).items()})


def key_table() -> str:
    """Return the functions that read a key from an address in Markdown, each by its own doctest."""
    rows = ["| address | `read_key` returns | key |", "|---|---|---|"]
    for reader in KEY_READERS:
        found = _DOCTEST.search(reader.__doc__ or "")
        if found is None:
            raise ValueError(f"{reader.__name__} has no doctest of one address")
        call, address, key = found.groups()
        shown = address.strip('"').removeprefix("https://bao.vn")
        rows.append(f"| `{shown}` | `{call.replace(address, 'url')}` | `{key[1:-1]}` |")
    return "\n".join(rows) + "\n"


def _table(examples: Mapping[str, str], meanings: Mapping[str, str]) -> str:
    rows = ["| attribute | meaning | example |", "|---|---|---|"]
    for name, example in examples.items():
        meaning = re.sub(r'("[^"]*")', r"`\1`", meanings[name])
        rows.append(f"| `{name}` | {meaning} | `{example}` |")
    return "\n".join(rows) + "\n"


def _stated(cls: type[Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each attribute that the class announces, with its type and the text below it."""
    (statement,) = ast.parse(dedent(inspect.getsource(cls))).body
    assert isinstance(statement, ast.ClassDef)
    below = (*statement.body[1:], None)
    for line, after in zip(statement.body, below, strict=True):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            yield line.target.id, (ast.unparse(line.annotation), _text(after))


def _text(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""
