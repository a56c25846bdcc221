"""Small pages, one for each kind of fault that readers are known for, and what is right of each.

`cases/reading/NN-name.FAMILY.html` is the page; the JSON beside it states the address, the
newspaper (null = read by structure alone), the symptom, where the fault was met, and either the
right values of some fields or `"refused": true`.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from newscrawl.cli.read_page import (
    is_article_address,
    read_article,
    read_generic,
    read_section,
)
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.page.document import Document
from tests.support.families import newspapers
from tests.support.paths import TESTS

FOLDER: Final = TESTS / "cases" / "reading"
KNOWN_FAILURES: Final = TESTS / "cases" / "known_failures.txt"
FETCHED: Final = datetime(2026, 12, 1, tzinfo=UTC)
ABSENT: Final = "no such field"


@dataclass(frozen=True)
class Case:
    """One page and what must be read from it."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def gold(self) -> dict[str, Any]:
        gold: dict[str, Any] = json.loads(self.path.with_suffix(".json").read_text("utf-8"))
        return gold

    def read(self) -> dict[str, Any]:
        """The line that `scrapy readpage` prints; raises what the reader raises."""
        document = Document(self.gold["url"], self.path.read_bytes(), fetched_at=FETCHED)
        if self.gold["generic"]:
            return read_generic(document)
        newspaper = newspapers()[self.gold["newspaper"]]
        if is_article_address(document.url, newspaper):
            return read_article(document, newspaper)
        return read_section(document, newspaper)

    def fault(self) -> str:
        """What is wrong with the reading; "" where all is right."""
        is_refused = self.gold.get("refused", False)
        try:
            line = self.read()
        except (ExtractionError, IncompletePageError, NotAnArticleError) as error:
            return "" if is_refused else f"refused: {error}"
        if is_refused:
            return f"not refused: body {line.get('body')!r}"
        wrong = [
            f"{field}: got {line.get(field, ABSENT)!r}, right is {right!r}"
            for field, right in self.gold["expected"].items()
            if _composed(line.get(field, ABSENT)) != _composed(right)
        ]
        return "\n".join(wrong)


def _composed(value: Any) -> str:
    """The value as JSON in Unicode NFC; nothing else is forgiven."""
    return unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, sort_keys=True))


def cases() -> Iterator[Case]:
    """All cases by name."""
    for path in sorted(FOLDER.glob("*.html")):
        yield Case(path)


def known_failures() -> frozenset[str]:
    """Names of the cases that are still read wrong."""
    return frozenset(KNOWN_FAILURES.read_text("utf-8").split())


def strike_out() -> None:
    """Write the known failures anew without the cases that are read right by now; add none."""
    left = [case.name for case in cases() if case.name in known_failures() and case.fault()]
    KNOWN_FAILURES.write_text("".join(f"{name}\n" for name in left), "utf-8")
    print(f"{len(left)} cases are still read wrong")


if __name__ == "__main__":
    strike_out()
