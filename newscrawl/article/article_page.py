"""From a document to an `Article`: one method a field, each read, declared absent, or raising.

The order of evidence is the printed page, then JSON-LD, then meta tags, because metadata is what
these CMSs get wrong; `evidence` records which one a field came from.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final, TypeVar

from newscrawl import __version__
from newscrawl.article.body import (
    NO_BODY,
    Body,
    BodyRules,
    is_code,
    read_body,
)
from newscrawl.article.byline import Byline
from newscrawl.article.dates import (
    ImpossibleDateError,
    Moment,
    read_modified,
    read_moment,
)
from newscrawl.article.outlet_names import outlet
from newscrawl.article.publication_date import Published, read_stated, stated_dates
from newscrawl.exceptions import ExtractionError, IncompletePageError
from newscrawl.items import (
    Article,
    Evidence,
    Image,
    Kind,
)
from newscrawl.page.blocks import Block, blocks
from newscrawl.page.document import Document
from newscrawl.page.selectors import (
    CountError,
    Element,
    elements,
    only,
    optional,
    text_in,
)
from newscrawl.text import clean
from newscrawl.urls.article_keys import fallback_key
from newscrawl.urls.canonical import BadAddressError, canonical

T = TypeVar("T")
_STORY: Final = 4  # pictures
_LOST: Final = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a page needs to know of the newspaper it belongs to."""

    name: str
    """Spider name, the first part of every id"""
    domain: str
    hosts: Mapping[str, str]
    """Every host of the paper → the spelling its addresses are kept in"""


class ArticlePage:
    """One article page; a CMS subclasses it, a redesign adds a class beside the old one.

    Override in this order: selector, method, class.
    """

    version: ClassVar[str]
    """Parser version, part of every line's `extractor`: a new one for every change of result"""
    marks: ClassVar[tuple[str, ...]]
    """Selectors that all match on this layout's article pages and on no other layout's"""
    headline_selector: ClassVar[str]
    published_selector: ClassVar[str]
    body_selector: ClassVar[str]
    drop_selector: ClassVar[str] = ""
    """Selector of what stands in the body's container without being body"""
    layout: ClassVar[BodyRules] = BodyRules()
    has_bold_lead: ClassVar[bool] = False
    """The layout prints the lead as the body's first paragraph, in bold"""

    def __init__(self, document: Document, paper: Site) -> None:
        self.document = document
        self.paper = paper
        self.evidence: dict[str, Evidence] = {}

    @classmethod
    def matches(cls, document: Document) -> bool:
        return all(map(document.elements, cls.marks))

    @classmethod
    def lacks(cls, document: Document) -> tuple[str, ...]:
        """The required fields for which the document has nothing in this layout's place."""
        places = {
            "headline": cls.headline_selector,
            "published": cls.published_selector,
            "body": cls.body_selector,
        }
        return tuple(
            field
            for field, selector in places.items()
            if selector and not document.elements(selector)
        )

    @staticmethod
    def read_key(url: str) -> str | None:
        """The article's key in the CMS as its address carries it; None where it carries none."""
        raise NotImplementedError

    def refuse_others(self) -> None:
        """Raise `NotAnArticleError` or `IncompletePageError` for a page that is no article."""

    # One method a field -----------------------------------------------------------------------

    @cached_property
    def url(self) -> str:
        """The page's own address where it is one of this article, else the one asked for."""
        asked = canonical(self.document.url, self.paper.hosts)
        metadata = self.document.metadata
        printed = metadata.canonical or metadata.first("og:url")
        if printed and self.read_key(asked) is not None:
            try:
                own = canonical(printed, self.paper.hosts)
            except BadAddressError:
                return asked
            if self.read_key(own) == self.read_key(asked) and _host(own) in self.paper.hosts:
                return own
        return asked

    def key(self) -> str:
        return self.read_key(self.url) or fallback_key(self.url)

    def headline(self) -> str:
        text = self.text_of(self.place_of(self.headline_selector))
        if not text:
            raise ExtractionError("headline", self.document.url, "its place is empty")
        return text

    def lead(self) -> str | None:
        return self.read_blocks.bold_lead

    def body(self) -> str | None:
        """Paragraphs joined by a blank line; None only where pictures are all there is."""
        paragraphs = self.read_blocks.without(self.lead()).paragraphs
        if not paragraphs and not self.read_blocks.shown:
            raise ExtractionError("body", self.document.url, "the container holds no text")
        if any(map(is_code, paragraphs)):
            raise ExtractionError("body", self.document.url, "the text is encrypted")
        return "\n\n".join(paragraphs) or None

    def images(self) -> tuple[Image, ...]:
        return self.read_blocks.images(self.document.url)

    def captions(self) -> tuple[str, ...]:
        return self.read_blocks.captions

    def byline(self) -> Byline | None:
        return self.read_blocks.byline

    def section_path(self) -> tuple[str, ...]:
        return ()

    def tags(self) -> tuple[str, ...]:
        return ()

    def published(self) -> Published:
        """The printed date line; where the page prints none, what its metadata state."""
        if moment := read_moment(self.date_line, self.document.fetched_at):
            return Published(moment, "page")
        for evidence, text in self.stated_dates():
            if moment := read_stated(text, self.document.fetched_at):
                self.evidence["published"] = evidence
                return Published(moment, evidence)
        raise ExtractionError("published", self.document.url, "no date line, none in the metadata")

    def stated_dates(self) -> Iterator[tuple[Evidence, str]]:
        """Publication times beside the date line, as printed, the best evidence first."""
        return stated_dates(self.document.metadata)

    def modified(self) -> Moment | None:
        """The update that the date line states beside the publication."""
        return read_stated(self.date_line, self.document.fetched_at, read_modified)

    def kind(self) -> Kind:
        """A photo story where pictures carry it: at least four, and two to every paragraph."""
        pictures, paragraphs = self.read_blocks.shown, len(self.read_blocks.paragraphs)
        is_story = pictures >= _STORY and pictures >= 2 * paragraphs
        return "photo" if is_story or not paragraphs else "text"

    def lang(self) -> str:
        return "vi"

    # What the methods share -------------------------------------------------------------------

    @property
    def root(self) -> Element:
        return self.document.root

    @cached_property
    def date_line(self) -> str:
        """Its text; "" where the page has none; raises `CountError` where it has several."""
        printed = optional(self.root, self.published_selector) if self.published_selector else None
        return "" if printed is None else self.text_of(printed)

    @cached_property
    def container(self) -> Element:
        """The text's element; raises `ExtractionError` for "body" where there is not just one."""
        return self.read("body", lambda: self.place_of(self.body_selector))

    @cached_property
    def read_blocks(self) -> Body:
        return read_body(self.blocks(), self.layout, bold_lead=self.has_bold_lead)

    def blocks(self) -> Sequence[Block]:
        dropped = set(elements(self.container, self.drop_selector)) if self.drop_selector else set()
        return blocks(self.container, dropped.__contains__)

    def place_of(self, selector: str) -> Element:
        """The page's only match; raises `CountError` when there are none or several."""
        return only(self.document.elements(selector), selector)

    def text_of(self, element: Element) -> str:
        return clean(text_in(element))

    def texts(self, selector: str, node: Element | None = None) -> tuple[str, ...]:
        """The matches' texts in document order, each once, empty ones left out."""
        found = elements(self.root if node is None else node, selector)
        return tuple(dict.fromkeys(filter(None, map(self.text_of, found))))

    def read(self, field: str, method: Callable[[], T]) -> T:
        """The method's value; a miss becomes `ExtractionError` with the field's name."""
        try:
            return method()
        except (CountError, ImpossibleDateError) as error:
            raise ExtractionError(field, self.document.url, str(error)) from error

    def to_item(self) -> Article:
        """The article; raises `ExtractionError` naming the first required field that is missing."""
        self.read("body", self.refuse_others)
        values = {name: self.read(name, getattr(self, name)) for name in FIELD_METHODS}
        return self.with_all_letters(self.assemble(values))

    def with_all_letters(self, article: Article) -> Article:
        """Return the article; raise `IncompletePageError` where a letter is lost (U+FFFD)."""
        if any(_LOST in (text or "") for text in (article.headline, article.lead, article.body)):
            raise IncompletePageError(self.document.url, "characters that cannot be decoded")
        return article

    def to_partial_item(self) -> tuple[Article, tuple[ExtractionError, ...]]:
        """What can be read of a piece of a page, and an error for each field that cannot."""
        values: dict[str, Any] = {}
        errors: list[ExtractionError] = []
        for name, absent in FIELD_METHODS.items():
            try:
                values[name] = self.read(name, getattr(self, name))
            except ExtractionError as error:
                errors.append(error)
                values[name] = absent
                if error.field == "body":  # what else is read of it is absent as well
                    self.read_blocks = NO_BODY
        return self.assemble(values), tuple(errors)

    def assemble(self, values: Mapping[str, Any]) -> Article:
        published: Published | None = values["published"]
        modified: Moment | None = values["modified"]
        byline: Byline | None = values["byline"]
        section_path: tuple[str, ...] = values["section_path"]
        source, source_url, source_line = self.source(byline)
        return Article(
            id=f"{self.paper.name}:{values['key']}",
            newspaper=self.paper.name,
            url=self.url,
            headline=values["headline"],
            lead=values["lead"],
            body=values["body"],
            captions=values["captions"],
            images=values["images"],
            authors=byline.authors if byline else (),
            byline=byline.line if byline and byline.authors else None,
            source=source,
            source_url=source_url,
            source_line=source_line,
            section=section_path[-1] if section_path else None,
            section_path=section_path,
            tags=values["tags"],
            kind=values["kind"],
            lang=values["lang"],
            published_at=published.moment.at if published else None,
            published_date=published.moment.at.date() if published else None,
            published_precision=published.moment.precision if published else "",
            published_raw=published.moment.raw if published else None,
            published_source=published.evidence if published else "",
            modified_at=modified.at if modified else None,
            first_seen_at=self.document.fetched_at,
            fetched_at=self.document.fetched_at,
            http_status=self.document.status,
            extractor=f"newscrawl/{__version__} {self.paper.name}/{self.version}",
            warnings=self.document.decoded.warnings,
        )

    def source(self, byline: Byline | None) -> tuple[str | None, str | None, str | None]:
        """The credited outlet, its link and its line; a source line counts before a byline."""
        attribution = self.read_blocks.attribution
        if attribution is not None:
            return attribution.source, attribution.url, attribution.line
        if byline is not None and byline.source is not None:
            # "author/outlet" stays a byline; a line that names an outlet alone is a source line.
            return outlet(byline.source), None, None if byline.authors else byline.line
        return None, None, None


FIELD_METHODS: Final[Mapping[str, Any]] = {
    "key": "unknown", "headline": "", "lead": None, "body": None, "captions": (), "images": (),
    "byline": None, "section_path": (), "tags": (), "kind": "text", "lang": "vi",
    "published": None, "modified": None,
}  # fmt: skip
"""The methods of a page in reading order, with the value that means absent."""


def _host(url: str) -> str:
    return url.split("/", 3)[2]
