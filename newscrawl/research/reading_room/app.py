"""The reading room as an ASGI application: four pages, a style sheet, a CSV.

Nothing is written. Every value of an article is escaped by the templates. The
Content-Security-Policy allows this server's own style sheet and forms and nothing else, so that a
hostile article can neither run a script nor fetch a picture.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newscrawl.exceptions import ArgumentError
from newscrawl.research.article_history import COMPARED
from newscrawl.research.csv_cells import csv_line
from newscrawl.research.reading_room.current_library import CurrentLibrary
from newscrawl.research.reading_room.results import PAGE_MAX_HITS, Library, Search
from newscrawl.research.reading_room.wording import LANGUAGES, number_of, time_between, wording
from newscrawl.research.search_database import FACETS

_HEADERS: Final[Mapping[bytes, bytes]] = {
    b"content-security-policy": (
        b"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
        b" frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cache-control": b"no-store",
}
_PAGES_MAX: Final = 5_000
_CSV_COLUMNS: Final = (
    "id", "newspaper", "published_date", "headline", "lead", "authors", "source", "section",
    "kind", "status", "url", "content_hash",
)  # fmt: skip


class _SafeHeaders:
    """Add the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS.items()]
            await send(message)

        await self.app(scope, receive, send_safely)


class ReadingRoom:
    """The pages over one database."""

    def __init__(self, library: CurrentLibrary, coverage_html: str = "") -> None:
        self.library = library
        self.coverage_html = coverage_html
        """The coverage page as `newscrawl coverage` writes it; "" = there is none"""
        self.templates = Environment(
            loader=PackageLoader("newscrawl.research.reading_room"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name in self.templates.list_templates():
            self.templates.get_template(name)  # compiled now, not while the first reader waits
        style = Path(__file__).with_name("style.css")
        self.style = style.read_bytes()

    def application(self, hosts: tuple[str, ...]) -> Starlette:
        """Return the application; it answers requests for these host names only."""
        routes = [
            Route("/", self._answering(self.search_page, status=400)),
            Route("/article", self._answering(self.article_page, status=404)),
            Route("/results.csv", self._answering(self.results_csv, status=400)),
            Route("/coverage", self._answering(self.coverage_page, status=404)),
            Route("/style.css", self.style_sheet),
        ]
        middleware = [
            Middleware(_SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False),
        ]
        return Starlette(
            routes=routes,
            middleware=middleware,
            exception_handlers={HTTPException: self.error_page},
            lifespan=self._made_ready,
        )

    @asynccontextmanager
    async def _made_ready(self, application: Starlette) -> AsyncIterator[None]:  # noqa: ARG002
        """Find all articles, which the first page shows, before the first reader asks for it."""
        with self.library.lent() as library:
            await run_in_threadpool(library.results, Search(), 1)
        yield

    def _answering(
        self, make: Callable[[Request, Library], Response], status: int
    ) -> Callable[[Request], Response]:
        """Return what answers a request; one that asks for what is not has this status."""

        def answer(request: Request) -> Response:
            with self.library.lent() as library:
                try:
                    return make(request, library)
                except ArgumentError as error:
                    return self._page("error.html", request, library, status, said=str(error))

        return answer

    def search_page(self, request: Request, library: Library) -> Response:
        """Return the form and a page of results."""
        asked = request.query_params
        search = search_of(asked)
        page = page_of(asked)
        results = library.results(search, page)
        pages = -(-results.count // PAGE_MAX_HITS)
        return self._page(
            "search.html", request, library, search=search, results=results, page=page, pages=pages
        )

    def article_page(self, request: Request, library: Library) -> Response:
        """Return the page of one article."""
        search = search_of(request.query_params)
        article = library.article(request.query_params.get("id", ""), search)
        return self._page(
            "article.html", request, library, search=search, article=article, compared=COMPARED
        )

    def results_csv(self, request: Request, library: Library) -> Response:
        """Return all results as CSV, safe for spreadsheets."""
        search = search_of(request.query_params)
        library.rows(search)  # a query without a word is refused before the answer begins

        def lines() -> Iterator[bytes]:
            yield csv_line(_CSV_COLUMNS).encode()
            with self.library.lent() as lent:
                yield from map(_csv_row, lent.rows(search))

        return StreamingResponse(
            lines(),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="results.csv"'},
        )

    def coverage_page(self, request: Request, library: Library) -> Response:  # noqa: ARG002
        """Return the coverage page; raises `ArgumentError` where the archive has none."""
        if not self.coverage_html:
            raise ArgumentError("this file tells nothing of coverage: serve an archive's folder")
        return HTMLResponse(self.coverage_html)

    def style_sheet(self, request: Request) -> Response:  # noqa: ARG002
        """Return the style sheet."""
        return Response(self.style, media_type="text/css")

    def error_page(self, request: Request, error: Exception) -> Response:
        """Return a page that says what was not found."""
        assert isinstance(error, HTTPException)
        with self.library.lent() as library:
            return self._page(
                "error.html", request, library, status=error.status_code, said=error.detail
            )

    def _page(
        self, template: str, request: Request, library: Library, status: int = 200, **values: Any
    ) -> Response:
        language = language_of(request)
        text = self.templates.get_template(template).render(
            language=language,
            say=wording(language),
            number_of=partial(number_of, language=language),
            time_between=partial(time_between, language=language),
            facets=FACETS,
            link=lambda path, **changes: link(request, path, changes),
            papers=library.papers,
            has_coverage=bool(self.coverage_html),
            asked=request.query_params,
            **values,
        )
        return HTMLResponse(text, status_code=status)


def _csv_row(row: Mapping[str, Any]) -> bytes:
    cells = (row.get(name, "") for name in _CSV_COLUMNS)
    texts = ("; ".join(cell) if isinstance(cell, list) else cell or "" for cell in cells)
    return csv_line(texts).encode()


def search_of(asked: Mapping[str, str]) -> Search:
    """Return the search that the parameters of an address state."""
    return Search(
        text=asked.get("q", ""),
        is_exact=asked.get("exact") == "1",
        facets=tuple((name, asked[name]) for name in FACETS if asked.get(name)),
    )


def page_of(asked: Mapping[str, str]) -> int:
    """Return the number of the page that is asked for, 1 for anything that is no number.

    >>> page_of({"page": "3"}), page_of({"page": "-1"}), page_of({"page": "²"}), page_of({})
    (3, 1, 1, 1)
    """
    text = asked.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), _PAGES_MAX)


def language_of(request: Request) -> str:
    """Return the language asked for by `lang=`, else by the browser, else Vietnamese."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    preferred = request.headers.get("accept-language", "vi").lower()
    positions = {name: preferred.find(name) for name in LANGUAGES}
    found = {name: place for name, place in positions.items() if place >= 0}
    return min(found, key=lambda name: found[name]) if found else "vi"


def link(request: Request, path: str, changes: Mapping[str, object]) -> str:
    """Return an address with the parameters of this request, changed; None takes one away."""
    kept: dict[str, object] = dict(request.query_params)
    kept.update(changes)
    parameters = [(name, str(value)) for name, value in kept.items() if value not in (None, "")]
    return f"{path}?{urlencode(parameters)}" if parameters else path
