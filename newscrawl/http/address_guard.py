"""The address guard: a connection may go to a public address or to the operator's mirror only."""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from newscrawl.exceptions import ArgumentError, NewscrawlError

Address = IPv4Address | IPv6Address


class ForbiddenAddressError(NewscrawlError):
    """A connection would leave the public internet; raised by the download handler, not retried."""

    def __init__(self, host: str, address: str, reason: str) -> None:
        super().__init__(f"{host} is {address}, a {reason} address: refused")
        self.host = host
        self.address = address
        self.reason = reason


class UntrustedCertificateError(NewscrawlError):
    """A server's certificate is not valid for its name; raised by the download handler."""


# IANA special-purpose address registries (RFC 6890 and its successors); `ipaddress.is_global`
# is not used because its answer changes between Python's patch releases. The first match counts.
_SPECIAL: Final = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("169.254.169.254/32", "metadata"),
        ("169.254.170.0/24", "metadata"),  # containers' credentials
        ("168.63.129.16/32", "metadata"),  # public by number, answers inside one cloud only
        ("100.100.100.200/32", "metadata"),
        ("192.0.0.192/32", "metadata"),
        ("fd00:ec2::254/128", "metadata"),
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),  # carrier-grade NAT, RFC 6598
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link_local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "reserved"),
        ("198.51.100.0/24", "reserved"),
        ("203.0.113.0/24", "reserved"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("64:ff9b:1::/48", "private"),
        ("100::/64", "reserved"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "reserved"),
        ("3fff::/20", "reserved"),
        ("5f00::/16", "reserved"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link_local"),
        ("fec0::/10", "private"),  # site-local, RFC 3879
        ("ff00::/8", "multicast"),
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")


def _embedded(address: Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for; None where it stands for none."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def refusal(address: Address) -> str | None:
    """Return why an address is not on the public internet; None for an address that is.

    The reason is one of metadata, loopback, private, shared, link_local, multicast, reserved,
    unspecified.

    >>> refusal(ip_address("203.162.4.190")) is None
    True
    >>> refusal(ip_address("::ffff:127.0.0.1"))
    'loopback'
    >>> refusal(ip_address("169.254.169.254"))
    'metadata'
    """
    if (inner := _embedded(address)) is not None:
        return refusal(inner)
    return next((reason for network, reason in _SPECIAL if _inside(address, network)), None)


def _inside(address: Address, network: IPv4Network | IPv6Network) -> bool:
    return address.version == network.version and address in network


def literal(host: str) -> Address | None:
    """Return the address that a host spells out in numbers; None for a name.

    >>> literal("[::1]"), literal("baotuyenquang.com.vn")
    (IPv6Address('::1'), None)
    """
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def check_addresses(host: str, addresses: Iterable[str]) -> None:
    """Raise ForbiddenAddressError unless every address that a host resolved to is public.

    One forbidden address condemns all of them: an attacker who mixes public and private addresses
    under one name leads a resolver into the operator's network.
    """
    for text in addresses:
        address = literal(text)
        reason = "unreadable" if address is None else refusal(address)
        if reason:
            raise ForbiddenAddressError(host, text, reason)


_PORTS: Final = {"http": 80, "https": 443}


def off_limits(url: str, hosts: AbstractSet[str] | None) -> str | None:
    """Return why a request may not go to an address, in one word; None where it may.

    The words: scheme (neither http nor https), userinfo (a name before an @ hides the host), host
    (not one of `hosts`), port (not the scheme's own, unless `hosts` has "host:port"), address (the
    address cannot be read).

    Args:
        url: The address of the request.
        hosts: The hosts that may be asked; None where every host may.

    >>> off_limits("https://baothu.vn/a", {"baothu.vn"}) is None
    True
    >>> off_limits("https://baothu.vn@127.0.0.2/", {"baothu.vn"})
    'userinfo'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "address"
    host = (parts.hostname or "").lower()
    if parts.scheme not in _PORTS:
        return "scheme"
    if "@" in parts.netloc:
        return "userinfo"
    if hosts is not None and f"{host}:{port}" in hosts:
        return None
    if not host or (hosts is not None and host not in hosts):
        return "host"
    return None if port in (None, _PORTS[parts.scheme]) else "port"


@dataclass(frozen=True, slots=True)
class Mirror:
    """Servers that are asked in the papers' place, with the same requests (curl's --connect-to)."""

    everything: str | None = None
    """Base address for every host, scheme://host[:port]"""
    by_host: Mapping[str, str] = field(default_factory=dict)
    """Base address by the paper's host"""

    def base(self, host: str) -> str | None:
        """Return the base address of the mirror of a host; None where the paper itself is asked."""
        return self.by_host.get(host.lower(), self.everything)

    def servers(self) -> frozenset[str]:
        """Return the host names of all mirrors; they are the operator's and need not be public."""
        bases = (*self.by_host.values(), self.everything)
        return frozenset(urlsplit(base).hostname or "" for base in bases if base)

    def routed(self, url: str) -> str | None:
        """Return the same path and query on the mirror; None where the host has no mirror.

        >>> Mirror("http://127.0.0.1:8000").routed("https://baotuyenquang.com.vn/kinh-te/?a=1")
        'http://127.0.0.1:8000/kinh-te/?a=1'
        """
        parts = urlsplit(url)
        base = self.base(parts.hostname or "")
        if base is None:
            return None
        query = f"?{parts.query}" if parts.query else ""
        return f"{base}{parts.path or '/'}{query}"


def mirror_from(value: object) -> Mirror:
    """Return the mirror of a MIRROR setting: nothing, one address, or addresses by host (JSON).

    >>> mirror_from('{"a.vn": "http://127.0.0.1:1"}').base("a.vn")
    'http://127.0.0.1:1'

    Raises ArgumentError.
    """
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise ArgumentError(f"MIRROR is not JSON: {error}") from error
    if value is None or value == "":
        return Mirror()
    if isinstance(value, str):
        return Mirror(everything=_base(value))
    if isinstance(value, Mapping):
        return Mirror(by_host={str(host).lower(): _base(str(to)) for host, to in value.items()})
    raise ArgumentError(f"MIRROR is neither an address nor addresses by host: {value!r}")


def _base(text: str) -> str:
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ArgumentError(f"MIRROR is not of the form http://host:port: {text!r}")
    return f"{parts.scheme}://{parts.netloc}"
