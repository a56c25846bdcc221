"""newscrawl as a library: one page read, an archive loaded, nothing paid by who imports it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

import newscrawl
from newscrawl.cli.read_page import UnknownNewspaperError
from newscrawl.exceptions import ArgumentError, NotAnArticleError
from newscrawl.items import to_line
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.parquet_export import export_parquet
from tests.support.articles import make_article
from tests.support.paths import FIXTURES
from tests.support.published import publish

PAGE = (FIXTURES / "baotuyenquang" / "article-drop-cap.html").read_bytes()
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_a_page_of_a_known_newspaper_is_read_by_its_page_class() -> None:
    article = newscrawl.read(PAGE, fetched_at=NOW)
    assert (article.newspaper, article.warnings) == ("baotuyenquang", ())
    assert to_line(article)["headline"] == article.headline
    assert newscrawl.read(PAGE.decode(), fetched_at=NOW) == article


def test_a_page_of_another_site_is_read_by_structure() -> None:
    other = PAGE.replace(b"baotuyenquang.com.vn", b"baochuabiet.vn")
    article = newscrawl.read(other, "https://baochuabiet.vn/tin-1234.html", fetched_at=NOW)
    assert article.warnings == ("layout_unknown",)
    assert article.body == newscrawl.read(PAGE, fetched_at=NOW).body


def test_a_list_is_no_article_and_an_unknown_name_is_told() -> None:
    section = (FIXTURES / "baotuyenquang" / "section-kinh-te-fixed-nine.html").read_bytes()
    with pytest.raises(NotAnArticleError):
        newscrawl.read(section, "https://baochuabiet.vn/kinh-te/", fetched_at=NOW)
    with pytest.raises(UnknownNewspaperError, match="no newspaper is named 'baochuabiet'"):
        newscrawl.read(PAGE, newspaper="baochuabiet")


def test_pandas_and_polars_get_every_type(tmp_path: Path) -> None:
    rows = [
        to_line(make_article(id=f"baothu:{n}", source="0123", captions=("Ảnh",) if n == 9 else ()))
        for n in range(10)
    ]
    publish(tmp_path, "baothu", rows)
    frame = newscrawl.load(tmp_path)
    assert list(frame["source"]) == ["0123"] * 10  # pandas.read_json makes 123 of it
    assert str(frame["published_at"].dtype) == "datetime64[ms, Asia/Ho_Chi_Minh]"
    assert frame["gone_at"].isna().all()
    articles = newscrawl.load(tmp_path, "polars")
    assert articles["captions"].to_list()[9] == ["Ảnh"]
    assert articles.schema["published_date"] == pl.Date
    export_parquet(open_view(tmp_path), tmp_path / "parquet", EVERY_ROW, with_text=True)
    assert newscrawl.load(tmp_path / "parquet", "arrow").equals(newscrawl.load(tmp_path, "arrow"))
    with pytest.raises(ArgumentError, match="no newspaper 'baokia'"):
        newscrawl.load(tmp_path, newspapers=("baokia",))


def test_importing_the_package_imports_neither_scrapy_nor_arrow() -> None:
    code = "import sys, newscrawl; print(sorted({'scrapy', 'pyarrow', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = newscrawl.nothing
