"""Pages of a redesign: known articles whose boxes have other names, or are gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.article.redesign.new_layout import ATTRIBUTES, LayoutSearch, NewLayout
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Article
from newscrawl.page.selectors import Element, elements
from tests.support.families import Saved, pages_of
from tests.support.trees import page_root

PAGES: Final = 24
Change = Callable[[Element, type[ArticlePage]], None]


@dataclass(frozen=True, slots=True)
class Redesigned:
    """A newspaper's pages after a redesign, with what was read of them before."""

    page: type[ArticlePage]
    site: Site
    pages: tuple[KnownPage, ...]

    def search(self) -> NewLayout:
        return LayoutSearch(self.page, self.pages, self.site).run()


def renamed(*fields: str) -> Change:
    """The boxes of these fields have other ids and classes."""

    def change(root: Element, page: type[ArticlePage]) -> None:
        for field in fields:
            for box in boxes(root, page, field):
                names = (box.get("class") or f"o-{field}").split()
                box.set("class", " ".join(f"moi-{name}" for name in names))
                if box.get("id"):
                    box.set("id", f"moi-{box.get('id')}")

    return change


def removed(field: str) -> Change:
    """The box of a field is gone, the text behind it stays."""

    def change(root: Element, page: type[ArticlePage]) -> None:
        for box in boxes(root, page, field):
            parent = box.getparent()
            if parent is not None:
                box.tail = None
                parent.remove(box)

    return change


def printed_twice(field: str) -> Change:
    """The box of a field has another name and stands a second time below the page's text."""

    def change(root: Element, page: type[ArticlePage]) -> None:
        for box in boxes(root, page, field)[:1]:
            copy = etree.SubElement(elements(root, "body")[0], "div", {"class": "lap-lai"})
            copy.text = " ".join("".join(map(str, box.itertext())).split())
        renamed(field)(root, page)

    return change


def boxes(root: Element, page: type[ArticlePage], field: str) -> list[Element]:
    selector = str(getattr(page, ATTRIBUTES[field], ""))
    return elements(root, selector) if selector else []


def redesigned(family: str, *changes: Change, pages: int = PAGES) -> Redesigned:
    """The family's pages, each changed so, with what its page class read of it before."""
    first: ArticlePage | None = None
    known: list[KnownPage] = []
    for saved in islice(pages_of(family), pages):
        read = before(saved)
        if read is None or (first is not None and type(read[0]) is not type(first)):
            continue
        first = first or read[0]
        document = saved.document(changed(saved.html, type(first), changes))
        known.append(KnownPage(document, read[1], is_archived=True))
    assert first is not None
    return Redesigned(type(first), first.site, tuple(known))


def before(saved: Saved) -> tuple[ArticlePage, Article] | None:
    try:
        page = choose_page(saved.newspaper.pages, saved.document(), saved.newspaper.paper)
        return page, normalize(page.to_item())
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return None


def changed(html: str, page: type[ArticlePage], changes: Sequence[Change]) -> str:
    root = page_root(html.encode())
    assert root is not None
    for change in changes:
        change(root, page)
    return "<!DOCTYPE html>" + etree.tostring(root, encoding="unicode", method="html")
