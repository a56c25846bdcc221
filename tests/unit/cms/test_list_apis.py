"""The list APIs behind the "more" buttons of families C and D, and the prefixes of family A."""

import pytest

from newscrawl.cms.epi import EpiSection
from newscrawl.cms.onecms import OneCmsSection
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.exceptions import ExtractionError
from newscrawl.urls.article_keys import exact_number_key
from tests.support.saved_lists import KNOWN, answer, saved

C_API = "https://api.baothu.vn/api/morenews-zone-141-{}.html"
D_API = "https://baothu.vn/api/getMoreArticle/channel_empty_{}_37_0"
C_ITEM = '<article class="story"><a class="cms-link" href="/chuyen-o-xa-post48.html">Chuyện</a>'
D_ITEM = '<h3 class="b-grid__title"><a href="/chuyen-o-xa-ta-10251880.html">Chuyện ở xã</a></h3>'


def html(body: str) -> str:
    return f"<html><body>{body}</body></html>"


# Family C -----------------------------------------------------------------------------------------


def test_c_reads_its_zone_off_the_button_and_begins_with_the_first_page() -> None:
    button = '<button class="control__loadmore" data-type="zone" data-zone="141" data-page="1">'
    item = C_ITEM.replace("post48", "post48213")
    page = EpiSection(path="/kinh-te/").read(
        answer("https://baothu.vn/kinh-te/", html(f"{item}</article>{button}</button>")), KNOWN
    )
    assert page.older == C_API.format(1)
    assert not page.is_whole_list


def test_c_takes_a_declared_zone_and_without_any_has_no_pagination() -> None:
    item = C_ITEM.replace("post48", "post48213")
    document = answer("https://baothu.vn/kinh-te/", html(item))
    assert EpiSection(path="/kinh-te/", zone=7).read(document, KNOWN).older == (
        "https://api.baothu.vn/api/morenews-zone-7-1.html"
    )
    alone = EpiSection(path="/kinh-te/").read(document, KNOWN)
    assert (alone.older, alone.is_whole_list) == (None, True)


def test_c_lists_articles_with_their_moments_and_the_next_page() -> None:
    section = EpiSection(path="/kinh-te/", zone=141)
    page = section.read(saved("morenews-zone-141-1.html", C_API.format(1)), KNOWN)
    assert [(link.key, str(link.published_at)) for link in page.links] == [
        ("482131", "2026-11-30 09:15:00+07:00"),
        ("482098", "2026-11-30 08:02:30+07:00"),
    ]
    assert page.links[0].url == "https://baothu.vn/cho-phien-khau-tinh-hop-som-post482131.html"
    assert page.older == C_API.format(2)
    assert page.is_whole_list


def test_c_ends_with_an_answer_without_articles() -> None:
    page = EpiSection(path="/").read(answer(C_API.format(9), '{"data":{"contents":[]}}'), KNOWN)
    assert (page.links, page.older) == ((), None)


def test_c_asks_the_api_s_own_host() -> None:
    assert EpiSection(path="/").further_hosts("baothu.vn") == {"api.baothu.vn"}
    assert EpiSection(path="/").further_hosts("www.baothu.vn") == {"api.baothu.vn"}


@pytest.mark.parametrize("body", ["<html></html>", "[]", '{"data":{}}', '{"data":{"contents":1}}'])
def test_c_refuses_another_answer(body: str) -> None:
    with pytest.raises(ExtractionError, match="list"):
        EpiSection(path="/").read(answer(C_API.format(1), body), KNOWN)


# Family D -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ("", "10251880"),
        (
            '<ul class="onecms__loading"><li pid="10251877"></li><li pid="10251875"></li></ul>',
            "10251875",
        ),
    ],
)
def test_d_goes_on_behind_the_page_s_last_article(more: str, last: str) -> None:
    document = answer("https://baothu.vn/kinh-te", html(D_ITEM + more))
    page = OneCmsSection(path="/kinh-te/", channel=37).read(document, KNOWN)
    assert page.older == D_API.format(last)
    assert not page.is_whole_list


def test_d_reads_its_channel_off_the_button() -> None:
    button = (
        '<button data-api-url="/api/getMoreArticle/channel_empty_10251880_37_0">Xem thêm</button>'
    )
    document = answer("https://baothu.vn/kinh-te", html(D_ITEM + button))
    page = OneCmsSection(path="/kinh-te/").read(document, KNOWN)
    assert page.older == D_API.format("10251880")
    without = answer("https://baothu.vn/kinh-te", html(D_ITEM))
    assert OneCmsSection(path="/kinh-te/").read(without, KNOWN).older is None


def test_d_lists_articles_of_both_forms_and_goes_on_behind_the_last_one() -> None:
    section = OneCmsSection(path="/kinh-te/", channel=37)
    page = section.read(saved("getMoreArticle.json", D_API.format("10251880")), KNOWN)
    assert [(link.key, link.title, str(link.published_at)) for link in page.links] == [
        ("10251877", "Chợ phiên Khau Tinh họp sớm", "2026-11-30 09:15:00+07:00"),
        ("10251802", "Đường lên Bản Cuôn thông xe", "2026-11-30 08:02:00+07:00"),
    ]
    assert page.older == D_API.format("10251790")
    assert page.is_whole_list


def test_d_ends_with_an_empty_answer_and_never_asks_itself_again() -> None:
    section = OneCmsSection(path="/kinh-te/", channel=37)
    assert section.read(answer(D_API.format(5), "[]"), KNOWN).older is None
    same = answer(D_API.format(5), '[{"PublisherId":5,"LinktoMe2":"/chuyen-o-xa-5123.html"}]')
    assert section.read(same, KNOWN).older is None


@pytest.mark.parametrize("body", ["<html></html>", "{}", "null", "[" * 100_000])
def test_d_refuses_another_answer(body: str) -> None:
    with pytest.raises(ExtractionError, match="list"):
        OneCmsSection(path="/").read(answer(D_API.format(1), body), KNOWN)


def test_the_saved_addresses_have_the_papers_form() -> None:
    assert exact_number_key("https://baothu.vn/chuyen-o-xa-ta-10251880.html") == "10251880"


# Family A -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "other"), [("/sc_service", "/service"), ("/service", "/sc_service")]
)
def test_a_names_the_same_page_under_the_other_prefix(asked: str, other: str) -> None:
    rest = "/api/article/list?scUnitMapId=a&saArticleCateId=b&first=0&pageSize=14"
    section = VnptSection(path="/kinh-te/")
    assert section.other_addresses(f"https://baothu.vn{asked}{rest}") == (
        f"https://baothu.vn{other}{rest}",
    )


def test_a_section_page_has_no_other_address() -> None:
    assert VnptSection(path="/kinh-te/").other_addresses("https://baothu.vn/kinh-te/") == ()


def test_a_goes_on_with_the_prefix_that_answered() -> None:
    url = "https://baothu.vn/service/api/article/list?scUnitMapId=a&saArticleCateId=b&first=0"
    item = '{"pageUrl":"/kinh-te/202611/cho-phien-hop-som-48213ab/","title":"Chợ phiên"}'
    page = VnptSection(path="/kinh-te/").read(answer(url, f'{{"response":[{item}]}}'), KNOWN)
    assert page.older is not None
    assert page.older.startswith("https://baothu.vn/service/api/article/list?")
