"""How far `crawlall` is, in one line. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from newscrawl.crawl.run_estimate import duration_text, first_run_text


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
    parts = [f"{done}/{total} newspapers", f"{new} new articles"]
    parts += [f"at most {duration_text(max(known))} left"] if known else []
    parts += [f"at work: {', '.join(running)}"] if running else []
    return " · ".join(parts)


def first_runs_text(lists: Iterable[int], pages: int, gap_s: float) -> str | None:
    """Return what is told before newspapers are read for the first time; None where none is.

    Args:
        lists: How many lists each of those newspapers has.
        pages: Most pages of a list in one run.
        gap_s: Seconds between two requests to one newspaper; 0 = nothing is known of the pace.

    >>> first_runs_text([10, 24], 100, 1.0)[:58]
    '2 newspapers for the first time; the one of most lists: ab'
    >>> first_runs_text([], 100, 1.0)
    """
    counts = list(lists)
    if not counts or not gap_s:
        return None
    longest = first_run_text(max(counts), pages, gap_s)
    if len(counts) == 1:
        return f"1 newspaper for the first time: {longest}"
    return f"{len(counts)} newspapers for the first time; the one of most lists: {longest}"
