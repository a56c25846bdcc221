"""Reads saved news pages with newscrawl and with its peers, and prints one table.

    python tests/benchmarks/compare_readers.py FOLDER [--python TOOL=PATH …] [--only TOOL …]

FOLDER holds <site>/<page>.html and beside it <page>.json with what a person read on the page (url,
kind, fragment, headline, lead, body, captions, authors, published_at). Whole article pages are
compared; sections and fragments are left out. Each tool runs in a process of its own: in the Python
named for it, else in this one (`pip install -e .[bench]`). No tool gets anything but the page,
decoded, and its address; nothing is asked of the network.

Columns: headline: exact after NFC and collapsed white space. lead: its own field says it / it
stands only in the text / neither (a dateline before it may be missing). body: 4-token shingles
against the body as read by a person, means over pages; "lead allowed" does not hold a lead inside
the text against the tool. paragraph F1: whole paragraphs equal. captions: those that stand in the
body. author: exactly the printed names, in order. date: same minute with zone / same wall clock
without / day only / none or wrong.
"""

import argparse
import importlib
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

Reading = dict[str, Any]
"""headline, lead, paragraphs, authors, published (ISO 8601 or None); None = tool cannot try it"""
Shingles = Counter[tuple[str, ...]]

_SIZE: Final = 4
_READ_AT: Final = datetime(2026, 11, 24, tzinfo=UTC)
_DATELINE: Final = re.compile(r"^\(?[\w .&]{1,28}\)?\s*[-–—]\s*")
_BLOCKS: Final = "p|div|h1|h2|h3|h4|h5|h6|li|td|th|figcaption|blockquote|pre"


# What each tool makes of a page ----------------------------------------------------------------


def newscrawl_family(html: bytes, url: str) -> Reading | None:
    """By the page's own CMS family; None where no newspaper is declared for the address."""
    reading = importlib.import_module("newscrawl.cli.read_page")
    document = importlib.import_module("newscrawl.page.document").Document(
        url, html, fetched_at=_READ_AT
    )
    settings = importlib.import_module("scrapy.utils.project").get_project_settings()
    loader = importlib.import_module("scrapy.spiderloader").SpiderLoader(settings)
    spider = importlib.import_module("newscrawl.crawl.newspaper_spider").NewspaperSpider
    declared = [s for s in map(loader.load, loader.list()) if issubclass(s, spider)]
    try:
        newspaper = reading.newspaper_of(url, declared)
    except reading.UnknownNewspaperError:
        return None
    return _of_line(reading.read_article(document, newspaper))


def newscrawl_generic(html: bytes, url: str) -> Reading:
    """By the reader of unknown pages."""
    generic = importlib.import_module("newscrawl.article.generic.generic_page")
    items = importlib.import_module("newscrawl.items")
    normalise = importlib.import_module("newscrawl.article.normalize").normalise
    document = importlib.import_module("newscrawl.page.document").Document(
        url, html, fetched_at=_READ_AT
    )
    article = generic.GenericPage(document, generic.paper_of(url)).to_item()
    return _of_line(items.to_line(normalise(article)))


def _of_line(line: Mapping[str, Any]) -> Reading:
    return {
        "headline": line["headline"],
        "lead": line["lead"],
        "paragraphs": line["body"].split("\n\n"),
        "authors": line["authors"],
        "published": line["published_at"],
    }


def trafilatura(html: bytes, url: str) -> Reading:
    extract = importlib.import_module("trafilatura").bare_extraction
    found = extract(_decoded(html), url=url, with_metadata=True, include_comments=False)
    fields = found.as_dict() if hasattr(found, "as_dict") else dict(found or {})
    author = fields.get("author")
    return {
        "headline": fields.get("title"),
        "lead": fields.get("description"),
        "paragraphs": (fields.get("text") or "").split("\n"),
        "authors": author.split("; ") if author else [],
        "published": fields.get("date"),
    }


def newspaper4k(html: bytes, url: str) -> Reading:
    article = importlib.import_module("newspaper").Article(url, language="vi", fetch_images=False)
    article.download(input_html=_decoded(html))
    article.parse()
    published = article.publish_date
    return {
        "headline": article.title,
        "lead": article.meta_description,
        "paragraphs": (article.text or "").split("\n"),
        "authors": list(article.authors),
        "published": published.isoformat() if hasattr(published, "isoformat") else published,
    }


def newsplease(html: bytes, url: str) -> Reading:
    reader = importlib.import_module("newsplease").NewsPlease
    article = reader.from_html(_decoded(html), url, fetch_images=False)
    published = article.date_publish
    return {
        "headline": article.title,
        "lead": article.description,
        "paragraphs": (article.maintext or "").split("\n"),
        "authors": list(article.authors or []),
        "published": published.isoformat() if hasattr(published, "isoformat") else published,
    }


def readability(html: bytes, _: str) -> Reading:
    document = importlib.import_module("readability").Document(_decoded(html))
    return {
        "headline": document.short_title(),
        "lead": None,
        "paragraphs": _blocks(document.summary()),
        "authors": [],
        "published": None,
    }


def _decoded(html: bytes) -> str:
    return html.decode("utf-8", "replace")


def _blocks(html: str) -> list[str]:
    """The text of an HTML fragment, block by block."""
    parted = re.sub(rf"</?(?:{_BLOCKS})\b[^>]*>|<br\b[^>]*>", "\n", html, flags=re.IGNORECASE)
    fragments = importlib.import_module("lxml.html")
    return [
        str(fragments.fromstring(f"<p>{line}</p>").text_content())
        for line in parted.split("\n")
        if re.sub(r"<[^>]*>", "", line).strip()
    ]


TOOLS: Final[Mapping[str, Callable[[bytes, str], Reading | None]]] = {
    "newscrawl, family": newscrawl_family,
    "newscrawl, generic": newscrawl_generic,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": newsplease,
    "readability-lxml": readability,
}
_DISTRIBUTIONS: Final = {"newscrawl, family": "newscrawl", "newscrawl, generic": "newscrawl"}


# Running ---------------------------------------------------------------------------------------


def pages(folder: Path) -> Iterator[tuple[Path, Reading]]:
    """The whole article pages of a folder, each with what a person read on it."""
    for path in sorted(folder.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["kind"] == "article" and not gold["fragment"]:
            yield path.with_suffix(".html"), gold


def run_here(tool: str, folder: Path) -> dict[str, Any]:
    """The tool's version and its readings by page; a text instead of one where it fails."""
    version = importlib.import_module("importlib.metadata").version(_DISTRIBUTIONS.get(tool, tool))
    readings: dict[str, Any] = {}
    for path, gold in pages(folder):
        try:
            readings[str(path)] = TOOLS[tool](path.read_bytes(), gold["url"])
        except Exception as error:  # noqa: BLE001  (a peer may raise anything: a page it cannot read)
            readings[str(path)] = f"{type(error).__name__}: {error}"
    return {"version": version, "readings": readings}


def run_apart(tool: str, folder: Path, python: str) -> dict[str, Any] | str:
    """The same in a process of its own; a text where the tool is not installed there."""
    command = [python, __file__, str(folder), "--run", tool]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1]
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


# Scoring ---------------------------------------------------------------------------------------


def clean(text: object) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(text or ""))).strip()


def texts(values: Sequence[object]) -> list[str]:
    return [text for text in map(clean, values) if text]


def shingles(text: str) -> Shingles:
    words = re.findall(r"\w+", text)
    starts = range(max(1, len(words) - _SIZE + 1)) if words else ()
    return Counter(tuple(words[start : start + _SIZE]) for start in starts)


def share(part: Counter[Any], whole: Counter[Any]) -> float:
    """How much of `part` stands in `whole`; 1 for nothing in anything."""
    return sum((part & whole).values()) / sum(part.values()) if part else 1.0


def f1(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Mean precision, mean recall, and the F1 of the two."""
    precision, recall = (sum(p[i] for p in pairs) / len(pairs) for i in (0, 1))
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def lead_place(gold: Reading, found: Reading) -> str:
    """Where a tool has the lead: "field", "text" or "absent"; "" where the page has none."""
    lead = clean(gold["lead"])
    if not lead:
        return ""
    ways = {lead, _DATELINE.sub("", lead)}
    if {clean(found["lead"]), _DATELINE.sub("", clean(found["lead"]))} & ways:
        return "field"
    text = " ".join(texts(found["paragraphs"]))
    return "text" if any(way in text for way in ways) else "absent"


def date_grade(gold: str | None, found: object) -> str:
    """How much of the moment a tool has: "zone", "clock", "day" or "none"."""
    try:
        right, value = datetime.fromisoformat(gold or ""), datetime.fromisoformat(str(found))
    except ValueError:
        return "none"
    right, value = (moment.replace(second=0, microsecond=0) for moment in (right, value))
    if value.tzinfo is not None and value == right:
        return "zone"
    if value.replace(tzinfo=None) == right.replace(tzinfo=None):
        return "clock"
    return "day" if value.date() == right.date() else "none"


def row(tool: str, answer: Mapping[str, Any], golds: Mapping[str, Reading]) -> str:
    """A tool's line of the table."""
    nothing: Reading = dict.fromkeys(("headline", "lead", "published"), None)
    nothing |= {"paragraphs": [], "authors": []}
    tried = {name: r for name, r in answer["readings"].items() if r is not None}
    count = len(tried)
    cells: Counter[str] = Counter()
    body, allowed, whole = [], [], []
    for name, reading in tried.items():
        gold, found = golds[name], nothing if isinstance(reading, str) else reading
        wanted, got = texts(gold["body"]), texts(found["paragraphs"])
        right, value = shingles(" ".join(wanted)), shingles(" ".join(got))
        with_lead = (
            right
            | shingles(clean(gold["lead"]))
            | shingles(" ".join([clean(gold["lead"]), *wanted]))
        )
        body.append((share(value, right), share(right, value)))
        allowed.append((share(value, with_lead), share(right, value)))
        whole.append((share(Counter(got), Counter(wanted)), share(Counter(wanted), Counter(got))))
        cells["headline"] += clean(found["headline"]) == clean(gold["headline"])
        cells[f"lead {lead_place(gold, found)}"] += 1
        cells["exact"] += wanted == got
        cells["captions"] += len(texts(gold["captions"]))
        cells["leaked"] += sum(c in " ".join(got) for c in texts(gold["captions"]))
        cells["author"] += texts(gold["authors"]) == texts(found["authors"])
        cells[f"date {date_grade(gold['published_at'], found['published'])}"] += 1
    if not count:
        return f"| {tool} {answer['version']} | 0 |"
    lead = " / ".join(str(cells[f"lead {place}"]) for place in ("field", "text", "absent"))
    dates = " | ".join(str(cells[f"date {grade}"]) for grade in ("zone", "clock", "day", "none"))
    return (
        f"| {tool} {answer['version']} | {count} | {cells['headline']}/{count} | {lead} |"
        + "".join(f" {value:.3f} |" for value in (*f1(body), f1(allowed)[2], f1(whole)[2]))
        + f" {cells['exact']}/{count} | {cells['leaked']}/{cells['captions']} |"
        + f" {cells['author']}/{count} | {dates} |"
    )


_HEAD: Final = (
    "| tool | pages | headline exact | lead: field / text / absent | body P | body R | body F1"
    " | F1, lead allowed | paragraph F1 | body exact | captions leaked | author right"
    " | date with zone | no zone | day only | none or wrong |"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", action="append", default=[], metavar="TOOL=PATH")
    parser.add_argument("--only", action="append", default=[], choices=list(TOOLS))
    parser.add_argument("--run", choices=list(TOOLS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run_here(options.run, options.folder), default=str))
        return 0
    golds = {str(path): gold for path, gold in pages(options.folder)}
    if not golds:
        parser.error(f"no whole article pages in {options.folder}")
    pythons = dict(value.split("=", 1) for value in options.python)
    print(_HEAD)
    print("|" + "---|" * _HEAD.count(" | ") + "---|")
    for tool in options.only or TOOLS:
        answer = run_apart(tool, options.folder, pythons.get(tool, sys.executable))
        if isinstance(answer, str):
            print(f"{tool}: {answer}", file=sys.stderr)
            continue
        print(row(tool, answer, golds))
        for name, reading in answer["readings"].items():
            if isinstance(reading, str):
                print(f"{tool}: {name}: {reading}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
