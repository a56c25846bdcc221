"""Báo Hồ Núi: a site whose menu and lists are made by a script in the browser.

The front page and the section pages are an empty box and a bundle. robots.txt names a news sitemap
by an index of two files; the head names a feed of the newest twenty. Article pages are whole HTML,
for the search engines' sake.
"""

from collections.abc import Mapping
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth, utc
from tests.support.strangers.vocabulary import HO_NUI

HOST: Final = "baohonui.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Chính trị", path="chinh-tri", number=1),
    Desk(label="Kinh tế", path="kinh-te", number=2),
    Desk(label="Buôn làng", path="buon-lang", number=3),
)
STORIES: Final = tuple(stories(HO_NUI, DESKS, 53, "https://cdn.baohonui.vn/resize/800"))
_XML: Final = "application/xml; charset=utf-8"
_BUNDLE: Final = '<script type="module" crossorigin src="/assets/index-b41c.js"></script>'


def _path(story: Story) -> str:
    return f"/{story.slug}-d{story.number}.html"


def _url(story: Story) -> str:
    return f"{HOME}{_path(story)}"


_BY_PATH: Final = {_path(story): story for story in STORIES}


def _shell() -> str:
    return f"""<!doctype html><html lang="vi"><head><meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Báo Hồ Núi</title><link rel="icon" href="/favicon.ico">
<link rel="alternate" type="application/rss+xml" title="Tin mới nhất" href="/rss/tin-moi-nhat.rss">
{_BUNDLE}</head><body><noscript>Trình duyệt cần bật JavaScript để đọc báo.</noscript>
<div id="app"></div></body></html>"""


def _photo(photo: Photo) -> str:
    caption = (
        f'<figcaption class="PhotoCMS_Caption"><p>{escape(photo.caption)}</p></figcaption>'
        if photo.caption
        else ""
    )
    return (
        f'<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="{photo.src}"'
        f' loading="lazy" alt=""></div>{caption}</figure>'
    )


def _article(story: Story) -> str:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
        if number == 2 and story.number % 3 == 0:
            other = STORIES[story.number % 40]
            parts.append(
                f'<div class="box-related" data-type="related"><a href="{_path(other)}"'
                f' title="{escape(other.headline)}">{escape(other.headline)}</a></div>'
            )
    tags = "".join(
        f'<li><a href="/tag/{n}.html" title="{tag}">{tag}</a></li>'
        for n, tag in enumerate(story.tags)
    )
    signed = f'<div class="author-info"><b>{escape(story.author)}</b></div>' if story.author else ""
    if story.outlet:
        signed = f'<div class="source-info">{story.outlet_line}</div>'
    more = "".join(
        f'<li class="item"><a href="{_path(s)}">{escape(s.headline)}</a>'
        f"<p>{escape(s.lead)}</p></li>"
        for s in STORIES[20:24]
    )
    at = story.published
    return f"""<!doctype html><html lang="vi"><head><meta charset="UTF-8">
<title>{escape(story.headline)} | Báo Hồ Núi</title>
<link rel="canonical" href="{_url(story)}">
<link rel="alternate" type="application/rss+xml" title="Tin mới nhất" href="/rss/tin-moi-nhat.rss">
<meta property="og:type" content="article"><meta property="og:url" content="{_url(story)}">
<meta property="og:title" content="{escape(story.headline)}">
<meta name="description" content="{escape(story.lead)}">
<meta property="article:section" content="{story.desk.label}">
<meta property="article:published_time" content="{at.isoformat()}">
{_BUNDLE}</head><body><div id="app" data-server-rendered="true">
<header class="topbar"><a href="/" class="logo">Báo Hồ Núi</a><div class="menu-slot"></div></header>
<main class="detail"><div class="detail-cate">
<a href="/{story.desk.path}.html">{story.desk.label}</a>
</div><h1 class="detail-title">{escape(story.headline)}</h1>
<div class="detail-info"><span class="detail-time">{at.hour} giờ {at.minute:02d} phút, ngày
{at.day:02d}/{at.month:02d}/{at.year}</span><button>Nghe đọc bài</button></div>
<h2 class="detail-sapo">{escape(story.lead)}</h2>
<div class="detail-content">{"".join(parts)}</div>{signed}
<div class="detail-tags"><span>Từ khóa:</span><ul>{tags}</ul></div>
<section class="same-cate"><h3>Đọc thêm</h3><ul>{more}</ul></section></main>
<footer class="bottom"><p>Báo Hồ Núi - Cơ quan ngôn luận của Đảng bộ tỉnh</p>
<p>Giấy phép số 301/GP-BTTTT ngày 19/7/2022</p></footer></div></body></html>"""


def _news_map(found: tuple[Story, ...]) -> Answer:
    urls = "".join(
        f"<url><loc>{_url(s)}</loc><news:news><news:publication><news:name>Báo Hồ Núi</news:name>"
        "<news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{s.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(s.headline)}</news:title></news:news></url>"
        for s in found
    )
    return Answer(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"{urls}</urlset>",
        content_type=_XML,
    )


def _index() -> Answer:
    maps = "".join(f"<sitemap><loc>{HOME}/sitemap/news-{n}.xml</loc></sitemap>" for n in (1, 2))
    return Answer(
        '<?xml version="1.0" encoding="UTF-8"?><sitemapindex'
        f' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>',
        content_type=_XML,
    )


def _feed() -> Answer:
    items = "".join(
        f"<item><title><![CDATA[{s.headline}]]></title><link>{_url(s)}</link>"
        f"<pubDate>{format_datetime(utc(s.published))}</pubDate><guid>{_url(s)}</guid>"
        f'<description><![CDATA[<img src="https://cdn.baohonui.vn/t.jpg">{s.lead}]]></description>'
        "</item>"
        for s in STORIES[:20]
    )
    return Answer(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Tin mới nhất</title><link>{HOME}</link><description>RSS</description>{items}"
        "</channel></rss>",
        content_type="text/xml; charset=utf-8",
    )


def answer(path: str, query: Mapping[str, str]) -> Answer:  # noqa: ARG001
    if path == "/robots.txt":
        text = f"User-agent: *\nAllow: /\nDisallow: /api/\nSitemap: {HOME}/sitemap-news.xml\n"
        return Answer(text, content_type="text/plain")
    fixed = {"/sitemap-news.xml": _index, "/rss/tin-moi-nhat.rss": _feed}
    if path in fixed:
        return fixed[path]()
    if path in ("/sitemap/news-1.xml", "/sitemap/news-2.xml"):
        return _news_map(STORIES[:35] if path.endswith("1.xml") else STORIES[35:])
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]))
    desks = {f"/{desk.path}.html" for desk in DESKS}
    return Answer(_shell()) if path == "/" or path in desks else NOT_FOUND


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baohonui", HOST, answer, STORIES, right)
