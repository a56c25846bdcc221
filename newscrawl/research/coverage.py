"""What an archive has and lacks: articles a day, gaps with their likely cause, lists, failed links.

Everything is taken from the published files: articles by day, and what each run recorded. A *gap*
is a stretch of days on which a paper that usually prints articles has none.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

from newscrawl.exit_codes import ExitCode, meaning_of
from newscrawl.items import VIETNAM, Line
from newscrawl.research.archive_view import ArchiveView, NewspaperFiles, RowFilter
from newscrawl.text import counted

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


class LinkWithoutArticle(NamedTuple):
    """A link that led to no article."""

    url: str
    state: str
    """given_up, failed (asked again) or refused (no article)"""
    reason: str


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
    section_days: Mapping[str, Mapping[str, int]]
    """Section → articles by day, for the sections named in `sections`; "…" has none"""
    gaps: tuple[Gap, ...]
    lists: tuple[ListState, ...]
    links: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """State → reason → links that led to no article"""
    link_list: tuple[LinkWithoutArticle, ...] = ()
    """The links themselves, as many as the run published"""
    links_left_out: int = 0
    arguments: Mapping[str, Any] = field(default_factory=dict)
    """What the last run was limited to: since, until, section, limit; empty = nothing"""
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
            parts.append(f"complete for {len(whole)} of {counted(len(self.lists), 'list')}{since}")
            cut = [one for one in self.lists if not one.is_whole]
            if reached := sorted(filter(None, (one.reached for one in cut))):
                parts.append(f"{counted(len(cut), 'list')} read back to {reached[-1]} or further")
            elif cut:
                parts.append(f"{counted(len(cut), 'list')} not read to a known day")
        else:
            parts.append("no run tells how far its lists were read")
        parts += [
            f"{counted(sum(reasons.values()), 'link')} {said}"
            for state, said in (("given_up", "given up"), ("failed", "failed and asked again"))
            if (reasons := self.links.get(state))
        ]
        if self.gaps:
            parts.append(
                f"{counted(len(self.gaps), 'gap')},"
                f" {counted(sum(gap.days for gap in self.gaps), 'day')} in all"
            )
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
    return [
        asdict(paper)
        | {
            "sentence": paper.sentence,
            "months": monthly(paper.days),
            "link_list": [link._asdict() for link in paper.link_list],
        }
        for paper in found
    ]


def _paper(paper: NewspaperFiles, wanted: RowFilter) -> PaperCoverage:
    found = _Counted.of(paper.rows(wanted))
    days, sections = found.days, _largest(found.sections)
    runs = list(paper.runs())
    newest: Line = runs[-1] if runs else {}
    told = paper.coverage() or newest
    return PaperCoverage(
        newspaper=paper.name,
        articles=found.articles,
        undated=found.articles - days.total(),
        gone=found.gone,
        first=min(days, default=""),
        last=max(days, default=""),
        days=dict(sorted(days.items())),
        sections=sections,
        section_days={
            name: dict(sorted(found.section_days[name].items()))
            for name in sections
            if name in found.section_days
        },
        gaps=tuple(find_gaps(days, runs)),
        lists=tuple(_lists(told)),
        links=told.get("reasons", {}) or _states(newest),
        link_list=tuple(
            LinkWithoutArticle(one["url"], one["state"], one["reason"])
            for one in told.get("links", ())
        ),
        links_left_out=told.get("links_left_out", 0),
        arguments=told.get("arguments", {}),
        runs=len(runs),
        last_run=newest.get("ended_at", ""),
        last_exit_code=newest.get("exit_code"),
        warnings=tuple(_warnings(runs)),
    )


@dataclass(slots=True)
class _Counted:
    """What is counted of a newspaper's rows in one pass."""

    articles: int = 0
    gone: int = 0
    days: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    section_days: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Line]) -> "_Counted":
        found = cls()
        for row in rows:
            section = row["section_path"][0] if row["section_path"] else row["section"]
            found.articles += 1
            found.gone += row["status"] == "gone"
            found.sections[section] += 1
            if row["published_date"]:
                found.days[row["published_date"]] += 1
                found.section_days.setdefault(section, Counter())[row["published_date"]] += 1
        return found


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
    reach = _USUAL_WINDOW_DAYS - 1
    first = max(before.toordinal() - reach, date.fromisoformat(min(days)).toordinal())
    last = min(after.toordinal() + reach, date.fromisoformat(max(days)).toordinal())
    sides = [(date.fromordinal(first), before), (after, date.fromordinal(last))]
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
    near = [run for run in runs if first <= _day_of(run) and (_day_of(run) - last).days <= 30]
    if not near:
        if _day_of(runs[0]) > last:
            return "before the first run: the lists may not have reached back to it"
        return "no run from its first day to a month after its last"
    bad = [code for run in near if (code := run["exit_code"]) not in (0, ExitCode.BOUND_REACHED)]
    if len(bad) * 2 > len(near):
        code = Counter(bad).most_common(1)[0][0]
        return f"{len(bad)} of {counted(len(near), 'run')} failed: {meaning_of(code, 'killed')}"
    if unread := sum(run.get("counts", {}).get("list/unread", 0) for run in near):
        return f"{unread} list pages could not be read"
    return "the runs found nothing to report: the paper may have printed nothing"


def _day_of(run: Line) -> date:
    return datetime.fromisoformat(run["started_at"]).astimezone(VIETNAM).date()


def monthly(days: Mapping[str, int]) -> dict[str, int]:
    """Return articles by month, YYYY-MM, the first to the last of each year that has an article."""
    counts: Counter[str] = Counter()
    for day, count in days.items():
        counts[day[:7]] += count
    first, last = min(counts, default=""), max(counts, default="")
    years = sorted({name[:4] for name in counts})
    names = (f"{year}-{month:02}" for year in years for month in range(1, 13))
    return {name: counts[name] for name in names if first <= name <= last}
