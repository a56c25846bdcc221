"""`python -m tests.benchmarks [SECTION …]`: the table and the JSON file."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.ingesting import ingest
from tests.benchmarks.measuring import machine
from tests.benchmarks.sections import SECTIONS as OTHERS
from tests.benchmarks.sections import Figures, Terms
from tests.benchmarks.side_by_side_papers import newspapers

SECTIONS = {**OTHERS, "ingest": ingest, "newspapers": newspapers}
_BASES = {"crawl": "aiohttp + lxml tree", "reading": "lxml", "reparse": "one process"}
_QUICK: dict[str, Any] = {
    "articles": 1_000, "rounds": 1, "sizes": (1_000, 10_000), "links": (100_000,), "pages": 20,
}  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"{', '.join(SECTIONS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="one small round of each")
    parser.add_argument("--rounds", type=int, help="interleaved runs, the median counts")
    parser.add_argument("--articles", type=int, help="size of the newspaper that is crawled")
    parser.add_argument("--ten-million", action="store_true", help="a ledger of 10,000,000 links")
    parser.add_argument("--fundus-python", metavar="PATH", help="the Python Fundus is in")
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PATH")
    parser.add_argument("--json", default="benchmarks.json", metavar="FILE")
    return parser.parse_args()


def terms(asked: argparse.Namespace, folder: Path) -> Terms:
    """What the command line says."""
    pythons = dict(pair.split("=", 1) for pair in asked.python)
    found = Terms(folder, fundus_python=asked.fundus_python, pythons=pythons)
    given = dict(_QUICK) if asked.quick else {}
    if asked.ten_million:
        given["links"] = (*found.links, 10_000_000)
    given |= {n: v for n in ("rounds", "articles") if (v := getattr(asked, n)) is not None}
    return replace(found, **given)


def table(section: str, figures: Figures) -> str:
    """A section's medians; beside the first figure its ratio to the baseline's."""
    base = figures.get(_BASES.get(section, ""))
    names = list(next(iter(figures.values())))
    head = [section, *names, *(["ratio"] if base else [])]
    rows = [head]
    for name, found in figures.items():
        row = [name, *(f"{found[n]:,.2f}" for n in names)]
        rows.append([*row, *([f"{found[names[0]] / base[names[0]]:.2f}"] if base else [])])
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells))
    return "\n".join(lines) + "\n"


def main() -> None:
    asked = arguments()
    if unknown := set(asked.sections) - set(SECTIONS):
        sys.exit(f"no such section: {', '.join(sorted(unknown))}")
    found: dict[str, Figures] = {}
    with TemporaryDirectory(prefix="newscrawl-benchmarks-") as folder:
        for name in asked.sections or SECTIONS:
            print(name, file=sys.stderr)
            found[name] = SECTIONS[name](terms(asked, Path(folder)))
            print(table(name, found[name]))
    whole = {"machine": machine(), "quick": asked.quick, "figures": found}
    Path(asked.json).write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
