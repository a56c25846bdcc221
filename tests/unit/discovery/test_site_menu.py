"""Which links of a front page are sections."""

from datetime import UTC, datetime

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.site_menu import menu_links
from newscrawl.page.document import Document
from newscrawl.urls.canonical import spellings

PAPER = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn"))


def links(body: str) -> tuple[list[tuple[str, str, bool]], tuple[str, ...]]:
    page = f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
    found, left = menu_links(
        Document("https://baothu.vn/", page, fetched_at=datetime.now(UTC)), PAPER
    )
    return [(link.place, link.label, link.in_menu) for link in found], left


def test_the_menu_comes_before_other_short_links() -> None:
    found, _ = links(
        '<h2><a href="/van-hoa">Văn hóa</a></h2>'
        '<nav><a href="/">Trang chủ</a><a href="/kinh-te/">Kinh tế</a></nav>'
    )
    assert found == [("/kinh-te/", "Kinh tế", True), ("/van-hoa", "Văn hóa", False)]


def test_an_article_is_no_section() -> None:
    found, _ = links('<nav><a href="/mua-vai-som-o-xa-na-tong-1234.html">Mùa vải sớm</a></nav>')
    assert found == []


def test_films_and_forms_of_the_menu_are_told_apart() -> None:
    found, left = links(
        '<nav><a href="/video.html">Video</a><a href="/user/login">Đăng nhập</a>'
        '<a href="/phim-truong/">Phim trường</a></nav>'
    )
    assert [place for place, _, _ in found] == ["/phim-truong/"]
    assert left == ("/video.html", "/user/login")


def test_other_hosts_scripts_and_files_are_no_sections() -> None:
    found, left = links(
        '<nav><a href="https://www.facebook.com/baothu">Facebook</a>'
        '<a href="javascript:void(0)">Mở rộng</a><a href="/so-bao.pdf">Số báo</a></nav>'
    )
    assert (found, left) == ([], ("/so-bao.pdf",))


def test_a_section_by_query_is_one_and_a_pager_is_none() -> None:
    found, _ = links(
        '<td class="menu"><a href="list.aspx?cat=3">Xã hội</a></td>'
        '<div><a href="/kinh-te?page=2">Trang sau</a><a href="/kinh-te?page=3">3</a></div>'
    )
    assert found == [("/list.aspx?cat=3", "Xã hội", True)]


def test_the_footer_is_no_menu() -> None:
    found, _ = links('<footer><nav><a href="/the-le/">Thể lệ</a></nav></footer>')
    assert found == []


def test_an_address_of_the_mobile_host_is_the_newspapers() -> None:
    found, _ = links('<nav><a href="https://m.baothu.vn/the-thao/#moi">Thể thao</a></nav>')
    assert found == [("/the-thao/", "Thể thao", True)]


def test_sections_below_a_front_file_are_sections() -> None:
    found, left = links(
        '<nav><a href="/index.php">Trang nhất</a><a href="/index.php/thoi-su">Thời sự</a>'
        '<a href="/Default.aspx?tabid=4">Biển đảo</a></nav>'
    )
    assert [place for place, _, _ in found] == ["/index.php/thoi-su", "/Default.aspx?tabid=4"]
    assert left == ()


def test_a_section_with_and_without_its_slash_is_one() -> None:
    found, _ = links(
        '<nav><a href="/kinh-te">Kinh tế</a></nav><h2><a href="/kinh-te/">Kinh tế</a></h2>'
    )
    assert found == [("/kinh-te", "Kinh tế", True)]


def test_the_words_of_a_pager_are_no_section() -> None:
    found, _ = links('<ul><li><a href="/index.php?start=10">Tiếp</a></li></ul>')
    assert found == []
