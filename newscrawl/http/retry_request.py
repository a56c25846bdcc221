"""The one way in which a request is made again: bounded, in its old place, counted."""

from scrapy import Request
from scrapy.statscollectors import StatsCollector


def retry_request(
    request: Request, reason: str, stats: StatsCollector, attempts: int
) -> Request | None:
    """Count one more attempt, or the giving up, and return the request to make.

    The copy keeps the priority, so that the order of a list is kept. `dont_filter` only keeps the
    duplicate filter from losing it: the guard decides where a request may go.

    Args:
        request: The request whose answer was no good.
        reason: The class of the failure, in one word; the counters `newscrawl/retry/<reason>` and
            `newscrawl/gave_up/<reason>` bear it.
        stats: The run's counters.
        attempts: How often a request may be made again (the setting RETRY_TIMES).

    Returns:
        The request, None once the attempts are used up.
    """
    attempt = request.meta.get("retry_times", 0) + 1
    if attempt > attempts:
        stats.inc_value(f"newscrawl/gave_up/{reason}")
        return None
    stats.inc_value(f"newscrawl/retry/{reason}")
    meta = {name: value for name, value in request.meta.items() if name != "newscrawl_exchange"}
    return request.replace(dont_filter=True, meta={**meta, "retry_times": attempt})
