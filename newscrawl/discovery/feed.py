"""RSS and Atom feeds, read by feedparser: the newest articles in one request."""

import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from time import struct_time
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stated_link import StatedLinks, absolute, check_url
from newscrawl.discovery.xml_answer import xml_of
from newscrawl.exceptions import ExtractionError
from newscrawl.items import VIETNAM
from newscrawl.page.document import Document

FEED_MAX_BYTES: Final = 8 * 1024**2
FEED_MAX_ENTRIES: Final = 1000
_ENTRY_END: Final = re.compile(rb"</(?:item|entry)\s*>")
_CLOSERS: Final[Mapping[bytes, bytes]] = {
    b"rss": b"</channel></rss>",
    b"feed": b"</feed>",
    b"rdf:RDF": b"</rdf:RDF>",
}
_ROOT: Final = re.compile(rb"<(rss|feed|rdf:RDF)[\s>]")
_AHEAD_MAX: Final = timedelta(days=1)  # of a stated date, before the clock of the feed is doubted


@dataclass(frozen=True, slots=True)
class Feed(Source):
    """An RSS or Atom feed.

    Declared as `Feed("/rss/home.rss")`, for a section as
    `Feed("/rss/kinh-te.rss", path="/kinh-te/")`, and for WordPress as `Feed("/feed/", paged=True)`.
    Entries are articles of the paper's hosts; entries on other hosts are left out and counted.
    """

    url: str
    """Address of the feed, absolute or a path on the paper's domain"""
    path: str = field(default="/", kw_only=True)
    """Section whose articles the feed names; "/" = the whole newspaper"""
    paged: bool = field(default=False, kw_only=True)
    """Whether older entries stand at `?paged=2`, `?paged=3` and so on, as in WordPress"""

    is_first: ClassVar[bool] = True
    is_html: ClassVar[bool] = False
    answer_max_bytes: ClassVar[int | None] = FEED_MAX_BYTES

    def __post_init__(self) -> None:
        Source.__post_init__(self)
        check_url(self.url)

    @property
    def name(self) -> str:
        return f"Feed:{self.url}"

    def at(self, path: str) -> Source | None:
        return self if path == urlsplit(self.url).path else None

    def start(self, paper: Site) -> str:
        return absolute(self.url, paper)

    def read(self, document: Document, paper: Site) -> ListPage:
        """Return the feed's entries; raise `ExtractionError` where the answer is no feed.

        A feed without entries is a page without links.
        """
        raw, left_out = _cut(xml_of(document, FEED_MAX_BYTES))
        import feedparser  # noqa: PLC0415  (0.03 s, which newspapers without a feed need not wait)

        found: Any = feedparser.parse(
            BytesIO(raw),
            response_headers=_headers(document),
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        if not found.version and not found.entries:
            raise ExtractionError("list", document.url, "no RSS and no Atom")
        links = StatedLinks(document.url, paper, is_of_articles=True)
        for entry in map(dict, found.entries):  # its own class guesses one field by another
            moment = moment_of_entry(entry, document.fetched_at)
            if address := str(entry.get("link") or ""):
                links.add(address, _plain(str(entry.get("title") or "")), moment)
        older = _next_page(document.url) if self.paged and found.entries else None
        return links.page(older=older, is_window=not self.paged, left_out=left_out)


def _headers(document: Document) -> dict[str, str]:
    """Return what feedparser may know of the answer: it prefers the header's charset, as RFC 7303.

    A type that is not XML would only add a complaint.
    """
    charset = (document.content_type or "").partition("charset=")[2].strip(" \"';")
    return {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}


def _cut(raw: bytes) -> tuple[bytes, int]:
    """Return the feed with at most FEED_MAX_ENTRIES entries, and how many were left out."""
    ends = [match.end() for match in _ENTRY_END.finditer(raw)]
    root = _ROOT.search(raw)
    if len(ends) <= FEED_MAX_ENTRIES or root is None:
        return raw, 0
    return raw[: ends[FEED_MAX_ENTRIES - 1]] + _CLOSERS[root[1]], len(ends) - FEED_MAX_ENTRIES


def moment_of_entry(entry: Mapping[str, Any], fetched_at: datetime) -> datetime | None:
    """Return when the entry says that it was published, +07:00; None for none or an absurd one."""
    stated: struct_time | None = entry.get("published_parsed") or entry.get("updated_parsed")
    if stated is None:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(stated), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.astimezone(VIETNAM) if moment <= fetched_at + _AHEAD_MAX else None


def _plain(title: str) -> str:
    """Return a title without markup, which some feeds carry escaped."""
    return re.sub(r"<[^<>]*>", "", title)


def _next_page(url: str) -> str:
    """Return the address of the next older page of a WordPress feed.

    >>> _next_page("https://bao.vn/feed/"), _next_page("https://bao.vn/feed/?paged=2")
    ('https://bao.vn/feed/?paged=2', 'https://bao.vn/feed/?paged=3')
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    shown = query.get("paged", "1")
    query["paged"] = str(int(shown) + 1 if shown.isdecimal() else 2)
    return urlunsplit(parts._replace(query=urlencode(query)))
