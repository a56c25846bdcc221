"""The files of a new newspaper: Python that declares it, and a row that the catalogue reads."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.catalogue.entries import COLUMNS, parse
from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Source
from newscrawl.discovery.wordpress import WordPress
from newscrawl.project.new_newspaper import NewNewspaper, catalogue_row, declaration
from tests.support.paths import ROOT

MANY = tuple(GenericSection(f"/chuyen-muc-so-{n}-cua-bao/") for n in range(30))
SOURCES: dict[str, tuple[Source, ...]] = {
    "one section": (GenericSection("/kinh-te/"),),
    "a query": (GenericSection("/list.aspx?cat=3"), GenericSection("/list.aspx?cat=4")),
    "the front page": (GenericSection("/", front_only=True),),
    "all kinds": (
        WordPress("/"),
        Feed("/feed/", paged=True),
        Feed("/a.rss"),
        Feed("/b.rss"),
        Sitemap("/sitemap-news.xml", news=True),
        GenericSection("/kinh-te"),
        EpiSection(path="/xa-hoi/"),
        EpiSection(path="/the-thao/"),
    ),
    "thirty sections": MANY,
}


def paper(**other: Any) -> NewNewspaper:
    values: dict[str, Any] = {
        "name": "baothu",
        "title": "Báo Thử",
        "domain": "baothu.vn",
        "province_code": "08",
        "province": "Tuyên Quang",
        "pages": (GenericPage,),
        "sources": SOURCES["one section"],
        "skip_paths": (),
        "cms": "own?",
        "note": "Found by its address on 2026-11-20; no person has checked it yet.",
    }
    return NewNewspaper(**values | other)


def declared(text: str) -> type[NewspaperSpider]:
    """The class that the text declares."""
    names: dict[str, Any] = {"__name__": "baothu_declared"}
    exec(compile(text, "baothu.py", "exec"), names)  # noqa: S102  (the text is the code under test)
    return next(
        value
        for value in names.values()
        if isinstance(value, type)
        and issubclass(value, NewspaperSpider)
        and value is not NewspaperSpider
    )


@pytest.mark.parametrize("sources", SOURCES.values(), ids=SOURCES)
def test_the_text_declares_what_was_found(sources: tuple[Source, ...]) -> None:
    spider = declared(declaration(paper(sources=sources, pages=(EpiPage, GenericPage))))
    assert (spider.name, spider.title, spider.domain) == ("baothu", "Báo Thử", "baothu.vn")
    assert (spider.provinces, spider.pages) == (("08",), (EpiPage, GenericPage))
    assert set(spider.sources) == set(sources)
    assert len(spider.sources) == len(sources)
    assert spider.is_found is False


def test_paths_to_skip_are_declared() -> None:
    assert declared(declaration(paper(skip_paths=("/video/",)))).skip_paths == ("/video/",)
    assert declared(declaration(paper(skip_paths=("/a/", "/b/")))).skip_paths == ("/a/", "/b/")


@pytest.mark.parametrize("sources", SOURCES.values(), ids=SOURCES)
def test_the_linter_and_the_formatter_have_nothing_to_say(
    sources: tuple[Source, ...], tmp_path: Path
) -> None:
    path = tmp_path / "baothu.py"
    (tmp_path / "__init__.py").touch()
    path.write_text(declaration(paper(sources=sources, skip_paths=("/video/",))), "utf-8")
    for command in (["check"], ["format", "--check"]):
        config = ("--config", str(ROOT / "pyproject.toml"))
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *config, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_declaration_of_many_sections_stays_short() -> None:
    assert declaration(paper(sources=MANY)).count("\n") < 60


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("Báo Đèo Sấu", "baodeosau", "BaoDeoSauSpider"),
        ("BÁO CÙ LAO ĐIỆN TỬ", "baoculao", "BaoCuLaoDienTuSpider"),
        ("24 giờ", "bao_24gio", "Bao24GioSpider"),
        ("…", "baothu", "BaothuSpider"),
    ],
)
def test_the_class_is_named_by_the_title(title: str, name: str, expected: str) -> None:
    assert paper(title=title, name=name).class_name == expected


def test_a_title_with_quotes_is_declared() -> None:
    assert declared(declaration(paper(title='Báo "Thử"'))).title == 'Báo "Thử"'


def test_the_row_is_read_by_the_catalogue() -> None:
    row = catalogue_row(
        paper(title="Báo Thử, cơ quan", skip_paths=("/video/",)), ["/kinh-te", "/xa-hoi"]
    )
    (entry,) = parse(f"{','.join(COLUMNS)}\n{row}\n")
    assert (entry.newspaper, entry.domain, entry.paper) == (
        "baothu",
        "baothu.vn",
        "Báo Thử, cơ quan",
    )
    assert (entry.province_code, entry.province, entry.cms) == ("08", "Tuyên Quang", "own?")
    assert (entry.sections, entry.skip) == (("/kinh-te", "/xa-hoi"), ("/video/",))
    assert (entry.evidence, entry.former_domains) == ("L", ())
