"""The files of a new newspaper as text: its declaration and its row in the catalogue. Pure."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from io import StringIO
from typing import Any, Final

from newscrawl.catalogue.entries import COLUMNS
from newscrawl.discovery.source import Source

UNCHECKED: Final = "no person has checked it yet"
"""What a declaration says as long as a look alone speaks for it"""
_LINE_MAX_CHARS: Final = 100
_GENERIC: Final = "newscrawl.article.generic.generic_page"
_ANY_LAYOUT: Final = "newscrawl.cms.any_layout"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNewspaper:
    """What a look found of a newspaper, as its declaration says it."""

    name: str
    title: str
    domain: str
    province_code: str
    province: str
    pages: tuple[type[Any], ...]
    sources: tuple[Source, ...]
    skip_paths: tuple[str, ...]
    cms: str
    """Letter of the family in the catalogue"""
    note: str

    @property
    def class_name(self) -> str:
        """Return the name of the spider's class: "BaoDeoSauSpider" of "Báo Đèo Sấu"."""
        plain = unicodedata.normalize("NFD", self.title.replace("đ", "d").replace("Đ", "D"))
        words = re.findall(r"[A-Za-z0-9]+", "".join(c for c in plain if c.isascii()))
        joined = "".join(word.capitalize() for word in words)
        is_name = joined[:1].isalpha()
        return f"{joined if is_name else self.name.title().replace('_', '')}Spider"


def declaration(paper: NewNewspaper) -> str:
    """Return the text of the newspaper's file under `spiders/`."""
    groups = _groups(paper.sources)
    tuples = [_tuple(f"_{name}", values) for name, _, values, _ in groups if len(values) > 1]
    listed = [_listed(*group) for group in groups]
    pages = ", ".join(page.__name__ for page in paper.pages)
    skipped = f"    skip_paths = {_inline(paper.skip_paths)}\n" if paper.skip_paths else ""
    return "\n".join(
        [
            f'"""{paper.title}."""',
            "",
            *_imports(paper),
            "",
            *tuples,
            *([""] if tuples else []),
            "",
            f"class {paper.class_name}(NewspaperSpider):",
            f'    """{paper.note}"""',
            "",
            f'    name = "{paper.name}"',
            f"    title = {_quoted(paper.title)}",
            f'    domain = "{paper.domain}"',
            f'    provinces = ("{paper.province_code}",)',
            f"    pages = ({pages},)" if len(paper.pages) == 1 else f"    pages = ({pages})",
            *_sources(listed),
            skipped,
        ]
    )


def _sources(listed: Sequence[str]) -> list[str]:
    """Return the lines that set the sources, as the formatter sets them."""
    whole = f"    sources = ({listed[0]},)"
    if len(listed) == 1 and len(whole) <= _LINE_MAX_CHARS:
        return [whole]
    return ["    sources = (", *(f"        {line}," for line in listed), "    )"]


Group = tuple[str, str, tuple[str, ...], str]
"""Name of the tuple, class, places, further arguments"""


def _groups(sources: Sequence[Source]) -> list[Group]:
    """Return the sources by class and further arguments, in the order in which they appear."""
    found: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        place, further = _arguments(source)
        found.setdefault((type(source).__name__, further), []).append(place)
    return [
        (f"{_constant(cls)}{number or ''}", cls, tuple(places), further)
        for number, ((cls, further), places) in enumerate(found.items())
    ]


def _constant(cls: str) -> str:
    words = re.findall(r"[A-Z][a-z0-9]*", cls)
    return {"Feed": "FEEDS", "Sitemap": "SITEMAPS"}.get(words[0], "SECTIONS")


def _arguments(source: Source) -> tuple[str, str]:
    """Return the place of a source and its further arguments as Python writes them."""
    first, *others = fields(source)
    named = {one.name: one for one in (first, *others)}
    place = next(name for name in ("url", "base_url", "path") if name in named)
    further = [
        f"{name}={getattr(source, name)!r}"
        for name, one in named.items()
        if name not in (place, "path") and getattr(source, name) != one.default
    ]
    return getattr(source, place), "".join(f", {one}" for one in further)


def _listed(name: str, cls: str, places: tuple[str, ...], further: str) -> str:
    argument = "path=" if cls.endswith("Section") and cls != "GenericSection" else ""
    if len(places) == 1:
        return f"{cls}({argument}{_quoted(places[0])}{further})"
    return f"*({cls}({argument}place{further}) for place in _{name})"


def _tuple(name: str, values: tuple[str, ...]) -> str:
    """Return the assignment of a tuple of texts, as many to a line as fit."""
    lines, line = [], "   "
    for value in values:
        word = f" {_quoted(value)},"
        if len(line) + len(word) > _LINE_MAX_CHARS:
            lines.append(line)
            line = "   "
        line += word
    return "\n".join([f"{name} = (", *lines, line, ")  # fmt: skip"])


def _inline(values: tuple[str, ...]) -> str:
    inner = ", ".join(map(_quoted, values))
    return f"({inner},)" if len(values) == 1 else f"({inner})"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _imports(paper: NewNewspaper) -> list[str]:
    """Return the import lines, sorted by module as the linter sorts them."""
    found: dict[str, set[str]] = {"newscrawl.crawl.newspaper_spider": {"NewspaperSpider"}}
    for cls in (*paper.pages, *map(type, paper.sources)):
        module = _ANY_LAYOUT if cls.__module__ == _GENERIC else cls.__module__
        found.setdefault(module, set()).add(cls.__name__)
    return [f"from {module} import {', '.join(sorted(found[module]))}" for module in sorted(found)]


def catalogue_row(paper: NewNewspaper, sections: Sequence[str]) -> str:
    """Return the newspaper's line of the catalogue, without its end."""
    values = dict.fromkeys(COLUMNS, "") | {
        "newspaper": paper.name,
        "domain": paper.domain,
        "paper": paper.title,
        "province_code": paper.province_code,
        "province": paper.province,
        "cms": paper.cms,
        "sections": " ".join(sections),
        "skip": " ".join(paper.skip_paths),
        "evidence": "L",
        "note": paper.note,
    }
    out = StringIO()
    csv.writer(out, lineterminator="").writerow([values[name] for name in COLUMNS])
    return out.getvalue()
