"""The older "dataimages / channel" CMS (family B): many papers to 2020, a few to 2024.

Body, date and captions: a crawler of June 2019. Addresses `/channel/{n}/{YYYYMM}/{slug}-{id}/` and
`/dataimages/YYYYMM/original/imagesN_….jpg` were seen; no page was read.
"""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from newscrawl.article.body import BodyRules
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import (
    ANY_LINK,
    FRONT_PAGE,
    NEAREST,
    FamilySection,
    of_class,
)
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element, elements, first
from newscrawl.urls.canonical import resolve

_CHANNEL: Final = re.compile(
    r"https?://[^/]+/channel/[0-9]{1,6}/(?:19|20)[0-9]{4}/[^/?#]*-([0-9]{4,9})/?"
)
_FOLDER: Final = re.compile(r"https?://[^/]+/channel/[0-9]{1,6}(?=/)")
_CHANNEL_LINKS: Final = "//a[contains(@href, '/channel/')]"


def channel_key(url: str) -> str | None:
    """Return the id in "/channel/{n}/{YYYYMM}/{slug}-{id}/"; None for any other address.

    >>> channel_key("https://bao.vn/channel/5408/201104/vot-rac-bai-nom-2045687/")
    '2045687'
    >>> channel_key("https://bao.vn/channel/5408/") is None
    True
    """
    match = _CHANNEL.fullmatch(url)
    return match[1] if match else None


class DataImagesPage(FamilyPage):
    """An article: `#content`, `#date` or `div.date`, captions in the second row of a table.

    All selectors are of 2019; that the page's only `h1` is the headline and that the lead is the
    bold first paragraph are guesses from the CMS that followed (family A).
    """

    version = "b.2"
    identifying_selectors: ClassVar[tuple[str, ...]] = (
        "h1",
        "#date, div.date",
        "#content",
        "/html[not(.//*[@id='page_info'])]",
    )
    headline_selector = "h1"
    published_selector = (
        f"(id('content')/preceding::div[@id='date' or {of_class('date')}]"
        f"{NEAREST}[preceding::h1])[1]"
    )
    body_selector = "#content"
    body_rules = BodyRules(caption_classes=frozenset(["image_desc"]))
    has_bold_lead = True

    @staticmethod
    def read_key(url: str) -> str | None:
        return channel_key(url)

    def section_path(self) -> tuple[str, ...]:
        """Return the menu's label for the channel that the article's own address names."""
        channel = _FOLDER.match(self.document.url)
        if channel is None:
            return ()
        for a in elements(self.root, _CHANNEL_LINKS):
            address = resolve(self.document.base_url, a.get("href") or "") or ""
            if address.rstrip("/") == channel[0] and (label := self.text_of(a)):
                return (label,)
        return ()


class ApBacPage(DataImagesPage):
    """baoapbac.vn: the date stands in `#current-date` (2019)."""

    version = "b.apbac.2"
    identifying_selectors = ("h1", "#current-date", "#content")
    published_selector = "#current-date"


class DataImagesSection(FamilySection):
    """A list `/channel/{n}/`, whose markup and pagination are unknown.

    As a guess the list is every link in the left column (`#left`, where the page has one) whose
    address begins with the channel's own; that leaves the boxes beside the list out.
    """

    page = DataImagesPage

    def anchors(self, document: Document) -> Sequence[Element]:
        column = first(elements(document.root, "#left"))
        found = elements(document.root if column is None else column, f".{ANY_LINK}")
        front = resolve(document.url, self.path) or ""
        return [
            a
            for a in found
            if self.path == FRONT_PAGE
            or (resolve(document.url, a.get("href") or "") or "").startswith(front)
        ]
