"""What a CMS family brings to its tests: an example of each of its page classes and sections.

An example is markup with places to fill in. `tests/unit/cms/examples/` has one module a family with
`PAGES` and `SECTIONS`; every claim of `tests/unit/cms/test_every_family.py` is made of all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.page_class_choice import choose_page
from newscrawl.cms.section import FamilySection
from newscrawl.items import Article
from newscrawl.page.document import Document
from newscrawl.urls.canonical import spellings
from tests.support.paths import TESTS

NOW: Final = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
DOMAIN: Final = "bao.vn"
PAPER: Final = Site(name="bao", domain=DOMAIN, hosts=spellings(DOMAIN, "cu.bao.vn"))
NUMBER: Final = "204511"
HEADLINE: Final = "Con đường lên bản Huổi Lếch"
LEAD: Final = "Sau bốn năm chờ đợi, bản Huổi Lếch có con đường không còn lầy lội quanh năm."
FIRST: Final = "Con đường lên bản dài chín cây số, mùa mưa nào cũng sạt."
SECOND: Final = "Năm nay dân bản tự xếp kè đá, mỗi nhà góp ba ngày công."
PUBLISHED_HEAD: Final = (
    '<meta property="article:published_time" content="2026-05-09T07:30:00+07:00">'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageExample:
    """An article in the layout of one page class.

    `front` and `text` are filled in with `{headline}`, `{date}`, `{lead}`, `{paragraph}` (the lead
    as a paragraph, nothing for no lead), `{bold}` (the same in bold letters) and `{body}`.
    """

    page: type[ArticlePage]
    path: str
    """Path of an article with the number 204511"""
    front: str
    """What stands above the text"""
    text: str
    """The text's container"""
    date_line: str = ""
    """The date line within `front`; "" = the layout prints no date of its own"""
    is_dated_in_head: bool = False
    """The layout prints no date: the page's head states it"""
    has_lead_in_text: bool = False
    """The lead is the text's first paragraph, the one that the description repeats"""
    has_single_date_line: bool = False
    """A second date line makes the page a fault"""
    byline: str = ""
    """A box beside the text that names the author, `{author}`"""
    breadcrumb: str = ""
    """The box of the breadcrumb, `{links}`"""
    own_number: str = ""
    """The element that repeats the article's number, `{number}`"""
    captioned: str = ""
    """A picture, `{picture}`, with a caption that a class marks, `{caption}`"""
    furniture: str = ""
    """Boxes among the paragraphs that are not part of the text"""

    @property
    def address(self) -> str:
        return f"https://{DOMAIN}{self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionExample:
    """A list in the markup of one section class."""

    section: FamilySection
    item: str
    """One entry of the list, `{0}` for its address and `{1}` for its title"""
    beside: str = "<p>{1}</p>"
    """An entry of another list on the page, which is not read"""
    path: str = ""
    """Path of an article with the number 204511; "" = that of the page's example"""

    def link(self, number: int) -> str:
        """Return the path of the article with the number."""
        path = self.path or page_examples()[self.section.page].path
        return path.replace(NUMBER, f"{number}")


@cache
def _modules() -> tuple[ModuleType, ...]:
    files = sorted((TESTS / "unit" / "cms" / "examples").glob("[a-z]*.py"))
    return tuple(import_module(f"tests.unit.cms.examples.{file.stem}") for file in files)


@cache
def page_examples() -> Mapping[type[ArticlePage], PageExample]:
    """Return every family's examples of article pages by page class."""
    return {example.page: example for module in _modules() for example in module.PAGES}


def section_examples() -> Iterator[SectionExample]:
    """Yield every family's examples of lists."""
    for module in _modules():
        yield from module.SECTIONS


def html(
    page: type[ArticlePage],
    body: str = f"<p>{FIRST}</p><p>{SECOND}</p>",
    *,
    date: str = "09/05/2026 - 07:30",
    lead: str = LEAD,
    head: str = "",
) -> str:
    """Return an article in the page class's layout.

    Args:
        page: the page class.
        body: the text's markup.
        date: the date line's text.
        lead: the lead's text; "" for none.
        head: what the page's head states; "" = the date where the layout prints none.
    """
    example = page_examples()[page]
    places = {
        "headline": HEADLINE,
        "date": date,
        "lead": lead,
        "paragraph": f"<p>{lead}</p>" if lead else "",
        "bold": f"<p><strong>{lead}</strong></p>" if lead else "",
        "body": body,
    }
    places["date_line"] = example.date_line.format_map(places)
    inner = example.front.format_map(places) + example.text.format_map(places)
    stated = head or (PUBLISHED_HEAD if example.is_dated_in_head else "")
    meta = f'<meta name="description" content="{lead}">'
    return f"<html><head>{meta}{stated}</head><body>{inner}</body></html>"


def document(text: str, url: str) -> Document:
    return Document(url, text.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")


def opened(page: type[ArticlePage], text: str, url: str | None = None) -> ArticlePage:
    """Return the page that the text is read as, at the example's address unless `url` says else."""
    return choose_page((page,), document(text, url or page_examples()[page].address), PAPER)


def read(page: type[ArticlePage], text: str, url: str | None = None) -> Article:
    return opened(page, text, url).to_item()
