"""Tell which images are pictures, and at which address a picture is printed.

Papers load pictures late: `src` holds a placeholder, and the address stands in a data attribute, in
`srcset`, in the `<source>` of a `<picture>`, or in a `<noscript>` beside the image.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from newscrawl.page.selectors import Element

IMAGE_TAGS: Final = frozenset(["img", "amp-img"])
_PIXEL_MAX_PX: Final = 2  # a side of a counter
_ICON_MAX_PX: Final = 32  # both sides of an icon
_SIGN_MAX_CHARS: Final = 16  # one emoji may be a dozen characters: people, skin tones, joiners
_PICTURE_MAX_DEPTH: Final = 10  # sources that the image of a <picture> stands in
_SET_MAX_CHARS: Final = 20_000

_LATE: Final = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_IMAGE_FILE: Final = re.compile(
    r"\s*\S{1,2000}\.(?:jpe?g|png|gif|webp|avif|jfif)(?:[?#]\S{0,2000})?\s*", re.IGNORECASE
)
_PLACEHOLDER_NAMES: Final = (
    "blank|spacer|pixel|transparent|placeholder|loading|loader|lazy(?:[_-]?load(?:ing)?)?|empty|clear|trans"
    "|1x1|1px|grey|gray|no[_-]?(?:image|img|photo|thumb)|default[_-]?(?:image|img|thumb)"
)
_PLACEHOLDER: Final = re.compile(
    rf"data:.*|about:.*|(?:[^?#]*/)?(?:(?:img|image|bg)[_-])?(?:{_PLACEHOLDER_NAMES})"
    r"(?:[_.-]?(?:image|img|gif|lazy|icon|\d{1,4}(?:x\d{1,4})?))?"
    r"\.(?:gif|png|svg|jpe?g|webp)(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_COUNTER: Final = re.compile(
    r"(?:https?:)?//(?:[^/]*\.)?(?:facebook\.com/tr\b|(?:google-analytics|doubleclick|histats"
    r"|scorecardresearch|statcounter|quantserve|googletagmanager)\.)",
    re.IGNORECASE,
)
_EMOJI_NAMES: Final = ("emoji", "emoticon", "smiley", "smilies")
_STYLED_SIDE: Final = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d{1,4})px", re.IGNORECASE)
_CANDIDATE: Final = re.compile(r"(\S*[^\s,])(?:,|\s+([^,]*)(?:,|$)|\s*$)")
_DESCRIPTOR: Final = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)([wx])")


def picture_address(image: Element) -> str:
    """Return the address of the picture as printed; "" for a placeholder.

    The addresses of late loading come before `src`, those of other sizes after `src`.
    """
    for attribute in (*_LATE, "src"):
        value = image.get(attribute)
        if value and is_address(value):
            return value.strip()
    return next(filter(is_address, _other_addresses(image)), "")


def is_address(printed: str) -> bool:
    """Return whether an attribute holds the address of a picture, not of a placeholder.

    >>> is_address("/anh/lua.jpg"), is_address("/images/blank.gif"), is_address("data:image/gif,R0")
    (True, False, False)
    """
    address = printed.strip()
    return bool(address) and _PLACEHOLDER.fullmatch(address) is None


def _other_addresses(image: Element) -> Iterator[str]:
    """Yield the addresses in the attributes and elements that belong to an image."""
    for name, value in image.items():
        if str(name).startswith("data-") and _IMAGE_FILE.fullmatch(str(value)):
            yield str(value).strip()
    yield from _addresses_in_sets(image)
    for source in _sources(image):
        yield from _addresses_in_sets(source)
    for beside in _elements_beside(image):
        if beside.tag == "noscript":
            yield from (other.get("src") or "" for other in beside.iter(*IMAGE_TAGS))


def _sources(image: Element) -> Iterator[Element]:
    """Yield the `<source>` elements of the image's `<picture>`; libxml2 nests the image in them."""
    for box in islice(image.iterancestors(), _PICTURE_MAX_DEPTH):
        if box.tag == "picture":
            yield from islice(box.iter("source"), _PICTURE_MAX_DEPTH)
            return


def _elements_beside(image: Element) -> Iterator[Element]:
    """Yield the elements behind and before an image, or a box that holds only the image."""
    element = image
    parent = image.getparent()
    if parent is not None and len(parent) == 1 and parent.tag in ("span", "picture", "a", "div"):
        element = parent if image.getnext() is None else image
    beside = (image.getnext(), image.getprevious(), element.getnext(), element.getprevious())
    yield from (other for other in beside if other is not None)


def _addresses_in_sets(element: Element) -> Iterator[str]:
    """Yield the usual address of each set of addresses: of widths the largest, of densities 1x."""
    for attribute in _SETS:
        candidates = list(_candidates(element.get(attribute) or ""))
        if candidates:
            yield max(candidates, key=lambda candidate: candidate[0])[1]


def _candidates(printed: str) -> Iterator[tuple[float, str]]:
    """Yield the addresses of a `srcset`, each behind its rank (HTML, section 4.8.4).

    The rank is the width, or minus the density.

    >>> list(_candidates("/a,b.jpg 320w, /c.jpg 640w,/d.jpg"))
    [(320.0, '/a,b.jpg'), (640.0, '/c.jpg'), (-1.0, '/d.jpg')]
    """
    for candidate in _CANDIDATE.finditer(printed[:_SET_MAX_CHARS]):
        size = _DESCRIPTOR.match(candidate[2] or "1x")
        rank = float(size[1]) if size else 1.0
        yield rank if size and size[2] == "w" else -rank, candidate[1]


def is_picture(image: Element) -> bool:
    """Return whether an image is a picture, not a counter, an icon or an emoticon.

    An image is an icon where both sides are stated with at most 32 pixels.
    """
    style = image.get("style")
    styled = _STYLED_SIDE.findall(style) if style and "px" in style else ()
    width = _pixels(image.get("width"), "width", styled)
    height = _pixels(image.get("height"), "height", styled)
    if width is not None and height is not None and max(width, height) <= _ICON_MAX_PX:
        return False
    is_pixel = any(side is not None and side <= _PIXEL_MAX_PX for side in (width, height))
    return not is_pixel and _COUNTER.match(image.get("src") or "") is None


def _pixels(stated: str | None, name: str, styled: Iterable[tuple[str, str]]) -> int | None:
    """Return the length of a side; None where neither attribute nor style states it in pixels."""
    if stated and (length := stated.strip().lower().removesuffix("px")).isdecimal():
        return int(length[:6])
    return next((int(px) for side, px in styled if side.lower() == name), None)


def emoji_sign(image: Element) -> str | None:
    """Return the sign that an image of an emoji stands for; None for any other image.

    The result is "" for an emoticon whose alternative text is a word.
    """
    sign = (image.get("alt") or "").strip()
    if len(sign) > _SIGN_MAX_CHARS:
        return None
    if sign and not sign[0].isalpha() and _is_emoji(sign):
        return sign
    names = f"{image.get('class')} {image.get('src')}".lower()
    if "emo" not in names and "smil" not in names:
        return None
    if not any(name in names for name in _EMOJI_NAMES):
        return None
    return "" if any(map(str.isalpha, sign[1:-1])) else sign


def _is_emoji(sign: str) -> bool:
    kinds = [unicodedata.category(character) for character in sign]
    is_symbol = all(
        kind in ("So", "Sk", "Mn", "Me", "Cf", "Nd") or (kind == "Cn" and character > "\U0001f000")
        for kind, character in zip(kinds, sign, strict=True)
    )
    return is_symbol and not sign.isdecimal()


def image_without_script(noscript: Element) -> Element | None:
    """Return the image in a `<noscript>` of a figure that shows no other image, else None.

    Outside of figures such images are counters; beside a placeholder `picture_address` reads them.
    """
    box = next(noscript.iterancestors("figure"), None)
    if box is None or next(noscript.iter(*IMAGE_TAGS), None) is None:
        return None
    shown = (image for image in box.iter(*IMAGE_TAGS) if _stands_free(image))
    return None if next(shown, None) is not None else next(noscript.iter(*IMAGE_TAGS))


def _stands_free(image: Element) -> bool:
    return next(image.iterancestors("noscript"), None) is None
