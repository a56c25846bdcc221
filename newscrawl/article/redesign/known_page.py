"""A page of the new layout together with what its article is known to say."""

from dataclasses import dataclass
from datetime import datetime

from newscrawl.article.byline import strip_dash
from newscrawl.article.dates import ImpossibleDateError, Moment, read_moment
from newscrawl.article.redesign.text_places import elements_with, innermost_with, short_elements
from newscrawl.items import Article
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element
from newscrawl.text import clean

DATE_LINE_MAX_CHARS = 120


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A kept page that its page class cannot read as before, and the article on it."""

    document: Document
    article: Article
    """What the page says, normalized"""
    is_archived: bool
    """Whether a page class read the article in an earlier run; False = the generic reader did"""

    def headline_places(self) -> list[Element]:
        """Return the elements whose text is the headline, innermost first."""
        text = self.article.headline
        found = elements_with(self.document.root, text)
        return [element for element in found if text_of(element) == text]

    def lead_places(self) -> list[Element]:
        """Return the elements whose text is the lead, innermost first."""
        lead = self.article.lead or ""
        found = elements_with(self.document.root, lead) if lead else []
        return [element for element in found if strip_dash(clean(text_of(element))) == lead]

    def date_places(self) -> list[Element]:
        """Return the elements whose text states the moment of publication, innermost first.

        A line that states it as finely as it is known is preferred to the day alone.
        """
        wanted = self.article.published_at
        if wanted is None:
            return []
        stated = [
            (element, moment)
            for element in short_elements(self.document.root, DATE_LINE_MAX_CHARS)
            if (moment := self._moment(text_of(element))) is not None
        ]
        exact = [element for element, moment in stated if moment.at == wanted]
        return exact or [element for element, moment in stated if _is_day_of(moment, wanted)]

    def body_place(self) -> Element | None:
        """Return the innermost element that holds every paragraph; None where none does."""
        body = self.article.body
        return innermost_with(self.document.root, body.split("\n\n")) if body else None

    def _moment(self, text: str) -> Moment | None:
        try:
            return read_moment(text, self.document.fetched_at)
        except ImpossibleDateError:
            return None


def _is_day_of(moment: Moment, wanted: datetime) -> bool:
    return moment.precision == "day" and moment.date == wanted.date()
