"""One run's figures beside those of the runs before: what of a newspaper reads worse than it did.

Every threshold is of two kinds at once: a run must be far from usual, and that by more than chance.
Measured on 3,600 unmutated runs of the replica (other seeds, editions and sections, 20 to 600
articles, each beside up to 30 earlier ones): no alarm. Pure: records in, weaknesses out.
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

_ENOUGH: Final = 10  # articles of a template in one run before its shares mean anything
_ENOUGH_BEFORE: Final = 20  # the same for all runs before
_UNLIKELY: Final = 1e-4  # chance that the usual share gives so few or so many
_UNLIKELY_NONE: Final = 5e-4  # the same for none at all, which is what a lost selector gives
_FAR: Final = 0.25  # of a run's articles more or fewer than usual
_APART: Final = 0.3  # of all pairs, more or fewer than half, in which this run has the higher value
_MOST: Final = 0.5  # of a run's pages; films may come in batches
_NINE_OF_TEN: Final = 0.9
_NEARLY_ALL: Final = 0.8
SHARED: Final = 0.6  # of the articles that could have the same words do
FEWEST: Final = 5
SAMPLE: Final = 2000  # articles of one run that are compared word by word

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A field that reads worse than it used to."""

    template: str
    field: str
    said: str
    examples: tuple[str, ...] = ()
    sign: str = ""
    """What was seen of the field; "" where it could not be read at all"""

    def __str__(self) -> str:
        return f"{self.field} ({self.template}): {self.said}"


def comparable(run: Record) -> Record:
    """Of a run's line in `runs/`, what it says of the templates that read as usual.

    A redesign would else be usual after a few runs, and its alarm end unheeded. Once a newspaper
    has no other runs left to compare with, what it has become is the usual.
    """
    weak = {weakness["template"] for weakness in run.get("weaknesses", ()) if weakness.get("sign")}
    fields: Record = run.get("fields", {})
    return {name: tally for name, tally in fields.items() if name not in weak}


def weaknesses(
    now: Record, before: Sequence[Record], floor: Mapping[str, float]
) -> tuple[Regression, ...]:
    """What of this run fell below the floor, or is unlike the runs before."""
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
    if tally["seen"] < _ENOUGH:
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
    """Nearly all articles say the same word for word, unlike before: one page for all addresses."""
    share = _share_of_copies(tally)
    usual = max(map(_share_of_copies, earlier), default=0.0)
    if tally.get(COPIES, 0) >= FEWEST and share >= _NEARLY_ALL and share > 2 * usual:
        yield _weakness("body", COPIES, f"the same text on {share:.0%} of the pages")


def _share_of_copies(run: Record) -> float:
    copies = run.get(COPIES, 0)
    return float(copies / (copies + run["seen"])) if copies else 0.0


def _below(tally: Record, floor: Mapping[str, float]) -> Iterator[Regression]:
    for name, least in floor.items():
        share = tally["present"].get(name, 0) / tally["seen"]
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
        if name in run["present"] or name not in (*LOSSES, *LEAKS)
    ]
    has, seen = pooled(runs)
    if seen < _ENOUGH_BEFORE:
        return None
    wide = spread(runs)
    return _Usual(has / wide, seen / wide, wide)


def _lost(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
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


def _leaked(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
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


def _refusals(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Most pages are no article or gone, unlike before; nearly all, where there is no before."""
    for why, count in tally["present"].items():
        seen, usual = tally["seen"], _usual(earlier, why)
        share = count / seen
        told = "url" if why.startswith("HTTP ") else "body"
        said = f"{why} on {share:.0%} of {seen} pages"
        if usual is None and share >= _NINE_OF_TEN:
            yield _weakness(told, why, said)
        elif usual is not None and share >= _MOST and _is_more(count, seen, usual):
            yield _weakness(told, why, f"{said}, usually on {usual.share:.0%}")


def _shared(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Words, pictures, moments that most of the articles that have any have in common."""
    large = [run for run in earlier if run["seen"] >= _ENOUGH]
    for kind, (told, sign) in REPEATS.items():
        runs = [run for run in large if kind in run.get("shared", ())]
        if sum(run["seen"] for run in runs) < _ENOUGH_BEFORE:
            continue
        share = _share_of_commonest(tally, kind, sign)
        usual = max(_share_of_commonest(run, kind, sign) for run in runs)
        if tally["shared"][kind] >= FEWEST and share >= SHARED and share > 2 * usual:
            said = f"the same {kind} on {share:.0%} of them, never on more than {usual:.0%}"
            yield _weakness(told, kind, said)


def _share_of_commonest(run: Record, kind: str, sign: str) -> float:
    """The share of the articles that have one of the kind, of those looked at for it."""
    holders = run["present"][sign] if sign else run["seen"]
    looked_at = holders * min(1.0, SAMPLE / run["seen"])
    return float(run["shared"][kind] / looked_at) if looked_at else 0.0


def _moved(tally: Record, earlier: Sequence[Record]) -> Iterator[Regression]:
    """Measures whose ranks are elsewhere than in nine of ten earlier runs, and far from usual."""
    for name, (told, _) in MEASURES.items():
        runs = [_counts(run, name) for run in earlier if "measures" in run]
        before: Counter[int] = sum(runs, Counter())
        if before.total() < _ENOUGH_BEFORE:
            continue
        here = _counts(tally, name)
        off = ahead(here, before)
        offs = sorted(abs(ahead(run, before)) for run in runs if run.total() >= _ENOUGH)
        widest = offs[int(len(offs) * _NINE_OF_TEN)] if offs else 0.0
        chance = chance_of_rank(off, here.total(), before.total())
        if abs(off) > max(_APART, widest) and chance < _UNLIKELY:
            how = "higher" if off > 0 else "lower"
            said = f"{name} {how} than usual in {abs(off) + 0.5:.0%} of all pairs"
            yield _weakness(told, name, said)


def _counts(run: Record, name: str) -> Counter[int]:
    return Counter({int(value): count for value, count in run["measures"][name].items()})


def _beside(share: float, seen: int, usual: _Usual, name: str) -> str:
    return f"{name} on {share:.0%} of {seen} articles, usually on {usual.share:.0%}"


def _weakness(told: str, sign: str, said: str) -> Regression:
    return Regression(template="", field=told, said=said, sign=sign)
