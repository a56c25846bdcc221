"""Close the captions that a page leaves open.

Browsers and libxml2 alike let a `<figcaption>` without its end tag hold the rest of the article. A
caption ends at the latest where its first block ends, so the missing end tags are put there.
"""

import re
from collections.abc import Iterator
from typing import Final

_START: Final = b"<figcaption"
_END: Final = b"</figcaption"
_MARK: Final = re.compile(
    rb"</?(?:figcaption|figure)\b|<(?:p|div|h[1-6]|table|ul|ol|blockquote|section|article)[\s>]",
    re.IGNORECASE,
)
_MISSING: Final = b"</figcaption></figure>"


def close_captions(html: bytes) -> bytes:
    """Return the page with an end tag for each `<figcaption>` that has none.

    A caption whose `<figure>` ends is closed by that end and stays as it is.

    >>> close_captions(b"<figure><img><figcaption>Lua chin<p>Mua gat.<p>Ba Tu cuoi.")
    b'<figure><img><figcaption>Lua chin</figcaption></figure><p>Mua gat.<p>Ba Tu cuoi.'
    >>> close_captions(b"<figure><figcaption><p>Lua chin</p><p>Mua gat.</p>")
    b'<figure><figcaption><p>Lua chin</p></figcaption></figure><p>Mua gat.</p>'
    """
    if _count(html, _START) <= _count(html, _END):
        return html
    pieces, done = [], 0
    for place in _missing_ends(html):
        pieces += [html[done:place], _MISSING]
        done = place
    return b"".join([*pieces, html[done:]])


def _count(html: bytes, tag: bytes) -> int:
    return html.count(tag) + html.count(tag.upper())


def _missing_ends(html: bytes) -> Iterator[int]:
    """Yield the places where a caption has to end, from the first to the last."""
    start = -1  # where the content of the open caption begins
    blocks: list[int] = []  # the blocks that begin in the open caption
    for mark in _MARK.finditer(html):
        tag = mark[0].lower()
        if tag not in (_START, _END, b"<figure", b"</figure"):
            blocks += [mark.start()] if start >= 0 else []
            continue
        if start >= 0 and tag in (_START, b"<figure"):
            yield from _end_of(html, start, blocks)
        start = html.find(b">", mark.end()) + 1 if tag == _START else -1
        blocks = []
    if start >= 0:
        yield from _end_of(html, start, blocks)


def _end_of(html: bytes, start: int, blocks: list[int]) -> Iterator[int]:
    """Yield where the caption that begins at `start` ends: before its first block that is no line.

    A caption with text of its own ends before the first block, one that is a block before the
    second.
    """
    if blocks:
        has_text = bool(re.sub(rb"<[^<>]*>|\s+", b"", html[start : blocks[0]]))
        yield from blocks[:1] if has_text else blocks[1:2]
