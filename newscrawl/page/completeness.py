"""The whole-page gate: what must hold before a page is read.

Scrapy passes on half articles with status 200 and no flag (truncated gzip, short Content-Length;
measured on Scrapy 2.19), and pages in broken encodings and bot walls alike. A page that fails the
gate is asked for again and never stored.
"""

import re
from typing import Final

from newscrawl.exceptions import IncompletePageError, PageTooLargeError
from newscrawl.page.bot_wall import looks_like_bot_wall
from newscrawl.page.document import Document
from newscrawl.page.limits import ARTICLE_MAX_TAGS

_TAIL_CHARS: Final = 200
_HEAD_BYTES: Final = 4096
_TAG_MIN_BYTES: Final = 3  # "<p>"; only a larger body can exceed the limit, counting takes 50 µs
_MARK: Final = re.compile("</html|</?script|<!--|-->", re.IGNORECASE)
_LOST_LETTER: Final = re.compile(r"(?<=[^\W\d_])\?+(?=[^\W\d_])")
_LOST_LETTERS_MIN: Final = 10
_LOST_LETTERS_MIN_SHARE: Final = 0.02  # of the characters; Vietnamese texts lose a fifth
_HIDES: Final = {"<script": "</script", "<!--": "-->"}
_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")


def check_whole(document: Document) -> None:
    """Raise `IncompletePageError` unless the page is complete, naming what is missing.

    Raises:
        IncompletePageError: The page is no HTML, empty, cut off, or a bot wall.
        PageTooLargeError: The page is complete, but exceeds a limit of `newscrawl.page.limits`.
    """
    problem = _problem(document)
    if problem is not None:
        raise IncompletePageError(document.url, problem)
    body = document.body
    if len(body) > _TAG_MIN_BYTES * ARTICLE_MAX_TAGS and body.count(b"<") > ARTICLE_MAX_TAGS:
        raise PageTooLargeError(document.url, f"more than {ARTICLE_MAX_TAGS} tags")
    document.check_size()


def _problem(document: Document) -> str | None:
    kind = (document.content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in _HTML_TYPES:
        return f"content type {kind[:60]!r} is not HTML"
    if not document.body or document.body.isspace():  # strip() would copy the page
        return "empty"
    if looks_like_bot_wall(document.body, document.status):
        return "a bot wall"
    if document.body[-_TAIL_CHARS:].rstrip().endswith(b"</html>"):  # without decoding the page
        return None
    return None if has_end(document.text) else "no </html>: cut off"


def has_lost_letters(text: str) -> bool:
    """Return whether question marks stand where letters were: a database that lost its encoding.

    An address with a query has one such mark, a text of lost letters one in each other word.

    >>> has_lost_letters("Chuy?n l?ng k? l?i t? ??u m?a, d?ng l?i m?i ??nh v?o m?a kh?. " * 3)
    True
    >>> has_lost_letters("Ai đến? Bao giờ? Xem baothu.vn/tin.aspx?id=4.")
    False
    """
    lost = len(_LOST_LETTER.findall(text))
    return lost >= _LOST_LETTERS_MIN and lost >= _LOST_LETTERS_MIN_SHARE * len(text)


def has_end(text: str) -> bool:
    """Return whether the document ends with `</html>` or has one outside scripts and comments.

    >>> has_end("<html><p>Tin</p></HTML><!-- 12 ms -->")
    True
    >>> has_end("<html><script>document.write('</html>')</script><p>Tin")
    False
    """
    if text[-_TAIL_CHARS:].rstrip().endswith("</html>"):  # true of most pages
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


def is_cut_off(body: bytes) -> bool:
    """Return whether an HTML document begins in the bytes and does not end (`has_end`).

    A fragment is no document and has no end. Bytes in UTF-16 or UTF-32 are never cut off here:
    `check_whole` judges their decoded text.

    >>> is_cut_off(b"<!DOCTYPE html><html><body><p>Tin"), is_cut_off(b"<li>Tin</li>")
    (True, False)
    """
    if body[-_TAIL_CHARS:].rstrip().endswith(b"</html>"):  # most do, and decoding takes 20 µs
        return False
    return b"<html" in body[:_HEAD_BYTES].lower() and not has_end(body.decode("latin-1"))
