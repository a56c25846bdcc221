"""The article's key as its address carries it: one function an address form.

Each function reads an absolute address and returns None for any other form. Digits stay text: they
may lead with zeros and may be hexadecimal.
"""

import re
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from newscrawl.urls.canonical import canonical

_MONTH: Final = re.compile(
    r".*/((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2]))/[^/]*-([0-9a-f]{7}|[0-9]{5,6})/?"
)
_FOLDERS: Final = re.compile(r"(?:/[A-Za-z-]+)*/[0-9]{1,4}/([0-9]{5,8})/[^/]+/?")
_SLUG: Final = r".*/(?!trang-[0-9]+\.)[^/]*-"  # trang-{N}.html is page N of a section
_TRAILING: Final = re.compile(rf"{_SLUG}(|a|post|postid)([0-9]{{4,19}})(\.html?|\.bbg)")


def vnpt_key(url: str) -> str | None:
    """Month and last digits of the id, "/kinh-te/202506/…-75f1237/", or a former host's number.

    Seven hexadecimal digits, or five to seven decimal ones of articles that moved over.

    >>> vnpt_key("https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/")
    '202506-75f1237'
    """
    match = _MONTH.fullmatch(_path_and_query(url)[0])
    return f"{match[1]}-{match[2]}" if match else folder_number_key(url)


def folder_number_key(url: str) -> str | None:
    """The second of two numbers before the slug: "/95/112869/…/", "/tin-tuc/206/140540/…".

    >>> folder_number_key("https://bao.vn/95/112869/an-du-bua/")
    '112869'
    """
    match = _FOLDERS.fullmatch(_path_and_query(url)[0])
    return match[1] if match else None


def trailing_number_key(url: str) -> str | None:
    """The number that ends the address: -1234.html, -a1234.html, -post1234.html, -1234.htm, ….

    For a paper that has one such form. Two CMSs number independently, so that after a move one
    number may stand for two articles: `exact_number_key` keeps them apart.

    >>> trailing_number_key("https://bao.vn/thoi-su/cho-phien-ngay-xuan-a196670.html")
    '196670'
    """
    match = _TRAILING.fullmatch(_path_and_query(url)[0])
    return match[2] if match else None


def exact_number_key(url: str, before: str = "", ending: str = ".html") -> str | None:
    """The number of "…-{before}{number}{ending}" and of no other form.

    Before and ending: "" .html (D, F, K), "" .htm (G), "a" .html (E), "post" .html (C),
    "postid" .bbg (I).

    >>> exact_number_key("https://bao.vn/duong-moi-post384731.html", "post")
    '384731'
    """
    match = _TRAILING.fullmatch(_path_and_query(url)[0])
    return match[2] if match and (match[1], match[3]) == (before, ending) else None


def query_number_key(url: str, name: str) -> str | None:
    """The number that a parameter of the query carries, where the path has none.

    >>> query_number_key("https://bao.vn/viewer.aspx?macm=4&mabb=301122", "mabb")
    '301122'
    """
    query = _path_and_query(url)[1]
    match = re.search(rf"(?:^|&){re.escape(name)}=([0-9]{{1,19}})(?:&|$)", query)
    return match[1] if match else None


def fallback_key(url: str) -> str:
    """16 hex digits for an address that carries no key: sha256 of its canonical form.

    >>> fallback_key("http://bao.vn/gioi-thieu") == fallback_key("https://bao.vn/gioi-thieu#1")
    True

    Raises BadAddressError.
    """
    return sha256(canonical(url).encode()).hexdigest()[:16]


def _path_and_query(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query
