"""Báo Đèo Sấu: Drupal, whose views are paged by `?page=N` from 0, and whose addresses are aliases.

Sections have subsections; the date is printed in words; fields stand in boxes named for them. The
front page is made of blocks. There is no feed, and the sitemap module is not installed.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth
from tests.support.strangers.vocabulary import DEO_SAU

HOST: Final = "www.baodeosau.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Thời sự", path="thoi-su", number=1),
    Desk(label="Nông nghiệp", path="kinh-te/nong-nghiep", number=2),
    Desk(label="Thương mại", path="kinh-te/thuong-mai", number=3),
    Desk(label="Bản làng", path="ban-lang", number=4),
)
_PARENTS: Final = {"kinh-te": "Kinh tế"}
STORIES: Final = tuple(stories(DEO_SAU, DESKS, 23, f"{HOME}/sites/default/files/styles/lon/public"))
_BY_PATH: Final = {f"/{s.desk.path}/{s.slug}": s for s in STORIES}
_PER_PAGE: Final = 8
_WEEKDAYS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def _url(story: Story) -> str:
    return f"{HOME}/{story.desk.path}/{story.slug}"


def _href(story: Story) -> str:
    return f"/{story.desk.path}/{story.slug}"


def _day(story: Story) -> str:
    at = story.published
    weekday = "Chủ nhật" if at.weekday() == 6 else f"Thứ {_WEEKDAYS[at.weekday()]}"
    return f"{weekday}, ngày {at.day} tháng {at.month} năm {at.year} - {at:%H:%M}"


def _menu(path: str) -> str:
    def item(label: str, where: str, below: str = "") -> str:
        is_here = path.startswith(where)
        active = ' menu-item--active-trail" class="is-active' if is_here else ""
        return (
            f'<li class="menu-item"><a href="{where}"'
            f' data-drupal-link-system-path="x{active}">{label}</a>{below}</li>'
        )

    children = "".join(item(d.label, f"/{d.path}") for d in DESKS[1:3])
    return "".join(
        (
            item("Trang nhất", "/"),
            item(DESKS[0].label, "/thoi-su"),
            item("Kinh tế", "/kinh-te", f'<ul class="menu sub-nav">{children}</ul>'),
            item(DESKS[3].label, "/ban-lang"),
            item("Thư viện ảnh", "/thu-vien-anh"),
            item("Báo in", "https://baoin.baodeosau.vn/"),
            item("Liên hệ", "/lien-he"),
            item("Đăng nhập", "/user/login"),
        )
    )


def _frame(title: str, path: str, head: str, main: str) -> str:
    most = "".join(
        f'<div class="views-row"><div class="views-field views-field-title"><span'
        f' class="field-content"><a href="{_href(s)}" hreflang="vi">{escape(s.headline)}</a></span>'
        f"</div></div>"
        for s in STORIES[4:10]
    )
    return f"""<!DOCTYPE html>
<html lang="vi" dir="ltr" prefix="og: https://ogp.me/ns#">
<head><meta charset="utf-8" />
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<meta name="MobileOptimized" content="width" /><meta name="HandheldFriendly" content="true" />
{head}<title>{escape(title)} | Báo Đèo Sấu</title>
<link rel="stylesheet" media="all" href="/sites/default/files/css/css_aa.css" /></head>
<body class="path-taxonomy has-sidebar-second">
<a href="#main-content" class="visually-hidden focusable">Nhảy đến nội dung</a>
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div id="page-wrapper">
<header id="header" role="banner"><div id="block-branding"><a href="/" rel="home">
<img src="/sites/default/files/logo.png" alt="Trang nhất" /></a></div>
<div id="block-ngay">Hôm nay, Thứ Hai, ngày 3 tháng 11 năm 2025</div></header>
<nav role="navigation" id="block-main-menu"><h2 class="visually-hidden">Menu chính</h2>
<ul class="clearfix menu">{_menu(path)}</ul></nav>
<div id="main-wrapper"><main id="content" class="column main-content" role="main">
<a id="main-content" tabindex="-1"></a>{main}</main>
<div id="sidebar-second" class="column sidebar"><aside class="section" role="complementary">
<div class="views-element-container block block-views" id="block-xem-nhieu"><h2>Đọc nhiều nhất</h2>
<div class="content">{most}</div></div>
<div class="block" id="block-thoi-tiet"><h2>Thời tiết</h2><div>Đèo Sấu: 18 - 24 độ, có mưa rào</div>
</div></aside></div></div>
<footer class="site-footer"><div class="block"><p>© Báo Đèo Sấu. Giấy phép hoạt động báo chí số
45/GP-CBC ngày 6/3/2021.</p><p>Tổng biên tập: Lò Văn Tản. Trụ sở: tổ 4, phường Đèo Sấu.</p>
<p>Điện thoại: 0215 333 222</p></div></footer></div></div></body></html>"""


def _photo(photo: Photo) -> str:
    image = f'<img alt="" data-entity-type="file" src="{photo.src}" width="800" height="533" />'
    if not photo.caption:
        return f'<p class="text-align-center">{image}</p>'
    return (
        f'<figure role="group" class="caption caption-img align-center">{image}'
        f"<figcaption>{escape(photo.caption)}</figcaption></figure>"
    )


def _crumbs(desk: Desk) -> list[tuple[str, str]]:
    first, _, rest = desk.path.partition("/")
    above = [(_PARENTS[first], f"/{first}")] if rest else []
    return [*above, (desk.label, f"/{desk.path}")]


def _article(story: Story) -> str:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.outlet:
        parts.append(f'<p class="text-align-right"><em>({story.outlet_line})</em></p>')
    signed = (
        '<div class="field field--name-field-tac-gia field--type-string field--label-hidden'
        f' field__item"><strong>{escape(story.author)}</strong></div>'
        if story.author
        else ""
    )
    tags = "".join(
        f'<div class="field__item"><a href="/tu-khoa/{n}" hreflang="vi">{tag}</a></div>'
        for n, tag in enumerate(story.tags)
    )
    trail = "".join(
        f'<li class="breadcrumb__item"><a href="{to}" class="breadcrumb__link">{label}</a></li>'
        for label, to in _crumbs(story.desk)
    )
    others = [s for s in STORIES if s.desk is story.desk and s is not story][:5]
    other = "".join(
        f'<div class="views-row"><a href="{_href(s)}">{escape(s.headline)}</a>'
        f" <span>({s.published:%d/%m/%Y})</span></div>"
        for s in others
    )
    head = (
        f'<link rel="canonical" href="{_url(story)}" />'
        f'<link rel="shortlink" href="{HOME}/node/{story.number}" />'
        f'<meta name="description" content="{escape(story.lead)}" />'
    )
    main = f"""<nav class="breadcrumb" role="navigation"><h2 class="visually-hidden">Đường dẫn</h2>
<ol class="breadcrumb__list"><li class="breadcrumb__item"><a href="/" class="breadcrumb__link">
Trang nhất</a></li>{trail}</ol></nav>
<div data-drupal-messages-fallback class="hidden"></div>
<article data-history-node-id="{story.number}" class="node node--type-tin node--view-mode-full">
<h1 class="page-title"><span class="field field--name-title">{escape(story.headline)}</span></h1>
<div class="node__meta"><span class="field field--name-created">{_day(story)}</span>
<div class="co-chu"><a href="#">A-</a> <a href="#">A+</a></div></div>
<div class="node__content clearfix">
<div class="field field--name-field-tom-tat field--type-string-long field__item">
{escape(story.lead)}</div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary
field__item">
{"".join(parts)}</div>
{signed}
<div class="field field--name-field-tags field--label-inline">
<div class="field__label">Từ khóa</div>
<div class="field__items">{tags}</div></div>
<ul class="links inline"><li><a href="https://www.facebook.com/sharer.php?u=x">Chia sẻ</a></li>
<li><a href="/print/{story.number}">Bản in</a></li></ul></div></article>
<div class="views-element-container block"><h2>Cùng chuyên mục</h2>
<div class="content">{other}</div>
</div>"""
    return _frame(story.headline, _href(story), head, main)


def _row(story: Story) -> str:
    picture = (
        f'<div class="views-field views-field-field-anh"><a href="{_href(story)}">'
        f'<img src="{story.photos[0].src}" alt="" /></a></div>'
        if story.photos
        else ""
    )
    return (
        f'<div class="views-row">{picture}<div class="views-field views-field-title">'
        f'<h3 class="field-content"><a href="{_href(story)}" hreflang="vi">'
        f"{escape(story.headline)}</a></h3></div>"
        f'<div class="views-field views-field-created">{story.published:%d/%m/%Y}</div>'
        f'<div class="views-field views-field-tom-tat"><p>{escape(story.lead)}</p></div></div>'
    )


def _list(label: str, path: str, found: list[Story], number: int) -> str:
    last = max(0, -(-len(found) // _PER_PAGE) - 1)
    shown = found[number * _PER_PAGE : (number + 1) * _PER_PAGE]
    rows = "".join(map(_row, shown)) or '<div class="view-empty">Chưa có tin</div>'
    pages = "".join(
        f'<li class="pager__item{" is-active" if n == number else ""}"><a href="?page={n}"'
        f' title="Đến trang {n + 1}"><span class="visually-hidden">Trang</span>{n + 1}</a></li>'
        for n in range(last + 1)
    )
    if number < last:
        pages += (
            f'<li class="pager__item pager__item--next"><a href="?page={number + 1}"'
            ' title="Đến trang sau"><span class="visually-hidden">Trang sau</span>'
            '<span aria-hidden="true">››</span></a></li>'
        )
    pager = (
        f'<nav class="pager" role="navigation"><h2 class="visually-hidden">Phân trang</h2>'
        f'<ul class="pager__items js-pager__items">{pages}</ul></nav>'
    )
    main = (
        f'<h1 class="page-title">{label}</h1><div class="views-element-container">'
        f'<div class="view view-taxonomy-term"><div class="view-content">{rows}</div>'
        f"{pager if last else ''}</div></div>"
    )
    return _frame(label, path, "", main)


def _front() -> str:
    blocks = "".join(
        f'<div class="block block-views"><h2><a href="/{d.path}">{d.label}</a></h2>'
        + "".join(
            f'<div class="views-row"><h3><a href="{_href(s)}">{escape(s.headline)}</a></h3></div>'
            for s in [s for s in STORIES if s.desk is d][:4]
        )
        + "</div>"
        for d in DESKS
    )
    top = "".join(map(_row, STORIES[:3]))
    return _frame("Trang nhất", "/", "", f'<div class="view view-tin-moi">{top}</div>{blocks}')


def answer(path: str, query: Mapping[str, str]) -> Answer:
    if path == "/robots.txt":
        text = "User-agent: *\nCrawl-delay: 0\nDisallow: /admin/\nDisallow: /user/login\n"
        return Answer(text, content_type="text/plain")
    if path == "/":
        return Answer(_front())
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]))
    number = int(query.get("page", "0"))
    if path == "/thu-vien-anh":
        return Answer(_list("Thư viện ảnh", path, [], number))
    if path == "/lien-he":
        form = "<h1>Liên hệ</h1><form><input name='ten'><textarea name='loi'></textarea></form>"
        return Answer(_frame("Liên hệ", path, "", form))
    inside = [s for s in STORIES if f"/{s.desk.path}/".startswith(f"{path}/")]
    labels = {f"/{d.path}": d.label for d in DESKS} | {f"/{p}": n for p, n in _PARENTS.items()}
    if path in labels:
        return Answer(_list(labels[path], path, inside, number))
    body = "<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại.</p>"
    return Answer(_frame("Không tìm thấy trang", path, "", body), 404)


def right(story: Story) -> dict[str, Any]:
    trail = [label for label, _ in _crumbs(story.desk)]
    return truth(story, _url(story), section_path=trail)


SITE: Final = Stranger("baodeosau", HOST, answer, STORIES, right)
