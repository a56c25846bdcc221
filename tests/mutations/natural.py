"""Runs of articles and lists that no redesign touched, as unlike each other as natural ones are.

`python -m tests.mutations.natural 200` measures two hundred rows of thirty runs of articles.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from newscrawl.items import Article
from newscrawl.monitoring.health import Health, Regression
from newscrawl.replica.site import (
    DONGNAI,
    PORTAL,
    TUYENQUANG,
    ReplicaSite,
)
from tests.mutations.listings import lists_of
from tests.mutations.redesigned_lists import record
from tests.mutations.redesigns import read
from tests.support.families import NAMES, Saved, newspapers, press

SITES = (TUYENQUANG, DONGNAI, PORTAL)
EDITIONS = {1: 1, 2: 3}
"""Seed of a replica and the edition it is read in"""
SIZES = (20, 25, 30, 40, 60, 80, 120, 200, 300, 450, 600)
RUNS = 30

Read = tuple[tuple[str, Article], ...]
"""Articles with their section's path, newest first"""


@cache
def articles(host: str, seed: int, edition: int) -> Read:
    source = press(seed, edition)
    site = next(site for site in SITES if site.host == host)
    return tuple(_articles(site, source.current(site).items(), seed, edition))[::-1]


def _articles(
    site: ReplicaSite, items: Iterator[int], seed: int, edition: int
) -> Iterator[tuple[str, Article]]:
    source = press(seed, edition)
    paper = source.current(site)
    for item in items:
        if paper.room.is_article(item):
            html = source.kept(site, item).page.body.decode()
            url = f"https://{site.host}{paper.path(item)}"
            saved = Saved(newspapers()[site.host.partition(".")[0]], url, html)
            article = read(saved, Health())
            assert article is not None
            yield paper.room.section(item).path, article


def a_run(dice: random.Random, every: Read, size: int) -> Read:
    """Some of a paper's articles: the newest, a piece of its past, any, or a section or three."""
    kind = dice.randrange(4)
    if kind == 0:
        return every[:size]
    if kind == 1:
        start = dice.randrange(max(1, len(every) - size))
        return every[start : start + size]
    if kind == 2:
        return tuple(dice.sample(every, min(size, len(every))))
    paths = sorted({path for path, _ in every})
    dice.shuffle(paths)
    for count in range(dice.randint(1, 3), len(paths)):
        found = tuple(pair for pair in every if pair[0] in paths[:count])
        if len(found) >= SIZES[0]:
            return found[:size]
    return every[:size]


def alarms(host: str, seed: int, editions: dict[int, int]) -> list[tuple[Regression, ...]]:
    """What thirty runs in a row say, each beside all that went before."""
    dice = random.Random(f"{host} {seed}")  # noqa: S311  (it must be the same each time)
    before: list[dict[str, Any]] = []
    told = []
    for _ in range(RUNS + 1):
        health = Health()
        paper = dice.choice(sorted(editions.items()))
        for _, article in a_run(dice, articles(host, *paper), dice.choice(SIZES)):
            health.saw(article)
        told.append(health.weaknesses(before[-RUNS:], {}))
        before.append(health.record())
    return told[1:]


def list_alarms(family: str) -> list[tuple[Regression, ...]]:
    """What thirty days in a row say of a family's lists, each beside all that went before."""
    before = [record(lists_of(family, 1))]
    told = []
    for day in range(2, RUNS + 2):
        health = Health()
        for page in lists_of(family, day):
            health.listed(page.url, page.read())
        told.append(health.weaknesses(before, {}))
        before.append(health.record())
    return told


def summary() -> str:
    """How many of thirty runs of each replica's articles and each family's lists raise an alarm."""
    articles = [told for site in SITES for told in alarms(site.host, 1, EDITIONS)]
    lists = [told for family in NAMES for told in list_alarms(family)]
    return (
        f"{sum(map(bool, articles))} of {len(articles)} runs of articles and"
        f" {sum(map(bool, lists))} of {len(lists)} runs of lists raise an alarm."
    )


def main(rows: int) -> None:
    editions = {seed: 1 + seed % 3 for seed in range(1, 9)}
    found = [
        (site.host, told)
        for number in range(rows)
        for site in SITES
        for told in alarms(site.host, number, editions)
    ]
    counted = Counter((host, weak.template, weak.sign) for host, told in found for weak in told)
    print(f"{sum(bool(told) for _, told in found)} of {len(found)} runs raise an alarm: {counted}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
