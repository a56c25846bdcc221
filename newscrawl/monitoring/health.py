"""What one run tells of how its pages read: a redesign is noticed in its first run.

A run tallies, for each template, how many of its articles show each sign (`signs`), which words
many of them share, how long their bodies are; how many pages were refused as no article; what each
list gave. That is compared with the newspaper's own last runs and with its declared floor
(`weaknesses`, `listdrift`). A required field that cannot be read needs no statistics: it is a
failure, told with example pages.
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
    FEWEST,
    SAMPLE,
    SHARED,
    Record,
    Regression,
    comparable,
    weaknesses,
)
from newscrawl.monitoring.statistics import middle

EXAMPLES: Final = 3
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
    """Hashes of their texts' hashes: a long backfill keeps one for each article"""
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
        """For each field, how often it was read from the page or the metadata, or is absent."""
        found = {name: self.present.get(name, self.seen) for name in _FIELDS}
        read = {name: {"page": n, "absent": self.seen - n} for name, n in found.items()}
        return {**read, "published": dict(sorted(self.dates.items()))}


class Health:
    """One run's tally."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = {}
        self._failed: Counter[tuple[str, str]] = Counter()
        self._refused: Counter[str] = Counter()
        self._gone: Counter[str] = Counter()
        self._unchanged = 0
        self._lists: dict[str, dict[str, Any]] = {}
        self._begins: set[str] = set()
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.warnings: Counter[str] = Counter()
        """How many articles carry each of their flags"""

    def saw(self, article: Article) -> None:
        """An article was read by its template; one that repeats another's text counts as a copy."""
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
        many = max(FEWEST, SHARED * tally.seen)
        for kind, value in values(article) if tally.seen <= SAMPLE else ():
            told = kind, hash(value)
            tally.repeats[told] = count = tally.repeats[told] + 1
            if count >= many:
                self._example(template, kind, article.url)

    def failed(self, template: str, name: str, url: str) -> None:
        """A required field could not be read."""
        self._failed[template, name] += 1
        self._example(template, f"{name} failed", url)

    def refused(self, why: str, url: str) -> None:
        """A page was no article."""
        self._refused[why] += 1
        self._example(REFUSED, why, url)

    def unchanged(self) -> None:
        """A page need not be read again."""
        self._unchanged += 1

    def vanished(self, status: int, url: str) -> None:
        """An address that answered until now does so no more."""
        self._gone[f"HTTP {status}"] += 1
        self._example(GONE, f"HTTP {status}", url)

    def listed(self, address: str, page: ListPage, *, is_newest: bool = True) -> None:
        """A list's page was read; kept of the newest, and of where a list begins behind its front.

        These every run asks for; pages further on may be the list's last and short one.
        """
        if is_newest or address in self._begins:
            self._lists[address] = listed(page)
            if not page.is_whole_list and page.older is not None:
                self._begins.add(page.older)

    def unlisted(self, address: str) -> None:
        """A list's page could not be read."""
        self.failed(LISTS, "links", address)

    def _example(self, template: str, sign: str, url: str) -> None:
        if len(self._examples[template, sign]) < EXAMPLES:
            self._examples[template, sign].append(url)

    def failures(self) -> tuple[Regression, ...]:
        """The required fields that could not be read, most pages first."""
        return tuple(
            Regression(
                template=template,
                field=name,
                said=f"not read on {count} of {count + self._pages(template)} pages",
                examples=tuple(self._examples[template, f"{name} failed"]),
            )
            for (template, name), count in self._failed.most_common()
        )

    def _pages(self, template: str) -> int:
        """How many pages of the template were read."""
        if template == LISTS:
            return len(self._lists)
        return self._tallies[template].seen if template in self._tallies else 0

    def weaknesses(
        self, before: Sequence[Record], floor: Mapping[str, float]
    ) -> tuple[Regression, ...]:
        """All that is weak, each with example pages.

        What could not be read, what lists gave less of, what of the articles is below the floor or
        unlike the records `before`.
        """
        now = self.record()
        found = (
            replace(weak, examples=tuple(self._examples[weak.template, weak.sign]))
            for weak in weaknesses(now, before, floor)
        )
        return (*self.failures(), *list_weaknesses(now, before), *found)

    def record(self) -> dict[str, Any]:
        """For each template: articles seen, how many show each sign, how long their bodies are.

        Under "no article" the pages refused, by reason, of all pages; under "gone" the addresses
        without a page, of all asked; under "lists" what the newest page of each list gave.
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
    """The template's name in an `extractor`: its version without the last number.

    >>> template_of("newscrawl/1.2.0 baotuyenquang/a1.3")
    'a1'
    """
    return extractor.rpartition("/")[2].rpartition(".")[0]


__all__ = ["Health", "Regression", "comparable", "template_of"]
