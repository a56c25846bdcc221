"""Pages that print lead, byline, breadcrumb and tags in boxes of their own (families B to G)."""

import re
from collections.abc import Sequence
from string import ascii_letters
from typing import ClassVar, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.byline import Byline, read_byline, strip_dash
from newscrawl.article.dates import Moment
from newscrawl.article.publication_date import is_update, read_stated
from newscrawl.exceptions import IncompletePageError, NotAnArticleError
from newscrawl.items import Image
from newscrawl.page.blocks import Block, blocks
from newscrawl.page.encoded_text import holds_encoded_word
from newscrawl.page.selectors import Element, elements, first
from newscrawl.text import clean
from newscrawl.urls.canonical import resolve

_UNFILLED: Final = re.compile(r"(?:\{\{[^{}]*\}\}|\{\w+\}|[\s|,-])+")
_MOST_BOXES: Final = 20  # of one kind that are read; a thousand may hold each other, and the text
_MEDIA: Final = {
    "video": "video, .jwplayer, .video-js",
    "audio": "audio",
    "embedded page": "iframe, object, embed",
}


class BoxedPage(ArticlePage):
    """An article page whose fields stand in boxes; a family names them by selectors."""

    lead_selector: ClassVar[str] = ""
    """The first match that holds text is the lead; "" = the layout has no box for it"""
    byline_selector: ClassVar[str] = ""
    """Boxes that repeat or replace the signature below the text"""
    trail_selector: ClassVar[str] = ""
    """Links of the breadcrumb; the one to the home page is no section"""
    tags_selector: ClassVar[str] = ""
    own_number_selector: ClassVar[str] = ""
    """Hidden element in which the page repeats its own number"""
    furniture: ClassVar[frozenset[str]] = frozenset()
    """Lines among the paragraphs that are no text, in small letters"""

    def refuse_others(self) -> None:
        self.refuse_other_article()
        containers = self.document.elements(self.body_selector)
        if len(containers) == 1:  # else the body's own method says what is wrong
            self.refuse_bodiless(containers[0])

    def refuse_other_article(self) -> None:
        """Nothing, or `IncompletePageError` where the page says that it is another article."""
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
        """Nothing, or `NotAnArticleError` where the body's place holds no text a reader can see."""
        if any(map(holds_encoded_word, self.read_blocks.paragraphs)):
            raise NotAnArticleError(self.document.url, "encrypted body")
        if self.read_blocks.paragraphs:
            return
        for kind, selector in _MEDIA.items():
            if elements(container, selector):
                raise NotAnArticleError(self.document.url, kind)
        if not self.read_blocks.picture_count and _is_filled_by_script(self.root, container):
            raise NotAnArticleError(self.document.url, "script-rendered body")

    def lead(self) -> str | None:
        boxes = elements(self.root, self.lead_selector)[:_MOST_BOXES] if self.lead_selector else []
        printed = (" ".join(block.text for block in blocks(box)) for box in boxes)
        leads = (strip_dash(clean(text)) for text in printed)
        return next(filter(None, leads), None) or super().lead()

    def blocks(self) -> Sequence[Block]:
        """The container's blocks without templates nobody filled and the layout's furniture."""
        return [block for block in super().blocks() if not self._is_furniture(block.text)]

    def _is_furniture(self, text: str) -> bool:
        is_template = "{" in text and _UNFILLED.fullmatch(text) is not None
        return is_template or text.casefold() in self.furniture

    def images(self) -> tuple[Image, ...]:
        return self.read_blocks.images(self.document.base_url)

    def byline(self) -> Byline | None:
        """The signature below the text, else the first box that holds one."""
        boxes = (
            elements(self.root, self.byline_selector)[:_MOST_BOXES] if self.byline_selector else []
        )
        signed = (read_byline(self.text_of(box)) for box in boxes)
        return super().byline() or next(filter(None, signed), None)

    def section_path(self) -> tuple[str, ...]:
        found = elements(self.root, self.trail_selector) if self.trail_selector else []
        labels = (self.text_of(a).strip(" >»›/") for a in found if not self._leads_home(a))
        return tuple(dict.fromkeys(filter(None, labels)))

    def _leads_home(self, a: Element) -> bool:
        address = resolve(self.document.url, a.get("href") or "")
        return address is not None and address.split("/", 3)[3:] in ([], [""])

    def tags(self) -> tuple[str, ...]:
        return self.texts(self.tags_selector) if self.tags_selector else ()

    def modified(self) -> Moment | None:
        """The update of the date line, else that of the metadata, if not the publication again."""
        if printed := super().modified():
            return printed
        metadata = self.document.metadata
        news = metadata.news.date_modified if metadata.news is not None else None
        stated = news or metadata.first("article:modified_time") or ""
        moment = read_stated(stated, self.document.fetched_at)
        return moment if moment and is_update(moment, self.published().moment) else None


def _is_filled_by_script(root: Element, container: Element) -> bool:
    """Whether a script stands in the empty container or names it by its id."""
    if elements(container, ".//script"):
        return True
    name = container.get("id")
    scripts = elements(root, "//script[not(@src)]") if name else []
    return any(f"#{name}" in (s.text or "") or f"'{name}'" in (s.text or "") for s in scripts)
