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
