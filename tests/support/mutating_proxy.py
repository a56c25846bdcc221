"""A proxy on loopback that hands a server's pages on, changed as a redesign changes them."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from aiohttp import ClientSession, web

_ASKED: Final = ("Host", "User-Agent", "Accept")  # no validators: every page comes whole
_TOLD: Final = ("Content-Type", "Location", "Date")

Redesign = Callable[[str, str], str]
"""(path, HTML) → HTML; "" = 404"""


@dataclass(slots=True)
class MutatingProxy:
    """The address to crawl, and what is done to each page; None hands all on as it is."""

    address: str = ""
    redesign: Redesign | None = None
    api: Redesign | None = None
    """The same for answers in JSON, by path and query"""

    def changed(self, path: str, body: bytes) -> bytes:
        return body if self.redesign is None else self.redesign(path, body.decode()).encode()

    def answered(self, path: str, body: bytes) -> bytes:
        return body if self.api is None else self.api(path, body.decode()).encode()


@contextmanager
def mutating_proxy(upstream: str) -> Iterator[MutatingProxy]:
    """A proxy before that server, in a thread of its own until the block ends."""
    proxy, ready, stop = MutatingProxy(), threading.Event(), threading.Event()
    thread = threading.Thread(target=asyncio.run, args=(_serve(proxy, upstream, ready, stop),))
    thread.start()
    try:
        ready.wait()
        yield proxy
    finally:
        stop.set()
        thread.join()


async def _serve(
    proxy: MutatingProxy, upstream: str, ready: threading.Event, stop: threading.Event
) -> None:
    async with ClientSession(auto_decompress=True) as session:

        async def handle(request: web.BaseRequest) -> web.StreamResponse:
            headers = {name: request.headers[name] for name in _ASKED if name in request.headers}
            async with session.get(
                f"{upstream}{request.rel_url}", headers=headers, allow_redirects=False
            ) as answer:
                body = await answer.read()
                told = {name: answer.headers[name] for name in _TOLD if name in answer.headers}
                if answer.status == 200 and "html" in answer.headers.get("Content-Type", ""):
                    body = proxy.changed(request.path, body)
                elif answer.status == 200 and "json" in answer.headers.get("Content-Type", ""):
                    body = proxy.answered(request.path_qs, body)
                status = answer.status if body else 404
                return web.Response(status=status, body=body, headers=told)

        runner = web.ServerRunner(web.Server(handle, access_log=None))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        proxy.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        await asyncio.to_thread(stop.wait)
        await runner.cleanup()
