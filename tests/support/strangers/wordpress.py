"""Báo Bãi Ngang: WordPress with a bought theme, as most small papers set it up.

Its addresses are the slug alone; category pages have 10 articles and `page/N/`; the REST API and
the
feeds are the CMS's own. "Xem nhiều" stands beside every page, three related articles in the text.
"""

import json
from collections.abc import Mapping
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth, utc
from tests.support.strangers.vocabulary import BAI_NGANG

HOST: Final = "baobaingang.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Kinh tế biển", path="kinh-te-bien", number=3),
    Desk(label="Đời sống", path="doi-song", number=4),
    Desk(label="Văn hóa làng", path="van-hoa-lang", number=7),
    Desk(label="Giáo dục", path="giao-duc", number=9),
)
STORIES: Final = tuple(stories(BAI_NGANG, DESKS, 11, f"{HOME}/wp-content/uploads"))
_BY_SLUG: Final = {story.slug: story for story in STORIES}
_PER_PAGE: Final = 10
_MONTHS: Final = (
    "Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai",
)  # fmt: skip


def _url(story: Story) -> str:
    return f"{HOME}/{story.slug}/"


def _day(story: Story) -> str:
    at = story.published
    return f"{at.day} Tháng {_MONTHS[at.month - 1]}, {at.year}"


def _frame(title: str, head: str, main: str, kind: str) -> str:
    menu = "".join(
        f'<li class="menu-item menu-item-{d.number}"><a href="{HOME}/category/{d.path}/">'
        f"{d.label}</a></li>"
        for d in DESKS
    )
    most = "".join(
        f'<li><a href="{_url(s)}">{escape(s.headline)}</a>'
        f'<span class="post-date">{_day(s)}</span></li>'
        for s in STORIES[7:12]
    )
    recent = "".join(f'<li><a href="{_url(s)}">{escape(s.headline)}</a></li>' for s in STORIES[:5])
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="profile" href="https://gmpg.org/xfn/11">
<link rel="alternate" type="application/rss+xml" title="Báo Bãi Ngang &raquo; Nguồn cấp"
 href="{HOME}/feed/">
<link rel="alternate" type="application/rss+xml" title="Báo Bãi Ngang &raquo; Bình luận"
 href="{HOME}/comments/feed/">
<link rel="https://api.w.org/" href="{HOME}/wp-json/">
<link rel="EditURI" type="application/rsd+xml" title="RSD" href="{HOME}/xmlrpc.php?rsd">
<meta name="generator" content="WordPress 6.6.2">
<link rel="stylesheet" id="theme-css" href="{HOME}/wp-content/themes/bientin/style.css" media="all">
{head}</head>
<body class="{kind} wp-custom-logo wp-embed-responsive">
<header id="masthead" class="site-header"><div class="site-branding">
<p class="site-title"><a href="{HOME}/" rel="home">Báo Bãi Ngang</a></p>
<p class="site-description">Tiếng nói người miền biển</p></div>
<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu">
<li class="menu-item"><a href="{HOME}/">Trang chủ</a></li>{menu}
<li class="menu-item"><a href="{HOME}/category/video/">Video</a></li>
<li class="menu-item"><a href="{HOME}/gioi-thieu-ve-toa-soan-bao-bai-ngang/">Giới thiệu</a></li>
<li class="menu-item"><a href="https://www.facebook.com/baobaingang">Facebook</a></li>
</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area">
<main id="main" class="site-main">{main}</main></div>
<aside id="secondary" class="widget-area">
<section class="widget widget_search"><form action="{HOME}/"><input name="s"></form></section>
<section class="widget widget_recent_entries"><h2 class="widget-title">Bài viết mới</h2>
<ul>{recent}</ul></section>
<section class="widget widget_popular"><h2 class="widget-title">Xem nhiều</h2>
<ul>{most}</ul></section>
</aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">
<p>Cơ quan chủ quản: Tỉnh ủy. Giấy phép số 12/GP-BTTTT ngày 02/01/2020.</p>
<p>Tòa soạn: 14 Lê Lợi, phường Bến Cá. Điện thoại: 0255 000 111. Email: toasoan@{HOST}</p>
<p>Bản quyền © Báo Bãi Ngang. Ghi rõ nguồn khi phát lại thông tin.</p></div></footer>
</body></html>"""


def _photo(photo: Photo) -> str:
    caption = (
        f'<figcaption class="wp-element-caption">{escape(photo.caption)}</figcaption>'
        if photo.caption
        else ""
    )
    return (
        f'<figure class="wp-block-image size-large"><img decoding="async" width="1024"'
        f' height="683" src="{photo.src}" alt="">{caption}</figure>'
    )


def _text(story: Story) -> str:
    parts = [f"<p><strong>{escape(story.lead)}</strong></p>"]
    related = STORIES[(story.number * 7) % 50 : (story.number * 7) % 50 + 2]
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
        if number == 3 and story.number % 2:
            links = "".join(
                f'<li><a href="{_url(s)}">{escape(s.headline)}</a></li>' for s in related
            )
            parts.append(f'<div class="yarpp yarpp-related"><h3>Tin liên quan</h3><ul>{links}</ul>'
                         "</div>")  # fmt: skip
    if story.author:
        parts.append(f'<p class="has-text-align-right"><strong>{escape(story.author)}</strong></p>')
    if story.outlet:
        parts.append(f'<p style="text-align: right;"><em>{story.outlet_line}</em></p>')
    return "\n".join(parts)


def _article(story: Story) -> str:
    at = utc(story.published).isoformat()
    ld = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "headline": story.headline,
                "author": {"name": "toasoan"},
                "datePublished": at,
                "dateModified": at,
                "mainEntityOfPage": {"@id": _url(story)},
                "articleSection": [story.desk.label],
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Trang chủ", "item": f"{HOME}/"},
                    {
                        "@type": "ListItem",
                        "position": 2,
                        "name": story.desk.label,
                        "item": f"{HOME}/category/{story.desk.path}/",
                    },
                    {"@type": "ListItem", "position": 3, "name": story.headline},
                ],
            },
        ],
    }
    head = f"""<link rel="canonical" href="{_url(story)}">
<meta property="og:locale" content="vi_VN"><meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.headline)} - Báo Bãi Ngang">
<meta property="og:description" content="{escape(story.lead)}">
<meta property="og:url" content="{_url(story)}">
<meta property="article:published_time" content="{at}">
<meta name="author" content="toasoan">
<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(ld)}</script>"""
    tags = ", ".join(
        f'<a href="{HOME}/tag/{n}/" rel="tag">{tag}</a>' for n, tag in enumerate(story.tags)
    )
    after = STORIES[(STORIES.index(story) + 1) % len(STORIES)]
    main = f"""<article id="post-{story.number}" class="post-{story.number} post type-post">
<nav class="breadcrumbs"><a href="{HOME}/">Trang chủ</a> »
<a href="{HOME}/category/{story.desk.path}/">{story.desk.label}</a> »
<span class="breadcrumb_last">{escape(story.headline)}</span></nav>
<header class="entry-header"><h1 class="entry-title">{escape(story.headline)}</h1>
<div class="entry-meta"><span class="posted-on">Đăng ngày <a href="{_url(story)}" rel="bookmark">
<time class="entry-date published updated" datetime="{story.published.isoformat()}">{_day(story)}
</time></a></span><span class="byline"> bởi <span class="author vcard"><a class="url fn n"
 href="{HOME}/author/toasoan/">toasoan</a></span></span></div></header>
<div class="entry-content">
{_text(story)}
</div>
<footer class="entry-footer"><span class="cat-links">Chuyên mục:
<a href="{HOME}/category/{story.desk.path}/" rel="category tag">{story.desk.label}</a></span>
<span class="tags-links">Thẻ: {tags}</span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Điều hướng bài viết</h2>
<div class="nav-links"><div class="nav-next"><a href="{_url(after)}" rel="next">
{escape(after.headline)}</a></div></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">Một bình luận</h2>
<ol class="comment-list"><li class="comment"><p>Bài hay quá, mong viết thêm về quê tôi.</p>
</li></ol><div id="respond"><h3>Để lại một bình luận</h3>
<form><textarea></textarea></form></div></div>"""
    return _frame(f"{story.headline} - Báo Bãi Ngang", head, main, "single single-post")


def _teaser(story: Story) -> str:
    picture = f'<img src="{story.photos[0].src}" alt="">' if story.photos else ""
    return f"""<article class="post-{story.number} post type-post hentry">
<div class="post-thumbnail"><a href="{_url(story)}">{picture}</a></div>
<h2 class="entry-title"><a href="{_url(story)}" rel="bookmark">{escape(story.headline)}</a></h2>
<div class="entry-meta"><time datetime="{story.published.isoformat()}">{_day(story)}</time></div>
<div class="entry-summary"><p>{escape(story.lead[:110])}&hellip;
<a class="more-link" href="{_url(story)}">Đọc tiếp</a></p></div></article>"""


def _list(label: str, found: list[Story], path: str, number: int) -> Answer:
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    if not shown:
        said = "Không tìm thấy trang"
        return Answer(_frame(said, "", f"<h1>{said}</h1>", "error404"), 404)
    last = -(-len(found) // _PER_PAGE)
    pages = "".join(
        f'<a class="page-numbers" href="{HOME}{path}page/{n}/">{n}</a>'
        if n != number
        else f'<span aria-current="page" class="page-numbers current">{n}</span>'
        for n in range(1, last + 1)
    )
    if number < last:
        pages += f'<a class="next page-numbers" href="{HOME}{path}page/{number + 1}/">Sau</a>'
    main = (
        f'<header class="page-header"><h1 class="page-title">{label}</h1></header>'
        + "".join(map(_teaser, shown))
        + f'<nav class="navigation pagination"><div class="nav-links">{pages}</div></nav>'
    )
    return Answer(_frame(f"{label} - Báo Bãi Ngang", "", main, "archive category"))


def _feed(found: list[Story]) -> Answer:
    items = "".join(
        f"<item><title>{escape(s.headline)}</title><link>{_url(s)}</link>"
        f"<dc:creator><![CDATA[toasoan]]></dc:creator>"
        f"<pubDate>{format_datetime(utc(s.published))}</pubDate>"
        f"<category><![CDATA[{s.desk.label}]]></category>"
        f'<guid isPermaLink="false">{HOME}/?p={s.number}</guid>'
        f"<description><![CDATA[{s.lead}]]></description></item>"
        for s in found
    )
    return Answer(
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo Bãi Ngang</title>'
        f"<link>{HOME}</link><description>Tiếng nói người miền biển</description>"
        f"<language>vi</language><generator>https://wordpress.org/?v=6.6.2</generator>{items}"
        "</channel></rss>",
        content_type="application/rss+xml; charset=UTF-8",
    )


def _posts(query: Mapping[str, str]) -> Answer:
    per_page, number = int(query.get("per_page", "10")), int(query.get("page", "1"))
    found = [s for s in STORIES if query.get("categories") in (None, str(s.desk.number))]
    pages = -(-len(found) // per_page)
    if number > pages or per_page > 100:
        said = {"code": "rest_post_invalid_page_number", "message": "…", "data": {"status": 400}}
        return Answer(json.dumps(said), 400, "application/json; charset=UTF-8")
    rows = [
        {
            "id": s.number,
            "date": s.published.strftime("%Y-%m-%dT%H:%M:%S"),
            "date_gmt": utc(s.published).strftime("%Y-%m-%dT%H:%M:%S"),
            "link": _url(s),
            "slug": s.slug,
            "type": "post",
            "title": {"rendered": escape(s.headline)},
            "excerpt": {"rendered": f"<p>{escape(s.lead)}</p>"},
            "categories": [s.desk.number],
        }
        for s in found[(number - 1) * per_page : number * per_page]
    ]
    fields = query.get("_fields")
    if fields:
        names = {name.partition(".")[0] for name in fields.split(",")}
        rows = [{n: v for n, v in row.items() if n in names} for row in rows]
    headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
    return Answer(json.dumps(rows), 200, "application/json; charset=UTF-8", headers)


def _sitemap(path: str) -> Answer:
    xml = "application/xml; charset=UTF-8"
    if path == "/wp-sitemap.xml":
        maps = "".join(
            f"<sitemap><loc>{HOME}/wp-sitemap-{name}-1.xml</loc></sitemap>"
            for name in ("posts-post", "posts-page", "taxonomies-category", "users")
        )
        return Answer(
            '<?xml version="1.0" encoding="UTF-8"?><sitemapindex'
            f' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>',
            content_type=xml,
        )
    pages = {
        "/wp-sitemap-posts-post-1.xml": [_url(s) for s in STORIES],
        "/wp-sitemap-posts-page-1.xml": [f"{HOME}/gioi-thieu-ve-toa-soan-bao-bai-ngang/"],
        "/wp-sitemap-taxonomies-category-1.xml": [f"{HOME}/category/{d.path}/" for d in DESKS],
        "/wp-sitemap-users-1.xml": [f"{HOME}/author/toasoan/"],
    }
    if path not in pages:
        return NOT_FOUND
    urls = "".join(f"<url><loc>{url}</loc></url>" for url in pages[path])
    return Answer(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        content_type=xml,
    )


def _about() -> Answer:
    main = (
        '<article class="page type-page"><h1 class="entry-title">Giới thiệu về tòa soạn</h1>'
        '<div class="entry-content"><p>Báo Bãi Ngang ra số đầu năm 1976.</p></div></article>'
    )
    return Answer(_frame("Giới thiệu - Báo Bãi Ngang", "", main, "page"))


def _robots() -> Answer:
    text = (
        "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\n"
        f"Sitemap: {HOME}/wp-sitemap.xml\n"
    )
    return Answer(text, content_type="text/plain; charset=utf-8")


def answer(path: str, query: Mapping[str, str]) -> Answer:
    fixed = {"/robots.txt": _robots, "/gioi-thieu-ve-toa-soan-bao-bai-ngang/": _about}
    if path in fixed:
        return fixed[path]()
    if path == "/wp-json/wp/v2/posts":
        return _posts(query)
    if "sitemap" in path:
        return _sitemap(path)
    parts = [part for part in path.split("/") if part]
    if parts == ["feed"]:
        number = int(query.get("paged", "1"))
        fed = STORIES[(number - 1) * _PER_PAGE : number * _PER_PAGE]
        return _feed(list(fed)) if fed else NOT_FOUND
    number = int(parts.pop()) if parts[-2:-1] == ["page"] else 1
    parts = parts[:-1] if parts[-1:] == ["page"] else parts
    if not parts:
        return _list("Báo Bãi Ngang", list(STORIES), "/", number)
    if parts[0] == "category":
        desk = next((d for d in DESKS if parts[1:] == [d.path]), None)
        found = [s for s in STORIES if s.desk is desk]
        return _list(desk.label, found, f"/category/{desk.path}/", number) if desk else NOT_FOUND
    story = _BY_SLUG.get(parts[0]) if len(parts) == 1 and path.endswith("/") else None
    return Answer(_article(story)) if story else NOT_FOUND


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baobaingang", HOST, answer, STORIES, right)
