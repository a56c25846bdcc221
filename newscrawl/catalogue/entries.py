"""The 64 provincial newspapers and four portals of Tuyên Quang as facts, one row a domain.

The rows were collected to November 2026 from pages, public crawlers and addresses, not from visits:
the first crawl of a site checks its row. Province codes are those in force since 1 July
2025 (Resolution 202/2025/QH15) and are text, because "08" is not 8.

CMS families: A VNPT-Media "SC" (templates A1 to A3) · B the older "dataimages/channel" CMS ·
C ePi · D ONECMS · E "content-fck" (E1, E2) · F MEDIATECH · G that of Thanh Hóa and Phú Thọ ·
H, I, J, L one or two sites each · K legacy Tuyên Quang · own. "?" marks a guess.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeGuard

from newscrawl.exceptions import DeclarationError

Strength = Literal["H", "M", "L"]
STRENGTHS: Final = ("H", "M", "L")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """What is known of one newspaper's or portal's site."""

    newspaper: str
    """Its spider's name, the first part of its articles' ids; the name it will have, where it has
    no spider"""
    domain: str
    former_domains: tuple[str, ...]
    """Earlier and mobile hosts, whose addresses citations still carry"""
    paper: str
    """Name as the paper writes it"""
    province_code: str
    """Two digits of the national list, as text"""
    province: str
    former_provinces: tuple[str, ...]
    """Provinces before July 2025 that the paper covers; its own where the row states none"""
    cms: str
    """Letter of the CMS family, as the module lists them; "own" where no other site has it"""
    sections: tuple[str, ...]
    """Paths as found; () where none were seen"""
    skip: tuple[str, ...]
    """Paths that hold no articles in text: films, print edition, search"""
    evidence: Strength
    """H: genuine HTML or two independent crawlers; M: one current source; L: old or thin"""
    note: str | None

    @property
    def has_guessed_name(self) -> bool:
        return "(name guessed)" in (self.note or "")


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Return all rows in the file's order: by province code, the surviving paper first.

    >>> [paper.domain for paper in catalogue() if paper.province_code == "08"][:2]
    ['baotuyenquang.com.vn', 'baohagiang.vn']

    Raises DeclarationError where the file that ships with the package is damaged.
    """
    text = files("newscrawl.catalogue").joinpath("catalogue.csv").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> tuple[CatalogueEntry, ...]:
    """Return the rows of a catalogue in CSV (RFC 4180) with the columns of `CatalogueEntry`.

    Provinces and former domains are separated by "; ", paths by blanks. Raises DeclarationError.
    """
    rows = csv.DictReader(text.splitlines(), strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise DeclarationError(f"catalogue: the columns are not {', '.join(COLUMNS)}")
    try:
        papers = tuple(_paper(row) for row in rows)
    except csv.Error as error:
        raise DeclarationError(f"catalogue: line {rows.line_num}: {error}") from error
    domains = [paper.domain for paper in papers]
    if len(set(domains)) != len(domains):
        raise DeclarationError("catalogue: a domain has two rows")
    return papers


def _paper(row: dict[str, str]) -> CatalogueEntry:
    evidence = row["evidence"]
    is_whole = len(row) == len(COLUMNS) and None not in row.values()
    if not is_whole or not _is_strength(evidence):
        raise DeclarationError(f"catalogue: {row['domain']}: a column is missing or impossible")
    return CatalogueEntry(
        newspaper=row["newspaper"],
        domain=row["domain"],
        former_domains=_listed(row["former_domains"]),
        paper=row["paper"],
        province_code=row["province_code"],
        province=row["province"],
        former_provinces=_listed(row["former_provinces"]) or (row["province"],),
        cms=row["cms"],
        sections=tuple(row["sections"].split()),
        skip=tuple(row["skip"].split()),
        evidence=evidence,
        note=row["note"] or None,
    )


def _is_strength(text: str) -> TypeGuard[Strength]:
    return text in STRENGTHS


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("; ")) if text else ()


COLUMNS: Final = tuple(CatalogueEntry.__dataclass_fields__)
