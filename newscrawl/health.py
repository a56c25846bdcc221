"""Whether a newspaper's pages still read as they did: a redesign is noticed in its first run.

A run tallies, for each template, how many of its articles have each field, and how long their
bodies are; that is compared with the newspaper's own last runs and with its declared floor. A
required field that cannot be read needs no statistics: it is a failure, told with example pages.
Pure: records in, weaknesses out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, lgamma, log
from statistics import median
from typing import Any, Final

from newscrawl.items import Article

WATCHED: Final = ("lead", "captions", "images", "authors", "source", "section", "tags")
EXAMPLES: Final = 3
_ENOUGH: Final = 10  # articles of a template in one run before its shares mean anything
_ENOUGH_BEFORE: Final = 40  # the same for all runs before
_UNLIKELY: Final = 1e-4  # chance that the usual share gives so few
_MOST: Final = 1000  # trials beyond which a tail is scaled down: it is nil or not long before
_SAMPLE: Final = 2000  # body lengths kept of one run


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """A field that reads worse than it used to."""

    template: str
    field: str
    said: str
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.field} ({self.template}): {self.said}"


@dataclass(slots=True)
class _Tally:
    seen: int = 0
    present: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)


class Health:
    """One run's tally."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = defaultdict(_Tally)
        self._failed: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)

    def saw(self, article: Article) -> None:
        """An article was read by its template."""
        tally = self._tallies[template_of(article.extractor)]
        tally.seen += 1
        tally.present.update(name for name in WATCHED if getattr(article, name))
        if len(tally.lengths) < _SAMPLE:
            tally.lengths.append(article.syllable_count)

    def failed(self, template: str, name: str, url: str) -> None:
        """A required field could not be read."""
        self._failed[template, name] += 1
        if len(self._examples[template, name]) < EXAMPLES:
            self._examples[template, name].append(url)

    def failures(self) -> tuple[Weakness, ...]:
        """The required fields that could not be read, most pages first."""
        return tuple(
            Weakness(
                template=template,
                field=name,
                said=f"not read on {count} of {count + self._tallies[template].seen} pages",
                examples=tuple(self._examples[template, name]),
            )
            for (template, name), count in self._failed.most_common()
        )

    def record(self) -> dict[str, Any]:
        """For each template: articles seen, how many have each field, the median body length."""
        return {
            template: {
                "seen": tally.seen,
                "present": {name: tally.present[name] for name in WATCHED},
                "body_median": round(median(tally.lengths)) if tally.lengths else 0,
            }
            for template, tally in sorted(self._tallies.items())
            if tally.seen
        }


def template_of(extractor: str) -> str:
    """The template's name in an `extractor`: its version without the last number.

    >>> template_of("newscrawl/1.2.0 baotuyenquang/a1.3")
    'a1'
    """
    return extractor.rpartition("/")[2].rpartition(".")[0]


def weaknesses(
    now: Mapping[str, Any], before: Sequence[Mapping[str, Any]], floor: Mapping[str, float]
) -> tuple[Weakness, ...]:
    """The fields of this run that fell below the floor or far below the runs before."""
    found: list[Weakness] = []
    for template, tally in now.items():
        if tally["seen"] >= _ENOUGH:
            earlier = [run[template] for run in before if template in run]
            found.extend(_fallen(template, tally, earlier, floor))
            found.extend(_other_length(template, tally, earlier))
    return tuple(found)


def _fallen(
    template: str,
    tally: Mapping[str, Any],
    earlier: Sequence[Mapping[str, Any]],
    floor: Mapping[str, float],
) -> Iterable[Weakness]:
    seen = tally["seen"]
    seen_before = sum(run["seen"] for run in earlier)
    for name in WATCHED:
        has = tally["present"][name]
        share = has / seen
        if share < floor.get(name, 0.0):
            said = f"on {share:.0%} of {seen} articles, the floor is {floor[name]:.0%}"
            yield Weakness(template=template, field=name, said=said)
        elif seen_before >= _ENOUGH_BEFORE:
            usual = sum(run["present"][name] for run in earlier) / seen_before
            if share < usual / 2 and chance_of_so_few(has, seen, usual) < _UNLIKELY:
                said = f"on {share:.0%} of {seen} articles, usually on {usual:.0%}"
                yield Weakness(template=template, field=name, said=said)


def _other_length(
    template: str, tally: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]
) -> Iterable[Weakness]:
    """A median body of less than half the shortest or more than twice the longest seen before."""
    medians = [run["body_median"] for run in earlier if run["seen"] >= _ENOUGH]
    if sum(run["seen"] for run in earlier) < _ENOUGH_BEFORE or not medians:
        return
    here = tally["body_median"]
    if here < min(medians) / 2 or here > 2 * max(medians):
        said = f"{here} syllables in the middle, usually {min(medians)} to {max(medians)}"
        yield Weakness(template=template, field="body", said=said)


def chance_of_so_few(has: int, seen: int, usual: float) -> float:
    """Probability of at most `has` in `seen` trials of chance `usual` (binomial).

    >>> round(chance_of_so_few(0, 20, 0.5) * 1e6, 2)
    0.95
    """
    if usual <= 0:
        return 1.0
    if usual >= 1:
        return 1.0 if has >= seen else 0.0
    if seen > _MOST:
        has, seen = round(has * _MOST / seen), _MOST
    yes, no = log(usual), log(1 - usual)
    whole = lgamma(seen + 1)
    return min(
        1.0,
        sum(
            exp(whole - lgamma(k + 1) - lgamma(seen - k + 1) + k * yes + (seen - k) * no)
            for k in range(has + 1)
        ),
    )
