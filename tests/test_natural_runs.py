"""Unmutated runs raise no alarm, however they differ: seeds, editions, sections, sizes.

`python -m tests.test_natural_runs 200` measures two hundred rows of thirty runs.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from newscrawl.health import Health, Weakness
from newscrawl.items import Article
from newscrawl.replica.site import DONGNAI, PORTAL, TUYENQUANG, Site
from tests.families import Saved, newspapers, press
from tests.redesigns import read

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
    site: Site, items: Iterator[int], seed: int, edition: int
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


def alarms(host: str, seed: int, editions: dict[int, int]) -> list[tuple[Weakness, ...]]:
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


@pytest.mark.parametrize("host", [site.host for site in SITES])
def test_thirty_unlike_runs_raise_no_alarm(host: str) -> None:
    found = [[str(weak) for weak in told] for told in alarms(host, 1, EDITIONS)]
    assert found == [[]] * RUNS


def test_editions_follow_each_other_without_alarm() -> None:
    """The whole paper first, then only what each edition brings."""
    host = TUYENQUANG.host
    health = Health()
    seen = {article.id for _, article in articles(host, 1, 1)}
    for _, article in articles(host, 1, 1):
        health.saw(article)
    before = [health.record()]
    for one, other in pairwise((1, 2, 3)):
        assert other == one + 1
        later = Health()
        for _, article in articles(host, 1, other):
            if article.id not in seen:
                later.saw(article)
                seen.add(article.id)
        assert later.weaknesses(before, {}) == ()
        before.append(later.record())


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
