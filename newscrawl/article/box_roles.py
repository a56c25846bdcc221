"""Read from the class, id and microdata names of an element what the element holds.

The names are evidence among other evidence. People choose the names, in English and in Vietnamese,
and the same few words return in the markup of every newsroom. No word below is one site's.
"""

from functools import lru_cache
from typing import Final, Literal

from newscrawl.article.lazy_pattern import LazyPattern
from newscrawl.page.selectors import Element

Role = Literal[
    "related", "share", "comment", "advert", "tags", "chrome",
    "title", "lead", "author", "date", "clock", "caption", "trail", "source", "quote", "text",
]  # fmt: skip
FURNITURE: Final[frozenset[Role]] = frozenset(
    ["related", "share", "comment", "advert", "tags", "chrome", "trail", "quote"]
)
_NAMING_ATTRIBUTES: Final = frozenset(
    ["class", "id", "itemprop", "rel", "role", "data-role", "data-field"]
)
_NAMING_RELATIONS: Final = frozenset(["tag", "author", "category tag"])  # "bookmark" names none
_CAMEL_CASE_BORDER: Final = LazyPattern(r"(?<=[a-z0-9])(?=[A-Z])")
_DIGIT: Final = LazyPattern(r"\d")
_HASH: Final = LazyPattern(r"(?<![a-z0-9])(?=[a-z0-9]*\d[a-z])(?!\d+[a-z]+(?![a-z0-9]))[a-z0-9]+")
"""A word with letters behind digits, as scripts make them up: "css-1ad9x" names no advert"""
_NON_LETTERS: Final = LazyPattern(r"[^a-z]+")

# A name is in lower case and its words are parted by single dashes: "detail-sapo".
_ROLE_WORDS: Final[dict[Role, str]] = {
    "related": "rel rl relate relates related same others recommend suggest suggestion popular"
    " trending latest hot most mostread mostview seemore readmore morenews topics topic event"
    " othernews newsother listnews recirc recirculation",
    "share": "share sharing shares social socials facebook fb zalo twitter like follow print"
    " subscribe newsletter sharethis addthis toolbar tools bookmark",
    "comment": "comment comments cmt feedback respond disqus reply-title",
    "advert": "ad ads adv advert advertisement adsbygoogle banner banners sponsor"
    " sponsored promo promotion adbox cta",
    "tags": "tag tags taglist keyword keywords keylink hashtag",
    "chrome": "menu nav navbar navigation footer foot masthead sidebar aside widget popup modal"
    " dialog login signin search copyright cookie weather rating vote poll survey quiz audio player"
    " speech tts texttospeech podcast listen zoom lightbox pagination pager paging",
    "title": "title headline",
    "lead": "sapo lead desc description summary chapeau chappeau intro abstract teaser excerpt"
    " standfirst subtitle sub-title dek deck sub-headline subheadline mota",
    "author": "author authors byline pseudonym writer creator signature contrib contributor",
    "date": "date time datetime pubdate publish published publishdate pubtime timestamp"
    " postdate posted dateline datepublished created",
    "clock": "now today clock current-date currentdate datenow timenow",
    "caption": "cap desc note imagedesc imgdesc picdesc credit cutline photog",
    "trail": "crumb crumbs",
    "source": "source nguon nguontin copyurl",
    "quote": "pullquote pull-quote",  # it repeats words of the text
    "text": "body-text bodytext noidung fck maincontent",
}
_ROLE_PARTS: Final[dict[Role, str]] = {
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
    "text": r"(?:^|(?<=[- ]))(?:article|story|post|entry|news|detail|main|page|content)"
    r"-(?:body|content|text|copy)(?=$|[- ])|noi-?dung",
}


def _pattern(role: Role) -> str:
    words = "|".join(_ROLE_WORDS[role].split())
    parts = f"|{_ROLE_PARTS[role]}" if role in _ROLE_PARTS else ""
    return rf"(?:(?:^|(?<=[- ]))(?<!no-)(?<!has-)(?<!with-)(?:{words})(?=$|[- ]){parts})"


_ROLE_PATTERNS: Final = {role: LazyPattern(_pattern(role)) for role in _ROLE_WORDS}
_ANY_ROLE: Final = LazyPattern("|".join(map(_pattern, _ROLE_WORDS)))


def named(element: Element) -> str:
    """Return the element's names in lower case, words parted by dashes, names by blanks.

    >>> from lxml.html import fragment_fromstring
    >>> named(fragment_fromstring('<p class="detailSapo font_16" id="lblNgayDang">'))
    'detail-sapo font lbl-ngay-dang'
    >>> named(fragment_fromstring('<p class="css-4ad9x part2 e1fb_lead">'))
    'css part lead'
    """
    keys = element.keys()
    if _NAMING_ATTRIBUTES.isdisjoint(keys):  # most elements of a page
        return ""
    found = [element.get(key) or "" for key in keys if key in _NAMING_ATTRIBUTES]
    if "rel" in keys and element.get("rel") not in _NAMING_RELATIONS:
        found.remove(element.get("rel") or "")
    return _with_dashes(" ".join(found))


def signature(element: Element) -> str:
    """Return the element's tag and names: boxes that a page repeats have one signature.

    >>> from lxml.html import fragment_fromstring
    >>> signature(fragment_fromstring('<div class="text-part-2">'))
    'div text-part'
    """
    return f"{element.tag} {named(element)}"


@lru_cache(maxsize=4096)
def _with_dashes(names: str) -> str:
    words = (_CAMEL_CASE_BORDER.sub("-", name).lower() for name in names.split())
    plain = (_HASH.sub("", word) if _DIGIT.search(word) else word for word in words)
    return " ".join(filter(None, (_NON_LETTERS.sub("-", word).strip("-") for word in plain)))


def roles(element: Element) -> frozenset[Role]:
    """Return every role that one of the element's names states.

    >>> from lxml.html import fragment_fromstring
    >>> sorted(roles(fragment_fromstring('<div class="relate-listnews box">')))
    ['related']
    >>> sorted(roles(fragment_fromstring('<div class="td-post-content tagdiv-type">')))
    ['text']
    """
    return _roles(named(element))


@lru_cache(maxsize=4096)
def _roles(name: str) -> frozenset[Role]:
    if not name or not _ANY_ROLE.search(name):
        return frozenset()
    return frozenset(role for role, pattern in _ROLE_PATTERNS.items() if pattern.search(name))
