"""The health of a run: a redesign is noticed in its first run.

A run counts, for each template, how many of its articles show each indicator (`indicators`), which
words many of them share and how long their bodies are; how many pages were refused as no article;
and how many links each list gave. These figures are compared with the newspaper's last runs and
with its declared floor (`regressions`, `list_regressions`). A required field that cannot be read
needs no statistics: it is a failure, reported with example pages.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from newscrawl.discovery.source import ListPage
from newscrawl.items import Article
from newscrawl.monitoring.indicators import (
    COPIES,
    GONE,
    LEAKS,
    LISTS,
    LOSSES,
    MEASURES,
    REFUSED,
    REPEATS,
    length_of,
    values,
)
from newscrawl.monitoring.list_regressions import list_weaknesses, listed
from newscrawl.monitoring.regressions import (
    REPEATS_MIN_ARTICLES,
    REPEATS_SAMPLE_ARTICLES,
    REPEATS_SHARE_MIN,
    Record,
    Regression,
    comparable,
    weaknesses,
)
from newscrawl.monitoring.statistics import middle
from newscrawl.text import counted

EXAMPLES_MAX: Final = 3
_LAYOUT: Final = "layout"
_UNMARKED_MIN_PAGES: Final = 5  # fewer may all be magazines
_FIELDS: Final = (
    "headline", "lead", "body", "captions", "images", "authors", "source", "section", "tags",
)  # fmt: skip


@dataclass(slots=True)
class _Tally:
    seen: int = 0
    present: Counter[str] = field(default_factory=Counter)
    measures: dict[str, Counter[int]] = field(
        default_factory=lambda: {name: Counter() for name in MEASURES}
    )
    repeats: Counter[tuple[str, int]] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)
    """Hashes of the content hashes; a long backfill keeps one for each article"""
    copies: int = 0

    def record(self) -> dict[str, Any]:
        shared = dict.fromkeys(REPEATS, 0)
        for (kind, _), count in self.repeats.items():
            shared[kind] = max(shared[kind], count)
        counts = {
            name: {str(value): count for value, count in sorted(counted.items())}
            for name, counted in self.measures.items()
        }
        return {
            "seen": self.seen,
            COPIES: self.copies,
            "present": {name: self.present[name] for name in (*LOSSES, *LEAKS)},
            "shared": shared,
            "body_median": length_of(middle(self.measures["length"])),
            "measures": counts,
            "read": self.read(),
        }

    def read(self) -> dict[str, dict[str, int]]:
        """Return for each field how often it was read from the page or metadata, or was absent."""
        found = {name: self.present.get(name, self.seen) for name in _FIELDS}
        read = {name: {"page": n, "absent": self.seen - n} for name, n in found.items()}
        return {**read, "published": dict(sorted(self.dates.items()))}


class Health:
    """The tally of one run."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = {}
        self._failed: Counter[tuple[str, str]] = Counter()
        self._unmarked: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._gone: Counter[str] = Counter()
        self._unchanged = 0
        self._lists: dict[str, dict[str, Any]] = {}
        self._begins: set[str] = set()
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.warnings: Counter[str] = Counter()
        """How many articles carry each of their flags"""

    def saw(self, article: Article) -> None:
        """Count an article that was read; one that repeats another's text counts as a copy."""
        self.warnings.update(article.warnings)
        template = template_of(article.extractor)
        if template not in self._tallies:
            self._tallies[template] = _Tally()
        tally = self._tallies[template]
        text = hash(article.content_hash)
        if text in tally.texts:
            tally.copies += 1
            self._example(template, COPIES, article.url)
            return
        if article.content_hash:
            tally.texts.add(text)
        tally.seen += 1
        tally.dates[article.published_source or "absent"] += 1
        for name, (_, measure) in MEASURES.items():
            tally.measures[name][measure(article)] += 1
        for name, (_, has) in (*LOSSES.items(), *LEAKS.items()):
            is_there = has(article)
            tally.present[name] += is_there
            if is_there is (name in LEAKS):
                self._example(template, name, article.url)
        many = max(REPEATS_MIN_ARTICLES, REPEATS_SHARE_MIN * tally.seen)
        for kind, value in values(article) if tally.seen <= REPEATS_SAMPLE_ARTICLES else ():
            told = kind, hash(value)
            tally.repeats[told] = count = tally.repeats[told] + 1
            if count >= many:
                self._example(template, kind, article.url)

    def failed(self, template: str, name: str, url: str) -> None:
        """Count a page on which a required field could not be read."""
        self._failed[template, name] += 1
        self._example(template, f"{name} failed", url)

    def unmarked(self, template: str, url: str) -> None:
        """Count a page that the generic reader read in place of the newspaper's page class."""
        self._unmarked[template] += 1
        self._example(template, _LAYOUT, url)

    def refused(self, why: str, url: str) -> None:
        """Count a page that was no article."""
        self._refused[why] += 1
        self._example(REFUSED, why, url)

    def unchanged(self) -> None:
        """Count a page that had not changed."""
        self._unchanged += 1

    def vanished(self, status: int, url: str) -> None:
        """Count an address that has stopped answering."""
        self._gone[f"HTTP {status}"] += 1
        self._example(GONE, f"HTTP {status}", url)

    def listed(self, address: str, page: ListPage, *, is_newest: bool = True) -> None:
        """Keep the figures of a list's newest page, and of the first page behind a front page.

        Every run asks for these pages; a page further on may be the list's last, short one.
        """
        if is_newest or address in self._begins:
            self._lists[address] = listed(page)
            if not page.is_whole_list and page.older is not None:
                self._begins.add(page.older)

    def unlisted(self, address: str) -> None:
        """Count a list page that could not be read."""
        self.failed(LISTS, "links", address)

    def _example(self, template: str, sign: str, url: str) -> None:
        if len(self._examples[template, sign]) < EXAMPLES_MAX:
            self._examples[template, sign].append(url)

    def failures(self) -> tuple[Regression, ...]:
        """Return the required fields that could not be read, those of most pages first.

        A layout counts as one, of which no page of several carries the marks any more.
        """
        failed = (
            Regression(
                template=template,
                field=name,
                said=f"not read on {count} of {counted(count + self._pages(template), 'page')}",
                examples=tuple(self._examples[template, f"{name} failed"]),
            )
            for (template, name), count in self._failed.most_common()
        )
        lost = (
            Regression(
                template=template,
                field=_LAYOUT,
                said=f"none of {count} pages carries its marks; the generic reader read them",
                examples=tuple(self._examples[template, _LAYOUT]),
            )
            for template, count in self._unmarked.most_common()
            if count >= _UNMARKED_MIN_PAGES and not self._pages(template)
        )
        return (*failed, *lost)

    def _pages(self, template: str) -> int:
        """Return how many pages of the template were read."""
        if template == LISTS:
            return len(self._lists)
        return self._tallies[template].seen if template in self._tallies else 0

    def weaknesses(
        self, before: Sequence[Record], floor: Mapping[str, float]
    ) -> tuple[Regression, ...]:
        """Return all regressions with example pages.

        They are the fields that could not be read, the lists that gave fewer links, and the fields
        below the floor or unlike the records `before`.
        """
        now = self.record()
        found = (
            replace(weak, examples=tuple(self._examples[weak.template, weak.sign]))
            for weak in weaknesses(now, before, floor)
        )
        return (*self.failures(), *list_weaknesses(now, before), *found)

    def record(self) -> dict[str, Any]:
        """Return for each template its articles, the indicators they show and their lengths.

        "no article" holds the pages refused, by reason, of all pages; "gone" the addresses without
        a page, of all asked; "lists" the figures of the newest page of each list.
        """
        record = {name: tally.record() for name, tally in sorted(self._tallies.items())}
        for (template, name), count in sorted(self._failed.items()):
            if template in record:
                record[template]["read"].setdefault(name, {})["failed"] = count
        pages = sum(tally.seen + tally.copies for tally in self._tallies.values())
        pages += self._refused.total()
        asked = pages + self._unchanged + self._gone.total()
        if pages:
            record[REFUSED] = {"seen": pages, "present": dict(sorted(self._refused.items()))}
        if asked:
            record[GONE] = {"seen": asked, "present": dict(sorted(self._gone.items()))}
        if self._lists:
            record[LISTS] = dict(sorted(self._lists.items()))
        return record


def template_of(extractor: str) -> str:
    """Return the template's name in an `extractor`: the version without its last number.

    >>> template_of("newscrawl/1.2.0 baotuyenquang/a1.3")
    'a1'
    """
    return extractor.rpartition("/")[2].rpartition(".")[0]


__all__ = ["Health", "Regression", "comparable", "template_of"]
