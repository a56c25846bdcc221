"""The class of a failed fetch, in one word, and whether another attempt may help. Pure."""

from typing import Final
from urllib.parse import urljoin, urlsplit

from scrapy import exceptions as scrapy_errors
from scrapy.http import Response
from w3lib.url import safe_url_string

from newscrawl.http.address_guard import ForbiddenAddressError, UntrustedCertificateError
from newscrawl.http.throttle import Outcome
from newscrawl.page.bot_wall import looks_like_bot_wall
from newscrawl.page.completeness import is_cut_off

_BY_ERROR: Final[dict[type[Exception], str]] = {
    scrapy_errors.DownloadTimeoutError: "timeout",
    scrapy_errors.CannotResolveHostError: "name",
    scrapy_errors.DownloadConnectionRefusedError: "refused",
    scrapy_errors.ResponseDataLossError: "data_loss",
    scrapy_errors.DownloadFailedError: "connection",
    scrapy_errors.DownloadCancelledError: "too_large",
    UntrustedCertificateError: "certificate",
    ForbiddenAddressError: "address",
}
NO_ANSWER: Final = (
    scrapy_errors.DownloadTimeoutError,
    scrapy_errors.CannotResolveHostError,
    scrapy_errors.DownloadConnectionRefusedError,
    scrapy_errors.ResponseDataLossError,
    scrapy_errors.DownloadFailedError,
    scrapy_errors.DownloadCancelledError,
)
"""Download errors after which the host may be asked again"""
SILENT: Final = (
    scrapy_errors.DownloadTimeoutError,
    scrapy_errors.CannotResolveHostError,
    scrapy_errors.DownloadConnectionRefusedError,
    scrapy_errors.DownloadFailedError,
)
"""Download errors after which nothing is known of what the host would say"""
_PASSING: Final = frozenset(
    {
        *("timeout", "name", "refused", "data_loss", "connection"),
        *("server_error", "rate_limited", "bot_wall", "self_redirect", "cut_off", "empty"),
    }
)
# Failures of one page, which do not count against its host.
_OF_THE_PAGE: Final = frozenset({"too_large", "address", "cut_off", "empty", "self_redirect"})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


def failure_of_error(error: Exception) -> str | None:
    """Return the class of a download error; None for an error of another kind.

    The classes: timeout, name (not resolved), refused, data_loss (cut off or garbled), connection
    (reset, malformed answer), too_large, certificate, address (not public).
    """
    return next((name for kind, name in _BY_ERROR.items() if isinstance(error, kind)), None)


def failure_of_response(response: Response) -> str | None:
    """Return the class of an answer that is not the page asked for; None where it may be that page.

    The classes: server_error (5xx, 408), rate_limited (429), forbidden (401, 403, 451), bot_wall,
    self_redirect, cut_off (HTML without its end), empty. A 404 is an answer, not a failure.
    """
    status, body = response.status, response.body
    if status == 429:
        return "rate_limited"
    if looks_like_bot_wall(body, status):
        return "bot_wall"
    if status >= 500 or status == 408:
        return "server_error"
    if status in (401, 403, 451):
        return "forbidden"
    if status in REDIRECTS and (location := location_of(response)) is not None:
        return "self_redirect" if is_same_address(response.url, location) else None
    if status == 200 and (response.request is None or response.request.method != "HEAD"):
        return _failure_of_page(body, response.headers.get("Content-Type") or b"")
    return None


def location_of(response: Response) -> str | None:
    """Return the absolute address a redirect points to; None where it cannot be read."""
    raw = response.headers.get("Location")
    if not raw:
        return None
    try:
        return urljoin(response.url, safe_url_string(raw.decode("utf-8", "surrogateescape")))
    except ValueError:
        return None


def _failure_of_page(body: bytes, content_type: bytes) -> str | None:
    if not body or body.isspace():  # strip() copies a page that ends in a line break
        return "empty"
    if b"html" in content_type.lower() and is_cut_off(body):
        return "cut_off"
    return None


def is_same_address(one: str, other: str) -> bool:
    """Return whether two addresses ask a server for the same thing.

    >>> is_same_address("https://baothu.vn/a#binh-luan", "https://baothu.vn/a")
    True
    >>> is_same_address("http://baothu.vn/a", "https://baothu.vn/a")
    False
    """
    return urlsplit(one)._replace(fragment="") == urlsplit(other)._replace(fragment="")


def may_pass(failure: str) -> bool:
    """Return whether a later attempt may succeed."""
    return failure in _PASSING


def outcome_of(failure: str | None, *, is_page: bool) -> Outcome:
    """Return what a fetch says of its host; `is_page` where it is a page that was wanted."""
    if failure in ("rate_limited", "forbidden", "bot_wall"):
        return "blocked"
    if failure is None:
        return "page" if is_page else "answer"
    return "answer" if failure in _OF_THE_PAGE else "failure"
