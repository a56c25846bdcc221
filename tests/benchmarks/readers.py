"""One reader over saved pages, in the Python it is installed in; prints its median ms a page.

    PYTHON tests/benchmarks/readers.py READER FOLDER     (lxml, newscrawl, trafilatura, fundus, …)

FOLDER holds <number>.html and urls.txt. Each page is read three times, its best counts.
"""

import importlib
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

Read = Callable[[str, bytes], object]


def lxml_tree() -> Read:
    etree = importlib.import_module("lxml.etree")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return lambda _, body: etree.fromstring(body, parser)


def newscrawl_reader() -> Read:
    """All fields, of the newspaper the address belongs to."""
    document: Any = importlib.import_module("newscrawl.page.document").Document
    choose_page: Any = importlib.import_module("newscrawl.article.page_class_choice").choose_page
    paper_of: Any = importlib.import_module("newscrawl.cli.read_page").newspaper_of
    spiders = importlib.import_module("newscrawl.spiders.baotuyenquang")
    now = datetime(2026, 11, 25, tzinfo=UTC)

    def read(url: str, body: bytes) -> object:
        found = document(url, body, fetched_at=now, content_type="text/html;charset=UTF-8")
        paper = paper_of(url, [spiders.BaoTuyenQuangSpider])
        return choose_page(paper.pages, found, paper.paper).to_item()

    return read


def trafilatura_reader() -> Read:
    bare: Any = importlib.import_module("trafilatura").bare_extraction
    return lambda url, body: bare(body.decode(), url=url, with_metadata=True)


def newspaper_reader() -> Read:
    article: Any = importlib.import_module("newspaper").Article

    def read(url: str, body: bytes) -> object:
        found = article(url, language="vi")
        found.download(input_html=body.decode())
        found.parse()
        return found.text

    return read


def news_please_reader() -> Read:
    news: Any = importlib.import_module("newsplease").NewsPlease
    return lambda url, body: news.from_html(body.decode(), url=url)


def fundus_reader() -> Read:
    sys.path.insert(0, str(Path(__file__).parent))
    parser = importlib.import_module("fundus_crawl").ReplicaParser()()
    return lambda _, body: parser.parse(body.decode(), "suppress")


READERS: dict[str, Callable[[], Read]] = {
    "lxml": lxml_tree,
    "newscrawl": newscrawl_reader,
    "trafilatura": trafilatura_reader,
    "fundus": fundus_reader,
    "newspaper4k": newspaper_reader,
    "news-please": news_please_reader,
}


def main() -> None:
    reader, folder = sys.argv[1], Path(sys.argv[2])
    urls = (folder / "urls.txt").read_text("utf-8").split()
    read = READERS[reader]()
    spent: list[float] = []
    for number, url in enumerate(urls):
        body = (folder / f"{number}.html").read_bytes()
        times = []
        for _ in range(3):
            began = time.process_time()
            if read(url, body) is None:  # what was read is given back within the time
                raise ValueError(f"{reader} reads nothing of {url}")
            times.append(time.process_time() - began)
        spent.append(min(times))
    print(median(spent) * 1000)


if __name__ == "__main__":
    main()
