"""A declaration that is wrong is told in one line with its place, by `checkall` and by `crawl`."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.paths import ROOT

FAMILY: Final = '''"""A family that nobody has."""

from newscrawl.article.article_page import ArticlePage
from newscrawl.urls.article_keys import exact_number_key


class ThuPage(ArticlePage):
    """An article."""

    version = "thu.1"
    identifying_selectors = ("h1.thu",)
    headline_selector = "h1.thu"
    published_selector = "time"
    body_selector = "div.thu"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)
'''
PAPER: Final = '''"""A newspaper."""

from newscrawl.cms.{family} import ThuPage
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoThu(NewspaperSpider):
    """A newspaper that stands nowhere."""

    name = "{name}"
    title = "Báo Thử"
    domain = "{name}.vn"
    provinces = ("08",)
    pages = (ThuPage,)
    sources = (VnptSection(path="/kinh-te/"),)
'''
KEY: Final = """
    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)
"""
# What is written instead of what, and what is told. Line numbers are those of the texts above.
FAMILIES: Final = {
    "version": (
        '    version = "thu.1"\n',
        "",
        ":7: ThuPage.version: missing: name it as in",
    ),
    "identifying": (
        '    identifying_selectors = ("h1.thu",)\n',
        "",
        ":7: ThuPage.identifying_selectors: missing: name selectors",
    ),
    "headline": (
        '    headline_selector = "h1.thu"\n',
        "",
        ":7: ThuPage.headline_selector: missing: name the selector",
    ),
    "readkey": (KEY, "", ":7: ThuPage.read_key: missing: write a static method"),
    "misspelt": (
        "headline_selector =",
        "headlin_selector =",
        ":12: ThuPage.headlin_selector: unknown attribute: did you mean headline_selector?",
    ),
    "unknown": (
        'body_selector = "div.thu"',
        'body_selector = "div.thu"\n    furniture = ()',
        ":15: ThuPage.furniture: unknown attribute: remove it",
    ),
    "css": (
        'body_selector = "div.thu"',
        'body_selector = "div..thu"',
        ":14: ThuPage.body_selector: 'div..thu' is no selector (Expected ident, got",
    ),
    "xpath": (
        'body_selector = "div.thu"',
        'body_selector = "//div[@class"',
        ":14: ThuPage.body_selector: '//div[@class' is no selector (Invalid predicate)",
    ),
    "markstext": (
        'identifying_selectors = ("h1.thu",)',
        'identifying_selectors = ("h1.thu")',
        ":11: ThuPage.identifying_selectors: 'h1.thu' is no tuple: write identif",
    ),
    "instancekey": ("    @staticmethod\n", "", ":16: ThuPage.read_key: no static method: write"),
    "syntax": ("class ThuPage(ArticlePage):", "class ThuPage(ArticlePage:", ":7: SyntaxError:"),
}
PAPERS: Final = {
    "pages": (
        "pages = (ThuPage,)",
        "pages = ThuPage",
        ":15: BaoThu.pages: ThuPage is no tuple: write pages = (ThuPage,)",
    ),
    "skips": (
        'provinces = ("08",)',
        'provinces = ("08",)\n    skips = ()',
        ":15: BaoThu.skips: unknown attribute: did you mean skip_paths?",
    ),
    "skip": (
        'provinces = ("08",)',
        'provinces = ("08",)\n    skip_paths = ("/video/")',
        ":15: BaoThu.skip_paths: '/video/' is no tuple: write skip_paths = ('/video/',)",
    ),
    "province": (
        '"08"',
        '"77"',
        ":14: BaoThu.provinces: '77' is no province of today: write two digits in quotes",
    ),
    "title": (
        '    title = "Báo Thử"\n',
        "",
        ":8: BaoThu.title: missing: write the newspaper's name",
    ),
    "path": ("/kinh-te/", "kinh-te", ":16: ValueError: a section's path begins with '/'"),
    "syntax": ("(NewspaperSpider):", "(NewspaperSpider:", ":8: SyntaxError:"),
    "index": ("pages = (ThuPage,)", "pages = ()[0]", ":15: IndexError: tuple index out of range"),
    "plain": (
        "class BaoThu(NewspaperSpider):",
        "from scrapy import Spider\n\n\nclass BaoThu(Spider):",
        ":11: BaoThu is no newspaper: derive it from NewspaperSpider",
    ),
}
FAULTS_BY_NAME: Final = {"thunhacss": "is no selector", "thusyntax": "SyntaxError"}


def own(text: str, family: str, paper: str = "") -> str:
    """The text with class names that stand nowhere else: two of a name are a fault as well."""
    page = f"Thu{family.capitalize()}Page"
    return text.replace("ThuPage", page).replace("BaoThu", f"Bao{paper.capitalize()}")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a newspaper for every fault."""
    folder = tmp_path_factory.mktemp("declarations")
    shutil.copytree(ROOT / "newscrawl", folder / "newscrawl")
    shutil.copy(ROOT / "scrapy.cfg", folder)
    package = folder / "newscrawl"
    (package / "cms" / "thu.py").write_text(FAMILY, "utf-8")
    for name, (old, new, _) in FAMILIES.items():
        assert FAMILY.count(old) == 1
        text = own(FAMILY.replace(old, new), name)
        (package / "cms" / f"thu_{name}.py").write_text(text, "utf-8")
        # Two newspapers of the family: its fault is told once.
        for paper in (f"thunha{name}", f"thulang{name}"):
            text = own(PAPER.format(name=paper, family=f"thu_{name}"), name, paper)
            (package / "spiders" / f"{paper}.py").write_text(text, "utf-8")
    for name, (old, new, _) in PAPERS.items():
        text = PAPER.format(name=f"thu{name}", family="thu")
        assert old in text
        text = own(text.replace(old, new), "", f"thu{name}")
        (package / "spiders" / f"thu{name}.py").write_text(text, "utf-8")
    text = PAPER.format(name="baothu", family="thu")
    (package / "spiders" / "baothu.py").write_text(text, "utf-8")
    (folder / "tests" / "fixtures" / "thupages").mkdir(parents=True)
    return folder


def scrapy(tree: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *args],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def checked(tree: Path) -> subprocess.CompletedProcess[str]:
    return scrapy(tree, "checkall")


def declarations(stderr: str) -> list[str]:
    """The lines about newspapers and families, not those about the rest of this small tree."""
    return [line for line in stderr.splitlines() if "/cms/thu" in line or "/spiders/" in line]


def test_checkall_survives_every_fault_and_fails(
    checked: subprocess.CompletedProcess[str],
) -> None:
    assert checked.returncode == 1
    assert "Traceback" not in checked.stderr
    assert checked.stdout.startswith("checkall: ")


@pytest.mark.parametrize("name", FAMILIES)
def test_a_fault_of_a_page_class_is_told_once(
    checked: subprocess.CompletedProcess[str], name: str
) -> None:
    told = [line for line in declarations(checked.stderr) if f"thu_{name}.py" in line]
    assert len(told) == 1
    assert told[0].startswith(f"newscrawl/cms/thu_{name}.py{own(FAMILIES[name][2], name)}")
    assert not any(f"thunha{name}" in line for line in declarations(checked.stderr))


@pytest.mark.parametrize("name", PAPERS)
def test_a_fault_of_a_newspaper_is_told_once(
    checked: subprocess.CompletedProcess[str], name: str
) -> None:
    told = [line for line in checked.stderr.splitlines() if f"thu{name}.py" in line]
    assert len(told) == 1
    assert told[0].startswith(
        f"newscrawl/spiders/thu{name}.py{own(PAPERS[name][2], '', f'thu{name}')}"
    )


def test_a_newspaper_without_a_row_in_the_catalogue_is_told(
    checked: subprocess.CompletedProcess[str],
) -> None:
    told = [line for line in checked.stderr.splitlines() if "spiders/baothu.py" in line]
    what = "baothu: baothu.vn has no row in the catalogue"
    remedy = "add it to newscrawl/catalogue/catalogue.csv"
    assert told == [f"newscrawl/spiders/baothu.py:13: {what}: {remedy}"]


def test_papers_shows_a_newspaper_without_a_row(tree: Path) -> None:
    done = scrapy(tree, "papers")
    assert done.returncode == 0
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("baothu ")]
    assert row.split() == ["baothu", "Báo", "Thử", "baothu.vn", "08", "–", "–", "1", "section"]


@pytest.mark.parametrize("name", ["thunhacss", "thunhaversion", "thupages", "thusyntax"])
def test_a_crawl_of_a_faulty_newspaper_ends_before_any_request(tree: Path, name: str) -> None:
    done = scrapy(tree, "crawl", name, "-s", "MIRROR=http://127.0.0.1:9")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("crawl: newscrawl/")
    assert not (tree / "output").exists()


@pytest.mark.parametrize("name", ["thunhacss", "thusyntax"])
@pytest.mark.parametrize("command", ["readpage", "crawl"])
def test_a_faulty_newspaper_is_known_by_its_host(tree: Path, command: str, name: str) -> None:
    page = tree.parent / f"{name}.html"
    page.write_text(f'<link rel="canonical" href="https://www.{name}.vn/a-4102.html">', "utf-8")
    given = str(page) if command == "readpage" else f"https://{name}.vn/"
    done = scrapy(tree, command, given, "-s", "MIRROR=http://127.0.0.1:9")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{command}: newscrawl/")
    assert FAULTS_BY_NAME[name] in line
    assert not (tree / "output").exists()


def test_a_host_that_nobody_declared_is_told_as_such(tree: Path) -> None:
    page = tree.parent / "nobody.html"
    page.write_text('<link rel="canonical" href="https://thunobody.vn/a-4102.html">', "utf-8")
    done = scrapy(tree, "readpage", str(page))
    assert done.returncode == 2
    assert done.stderr.startswith("readpage: no newspaper is declared for 'thunobody.vn'; `")
