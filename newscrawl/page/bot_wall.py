"""Bot walls: responses that challenge a browser instead of giving the page."""

import re
from typing import Final

_WALL_MAX_BYTES: Final = 40_000  # walls are small pages; articles about walls are larger
_TITLE: Final = re.compile(rb"<title[^>]{0,200}>\s{0,200}([^<]{0,200})", re.IGNORECASE)
_WALL_TITLES: Final = (
    b"just a moment",
    b"one moment, please",
    b"attention required",
    b"access denied",
    b"checking your browser",
    b"ddos-guard",
    b"are you a robot",
    b"verify you are human",
    b"human verification",
    b"security check",
    b"captcha",
)
_WALL_MARKS: Final = (b"_cf_chl_opt", b"_incapsula_resource", b"px-captcha", b"ddos-guard/js")
_RELOAD: Final = re.compile(rb"location(?:\.href)?\s{0,9}=|location\.re(?:load|place)")


def looks_like_bot_wall(body: bytes, status: int = 200) -> bool:
    """Return whether a response is a challenge to a browser instead of the requested page.

    The signs are titles and script names of the walls of Cloudflare, Imperva, HUMAN and DDoS-Guard,
    and the page of D1N (in front of several Vietnamese papers), which sets a cookie and reloads.
    A large page is no wall, nor is a page with status 200, a headline and a paragraph, because
    articles write about captchas.

    >>> looks_like_bot_wall(b"<html><title>Just a moment...</title>")
    True
    >>> looks_like_bot_wall(b"<title>Captcha</title><h1>Captcha</h1><p>...</p></html>")
    False
    """
    if len(body) > _WALL_MAX_BYTES or (status == 200 and b"<article" in body):
        return False
    low = body.lower()
    if any(mark in low for mark in _WALL_MARKS):
        return True
    if status == 200 and b"<h1" in low and b"<p" in low:
        return False
    title = _TITLE.search(low)
    if title and title[1].startswith(_WALL_TITLES):
        return True
    _, cookie, after = low.partition(b"document.cookie")
    return b"<p" not in low and bool(cookie) and _RELOAD.search(after) is not None
