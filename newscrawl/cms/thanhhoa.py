"""The CMS that baothanhhoa.vn and baophutho.vn share (family G).

Everything here is by the accounts of two crawlers each (2026), the class names of paragraphs by one
crawler of unknown year. No page was read.
"""

from dataclasses import dataclass
from typing import Final

from newscrawl.article.body import BodyRules
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection, of_any_class
from newscrawl.urls.article_keys import exact_number_key

_LEAD: Final = of_any_class("article__sapo", "sapo", "pHead")


class ThanhHoaPage(FamilyPage):
    """An article `/{slug}-{number}.htm`.

    Body and headline are by crawlers (2026), `.pBody, .pCaption, .pAuthor` by one of unknown
    year; that baothanhhoa.vn has baophutho.vn's `h1.pTitle` is a guess. About half of the bodies
    on baophutho.vn are encrypted and decoded by a script (October 2026); such a page is refused.
    The date stands in the head only. Accounts of the lead differ: `.article__sapo` or `.sapo`
    (baothanhhoa.vn), `p.pHead` in the body (baophutho.vn).
    """

    version = "g.2"
    identifying_selectors = ("h1.pTitle", "#dcontent")
    headline_selector = "h1.pTitle"
    published_selector = ""
    body_selector = "#dcontent"
    drop_selector = f".//*[{of_any_class('box-content', 'content-list')} or {_LEAD}]"
    body_rules = BodyRules(
        caption_classes=frozenset(["pCaption"]), byline_classes=frozenset(["pAuthor"])
    )
    lead_selector = f"id('dcontent')/preceding::*[{_LEAD}] | id('dcontent')/descendant::*[{_LEAD}]"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url, ending=".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanhHoaSection(FamilySection):
    """A section page: links to `.htm` outside the boxes beside it; the pagination is unknown."""

    closing_slash: bool = False

    page = ThanhHoaPage
    items = "a[href*='.htm']"
    boxes = ".box-content, .content-list"
