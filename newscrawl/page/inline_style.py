"""How text is set: alignment, bold, italic and hidden, by tags, attributes and inline styles.

Style sheets are not fetched, so only inline styles count, which these papers' editors write.
"""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from newscrawl.page.selectors import Element

Align = Literal["left", "right", "center", "justify", ""]

_BOLD: Final = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC: Final = frozenset(["i", "em", "cite", "dfn", "address"])
_SETTING: Final = _BOLD | _ITALIC | {"center"}
_READ_ATTRIBUTES: Final = frozenset(["style", "hidden", "align", "href"])
_STYLED: Final = frozenset(["style"])
_STYLE: Final = re.compile(  # only these properties matter; spans pasted from Word have many others
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
    """How the text directly in an element is set; every property is inherited."""

    box: Element
    """The innermost block-level element"""
    align: Align = ""
    bold: bool = False
    italic: bool = False
    href: str | None = None
    """Address of the link around the text, as printed"""


class _Look(NamedTuple):
    """The properties an element's own style states; None = not stated."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool = False
    align: Align | None = None


_SILENT: Final = _Look()


def setting_of(container: Element) -> StyleProperty:
    """Return how text directly in the element is set, ignoring the element's ancestors."""
    align = _read_style(container.get("style")).align or _printed_align(container)
    return StyleProperty(container, align or "")


def inherit(element: Element, tag: str, setting: StyleProperty) -> StyleProperty | None:
    """Return how text in the element is set; None where the element is hidden.

    Args:
        element: The element in question.
        tag: The element's tag, which the caller has read already.
        setting: How text beside the element is set.
    """
    own = _READ_ATTRIBUTES.intersection(element.keys())
    look = _read_style(element.get("style")) if "style" in own else _SILENT
    if look is _SILENT and own <= _STYLED and tag not in _SETTING:  # most elements change nothing
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
    """Return whether the element's own attributes hide it."""
    return _read_style(element.get("style")).hidden or element.get("hidden") is not None


@lru_cache(maxsize=256)  # text pasted from Word repeats a few styles in every span of a page
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
    """Return the `align` attribute; None for tables, where it places the box and not the text."""
    printed = None if element.tag == "table" else element.get("align")
    return _ALIGNS.get(printed.lower()) if printed else None
