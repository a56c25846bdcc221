"""`scrapy ingest --host`: pages of a host that nobody declared become an archive of their own."""

import json
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.items import Line
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.strangers import familial, wordpress
from tests.support.strangers.scoring import score
from tests.support.strangers.serving import Stranger, serving

pytestmark = pytest.mark.thorough

_OF_THE_RUN = ("run_id", "raw_ref", "fetched_at", "first_seen_at")


def crawled(site: Stranger, folder: Path) -> None:
    """Crawl the site by its address."""
    with serving(site) as paper:
        places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={paper.mirror}")
        done = run_scrapy("crawl", site.address, *places, *LOOPBACK)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=[wordpress.SITE, familial.SITE], ids=lambda site: site.name)
def site(request: pytest.FixtureRequest) -> Stranger:
    found: Stranger = request.param
    return found


@pytest.fixture(scope="module")
def home(site: Stranger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(site.name)
    crawled(site, folder)
    return folder


@pytest.fixture
def collection(site: Stranger, home: Path) -> list[str]:
    return [str(path) for path in sorted((home / site.name / "pages").rglob("*.warc.gz"))]


def rows(folder: Path) -> dict[str, Line]:
    return {
        line["id"]: {k: v for k, v in line.items() if k not in _OF_THE_RUN}
        for line in read_articles(folder)
    }


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def test_every_article_of_the_host_is_archived_and_read_right(
    site: Stranger, home: Path, collection: list[str], tmp_path: Path
) -> None:
    out = ("-s", f"ARCHIVE={tmp_path}")
    done = run_scrapy("ingest", *collection, "--host", site.host, *out, "--processes", "2")
    assert (done.returncode, done.stderr) == (0, "")
    lines = list(read_articles(tmp_path / site.name))
    assert sorted(line["url"] for line in lines) == sorted(site.truths())
    found = score(site, lines)
    assert found.share >= 0.98, found.wrong
    assert rows(tmp_path / site.name) == rows(home / site.name)
    (record,) = read_runs(tmp_path / site.name)
    assert record["discovered_by"] == "ingest"
    assert run_scrapy("verify", site.name, *out).returncode == 0
    before = files(tmp_path)
    again = run_scrapy("ingest", *collection, "--host", site.host, *out)
    assert again.returncode == 0
    assert f"unchanged {len(lines)}" in again.stdout
    assert files(tmp_path) == before
    without = run_scrapy("ingest", *collection, *out)  # it is known from now on
    assert f"unchanged {len(lines)}" in without.stdout
    assert files(tmp_path) == before
    read_again = run_scrapy("reparse", site.name, *out)
    assert read_again.returncode == 0, read_again.stderr
    assert f"unchanged {len(lines)}" in read_again.stdout


def test_its_page_classes_are_those_that_a_look_decides(
    site: Stranger, home: Path, collection: list[str], tmp_path: Path
) -> None:
    out = ("-s", f"ARCHIVE={tmp_path}")
    assert run_scrapy("ingest", *collection, "--host", site.address, *out).returncode == 0
    looked = json.loads((home / site.name / "sources.json").read_text("utf-8"))
    made = json.loads((tmp_path / site.name / "sources.json").read_text("utf-8"))
    assert made["pages"] == looked["pages"]
    assert (made["name"], made["domain"]) == (looked["name"], looked["domain"])
    assert made["looked_at"] == "1970-01-01T00:00:00Z"
    with serving(site) as paper:  # the first crawl looks at the site
        places = (*out, "-s", f"MIRROR={paper.mirror}", *LOOPBACK)
        done = run_scrapy("crawl", site.name, *places)
        assert done.returncode == 0, done.stdout + done.stderr
        assert paper.asked["/"] >= 1
    known = json.loads((tmp_path / site.name / "sources.json").read_text("utf-8"))
    assert len(looked["sources"]) > 1
    assert {one["address"] for one in looked["sources"]} <= {
        one["address"] for one in known["sources"]
    }
    assert {line["revision"] for line in read_articles(tmp_path / site.name)} == {1}


def test_only_the_host_that_is_named_is_taken_in(collection: list[str], tmp_path: Path) -> None:
    out = ("-s", f"ARCHIVE={tmp_path}")
    done = run_scrapy("ingest", *collection, "--host", "bao-nguoi-khac.vn", *out)
    assert done.returncode == 0
    assert done.stdout.startswith("1 file · passed over: other host ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1", "'127.0.0.1' is no newspaper's host"),
        ("baothu", "'baothu' is no newspaper's host"),
    ],
)
def test_what_is_no_host_is_refused(host: str, said: str, tmp_path: Path) -> None:
    done = run_scrapy("ingest", "x.warc.gz", "--host", host, "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert said in line


def test_the_host_of_a_declared_newspaper_is_that_newspaper(tmp_path: Path) -> None:
    where = ("-s", f"ARCHIVE={tmp_path}")
    done = run_scrapy("ingest", "nowhere.warc.gz", "--host", "baotuyenquang.com.vn", *where)
    assert done.returncode == 3
    assert "nowhere.warc.gz" in done.stderr
    assert list(tmp_path.iterdir()) == []
