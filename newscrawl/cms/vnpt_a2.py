"""Papers on the VNPT CMS's template A2 (family A) that print the lead in a box of its own.

By the accounts of a crawler (2026); no page of theirs was read.
"""

from typing import ClassVar

from newscrawl.cms.section import of_class
from newscrawl.cms.vnpt import VnptA1Page, VnptA2Page, VnptA3Page
from newscrawl.page.selectors import elements, first
from newscrawl.text import same_text


class SapoBoxPage(VnptA2Page):
    """Template A2 with a box for the lead; the bold first paragraph where it is missing."""

    lead_selector: ClassVar[str]

    def lead(self) -> str | None:
        box = first(elements(self.root, self.lead_selector))
        return (self.text_of(box) if box is not None else "") or super().lead()

    def body(self) -> str | None:
        """The text; a bold first paragraph that is not the lead again is part of it."""
        lead, bold, text = self.lead(), self.read_blocks.bold_lead, super().body()
        is_own = bold is not None and lead is not None and not same_text(bold, lead)
        return "\n\n".join(filter(None, (bold, text))) if is_own else text


class ThaiNguyenPage(SapoBoxPage):
    """baothainguyen.vn: lead in `div.desc`, body in `div.content-detail`."""

    version = "a2.thainguyen"
    identifying_selectors = ("h1.head_title", "div.content-detail div.desc")
    body_selector = "div.content-detail"
    drop_selector = f"{VnptA2Page.drop_selector} | .//div[{of_class('desc')}]"
    lead_selector = "div.desc"


class VinhLongPage(SapoBoxPage):
    """baovinhlong.com.vn: lead in `.sub_first_content strong`."""

    version = "a2.vinhlong"
    identifying_selectors = ("h1.head_title", ".sub_first_content strong")
    drop_selector = f"{VnptA2Page.drop_selector} | .//*[contains(@class, 'sub_first_content')]"
    lead_selector = ".sub_first_content strong"


THAI_NGUYEN_PAGES = (ThaiNguyenPage, VnptA2Page, VnptA1Page, VnptA3Page)
VINH_LONG_PAGES = (VinhLongPage, VnptA2Page, VnptA1Page, VnptA3Page)
