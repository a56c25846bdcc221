"""The six benchmarks: what is run, and the figures that come of it."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.replica import Replica, running_replica
from tests.benchmarks.archives import HOST, NEWSPAPER, archive_of
from tests.benchmarks.measuring import ROOT, RunError, both, cost, interleaved
from tests.benchmarks.peer_commands import by_loopback, newsplease, trafilatura

Figures = dict[str, dict[str, float]]
PAGE_BYTES = (60_000, 120_000)
_HERE = Path(__file__).parent
_ERRANDS = ("/robots.txt", "/.well-known/tdmrep.json")
_PEERS = ("trafilatura", "fundus", "newspaper4k", "news-please")


@dataclass(frozen=True, slots=True)
class Terms:
    """How large and how often."""

    folder: Path
    articles: int = 10_000
    rounds: int = 5
    sizes: tuple[int, ...] = (1_000, 10_000, 100_000)
    links: tuple[int, ...] = (100_000, 1_000_000)
    pages: int = 60
    fundus_python: str | None = None
    pythons: Mapping[str, str] = field(default_factory=dict)

    def python(self, peer: str) -> str:
        given = self.fundus_python if peer == "fundus" else None
        return given or self.pythons.get(peer) or sys.executable


def crawl_command(archive: Path, replica: Replica, name: str = NEWSPAPER, *more: str) -> list[str]:
    """A whole crawl of the replica with everything on, politeness off."""
    shutil.rmtree(archive, ignore_errors=True)
    return [*refresh_command(archive, replica, name), "-a", "since=1990-01-01", *more]


def refresh_command(archive: Path, replica: Replica, name: str = NEWSPAPER) -> list[str]:
    settings = {
        "ARCHIVE": archive, "MIRROR": replica.address, "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "LIST_PAGES": 10**6,
    }  # fmt: skip
    given = [part for pair in settings.items() for part in ("-s", f"{pair[0]}={pair[1]}")]
    return [sys.executable, "-m", "scrapy", "crawl", name, "--quiet", *given]


@contextmanager
def site(terms: Terms) -> Iterator[tuple[Replica, list[str]]]:
    """The replica with every page made beforehand, and the addresses of the paper's articles."""
    options = {"articles": terms.articles, "page_bytes": PAGE_BYTES, "max_seconds": 36_000}
    with running_replica(warm=True, **options) as replica:
        urls = [row["url"] for row in replica.truth(HOST) if row["http_status"] == 200]
        (terms.folder / "urls.txt").write_text("\n".join(urls), "utf-8")
        yield replica, urls


def crawl(terms: Terms) -> Figures:
    """(a) and (f): CPU a page against plain clients, two processes, memory.

    Articles and list pages: the plain clients ask for every page that the crawl asks for.
    """
    with site(terms) as (replica, urls):
        replica.reset()
        cost(crawl_command(terms.folder / "one", replica))
        asked = asked_for(replica)
        (file := terms.folder / "asked.txt").write_text("\n".join(asked), "utf-8")

        def ours() -> dict[str, float]:
            spent = cost(crawl_command(terms.folder / "one", replica))
            whole(terms.folder / "one", urls)
            return per_page(spent.cpu_s, len(asked), spent.rss_mib)

        def two() -> dict[str, float]:
            places = [terms.folder / "left", terms.folder / "right"]
            spent = both([crawl_command(place, replica) for place in places])
            for place in places:
                whole(place, urls)
            slower = max(one.cpu_s for one in spent)
            return per_page(slower * 2, 2 * len(asked), max(one.rss_mib for one in spent))

        def client(kind: str) -> Callable[[], dict[str, float]]:
            command = [sys.executable, "-m", "tests.benchmarks.clients", kind]

            def run() -> dict[str, float]:
                spent = cost([*command, replica.address, str(file)])
                return per_page(spent.cpu_s, int(spent.said), spent.rss_mib)

            return run

        def fundus() -> dict[str, float]:
            place = str(_HERE / "fundus_crawl.py")
            articles = str(terms.folder / "urls.txt")
            spent = cost([terms.fundus_python or "", place, replica.address, articles])
            return per_page(spent.cpu_s, int(spent.said.split()[-1]), spent.rss_mib)

        runs = {
            "newscrawl": ours,
            "newscrawl, two processes": two,
            "aiohttp": client("raw"),
            "aiohttp + lxml tree": client("tree"),
            "Scrapy, empty callback": client("scrapy"),
        }
        if terms.fundus_python:
            runs["Fundus"] = fundus
        print(f"  {len(urls)} articles, {len(asked)} pages", file=sys.stderr)
        with many_site(terms.articles, page_bytes=PAGE_BYTES) as loopback:
            return interleaved(terms.rounds, {**runs, **commands(terms, loopback, urls)})


def commands(
    terms: Terms, replica: Replica, urls: list[str]
) -> dict[str, Callable[[], dict[str, float]]]:
    """The commands of the peers that are installed, on a few of the articles."""
    few = by_loopback(replica, urls)
    known = {"trafilatura": trafilatura, "news-please": newsplease}

    def run(name: str) -> Callable[[], dict[str, float]]:
        def once() -> dict[str, float]:
            spent = known[name](terms.python(name), terms.folder, few)
            return per_page(spent.cpu_s, len(few), spent.rss_mib)

        return once

    return {f"{name}, its command": run(name) for name in known if name in terms.pythons}


@contextmanager
def many_site(
    articles: int, latency_s: float = 0, page_bytes: tuple[int, int] | None = None
) -> Iterator[Replica]:
    """The first paper of the replica under every host that is asked for."""
    options = ["--articles", str(articles), "--latency-ms", str(latency_s * 1000)]
    options += ["--page-bytes", *map(str, page_bytes)] if page_bytes else []
    command = [sys.executable, "-m", "tests.support.many_site", *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield Replica(int(server.stdout.readline()), server.pid)
        server.stdin.close()


def asked_for(replica: Replica) -> list[str]:
    """The addresses of the pages the replica was asked for, articles and lists."""
    places = (name.partition("/") for name in replica.stats()["paths"])
    return [f"https://{host}/{path}" for host, _, path in places if f"/{path}" not in _ERRANDS]


def whole(folder: Path, urls: list[str]) -> None:
    """Nothing where the folder's newspaper has every article; raises ValueError."""
    if (count := archived(folder)) != len(urls):
        raise ValueError(f"{count} of {len(urls)} articles are archived")


def archived(folder: Path) -> int:
    """How many articles the folder's newspaper has."""
    files = (folder / NEWSPAPER / "articles").rglob("*.jsonl")
    return sum(file.read_bytes().count(b"\n") for file in files)


def per_page(cpu_s: float, pages: int, rss_mib: float) -> dict[str, float]:
    return {"cpu_ms_a_page": cpu_s / pages * 1000, "pages": pages, "rss_mib": rss_mib}


def reading(terms: Terms) -> Figures:
    """(b): the median of saved pages of 60 to 120 KB, family A."""
    folder = terms.folder / "pages"
    folder.mkdir(exist_ok=True)
    with running_replica(articles=terms.pages * 20, page_bytes=PAGE_BYTES) as replica:
        rows = [r for r in replica.truth(HOST) if r["template"] == "A1"][-terms.pages :]
        (folder / "urls.txt").write_text("\n".join(r["url"] for r in rows), "utf-8")
        for number, row in enumerate(rows):
            (folder / f"{number}.html").write_bytes(page(replica, row["url"]))

    def reader(name: str) -> Callable[[], dict[str, float]]:
        command = [terms.python(name), str(_HERE / "readers.py"), name, str(folder)]
        return lambda: {"ms_a_page": float(cost(command).said.split()[-1])}

    runs = {name: reader(name) for name in ("lxml", "newscrawl", *_PEERS)}
    for name in _PEERS:
        try:
            runs[name]()
        except (RunError, OSError) as failed:
            print(f"  {name} is left out: {str(failed).splitlines()[-1]}", file=sys.stderr)
            del runs[name]
    return interleaved(terms.rounds, runs)


def page(replica: Replica, url: str) -> bytes:
    """The page's bytes, unpacked."""
    parts = urlsplit(url)
    connection = HTTPConnection("127.0.0.1", replica.port, timeout=60)
    try:
        connection.request("GET", parts.path, headers={"Host": parts.netloc})
        return connection.getresponse().read()
    finally:
        connection.close()


def reparse(terms: Terms) -> Figures:
    """(c): kept pages read again with the same code, on one and on two processes."""
    place = terms.folder / "kept"
    with site(terms) as (replica, _):
        cost(crawl_command(place, replica))
    pages = archived(place)

    def run(processes: int) -> Callable[[], dict[str, float]]:
        command = [sys.executable, "-m", "scrapy", "reparse", NEWSPAPER, "-s", f"ARCHIVE={place}"]
        command += ["--processes", str(processes)]

        def once() -> dict[str, float]:
            spent = cost(command)
            return {"pages_a_cpu_s": pages / spent.cpu_s, "pages_a_s": pages / spent.wall_s}

        return once

    return interleaved(terms.rounds, {"one process": run(1), "two processes": run(2)})


def refresh(terms: Terms) -> Figures:
    """(d): an archive that has it all already, at several sizes."""
    found: Figures = {}
    for size in terms.sizes:
        place = terms.folder / f"refresh-{size}"
        with running_replica(articles=size, max_seconds=36_000) as replica:
            articles = archive_of(replica, place)
            command = refresh_command(place, replica)
            runs = {f"{articles} articles": lambda command=command: refreshed(command)}
            found |= interleaved(terms.rounds, runs)
    return found


def refreshed(command: list[str]) -> dict[str, float]:
    spent = cost(command)
    return {"cpu_s": spent.cpu_s, "rss_mib": spent.rss_mib}


def ledger(terms: Terms) -> Figures:
    """(e): links found and looked up, CPU seconds, at several sizes."""
    found: Figures = {}
    for size in terms.links:
        place = terms.folder / "ledger"

        def once(size: int = size, place: Path = place) -> dict[str, float]:
            shutil.rmtree(place, ignore_errors=True)
            spent = cost([sys.executable, "-m", "tests.benchmarks.archives", str(place), str(size)])
            new, known = map(float, spent.said.split())
            size_mib = sum(f.stat().st_size for f in place.rglob("*") if f.is_file()) / 1024**2
            return {
                "new_a_s": new, "known_a_s": known, "rss_mib": spent.rss_mib, "disk_mib": size_mib,
            }  # fmt: skip

        found |= interleaved(1, {f"{size} links": once})
    return found


def startup(terms: Terms) -> Figures:
    """The time two small commands take to begin and end."""
    saved = _HERE.parent / "fixtures" / NEWSPAPER / "article-drop-cap.html"
    commands = {"papers": ["papers"], "readpage": ["readpage", str(saved)]}

    def run(arguments: list[str]) -> Callable[[], dict[str, float]]:
        return lambda: {"cpu_s": cost([sys.executable, "-m", "scrapy", *arguments]).cpu_s}

    return interleaved(terms.rounds, {name: run(given) for name, given in commands.items()})


SECTIONS: dict[str, Callable[[Terms], Figures]] = {
    "crawl": crawl,
    "reading": reading,
    "reparse": reparse,
    "refresh": refresh,
    "ledger": ledger,
    "startup": startup,
}
