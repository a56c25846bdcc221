"""The coverage of an archive as one self-contained HTML page: a sentence, calendars, tables.

The calendars are SVG drawn here: a square a day, a row a weekday, a column a week; for a paper a
band a year, for each of its sections one strip. Shades are told apart in print, too: days without
an article in a gap are crossed out. Where the sections' days would make the page larger than
`PAGE_MAX_BYTES`, their strips have a square a week, a month, or are left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final, NamedTuple

from newscrawl.research.coverage import Gap, PaperCoverage, monthly
from newscrawl.text import counted

PAGE_MAX_BYTES: Final = 500_000
_CELL_PX: Final = 11
_LEFT_PX: Final = 44
_SHADES: Final = ("#f2f2f2", "#bccad8", "#8fa3b8", "#5a7184", "#1f3347")
_SHADE_SHARES: Final = (0.25, 0.5, 0.75)  # quantiles: one day of hundreds washes no other out
_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_YEARS_MAX: Final = 30  # the newest that hold an article
_ROWS_MAX: Final = 200  # of a table; --json has all
_STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem;color:#111;
background:#fff;overflow-wrap:anywhere}
svg{max-width:100%;fill:none;height:auto;display:block;margin:.3rem 0}
svg text{font:9px sans-serif;fill:#333}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-size:.9rem}
td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}
.strips p{margin:.4rem 0 0;font-size:.85rem}
td.n{text-align:right}.said{font-size:1.1rem}details{margin:.5rem 0}
@media print{details>*{display:block}}
"""


def page(found: Iterable[PaperCoverage]) -> str:
    """Return the page; it asks no other file and runs no script."""
    papers = list(found)
    for grain in _GRAINS:
        text = _page(papers, grain)
        if len(text.encode()) <= PAGE_MAX_BYTES:
            break
    return text


def _page(papers: Sequence[PaperCoverage], grain: "_Grain | None") -> str:
    body = "\n".join(part for paper in papers for part in _paper(paper, grain))
    said = "".join(f'<p class="said">{escape(paper.sentence)}</p>' for paper in papers)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">"
        f"<title>Coverage</title><style>{_STYLE}</style></head><body><h1>Coverage</h1>{said}"
        f"<p>A square is a day; the darker, the more articles. A crossed square lies in a gap: days"
        f" without an article where some are usual. `newscrawl coverage --json` prints every figure"
        f" of this page.</p>{body}</body></html>\n"
    )


def _paper(paper: PaperCoverage, grain: "_Grain | None") -> Iterator[str]:
    yield f"<h2>{escape(paper.newspaper)}</h2>"
    limited = ", ".join(f"{name}={value}" for name, value in sorted(paper.arguments.items()))
    yield (
        f"<p>{counted(paper.articles, 'article')}, {paper.undated} undated,"
        f" {paper.gone} removed by the paper; {counted(paper.runs, 'run')},"
        f" the last ended {escape(paper.last_run) or 'at an unknown time'}"
        f" with exit code {paper.last_exit_code}"
        f"{escape(f', limited to {limited}') if limited else ''}.</p>"
    )
    for warning in paper.warnings:
        yield f"<p><strong>Note:</strong> {escape(warning)}.</p>"
    yield calendar(paper)
    yield _section_strips(paper, grain)
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
    given_up = [(link.url, link.reason) for link in paper.link_list if link.state == "given_up"]
    if given_up:
        yield _table("Links given up", ("link", "reason"), given_up)
    yield _table("Months", ("month", "articles"), list(monthly(paper.days).items())[-_ROWS_MAX:])
    yield _table("Sections", ("section", "articles"), list(paper.sections.items()))


def _table(title: str, heads: Iterable[str], rows: Sequence[Iterable[object]]) -> str:
    lines = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows[:_ROWS_MAX]]
    if not lines:
        return f"<h3>{title}</h3><p>None.</p>"
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    more = f"<p>… and {len(rows) - _ROWS_MAX} more.</p>" if len(rows) > _ROWS_MAX else ""
    return f"<h3>{title}</h3><table><tr>{head}</tr>{''.join(lines)}</table>{more}"


def _cell(value: object) -> str:
    kind = ' class="n"' if isinstance(value, int | float) else ""
    return f"<td{kind}>{escape(str(value))}</td>"


# Calendars ---------------------------------------------------------------------------------------


def calendar(paper: PaperCoverage) -> str:
    """Return the calendar of a paper's articles as SVG, a band a year; "" where none is dated."""
    limits = _limits(paper.days.values())
    years = sorted({day[:4] for day in paper.days})[-_YEARS_MAX:]
    return "".join(_year(int(year), paper, limits) for year in years)


def _limits(counts: Iterable[int]) -> tuple[int, ...]:
    found = sorted(counts)
    return tuple(found[int(share * (len(found) - 1))] for share in _SHADE_SHARES) if found else ()


def _shade(count: int, limits: tuple[int, ...]) -> int:
    return 1 + sum(count > limit for limit in limits) if count else 0


def _year(year: int, paper: PaperCoverage, limits: tuple[int, ...]) -> str:
    begin = max(date.fromisoformat(paper.first), date(year, 1, 1))
    end = min(date.fromisoformat(paper.last), date(year, 12, 31))
    shift = date(year, 1, 1).weekday()
    cells, total = {}, 0
    for ordinal in range(begin.toordinal(), end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        count = paper.days.get(day.isoformat(), 0)
        week = (day.timetuple().tm_yday - 1 + shift) // 7
        cells[week, day.weekday()] = _shade(count, limits)
        total += count
    names = "".join(
        f'<text x="{_LEFT_PX - 4}" y="{(n + 1) * _CELL_PX + 8}" text-anchor="end">{name}</text>'
        for n, name in enumerate(_WEEKDAYS)
        if name
    )
    crosses = "".join(
        f"M{_LEFT_PX + week * _CELL_PX} {(row + 1) * _CELL_PX}l10 10m0-10l-10 10"
        for week, row in _missing(year, begin, end, shift, paper.gaps)
    )
    crossed = f'<path d="{crosses}" stroke="#a00"/>' if crosses else ""
    told = counted(total, "article")
    width, height = _LEFT_PX + 54 * _CELL_PX, 8 * _CELL_PX + 6
    place = f'<g transform="translate({_LEFT_PX} {_CELL_PX})">'
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img"'
        f' aria-label="{year}: {told}"><text x="0" y="9" font-weight="bold">{year}</text>'
        f'<text x="{_LEFT_PX}" y="9">{told}</text>{names}'
        f"{place}{_squares(cells, _CELL_PX, _CELL_PX)}</g>{crossed}</svg>"
    )


def _missing(
    year: int, begin: date, end: date, shift: int, gaps: Iterable[Gap]
) -> Iterator[tuple[int, int]]:
    """Return week and weekday of the days of the year that lie in gaps."""
    for gap in gaps:
        first = max(date.fromisoformat(gap.first), begin)
        last = min(date.fromisoformat(gap.last), end)
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = ordinal - date(year, 1, 1).toordinal()
            yield (day + shift) // 7, (day + shift) % 7


def _squares(cells: Mapping[tuple[int, int], int], width: int, height: int) -> str:
    """Return squares, column and row → shade, as one path a shade.

    Squares of one shade that stand below each other are one dashed line: a day takes 8 bytes.
    """
    lines = [""] * len(_SHADES)
    ordered = sorted(cells.items())
    start = 0
    for n, ((column, row), shade) in enumerate(ordered):
        behind = ordered[n + 1] if n + 1 < len(ordered) else None
        if behind is not None and behind == ((column, row + 1), shade):
            continue
        count = n - start + 1
        x = column * width + width // 2
        lines[shade] += f"M{x} {(row - count + 1) * height}v{count * height - 1}"
        start = n + 1
    return "".join(
        f'<path d="{line}" stroke="{shade}" stroke-width="{width - 1}"'
        f' stroke-dasharray="{height - 1} 1"/>'
        for line, shade in zip(lines, _SHADES, strict=True)
        if line
    )


# Sections ----------------------------------------------------------------------------------------


class _Grain(NamedTuple):
    """What a square of a section's strip stands for."""

    name: str
    place: Callable[[date, date], tuple[int, int]]
    """First day and day → column and row"""
    width: int
    height: int
    rows: int


_BY_DAY: Final = _Grain(
    "a day", lambda first, day: ((day - first).days // 7, (day - first).days % 7), 4, 4, 7
)
_BY_WEEK: Final = _Grain("a week", lambda first, day: ((day - first).days // 7, 0), 4, 12, 1)
_BY_MONTH: Final = _Grain(
    "a month",
    lambda first, day: ((day.year - first.year) * 12 + day.month - first.month, 0),
    12,
    12,
    1,
)
_GRAINS: Final = (_BY_DAY, _BY_WEEK, _BY_MONTH, None)


def _section_strips(paper: PaperCoverage, grain: _Grain | None) -> str:
    """Return a strip for each section: all its days in one band, from the paper's first day on."""
    if not paper.section_days:
        return ""
    if grain is None:
        return "<h3>Sections over time</h3><p>Left out: choose fewer newspapers to see them.</p>"
    newest = date.fromisoformat(paper.last)
    first = max(date.fromisoformat(paper.first), date(max(1, newest.year - _YEARS_MAX + 1), 1, 1))
    strips = [
        f"<p>{escape(name) or 'no section'}</p>{_strip(days, first, newest, grain)}"
        for name, days in paper.section_days.items()
    ]
    text = f"<h3>Sections over time</h3><p>A square is {grain.name}, from {first} to {newest}.</p>"
    return f'{text}<div class="strips">{"".join(strips)}</div>'


def _strip(days: Mapping[str, int], first: date, last: date, grain: _Grain) -> str:
    monday = first - timedelta(days=min(first.weekday(), first.toordinal() - 1))
    counts: Counter[tuple[int, int]] = Counter()
    for text, count in days.items():
        if (day := date.fromisoformat(text)) >= first:
            counts[grain.place(monday, day)] += count
    limits = _limits(counts.values())
    columns = grain.place(monday, last)[0] + 1
    width, height = columns * grain.width, grain.rows * grain.height
    cells = {place: _shade(count, limits) for place, count in counts.items()}
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-label="{counted(sum(counts.values()), "article")}">'
        f'<path d="M0 {height / 2}h{width}"'
        f' stroke="{_SHADES[0]}" stroke-width="{height}"/>'
        f"{_squares(cells, grain.width, grain.height)}</svg>"
    )
