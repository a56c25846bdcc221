"""robots.txt is asked for once for each host and run, and obeyed (RFC 9309)."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.http.failure_class import NO_ANSWER, SILENT
from newscrawl.http.ignored_requests import RequestForbiddenError, RequestSkippedError
from newscrawl.http.middlewares.throttle import ThrottleMiddleware
from newscrawl.http.robots_cache import RobotsCache
from newscrawl.http.robots_rules import ROBOTS_MAX_BYTES, Robots, access
from newscrawl.http.side_requests import follow
from newscrawl.http.user_agent import AGENT

_REDIRECTS_MAX: Final = 5  # RFC 9309, section 2.3.1.2
_ATTEMPTS_MAX: Final = 4  # with the throttle's growing pauses between them


class RobotsTxtMiddleware:
    """Fetch every host's robots.txt before its first page, and refuse what it forbids.

    A host whose robots.txt cannot be read is not asked for pages: the copy of the last day holds
    if there is one, else the run ends: with "site_unreachable" where no host gave any answer, with
    "robots_unreachable" where a host answered and robots.txt could not be read. A run that was
    allowed nothing ends with "robots_forbidden".
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        folder = crawler.settings["ROBOTS_FOLDER"]
        self.cache = RobotsCache(Path(folder)) if folder else None
        self.rules: dict[str, asyncio.Task[Robots | None]] = {}
        self.heard = False
        """Whether any host has answered"""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.idle, signals.spider_idle)
        return middleware

    async def process_request(self, request: Request) -> None:
        if request.meta.get("newscrawl_errand") == "robots":
            return
        parts = urlparse_cached(request)
        robots = await self._rules_of(f"{parts.scheme}://{parts.netloc}", parts.hostname or "")
        if robots is None:
            verdict = "unreachable"
        else:
            verdict = "allowed" if robots.allows(request.url, AGENT) else "forbidden"
        if "newscrawl_errand" not in request.meta:
            self._count(verdict)
        if verdict == "unreachable":
            raise RequestSkippedError("robots_unreachable", parts.netloc)
        if verdict == "forbidden":
            raise RequestForbiddenError("robots", parts.path[:200])

    def idle(self) -> None:
        """End a run that robots.txt kept from everything, with the reason."""
        stats = self.crawler.stats
        if self.rules and not stats.get_value("newscrawl/robots/allowed"):
            for name in ("unreachable", "forbidden"):
                if stats.get_value(f"newscrawl/robots/{name}"):
                    is_silent = name == "unreachable" and not self.heard
                    raise CloseSpider("site_unreachable" if is_silent else f"robots_{name}")

    def sitemaps_of(self, host: str) -> tuple[str, ...]:
        """Return the addresses that a host's robots.txt names as sitemaps, as printed.

        Empty where robots.txt names none, or was not read in this run.
        """
        tasks = (self.rules.get(f"{scheme}://{host}") for scheme in ("https", "http"))
        read = (task.result() for task in tasks if task is not None and _is_read(task))
        return next((robots.sitemaps for robots in read if robots is not None), ())

    async def _rules_of(self, origin: str, host: str) -> Robots | None:
        """Return the host's rules, asking for them once; None where they cannot be read."""
        if origin not in self.rules:
            self.rules[origin] = asyncio.create_task(self._obtained(origin, host))
        return await asyncio.shield(self.rules[origin])

    async def _obtained(self, origin: str, host: str) -> Robots | None:
        raw = await self._asked(f"{origin}/robots.txt")
        now = datetime.now(UTC)
        if raw is None:
            raw = self.cache.load(host, now) if self.cache else None
            self._count("from_cache" if raw is not None else "no_answer")
        elif self.cache:
            self.cache.save(host, raw, now)
        if raw is None:
            return None
        robots = Robots.parse(raw)
        throttle = self.crawler.get_downloader_middleware(ThrottleMiddleware)
        if throttle is not None and robots.group(AGENT).gap_s:
            throttle.at(host).slow_down(robots.group(AGENT).gap_s)
        for reserved in robots.opt_outs():
            self.crawler.stats.inc_value(f"newscrawl/tdm/{host}/robots:{reserved}")
        return robots

    async def _asked(self, url: str) -> bytes | None:
        """Return the file; empty where the host has none; None where it cannot be read."""
        for _ in range(_ATTEMPTS_MAX):
            self._count("asked")
            try:
                response = await follow(
                    self.crawler, url, "robots", ROBOTS_MAX_BYTES + 1, _REDIRECTS_MAX
                )
            except SILENT:
                continue
            except (*NO_ANSWER, RequestForbiddenError):
                self.heard = True
                continue
            self.heard = True
            state = "free" if response is None else access(response.status)
            if state != "unreachable":
                return response.body if response is not None and state == "read" else b""
        return None

    def _count(self, name: str) -> None:
        self.crawler.stats.inc_value(f"newscrawl/robots/{name}")


def _is_read(task: "asyncio.Task[Robots | None]") -> bool:
    return task.done() and not task.cancelled() and task.exception() is None
