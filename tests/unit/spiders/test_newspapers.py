"""Every newspaper's declaration against its catalogue row and against its own sources."""

import pytest

from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.cms.section import FamilySection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from tests.support.families import newspapers
from tests.support.family_examples import page_examples

Newspaper = type[NewspaperSpider]
IN_PICTURES = frozenset(["multimedia", "truyen-hinh", "phat-thanh"])
PAPERS = tuple(newspapers().values())


def row_of(paper: Newspaper) -> CatalogueEntry | None:
    """The catalogue's row of the newspaper; two rows are a fault."""
    found = [row for row in catalogue() if row.domain in paper.hosts]
    assert len(found) <= 1, paper.name
    return next(iter(found), None)


ROWS = [(paper, row) for paper in PAPERS if (row := row_of(paper))]
CERTAIN = {row.cms for _paper, row in ROWS if not row.cms.endswith("?")} - {"own"}
every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
every_row = pytest.mark.parametrize(
    ("paper", "row"), ROWS, ids=lambda each: getattr(each, "name", "")
)


@every_row
def test_a_newspaper_agrees_with_its_row(paper: Newspaper, row: CatalogueEntry) -> None:
    assert row.province_code in paper.provinces
    assert set(row.former_domains) <= paper.hosts


@every_row
def test_every_section_seen_is_a_source(paper: Newspaper, row: CatalogueEntry) -> None:
    paths = {source.path for source in paper.sources}
    seen = {f"{path.rstrip('/')}/" for path in row.sections}
    assert {path for path in seen if path.strip("/") not in IN_PICTURES} <= paths


def test_a_paper_of_a_family_that_is_read_is_declared() -> None:
    declared = {row.domain for _paper, row in ROWS}
    known = [row for row in catalogue() if row.cms in CERTAIN]
    assert [row.domain for row in known if row.domain not in declared] == []


def test_a_page_class_serves_one_family() -> None:
    letters: dict[type, set[str]] = {}
    for paper, row in ROWS:
        letters.setdefault(paper.pages[0], set()).add(row.cms[0])
    assert {page: each for page, each in letters.items() if len(each) > 1} == {}


@every_paper
def test_every_source_starts_on_its_newspapers_domain(paper: Newspaper) -> None:
    for source in paper.sources:
        address = source.start(paper.paper)
        assert address.startswith(f"https://{paper.domain}/"), address


@every_paper
def test_links_and_pages_of_a_newspaper_read_the_same_key(paper: Newspaper) -> None:
    for source in paper.sources:
        if isinstance(source, FamilySection):
            address = page_examples()[source.page].address
            keys = {page.read_key(address) for page in paper.pages} - {None}
            assert keys == {source.page.read_key(address)}
