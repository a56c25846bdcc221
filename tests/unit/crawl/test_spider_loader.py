"""The loader of newspapers: a fault in one declaration is told, and touches no other."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.exceptions import DeclarationError

DECLARED: Final = """
from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class Paper(NewspaperSpider):
    name = "{name}"
    title = "Báo Thử"
    domain = "{name}.vn"
    provinces = ("08",)
    pages = VNPT_PAGES
    sources = (VnptSection(path="/kinh-te/"),)
"""
Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a module of a package of newspapers that has two right ones."""
    package = tmp_path / "thu_spiders"
    package.mkdir()
    (package / "__init__.py").touch()

    def write(name: str, text: str) -> None:
        (package / f"{name}.py").write_text(text, "utf-8")

    for name in ("baomot", "baohai"):
        write(name, DECLARED.format(name=name))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield write
    for name in [name for name in sys.modules if name.startswith("thu_spiders")]:
        del sys.modules[name]


def loader() -> NewspaperLoader:
    return NewspaperLoader.from_settings(Settings({"SPIDER_MODULES": ["thu_spiders"]}))


@pytest.mark.usefixtures("write")
def test_newspapers_are_listed_by_name() -> None:
    loaded = loader()
    assert loaded.list() == ["baohai", "baomot"]
    assert loaded.faults == {}
    assert loaded.load("baomot").name == "baomot"


@pytest.mark.usefixtures("write")
def test_a_newspaper_nobody_declared_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        loader().load("baoba")


@pytest.mark.usefixtures("write")
def test_an_address_belongs_to_its_newspaper() -> None:
    assert loader().find_by_request(Request("https://baothu.invalid/")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = (\n", "thu_spiders/baoba.py:1: SyntaxError: '(' was never closed: mend"),
        (
            "import nothing_of_that_name\n",
            "thu_spiders/baoba.py:1: ModuleNotFoundError: No",
        ),
        (
            "from newscrawl.article.article_page import Nothing\n",
            "thu_spiders/baoba.py:1: ImportError: cannot import name",
        ),
        ("\n\nx = nothing\n", "thu_spiders/baoba.py:3: NameError: name 'nothing' is not defined"),
        ("x = 1 + ''\n", "thu_spiders/baoba.py:1: TypeError: unsupported operand"),
        ("x = int('một')\n", "thu_spiders/baoba.py:1: ValueError: invalid literal"),
        (
            "import re\nx = re.nothing\n",
            "thu_spiders/baoba.py:2: AttributeError: module",
        ),
        (
            DECLARED.format(name="baoba").replace('title = "Báo Thử"', 'title = ""'),
            "thu_spiders/baoba.py:9: Paper.title: missing: write the newspaper's name",
        ),
        (
            DECLARED.format(name="baoba").replace("/kinh-te/", "kinh-te"),
            "thu_spiders/baoba.py:13: ValueError: a section's path begins with '/'",
        ),
        ("x = [][1]\n", "thu_spiders/baoba.py:1: IndexError: list index out of range"),
        ("x = 1 / 0\n", "thu_spiders/baoba.py:1: ZeroDivisionError: division by zero"),
        ("\nassert False, 'no'\n", "thu_spiders/baoba.py:2: AssertionError: no"),
        ("def f():\n    return nothing\n\n\nf()\n", "thu_spiders/baoba.py:5: NameError"),
        ("x = 1\n", "thu_spiders/baoba.py: no newspaper: declare a subclass"),
        (
            "from scrapy import Spider\n\n\nclass Thu(Spider):\n    name = 'baoba'\n",
            "thu_spiders/baoba.py:4: Thu is no newspaper: derive it from NewspaperSpider",
        ),
    ],
)
def test_a_fault_is_told_in_one_line_and_stops_that_newspaper_alone(
    write: Write, text: str, said: str
) -> None:
    write("baoba", text)
    loaded = loader()
    assert loaded.list() == ["baohai", "baomot"]
    assert said in loaded.faults["baoba"]
    assert "\n" not in loaded.faults["baoba"]
    with pytest.raises(DeclarationError) as error:
        loaded.load("baoba")
    assert str(error.value) == loaded.faults["baoba"]


def test_of_two_newspapers_of_one_name_the_second_is_told(write: Write) -> None:
    write("baoxa", DECLARED.format(name="baomot"))
    loaded = loader()
    (told,) = loaded.faults.values()
    where, what, remedy = told.rsplit(": ", 2)
    assert where.endswith("thu_spiders/baoxa.py:8")
    assert what.startswith("'baomot' is the name of ")
    assert what.endswith("thu_spiders/baomot.py:7 too")
    assert remedy == "name one otherwise"
    assert loaded.load("baomot").__module__ == "thu_spiders.baomot"


def test_the_projects_own_newspapers_are_all_right() -> None:
    loaded = NewspaperLoader.from_settings(get_project_settings())
    assert loaded.faults == {}
    assert len(loaded.list()) == len({loaded.load(name).name for name in loaded.list()})


def test_a_host_is_refused_where_its_newspaper_has_a_fault(write: Write) -> None:
    write("baoba", "x = 1 / 0\n")
    loaded = loader()
    for host in ("baoba.vn", "www.baoba.com.vn", "m.baoba.vn"):
        with pytest.raises(DeclarationError, match="ZeroDivisionError"):
            loaded.check_host(host)
    for host in ("baomot.vn", "baobon.vn", "vn.baoba", ""):
        loaded.check_host(host)
