"""Which articles repeat which, over all newspapers of an archive.

Candidates are pairs within seven days of each other that share shingles: by MinHash (rensa) where
most is shared, and by FracMinHash (the shingles whose hash is a multiple of 16) where one text
stands in another. Every candidate is verified on all shingles. A *series* is an article that its
own paper prints over and over with other figures (weather, prices, lottery): its frame is left out
before two such articles are compared, because frames are no copies.

`Window` holds the articles of the last days only, so that memory does not grow with the archive.
"""

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from rensa import RMinHash, RMinHashLSH

from newscrawl.items import Line
from newscrawl.research.shingles import SHINGLES_MIN, Overlap, Shingles, overlap, shingles

WINDOW: Final = timedelta(days=7)
JACCARD_MIN: Final = 0.5
CONTAINMENT_MIN: Final = 0.8
SAME_MIN: Final = 0.95
_LOOSE_MIN: Final = 0.15  # of a series' articles among themselves
_SERIES_MIN: Final = 3  # near articles of the own paper within the window
_FRACTION: Final = np.uint64(16)
_SHINGLE_MAX_ARTICLES: Final = 200  # more hold only what many texts say
_SHARED_MIN: Final = 0.3  # of the smaller text's sampled shingles
_SHARED_MIN_COUNT: Final = 2  # one may be chance
_SHARED_MIN_ELSEWHERE: Final = 0.45  # what another paper took shares 0.67: 2.5 standard deviations
_SAMPLE_MIN_ELSEWHERE: Final = 20  # sampled shingles of which that may be asked
_PERMUTATIONS: Final = 128
_BANDS: Final = 32
_SEED: Final = 42
_DIRECTION_MIN_HOURS: Final = 1.0
_YEAR_MIN, _YEAR_END = "1600", "9000"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedText:
    """What is compared of an article."""

    id: str
    newspaper: str
    at: datetime
    is_precise: bool
    """The page states a time of day"""
    source: str
    """The outlet the page credits; "" = none"""
    content_hash: str
    shingles: Shingles = field(repr=False)

    @property
    def sample(self) -> list[int]:
        """The sixteenth of the shingles by which texts are looked for."""
        chosen: list[int] = self.shingles[self.shingles % _FRACTION == 0].tolist()
        return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles of which one repeats the other, `a` before `b` by time and id."""

    a: str
    b: str
    jaccard: float
    a_in_b: float
    b_in_a: float
    hours: float
    """From a's publication to b's, as far as both state it"""
    a_source: str
    b_source: str
    relation: str
    """same, near copy, common source, contains (one holds the other)"""
    earlier: str
    """Id of the article that was printed first; "" = the times do not tell"""


def text_of(row: Line) -> ComparedText | None:
    """Return what is compared of a row; None for an undated or a short article.

    A year that no newspaper has printed in is no date: seven days before the year 1 there is none.
    """
    if not _YEAR_MIN <= (row["published_at"] or "") < _YEAR_END:
        return None
    found = shingles(f"{row['lead']}\n{row['body']}")
    if len(found) < SHINGLES_MIN:
        return None
    return ComparedText(
        id=row["id"],
        newspaper=row["newspaper"],
        at=datetime.fromisoformat(row["published_at"]),
        is_precise=row["published_precision"] in ("second", "minute"),
        source=row["source"],
        content_hash=row["content_hash"],
        shingles=found,
    )


class Window:
    """The articles of the last days, and what of them is alike.

    Articles come by time of publication. A pair is told a window after its later article, when all
    articles around both are known: what is a series shows only then.
    """

    def __init__(self) -> None:
        self._texts: OrderedDict[int, ComparedText] = OrderedDict()
        self._indexed: deque[int] = deque()
        self._minhash = RMinHashLSH(threshold=JACCARD_MIN, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._samples: dict[int, list[int]] = {}
        self._holders: defaultdict[int, list[int]] = defaultdict(list)
        self._near: defaultdict[int, set[int]] = defaultdict(set)
        """Articles of the own paper that are loosely like an article"""
        self._untold: deque[tuple[int, int, Overlap]] = deque()
        self._number = 0

    def add(self, text: ComparedText) -> Iterator[Pair]:
        """Add an article, no earlier than those before, and return the pairs known by now."""
        self._drop_from_index(text.at - WINDOW)
        number, self._number = self._number, self._number + 1
        digest = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        digest.update([str(value) for value in text.shingles.tolist()])
        sample = text.sample
        candidates = set(self._minhash.query(digest)) | self._holding(sample, text.newspaper)
        found = [(n, overlap(self._texts[n].shingles, text.shingles)) for n in sorted(candidates)]
        self._texts[number] = text
        self._indexed.append(number)
        self._minhash.insert(number, digest)
        self._samples[number] = sample
        for value in sample:
            self._holders[value].append(number)
        for other, shared in found:
            if shared.jaccard >= _LOOSE_MIN and self._texts[other].newspaper == text.newspaper:
                self._near[number].add(other)
                self._near[other].add(number)
            if _is_reuse(shared):
                self._untold.append((other, number, shared))
        yield from self._tell_before(text.at - WINDOW)
        self._forget_before(text.at - 3 * WINDOW)

    def finish(self) -> Iterator[Pair]:
        """Return the pairs that wait for articles which do not come."""
        while self._untold:
            yield from self._told(*self._untold.popleft())

    def _tell_before(self, moment: datetime) -> Iterator[Pair]:
        while self._untold and self._texts[self._untold[0][1]].at < moment:
            yield from self._told(*self._untold.popleft())

    def _told(self, a: int, b: int, shared: Overlap) -> Iterator[Pair]:
        if self._is_series(a) or self._is_series(b):
            shared = self._without_frame(a, b)
        if _is_reuse(shared):
            yield pair_of(self._texts[a], self._texts[b], shared)

    def _is_series(self, number: int) -> bool:
        return len(self._near[number]) >= _SERIES_MIN

    def _without_frame(self, a: int, b: int) -> Overlap:
        """Return what two articles share beside what their papers' series always say."""
        frame = np.unique(np.concatenate([self._frame(a, b), self._frame(b, a)]))
        ours, theirs = self._texts[a].shingles, self._texts[b].shingles
        left = np.setdiff1d(ours, frame, assume_unique=True)
        right = np.setdiff1d(theirs, frame, assume_unique=True)
        shared = overlap(left, right)
        if len(left) < SHINGLES_MIN or len(right) < SHINGLES_MIN:  # the frame is the article
            same = self._texts[a].content_hash == self._texts[b].content_hash
            return overlap(ours, theirs) if same else Overlap(0.0, 0.0, 0.0)
        return shared

    def _frame(self, number: int, other: int) -> Shingles:
        near = [self._texts[n].shingles for n in self._near[number] if n != other]
        if not near:
            return np.empty(0, np.uint64)
        values, counts = np.unique(np.concatenate(near), return_counts=True)
        return values[counts >= min(2, len(near))]

    def _holding(self, sample: list[int], newspaper: str) -> set[int]:
        """Return the articles that share enough of the sampled shingles.

        Of the own paper less is asked: what belongs to a series shows there.
        """
        counts: Counter[int] = Counter()
        for value in sample:
            holders = self._holders.get(value, ())
            if len(holders) <= _SHINGLE_MAX_ARTICLES:
                counts.update(holders)
        size, found = len(sample), set()
        for other, shared in counts.items():
            smaller = min(size, len(self._samples[other]))
            if shared < _SHARED_MIN_COUNT or shared < _SHARED_MIN * smaller:
                continue
            is_likely = shared >= _SHARED_MIN_ELSEWHERE * smaller
            if is_likely or smaller < _SAMPLE_MIN_ELSEWHERE or self._is_of(other, newspaper):
                found.add(other)
        return found

    def _is_of(self, number: int, newspaper: str) -> bool:
        return self._texts[number].newspaper == newspaper

    def _drop_from_index(self, moment: datetime) -> None:
        """Drop from the indexes what no later article is compared with."""
        while self._indexed and self._texts[self._indexed[0]].at < moment:
            number = self._indexed.popleft()
            self._minhash.remove(number)
            for value in self._samples.pop(number):
                holders = self._holders[value]
                holders.remove(number)
                if not holders:
                    del self._holders[value]

    def _forget_before(self, moment: datetime) -> None:
        """Forget the texts of which every pair is told."""
        while self._texts:
            number, text = next(iter(self._texts.items()))
            if text.at >= moment:
                return
            del self._texts[number]
            for other in self._near.pop(number, ()):
                self._near[other].discard(number)


def _is_reuse(shared: Overlap) -> bool:
    return shared.jaccard >= JACCARD_MIN or shared.containment >= CONTAINMENT_MIN


def pair_of(a: ComparedText, b: ComparedText, shared: Overlap) -> Pair:
    """Return two articles as a pair, with their relation and what the times tell of it."""
    hours = (b.at - a.at).total_seconds() / 3600
    if shared.jaccard < JACCARD_MIN:
        relation = "contains"
    elif a.source and a.source == b.source:
        relation = "common source"
    else:
        relation = "same" if shared.jaccard >= SAME_MIN else "near copy"
    tells = a.is_precise and b.is_precise and abs(hours) > _DIRECTION_MIN_HOURS
    earlier = (a.id if hours > 0 else b.id) if tells and relation != "common source" else ""
    return Pair(
        a=a.id,
        b=b.id,
        jaccard=round(shared.jaccard, 4),
        a_in_b=round(shared.a_in_b, 4),
        b_in_a=round(shared.b_in_a, 4),
        hours=round(hours, 2),
        a_source=a.source,
        b_source=b.source,
        relation=relation,
        earlier=earlier,
    )


def find_pairs(rows: Iterable[Line]) -> Iterator[Pair]:
    """Return the pairs of which one article repeats the other; rows come by publication time."""
    window = Window()
    for row in rows:
        text = text_of(row)
        if text is not None:
            yield from window.add(text)
    yield from window.finish()


def clusters(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Return groups of articles that are copies of each other, each sorted, largest first.

    Only pairs that share most of both texts join: an article that holds two others would make one
    group of two stories.
    """
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for pair in pairs:
        if pair.jaccard >= JACCARD_MIN:
            leader[find(pair.a)] = find(pair.b)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in leader:
        groups[find(name)].append(name)
    found = (tuple(sorted(group)) for group in groups.values() if len(group) > 1)
    return sorted(found, key=lambda group: (-len(group), group))
