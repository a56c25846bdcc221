"""`FamilyPage`, the base class of the CMS families whose pages have a box for each field (B to G).

The page classes of families A and K subclass `ArticlePage` itself.
"""

import re
from collections.abc import Sequence
from string import ascii_letters
from typing import ClassVar, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.byline import Byline, read_byline, strip_dash
from newscrawl.exceptions import IncompletePageError, NotAnArticleError
from newscrawl.items import Image
from newscrawl.page.blocks import Block, blocks
from newscrawl.page.encoded_text import holds_encoded_word
from newscrawl.page.selectors import Element, elements, first
from newscrawl.text import clean
from newscrawl.urls.canonical import resolve

_UNFILLED_TEMPLATE: Final = re.compile(r"(?:\{\{[^{}]*\}\}|\{\w+\}|[\s|,-])+")
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
    """Boxes that repeat or replace the signature below the text"""
    trail_selector: ClassVar[str] = ""
    """Links of the breadcrumb; a link to the home page is no section"""
    tags_selector: ClassVar[str] = ""
    own_number_selector: ClassVar[str] = ""
    """Hidden element in which the page repeats its own number"""
    furniture: ClassVar[frozenset[str]] = frozenset()
    """Lines among the paragraphs that are not part of the text, in small letters"""

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

    def lead(self) -> str | None:
        boxes = elements(self.root, self.lead_selector)[:BOXES_MAX] if self.lead_selector else []
        printed = (" ".join(block.text for block in blocks(box)) for box in boxes)
        leads = (strip_dash(clean(text)) for text in printed)
        return next(filter(None, leads), None) or super().lead()

    def blocks(self) -> Sequence[Block]:
        """Return the container's blocks without unfilled templates and the layout's furniture."""
        return [block for block in super().blocks() if not self._is_furniture(block.text)]

    def _is_furniture(self, text: str) -> bool:
        is_template = "{" in text and _UNFILLED_TEMPLATE.fullmatch(text) is not None
        return is_template or text.casefold() in self.furniture

    def images(self) -> tuple[Image, ...]:
        return self.read_blocks.images(self.document.base_url)

    def byline(self) -> Byline | None:
        """Return the signature below the text, else that of the first box that holds one.

        Boxes beside that box sign too: each of several authors may have a box.
        """
        if (own := super().byline()) is not None or not self.byline_selector:
            return own
        boxes = elements(self.root, self.byline_selector)[:BOXES_MAX]
        signed = [(box, found) for box in boxes if (found := read_byline(self.lines_of(box)))]
        if not signed:
            return None
        parent = signed[0][0].getparent()
        together = [found for box, found in signed if box.getparent() is parent]
        lines = dict.fromkeys(found.line for found in together)
        authors = dict.fromkeys(author for found in together for author in found.authors)
        source = next((found.source for found in together if found.source), None)
        return Byline(line=" - ".join(lines), authors=tuple(authors), source=source)

    def section_path(self) -> tuple[str, ...]:
        found = elements(self.root, self.trail_selector) if self.trail_selector else []
        labels = (self.text_of(a).strip(" >»›/") for a in found if not self._leads_home(a))
        return tuple(dict.fromkeys(filter(None, labels)))

    def _leads_home(self, a: Element) -> bool:
        address = resolve(self.document.url, a.get("href") or "")
        return address is not None and address.split("/", 3)[3:] in ([], [""])

    def tags(self) -> tuple[str, ...]:
        return self.texts(self.tags_selector) if self.tags_selector else ()


def _is_filled_by_script(root: Element, container: Element) -> bool:
    """Return whether a script stands in the empty container or names the container's id."""
    if elements(container, ".//script"):
        return True
    name = container.get("id")
    scripts = elements(root, "//script[not(@src)]") if name else []
    return any(f"#{name}" in (s.text or "") or f"'{name}'" in (s.text or "") for s in scripts)
