"""Every request waits its turn at its host: pages, retries and robots.txt alike."""

from datetime import UTC, datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.http.failure_class import failure_of_error, failure_of_response, outcome_of
from newscrawl.http.slot import Slot
from newscrawl.http.throttle import Limits, Outcome, retry_after


def limits_from(settings: BaseSettings) -> Limits:
    """Return the operator's settings, with the defaults of `Limits` for those not set."""
    usual = Limits()
    return Limits(
        delay_s=settings.getfloat("DOWNLOAD_DELAY", usual.delay_s),
        jitter=settings.getfloat("DELAY_JITTER", usual.jitter),
        concurrency=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN", usual.concurrency),
        backoff_s=settings.getfloat("BACKOFF_S", usual.backoff_s),
        backoff_max_s=settings.getfloat("BACKOFF_MAX_S", usual.backoff_max_s),
        patience_s=settings.getfloat("PATIENCE_S", usual.patience_s),
        dead_after=settings.getint("DEAD_AFTER", usual.dead_after),
        lost_after=settings.getint("LOST_AFTER", usual.lost_after),
    )


class ThrottleMiddleware:
    """Hold each request until its host's slot is free; nearest to the downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.limits = limits_from(crawler.settings)
        self.slots: dict[str, Slot] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.idle, signals.spider_idle)
        return middleware

    def at(self, host: str) -> Slot:
        """Return the host's slot."""
        if host not in self.slots:
            self.slots[host] = Slot(host, self.limits, self._is_closing)
        return self.slots[host]

    async def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        await self.at(host).enter(request.priority)
        request.meta["newscrawl_turn"] = host

    def process_response(self, request: Request, response: Response) -> Response:
        failure = failure_of_response(response)
        is_page = response.status in (200, 304) and "newscrawl_errand" not in request.meta
        asked = _asked_for(response) if response.status in (429, 503) else None
        latency = request.meta.get("download_latency")
        self._leave(request, outcome_of(failure, is_page=is_page), latency, asked)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        outcome = outcome_of(failure_of_error(exception), is_page=False)
        self._leave(request, outcome)

    def _leave(
        self,
        request: Request,
        outcome: Outcome,
        latency_s: float | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        if (host := request.meta.pop("newscrawl_turn", None)) is None:
            return  # stopped before its turn, by us or by another middleware
        if retry_after_s is not None:
            self.crawler.stats.inc_value("newscrawl/retry_after/asked")
        slot = self.at(host)
        was = slot.host.given_up
        slot.leave(
            outcome,
            first_byte_at=request.meta.pop("newscrawl_first_byte_at", None),
            latency_s=latency_s,
            retry_after_s=retry_after_s,
        )
        if slot.host.given_up != was:
            self.crawler.stats.inc_value(f"newscrawl/given_up/{slot.host.given_up}")

    def idle(self) -> None:
        """End the run with its reason once every host that it asked was given up."""
        own = getattr(self.crawler.spider, "hosts", self.slots)
        verdicts = [t.host.given_up for name, t in self.slots.items() if name in own]
        if verdicts and None not in verdicts:
            raise CloseSpider(str(verdicts[0]))

    def _is_closing(self) -> bool:
        engine = self.crawler.engine
        slot = engine._slot  # noqa: SLF001  (no signal tells of a run that begins to close)
        return not engine.running or slot is None or slot.closing is not None


def _asked_for(response: Response) -> float | None:
    """Return the seconds that the answer's Retry-After asks for."""
    headers = {n.decode(): v[-1].decode("latin-1") for n, v in response.headers.items() if v}
    return retry_after(headers, datetime.now(UTC))
