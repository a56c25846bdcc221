"""What an archive has and lacks: articles a day, gaps with their likely cause, lists, failed links.

Everything is taken from the published files: articles by day, and what each run recorded. A *gap*
is a stretch of days on which a paper that usually prints articles has none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from newscrawl.exit_codes import ExitCode, meaning_of
from newscrawl.items import VIETNAM, Line
from newscrawl.research.archive_view import ArchiveView, NewspaperFiles, RowFilter

_USUAL_WINDOW_DAYS: Final = 56  # eight weeks on either side tell how many days have articles
_GAP_MIN_EXPECTED: Final = 4.0  # articles that the stretch would usually hold
_SECTIONS_MAX: Final = 12
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days without an article where some are usual."""

    first: str
    last: str
    days: int
    expected: float
    """Articles that such a stretch usually holds, by the weeks around it"""
    cause: str
    """The likely cause, in words"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """How far a list has been read."""

    name: str
    reached: str
    """First day from which on the list is read, YYYY-MM-DD; "" = not dated, or not read"""
    known_since: str
    """When the whole list was last known, UTC; "" = it never was"""
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCoverage:
    """What the archive has and lacks of one newspaper."""

    newspaper: str
    articles: int
    undated: int
    gone: int
    first: str
    """Day of its oldest article, YYYY-MM-DD; "" = none is dated"""
    last: str
    days: Mapping[str, int]
    """Articles by day, days without one left out"""
    sections: Mapping[str, int]
    """Articles by outermost section, the largest first, the rest under "…" """
    gaps: tuple[Gap, ...]
    lists: tuple[ListState, ...]
    links: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """State → reason → links that led to no article"""
    runs: int = 0
    last_run: str = ""
    last_exit_code: int | None = None
    warnings: tuple[str, ...] = ()
    """What makes the figures themselves uncertain"""

    @property
    def sentence(self) -> str:
        """One sentence for a person."""
        whole = [one for one in self.lists if one.is_whole]
        parts = []
        if self.lists:
            since = f" since {self.first}" if self.first else ""
            parts.append(f"complete for {len(whole)} of {len(self.lists)} lists{since}")
            cut = [one for one in self.lists if not one.is_whole]
            if reached := sorted(filter(None, (one.reached for one in cut))):
                parts.append(f"{len(cut)} lists read back to {reached[-1]} or further")
            elif cut:
                parts.append(f"{len(cut)} lists not read to a known day")
        else:
            parts.append("no run tells how far its lists were read")
        parts += [
            f"{sum(reasons.values())} links {said}"
            for state, said in (("given_up", "given up"), ("failed", "failed and asked again"))
            if (reasons := self.links.get(state))
        ]
        if self.gaps:
            parts.append(f"{len(self.gaps)} gaps, {sum(gap.days for gap in self.gaps)} days in all")
        return f"{self.newspaper}: {'; '.join(parts)}."


def coverage(view: ArchiveView, wanted: RowFilter) -> tuple[PaperCoverage, ...]:
    """Return the coverage of each wanted newspaper, by name.

    Raises:
        ArgumentError: a newspaper that the archive does not have.
        ArchiveError: a row or a record that is not a whole JSON object.
    """
    return tuple(_paper(paper, wanted) for paper in view.chosen(wanted))


def as_json(found: Iterable[PaperCoverage]) -> list[dict[str, Any]]:
    """Return the figures behind the page, one object a newspaper."""
    return [asdict(paper) | {"sentence": paper.sentence} for paper in found]


def _paper(paper: NewspaperFiles, wanted: RowFilter) -> PaperCoverage:
    days: Counter[str] = Counter()
    sections: Counter[str] = Counter()
    articles = undated = gone = 0
    for row in paper.rows(wanted):
        articles += 1
        gone += row["status"] == "gone"
        sections[row["section_path"][0] if row["section_path"] else row["section"]] += 1
        if row["published_date"]:
            days[row["published_date"]] += 1
        else:
            undated += 1
    runs = list(paper.runs())
    newest: Line = runs[-1] if runs else {}
    return PaperCoverage(
        newspaper=paper.name,
        articles=articles,
        undated=undated,
        gone=gone,
        first=min(days, default=""),
        last=max(days, default=""),
        days=dict(sorted(days.items())),
        sections=_largest(sections),
        gaps=tuple(find_gaps(days, runs)),
        lists=tuple(_lists(newest)),
        links=newest.get("reasons", {}) or _states(newest),
        runs=len(runs),
        last_run=newest.get("ended_at", ""),
        last_exit_code=newest.get("exit_code"),
        warnings=tuple(_warnings(runs)),
    )


def _largest(sections: Counter[str]) -> dict[str, int]:
    found = dict(sections.most_common(_SECTIONS_MAX))
    rest = sections.total() - sum(found.values())
    return found | ({"…": rest} if rest else {})


def _lists(run: Line) -> Iterator[ListState]:
    for one in run.get("listings", ()):
        yield ListState(
            name=one["source"],
            reached=one["reached"],
            known_since=one["known_at"],
            is_whole=bool(one["known_at"]) and not one["is_open"],
        )


def _states(run: Line) -> dict[str, dict[str, int]]:
    states = run.get("states", {})
    kept = ("failed", "given_up", "refused")
    return {name: {"": states[name]} for name in kept if states.get(name)}


def _warnings(runs: Sequence[Line]) -> Iterator[str]:
    if not runs:
        yield "no run is recorded: nothing tells what was not found"
    elif not any("listings" in run for run in runs):
        yield "no run recorded how far the lists were read"
    cut = [run for run in runs if run.get("arguments")]
    if cut and len(cut) == len(runs):
        yield "every run was limited by arguments (since=, section=, limit=)"


# Gaps --------------------------------------------------------------------------------------------


def find_gaps(days: Mapping[str, int], runs: Sequence[Line]) -> Iterator[Gap]:
    """Return the stretches without an article that usually hold some, oldest first.

    What is usual is the mean of the eight weeks before and behind. A stretch counts from
    `_GAP_MIN_EXPECTED` missing articles on, so that a paper of one article a week has no gap of a
    week.

    >>> days = {f"2026-03-{n:02}": 2 for n in range(1, 31) if n not in (10, 11, 12)}
    >>> [(gap.first, gap.last, gap.expected) for gap in find_gaps(days, ())]
    [('2026-03-10', '2026-03-12', 6.0)]
    """
    printed = sorted(map(date.fromisoformat, days))
    for before, after in pairwise(printed):
        missing = (after - before).days - 1
        if missing < 1:
            continue
        usual = _usual(days, before, after)
        if usual * missing >= _GAP_MIN_EXPECTED:
            first, last = before + _DAY, after - _DAY
            yield Gap(
                first=first.isoformat(),
                last=last.isoformat(),
                days=missing,
                expected=round(usual * missing, 1),
                cause=likely_cause(first, last, runs),
            )


def _usual(days: Mapping[str, int], before: date, after: date) -> float:
    """Return the mean number of articles a day around a stretch, the stretch left out."""
    first = max(before - (_USUAL_WINDOW_DAYS - 1) * _DAY, date.fromisoformat(min(days)))
    last = min(after + (_USUAL_WINDOW_DAYS - 1) * _DAY, date.fromisoformat(max(days)))
    sides = [(first, before), (after, last)]
    found = sum(days.get((a + n * _DAY).isoformat(), 0) for a, b in sides for n in _span(a, b))
    return found / max(1, sum(len(_span(a, b)) for a, b in sides))


def _span(first: date, last: date) -> range:
    return range((last - first).days + 1)


def likely_cause(first: date, last: date, runs: Sequence[Line]) -> str:
    """Return why a stretch may hold no article, by the runs that could have found its articles.

    Those are the runs from its first day to a month after its last.
    """
    if not runs:
        return "no run is recorded"
    near = [run for run in runs if first <= _day_of(run) <= last + 30 * _DAY]
    if not near:
        if _day_of(runs[0]) > last:
            return "before the first run: the lists may not have reached back to it"
        return "no run from its first day to a month after its last"
    bad = [code for run in near if (code := run["exit_code"]) not in (0, ExitCode.BOUND_REACHED)]
    if len(bad) * 2 > len(near):
        code = Counter(bad).most_common(1)[0][0]
        return f"{len(bad)} of {len(near)} runs failed: {meaning_of(code, 'killed')}"
    if unread := sum(run.get("counts", {}).get("list/unread", 0) for run in near):
        return f"{unread} list pages could not be read"
    return "the runs found nothing to report: the paper may have printed nothing"


def _day_of(run: Line) -> date:
    return datetime.fromisoformat(run["started_at"]).astimezone(VIETNAM).date()


def monthly(days: Mapping[str, int]) -> dict[str, int]:
    """Return articles by month, YYYY-MM, from the first to the last without a hole."""
    counts: defaultdict[str, int] = defaultdict(int)
    for day, count in days.items():
        counts[day[:7]] += count
    if not counts:
        return {}
    year, month = map(int, min(counts).split("-"))
    found = {}
    while (name := f"{year:04}-{month:02}") <= max(counts):
        found[name] = counts[name]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
