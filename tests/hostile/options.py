"""What the server can be told on its command line and, while it runs, by /__ctl/set."""

from __future__ import annotations

import argparse
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.reply import isolated

HERE = Path(__file__).resolve().parent
STORM = (
    "status:500,status:502,status:503:1,status:429:1,refuse,close,reset,short,badchunk,truncgzip,"
    "empty,stall:30"
)
SECTIONS = "thoi-su=Thời sự,kinh-te=Kinh tế,van-hoa=Văn hóa,xa-hoi=Xã hội,the-thao=Thể thao"
# The former CMS of Báo Tuyên Quang and of the province's portals (templates/tuyenquang).
_TUYENQUANG = {
    "templates": str(HERE / "templates" / "tuyenquang"),
    "article_path": "/{cat}/{slug}-{id}.html",
    "page_path": "/{cat}/trang-{page}.html",
}
LIKE: dict[str, dict[str, str | bool]] = {
    "baotuyenquang": {
        **_TUYENQUANG,
        "sections": "chinh-tri=Chính trị,kinh-te=Kinh tế,xa-hoi=Xã hội,van-hoa=Văn hóa,"
        "phap-luat=Pháp luật",
        "fronts": True,  # today's CMS has its lists, without articles
    },
    "hdndtuyenquang": {**_TUYENQUANG, "sections": "tin-hoat-dong=Tin hoạt động"},
}


@dataclass
class Options:
    port: int
    bind: str
    canary_port: int
    tls_port: int
    seed: str
    articles: int
    first_id: int
    edition: int
    new_per_edition: int
    no_specials: bool
    templates: str
    sections: str
    site_name: str
    base: str
    article_path: str
    list_path: str
    page_path: str
    fronts: bool
    paragraphs: tuple[int, int]
    page_size: int
    endless_pages: bool
    traps: list[str]
    outside: list[str]
    fault: list[str]
    storm: float
    storm_max: int
    storm_kinds: list[str]
    burst: str
    rate_limit: int
    retry_after: int
    robots_text: str
    crawl_delay: str
    latency: float
    max_seconds: float
    log: str
    with_stdin: bool

    def categories(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.sections.split(","))

    def set(self, name: str, text: str) -> None:
        """One option from its text, in the type it has; raises AttributeError or ValueError."""
        old = getattr(self, name)
        if isinstance(old, bool):
            setattr(self, name, text in ("1", "true", "True"))
        elif isinstance(old, list):
            setattr(self, name, _listed(text))
        else:
            setattr(self, name, type(old)(text))


def _listed(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _range(text: str) -> tuple[int, int]:
    low, high = (int(part) for part in text.split(":"))
    return low, high


def read_options(argv: list[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(description="A newspaper on loopback that misbehaves.")
    _add_site(parser)
    _add_faults(parser)
    given = parser.parse_args(argv)
    for name, value in LIKE.get(given.like, {}).items():
        setattr(given, name, value)
    del given.like
    options = Options(**vars(given))
    if not ipaddress.ip_address(options.bind).is_loopback:
        parser.error("--bind takes a loopback address only")
    if options.outside and not isolated():
        parser.error("--outside: this network namespace has more than loopback; see README.md")
    return options


def _add_site(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--port", type=int, default=8000, help="0 takes a free one and prints it")
    add("--bind", default="127.0.0.1", help="a loopback address; anything else is refused")
    add("--tls-port", type=int, default=0, help="the same site, self-signed (needs openssl)")
    add("--seed", default="1")
    add("--articles", type=int, default=200)
    add("--first-id", type=int, default=180000)
    add("--edition", type=int, default=1, help="2: some edited, some gone, some moved, some new")
    add("--new-per-edition", type=int, default=10)
    add("--no-specials", action="store_true", help="without the articles of hostile content")
    add("--like", choices=tuple(LIKE), help="the addresses and markup of that newspaper's CMS")
    add("--fronts", action="store_true", help="a template draws every other folder as a section")
    add("--templates", default=str(HERE / "templates"))
    add("--sections", default=SECTIONS, help="path=name,path=name")
    add("--site-name", default="Báo thử")
    add("--base", default="", help="scheme and host of absolute addresses; else the Host header")
    add("--article-path", default="/{cat}/{ym}/{slug}-{id}.html", help="{cat} {ym} {slug} {id}")
    add("--list-path", default="/{cat}/")
    add("--page-path", default="/{cat}/trang-{page}/")
    add("--paragraphs", type=_range, default=(3, 8), metavar="LO:HI", help="of an article")
    add("--page-size", type=int, default=20)
    add("--latency", type=float, default=0.0)
    add("--max-seconds", type=float, default=3600, help="it ends by itself after this long")
    add("--with-stdin", action="store_true", help="it ends when its standard input does")
    add("--log", default="", help="append one JSON line for each request here")


def _add_faults(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--canary-port", type=int, default=0, help="listens on 127.0.0.1 and .2, counts its hits")
    add("--endless-pages", action="store_true", help="past its end a list shows its last page")
    add(
        "--traps",
        type=_listed,
        default=[],
        help="calendar,session,duplicates,depth,offsite, faults",
    )
    add("--outside", type=_listed, default=[], metavar="HOST,HOST", help="for the offsite trap")
    add(
        *("--fault",),
        action="append",
        default=[],
        metavar="GLOB=FAULT[:ARG|ARG][@N]",
        help="may be repeated; the first that matches wins",
    )
    add("--storm", type=float, default=0.0, help="share of requests that get a random fault")
    add("--storm-max", type=int, default=2, help="attempts at a path beyond these are calm")
    add("--storm-kinds", type=_listed, default=_listed(STORM))
    add("--burst", default="", metavar="EVERY:LENGTH:CODE", help="of EVERY requests LENGTH fail")
    add("--rate-limit", type=int, default=0, help="more requests a second than this gives 429")
    add("--retry-after", type=int, default=2)
    add("--robots-text", default="")
    add("--crawl-delay", default="0")
