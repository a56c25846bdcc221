"""Báo Trung Sơn: a newspaper on a Liferay portal, whose articles are assets.

An article is `/web/guest/-/asset_publisher/{letters}/content/{slug}`; lists are portlets paged by a
long query (`?_101_INSTANCE_x_cur=2`); the date stands below the headline in words; the text is a mix
of paragraphs and `div`s pasted from an office program. No feed, no sitemap.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth
from tests.support.strangers.vocabulary import TRUNG_SON

HOST: Final = "baotrungson.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Tin tức - Sự kiện", path="tin-tuc-su-kien", number=1),
    Desk(label="Kinh tế - Xã hội", path="kinh-te-xa-hoi", number=2),
    Desk(label="Văn hóa - Du lịch", path="van-hoa-du-lich", number=3),
)
STORIES: Final = tuple(stories(TRUNG_SON, DESKS, 131, f"{HOME}/documents/20181"))
_PER_PAGE: Final = 10
_PORTLETS: Final = {1: "aB3dEfGh1jKl", 2: "Zx9cVbNm2qWe", 3: "pO8iUyT5rEwQ"}


def _href(story: Story) -> str:
    letters = _PORTLETS[story.desk.number]
    return f"/web/guest/-/asset_publisher/{letters}/content/{story.slug}"


_BY_PATH: Final = {_href(story): story for story in STORIES}


def _url(story: Story) -> str:
    return f"{HOME}{_href(story)}"


def _frame(title: str, main: str) -> str:
    menu = "".join(
        f'<li class="lfr-nav-item" role="presentation"><a href="/web/guest/{d.path}" role="menuitem">'
        f"<span>{d.label}</span></a></li>"
        for d in DESKS
    )
    new = "".join(f'<li><a href="{_href(s)}">{escape(s.headline)}</a></li>' for s in STORIES[2:7])
    return f"""<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head>
<title>{escape(title)}</title><meta content="text/html; charset=UTF-8" http-equiv="content-type" />
<link href="/bao-theme/css/main.css" rel="stylesheet" /></head>
<body class="yui3-skin-sam controls-visible guest-site signed-out public-page site">
<div id="wrapper"><header id="banner" role="banner"><h1 class="site-title"><a class="logo" href="/">
<img alt="Báo Trung Sơn" src="/image/layout_set_logo?img_id=1" /></a></h1></header>
<nav class="sort-pages modify-pages" id="navigation" role="navigation"><ul role="menubar">
<li class="lfr-nav-item" role="presentation"><a href="/web/guest/home" role="menuitem">
<span>Trang chủ</span></a></li>{menu}
<li class="lfr-nav-item"><a href="/web/guest/truyen-hinh"><span>Truyền hình</span></a></li>
<li class="lfr-nav-item"><a href="/web/guest/lien-he"><span>Liên hệ</span></a></li></ul></nav>
<div id="content"><div class="columns-2" id="main-content" role="main"><div class="portlet-layout">
<div class="aui-w70 portlet-column portlet-column-first" id="column-1">{main}</div>
<div class="aui-w30 portlet-column portlet-column-last" id="column-2">
<div class="portlet-boundary"><section class="portlet"><header class="portlet-topper">
<h2 class="portlet-title-text">Tin mới nhất</h2></header><ul class="tin-moi">{new}</ul></section></div>
</div></div></div></div><footer id="footer" role="contentinfo"><p>BÁO TRUNG SƠN - Cơ quan của Đảng bộ
tỉnh</p><p>Giấy phép hoạt động số 55/GP-BTTTT ngày 22/2/2018</p></footer></div></body></html>"""


def _photo(photo: Photo) -> str:
    caption = (
        f'<p style="text-align:center"><em><span style="font-size:12px">{escape(photo.caption)}</span>'
        "</em></p>"
        if photo.caption
        else ""
    )
    return f'<p style="text-align:center"><img alt="" src="{photo.src}" /></p>{caption}'


def _article(story: Story) -> str:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        tag = "div" if number % 3 == 0 else "p"
        style = ' style="text-align: justify;"'
        words = f'<span style="font-family:times new roman">{escape(paragraph)}</span>'
        parts.append(f"<{tag}{style}>{words}</{tag}>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.author:
        parts.append(f'<p style="text-align: right;"><strong>{escape(story.author)}</strong></p>')
    if story.outlet:
        parts.append(f'<p style="text-align: right;"><strong>({story.outlet_line})</strong></p>')
    others = "".join(
        f'<li><a href="{_href(s)}">{escape(s.headline)}</a> <span>({s.published:%d/%m/%Y})</span></li>'
        for s in [s for s in STORIES if s.desk is story.desk and s is not story][:5]
    )
    tags = "".join(
        f'<a class="tag" href="/web/guest/tag?tag={n}">{tag}</a>'
        for n, tag in enumerate(story.tags)
    )
    at = story.published
    main = f"""<div class="portlet-boundary portlet-asset-publisher"><section class="portlet">
<div class="breadcrumb-portlet"><ul class="breadcrumb"><li><a href="/web/guest/home">Trang chủ</a>
<span class="divider">/</span></li><li><a href="/web/guest/{story.desk.path}">{story.desk.label}</a></li>
</ul></div><div class="asset-full-content"><h2 class="header-title">{escape(story.headline)}</h2>
<div class="asset-date">{at:%H:%M} | {at.day:02d}/{at.month:02d}/{at.year}</div>
<div class="asset-content"><div class="journal-content-article">
<div class="tin-tomtat"><p><b>{escape(story.lead)}</b></p></div>
<div class="tin-noidung">{"".join(parts)}</div></div></div>
<div class="asset-metadata"><span class="taglib-asset-tags-summary">Từ khóa: {tags}</span></div>
<div class="asset-ratings">Đánh giá: <span>0</span> (0 phiếu)</div>
<div class="tin-khac"><h3>Các tin khác</h3><ul>{others}</ul></div></div></section></div>"""
    return _frame(f"{story.headline} - Báo Trung Sơn", main)


def _item(story: Story) -> str:
    picture = f'<img src="{story.photos[0].src}?imageThumbnail=1" alt="" />' if story.photos else ""
    return (
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{_href(story)}">'
        f'{escape(story.headline)}</a></h3><div class="asset-content">'
        f'<div class="asset-summary"><a href="{_href(story)}">{picture}</a>'
        f"<p>{escape(story.lead)}</p></div></div></div>"
    )


def _list(desk: Desk, number: int) -> str:
    found = [s for s in STORIES if s.desk is desk]
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    last = -(-len(found) // _PER_PAGE)
    base = (
        f"{HOME}/web/guest/{desk.path}?p_p_id=101_INSTANCE_{_PORTLETS[desk.number]}"
        f"&amp;p_p_lifecycle=0&amp;_101_INSTANCE_{_PORTLETS[desk.number]}_cur="
    )
    following = (
        f'<li><a href="{base}{number + 1}">Trang sau →</a></li>'
        if number < last
        else '<li class="disabled"><a href="javascript:;">Trang sau →</a></li>'
    )
    pager = (
        f'<ul class="pager lfr-pagination-buttons">{following}</ul>'
        f'<small class="search-results">Hiển thị {len(shown)} trong {len(found)} kết quả</small>'
    )
    main = (
        '<div class="portlet-boundary portlet-asset-publisher"><section class="portlet">'
        f'<h2 class="portlet-title-text">{desk.label}</h2>{"".join(map(_item, shown))}{pager}'
        "</section></div>"
    )
    return _frame(f"{desk.label} - Báo Trung Sơn", main)


def _front() -> str:
    boxes = "".join(
        '<div class="portlet-boundary"><section class="portlet"><h2 class="portlet-title-text">'
        f'<a href="/web/guest/{d.path}">{d.label}</a></h2>'
        + "".join(map(_item, [s for s in STORIES if s.desk is d][:3]))
        + "</section></div>"
        for d in DESKS
    )
    return _frame("Trang chủ - Báo Trung Sơn", boxes)


def answer(path: str, query: Mapping[str, str]) -> Answer:
    if path == "/robots.txt":
        return Answer("User-Agent: *\nDisallow: /c/\n", content_type="text/plain")
    if path in ("/", "/web/guest/home"):
        return Answer(_front())
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]))
    desk = next((d for d in DESKS if path == f"/web/guest/{d.path}"), None)
    if desk is None:
        return Answer(_frame("Không tìm thấy", "<h2>Không tìm thấy</h2>"), 404)
    number = query.get(f"_101_INSTANCE_{_PORTLETS[desk.number]}_cur", "1")
    return Answer(_list(desk, int(number)))


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baotrungson", HOST, answer, STORIES, right)
