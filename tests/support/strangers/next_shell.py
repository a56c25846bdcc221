"""Báo Chân Đèo in English: a Next.js site whose older list pages are data alone.

Articles are `/bai-viet/{slug}-{six hex digits}`. The first page of a list is rendered on the server;
`?p=2` is the same shell with its list only in `__NEXT_DATA__`, and beyond the end the last page comes
again for ever. Cards carry `?ref=` and `utm_` parameters; `/tin-moi` lists everything once more. There
is neither a feed nor a sitemap. Texts have comments below and a subscription box inside.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.gazette import (
    ENGLISH,
    MOVED,
    PINNED,
    UNDATED,
    address_name,
    code,
    gazette,
    gazette_truth,
)
from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story

HOST: Final = "en.baochandeo.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Local news", path="thoi-su", number=1),
    Desk(label="Business", path="kinh-doanh", number=2),
    Desk(label="Culture & Life", path="van-hoa", number=3),
)
EMPTY: Final = Desk(label="Tourism", path="du-lich", number=4)
WORDS: Final = {
    "place": ("Chan Deo", "Khe Ngan", "Ban Ngoi", "Lung Phay", "Nam Ha", "Deo Gio"),
    "thing": ("cinnamon", "honey", "indigo cloth", "river fish", "star anise", "knives"),
    "who": ("Ly Thi Mai", "Hoang Van Tu", "Nong Thi Sen", "Trieu A Pao"),
    "author": ("Minh Chau", "Hoang Lan", "Thu Ba"),
    "office": ("Department of Roads", "Farmers' Union", "Women's Union"),
}
STORIES: Final = gazette(ENGLISH, WORDS, DESKS, 811, "https://cdn.baochandeo.vn/i")
_PER_PAGE: Final = 8


def href(story: Story) -> str:
    return f"/bai-viet/{address_name(story)}-{code(story)}"


_BY_CODE: Final = {code(story): story for story in STORIES}


def _item(story: Story) -> dict[str, Any]:
    return {
        "id": story.number,
        "title": story.headline,
        "href": href(story),
        "sapo": story.lead,
        "publishedAt": story.published.isoformat(),
        "cate": {"name": story.desk.label, "href": f"/chuyen-muc/{story.desk.path}"},
        "thumb": story.photos[0].src if story.photos else None,
    }


def _frame(title: str, head: str, main: str, data: Mapping[str, Any]) -> Answer:
    menu = "".join(
        f'<a class="nav_a__1" href="/chuyen-muc/{d.path}">{escape(d.label)}</a>'
        for d in (*DESKS, EMPTY)
    )
    side = "".join(
        f'<li><a href="{href(s)}?ref=most-read">{escape(s.headline)}</a></li>' for s in STORIES[3:8]
    )
    old = STORIES[MOVED]
    side += f'<li><a href="/p/{old.number}.html">{escape(old.headline)}</a></li>'
    blob = json.dumps({"props": {"pageProps": data}, "page": "/x", "buildId": "k9"})
    return Answer(
        f'<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{escape(title)}</title>'
        f'{head}</head><body><div id="__next"><header><a href="/">Chan Deo</a><nav>{menu}'
        '<a class="nav_a__1" href="/tin-moi">Latest</a></nav></header>'
        f'<div class="wrap_w__8">{main}<aside class="rank_r__7"><h4>Most read</h4><ol>{side}</ol>'
        "</aside></div><footer><p>Chan Deo Newspaper. Licence 77/GP-TTDT. Editor-in-chief: Ly Quoc"
        " An</p></footer></div>"
        f'<script id="__NEXT_DATA__" type="application/json">{blob}</script></body></html>'
    )


def _photo(photo: Photo) -> str:
    return (
        f'<figure><img src="{photo.src}" alt=""/>'
        + (f"<figcaption>{escape(photo.caption)}</figcaption>" if photo.caption else "")
        + "</figure>"
    )


def _article(story: Story) -> Answer:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<p>{escape(paragraph)}</p>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
        if number == 2 and len(story.paragraphs) > 3:
            parts.append(
                '<div class="box_sub__3"><strong>Stay with us</strong><form><input type="email"'
                ' placeholder="Your e-mail"/><button>Subscribe</button></form></div>'
            )
    if story.outlet:
        parts.append(f'<p style="text-align:right"><em>{story.outlet_line}</em></p>')
    at = story.published
    dated = story is not STORIES[UNDATED]
    line = f'<span class="meta_t__4">{at:%b} {at.day}, {at.year} | {at:%H:%M} GMT+7</span>'
    head = f'<link rel="canonical" href="{HOME}{href(story)}"/><meta property="og:type" content="article"/>'
    if dated:
        head += f'<meta property="article:published_time" content="{at.isoformat()}"/>'
    by = (
        f'<a class="meta_by__4" rel="author" href="/tac-gia/{story.author.replace(" ", "-")}">'
        f"{story.author}</a>"
        if story.author
        else ""
    )
    tags = "".join(f'<a href="/tag/{t.replace(" ", "-")}">{t}</a>' for t in story.tags)
    same = "".join(
        f'<div class="rel_i__2"><a href="{href(s)}?utm_source=related&amp;utm_medium=box">'
        f"{escape(s.headline)}</a></div>"
        for s in [s for s in STORIES if s.desk is story.desk and s is not story][:4]
    )
    comments = "".join(
        f'<li class="cmt_i__6"><b>{who}</b><time>{n} hours ago</time><p>{said}</p></li>'
        for n, (who, said) in enumerate(
            (
                ("Reader A", "I grew up there and the road was always like this in November."),
                ("Tuan", "Thank you for writing about our village, please come again in spring."),
                ("Mrs. Hoa", "The photos are beautiful but the market is on the other side."),
            ),
            2,
        )
    )
    main = (
        f'<main><div class="crumb_c__5"><a href="/">Home</a><a href="/chuyen-muc/{story.desk.path}">'
        f"{escape(story.desk.label)}</a></div><h1>{escape(story.headline)}</h1>"
        f'<div class="meta_m__4">{by}{line if dated else ""}</div>'
        f'<p class="sapo_s__9">{escape(story.lead)}</p><div class="body_b__2">{"".join(parts)}</div>'
        f'<div class="tags_t__1">Tags: {tags}</div><section><h3>More in this section</h3>{same}'
        f'</section><section id="comments"><h3>3 comments</h3><ul>{comments}</ul></section></main>'
    )
    data = {"article": _item(story), "related": []}
    return _frame(f"{story.headline} | Chan Deo", head, main, data)


def _card(story: Story) -> str:
    return (
        f'<div class="card_c__1"><a href="{href(story)}?ref=list"><img src="/t/{story.number}.webp"'
        f' alt=""/></a><h2><a href="{href(story)}?ref=list">{escape(story.headline)}</a></h2>'
        f"<p>{escape(story.lead)}</p></div>"
    )


def _list(label: str, found: list[Story], path: str, number: int) -> Answer:
    last = max(1, -(-len(found) // _PER_PAGE))
    shown = found[(min(number, last) - 1) * _PER_PAGE :][:_PER_PAGE]
    rows = [STORIES[PINNED], *shown] if found else []
    pager = "".join(f'<a href="{path}?p={n}">{n}</a>' for n in range(1, last + 1))
    pager = f'<div class="pager_p__3">{pager}<a href="{path}?p={number + 1}">Next</a></div>'
    cards = "".join(map(_card, rows)) if number == 1 else '<div class="skeleton_s__2"></div>'
    main = f"<main><h1>{escape(label)}</h1>{cards}{pager if found else ''}</main>"
    data = {"list": [_item(s) for s in rows], "p": number, "total": len(found)}
    return _frame(f"{label} | Chan Deo", "", main, data)


def _front() -> Answer:
    blocks = "".join(
        f'<section><h2><a href="/chuyen-muc/{d.path}/">{escape(d.label)}</a></h2>'
        + "".join(map(_card, [s for s in STORIES if s.desk is d][:4]))
        + "</section>"
        for d in DESKS
    )
    return _frame("Chan Deo Newspaper in English", "", f"<main>{blocks}</main>", {"blocks": []})


def answer(path: str, query: Mapping[str, str]) -> Answer:
    bare = path.rstrip("/")
    number = int(query.get("p", "1"))
    if path == "/":
        return _front()
    if bare.startswith("/bai-viet/"):
        story = _BY_CODE.get(bare[-6:])
        return _article(story) if story and bare == href(story) else NOT_FOUND
    if path.startswith("/p/"):
        return Answer("", 301, headers={"Location": href(STORIES[MOVED])})
    if bare == "/tin-moi":
        return _list("Latest", list(STORIES), bare, number)
    first, _, name = bare.strip("/").partition("/")
    if first in ("tac-gia", "tag"):
        found = [s for s in STORIES if name.replace("-", " ") in (s.author, *s.tags)]
        return _list(name, found, bare, number)
    desk = next((d for d in (*DESKS, EMPTY) if first == "chuyen-muc" and d.path == name), None)
    if desk is None:
        return NOT_FOUND
    return _list(desk.label, [s for s in STORIES if s.desk is desk], bare, number)


def right(story: Story) -> dict[str, Any]:
    return gazette_truth(STORIES, story, f"{HOME}{href(story)}", lang="en")


SITE: Final = Stranger("en_baochandeo_vn", HOST, answer, STORIES, right)
