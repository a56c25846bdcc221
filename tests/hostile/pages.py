"""What the newspaper answers when nothing is wrong."""

from __future__ import annotations

import email.utils
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from tests.hostile.options import Options
from tests.hostile.paper import Site
from tests.hostile.reply import Reply, Request
from tests.hostile.specials import VN, Article
from tests.hostile.template import fill


def _text(said: str, kind: str = "text/html") -> Reply:
    body = said.encode("utf-8", "surrogatepass")
    return Reply(body).set("Content-Type", f"{kind}; charset=utf-8")


class Pages:
    def __init__(self, site: Site, o: Options) -> None:
        self.site, self.o = site, o

    def answer(self, q: Request, base: str) -> Reply:
        reply = self.file(q, base) or self.trap(q.path) or self.listing(q.path)
        return reply or self.article(q, base) or self.front(q.path) or self.missing()

    def file(self, q: Request, base: str) -> Reply | None:
        p = q.path
        if p == "/robots.txt":
            return _text(self.o.robots_text or self.robots(base), "text/plain")
        if m := re.match(r"/sitemap(?:-(\d+))?\.xml$", p):
            return _text(self.site.sitemap(int(m[1] or 0), base), "application/xml")
        if (m := re.match(r"/rss/([a-z-]+)\.rss$", p)) and m[1] in self.site.cats:
            return _text(self.site.rss(m[1], base), "application/rss+xml")
        if p.startswith("/media/"):
            picture = b"\xff\xd8\xff\xe0" + b"0" * 64
            return Reply(picture).set("Content-Type", "image/jpeg")
        if p.endswith("/api/article/list") and self.o.fronts:
            return _text(json.dumps({"response": [], "total": 0}), "application/json")
        return None

    def robots(self, base: str) -> str:
        rules = f"User-agent: *\nDisallow: /cam/\nCrawl-delay: {self.o.crawl_delay}\n"
        return f"{rules}Sitemap: {base}/sitemap.xml\n"

    def trap(self, p: str) -> Reply | None:
        if p.startswith("/cam/"):
            return _text("<h1>cấm</h1>")
        if m := re.match(r"/lich/(\d{1,4})/(\d{1,2})/(\d{1,2})$", p):  # a calendar without end
            year = min(max(int(m[1]), 1), 9998)
            day = datetime(year, int(m[2]), int(m[3]), tzinfo=VN)
            days = (day + timedelta(days=n) for n in (-1, 1, 31))
            return _text("".join(f'<a href="/lich/{d:%Y/%m/%d}">{d:%d/%m/%Y}</a> ' for d in days))
        return _text(self.site.listing(None, 1, p)) if "/xem-them/" in p else None

    def listing(self, p: str) -> Reply | None:
        s = self.site
        if p == "/":
            return _text(s.listing(None, 1, p))
        if (m := s.page_rx.match(p)) and m["cat"] in s.cats:
            return _text(s.listing(m["cat"], int(m["page"]), p))
        if (m := s.list_rx.match(p)) and m["cat"] in s.cats and not self.o.fronts:
            return _text(s.listing(m["cat"], 1, p))
        return None

    def article(self, q: Request, base: str) -> Reply | None:
        s = self.site
        clean = re.sub("/{2,}", "/", q.path.removeprefix("/amp"))
        m = s.article_rx.match(clean)
        a = s.article(int(m["id"])) if m else None
        if a is None:
            return None
        if a.gone:
            return Reply(f"<h1>{a.gone}</h1>".encode(), a.gone)
        if unquote(clean) != unquote(s.path(a)) and not clean.endswith(".amp"):
            return Reply(b"", 301).set("Location", quote(s.path(a), safe="/%"))
        return self.conditional(q, s.render(a, base), a)

    def conditional(self, q: Request, body: bytes, a: Article) -> Reply:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        charset = f"; charset={a.declared}" if a.declared else ""
        reply = Reply(body).set("ETag", tag).set("Content-Type", "text/html" + charset)
        if a.modified and 1970 < a.modified.year < 2100:
            moment = email.utils.format_datetime(a.modified.astimezone(UTC), usegmt=True)
            reply.set("Last-Modified", moment)
        if q.headers.get("if-none-match") == tag:
            reply.status, reply.body = 304, b""
        return reply

    def front(self, p: str) -> Reply | None:
        """A section of today's CMS, which has no article yet."""
        if self.o.fronts and re.fullmatch(r"/(?:[a-z0-9-]+/)+", p):
            return _text(fill(self.site.t["front"], path=p, nav=self.site.nav()))
        return None

    def missing(self) -> Reply:
        return Reply("<h1>404 Không tìm thấy trang</h1>".encode(), 404)
