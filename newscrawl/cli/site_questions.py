"""Questions to one site, one after the other, with the manners of a crawl.

Every request goes through the middlewares that a crawl's requests go through: the address guard,
robots.txt, the throttle, the bounds of an answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import Settings

from newscrawl.discovery.site_look import SiteAnswer
from newscrawl.exceptions import NewscrawlError
from newscrawl.http.address_guard import ForbiddenAddressError, UntrustedCertificateError
from newscrawl.http.failure_class import NO_ANSWER, failure_of_error, failure_of_response
from newscrawl.http.ignored_requests import RequestForbiddenError, RequestSkippedError
from newscrawl.http.middlewares.robotstxt import RobotsTxtMiddleware
from newscrawl.http.robots_rules import Robots
from newscrawl.page.document import Document
from newscrawl.text import counted

T = TypeVar("T")
_NO_REQUESTS: Final[tuple[Request, ...]] = ()
_NO_PAGE: Final = (*NO_ANSWER, ForbiddenAddressError, UntrustedCertificateError)


class UnansweredError(NewscrawlError):
    """The questions to a site ended without a result."""


class Questions:
    """Asks a site, and counts what is asked."""

    def __init__(self, spider: Spider, requests_max: int) -> None:
        self.crawler = spider.crawler
        self.requests_max = requests_max

    @property
    def requests(self) -> int:
        """Return how many requests were sent, those for robots.txt among them."""
        assert self.crawler.stats is not None
        return int(self.crawler.stats.get_value("downloader/request_count", 0))

    @property
    def is_spent(self) -> bool:
        return self.requests >= self.requests_max

    @property
    def robots(self) -> Robots | None:
        """Return the rules of the host that was asked first; None where they cannot be read."""
        middleware = self.crawler.get_downloader_middleware(RobotsTxtMiddleware)
        assert middleware is not None
        read = (task for task in middleware.rules.values() if task.done())
        return next((task.result() for task in read), None)

    def sitemaps(self) -> Sequence[str]:
        return self.robots.sitemaps if self.robots is not None else ()

    async def ask(self, url: str) -> SiteAnswer:
        """Return what an address answers; a bad answer and none at all are told in `why`."""
        if self.is_spent:
            return SiteAnswer(
                url=url, document=None, why=f"not asked: {counted(self.requests, 'request')}"
            )
        assert self.crawler.engine is not None
        request = Request(url, callback=NO_CALLBACK, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(request)
        except RequestSkippedError as error:
            return SiteAnswer(url=url, document=None, why=f"not asked: {error.reason}")
        except RequestForbiddenError as error:
            return SiteAnswer(url=url, document=None, why=_forbidden(error))
        except _NO_PAGE as error:
            kind = failure_of_error(error) or type(error).__name__
            return SiteAnswer(url=url, document=None, why=f"no answer: {kind}")
        return _answer(url, response)


def _forbidden(error: RequestForbiddenError) -> str:
    reason, _, said = str(error).partition(": ")
    if reason == "redirect_offsite":
        return f"redirects to another host: {said}"
    return f"forbidden by robots.txt: {said}" if reason == "robots" else f"forbidden: {error}"


def _answer(url: str, response: Response) -> SiteAnswer:
    if response.status != 200:
        return SiteAnswer(url=url, document=None, why=f"HTTP {response.status}")
    failure = failure_of_response(response)
    if failure in ("bot_wall", "cut_off", "empty"):
        return SiteAnswer(url=url, document=None, why=f"no page: {failure}")
    headers = {
        name.decode("latin-1").lower(): value[0].decode("latin-1")
        for name, value in response.headers.items()
        if value
    }
    document = Document(
        response.url,
        response.body,
        fetched_at=datetime.now(UTC),
        content_type=headers.get("content-type"),
        status=response.status,
        headers=headers,
    )
    return SiteAnswer(url=url, document=document)


class _Questioner(Spider):
    name = "questions"

    def __init__(
        self,
        hosts: Collection[str],
        work: Callable[[Questions], Awaitable[Any]],
        found: list[Any],
        requests_max: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.hosts = frozenset(hosts)
        self.work = work
        self.found = found
        self.requests_max = requests_max

    async def start(self) -> Any:
        self.found.append(await self.work(Questions(self, self.requests_max)))
        for request in _NO_REQUESTS:
            yield request


def questioned(
    hosts: Collection[str],
    settings: Settings,
    work: Callable[[Questions], Awaitable[T]],
    requests_max: int,
) -> T:
    """Return what `work` returns after its questions to the hosts.

    Args:
        hosts: The hosts that may be asked.
        settings: Those of the command.
        work: Asks one address after the other.
        requests_max: After so many requests no further one is sent.

    Raises:
        UnansweredError: The work ended early; the log says why.
    """
    quiet = settings.copy()
    quiet.setdict({"ITEM_PIPELINES": {}, "EXTENSIONS": {}}, "cmdline")
    found: list[T] = []

    async def run() -> None:
        runner = AsyncCrawlerRunner(quiet)
        await runner.crawl(
            _Questioner, hosts=hosts, work=work, found=found, requests_max=requests_max
        )

    # A loop of its own, which is not the thread's: the crawl that follows has another.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as loop:
        loop.run(run())
    if not found:
        raise UnansweredError("the site was not looked at: an error ended the questions")
    return found[0]
