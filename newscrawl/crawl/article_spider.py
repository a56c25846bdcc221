"""The articles of a run: their requests, and what becomes of each answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Final, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.archive.ledger.due import Ask
from newscrawl.archive.newspaper_archive import Archive, open_archive
from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.page_class_choice import choose_page
from newscrawl.crawl.archive_options import archive_options
from newscrawl.crawl.outcomes import Act, BadAnswer, Outcomes
from newscrawl.crawl.responses import (
    OTHER_ARTICLE,
    bad_kind,
    conditions,
    exchange_of,
    failure_reason,
    header,
    is_blocked,
    time_of_fetch,
)
from newscrawl.crawl.told_causes import ToldCauses
from newscrawl.discovery.arguments import NAMES, CrawlArguments, read_arguments
from newscrawl.discovery.source import Source
from newscrawl.exceptions import (
    ExtractionError,
    IncompletePageError,
    NotAnArticleError,
    PageTooLargeError,
    UnmarkedPageError,
)
from newscrawl.http.failure_class import failure_of_error
from newscrawl.http.ignored_requests import RequestForbiddenError, RequestSkippedError
from newscrawl.http.retry_request import retry_request
from newscrawl.items import Article
from newscrawl.monitoring.health import Health, template_of
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document
from newscrawl.urls.article_keys import fallback_key

_WP_TOTAL: Final = "x-wp-totalpages"  # the one header that a reader of lists needs
_ARTICLE_PRIORITY: Final = 10  # an article in hand is worth more than the next list page
_BARE_304: Final = "HTTP 304 to a request without a condition"
_HANDLED_STATUSES: Final = [304, 404, 410]
_HOME_REDIRECT: Final = "redirects to the home page"
_EARLY_REASONS: Final = ("soft 404", _HOME_REDIRECT)


class ArticleSpider(Spider):
    """Ask for a newspaper's articles, read them, and note every outcome in the ledger."""

    name: str
    pages: ClassVar[tuple[type[ArticlePage], ...]]
    sources: ClassVar[tuple[Source, ...]]
    skip_paths: ClassVar[tuple[str, ...]]
    paper: ClassVar[Site]

    @classmethod
    def key_of(cls, url: str) -> str | None:
        """Return the article's key in an address of one of the paper's CMSs; None without one."""
        keys = (page.read_key(url) for page in cls.pages)
        return next((key for key in keys if key is not None), None)

    def __init__(
        self, *, archive: Archive, clock_ahead: timedelta = timedelta(0), **given: Any
    ) -> None:
        super().__init__(self.name, **{n: v for n, v in given.items() if n not in NAMES})
        self.archive = archive
        self.clock_ahead = clock_ahead
        """How far the demo puts the run's clock forward; the run's record states it"""
        self.arguments: CrawlArguments = read_arguments(
            {n: v for n, v in given.items() if n != "_job"}, {s.path for s in self.sources}
        )
        self.health = Health()
        self.asked = 0
        """How many articles were asked for; the ledger names none twice in a run"""
        self.in_flight: dict[str, Ask] = {}
        self.validators: dict[str, tuple[str | None, str | None]] = {}
        self.outcomes = Outcomes(archive, self.health, self.count)
        self.causes = ToldCauses()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider with its archive open; raises `ArchiveError` where it cannot open."""
        if "archive" not in kwargs:
            kwargs["archive"] = open_archive(
                archive_options(crawler.settings), cls.name, cls.key_of
            )
        return super().from_crawler(crawler, *args, **kwargs)

    # Articles ----------------------------------------------------------------------------------

    def article_requests(self, asks: Sequence[Ask]) -> Iterator[Request]:
        for ask in asks:
            if self.is_at_limit():
                return
            self.asked += 1
            if urlsplit(ask.link.url).path.startswith(self.skip_paths):
                self.count("refused/skipped section")
                self.archive.ledger.links.refuse(ask.link.key, "skipped section", self.now())
                continue
            self.in_flight[ask.link.key] = ask
            yield Request(
                ask.link.url,
                self.parse_article,
                errback=self.article_failed,
                headers=conditions(ask),
                cb_kwargs={"ask": ask},
                meta={"handle_httpstatus_list": _HANDLED_STATUSES, "keep_page": True},
                priority=_ARTICLE_PRIORITY,
                dont_filter=True,
            )

    def would_exceed_limit(self, more: int) -> bool:
        limit = self.arguments.limit
        return limit is not None and self.asked + more >= limit

    def is_at_limit(self) -> bool:
        return self.arguments.limit is not None and self.asked >= self.arguments.limit

    def parse_article(self, response: Response, ask: Ask) -> Iterator[Article | Request]:
        """Yield the page's article, or the request for the page once more."""
        self.in_flight.pop(ask.link.key, None)
        if response.status in _HANDLED_STATUSES:
            yield from self.note_status(response, ask)
            return
        if self.is_forgotten(response.url):  # a redirect leads to it; not even its page is kept
            self.count("refused/forgotten")
            self.archive.ledger.links.refuse(ask.link.key, "forgotten", self.now())
            self.outcomes.good()
            return
        exchange, at = exchange_of(response), self.fetched_at(response)
        is_ours = at - self.now() < timedelta(days=1)
        kept = replace(exchange, received_at=at) if exchange and not is_ours else exchange
        raw_ref = self.archive.keep(kept)
        try:
            article = self.read_article(response, ask)
        except IncompletePageError as error:
            yield from self.again(response, ask, error)
        except NotAnArticleError as error:
            self.refuse(response, ask, error)
        except ExtractionError as error:
            self.count("article/unread")
            reason = f"{error.field}: {error.why}"[:300]
            # An archived page that is misread is a redesign sooner than an outage.
            kind = "" if ask.reason == "due" else "unread"
            self.note_bad(ask, "fail", reason, kind, response.url)
        else:
            self.validators[article.id] = (
                header(response, "ETag"),
                header(response, "Last-Modified"),
            )
            yield replace(article, raw_ref=raw_ref, run_id=self.archive.run_id)

    def is_forgotten(self, url: str) -> bool:
        """Return whether the address is that of an article that must not come back."""
        stones = self.archive.ledger.tombstones
        return bool(stones) and (self.key_of(url) or fallback_key(url)) in stones

    def note_status(self, response: Response, ask: Ask) -> Iterator[Request]:
        """Note an answer without a page (304, 404, 410); yield another address to ask for."""
        status = response.status
        if status != 304:
            other = self.archive.ledger.links.next_address(ask.link.key, ask.link.url)
            if other is not None:
                yield from self.article_requests([other])
                return
            reason = f"HTTP {status}"
            self.note_bad(ask, "gone", reason, f"http_{status}", response.url, status=status)
        elif not conditions(ask):
            self.count("article/failed")
            self.causes.note(_BARE_304, response.url)
            self.fail(ask, _BARE_304)
        else:
            self.count("article/unchanged")
            self.health.unchanged()
            self.archive.ledger.links.mark_unchanged(ask.link.key, self.now())
            self.outcomes.good()

    def refuse(self, response: Response, ask: Ask, error: NotAnArticleError) -> None:
        """Note a page that is no article, and whether it proves that there is none."""
        kind = bad_kind(response, error, self.key_of(response.url) == ask.link.key)
        if kind is None:
            self.count(f"refused/{error.why}")
            self.health.refused(error.why, response.url)
            self.archive.ledger.links.refuse(ask.link.key, error.why, self.now())
            self.outcomes.good()
        else:
            # These two were seen where a list is written before its page.
            is_early = error.why in _EARLY_REASONS and ask.reason != "due"
            self.note_bad(ask, "fail" if is_early else "refuse", error.why, kind, response.url)

    def fail(self, ask: Ask, reason: str) -> None:
        self.note_bad(ask, "fail", reason[:300], "failed", ask.link.url)

    def note_bad(
        self, ask: Ask, act: Act, reason: str, kind: str, url: str, *, status: int = 0
    ) -> None:
        key, now = ask.link.key, self.now()
        self.outcomes.bad(BadAnswer(key, act, reason, kind, url, now, status))

    def read_article(self, response: Response, ask: Ask) -> Article:
        document = self.document(response)
        if document.url.split("/", 3)[3:] in ([], [""]):
            raise NotAnArticleError(document.url, _HOME_REDIRECT)
        check_whole(document)
        article = self.page_item(document, may_stand_in=ask.reason != "due")
        if article.id != f"{self.name}:{ask.link.key}":
            raise NotAnArticleError(document.url, OTHER_ARTICLE)
        return article

    def page_item(self, document: Document, *, may_stand_in: bool) -> Article:
        """Return the article as its page class reads it, or as the generic reader does.

        Args:
            document: The page.
            may_stand_in: Whether the generic reader may stand in for a page class that fails. It
                may not for an archived article: a poorer reading of the same words is no edit.

        Raises:
            ExtractionError: A required field cannot be read.
            NotAnArticleError: The page is no article, or the generic reader finds none on it.
        """
        page: ArticlePage | None = None
        try:
            page = choose_page(self.pages, document, self.paper)
            return self.only_item(document) if page.is_generic else page.to_item()
        except ExtractionError as error:
            template = template_of(f"/{page.version}") if page else "no known template"
            self.health.failed(template, error.field, document.url)
            self.count(f"field/{error.field}/failed")
            why = f"{error.field}: {error.why}"
            self.causes.note(why, document.url, f"{template} {error.field}")
            if not may_stand_in:
                raise
            item = self.generic_item(document)
            self.count("article/stand_in")
            return replace(
                item,
                id=f"{self.name}:{self.key_of(document.url) or item.id.partition(':')[2]}",
            )

    def only_item(self, document: Document) -> Article:
        """Return the article of a page on which the newspaper's generic reader is at its turn.

        A page without headline or text that states no date either is no article: an address of a
        sitemap, such as one about the newspaper.
        """
        try:
            item = self.generic_item(document)
        except ExtractionError as error:
            page = GenericPage(document, self.paper)
            if page.found_published is None and document.metadata.news is None:
                raise UnmarkedPageError(document.url, "no headline, text or date") from error
            raise
        if not self.pages[0].is_generic:
            self.health.unmarked(template_of(f"/{self.pages[0].version}"), document.url)
        return item

    def generic_item(self, document: Document) -> Article:
        """Return the article that the generic reader finds; raise `UnmarkedPageError` for none."""
        try:
            return GenericPage(document, self.paper).to_item()
        except NotAnArticleError as error:
            raise UnmarkedPageError(error.url, error.why) from error

    def again(self, response: Response, ask: Ask, error: IncompletePageError) -> Iterator[Request]:
        request = None
        if isinstance(error, PageTooLargeError):
            self.count("bound/page")
        else:
            request = self.retry(response, "article_broken")
        if request is not None:
            self.in_flight[ask.link.key] = ask
            yield request
        else:
            self.count("article/broken")
            if is_blocked(response):
                self.count("article/blocked")
            self.health.refused("not whole", response.url)
            self.causes.note(f"page is not whole: {error.why}", response.url)
            self.fail(ask, error.why)

    def article_failed(self, failure: Failure) -> None:
        """Note a download without an answer: the link is refused, failed, or left as it was."""
        ask: Ask = failure.request.cb_kwargs["ask"]  # type: ignore[attr-defined]
        self.in_flight.pop(ask.link.key, None)
        error = failure.value
        if isinstance(error, RequestSkippedError):
            self.count(f"left/{error.reason}")
        elif isinstance(error, RequestForbiddenError):
            self.forbid(ask, error)
        else:
            self.note_bug(failure)
            self.count("article/failed")
            if isinstance(error, HttpError) and is_blocked(error.response):
                self.count("article/blocked")
            self.fail(ask, failure_reason(failure))

    def forbid(self, ask: Ask, error: RequestForbiddenError) -> None:
        """Note an address that may not be asked, or that redirects to one that may not."""
        if error.reason.startswith("redirect_"):
            self.note_bad(ask, "refuse", error.reason, error.reason, ask.link.url)
        else:
            self.count(f"refused/{error.reason}")
            self.archive.ledger.links.refuse(ask.link.key, error.reason, self.now())

    def note_bug(self, failure: Failure) -> None:
        """Count and log an error that is neither a failed download nor an ignored request."""
        error = failure.value
        if isinstance(error, HttpError | IgnoreRequest):
            return
        if not isinstance(error, Exception) or failure_of_error(error) is None:
            self.count("bug")
            self.logger.error("unexpected", exc_info=error)

    # Shared ------------------------------------------------------------------------------------

    def retry(self, response: Response, reason: str) -> Request | None:
        """Return the request for the page once more; None once its attempts are used up."""
        assert response.request is not None
        assert self.crawler.stats is not None
        attempts = self.settings.getint("RETRY_TIMES")
        return retry_request(response.request, reason, self.crawler.stats, attempts)

    def document(self, response: Response) -> Document:
        return Document(
            response.url,
            response.body,
            fetched_at=self.fetched_at(response),
            content_type=header(response, "Content-Type"),
            status=response.status,
            headers={_WP_TOTAL: total} if (total := header(response, _WP_TOTAL)) else None,
        )

    def fetched_at(self, response: Response) -> datetime:
        """Return when the answer came; a Date of the server that counted is counted."""
        now = self.now()
        at = time_of_fetch(now, header(response, "Date"), self.last_run_at)
        if at != now:
            self.count("clock/server_date")
        return at

    @cached_property
    def last_run_at(self) -> datetime | None:
        """When the archive's last run ended; None for the first run."""
        records = self.archive.ledger.runs.last(1)
        return datetime.fromisoformat(str(records[0]["ended_at"])) if records else None

    def now(self) -> datetime:
        """Return the moment by the run's clock."""
        return datetime.now(UTC) + self.clock_ahead

    def count(self, name: str, count: int = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newscrawl/{name}", count)
