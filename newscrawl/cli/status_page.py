"""An archive's status as one self-contained HTML page, readable on a phone. Pure.

It asks no other file and runs no script. The pictures are SVG drawn here: a bar a day for the
articles, a bar a run for the run's end. Heights and words tell what colours tell, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Final

from newscrawl.cli.status_table import days_text, exit_text, no_newspaper, size_text, sums
from newscrawl.items import VIETNAM
from newscrawl.monitoring.paper_status import ArchiveStatus, PaperStatus, moment_text, short_span
from newscrawl.monitoring.run_history import STOPPED, WELL, RunFigures
from newscrawl.text import counted

_BAR_PX: Final = 4
_HEIGHT_PX: Final = 32
_STRIP_RUNS_MAX: Final = 30
_HISTORY_RUNS_MAX: Final = 20
_STYLE: Final = """
:root{color-scheme:light}*{box-sizing:border-box}
body{font:15px/1.45 system-ui,sans-serif;max-width:78rem;margin:0 auto;padding:1rem;color:#1b1b1b;
background:#fff;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .3rem}
.said{color:#444;margin:.2rem 0}table{border-collapse:collapse;width:100%}
th{font-weight:600;font-size:.8rem;color:#555}
td,th{border-bottom:1px solid #ddd;padding:.45rem .6rem .45rem 0;text-align:left;vertical-align:top}
td b,.mark,small{white-space:nowrap}small{color:#555;display:block}svg{display:block}
.mark{font-size:.8rem;border-radius:.3rem;padding:.05rem .4rem;display:inline-block}
.person{background:#b3261e;color:#fff}.well{background:#e3efe6;color:#14532d}
.trouble{color:#8c1d18;margin:.15rem 0}ul.trouble{padding-left:1.1rem}
details{margin:.3rem 0}summary{cursor:pointer;padding:.35rem 0}
.runs td,.runs th{padding:.2rem .6rem .2rem 0;font-size:.85rem}
@media (max-width:48rem){
.papers thead{display:none}.papers tr{display:grid;grid-template-columns:1fr 1fr;gap:.3rem .8rem;
border:1px solid #ccc;border-radius:.5rem;padding:.6rem;margin:.7rem 0}
.papers td{border:0;padding:0}.papers td.wide{grid-column:1/-1}
.papers td[data-name]::before{content:attr(data-name);font-size:.75rem;color:#555;display:block}
.papers svg{width:100%}.runs{display:block;overflow-x:auto}}
@media print{details>*{display:block}}
"""
_HEAD: Final = (
    "newspaper", "last run", "newest article", "articles, 60 days", "lists", "links",
    "disk", "last 30 runs",
)  # fmt: skip


def status_page(status: ArchiveStatus, titles: Mapping[str, str] | None = None) -> str:
    """Return the page of an archive's status.

    Args:
        status: How the newspapers are.
        titles: What the newspapers call themselves, each by its name, where it is known.
    """
    mark = _mark(is_needed=status.needs_person)
    troubles = "".join(f"<li>{escape(trouble)}</li>" for trouble in status.troubles)
    listed = f'<ul class="trouble">{troubles}</ul>' if troubles else ""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">"
        f"<title>{counted(len(status.papers), 'newspaper')}</title>"
        f"<style>{_STYLE}</style></head><body>"
        f"<h1>Newspapers {mark}</h1>"
        f'<p class="said">{escape(status.archive)}, looked at {moment_text(status.at)}.'
        f" {escape(sums(status))}. Of the last 30 runs each is a bar: a low one went well, one of"
        " half the height was stopped, one of the whole height failed or was killed.</p>"
        f"{listed}{_papers(status, titles or {})}</body></html>\n"
    )


def _mark(*, is_needed: bool) -> str:
    kind, said = ("person", "a person is needed") if is_needed else ("well", "all is well")
    return f'<span class="mark {kind}">{said}</span>'


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%Y-%m-%d %H:%M}"


def _papers(status: ArchiveStatus, titles: Mapping[str, str]) -> str:
    if not status.papers:
        return f"<p>{escape(no_newspaper(status))}</p>"
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    rows = "".join(f"<tr>{_row_of(paper, status, titles)}</tr>" for paper in status.papers)
    histories = "".join(map(_history, status.papers))
    return (
        f'<table class="papers"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f"<h2>Runs</h2>{histories}"
    )


def _row_of(paper: PaperStatus, status: ArchiveStatus, titles: Mapping[str, str]) -> str:
    return "".join(_cells(paper, status.at, titles.get(paper.newspaper)))


def _cells(paper: PaperStatus, now: datetime, title: str | None) -> Iterator[str]:
    troubles = "".join(f'<p class="trouble">{escape(text)}</p>' for text in paper.troubles)
    notes = "".join(f'<p class="said">{escape(text)}</p>' for text in paper.notes)
    mark = _mark(is_needed=True) if paper.needs_person else ""
    name = escape(paper.newspaper)
    named = f"<b>{escape(title)}</b> {name}" if title else f"<b>{name}</b>"
    yield _cell("", f"{named} {mark}{troubles}{notes}", is_wide=True)
    yield _cell("last run", _last_run(paper, now))
    newest = f"{short_span(now - paper.newest)} ago" if paper.newest else "none"
    usual = f"<small>usually {short_span(paper.usual_gap)}</small>" if paper.usual_gap else ""
    yield _cell("newest article", f"<b>{newest}</b>{usual}")
    weeks = f"{paper.week:,} in 7 days"
    usual_week = f", usually {paper.usual_week:,}" if paper.usual_week is not None else ""
    yield _cell("articles, 60 days", f"{sparkline(paper.days)}<small>{weeks}{usual_week}</small>",
                is_wide=True)  # fmt: skip
    lists = f"<b>{paper.lists_complete} of {paper.lists}</b><small>complete</small>"
    yield _cell("lists", lists if paper.lists else "–")
    yield _cell("links", _links(paper))
    days = paper.days_until_full
    full = f"<small>full in {escape(days_text(days))}</small>" if days is not None else ""
    yield _cell("disk", f"<b>{size_text(paper.disk_bytes)}</b>{full}")
    yield _cell("last 30 runs", run_strip(paper.runs), is_wide=True)


def _cell(name: str, content: str, *, is_wide: bool = False) -> str:
    named = f' data-name="{escape(name)}"' if name else ""
    wide = ' class="wide"' if is_wide else ""
    return f"<td{wide}{named}>{content}</td>"


def _links(paper: PaperStatus) -> str:
    if paper.waiting is None:
        return "–"
    return f"<b>{paper.waiting:,} waiting</b><small>{paper.failed or 0:,} failed</small>"


def _last_run(paper: PaperStatus, now: datetime) -> str:
    last = paper.last_run
    if last is None:
        return f"<b>{'at work' if paper.at_work_since else 'never'}</b>"
    return f"<b>{short_span(now - last.ended_at)} ago</b><small>{_exit(last)}</small>"


def _exit(run: RunFigures) -> str:
    return "killed" if run.is_killed else f"exit {run.exit_code}"


def sparkline(days: Sequence[int]) -> str:
    """Return the articles a day as SVG bars, the oldest day first; "" for no days."""
    if not days:
        return ""
    most = max(*days, 1)
    bars = "".join(
        f"M{n * _BAR_PX} {_HEIGHT_PX}v-{count / most * _HEIGHT_PX:.1f}h{_BAR_PX - 1}V{_HEIGHT_PX}z"
        for n, count in enumerate(days)
        if count
    )
    width = len(days) * _BAR_PX
    said = (
        f"{counted(sum(days), 'article')} in {counted(len(days), 'day')}, at most {max(days)} a day"
    )
    return (
        f'<svg viewBox="0 0 {width} {_HEIGHT_PX + 1}" width="{width}" height="{_HEIGHT_PX + 1}"'
        f' preserveAspectRatio="none" role="img" aria-label="{said}"><title>{said}</title>'
        f'<path d="M0 {_HEIGHT_PX + 0.5}h{width}" stroke="#999"/>'
        f'<path d="{bars}" fill="#2f6690"/></svg>'
    )


def run_strip(runs: Sequence[RunFigures]) -> str:
    """Return the last runs as SVG, a bar a run: the higher, the graver; "–" for no run."""
    if not runs:
        return "–"
    shown = runs[-_STRIP_RUNS_MAX:]
    bars = "".join(_run_bar(n, run) for n, run in enumerate(shown))
    width, bad = _STRIP_RUNS_MAX * _BAR_PX * 1.5, sum(_height(run) == _HEIGHT_PX for run in shown)
    last = counted(len(shown), "run")
    said = f"{bad} of the last {last} failed or were killed"
    return (
        f'<svg viewBox="0 0 {width:.0f} {_HEIGHT_PX}" width="{width:.0f}" height="{_HEIGHT_PX}"'
        f' preserveAspectRatio="none" role="img" aria-label="{said}">{bars}</svg>'
    )


def _height(run: RunFigures) -> int:
    """Return the bar's height: low for a run that went well, half for one that was stopped."""
    if run.exit_code in WELL:
        return _HEIGHT_PX // 4
    return _HEIGHT_PX // 2 if run.exit_code in STOPPED else _HEIGHT_PX


def _run_bar(number: int, run: RunFigures) -> str:
    height, step = _height(run), _BAR_PX * 1.5
    colour = {_HEIGHT_PX: "#b3261e", _HEIGHT_PX // 2: "#8a6d1d"}.get(height, "#3a7d4c")
    said = escape(f"{_moment(run.started_at)}: {_exit(run)}, {run.new} new")
    return (
        f'<rect x="{number * step:.0f}" y="{_HEIGHT_PX - height}" width="{step - 1:.0f}"'
        f' height="{height}" fill="{colour}"><title>{said}</title></rect>'
    )


def _history(paper: PaperStatus) -> str:
    """Return the newspaper's last runs as a table that opens, the newest first."""
    name = escape(paper.newspaper)
    if not paper.runs:
        return f"<details><summary>{name}: none</summary></details>"
    head = "".join(f"<th>{cell}</th>" for cell in
                   ("began", "took", "new", "changed", "gone", "requests", "exit"))  # fmt: skip
    rows = "".join(_run_row(run) for run in reversed(paper.runs[-_HISTORY_RUNS_MAX:]))
    return (
        f"<details><summary>{name}: {counted(len(paper.runs), 'run')}</summary>"
        f'<table class="runs"><tr>{head}</tr>{rows}</table></details>'
    )


def _run_row(run: RunFigures) -> str:
    cells: Iterable[object] = (
        _moment(run.started_at),
        short_span(run.ended_at - run.started_at),
        run.new,
        run.changed,
        run.gone,
        run.requests,
        f"{run.exit_code}: {run.said}" if run.exit_code and not run.is_killed else exit_text(run),
    )
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"
