"""Which links of a front page lead to sections: the menu, without films, forms, articles. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.box_roles import named
from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.list_end import list_page_of
from newscrawl.discovery.next_page import turns_page
from newscrawl.page.ancestry import lineage
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element, elements
from newscrawl.text import clean
from newscrawl.urls.article_keys import looks_like_article
from newscrawl.urls.canonical import BadAddressError, canonical, resolve

_LABEL_MAX_CHARS: Final = 40
_MENU_BOXES: Final = frozenset(["nav", "header", "menu"])
_MENU_NAME: Final = re.compile(r"(?:^|[- ])(?:menu|nav|navbar|navigation|nav-?bar|category|cat)")
_FOOT_NAME: Final = re.compile(r"(?:^|[- ])(?:footer|foot|copyright)")
_NO_SECTION_WORDS: Final = (
    "video", "videos", "clip", "phim", "truyen-hinh", "tv", "podcast", "podcasts", "audio", "radio",
    "phat-thanh", "multimedia", "media", "emagazine", "e-magazine", "magazine", "longform",
    "infographic", "infographics", "photo", "photos", "anh", "thu-vien-anh", "goc-anh", "album",
    "login", "dang-nhap", "dang-ky", "register", "user", "account", "member", "search", "tim-kiem",
    "lien-he", "contact", "contacts", "gioi-thieu", "about", "toa-soan", "ban-bien-tap",
    "quang-cao", "rss", "feed", "feeds", "sitemap", "so-do-site", "site-map", "tag", "tags",
    "tu-khoa", "author",
    "tac-gia", "bao-in", "epaper", "e-paper", "doc-bao-in", "an-pham", "print", "lich", "thoi-tiet",
    "dieu-khoan", "chinh-sach", "bao-mat", "privacy", "terms", "wp-admin", "wp-login", "admin",
    "home", "trang-chu", "javascript", "en", "english",
)  # fmt: skip
_NO_SECTION: Final = re.compile(
    rf"(?:^|[/=])(?:{'|'.join(map(re.escape, _NO_SECTION_WORDS))})(?:$|[/.?&_]|-\d+)",
    re.IGNORECASE,
)
_FRONT_FILE: Final = re.compile(r"/(?:default|index)(?:\.\w{2,5})?/?", re.IGNORECASE)
_PAGE: Final = re.compile(r"[?&/](?:p|page|paged|trang)[=/-]?\d+", re.IGNORECASE)
_FILE: Final = re.compile(r"\.(?:pdf|jpe?g|png|gif|docx?|xlsx?|zip|rss|xml|mp[34])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLink:
    """A link that may lead to a section."""

    url: str
    """Absolute address as printed, on the newspaper's hosts, without a fragment"""
    label: str
    in_menu: bool
    """Whether it stands in a box named or made for menus; False = elsewhere on the page"""

    @property
    def place(self) -> str:
        """Return path and query, by which a declaration names the section."""
        parts = urlsplit(self.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def menu_links(document: Document, paper: Site) -> tuple[tuple[MenuLink, ...], tuple[str, ...]]:
    """Return the links to sections, those of the menus first, and the places left out as films etc.

    Each address stands once, in the page's order, whether it is printed with a slash at its end or
    without. "/index.php" is the front page, "/index.php/thoi-su" and "/Default.aspx?tabid=4" are
    sections.
    """
    found: dict[object, MenuLink] = {}
    left: dict[str, None] = {}
    for link in _links(document, paper):
        parts = urlsplit(link.url)
        place = list_page_of(link.url)
        if _FRONT_FILE.fullmatch(link.place):
            continue
        if _NO_SECTION.search(link.place) or _FILE.search(parts.path):
            if link.in_menu:
                left.setdefault(link.place)
        elif (known := found.get(place)) is None or (link.in_menu and not known.in_menu):
            found[place] = link
    ordered = sorted(found.values(), key=lambda link: not link.in_menu)
    return tuple(ordered), tuple(left)


def _links(document: Document, paper: Site) -> Iterator[MenuLink]:
    asked: dict[Element, str] = {}
    for a in elements(document.root, "//a[@href]"):
        label = clean(text_of(a) or a.get("title") or "")
        if not 1 < len(label) <= _LABEL_MAX_CHARS or label.isdecimal() or turns_page(label):
            continue
        url = resolve(document.base_url, a.get("href") or "")
        if url is None or (urlsplit(url).path in ("", "/") and not urlsplit(url).query):
            continue
        url = url.partition("#")[0]
        try:
            own = canonical(url, paper.hosts)
        except BadAddressError:
            continue
        is_own = urlsplit(own).hostname in paper.hosts
        if not is_own or looks_like_article(own) or _PAGE.search(own):
            continue
        kind = _kind_of_box(a, asked)
        if kind != "foot":
            yield MenuLink(url=own, label=label, in_menu=kind == "menu")


def _kind_of_box(a: Element, asked: dict[Element, str]) -> str:
    """Return "menu", "foot" or "" for the boxes around a link; each box is looked at once."""
    waiting = []
    found = ""
    for box in lineage(a):
        if box in asked:
            found = asked[box]
            break
        waiting.append(box)
    for box in reversed(waiting):
        found = asked[box] = found if found == "foot" else _own_kind(box) or found
    return found


def _own_kind(box: Element) -> str:
    if box.tag in ("body", "html", "form"):
        return ""
    name = named(box)
    if box.tag == "footer" or _FOOT_NAME.search(name):
        return "foot"
    return "menu" if box.tag in _MENU_BOXES or _MENU_NAME.search(name) else ""
