"""The page class of the generic reader: reads a page by structure and metadata alone.

It reads newspapers without a declaration, and pages that the page classes of a declared newspaper
cannot read. The articles carry the warning "layout_unknown".
"""

import re
from dataclasses import replace
from functools import cached_property
from typing import Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.body import Body
from newscrawl.article.byline import Byline
from newscrawl.article.dates import Moment
from newscrawl.article.generic.body_text import BodyText, read_text
from newscrawl.article.generic.container import find_container
from newscrawl.article.generic.date_line import find_modified, find_published
from newscrawl.article.generic.section_and_tags import find_tags, find_trail
from newscrawl.article.generic.signature import (
    find_attribution,
    find_byline,
    stated_byline,
)
from newscrawl.article.generic.survey import Survey, is_vietnamese, leads_elsewhere
from newscrawl.article.newspaper_site import Site
from newscrawl.article.publication_date import Published
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.items import Article, Image, Kind
from newscrawl.page.element_text import text_of
from newscrawl.page.metadata import NewsArticle
from newscrawl.page.soft_404 import states_absence
from newscrawl.text import clean
from newscrawl.urls.article_keys import trailing_number_key, vnpt_key
from newscrawl.urls.canonical import spellings
from newscrawl.urls.url_parts import BadAddressError, read_parts

_REQUIRED_FIELDS: Final = frozenset(["headline", "body"])
_SHORT_TEXT_MAX_CHARS: Final = 200  # a text so short needs other signs of an article
_UNMARKED_TEXT_MIN_CHARS: Final = 600  # a text so long is an article without other signs
_LIST_MIN_TEASERS: Final = 4
_TAG: Final = re.compile(r"</?[a-z]")
_CUT: Final = ("...", "…")
_CUT_MIN_SHARE: Final = 4  # lines for each cut one
_LIST_MIN_CUT_TITLES: Final = 3
_PHOTO_STORY_MIN_PICTURES: Final = 3  # and the captions are longer than the text


class GenericPage(ArticlePage):
    """Any article page: one survey of the blocks, one method a field."""

    version = "generic.2"
    is_generic = True
    identifying_selectors = ()
    is_piece: bool = False
    """True for a cut-out piece of a page, without headline, whose text may be short lines only"""

    @staticmethod
    def read_key(url: str) -> str | None:
        return vnpt_key(url) or trailing_number_key(url)

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.document, is_piece=self.is_piece)

    @cached_property
    def text(self) -> BodyText | None:
        """Return the article below the headline; None for a page without text."""
        container = find_container(self.survey)
        return None if container is None else read_text(self.survey, container)

    @property
    def last(self) -> int:
        """Return the index of the block that ends the article."""
        return self.survey.start if self.text is None else self.text.last

    @cached_property
    def read_blocks(self) -> Body:
        if self.text is not None:
            return self.text.body
        stated = stated_paragraphs(self.document.metadata.news)
        if not stated:
            raise ExtractionError("body", self.document.url, "no paragraphs below the headline")
        self.evidence["body"] = "jsonld"
        return Body(paragraphs=stated, pictures=(), byline=None, attribution=None, bold_lead=None)

    def refuse_others(self) -> None:
        headline = self.survey.headline
        if headline is not None and states_absence(headline.text):
            raise NotAnArticleError(self.document.url, "soft 404")

    def headline(self) -> str:
        found = self.survey.headline
        if found is None:
            raise ExtractionError("headline", self.document.url)
        self.evidence["headline"] = "page" if found.index >= 0 else "meta"
        return found.text

    def lead(self) -> str | None:
        return None if self.text is None else self.text.lead

    def images(self) -> tuple[Image, ...]:
        return self.read_blocks.images(self.document.base_url)

    def byline(self) -> Byline | None:
        """Return the signature that ends the text, else one above or below the text."""
        own = None if self.text is None else self.text.body.byline
        printed = own or find_byline(self.survey, self.last)
        if printed is not None:
            return printed
        stated = stated_byline(self.survey)
        if stated is not None:
            self.evidence["authors"] = "jsonld"
        return stated

    def source(self, byline: Byline | None) -> tuple[str | None, str | None, str | None]:
        found = (None, None, None) if self.text is None else super().source(byline)
        if found[0] is None and (credit := find_attribution(self.survey, self.last)):
            return credit.source, credit.url, credit.line
        return found

    def section_path(self) -> tuple[str, ...]:
        return find_trail(self.survey)

    def tags(self) -> tuple[str, ...]:
        return find_tags(self.survey)

    @cached_property
    def found_published(self) -> Published | None:
        return find_published(self.survey, self.last)

    def published(self) -> Published:
        if self.found_published is None:
            raise ExtractionError("published", self.document.url, "no date on the page")
        self.evidence["published"] = self.found_published.evidence
        return self.found_published

    def modified(self) -> Moment | None:
        published = self.found_published
        return None if published is None else find_modified(self.survey, published.moment)

    def kind(self) -> Kind:
        body = self.body() or ""
        spoken = sum(map(len, self.captions()))
        if len(self.read_blocks.pictures) >= _PHOTO_STORY_MIN_PICTURES and spoken > len(body):
            return "photo"
        return "text" if body else "photo"

    def lang(self) -> str:
        """Return "vi" for a text in Vietnamese letters, else the language the page states."""
        text = self.body() or self.headline()
        stated = re.match(r"[a-z]{2,3}(?![a-z])", (self.root.get("lang") or "").lower())
        return stated[0] if stated and not is_vietnamese(text) else "vi"

    def to_item(self) -> Article:
        """Return the article with the warning "layout_unknown", and "date_missing" without a date.

        Raises:
            ExtractionError: the page has no headline or no text.
            IncompletePageError: letters of the page are lost.
            NotAnArticleError: the page is a list, says that the address does not exist, or shows
                no sign of an article: no date, lead, signature or metadata.
        """
        self.refuse_others()
        article, errors = super().to_partial_item()
        for error in errors:
            if error.field in _REQUIRED_FIELDS:
                raise error
        self.refuse_unmarked(self.with_all_letters(article))
        flags = () if article.published_at else ("date_missing",)
        return replace(article, warnings=(*article.warnings, "layout_unknown", *flags))

    def refuse_unmarked(self, article: Article) -> None:
        """Refuse a list of articles, and a page that shows no sign of an article.

        Raises:
            ExtractionError: the page has pictures and neither text nor a usable address.
            NotAnArticleError: the page is a list, or nothing marks the page as an article.
        """
        if article.body is None and not (article.captions and article.images):
            raise ExtractionError("body", self.document.url, "pictures without word or address")
        if article.body and self._is_list_of_cut_titles(article.body):
            raise NotAnArticleError(self.document.url, "a list of articles")
        size = len(article.body or "")
        is_dated = article.published_at is not None
        is_signed = is_dated or article.byline is not None
        metadata = self.document.metadata
        is_stated = metadata.news is not None or metadata.og.get("type") == "article"
        is_lead = article.lead is not None and size >= _SHORT_TEXT_MAX_CHARS
        if not (is_signed or is_stated or is_lead or size >= _UNMARKED_TEXT_MIN_CHARS):
            raise NotAnArticleError(self.document.url, "nothing marks it as one")
        is_short = size < _SHORT_TEXT_MAX_CHARS
        is_slight = not (is_signed and is_stated) if is_short else not (is_signed or is_stated)
        is_slight = is_slight and size < _UNMARKED_TEXT_MIN_CHARS and metadata.news is None
        if len(self.survey.teasers) >= _LIST_MIN_TEASERS and is_slight:
            raise NotAnArticleError(self.document.url, "a list of articles")

    def _is_list_of_cut_titles(self, body: str) -> bool:
        """Return whether titles and summaries that end in dots are much of the text."""
        lines = body.split("\n")
        cut = sum(line.endswith(_CUT) for line in lines)
        if cut < _LIST_MIN_TEASERS or cut * _CUT_MIN_SHARE < len(lines):
            return False
        titles = (text_of(a) for a in self.root.iter("a") if leads_elsewhere(a.get("href")))
        found = {title for title in titles if title.endswith(_CUT) and title in body}
        return len(found) >= _LIST_MIN_CUT_TITLES

    def to_partial_item(self) -> tuple[Article, tuple[ExtractionError, ...]]:
        """Return the fields of a cut-out piece and the errors of the fields that it lacks."""
        self.is_piece = True
        article, errors = super().to_partial_item()
        return replace(article, warnings=(*article.warnings, "layout_unknown")), errors


def stated_paragraphs(news: NewsArticle | None) -> tuple[str, ...]:
    r"""Return the paragraphs of the text that the JSON-LD states; none for a text with tags.

    Only a page that prints no text is asked so: its own script would print the text.

    >>> stated_paragraphs(NewsArticle(body="The mill opened.\n\nIt was cold. " + 200 * "x"))[0]
    'The mill opened.'
    >>> stated_paragraphs(NewsArticle(body="<p>The mill opened.")), stated_paragraphs(None)
    ((), ())
    """
    body = "" if news is None or news.body is None else news.body
    if len(body) < _SHORT_TEXT_MAX_CHARS or _TAG.search(body):
        return ()
    return tuple(filter(None, map(clean, body.splitlines())))


def paper_of(url: str) -> Site:
    """Return the paper of a page of an undeclared newspaper, named by the page's host.

    >>> paper_of("https://www.baolangngheo.vn/tin-1234.html").name
    'baolangngheo'

    Raises:
        BadAddressError: the address has no host or cannot be read.
    """
    host = read_parts(url).host
    bare = host.removeprefix("www.").removeprefix("m.")
    name = re.sub(r"[^a-z0-9]+", "_", bare.partition(".")[0])
    if not name:
        raise BadAddressError(f"no host: {url!r}")
    return Site(name=name, domain=host, hosts=spellings(host))
