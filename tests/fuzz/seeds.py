"""Small pages to begin with: one of each kind of page each newspaper has, as little as it needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from newscrawl.cli.read_page import is_article_address, read_article, read_section
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import NewscrawlError
from newscrawl.page.selectors import Element
from newscrawl.project.fixture import Fixture, fixtures
from tests.fuzz.target import FETCHED, Case, document
from tests.hostile.options import read_options
from tests.hostile.paper import Site

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
HTML: Final = "text/html; charset=utf-8"
_PARSER: Final = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_LONG: Final = 200  # characters of a text; of a longer one only the beginning is kept


@dataclass(frozen=True)
class Seed:
    """A page that is read without an error, or refused with one that is documented."""

    case: Case
    label: str


def newspapers() -> dict[str, type[NewspaperSpider]]:
    loader = SpiderLoader(get_project_settings())
    found = (loader.load(name) for name in loader.list())
    return {spider.name: spider for spider in found if issubclass(spider, NewspaperSpider)}


def seeds(*, small: bool = True) -> list[Seed]:
    """The fixtures, cut down where `small`, the hostile articles, and answers of list APIs."""
    papers = newspapers()
    saved = [_of_fixture(f, papers[f.newspaper], small=small) for f in fixtures(FIXTURES)]
    return [*saved, *_hostile(papers), *_apis(papers)]


def _of_fixture(fixture: Fixture, paper: type[NewspaperSpider], *, small: bool) -> Seed:
    given = fixture.document()
    html = given.text.encode("utf-8", "replace")
    if small:
        html = smaller(html, given.url, paper)
    return Seed(Case(html, given.url, HTML, paper), fixture.name)


def _hostile(papers: dict[str, type[NewspaperSpider]]) -> Iterator[Seed]:
    options = ["--articles", "90", "--like", "hdndtuyenquang", "--paragraphs", "1:2"]
    site = Site(read_options(options))
    paper = papers["hdndtuyenquang"]
    for id_ in site.special:
        article = site.article(id_)
        if article is None or article.special in ("hugepara", "deepjsonld"):
            continue
        url = f"https://hdndtuyenquang.gov.vn{site.path(article)}"
        page = site.render(article, "https://hdndtuyenquang.gov.vn")
        kind = f"text/html; charset={article.declared}"
        yield Seed(Case(page, url, kind, paper), article.special)


def _apis(papers: dict[str, type[NewspaperSpider]]) -> Iterator[Seed]:
    item: dict[str, Any] = {
        "pageUrl": "/kinh-te/202506/mua-vai-som-75f1237/",
        "title": "Mùa vải sớm",
        "publishDate": "18/06/2025 11:59",
        "objectType": "Article",
    }
    answers = {"response": [item, {**item, "publishDate": 1668414600, "title": None}], "total": 40}
    path = "/sc_service/api/article/list?scUnitMapId=a&saArticleCateId=b&first=0&pageSize=14"
    body = json.dumps(answers, ensure_ascii=False).encode()
    vnpt = papers["baodaklak"]
    for wrapped in (body, b"callback(" + body + b");"):
        yield Seed(
            Case(wrapped, f"https://baodaklak.vn{path}", "application/json", vnpt, "list"), "A API"
        )
    post = {"link": "/che-vao-vu-12345.html", "title": "Chè vào vụ"}
    body = json.dumps({"data": [post, {"link": None}, 7]}, ensure_ascii=False).encode()
    path = "/list-post-by-category?page=2&limit=12&category_id=5"
    mediatech = papers["baocaobang"]
    url = f"https://{mediatech.domain}{path}"
    yield Seed(Case(body, url, "application/json", mediatech, "list"), "F API")


# A page cut down to what its reading depends on ------------------------------------------------


def smaller(html: bytes, url: str, paper: type[NewspaperSpider]) -> bytes:
    """The page without the elements and the ends of texts that its reading does not need."""
    wanted = _reading(html, url, paper)
    root = etree.fromstring(html, _PARSER)
    if root is None or root.getnext() is not None:
        return html
    for element in root.iter():
        if element.tag in ("script", "style", "noscript") and "json" not in element.get("type", ""):
            element.text = ""
        elif element.text and len(element.text) > _LONG:
            element.text = element.text[:_LONG]
    if _reading(_printed(root), url, paper) != wanted:
        return html
    _thin(root, root, lambda: _reading(_printed(root), url, paper) == wanted)
    return _printed(root)


def _thin(root: Element, element: Element, is_whole: Any) -> None:
    """Without the children that are not needed, from the last to the first."""
    for child in reversed(list(element)):
        place, tail = element.index(child), child.tail
        element.remove(child)
        if is_whole():
            continue
        child.tail = tail
        element.insert(place, child)
        _thin(root, child, is_whole)


def _printed(root: Element) -> bytes:
    return bytes(etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>"))


def _reading(html: bytes, url: str, paper: type[NewspaperSpider]) -> object:
    """Which fields a page's reading has, or how it fails; how many links a list has."""
    page = document(html, url, HTML)
    try:
        if is_article_address(url, paper):
            line = read_article(page, paper)
            return sorted(name for name, value in line.items() if value)
        found = read_section(page, paper)
        return min(len(found["articles"]), 2), bool(found["next_page"])
    except NewscrawlError as error:
        return type(error).__name__, getattr(error, "why", "")


__all__ = ["FETCHED", "Seed", "newspapers", "seeds", "smaller"]
