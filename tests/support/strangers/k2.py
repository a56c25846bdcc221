"""Báo Đường Xuôi: Joomla with K2, its addresses below `index.php`.

Articles are `/index.php/thoi-su/item/123-slug`, lists have `?start=10`; whatever start is too large
shows the last page again, and "Tiếp" leads on for ever. The category stands a second time under
`itemlist/category`. The feed names the ten newest, over http. There is no sitemap and no canonical
address; the links for printing and mailing stand above the text. The host is www.
"""

from collections.abc import Mapping
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from tests.support.strangers.gazette import (
    LANG_BIEN,
    MOVED,
    PINNED,
    UNDATED,
    address_name,
    gazette,
    gazette_truth,
)
from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, utc

HOST: Final = "www.baoduongxuoi.com.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Thời sự", path="thoi-su", number=8),
    Desk(label="Kinh tế", path="kinh-te", number=9),
    Desk(label="Văn hóa - Xã hội", path="van-hoa-xa-hoi", number=10),
    Desk(label="Pháp luật", path="phap-luat", number=14),
)
EMPTY: Final = Desk(label="Rao vặt", path="rao-vat", number=15)
WORDS: Final = {
    "place": ("Đường Xuôi", "Cầu Mống", "Bến Lức Hạ", "Gò Nổi", "Ngã Ba Dừa", "Vĩnh Hòa"),
    "thing": ("chiếu cói", "bánh tráng", "khóm", "nước mắm", "cá lóc đồng", "trống da"),
    "who": ("ông Năm Cẩn", "bà Nguyễn Thị Thắm", "chị Diệu Hiền", "anh Trương Công Lập"),
    "author": ("Quốc Khánh", "Thùy Dương", "Lê Công Tâm"),
    "office": ("Sở Xây dựng", "Ủy ban nhân dân thị xã", "Hội Cựu chiến binh"),
}
STORIES: Final = gazette(LANG_BIEN, WORDS, DESKS, 523, "/media/k2/items/cache")
_PER_PAGE: Final = 10
_DAYS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def href(story: Story) -> str:
    return f"/index.php/{story.desk.path}/item/{story.number}-{address_name(story)}"


_BY_HREF: Final = {href(story): story for story in STORIES}


def _frame(title: str, head: str, main: str) -> Answer:
    menu = "".join(
        f'<li class="item-{d.number}"><a href="/index.php/{d.path}">{d.label}</a></li>'
        for d in (*DESKS, EMPTY)
    )
    most = "".join(
        f'<li><a class="moduleItemTitle" href="http://{HOST}{href(s)}">{escape(s.headline)}</a>'
        f'<span class="moduleItemHits">{s.number} lượt xem</span></li>'
        for s in STORIES[12:17]
    )
    old = STORIES[MOVED]
    most += (
        f'<li><a class="moduleItemTitle" href="/index.php/component/k2/item/{old.number}-cu">'
        f"{escape(old.headline)}</a></li>"
    )
    talks = "".join(
        f'<li><span class="lcUsername">{who}</span> <span class="lcComment">{said}</span></li>'
        for who, said in (("Hai Lúa", "Bài hay quá, mong tòa soạn viết tiếp."), ("MT", "Đúng vậy"))
    )
    return Answer(
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi-vn" lang="vi-vn">'
        f'<head><base href="{HOME}/"/><meta http-equiv="content-type" content="text/html;'
        ' charset=utf-8" /><meta name="generator" content="Joomla! - Open Source Content'
        f' Management" /><title>{escape(title)}</title>{head}</head><body><div id="top"><ul'
        f' class="menu">\n<li><a href="/">Trang nhất</a></li>{menu}</ul></div><div id="k2Container">'
        f'{main}</div><div id="right"><h3>Đọc nhiều</h3><ul class="k2ItemsBlock">{most}</ul><h3>Bạn'
        f' đọc viết</h3><ul class="k2LatestCommentsBlock">{talks}</ul></div><div id="footer">'
        "<p>Giấy phép số 12/GP-TTĐT. Tổng Biên tập: Võ Hữu Lộc. Điện thoại: 0272 3 811 000</p></div>"
        "</body></html>"
    )


def _photo(photo: Photo) -> str:
    return f'<p style="text-align: center;"><img src="{photo.src}" alt="" width="600" /></p>\n' + (
        f'<p style="text-align: center;"><em>{escape(photo.caption)}</em></p>\n'
        if photo.caption
        else ""
    )


def _printed_date(story: Story) -> str:
    at = story.published
    day = "Chủ nhật" if at.weekday() == 6 else f"Thứ {_DAYS[at.weekday()]}"
    return f"{day}, {at.day:02d} Tháng {at.month} {at.year} {at:%H:%M}"


def _article(story: Story) -> Answer:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f'<p style="text-align: justify;">{escape(paragraph)}</p>\n')
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.outlet:
        parts.append(f'<p style="text-align: right;"><em>{story.outlet_line}</em></p>')
    if story.author:
        parts.append(f'<p style="text-align: right;"><strong>{story.author}</strong></p>')
    date = (
        ""
        if story is STORIES[UNDATED]
        else f'<span class="itemDateCreated">{_printed_date(story)}</span>'
    )
    tags = "".join(
        f'<li><a href="/index.php/{story.desk.path}/itemlist/tag/{t.replace(" ", "%20")}">{t}</a></li>'
        for t in story.tags
    )
    others = [s for s in STORIES if s.desk is story.desk and s is not story][:5]
    related = "".join(
        f'<li><a class="itemRelTitle" href="{href(s)}">{escape(s.headline)}</a></li>'
        for s in others
    )
    main = (
        f'<div class="itemView"><div class="itemHeader">{date}<h2 class="itemTitle">'
        f'{escape(story.headline)}</h2></div><div class="itemToolbar"><ul><li>cỡ chữ</li><li><a'
        f' href="{href(story)}?tmpl=component&amp;print=1">In</a></li><li><a href="/index.php/'
        'component/mailto/?tmpl=component">Email</a></li></ul></div><div class="itemBody">'
        f'<div class="itemIntroText"><p><strong>{escape(story.lead)}</strong></p></div>'
        f'<div class="itemFullText">{"".join(parts)}</div></div><div class="itemLinks"><div'
        f' class="itemCategory"><span>Chuyên mục</span> <a href="/index.php/{story.desk.path}">'
        f'{story.desk.label}</a></div><div class="itemTagsBlock"><span>Từ khóa</span><ul'
        f' class="itemTags">{tags}</ul></div></div><div class="itemRelated"><h3>Tin liên quan</h3>'
        f"<ul>{related}</ul></div></div>"
    )
    return _frame(story.headline, "", main)


def _item(story: Story) -> str:
    return (
        '<div class="itemContainer"><div class="catItemView"><h3 class="catItemTitle"><a href="'
        f'{href(story)}">{escape(story.headline)}</a></h3><div class="catItemIntroText"><p>'
        f'{escape(story.lead)}</p></div><a class="k2ReadMore" href="{href(story)}">Xem thêm...</a>'
        "</div></div>"
    )


def _list(title: str, found: list[Story], path: str, start: int) -> Answer:
    last = max(0, (len(found) - 1) // _PER_PAGE * _PER_PAGE)
    begin = min(start, last)
    items = [_item(s) for s in found[begin : begin + _PER_PAGE]]
    if not found:
        return _frame(title, "", f"<h1>{title}</h1><p>Chưa có bài viết.</p>")
    numbers = "".join(
        f'<li><a class="pagenav" href="{path}?start={n}">{n // _PER_PAGE + 1}</a></li>'
        for n in range(0, last + 1, _PER_PAGE)
        if n != begin
    )
    main = (
        f'<div id="itemListLeading">{_item(STORIES[PINNED])}</div><div id="itemListPrimary">'
        f'{"".join(items)}</div><div class="k2Pagination"><ul>{numbers}<li class="pagination-next">'
        f'<a class="pagenav" href="{path}?start={start + _PER_PAGE}" title="Tiếp">Tiếp</a></li></ul>'
        f"Trang {begin // _PER_PAGE + 1} của {last // _PER_PAGE + 1}</div>"
    )
    head = f'<link href="{path}?format=feed&amp;type=rss" rel="alternate" type="application/rss+xml" title="RSS 2.0" />'
    return _frame(title, head, main)


def _feed(found: list[Story]) -> Answer:
    items = "".join(
        f"<item><title>{escape(s.headline)}</title><link>http://{HOST}{href(s)}</link>"
        f'<guid isPermaLink="true">http://{HOST}{href(s)}</guid>'
        f"<description>{escape(s.lead)}</description>"
        + (
            ""
            if s is STORIES[UNDATED]
            else f"<pubDate>{format_datetime(utc(s.published))}</pubDate>"
        )
        + "</item>"
        for s in found[:10]
    )
    return Answer(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Đường Xuôi'
        f"</title><link>{HOME}/</link>{items}</channel></rss>",
        content_type="application/rss+xml; charset=utf-8",
    )


def _listed(title: str, found: list[Story], path: str, query: Mapping[str, str]) -> Answer:
    if query.get("format") == "feed":
        return _feed(found)
    return _list(title, found, path, int(query.get("start", "0")))


def answer(path: str, query: Mapping[str, str]) -> Answer:
    bare = path.rstrip("/") or "/"
    if bare in ("/", "/index.php"):
        return _listed("Báo Đường Xuôi", list(STORIES), "/index.php", query)
    if bare in _BY_HREF:
        return _article(_BY_HREF[bare])
    if path.startswith(f"/index.php/component/k2/item/{STORIES[MOVED].number}-"):
        return Answer("", 301, headers={"Location": f"http://{HOST}{href(STORIES[MOVED])}"})
    parts = bare.split("/")[2:]
    desk = next((d for d in (*DESKS, EMPTY) if parts[:1] == [d.path]), None)
    if desk is None or (len(parts) > 1 and parts[1] != "itemlist"):
        return NOT_FOUND
    if parts[1:3] == ["itemlist", "tag"]:
        found = [s for s in STORIES if parts[3].replace("%20", " ") in s.tags]
        return _listed(parts[3], found, bare, query)
    return _listed(desk.label, [s for s in STORIES if s.desk is desk], bare, query)


def right(story: Story) -> dict[str, Any]:
    images = [f"{HOME}{photo.src}" for photo in story.photos]
    return gazette_truth(STORIES, story, f"{HOME}{href(story)}", images=images)


SITE: Final = Stranger("baoduongxuoi", HOST, answer, STORIES, right)
