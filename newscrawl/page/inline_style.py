"""How an element is set: what its tag, its attributes and its own style say of it.

Only inline styles are read: these papers' editors write them, their style sheets are not fetched.
"""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from newscrawl.page.selectors import Element

Align = Literal["left", "right", "center", "justify", ""]

_BOLD: Final = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC: Final = frozenset(["i", "em", "cite", "dfn", "address"])
_SETTING: Final = _BOLD | _ITALIC | {"center"}
_SAYING: Final = frozenset(["style", "hidden", "align", "href"])  # what is asked of here
_STYLED: Final = frozenset(["style"])
_STYLE: Final = re.compile(  # what of a style matters here; Word's spans are full of the rest
    r"(?<![\w-])(?:font-weight\s*:\s*(?:(?P<bold>bold|[6-9]00)|(?P<light>normal|[1-5]00))"
    r"|font-style\s*:\s*(?:(?P<italic>italic|oblique)|(?P<upright>normal))"
    r"|text-align\s*:\s*(?P<align>left|right|center|justify)"
    r"|(?P<hidden>display\s*:\s*none|visibility\s*:\s*hidden))",
    re.IGNORECASE,
)
_ALIGNS: Final[dict[str, Align]] = {
    "left": "left", "right": "right", "center": "center", "justify": "justify",
}  # fmt: skip


class StyleProperty(NamedTuple):
    """How text is set that stands in an element; all of it is inherited."""

    box: Element
    """The innermost block-level element"""
    align: Align = ""
    bold: bool = False
    italic: bool = False
    href: str | None = None
    """Address of the link it stands in, as printed"""


class _Look(NamedTuple):
    """What an element's own style says; None = nothing."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool = False
    align: Align | None = None


_SILENT: Final = _Look()


def setting_of(container: Element) -> StyleProperty:
    """How text is set directly in the element, whatever stands around it."""
    align = _read_style(container.get("style")).align or _printed_align(container)
    return StyleProperty(container, align or "")


def inherit(element: Element, tag: str, setting: StyleProperty) -> StyleProperty | None:
    """How text is set in the element, which stands in `setting`; None where it is not shown."""
    own = _SAYING.intersection(element.keys())
    look = _read_style(element.get("style")) if "style" in own else _SILENT
    if look is _SILENT and own <= _STYLED and tag not in _SETTING:  # most say nothing
        return setting
    if look.hidden or "hidden" in own:
        return None
    box, align, bold, italic, href = setting
    if "align" in own or look.align:
        align = look.align or _printed_align(element) or align
    # Pasted text comes in <strong style="font-weight:normal">: the style has the last word.
    bold = bold or tag in _BOLD if look.bold is None else look.bold
    italic = italic or tag in _ITALIC if look.italic is None else look.italic
    if tag == "a" and "href" in own:
        href = element.get("href") or href
    return StyleProperty(box, "center" if tag == "center" else align, bold, italic, href)


def is_hidden(element: Element) -> bool:
    """Whether the element's own attributes hide it."""
    return _read_style(element.get("style")).hidden or element.get("hidden") is not None


@lru_cache(maxsize=256)  # Word writes the same few styles into every span of a page
def _read_style(style: str | None) -> _Look:
    kinds: set[str | None] = set()
    align: Align | None = None
    for match in _STYLE.finditer(style or ""):
        kinds.add(match.lastgroup)
        align = align or (_ALIGNS[match["align"].lower()] if match["align"] else None)
    if not kinds:
        return _SILENT
    return _Look(
        bold="bold" in kinds if kinds & {"bold", "light"} else None,
        italic="italic" in kinds if kinds & {"italic", "upright"} else None,
        hidden="hidden" in kinds,
        align=align,
    )


def _printed_align(element: Element) -> Align | None:
    """What the attribute says; a table's places the box, not the text in it."""
    printed = None if element.tag == "table" else element.get("align")
    return _ALIGNS.get(printed.lower()) if printed else None
