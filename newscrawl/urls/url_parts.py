"""Split an absolute address into its parts, where every reader agrees on them.

An address that a browser and this module could read differently is refused: credentials, numeric
hosts in odd spellings, backslashes, control characters.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

ADDRESS_MAX_CHARS: Final = 2_048

_UNREADABLE: Final = re.compile(r"[\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMERIC_HOST: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
# Latin letters without ß. For all others IDNA 2003, which Python knows, and browsers may disagree.
_LATIN_HOST: Final = re.compile(r"[\x00-\xde\xe0-\u024f\u0300-\u036f\u1e00-\u1eff]*")


class BadAddressError(ValueError):
    """An address that no newspaper needs, or that two readers would take for two hosts."""


class Address(NamedTuple):
    """An absolute address, its host in ASCII and lower case."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str

    @property
    def netloc(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{self.netloc}{self.path}{query}"


@lru_cache(maxsize=256)  # a page's own address is the base of all its links and pictures
def read_parts(url: str) -> Address:
    """Return the parts of an absolute address.

    Raises:
        BadAddressError: Two readers could take the address for two hosts, or it is too long.
    """
    bounded(url)
    if _UNREADABLE.search(url):
        raise BadAddressError(f"backslash or control character: {url!r}")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddressError(f"{error}: {url!r}") from error
    if parts.scheme not in ("http", "https") or not host or not {"@", "["}.isdisjoint(parts.netloc):
        raise BadAddressError(f"not a plain http(s) address: {url!r}")
    return Address(parts.scheme, _ascii_host(host), port, parts.path or "/", parts.query)


def bounded(url: str) -> str:
    """Return the address; raise `BadAddressError` for more than `ADDRESS_MAX_CHARS` characters."""
    if len(url) > ADDRESS_MAX_CHARS:
        raise BadAddressError(f"{len(url)} characters: {url[:80]!r}…")
    return url


def _ascii_host(host: str) -> str:
    """Return the host in ASCII (RFC 3490); raise `BadAddressError` for a number in an odd spelling.

    An odd spelling is one that some readers take for octal or hexadecimal.
    """
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
        if _NUMERIC_HOST.fullmatch(name):
            return str(IPv4Address(name))
    except ValueError as error:
        raise BadAddressError(f"{error}: host {host!r}") from error
    if not _HOST.fullmatch(name) or not _LATIN_HOST.fullmatch(host):
        raise BadAddressError(f"host {host!r}")
    return name
