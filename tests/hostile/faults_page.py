"""Faults of what a page says, is, or points to."""

from __future__ import annotations

from tests.hostile.codecs_vn import encode
from tests.hostile.reply import Exchange, Reply, harmless, head

_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


async def f_empty(x: Exchange) -> None:
    x.send(b"")


async def f_soft404(x: Exchange) -> None:
    said = "<title>Không tìm thấy</title><h1>Trang bạn tìm không tồn tại</h1>"
    x.send(f"<html>{said}</html>".encode())


async def f_captcha(x: Exchange) -> None:
    """A 200 that is a bot wall."""
    script = b"<script>document.cookie='D1N=abc';location.reload()</script>"
    x.send(b"<html><title>Just a moment...</title>" + script + b"</html>")


async def f_loop(x: Exchange) -> int:
    """Redirects to itself."""
    return await f_redirect(x, x.request.target)


async def f_chain(x: Exchange) -> int:
    """Redirects to a new address each time, for ever."""
    return await f_redirect(x, f"/x/chain/{x.rng.getrandbits(48):x}")


async def f_redirect(x: Exchange, to: str = "/", code: str = "302") -> int:
    if not harmless(to, x.request.headers.get("host", "")):
        raise ValueError(f"{to}: only in a namespace with loopback alone")
    x.reply = Reply(b"", int(code)).set("Location", to)
    x.send(b"")
    return x.reply.status


async def f_refresh(x: Exchange, to: str = "/") -> None:
    """A meta refresh."""
    if not harmless(to, x.request.headers.get("host", "")):
        raise ValueError(f"{to}: only in a namespace with loopback alone")
    tag = f'<meta http-equiv="refresh" content="0;url={to}">'
    x.send(f"<html><head>{tag}</head></html>".encode())


async def f_cookiewall(x: Exchange) -> int:
    """Will not talk without its cookie."""
    if "wall=1" in x.request.headers.get("cookie", ""):
        x.send(x.reply.body)
        return 200
    x.reply = Reply(b"", 302).set("Location", x.request.target)
    x.send(b"", ("Set-Cookie", "wall=1; Path=/"))
    return 302


async def f_type(x: Exchange, content_type: str = "application/octet-stream") -> None:
    """A right page under a wrong type."""
    x.reply.set("Content-Type", content_type)
    x.send(x.reply.body)


async def f_charset(x: Exchange, codec: str = "windows-1258", declared: str = "") -> None:
    body = encode(x.reply.body.decode("utf-8", "replace"), codec)
    x.reply.set("Content-Type", "text/html" + (f"; charset={declared}" if declared else ""))
    x.send(body)


async def f_deep(x: Exchange, n: str = "100000", tag: str = "div") -> None:
    """The real article inside N nested elements."""
    nest = f"<{tag}>".encode() * int(n)
    x.send(x.reply.body.replace(b"<article", nest + b"<article", 1))


async def f_attrs(x: Exchange, n: str = "200000") -> None:
    attributes = b" ".join(b"a%d=1" % i for i in range(int(n)))
    x.send(x.reply.body.replace(b"<body>", b"<body " + attributes + b">", 1))


async def f_links(x: Exchange, n: str = "200000") -> None:
    """N links to nowhere."""
    links = b"".join(b'<a href="/rac/%d">x</a>' % i for i in range(int(n)))
    x.send(x.reply.body.replace(b"</body>", links + b"</body>", 1))


async def f_xmlbomb(x: Exchange, kind: str = "laughs") -> None:
    """An XML bomb under a sitemap's or a feed's type."""
    if kind == "quadratic":
        entities = f'<!ENTITY a "{"a" * 100_000}">'
        location = "&a;" * 100_000
    elif kind == "external":
        entities = '<!ENTITY e SYSTEM "file:///etc/hostname">'
        location = "http://127.0.0.1/&e;"
    else:
        entities = "".join(
            f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10)
        )
        location = "&l9;"
    x.reply.set("Content-Type", "application/xml")
    urls = f"<urlset><url><loc>{location}</loc></url></urlset>"
    x.send(f'<?xml version="1.0"?><!DOCTYPE u [{entities}]>{urls}'.encode())


async def f_sitemaploop(x: Exchange) -> None:
    """An index that lists itself and two new ones, for ever."""
    base = f"http://{x.request.headers.get('host')}"
    new = (f"{base}/x/sitemaploop/{x.rng.getrandbits(40):x}.xml" for _ in range(2))
    maps = "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in (base + x.request.target, *new))
    x.reply.set("Content-Type", "application/xml")
    x.send(f'<?xml version="1.0"?><sitemapindex {_NS}>{maps}</sitemapindex>'.encode())


async def f_right(x: Exchange) -> None:
    """The right reply: to except an address from a fault whose pattern covers it."""
    x.write(head(x.reply, length=len(x.reply.body)) + x.reply.body)
