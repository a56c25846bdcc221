"""Where the links of redesigned lists stand: the saved section pages of every family."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from newscrawl.cli.list_places import ListPlace, place_of_links, told
from newscrawl.cms.section import FamilySection
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements
from newscrawl.project.fixture import Fixture, fixtures
from tests.support.families import newspapers
from tests.support.paths import FIXTURES

RENAMED: Final = 'class="v2-'


def section_of(fixture: Fixture) -> FamilySection | None:
    """The source whose selector names the links of the saved page."""
    paper = newspapers()[fixture.newspaper]
    for source in paper.sources:
        if isinstance(source, FamilySection) and source.start(paper.paper) == fixture.gold["url"]:
            return source if source.items != "//a[@href]" and source.path != "/" else None
    return None


SECTIONS: Final = [
    one for one in fixtures(FIXTURES) if one.page == "section" and section_of(one) is not None
]


def redesigned(fixture: Fixture) -> Document:
    """The page, every class of which has another name."""
    before = fixture.document()
    body = before.text.replace('class="', RENAMED).encode()
    return Document(before.url, body, fetched_at=before.fetched_at, content_type="text/html")


def place(fixture: Fixture, folder: Path) -> ListPlace | None:
    return place_of_links(folder, newspapers()[fixture.newspaper], redesigned(fixture))


def test_some_families_are_here() -> None:
    assert len({fixture.newspaper for fixture in SECTIONS}) >= 3


@pytest.mark.parametrize("fixture", SECTIONS, ids=lambda fixture: fixture.name)
def test_the_selector_leads_to_the_articles_of_the_list(fixture: Fixture, tmp_path: Path) -> None:
    found = place(fixture, tmp_path)
    if found is None:  # the family's selector names no class: the list is read as before
        source = section_of(fixture)
        assert source is not None
        assert source.links(redesigned(fixture), newspapers()[fixture.newspaper].paper)
        return
    assert found.selector, found
    assert found.found == found.listed > 1
    assert found.lists == 1
    paper, document = newspapers()[fixture.newspaper], redesigned(fixture)
    source = section_of(fixture)
    assert source is not None
    links = [source.link(a, document.base_url, paper.paper)
             for a in elements(document.root, found.selector)]  # fmt: skip
    listed = {one["url"] for one in fixture.gold["expected"]["articles"]}
    urls = {link.url for link in links if link is not None}
    assert len(urls & listed) >= 0.8 * len(listed)


@pytest.mark.parametrize("fixture", SECTIONS, ids=lambda fixture: fixture.name)
def test_a_list_that_is_read_has_no_new_place(fixture: Fixture, tmp_path: Path) -> None:
    paper = newspapers()[fixture.newspaper]
    assert place_of_links(tmp_path, paper, fixture.document()) is None


def test_what_is_told_names_the_selector_to_write(tmp_path: Path) -> None:
    found = next(one for fixture in SECTIONS if (one := place(fixture, tmp_path)) is not None)
    said = list(told(found))
    assert found.section.__name__ in said[0]
    assert said[1] == f"  leads to no article: {found.section.items} (items)"
    assert said[2].startswith(f"  `{found.selector}` leads to {found.found} of {found.listed} ")
    assert said[3].endswith(f'items = "{found.selector}"')


def test_links_in_different_places_are_told_without_a_proposal(tmp_path: Path) -> None:
    found = next(one for fixture in SECTIONS if (one := place(fixture, tmp_path)) is not None)
    said = list(told(replace(found, selector="", found=0)))
    assert said[-1] == f"  links stand in different places, as at {found.path}: no proposal"
