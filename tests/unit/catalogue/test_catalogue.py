import re
from collections import Counter
from importlib.resources import files

import pytest

from newscrawl.catalogue.entries import (
    COLUMNS,
    CatalogueEntry,
    catalogue,
    parse,
)
from newscrawl.exceptions import DeclarationError

HEADER = ",".join(COLUMNS)
ROW = (
    "baosonglo,baosonglo.vn,baosonglo.com.vn; m.baosonglo.vn,Báo Sông Lô,08,Tuyên Quang,"
    "Tuyên Quang; Hà Giang,A1,/kinh-te/ /xa-hoi/,/video,M,"
)

# Resolution 202/2025/QH15 and the national list of administrative units.
PROVINCES = {
    "01": "Hà Nội",
    "04": "Cao Bằng",
    "08": "Tuyên Quang",
    "11": "Điện Biên",
    "12": "Lai Châu",
    "14": "Sơn La",
    "15": "Lào Cai",
    "19": "Thái Nguyên",
    "20": "Lạng Sơn",
    "22": "Quảng Ninh",
    "24": "Bắc Ninh",
    "25": "Phú Thọ",
    "31": "Hải Phòng",
    "33": "Hưng Yên",
    "37": "Ninh Bình",
    "38": "Thanh Hóa",
    "40": "Nghệ An",
    "42": "Hà Tĩnh",
    "44": "Quảng Trị",
    "46": "Huế",
    "48": "Đà Nẵng",
    "51": "Quảng Ngãi",
    "52": "Gia Lai",
    "56": "Khánh Hòa",
    "66": "Đắk Lắk",
    "68": "Lâm Đồng",
    "75": "Đồng Nai",
    "79": "Hồ Chí Minh",
    "80": "Tây Ninh",
    "82": "Đồng Tháp",
    "86": "Vĩnh Long",
    "91": "An Giang",
    "92": "Cần Thơ",
    "96": "Cà Mau",
}
OF_TODAY = [paper for paper in catalogue() if "merged away" not in (paper.note or "")]


def test_every_province_of_today_has_a_paper() -> None:
    found = {paper.province_code: paper.province for paper in catalogue()}
    assert found == PROVINCES
    assert {paper.province_code for paper in OF_TODAY} == set(PROVINCES)


def test_the_63_former_provinces_are_all_covered_once_by_the_papers_of_today() -> None:
    covered = {name for paper in OF_TODAY for name in paper.former_provinces}
    assert len(covered) == 63
    assert {"Hà Giang", "Bắc Kạn", "Kon Tum", "Bà Rịa - Vũng Tàu", "Thừa Thiên Huế"} <= covered


def test_a_host_belongs_to_one_paper() -> None:
    hosts = [host for paper in catalogue() for host in (paper.domain, *paper.former_domains)]
    assert [host for host, count in Counter(hosts).items() if count > 1] == []


def test_a_row_without_former_provinces_covers_its_own() -> None:
    (row,) = parse(f"{HEADER}\n{ROW.replace('Tuyên Quang; Hà Giang', '')}\n")
    assert row.former_provinces == ("Tuyên Quang",)


def test_every_row_is_whole() -> None:
    for row in catalogue():
        for host in (row.domain, *row.former_domains):
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host), row
            assert not host.startswith("www."), row
        assert re.fullmatch(r"[0-9]{2}", row.province_code), row
        assert row.paper == row.paper.strip(), row
        assert row.former_provinces, row
        assert re.fullmatch(r"(own|[A-Z][1-9]?)\??", row.cms), row
        assert row.evidence in ("H", "M", "L"), row


def test_sections_and_skipped_paths_are_paths() -> None:
    for row in catalogue():
        for path in (*row.sections, *row.skip):
            assert re.fullmatch(r"/[A-Za-z0-9./@_-]+", path), row
        assert len(set(row.sections)) == len(row.sections), row
        assert set(row.sections).isdisjoint(row.skip), row


def test_a_note_is_a_fact_and_no_hint_to_other_papers() -> None:
    for row in catalogue():
        note = row.note or "none"
        assert note == note.strip(), row
        assert not re.search(r"\(2\.A\)|see 1|annex|[Cc]rawler", note), row


def test_a_portals_name_is_guessed() -> None:
    """A portal (family K) prints its host and nobody's name."""
    assert [row.domain for row in catalogue() if row.cms == "K" and not row.has_guessed_name] == []


def test_the_catalogue_is_read_once() -> None:
    assert catalogue() is catalogue()


def test_the_file_is_utf8_with_plain_line_ends() -> None:
    raw = files("newscrawl.catalogue").joinpath("catalogue.csv").read_bytes()
    assert raw.decode().startswith(HEADER + "\n")
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert parse(raw.decode()) == catalogue()


def test_a_row_becomes_a_paper() -> None:
    assert parse(f"{HEADER}\n{ROW}\n") == (
        CatalogueEntry(
            newspaper="baosonglo",
            domain="baosonglo.vn",
            former_domains=("baosonglo.com.vn", "m.baosonglo.vn"),
            paper="Báo Sông Lô",
            province_code="08",
            province="Tuyên Quang",
            former_provinces=("Tuyên Quang", "Hà Giang"),
            cms="A1",
            sections=("/kinh-te/", "/xa-hoi/"),
            skip=("/video",),
            evidence="M",
            note=None,
        ),
    )


def test_a_note_may_hold_commas() -> None:
    (paper,) = parse(f'{HEADER}\n{ROW}"chợ, phố; (name guessed)"\n')
    assert paper.note == "chợ, phố; (name guessed)"
    assert paper.has_guessed_name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "domain,paper\nbaosonglo.vn,Báo Sông Lô\n",
        f"{HEADER}\n{ROW}\n{ROW}\n",
        f"{HEADER}\n{ROW.replace(',M,', ',X,')}\n",
        f"{HEADER}\n{ROW.replace(',M,', ',,')}\n",
        f"{HEADER}\nbaosonglo.vn\n",
        f"{HEADER}\n{ROW},,\n",
        f'{HEADER}\n{ROW}"chợ"phố\n',
    ],
    ids=["empty", "columns", "twice", "evidence", "no-evidence", "short", "long", "quotes"],
)
def test_a_damaged_catalogue_is_a_declaration_error(text: str) -> None:
    with pytest.raises(DeclarationError, match="catalogue: "):
        parse(text)
