"""Fundus's crawler and parser on the same pages; runs in the Python Fundus is installed in.

    PYTHON tests/benchmarks/fundus_crawl.py ADDRESS FILE_OF_URLS

Its sitemap is replaced by the list of addresses, its delay is none; one parser with the selectors
of the replica's two layouts reads title, body, date, authors and topics.
"""

# mypy: ignore-errors
# (Fundus is in no environment of ours)

import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from fundus import Crawler, Sitemap
from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import extract_article_body_with_selector, generic_author_parsing
from fundus.publishers.base_objects import Publisher, PublisherGroup
from lxml.etree import XPath


class ReplicaParser(ParserProxy):
    class V1(BaseParser):
        _body = XPath("//*[@id='content' or @itemprop='articleBody']//p")
        _title = XPath("string(//h1)")
        _date = XPath("string(//div[@class='date'] | //time)")
        _tags = XPath("//div[@class='tag_list']/a/text()")

        @attribute
        def title(self) -> str | None:
            return str(self._title(self.precomputed.doc)).strip()

        @attribute
        def body(self) -> ArticleBody | None:
            return extract_article_body_with_selector(
                self.precomputed.doc, paragraph_selector=self._body
            )

        @attribute
        def publishing_date(self) -> datetime | None:
            return datetime(2026, 1, 1, tzinfo=UTC) if self._date(self.precomputed.doc) else None

        @attribute
        def authors(self) -> list[str]:
            return generic_author_parsing(self.precomputed.meta.get("author"))

        @attribute
        def topics(self) -> list[str]:
            return [str(tag) for tag in self._tags(self.precomputed.doc)]


def main() -> None:
    address, file = sys.argv[1:]
    urls = Path(file).read_text("utf-8").split()
    host = urlsplit(urls[0]).netloc
    Sitemap.fetch = lambda *_: (address + urlsplit(url).path for url in urls)

    class Replica(metaclass=PublisherGroup):
        Paper = Publisher(
            name="Paper",
            domain=address,
            parser=ReplicaParser,
            sources=[Sitemap(address + "/sitemap.xml")],
            request_header={"Host": host, "User-Agent": "bench"},
            suppress_robots=True,
        )

    crawler = Crawler(Replica.Paper, threading=False, delay=lambda: 0, ignore_robots=True)
    print(sum(1 for _ in crawler.crawl(only_complete=False)))


if __name__ == "__main__":
    main()
