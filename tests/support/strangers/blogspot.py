"""Báo Làng Chè: a small paper on a blog service, with a domain of its own.

Articles are `/2025/10/{slug}.html`; the labels' lists and the older pages stand below `/search`, which
robots.txt forbids; the Atom feed and a sitemap name everything. The slug is cut after forty letters,
so that two articles of one month may differ in a number alone. Dates are printed in words, the
signature is a bold line, a line of labels ends the article.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final
from urllib.parse import quote

from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth
from tests.support.strangers.vocabulary import LANG_CHE

HOST: Final = "www.baolangche.net"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Chuyện quê", path="chuyen-que", number=1),
    Desk(label="Làm ăn", path="lam-an", number=2),
)
STORIES: Final = tuple(stories(LANG_CHE, DESKS, 151, "https://blogger.khonganh.vn/img/b/R29v"))
_SLUG_MAX_CHARS: Final = 40
_WEEKDAYS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def _paths() -> dict[str, Story]:
    found: dict[str, Story] = {}
    for story in reversed(STORIES):
        cut = story.slug[:_SLUG_MAX_CHARS].rpartition("-")[0]
        path = f"/{story.published:%Y/%m}/{cut}.html"
        if path in found:
            path = f"/{story.published:%Y/%m}/{cut}_{story.number % 97}.html"
        found[path] = story
    return found


_BY_PATH: Final = _paths()
_HREFS: Final = {story.number: path for path, story in _BY_PATH.items()}


def _url(story: Story) -> str:
    return f"{HOME}{_HREFS[story.number]}"


def _day(story: Story) -> str:
    at = story.published
    weekday = "Chủ Nhật" if at.weekday() == 6 else f"Thứ {_WEEKDAYS[at.weekday()]}"
    return f"{weekday}, {at.day} tháng {at.month}, {at.year}"


def _frame(title: str, head: str, main: str) -> str:
    tabs = "".join(
        f'<li><a href="{HOME}/search/label/{quote(d.label)}">{d.label}</a></li>' for d in DESKS
    )
    popular = "".join(
        f'<div class="post"><h3 class="post-title"><a href="{_url(s)}">{escape(s.headline)}</a></h3>'
        f'<div class="snippet-thumbnail">{escape(s.lead[:80])}...</div></div>'
        for s in STORIES[20:23]
    )
    return f"""<!DOCTYPE html>
<html dir="ltr" lang="vi"><head><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/>
<meta content="blogger" name="generator"/><title>{escape(title)}</title>
<link href="{HOME}/feeds/posts/default" rel="alternate" title="Báo Làng Chè - Atom"
 type="application/atom+xml"/>
<link href="{HOME}/feeds/posts/default?alt=rss" rel="alternate" title="Báo Làng Chè - RSS"
 type="application/rss+xml"/>{head}</head><body class="item-view version-1-3-3"><div class="page">
<header class="centered-top-container"><div class="Header"><h1><a href="{HOME}/">Báo Làng Chè</a></h1>
</div><div class="PageList" id="PageList1"><ul class="tabs"><li><a href="{HOME}/">Trang chủ</a></li>{tabs}
</ul></div></header><div class="main"><div class="widget Blog" id="Blog1"><div class="blog-posts">{main}
</div></div></div><aside class="sidebar-container"><div class="widget PopularPosts"><h3 class="title">Bài
đăng phổ biến</h3>{popular}</div><div class="widget BlogArchive"><h3>Lưu trữ</h3><ul>
<li><a href="{HOME}/2025/10/">tháng 10 2025</a></li><li><a href="{HOME}/2025/09/">tháng 9 2025</a></li>
</ul></div></aside><footer class="footer"><div class="Attribution">Được tạo bởi một dịch vụ nhật ký</div>
</footer></div></body></html>"""


def _photo(photo: Photo) -> str:
    image = (
        f'<a href="{photo.src}"><img border="0" height="300" src="{photo.src}" width="400" /></a>'
    )
    if not photo.caption:
        return f'<div class="separator" style="clear: both; text-align: center;">{image}</div>'
    return (
        '<table align="center" cellpadding="0" cellspacing="0" class="tr-caption-container"><tbody>'
        f'<tr><td style="text-align: center;">{image}</td></tr><tr><td class="tr-caption"'
        f' style="text-align: center;">{escape(photo.caption)}</td></tr></tbody></table>'
    )


def _article(story: Story) -> str:
    parts = [f"<p><b>{escape(story.lead)}</b></p>"]
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.author:
        parts.append(f'<div style="text-align: right;"><b>{escape(story.author)}</b></div>')
    if story.outlet:
        parts.append(f'<div style="text-align: right;"><i>{story.outlet_line}</i></div>')
    labels = "".join(
        f'<a href="{HOME}/search/label/{quote(tag)}" rel="tag">{tag}</a> ' for tag in story.tags
    )
    crumb = f"{HOME}/search/label/{quote(story.desk.label)}"
    older = STORIES[(STORIES.index(story) + 1) % len(STORIES)]
    head = (
        f'<link href="{_url(story)}" rel="canonical"/>'
        f'<meta content="{_url(story)}" property="og:url"/>'
        f'<meta content="{escape(story.headline)}" property="og:title"/>'
    )
    main = f"""<article class="post-outer-container"><div class="post-outer"><div class="post">
<div class="breadcrumbs"><a href="{HOME}/">Trang chủ</a> › <a href="{crumb}">{story.desk.label}</a></div>
<h3 class="post-title entry-title">{escape(story.headline)}</h3>
<div class="post-header"><span class="post-timestamp">vào <a class="timestamp-link" href="{_url(story)}"
 rel="bookmark" title="permanent link"><time class="published" datetime="{story.published.isoformat()}"
 title="{story.published.isoformat()}">{_day(story)}</time></a></span></div>
<div class="post-body entry-content float-container" id="post-body-{story.number}">{"".join(parts)}</div>
<div class="post-bottom"><div class="post-sharing"><a href="https://www.facebook.com/share.php">Facebook
</a></div><div class="post-labels"><span class="byline post-labels">Nhãn: {labels}</span></div></div>
</div></div><section class="comments" id="comments"><h3 class="title">Nhận xét</h3>
<a href="https://www.blogger.com/comment">Đăng nhận xét</a></section></article>
<div class="blog-pager" id="blog-pager"><a class="blog-pager-older-link" href="{_url(older)}"
 title="Bài đăng Cũ hơn">Bài đăng Cũ hơn</a></div>"""
    return _frame(f"{story.headline} - Báo Làng Chè", head, main)


def _front() -> str:
    posts = "".join(
        f'<div class="post"><h3 class="post-title entry-title"><a href="{_url(s)}">'
        f'{escape(s.headline)}</a></h3><span class="post-timestamp">{_day(s)}</span>'
        f'<div class="post-body">{escape(s.lead)}</div></div>'
        for s in STORIES[:7]
    )
    pager = (
        f'<a class="blog-pager-older-link" href="{HOME}/search?updated-max=2025-10-20T10:00:00%2B07:00'
        '&amp;max-results=7">Bài đăng khác</a>'
    )
    return _frame("Báo Làng Chè", "", posts + pager)


def _feed(query: Mapping[str, str]) -> Answer:
    first, size = int(query.get("start-index", "1")), min(int(query.get("max-results", "25")), 150)
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{s.number}</id>"
        f"<published>{s.published.isoformat()}</published><updated>{s.published.isoformat()}</updated>"
        f'<category scheme="http://www.blogger.com/atom/ns#" term="{s.desk.label}"/>'
        f"<title type='text'>{escape(s.headline)}</title>"
        f"<link rel='self' type='application/atom+xml' href='{HOME}/feeds/{s.number}/posts/default/1'/>"
        f"<link rel='alternate' type='text/html' href='{_url(s)}' title='{escape(s.headline)}'/>"
        "<author><name>Ban biên tập</name></author></entry>"
        for s in STORIES[first - 1 : first - 1 + size]
    )
    text = (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        "<id>tag:blogger.com,1999:blog-1</id><updated>2025-10-30T16:40:00+07:00</updated>"
        f"<title type='text'>Báo Làng Chè</title>{entries}</feed>"
    )
    return Answer(text, content_type="application/atom+xml; charset=UTF-8")


def _sitemap() -> Answer:
    urls = "".join(
        f"<url><loc>{_url(s)}</loc><lastmod>{s.published:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
        for s in STORIES
    )
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    text = f"<?xml version='1.0' encoding='UTF-8'?><urlset {space}>{urls}</urlset>"
    return Answer(text, content_type="text/xml; charset=UTF-8")


def answer(path: str, query: Mapping[str, str]) -> Answer:
    if path == "/robots.txt":
        text = (
            "User-agent: Mediapartners-Google\nDisallow: \n\nUser-agent: *\nDisallow: /search\n"
            f"Allow: /\n\nSitemap: {HOME}/sitemap.xml\n"
        )
        return Answer(text, content_type="text/plain")
    if path == "/":
        return Answer(_front())
    if path == "/feeds/posts/default":
        return _feed(query)
    if path == "/sitemap.xml":
        return _sitemap()
    return Answer(_article(_BY_PATH[path])) if path in _BY_PATH else NOT_FOUND


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baolangche", HOST, answer, STORIES, right)
