"""What surrounds an article on every page: style sheets, menus, boxes of links to others."""

from collections.abc import Iterable
from html import escape
from typing import Final

from newscrawl.replica.dice import Dice
from newscrawl.replica.paper import Card, Paper
from newscrawl.replica.prose import capital, expand, slug
from newscrawl.replica.site import Section

DATE: Final = "%H:%M, %d/%m/%Y"

_DEEDS: Final = ("ra quân {viec}", "tổng kết {le_hoi}", "bàn giao {viec}", "đẩy mạnh {viec}")
_MEDIA_MENU: Final = (
    ("/multimedia/", "Multimedia"),
    ("/truyen-hinh/", "Truyền hình"),
    ("/podcast/", "Podcast"),
    ("/doc-bao-in/", "Đọc báo in"),
    ("/nen-tang-so/", "Nền tảng số"),
)


def styles(name: str, rules: int) -> str:
    """Return a style sheet of that many rules, such as themes leave in every page."""
    dice = Dice("styles", name)
    parts = ("row", "box", "list", "item", "avatar", "title", "des", "swiper", "menu", "footer")
    lines = [
        f".{dice.pick(parts)}_{number} .{dice.pick(parts)} {{\n"
        f"    margin: {dice.below(30)}px {dice.below(30)}px;\n"
        f"    width: {dice.between(10, 100)}%;\n"
        f"    color: #{dice.below(0x1000000):06x};\n}}"
        for number in range(rules)
    ]
    return "<style>\n" + "\n".join(lines) + "\n</style>"


def script(name: str, lines: int) -> str:
    """Return a script of that many lines that does nothing."""
    dice = Dice("script", name)
    body = "\n".join(
        f"  if (khung{number} && khung{number}.length > {dice.below(9)}) {{ "
        f"khung{number}.style.top = {dice.below(900)} + 'px'; }}"
        for number in range(lines)
    )
    names = ", ".join(f"khung{number} = null" for number in range(lines))
    code = f"(function () {{\n  var {names};\n{body}\n}})();"
    return f'<script type="text/javascript">\n{code}\n</script>'


def link_box(name: str, cards: int) -> str:
    """Return a box of links to other articles, each with picture and hour (families A)."""
    dice = Dice("box", name)
    entries = []
    for _ in range(cards):
        title = capital(expand(f"{{co_quan}} {dice.pick(_DEEDS)}", dice, {}))
        path = f"/tin-khac/{slug(title)}-{dice.below(10**7):07}/"
        day = f"{dice.between(1, 28):02}/{dice.between(1, 12):02}/2026"
        entries.append(
            f'<li class="item pad10B"><div class="avatar"><a href="{path}" class="thumb">'
            f'<img src="/file/{dice.below(10**6)}.jpg" width="120" alt=""></a></div>'
            f'<h3 class="name"><a href="{path}">{escape(title)}</a></h3>'
            f'<div class="info"><span class="time">{day}</span></div></li>'
        )
    return f'<div class="box-links"><ul class="list">{"".join(entries)}</ul></div>\n'


def _entry(section: Section, children: Iterable[Section]) -> str:
    inner = "".join(_entry(child, ()) for child in children)
    return (
        f"<li class='{section.ident}'><a href='{section.path}'>"
        f"<span class='bd'>{escape(section.label)}</span></a><ul>{inner}</ul></li>"
    )


def menu(paper: Paper, home: str) -> str:
    """Return the menu of families A: every item is `li` with the category id as its class."""
    sections = paper.room.site.sections
    tops = "".join(
        _entry(top, [section for section in sections if section.parent == top.path])
        for top in sections
        if not top.parent
    )
    media = "".join(
        f"<li><a href='{path}'><span class='bd'>{label}</span></a><ul></ul></li>"
        for path, label in _MEDIA_MENU
    )
    return (
        '<ul id="main-menu" class="sm sm-clean" data-toggle="collapse-nav" '
        f'data-target="#more-menu-1">\n\t\t\t<li><a href="/">{home}</a></li>\n'
        f"\t{tops}{media}\n\t\t</ul>"
    )


def page_info(paper: Paper, section: Section, item: int | None, title: str) -> str:
    """Return the hidden data of families A; without an item the article's two values are empty."""
    parent = next(
        (s.ident for s in paper.room.site.sections if s.path == section.parent and section.parent),
        "0",
    )
    article_id = "" if item is None else paper.room.timeline.article_id(item)
    values = (
        ("site_id", paper.room.site.site_id),
        ("parent_site_id", "ff8080815e5b41fb015e5b817a510004"),
        ("cate_id", section.ident),
        ("parent_id", parent),
        ("cate_url", section.path),
        ("article_title", title),
        ("article_id", article_id),
        ("cate_title", escape(section.label)),
    )
    lines = "\n".join(f'<div id="{name}">{value}</div>' for name, value in values)
    return f'<div id="page_info" style="display: none;">\n{lines}\n</div>'


def address(paper: Paper, path: str) -> str:
    """Return the absolute address of a path of the paper."""
    return f"https://{paper.room.site.host}{path}"


def image(card: Card, width: int) -> str:
    """Return the address of a card's picture, scaled by the CMS."""
    return f"/file{card.avatar}?width={width}&height=-&type=resize"


def same_section(paper: Paper, item: int, count: int) -> list[int]:
    """Return earlier items of the item's section, or of others if it has too few."""
    room = paper.room
    old = room.is_old(item)
    first, step = (0 if old else room.turn), len(room.patterns[old])
    last = room.turn if old else room.size
    near = [
        *range(item - step, first - 1, -step)[: count + 2],
        *range(item - 1, first - 1, -1)[:40],
        *range(item + 1, last)[:40],
    ]
    return [number for number in dict.fromkeys(near) if room.is_live(number)][:count]


def search_link(tag: str) -> str:
    """Return the address of a tag; its blanks and letters stay as they are."""
    return f"/tim-kiem/?key={escape(tag)}"


def topic_menu(name: str, count: int) -> str:
    """Return a drop-down menu of that many places, as local pages have."""
    dice = Dice("places", name)
    dau, cuoi = ("Nà", "Khuổi", "Lũng", "Thôm", "Phiêng"), ("Vàn", "Mỏ", "Tông", "Lịa", "Chì", "Dạ")
    names = (f"Xã {dice.pick(dau)} {dice.pick(cuoi)}" for _ in range(count))
    options = " ".join(
        f'<option value="/trang-tin-dia-phuong/{slug(name)}/">{name}</option>' for name in names
    )
    return f'<select class="form-select form-select-sm">{options}</select>'
