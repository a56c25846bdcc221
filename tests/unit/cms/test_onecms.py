"""Family D: what its pages alone have."""

import pytest

from newscrawl.article.page_class_choice import choose_page
from newscrawl.cms.onecms import DaNangPage, OneCmsMagazine, OneCmsPage, OneCmsSection
from newscrawl.exceptions import NotAnArticleError
from tests.support.family_examples import (
    DOMAIN,
    FIRST,
    PAPER,
    SECOND,
    document,
    html,
    page_examples,
    read,
)


@pytest.mark.parametrize(
    ("box", "source", "line"),
    [
        ("<p>Theo Báo Nhân Dân</p>", "Nhân Dân", "Theo Báo Nhân Dân"),
        ("", "Nhân Dân", None),
        ("<p>Link bài gốc</p>", "Nhân Dân", None),
    ],
)
def test_onecms_names_the_original(box: str, source: str, line: str | None) -> None:
    address = "https://nhandan.vn/duong-moi-post77.html"
    copied = f'<div class="c-author-page">{box}<span id="url-copy">{address}</span></div>'
    article = read(OneCmsPage, html(OneCmsPage, f"<p>{FIRST}</p><p>{SECOND}</p>{copied}"))
    assert (article.source, article.source_url, article.source_line) == (source, address, line)
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_an_empty_original_is_none() -> None:
    copied = '<div class="c-author-page"><span id="url-copy"></span></div>'
    article = read(OneCmsPage, html(OneCmsPage, f"<p>{FIRST}</p>{copied}"))
    assert (article.source, article.source_url, article.source_line) == (None, None, None)


def test_an_e_magazine_has_no_article() -> None:
    text = '<div class="sc-emagazine"><h1>Rừng</h1><iframe src="/e/1/"></iframe></div>'
    with pytest.raises(NotAnArticleError, match="e-magazine"):
        choose_page(
            (OneCmsPage, OneCmsMagazine), document(text, page_examples()[OneCmsPage].address), PAPER
        ).to_item()


def test_a_sections_address_ends_without_a_slash() -> None:
    assert OneCmsSection(path="/kinh-te/").start(PAPER) == f"https://{DOMAIN}/kinh-te"
    assert OneCmsSection(path="/").start(PAPER) == f"https://{DOMAIN}/"


def test_da_nangs_new_numbers_do_not_meet_those_of_its_former_pages() -> None:
    assert DaNangPage.read_key(page_examples()[DaNangPage].address) == "onecms-204511"
