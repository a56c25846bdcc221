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
from typing import Any, Final

from newscrawl.chances import (
    Share,
    ahead,
    chance_of_rank,
    chance_of_so_few,
    chance_of_so_many,
    middle,
    pooled,
    spread,
)
from newscrawl.items import Article
from newscrawl.signs import LEAKS, LOSSES, MEASURES, REPEATS, length_of, values

EXAMPLES: Final = 3
REFUSED: Final = "no article"
"""The name under which a record counts pages that were no articles"""
STAND_IN: Final = "generic"
COPIES: Final = "copies"
_ENOUGH: Final = 10  # articles of a template in one run before its shares mean anything
_ENOUGH_BEFORE: Final = 40  # the same for all runs before
_UNLIKELY: Final = 1e-4  # chance that the usual share gives so few or so many
_UNLIKELY_NONE: Final = 5e-4  # the same for none at all, which is what a lost selector gives
_FAR: Final = 0.25  # of a run's articles more or fewer than usual
_APART: Final = 0.3  # of all pairs, more or fewer than half, in which this run has the higher value
_SHARED: Final = 0.5  # of the articles that could have the same words do
_FEWEST: Final = 5
_SAMPLE: Final = 2000  # articles of one run that are compared word by word

Record = Mapping[str, Any]


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
            "copies": self.copies,
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


def weaknesses(
    now: Record, before: Sequence[Record], floor: Mapping[str, float]
) -> tuple[Weakness, ...]:
    """What of this run fell below the floor, or is unlike the runs before."""
    found: list[Weakness] = []
    for template, tally in now.items():
        earlier = [run[template] for run in before if template in run]
        if tally["seen"] < _ENOUGH or template == STAND_IN:
            continue
        if template == REFUSED:
            found.extend(_refusals(tally, earlier))
            continue
        for weak in (
            *_below(tally, floor),
            *_lost(tally, earlier),
            *_leaked(tally, earlier),
            *_shared(tally, earlier),
            *_moved(tally, earlier),
        ):
            found.append(replace(weak, template=template))
    return tuple(found)


def _below(tally: Record, floor: Mapping[str, float]) -> Iterator[Weakness]:
    for name, least in floor.items():
        share = tally["present"][name] / tally["seen"]
        if share < least:
            said = f"on {share:.0%} of {tally['seen']} articles, the floor is {least:.0%}"
            yield _weakness(name, name, said)


@dataclass(frozen=True, slots=True)
class _Usual:
    """How many articles of the earlier runs have a sign."""

    has: float
    seen: float
    spread: float

    @property
    def share(self) -> float:
        return self.has / self.seen

    def thinned(self, has: int, seen: int) -> Share:
        """A run's share, counted for less where runs differ by more than chance."""
        return has / self.spread, seen / self.spread


def _usual(earlier: Sequence[Record], name: str) -> _Usual | None:
    """What the earlier runs that looked for the sign had; None where they are too few to tell."""
    runs: list[Share] = [
        (run["present"].get(name, 0), run["seen"])
        for run in earlier
        if name in run["present"] or name not in LOSSES and name not in LEAKS
    ]
    has, seen = pooled(runs)
    if seen < _ENOUGH_BEFORE:
        return None
    wide = spread(runs)
    return _Usual(has / wide, seen / wide, wide)


def _lost(tally: Record, earlier: Sequence[Record]) -> Iterator[Weakness]:
    """Signs on less than half as many articles as usual, or on a quarter of all fewer."""
    seen = tally["seen"]
    for name, (told, _) in LOSSES.items():
        has, usual = tally["present"][name], _usual(earlier, name)
        if usual is None:
            continue
        share = has / seen
        is_far = share < usual.share / 2 or share < usual.share - _FAR
        chance = chance_of_so_few(usual.thinned(has, seen), (usual.has, usual.seen))
        if is_far and chance < (_UNLIKELY if has else _UNLIKELY_NONE):
            yield _weakness(told, name, _beside(share, seen, usual, name))


def _leaked(tally: Record, earlier: Sequence[Record]) -> Iterator[Weakness]:
    """Signs on more than twice as many articles as usual, or on a quarter of all more."""
    for name, (told, _) in LEAKS.items():
        has, seen, usual = tally["present"][name], tally["seen"], _usual(earlier, name)
        if usual is not None and _is_more(has, seen, usual):
            yield _weakness(told, name, _beside(has / seen, seen, usual, name))


def _is_more(has: int, seen: int, usual: _Usual) -> bool:
    share = has / seen
    is_far = share > 2 * usual.share or share > usual.share + _FAR
    chance = chance_of_so_many(usual.thinned(has, seen), (usual.has, usual.seen))
    return is_far and chance < _UNLIKELY


def _refusals(tally: Record, earlier: Sequence[Record]) -> Iterator[Weakness]:
    """Most pages turn out to be no article, unlike before."""
    for why, count in tally["present"].items():
        seen, usual = tally["seen"], _usual(earlier, why)
        if usual is not None and count / seen >= _SHARED and _is_more(count, seen, usual):
            said = f"{why} on {count / seen:.0%} of {seen} pages, usually on {usual.share:.0%}"
            yield _weakness("body", why, said, REFUSED)


def _shared(tally: Record, earlier: Sequence[Record]) -> Iterator[Weakness]:
    """Words, pictures, moments that most of the articles that have any have in common."""
    runs = [run for run in earlier if "shared" in run and run["seen"] >= _ENOUGH]
    if sum(run["seen"] for run in runs) < _ENOUGH_BEFORE:
        return
    for kind, (told, sign) in REPEATS.items():
        share = _share_of_commonest(tally, kind, sign)
        usual = max(_share_of_commonest(run, kind, sign) for run in runs)
        if tally["shared"][kind] >= _FEWEST and share >= _SHARED and share > 2 * usual:
            said = f"the same {kind} on {share:.0%} of them, never on more than {usual:.0%}"
            yield _weakness(told, kind, said)


def _share_of_commonest(run: Record, kind: str, sign: str) -> float:
    """The share of the articles that have one of the kind, of those looked at for it."""
    holders = run["present"][sign] if sign else run["seen"]
    looked_at = holders * min(1.0, _SAMPLE / run["seen"])
    return float(run["shared"][kind] / looked_at) if looked_at else 0.0


def _moved(tally: Record, earlier: Sequence[Record]) -> Iterator[Weakness]:
    """Measures whose ranks are elsewhere than in nine of ten earlier runs, and far from usual."""
    for name, (told, _) in MEASURES.items():
        runs = [_counts(run, name) for run in earlier if "measures" in run]
        before: Counter[int] = sum(runs, Counter())
        if before.total() < _ENOUGH_BEFORE:
            continue
        here = _counts(tally, name)
        off = ahead(here, before)
        offs = sorted(abs(ahead(run, before)) for run in runs if run.total() >= _ENOUGH)
        widest = offs[int(len(offs) * 0.9)] if offs else 0.0
        chance = chance_of_rank(off, here.total(), before.total())
        if abs(off) > max(_APART, widest) and chance < _UNLIKELY:
            how = "higher" if off > 0 else "lower"
            said = f"{name} {how} than usual in {abs(off) + 0.5:.0%} of all pairs"
            yield _weakness(told, name, said)


def _counts(run: Record, name: str) -> Counter[int]:
    return Counter({int(value): count for value, count in run["measures"][name].items()})


def _beside(share: float, seen: int, usual: _Usual, name: str) -> str:
    return f"{name} on {share:.0%} of {seen} articles, usually on {usual.share:.0%}"


def _weakness(told: str, sign: str, said: str, template: str = "") -> Weakness:
    return Weakness(template=template, field=told, said=said, sign=sign)
