"""The whole-page gate: what must hold before a page is read.

Scrapy hands over half articles with status 200 and no flag (truncated gzip, short Content-Length;
measured on 2.19), mojibake and bot walls. A page that fails here is asked for again, never stored.
"""

import re
from typing import Final

from newscrawl.bounds import MOST_TAGS
from newscrawl.document import Document
from newscrawl.exceptions import BrokenPage
from newscrawl.politeness import looks_like_bot_wall

_END: Final = re.compile("</html", re.IGNORECASE)
# 20,000 attributes on one tag cost libxml2 0.9 s, 200,000 cost 145 s (quadratic, measured).
_MAX_ATTRIBUTES: Final = 1000
_LONG: Final = 2 * _MAX_ATTRIBUTES  # bytes that so many attributes take at least
_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")


def check_whole(document: Document) -> None:
    """Nothing where the page is whole; raises `BrokenPage` saying what is missing."""
    problem = _problem(document)
    if problem is not None:
        raise BrokenPage(document.url, problem)


def _problem(document: Document) -> str | None:
    kind = (document.content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in _HTML_TYPES:
        return f"content type {kind[:60]!r} is not HTML"
    if not document.body.strip():
        return "empty"
    if looks_like_bot_wall(document.body, document.status):
        return "a bot wall"
    text = document.text
    if text.rfind("</html") < 0 and not _END.search(text):  # it stands at the end of most
        return "no </html>: cut off"
    if document.body.count(b"<") > MOST_TAGS:
        return f"more than {MOST_TAGS} tags"
    if has_crowded_tag(document.body):
        return f"a tag with more than {_MAX_ATTRIBUTES} attributes"
    return None


def has_crowded_tag(body: bytes) -> bool:
    """Whether some tag has so many attributes that parsing it would take seconds.

    >>> has_crowded_tag(b"<p " + b"a=1 " * 1001 + b">")
    True
    >>> has_crowded_tag(b"<p class='a = b'>a = b</p>" * 2000)
    False
    """
    if body.count(b"=") <= _MAX_ATTRIBUTES:
        return False
    # A piece that long covers the place that far behind the end of the piece before it: 50 looks a
    # page instead of a list of its 2,000 pieces (100 µs of 90 KB).
    end = 0
    while (place := end + _LONG) < len(body):
        start = max(body.rfind(b"<", end, place), end)
        end = body.find(b"<", place)
        end = len(body) if end < 0 else end
        tag = body[start:end].partition(b">")[0] if end - start > _LONG + 1 else b""
        if tag.count(b"=") > _MAX_ATTRIBUTES:
            return True
    return False
