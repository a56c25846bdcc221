"""Requests to an address that is not the paper's are refused, whatever `dont_filter` says."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.exceptions import DeclarationError
from newscrawl.http.address_guard import mirror_from, off_limits
from newscrawl.http.ignored_requests import RequestForbiddenError
from newscrawl.http.user_agent import checked_contact, user_agent


class OffsiteMiddleware:
    """Check scheme, host and port of every request and set its User-Agent, before all others.

    A robots.txt may redirect to another host (RFC 9309, section 2.3.1.2): such a request says so
    in its meta, and the download handler still refuses an address that is not public.

    Raises ArgumentError, before any request, where a live paper would be asked without a contact.
    A run whose mirror covers all of the paper's hosts needs none.
    """

    def __init__(self, crawler: Crawler) -> None:
        hosts = getattr(crawler.spider, "hosts", None)
        if not hosts:
            raise DeclarationError(f"{crawler.spider!r} does not say which hosts it may ask")
        self.hosts = frozenset(hosts)
        self.stats = crawler.stats
        contact = str(crawler.settings["CONTACT"] or "")
        mirror = mirror_from(crawler.settings["MIRROR"])
        if any(mirror.base(host.partition(":")[0]) is None for host in self.hosts):
            checked_contact(contact)
        self.user_agent = user_agent(contact)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        anywhere = request.meta.get("newscrawl_errand") == "robots"
        reason = off_limits(request.url, None if anywhere else self.hosts)
        if reason is not None:
            self.stats.inc_value(f"newscrawl/guard/{reason}")
            raise RequestForbiddenError(reason, urlparse_cached(request).netloc[:100])
        request.headers["User-Agent"] = self.user_agent
