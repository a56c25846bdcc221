"""`ArticlePage`, the base class of every page class: one method a field of `Article`.

A method returns the field's value or the value that means "absent", or raises `ExtractionError`.
The printed page is the first evidence, then JSON-LD, then meta tags, because these CMSs make most
mistakes in metadata; `evidence` records which of the three a field came from.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from textwrap import shorten
from typing import Any, ClassVar, Final, TypeVar

from newscrawl.article.asides import Addresses, without_asides
from newscrawl.article.body import (
    CREDITED,
    EMPTY_BODY,
    Body,
    BodyRules,
    read_body,
)
from newscrawl.article.byline import Byline
from newscrawl.article.date_elements import date_line_of, is_one_line, printed_beside
from newscrawl.article.dates import (
    ImpossibleDateError,
    Moment,
    read_modified,
    read_moment,
)
from newscrawl.article.head_evidence import (
    is_described,
    stated_headline,
    stated_sections,
)
from newscrawl.article.newspaper_site import Site
from newscrawl.article.outlet_names import outlet
from newscrawl.article.page_declaration import check_page_class
from newscrawl.article.page_links import PageLinks
from newscrawl.article.publication_date import (
    CLOCK_PRECISIONS,
    HALF_DAY,
    Published,
    best_stated,
    in_stated_order,
    is_update,
    read_stated,
    stated_dates,
    stated_update,
)
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import (
    Article,
    Evidence,
    Image,
    Kind,
)
from newscrawl.page.ancestry import lineage, nearest
from newscrawl.page.blocks import Block, blocks
from newscrawl.page.completeness import has_lost_letters
from newscrawl.page.document import Document
from newscrawl.page.element_text import lines_of, text_of
from newscrawl.page.encoded_text import holds_encoded_word
from newscrawl.page.selectors import (
    CountError,
    Element,
    elements,
    only,
)
from newscrawl.page.soft_404 import states_absence
from newscrawl.text import same_text
from newscrawl.urls.article_keys import fallback_key
from newscrawl.urls.canonical import BadAddressError, canonical
from newscrawl.version import __version__

T = TypeVar("T")
PHOTO_STORY_MIN_PICTURES: Final = 4
DATE_LINE_QUOTED_CHARS: Final = 120
PHOTO_STORY_MIN_PICTURES_PER_PARAGRAPH: Final = 2
HEADLINE_MAX_PARAGRAPHS: Final = 2  # the headline may be printed again above or below the lead
APOLOGY_MAX_CHARS: Final = 300  # of the text below a headline that says the page does not exist
_REPLACEMENT_CHARACTER: Final = "\ufffd"  # what a decoder writes for bytes it cannot read


class ArticlePage:
    """One article page in one layout (page template).

    A CMS family subclasses `ArticlePage`; a redesign adds a subclass beside the old one. A subclass
    overrides a selector where that is enough, else a method.
    """

    version: ClassVar[str]
    """Parser version, part of every line's `extractor`; changes whenever a reading changes"""
    identifying_selectors: ClassVar[tuple[str, ...]]
    """Selectors that all match on this layout's article pages and on no other layout's"""
    headline_selector: ClassVar[str]
    """The headline's only element"""
    published_selector: ClassVar[str]
    """The date line; "" = only the head states when the article was published"""
    body_selector: ClassVar[str]
    """The only element that holds the text"""
    drop_selector: ClassVar[str] = ""
    """Selector of the elements in the body's container that are not part of the body"""
    body_rules: ClassVar[BodyRules] = BodyRules()
    """Classes of the captions (`caption_classes`) and of the signature (`byline_classes`) in the
    body, where nothing else tells them from paragraphs"""
    is_generic: ClassVar[bool] = False
    """The class reads any layout by its structure: it has no selectors"""
    has_bold_lead: ClassVar[bool] = False
    """The layout prints the lead as the body's first paragraph, in bold"""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        check_page_class(cls, FIELD_METHODS)

    def __init__(self, document: Document, site: Site) -> None:
        self.document = document
        self.site = site
        self.evidence: dict[str, Evidence] = {}

    @classmethod
    def matches(cls, document: Document) -> bool:
        """Return whether every identifying selector matches."""
        return all(map(document.elements, cls.identifying_selectors))

    @classmethod
    def missing_fields(cls, document: Document) -> tuple[str, ...]:
        """Return the required fields whose selector matches nothing in the document."""
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
        """Return the CMS's key of the article, read from its address; None where there is none."""
        raise NotImplementedError

    def refuse_others(self) -> None:
        """Raise `NotAnArticleError` or `IncompletePageError` where the page holds no article."""

    # One method a field -----------------------------------------------------------------------

    @cached_property
    def url(self) -> str:
        """The address the page states where it carries the same key, else the requested one."""
        asked = canonical(self.document.url, self.site.hosts)
        metadata = self.document.metadata
        printed = metadata.canonical or metadata.first("og:url")
        if printed and self.read_key(asked) is not None:
            try:
                own = canonical(printed, self.site.hosts)
            except BadAddressError:
                return asked
            if self.read_key(own) == self.read_key(asked) and _host(own) in self.site.hosts:
                return own
        return asked

    def key(self) -> str:
        return self.read_key(self.url) or fallback_key(self.url)

    def headline(self) -> str:
        """Return the heading's text; where the heading is empty, the title that the head states."""
        text = self.text_of(self._headline_place())
        if text:
            return text
        stated = stated_headline(self.document.metadata)
        if stated is None:
            raise ExtractionError("headline", self.document.url, "its place is empty")
        self.evidence["headline"] = stated.evidence
        return stated.labels[0]

    def _headline_place(self) -> Element:
        """Return the headline's element; raise `CountError` for none and for several.

        An empty copy does not count. The heading of a teaser stands in another box than the text, a
        subheading stands in the text.
        """
        found = self.document.elements(self.headline_selector)
        if len(found) > 1:
            found = [element for element in found if self.text_of(element)]
        if len(found) > 1:
            above = [e for e in found if self.container not in lineage(e)]
            found = nearest(above, self.container) or found
        return only(found, self.headline_selector)

    def lead(self) -> str | None:
        return self.read_blocks.bold_lead or self.described_lead()

    def described_lead(self) -> str | None:
        """Return the first paragraph where the head's description repeats that paragraph."""
        paragraphs = self.read_blocks.paragraphs
        if len(paragraphs) < 2 or not is_described(self.document.metadata, paragraphs[0]):
            return None
        self.evidence["lead"] = "meta"
        return paragraphs[0]

    def body(self) -> str | None:
        """Return the paragraphs joined by a blank line; None where the body is pictures alone."""
        read = self.read_blocks.without(self.lead())
        if len(read.paragraphs) > 1:
            read = read.without(self._printed_headline)  # printed again behind the lead
        paragraphs = read.paragraphs
        if not paragraphs and not self.read_blocks.picture_count:
            raise ExtractionError("body", self.document.url, "the container holds no text")
        if any(map(holds_encoded_word, paragraphs)):
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
        """Return the moment of the printed date line, else that of the page's metadata.

        A printed day takes its time of day from another place that states the same day.
        """
        fetched_at = self.document.fetched_at
        printed = read_moment(self.date_line, fetched_at)
        if printed is not None and printed.precision in CLOCK_PRECISIONS:
            if HALF_DAY.search(printed.raw) is None:
                return Published(printed, "page")
            stated = best_stated(self.stated_dates(), fetched_at)
            return Published(in_stated_order(printed, stated.moment if stated else None), "page")
        day = printed.date if printed else None
        places = chain(printed_beside(self.date_elements), self.stated_dates())
        found = best_stated(places, fetched_at, day)
        if printed is not None and (
            found is None or found.moment.precision not in CLOCK_PRECISIONS
        ):
            return Published(printed, "page")
        if found is None:
            raise ExtractionError("published", self.document.url, self._why_undated())
        self.evidence["published"] = found.evidence
        return found

    def _why_undated(self) -> str:
        if not self.date_line:
            return "no date line, none in the metadata"
        line = shorten(self.date_line, DATE_LINE_QUOTED_CHARS, placeholder="…")
        return f"the date line {line!r} states no date, nor do the metadata"

    def stated_dates(self) -> Iterator[tuple[Evidence, str]]:
        """Yield the publication times stated outside the date line, the best evidence first."""
        return stated_dates(self.document.metadata)

    def modified(self) -> Moment | None:
        """Return the update time of the date line, else that of the page's metadata.

        The metadata's time counts only where it is later than the publication.
        """
        if printed := read_stated(self.date_line, self.document.fetched_at, read_modified):
            return printed
        stated = stated_update(self.document.metadata)
        moment = read_stated(stated, self.document.fetched_at)
        return moment if moment and is_update(moment, self.published().moment) else None

    def kind(self) -> Kind:
        """Return "photo" for four pictures or more, with two or more to every paragraph."""
        pictures, paragraphs = self.read_blocks.picture_count, len(self.read_blocks.paragraphs)
        is_story = (
            pictures >= PHOTO_STORY_MIN_PICTURES
            and pictures >= PHOTO_STORY_MIN_PICTURES_PER_PARAGRAPH * paragraphs
        )
        return "photo" if is_story or not paragraphs else "text"

    def lang(self) -> str:
        return "vi"

    # What the methods share -------------------------------------------------------------------

    @property
    def root(self) -> Element:
        return self.document.root

    @cached_property
    def date_elements(self) -> Sequence[Element]:
        """The elements of the date line; raises `CountError` for several that are not one line."""
        if not self.published_selector:
            return ()
        found = date_line_of(self.document.elements(self.published_selector))
        if not is_one_line(found):
            only(found, self.published_selector)
        return found

    @cached_property
    def date_line(self) -> str:
        """The date line's text; "" for no date line."""
        return " ".join(filter(None, map(self.text_of, self.date_elements)))

    @cached_property
    def container(self) -> Element:
        """The body's element; raises `ExtractionError` for "body" unless there is exactly one."""
        return self.read("body", lambda: self.place_of(self.body_selector))

    @cached_property
    def read_blocks(self) -> Body:
        return read_body(self.blocks(), self.body_rules, has_bold_lead=self.has_bold_lead)

    def blocks(self) -> Sequence[Block]:
        """Return the container's blocks without what is not the article's."""
        dropped = set(elements(self.container, self.drop_selector)) if self.drop_selector else set()
        found = blocks(self.container, dropped.__contains__)
        links = PageLinks(self.document, self.site, self.url, self.read_key)
        where = Addresses(links.is_other_article, links.is_own, links.is_foreign)
        kept = without_asides(found, self.container, where)
        above = [place for place, block in enumerate(kept) if block.text][:HEADLINE_MAX_PARAGRAPHS]
        for place in above:
            if same_text(kept[place].text, self._printed_headline):
                del kept[place]
                break
        return kept

    @cached_property
    def _printed_headline(self) -> str:
        """The headline; "" where it cannot be read."""
        try:
            return self.headline()
        except (CountError, ExtractionError):
            return ""

    def place_of(self, selector: str) -> Element:
        """Return the only match of the selector; raise `CountError` for none or several."""
        return only(self.document.elements(selector), selector)

    def text_of(self, element: Element) -> str:
        """Return the text that a browser shows of the element, in one line."""
        return text_of(element)

    def lines_of(self, element: Element) -> str:
        """Return the text that a browser shows of the element, in the lines of its blocks."""
        return lines_of(element)

    def texts(self, selector: str, node: Element | None = None) -> tuple[str, ...]:
        """Return the matches' texts in document order, each once, without empty ones."""
        found = elements(self.root if node is None else node, selector)
        return tuple(dict.fromkeys(filter(None, map(self.text_of, found))))

    def read(self, field: str, method: Callable[[], T]) -> T:
        """Return what the method returns.

        Args:
            field: name of the field, for the error.
            method: reads the field's value.

        Raises:
            ExtractionError: the method found too few or too many elements, or no possible date.
        """
        try:
            return method()
        except (CountError, ImpossibleDateError) as error:
            raise ExtractionError(field, self.document.url, str(error)) from error

    def to_item(self) -> Article:
        """Return the article.

        Raises:
            ExtractionError: the first required field that is missing.
            IncompletePageError: letters are lost, or the page states another article's number.
            NotAnArticleError: the page holds no article, or says in the layout of an article that
                the address does not exist.
        """
        self.read("body", self.refuse_others)
        values = {name: self.read(name, getattr(self, name)) for name in FIELD_METHODS}
        is_apology = len(values["body"] or "") <= APOLOGY_MAX_CHARS
        if is_apology and states_absence(values["headline"]):
            raise NotAnArticleError(self.document.url, "soft 404")
        return self.with_all_letters(self.assemble(values))

    def with_all_letters(self, article: Article) -> Article:
        """Return the article; raise `IncompletePageError` where letters are lost.

        They are where a text holds U+FFFD, or "?" in the place of letters: "Chuy?n l?ng".
        """
        texts = (article.headline, article.lead, article.body)
        if any(_REPLACEMENT_CHARACTER in (text or "") for text in texts):
            raise IncompletePageError(self.document.url, "characters that cannot be decoded")
        if has_lost_letters(article.body or ""):
            raise IncompletePageError(self.document.url, "question marks in the place of letters")
        return article

    def to_partial_item(self) -> tuple[Article, tuple[ExtractionError, ...]]:
        """Return an article of the fields that can be read, and an error for each other field."""
        values: dict[str, Any] = {}
        errors: list[ExtractionError] = []
        for name, absent in FIELD_METHODS.items():
            try:
                values[name] = self.read(name, getattr(self, name))
            except ExtractionError as error:
                errors.append(error)
                values[name] = absent
                if error.field == "body":  # pictures, captions and byline are absent with it
                    self.read_blocks = EMPTY_BODY
        return self.assemble(values), tuple(errors)

    def assemble(self, values: Mapping[str, Any]) -> Article:
        """Return the article of the values by the names in `FIELD_METHODS`."""
        published: Published | None = values["published"]
        modified: Moment | None = values["modified"]
        byline: Byline | None = values["byline"]
        section_path = values["section_path"] or self._stated_sections()
        source, source_url, source_line = self.source(byline)
        return Article(
            id=f"{self.site.name}:{values['key']}",
            newspaper=self.site.name,
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
            extractor=f"newscrawl/{__version__} {self.site.name}/{self.version}",
            warnings=(*self.document.warnings, *self._flags()),
        )

    def _stated_sections(self) -> tuple[str, ...]:
        """Return the section that the page's head states; note what part of the head states it."""
        stated = stated_sections(self.document.metadata)
        if stated is None:
            return ()
        self.evidence["section"] = stated.evidence
        return stated.labels

    def _flags(self) -> Iterator[str]:
        """Yield "<field>_from_meta" for each field that only the page's head states, and the rest.

        "caption_by_credit": a line set as the paragraphs is a caption by its photo credit alone.
        """
        if self.read_blocks.has_credited_caption:
            yield CREDITED
        for field in HEAD_FIELDS:
            if self.evidence.get(field, "page") != "page":
                yield f"{field}_from_meta"

    def source(self, byline: Byline | None) -> tuple[str | None, str | None, str | None]:
        """Return the credited outlet, its link and its line; a source line wins over a byline."""
        attribution = self.read_blocks.attribution
        if attribution is not None:
            return attribution.source, attribution.url, attribution.line
        if byline is not None and byline.source is not None:
            # A line with an author stays a byline, one that names an outlet alone is a source line.
            return outlet(byline.source), None, None if byline.authors else byline.line
        return None, None, None


FIELD_METHODS: Final[Mapping[str, Any]] = {
    "key": "unknown", "headline": "", "lead": None, "body": None, "captions": (), "images": (),
    "byline": None, "section_path": (), "tags": (), "kind": "text", "lang": "vi",
    "published": None, "modified": None,
}  # fmt: skip
"""Names of the methods that read a field, in reading order → the value that means absent."""
HEAD_FIELDS: Final = ("headline", "lead", "body", "authors", "section")
"""Fields that are flagged where only the page's head states them; a date has `published_source`"""


def _host(url: str) -> str:
    return url.split("/", 3)[2]
