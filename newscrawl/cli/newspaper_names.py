"""Which newspaper a person means by a name, a host or an address."""

import unicodedata
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlsplit

from newscrawl.catalogue.entries import CatalogueEntry
from newscrawl.config.program import to_type

_LIKENESS_MIN: Final = 0.75


def name_of_host(given: str, hosts: Mapping[str, str]) -> str | None:
    """Return the newspaper whose host is given, alone or in an address; None for no such host.

    Args:
        given: What a person typed.
        hosts: Every host of every newspaper → the newspaper's name.

    >>> name_of_host("https://Baothu.vn/kinh-te/", {"baothu.vn": "baothu"})
    'baothu'
    >>> name_of_host("baothu.vn", {"baothu.vn": "baothu"})
    'baothu'
    >>> name_of_host("baothu", {"baothu.vn": "baothu"})
    """
    return hosts.get(host_of(given))


def host_of(given: str) -> str:
    """Return the host that is given, alone or in an address; "" where none can be read.

    >>> host_of("https://Baothu.vn./kinh-te/"), host_of("baothu.vn"), host_of("http://[x")
    ('baothu.vn', 'baothu.vn', '')
    """
    try:
        host = urlsplit(given if "://" in given else f"//{given}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".")


def hint(given: str, names: Collection[str], entries: Collection[CatalogueEntry]) -> str:
    """Return what helps a person whose name is no newspaper's.

    Args:
        given: What the person typed.
        names: The newspapers that have a spider.
        entries: The catalogue.
    """
    plain = letters(given)
    for entry in entries:
        label = _label(entry)
        if label not in names and plain in (label, letters(entry.paper), letters(entry.domain)):
            return f"{entry.paper} ({entry.domain}) is known, and has no spider yet"
    titles = {letters(entry.paper): _label(entry) for entry in entries if _label(entry) in names}
    words = {name: name for name in names} | titles
    near = get_close_matches(plain, words, 1, cutoff=_LIKENESS_MIN)
    return f"did you mean {words[near[0]]}?" if near else f"{to_type('papers')} lists them"


def _label(entry: CatalogueEntry) -> str:
    """Return the first label of the domain, by which spiders are named."""
    return entry.domain.removeprefix("www.").partition(".")[0]


def letters(text: str) -> str:
    """Return the text's letters and digits, small and without marks.

    >>> letters("Báo Đắk Lắk"), letters("BaoTuyenQuang")
    ('baodaklak', 'baotuyenquang')
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalnum())
