"""VNPT-Media "SC" CMS (family A): templates A1, A2 and A3.

Markup seen: baodaklak.vn (A1) and baodongnai.com.vn (A2) in saved pages of 2024,
phuyen.baodaklak.vn (A3) in a fragment of 2026. The pages have a hidden `#page_info` and assets
under `/common/v1/` or `/common/v2/`.
"""

from functools import cached_property
from typing import ClassVar

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.body import BodyRules
from newscrawl.article.byline import Byline, read_byline, split_credit
from newscrawl.cms.section import of_any_class, of_class
from newscrawl.exceptions import IncompletePageError, NotAnArticleError
from newscrawl.items import Image
from newscrawl.page.document import Document
from newscrawl.page.pictures import picture_address
from newscrawl.page.selectors import Element, elements, only_or_none, optional
from newscrawl.text import same_text
from newscrawl.urls.article_keys import vnpt_key
from newscrawl.urls.canonical import image_url

KEY_HEX_DIGITS = 7  # the address repeats the last seven digits of the article's id
_CAPTION_CLASSES = frozenset(["image_desc", "desc"])
_A2_TITLE = f"//h1[{of_class('head_title')}]"
_A2_BOX = f"following-sibling::div[{of_class('box_support')}]"
_A2_AUTHOR = f"{_A2_BOX}//span[{of_class('author')}]"


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


class VnptPage(ArticlePage):
    """The three templates: hidden ids, a section path in the menu, a bold lead."""

    has_bold_lead = True
    body_rules = BodyRules(
        caption_classes=_CAPTION_CLASSES,
        byline_classes=frozenset(["author"]),
    )

    @staticmethod
    def read_key(url: str) -> str | None:
        return vnpt_key(url)

    def hidden(self, name: str) -> str | None:
        """Return a value of the hidden `#page_info`; None where the page has none."""
        return self.page_info.get(name)

    @cached_property
    def page_info(self) -> dict[str, str]:
        found = elements(self.root, 'id("page_info")/*[@id]')
        return {e.get("id", ""): text for e in found if (text := self.text_of(e))}

    def refuse_others(self) -> None:
        own, asked = self.hidden("article_id"), vnpt_key(self.url)
        digits = asked.rpartition("-")[2] if asked else ""
        is_hex_tail = len(digits) == KEY_HEX_DIGITS and asked is not None and "-" in asked
        is_other = own is not None and own[-KEY_HEX_DIGITS:].lower() != digits
        if is_other and is_hex_tail and not digits.isdecimal():
            raise IncompletePageError(self.document.url, f"the page says it is article {own}")
        is_empty = not self.read_blocks.paragraphs and not self.read_blocks.picture_count
        if is_empty and elements(self.container, "video, audio, iframe, .jwplayer, .video-js"):
            raise NotAnArticleError(self.document.url, "video")

    def body(self) -> str | None:
        """Return the text, with the bold first paragraph where that paragraph is not the lead."""
        lead, bold, text = self.lead(), self.read_blocks.bold_lead, super().body()
        if bold is None or lead is None or same_text(bold, lead):
            return text
        return "\n\n".join(filter(None, (bold, text)))

    def section_path(self) -> tuple[str, ...]:
        """Return the labels of the menu items above the page's category, and the category's title.

        The class of a menu item is its category's id.
        """
        title, category = self.hidden("cate_title"), self.hidden("cate_id")
        if title is None:
            return ()
        item = next((li for li in self.root.iter("li") if category in _classes(li)), None)
        above = list(item.iterancestors("li")) if item is not None else []
        labels = (self.texts("./a", li) for li in reversed(above))
        return (*(label[0] for label in labels if label), title)


class VnptA1Page(VnptPage):
    """Template A1: baodaklak.vn [html 2024], baotuyenquang.com.vn [crawler 2026].

    That baotuyenquang.com.vn has the family's date line and byline is a guess.
    """

    version = "a1.2"
    identifying_selectors = (f"id('content')/h1[{of_class('media-heading')}]",)
    headline_selector = identifying_selectors[0]
    published_selector = f"id('content')/div[{of_class('date')}]"
    body_selector = 'id("content") | id("content")/following-sibling::*[@id="content"]'
    drop_selector = (
        f"./h1[{of_class('media-heading')}] | ./h4[contains(@class, 'media-heading')]"
        f" | ./ul[contains(@class, 'social')] | ./div[{of_any_class('date', 'bd02')}]"
        f" | .//table[{of_class('rl')}]"
    )

    @classmethod
    def missing_fields(cls, document: Document) -> tuple[str, ...]:
        """Return only "body" where the body's box is missing: the box holds the other fields."""
        lost = super().missing_fields(document)
        has_heading = elements(document.root, f"//h1[{of_class('media-heading')}]")
        return ("body",) if "body" in lost and has_heading else lost

    def tags(self) -> tuple[str, ...]:
        return self.texts(f"id('content')/ancestor::div/div[{of_class('tag_list')}]/a")


class VnptA2Page(VnptPage):
    """Template A2: baodongnai.com.vn [html 2024]; others of the family by crawlers' accounts."""

    version = "a2.2"
    identifying_selectors = (_A2_TITLE, f"id('content')/div[{of_class('td-post-content')}]")
    headline_selector = identifying_selectors[0]
    published_selector = f"{_A2_TITLE}/{_A2_BOX}//div[{of_class('date')}]"
    body_selector = identifying_selectors[1]
    drop_selector = f".//table[{of_class('rl')}]"

    def byline(self) -> Byline | None:
        """Return the byline below the text, else the repeated one below the headline."""
        head = only_or_none(self._signed_heads(), f"{_A2_TITLE}/{_A2_AUTHOR}")
        return super().byline() or (read_byline(self.lines_of(head)) if head is not None else None)

    def _signed_heads(self) -> list[Element]:
        """Return the author's elements below the headline, which was found when the class was."""
        titles = self.document.elements(_A2_TITLE)
        if len(titles) == 1:
            return elements(titles[0], f"./{_A2_AUTHOR}")
        return elements(self.root, f"{_A2_TITLE}/{_A2_AUTHOR}")

    def tags(self) -> tuple[str, ...]:
        return self.texts(f"//h4//a[{of_class('tag')}]")


class VnptA3Page(VnptPage):
    """Template A3 "v2": phuyen.baodaklak.vn [html 2026, fragment].

    `<html><head></head><body>` opens again inside `<main>`. Old articles print the lead again as
    the first bold paragraph, and the placeholder "Bút danh" may replace their signature.
    """

    version = "a3.2"
    identifying_selectors = (
        f"//h1[{of_class('title')}][ancestor::div[{of_class('detail-main-title')}]]",
    )
    headline_selector = identifying_selectors[0]
    published_selector = f"//time[parent::div[{of_class('group-time')}]]"
    body_selector = f"id('content')/div[{of_class('td-post-content')}]"
    drop_selector = f".//*[{of_any_class('td-post-sharing', 'related-post', 'box-tag')}]"
    lead_selector: ClassVar[str] = "div.content-reply p.reply"

    def lead(self) -> str | None:
        """Return the text of the reply box, else the bold first paragraph."""
        printed = optional(self.root, self.lead_selector)
        return (self.text_of(printed) if printed is not None else "") or super().lead()

    def images(self) -> tuple[Image, ...]:
        header = self._header_picture()
        found = super().images()
        return found if header is None else (header, *found)

    def captions(self) -> tuple[str, ...]:
        return (*self.texts(".group-caption p.caption"), *super().captions())

    def _header_picture(self) -> Image | None:
        picture = optional(self.root, ".detail-main-title .group-image img.image")
        source = picture_address(picture) if picture is not None else None
        url = image_url(self.document.url, source) if source else None
        if url is None:
            return None
        caption, credit = split_credit(" ".join(self.texts(".group-caption p.caption")))
        return Image(url=url, caption=caption, credit=credit)

    def byline(self) -> Byline | None:
        """Return the byline in the signature box, else the byline below the text."""
        box = optional(self.root, "div.after-author p.author")
        signed = read_byline(self.lines_of(box)) if box is not None else None
        return signed or super().byline()

    def section_path(self) -> tuple[str, ...]:
        return self.texts('ol.breadcrumb a.link:not([href="/"])')

    def tags(self) -> tuple[str, ...]:
        return self.texts(".tags-box .tags a")


VNPT_PAGES = (VnptA1Page, VnptA2Page, VnptA3Page)
