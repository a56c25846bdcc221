"""The newspapers on template A2 of the VNPT CMS (family A) with a box for the lead.

Everything here is by the accounts of a crawler (2026); no page was read.
"""

from typing import ClassVar

from newscrawl.cms.section import of_class
from newscrawl.cms.vnpt import VnptA1Page, VnptA2Page, VnptA3Page
from newscrawl.page.selectors import elements, first


class SapoBoxPage(VnptA2Page):
    """Template A2 with a box for the lead; without the box the bold first paragraph is the lead."""

    lead_selector: ClassVar[str]

    def lead(self) -> str | None:
        box = first(elements(self.root, self.lead_selector))
        return (self.text_of(box) if box is not None else "") or super().lead()


class ThaiNguyenPage(SapoBoxPage):
    """baothainguyen.vn: lead in `div.desc`, body in `div.content-detail`."""

    version = "a2.thainguyen.2"
    identifying_selectors = ("h1.head_title", "div.content-detail div.desc")
    body_selector = "div.content-detail"
    drop_selector = f"{VnptA2Page.drop_selector} | .//div[{of_class('desc')}]"
    lead_selector = "div.desc"


class VinhLongPage(SapoBoxPage):
    """baovinhlong.com.vn: lead in `.sub_first_content strong`."""

    version = "a2.vinhlong.2"
    identifying_selectors = ("h1.head_title", ".sub_first_content strong")
    drop_selector = f"{VnptA2Page.drop_selector} | .//*[contains(@class, 'sub_first_content')]"
    lead_selector = ".sub_first_content strong"


THAI_NGUYEN_PAGES = (ThaiNguyenPage, VnptA2Page, VnptA1Page, VnptA3Page)
VINH_LONG_PAGES = (VinhLongPage, VnptA2Page, VnptA1Page, VnptA3Page)
