"""A saved page and what must be read from it.

A fixture is `tests/fixtures/<newspaper>/<name>.html`, the page's raw bytes as served, and
`<name>.json` beside it, one object written by a person who reads the page:

- `url`: the address that was asked for; `fetched_at`: when, in UTC ("2026-11-20T01:02:03Z");
  `content_type`: the header as sent, or "".
- `page`: the kind of page.
  "article" is a page that the newspaper's page classes read.
  "section" is a page of one of the newspaper's lists.
  "other" is a page that stands where articles stand and is none: a video, a soft 404, an
  e-magazine, an encrypted body. Reading it must raise `NotAnArticleError`, or
  `IncompletePageError` where the page is not whole. A static page such as /gioi-thieu/ is no such
  page: no list names it, so that a crawl never asks for it.
- `checked`: true once a person has compared every value with the page.
- `absent`: the names of the expected values that are empty because the page lacks them.
- `expected`: what must be read. Of an article: every field of the archive's line that does not
  depend on the run, in the archive's form, except that `body` is the list of its paragraphs. A
  table is one paragraph whose rows are divided by a line feed. Of a section: `articles`, a list of
  `url` and `title` in the page's order, and `next_page`, the address of the older page or null.
  Of another page: `why`, a word for the person who reads the file.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from newscrawl.page.document import Document

PageKind = Literal["article", "section", "other"]
KINDS: Final[tuple[PageKind, ...]] = ("article", "section", "other")
KEYS: Final = ("url", "fetched_at", "content_type", "page", "checked", "absent", "expected")


@dataclass(frozen=True)
class Fixture:
    """A saved page, `<newspaper>/<page>.html`, with its expectations, `<page>.json`."""

    path: Path
    """The page; its folder is named after the newspaper"""

    @property
    def newspaper(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.newspaper}/{self.path.stem}"

    @cached_property
    def gold(self) -> dict[str, Any]:
        gold: dict[str, Any] = json.loads(self.path.with_suffix(".json").read_text("utf-8"))
        return gold

    @property
    def is_readable(self) -> bool:
        """Return whether its expectations can be read; `checkall` tells what is wrong."""
        try:
            return {"page", "url"} <= self.gold.keys()
        except (OSError, ValueError, AttributeError):
            return False

    @property
    def page(self) -> PageKind:
        kind: PageKind = self.gold["page"]
        return kind

    def document(self) -> Document:
        return Document(
            self.gold["url"],
            self.path.read_bytes(),
            fetched_at=datetime.fromisoformat(self.gold["fetched_at"]),
            content_type=self.gold["content_type"],
        )


def fixtures(folder: Path) -> Iterator[Fixture]:
    """Yield all saved pages below the folder, by name."""
    for path in sorted(folder.rglob("*.html")):
        yield Fixture(path)
