"""Where a printed address leads, as the page class of a newspaper with three hosts sees it."""

from datetime import datetime

import pytest

from newscrawl.article.newspaper_site import Site
from newscrawl.article.page_links import PageLinks
from newscrawl.items import VIETNAM
from newscrawl.page.document import Document
from newscrawl.urls.article_keys import generic_key

HOST = "baodoicat.vn"
URL = f"https://{HOST}/kinh-te/luoi-ray-doi-mat-luoi-5512.html"
SITE = Site(
    name="baodoicat",
    domain=HOST,
    hosts={HOST: HOST, f"www.{HOST}": HOST, f"media.{HOST}": HOST},
)
DOCUMENT = Document(
    URL,
    b"<html><body><p>cat</p></body></html>",
    fetched_at=datetime(2026, 11, 23, 12, tzinfo=VIETNAM),
    content_type="text/html; charset=utf-8",
)
LINKS = PageLinks(DOCUMENT, SITE, URL, generic_key)


@pytest.mark.parametrize(
    ("href", "is_own", "is_foreign"),
    [
        ("/kinh-te/", True, False),
        ("cho-ca-bon-gio-5520.html", True, False),
        (f"//www.{HOST}/kinh-te/", True, False),
        ("https://baobenloi.vn/", False, True),
        (f"https://{HOST}.vn.example/", False, True),
        ("/tep/bang-gia.PDF", False, False),
        ("https://baobenloi.vn/anh/ghe.jpg", False, False),
        ("mailto:toasoan@baodoicat.vn", False, False),
        ("javascript:void(0)", False, False),
    ],
)
def test_whose_page_it_is(href: str, *, is_own: bool, is_foreign: bool) -> None:
    assert (LINKS.is_own(href), LINKS.is_foreign(href)) == (is_own, is_foreign)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/kinh-te/cho-ca-bon-gio-5520.html", True),
        (f"https://media.{HOST}/kinh-te/cho-ca-bon-gio-5520.html", True),
        (URL, False),
        (f"{URL}?print=1", False),
        ("/luu-tru/2009/be-tong-hoa-duong-lang", True),  # of an earlier CMS
        ("/kinh-te/", False),
        ("/kinh-te/bien/", False),
        ("https://baobenloi.vn/kinh-te/cho-ca-bon-gio-5520.html", False),
        ("#binh-luan", False),
    ],
)
def test_which_lead_to_another_article(href: str, *, expected: bool) -> None:
    assert LINKS.is_other_article(href) is expected
