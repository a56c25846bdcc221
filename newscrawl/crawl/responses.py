"""Facts that the spider reads off an answer or a failure."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.archive.ledger.due import Ask
from newscrawl.exceptions import NotAnArticleError, UnmarkedPageError
from newscrawl.http.exchange import Exchange
from newscrawl.http.failure_class import failure_of_response, outcome_of
from newscrawl.items import VIETNAM

OTHER_ARTICLE: Final = "redirects to another article"
_A_DAY: Final = timedelta(days=1)


def time_of_fetch(now: datetime, date_header: str | None, last_run_at: datetime | None) -> datetime:
    """Return when an answer came: now, by our own clock.

    The answer's Date counts only where the archive itself shows that our clock is behind: a run
    ended later than now. A machine without a battery-backed clock starts years behind, and every
    page would seem to be from the future (RFC 9110, section 6.6.1).

    >>> behind, ran = datetime(2024, 11, 23, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    >>> time_of_fetch(behind, "Mon, 23 Nov 2026 16:07:05 GMT", ran).isoformat()
    '2026-11-23T16:07:05+00:00'
    >>> time_of_fetch(behind, "Mon, 23 Nov 2026 16:07:05 GMT", None) == behind
    True

    Args:
        now: The moment by our own clock.
        date_header: The answer's Date; None where it states none.
        last_run_at: When the archive's last run ended; None where there was none.
    """
    if last_run_at is None or now >= last_run_at:
        return now
    try:
        stated = parsedate_to_datetime(date_header or "")
    except (ValueError, OverflowError):
        return now
    stated = stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    return stated if stated - now > _A_DAY else now


def bad_kind(response: Response, error: NotAnArticleError, is_own: bool) -> str | None:
    """Return what makes a page without an article worthless as proof, in a word.

    Args:
        response: The answer.
        error: Why the page is no article.
        is_own: Whether the answer's address is still the article's own.

    Returns:
        redirect_elsewhere, soft_404 or unmarked_page; None for a page that the paper's own marks
        prove to be no article, such as a video.
    """
    assert response.request is not None
    is_redirected = bool(response.request.meta.get("redirect_urls")) and not is_own
    if is_redirected or error.why == OTHER_ARTICLE:
        return "redirect_elsewhere"
    if error.why == "soft 404":
        return "soft_404"
    return "unmarked_page" if isinstance(error, UnmarkedPageError) else None


def failure_reason(failure: Failure) -> str:
    """Return one short line: the HTTP status, or the class of the error and its text."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    said = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {said}"[:300]


def status_alone(failure: Failure) -> int | None:
    """Return the status of an answer that is of no class of failures; None for other failures."""
    error = failure.value
    if not isinstance(error, HttpError) or failure_of_response(error.response) is not None:
        return None
    return error.response.status


def is_absent(failure: Failure, statuses: Collection[int]) -> bool:
    """Return whether the answer's status says that the page does not exist."""
    error = failure.value
    return isinstance(error, HttpError) and error.response.status in statuses


def is_blocked(response: Response) -> bool:
    """Return whether the answer refuses us: 401, 403, 429, 451 or a bot wall."""
    return outcome_of(failure_of_response(response), is_page=True) == "blocked"


def conditions(ask: Ask) -> dict[str, str]:
    """Return the headers of a conditional request (RFC 9110, section 13.1)."""
    headers = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in headers.items() if value}


def exchange_of(response: Response) -> Exchange | None:
    """Take the exchange that the handler noted on the request; None where it noted none."""
    assert response.request is not None
    exchange: Exchange | None = response.request.meta.pop("newscrawl_exchange", None)
    return exchange


def header(response: Response, name: str) -> str | None:
    """Return a header's first value; None where it is missing or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() or None if value else None


def day_of(moment: datetime | None) -> date | None:
    """Return the day in the Vietnamese calendar."""
    return moment.astimezone(VIETNAM).date() if moment else None
