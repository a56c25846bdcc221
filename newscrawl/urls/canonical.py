"""Give addresses one canonical spelling, and make links absolute.

Parsing follows the URL Living Standard where the standard decides which host is asked. An address
that a browser and this module could read differently is refused (credentials, numeric hosts,
backslashes); newspapers need none of them. Nothing here uses the network.
"""

import re
from collections.abc import Mapping
from operator import itemgetter
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from newscrawl.urls.url_parts import (
    ADDRESS_MAX_CHARS,
    Address,
    BadAddressError,
    bounded,
    read_parts,
)

__all__ = ["BadAddressError", "canonical", "image_url", "resolve", "spellings"]

# Path segments that begin with a letter or digit and hold only characters with one spelling. Nine
# of ten addresses are so plain that only their hosts need parsing: 2 µs instead of 20.
_PLAIN_PATH: Final = r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?"
_PLAIN: Final = re.compile(rf"{_PLAIN_PATH}(?:\?[A-Za-z0-9._~=&-]+)?")
_PLAIN_PAGE: Final = re.compile(rf"https?://([a-z0-9.-]+)({_PLAIN_PATH})")
_BLANKS: Final = "".join(map(chr, range(0x21)))  # the space and the controls
_SLASHES: Final = re.compile(r"^(https?:)?[/\\]{2,}", re.IGNORECASE)
_BROWSER_SAFE: Final = "!$%&'()*+,-./:;=?@[]_|~"  # browsers percent-encode all other characters
_SCRAPY_SAFE: Final = "!$%&()*+,-./:;=?@_~"  # Scrapy's requests (w3lib) encode more of them
# An escape, unless a stray "%" or "%4" precedes it: decoding the escape would then make a new one.
_ESCAPE: Final = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
_TRACKING: Final = re.compile(
    r"utm_.*|fbclid|fb_.*|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|igsh|gidzl|zarsrc"
    r"|_ga|_gl|_gid|mc_[ce]id|cmpid|ref|ref_src|ref_url|mobile|print|amp"
)
_GLUED: Final = re.compile(r"(?:https?://[^/?#]+)?/file/?(https?://.+)", re.IGNORECASE)


def canonical(url: str, hosts: Mapping[str, str] | None = None) -> str:
    """Return the one spelling of an http(s) address: https, no fragment, no tracking, sorted query.

    The rest follows RFC 3986 section 6.2.2: host in lower case and ASCII, escapes in upper case,
    unreserved characters decoded, dot segments removed, default port dropped; "//" inside the path
    and broken escapes stay.

    >>> canonical("HTTP://Baotuyenquang.com.vn:80/kinh-te/?p=2&fbclid=x&b=%c3%a1#top")
    'https://baotuyenquang.com.vn/kinh-te/?b=%C3%A1&p=2'
    >>> canonical("http://m.bao.vn", {"m.bao.vn": "bao.vn"})
    'https://bao.vn/'

    Args:
        url: An absolute address.
        hosts: The spelling in which the addresses of each host of a newspaper are kept
            (`spellings`); a host that is not a key stays.

    Raises:
        BadAddressError: The address has another scheme, no host, credentials, backslashes, control
            characters, more than 2,048 characters, or as host an IPv6 address or a number in an odd
            spelling.
    """
    plain = _PLAIN_PAGE.fullmatch(url)
    if plain and hosts and plain[1] in hosts:
        return bounded(f"https://{hosts[plain[1]]}{plain[2]}")
    address = read_parts(url.strip(" "))
    host = (hosts or {}).get(address.host, address.host)
    defaults = (443, 80) if address.scheme == "http" else (443,)
    port = None if address.port in defaults else address.port
    path, query = _without_dots(_normal(address.path)), _kept_query(_normal(address.query))
    return bounded(str(Address("https", host, port, path, query)))


def spellings(domain: str, *former: str) -> dict[str, str]:
    """Return for every host of a newspaper the spelling its addresses are kept in, for `canonical`.

    A former domain keeps its own spelling, because its paths mean nothing on today's host.

    >>> spellings("www.bao.vn")
    {'bao.vn': 'www.bao.vn', 'www.bao.vn': 'www.bao.vn', 'm.bao.vn': 'www.bao.vn'}
    """
    hosts: dict[str, str] = {}
    for name in (domain, *former):
        bare = name.removeprefix("www.").removeprefix("m.")
        for prefix in ("", "www.", "m."):
            hosts.setdefault(prefix + bare, name)
    return hosts


def resolve(base: str, href: str) -> str | None:
    r"""Return the absolute http(s) address that a browser would ask for; never raises.

    The result is None for another scheme (javascript:, mailto:, data:, file:), for a place in the
    same page, and for an address that `canonical` refuses.

    Args:
        base: The absolute address that relative links start from.
        href: The link as printed.

    >>> resolve("https://bao.vn/kinh-te/", "../xa-hoi/tin-1234.html#binh-luan")
    'https://bao.vn/xa-hoi/tin-1234.html'
    >>> resolve("https://bao.vn/", r"\\nguoi-la.vn/x")
    'https://nguoi-la.vn/x'
    >>> resolve("https://bao.vn/", "javascript:void(0)") is None
    True
    """
    try:
        return _resolved(base, href)
    except ValueError:  # BadAddressError, and urlsplit on brackets and ports
        return None


def image_url(base: str, src: str) -> str | None:
    """Return the absolute address of a picture, its path as printed; None where `resolve` has none.

    The VNPT CMS (A3, 2026) glues its prefix to absolute addresses, "/filehttp://…"; the result is
    the inner address.

    >>> image_url("https://bao.vn/tin/", "/file//ab/anh 1.jpg?width=300")
    'https://bao.vn/file//ab/anh%201.jpg?width=300'
    >>> image_url("https://bao.vn/", "/filehttp://cu.vn/thang%203/a.jpg")
    'http://cu.vn/thang%203/a.jpg'
    """
    glued = _GLUED.fullmatch(src.strip())
    return resolve(base, glued[1] if glued else src)


def _resolved(base: str, href: str) -> str | None:
    ours = read_parts(base)
    if _PLAIN.fullmatch(href):
        return bounded(f"{ours.scheme}://{ours.netloc}{href}")
    if whole := _PLAIN_PAGE.fullmatch(href):
        theirs = read_parts(href[: whole.end(1)])
        return bounded(f"{theirs.scheme}://{theirs.netloc}{whole[2]}")
    href = href.strip(_BLANKS)
    if not href or href[0] == "#" or len(href) > 4 * ADDRESS_MAX_CHARS:
        return None
    href = re.sub(r"[\t\n\r]", "", href)
    front = re.split(r"[?#]", href, maxsplit=1)[0]
    href = _SLASHES.sub(r"\1//", front).replace("\\", "/") + href[len(front) :]
    own = urlsplit(href)
    if own.scheme not in ("", "http", "https"):
        return None
    if not own.netloc and (_SLASHES.match(front) or own.scheme not in ("", ours.scheme)):
        return None
    path = own.path or ("/" if own.netloc else ours.path)
    if not path.startswith("/"):
        path = f"{ours.path.rpartition('/')[0]}/{path}"
    target = quote(_without_dots(path) + f"?{own.query}" * bool(own.query), safe=_BROWSER_SAFE)
    host = own.netloc or ours.netloc
    return bounded(str(read_parts(f"{own.scheme or ours.scheme}://{host}{target}")))


def _normal(text: str) -> str:
    return _ESCAPE.sub(_escape, quote(text, safe=_SCRAPY_SAFE))


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0].upper()


def _without_dots(path: str) -> str:
    """Return the path without dot segments (RFC 3986 section 5.2.4); empty segments stay."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1:] in (["."], [".."]):
        kept.append("")
    return "/" + "/".join(kept)


def _kept_query(query: str) -> str:
    pairs = ((pair.partition("=")[0], pair) for pair in query.split("&") if pair)
    kept = [named for named in pairs if not _TRACKING.fullmatch(unquote(named[0]).casefold())]
    return "&".join(pair for _, pair in sorted(kept, key=itemgetter(0)))
