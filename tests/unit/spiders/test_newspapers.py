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
        if not paper.pages[0].is_generic:
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


def test_every_paper_of_the_catalogue_can_be_crawled() -> None:
    assert [
        row.domain for row in catalogue() if row.domain not in {r.domain for _, r in ROWS}
    ] == []


# Addresses as they were seen on each site or in what cites it; the numbers are changed.
SEEN = (
    ("https://baosonla.vn/thoi-su-chinh-tri/le-phat-dong-51YnYvXDR.html", "baosonla", "51YnYvXDR"),
    ("https://baolaichau.vn/the-thao/giai-boi-mua-he-219345.html", "baolaichau", "219345"),
    ("https://baobacninhtv.vn/mua-vai-den-som-postid431234.bbg", "baobacninhtv", "431234"),
    ("https://baothaibinh.com.vn/tin-tuc/4/140540/mua-gat", "baothaibinh", "140540"),
    ("https://baoninhbinh.org.vn/thu-hoach-lua-012345678901234.html", "baoninhbinh",
     "012345678901234"),
    ("https://baohanam.com.vn/kinh-te/cho-phien-12345.html", "baohanam", "12345"),
    ("https://baoquangnam.vn/xa-hoi/cau-moi-thong-xe-3112345.html", "baoquangnam", "3112345"),
    ("https://baoquangngai.vn/cau-moi-thong-xe-51234.htm", "baoquangngai", "51234"),
    ("https://baobinhdinh.vn/viewer.aspx?macm=4&macmp=5&mabb=301122", "baobinhdinh", "301122"),
    ("https://baobinhthuan.com.vn/mua-thanh-long-112233.html", "baobinhthuan", "112233"),
    ("https://baobinhphuoc.com.vn/news/4/155123/mua-dieu", "baobinhphuoc", "155123"),
    ("https://baokiengiang.vn/kinh-te/vu-tom-moi-21345.html", "baokiengiang", "21345"),
    ("https://baohaugiang.com.vn/thoi-su/mua-khom-ngot-139876.html", "baohaugiang", "139876"),
    ("https://baobaclieu.vn/quoc-phong-an-ninh/len-duong-98765.html", "baobaclieu", "98765"),
)  # fmt: skip


@pytest.mark.parametrize(("url", "name", "key"), SEEN)
def test_an_address_of_the_form_that_was_seen_has_its_key(url: str, name: str, key: str) -> None:
    paper = newspapers()[name]
    assert paper.key_of(url) == key
    assert all(source.start(paper.paper) != url for source in paper.sources)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://baosonla.vn/thoi-su-chinh-tri.html", "baosonla"),
        ("https://baodienbienphu.vn/tin-tuc/kinh-te", "baodienbienphu"),
        ("https://baoninhbinh.org.vn/kinh-te", "baoninhbinh"),
        ("https://baobacninhtv.vn/dat-va-nguoi-bac-ninh", "baobacninhtv"),
    ],
)
def test_a_section_has_no_key(url: str, name: str) -> None:
    assert newspapers()[name].key_of(url) is None


def test_the_papers_that_were_merged_away_are_archives() -> None:
    merged = [row.domain for row in catalogue() if "merged away" in (row.note or "")]
    generic = [paper for paper, row in ROWS if row.domain in merged and paper.pages[0].is_generic]
    assert len(generic) > 10
    for paper in generic:
        assert all(source.closed is not None for source in paper.sources), paper.name
