"""A small newspaper on loopback that answers as it should, or as a test's rule says.

Three newspapers, one for each way of listing: family K (pages linked by number), A (a front page,
then an API by offset) and E2 (pages by number without an end). A crawl runs in this process, in a
thread with an event loop of its own, with a clock that a test may put forward.
"""

import asyncio
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import parse_qs, urlsplit

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.contentfck2 import DongThapPage, DongThapSection
from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.run_keeper import RunKeeper
from newscrawl.discovery.source import Source
from newscrawl.monitoring.run_report import RunReport
from tests.support.commands import run_program
from tests.support.paths import ROOT

SITE_ID: Final = "5a" * 16
CATEGORY: Final = "b7" * 16
FIRST_DAY: Final = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    """An answer: what a server would send in full."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    is_cut: bool = False
    """Announces more than it sends"""

    def raw(self) -> bytes:
        length = len(self.body) + (500 if self.is_cut else 0)
        lines = [f"HTTP/1.1 {self.status} Said", f"Content-Length: {length}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def page(body: str, status: int = 200) -> Reply:
    return Reply(status, f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(status, b"<p>moved</p>", (("Location", location), ("Content-Type", "text/html")))


Rule = Callable[[str], Reply | None]
"""(path and query) → the wrong answer, or None"""


@dataclass
class Clock:
    """How far the crawls' clock is put forward."""

    offset: timedelta = timedelta(0)


CLOCK: Final = Clock()


class Newspaper(NewspaperSpider):
    """What the three share: a clock that a test sets."""

    name = "chung"
    title = "Báo Chung"
    domain = "baochung.vn"
    provinces = ("08",)
    pages: ClassVar[tuple[type[ArticlePage], ...]] = (LegacyPage,)
    sources: ClassVar[tuple[Source, ...]] = (LegacySection(path="/a/"),)

    def now(self) -> datetime:
        return datetime.now(UTC) + CLOCK.offset


class PaperK(Newspaper):
    """Family K, with a list of the CMS before it."""

    name = "baok"
    title = "Báo K"
    domain = "baok.vn"
    sources = (
        LegacySection(path="/xa-hoi/"),
        LegacySection(path="/cu/", front="trang-1.html", closed=date(2026, 1, 1)),
    )


class PaperA(Newspaper):
    """Family A, with its list API."""

    name = "baoa"
    title = "Báo A"
    domain = "baoa.vn"
    pages = (VnptA1Page,)
    sources = (VnptSection(path="/xa-hoi/", page_size=5),)


class PaperE(Newspaper):
    """Family E2, whose pagination does not say where it ends."""

    name = "baoe"
    title = "Báo E"
    domain = "baoe.vn"
    pages = (DongThapPage,)
    sources = (DongThapSection(path="/xa-hoi/", category=7),)


PAPERS: Final[dict[str, type[Newspaper]]] = {"K": PaperK, "A": PaperA, "E2": PaperE}
PER_PAGE: Final = 5


@dataclass
class MoodySite:
    """The newspaper's articles, and what its server answers."""

    family: str
    numbers: list[int] = field(default_factory=lambda: list(range(23, 0, -1)))
    """Articles in the list, newest first"""
    former: list[int] = field(default_factory=list)
    """Articles of the former CMS's list"""
    rule: Rule | None = None
    address: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    victim: tuple[int, int] | None = None
    """The process to be killed, and at which request"""

    @property
    def paper(self) -> type[Newspaper]:
        return PAPERS[self.family]

    def path(self, number: int) -> str:
        section = "cu" if number in self.former else "xa-hoi"
        if self.family == "K":
            return f"/{section}/chuyen-lang-{100000 + number}.html"
        if self.family == "A":
            return f"/xa-hoi/202603/chuyen-lang-{number:03x}0a7b/"
        return f"/chuyen-lang-a{100000 + number}.html"

    def is_article(self, path: str) -> bool:
        return "chuyen-lang-" in path

    def article(self, number: int) -> Reply:
        day = FIRST_DAY + timedelta(days=number)
        head = f"Chuyện làng số {number} kể lại từ đầu mùa"
        text = "".join(
            f"<p>Đoạn {n} của chuyện thứ {number}, kể rằng làng dựng lại mái đình vào mùa khô.</p>"
            for n in range(1, 5)
        )
        if self.family == "K":
            return page(
                f"<article><h1>{head}</h1><time>{day:%d/%m/%Y - %H:%M}</time>"
                f'<div itemprop="articleBody">{text}</div></article>'
            )
        if self.family == "A":
            return page(
                f'<div id="page_info"><span id="site_id">{SITE_ID}</span></div>'
                f'<div id="content"><h1 class="media-heading">{head}</h1>'
                f'<div class="date">{day:%H:%M, %d/%m/%Y}</div>{text}</div>'
            )
        return page(
            f'<h1 id="title">{head}</h1><span id="current-date">{day:%d/%m/%Y - %H:%M}</span>'
            f'<div id="content">{text}</div>'
        )

    def list_links(self, numbers: list[int]) -> str:
        return "".join(
            f'<h2><a class="title1 title" href="{self.path(n)}">Chuyện làng số {n} kể lại</a></h2>'
            for n in numbers
        )

    def answer(self, target: str) -> Reply:
        """The right answer."""
        parts = urlsplit(target)
        if parts.path == "/robots.txt" or parts.path.startswith("/.well-known"):
            return page("", 404)
        for number in (*self.numbers, *self.former):
            if parts.path == self.path(number):
                return self.article(number)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.family == "A":
            return self._list_a(parts.path, query)
        if self.family == "K":
            return self._list_k(parts.path)
        return self._list_e(parts.path, query)

    def _list_a(self, path: str, query: dict[str, str]) -> Reply:
        if path == "/xa-hoi/":
            info = f'<i id="site_id">{SITE_ID}</i><i id="cate_id">{CATEGORY}</i>'
            return page(
                f'<div id="page_info">{info}</div>{self.list_links(self.numbers[:PER_PAGE])}'
            )
        if "/api/article/list" not in path:
            return page("", 404)
        first = int(query["first"])
        items = [
            {"pageUrl": self.path(n), "title": f"Chuyện {n}", "publishDate": "", "objectType": ""}
            for n in self.numbers[first : first + PER_PAGE]
        ]
        body = json.dumps({"response": items, "total": len(self.numbers)}).encode()
        return Reply(200, body, (("Content-Type", "application/json"),))

    def _list_k(self, path: str) -> Reply:
        section, _, name = path.strip("/").partition("/")
        numbers = {"xa-hoi": self.numbers, "cu": self.former}.get(section, [])
        number = int(name.removeprefix("trang-").removesuffix(".html") or 1) if name else 1
        shown = numbers[(number - 1) * PER_PAGE : number * PER_PAGE]
        if not shown:
            return page("", 404)
        more = number * PER_PAGE < len(numbers)
        pager = f'<a href="/{section}/trang-{number + 1}.html">sau</a>' if more else ""
        return page(f'<div><ul class="breadcrumb"></ul>{self.list_links(shown)}{pager}</div>')

    def _list_e(self, path: str, query: dict[str, str]) -> Reply:
        if path.rstrip("/") != "/xa-hoi":
            return page("", 404)
        number = int(query.get("page", "1"))
        shown = self.numbers[(number - 1) * PER_PAGE : number * PER_PAGE]
        if not shown:
            return page("", 404)
        items = (
            self.list_links(shown).replace("<h2>", '<div class="item">').replace("</h2>", "</div>")
        )
        return page(f'<div id="cate-content">{items}</div>')

    def reply(self, target: str) -> Reply:
        """The answer to a request, counted."""
        self.asked[target] += 1
        self.order.append(target)
        if self.victim is not None and len(self.order) == self.victim[1]:
            os.kill(self.victim[0], signal.SIGKILL)
        wrong = self.rule(target) if self.rule else None
        return wrong or self.answer(target)

    def lists_asked(self) -> int:
        return sum(
            n
            for target, n in self.asked.items()
            if not self.is_article(target) and "robots" not in target and "well-known" not in target
        )

    # Crawls ------------------------------------------------------------------------------------

    def crawl(
        self,
        folder: Path,
        rule: Rule | None = None,
        *,
        day: float = 0,
        settings: Mapping[str, object] | None = None,
        **arguments: str,
    ) -> RunReport:
        """One run, so many days from now, in which the rule holds."""
        given = self._begin(folder, rule, settings)
        return crawl_in_process(self.paper, given, arguments, day)

    def crawl_apart(
        self,
        folder: Path,
        rule: Rule | None = None,
        *,
        day: float = 0,
        settings: Mapping[str, object] | None = None,
        kill_after: int | None = None,
        env: Mapping[str, str] | None = None,
        **arguments: str,
    ) -> "subprocess.CompletedProcess[str]":
        """One run in a process of its own, killed as the server gives its answer of that number."""
        given = self._begin(folder, rule, settings)
        asked = {"family": self.family, "day": day, "settings": given, "arguments": arguments}
        if kill_after is None:
            return run_program("tests.support.moody_run", json.dumps(asked), env=env)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.moody_run", json.dumps(asked)],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.victim = (process.pid, kill_after)
        out, err = process.communicate(timeout=300)
        self.victim = None
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def _begin(
        self, folder: Path, rule: Rule | None, settings: Mapping[str, object] | None
    ) -> dict[str, object]:
        self.rule = rule
        self.asked.clear()
        self.order.clear()
        return {"ARCHIVE": str(folder), "MIRROR": self.address, **(settings or {})}

    def archived(self, folder: Path) -> set[int]:
        """Numbers of the articles in the archive that are live."""
        paths = {self.path(n): n for n in (*range(200), *self.former)}
        lines = read_articles(folder / self.paper.name)
        return {
            paths[urlsplit(line["url"]).path]
            for line in lines
            if line["status"] == "live" and "Đoạn 1 của chuyện thứ" in (line["body"] or "")
        }


def crawl_in_process(
    paper: type[Newspaper], given: dict[str, object], arguments: dict[str, str], day: float
) -> RunReport:
    """One run, so many days from now, in a thread of this process."""
    CLOCK.offset = timedelta(days=day)
    found: list[RunReport] = []
    thread = threading.Thread(target=asyncio.run, args=(_run(paper, given, arguments, found),))
    thread.start()
    thread.join()
    return found[0]


async def _run(
    paper: type[Newspaper],
    given: dict[str, object],
    arguments: dict[str, str],
    found: list[RunReport],
) -> None:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    quick = {
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
        "BACKOFF_S": 0.001,
        "BACKOFF_MAX_S": 0.001,
        "MIN_FREE_BYTES": 0,
        "LOG_LEVEL": "CRITICAL",
        "MEMUSAGE_ENABLED": False,  # the process is the tests', and holds what they have kept
        "SPIDER_MODULES": [],
    }
    settings.setdict({**quick, **given}, priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawler: Crawler = runner.create_crawler(paper)
    await runner.crawl(crawler, **arguments)
    keeper = crawler.get_extension(RunKeeper)
    assert keeper is not None
    assert keeper.report is not None
    found.append(keeper.report)


@contextmanager
def moody_site(
    family: str, former: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[MoodySite]:
    """A site that listens until the block ends, with so many articles in its former list."""
    site = MoodySite(family, former=list(range(200 + former, 200, -1)))
    with running_site(site, tls):
        yield site


@contextmanager
def running_site(site: MoodySite, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    """Have a site listen until the block ends."""
    ready, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=asyncio.run, args=(_serve(site, ready, stop, tls),))
    thread.start()
    try:
        ready.wait()
        yield
    finally:
        stop.set()
        thread.join()


async def _serve(
    site: MoodySite, ready: threading.Event, stop: threading.Event, tls: ssl.SSLContext | None
) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            reply = site.reply(head.split(b" ", 2)[1].decode())
            writer.write(reply.raw())
            await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    site.address = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    ready.set()
    await asyncio.to_thread(stop.wait)
    server.close()
