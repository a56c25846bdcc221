"""Sitemaps (sitemaps.org), sitemap indexes, gzip files, and news sitemaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import ClassVar, Final
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.source import ListPage, Part, Source
from newscrawl.discovery.stated_link import StatedLinks, absolute, check_url, own_address
from newscrawl.discovery.xml_answer import xml_of
from newscrawl.exceptions import ExtractionError
from newscrawl.items import VIETNAM
from newscrawl.page.document import Document

SITEMAP_MAX_BYTES: Final = 50 * 1024**2  # the protocol's own bound, unpacked
SITEMAP_MAX_ENTRIES: Final = 50_000  # the protocol's own bound
SITEMAP_MAX_DEPTH: Final = 3  # index, index of a year, file of a month
_OTHER_FILES: Final = re.compile(
    r"^(?:static-?)?pages?-sitemap|posts-page|(?:^|[-_])(?:users?|authors?|categor(?:y|ies)"
    r"|taxonom(?:y|ies)(?:-\w+)?|post_tag|tags?|images?|videos?|products?)(?=[-_.\d])",
    re.IGNORECASE,
)
_DAY_END: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Sitemap(Source):
    """A sitemap or a sitemap index, packed or not; with `news=True` a news sitemap.

    Declared as `Sitemap("/sitemap.xml")` and `Sitemap("/sitemap-news.xml", news=True)`. A sitemap
    names pages of every kind: an address is an article's where the paper's page classes know its
    form, or where it looks like one. A news sitemap names the articles of the last two days.
    """

    url: str
    """Address of the file, absolute or a path on the paper's domain"""
    news: bool = False
    """Whether it names the newest articles only, as Google's news sitemaps do"""
    path: str = field(default="/", kw_only=True)
    """Section whose articles the sitemap names; "/" = the whole newspaper"""
    depth: int = field(default=1, kw_only=True)
    """1 = declared, 2 = named by an index, and so on"""

    is_list: ClassVar[bool] = False
    is_html: ClassVar[bool] = False
    answer_max_bytes: ClassVar[int | None] = SITEMAP_MAX_BYTES
    links_max: ClassVar[int | None] = SITEMAP_MAX_ENTRIES

    def __post_init__(self) -> None:
        Source.__post_init__(self)
        check_url(self.url)

    @property
    def is_first(self) -> bool:  # type: ignore[override]
        return self.news

    @property
    def name(self) -> str:
        return f"Sitemap:{self.url}"

    def at(self, path: str) -> Source | None:
        return self if path == urlsplit(self.url).path else None

    def start(self, paper: Site) -> str:
        return absolute(self.url, paper)

    def part(self, part: Part) -> Source | None:
        """Return the sitemap of a part; None beyond SITEMAP_MAX_DEPTH."""
        if self.depth >= SITEMAP_MAX_DEPTH:
            return None
        return replace(self, url=part.url, depth=self.depth + 1)

    def read(self, document: Document, paper: Site) -> ListPage:
        """Return the articles, or the parts of an index; raise `ExtractionError` for no sitemap."""
        raw = xml_of(document, SITEMAP_MAX_BYTES)
        links = StatedLinks(document.url, paper, is_of_articles=self.news)
        parts: list[Part] = []
        count = off_hosts = 0
        for entry in _entries(raw, document.url):
            count += 1
            if count > SITEMAP_MAX_ENTRIES:
                continue
            changed_at = latest_moment(entry.changed)
            if not entry.is_part:
                published_at = stated_moment(entry.published, document.fetched_at)
                links.add(entry.url, entry.title, published_at, changed_at)
            elif names_no_articles(entry.url):
                continue
            elif (url := own_address(document.url, entry.url, paper)) is not None:
                parts.append(Part(url=url, changed_at=changed_at))
            else:
                off_hosts += 1
        parts.sort(key=_newest_first)
        return replace(
            links.page(
                older=None, is_window=self.news, left_out=max(0, count - SITEMAP_MAX_ENTRIES)
            ),
            parts=tuple(parts),
            off_hosts=links.off_hosts + off_hosts,
        )


def names_no_articles(url: str) -> bool:
    """Return whether a file of an index says by its name that it holds no articles.

    The plug-ins of WordPress and the sitemaps of other CMSs name their files by what they hold.

    >>> [names_no_articles(f"https://bao.vn/{name}.xml") for name in (
    ...     "wp-sitemap-posts-page-1", "author-sitemap", "chuyen-muc", "post-sitemap2", "2026-11")]
    [True, True, False, False, False]
    """
    name = urlsplit(url).path.rpartition("/")[2]
    return _OTHER_FILES.search(name) is not None


def _newest_first(part: Part) -> float:
    """Return the order of parts: the newest first, those without a date before them all."""
    return -part.changed_at.timestamp() if part.changed_at else float("-inf")


@dataclass(slots=True)
class _Entry:
    """One `url` or `sitemap` element, its texts as printed."""

    is_part: bool
    url: str = ""
    changed: str = ""
    published: str = ""
    title: str = ""


_FIELDS: Final = {
    "loc": "url",
    "lastmod": "changed",
    "publication_date": "published",
    "title": "title",
}


def _entries(raw: bytes, url: str) -> Iterator[_Entry]:
    """Yield the entries in order; each is freed once it was read, so that memory stays small."""
    root = ""
    entry: _Entry | None = None
    events = etree.iterparse(
        BytesIO(raw),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        recover=True,
        huge_tree=False,
    )
    for event, element in events:
        name = etree.QName(element).localname
        if event == "start":
            root = root or _checked_root(name, url)
            if name in ("url", "sitemap"):
                entry = _Entry(is_part=name == "sitemap")
        elif name in ("url", "sitemap"):
            if entry is not None and entry.url:
                yield entry
            entry = None
            _free(element)
        elif entry is not None and name in _FIELDS:
            _note(entry, element, name)


def _checked_root(name: str, url: str) -> str:
    if name not in ("urlset", "sitemapindex"):
        raise ExtractionError("list", url, f"<{name}> is no sitemap")
    return name


def _note(entry: _Entry, element: etree._Element, name: str) -> None:
    """Note a field's text; `loc` and `title` of pictures and films stand in other namespaces."""
    space = etree.QName(element).namespace or ""
    if name in ("loc", "title") and ("image" in space or "video" in space):
        return
    setattr(entry, _FIELDS[name], (element.text or "").strip())


def _free(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def latest_moment(stated: str) -> datetime | None:
    """Return the last moment that a W3C date may mean, +07:00; None for none or a bad one.

    >>> latest_moment("2026-11-30").isoformat()
    '2026-11-30T23:59:59+07:00'
    >>> latest_moment("2026-11-30T08:00:00Z").isoformat(), latest_moment("hôm qua")
    ('2026-11-30T15:00:00+07:00', None)
    """
    if len(stated) == len("2026-11-30"):
        try:
            return datetime.combine(date.fromisoformat(stated), _DAY_END, VIETNAM)
        except ValueError:
            return None
    return _moment(stated)


def stated_moment(stated: str, fetched_at: datetime) -> datetime | None:
    """Return the moment that a news sitemap states, +07:00; None for none, and for the future.

    A date without a time of day means its beginning.
    """
    if len(stated) == len("2026-11-30"):
        stated = f"{stated}T00:00:00+07:00"
    moment = _moment(stated)
    return moment if moment is not None and moment <= fetched_at else None


def _moment(stated: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stated)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
        return moment.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        return None
