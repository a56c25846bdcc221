"""A stranger's newspaper on loopback: answers by path, counts what is asked."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.strangers.stories import Story


@dataclass(frozen=True)
class Answer:
    """What a server sends."""

    body: str | bytes = ""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode()


NOT_FOUND = Answer("<html><body><h1>404</h1><p>Not Found</p></body></html>", 404)


@dataclass(frozen=True)
class Stranger:
    """A newspaper: its name in the archive, its host, its pages, and the truth."""

    name: str
    host: str
    answer: Callable[[str, Mapping[str, str]], Answer]
    """Path and query → answer"""
    stories: tuple[Story, ...]
    truth: Callable[[Story], dict[str, Any]]

    @property
    def address(self) -> str:
        return f"https://{self.host}/"

    def truths(self) -> dict[str, dict[str, Any]]:
        """What is right, by the article's address."""
        return {row["url"]: row for row in map(self.truth, self.stories)}


@dataclass
class Serving:
    """A stranger's newspaper that listens."""

    site: Stranger
    mirror: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    """Path and query of each request"""
    changed: Callable[[str, Answer], Answer] | None = None
    """A fault or redesign that a test brings"""

    def reply(self, target: str) -> Answer:
        self.asked[target] += 1
        parts = urlsplit(target)
        found = self.site.answer(parts.path, dict(parse_qsl(parts.query)))
        return self.changed(target, found) if self.changed else found

    def asked_articles(self) -> set[str]:
        """Articles' addresses that were asked for."""
        own = {url.removeprefix(f"https://{self.site.host}") for url in self.site.truths()}
        return own & set(self.asked)


@contextmanager
def serving(site: Stranger) -> Iterator[Serving]:
    """The newspaper on a free port of loopback, until the block ends."""
    state = Serving(site)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = state.reply(self.path)
            self.send_response(found.status)
            for name, value in {"Content-Type": found.content_type, **found.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.raw)))
            self.end_headers()
            self.wfile.write(found.raw)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.mirror = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
