"""A saved page and what must be read from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from newscrawl.page.document import Document

PageKind = Literal["article", "section", "other"]
LISTS: Final = ("captions", "images", "authors", "section_path", "tags", "warnings")


@dataclass(frozen=True)
class Fixture:
    """`<newspaper>/<page>.html`, raw bytes as served, and `<page>.json` beside it."""

    path: Path

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
    """All saved pages below the folder, by name."""
    for path in sorted(folder.rglob("*.html")):
        yield Fixture(path)
