"""H1–H6: what one bad answer costs, and that it costs nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Final
from urllib.parse import quote

from newscrawl.replica import running_replica
from tests.fuzz.readpage import fuzz
from tests.fuzz.seeds import seeds
from tests.hostile.faults import FAULTS
from tests.hostile.harness import free_port
from tests.hostile.row import Figure, Row, all_hold
from tests.hostile.runs import Paper, Ran, paper
from tests.reliability.crawls import Place
from tests.reliability.scale import EVERYTHING, watch

_MANY: Final = "baotuyenquang"
_ARTICLES: Final = 50
_FIRST: Final = 180_000
_SECTION: Final = 1  # kinh-te, in the order of the sections
MOST_MB: Final = 300.0
MOST_S: Final = 90.0

ALL: Final = (
    *("status:500", "status:503", "status:403", "status:410", "refuse", "close", "reset", "short"),
    *("long", "nolength", "badchunk", "junkchunk", "truncgzip", "crcgzip", "liegzip", "bomb:64"),
    *("bomb:64|br", "bomb:64|deflate", "big:30", "big:30|close", "stall", "mute", "drip:9"),
    *("empty", "soft404", "captcha", "loop", "chain", "redirect:http://127.0.0.2/x"),
    *("redirect:file:///etc/hostname", "refresh:file:///etc/hostname", "cookiewall"),
    *("cookiebomb", "badstatus", "badheader", "hugeheader", "type:application/octet-stream"),
    *("charset:utf-16|utf-8", "charset:windows-1258|utf-8", "deep:100000|div", "attrs", "links"),
    *("xmlbomb", "xmlbomb:quadratic", "xmlbomb:external", "sitemaploop"),
    *("robots:redos", "robots:nul"),
)


@dataclass(frozen=True)
class Where:
    """A kind of address, and which articles may be lost when it does not answer."""

    glob: str
    lost: Collection[int] = ()


def _listed(page: int) -> set[int]:
    """Numbers of the section's articles from this page of its list on; five a page."""
    of_it = [n for n in range(_FIRST + _ARTICLES - 1, _FIRST - 1, -1) if n % 5 == _SECTION]
    return set(of_it[(page - 1) * 5 :])


EVERYONE: Final = frozenset(range(_FIRST, _FIRST + _ARTICLES))
PLACES: Final = {
    "robots.txt": Where("/robots.txt", EVERYONE),
    "tdmrep.json": Where("/.well-known/tdmrep.json"),
    "a front page": Where("/thoi-su-chinh-tri/"),
    "a list": Where("/kinh-te/trang-1.html", _listed(1)),
    "its next page": Where("/kinh-te/trang-2.html", _listed(2)),
    "an article": Where(f"*-{_FIRST + 12}.html", {_FIRST + 12}),
}


def _site() -> tuple[str, ...]:
    return (
        "--articles",
        f"{_ARTICLES}",
        "--no-specials",
        "--page-size",
        "5",
        "--max-seconds",
        "3600",
    )


def matrix(short: bool) -> Figure:
    """H1: each fault at each place."""
    kinds = ("bomb:64", "loop") if short else ALL
    bad: list[str] = []
    runs, slowest, most = 0, 0.0, 0.0
    with paper(*_site(), name=_MANY) as made:
        for place, where in PLACES.items():
            for fault in kinds:
                runs += 1
                made.server.control("fault?clear=1")
                made.server.control(f"fault?add={quote(f'{where.glob}={fault}')}")
                with tempfile.TemporaryDirectory() as folder:
                    made.place = Place(Path(folder), made.server.mirror, _MANY)
                    try:
                        ran = made.run(timeout_s=MOST_S)
                    except TimeoutExpired:
                        bad.append(f"{fault} at {place}: hangs")
                        continue
                    slowest, most = max(slowest, ran.seconds), max(most, ran.peak_mb)
                    bad += [f"{fault} at {place}: {why}" for why in _wrong(made, ran, where)]
    names = {fault.partition(":")[0] for fault in kinds}
    said = f"{runs} runs ({len(names)} kinds, {len(kinds)} variants, {len(PLACES)} places)"
    return Figure(
        not bad and (short or names >= FAULTS.keys() - {"right"}),
        f"{said}: {len(bad)} wrong; slowest {slowest:.0f} s, at most {most:.0f} MB"
        + "".join(f"; {one}" for one in bad[:9]),
    )


def _wrong(made: Paper, ran: Ran, where: Where) -> list[str]:
    """What should not have happened in a run with one fault."""
    stored = made.stored()
    lost = stored.missing - set(where.lost)
    checks = {
        f"crashed, exit {ran.code}: {ran.err[-300:]}": ran.crashed or ran.code == 5,
        f"{stored}": bool(stored.wrong),
        f"{len(lost)} others lost, exit {ran.code}": bool(lost),
        "all lost, and exit 0": len(stored.missing) == _ARTICLES and ran.code == 0,
        f"{ran.peak_mb:.0f} MB": ran.peak_mb > MOST_MB,
        f"verify: {made.problems()[:2]}": bool(made.problems()),
        f"listened at {ran.ports}": bool(ran.ports),
    }
    return [said for said, is_wrong in checks.items() if is_wrong]


def mutated(short: bool) -> Figure:
    """H2: pages broken at random through every reader."""
    inputs = 1_500 if short else 100_000
    outcomes, bad = fuzz(seeds(), inputs, 2026)
    articles = sum(n for name, n in outcomes.items() if name.endswith(": article"))
    return Figure(
        not bad,
        f"{sum(outcomes.values()):,} pages: {articles:,} read as articles, {len(bad)} undocumented"
        ", invalid or slower than 1 s" + "".join(f"; {one[2]!r}" for one in bad[:3]),
    )


def costly(short: bool) -> Figure:
    """H3: the CPU and memory of a run with one such page, less those of a run without."""
    kinds = ["attrs:200000", "deep:1000000", "links:200000", "big:200", "bomb:512", "bomb:512|br"]
    kinds += ["bomb:512|deflate", "big:200|close", "cookiebomb:200", "hugeheader:900"]
    told, over = [], []
    with paper("--articles", "30", "--no-specials", "--max-seconds", "1800") as made:
        usual = made.run().cpu_s
        for fault in kinds[:3] if short else kinds:
            made.server.control("fault?clear=1")
            made.server.control(f"fault?add={quote(f'*-{_FIRST + 12}.html={fault}')}")
            with tempfile.TemporaryDirectory() as folder:
                made.place = Place(Path(folder), made.server.mirror, made.place.name)
                ran = made.run(DOWNLOAD_TIMEOUT=25, timeout_s=200)
                right = len(made.stored().right)
            told.append(f"{fault} {ran.cpu_s - usual:+.1f} s {ran.peak_mb:.0f} MB")
            if ran.cpu_s - usual > 5 or ran.peak_mb > MOST_MB or right < 29 or ran.crashed:
                over.append(f"{fault}: {right} right, exit {ran.code}")
    return Figure(not over, "; ".join(told) + "".join(f"; NOT: {one}" for one in over))


def memory(short: bool) -> Figure:
    """H4: resident memory of a crawl of many articles (the replica's, which are full pages)."""
    count = 600 if short else 100_000
    with (
        tempfile.TemporaryDirectory() as name,
        running_replica(articles=count, max_seconds=7_200) as replica,
    ):
        place = Place(Path(name), replica.address)
        running_ = place.start(*EVERYTHING)
        seen = watch(running_, replica)
        done = running_.done(7_200)
    points = [mb for _, mb in seen.points]
    half, most = seen.points[len(points) // 2][1], max(points)
    growth = most / half - 1
    checks = {
        "≤ 250 MB": most <= 250,
        "< 5 % in the second half": short or growth < 0.05,  # a short run is warming up
        "exit 0": done.code == 0,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{count:,} articles in {done.seconds:.0f} s: {half:.0f} MB half-way, at most {most:.0f} "
        f"MB ({growth:+.1%}){failed}",
    )


def endless(short: bool) -> Figure:
    """H5: calendars, sessions, one article under ten addresses, depth, a pager without end."""
    count = 60 if short else 400
    traps = "calendar,session,duplicates,depth,offsite,links:2000,loop,chain"
    given = ("--articles", f"{count}", "--no-specials", "--traps", traps, "--endless-pages")
    with paper(*given, noted=True) as made:
        ran = made.run()
        real = {row["path"] for row in made.published().values()}
        lists = -(-count // 20)
        asked = [row["target"] for row in made.asked()]
        trap = sum(not _is_real(target, real, lists) for target in asked)
        right = len(made.stored().right)
        record = made.record()
    checks = {
        "ends by itself": record["reason"] == "finished",
        "all real articles": right == count,
        "≤ 5 % in traps": trap <= 0.05 * len(asked),
        "no crash": not ran.crashed,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{right} of {count} articles, {trap} of {len(asked)} requests in traps, exit {ran.code}"
        f"{failed}",
    )


def _is_real(target: str, articles: Collection[str], lists: int) -> bool:
    pages = {f"/tin-hoat-dong/trang-{n}.html" for n in range(2, lists + 1)}
    files = {"/robots.txt", "/.well-known/tdmrep.json", "/tin-hoat-dong/"}
    return target in articles or target in pages or target in files


def canary(short: bool) -> Figure:
    """H6: links, redirects, refreshes to where a crawler must not go, after retries too."""
    port = free_port()
    places = (
        *(f"redirect:http://127.0.0.2:{port}/", f"redirect:http://localhost:{port}/|301"),
        *(f"redirect://127.0.0.1:{port}/", f"refresh:http://127.0.0.2:{port}/"),
        *(f"redirect:http://[::ffff:127.0.0.2]:{port}/|307", f"redirect:http://127.1:{port}/|308"),
        *(f"redirect:http://2130706433:{port}/", f"redirect:https://127.0.0.1:{port}/"),
    )
    wanted = places[:4] if short else places
    rules = [f"*-{_FIRST + n}.html={fault}" for n, fault in enumerate(wanted)]
    rules += [f"*-{_FIRST + 20 + n}.html=status:503@1" for n in range(len(wanted))]
    rules += [f"*-{_FIRST + 20 + n}.html={fault}" for n, fault in enumerate(wanted)]
    given = [part for rule in rules for part in ("--fault", rule)]
    site = ("--articles", "60", "--no-specials", "--canary-port", f"{port}", "--traps", "offsite")
    with paper(*site, *given) as made:
        ran = made.run()
        hits = made.server.stats()["canary_hits"]
        right, refused = len(made.stored().right), made.record()["states"]["refused"]
    checks = {
        "0 hits": hits == 0,
        "the others are stored": right == 60 - 2 * len(wanted),
        "no crash": not ran.crashed,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{hits} canary hits; {len(rules)} redirects and refreshes, {refused} refused, {right} "
        f"other articles stored, exit {ran.code}; names that turn private: see "
        f"tests/integration/test_download_handler.py{failed}",
    )


ROWS: Final = (
    Row("H1", "each fault at each place: 0 crashes, 0 hangs, the others stored", matrix),
    Row("H2", "100,000 mutated pages: 0 exceptions, 0 invalid rows, ≤ 1 s", mutated),
    Row("H3", "one page ≤ 5 s of CPU, ≤ 300 MB", costly),
    Row("H4", "memory over 100,000 pages ≤ 250 MB and flat", memory),
    Row("H5", "endless site: ends by itself, all real articles, ≤ 5 % in traps", endless),
    Row("H6", "requests to other hosts, ports, private addresses: 0", canary),
)
