"""Links into traps, for list pages: nothing unless --traps names them."""

from __future__ import annotations

import html
import random
from urllib.parse import quote

HOSTS = (
    *("127.0.0.2", "127.1", "2130706434", "0x7f000002", "0177.0.0.2", "[::ffff:127.0.0.2]"),
    *("[::1]", "localhost", "127.0.0.1@127.0.0.2"),
)
ODD = (
    *("//127.0.0.2/x", "file:///etc/hostname", "ftp://127.0.0.1/", "data:text/html,x"),
    *("javascript:alert(1)", "mailto:a@b.vn", "http://[::1", "http://a b/"),
    *("http://127.0.0.1:99999/", "\\\\127.0.0.2\\x", " "),
)


def trap_links(
    trap: str, path: str, aliases: list[str], rng: random.Random, port: int, outside: list[str]
) -> list[str]:
    """The links of one trap on the list page at `path`."""
    if trap == "calendar":
        return ['<a href="/lich/2024/05/01">Lịch</a>']
    if trap == "session":
        return [f'<a href="{path}?sid={rng.getrandbits(64):016x}">Đọc tiếp</a>']
    if trap == "duplicates":
        return [f'<a href="{html.escape(u)}">Bài nổi bật</a>' for u in aliases]
    if trap == "depth":
        return [f'<a href="{path.rstrip("/")}/xem-them/">Xem thêm</a>']
    if trap == "offsite":
        urls = [f"http://{host}:{port}/" for host in (*HOSTS, *outside)] + list(ODD)
        return [f'<a href="{html.escape(u)}">Liên kết</a>' for u in urls]
    return [f'<a href="/x/{quote(trap, safe=":")}/bay.html">Bẫy</a>']


def aliases(p: str) -> list[str]:
    """Ten addresses of one article."""
    queries = ("", "?utm_source=zalo&utm_medium=x", "?fbclid=abc", "#binh-luan", "?print=1")
    odd = ["/amp" + p, p.replace("/", "//", 2), p + "?", p + "?b=2&a=1", p + "?a=1&b=2"]
    return [p + q for q in queries] + odd
