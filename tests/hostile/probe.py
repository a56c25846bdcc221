"""One small crawl through newscrawl's own doors, for tests: JSON in on argv, JSON out on stdout.

In: {"mirror", "paths", "settings"?, "hosts"?, "priority"?}. Out: {"reason", "stats", "got"}, where
`got` has one [path, outcome] a request in the order of the answers: "200 <bytes>" from the
callback or the error's name and text from the errback.
"""

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

WANTED = json.loads(sys.argv[1]) if __name__ == "__main__" else {}
GOT: list[tuple[str, str]] = []
END: dict[str, Any] = {}


class Probe(Spider):
    name = "thu"
    hosts = frozenset(WANTED.get("hosts", ["baothu.vn"]))

    async def start(self) -> AsyncIterator[Request]:
        for path in WANTED["paths"]:
            url = path if not path.startswith("/") else f"https://baothu.vn{path}"
            yield Request(
                url,
                self.answered,
                errback=self.failed,
                dont_filter=True,
                cb_kwargs={"path": path},
                meta={"keep_page": True, **WANTED.get("meta", {})},
            )

    def answered(self, response: Response, path: str) -> None:
        GOT.append((path, f"{response.status} {len(response.body)}"))

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        said = str(failure.value)[:80]
        GOT.append((request.cb_kwargs["path"], f"{type(failure.value).__name__} {said}"))

    def closed(self, reason: str) -> None:
        END["reason"] = reason
        END["stats"] = self.crawler.stats.get_stats()


def main() -> None:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(
        {
            "EXTENSIONS": {},
            "SPIDER_MODULES": [],
            "ITEM_PIPELINES": {},
            "LOG_LEVEL": "ERROR",
            "MIRROR": WANTED["mirror"],
            "DOWNLOAD_DELAY": 0,
            "BACKOFF_S": 0.01,
            "BACKOFF_MAX_S": 0.1,
            **WANTED.get("settings", {}),
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)
    process.crawl(Probe)
    process.start()
    print(json.dumps({**END, "got": GOT}, default=str))


if __name__ == "__main__":
    main()
