"""Papers on the VNPT CMS's template A2 (family A) that print the lead in a box of its own.

By the accounts of a crawler (2026); no page of theirs was read.
"""

from typing import ClassVar

from newscrawl.cms.links import of_class
from newscrawl.cms.vnpt import VnptA1Page, VnptA2Page, VnptA3Page
from newscrawl.selectors import elements, first
from newscrawl.text import same_text


class SapoBoxPage(VnptA2Page):
    """Template A2 with a box for the lead; the bold first paragraph where it is missing."""

    lead_css: ClassVar[str]

    def lead(self) -> str | None:
        box = first(elements(self.root, self.lead_css))
        return (self.text_of(box) if box is not None else "") or super().lead()

    def body(self) -> str | None:
        """The text; a bold first paragraph that is not the lead again is part of it."""
        lead, bold, text = self.lead(), self.read_blocks.bold_lead, super().body()
        is_own = bold is not None and lead is not None and not same_text(bold, lead)
        return "\n\n".join(filter(None, (bold, text))) if is_own else text


class ThaiNguyenPage(SapoBoxPage):
    """baothainguyen.vn: lead in `div.desc`, body in `div.content-detail`."""

    version = "a2.thainguyen"
    marks = ("h1.head_title", "div.content-detail div.desc")
    body_css = "div.content-detail"
    drop = f"{VnptA2Page.drop} | .//div[{of_class('desc')}]"
    lead_css = "div.desc"


class VinhLongPage(SapoBoxPage):
    """baovinhlong.com.vn: lead in `.sub_first_content strong`."""

    version = "a2.vinhlong"
    marks = ("h1.head_title", ".sub_first_content strong")
    drop = f"{VnptA2Page.drop} | .//*[contains(@class, 'sub_first_content')]"
    lead_css = ".sub_first_content strong"


THAI_NGUYEN_PAGES = (ThaiNguyenPage, VnptA2Page, VnptA1Page, VnptA3Page)
VINH_LONG_PAGES = (VinhLongPage, VnptA2Page, VnptA1Page, VnptA3Page)
