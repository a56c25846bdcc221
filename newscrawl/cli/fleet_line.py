"""How far `crawlall` is, in one line. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from newscrawl.crawl.run_estimate import duration_text, first_run_text
from newscrawl.text import counted


def fleet_line(
    done: int,
    total: int,
    running: Sequence[str],
    counts: Mapping[str, Sequence[int]],
    seconds_left: Mapping[str, float],
) -> str:
    """Return the line, what matters most first: a narrow terminal cuts its end off.

    Args:
        done: Newspapers whose run has ended.
        total: All newspapers.
        running: Those at work.
        counts: Requests, new articles and failures so far, by newspaper.
        seconds_left: How long each run goes on at most, by newspaper.

    >>> fleet_line(3, 46, ["baola"], {"baola": (90, 40, 0), "bao": (9, 2, 0)}, {"baola": 7200.0})
    '3/46 newspapers · 42 new articles · at most 2 h left · at work: baola'
    """
    new = sum(count[1] for count in counts.values())
    known = [seconds_left[name] for name in running if name in seconds_left]
    parts = [f"{done}/{counted(total, 'newspaper')}", f"{counted(new, 'new article')}"]
    parts += [f"at most {duration_text(max(known))} left"] if known else []
    parts += [f"at work: {', '.join(running)}"] if running else []
    return " · ".join(parts)


def named_line(name: str, line: str) -> str:
    """Return what a newspaper's run wrote, with the name in front where it does not say it.

    >>> named_line("baothu", "crawl: the alert failed"), named_line("", "a warning")
    ('baothu: crawl: the alert failed', 'a warning')
    >>> named_line("baothu", "baothu  2026-12-01 18:10 (+07)  7s  ok"), named_line("bao", "baothu")
    ('baothu  2026-12-01 18:10 (+07)  7s  ok', 'bao: baothu')
    >>> named_line("baothu", "2026-12-01 18:10:00 [baothu] WARNING: a list")
    '2026-12-01 18:10:00 [baothu] WARNING: a list'
    """
    begins = line.lstrip().startswith((f"{name} ", f"{name}:"))
    is_named = not name or begins or f" [{name}] " in line.partition("\n")[0]
    return line if is_named else f"{name}: {line}"


def first_runs_text(
    lanes: Iterable[Sequence[int]], pages: int, gap_s: float, stop_after_s: float = 0
) -> str | None:
    """Return what is told before newspapers are read for the first time; None where none is.

    Args:
        lanes: How many lists each of those newspapers has, by the host that they share.
        pages: Most pages of a list in one run.
        gap_s: Seconds between two requests to one host; 0 = nothing is known of the pace.
        stop_after_s: Seconds after which a run is stopped; 0 = never.

    >>> first_runs_text([[10], [24]], 100, 1.0)[:73]
    '2 newspapers for the first time; the one of most lists: at most 14 h, for'
    >>> first_runs_text([[10, 20], [24]], 100, 1.0)[:77]
    '3 newspapers for the first time; the 2 of one host that take longest: at most'
    >>> first_runs_text([[]], 100, 1.0)
    """
    lanes = [lane for lane in lanes if lane]
    if not lanes or not gap_s:
        return None
    slowest = max(lanes, key=sum)
    told = f"{counted(sum(map(len, lanes)), 'newspaper')} for the first time"
    if slowest[1:]:
        told += f"; the {len(slowest)} of one host that take longest"
    elif lanes[1:]:
        told += "; the one of most lists"
    return f"{told}: {first_run_text(sum(slowest), pages, gap_s, stop_after_s)}"
