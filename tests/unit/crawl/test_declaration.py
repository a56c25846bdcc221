"""A newspaper's declaration: what is missing or contradictory is told when its class is made."""

from typing import Any, Final

import pytest

from newscrawl.article.article_page import Site
from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.declaration import REQUIRED, check_declaration
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import DeclarationError

GOOD: Final[dict[str, Any]] = {
    "name": "baothu",
    "title": "Báo Thử",
    "domain": "baothu.com.vn",
    "former_domains": (),
    "provinces": ("08",),
    "pages": VNPT_PAGES,
    "sources": (VnptSection(path="/kinh-te/"), VnptSection(path="/xa-hoi/")),
    "field_floors": {},
}


def declared(module: str = "tests.papers", **changes: Any) -> type[Any]:
    """A class with these attributes, not yet checked."""
    attributes = {name: v for name, v in (GOOD | changes).items() if v is not ...}
    return type("BaoThuSpider", (), attributes | {"__module__": module})


# What is right ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "bao24h_2"},
        {"domain": "thanhpho.tuyenquang.gov.vn"},
        {"former_domains": ("baothu.vn", "baocu.com.vn")},
        {"provinces": ("08", "15")},
        {"field_floors": {"lead": 0.9, "authors": 0.0, "images": 1}},
        {"sources": (VnptSection(path="/kinh-te/"), LegacySection(path="/kinh-te/"))},
        {"pages": (LegacyPage,)},
    ],
)
def test_a_declaration_without_fault_passes(changes: dict[str, Any]) -> None:
    check_declaration(declared(**changes))


# What is missing --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("nothing", [..., None, "", ()])
def test_a_missing_line_is_named(name: str, nothing: object) -> None:
    missing: dict[str, Any] = {name: nothing}
    with pytest.raises(DeclarationError, match=f"^BaoThuSpider: {name} is missing$"):
        check_declaration(declared(**missing))


# What contradicts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "BaoThu"}, "name 'BaoThu'"),
        ({"name": "báothử"}, "name 'báothử'"),
        ({"name": "bao-thu"}, "name 'bao-thu'"),
        ({"name": "24h"}, "name '24h'"),
        ({"name": "bao thu"}, "name 'bao thu'"),
        ({"domain": "https://baothu.com.vn"}, "domain 'https://baothu.com.vn'"),
        ({"domain": "baothu.com.vn/"}, "domain 'baothu.com.vn/'"),
        ({"domain": "BaoThu.com.vn"}, "domain 'BaoThu.com.vn'"),
        ({"domain": "baothu"}, "domain 'baothu'"),
        ({"domain": "báothử.vn"}, "domain 'báothử.vn'"),
        ({"domain": "baothu.com.vn:8080"}, "domain 'baothu.com.vn:8080'"),
        ({"provinces": (8,)}, "provinces"),
        ({"provinces": ("8",)}, "provinces"),
        ({"provinces": ("Tuyên Quang",)}, "provinces"),
        ({"provinces": "08"}, "provinces"),
        ({"former_domains": ("baothu.com.vn",)}, "a former domain repeats the domain"),
        ({"field_floors": {"lead": 90}}, "field_floors"),
        ({"field_floors": {"lead": 1.01}}, "field_floors"),
        ({"field_floors": {"lead": 0.5, "byline": 2}}, "field_floors"),
        ({"field_floors": {"lead": -0.1}}, "field_floors"),
        ({"field_floors": {"lead": 0.5, "headline": 0.9}}, "field_floors names ['headline']"),
        ({"sources": (VnptSection(path="/kinh-te/"),) * 2}, "stand twice"),
    ],
)
def test_a_contradiction_is_told(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_declaration(declared(**changes))
    assert str(caught.value).startswith("BaoThuSpider: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_newspapers_name_is_its_files() -> None:
    check_declaration(declared("newscrawl.spiders.baothu"))
    with pytest.raises(DeclarationError, match=r"not the stem of newscrawl\.spiders\.baokhac"):
        check_declaration(declared("newscrawl.spiders.baokhac"))


@pytest.mark.parametrize("path", ["kinh-te/", "/kinh-te", "kinh-te", ""])
def test_a_sections_path_begins_and_ends_with_a_slash(path: str) -> None:
    with pytest.raises(ValueError, match="begins and ends with '/'"):
        VnptSection(path=path)


# When the class is made -------------------------------------------------------------------------


def test_a_newspapers_class_is_checked_when_it_is_made() -> None:
    with pytest.raises(DeclarationError, match="BaoThuSpider: sources is missing"):
        type("BaoThuSpider", (NewspaperSpider,), GOOD | {"sources": ()})


def test_a_made_class_knows_its_hosts() -> None:
    made: Any = type("BaoThuSpider", (NewspaperSpider,), GOOD | {"former_domains": ("baocu.vn",)})
    assert made.hosts >= {"baothu.com.vn", "www.baothu.com.vn", "m.baothu.com.vn", "baocu.vn"}
    assert isinstance(made.paper, Site)
    assert (made.paper.name, made.paper.domain) == ("baothu", "baothu.com.vn")
    assert made.paper.hosts["m.baothu.com.vn"] == "baothu.com.vn"
    assert made.paper.hosts["www.baocu.vn"] == "baocu.vn"


def test_the_class_that_newspapers_are_made_from_declares_nothing() -> None:
    assert not hasattr(NewspaperSpider, "paper")
