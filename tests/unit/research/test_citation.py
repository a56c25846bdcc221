"""A citation names what makes it checkable, in every form."""

import json
import re
from datetime import date

import pytest

from newscrawl.items import Line, to_line
from newscrawl.research.citation import bibtex, citation_text, csl_json
from tests.support.articles import make_article

ROW = to_line(
    make_article(headline="Giá chè tăng 10% & {còn} tăng", authors=("Lò Thị Mẩy", "Hà Văn Bình"))
)


@pytest.mark.parametrize("write", [citation_text, bibtex, csl_json])
def test_every_form_names_fetch_revision_and_hash(write: object) -> None:
    assert callable(write)
    text = write(ROW, "Báo Thử")
    for part in (ROW["id"], "2026-11-23", "revision 1", ROW["content_hash"], ROW["url"]):
        assert part in text


def test_bibtex_escapes_what_tex_reads_as_commands() -> None:
    text = bibtex(ROW, "Báo Thử")
    assert r"title = {Giá chè tăng 10\% \& \{còn\} tăng}" in text.replace("{{", "{").replace(
        "}}", "}"
    )
    assert "author = {{Lò Thị Mẩy} and {Hà Văn Bình}}" in text
    assert re.match(r"@article\{baothu:202506-75f1237,\n", text)


def test_csl_is_read_as_json_with_date_and_authors() -> None:
    (item,) = json.loads(csl_json(ROW, "Báo Thử"))
    assert item["issued"] == {"date-parts": [[2025, 6, 18]]}
    assert item["author"] == [{"literal": "Lò Thị Mẩy"}, {"literal": "Hà Văn Bình"}]


def test_what_an_article_lacks_is_not_cited() -> None:
    row: Line = to_line(
        make_article(
            authors=(),
            published_at=None,
            published_date=None,
            published_precision="",
            published_source="",
        )
    )
    assert "issued" not in json.loads(csl_json(row, "Báo Thử"))[0]
    assert "year" not in bibtex(row, "Báo Thử")
    assert "{{Báo Thử}}" in bibtex(row, "Báo Thử")
    assert citation_text(row, "Báo Thử").startswith("Báo Thử. Mùa chè")
    assert date(2025, 6, 18).isoformat() not in citation_text(row, "Báo Thử")
