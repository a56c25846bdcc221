"""`FamilyPage`, the base class of the CMS families whose pages have a box for each field (B to G).

The page classes of families A and K subclass `ArticlePage` itself.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from string import ascii_letters
from typing import ClassVar, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.body import Body, read_body
from newscrawl.article.boilerplate import is_boilerplate
from newscrawl.article.byline import Byline, read_byline, strip_dash
from newscrawl.exceptions import IncompletePageError, NotAnArticleError
from newscrawl.items import Image
from newscrawl.page.ancestry import nearest
from newscrawl.page.blocks import Block, blocks
from newscrawl.page.element_text import text_of
from newscrawl.page.encoded_text import holds_encoded_word
from newscrawl.page.selectors import Element, elements, first
from newscrawl.text import clean
from newscrawl.urls.canonical import resolve

_UNFILLED_TEMPLATE: Final = re.compile(r"(?:\{\{[^{}]*\}\}|\{\w+\}|[\s|,-])+")
_LABEL_EDGES: Final = " >»›/"
BOLD_LEAD_MIN_CHARS: Final = 60  # a shorter bold paragraph is a subheading
BOXES_MAX: Final = 20  # a page may nest a thousand boxes of one class, each with the whole text
_MEDIA_SELECTORS: Final = {
    "video": "video, .jwplayer, .video-js",
    "audio": "audio",
    "embedded page": "iframe, object, embed",
}


class FamilyPage(ArticlePage):
    """An article page with a box for each field; a CMS family names the boxes by selectors."""

    lead_selector: ClassVar[str] = ""
    """The first match that holds text is the lead; "" = the layout has no box for the lead"""
    byline_selector: ClassVar[str] = ""
    """Boxes beside the text that name author or source; a signature in the text counts before"""
    trail_selector: ClassVar[str] = ""
    """Links of the breadcrumb; a link to the home page is no section"""
    section_selector: ClassVar[str] = ""
    """Element that holds the section's name alone, for pages without a breadcrumb"""
    author_meta: ClassVar[str] = ""
    """Name of the meta element that states the author; "" = the head's author is no author"""
    tags_selector: ClassVar[str] = ""
    """Links of the article's keywords"""
    own_number_selector: ClassVar[str] = ""
    """Hidden element in which the page repeats its own number"""

    def refuse_others(self) -> None:
        self.refuse_other_article()
        containers = self.document.elements(self.body_selector)
        if len(containers) == 1:  # for none or several `body` raises
            self.refuse_bodiless(containers[0])

    def refuse_other_article(self) -> None:
        """Raise `IncompletePageError` where the page states another article's number."""
        box = (
            first(elements(self.root, self.own_number_selector))
            if self.own_number_selector
            else None
        )
        own = clean(box.get("value") or self.text_of(box)) if box is not None else ""
        asked = (self.read_key(self.document.url) or "").strip(ascii_letters + "-")
        if own.isdecimal() and asked and own != asked:
            raise IncompletePageError(self.document.url, f"the page says it is article {own}")

    def refuse_bodiless(self, container: Element) -> None:
        """Raise `NotAnArticleError` where the body's element holds no text a reader can see."""
        if any(map(holds_encoded_word, self.read_blocks.paragraphs)):
            raise NotAnArticleError(self.document.url, "encrypted body")
        if self.read_blocks.paragraphs:
            return
        for kind, selector in _MEDIA_SELECTORS.items():
            if elements(container, selector):
                raise NotAnArticleError(self.document.url, kind)
        if not self.read_blocks.picture_count and _is_filled_by_script(self.root, container):
            raise NotAnArticleError(self.document.url, "script-rendered body")

    @cached_property
    def boxed_lead(self) -> str | None:
        """The text of the first box for the lead that holds any."""
        boxes = elements(self.root, self.lead_selector)[:BOXES_MAX] if self.lead_selector else []
        if len(boxes) > 1:  # a teaser's lead stands in another box than the text
            boxes = nearest(boxes, self.container)
        printed = (" ".join(block.text for block in blocks(box, _leads_on)) for box in boxes)
        leads = (strip_dash(clean(text)) for text in printed)
        return next(filter(None, leads), None)

    def lead(self) -> str | None:
        return self.boxed_lead or super().lead()

    @cached_property
    def read_blocks(self) -> Body:
        """The body; where no box holds a lead, a long bold first paragraph is the lead.

        Seen on articles of baodanang.vn that were moved from baoquangnam.vn (2026): their box for
        the lead is empty.
        """
        found = self.blocks()
        body = read_body(found, self.body_rules, has_bold_lead=self.has_bold_lead)
        if self.has_bold_lead or self.boxed_lead is not None:
            return body
        led = read_body(found, self.body_rules, has_bold_lead=True)
        is_lead = len(led.bold_lead or "") >= BOLD_LEAD_MIN_CHARS and led.paragraphs
        return led if is_lead else body

    def blocks(self) -> Sequence[Block]:
        """Return the article's blocks without unfilled templates."""
        return [block for block in super().blocks() if not _is_unfilled(block.text)]

    def images(self) -> tuple[Image, ...]:
        return self.read_blocks.images(self.document.base_url)

    def byline(self) -> Byline | None:
        """Return the signature below the text, else that of the first box that holds one.

        Boxes beside that box sign too: each of several authors may have a box.
        """
        if (own := super().byline()) is not None:
            return own
        boxes = (
            elements(self.root, self.byline_selector)[:BOXES_MAX] if self.byline_selector else []
        )
        signed = [(box, found) for box in boxes if (found := read_byline(self.lines_of(box)))]
        if not signed:
            return self._stated_byline()
        parent = signed[0][0].getparent()
        together = [found for box, found in signed if box.getparent() is parent]
        lines = dict.fromkeys(found.line for found in together)
        authors = dict.fromkeys(author for found in together for author in found.authors)
        source = next((found.source for found in together if found.source), None)
        return Byline(line=" - ".join(lines), authors=tuple(authors), source=source)

    def _stated_byline(self) -> Byline | None:
        """Return the signature in the head's meta element, where the article credits no outlet."""
        stated = self.document.metadata.first(self.author_meta) if self.author_meta else None
        signed = read_byline(stated) if stated and self.source(None)[0] is None else None
        if signed is not None and signed.authors:
            self.evidence["authors"] = "meta"
        return signed

    def section_path(self) -> tuple[str, ...]:
        """Return the breadcrumb's labels, else the text of the box that names the section alone."""
        found = elements(self.root, self.trail_selector) if self.trail_selector else []
        labels = [self.text_of(a).strip(_LABEL_EDGES) for a in found if not self._leads_home(a)]
        if not any(labels) and self.section_selector:
            boxes = elements(self.root, self.section_selector)[:1]
            labels = [self.text_of(box).strip(_LABEL_EDGES) for box in boxes]
        return tuple(dict.fromkeys(filter(None, labels)))

    def _leads_home(self, a: Element) -> bool:
        address = resolve(self.document.url, a.get("href") or "")
        return address is not None and address.split("/", 3)[3:] in ([], [""])

    def tags(self) -> tuple[str, ...]:
        return self.texts(self.tags_selector) if self.tags_selector else ()


def _leads_on(element: Element) -> bool:
    """Return whether the element is a link that its own words call one to another article."""
    return element.tag == "a" and is_boilerplate(text_of(element))


def _is_unfilled(text: str) -> bool:
    return "{" in text and _UNFILLED_TEMPLATE.fullmatch(text) is not None


def _is_filled_by_script(root: Element, container: Element) -> bool:
    """Return whether a script stands in the empty container or names the container's id."""
    if elements(container, ".//script"):
        return True
    name = container.get("id")
    scripts = elements(root, "//script[not(@src)]") if name else []
    return any(f"#{name}" in (s.text or "") or f"'{name}'" in (s.text or "") for s in scripts)
