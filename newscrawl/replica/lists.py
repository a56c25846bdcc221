"""Home, section pages, the list API, robots.txt and the pages of videos: what leads to articles."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Final

from newscrawl.replica import chrome
from newscrawl.replica.a1 import A1
from newscrawl.replica.a2 import A2
from newscrawl.replica.legacy import Legacy
from newscrawl.replica.paper import Card, Paper
from newscrawl.replica.site import Section

TOP_BLOCK: Final = 9
PAGE: Final = 20
MOST: Final = 200
"""Most items the list API gives in one answer"""

_CLASSES: Final = ("title5", "title2", "title3", "title4", "title2")


def robots(paper: Paper) -> str:
    """Return the paper's robots.txt."""
    delay = paper.room.options.crawl_delay
    lines = ["User-agent: *", "Disallow: /tim-kiem", "Disallow: /truyen-hinh/"]
    return "\n".join([*lines, f"Crawl-delay: {delay}"] if delay else lines) + "\n"


def _item(card: Card, name: str) -> str:
    title = escape(card.title)
    return f"""
		<div class="row10 item">
		<a href="{card.path}" class="avatar row5">
			<img src="{chrome.image(card, 500)}" alt="{title}"></a>
		<a class="{name} {card.classes}" href="{card.path}">{title}</a>
		<div class="des">{escape(card.lead, quote=False)}</div>
		<div class="date row10">{card.published:{chrome.DATE}}</div>
		</div>"""


def _gathered(paper: Paper, section: Section, items: list[int]) -> list[Card]:
    """Return the items' cards as that section links them."""
    if not section.gathers:
        return [paper.card(item) for item in items]
    return [paper.card_at(item, paper.gathered_path(item)) for item in items]


def section_page(template: A1 | A2, section: Section, page: int) -> str:
    """Return a section of families A: nine items that never change, then the page's twenty."""
    paper = template.paper
    shelf = paper.shelf(section.path, old=False)
    start = TOP_BLOCK + (page - 1) * PAGE
    top = _gathered(paper, section, list(shelf[:TOP_BLOCK]))
    rest = _gathered(paper, section, list(shelf[start : start + PAGE]))
    block = "".join(
        f"""
		<div class="col-md-4 row10">
		<a class="avatar row10" href="{card.path}"><img src="/file{card.avatar}"
			class="img-responsive"></a>
		<a class="title1 {card.classes}" href="{card.path}">{escape(card.title)}</a>
		<div class="date">{card.published:{chrome.DATE}}</div>
		</div>"""
        for card in top
    )
    names = _CLASSES if isinstance(template, A1) else ("title3",)
    items = "".join(_item(card, names[n % len(names)]) for n, card in enumerate(rest))
    label = escape(section.label)
    head = f"""<div class="cate_title_1"><h2><a class="title {section.ident}"
    href="{section.path}">{label}</a></h2>
	<ul class="submenu"></ul></div>"""
    if isinstance(template, A2):
        head = template.section_head(section)
    main = f"""{head}
		<div class="row list-top">{block}
		</div>
		<div class="list-item">{items}
		</div>
		<div class="paging"><a class="next"
			href="{section.path}?paged={page + 1}">Trang sau</a></div>"""
    meta = template.meta(label, label, section.path, chrome.address(paper, "/logo.jpg"), label)
    return template.frame(meta, chrome.page_info(paper, section, None, ""), main)


def legacy_page(template: Legacy, section: Section, page: int) -> str | None:
    """Return a section of family K: twenty items a page, newest first; None past the end."""
    paper = template.paper
    shelf = paper.shelf(section.path, old=True)
    last = max(1, -(-len(shelf) // PAGE))
    if not 1 <= page <= last:
        return None
    rows = []
    for item in shelf[(page - 1) * PAGE : page * PAGE]:
        card = paper.card(item)
        image = (paper.other_urls(item) or [card.path])[0]
        rows.append(
            f'<div class="item"><a class="img" href="{escape(image)}">'
            f'<img src="{chrome.image(card, 200)}" alt=""></a>'
            f'<h3><a href="{card.path}">{escape(card.title)}</a></h3>'
            f"<span>({card.published:%d/%m/%Y})</span><p>{escape(card.lead, quote=False)}</p></div>"
        )
    shown = sorted({1, last, *range(max(1, page - 3), min(last, page + 3) + 1)})
    pager = " ".join(
        f'<a href="{section.path}trang-{number}.html"{" class=active" * (number == page)}>'
        f"{number}</a>"
        for number in shown
    )
    main = f"""{template.breadcrumb(section)}
<h2 class="cate">{escape(section.label)}</h2>
<div class="list-news">
{chr(10).join(rows)}
</div>
<div class="paging">{pager}</div>"""
    path = f"{section.path}trang-{page}.html"
    return template.frame(template.head(escape(section.label), "", path), main)


def home(template: A1 | A2 | Legacy) -> str:
    """Return the paper's front page: its newest items, its sections, its archive."""
    paper, site = template.paper, template.paper.room.site
    old = isinstance(template, Legacy)
    cards = [paper.card(item) for item in paper.newest(30, old=old)]
    items = "".join(
        _item(card, "title1" if n < TOP_BLOCK else "title2") for n, card in enumerate(cards)
    )
    archive = "\n".join(
        f'<li><a href="{section.path}trang-1.html">{escape(section.label)}</a></li>'
        for section in site.old_sections
    )
    main = f"""<div class="list-item home">{items}</div>
<div class="archive"><h3>Lưu trữ</h3><ul>{archive}</ul></div>"""
    if isinstance(template, Legacy):
        return template.frame(template.head(site.title, "", "/"), main)
    meta = template.meta(site.title, site.title, "/", chrome.address(paper, "/logo.jpg"), "")
    return template.frame(meta, "", main)


def media_page(template: A1 | A2 | Legacy, item: int) -> str:
    """Return the page of a video or an e-magazine: a player and no text."""
    paper, room = template.paper, template.paper.room
    card = paper.card(item)
    title = escape(card.title)
    is_video = room.kind(item) == "video"
    player = f'<iframe width="640" height="360" src="/player/{paper.key(item)}"></iframe>'
    if isinstance(template, Legacy):
        main = f"""<article><h1 itemprop="headline">{title}</h1>
{template.time(item)}
<div itemprop="articleBody"><div class="player">{player}</div></div></article>"""
        return template.frame(template.head(title, "", card.path), main)
    section = room.section(item)
    shown = (
        f'<div class="box-video"><video controls poster="/file{card.avatar}">'
        f'<source src="/file{card.avatar}.mp4" type="video/mp4"></video></div>'
        if is_video
        else f'<div class="emagazine-full">{player}</div>'
    )
    content = (
        f"""<div class="article_content row15"><div id="content"
        class="content cate_{section.ident}">
		<h1 class="media-heading title5">{title}</h1>
		<div class="date">{card.published:{chrome.DATE}}</div>
<div class="bd02"></div>
		{shown}
	</div></div>"""
        if is_video
        else f'<div class="longform">{shown}</div>'
    )
    image = f"{chrome.address(paper, '/file')}{card.avatar}"
    meta = template.meta(title, "", card.path, image, "")
    return template.frame(meta, chrome.page_info(paper, section, item, title), content)


def api(paper: Paper, query: Mapping[str, str]) -> tuple[str, str]:
    """Return the list API's answer and its content type: JSON, or a call of `jsonCallback`."""
    ident, unit = query.get("saArticleCateId", ""), query.get("scUnitMapId", "")
    sections = paper.room.site.sections if unit == paper.room.site.site_id else ()
    section = next((section for section in sections if section.ident == ident), None)
    first, size = number(query.get("first", ""), 0), number(query.get("pageSize", ""), 10)
    shelf = paper.shelf(section.path, old=False) if section else ()
    items = list(shelf[first : first + min(size, MOST)])
    cards = _gathered(paper, section, items) if section else []
    answer = {"response": [_entry(card) for card in cards], "total": len(shelf)}
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    if callback := query.get("jsonCallback", ""):
        return f"{callback}({text})", "application/javascript"
    return text, "application/json"


def number(text: str, otherwise: int) -> int:
    """Return the text as a number from 0 to 999999999, else the other number.

    >>> number("20", 1), number("-3", 1), number("", 1), number("²", 1)
    (20, 1, 1, 1)
    """
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else otherwise


def _entry(card: Card) -> dict[str, str]:
    lead = escape(card.lead, quote=False)
    return {
        "title": card.title,
        "pageUrl": card.path,
        "lead": f"<p>{lead}&nbsp;</p>" if len(card.title) % 5 == 0 and lead else lead,
        "avatar": card.avatar,
        "publishDate": f"{card.published:%Y-%m-%d %H:%M:%S}.{len(card.title) * 7:03d}",
        "objectType": card.classes,
    }
