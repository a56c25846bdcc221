"""Read an article's key from its address: one function an address form.

Each function takes an absolute address and returns None for any other form. Keys stay text, because
digits may lead with zeros and may be hexadecimal.
"""

import re
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from newscrawl.urls.canonical import canonical

_MONTH: Final = re.compile(
    r".*/((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2]))/[^/]*-([0-9a-f]{7}|[0-9]{5,6})/?"
)
_FOLDERS: Final = re.compile(r"(?:/[A-Za-z-]+)*/[0-9]{1,4}/([0-9]{5,8})/[^/]+/?")
_SLUG: Final = r".*/(?!trang-[0-9]+\.)[^/]*-"  # trang-{N}.html is page N of a section
_SLUG_WORDS: Final = re.compile(r"[^/]*-[^/]*-[^/]*-[^/]*")  # a segment that spells a title
_NUMBER: Final = re.compile(r"[0-9]{4,}|(?=[0-9a-f]*[0-9])[0-9a-f]{7}")
_SLUG_MIN_DASHES: Final = 5  # in a slug without a number
_SCRIPT_FILE: Final = re.compile(r"[^/]+\.(?:aspx?|php|jsp|cfm|do)", re.IGNORECASE)
_ASP_FILE: Final = re.compile(r"\.aspx?$", re.IGNORECASE)
_QUERY_NUMBER: Final = re.compile(
    r"(?:^|&)(?:id|a?id|(?:news|article|post|item|tin|bai|baiviet|detail|content)_?id|nid|mabb)"
    r"=[0-9]{1,19}(?:&|$)",
    re.IGNORECASE,
)
_NUMBERED_PAGE: Final = re.compile(  # "/node/4102" of Drupal; a year is a list's
    r"/(?:node|news|articles?|posts?|story|detail|view|bai-?viet|chi-?tiet|tin-?tuc|tin)"
    r"/(?!(?:19|20)[0-9]{2}/?$)[0-9]{3,12}(?:\.html?)?/?$",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(rf"{_SLUG}(|a|post|postid)([0-9]{{4,19}})(\.html?|\.bbg)")


def vnpt_key(url: str) -> str | None:
    """Return month and number of "/kinh-te/202506/…-75f1237/", or `folder_number_key`.

    The number is seven hexadecimal digits, or five or six decimal ones for articles of a former
    CMS.

    >>> vnpt_key("https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/")
    '202506-75f1237'
    """
    match = _MONTH.fullmatch(_path_and_query(url)[0])
    return f"{match[1]}-{match[2]}" if match else folder_number_key(url)


def folder_number_key(url: str) -> str | None:
    """Return the second of two numbers before the slug: "/95/112869/…/", "/tin-tuc/206/140540/…".

    >>> folder_number_key("https://bao.vn/95/112869/an-du-bua/")
    '112869'
    """
    match = _FOLDERS.fullmatch(_path_and_query(url)[0])
    return match[1] if match else None


def trailing_number_key(url: str) -> str | None:
    """Return the number that ends the address: -1234.html, -a1234.html, -post1234.html, ….

    The function is for a newspaper with one such form. Two CMSs number independently, so that after
    a move one number may name two articles; `exact_number_key` tells them apart.

    >>> trailing_number_key("https://bao.vn/thoi-su/cho-phien-ngay-xuan-a196670.html")
    '196670'
    """
    match = _TRAILING.fullmatch(_path_and_query(url)[0])
    return match[2] if match else None


def exact_number_key(url: str, before: str = "", ending: str = ".html") -> str | None:
    """Return the number of "…-{before}{number}{ending}" and of no other form.

    Args:
        url: An absolute address.
        before: The letters before the number: "" (families D, F, G, K), "a" (E), "post" (C) or
            "postid" (I).
        ending: The ending after the number: ".html", ".htm" (G) or ".bbg" (I).

    >>> exact_number_key("https://bao.vn/duong-moi-post384731.html", "post")
    '384731'
    """
    match = _TRAILING.fullmatch(_path_and_query(url)[0])
    return match[2] if match and (match[1], match[3]) == (before, ending) else None


def query_number_key(url: str, name: str) -> str | None:
    """Return the number in the query parameter `name`, for addresses without a number in the path.

    >>> query_number_key("https://bao.vn/viewer.aspx?macm=4&mabb=301122", "mabb")
    '301122'
    """
    query = _path_and_query(url)[1]
    match = re.search(rf"(?:^|&){re.escape(name)}=([0-9]{{1,19}})(?:&|$)", query)
    return match[1] if match else None


def generic_key(url: str) -> str | None:
    """Return the key of an address that looks like an article's in no CMS we know; None for others.

    Such an address ends in a number behind a slug, in a slug of six words or more, or in a query
    that numbers the article ("detail.aspx?id=118").

    >>> generic_key("https://bao.vn/tin/cho-phien-hop-som-hon-moi-nam/") == fallback_key(
    ...     "https://bao.vn/tin/cho-phien-hop-som-hon-moi-nam/")
    True
    >>> generic_key("https://bao.vn/kinh-te/nong-nghiep/") is None
    True
    """
    if not looks_like_article(url):
        return None
    return any_key(url)


def any_key(url: str) -> str:
    """Return the key of an address that is known to be an article's, whatever its form.

    >>> any_key("https://bao.vn/thoi-su/cho-phien-ngay-xuan-a196670.html")
    '196670'

    Raises:
        BadAddressError: The address cannot be read (`canonical`).
    """
    return vnpt_key(url) or trailing_number_key(url) or fallback_key(url)


def looks_like_article(url: str) -> bool:
    """Return whether an address has the form of an article's: a title spelt out, or a number.

    >>> paths = "kinh-te/mua-vai-som-12345.html", "viewer.aspx?id=118", "kinh-te/", "tin.aspx?cat=4"
    >>> [looks_like_article(f"https://bao.vn/{path}") for path in paths]
    [True, True, False, False]
    """
    path, _ = _path_and_query(url)
    segments = [segment for segment in path.split("/") if segment]
    if not segments or is_numbered_by_query(url) or _NUMBERED_PAGE.search(path):
        return bool(segments)
    is_slug = any(_SLUG_WORDS.fullmatch(segment) for segment in segments)
    return is_slug and bool(
        _NUMBER.search(segments[-1]) or segments[-1].count("-") >= _SLUG_MIN_DASHES
    )


def is_numbered_by_query(url: str) -> bool:
    """Return whether the query numbers the article: "detail.aspx?id=118"."""
    path, query = _path_and_query(url)
    is_script = _SCRIPT_FILE.fullmatch(path.rpartition("/")[2]) is not None
    return is_script and _QUERY_NUMBER.search(query) is not None


def fallback_key(url: str) -> str:
    """Return 16 hex digits of sha256(canonical address), for an address that carries no key.

    Servers of ASP.NET tell no capitals from small letters in a path and in a parameter's name, and
    neither does the key.

    >>> fallback_key("http://bao.vn/gioi-thieu") == fallback_key("https://bao.vn/gioi-thieu#1")
    True
    >>> fallback_key("https://bao.vn/Tin.aspx?ID=7") == fallback_key("https://bao.vn/tin.aspx?id=7")
    True

    Raises:
        BadAddressError: The address cannot be read (`canonical`).
    """
    own = canonical(url)
    parts = urlsplit(own)
    if _ASP_FILE.search(parts.path):
        pairs = (pair.partition("=") for pair in parts.query.split("&"))
        query = "&".join(f"{name.lower()}{sign}{value}" for name, sign, value in pairs)
        own = canonical(urlunsplit(parts._replace(path=parts.path.lower(), query=query)))
    return sha256(own.encode()).hexdigest()[:16]


def _path_and_query(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query
