"""The User-Agent: the project, its version, and the address of the operator."""

import re
from typing import Final
from urllib.parse import urlsplit

from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.version import __version__

_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_HOST: Final = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_EXAMPLE: Final = re.compile(
    r"[@/.](?:example(?:\.(?:com|net|org))?|baothu\.vn)(?:[:/?#]|$)", re.IGNORECASE
)
_VISIBLE: Final = re.compile(r"[!-~]{1,200}")
AGENT: Final = "newscrawl"
"""The product token that robots.txt may name"""


def user_agent(contact: str | None) -> str:
    """Return the User-Agent header.

    >>> user_agent("ban@toasoan.vn") == f"newscrawl/{__version__} (+ban@toasoan.vn)"
    True

    Raises ArgumentError for a contact that is neither an e-mail nor an https address.
    """
    if not contact:
        return f"{AGENT}/{__version__}"
    return f"{AGENT}/{__version__} (+{checked_contact(contact)})"


def checked_contact(contact: str | None) -> str:
    """Return the contact for a crawl of live papers; raises ArgumentError saying how to set one.

    >>> checked_contact(" https://toasoan.vn/newscrawl ")
    'https://toasoan.vn/newscrawl'
    >>> checked_contact("me")
    Traceback (most recent call last):
    newscrawl.exceptions.ArgumentError: CONTACT 'me' is not an e-mail or https address: set ...
    """
    text = (contact or "").strip()
    if not text:
        raise ArgumentError(f"a crawl of a live newspaper needs a contact: {_help()}")
    if _EXAMPLE.search(text):
        raise ArgumentError(f"CONTACT {text[:80]!r} is the example, nobody's address: {_help()}")
    if not (_EMAIL.fullmatch(text) or _is_https(text)):
        raise ArgumentError(f"CONTACT {text[:80]!r} is not an e-mail or https address: {_help()}")
    return text


def _help() -> str:
    return (
        "set an e-mail or https address at which the papers can reach you: contact in"
        f" newscrawl.toml ({to_type('init --contact ADDRESS')} writes one where there is none), or"
        " NEWSCRAWL_CONTACT, or -s CONTACT=ADDRESS"
    )


def _is_https(text: str) -> bool:
    if not _VISIBLE.fullmatch(text) or "(" in text or ")" in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "@" not in parts.netloc and _HOST.fullmatch(host) is not None
