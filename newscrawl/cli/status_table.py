"""An archive's status for a terminal, and as JSON. Pure."""

from typing import Any, Final

from newscrawl.cli.text_table import columns_fitting, text_table
from newscrawl.config.program import on_archive
from newscrawl.exit_codes import ExitCode
from newscrawl.items import VIETNAM
from newscrawl.monitoring.paper_status import ArchiveStatus, PaperStatus, short_span
from newscrawl.monitoring.run_history import RunFigures
from newscrawl.text import clean, counted
from newscrawl.timestamps import utc_text

_HEAD: Final = (
    "newspaper", "last run", "exit", "newest", "usual gap", "7 days", "usual week", "lists",
    "waiting", "failed", "disk", "full in",
)  # fmt: skip
_NONE: Final = "–"
_DAYS_TOLD_MAX: Final = 3650


def status_table(status: ArchiveStatus, width: int | None = None) -> str:
    """Return a row a newspaper, the worst first, then what needs a person, notes, the sums.

    Columns that do not fit into the width are left out and named below the table.
    """
    if not status.papers:
        return "\n".join([*status.troubles, no_newspaper(status)])
    rows = [_HEAD, *(_row(paper, status) for paper in status.papers)]
    shown = columns_fitting(rows, width)
    lines = [text_table([row[:shown] for row in rows], right=range(1, shown))]
    if shown < len(_HEAD):
        lines.append(f"(a wider terminal shows more: {', '.join(_HEAD[shown:])})")
    lines.append("")
    for paper in status.papers:
        lines += [f"{paper.newspaper}: {clean(trouble)}" for trouble in paper.troubles]
    lines += [clean(trouble) for trouble in status.troubles]
    for paper in status.papers:
        lines += [f"{paper.newspaper}: {clean(note)}" for note in paper.notes]
    return "\n".join([*lines, sums(status)])


def no_newspaper(status: ArchiveStatus) -> str:
    """Return what to do where an archive holds no newspaper: the folder may be the wrong one."""
    return (
        f"{status.archive} holds no newspaper yet: {on_archive('crawl NAME')} begins one; another"
        " archive is named by -s ARCHIVE=FOLDER, or by the newscrawl.toml of the folder you are in"
    )


def sums(status: ArchiveStatus) -> str:
    """Return the sums of all newspapers in one line."""
    if not status.papers:
        return f"no newspaper · {size_text(status.free_bytes)} free"
    count = sum(paper.needs_person for paper in status.papers)
    need = "needs" if count == 1 else "need"
    days = status.days_until_full
    full = f", full in {days_text(days)}" if days is not None else ""
    return (
        f"{count} of {len(status.papers)} {need} a person ·"
        f" {counted(sum(paper.articles for paper in status.papers), 'article')} ·"
        f" {size_text(status.disk_bytes)} used, {size_text(status.free_bytes)} free{full}"
    )


def _row(paper: PaperStatus, status: ArchiveStatus) -> tuple[str, ...]:
    last = paper.last_run
    return (
        paper.newspaper,
        last_run_text(paper, status),
        exit_text(last) if last is not None else _NONE,
        short_span(status.at - paper.newest) if paper.newest is not None else _NONE,
        short_span(paper.usual_gap) if paper.usual_gap else _NONE,
        str(paper.week),
        str(paper.usual_week) if paper.usual_week is not None else _NONE,
        f"{paper.lists_complete}/{paper.lists}" if paper.lists else _NONE,
        _NONE if paper.waiting is None else str(paper.waiting),
        _NONE if paper.failed is None else str(paper.failed),
        size_text(paper.disk_bytes),
        days_text(paper.days_until_full),
    )


def last_run_text(paper: PaperStatus, status: ArchiveStatus) -> str:
    """Return how long ago the last run ended; a first run may be at work, or never have begun."""
    if paper.last_run is not None:
        return short_span(status.at - paper.last_run.ended_at)
    return "at work" if paper.at_work_since is not None else "never"


def exit_text(run: RunFigures) -> str:
    """Return a run's exit code, or that it was killed: then it has given none."""
    return "killed" if run.is_killed else str(run.exit_code)


def days_text(days: float | None) -> str:
    """Return days as a person reads them; "–" where nothing grows.

    >>> days_text(12.4), days_text(1e6), days_text(None)
    ('12 d', '> 10 years', '–')
    """
    if days is None:
        return _NONE
    return "> 10 years" if days > _DAYS_TOLD_MAX else f"{days:.0f} d"


def size_text(count: int) -> str:
    """Return a number of bytes in the unit that gives it two or three digits.

    >>> size_text(12_300), size_text(2_234_000_000), size_text(0)
    ('12 kB', '2.2 GB', '0 kB')
    """
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if count >= unit:
            return (
                f"{count / unit:.0f} {name}" if count >= 10 * unit else f"{count / unit:.1f} {name}"
            )
    return f"{count / 1e3:.0f} kB"


def status_json(status: ArchiveStatus) -> dict[str, Any]:
    """Return the status as a JSON object; times in UTC, spans in seconds, null = not known."""
    return {
        "at": utc_text(status.at),
        "archive": status.archive,
        "needs_person": status.needs_person,
        "troubles": list(status.troubles),
        "disk_bytes": status.disk_bytes,
        "free_bytes": status.free_bytes,
        "days_until_full": status.days_until_full,
        "papers": [_paper_json(paper) for paper in status.papers],
    }


def _paper_json(paper: PaperStatus) -> dict[str, Any]:
    last = paper.last_run
    run = None
    if last is not None:
        run = {
            "started_at": utc_text(last.started_at),
            "ended_at": utc_text(last.ended_at),
            "exit_code": last.exit_code,
            "meaning": last.said if last.exit_code else ExitCode.OK.meaning,
            "new": last.new,
            "changed": last.changed,
            "gone": last.gone,
        }
    return {
        "newspaper": paper.newspaper,
        "needs_person": paper.needs_person,
        "troubles": list(paper.troubles),
        "notes": list(paper.notes),
        "at_work_since": utc_text(paper.at_work_since) if paper.at_work_since else None,
        "last_run": run,
        "articles": paper.articles,
        "newest_at": paper.newest.astimezone(VIETNAM).isoformat() if paper.newest else None,
        "usual_gap_s": round(paper.usual_gap.total_seconds()),
        "articles_7_days": paper.week,
        "articles_7_days_usual": paper.usual_week,
        "lists": paper.lists,
        "lists_complete": paper.lists_complete,
        "links_waiting": paper.waiting,
        "links_failed": paper.failed,
        "disk_bytes": paper.disk_bytes,
        "days_until_full": paper.days_until_full,
        "articles_by_day": list(paper.days),
    }
