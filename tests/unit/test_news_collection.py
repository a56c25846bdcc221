"""The collection that the benchmark of `ingest` makes holds what it says."""

from collections import Counter
from pathlib import Path

from newscrawl.archive.warc.collection import CollectedPage, collected
from newscrawl.exceptions import ArchiveError
from tests.benchmarks.news_collection import elsewhere, write_collection

PAGES = [(f"https://baothu.vn/bai-{n}.html", f"<p>{n}</p>".encode() * 100) for n in range(60)]


def records_of(file: Path, host: str) -> list[CollectedPage | str]:
    """What stands in the file, and last whether it breaks off."""
    found: list[CollectedPage | str] = []
    try:
        found.extend(collected(str(file), lambda one: one.endswith(host)))
    except ArchiveError:
        found.append("cut off")
    return found


def counts(file: Path, host: str) -> Counter[str]:
    return Counter(
        "page" if isinstance(each, CollectedPage) else each for each in records_of(file, host)
    )


def test_it_holds_pages_revisits_redirects_and_half_a_record(tmp_path: Path) -> None:
    written = write_collection(tmp_path / "own.warc.gz", PAGES, float("inf"))
    assert written.pages == 60
    assert written.packed_bytes == (tmp_path / "own.warc.gz").stat().st_size
    found = counts(tmp_path / "own.warc.gz", "baothu.vn")
    assert found == {
        "page": 60, "unchanged copy": 3, "robots.txt": 2, "redirect": 2, "cut off": 1,
    }  # fmt: skip


def test_pages_go_round_under_other_hosts_until_the_file_is_large_enough(tmp_path: Path) -> None:
    written = write_collection(tmp_path / "mixed.warc.gz", elsewhere(PAGES, 7), 200_000)
    assert 200_000 <= written.unpacked_bytes < 210_000
    assert written.pages > 60
    file = tmp_path / "mixed.warc.gz"
    assert counts(file, "baothu.vn").keys() <= {"other host", "cut off"}
    found = records_of(file, ".example")
    pages = [each.exchange for each in found if isinstance(each, CollectedPage)]
    assert {one.url.split("/")[2] for one in pages} == {f"tin{n:03}.example" for n in range(7)}
    assert len({one.url for one in pages}) == len(pages)
    assert pages[0].body == PAGES[0][1]
