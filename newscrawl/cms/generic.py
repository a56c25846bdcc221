"""A news page of no known family, read by structure and metadata; no rule names a site.

Reads newspapers nobody has described yet, and stands in when a known layout cannot be read: its
articles carry the warning "layout_unknown".
"""

import re
from dataclasses import replace
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from newscrawl.body import Body
from newscrawl.bylines import Byline
from newscrawl.dates import Moment, read_modified
from newscrawl.exceptions import ExtractionError, NotAnArticle
from newscrawl.generic.article import Text, read_text
from newscrawl.generic.container import find_container
from newscrawl.generic.labels import find_tags, find_trail
from newscrawl.generic.published import find_published
from newscrawl.generic.signature import find_attribution, find_byline
from newscrawl.generic.survey import Survey
from newscrawl.items import Article, Image, Kind
from newscrawl.pages import ArticlePage, Paper, Published
from newscrawl.urls import BadAddress, spellings, trailing_number_key, vnpt_key

_REQUIRED: Final = frozenset(["headline", "body"])
_VIETNAMESE: Final = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_MARKED: Final = 0.02  # of a text's characters; Vietnamese has some 20 %
_PHOTO_STORY: Final = 3


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
    def text(self) -> Text:
        """Raises `ExtractionError` where no paragraphs stand below the headline."""
        container = find_container(self.survey)
        found = read_text(self.survey, container) if container is not None else None
        if found is None:
            raise ExtractionError("body", self.document.url, "no paragraphs below the headline")
        return found

    @cached_property
    def read_blocks(self) -> Body:
        return self.text.body

    def headline(self) -> str:
        found = self.survey.headline
        if found is None:
            raise ExtractionError("headline", self.document.url)
        self.evidence["headline"] = "page" if found.index >= 0 else "meta"
        return found.text

    def lead(self) -> str | None:
        return self.text.lead

    def images(self) -> tuple[Image, ...]:
        return self.read_blocks.images(self.survey.base)

    def byline(self) -> Byline | None:
        own = self.read_blocks.byline
        return own or find_byline(self.survey, self.text.last)

    def source(self, byline: Byline | None) -> tuple[str | None, str | None, str | None]:
        found = super().source(byline)
        if found[0] is None and (credit := find_attribution(self.survey, self.text.last)):
            return credit.source, credit.url, credit.line
        return found

    def section_path(self) -> tuple[str, ...]:
        return find_trail(self.survey)

    def tags(self) -> tuple[str, ...]:
        return find_tags(self.survey)

    def published(self) -> Published:
        found = find_published(self.survey, self.text.last)
        if found is None:
            raise ExtractionError("published", self.document.url, "no date on the page")
        self.evidence["published"] = found.evidence
        return found

    def kind(self) -> Kind:
        body = self.body() or ""
        spoken = sum(map(len, self.captions()))
        if len(self.read_blocks.pictures) >= _PHOTO_STORY and spoken > len(body):
            return "photo"
        return "text" if body else "photo"

    def lang(self) -> str:
        """"vi" where the text is written so, whatever the page's `lang` says."""
        text = self.body() or self.headline()
        marked = len(_VIETNAMESE.findall(text))
        stated = re.match(r"[a-z]{2,3}(?![a-z])", (self.root.get("lang") or "").lower())
        return stated[0] if stated and marked < _MARKED * len(text) else "vi"

    def to_item(self) -> Article:
        """The article, flagged; raises `ExtractionError` without headline or body.

        A page that states no date gives an undated article, flagged too.
        """
        self.refuse_others()
        article, errors = super().to_partial_item()
        for error in errors:
            if error.field in _REQUIRED:
                raise error
        flags = ("layout_unknown",) if article.published_at else ("layout_unknown", "date_missing")
        return replace(article, warnings=(*article.warnings, *flags))


    def to_partial_item(self) -> tuple[Article, tuple[ExtractionError, ...]]:
        self.is_piece = True
        article, errors = super().to_partial_item()
        return replace(article, warnings=(*article.warnings, "layout_unknown")), errors


def paper_of(url: str) -> Paper:
    """The paper a page of an undeclared newspaper belongs to, named by its host; raises BadAddress."""
    host = urlsplit(url).hostname or ""
    bare = host.removeprefix("www.").removeprefix("m.")
    name = re.sub(r"[^a-z0-9]+", "_", bare.partition(".")[0])
    if not name:
        raise BadAddress(f"no host: {url!r}")
    return Paper(name=name, domain=host, hosts=spellings(host))
