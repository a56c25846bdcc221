"""Between two paragraphs a tag too many, or what no reader sees: every family reads the same."""

import re
from itertools import islice
from typing import Any, Final

import pytest

from newscrawl.cli.read_page import read_article, read_generic
from tests.support.families import NAMES, Saved, pages_of

PAGES: Final = 8  # of a family, among which one with three paragraphs is looked for
STRAY: Final = (
    "</body>", "</html>", "</body></html>", "</p>", "</br>", "</span>", "</center>", "</font>",
    "</ul>", "</li>", "</form>", "</h1>", "</h3>", "</a>", "</strong></em>", "<wbr>", "</BODY>",
)  # fmt: skip
UNSEEN: Final = (
    "<svg><path d='M0'>", "<script>x('</p></body>')</script>", "<style>p{}</style>", "<br>",
    "<p></p>", "<p>&nbsp;</p>", "<p>\u200b</p>", "<p> <br> </p>", "<p><b></b></p>", "\ufeff",
    "<a name='muc'></a>", "<template><p>Ẩn</p></template>", "<p style='display:none'>Ẩn</p>",
    "<p hidden>Ẩn</p>", "<div class='sr-only'>Ẩn</div>", "<div class='clearfix'></div>", "<hr>",
    "<dialog><p>Chấp nhận cookie?</p></dialog>", "<iframe src='https://x.vn/e'></iframe>",
    "<ins class='adsbygoogle'></ins>", "<button>Phóng to</button>", "<object data=x></object>",
    "<noscript><img src='https://dem.vn/x.gif' width=1 height=1></noscript>", "<figure></figure>",
    "<img src='/blank.gif' width=1>", "<select><option>Cỡ chữ</select>", "<o:p></o:p>",
    "<meta itemprop='x' content='y'>", "<!--[if gte mso 9]><xml>x</xml><![endif]-->",
    "<![endif]-->", "<?xml:namespace prefix = o />", "<amp-ad></amp-ad>", "<ul></ul>",
)  # fmt: skip
WHOLE: Final = [family for family in NAMES if family != "D"]  # D's fixtures end with their text


def read(page: Saved, html: str | None = None, *, generic: bool) -> dict[str, Any]:
    document = page.document(html)
    line = read_generic(document) if generic else read_article(document, page.newspaper)
    del line["content_hash"]
    return line


def page_and_place(family: str, *, generic: bool) -> tuple[Saved, dict[str, Any], int]:
    """A page of the family with three paragraphs, its line, and a place between two of them."""
    for page in islice(pages_of(family), PAGES):
        line = read(page, generic=generic)
        paragraphs = line["body"].split("\n\n")
        end = re.escape(paragraphs[len(paragraphs) // 2 - 1][-25:])
        found = re.search(rf"{end}\s*(?:</(?!p>)\w+>\s*)*</p>", page.html)
        if len(paragraphs) > 2 and found is not None:
            return page, line, found.end()
    raise AssertionError(f"{family} has no page of three paragraphs")


@pytest.mark.parametrize(
    "generic",
    [False, pytest.param(True, marks=pytest.mark.thorough)],
    ids=["family", "generic"],
)
@pytest.mark.parametrize("family", NAMES)
def test_a_fault_between_paragraphs_changes_nothing(family: str, generic: bool) -> None:
    page, right, place = page_and_place(family, generic=generic)
    for fault in STRAY + UNSEEN:
        html = page.html[:place] + fault + page.html[place:]
        found = read(page, html, generic=generic)
        changed = {name: found[name] for name in right if found[name] != right[name]}
        assert changed == {}, fault


@pytest.mark.parametrize("family", WHOLE)
def test_an_end_of_a_box_too_many_cuts_no_text_in_two(family: str) -> None:
    page, right, place = page_and_place(family, generic=False)
    html = f"{page.html[:place]}</div>{page.html[place:]}"
    found = read(page, html, generic=False)
    assert {name: found[name] for name in right if found[name] != right[name]} == {}
