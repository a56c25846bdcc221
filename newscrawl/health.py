"""What one run tells of how its pages read: a redesign is noticed in its first run.

A run tallies, for each template, how many of its articles show each sign (`signs`), which words
many of them share, how long their bodies are, and how many pages were refused as no article; that
is compared with the newspaper's own last runs and with its declared floor (`weaknesses`). A
required field that cannot be read needs no statistics: it is a failure, told with example pages.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from newscrawl.chances import middle
from newscrawl.items import Article
from newscrawl.signs import (
    COPIES,
    LEAKS,
    LOSSES,
    MEASURES,
    REFUSED,
    REPEATS,
    length_of,
    values,
)
from newscrawl.weaknesses import FEWEST, SAMPLE, SHARED, Record, Weakness, weaknesses

EXAMPLES: Final = 3


@dataclass(slots=True)
class _Tally:
    seen: int = 0
    present: Counter[str] = field(default_factory=Counter)
    measures: dict[str, Counter[int]] = field(
        default_factory=lambda: {name: Counter() for name in MEASURES}
    )
    repeats: Counter[tuple[str, int]] = field(default_factory=Counter)
    texts: set[str] = field(default_factory=set)
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
        }


class Health:
    """One run's tally."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = defaultdict(_Tally)
        self._failed: Counter[tuple[str, str]] = Counter()
        self._refused: Counter[str] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)

    def saw(self, article: Article) -> None:
        """An article was read by its template; one that repeats another's text counts as a copy."""
        template = template_of(article.extractor)
        tally = self._tallies[template]
        if article.content_hash in tally.texts:
            tally.copies += 1
            self._example(template, COPIES, article.url)
            return
        tally.texts.update(filter(None, [article.content_hash]))
        tally.seen += 1
        for name, (_, measure) in MEASURES.items():
            tally.measures[name][measure(article)] += 1
        for name, (_, has) in (*LOSSES.items(), *LEAKS.items()):
            is_there = has(article)
            tally.present[name] += is_there
            if is_there is (name in LEAKS):
                self._example(template, name, article.url)
        for kind, value in values(article) if tally.seen <= SAMPLE else ():
            tally.repeats[kind, hash(value)] += 1
            if tally.repeats[kind, hash(value)] >= max(FEWEST, SHARED * tally.seen):
                self._example(template, kind, article.url)

    def failed(self, template: str, name: str, url: str) -> None:
        """A required field could not be read."""
        self._failed[template, name] += 1
        self._example(template, f"{name} failed", url)

    def refused(self, why: str, url: str) -> None:
        """A page was no article."""
        self._refused[why] += 1
        self._example(REFUSED, why, url)

    def _example(self, template: str, sign: str, url: str) -> None:
        if len(self._examples[template, sign]) < EXAMPLES:
            self._examples[template, sign].append(url)

    def failures(self) -> tuple[Weakness, ...]:
        """The required fields that could not be read, most pages first."""
        return tuple(
            Weakness(
                template=template,
                field=name,
                said=f"not read on {count} of {count + self._tallies[template].seen} pages",
                examples=tuple(self._examples[template, f"{name} failed"]),
            )
            for (template, name), count in self._failed.most_common()
        )

    def weaknesses(
        self, before: Sequence[Record], floor: Mapping[str, float]
    ) -> tuple[Weakness, ...]:
        """The failures, and what is weak beside the records `before`, each with example pages."""
        weak = weaknesses(self.record(), before, floor)
        found = (replace(w, examples=tuple(self._examples[w.template, w.sign])) for w in weak)
        return (*self.failures(), *found)

    def record(self) -> dict[str, Any]:
        """For each template: articles seen, how many show each sign, how long their bodies are.

        Under "no article" the pages refused, by reason, of all pages.
        """
        record = {name: tally.record() for name, tally in sorted(self._tallies.items())}
        if record or self._refused:
            pages = sum(tally.seen + tally.copies for tally in self._tallies.values())
            pages += self._refused.total()
            record[REFUSED] = {"seen": pages, "present": dict(sorted(self._refused.items()))}
        return record


def template_of(extractor: str) -> str:
    """The template's name in an `extractor`: its version without the last number.

    >>> template_of("newscrawl/1.2.0 baotuyenquang/a1.3")
    'a1'
    """
    return extractor.rpartition("/")[2].rpartition(".")[0]


__all__ = ["Health", "Weakness", "template_of", "weaknesses"]
