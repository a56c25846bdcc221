"""A news page of no known family, read by structure and metadata; no rule names a site.

Reads newspapers nobody has described yet, and stands in when a known layout cannot be read: its
articles carry the warning "layout_unknown".
"""

import re
from dataclasses import replace
from functools import cached_property
from typing import Final

from newscrawl.article.article_page import ArticlePage, Site
from newscrawl.article.body import Body
from newscrawl.article.byline import Byline
from newscrawl.article.dates import Moment
from newscrawl.article.generic.body_text import BodyText, read_text
from newscrawl.article.generic.container import find_container
from newscrawl.article.generic.date_line import find_modified, find_published
from newscrawl.article.generic.section_and_tags import find_tags, find_trail
from newscrawl.article.generic.signature import find_attribution, find_byline
from newscrawl.article.generic.survey import Survey
from newscrawl.article.publication_date import Published
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.items import Article, Image, Kind
from newscrawl.page.document import Document
from newscrawl.urls.article_keys import trailing_number_key, vnpt_key
from newscrawl.urls.canonical import spellings
from newscrawl.urls.url_parts import BadAddressError, read_parts

_REQUIRED: Final = frozenset(["headline", "body"])
_VIETNAMESE: Final = re.compile(
    r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE
)
_MARKED: Final = 0.02  # of a text's characters; Vietnamese has some 15 %
_SHORT: Final = 200  # characters of a text that needs other signs of an article
_LONG: Final = 600  # of one that needs none
_MANY: Final = 4  # teasers of a list
_PHOTOS: Final = 3  # of a photo story, whose captions are longer than its text
_NO_PAGE: Final = re.compile(
    r"(?:lỗi )?404|not found|không tìm thấy"
    r"|(?:trang|bài viết|nội dung).{0,20}(?:không tồn tại|không tìm thấy|đã bị)",
    re.IGNORECASE,
)


class GenericPage(ArticlePage):
    """Any article page: one survey of its blocks, one method a field."""

    version = "generic.1"
    marks = ()
    is_piece = False
    """A cut-out piece of a page: no headline, and short lines may be all the text"""

    @staticmethod
    def read_key(url: str) -> str | None:
        return vnpt_key(url) or trailing_number_key(url)

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.document, is_piece=self.is_piece)

    @cached_property
    def text(self) -> BodyText | None:
        """What stands below the headline; None where that is no text."""
        container = find_container(self.survey)
        return None if container is None else read_text(self.survey, container)

    @property
    def last(self) -> int:
        """The block that ends the article."""
        return self.survey.start if self.text is None else self.text.last

    @cached_property
    def read_blocks(self) -> Body:
        if self.text is None:
            raise ExtractionError("body", self.document.url, "no paragraphs below the headline")
        return self.text.body

    def refuse_others(self) -> None:
        headline = self.survey.headline
        if headline is not None and _NO_PAGE.match(headline.text):
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
        return self.read_blocks.images(self.survey.base)

    def byline(self) -> Byline | None:
        """The signature that ends the text, else the one in the head or below."""
        own = None if self.text is None else self.text.body.byline
        return own or find_byline(self.survey, self.last)

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
        if len(self.read_blocks.pictures) >= _PHOTOS and spoken > len(body):
            return "photo"
        return "text" if body else "photo"

    def lang(self) -> str:
        """The page's stated language, but "vi" where the text is written so."""
        text = self.body() or self.headline()
        marked = len(_VIETNAMESE.findall(text))
        stated = re.match(r"[a-z]{2,3}(?![a-z])", (self.root.get("lang") or "").lower())
        return stated[0] if stated and marked < _MARKED * len(text) else "vi"

    def to_item(self) -> Article:
        """The article, flagged "layout_unknown", and "date_missing" where the page states none.

        Raises `ExtractionError` without headline or text, `IncompletePageError` where letters are
        lost, `NotAnArticleError` for lists, soft 404s and pages that nothing marks as an
        article: no date, no lead, no signature, no metadata of one.
        """
        self.refuse_others()
        article, errors = super().to_partial_item()
        for error in errors:
            if error.field in _REQUIRED:
                raise error
        self.refuse_unmarked(self.with_all_letters(article))
        flags = () if article.published_at else ("date_missing",)
        return replace(article, warnings=(*article.warnings, "layout_unknown", *flags))

    def refuse_unmarked(self, article: Article) -> None:
        """Raise `NotAnArticleError` for a page that shows no sign of an article."""
        if article.body is None and not (article.captions and article.images):
            raise ExtractionError("body", self.document.url, "pictures without word or address")
        size = len(article.body or "")
        is_dated = article.published_at is not None
        is_signed = is_dated or article.byline is not None
        metadata = self.document.metadata
        is_stated = metadata.news is not None or metadata.og.get("type") == "article"
        is_lead = article.lead is not None and size >= _SHORT
        if not (is_signed or is_stated or is_lead or size >= _LONG):
            raise NotAnArticleError(self.document.url, "nothing marks it as one")
        is_slight = size < _SHORT or not is_signed
        if len(self.survey.teasers) >= _MANY and is_slight and metadata.news is None:
            raise NotAnArticleError(self.document.url, "a list of articles")

    def to_partial_item(self) -> tuple[Article, tuple[ExtractionError, ...]]:
        """What can be read of a cut-out piece, where short lines may be all the text."""
        self.is_piece = True
        article, errors = super().to_partial_item()
        return replace(article, warnings=(*article.warnings, "layout_unknown")), errors


def stand_in(document: Document, paper: Site, key: str) -> Article:
    """The generic reading of a page whose own layout cannot be read, under the key asked for.

    Raises what `GenericPage.to_item` raises.
    """
    return replace(GenericPage(document, paper).to_item(), id=f"{paper.name}:{key}")


def paper_of(url: str) -> Site:
    """The paper that a page of an undeclared newspaper belongs to, named by its host.

    >>> paper_of("https://www.baolangngheo.vn/tin-1234.html").name
    'baolangngheo'

    Raises BadAddressError for an address without a host, or that cannot be read.
    """
    host = read_parts(url).host
    bare = host.removeprefix("www.").removeprefix("m.")
    name = re.sub(r"[^a-z0-9]+", "_", bare.partition(".")[0])
    if not name:
        raise BadAddressError(f"no host: {url!r}")
    return Site(name=name, domain=host, hosts=spellings(host))
