"""The plainest clients of the same pages: what a crawl is measured against.

python -m tests.benchmarks.clients raw|tree|scrapy ADDRESS FILE_OF_URLS
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import scrapy
from lxml import etree
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

_AT_ONCE = 8


def split(url: str) -> tuple[str, str]:
    """The host, and the path with its query."""
    parts = urlsplit(url)
    return parts.netloc, parts._replace(scheme="", netloc="").geturl()


async def fetch_all(address: str, urls: list[str], *, with_tree: bool) -> int:
    """How many pages came, each built into lxml's tree if asked for."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    left: Iterator[str] = iter(urls)
    count = 0

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal count
        for url in left:
            host, path = split(url)
            async with session.get(address + path, headers={"Host": host}) as answer:
                body = await answer.read()
            if answer.status != 200:
                raise OSError(f"{url}: {answer.status}")
            if with_tree:
                etree.fromstring(body, parser)
            count += 1

    connector = aiohttp.TCPConnector(limit=_AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(work(session) for _ in range(_AT_ONCE)))
    return count


class BareSpider(scrapy.Spider):
    """Scrapy as it comes, with a callback that does nothing."""

    name = "bare"
    count = 0

    def __init__(self, address: str, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.address, self.urls = address, urls

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in self.urls:
            host, path = split(url)
            yield scrapy.Request(self.address + path, headers={"Host": host})

    def parse(self, response: Response) -> None:
        type(self).count += response.status == 200


def main() -> None:
    kind, address, file = sys.argv[1:]
    urls = Path(file).read_text("utf-8").split()
    if kind == "scrapy":
        process = CrawlerProcess({"LOG_LEVEL": "ERROR"})
        process.crawl(BareSpider, address=address, urls=urls)
        process.start()
        print(BareSpider.count)
    else:
        print(asyncio.run(fetch_all(address, urls, with_tree=kind == "tree")))


if __name__ == "__main__":
    main()
