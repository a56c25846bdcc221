"""The commands of trafilatura and news-please on some pages of the replica: CPU a page.

Both take addresses and no Host beside them, so that the pages stand under the address of loopback.
Neither waits between requests here. They take fifty pages: each takes tens of times longer.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.replica import Replica
from tests.benchmarks.measuring import Cost, cost

FEW_PAGES = 50
"""Pages that the peers' commands read"""
_TRAFILATURA = "[DEFAULT]\nSLEEP_TIME = 0\nSSRF_PROTECTION = off\n"


def by_loopback(replica: Replica, urls: Sequence[str]) -> list[str]:
    """The addresses at the replica itself of a few pages.

    They are pages of the former CMS, "….html": news-please names a file by what follows the last
    slash, and would write those that end with one over each other.
    """
    named = (urlsplit(url).path for url in urls if url.endswith(".html"))
    return [replica.address + path for path in named][:FEW_PAGES]


def trafilatura(python: str, folder: Path, urls: Sequence[str]) -> Cost:
    """`trafilatura --input-file … --json`; raises ValueError where a page is missing."""
    out = _empty(folder / "trafilatura")
    (folder / "few.txt").write_text("\n".join(urls), "utf-8")
    (folder / "trafilatura.cfg").write_text(_TRAFILATURA + _rest_of_settings(python), "utf-8")
    command = [str(Path(python).with_name("trafilatura")), "--parallel", "1"]
    command += ["--input-file", str(folder / "few.txt"), "--output-dir", str(out), "--json"]
    spent = cost([*command, "--with-metadata", "--config-file", str(folder / "trafilatura.cfg")])
    return _with_count(spent, out, len(urls))


def newsplease(python: str, folder: Path, urls: Sequence[str]) -> Cost:
    """`news-please` with its own extractors; raises ValueError where a page is missing."""
    out, own = _empty(folder / "news-please"), _empty(folder / "news-please-config")
    shipped = next(Path(python).parents[1].glob("lib/*/site-packages/newsplease/config"))
    said = (shipped / "config.cfg").read_text("utf-8")
    said = said.replace("~/news-please-repo/", f"{out}/").replace("ROBOTSTXT_OBEY=True", "")
    (own / "config.cfg").write_text(said, "utf-8")
    sites = {"base_urls": [{"url": list(urls), "crawler": "Download"}]}
    (own / "sitelist.hjson").write_text(json.dumps(sites), "utf-8")
    command = [str(Path(python).with_name("news-please")), "-c", str(own), "-no-confirm"]
    return _with_count(cost(command), out, len(urls))


def _rest_of_settings(python: str) -> str:
    """The settings that trafilatura ships, which a file of one's own must repeat."""
    shipped = next(Path(python).parents[1].glob("lib/*/site-packages/trafilatura/settings.cfg"))
    lines = shipped.read_text("utf-8").splitlines()
    named = ("SLEEP_TIME", "SSRF_PROTECTION", "[DEFAULT]")
    return "\n".join(line for line in lines if not line.startswith(named))


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _with_count(spent: Cost, out: Path, wanted: int) -> Cost:
    found = sum(1 for path in out.rglob("*.json") if "requests.queue" not in path.parts)
    if found != wanted:
        raise ValueError(f"{found} of {wanted} pages were read\n{spent.said[-2000:]}")
    return Cost(spent.cpu_s, spent.wall_s, spent.rss_mib, str(found))
