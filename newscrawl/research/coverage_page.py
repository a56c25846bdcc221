"""The coverage of an archive as one self-contained HTML page: a sentence, a calendar, tables.

The calendar is SVG drawn here: a square a day, a row a weekday, a column a week, a band a year.
Shades are told apart in print, too: days without an article in a gap are crossed out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from html import escape
from typing import Final

from newscrawl.research.coverage import Gap, PaperCoverage, monthly

_CELL_PX: Final = 11
_LEFT_PX: Final = 44
_SHADES: Final = ("#ffffff", "#d9e2ec", "#9fb3c8", "#627d98", "#243b53")
_SHADE_SHARES: Final = (0.25, 0.5, 0.75)  # quantiles: one day of hundreds washes no other out
_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem;color:#111;
background:#fff;overflow-wrap:anywhere}
svg{max-width:100%;height:auto;display:block;margin:.3rem 0}svg text{font:9px sans-serif;fill:#333}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-size:.9rem}
td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right}.said{font-size:1.1rem}details{margin:.5rem 0}
@media print{details>*{display:block}}
"""


def page(found: Iterable[PaperCoverage]) -> str:
    """Return the page; it asks no other file and runs no script."""
    papers = list(found)
    body = "\n".join(part for paper in papers for part in _paper(paper))
    said = "".join(f'<p class="said">{escape(paper.sentence)}</p>' for paper in papers)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">"
        f"<title>Coverage</title><style>{_STYLE}</style></head><body><h1>Coverage</h1>{said}"
        f"<p>A square is a day; the darker, the more articles. A crossed square lies in a gap: days"
        f" without an article where some are usual.</p>{body}</body></html>\n"
    )


def _paper(paper: PaperCoverage) -> Iterator[str]:
    yield f"<h2>{escape(paper.newspaper)}</h2>"
    yield (
        f"<p>{paper.articles} articles, {paper.undated} undated, {paper.gone} removed by the paper;"
        f" {paper.runs} runs, the last ended {escape(paper.last_run) or 'at an unknown time'}"
        f" with exit code {paper.last_exit_code}.</p>"
    )
    for warning in paper.warnings:
        yield f"<p><strong>Note:</strong> {escape(warning)}.</p>"
    yield calendar(paper)
    gaps = [(g.first, g.last, g.days, g.expected, g.cause) for g in paper.gaps]
    yield _table("Gaps", ("first day", "last day", "days", "usually", "likely cause"), gaps)
    lists = [
        (one.name, one.reached, one.known_since, "yes" if one.is_whole else "no")
        for one in paper.lists
    ]
    yield _table("Lists", ("list", "read back to", "whole when last read", "whole"), lists)
    links = [
        (state, reason, count)
        for state, reasons in sorted(paper.links.items())
        for reason, count in sorted(reasons.items(), key=lambda pair: -pair[1])
    ]
    yield _table("Links without an article", ("state", "reason", "links"), links)
    yield _table("Months", ("month", "articles"), list(monthly(paper.days).items()))
    yield _table("Sections", ("section", "articles"), list(paper.sections.items()))


def _table(title: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = ["<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows]
    if not lines:
        return f"<h3>{title}</h3><p>None.</p>"
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return f"<h3>{title}</h3><table><tr>{head}</tr>{''.join(lines)}</table>"


def _cell(value: object) -> str:
    kind = ' class="n"' if isinstance(value, int | float) else ""
    return f"<td{kind}>{escape(str(value))}</td>"


def calendar(paper: PaperCoverage) -> str:
    """Return the calendar of a paper's articles as SVG, a band a year; "" where none is dated."""
    if not paper.days:
        return ""
    first, last = date.fromisoformat(paper.first), date.fromisoformat(paper.last)
    limits = _limits(paper.days)
    missing = frozenset(_days_of(paper.gaps))
    return "".join(
        _year(year, first, last, paper.days, limits, missing)
        for year in range(first.year, last.year + 1)
    )


def _limits(days: Mapping[str, int]) -> tuple[int, ...]:
    counts = sorted(days.values())
    return tuple(counts[int(share * (len(counts) - 1))] for share in _SHADE_SHARES)


def _days_of(gaps: Iterable[Gap]) -> Iterator[str]:
    for gap in gaps:
        first = date.fromisoformat(gap.first)
        for n in range(gap.days):
            yield (first + timedelta(days=n)).isoformat()


def _year(
    year: int,
    first: date,
    last: date,
    days: Mapping[str, int],
    limits: tuple[int, ...],
    missing: frozenset[str],
) -> str:
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    start = date(year, 1, 1)
    cells = _cells(start, begin, end, days, limits, missing)
    names = "".join(
        f'<text x="{_LEFT_PX - 4}" y="{(n + 1) * _CELL_PX + 8}" text-anchor="end">{name}</text>'
        for n, name in enumerate(_WEEKDAYS)
        if name
    )
    total = sum(count for day, count in days.items() if day.startswith(f"{year}-"))
    width, height = _LEFT_PX + 54 * _CELL_PX, 8 * _CELL_PX + 6
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img"'
        f' aria-label="{year}: {total} articles"><text x="0" y="9" font-weight="bold">{year}</text>'
        f'<text x="{_LEFT_PX}" y="9">{total} articles</text>{names}{cells}</svg>'
    )


def _cells(
    start: date,
    begin: date,
    end: date,
    days: Mapping[str, int],
    limits: tuple[int, ...],
    missing: frozenset[str],
) -> str:
    """Return the squares of a year: one path a shade, so that three years take 70 kB."""
    size = _CELL_PX - 1
    squares = [""] * len(_SHADES)
    crosses = ""
    for n in range((end - begin).days + 1):
        day = begin + timedelta(days=n)
        week = ((day - start).days + start.weekday()) // 7
        x, y = _LEFT_PX + week * _CELL_PX, (day.weekday() + 1) * _CELL_PX
        count = days.get(day.isoformat(), 0)
        shade = 0 if not count else 1 + sum(count > limit for limit in limits)
        squares[shade] += f"M{x} {y}h{size}v{size}h-{size}z"
        if day.isoformat() in missing:
            crosses += f"M{x} {y}l{size} {size}m0-{size}l-{size} {size}"
    paths = [
        f'<path d="{found}" fill="{shade}" stroke="#aaa"/>'
        for found, shade in zip(squares, _SHADES, strict=True)
        if found
    ]
    return "".join([*paths, f'<path d="{crosses}" stroke="#a00"/>' if crosses else ""])
