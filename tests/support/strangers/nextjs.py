"""Báo Sông Vân: a Next.js site, rendered on the server, with its data once more in a script.

Class names are made by the build (`css-1q2w3e`, `Detail_title__x7Kp2`). Sections show 15 cards and a
"Xem thêm" button without an address; `/kinh-te/trang-2` exists, and only `<link rel="next">` says so.
The sitemap is an index of months.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth
from tests.support.strangers.vocabulary import SONG_VAN

HOST: Final = "baosongvan.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Thời sự", path="thoi-su", number=1),
    Desk(label="Kinh tế", path="kinh-te", number=2),
    Desk(label="Làng nghề", path="lang-nghe", number=3),
    Desk(label="Sức khỏe", path="suc-khoe", number=4),
)
STORIES: Final = tuple(stories(SONG_VAN, DESKS, 97, "https://media.baosongvan.vn/w800"))
_PER_PAGE: Final = 15
_XML: Final = "application/xml"


def _href(story: Story) -> str:
    return f"/{story.desk.path}/{story.slug}-{story.number}{story.desk.number}0"


_BY_PATH: Final = {_href(story): story for story in STORIES}


def _url(story: Story) -> str:
    return f"{HOME}{_href(story)}"


def _frame(title: str, head: str, main: str, data: Mapping[str, Any]) -> str:
    menu = "".join(
        f'<li class="Header_item__P1xZq"><a href="/{d.path}">{d.label}</a></li>' for d in DESKS
    )
    side = "".join(
        f'<div class="Rank_row__aB3dE"><span>{n}</span><a href="{_href(s)}">{escape(s.headline)}</a>'
        "</div>"
        for n, s in enumerate(STORIES[10:15], 1)
    )
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charSet="utf-8"/>
<meta name="viewport" content="width=device-width"/><title>{escape(title)}</title>{head}
<meta name="next-head-count" content="9"/><link rel="preload" href="/_next/static/css/5c1.css"
 as="style"/><script defer="" src="/_next/static/chunks/main-99.js"></script></head><body>
<div id="__next"><div class="Layout_root__m3Q9s"><header class="Header_root__T7yUi">
<a aria-label="Trang chủ" href="/"><svg width="120"><title>logo</title></svg></a>
<ul class="Header_list__oO0pL">{menu}<li class="Header_item__P1xZq"><a href="/podcast">Podcast</a></li>
<li class="Header_item__P1xZq"><a href="/video">Video</a></li></ul></header>
<div class="Layout_cols__z9X8c"><main class="css-1q2w3e">{main}</main>
<aside class="css-9f8g7h"><h3 class="Rank_head__k2L4m">Xem nhiều</h3>{side}</aside></div>
<footer class="Footer_root__h6J8k"><p>Báo Sông Vân điện tử. Giấy phép số 208/GP-BTTTT cấp ngày
11/5/2023.</p><p>Đường dây nóng: 0229 388 0000</p></footer></div></div>
<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": data}})}
</script></body></html>"""


def _photo(photo: Photo) -> str:
    caption = f"<figcaption>{escape(photo.caption)}</figcaption>" if photo.caption else ""
    return (
        f'<figure class="image"><img loading="lazy" decoding="async" src="{photo.src}" alt=""/>'
        f"{caption}</figure>"
    )


def _article(story: Story) -> str:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.outlet:
        parts.append(f'<p style="text-align:right"><i>({story.outlet_line})</i></p>')
    signed = (
        f'<div class="Detail_author__c4V5b"><a href="/tac-gia/{story.number % 7}">'
        f"{escape(story.author)}</a></div>"
        if story.author
        else ""
    )
    at = story.published
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.lead,
        "datePublished": at.isoformat(),
        "dateModified": at.isoformat(),
        "mainEntityOfPage": _url(story),
        "articleSection": story.desk.label,
        "publisher": {"@type": "Organization", "name": "Báo Sông Vân"},
        "author": [{"@type": "Person", "name": story.author or "Báo Sông Vân"}],
    }
    head = f"""<link rel="canonical" href="{_url(story)}"/><meta property="og:type" content="article"/>
<meta property="og:title" content="{escape(story.headline)}"/>
<meta property="og:site_name" content="Báo Sông Vân"/>
<meta name="description" content="{escape(story.lead)}"/>
<script type="application/ld+json">{json.dumps(ld, ensure_ascii=False)}</script>"""
    tags = "".join(
        f'<a class="Tag_item__w2E3r" href="/tag/{n}">{tag}</a>' for n, tag in enumerate(story.tags)
    )
    others = [s for s in STORIES if s.desk is story.desk and s is not story][:4]
    same = "".join(
        f'<article class="Card_root__q1W2e"><h3><a href="{_href(s)}">{escape(s.headline)}</a></h3>'
        f"<p>{escape(s.lead)}</p></article>"
        for s in others
    )
    main = f"""<div class="Detail_crumb__u7I8o"><a href="/{story.desk.path}">{story.desk.label}</a></div>
<h1 class="Detail_title__x7Kp2">{escape(story.headline)}</h1>
<div class="Detail_meta__d5F6g"><time>{at.day:02d}/{at.month:02d}/{at.year} {at:%H:%M} GMT+7</time></div>
<p class="Detail_sapo__j9H8g">{escape(story.lead)}</p>
<div class="Detail_content__s4D5f ck-content">{"".join(parts)}</div>{signed}
<div class="Tag_root__y6T5r"><strong>Chủ đề:</strong>{tags}</div>
<section class="Same_root__b3N4m"><h2>Tin cùng chuyên mục</h2>{same}</section>"""
    data = {"id": story.number, "title": story.headline, "content": "".join(parts)}
    return _frame(f"{story.headline} - Báo Sông Vân", head, main, {"article": data})


def _card(story: Story) -> str:
    picture = f'<img src="{story.photos[0].src}" alt=""/>' if story.photos else ""
    return (
        f'<article class="Card_root__q1W2e"><a class="Card_thumb__o9P0a" href="{_href(story)}">'
        f'{picture}</a><h3 class="Card_title__e3R4t"><a href="{_href(story)}">'
        f'{escape(story.headline)}</a></h3><p class="Card_sapo__t5Y6u">{escape(story.lead)}</p>'
        "</article>"
    )


def _list(desk: Desk, number: int) -> Answer:
    found = [s for s in STORIES if s.desk is desk]
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    if not shown:
        return NOT_FOUND
    more = number * _PER_PAGE < len(found)
    head = f'<link rel="next" href="{HOME}/{desk.path}/trang-{number + 1}"/>' if more else ""
    button = '<button class="More_btn__r7T8y">Xem thêm</button>' if more else ""
    main = f'<h1 class="Cate_title__v1B2n">{desk.label}</h1>{"".join(map(_card, shown))}{button}'
    data = {"items": [{"id": s.number, "title": s.headline} for s in shown]}
    return Answer(_frame(f"{desk.label} - Báo Sông Vân", head, main, data))


def _front() -> Answer:
    blocks = "".join(
        f'<section class="Block_root__i8U7y"><h2><a href="/{d.path}">{d.label}</a></h2>'
        + "".join(map(_card, [s for s in STORIES if s.desk is d][:3]))
        + "</section>"
        for d in DESKS
    )
    return Answer(_frame("Báo Sông Vân - Tin tức mới nhất", "", blocks, {"home": True}))


def _months() -> list[str]:
    return sorted({f"{s.published:%Y-%m}" for s in STORIES}, reverse=True)


def _sitemap(path: str) -> Answer:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    if path == "/sitemap.xml":
        maps = "".join(
            f"<sitemap><loc>{HOME}/sitemaps/{month}.xml</loc></sitemap>" for month in _months()
        )
        maps += f"<sitemap><loc>{HOME}/sitemaps/chuyen-muc.xml</loc></sitemap>"
        return Answer(f"{head}<sitemapindex {space}>{maps}</sitemapindex>", content_type=_XML)
    month = path.removeprefix("/sitemaps/").removesuffix(".xml")
    urls = [_url(s) for s in STORIES if f"{s.published:%Y-%m}" == month]
    if month == "chuyen-muc":
        urls = [f"{HOME}/{d.path}" for d in DESKS]
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return Answer(f"{head}<urlset {space}>{listed}</urlset>", content_type=_XML)


def answer(path: str, query: Mapping[str, str]) -> Answer:  # noqa: ARG001
    if path == "/robots.txt":
        text = f"User-Agent: *\nAllow: /\nDisallow: /api/\n\nSitemap: {HOME}/sitemap.xml\n"
        return Answer(text, content_type="text/plain")
    if path == "/":
        return _front()
    if path.startswith("/sitemap"):
        return _sitemap(path)
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]))
    first, _, rest = path.strip("/").partition("/trang-")
    desk = next((d for d in DESKS if d.path == first), None)
    return _list(desk, int(rest or 1)) if desk else NOT_FOUND


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baosongvan", HOST, answer, STORIES, right)
