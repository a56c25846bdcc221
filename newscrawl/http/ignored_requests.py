"""Requests that are not sent, or whose redirect is not followed, with the reason."""

from scrapy.exceptions import IgnoreRequest


class RequestForbiddenError(IgnoreRequest):
    """An address may not be fetched (robots.txt, another host); the run does not ask again.

    `reason` is one word: robots, scheme, host, port, userinfo, address (unreadable); the same after
    "redirect_" where an answer points there, with redirect_offsite and redirect_too_many.
    """

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(f"{reason}: {said}")
        self.reason = reason


class RequestSkippedError(IgnoreRequest):
    """An address was not asked for in this run, which says nothing of its page.

    The next run asks for it.

    `reason` is one word: closing (the run ends), robots_unreachable, site_unreachable,
    site_blocked (its host was given up).
    """

    def __init__(self, reason: str, host: str) -> None:
        super().__init__(f"{reason}: {host}")
        self.reason = reason
