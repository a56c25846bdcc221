"""`python -m tests.support.many_site`: the replica's first paper on any host, some troubled."""

import argparse
import asyncio
from collections.abc import Mapping
from functools import lru_cache

from newscrawl.replica.press import Kept, Page, Press
from newscrawl.replica.server import Terms, serve
from newscrawl.replica.site import Options

HOST = "baotuyenquang.com.vn"


class ManyPress(Press):
    """The first paper under every host that is asked for; a troubled host answers in its way."""

    def __init__(self, options: Options, troubles: Mapping[str, str]) -> None:
        super().__init__(options)
        self.troubles = troubles
        self.renamed = lru_cache(maxsize=8192)(self._under_host)

    def answer(self, host: str, path: str, query: Mapping[str, str]) -> Page | Kept:
        trouble = self.troubles.get(host)
        if trouble == "dead" and path != "/robots.txt":
            return Page(503, b"down")
        if trouble == "robots" and path == "/robots.txt":
            return Page(200, b"User-agent: *\nDisallow: /\n", "text/plain")
        if trouble == "blocked" and path != "/robots.txt":
            return Page(403, b"<html><body><h1>Forbidden</h1></body></html>")
        if trouble == "endless" and "first" in query:
            query = {**query, "first": "0"}
        found = super().answer(HOST, path, query)
        if isinstance(found, Kept):
            return self.renamed(host, found)
        body = found.body.replace(HOST.encode(), host.encode())
        return Page(found.status, body, found.content_type, found.location.replace(HOST, host))

    def _under_host(self, host: str, kept: Kept) -> Kept:
        body = kept.page.body.replace(HOST.encode(), host.encode())
        if self.troubles.get(host) == "redesign":
            body = body.replace(b'class="', b'class="v2-')
        return Kept(Page(200, body, modified=kept.page.modified))


def main() -> None:
    """Serve until standard input closes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--latency-ms", type=float, default=0)
    parser.add_argument("--page-bytes", type=int, nargs=2, metavar="N")
    parser.add_argument("--trouble", action="append", default=[], metavar="HOST=KIND")
    asked = parser.parse_args()
    troubles = dict(pair.split("=", 1) for pair in asked.trouble)
    page_bytes = tuple(asked.page_bytes) if asked.page_bytes else None
    press = ManyPress(Options(articles=asked.articles, page_bytes=page_bytes), troubles)
    terms = Terms(0, asked.latency_ms / 1000, 3600, with_stdin=True)
    asyncio.run(serve(press, terms, lambda port: print(port, flush=True)))


if __name__ == "__main__":
    main()
