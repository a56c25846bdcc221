"""The rules of the project that a machine can check, offline; `scrapy checkall` runs them.

Each check gives the problems it finds, one line each, naming the place.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.item_schema import disk_schema
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.project.fixture import Fixture, fixtures

MODULE_LINES: Final = 300
FUNCTION_LINES: Final = 40
NEWSPAPER_LINES: Final = 60
CMS_LINES: Final = 250
TESTS_PER_CODE: Final = 1.2
LEAST_SET: Final = {"article": 2, "section": 1, "other": 1}
_FORBIDDEN_NAMES: Final = frozenset(["utils.py", "helpers.py", "common.py", "misc.py"])
_BROAD: Final = frozenset(["Exception", "BaseException"])
_TOP_LEVEL: Final = frozenset(
    ["scrapy.cfg", "pyproject.toml", "newscrawl", "tests", "output", "README.md", "CONTRIBUTING.md",
     "CHANGELOG.md", "LICENSE"]
)  # fmt: skip


def check_modules(package: Path) -> Iterator[str]:
    """Sizes, names, broad excepts, missing docstrings, in every module of the package."""
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package.parent)
        text = path.read_text(encoding="utf-8")
        count = text.count("\n")
        limit = _limit(place)
        if count > limit:
            yield f"{place}: {count} lines, the limit is {limit}"
        if path.name in _FORBIDDEN_NAMES:
            yield f"{place}: name it by its subject"
        tree = ast.parse(text)
        if count and not ast.get_docstring(tree):
            yield f"{place}: no docstring says what the module holds"
        for node in ast.walk(tree):
            yield from _check_node(place, node)


def _limit(place: Path) -> int:
    if place.name == "__init__.py":
        return MODULE_LINES
    return {"spiders": NEWSPAPER_LINES, "cms": CMS_LINES}.get(place.parent.name, MODULE_LINES)


def _check_node(place: Path, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{place}:{node.lineno}: {node.name}: {lines} lines, limit {FUNCTION_LINES}"
    if isinstance(node, ast.ExceptHandler):
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        last = node.body[-1]
        passes_on = isinstance(last, ast.Raise) and last.exc is None  # it only cleans up
        if not passes_on and any(_is_broad(one) for one in caught):
            yield f"{place}:{node.lineno}: an except that catches everything hides faults"


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Attribute):
        return caught.attr in _BROAD
    return caught is None or (isinstance(caught, ast.Name) and caught.id in _BROAD)


def check_newspapers(newspapers: list[type[NewspaperSpider]], folder: Path) -> Iterator[str]:
    """Declarations that contradict each other, and fixtures of no newspaper."""
    domains: dict[str, str] = {}
    for newspaper in newspapers:
        for host in newspaper.hosts:
            other = domains.setdefault(host, newspaper.name)
            if other != newspaper.name:
                yield f"{newspaper.name}: host {host} is {other}'s too"
        methods = [n for n, v in vars(newspaper).items() if callable(v) and not n.startswith("__")]
        if len(methods) > 3:
            yield f"{newspaper.name}: {len(methods)} methods; beyond 3 it is a CMS"
    if folder.is_dir():
        names = {newspaper.name for newspaper in newspapers}
        for place in sorted(path for path in folder.iterdir() if path.is_dir()):
            if place.name not in names:
                yield f"{place}: no newspaper has that name"


def check_families(newspapers: list[type[NewspaperSpider]], folder: Path) -> Iterator[str]:
    """The least set of fixtures of every CMS family in use (`LEAST_SET`).

    A family is a module of `newscrawl.cms`, by its name's first word: vnpt and vnpt_lists are one.
    """
    papers = {newspaper.name: newspaper for newspaper in newspapers}
    counts = {_family(page): Counter[str]() for paper in newspapers for page in paper.pages}
    for fixture in fixtures(folder):
        if fixture.newspaper in papers:
            pages = papers[fixture.newspaper].pages
            own = [
                page for page in pages if fixture.page != "article" or _is_read_by(page, fixture)
            ]
            for family in {_family(page) for page in own}:
                counts[family][fixture.page] += 1
    for family, count in sorted(counts.items()):
        for kind, least in LEAST_SET.items():
            if count[kind] < least:
                yield f"{family}: {count[kind]} fixtures of kind {kind}, {least} are the least"


def _family(page: type[ArticlePage]) -> str:
    return page.__module__.rpartition(".")[2].partition("_")[0]


def _is_read_by(page: type[ArticlePage], fixture: Fixture) -> bool:
    return page.matches(fixture.document())


def check_fixtures(folder: Path) -> Iterator[str]:
    """Every saved page has its expectations, compared with the page by a person."""
    for page in sorted(folder.rglob("*.html")):
        if not page.with_suffix(".json").is_file():
            yield f"{page}: no {page.with_suffix('.json').name} beside it"
    for path in sorted(folder.rglob("*.json")):
        try:
            gold: dict[str, Any] = dict(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            yield f"{path}: not a JSON object: {error}"
            continue
        if not path.with_suffix(".html").is_file():
            yield f"{path}: no page beside it"
        if gold.get("checked") is not True:
            yield f'{path}: "checked" is not true: compare it with the page'
        if gold.get("page") not in ("article", "section", "other"):
            yield f'{path}: "page" is not article, section or other'
        absent = set(gold.get("absent", ()))
        for field, value in gold.get("expected", {}).items():
            if value in ("", []) and field not in absent and field != "next_page":
                yield f"{path}: {field} is empty but not named in absent"


def check_schema(package: Path) -> Iterator[str]:
    """The published JSON Schema is the one the dataclass gives."""
    published = json.loads((package / "article.schema.json").read_text(encoding="utf-8"))
    if published != disk_schema():
        yield "article.schema.json is not current: scrapy checkall --write"


def check_settings(package: Path) -> Iterator[str]:
    """Every setting has its reason beside it or above its group."""
    for number, line in enumerate((package / "settings.py").read_text("utf-8").splitlines(), 1):
        if re.fullmatch(r"[A-Z_]+ = (?:True|False)", line.strip()):
            yield f"settings.py:{number}: {line.strip()} has no reason"


def check_tree(root: Path) -> Iterator[str]:
    """The fixed top level, and tests in proportion to code."""
    for path in sorted(root.iterdir()):
        is_made = path.name.startswith(".") or path.name.endswith(".egg-info")
        if not is_made and path.name not in _TOP_LEVEL:
            yield f"{path.name}: does not belong to the top level"
    code = _lines(root / "newscrawl")
    tests = _lines(root / "tests")
    if tests < TESTS_PER_CODE * code:
        yield f"tests: {tests} lines for {code} of code, {TESTS_PER_CODE} × are asked for"


def _lines(folder: Path) -> int:
    files = (p for p in folder.rglob("*.py"))
    return sum(1 for p in files for line in p.read_text("utf-8").splitlines() if line.strip())
