"""(g): a collection like CC-NEWS taken in, beside the crawlers that Fundus and news-please have."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from gzip import compress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newscrawl.replica import running_replica
from tests.benchmarks.archives import HOST
from tests.benchmarks.measuring import Cost, cost, interleaved
from tests.benchmarks.news_collection import Written, elsewhere, write_collection
from tests.benchmarks.sections import PAGE_BYTES, Figures, Terms, archived, page

_HERE = Path(__file__).parent
_FEW_PAGES = 100
"""Articles that news-please reads: it takes a hundred times longer"""
_UNPACKED_BYTES = 110_000
"""Of the collection, for each article asked for: 1.1 GB for 10,000"""
_ALL = float("inf")
Run = Callable[[], dict[str, float]]


def ingest(terms: Terms) -> Figures:
    """MB of WARC, unpacked, and articles a CPU second, start included, on one core each."""
    pages = articles(terms)
    whole = terms.articles * _UNPACKED_BYTES
    mixed, own, few = (terms.folder / f"{name}.warc.gz" for name in ("mixed", "own", "few"))
    none = write_collection(mixed, elsewhere(pages), whole)
    every = write_collection(own, pages, _ALL)
    some = write_collection(few, pages[:_FEW_PAGES], _ALL)
    for name, written in (("mixed", none), ("own", every)):
        print(f"  {name}: {written}", file=sys.stderr)
    runs: dict[str, Run] = {
        "newscrawl, none match": lambda: figures(_newscrawl(terms, mixed, 0), none, 0),
        "newscrawl, all match": lambda: figures(
            _newscrawl(terms, own, every.pages), every, every.pages
        ),
    }
    if terms.fundus_python:
        runs["Fundus, none match"] = lambda: figures(_fundus(terms, mixed), none, 0)
        runs["Fundus, all match"] = lambda: figures(_fundus(terms, own), every, every.pages)
    if "news-please" in terms.pythons:
        runs["news-please, none match"] = lambda: figures(_newsplease(terms, mixed), none, 0)
        runs["news-please, all match"] = lambda: figures(_newsplease(terms, few), some, some.pages)
    return interleaved(terms.rounds, runs)


def articles(terms: Terms) -> list[tuple[str, bytes]]:
    """Address and page of the newspaper's articles, a third of the collection's pages."""
    options = {"articles": terms.articles // 3, "page_bytes": PAGE_BYTES, "max_seconds": 36_000}
    with running_replica(warm=True, **options) as replica:
        rows = [row for row in replica.truth(HOST) if row["http_status"] == 200]
        return [(row["url"], page(replica, row["url"])) for row in rows]


def figures(spent: Cost, written: Written, wanted: int) -> dict[str, float]:
    """The speed; raises ValueError where another number of articles was found."""
    if (found := int(spent.said.split()[-1])) != wanted:
        raise ValueError(f"{found} articles were found, not {wanted}")
    return {
        "unpacked_mb_a_cpu_s": written.unpacked_bytes / 1e6 / spent.cpu_s,
        "packed_mb_a_cpu_s": written.packed_bytes / 1e6 / spent.cpu_s,
        "articles_a_cpu_s": wanted / spent.cpu_s,
        "rss_mib": spent.rss_mib,
    }


def _newscrawl(terms: Terms, file: Path, wanted: int) -> Cost:
    place = terms.folder / "ingested"
    shutil.rmtree(place, ignore_errors=True)
    command = [sys.executable, "-m", "scrapy", "ingest", str(file), "--processes", "1"]
    spent = cost([*command, "-s", f"ARCHIVE={place}"], may_end_with=(0, 3))
    found = archived(place) if wanted else len(list(place.glob("*")))
    return Cost(spent.cpu_s, spent.wall_s, spent.rss_mib, str(found))


def _fundus(terms: Terms, file: Path) -> Cost:
    with served(file) as address:
        place = str(_HERE / "fundus_collection.py")
        return cost([terms.fundus_python or "", place, address, HOST])


def _newsplease(terms: Terms, file: Path) -> Cost:
    place = str(_HERE / "newsplease_collection.py")
    return cost([terms.python("news-please"), place, str(file), HOST])


@contextmanager
def served(file: Path) -> Iterator[str]:
    """The address of a server on loopback that has the file as Common Crawl would."""
    made = datetime.now() - timedelta(hours=1)  # noqa: DTZ005  (as Fundus reads the name)
    name = f"crawl-data/CC-NEWS/{made:%Y/%m}/CC-NEWS-{made:%Y%m%d%H%M%S}-00001.warc.gz"

    class _CommonCrawl(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            if self.path.endswith("warc.paths.gz"):
                listed = compress(name.encode() + b"\n")
                self.send_header("Content-Length", str(len(listed)))
                self.end_headers()
                self.wfile.write(listed)
                return
            self.send_header("Content-Length", str(file.stat().st_size))
            self.end_headers()
            with file.open("rb") as source:
                shutil.copyfileobj(source, self.wfile, 1 << 20)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), _CommonCrawl)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
