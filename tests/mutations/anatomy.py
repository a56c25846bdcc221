"""A page with its parts marked: which element prints the headline, the date, each paragraph.

The marks (`data-part="lead"`) are found by the words the page is known to say, never by a reader's
selectors, so that a mutation can change "the lead" of any layout. `unmarked` takes them off again.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from newscrawl.items import Article
from newscrawl.page.selectors import Element
from newscrawl.text import clean

PART: Final = "data-part"
_PARSER: Final = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_BLOCKS: Final = frozenset(
    ["p", "div", "li", "td", "blockquote", "h1", "h2", "h3", "h4", "figcaption", "table", "time"]
)
_SECTION: Final = re.compile(r"breadcrumb|cate| nav$", re.IGNORECASE)  # " nav": an id alone


def parsed(html: str) -> Element:
    """The document's element, the largest where a stray end tag makes several."""
    root = etree.fromstring(html.encode(), _PARSER)
    largest: Element = max(
        [root, *root.itersiblings(etree.Element)], key=lambda e: sum(1 for _ in e.iter())
    )
    return largest


def printed(root: Element) -> str:
    """The tree as HTML."""
    return str(
        etree.tostring(
            root, method="html", encoding="unicode", doctype="<!DOCTYPE html>", with_tail=False
        )
    )


def parts(root: Element, name: str) -> list[Element]:
    """The elements that print that part, in document order."""
    return [e for e in root.iter(etree.Element) if name in (e.get(PART) or "").split()]


def marked(html: str, article: Article) -> str:
    """The page with the parts of the article it prints marked."""
    root = parsed(html)
    body = root.find(".//body")
    assert body is not None
    texts = _texts(body)
    titles = _all_of(texts, [article.headline])
    _mark("headline", [e for e in titles if e.tag in ("h1", "h2", "h3")][:1] or titles[:1])
    _mark("lead", _all_of(texts, [article.lead or ""])[:1])
    paragraphs = _firsts(texts, (article.body or "").split("\n\n"))
    captions = [_words_of(e) for e in _firsts(texts, article.captions)]
    pictures = list(_pictures(body, [image.url for image in article.images]))
    _mark("paragraph", paragraphs)
    _mark("caption", captions)
    _mark("picture", pictures)
    _mark("byline", _all_of(texts, [article.byline or article.source_line or ""])[-1:])
    _mark("tag", [e for e in _firsts(texts, article.tags, inner=True) if e.tag == "a"])
    _mark("date", _dates(body, article.published_raw or ""))
    _mark("section", _sections(body, set(article.section_path)))
    container = _common(paragraphs or [*pictures, *captions])
    _mark("body", [container] if container is not None else [])
    return printed(root)


def unmarked(root: Element) -> str:
    """The tree as HTML without the marks."""
    for element in root.iter(etree.Element):
        if PART in element.attrib:
            del element.attrib[PART]
    return printed(root)


def _mark(name: str, elements: Iterable[Element]) -> None:
    for element in elements:
        element.set(PART, f"{element.get(PART) or ''} {name}".strip())


def _key(text: str) -> str:
    """The letters alone that count: no blanks, no dash in front."""
    return "".join(clean(text).split()).lstrip("-–—»")


def _text_of(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _words_of(block: Element) -> Element:
    """What holds the block's words and not its picture."""
    held = (e for e in block if block.find(".//img") is not None and _key(_text_of(e)))
    return next((e for e in held if _key(_text_of(e)) == _key(_text_of(block))), block)


def _texts(body: Element) -> dict[str, list[Element]]:
    """Every element by its text, in document order."""
    found: dict[str, list[Element]] = {}
    for element in body.iter(etree.Element):
        if element.tag not in ("script", "style") and (key := _key(_text_of(element))):
            found.setdefault(key, []).append(element)
    return found


def _all_of(texts: dict[str, list[Element]], wanted: Iterable[str]) -> list[Element]:
    """For each place a text stands in, the innermost block that holds just it."""
    found: list[Element] = []
    for text in filter(None, wanted):
        nested = texts.get(_key(text), [])
        blocks = [e for e in nested if e.tag in _BLOCKS] or nested
        found.extend(
            e for e in blocks if not any(o is not e and e in o.iterancestors() for o in blocks)
        )
    return found


def _firsts(
    texts: dict[str, list[Element]], wanted: Iterable[str], *, inner: bool = False
) -> list[Element]:
    found: list[Element] = []
    for text in wanted:
        places = texts.get(_key(text), [])[-1:] if inner else _all_of(texts, [text])
        found.extend(place for place in places[:1] if place not in found)
    return found


def _pictures(body: Element, addresses: list[str]) -> Iterator[Element]:
    names = {address.rpartition("/")[2].partition("?")[0] for address in addresses}
    for picture in body.iter("img"):
        values = [str(picture.get(a) or "") for a in ("data-src", "src")]
        if any(v.rpartition("/")[2].partition("?")[0] in names for v in values if v):
            yield picture


def _dates(body: Element, raw: str) -> list[Element]:
    if not raw:
        return []
    holding = [e for e in body.iter(etree.Element) if raw in clean(_text_of(e))]
    inner = [e for e in holding if not any(raw in clean(_text_of(c)) for c in e)]
    return [e for e in inner if e.tag not in ("script", "style")][:1]


def _sections(body: Element, labels: set[str]) -> Iterator[Element]:
    for element in body.iter(etree.Element):
        if clean(_text_of(element)).strip(" >»›/") in labels and not len(element):
            line = [element, *element.iterancestors()][:4]
            if any(_SECTION.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in line):
                yield element


def _common(elements: list[Element]) -> Element | None:
    """The innermost element around all of them."""
    if not elements:
        return None
    lines = [list(e.iterancestors()) for e in elements]
    return next((e for e in lines[0] if all(e in line for line in lines)), None)
