"""Whether a newspaper's pages still read as they did: a redesign is noticed in its first run.

A run tallies, for each template, how many of its articles show each sign (`signs`), which words
many of them share, how long their bodies are, and how many pages were refused as no article; that
is compared with the newspaper's own last runs and with its declared floor. A required field that
cannot be read needs no statistics: it is a failure, told with example pages.
Pure: records in, weaknesses out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log2
from typing import Any, Final

from newscrawl.chances import (
    Share,
    chance_of_ranks,
    chance_of_so_few,
    chance_of_so_many,
    middle,
    pooled,
    spread,
)
from newscrawl.items import Article
from newscrawl.signs import LEAKS, LOSSES, REPEATS, values

EXAMPLES: Final = 3
REFUSED: Final = "no article"
"""The name under which a record counts pages that were no articles"""
STAND_IN: Final = "generic"
_ENOUGH: Final = 10  # articles of a template in one run before its shares mean anything
_ENOUGH_BEFORE: Final = 40  # the same for all runs before
_UNLIKELY: Final = 1e-4  # chance that the usual share gives so few or so many
_UNLIKELY_NONE: Final = 5e-4  # the same for none at all, which is what a lost selector gives
_SHARED: Final = 0.5  # of the articles that have the same words
_FEWEST: Final = 5
_SAMPLE: Final = 2000  # articles of one run that are compared word by word
_OTHER: Final = 0.67  # of the usual length, or one over this
_STEPS: Final = 4  # to a doubling of the body's length


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """A field that reads worse than it used to."""

    template: str
    field: str
    said: str
    examples: tuple[str, ...] = ()
    sign: str = ""
    """What was seen of the field; "" where it could not be read at all"""

    def __str__(self) -> str:
        return f"{self.field} ({self.template}): {self.said}"


@dataclass(slots=True)
class _Tally:
    seen: int = 0
    present: Counter[str] = field(default_factory=Counter)
    steps: Counter[int] = field(default_factory=Counter)
    repeats: Counter[tuple[str, int]] = field(default_factory=Counter)

    def record(self) -> dict[str, Any]:
        shared = dict.fromkeys(REPEATS, 0)
        for (kind, _), count in self.repeats.items():
            shared[kind] = max(shared[kind], count)
        return {
            "seen": self.seen,
            "present": {name: self.present[name] for name in (*LOSSES, *LEAKS)},
            "shared": shared,
            "body_median": _length(middle(self.steps)),
            "body_steps": {str(step): count for step, count in sorted(self.steps.items())},
        }


class Health:
    """One run's tally."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = defaultdict(_Tally)
        self._failed: Counter[tuple[str, str]] = Counter()
        self._refused: Counter[str] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)

    def saw(self, article: Article) -> None:
        """An article was read by its template."""
        template = template_of(article.extractor)
        tally = self._tallies[template]
        tally.seen += 1
        tally.steps[_step(article.syllable_count)] += 1
        for name, (_, has) in (*LOSSES.items(), *LEAKS.items()):
            is_there = has(article)
            tally.present[name] += is_there
            if is_there is (name in LEAKS):
                self._example(template, name, article.url)
        for kind, value in values(article) if tally.seen <= _SAMPLE else ():
            tally.repeats[kind, hash(value)] += 1
            if tally.repeats[kind, hash(value)] >= max(_FEWEST, _SHARED * tally.seen):
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
        self, before: Sequence[Mapping[str, Any]], floor: Mapping[str, float]
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
            pages = sum(tally.seen for tally in self._tallies.values())
            pages += self._refused.total()
            record[REFUSED] = {"seen": pages, "present": dict(sorted(self._refused.items()))}
        return record


def template_of(extractor: str) -> str:
    """The template's name in an `extractor`: its version without the last number.

    >>> template_of("newscrawl/1.2.0 baotuyenquang/a1.3")
    'a1'
    """
    return extractor.rpartition("/")[2].rpartition(".")[0]


def _step(length: int) -> int:
    """A length as quarters of a doubling.

    >>> _step(100), _step(200), _step(0)
    (27, 31, 0)
    """
    return round(_STEPS * log2(length + 1))


def _length(step: int) -> int:
    return round(2 ** (step / _STEPS)) - 1


def weaknesses(
    now: Mapping[str, Any], before: Sequence[Mapping[str, Any]], floor: Mapping[str, float]
) -> tuple[Weakness, ...]:
    """What of this run fell below the floor, or is unlike the runs before."""
    found: list[Weakness] = []
    for template, tally in now.items():
        earlier = [run[template] for run in before if template in run]
        if tally["seen"] < _ENOUGH or template == STAND_IN:
            continue
        if template == REFUSED:
            found.extend(_refusals(tally, earlier))
        else:
            found.extend(_lost(template, tally, earlier, floor))
            found.extend(_leaked(template, tally, earlier))
            found.extend(_shared(template, tally, earlier))
            found.extend(_other_length(template, tally, earlier))
    return tuple(found)


def _shares(earlier: Sequence[Mapping[str, Any]], name: str) -> list[Share]:
    """The share of each run that counted the sign."""
    return [(run["present"][name], run["seen"]) for run in earlier if name in run["present"]]


def _lost(
    template: str,
    tally: Mapping[str, Any],
    earlier: Sequence[Mapping[str, Any]],
    floor: Mapping[str, float],
) -> Iterator[Weakness]:
    seen = tally["seen"]
    for name, (told, _) in LOSSES.items():
        has = tally["present"][name]
        share = has / seen
        said = ""
        if share < floor.get(name, 0.0):
            said = f"on {share:.0%} of {seen} articles, the floor is {floor[name]:.0%}"
        elif (usual := _usual(_shares(earlier, name))) is not None:
            chance = chance_of_so_few(has / usual.spread, seen / usual.spread, usual.share)
            if share < usual.share / 2 and chance < (_UNLIKELY if has else _UNLIKELY_NONE):
                said = f"on {share:.0%} of {seen} articles, usually on {usual.share:.0%}"
        if said:
            yield Weakness(template=template, field=told, said=f"{name} {said}", sign=name)


@dataclass(frozen=True, slots=True)
class _Usual:
    share: float
    spread: float


def _usual(shares: Sequence[Share]) -> _Usual | None:
    """What the earlier runs had; None where they are too few to tell."""
    has, seen = pooled(shares)
    return _Usual(has / seen, spread(shares)) if seen >= _ENOUGH_BEFORE else None


def _leaked(
    template: str, tally: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]
) -> Iterator[Weakness]:
    for name, (told, _) in LEAKS.items():
        has, seen = tally["present"][name], tally["seen"]
        usual = _usual(_shares(earlier, name))
        if usual is not None and _is_more(has, seen, usual, pooled(_shares(earlier, name))[1]):
            said = f"{name} on {has / seen:.0%} of {seen} articles, usually on {usual.share:.0%}"
            yield Weakness(template=template, field=told, said=said, sign=name)


def _is_more(has: int, seen: int, usual: _Usual, before: float) -> bool:
    """Whether a share is far over the usual one: twice it, or half as many lack the sign."""
    share, expected = has / seen, (usual.share * before + 1) / (before + 2)
    is_far = share > 2 * usual.share or 1 - share < (1 - usual.share) / 2
    chance = chance_of_so_many(has / usual.spread, seen / usual.spread, expected)
    return is_far and chance < _UNLIKELY


def _shared(
    template: str, tally: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]
) -> Iterator[Weakness]:
    """Words, pictures, moments that most articles have in common, unlike before."""
    runs = [run for run in earlier if "shared" in run and run["seen"] >= _ENOUGH]
    if sum(run["seen"] for run in runs) < _ENOUGH_BEFORE:
        return
    seen = min(tally["seen"], _SAMPLE)
    for kind, told in REPEATS.items():
        has = tally["shared"][kind]
        usual = max(run["shared"][kind] / min(run["seen"], _SAMPLE) for run in runs)
        if has >= _FEWEST and has / seen >= _SHARED and has / seen > 2 * usual:
            said = f"the same {kind} on {has / seen:.0%} of {seen} articles, never over {usual:.0%}"
            yield Weakness(template=template, field=told, said=said, sign=kind)


def _refusals(tally: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]) -> Iterator[Weakness]:
    """Pages that turn out to be no article, most of them, unlike before."""
    for why, count in tally["present"].items():
        seen = tally["seen"]
        usual = _usual([(run["present"].get(why, 0), run["seen"]) for run in earlier])
        before = sum(run["seen"] for run in earlier)
        if usual and count / seen >= _SHARED and _is_more(count, seen, usual, before):
            said = f"{why} on {count / seen:.0%} of {seen} pages, usually on {usual.share:.0%}"
            yield Weakness(template=REFUSED, field="body", said=said, sign=why)


def _other_length(
    template: str, tally: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]
) -> Iterator[Weakness]:
    """Bodies of another length: by rank, by half or more of the usual, and beyond every run's."""
    steps = [_steps(run) for run in earlier if "body_steps" in run]
    before: Counter[int] = sum(steps, Counter())
    medians = [_length(middle(run)) for run in steps if run.total() >= _ENOUGH]
    if before.total() < _ENOUGH_BEFORE or not medians:
        return
    here, usual = _length(middle(_steps(tally))), _length(middle(before))
    is_short = here < _OTHER * usual and here < min(medians)
    is_long = here * _OTHER > usual and here > max(medians)
    if (is_short or is_long) and chance_of_ranks(_steps(tally), before) < _UNLIKELY:
        said = f"{here} syllables in the middle, usually {usual}"
        yield Weakness(template=template, field="body", said=said)


def _steps(run: Mapping[str, Any]) -> Counter[int]:
    return Counter({int(step): count for step, count in run["body_steps"].items()})
