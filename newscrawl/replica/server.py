"""The replica on a loopback port: every paper by its Host, the control interface by its path."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final

from aiohttp import web

from newscrawl.replica import truth
from newscrawl.replica.lists import number
from newscrawl.replica.paper import Paper
from newscrawl.replica.press import Kept, Page, Press
from newscrawl.replica.requests_seen import Requests

_ROWS: Final[dict[str, Callable[[Paper], Any]]] = {
    "/__replica/truth": truth.rows,
    "/__replica/gone": truth.gone,
    "/__replica/not_articles": truth.not_articles,
}


class Server:
    """Answers requests out of a press; ends when told or after its time."""

    def __init__(self, press: Press, latency_s: float = 0) -> None:
        self.press, self.latency_s = press, latency_s
        self.seen = Requests()
        self.answered_max: int | None = None
        """How many requests are answered before all others wait; None = no request waits"""
        self.let_go = asyncio.Event()
        self.quit = asyncio.Event()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request to a paper or to the control interface."""
        if request.path.startswith(("/__ctl/", "/__replica/")):
            return await self._control(request)
        host = request.host.rsplit(":", 1)[0].lower()
        self.seen.begin(host, request.path_qs, time.monotonic())
        count = self.seen.hosts.total()
        status = 500
        try:
            await asyncio.sleep(self.latency_s)  # also at 0: every request waiting is counted
            if self.answered_max is not None and count > self.answered_max:
                await self.let_go.wait()
            response = self._answer(request, host)
            status = response.status
        finally:
            self.seen.end(host, status)
        return response

    def _answer(self, request: web.BaseRequest, host: str) -> web.Response:
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        found = self.press.answer(host, request.path, request.query)
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        if isinstance(found, Kept):
            return _conditional(request, found, packs=packs)
        return _plain(found)

    async def _control(self, request: web.BaseRequest) -> web.StreamResponse:
        path, query = request.path, request.query
        if path in _ROWS:
            return await self._rows(request, query.get("host", ""))
        if path == "/__ctl/stats":
            return web.json_response(self.seen.report())
        if path == "/__ctl/edition":
            self.press.edition = max(1, number(query.get("n", ""), 1))
            return web.json_response({"edition": self.press.edition})
        if path == "/__ctl/hold":
            return self._hold(query.get("after"))
        if path == "/__ctl/reset":
            self.seen = Requests()
            self._hold(None)
            self.press.edition = self.press.options.edition
            return web.json_response({"edition": self.press.edition})
        if path == "/__ctl/quit":
            self.quit.set()
            return web.json_response({"quit": True})
        return web.Response(status=404)

    def _hold(self, after: str | None) -> web.Response:
        """Answer so many requests and let the others wait; None lets all go."""
        self.answered_max = None if after is None else number(after, 0)
        if self.answered_max is None:
            self.let_go.set()
        self.let_go = asyncio.Event()
        return web.json_response({"answered_max": self.answered_max})

    async def _rows(self, request: web.BaseRequest, host: str) -> web.StreamResponse:
        """Write JSON Lines as each is worked out, and serve other requests in between."""
        site = self.press.site_of_host.get(host)
        if site is None:
            return web.Response(status=404, text=f"no such newspaper: {host}\n")
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
        await response.prepare(request)
        for row in _ROWS[request.path](self.press.current(site)):
            await response.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            await asyncio.sleep(0)
        await response.write_eof()
        return response


def _plain(page: Page) -> web.Response:
    headers = {"Content-Type": page.content_type}
    if page.location:
        headers["Location"] = page.location
    return web.Response(status=page.status, body=page.body, headers=headers)


def _conditional(request: web.BaseRequest, kept: Kept, *, packs: bool) -> web.Response:
    """Return the page, or 304 where the client has it (RFC 9110 13: If-None-Match goes first)."""
    headers = {"ETag": kept.etag, "Vary": "Accept-Encoding"}
    modified = kept.page.modified
    if modified is not None:
        headers["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if _is_known(request, kept):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = kept.page.content_type
    if packs:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=kept.packed if packs else kept.page.body, headers=headers)


def _is_known(request: web.BaseRequest, kept: Kept) -> bool:
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or kept.etag in [
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        ]
    since = request.headers.get("If-Modified-Since")
    if since is None or kept.page.modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    return moment.tzinfo is not None and kept.page.modified <= moment


@dataclass(frozen=True, slots=True)
class Terms:
    """Where a server listens, how slowly it answers and when it ends."""

    port: int = 0
    latency_s: float = 0
    max_seconds: float = 3600
    with_stdin: bool = False
    """Quit when standard input closes, as it does when the parent ends"""


async def serve(press: Press, terms: Terms, ready: Callable[[int], None]) -> None:
    """Serve on 127.0.0.1 until told to quit or out of time; call `ready` with the port."""
    server = Server(press, terms.latency_s)
    if terms.with_stdin:
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _heed, server.quit)
    runner = web.ServerRunner(web.Server(server.handle, access_log=None))
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", terms.port, shutdown_timeout=1, backlog=512)
        await site.start()
        ready(runner.addresses[0][1])
        await asyncio.wait_for(server.quit.wait(), terms.max_seconds)
    except TimeoutError:
        pass
    finally:
        await runner.cleanup()


def _heed(quit_event: asyncio.Event) -> None:
    """Tell the server to quit at the end of standard input: then the parent is gone."""
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        quit_event.set()
