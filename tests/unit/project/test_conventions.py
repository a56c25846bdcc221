"""The project's conventions: each check finds what is planted, and nothing in a clean tree."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from scrapy.settings import Settings

import newscrawl
from newscrawl import cms
from newscrawl.article.item_schema import disk_schema, revision_schema
from newscrawl.catalogue.entries import catalogue
from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.project.conventions import (
    bare_newspapers,
    check_catalogue,
    check_families,
    check_fixture_folders,
    check_fixtures,
    check_modules,
    check_names,
    check_newspapers,
    check_page_classes,
    check_schema,
    check_settings,
    check_tree,
    outdated_notes,
)
from newscrawl.project.line_table import check_stations

PACKAGE: Final = Path(newscrawl.__file__).parent
ROOT: Final = PACKAGE.parent
FIXTURES: Final = ROOT / "tests" / "fixtures"
SCHEMA: Final = json.dumps(disk_schema())
REVISION_SCHEMA: Final = json.dumps(revision_schema())


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lines(number: int) -> str:
    return '"""Holds numbers."""\n' + "".join(f"A{n} = {n}\n" for n in range(number - 1))


def function(length: int) -> str:
    return '"""Counts."""\n\n\ndef count() -> None:\n' + "    print()\n" * (length - 1)


def catching(handler: str) -> str:
    return f'"""Tries."""\n\ntry:\n    A = 1\nexcept {handler}:\n    A = 2\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package without fault."""
    folder = tmp_path / "newscrawl"
    write(folder / "__init__.py", '"""The map."""\n')
    write(folder / "spiders" / "__init__.py", "")
    write(folder / "spiders" / "baothu.py", lines(20))
    write(folder / "cms" / "vnpt.py", lines(200))
    write(folder / "dates.py", function(30))
    write(folder / "settings.py", '"""Ours."""\n\nCOOKIES_ENABLED = False  # none is needed\n')
    write(folder / "article.schema.json", SCHEMA)
    write(folder / "revision.schema.json", REVISION_SCHEMA)
    return folder


# Modules ----------------------------------------------------------------------------------------


def test_a_clean_package_has_no_problem(package: Path) -> None:
    assert list(check_modules(package)) == []
    assert list(check_settings(package)) == []
    assert list(check_schema(package)) == []


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("spiders/baothu.py", lines(61), "spiders/baothu.py: 61 lines, 60 are the limit: a news"),
        ("utils.py", lines(3), "utils.py: the name tells nothing: name it by its subject"),
        ("cms/helpers.py", lines(3), "helpers.py: the name tells nothing: name it by its subject"),
        ("dates.py", "A = (\n", "dates.py:1: SyntaxError: '(' was never closed: mend"),
        ("dates.py", "A = 1\n", "dates.py: no docstring"),
        ("dates.py", function(41), "dates.py:4: count: 41 lines, 40 are the limit: divide"),
        ("dates.py", function(41).replace("def", "async def"), "dates.py:4: count: 41 lines"),
        ("dates.py", catching("Exception"), "dates.py:5: an except that catches everything"),
        ("dates.py", catching("Exception as error"), "dates.py:5: an except"),
        ("dates.py", catching("BaseException"), "dates.py:5: an except"),
        ("dates.py", catching("builtins.Exception"), "dates.py:5: an except"),
        ("dates.py", catching("(ValueError, Exception)"), "dates.py:5: an except"),
        ("dates.py", catching("").replace(" :", ":"), "dates.py:5: an except"),
    ],
)
def test_a_planted_fault_is_found(package: Path, place: str, text: str, said: str) -> None:
    write(package / place, text)
    (problem,) = check_modules(package)
    assert said in problem


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("dates.py", lines(900)),
        ("spiders/baothu.py", lines(60)),
        ("spiders/__init__.py", lines(100)),
        ("cms/vnpt.py", lines(400)),
        ("dates.py", function(40)),
        ("dates.py", catching("ValueError")),
        ("dates.py", catching("(ValueError, KeyError)")),
        ("dates.py", catching("BaseException") + "    raise\n"),
        ("empty.py", ""),
    ],
)
def test_what_is_just_within_the_limit_is_none(package: Path, place: str, text: str) -> None:
    write(package / place, text)
    assert list(check_modules(package)) == []


def test_every_fault_is_told(package: Path) -> None:
    write(package / "utils.py", "A = 1\n")
    write(package / "dates.py", function(41) + function(50).replace("count", "other"))
    assert len(list(check_modules(package))) == 4


# Names ------------------------------------------------------------------------------------------

PAGE: Final = '"""Holds a page."""\n\n\nclass Page:\n    """A page."""\n'


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["cms/body.py", "article/body.py"], "cms/body.py: "),
        (["cms/deep/body.py", "body.py"], "cms/deep/body.py: "),
    ],
)
def test_a_file_name_that_stands_twice_is_told(package: Path, places: list[str], said: str) -> None:
    for place in places:
        write(package / place, lines(3))
    (problem,) = check_names(package)
    assert said in problem
    assert "has the same file name: name it by its own subject" in problem


@pytest.mark.parametrize("folder", ["http/middlewares", "crawl/pipelines", "commands", "spiders"])
def test_a_component_may_be_named_as_its_subject(package: Path, folder: str) -> None:
    write(package / "http" / "throttle.py", lines(3))
    write(package / folder / "throttle.py", lines(3))
    write(package / folder / "__init__.py", "")
    assert list(check_names(package)) == []


def test_a_public_class_name_that_stands_twice_is_told(package: Path) -> None:
    write(package / "cms" / "one.py", PAGE)
    write(package / "cms" / "two.py", PAGE)
    (problem,) = check_names(package)
    assert "cms/two.py:4: Page is a class at " in problem
    assert "cms/one.py:4 too: name one otherwise" in problem
    write(package / "cms" / "two.py", PAGE.replace("Page", "_Page"))
    assert list(check_names(package)) == []


def test_more_than_eight_flat_modules_are_told(package: Path) -> None:
    for number in range(5):
        write(package / f"flat{number}.py", lines(3))
    assert list(check_names(package)) == []
    write(package / "flat5.py", lines(3))
    (problem,) = check_names(package)
    assert problem.endswith("9 flat modules, 8 are the limit: move one to its station")


# Settings and schema ----------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["COOKIES_ENABLED = False", "KEEP_PAGES = True"])
def test_a_setting_without_its_reason_is_told(package: Path, setting: str) -> None:
    write(package / "settings.py", f'"""Ours."""\n\n{setting}\n')
    (problem,) = check_settings(package)
    assert "newscrawl/settings.py:3: " in problem
    assert "no reason" in problem


@pytest.mark.parametrize("change", [{"title": "other"}, {"required": []}, {"properties": {}}])
def test_a_schema_that_is_not_current_is_told(package: Path, change: dict[str, Any]) -> None:
    write(package / "article.schema.json", json.dumps(json.loads(SCHEMA) | change))
    (problem,) = check_schema(package)
    assert "newscrawl checkall --write" in problem


# Newspapers -------------------------------------------------------------------------------------


def newspaper(name: str, domain: str, **more: Any) -> type[NewspaperSpider]:
    declared = {
        "name": name,
        "title": "Báo Thử",
        "domain": domain,
        "provinces": ("08",),
        "pages": VNPT_PAGES,
        "sources": (VnptSection(path="/kinh-te/"),),
    }
    return type("BaoThuSpider", (NewspaperSpider,), declared | more)


def method(self: NewspaperSpider) -> None:
    """Something a declaration does not need."""


def test_two_newspapers_without_fault_have_no_problem() -> None:
    papers = [newspaper("baothu", "baothu.vn"), newspaper("baokhac", "baokhac.vn")]
    assert list(check_newspapers(papers)) == []


@pytest.mark.parametrize(
    "more",
    [{"domain": "baothu.vn"}, {"domain": "www.baothu.vn"}, {"former_domains": ("baothu.vn",)}],
)
def test_one_host_of_two_newspapers_is_told_once(more: dict[str, Any]) -> None:
    other = newspaper("baokhac", **({"domain": "baokhac.vn"} | more))
    (problem,) = check_newspapers([newspaper("baothu", "baothu.vn"), other])
    assert "baokhac: host baothu.vn is baothu's too: leave it to one" in problem


@pytest.mark.parametrize(("methods", "told"), [(0, 0), (3, 0), (4, 1), (9, 1)])
def test_a_newspaper_with_many_methods_is_told(methods: int, told: int) -> None:
    paper = newspaper("baothu", "baothu.vn", **{f"method_{n}": method for n in range(methods)})
    problems = list(check_newspapers([paper]))
    assert len(problems) == told
    assert all("3 are the limit: make it a CMS family" in problem for problem in problems)


def test_fixtures_of_no_newspaper_are_told(tmp_path: Path) -> None:
    (tmp_path / "baola").mkdir()
    write(tmp_path / "README.md", "Pages.")
    (tmp_path / "baothu").mkdir()
    (problem,) = check_fixture_folders({"baothu", "baokhac"}, tmp_path)
    assert "baola: no newspaper has that name: " in problem


def test_newspapers_without_pages_of_their_own_are_named(tmp_path: Path) -> None:
    papers = [newspaper("baothu", "baothu.vn"), newspaper("baokhac", "baokhac.vn")]
    assert list(bare_newspapers(papers, tmp_path)) == ["baothu", "baokhac"]
    write(tmp_path / "baokhac" / "section.html", "<p>Trang.</p>")
    (tmp_path / "baothu").mkdir()
    assert list(bare_newspapers(papers, tmp_path)) == ["baothu"]


def test_a_newspaper_without_a_row_in_the_catalogue_is_told() -> None:
    known = [entry for entry in catalogue() if entry.domain == "baodaklak.vn"]
    papers = [newspaper("baodaklak", "baodaklak.vn"), newspaper("baothu", "baothu.vn")]
    (problem,) = check_catalogue(papers, known)
    assert "baothu: baothu.vn has no row in the catalogue: add it to " in problem
    former = newspaper("baothu", "baothu.vn", former_domains=("www.baodaklak.vn",))
    assert list(check_catalogue([former], known)) == []


def noted(doc: str, **more: Any) -> type[NewspaperSpider]:
    """A newspaper whose declaration says this of itself."""
    return newspaper("baothu", "baothu.vn", __doc__=doc, **more)


@pytest.mark.parametrize(
    ("doc", "checked", "told"),
    [
        ("Found by its address on 2026-11-20; no person has checked it yet.", [True, True], 1),
        ("Found by its address on 2026-11-20; no person has checked it yet.", [True, False], 0),
        ("Found by its address on 2026-11-20; no person has checked it yet.", [], 0),
        ("Seen in November 2026: two sections of the menu.", [True, True], 0),
    ],
)
def test_a_note_that_the_checked_fixtures_refute_is_told(
    tmp_path: Path, doc: str, checked: list[bool], told: int
) -> None:
    for number, is_checked in enumerate(checked):
        page = write(tmp_path / "baothu" / f"article-{number}.html", "<html></html>")
        write(page.with_suffix(".json"), json.dumps(GOLD | {"checked": is_checked}))
    found = list(outdated_notes([noted(doc)], (), tmp_path))
    assert len(found) == told
    for one in found:
        assert "baothu: its fixtures are checked" in one
        assert "no person has checked it yet" in one
        assert "write what you saw, here and in the catalogue" in one


def test_a_note_of_the_catalogue_alone_is_told_too(tmp_path: Path) -> None:
    page = write(tmp_path / "baodaklak" / "section.html", "<html></html>")
    write(page.with_suffix(".json"), json.dumps(GOLD))
    (row,) = [entry for entry in catalogue() if entry.domain == "baodaklak.vn"]
    papers = [newspaper("baodaklak", "baodaklak.vn")]
    assert list(outdated_notes(papers, [row], tmp_path)) == []
    told = replace(row, note="Found by its address; no person has checked it yet.")
    assert len(list(outdated_notes(papers, [told], tmp_path))) == 1


# Fixtures ---------------------------------------------------------------------------------------

GOLD: Final[dict[str, Any]] = {
    "url": "https://baothu.vn/kinh-te/202506/mua-che-75f1237/",
    "page": "article",
    "checked": True,
    "absent": ["byline", "tags"],
    "expected": {"headline": "Mùa chè", "byline": "", "tags": [], "revision": 0},
}


def fixture(folder: Path, gold: dict[str, Any] | None, *, page: bool = True) -> Path:
    if page:
        write(folder / "baothu" / "article.html", "<html></html>")
    if gold is not None:
        write(folder / "baothu" / "article.json", json.dumps(gold))
    return folder


def test_a_checked_fixture_has_no_problem(tmp_path: Path) -> None:
    assert list(check_fixtures(fixture(tmp_path, GOLD))) == []


@pytest.mark.parametrize("kind", ["article", "section", "other"])
def test_every_kind_of_page_may_be_a_fixture(tmp_path: Path, kind: str) -> None:
    assert list(check_fixtures(fixture(tmp_path, GOLD | {"page": kind}))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"checked": False}, '"checked" is not true'),
        ({"checked": "true"}, '"checked" is not true'),
        ({"checked": None}, '"checked" is not true'),
        ({"page": "list"}, '"page" is not article, section or other'),
        ({"page": None}, '"page" is not'),
        ({"absent": ["tags"]}, "byline is empty but not named in absent"),
        ({"absent": ["byline"]}, "tags is empty but not named in absent"),
        ({"expected": {"headline": ""}}, "headline is empty"),
        ({"kind": "article"}, '"kind" is no key of a fixture: use url, '),
    ],
)
def test_a_fixture_with_a_fault_is_told(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    (problem,) = check_fixtures(fixture(tmp_path, GOLD | change))
    assert "article.json" in problem
    assert said in problem


@pytest.mark.parametrize("text", ["", "{", "[1]", "3", '"page"'])
def test_expectations_that_are_no_object_are_told(tmp_path: Path, text: str) -> None:
    write(fixture(tmp_path, None) / "baothu" / "article.json", text)
    (problem,) = check_fixtures(tmp_path)
    assert "article.json: not a JSON object" in problem


A1_ARTICLE: Final = '<div id="content"><h1 class="media-heading">Mùa chè</h1></div>'


def test_a_family_without_its_least_set_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "baothu"
    for name, kind in (("article-a", "article"), ("section-a", "section"), ("other-a", "other")):
        write(folder / f"{name}.html", A1_ARTICLE)
        gold = GOLD | {"page": kind, "fetched_at": "2026-11-20T01:02:03Z", "content_type": ""}
        write(folder / f"{name}.json", json.dumps(gold))
    papers = [newspaper("baothu", "baothu.vn")]
    rest = "2 are the least: save a page and what it says"
    assert list(check_families(papers, tmp_path)) == [
        f"newscrawl/cms/vnpt.py: 1 fixtures of kind article, {rest}"
    ]
    write(folder / "article-b.html", "<p>Một trang của CMS khác.</p>")
    write(folder / "article-b.json", (folder / "article-a.json").read_text())
    assert len(list(check_families(papers, tmp_path))) == 1
    write(folder / "article-b.html", A1_ARTICLE)
    assert list(check_families(papers, tmp_path)) == []


def test_a_family_in_use_without_any_fixture_is_told_once_a_kind(tmp_path: Path) -> None:
    papers = [newspaper("baothu", "baothu.vn"), newspaper("baokhac", "baokhac.vn")]
    assert len(list(check_families(papers, tmp_path))) == 3


def test_a_page_without_expectations_is_told(tmp_path: Path) -> None:
    (problem,) = check_fixtures(fixture(tmp_path, None))
    assert "article.html: no article.json beside it: write " in problem


def test_expectations_without_a_page_are_told(tmp_path: Path) -> None:
    (problem,) = check_fixtures(fixture(tmp_path, GOLD, page=False))
    assert "article.json: no page beside it: save " in problem


def test_the_last_section_page_needs_no_next_one(tmp_path: Path) -> None:
    gold = GOLD | {"page": "section", "expected": {"next_page": ""}}
    assert list(check_fixtures(fixture(tmp_path, gold))) == []


# The tree ---------------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path: Path, package: Path) -> Path:
    size = sum(path.read_text("utf-8").count("\n") for path in package.rglob("*.py"))
    write(tmp_path / "tests" / "test_all.py", lines(2 * size))
    for name in ("pyproject.toml", "README.md", "scrapy.cfg", ".gitignore"):
        write(tmp_path / name, "")
    return tmp_path


def test_a_clean_tree_has_no_problem(tree: Path) -> None:
    assert list(check_tree(tree)) == []


@pytest.mark.parametrize("name", ["notes.txt", "scripts", "setup.py", "newscrawl2"])
def test_a_stranger_at_the_top_is_told(tree: Path, name: str) -> None:
    write(tree / name / "x" if "." not in name else tree / name, "")
    (problem,) = check_tree(tree)
    assert problem.endswith(f"/{name}: does not belong to the top level: move or remove it")


@pytest.mark.parametrize("name", ["docs", "Containerfile"])
def test_docs_and_a_container_belong_there(tree: Path, name: str) -> None:
    write(tree / name / "x" if name.islower() else tree / name, "")
    assert list(check_tree(tree)) == []


@pytest.mark.parametrize("name", [".venv", ".git", "newscrawl.egg-info"])
def test_what_tools_leave_there_is_none(tree: Path, name: str) -> None:
    (tree / name).mkdir()
    assert list(check_tree(tree)) == []


def test_too_few_tests_are_told(tree: Path) -> None:
    write(tree / "tests" / "test_all.py", lines(10) + "\n" * 1_000)
    (problem,) = check_tree(tree)
    assert "/tests: 10 lines for " in problem


# The project itself -----------------------------------------------------------------------------


def newspapers() -> list[type[NewspaperSpider]]:
    loader = NewspaperLoader.from_settings(Settings({"SPIDER_MODULES": ["newscrawl.spiders"]}))
    loaded = map(loader.load, loader.list())
    return [spider for spider in loaded if issubclass(spider, NewspaperSpider)]


@pytest.mark.parametrize(
    "check",
    [
        lambda: check_schema(PACKAGE),
        lambda: check_settings(PACKAGE),
        lambda: check_names(PACKAGE),
        lambda: check_page_classes(cms),
        lambda: check_newspapers(newspapers()),
        lambda: check_catalogue(newspapers(), catalogue()),
        lambda: check_fixture_folders({paper.name for paper in newspapers()}, FIXTURES),
        lambda: check_stations(PACKAGE, newscrawl.__doc__ or ""),
        lambda: check_fixtures(FIXTURES),
        lambda: check_families(newspapers(), FIXTURES),
    ],
    ids=[
        "schema",
        "settings",
        "names",
        "page classes",
        "newspapers",
        "catalogue",
        "folders",
        "stations",
        "fixtures",
        "families",
    ],
)
def test_the_project_keeps_its_own_conventions(check: Callable[[], Iterable[str]]) -> None:
    assert list(check()) == []


def test_there_are_newspapers_to_check() -> None:
    assert {"baotuyenquang", "baodaklak", "baodongnai"} <= {paper.name for paper in newspapers()}
