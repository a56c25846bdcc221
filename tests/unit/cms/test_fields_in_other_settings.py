"""Every field of every family, and of the generic reader, is read as a browser shows its text.

The words of a field are set in another way that a reader of the page does not see; the line read
stays the same.
"""

import re
from functools import cache
from itertools import islice
from typing import Any, Final

import pytest

from newscrawl.cli.read_page import read_article, read_generic
from tests.support.families import NAMES, Saved, pages_of

FIELDS: Final = ("headline", "lead", "body", "captions", "section", "tags")
PAGES: Final = 12  # of a family, among which each field is looked for
HIDDEN: Final = (  # between two words
    " <script>var x = 'Bản in';</script>",
    " <style>.a{}</style>",
    " <span style='display:none'>Bản in</span>",
    " <span style='position:absolute; left:-9999px'>Bản in</span>",
    " <span class='sr-only'>Bản in</span>",
    " <span hidden>Bản in</span>",
    " <i class='material-icons'>print</i>",
    " <svg><title>Biểu tượng</title><path d='M0 0'/></svg>",
    " <!-- Bản in -->",
    "&nbsp;",
    "\n\t ",
    " \u200b",
    " <img src=/dem.gif width=1 height=1 alt='Bản in'>",
    " <template><b>Bản in</b></template>",
    " <button>Bản in</button>",
)
PARTING: Final = ("<br>", "<br/>", "</br>")  # of fields in one line
BLOCKS: Final = ("<span style='display:block'></span>", "<div></div>")
ABSENT: Final = {  # no page of the family prints the field in one piece
    ("A1", "lead"),
    ("E1", "headline"),
    *((family, "section") for family in ("B", "G")),
    *((family, "tags") for family in ("K", "B", "E2", "F", "G")),
}
ENCODED: Final = {
    "á": "aacute", "à": "agrave", "ã": "atilde", "â": "acirc", "é": "eacute", "è": "egrave",
    "ê": "ecirc", "í": "iacute", "ì": "igrave", "ó": "oacute", "ò": "ograve", "õ": "otilde",
    "ô": "ocirc", "ú": "uacute", "ù": "ugrave", "ý": "yacute",
}  # fmt: skip


def read(page: Saved, html: str | None = None, *, generic: bool = False) -> dict[str, Any]:
    document = page.document(html)
    line = read_generic(document) if generic else read_article(document, page.newspaper)
    del line["content_hash"]
    return line


def text_of(line: dict[str, Any], field: str) -> str:
    """The text of the field that is set in another way; of the body a paragraph in the middle."""
    value = line[field]
    if field == "body":
        paragraphs = value.split("\n\n")
        return str(paragraphs[len(paragraphs) // 2])
    return str(value[0] if value and isinstance(value, list) else value or "")


def place_of(html: str, text: str) -> re.Match[str] | None:
    """The last place in the body where the text stands alone in an element."""
    start = html.find("<body")
    found = list(re.finditer(rf"(?<=>)\s*{re.escape(text)}\s*(?=<)", html[start:]))
    if not text or " " not in text or start < 0 or not found:
        return None
    return re.compile(re.escape(text)).search(html, start + found[-1].start())


@cache
def lines_of(family: str, *, generic: bool) -> list[tuple[Saved, dict[str, Any]]]:
    return [(page, read(page, generic=generic)) for page in islice(pages_of(family), PAGES)]


def page_with(family: str, field: str, *, generic: bool) -> tuple[Saved, dict[str, Any], int, int]:
    """A page of the family that prints the field's text in one piece, and where."""
    for page, line in lines_of(family, generic=generic):
        place = place_of(page.html, text_of(line, field))
        if place is not None:
            return page, line, place.start(), place.end()
    raise AssertionError(f"{family} prints no {field} in one piece")


def variants(text: str, field: str, *, generic: bool) -> list[str]:
    first, _, rest = text.partition(" ")
    ways = [*HIDDEN]
    if field != "body" and not (generic and field == "section"):
        ways += PARTING
    if field in ("headline", "section", "tags") and not generic:
        ways += BLOCKS
    encoded = "".join(f"&amp;{ENCODED[c]};" if c in ENCODED else c for c in text)
    return [f"{first}{way}{rest}" for way in ways] + [encoded]


PRINTED: Final = [  # what declares a newspaper uses its family; the generic reader takes longer
    pytest.param(generic, family, field, marks=[pytest.mark.thorough] if generic else ())
    for generic in (False, True)
    for family in NAMES
    for field in FIELDS
    if (family, field) not in ABSENT
]


@pytest.mark.parametrize(("generic", "family", "field"), PRINTED)
def test_a_field_reads_the_same_however_it_is_set(generic: bool, family: str, field: str) -> None:
    page, right, start, end = page_with(family, field, generic=generic)
    for words in variants(page.html[start:end], field, generic=generic):
        html = page.html[:start] + words + page.html[end:]
        found = read(page, html, generic=generic)
        changed = {name: found[name] for name in right if found[name] != right[name]}
        assert changed == {}, words
