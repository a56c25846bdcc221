"""Where the fields of redesigned pages stand, on pages of a made-up family."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.normalize import normalize
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.article.redesign.new_layout import LayoutSearch, NewLayout
from newscrawl.cms.family_page import FamilyPage
from newscrawl.page.document import Document
from newscrawl.urls.article_keys import exact_number_key
from newscrawl.urls.canonical import spellings

FETCHED: Final = datetime(2026, 11, 23, 16, tzinfo=UTC)
PLACES: Final = ("Na Hang", "Lâm Bình", "Chiêm Hóa", "Hàm Yên", "Yên Sơn", "Sơn Dương", "Xín Mần")


class OldPage(FamilyPage):
    """The layout before the redesign."""

    version = "tre.1"
    identifying_selectors = ("h1.ten-bai", "div.chu")
    headline_selector = "h1.ten-bai"
    published_selector = "p.luc"
    lead_selector = "p.dan"
    body_selector = "div.chu"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)


SITE: Final = Site(
    name="baotre", domain="baotre.vn", hosts=spellings("baotre.vn"), read_key=OldPage.read_key
)

OLD: Final = """<html><head><title>{place}</title></head><body>
<ul class="menu"><li>Kinh tế</li><li>{today}</li></ul>
<h1 class="ten-bai">Rừng tre ở {place} vào mùa măng</h1>
<p class="luc">Thứ hai, {day}/10/2026 - 0{hour}:15</p>
<p class="dan">Bà con {place} dậy từ ba giờ để kịp chuyến xe hàng đầu tiên.</p>
<div class="chu"><p>Sương chưa tan, {day} chục người đã đứng giữa rừng tre {place}.</p>
<p>Măng đào trước khi nắng lên giữ được vị ngọt, ông Lò Văn Sáo ở {place} nói thế.</p></div>
<div class="chan">Báo Tre</div></body></html>"""


def page_at(number: int, html: str) -> Document:
    filled = html.format(
        place=PLACES[number], day=number + 10, hour=number + 1, today="Thứ hai, 23/11/2026"
    )
    url = f"https://baotre.vn/rung-tre-{4000 + number}.html"
    return Document(url, filled.encode(), fetched_at=FETCHED)


def known(number: int, html: str, *, is_archived: bool = True, read_of: str = OLD) -> KnownPage:
    article = normalize(OldPage(page_at(number, read_of), SITE).to_item())
    return KnownPage(page_at(number, html), article, is_archived=is_archived)


def search(html: str, count: int = len(PLACES), page: type[ArticlePage] = OldPage) -> NewLayout:
    return LayoutSearch(page, [known(number, html) for number in range(count)], SITE).run()


def verdicts(layout: NewLayout) -> dict[str, str]:
    return {one.field: one.verdict for one in layout.found}


def changed(*pairs: tuple[str, str]) -> str:
    html = OLD
    for old, new in pairs:
        assert old in html
        html = html.replace(old, new)
    return html


def test_pages_that_read_as_before_have_no_new_layout() -> None:
    layout = search(OLD)
    assert layout.found == ()
    assert layout.attributes == {}
    assert layout.lost == {}


NAMES: Final = (
    ('<h1 class="ten-bai">', '<h1 class="title-lg">'),
    ('<p class="luc">', '<p class="time-x">'),
    ('<p class="dan">', '<p class="sapo-x">'),
    ('<div class="chu">', '<div class="text-x">'),
)


def test_all_four_fields_are_found_by_their_new_names() -> None:
    layout = search(changed(*NAMES))
    assert layout.attributes == {
        "identifying_selectors": ("h1.title-lg", "div.text-x"),
        "headline_selector": "h1.title-lg",
        "lead_selector": "p.sapo-x",
        "published_selector": "p.time-x",
        "body_selector": "div.text-x",
    }
    assert (layout.read, layout.pages, layout.archived) == (7, 7, 7)
    assert [layout.right[name] for name in ("headline", "lead", "published_at", "body")] == [7] * 4
    assert layout.lost == {
        "h1.ten-bai": "identifying_selectors, headline_selector",
        "div.chu": "identifying_selectors, body_selector",
        "p.dan": "lead_selector",
        "p.luc": "published_selector",
    }
    headline = layout.found[0]
    assert (headline.right, headline.known) == (7, 7)
    assert headline.path == "html > body > h1.title-lg"


def test_what_still_stands_is_not_sought() -> None:
    layout = search(changed(NAMES[0]))
    assert verdicts(layout) == {"headline": "stands"}
    assert layout.attributes == {
        "identifying_selectors": ("h1.title-lg", "div.chu"),
        "headline_selector": "h1.title-lg",
    }


def test_a_lead_that_moved_alone_is_found_though_all_marks_match() -> None:
    layout = search(changed(NAMES[2]))
    assert layout.attributes["lead_selector"] == "p.sapo-x"
    assert layout.attributes["identifying_selectors"] == ("h1.ten-bai", "div.chu")
    assert layout.lost == {"p.dan": "lead_selector"}


def test_boxes_without_a_name_are_named_by_the_box_around_them() -> None:
    around = '<div class="dau"><h1>Rừng tre ở {place} vào mùa măng</h1></div>'
    layout = search(changed(('<h1 class="ten-bai">Rừng tre ở {place} vào mùa măng</h1>', around)))
    assert layout.attributes["headline_selector"] in ("h1", "div.dau")
    assert layout.right["headline"] == 7


def test_a_lead_that_is_gone_is_told_as_vanished() -> None:
    layout = search(changed((LEAD, ""), NAMES[0]))
    assert verdicts(layout) == {"headline": "stands", "lead": "vanished"}
    assert "lead_selector" not in layout.attributes


def test_a_date_that_is_gone_is_told_as_vanished() -> None:
    date = '<p class="luc">Thứ hai, {day}/10/2026 - 0{hour}:15</p>'
    layout = search(changed((date, ""), NAMES[0]))
    assert verdicts(layout)["published_at"] == "vanished"


def test_a_text_that_is_gone_is_told_as_vanished() -> None:
    start, end = OLD.index('<div class="chu">'), OLD.index('<div class="chan">')
    layout = search(changed((OLD[start:end], "")))
    assert verdicts(layout) == {"body": "vanished"}
    assert layout.attributes == {}


LEAD: Final = '<p class="dan">Bà con {place} dậy từ ba giờ để kịp chuyến xe hàng đầu tiên.</p>'
TWICE: Final = '<div class="luu">Bà con {place} dậy từ ba giờ để kịp chuyến xe hàng đầu tiên.</div>'


def test_a_lead_that_stands_twice_is_ambiguous_and_not_proposed() -> None:
    layout = search(changed(NAMES[2], ('<div class="chan">', f'{TWICE}<div class="chan">')))
    lead = next(one for one in layout.found if one.field == "lead")
    assert lead.verdict == "ambiguous"
    assert set(lead.places) == {"div.luu", "p.sapo-x"}
    assert (lead.right, lead.known) == (7, 7)
    assert "lead_selector" not in layout.attributes


def test_a_date_that_stands_twice_is_ambiguous() -> None:
    again = '<div class="luu">{day}/10/2026, 0{hour}:15</div><div class="chan">'
    layout = search(changed(NAMES[1], ('<div class="chan">', again)))
    assert verdicts(layout) == {"published_at": "ambiguous"}
    assert layout.attributes == {}


def test_the_first_heading_is_the_headline_wherever_else_its_words_stand() -> None:
    crumb = '<div class="vet">Rừng tre ở {place} vào mùa măng</div><h1'
    layout = search(changed(("<h1", crumb), NAMES[0]))
    assert layout.attributes["headline_selector"] == "h1.title-lg"


def test_two_first_headings_with_the_headline_are_ambiguous() -> None:
    again = '<h1 class="lap">Rừng tre ở {place} vào mùa măng</h1><div class="chan">'
    layout = search(changed(('<div class="chan">', again), NAMES[0]))
    assert verdicts(layout)["headline"] == "ambiguous"


def test_the_day_of_the_visit_is_not_the_date_of_the_article() -> None:
    layout = search(changed(NAMES[1], ("<li>{today}</li>", '<li class="nay">{today}</li>')))
    assert layout.attributes["published_selector"] == "p.time-x"


def test_what_stands_in_the_new_box_beside_the_text_is_dropped() -> None:
    box = '<div class="text-x"><div class="chia-se">Chia sẻ bài này cho mọi người cùng đọc</div>'
    layout = search(changed((NAMES[3][0], box)))
    assert layout.attributes["body_selector"] == "div.text-x"
    assert layout.attributes["drop_selector"] == "div.chia-se"
    assert layout.right["body"] == layout.known["body"] == 7


class DroppingPage(OldPage):
    """The layout with a selector of what is no text, in XPath."""

    version = "tre.2"
    drop_selector = ".//ul[@class='the']"


def test_what_is_dropped_already_stays_dropped() -> None:
    box = (
        '<div class="text-x"><ul class="the"><li>măng</li></ul>'
        '<div class="chia-se">Chia sẻ bài này cho mọi người cùng đọc</div>'
    )
    layout = search(changed((NAMES[3][0], box)), page=DroppingPage)
    dropped = layout.attributes["drop_selector"]
    assert dropped.startswith(".//ul[@class='the'] | ./descendant::div[")
    assert layout.right["body"] == 7


def test_two_pages_prove_nothing() -> None:
    layout = search(changed(*NAMES), count=2)
    assert set(verdicts(layout).values()) == {"unknown"}
    assert layout.attributes == {}


def test_what_the_archive_holds_counts_more_than_what_the_generic_reader_reads() -> None:
    html = changed(*NAMES)
    archived = [known(number, html) for number in range(4)]
    guessed = [known(number, html, is_archived=False) for number in range(4, 7)]
    wrong = [
        KnownPage(one.document, replace(one.article, lead="Báo Tre"), is_archived=False)
        for one in guessed
    ]
    layout = LayoutSearch(OldPage, [*wrong, *archived], SITE).run()
    assert layout.attributes["lead_selector"] == "p.sapo-x"
    assert (layout.known["lead"], layout.archived, layout.pages, layout.read) == (4, 4, 7, 7)


def test_without_the_archive_the_generic_reading_counts() -> None:
    html = changed(*NAMES)
    pages = [known(number, html, is_archived=False) for number in range(7)]
    layout = LayoutSearch(OldPage, pages, SITE).run()
    assert layout.attributes["headline_selector"] == "h1.title-lg"
    assert layout.archived == 0


def test_articles_without_a_lead_refuse_a_box_that_all_pages_have() -> None:
    """Of two places for the lead, one also holds words where the article has none."""
    bare = OLD.replace(LEAD, "")
    html = changed(NAMES[2], ('<div class="chan">', f'{TWICE}<div class="chan">'))
    other = html.replace('<p class="sapo-x">', '<p class="khac">')
    pages = [known(number, html) for number in range(4)]
    pages += [known(number, other, read_of=bare) for number in range(4, 7)]
    assert [one.article.lead is None for one in pages] == [False] * 4 + [True] * 3
    layout = LayoutSearch(OldPage, pages, SITE).run()
    assert layout.attributes["lead_selector"] == "p.sapo-x"


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_two_layouts_at_once_are_read_by_two_selectors(number: int) -> None:
    """Half of the pages say it by an id, half by a class."""
    by_id = OLD.replace('<p class="luc">', '<p id="ngay">')
    by_class = OLD.replace('<p class="luc">', '<p class="gio">')
    pages = [known(n, by_id if (n + number) % 2 else by_class) for n in range(len(PLACES))]
    layout = LayoutSearch(OldPage, pages, SITE).run()
    assert set(layout.attributes["published_selector"].split(", ")) == {"p#ngay", "p.gio"}
    assert layout.right["published_at"] == 7
