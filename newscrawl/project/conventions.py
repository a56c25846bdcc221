"""The rules of the project that a machine can check, offline; `scrapy checkall` runs them.

Each check yields the problems it finds, one line each: where, what, what to do.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.item_schema import PUBLISHED_SCHEMAS
from newscrawl.article.page_declaration import check_complete
from newscrawl.catalogue.entries import CatalogueEntry
from newscrawl.config.program import program
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.spider_loader import IMPORT_FAULTS, fault_of
from newscrawl.exceptions import DeclarationError
from newscrawl.page.class_attributes import declared_at, place, syntax_fault
from newscrawl.project.fixture import KEYS, KINDS, Fixture, fixtures
from newscrawl.project.new_newspaper import UNCHECKED

FLAT_MODULES_MAX: Final = 8
FUNCTION_LINES_MAX: Final = 40
NEWSPAPER_LINES_MAX: Final = 60
NEWSPAPER_METHODS_MAX: Final = 3
TEST_LINES_PER_CODE_LINE_MIN: Final = 1.2
LEAST_SET: Final = {"article": 2, "section": 1, "other": 1}
_FORBIDDEN_NAMES: Final = frozenset(["utils.py", "helpers.py", "common.py", "misc.py"])
_BROAD: Final = frozenset(["Exception", "BaseException"])
_TOP_LEVEL: Final = frozenset(
    ["scrapy.cfg", "pyproject.toml", "newscrawl", "tests", "docs", "output", "README.md",
     "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Containerfile"]
)  # fmt: skip
# Scrapy's components and commands are named as the subject they open, and their folder says so.
_NAMED_BY_FOLDER: Final = frozenset(["middlewares", "pipelines", "commands", "spiders"])
_FIXED_NAMES: Final = frozenset(["__init__.py", "__main__.py"])
_FIXED_CLASSES: Final = frozenset(["Command"])  # Scrapy looks for this name in every command


def check_modules(package: Path) -> Iterator[str]:
    """Yield what is wrong with a module's form: length of functions, docstring, broad excepts."""
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        at = place(path)
        if path.parent.name == "spiders" and path.name not in _FIXED_NAMES:
            count = text.count("\n")
            if count > NEWSPAPER_LINES_MAX:
                limit = f"{NEWSPAPER_LINES_MAX} are the limit"
                yield f"{at}: {count} lines, {limit}: a newspaper declares, its CMS does the work"
        if path.name in _FORBIDDEN_NAMES:
            yield f"{at}: the name tells nothing: name it by its subject"
        try:
            tree = ast.parse(text, str(path))
        except SyntaxError as error:
            yield syntax_fault(error)
            continue
        if text and not ast.get_docstring(tree):
            yield f"{at}: no docstring: say what the module holds"
        for node in ast.walk(tree):
            yield from _check_node(path, node)


def check_names(package: Path) -> Iterator[str]:
    """Yield file names and public class names that stand twice, and flat modules too many."""
    flat = sorted(path.name for path in package.glob("*.py"))
    if len(flat) > FLAT_MODULES_MAX:
        what = f"{len(flat)} flat modules, {FLAT_MODULES_MAX} are the limit"
        yield f"{place(package)}: {what}: move one to its station"
    files: dict[str, str] = {}
    classes: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        if path.name not in _FIXED_NAMES and path.parent.name not in _NAMED_BY_FOLDER:
            other = files.setdefault(path.name, place(path))
            if other != place(path):
                yield f"{place(path)}: {other} has the same file name: name it by its own subject"
        for name, line in _public_classes(path):
            other = classes.setdefault(name, place(path, line))
            if other != place(path, line) and name not in _FIXED_CLASSES:
                yield f"{place(path, line)}: {name} is a class at {other} too: name one otherwise"


def _public_classes(path: Path) -> Iterator[tuple[str, int]]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:  # `check_modules` tells it
        return
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node.lineno


def _check_node(path: Path, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES_MAX:
            what = f"{node.name}: {lines} lines, {FUNCTION_LINES_MAX} are the limit"
            yield f"{place(path, node.lineno)}: {what}: divide it by what it does"
    if isinstance(node, ast.ExceptHandler):
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        last = node.body[-1]
        passes_on = isinstance(last, ast.Raise) and last.exc is None  # it only cleans up
        if not passes_on and any(_is_broad(one) for one in caught):
            what = "an except that catches everything hides faults"
            yield f"{place(path, node.lineno)}: {what}: name what may be raised"


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Attribute):
        return caught.attr in _BROAD
    return caught is None or (isinstance(caught, ast.Name) and caught.id in _BROAD)


def check_newspapers(newspapers: list[type[NewspaperSpider]]) -> Iterator[str]:
    """Yield declarations that contradict each other, or do more than declare."""
    owners: dict[str, str] = {}
    for newspaper in newspapers:
        for host in sorted(newspaper.hosts):
            other = owners.setdefault(host, newspaper.name)
            if other != newspaper.name:
                at = declared_at(newspaper, "domain")
                yield f"{at}: {newspaper.name}: host {host} is {other}'s too: leave it to one"
                break  # the other spellings of the host say the same
        methods = [n for n, v in vars(newspaper).items() if callable(v) and not n.startswith("__")]
        if len(methods) > NEWSPAPER_METHODS_MAX:
            what = f"{len(methods)} methods, {NEWSPAPER_METHODS_MAX} are the limit"
            yield f"{declared_at(newspaper)}: {newspaper.name}: {what}: make it a CMS family"


def check_page_classes(package: ModuleType) -> Iterator[str]:
    """Yield the CMS modules that cannot be imported, and page classes that are not complete.

    A page class from which others derive may lack attributes; one without a subclass may not.
    """
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        try:
            module = import_module(found.name)
        except IMPORT_FAULTS as error:
            yield fault_of(error, found.name)
            continue
        for value in vars(module).values():
            is_page = isinstance(value, type) and issubclass(value, ArticlePage)
            if is_page and value.__module__ == found.name and not value.__subclasses__():
                try:
                    check_complete(value, ArticlePage)
                except DeclarationError as error:
                    yield str(error)


def check_catalogue(
    newspapers: list[type[NewspaperSpider]], entries: Collection[CatalogueEntry]
) -> Iterator[str]:
    """Yield the newspapers of which the catalogue has no row."""
    known = {entry.domain for entry in entries}
    for newspaper in newspapers:
        if known.isdisjoint(newspaper.hosts):
            what = f"{newspaper.domain} has no row in the catalogue"
            remedy = "add it to newscrawl/catalogue/catalogue.csv"
            yield f"{declared_at(newspaper, 'domain')}: {newspaper.name}: {what}: {remedy}"


def check_fixture_folders(names: Collection[str], folder: Path) -> Iterator[str]:
    """Yield the folders of fixtures that are named after none of the newspapers."""
    for path in sorted(path for path in folder.iterdir() if path.is_dir()):
        if path.name not in names:
            yield f"{place(path)}: no newspaper has that name: rename the folder or declare it"


def bare_newspapers(newspapers: list[type[NewspaperSpider]], folder: Path) -> Iterator[str]:
    """Yield the names of the newspapers without a saved page of their own, which is no fault."""
    for newspaper in newspapers:
        if not any((folder / newspaper.name).glob("*.html")):
            yield newspaper.name


def outdated_notes(
    newspapers: list[type[NewspaperSpider]], entries: Collection[CatalogueEntry], folder: Path
) -> Iterator[str]:
    """Yield the newspapers that are called unchecked although all their fixtures are checked."""
    notes = {entry.newspaper: entry.note or "" for entry in entries}
    for newspaper in newspapers:
        said = f"{newspaper.__doc__ or ''} {notes.get(newspaper.name, '')}"
        saved = [one for one in fixtures(folder / newspaper.name) if one.is_readable]
        if UNCHECKED in said and saved and all(one.gold.get("checked") is True for one in saved):
            what = f'its fixtures are checked, and "{UNCHECKED}"'
            remedy = "write what you saw, here and in the catalogue"
            yield f"{declared_at(newspaper)}: {newspaper.name}: {what}: {remedy}"


def check_families(newspapers: list[type[NewspaperSpider]], folder: Path) -> Iterator[str]:
    """Yield the CMS families in use that lack fixtures of their least set (`LEAST_SET`).

    A family is a module of `newscrawl.cms`, by its name's first word: vnpt and vnpt_lists are one.
    """
    papers = {newspaper.name: newspaper for newspaper in newspapers}
    counts = {
        _family(page): Counter[str]()
        for paper in newspapers
        for page in paper.pages
        if not page.is_generic  # it is no family, and has pages of its own
    }
    for fixture in fixtures(folder):
        if fixture.newspaper in papers and fixture.is_readable:
            pages = papers[fixture.newspaper].pages
            own = [
                page for page in pages if fixture.page != "article" or _is_read_by(page, fixture)
            ]
            for family in {_family(page) for page in own if not page.is_generic}:
                counts[family][fixture.page] += 1
    for family, count in sorted(counts.items()):
        for kind, least in LEAST_SET.items():
            if count[kind] < least:
                what = f"{count[kind]} fixtures of kind {kind}, {least} are the least"
                yield f"newscrawl/cms/{family}.py: {what}: save a page and what it says"


def _family(page: type[ArticlePage]) -> str:
    return page.__module__.rpartition(".")[2].partition("_")[0]


def _is_read_by(page: type[ArticlePage], fixture: Fixture) -> bool:
    return page.matches(fixture.document())


def check_fixtures(folder: Path) -> Iterator[str]:
    """Yield saved pages without checked expectations, and expectations of another form."""
    for page in sorted(folder.rglob("*.html")):
        if not page.with_suffix(".json").is_file():
            name = page.with_suffix(".json").name
            yield f"{place(page)}: no {name} beside it: write what the page says"
    for path in sorted(folder.rglob("*.json")):
        try:
            gold: dict[str, Any] = dict(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            yield f"{place(path)}: not a JSON object ({error}): mend it"
            continue
        if not path.with_suffix(".html").is_file():
            yield f"{place(path)}: no page beside it: save the page or remove the file"
        yield from (f"{place(path)}: {what}" for what in _fixture_faults(gold))


def _fixture_faults(gold: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the expectations of one page, and what to do."""
    for name in sorted(gold.keys() - KEYS):
        yield f'"{name}" is no key of a fixture: use {", ".join(KEYS)}'
    if gold.get("checked") is not True:
        yield '"checked" is not true: compare every field with the page, then set it'
    if gold.get("page") not in KINDS:
        yield f'"page" is not {", ".join(KINDS[:-1])} or {KINDS[-1]}: name the kind of page'
    absent = set(gold.get("absent", ()))
    for field, value in gold.get("expected", {}).items():
        if value in ("", []) and field not in absent and field != "next_page":
            yield f"{field} is empty but not named in absent: read it, or name it there"


def check_schema(package: Path) -> Iterator[str]:
    """Yield a problem where a published JSON Schema is not the one the dataclass gives."""
    for name, schema in PUBLISHED_SCHEMAS.items():
        path = package / name
        if not path.is_file() or json.loads(path.read_text(encoding="utf-8")) != schema():
            yield f"{place(path)}: not current: {program()} checkall --write"


def check_settings(package: Path) -> Iterator[str]:
    """Yield the switches in the settings that have no reason beside them."""
    path = package / "settings.py"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if re.fullmatch(r"[A-Z_]+ = (?:True|False)", line.strip()):
            yield f"{place(path, number)}: {line.strip()} has no reason: write it beside the value"


def check_tree(root: Path) -> Iterator[str]:
    """Yield what does not belong to the top level, and tests too few for the code."""
    for path in sorted(root.iterdir()):
        is_made = path.name.startswith(".") or path.name.endswith(".egg-info")
        if not is_made and path.name not in _TOP_LEVEL:
            yield f"{place(path)}: does not belong to the top level: move or remove it"
    declared = _lines(root / "newscrawl" / "spiders")  # data, which `checkall` tests
    code, tests = _lines(root / "newscrawl") - declared, _lines(root / "tests")
    if tests < TEST_LINES_PER_CODE_LINE_MIN * code:
        least = f"{TEST_LINES_PER_CODE_LINE_MIN} times as many are asked for"
        yield f"{place(root / 'tests')}: {tests} lines for {code} of code, {least}: write tests"


def _lines(folder: Path) -> int:
    files = (p for p in folder.rglob("*.py"))
    return sum(1 for p in files for line in p.read_text("utf-8").splitlines() if line.strip())
