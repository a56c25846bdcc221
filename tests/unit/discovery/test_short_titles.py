"""Articles whose address spells a title of three words are items of the list like the others."""

from datetime import UTC, datetime

from newscrawl.discovery.generic_listing import read_list
from newscrawl.page.document import Document

LONG = [f"/kinh-te/ba-con-xa-na-tong-trong-lai-rung-{n}" for n in "abcde"]


def listed(*more: str) -> list[str]:
    items = "".join(
        f'<div class="row"><h3 class="tit"><a href="{href}">Bà con xã Nà Tông trồng {n}</a></h3>'
        f"<p>Đoạn giới thiệu của bài, kể ngắn gọn ai làm gì, ở đâu, vì sao nên đọc tiếp.</p></div>"
        for n, href in enumerate(LONG)
    )
    page = f"<html><body><div class='list'>{items}{''.join(more)}</div></body></html>"
    url = "https://baothu.vn/kinh-te"
    found = read_list(Document(url, page.encode(), fetched_at=datetime.now(UTC)))
    return [link.url.removeprefix("https://baothu.vn") for link in found.links]


def item(href: str, title: str) -> str:
    return f'<div class="row"><h3 class="tit"><a href="{href}">{title}</a></h3></div>'


def test_a_short_title_set_as_the_others_is_listed_in_its_place() -> None:
    assert listed(item("/kinh-te/lua-chin", "Lúa chín")) == [*LONG, "/kinh-te/lua-chin"]


def test_another_folder_or_another_setting_is_no_item() -> None:
    menu = '<p><a href="/kinh-te/nong-nghiep">Nông nghiệp</a></p>'
    assert listed(menu, item("/chuyen-muc/lua-chin", "Lúa chín")) == LONG


def test_a_pager_and_a_label_are_no_items() -> None:
    pager = item("/kinh-te?page=2", "Trang sau nữa")
    assert listed(pager, item("/kinh-te/tin", "Tin khác")) == LONG
