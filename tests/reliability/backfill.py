"""A backfill that is killed half-way goes on where it was; what that costs in requests.

    python tests/reliability/backfill.py --articles 3000 --delay 0.05 [--kills 3]

Exit code 0 only if both archives hold the same words and the broken one took at most 3 % more
requests than the unbroken.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path

from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import look, most_asked
from tests.reliability.crawls import Place, requests, wait_until

MOST_MORE = 0.03


def has_asked(replica: Replica, count: int) -> bool:
    return requests(replica) >= count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--delay", type=float, default=0.05)
    parser.add_argument("--kills", type=int, default=1)
    asked = parser.parse_args()
    pace = ("-s", f"DOWNLOAD_DELAY={asked.delay}", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    since = ("-a", "since=2023-11-01", "-s", "LIST_PAGES=100000", *pace)
    with (
        tempfile.TemporaryDirectory() as name,
        running_replica(articles=asked.articles, max_seconds=86_400) as replica,
    ):
        whole = Place(Path(name) / "whole", replica.address)
        calm = whole.start(*since).done(86_400)
        unbroken = requests(replica)
        replica.reset()
        broken = Place(Path(name) / "broken", replica.address)
        for kill in range(1, asked.kills + 1):
            running = broken.start(*since)
            at = unbroken * kill // (asked.kills + 1)
            wait_until(partial(has_asked, replica, at), 86_400, every_s=0.05)
            running.kill()
        last = broken.start(*since).done(86_400)
        more = requests(replica) / unbroken - 1
        same = look(broken.folder).texts == look(whole.folder).texts
        figures = {
            "articles": len(look(whole.folder).ids),
            "kills": asked.kills,
            "requests unbroken": unbroken,
            "requests broken": requests(replica),
            "more": f"{more:.1%}",
            "most often asked for one article": most_asked(replica),
            "the same words": same,
        }
    print(json.dumps(figures))
    good = calm.code == last.code == 0 and same and more <= MOST_MORE * asked.kills
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
