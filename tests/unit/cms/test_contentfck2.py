"""Family E2: what its pages and lists alone have."""

from newscrawl.cms.contentfck2 import ContentFck2Page, DongThapSection, FormerTayNinhPage
from tests.support.family_examples import (
    DOMAIN,
    PAPER,
    document,
    html,
    page_examples,
    read,
)


def test_a_lead_in_a_list_beside_is_not_the_articles() -> None:
    beside = '<div><p class="sapo">Tin khác trong ngày.</p></div>'
    text = html(ContentFck2Page, lead="").replace("</body>", f"{beside}</body>")
    assert read(ContentFck2Page, text).lead is None


def test_tay_ninhs_former_numbers_do_not_meet_those_of_its_new_pages() -> None:
    assert FormerTayNinhPage.read_key(page_examples()[FormerTayNinhPage].address) == "a204511"


def test_dong_thap_lists_in_the_layout_the_page_shows() -> None:
    section = DongThapSection(path="/kinh-te/", category=343)
    start = f"https://{DOMAIN}/kinh-te?cate=343"
    assert section.start(PAPER) == start
    newer = '<a class="news-title" href="/con-duong-len-ban-a204511.html">Tin</a>'
    assert section.read(document(newer, start), PAPER).older is None
    item = (
        '<div class="item"><a class="title" href="/con-duong-len-ban-a204512.html">Tin cũ</a></div>'
    )
    other = f'<div id="cate-content">{item}</div>{newer}'
    first_page = section.read(document(other, start), PAPER)
    assert [found.title for found in first_page.links] == ["Tin cũ"]
    assert first_page.older == f"{start}&page=2"
    assert section.read(document(other, f"{start}&page=2"), PAPER).older == f"{start}&page=3"
    assert DongThapSection(path="/khoa-hoc/").start(PAPER) == f"https://{DOMAIN}/khoa-hoc/"
