"""Join the text of a page that a second `<body>` cuts in two."""

import re
from typing import Final

# </p> </div></body></html> <body><div> <p>: the page's end and another beginning within its text.
_CUT: Final = re.compile(
    rb"(?<=</p>)\s*(?P<ends>(?:</div>\s*){1,9})</body>\s*</html>\s*"
    rb"(?:<!doctype[^<>]*>\s*)?(?:<html[^<>]*>\s*)?<body[^<>]*>\s*"
    rb"(?P<starts>(?:<div(?:\s[^<>]*)?>\s*){1,9})(?=<p[\s>])",
    re.IGNORECASE,
)

# </p> </div></body></html> <p>: the page's end within its text, and no other beginning.
_EARLY_END: Final = re.compile(
    rb"(?<=</p>)\s*(?P<ends>(?:</div>\s*){0,9})(?:</body>\s*(?:</html>\s*)?|</html>\s*)"
    rb"(?=<(?:p|h[2-6]|figure|ul|ol|table|blockquote)[\s>])",
    re.IGNORECASE,
)
_DIV: Final = re.compile(rb"<(/?)div\b", re.IGNORECASE)


def has_early_end(html: bytes) -> bool:
    """Return whether a paragraph begins behind the first end of the page: `</body>` or `</html>`.

    >>> has_early_end(b"<div><p>1</p></div></html><p>2</p></body></html>")
    True
    """
    last = max(0, html.rfind(b"<p"))
    return html.find(b"</body", 0, last) >= 0 or html.find(b"</html", 0, last) >= 0


def without_early_end(html: bytes) -> bytes:
    """Return the page without an end of the page between two of its paragraphs.

    Of the boxes that end there as many stay closed as the page does not end a second time.

    >>> without_early_end(b"<body><div><p>1</p></div></body></html><p>2</p></div></body></html>")
    b'<body><div><p>1</p><p>2</p></div></body></html>'
    """
    early = _EARLY_END.search(html)
    if early is None:
        return html
    tags = _DIV.findall(html)
    surplus = max(0, 2 * tags.count(b"/") - len(tags))
    ends = re.findall(rb"</div>", early["ends"], re.IGNORECASE)[surplus:]
    return html[: early.start()] + b"".join(ends) + html[early.end() :]


def without_second_body(html: bytes) -> bytes:
    """Return the page without an end and a beginning of the page between two of its paragraphs.

    As many boxes go as end before and begin behind the cut, so that the paragraphs stand in one.

    >>> without_second_body(b"<div><p>1</p></div></body></html><body><div><p>2</p></div>")
    b'<div><p>1</p><p>2</p></div>'
    """
    if b"<body" not in html:
        return html
    joined = _CUT.sub(_joined, html)
    return html if joined == html else joined


def _joined(cut: re.Match[bytes]) -> bytes:
    ends = re.findall(rb"<[^<>]*>", cut["ends"])
    starts = re.findall(rb"<[^<>]*>", cut["starts"])
    common = min(len(ends), len(starts))
    return b"".join([*ends[common:], *starts[common:]])
