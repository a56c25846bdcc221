"""The families' page classes by name, and which of them a page of an unknown paper fits."""

import pytest

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.cms.layouts import (
    fitting,
    name_of_class,
    page_classes,
    refusing,
    section_classes,
    sections_of,
)
from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.page.document import Document
from newscrawl.project.fixture import Fixture, fixtures
from tests.support.families import FETCHED, newspapers
from tests.support.paths import TESTS

ARTICLES = [one for one in fixtures(TESTS / "fixtures") if one.page == "article"]


def test_every_declared_page_class_has_one_name() -> None:
    declared = {page for paper in newspapers().values() for page in paper.pages}
    classes = page_classes()
    assert declared <= set(classes.values())
    assert {classes[name_of_class(page)] for page in declared} == declared
    assert classes["generic"] is GenericPage


def test_a_family_has_its_section_classes() -> None:
    assert sections_of(EpiPage) == (EpiSection,)
    assert sections_of(VnptA1Page) == (VnptSection,)
    assert sections_of(GenericPage) == ()


def test_every_section_class_is_made_from_a_path_alone() -> None:
    made = {name: cls(path="/kinh-te/") for name, cls in section_classes().items()}
    assert made["epi.EpiSection"] == EpiSection(path="/kinh-te/")
    assert all(source.path == "/kinh-te/" for source in made.values())


def fixture_of(page_name: str) -> Fixture:
    cls = page_classes()[page_name]
    return next(one for one in ARTICLES if cls.matches(one.document()))


@pytest.mark.parametrize(
    "name", ["epi.EpiPage", "vnpt.VnptA1Page", "onecms.OneCmsPage", "mediatech.MediatechPage"]
)
def test_a_page_of_a_family_fits_that_family(name: str) -> None:
    fixture = fixture_of(name)
    fit = fitting([fixture.document()], newspapers()[fixture.newspaper].paper)
    assert fit is not None
    assert (name_of_class(fit.page), fit.read, fit.asked) == (name, 1, 1)


def test_a_page_without_marks_fits_none() -> None:
    fixture = fixture_of("epi.EpiPage")
    plain = fixture.path.read_bytes().replace(b"cms-title", b"tieude")
    document = Document(fixture.gold["url"], plain, fetched_at=fixture.document().fetched_at)
    assert fitting([document], newspapers()[fixture.newspaper].paper) is None


def changed(old: bytes, new: bytes) -> Document:
    """The fixture of family C with other words."""
    fixture = fixture_of("epi.EpiPage")
    body = fixture.path.read_bytes()
    assert old in body
    return Document(
        fixture.gold["url"], body.replace(old, new), fetched_at=fixture.document().fetched_at
    )


def test_a_layout_that_carries_the_marks_and_refuses_is_told_with_its_reason() -> None:
    paper = newspapers()["baolaocai"].paper
    start = b'<h1 class="article__title cms-title">'
    twice = changed(start, b'<h1 class="article__title cms-title">Khac</h1>' + start)
    told = refusing([twice, twice], paper)
    assert told is not None
    assert (name_of_class(told.page), told.marked, told.asked) == ("epi.EpiPage", 2, 2)
    assert told.why.startswith("headline: ")
    assert twice.url in told.why


def test_an_address_without_a_key_is_a_refusal() -> None:
    document = fixture_of("epi.EpiPage").document()
    document.url = "https://baolaocai.vn/khong-so.html"
    told = refusing([document], newspapers()["baolaocai"].paper)
    assert told is not None
    assert told.why == f"the address {document.url} has no key of the family's form"


def test_without_marks_nothing_refuses() -> None:
    plain = Document("https://baolaocai.vn/x-post1.html", b"<p>x</p>", fetched_at=FETCHED)
    assert refusing([plain], newspapers()["baolaocai"].paper) is None
    assert refusing([], newspapers()["baolaocai"].paper) is None


def test_half_of_the_articles_is_not_enough() -> None:
    fixture = fixture_of("epi.EpiPage")
    other = Document("https://baothu.vn/", b"<p>x</p>", fetched_at=fixture.document().fetched_at)
    paper = newspapers()[fixture.newspaper].paper
    assert fitting([fixture.document(), other], paper) is None
    assert fitting([], paper) is None
