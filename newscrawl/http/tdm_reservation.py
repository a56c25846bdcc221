"""Reservations from text and data mining that a paper's pages and files state. Pure.

They are recorded, so that users of an archive know them; robots.txt alone decides what is fetched.
The words are those of the TDM Reservation Protocol (W3C community report, 2024) and of robots meta
tags.
"""

import json
import re
from collections.abc import Mapping
from typing import Final

_HEAD_BYTES: Final = 30_000
_META: Final = re.compile(rb"<meta\s[^>]{1,500}>", re.IGNORECASE)
_NAMES: Final = (b"tdm-reservation", b"robots")
_ATTRIBUTE: Final = re.compile(
    rb"""([a-z-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s"'>]{1,300}))""",
    re.IGNORECASE,
)
_WORDS: Final = frozenset({"noai", "noimageai", "noindex", "noarchive", "nosnippet", "none"})
HEADERS: Final = ("tdm-reservation", "x-robots-tag")
WELL_KNOWN: Final = "/.well-known/tdmrep.json"


def from_headers(headers: Mapping[str, str]) -> tuple[str, ...]:
    """Return what an answer's headers reserve.

    >>> from_headers({"tdm-reservation": "1", "x-robots-tag": "noai, nofollow"})
    ('header:tdm-reservation', 'header:noai')
    """
    low = {name.lower(): value for name, value in headers.items()}
    found = ["header:tdm-reservation"] if low.get("tdm-reservation", "").strip() == "1" else []
    return (*found, *(f"header:{word}" for word in _words(low.get("x-robots-tag", ""))))


def from_page(body: bytes) -> tuple[str, ...]:
    """Return what a page's meta tags reserve, in its first 30,000 bytes.

    >>> from_page(b'<meta name="robots" content="noai"><meta name=tdm-reservation content=1>')
    ('meta:noai', 'meta:tdm-reservation')
    """
    found: list[str] = []
    for tag in _META.findall(body[:_HEAD_BYTES]):
        if not any(name in tag.lower() for name in _NAMES):
            continue
        matches = _ATTRIBUTE.finditer(tag)
        pairs = {m[1].lower(): (m[2] or m[3] or m[4] or b"").strip() for m in matches}
        name, content = pairs.get(b"name", b"").lower(), pairs.get(b"content", b"")
        if name == b"tdm-reservation" and content == b"1":
            found.append("meta:tdm-reservation")
        elif name == b"robots":
            found += [f"meta:{word}" for word in _words(content.decode("latin-1"))]
    return tuple(dict.fromkeys(found))


def from_well_known(body: bytes) -> tuple[str, ...]:
    """Return what a host's tdmrep.json reserves, for all paths or for some.

    >>> from_well_known(b'[{"location": "/", "tdm-reservation": 1}]')
    ('tdmrep',)
    """
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    reserved = [
        rule
        for rule in (rules if isinstance(rules, list) else ())
        if isinstance(rule, dict) and rule.get("tdm-reservation") in (1, "1")
    ]
    if not reserved:
        return ()
    whole = any(rule.get("location") in ("/", "/*", "*") for rule in reserved)
    return ("tdmrep",) if whole else ("tdmrep:partly",)


def _words(text: str) -> list[str]:
    """Return the directives of a robots header or tag that restrict the use of a page."""
    words = (word.strip().lower() for word in re.split(r"[,:]", text[:500]))
    return list(dict.fromkeys(word for word in words if word in _WORDS))
