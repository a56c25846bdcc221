"""Fundus's CC-NEWS crawler on a collection served on loopback; runs where Fundus is installed.

    PYTHON tests/benchmarks/fundus_collection.py ADDRESS HOST

One process, nothing retried; the parser of `fundus_crawl.py` reads the pages of HOST.
"""

# mypy: ignore-errors
# (Fundus is in no environment of ours)

import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fundus import CCNewsCrawler, Sitemap
from fundus.publishers.base_objects import Publisher, PublisherGroup
from fundus_crawl import ReplicaParser


def main() -> None:
    address, host = sys.argv[1:]
    logging.disable()

    class Replica(metaclass=PublisherGroup):
        Paper = Publisher(
            name="Paper",
            domain=f"https://{host}/",
            parser=ReplicaParser,
            sources=[Sitemap(f"https://{host}/sitemap.xml")],
        )

    now = datetime.now()  # noqa: DTZ005  (Fundus compares it with its own)
    crawler = CCNewsCrawler(
        Replica.Paper, start=now - timedelta(hours=2), end=now, processes=0, retries=0,
        disable_tqdm=True, server_address=f"{address}/",
    )  # fmt: skip
    print(sum(bool(article.title) for article in crawler.crawl(only_complete=False)))


if __name__ == "__main__":
    main()
