"""Every family's lists as a run meets them: the replica's, or variants of our own fixtures."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.source import ListPage, Source
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element
from newscrawl.project.fixture import fixtures
from newscrawl.replica.dice import Dice
from newscrawl.replica.press import Page
from newscrawl.replica.site import DONGNAI, TUYENQUANG, ReplicaSite
from newscrawl.urls.canonical import BadAddressError, canonical
from tests.mutations.anatomy import PART, parsed, parts, unmarked
from tests.mutations.surgery import drop
from tests.support.families import FETCHED, FIXTURES, FOLDER, HTML, newspapers, press

JSON: Final = "application/json"
SITES: Final = {"A1": TUYENQUANG, "A2": DONGNAI, "K": TUYENQUANG}
_LISTS: Final = 8  # of one run
_API: Final = "https://baocaobang.vn/list-post-by-category?page=1&limit=12&category_id={}"
_NO_BOX: Final = frozenset(["body", "html"])


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list."""

    newspaper: type[NewspaperSpider]
    source: Source
    url: str
    text: str
    content_type: str = HTML

    def read(self, text: str | None = None) -> ListPage:
        body = (self.text if text is None else text).encode()
        document = Document(self.url, body, fetched_at=FETCHED, content_type=self.content_type)
        return self.source.read(document, self.newspaper.paper)

    @property
    def is_html(self) -> bool:
        return self.content_type == HTML


@cache
def lists_of(family: str, day: int) -> tuple[Listed, ...]:
    """The pages of a run on that day, from 1."""
    made = _replica_lists if family in SITES else _fixture_lists
    return tuple(made(family, day))


# The replica's ----------------------------------------------------------------------------------


def _replica_lists(family: str, edition: int) -> Iterator[Listed]:
    """The newest pages of some sections, and behind each the list API's first."""
    site = SITES[family]
    newspaper = newspapers()[site.host.partition(".")[0]]
    kind = "LegacySection" if family == "K" else "VnptSection"
    sources = (source for source in newspaper.sources if type(source).__name__ == kind)
    for source in islice(sources, _LISTS):
        page = _fetched(newspaper, source, source.start(newspaper.paper), site, edition)
        yield page
        older = page.read().older
        if older is not None and "/api/" in older:
            yield _fetched(newspaper, source, older, site, edition)


def _fetched(
    newspaper: type[NewspaperSpider], source: Source, url: str, site: ReplicaSite, edition: int
) -> Listed:
    parts = urlsplit(url)
    answer = press(1, edition).answer(site.host, parts.path, dict(parse_qsl(parts.query)))
    assert isinstance(answer, Page)
    assert answer.status == 200
    kind = HTML if "html" in answer.content_type else JSON
    return Listed(newspaper, source, url, answer.body.decode(), kind)


# The fixtures' ----------------------------------------------------------------------------------


def _fixture_lists(family: str, day: int) -> Iterator[Listed]:
    """The papers' own section pages with up to two articles fewer each day; family F's list API."""
    for fixture in fixtures(FOLDER):
        if fixture.page == "section" and fixture.newspaper in FIXTURES[family]:
            newspaper, url = newspapers()[fixture.newspaper], fixture.gold["url"]
            found = source_of(newspaper, url)
            page = Listed(newspaper, found, url, fixture.document().text)
            yield Listed(newspaper, found, url, _thinned(page, day))
    if family == "F":
        newspaper = newspapers()["baocaobang"]
        for source in newspaper.sources[:_LISTS]:
            url = _API.format(getattr(source, "category", 0))
            yield Listed(newspaper, source, url, _answer(source.path, day), JSON)


def source_of(newspaper: type[NewspaperSpider], url: str) -> Source:
    """The newspaper's source for a section's address, or one like its first."""
    path = urlsplit(url).path
    own = (source for source in newspaper.sources if source.path in (path, f"{path}/"))
    found = next(own, None) or newspaper.sources[0].at(path)
    assert found is not None
    return found


def _thinned(page: Listed, day: int) -> str:
    """The page as on another day: without none to two of its articles."""
    root = marked_list(page)
    items = parts(root, "item")
    dice = Dice("list", page.url, day)
    for item in dice.some(items, dice.between(0, 2)):
        drop(item)
    return unmarked(root)


def _answer(path: str, day: int) -> str:
    """Twelve items as the API of baocaobang.vn gives them."""
    name = path.strip("/").lower()
    items = [
        {"link": f"/{name}-ngay-{n}-{3_200_000 + n}.html", "title": f"{name}, ngày thứ {n}"}
        for n in range(100 + day, 88 + day, -1)
    ]
    return json.dumps({"data": items}, ensure_ascii=False)


# The parts of a list ----------------------------------------------------------------------------


def marked_list(page: Listed) -> Element:
    """The page with its parts marked: links to its articles, each one's box, the list, the pager.

    A part is what leads to an address the page is known to list, never what a selector finds.
    """
    read, root = page.read(), parsed(page.text)
    addresses = {link.url: link.key for link in read.links}
    keys: dict[Element, str] = {}
    for a in root.iter("a"):
        href = urljoin(page.url, a.get("href") or "")
        if href == read.older:
            _mark(a, "pager")
        try:
            url = canonical(href, page.newspaper.paper.hosts)
        except (BadAddressError, ValueError):
            continue
        if url in addresses:
            keys[a] = addresses[url]
            _mark(a, "link")
    inside: dict[Element, set[str]] = {}
    for a, key in keys.items():
        for element in (a, *a.iterancestors()):
            inside.setdefault(element, set()).add(key)
    for a in keys:
        own = [e for e in (a, *a.iterancestors()) if len(inside[e]) == 1]
        if own[-1].tag not in _NO_BOX:
            _mark(own[-1], "item")
        box = own[-1].getparent()
        if box is not None and box.tag not in _NO_BOX:
            _mark(box, "list")
    return root


def _mark(element: Element, name: str) -> None:
    told = (element.get(PART) or "").split()
    if name not in told:
        element.set(PART, " ".join([*told, name]))
