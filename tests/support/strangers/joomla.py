"""Báo Ruộng Bậc: Joomla 3, its addresses with numbers in front, its lists paged by `?start=N`.

The addresses are `/component/content/article/{id}-{slug}?catid={n}`, as they are where a menu item is
missing, beside `/kinh-te/{id}-{slug}` where one is there: the lists link the second form. Categories
show a leading article, links with intro texts, and a list of bare links ("Thêm bài viết"). The feed
stands at `?format=feed&type=rss`.
"""

from collections.abc import Mapping
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth, utc
from tests.support.strangers.vocabulary import RUONG_BAC

HOST: Final = "baoruongbac.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Chính trị", path="chinh-tri", number=8),
    Desk(label="Nông nghiệp", path="nong-nghiep", number=9),
    Desk(label="Đời sống vùng cao", path="doi-song-vung-cao", number=12),
)
STORIES: Final = tuple(stories(RUONG_BAC, DESKS, 71, f"{HOME}/images/stories"))
_PER_PAGE: Final = 9
_INTROS: Final = 6


def _href(story: Story) -> str:
    return f"/{story.desk.path}/{story.number}-{story.slug}"


_BY_PATH: Final = {_href(story): story for story in STORIES}


def _url(story: Story) -> str:
    return f"{HOME}{_href(story)}"


def _frame(title: str, head: str, main: str) -> str:
    menu = "".join(
        f'<li class="item-{d.number + 100}"><a href="/{d.path}">{d.label}</a></li>' for d in DESKS
    )
    hits = "".join(
        f'<li itemscope itemtype="https://schema.org/Article"><a href="{_href(s)}" itemprop="url">'
        f'<span itemprop="name">{escape(s.headline)}</span></a></li>'
        for s in STORIES[6:11]
    )
    return f"""<!DOCTYPE html><html xml:lang="vi-vn" lang="vi-vn"><head><base href="{HOME}/" />
<meta http-equiv="content-type" content="text/html; charset=utf-8" />
<meta name="generator" content="Joomla! - Open Source Content Management" />
<title>{escape(title)}</title>{head}<link href="/templates/bao/favicon.ico" rel="shortcut icon" />
</head><body class="site com_content view-category no-layout"><div class="body"><div class="container">
<header class="header"><a class="brand" href="/"><img src="/images/logo.png" alt="Ruộng Bậc" /></a>
</header><nav class="navigation"><ul class="nav menu nav-pills">
<li class="item-101 default"><a href="/">Trang chủ</a></li>{menu}
<li class="item-140"><a href="/lien-he">Liên hệ</a></li>
<li class="item-141"><a href="/tim-kiem">Tìm kiếm</a></li></ul></nav>
<div class="row-fluid"><main id="content" class="span9"><div id="system-message-container"></div>
{main}</main><div id="aside" class="span3"><div class="well moduletable_popular">
<h3 class="page-header">Đọc nhiều nhất</h3><ul class="mostread mod-list">{hits}</ul></div>
<div class="well"><h3 class="page-header">Đăng nhập</h3><form id="login-form"><input name="username">
</form></div></div></div></div></div><footer class="footer"><p>© 2025 Báo Ruộng Bậc. Giấy phép số
17/GP-BTTTT ngày 3/3/2019. Tổng Biên tập: Giàng Seo Phử</p></footer></body></html>"""


def _photo(photo: Photo) -> str:
    caption = (
        f'<p style="text-align: center;"><em>{escape(photo.caption)}</em></p>'
        if photo.caption
        else ""
    )
    return f'<p style="text-align: center;"><img src="{photo.src}" alt="" /></p>{caption}'


def _article(story: Story) -> str:
    parts = [f"<p><strong>{escape(story.lead)}</strong></p>"]
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f'<p style="text-align: justify;">{escape(paragraph)}</p>')
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.author:
        parts.append(f'<p style="text-align: right;"><strong>{escape(story.author)}</strong></p>')
    if story.outlet:
        parts.append(f'<p style="text-align: right;"><strong>{story.outlet_line}</strong></p>')
    at = story.published
    tags = "".join(
        f'<li class="tag-{n} tag-list{n}" itemprop="keywords">'
        f'<a href="/component/tags/tag/{n}" class="label label-info">{tag}</a></li>'
        for n, tag in enumerate(story.tags)
    )
    older = STORIES[(STORIES.index(story) + 1) % len(STORIES)]
    main = f"""<div class="item-page" itemscope itemtype="https://schema.org/Article">
<meta itemprop="inLanguage" content="vi-VN" /><div class="page-header"><h2 itemprop="headline">
{escape(story.headline)}</h2></div>
<dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt>
<dd class="category-name">Chuyên mục: <a href="/{story.desk.path}" itemprop="genre">{story.desk.label}
</a></dd><dd class="published"><span class="icon-calendar"></span>
<time datetime="{at.isoformat()}" itemprop="datePublished">Xuất bản: {at.day} Tháng {at.month} {at.year}
</time></dd><dd class="hits"><span class="icon-eye-open"></span> Lượt xem: {story.number * 3}</dd></dl>
<div itemprop="articleBody">{"".join(parts)}</div>
<ul class="tags inline">{tags}</ul>
<ul class="pager pagenav"><li class="next"><a href="{_href(older)}" rel="next"
 aria-label="Bài viết kế tiếp: {escape(older.headline)}">Trang sau</a></li></ul></div>"""
    head = f'<meta name="description" content="{escape(story.lead)}" />'
    return _frame(f"{story.headline} - Báo Ruộng Bậc", head, main)


def _intro(story: Story) -> str:
    return (
        f'<div class="item column-1"><div class="page-header"><h2 itemprop="name">'
        f'<a href="{_href(story)}" itemprop="url">{escape(story.headline)}</a></h2></div>'
        f"<p>{escape(story.lead)}</p>"
        f'<p class="readmore"><a class="btn" href="{_href(story)}">Đọc thêm: {escape(story.headline)}'
        "</a></p></div>"
    )


def _list(label: str, path: str, found: list[Story], start: int) -> str:
    shown = found[start : start + _PER_PAGE]
    more = "".join(
        f'<li><a href="{_href(s)}">{escape(s.headline)}</a></li>' for s in shown[_INTROS:]
    )
    links = f'<div class="items-more"><h3>Thêm bài viết</h3><ol>{more}</ol></div>' if more else ""
    pages = "".join(
        f'<li><a class="pagenav" href="{path}{f"?start={at}" if at else ""}">'
        f"{at // _PER_PAGE + 1}</a></li>"
        for at in range(0, len(found), _PER_PAGE)
        if at != start
    )
    if start + _PER_PAGE < len(found):
        pages += f'<li><a class="hasTooltip pagenav" href="{path}?start={start + _PER_PAGE}">Tiếp</a></li>'
    main = (
        f'<div class="blog"><h2><span class="subheading-category">{label}</span></h2>'
        f"{''.join(map(_intro, shown[:_INTROS]))}{links}"
        f'<div class="pagination"><p class="counter">Trang {start // _PER_PAGE + 1}</p>'
        f'<ul class="pagination-list">{pages}</ul></div></div>'
    )
    head = (
        f'<link href="{path}?format=feed&amp;type=rss" rel="alternate" type="application/rss+xml"'
        ' title="RSS 2.0" />'
    )
    return _frame(f"{label} - Báo Ruộng Bậc", head, main)


def _feed(found: list[Story]) -> Answer:
    items = "".join(
        f"<item><title>{escape(s.headline)}</title><link>{_url(s)}</link><guid>{_url(s)}</guid>"
        f"<description><![CDATA[<p>{s.lead}</p>]]></description>"
        f"<pubDate>{format_datetime(utc(s.published))}</pubDate></item>"
        for s in found[:10]
    )
    return Answer(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Báo Ruộng Bậc</title><link>{HOME}/</link><description>Tin</description>{items}"
        "</channel></rss>",
        content_type="application/rss+xml; charset=utf-8",
    )


def answer(path: str, query: Mapping[str, str]) -> Answer:
    if path == "/robots.txt":
        text = "User-agent: *\nDisallow: /administrator/\nDisallow: /cache/\nDisallow: /tmp/\n"
        return Answer(text, content_type="text/plain")
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]))
    desk = next((d for d in DESKS if path == f"/{d.path}"), None)
    if desk is None and path != "/":
        return Answer(_frame("404", "", "<h1>404 - Không tìm thấy</h1>"), 404)
    found = [s for s in STORIES if desk is None or s.desk is desk]
    if query.get("format") == "feed":
        return _feed(found)
    label = desk.label if desk else "Báo Ruộng Bậc"
    shown = found if desk else found[:9]
    return Answer(_list(label, path, shown, int(query.get("start", "0"))))


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baoruongbac", HOST, answer, STORIES, right)
