"""Báo Sông Ngầm: nobody knows it, but its CMS is one that other papers use (family C).

Lists are the vendor's, with a button for more whose list answers on a host of its own, which this
paper has not set up: only a sitemap names the older articles.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth
from tests.support.strangers.vocabulary import SONG_NGAM

HOST: Final = "baosongngam.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Kinh tế", path="kinh-te", number=3),
    Desk(label="Xã hội", path="xa-hoi", number=4),
    Desk(label="Du lịch", path="du-lich", number=5),
)
STORIES: Final = tuple(stories(SONG_NGAM, DESKS, 191, f"https://image.{HOST}/w1000/Uploaded"))
_SHOWN: Final = 8


def _href(story: Story) -> str:
    return f"/{story.slug}-post{story.number}.html"


_BY_PATH: Final = {_href(story): story for story in STORIES}


def _url(story: Story) -> str:
    return f"{HOME}{_href(story)}"


def _frame(title: str, head: str, main: str) -> str:
    menu = "".join(
        f'<li class="main" data-id="{d.number}"><a class="menu-heading" href="/{d.path}/">{d.label}'
        "</a></li>"
        for d in DESKS
    )
    most = "".join(
        f'<article class="story"><h2 class="story__heading"><a class="cms-link" href="{_href(s)}">'
        f"{escape(s.headline)}</a></h2></article>"
        for s in STORIES[5:9]
    )
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>
{head}<link rel="stylesheet" href="https://cdn.{HOST}/assets/web/styles/css/main.min.css"></head>
<body class="detail-page"><header class="site-header"><a class="logo" href="/">Báo Sông Ngầm</a>
<nav class="navigation"><ul class="menu">{menu}<li class="main"><a href="/multimedia/">Multimedia</a></li>
<li class="main"><a href="/video/">Video</a></li></ul></nav></header>
<div class="site-body"><div class="container">{main}<div class="sidebar">
<div class="box-content" data-source="mostread-news"><h3 class="box-heading">Đọc nhiều</h3>{most}</div>
</div></div></div><footer class="site-footer"><p>© Báo Sông Ngầm. Giấy phép số 31/GP-BTTTT</p></footer>
</body></html>"""


def _photo(photo: Photo) -> str:
    caption = f"<figcaption>{escape(photo.caption)}</figcaption>" if photo.caption else ""
    return (
        '<table class="picture" align="center"><tbody><tr><td class="pic">'
        f'<img src="{photo.src}" class="cms-photo"></td></tr>'
        + (f'<tr><td class="caption"><p>{escape(photo.caption)}</p></td></tr>' if caption else "")
        + "</tbody></table>"
    )


def _article(story: Story) -> str:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.outlet:
        parts.append(f'<p style="text-align: right;"><em>({story.outlet_line})</em></p>')
    at = story.published
    signed = f'<div class="article__author"><span class="name">{escape(story.author)}</span></div>'
    tags = "".join(f'<li><a href="/tag{n}.html">{tag}</a></li>' for n, tag in enumerate(story.tags))
    head = (
        f'<link rel="canonical" href="{_url(story)}"><meta property="og:title"'
        f' content="{escape(story.headline)}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{at.isoformat()}">'
    )
    main = f"""<div class="breadcrumbs"><h2 class="main"><a href="/{story.desk.path}/"
 title="{story.desk.label}">{story.desk.label}</a></h2></div>
<article class="article"><h1 class="article__title cms-title">{escape(story.headline)}</h1>
<div class="article__meta"><time class="time" datetime="{at:%Y-%m-%dT%H:%M:%S}+0700"
 data-time="{int(at.timestamp())}">{at:%d/%m/%Y %H:%M}</time></div>
<div class="article__sapo cms-desc">{escape(story.lead)}</div>
<div class="article__body zce-content-body cms-body" itemprop="articleBody">{"".join(parts)}</div>
{signed if story.author else ""}<div class="article__tags"><h3>Từ khóa</h3><ul>{tags}</ul></div>
</article>"""
    return _frame(f"{story.headline} | Báo Sông Ngầm", head, main)


def _list(label: str, found: list[Story]) -> Answer:
    items = "".join(
        f'<article class="story" data-id="{s.number}"><figure class="story__thumb">'
        f'<a class="cms-link" href="{_href(s)}" title="{escape(s.headline)}"></a></figure>'
        f'<h2 class="story__heading"><a class="cms-link" href="{_href(s)}">{escape(s.headline)}</a>'
        f'</h2><div class="story__summary">{escape(s.lead)}</div></article>'
        for s in found[:_SHOWN]
    )
    main = f'<h1 class="main-heading">{label}</h1><div class="content-list">{items}</div>'
    return Answer(_frame(f"{label} | Báo Sông Ngầm", "", main))


def answer(path: str, query: Mapping[str, str]) -> Answer:  # noqa: ARG001
    if path == "/robots.txt":
        text = f"User-agent: *\nDisallow: /api/\nSitemap: {HOME}/sitemap.xml\n"
        return Answer(text, content_type="text/plain")
    if path == "/sitemap.xml":
        urls = "".join(f"<url><loc>{_url(s)}</loc></url>" for s in STORIES)
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        return Answer(f"<urlset {space}>{urls}</urlset>", content_type="application/xml")
    if path == "/":
        return _list("Trang chủ", list(STORIES))
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]))
    desk = next((d for d in DESKS if path == f"/{d.path}/"), None)
    return _list(desk.label, [s for s in STORIES if s.desk is desk]) if desk else NOT_FOUND


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baosongngam", HOST, answer, STORIES, right)
