"""How text is set: aligned, bold, italic, in lines, hidden, by tags, attributes and inline styles.

Style sheets are not fetched, so only inline styles count, which these papers' editors write, and
the few class names by which frameworks hide words everywhere.
"""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from newscrawl.page.selectors import Element

Attributes = list[tuple[str, str]]  # lxml's stubs know bytes, too, which it never gives here
Align = Literal["left", "right", "center", "justify", ""]
Display = Literal["block", "inline", ""]

_BOLD: Final = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC: Final = frozenset(["i", "em", "cite", "dfn", "address"])
_SETTING: Final = _BOLD | _ITALIC | {"center", "pre", "listing", "xmp", "dialog"}
_PREFORMATTED: Final = frozenset(["pre", "listing", "xmp"])
_SET_BY: Final = frozenset(["hidden", "align", "href", "role"])  # beside style and class
# Words for screen readers only, and the names of icons in fonts that draw the icon instead.
_HIDING_CLASSES: Final = frozenset(
    [
        "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only",
        "screenreader-only", "show-for-sr", "element-invisible", "assistive-text",
        "material-icons", "material-icons-outlined", "material-icons-round",
        "material-icons-sharp", "material-icons-two-tone", "material-symbols-outlined",
        "material-symbols-rounded", "material-symbols-sharp",
    ]
)  # fmt: skip
_DIALOG_ROLES: Final = frozenset(["dialog", "alertdialog"])
_STYLE: Final = re.compile(  # only these properties matter; spans pasted from Word have many others
    r"(?<![\w-])(?:font-weight\s*:\s*(?:(?P<bold>bold|[6-9]00)|(?P<light>normal|[1-5]00))"
    r"|font-style\s*:\s*(?:(?P<italic>italic|oblique)|(?P<upright>normal))"
    r"|text-align\s*:\s*(?P<align>left|right|center|justify)"
    r"|(?P<hidden>display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,5}(?:px|em|rem))"
    r"|display\s*:\s*(?:(?P<block>block|flex|grid|list-item|flow-root)|(?P<inline>inline|contents))"
    r"|white-space\s*:\s*(?:(?P<lines>pre|break-spaces)|(?P<wrapped>normal|nowrap)))",
    re.IGNORECASE,
)
_ALIGNS: Final[dict[str, Align]] = {
    "left": "left", "right": "right", "center": "center", "justify": "justify",
}  # fmt: skip


class StyleProperty(NamedTuple):
    """How the text directly in an element is set; every property is inherited."""

    align: Align = ""
    bold: bool = False
    italic: bool = False
    href: str | None = None
    """Address of the link around the text, as printed"""
    keeps_lines: bool = False
    """A line break in the source is one on the page, as in `<pre>`"""


class _Look(NamedTuple):
    """The properties an element's own style states; None = not stated."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool = False
    align: Align | None = None
    keeps_lines: bool | None = None
    display: Display = ""


_SILENT: Final = _Look()


def setting_of(container: Element) -> StyleProperty:
    """Return how text directly in the element is set, ignoring the element's ancestors."""
    align = _read_style(container.get("style")).align or _printed_align(container)
    keeps_lines = container.tag in _PREFORMATTED
    return StyleProperty(align or "", keeps_lines=keeps_lines)


def inherit(element: Element, tag: str, setting: StyleProperty) -> StyleProperty | None:
    """Return how text in the element is set; None where the element is hidden.

    Args:
        element: The element in question.
        tag: The element's tag, which the caller has read already.
        setting: How text beside the element is set.
    """
    items: Attributes = element.items()  # type: ignore[assignment]
    # Read in the time of one attribute; most elements have a style or none.
    if not items and tag not in _SETTING:
        return setting
    if len(items) == 1 and items[0][0] == "style" and tag != "dialog":
        return _with_style(tag, items[0][1], setting)
    own = dict(items)
    look = _read_style(own["style"]) if "style" in own else _SILENT
    if "class" in own and _hides(own["class"]):
        return None
    if look is _SILENT and tag not in _SETTING and _SET_BY.isdisjoint(own):
        return setting
    if "hidden" in own:
        return None
    if (tag == "dialog" or "role" in own) and _is_closed_dialog(element, tag):
        return None
    printed = _printed_align(element) if "align" in own else None
    href = own.get("href") if tag == "a" else None
    return _with_look(tag, look, setting, printed, href)


def _with_style(tag: str, style: str, setting: StyleProperty) -> StyleProperty | None:
    look = _read_style(style)
    return setting if look is _SILENT and tag not in _SETTING else _with_look(tag, look, setting)


@lru_cache(maxsize=512)  # a page sets its texts in a dozen ways
def _with_look(
    tag: str,
    look: _Look,
    setting: StyleProperty,
    printed: Align | None = None,
    link: str | None = None,
) -> StyleProperty | None:
    """Return the setting in an element, of its tag, style, `align` and `href`; None for hidden."""
    if look.hidden:
        return None
    align, bold, italic, href, keeps_lines = setting
    align = look.align or printed or align
    # Pasted text comes in <strong style="font-weight:normal">: the style has the last word.
    bold = bold or tag in _BOLD if look.bold is None else look.bold
    italic = italic or tag in _ITALIC if look.italic is None else look.italic
    keeps_lines = keeps_lines or tag in _PREFORMATTED
    keeps_lines = keeps_lines if look.keeps_lines is None else look.keeps_lines
    align = "center" if tag == "center" else align
    return StyleProperty(align, bold, italic, link or href, keeps_lines)


def changes_nothing(element: Element) -> bool:
    """Return whether text in a `<span>` is set as the text beside the element.

    Most spans that editors paste from Word state a font alone.
    """
    own = element.items()
    return not own or (len(own) == 1 and _says_nothing(*own[0]))


@lru_cache(maxsize=512)
def _says_nothing(attribute: str, value: str) -> bool:
    return attribute == "style" and _read_style(value) is _SILENT


def _is_closed_dialog(element: Element, tag: str) -> bool:
    """Return whether the element is a dialog that a script opens; a page is none."""
    is_closed = tag == "dialog" and element.get("open") is None
    is_dialog = is_closed or (element.get("role") or "") in _DIALOG_ROLES
    return is_dialog and next(element.iter("h1"), None) is None


@lru_cache(maxsize=512)  # a page repeats a few dozen class attributes
def _hides(names: str | None) -> bool:
    """Return whether a class attribute holds a name that hides the words from readers."""
    return names is not None and not _HIDING_CLASSES.isdisjoint(names.split())


def display_of(style: str) -> Display:
    """Return what a style says of the element's box; "" where the style leaves it to the tag."""
    return _read_style(style).display


def is_hidden(element: Element) -> bool:
    """Return whether the element's own attributes hide it."""
    is_marked = element.get("hidden") is not None or _hides(element.get("class"))
    return is_marked or _read_style(element.get("style")).hidden


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
        keeps_lines="lines" in kinds if kinds & {"lines", "wrapped"} else None,
        display="block" if "block" in kinds else "inline" if "inline" in kinds else "",
    )


def _printed_align(element: Element) -> Align | None:
    """Return the `align` attribute; None for tables, where it places the box and not the text."""
    printed = None if element.tag == "table" else element.get("align")
    return _ALIGNS.get(printed.lower()) if printed else None
