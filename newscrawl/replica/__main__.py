"""`python -m newscrawl.replica`: the replica until told to quit; prints one line when ready."""

import argparse
import asyncio
import json
import sys

from newscrawl.replica.press import KEPT_PAGES, Press
from newscrawl.replica.server import Terms, serve
from newscrawl.replica.site import Options


def _limits(text: str) -> tuple[int, int]:
    low, _, high = text.partition(",")
    return int(low), int(high)


def _arguments() -> argparse.Namespace:
    usual = Options()
    parser = argparse.ArgumentParser(prog="python -m newscrawl.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 = a free one, see the ready line")
    parser.add_argument("--articles", type=int, default=usual.articles)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--edition", type=int, default=usual.edition)
    parser.add_argument("--crawl-delay", default="", help="as robots.txt prints it")
    parser.add_argument("--page-bytes", type=_limits, metavar="LO,HI", help="pad articles to this")
    parser.add_argument("--max-seconds", type=float, default=3600, help="ends by itself after this")
    parser.add_argument("--latency-ms", type=float, default=0, help="waits before each answer")
    parser.add_argument("--with-stdin", action="store_true", help="ends when its input closes")
    parser.add_argument("--warm", action="store_true", help="render every page before being ready")
    return parser.parse_args()


def _ready(port: int) -> None:
    sys.stdout.write(json.dumps({"ready": True, "port": port}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve the replica as the command line says."""
    asked = _arguments()
    options = Options(
        articles=asked.articles,
        seed=asked.seed,
        edition=asked.edition,
        crawl_delay=asked.crawl_delay,
        page_bytes=asked.page_bytes,
    )
    press = Press(options, kept_pages=asked.articles * 2 if asked.warm else KEPT_PAGES)
    if asked.warm:
        press.warm()
    terms = Terms(asked.port, asked.latency_ms / 1000, asked.max_seconds, asked.with_stdin)
    asyncio.run(serve(press, terms, _ready))


if __name__ == "__main__":
    main()
