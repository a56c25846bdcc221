"""Set in the tree what the page's own style sheet hides or sets to the right.

Linked sheets are not fetched. Of the sheets in the page only rules for one class, one id or a tag
with a class count, outside of `@media`, and only where no other rule of the page shows elements of
that name again. A box that holds the page's heading or much of its text is never hidden.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newscrawl.page.selectors import Element, classed, elements, text_in

_VALUE: Final = re.compile(r"none(?![\w-])|right(?= ?[;!}\n])")
_PROPERTY: Final = re.compile(r"(?:display|text-align)\s*:\s*$")
_PROPERTY_MAX_CHARS: Final = 24
_AT_BLOCK: Final = re.compile(r"@[^{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_SIMPLE: Final = re.compile(r"[a-z0-9]{0,10}([.#])([a-z_][\w-]{0,60})", re.IGNORECASE)
_SHEET_MAX_CHARS: Final = 100_000
_NAMES_MAX: Final = 12
_HIDDEN_MAX_SHARE: Final = 0.4  # of the page's text
_HIDDEN_MIN_CHARS: Final = 200  # a shorter text is hidden whatever its share
_HIDE: Final = "display:none"
_RIGHT: Final = "text-align:right"


def apply_style_sheets(html: bytes, tree: Element, sheets: Sequence[Element]) -> None:
    """Add to each element's `style` what the page's own sheets say of its class or id.

    Args:
        html: The page in UTF-8.
        tree: The page's tree, which is changed.
        sheets: The page's `<style>` elements.
    """
    css = "\n".join(_texts(sheets))
    if len(css) > _SHEET_MAX_CHARS or not ("none" in css or "right" in css):
        return
    if "/*" in css:
        before, *behind = css.split("/*")
        css = before + "".join(part.partition("*/")[2] for part in behind)
    body = html.find(b"</style")
    used = [
        (kind, name, style)
        for kind, name, style in _rules(css)
        if html.find(name.encode(), body) >= 0 and not _is_shown(css, kind + name, style)
    ]
    if not used:
        return
    classes = classed(tree, *(name for kind, name, _ in used if kind == "."))
    for kind, name, style in used:
        if kind == ".":
            _set(tree, [element for element, own in classes if name in own], style)
        else:
            _set(tree, elements(tree, "//*[@id=$name]", name=name), style)


def _texts(sheets: Sequence[Element]) -> Iterator[str]:
    for sheet in sheets:
        if sheet.text and sheet.get("media", "all") in ("all", "screen", ""):
            yield sheet.text


def _rules(css: str) -> list[tuple[str, str, str]]:
    """Return for each class "." and id "#" that a rule hides or sets right the style to set.

    >>> _rules(".x{display:none} #y, .z .w{display:none} @media print{.q{display:none}}")
    [('.', 'x', 'display:none'), ('#', 'y', 'display:none')]
    >>> _rules("p.sig{text-align:right}")
    [('.', 'sig', 'text-align:right')]
    """
    plain = _AT_BLOCK.sub("", css) if "@" in css else css
    found: dict[tuple[str, str], str] = {}
    for value in _VALUE.finditer(plain):
        place = value.start()
        stated = _PROPERTY.search(plain, max(0, place - _PROPERTY_MAX_CHARS), place)
        style = _HIDE if value[0] == "none" else _RIGHT
        brace = plain.rfind("{", 0, place) if stated and style[0] == stated[0][0] else -1
        if brace < 0 or brace < plain.rfind("}", 0, place):
            continue
        start = max(plain.rfind("}", 0, brace), plain.rfind(";", 0, brace)) + 1
        for selector in plain[start:brace].split(","):
            simple = _SIMPLE.fullmatch(selector.strip())
            if simple is not None:
                found.setdefault((simple[1], simple[2]), style)
    return [(kind, name, style) for (kind, name), style in found.items()][:_NAMES_MAX]


def _is_shown(css: str, name: str, style: str) -> bool:
    """Return whether any rule of the page shows elements of the name again that another hides."""
    if style != _HIDE:
        return False
    shows = re.compile(
        rf"{re.escape(name)}(?![\w-])[^{{}}]{{0,200}}\{{[^{{}}]{{0,400}}?"
        r"(?:display\s*+:\s*+(?!none)|visibility\s*:\s*visible)"
    )
    return shows.search(css) is not None


def _set(tree: Element, found: list[Element], style: str) -> None:
    if style == _HIDE and not _may_hide(tree, found):
        return
    for element in found:
        own = element.get("style")
        element.set("style", f"{style};{own}" if own else style)


def _may_hide(tree: Element, found: list[Element]) -> bool:
    """Return whether the elements hold neither the page's heading nor much of its text."""
    if any(e.tag in ("body", "html", "h1") or e.find(".//h1") is not None for e in found):
        return False
    size = sum(len(text_in(element)) for element in found)
    return size <= _HIDDEN_MIN_CHARS or size <= _HIDDEN_MAX_SHARE * len(text_in(tree))
