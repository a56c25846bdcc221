"""Why a request gets no page: for good, or only in this run."""

from scrapy.exceptions import IgnoreRequest


class RequestForbiddenError(IgnoreRequest):
    """This address will not be fetched: robots.txt, another host, too large; final for the run.

    `reason` is one word: robots, scheme, host, port, userinfo, address (unreadable); the same after
    "redirect_", for where an answer points to, with redirect_offsite and redirect_too_many.
    """

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(f"{reason}: {said}")
        self.reason = reason


class RequestSkippedError(IgnoreRequest):
    """This address was not asked for, and says nothing of the page: the next run tries it.

    `reason` is one word: closing (the run ends), robots_unreachable, site_unreachable,
    site_blocked (its host was given up).
    """

    def __init__(self, reason: str, host: str) -> None:
        super().__init__(f"{reason}: {host}")
        self.reason = reason
