"""A newspaper's declaration: what is missing or contradictory is told when its class is made."""

from typing import Any, Final

import pytest

from newscrawl.article.newspaper_site import Site
from newscrawl.cms.section import FamilySection
from newscrawl.cms.thanhhoa import ThanhHoaSection
from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.cms.vnpt import VNPT_PAGES, VnptA1Page, VnptPage
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.declaration import REQUIRED, check_declaration
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.source import Source
from newscrawl.exceptions import DeclarationError
from newscrawl.urls.canonical import spellings

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
SITE: Final = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn"))


class DoiSection(FamilySection):
    """A section of a family that nobody has."""

    page = VnptA1Page


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
    said = rf"^tests\.papers: BaoThuSpider\.{name}: missing: write .+$"
    with pytest.raises(DeclarationError, match=said):
        check_declaration(declared(**missing))


# What contradicts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "BaoThu"}, "name: 'BaoThu' is not lower case"),
        ({"name": "báothử"}, "name: 'báothử' is not"),
        ({"name": "bao-thu"}, "name: 'bao-thu' is not"),
        ({"name": "24h"}, "name: '24h' is not"),
        ({"name": "bao thu"}, "name: 'bao thu' is not"),
        ({"domain": "https://baothu.com.vn"}, "domain: 'https://baothu.com.vn' is not a host"),
        ({"domain": "baothu.com.vn/"}, "domain: 'baothu.com.vn/' is not"),
        ({"domain": "BaoThu.com.vn"}, "domain: 'BaoThu.com.vn' is not"),
        ({"domain": "baothu"}, "domain: 'baothu' is not"),
        ({"domain": "báothử.vn"}, "domain: 'báothử.vn' is not"),
        ({"domain": "baothu.com.vn:8080"}, "domain: 'baothu.com.vn:8080' is not"),
        ({"provinces": (8,)}, "provinces: 8 is no province"),
        ({"provinces": ("8",)}, "provinces: '8' is no province"),
        ({"provinces": ("08", "77")}, "provinces: '77' is no province of today"),
        ({"provinces": ("Tuyên Quang",)}, "provinces: 'Tuyên Quang' is no province"),
        ({"provinces": "08"}, "provinces: '08' is no tuple: write provinces = ('08',)"),
        (
            {"former_domains": ("baothu.com.vn",)},
            "former_domains: 'baothu.com.vn' is the domain",
        ),
        ({"field_floors": {"lead": 90}}, "field_floors: lead: 90 is no share"),
        ({"field_floors": {"lead": 1.01}}, "field_floors: lead: 1.01 is no share"),
        ({"field_floors": {"lead": 0.5, "authors": 2}}, "field_floors: authors: 2 is no share"),
        ({"field_floors": {"lead": -0.1}}, "field_floors: lead: -0.1 is no share"),
        (
            {"field_floors": {"lead": 0.5, "weather": 0.9}},
            "field_floors: 'weather' is no field",
        ),
        ({"sources": (VnptSection(path="/kinh-te/"),) * 2}, "VnptSection:/kinh-te/ stands 2 times"),
        ({"sources": VnptSection(path="/kinh-te/")}, "is no tuple: write sources = ("),
        ({"sources": ("/kinh-te/",)}, "sources: '/kinh-te/' is no source"),
        ({"pages": VnptA1Page}, "pages: VnptA1Page is no tuple: write pages = (VnptA1Page,)"),
        ({"pages": (VnptSection,)}, "VnptSection'> is no page class"),
        ({"skip_paths": ("video/",)}, "skip_paths: 'video/' is no path"),
        ({"skip_paths": "/video/"}, "skip_paths: '/video/' is no tuple"),
        ({"unverified_tls_reason": True}, "unverified_tls_reason: True is no reason"),
        ({"title": 7}, "title: 7 is no text"),
    ],
)
def test_a_contradiction_is_told(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_declaration(declared(**changes))
    assert str(caught.value).startswith("tests.papers: BaoThuSpider.")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_newspapers_name_is_its_files() -> None:
    check_declaration(declared("newscrawl.spiders.baothu"))
    with pytest.raises(DeclarationError, match="'baothu' is not the file's name: write 'baokhac'"):
        check_declaration(declared("newscrawl.spiders.baokhac"))


@pytest.mark.parametrize("path", ["kinh-te/", "kinh-te", ""])
def test_a_sections_path_begins_with_a_slash(path: str) -> None:
    with pytest.raises(ValueError, match="begins with '/'"):
        VnptSection(path=path)


@pytest.mark.parametrize(
    "source",
    [VnptSection(path="/chuyen-muc/2/thoi-su"), Feed("/rss/2", path="/chuyen-muc/2/thoi-su")],
)
def test_a_path_without_its_last_slash_is_the_same_section(source: Source) -> None:
    assert source.path == "/chuyen-muc/2/thoi-su/"


def test_another_list_of_the_section_has_its_form() -> None:
    other = DoiSection(path="/chuyen-muc/2/thoi-su").at("/chuyen-muc/5/kinh-te-bien")
    assert other is not None
    assert other.start(SITE) == "https://baothu.vn/chuyen-muc/5/kinh-te-bien"


@pytest.mark.parametrize(
    ("section", "address"),
    [
        (DoiSection(path="/chuyen-muc/2/thoi-su"), "/chuyen-muc/2/thoi-su"),
        (DoiSection(path="/chuyen-muc/2/thoi-su/"), "/chuyen-muc/2/thoi-su/"),
        (DoiSection(path="/thoi-su/", closing_slash=False), "/thoi-su"),
        (DoiSection(path="/"), "/"),
        (ThanhHoaSection(path="/thoi-su/"), "/thoi-su"),  # the family has no slash there
        (VnptSection(path="/thoi-su"), "/thoi-su/"),  # the CMS writes it so
    ],
)
def test_a_section_is_asked_for_as_its_path_is_written(
    section: FamilySection, address: str
) -> None:
    assert section.start(SITE) == f"https://baothu.vn{address}"


# When the class is made -------------------------------------------------------------------------


def test_a_newspapers_class_is_checked_when_it_is_made() -> None:
    with pytest.raises(DeclarationError, match=r"BaoThuSpider\.sources: missing: "):
        type("BaoThuSpider", (NewspaperSpider,), GOOD | {"sources": ()})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"skips": ()}, "skips: unknown attribute: did you mean skip_paths?"),
        ({"former_domain": ()}, "former_domain: unknown attribute: did you mean former_domains?"),
        ({"colour": "red"}, "colour: unknown attribute: remove it"),
    ],
)
def test_an_attribute_nobody_reads_is_refused(more: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        type("BaoThuSpider", (NewspaperSpider,), GOOD | more)
    assert said in str(caught.value)


def test_a_newspaper_may_have_methods_and_names_of_its_own() -> None:
    own = {"_count": 3, "shorten": len}
    made: Any = type("BaoThuSpider", (NewspaperSpider,), GOOD | own)
    assert made.name == "baothu"


def test_a_page_class_from_which_others_derive_cannot_be_used_itself() -> None:
    with pytest.raises(DeclarationError, match=r"^newscrawl/cms/vnpt\.py:\d+: VnptPage\."):
        type("BaoThuSpider", (NewspaperSpider,), GOOD | {"pages": (VnptPage,)})


def test_a_made_class_knows_its_hosts() -> None:
    made: Any = type("BaoThuSpider", (NewspaperSpider,), GOOD | {"former_domains": ("baocu.vn",)})
    assert made.hosts >= {"baothu.com.vn", "www.baothu.com.vn", "m.baothu.com.vn", "baocu.vn"}
    assert isinstance(made.paper, Site)
    assert (made.paper.name, made.paper.domain) == ("baothu", "baothu.com.vn")
    assert made.paper.hosts["m.baothu.com.vn"] == "baothu.com.vn"
    assert made.paper.hosts["www.baocu.vn"] == "baocu.vn"


def test_the_class_that_newspapers_are_made_from_declares_nothing() -> None:
    assert not hasattr(NewspaperSpider, "paper")
