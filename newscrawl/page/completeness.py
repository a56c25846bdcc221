"""The whole-page gate: what must hold before a page is read.

Scrapy hands over half articles with status 200 and no flag (truncated gzip, short Content-Length;
measured on 2.19), mojibake and bot walls. A page that fails here is asked for again, never stored.
"""

import re
from typing import Final

from newscrawl.exceptions import IncompletePageError, PageTooLargeError
from newscrawl.page.bot_wall import looks_like_bot_wall
from newscrawl.page.document import Document
from newscrawl.page.limits import MOST_TAGS

_TAIL: Final = 200
_LEAST_TAG: Final = 3  # bytes, "<p>"; counting takes 50 µs, which few pages are large enough for
_MARK: Final = re.compile("</html|</?script|<!--|-->", re.IGNORECASE)
_HIDES: Final = {"<script": "</script", "<!--": "-->"}
_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")


def check_whole(document: Document) -> None:
    """Nothing where the page is whole; raises `IncompletePageError` saying what is missing.

    `PageTooLargeError` where nothing is, and more is there than is read of any page.
    """
    problem = _problem(document)
    if problem is not None:
        raise IncompletePageError(document.url, problem)
    body = document.body
    if len(body) > _LEAST_TAG * MOST_TAGS and body.count(b"<") > MOST_TAGS:
        raise PageTooLargeError(document.url, f"more than {MOST_TAGS} tags")
    document.check_size()


def _problem(document: Document) -> str | None:
    kind = (document.content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in _HTML_TYPES:
        return f"content type {kind[:60]!r} is not HTML"
    if not document.body or document.body.isspace():  # strip() would copy the page
        return "empty"
    if looks_like_bot_wall(document.body, document.status):
        return "a bot wall"
    return None if has_end(document.text) else "no </html>: cut off"


def has_end(text: str) -> bool:
    """Whether the document ends: with `</html>`, or with one that no script or comment holds.

    >>> has_end("<html><p>Tin</p></HTML><!-- 12 ms -->")
    True
    >>> has_end("<html><script>document.write('</html>')</script><p>Tin")
    False
    """
    if text[-_TAIL:].rstrip().endswith("</html>"):  # most do
        return True
    hidden_until = ""
    for match in _MARK.finditer(text):
        found = match[0].lower()
        if hidden_until:
            hidden_until = "" if found == hidden_until else hidden_until
        elif found == "</html":
            return True
        else:
            hidden_until = _HIDES.get(found, "")
    return False
