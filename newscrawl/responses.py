"""What an answer says, in the spider's terms."""

from datetime import date, datetime

from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.archive.asking import Ask
from newscrawl.items import VIETNAM


def failure_reason(failure: Failure) -> str:
    """One short line: the HTTP status, or the kind of error and what it says."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    said = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {said}"[:300]


def conditions(ask: Ask) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, section 13.1)."""
    headers = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in headers.items() if value}


def header(response: Response, name: str) -> str | None:
    """A header's first value; None where it is missing or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() or None if value else None


def day_of(moment: datetime | None) -> date | None:
    """The day in the Vietnamese calendar."""
    return moment.astimezone(VIETNAM).date() if moment else None
