"""A page class for the new layout: the old one with the selectors found, tried on every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.redesign.body_search import joined, search_body, search_drops
from newscrawl.article.redesign.field_search import PAGES_MIN, RIGHT_MIN_SHARE, FieldPlace, search
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.article.redesign.layout_trial import (
    FIELDS,
    FURTHER_FIELDS,
    derived,
    is_known,
    is_right,
    read_partly,
    read_wholly,
)
from newscrawl.items import Article

_PLACES: Final = {
    "headline": KnownPage.headline_places,
    "lead": KnownPage.lead_places,
    "published_at": KnownPage.date_places,
}
ATTRIBUTES: Final = {
    "headline": "headline_selector",
    "lead": "lead_selector",
    "published_at": "published_selector",
    "body": "body_selector",
}
"""The class attribute that says where a field stands"""
_MARKING: Final = ("headline_selector", "body_selector")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLayout:
    """What the pages of a redesign say of it."""

    page: type[ArticlePage]
    """The page class that read the newspaper before"""
    pages: int
    archived: int
    """Pages among them whose article a page class read in an earlier run"""
    lost: Mapping[str, str]
    """Selectors of the class that match nothing on these pages, each with the attributes' names"""
    found: tuple[FieldPlace, ...]
    """The fields that the class does not read any more, and where they stand"""
    attributes: Mapping[str, Any]
    """Values of the class attributes for the new layout; {} = no proposal"""
    read: int
    """Pages that a class with these attributes reads"""
    right: Mapping[str, int]
    """On how many pages it reads a field as is known"""
    known: Mapping[str, int]
    """On how many pages a field is known"""
    otherwise: Mapping[str, str]
    """The address of a page on which it reads the field otherwise"""


class LayoutSearch:
    """The search for the fields of one newspaper's new layout."""

    def __init__(self, page: type[ArticlePage], pages: Sequence[KnownPage], site: Site) -> None:
        """Take the pages of one run that the class does not read as before.

        What the generic reader reads counts only where the archive knows too few of the articles.
        """
        self.page, self.site, self.all = page, site, pages
        archived = [one for one in pages if one.is_archived]
        self.basis = archived if len(archived) >= PAGES_MIN else list(pages)
        self.attributes: dict[str, Any] = {}
        self.found: dict[str, FieldPlace] = {}

    @property
    def tried(self) -> type[ArticlePage]:
        """The page class with the selectors found so far."""
        return derived(self.page, self.attributes) if self.attributes else self.page

    def run(self) -> NewLayout:
        """Return what was found, and how well it reads the pages."""
        before = [read_partly(self.page, one, self.site) for one in self.basis]
        broken = [name for name in FIELDS if not self._is_well(name, before)]
        for name in broken:
            if name == "body":
                self._seek_body()
            elif name != "lead" or self._selector("lead"):
                self._seek(name)
        if "body_selector" in self.attributes or "headline_selector" in self.attributes:
            self._seek_drops()
        if "lead" in broken and "lead" not in self.found:  # it is read of the body
            after = [read_partly(self.tried, one, self.site) for one in self.basis]
            if not self._is_well("lead", after):
                self._seek("lead")
        lost = self._lost()
        if self.attributes:
            self.attributes = {"identifying_selectors": self._marks(), **self.attributes}
        return self._judged(lost)

    def _selector(self, name: str) -> str:
        """Return where the class looks for a field; "" where it has no selector for that."""
        return str(getattr(self.page, ATTRIBUTES[name], ""))

    def _is_well(self, name: str, read: Sequence[Article]) -> bool:
        judged = [
            is_right(name, article, one)
            for article, one in zip(read, self.basis, strict=True)
            if is_known(name, one)
        ]
        return not judged or sum(judged) >= RIGHT_MIN_SHARE * len(judged)

    def _seek(self, name: str) -> None:
        """Note where a field stands that is the text of one element."""
        known = [one for one in self.basis if is_known(name, one)]
        lacking = [
            one for one in self.basis if one.is_archived and name == "lead" and not one.article.lead
        ]
        old = self._selector(name)
        found = search(name, known, _PLACES[name], old=old, may_lack=lacking)
        self._note(name, found)

    def _note(self, name: str, found: FieldPlace) -> None:
        self.found[name] = found
        if found.verdict == "stands" and hasattr(self.page, ATTRIBUTES[name]):
            self.attributes[ATTRIBUTES[name]] = found.selector

    def _seek_body(self) -> None:
        known = [one for one in self.basis if is_known("body", one)]
        self._note("body", search_body(self.tried, known, self.site))

    def _seek_drops(self) -> None:
        known = [one for one in self.basis if is_known("body", one)]
        drops = search_drops(self.tried, known, self.site)
        if drops:
            self.attributes["drop_selector"] = joined(self.page.drop_selector, drops)

    def _lost(self) -> dict[str, str]:
        """Return the selectors that match nothing on any page, with the attributes they stand in.

        A field that a newspaper may lack counts where it was sought.
        """
        held: dict[str, list[str]] = {}
        for mark in self.page.identifying_selectors:
            held.setdefault(mark, []).append("identifying_selectors")
        for name, attribute in ATTRIBUTES.items():
            selector = self._selector(name)
            if selector and (name != "lead" or name in self.found):
                held.setdefault(selector, []).append(attribute)
        return {
            selector: ", ".join(attributes)
            for selector, attributes in held.items()
            if not any(one.document.elements(selector) for one in self.all)
        }

    def _marks(self) -> tuple[str, ...]:
        """Return what marks the new layout: where its headline and text stand, else its date."""
        new = [self.attributes[name] for name in _MARKING if name in self.attributes]
        new = new or [
            self.attributes[name] for name in ("published_selector",) if name in self.attributes
        ]
        old = [
            mark
            for mark in self.page.identifying_selectors
            if all(one.document.elements(mark) for one in self.all)
        ]
        return tuple(dict.fromkeys([*new, *old]))

    def _judged(self, lost: Mapping[str, str]) -> NewLayout:
        """Return the layout with how many pages it reads, and how many as is known."""
        whole = {id(one): read_wholly(self.tried, one, self.site) for one in self.all}
        known, right, otherwise = dict[str, int](), dict[str, int](), dict[str, str]()
        for name in (*FIELDS, *FURTHER_FIELDS):
            pages = [one for one in self.basis if getattr(one.article, name)]
            bad = [one for one in pages if not is_right(name, whole[id(one)], one)]
            known[name], right[name] = len(pages), len(pages) - len(bad)
            if bad:
                otherwise[name] = bad[0].document.url
        return NewLayout(
            page=self.page,
            pages=len(self.all),
            archived=sum(one.is_archived for one in self.all),
            lost=lost,
            found=tuple(self.found[name] for name in FIELDS if name in self.found),
            attributes=self.attributes,
            read=sum(article is not None for article in whole.values()),
            right=right,
            known=known,
            otherwise=otherwise,
        )
