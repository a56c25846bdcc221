"""Báo Rừng Tràm: WordPress with a magazine theme whose lists grow by a button.

Articles are `/2025/10/{slug}/`, categories are named in English, a category's page has no pager: its
button asks admin-ajax. Lists state dates as "3 giờ trước" alone; an article has `<time datetime>`. With
the REST API the posts are there (`SITE`); where a security plugin forbids it (`CLOSED`), and the sitemaps
with it, only the feeds' `?paged=` reaches back. The same list stands under `/blog/`; an address without
its slash, and http with www, redirect.
"""

import json
from collections.abc import Callable, Mapping
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

DESKS: Final = (
    Desk(label="Local News", path="local-news", number=5),
    Desk(label="Business", path="business", number=6),
    Desk(label="Life & Style", path="life-style", number=8),
    Desk(label="Environment", path="environment", number=9),
)
EMPTY: Final = Desk(label="Podcast", path="podcast", number=21)
WORDS: Final = {
    "place": ("Rừng Tràm", "Kinh Đứng", "Láng Biển", "U Minh Trong", "Cây Gáo", "Đập Đá"),
    "thing": ("mật ong", "tràm cừ", "cá đồng", "bồn bồn", "gạo sạch", "đường thốt nốt"),
    "who": ("chú Tư Lành", "bà Danh Thị Sol", "anh Phạm Út Em", "cô giáo Mỹ Duyên"),
    "author": ("Út Em", "Mỹ Duyên", "Danh Sol"),
    "office": ("Vườn quốc gia", "Sở Giáo dục", "Công an huyện"),
}
STORIES: Final = gazette(LANG_BIEN, WORDS, DESKS, 641, "https://i0.wp.com/baorungtram.vn/u")
_PER_PAGE: Final = 10


def path_of(story: Story) -> str:
    at = story.published
    twin = any(
        s is not story and s.headline == story.headline and s.number < story.number for s in STORIES
    )
    return f"/{at:%Y/%m}/{address_name(story)}{'-2' if twin else ''}/"


_BY_PATH: Final = {path_of(story): story for story in STORIES}


def _ago(story: Story) -> str:
    place = STORIES.index(story)
    return f"{place + 1} giờ trước" if place < 20 else f"{place // 2} ngày trước"


class _Theme:
    """The site as one of its two owners set it up."""

    def __init__(self, host: str, *, has_rest: bool) -> None:
        self.host, self.home, self.has_rest = host, f"https://{host}", has_rest

    def frame(self, title: str, head: str, main: str) -> Answer:
        menu = "".join(
            f'<li class="menu-item"><a href="{self.home}/category/{d.path}/">{escape(d.label)}</a></li>'
            for d in (*DESKS, EMPTY)
        )
        popular = "".join(
            f'<div class="jeg_post jeg_pl_sm"><h3 class="jeg_post_title"><a href="http://www.'
            f'{self.host}{path_of(s)}">{escape(s.headline)}</a></h3><div class="jeg_meta_date">'
            f"{_ago(s)}</div></div>"
            for s in STORIES[20:25]
        )
        old = STORIES[MOVED]
        popular += f'<p><a href="{self.home}/?p={old.number}">{escape(old.headline)}</a></p>'
        rest = (
            f'<link rel="https://api.w.org/" href="{self.home}/wp-json/" />'
            if self.has_rest
            else ""
        )
        return Answer(
            f'<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>{escape(title)}</title>'
            f'{rest}<link rel="alternate" type="application/rss+xml" title="Báo Rừng Tràm &raquo; Feed"'
            f' href="{self.home}/feed/" /><link rel="stylesheet" href="{self.home}/wp-content/themes/'
            f'jnews/style.css" />{head}</head><body class="jnews"><div class="jeg_header"><ul'
            f' class="jeg_menu">{menu}</ul></div><div class="jeg_main">{main}<div class="jeg_sidebar">'
            f'<div class="jeg_block_title">Phổ biến</div>{popular}</div></div><footer><p>© 2025 Báo'
            " Rừng Tràm. Giấy phép thiết lập số 45/GP-STTTT</p></footer></body></html>"
        )

    def _photo(self, photo: Photo) -> str:
        caption = (
            f'<figcaption class="wp-element-caption">{escape(photo.caption)}</figcaption>'
            if photo.caption
            else ""
        )
        return (
            f'<figure class="wp-block-image size-large"><img src="{photo.src}" alt="" />'
            f"{caption}</figure>"
        )

    def article(self, story: Story) -> Answer:
        parts = []
        for number, paragraph in enumerate(story.paragraphs, 1):
            parts.append(f"<p>{escape(paragraph)}</p>")
            parts += [self._photo(photo) for photo in story.photos if photo.behind == number]
            if number == 3:
                other = STORIES[(STORIES.index(story) + 7) % 60]
                parts.append(
                    '<div class="jnews_inline_related_post"><h4>Đọc thêm</h4><a href="'
                    f'{self.home}{path_of(other)}">{escape(other.headline)}</a></div>'
                )
        if story.outlet:
            parts.append(f'<p class="has-text-align-right"><em>{story.outlet_line}</em></p>')
        at = story.published
        when = (
            ""
            if story is STORIES[UNDATED]
            else f'<div class="jeg_meta_date"><time class="entry-date" datetime="{at.isoformat()}">'
            f"{_ago(story)}</time></div>"
        )
        by = (
            f'<div class="jeg_meta_author">bởi <a href="{self.home}/author/{story.number % 4}/">'
            f"{story.author}</a></div>"
            if story.author
            else ""
        )
        tags = "".join(
            f'<a href="{self.home}/tag/{t.replace(" ", "-")}/" rel="tag">{t}</a>'
            for t in story.tags
        )
        main = (
            f'<div class="jeg_breadcrumbs"><a href="{self.home}">Home</a> <a href="{self.home}/category/'
            f'{story.desk.path}/">{escape(story.desk.label)}</a></div><div class="entry-header"><h1'
            f' class="jeg_post_title">{escape(story.headline)}</h1><h2 class="jeg_post_subtitle">'
            f'{escape(story.lead)}</h2><div class="jeg_post_meta">{by}{when}<div class="jeg_meta_comment">'
            '2 bình luận</div></div></div><div class="entry-content"><div class="jeg_share_button">'
            f'<a href="https://www.facebook.com/sharer.php?u=x">Share</a></div><div class="content-inner">'
            f'{"".join(parts)}<div class="jeg_post_tags"><span>Tags:</span> {tags}</div></div></div><div'
            ' id="comments"><h3>Bình luận 2</h3><ol class="commentlist"><li><cite>Lan</cite> <time'
            ' datetime="2025-11-03T08:00:00+07:00">1 giờ trước</time><div class="comment-content"><p>Đọc'
            " mà nhớ quê quá, cảm ơn tác giả nhiều lắm, mong có thêm bài như vậy.</p></div></li><li>"
            '<cite>Khách</cite><div class="comment-content"><p>Ảnh đẹp.</p></div></li></ol></div>'
        )
        head = f'<link rel="canonical" href="{self.home}{path_of(story)}" />'
        return self.frame(f"{story.headline} - Báo Rừng Tràm", head, main)

    def card(self, story: Story) -> str:
        link = f"{self.home}{path_of(story)}"
        return (
            f'<article class="jeg_post jeg_pl_md_2"><div class="jeg_thumb"><a href="{link}?utm_source='
            f'list"><img src="/t.jpg" alt=""></a></div><h3 class="jeg_post_title"><a href="{link}">'
            f'{escape(story.headline)}</a></h3><div class="jeg_post_meta"><i>{_ago(story)}</i></div>'
            f'<div class="jeg_post_excerpt"><p>{escape(story.lead)}</p></div></article>'
        )

    def listing(self, title: str, found: list[Story]) -> Answer:
        rows = [STORIES[PINNED], *found[:_PER_PAGE]] if found else []
        button = (
            '<div class="jeg_block_loadmore"><a href="#" data-load="Xem thêm">Xem thêm</a></div>'
            if len(found) > _PER_PAGE
            else ""
        )
        main = (
            f'<h1 class="jeg_cat_title">{escape(title)}</h1><div class="jeg_posts">'
            f"{''.join(map(self.card, rows))}</div>{button}"
        )
        return self.frame(f"{title} - Báo Rừng Tràm", "", main)

    def feed(self, found: list[Story], page: int) -> Answer:
        shown = found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        if not shown:
            return NOT_FOUND
        items = "".join(
            f"<item><title>{escape(s.headline)}</title><link>{self.home}{path_of(s)}</link>"
            f"<pubDate>{format_datetime(utc(s.published))}</pubDate>"
            f'<guid isPermaLink="false">{self.home}/?p={s.number}</guid></item>'
            for s in shown
        )
        return Answer(
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Rừng Tràm'
            f"</title><link>{self.home}</link><generator>https://wordpress.org/?v=6.6</generator>"
            f"{items}</channel></rss>",
            content_type="application/rss+xml; charset=UTF-8",
        )

    def rest(self, query: Mapping[str, str]) -> Answer:
        kind = "application/json; charset=UTF-8"
        if not self.has_rest:
            told = {
                "code": "rest_forbidden",
                "message": "Bạn không được phép.",
                "data": {"status": 401},
            }
            return Answer(json.dumps(told), 401, kind)
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        shown = STORIES[(page - 1) * size : page * size]
        if not shown:
            return Answer(json.dumps({"code": "rest_post_invalid_page_number"}), 400, kind)
        posts = [
            {
                "id": s.number,
                "date": f"{s.published:%Y-%m-%dT%H:%M:%S}",
                "date_gmt": f"{utc(s.published):%Y-%m-%dT%H:%M:%S}",
                "link": f"{self.home}{path_of(s)}",
                "title": {"rendered": escape(s.headline)},
                "categories": [s.desk.number],
            }
            for s in shown
        ]
        total = {"X-WP-Total": "60", "X-WP-TotalPages": str(-(-60 // size))}
        return Answer(json.dumps(posts), content_type=kind, headers=total)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/robots.txt":
            return Answer("User-agent: *\nDisallow: /wp-admin/\n", content_type="text/plain")
        if path.startswith("/wp-json"):
            return self.rest(query)
        if path == "/" and "p" in query:
            old = next((s for s in STORIES if str(s.number) == query["p"]), None)
            target = {"Location": f"{self.home}{path_of(old)}"} if old else {}
            return Answer("", 301, headers=target) if old else NOT_FOUND
        if f"{path}/" in _BY_PATH:
            return Answer("", 301, headers={"Location": f"{self.home}{path}/"})
        if path in _BY_PATH:
            return self.article(_BY_PATH[path])
        if path.rstrip("/") == "/feed":
            return self.feed(list(STORIES), int(query.get("paged", "1")))
        return self.page(path)

    def page(self, path: str) -> Answer:
        parts = path.strip("/").split("/")
        if path in ("/", "/blog/"):
            return self.listing("Báo Rừng Tràm", list(STORIES))
        desk = next((d for d in (*DESKS, EMPTY) if parts[:2] == ["category", d.path]), None)
        if parts[0] in ("tag", "author") and len(parts) == 2:
            found = [
                s
                for s in STORIES
                if parts[1].replace("-", " ") in s.tags or parts[1] == str(s.number % 4)
            ]
            return self.listing(parts[1], found)
        if desk is None or len(parts) > 2:
            return NOT_FOUND
        return self.listing(desk.label, [s for s in STORIES if s.desk is desk])

    def right(self, story: Story) -> dict[str, Any]:
        return gazette_truth(STORIES, story, f"{self.home}{path_of(story)}")


def _site(name: str, *, has_rest: bool) -> Stranger:
    theme = _Theme(f"{name}.vn", has_rest=has_rest)
    told: Callable[[str, Mapping[str, str]], Answer] = theme.answer
    return Stranger(name, theme.host, told, STORIES, theme.right)


SITE: Final = _site("baorungtram", has_rest=True)
CLOSED: Final = _site("baorungtramnuoc", has_rest=False)
