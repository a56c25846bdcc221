"""Where the links of a list stand on a page that the list's source does not read any more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.article.redesign.element_names import path_of, selectors_of, simplicity
from newscrawl.cli.read_page import Newspaper
from newscrawl.cms.section import ANY_LINK, FamilySection
from newscrawl.discovery.generic_listing import read_list
from newscrawl.exceptions import ArchiveError, ExtractionError, IncompletePageError
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element, elements, stands_in

_PAGES_MAX: Final = 12
_NAMED_LINKS_MAX: Final = 6  # whose elements give the selectors to try
_RIGHT_MIN_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The selector that leads to the articles of redesigned lists."""

    section: type[FamilySection]
    selector: str
    """"" = none leads to most of the articles and to no other"""
    path: str
    """Where a link stands on one of the pages"""
    found: int
    """Articles that it leads to"""
    listed: int
    """Articles that the generic list reader finds"""
    lists: int


Page = tuple[FamilySection, Document, frozenset[str]]
"""Source, its newest page, and the keys of the articles that the generic list reader finds"""


def place_of_links(folder: Path, newspaper: Newspaper, document: Document) -> ListPlace | None:
    """Return where the links stand of a list that its source does not read, and of those like it.

    The result is None for a list that is read, and for one whose source names no selector.
    """
    own = [one for one in _failing(newspaper, [document]) if one[2]]
    if not own:
        return None
    section = type(own[0][0])
    kept = _kept_pages(folder, newspaper, section)
    others = [kept_page for kept_page in kept if kept_page.url != document.url]
    pages = [*own, *(one for one in _failing(newspaper, others) if one[2])][:_PAGES_MAX]
    links = [_links(page, newspaper) for page in pages]
    names = sorted(
        {name for found in links for a in _sample(found) for name in selectors_of(a)},
        key=lambda name: (*simplicity(name), name),
    )
    counted = {name: _count(name, pages, links) for name in names}
    best = max(names, key=lambda name: counted[name], default="")
    listed = sum(len(keys) for *_, keys in pages)
    is_good = bool(best) and counted[best] >= _RIGHT_MIN_SHARE * listed
    return ListPlace(
        section=section,
        selector=best if is_good else "",
        path=path_of(_example(best, pages[0], links[0])),
        found=counted[best] if is_good else 0,
        listed=listed,
        lists=len(pages),
    )


def _failing(newspaper: Newspaper, documents: Sequence[Document]) -> Iterator[Page]:
    """Yield the pages that their source does not read, with what the generic reader finds."""
    for document in documents:
        for source in newspaper.sources:
            if isinstance(source, FamilySection) and source.start(newspaper.paper) == document.url:
                try:
                    source.links(document, newspaper.paper)
                except ExtractionError:
                    yield source, document, _keys(document, newspaper)
                except IncompletePageError:
                    continue


def _keys(document: Document, newspaper: Newspaper) -> frozenset[str]:
    try:
        return frozenset(link.key for link in read_list(document, newspaper.paper).links)
    except IncompletePageError:
        return frozenset()


def _kept_pages(
    folder: Path, newspaper: Newspaper, section: type[FamilySection]
) -> Iterator[Document]:
    """Yield the newest kept page of each list of the class."""
    if not (folder / DATABASE).is_file():
        return
    with Ledger.open_to_read(folder) as ledger:
        for source in newspaper.sources:
            payload = ledger.pages.payload(source.start(newspaper.paper))
            if type(source) is section and payload is not None:
                try:
                    kept = read_page(folder, payload.raw_ref)
                except ArchiveError:
                    continue
                yield Document(
                    kept.url,
                    kept.body,
                    fetched_at=kept.fetched_at,
                    content_type=kept.header("content-type"),
                )


def _links(page: Page, newspaper: Newspaper) -> dict[Element, str]:
    """Return the page's links to articles by their elements, each with the article's key.

    Links in the boxes that the source knows to stand beside the list are left out.
    """
    source, document, _ = page
    beside = elements(document.root, source.boxes) if source.boxes else []
    known = dict.fromkeys(beside, True)
    found = {
        a: source.link(a, document.base_url, newspaper.paper)
        for a in elements(document.root, ANY_LINK)
        if not stands_in(a, known)
    }
    return {a: link.key for a, link in found.items() if link is not None}


def _sample(links: dict[Element, str]) -> list[Element]:
    """Return some of the links, from the page's beginning to its end."""
    found = list(links)
    return found[:: max(1, len(found) // _NAMED_LINKS_MAX)]


def _example(name: str, page: Page, links: dict[Element, str]) -> Element:
    """Return a listed link that the selector finds, else any listed one, else the page."""
    _, document, listed = page
    wanted = [a for a, key in links.items() if key in listed]
    found = elements(document.root, name) if name else []
    return next((a for a in found if a in set(wanted)), (wanted or [document.root])[0])


def _count(name: str, pages: Sequence[Page], links: Sequence[dict[Element, str]]) -> int:
    """Return how many listed articles a selector leads to, less those that are not listed."""
    count = 0
    for (_, document, listed), known in zip(pages, links, strict=True):
        keys = {known[a] for a in elements(document.root, name) if a in known}
        count += len(keys & listed) - len(keys - listed)
    return count


def told(place: ListPlace) -> Iterator[str]:
    """Yield what a person is told."""
    name, counted = place.section.__name__, f"{place.listed} articles in {place.lists} lists"
    yield (f"{name} does not read this list; the generic list reader finds {counted} of that class")
    yield f"  leads to no article: {place.section.items} (items)"
    if not place.selector:
        yield f"  links stand in different places, as at {place.path}: no proposal"
        return
    yield f"  `{place.selector}` leads to {place.found} of {place.listed} articles: {place.path}"
    yield f'  in {place.section.__module__.replace(".", "/")}.py: items = "{place.selector}"'
