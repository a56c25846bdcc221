"""What the class, id and microdata names of an element say it holds.

Evidence among other evidence: names are chosen by people, in English and in Vietnamese, and the
same few words return in every newsroom's markup. No name is one site's.
"""

import re
from functools import lru_cache
from typing import Final, Literal

from newscrawl.page.selectors import Element

Role = Literal[
    "related", "share", "comment", "advert", "tags", "chrome",
    "title", "lead", "author", "date", "clock", "caption", "trail", "source",
]  # fmt: skip
FURNITURE: Final[frozenset[Role]] = frozenset(
    ["related", "share", "comment", "advert", "tags", "chrome", "trail"]
)
_ATTRIBUTES: Final = ("class", "id", "itemprop", "rel", "role", "data-role", "data-field")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_LETTER: Final = re.compile(r"[^a-z]+")

# A name is lower case, its words parted by single dashes: "detail-sapo". `_` parts nothing else.
_WHOLE: Final[dict[Role, str]] = {
    "related": "rel rl relate relates related same others recommend suggest suggestion popular"
    " trending latest hot most mostread mostview seemore readmore morenews topics topic event"
    " othernews newsother listnews",
    "share": "share sharing shares social socials facebook fb zalo twitter like follow print"
    " subscribe newsletter sharethis addthis toolbar tools bookmark",
    "comment": "comment comments cmt feedback respond disqus reply-title",
    "advert": "ad ads adv advert advertisement adsbygoogle banner banners sponsor"
    " sponsored promo promotion adbox",
    "tags": "tag tags taglist keyword keywords keylink hashtag",
    "chrome": "menu nav navbar navigation footer foot masthead sidebar aside widget popup modal"
    " dialog login signin search copyright cookie weather rating vote poll survey quiz audio player"
    " speech tts texttospeech podcast listen zoom lightbox pagination pager paging",
    "title": "title headline",
    "lead": "sapo lead desc description summary chapeau chappeau intro abstract teaser excerpt"
    " standfirst subtitle sub-title dek mota",
    "author": "author authors byline pseudonym writer creator signature",
    "date": "date time datetime pubdate publish published publishdate pubtime timestamp"
    " postdate posted dateline datepublished created",
    "clock": "now today clock current-date currentdate datenow timenow",
    "caption": "cap desc note imagedesc imgdesc picdesc credit",
    "trail": "crumb crumbs",
    "source": "source nguon nguontin copyurl",
}
_PARTS: Final[dict[Role, str]] = {
    "related": "related|relate-|lien-?quan|cung-?chuyen-?muc|xem-?them|doc-?them|doc-?nhieu"
    "|xem-?nhieu|tin-?khac|tin-?moi|tieu-?diem|other-(?:news|post|article)|news-other|read-more"
    "|more-(?:news|post)|(?:list|box|block)-news|news-(?:list|box)|box-tin|post-box",
    "share": "addthis|google-news",
    "comment": "binh-?luan|phan-?hoi|y-kien",
    "advert": "quang-?cao",
    "tags": "tu-?khoa",
    "chrome": "text-to-speech|sr-only|visually-hidden"
    r"|(?:^| )d-none(?=$| )(?! .*d-(?:sm|md|lg|xl|xxl)-(?:block|flex|inline))",
    "title": "tieu-?de",
    "lead": "tom-?tat|mo-ta",
    "author": "tac-?gia|but-?danh|nguoi-?viet",
    "date": "ngay-?dang|thoi-?gian",
    "caption": "chu-?thich|caption",
    "trail": "breadcrumb",
}


def _pattern(role: Role) -> str:
    words = "|".join(_WHOLE[role].split())
    parts = f"|{_PARTS[role]}" if role in _PARTS else ""
    return rf"(?:(?:^|(?<=[- ]))(?<!no-)(?:{words})(?=$|[- ]){parts})"


_ROLES: Final = {role: re.compile(_pattern(role)) for role in _WHOLE}
_ANY: Final = re.compile("|".join(map(_pattern, _WHOLE)))


def named(element: Element) -> str:
    """The element's names in lower case, words parted by dashes, names by blanks.

    >>> from lxml.html import fragment_fromstring
    >>> named(fragment_fromstring('<p class="detailSapo font_16" id="lblNgayDang">'))
    'detail-sapo font lbl-ngay-dang'
    """
    found = [value for name in _ATTRIBUTES if (value := element.get(name))]
    return _spelt(" ".join(found)) if found else ""


@lru_cache(maxsize=4096)
def _spelt(names: str) -> str:
    words = (_NO_LETTER.sub("-", _HUMP.sub("-", name).lower()).strip("-") for name in names.split())
    return " ".join(filter(None, words))


def roles(element: Element) -> frozenset[Role]:
    """Every role one of the element's names states.

    >>> from lxml.html import fragment_fromstring
    >>> sorted(roles(fragment_fromstring('<div class="relate-listnews box">')))
    ['related']
    >>> sorted(roles(fragment_fromstring('<div class="td-post-content tagdiv-type">')))
    []
    """
    return _roles(named(element))


@lru_cache(maxsize=4096)
def _roles(name: str) -> frozenset[Role]:
    if not name or not _ANY.search(name):
        return frozenset()
    return frozenset(role for role, pattern in _ROLES.items() if pattern.search(name))
