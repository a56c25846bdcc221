"""Read an article's key from its address: one function an address form.

Each function takes an absolute address and returns None for any other form. Keys stay text, because
digits may lead with zeros and may be hexadecimal.
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


def fallback_key(url: str) -> str:
    """Return 16 hex digits of sha256(canonical address), for an address that carries no key.

    >>> fallback_key("http://bao.vn/gioi-thieu") == fallback_key("https://bao.vn/gioi-thieu#1")
    True

    Raises:
        BadAddressError: The address cannot be read (`canonical`).
    """
    return sha256(canonical(url).encode()).hexdigest()[:16]


def _path_and_query(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query
