"""ONECMS by NEKO (family D): baonghean.vn, baohaiphong.vn, baodanang.vn, hanoimoi.vn and others.

Markup read: pieces of baonghean.vn and baohaiphong.vn (2026); baodanang.vn and hanoimoi.vn by the
accounts of two and three crawlers (2026); baohaiduong.vn and baodaknong.vn by addresses only.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from newscrawl.article.byline import Byline, read_attribution
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection, of_any_class, of_class
from newscrawl.exceptions import NotAnArticleError
from newscrawl.page.blocks import blocks
from newscrawl.page.selectors import elements, first
from newscrawl.urls.article_keys import exact_number_key

_NOT_TEXT: Final = (
    "sc-longform-header", "sc-empty-layer", "sc-related-articles", "c-box", "c-tag",
    "onecms__tags", "c-news-related", "c-comments", "c-article-reaction", "c-banner-inpage",
    "c-share-detail", "c-sticky-share", "c-powered", "c-author-page", "vtranslate-author-translate",
)  # fmt: skip
_MAIN: Final = f"(//div[{of_class('b-maincontent')}])[1]"


def _first_of(name: str) -> str:
    """Return the XPath of the first element with the class; the body repeats the headline."""
    return f"(//*[{of_class(name)}])[1]"


class OneCmsPage(FamilyPage):
    """An article `/{slug}-{number}.html`; topics end in `-event{number}.html`.

    Read on baonghean.vn and baohaiphong.vn (2026, pieces). The body is in the first
    `div.b-maincontent`, which may begin with the headline again and with the words of a
    font-size control. Migrated articles have captions as the next centred paragraph. A republished
    piece names its original in `span#url-copy`.
    """

    version = "d.2"
    identifying_selectors: ClassVar[tuple[str, ...]] = (".block-sc-title", "div.b-maincontent")
    headline_selector = _first_of("block-sc-title")
    published_selector = _first_of("block-sc-publish-time")
    body_selector = f"({_MAIN}//*[{of_class('entry')}])[1]"
    drop_selector = f".//*[{of_any_class(*_NOT_TEXT)}]"
    lead_selector = "p.block-sc-sapo"
    byline_selector = ".block-sc-author, .vtranslate-author-translate"
    trail_selector = "nav ol.breadcrumb a"
    section_selector = _first_of("block-sc-cate-name")
    author_meta = "dable:author"
    tags_selector = ".onecms__tags a"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)

    def source(self, byline: Byline | None) -> tuple[str | None, str | None, str | None]:
        """Return the outlet credited beside the original's address, else the address's owner."""
        copied = first(elements(self.root, "span#url-copy"))
        address = self.text_of(copied) if copied is not None else ""
        if not address:
            return super().source(byline)
        box = first(elements(self.root, ".c-author-page"))
        lines = [block.text for block in blocks(box)] if box is not None else []
        credited = next(filter(None, map(read_attribution, lines)), None)
        original = read_attribution(f"Nguồn: {address}")
        url = original.url if original else None
        if credited is not None:
            return credited.source, url, credited.line
        return (original.source if original else None), url, None


class OneCmsMagazine(OneCmsPage):
    """An e-magazine: another page in an `iframe`, without an article's identifying selectors.

    The class names are a guess from those of the articles.
    """

    version = "d.magazine.2"
    identifying_selectors = ("[class*=emagazine] iframe",)

    def refuse_others(self) -> None:
        raise NotAnArticleError(self.document.url, "e-magazine")


class HaNoiMoiPage(OneCmsPage):
    """hanoimoi.vn: the body is the first `div.b-maincontent` itself (two crawlers, 2026)."""

    version = "d.hanoimoi.2"
    body_selector = _MAIN


class DaNangPage(OneCmsPage):
    """baodanang.vn, whose former CMS (family B) gave the same numbers to other articles."""

    version = "d.danang.2"

    @staticmethod
    def read_key(url: str) -> str | None:
        number = exact_number_key(url)
        return f"onecms-{number}" if number else None


class DaNangMagazine(OneCmsMagazine):
    """An e-magazine of baodanang.vn."""

    @staticmethod
    def read_key(url: str) -> str | None:
        return DaNangPage.read_key(url)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCmsSection(FamilySection):
    """A section page, by crawlers' accounts (2026); no section page was read.

    The pagination is an AJAX list whose address is unknown.
    """

    closing_slash: bool = False

    page = OneCmsPage
    items = "h3.b-grid__title a, .b-grid__img a"


class OneCmsHeadings(OneCmsSection):
    """The list of hanoimoi.vn and baohaiphong.vn: links in third headings (crawlers, 2026)."""

    items = "h3 a"


class DaNangSection(OneCmsSection):
    """The list of baodanang.vn: `h3.b-grid__title a` (crawler, 2026)."""

    page = DaNangPage


ONECMS_PAGES = (OneCmsPage, OneCmsMagazine)
