"""Regressions: fields that read worse in one run than in the runs before. Pure.

A regression passes two thresholds at once: the run is far from the baseline, and chance alone would
hardly put it there. 3,600 unmutated runs of the replica (other seeds, editions and sections, 20 to
600 articles, each beside up to 30 earlier runs) raised no alarm.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from newscrawl.monitoring.indicators import (
    COPIES,
    LEAKS,
    LISTS,
    LOSSES,
    MEASURES,
    REPEATS,
    STAND_IN,
)
from newscrawl.monitoring.statistics import (
    Share,
    ahead,
    chance_of_rank,
    chance_of_so_few,
    chance_of_so_many,
    pooled,
    spread,
)

_RUN_MIN_ARTICLES: Final = 10  # of a template in one run; shares of fewer mean nothing
_BASELINE_MIN_ARTICLES: Final = 20  # the same for all earlier runs together
_CHANCE_MAX: Final = 1e-4  # chance that the baseline gives so few or so many
_CHANCE_OF_NONE_MAX: Final = 5e-4  # the same for none at all, the result of a lost selector
_SHARE_DISTANCE_MIN: Final = 0.25  # of a run's articles, more or fewer than usual
_RANK_DISTANCE_MIN: Final = 0.3  # effect size: distance of the Mann-Whitney probability from 0.5
_REFUSED_SHARE_MIN: Final = 0.5  # of a run's pages; videos may come in batches
_NINE_OF_TEN: Final = 0.9
_NEARLY_ALL: Final = 0.8
REPEATS_SHARE_MIN: Final = 0.6  # of the articles that have a value of the kind
REPEATS_MIN_ARTICLES: Final = 5
REPEATS_SAMPLE_ARTICLES: Final = 2000  # articles of one run whose values are compared

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A field that reads worse than in the runs before."""

    template: str
    field: str
    said: str
    examples: tuple[str, ...] = ()
    sign: str = ""
    """The indicator that moved; "" where the field could not be read at all"""

    def __str__(self) -> str:
        return f"{self.field} ({self.template}): {self.said}"


def comparable(run: Record) -> Record:
    """Return the figures of a run's line in `runs/`, without its regressed templates.

    Runs already flagged are left out of the baseline: otherwise a redesign would become normal
    after a few runs and its alarm would stop. Once a newspaper has only flagged runs left, there is
    no baseline, and the next run begins a new one.
    """
    weak = {weakness["template"] for weakness in run.get("weaknesses", ()) if weakness.get("sign")}
    fields: Record = run.get("fields", {})
    return {name: tally for name, tally in fields.items() if name not in weak}


def weaknesses(
    now: Record, before: Sequence[Record], floor: Mapping[str, float]
) -> tuple[Regression, ...]:
    """Return the fields that fell below the floor, or are unlike the runs before."""
    found: list[Regression] = []
    for template, tally in now.items():
        earlier = [run[template] for run in before if template in run]
        if template not in (STAND_IN, LISTS):
            found.extend(replace(weak, template=template) for weak in _weak(tally, earlier, floor))
    return tuple(found)


def _weak(
    tally: Record, earlier: Sequence[Record], floor: Mapping[str, float]
) -> Iterator[Regression]:
    yield from _copied(tally, earlier)
    if tally["seen"] < _RUN_MIN_ARTICLES:
        return
    if "measures" not in tally:
        yield from _refusals(tally, earlier)
        return
    yield from _below(tally, floor)
    yield from _lost(tally, earlier)
    yield from _leaked(tally, earlier)
    yield from _shared(tally, earlier)
    yield from _moved(tally, earlier)


def _copied(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Yield a regression where one page answers nearly all addresses, unlike before."""
    share = _share_of_copies(tally)
    usual = max(map(_share_of_copies, earlier), default=0.0)
    if tally.get(COPIES, 0) >= REPEATS_MIN_ARTICLES and share >= _NEARLY_ALL and share > 2 * usual:
        yield _regression("body", COPIES, f"the same text on {share:.0%} of the pages")


def _share_of_copies(run: Record) -> float:
    copies = run.get(COPIES, 0)
    return float(copies / (copies + run["seen"])) if copies else 0.0


def _below(tally: Record, floor: Mapping[str, float]) -> Iterator[Regression]:
    for name, least in floor.items():
        share = tally["present"].get(name, 0) / tally["seen"]
        if share < least:
            said = f"on {share:.0%} of {tally['seen']} articles, the floor is {least:.0%}"
            yield _regression(name, name, said)


@dataclass(frozen=True, slots=True)
class _Usual:
    """How many articles of the earlier runs show an indicator."""

    has: float
    seen: float
    spread: float

    @property
    def share(self) -> float:
        return self.has / self.seen

    def thinned(self, has: int, seen: int) -> Share:
        """Return a run's share, scaled down where runs differ by more than chance."""
        return has / self.spread, seen / self.spread


def _usual(earlier: Sequence[Record], name: str) -> _Usual | None:
    """Return the baseline of an indicator; None where too few earlier articles have it."""
    runs: list[Share] = [
        (run["present"].get(name, 0), run["seen"])
        for run in earlier
        if name in run["present"] or name not in (*LOSSES, *LEAKS)
    ]
    has, seen = pooled(runs)
    if seen < _BASELINE_MIN_ARTICLES:
        return None
    wide = spread(runs)
    return _Usual(has / wide, seen / wide, wide)


def _lost(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Yield indicators on less than half of the usual share, or a quarter of all fewer."""
    seen = tally["seen"]
    for name, (told, _) in LOSSES.items():
        has, usual = tally["present"][name], _usual(earlier, name)
        if usual is None:
            continue
        share = has / seen
        is_far = share < usual.share / 2 or share < usual.share - _SHARE_DISTANCE_MIN
        chance = chance_of_so_few(usual.thinned(has, seen), (usual.has, usual.seen))
        if is_far and chance < (_CHANCE_MAX if has else _CHANCE_OF_NONE_MAX):
            yield _regression(told, name, _beside(share, seen, usual, name))


def _leaked(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Yield indicators on more than twice the usual share, or a quarter of all more."""
    for name, (told, _) in LEAKS.items():
        has, seen, usual = tally["present"][name], tally["seen"], _usual(earlier, name)
        if usual is not None and _is_more(has, seen, usual):
            yield _regression(told, name, _beside(has / seen, seen, usual, name))


def _is_more(has: int, seen: int, usual: _Usual) -> bool:
    share = has / seen
    is_far = share > 2 * usual.share or share > usual.share + _SHARE_DISTANCE_MIN
    chance = chance_of_so_many(usual.thinned(has, seen), (usual.has, usual.seen))
    return is_far and chance < _CHANCE_MAX


def _refusals(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Yield reasons for which most pages are no article or gone, unlike before.

    Without a baseline nearly all pages must be so.
    """
    for why, count in tally["present"].items():
        seen, usual = tally["seen"], _usual(earlier, why)
        share = count / seen
        told = "url" if why.startswith("HTTP ") else "body"
        said = f"{why} on {share:.0%} of {seen} pages"
        if usual is None and share >= _NINE_OF_TEN:
            yield _regression(told, why, said)
        elif usual is not None and share >= _REFUSED_SHARE_MIN and _is_more(count, seen, usual):
            yield _regression(told, why, f"{said}, usually on {usual.share:.0%}")


def _shared(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Yield kinds of which most of the articles that have a value share the same one."""
    large = [run for run in earlier if run["seen"] >= _RUN_MIN_ARTICLES]
    for kind, (told, sign) in REPEATS.items():
        runs = [run for run in large if kind in run.get("shared", ())]
        if sum(run["seen"] for run in runs) < _BASELINE_MIN_ARTICLES:
            continue
        share = _share_of_commonest(tally, kind, sign)
        usual = max(_share_of_commonest(run, kind, sign) for run in runs)
        if (
            tally["shared"][kind] >= REPEATS_MIN_ARTICLES
            and share >= REPEATS_SHARE_MIN
            and share > 2 * usual
        ):
            said = f"the same {kind} on {share:.0%} of them, never on more than {usual:.0%}"
            yield _regression(told, kind, said)


def _share_of_commonest(run: Record, kind: str, sign: str) -> float:
    """Return the share of the commonest value among the articles that have one."""
    holders = run["present"][sign] if sign else run["seen"]
    looked_at = holders * min(1.0, REPEATS_SAMPLE_ARTICLES / run["seen"])
    return float(run["shared"][kind] / looked_at) if looked_at else 0.0


def _moved(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Yield measures whose ranks differ more than in nine of ten earlier runs."""
    for name, (told, _) in MEASURES.items():
        runs = [_counts(run, name) for run in earlier if "measures" in run]
        before: Counter[int] = sum(runs, Counter())
        if before.total() < _BASELINE_MIN_ARTICLES:
            continue
        here = _counts(tally, name)
        off = ahead(here, before)
        offs = sorted(abs(ahead(run, before)) for run in runs if run.total() >= _RUN_MIN_ARTICLES)
        widest = offs[int(len(offs) * _NINE_OF_TEN)] if offs else 0.0
        chance = chance_of_rank(off, here.total(), before.total())
        if abs(off) > max(_RANK_DISTANCE_MIN, widest) and chance < _CHANCE_MAX:
            how = "higher" if off > 0 else "lower"
            said = f"{name} {how} than usual in {abs(off) + 0.5:.0%} of all pairs"
            yield _regression(told, name, said)


def _counts(run: Record, name: str) -> Counter[int]:
    return Counter({int(value): count for value, count in run["measures"][name].items()})


def _beside(share: float, seen: int, usual: _Usual, name: str) -> str:
    return f"{name} on {share:.0%} of {seen} articles, usually on {usual.share:.0%}"


def _regression(told: str, sign: str, said: str) -> Regression:
    return Regression(template="", field=told, said=said, sign=sign)
