"""The status as a table, a page and metrics."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from prometheus_client.parser import text_string_to_metric_families

from newscrawl.cli.status_metrics import status_metrics
from newscrawl.cli.status_page import run_strip, sparkline, status_page
from newscrawl.cli.status_table import status_json, status_table
from newscrawl.monitoring.paper_status import ArchiveStatus, Disk, PaperFigures, archive_status
from newscrawl.monitoring.run_history import RunFigures, RunHistory
from tests.unit.monitoring.test_paper_status import GIB, NOW

HOSTILE: Final = '<script>alert("x")</script>\x1b[2J&'
WITHOUT_END: Final = {"meta", "br"}


def run(hours_ago: float, code: int = 0) -> RunFigures:
    began = NOW - timedelta(hours=hours_ago)
    return RunFigures(
        started_at=began, ended_at=began + timedelta(minutes=10), exit_code=code, new=4, changed=1,
        requests=77, articles=900, states={"discovered": 12, "failed": 3},
        lists=(True, True, False),
        weaknesses=(HOSTILE,) if code == 3 else (),
    )  # fmt: skip


def status(name: str = "baothu", faults: tuple[str, ...] = ()) -> ArchiveStatus:
    disk = Disk(device=1, free_bytes=500 * 10**9)
    published = [NOW - timedelta(hours=6 * n) for n in range(300)]
    bad = PaperFigures(
        newspaper=name, disk=disk, disk_bytes=19_800_000, published=published, faults=faults,
        history=RunHistory((run(3), run(1, 3))),
    )  # fmt: skip
    well = PaperFigures(
        newspaper="baola", disk=disk, disk_bytes=9_000, published=published,
        history=RunHistory((run(26), run(2))),
    )  # fmt: skip
    return archive_status(
        "output", [well, bad], NOW, disk, free_min_bytes=GIB, warn_days=14, never_run=["baoxa"]
    )


def empty() -> ArchiveStatus:
    disk = Disk(device=1, free_bytes=500 * 10**9)
    return archive_status("output", [], NOW, disk, free_min_bytes=GIB, warn_days=14)


class Page(HTMLParser):
    """The tags of a page, and whether they close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_table_has_a_row_a_newspaper_and_says_what_needs_a_person() -> None:
    lines = status_table(status()).splitlines()
    rows = {line.split()[0]: line.split() for line in lines[1:4]}
    assert list(rows) == ["baothu", "baoxa", "baola"]
    assert " ".join(rows["baothu"][1:]) == "50 min 3 0 min 6 h 28 28 2/3 12 3 20 MB –"
    assert rows["baoxa"][1:3] == ["never", "–"]
    assert lines[5].startswith("baothu: exit 3: needs a person: a layout, lists, ")
    assert "\x1b" not in status_table(status())
    assert lines[-1] == "2 of 3 need a person · 1,800 articles · 20 MB used, 500 GB free"


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_narrow_terminal_gets_fewer_columns_and_no_line_that_wraps(width: int) -> None:
    head, *rows = status_table(status(), width).splitlines()[:4]
    assert all(len(line) <= width for line in (head, *rows))
    (left_out,) = re.findall(
        r"^\(a wider terminal shows more: (.+)\)$", status_table(status(), width), re.MULTILINE
    )
    whole = status_table(status()).splitlines()[0]
    assert " ".join([*head.split(), *left_out.replace(",", "").split()]) == " ".join(whole.split())
    assert status_table(status(), 200) == status_table(status())


def test_an_empty_archive_says_how_to_begin() -> None:
    said = "output holds no newspaper yet: `newscrawl crawl NAME` begins one; another archive is"
    assert status_table(empty()).startswith(said)
    page = Page(status_page(empty())).words
    assert said in page
    assert "all is well" not in page
    assert "no newspaper · 500 GB free" in page
    assert status_json(empty())["needs_person"] is True
    assert status_json(empty())["papers"] == []


def test_the_page_shows_what_newspapers_call_themselves() -> None:
    page = status_page(status(), {"baothu": "Báo Thử <b>"})
    assert "<b>Báo Thử &lt;b&gt;</b> baothu " in page
    assert "<b>baola</b>" in page
    assert "each is a bar: a low one went well" in page


def test_json_holds_every_figure() -> None:
    told = json.loads(json.dumps(status_json(status())))
    (first, *_) = told["papers"]
    assert first["newspaper"] == "baothu"
    assert first["last_run"]["exit_code"] == 3
    assert first["newest_at"] == "2026-12-01T13:00:00+07:00"
    assert (first["usual_gap_s"], first["articles_7_days"]) == (21600, 28)
    assert (first["lists"], first["lists_complete"]) == (3, 2)
    assert (first["links_waiting"], first["links_failed"]) == (12, 3)
    assert len(first["articles_by_day"]) == 60
    assert told["needs_person"] is True


# The page ----------------------------------------------------------------------------------------


def test_the_page_asks_nothing_and_runs_nothing() -> None:
    text = status_page(status())
    page = Page(text)
    assert page.open == []
    names = {tag for tag, _ in page.tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    attributes = {name for _, attributes in page.tags for name in attributes}
    assert attributes.isdisjoint({"src", "href", "srcset", "style"})
    assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert ("meta", {"name": "viewport", "content": "width=device-width,initial-scale=1"}) in (
        page.tags
    )


def test_what_others_wrote_is_text() -> None:
    page = Page(status_page(status(HOSTILE, faults=(HOSTILE,))))
    assert "script" not in {tag for tag, _ in page.tags}
    assert page.words.count(HOSTILE) >= 4


def test_every_newspaper_has_its_pictures_and_its_runs() -> None:
    page = Page(status_page(status()))
    # 59 whole days of four articles, and three of today by 13:00.
    labels = [attributes.get("aria-label") for tag, attributes in page.tags if tag == "svg"]
    assert labels == [
        "239 articles in 60 days, at most 4 a day",
        "1 of the last 2 runs failed or were killed",
        "239 articles in 60 days, at most 4 a day",
        "0 of the last 2 runs failed or were killed",
    ]
    assert [tag for tag, _ in page.tags].count("details") == 3
    assert "baothu: 2 runs" in page.words


def test_a_bar_is_as_high_as_its_day_and_a_day_without_articles_has_none() -> None:
    drawn = sparkline((1, 0, 4))
    assert re.findall(r"M(\d+) 32v-([\d.]+)h3", drawn) == [("0", "8.0"), ("8", "32.0")]
    assert sparkline(()) == ""
    assert "M0 32v" not in sparkline((0, 0))


def test_the_strip_tells_ends_by_height() -> None:
    drawn = run_strip([run(5), run(4, 143), run(3, 4)])
    assert re.findall(r' height="(\d+)" fill', drawn) == ["8", "16", "32"]
    assert len(re.findall("<rect", run_strip([run(1)] * 99))) == 30


# Metrics -----------------------------------------------------------------------------------------


def families(found: ArchiveStatus) -> dict[str, Any]:
    text = "\n".join(status_metrics(found)) + "\n"
    return {family.name: family for family in text_string_to_metric_families(text)}


def test_prometheus_reads_the_metrics() -> None:
    found = families(status())
    by_paper = {
        name: {sample.labels.get("newspaper"): sample.value for sample in family.samples}
        for name, family in found.items()
    }
    assert by_paper["newscrawl_last_run_exit_code"] == {"baothu": 3, "baola": 0}
    assert by_paper["newscrawl_needs_person"] == {"baothu": 1, "baola": 0, "baoxa": 1}
    assert by_paper["newscrawl_newest_article_timestamp_seconds"]["baola"] == NOW.timestamp()
    assert by_paper["newscrawl_articles_7_days_usual"] == {"baothu": 28, "baola": 28}
    assert by_paper["newscrawl_archive_needs_person"] == {None: 1}
    assert all(family.type == "gauge" and family.documentation for family in found.values())


@pytest.mark.parametrize("name", ['bao"thu', "bao\\thu", "bao\nthu"])
def test_a_label_is_escaped(name: str) -> None:
    samples = families(status(name))["newscrawl_needs_person"].samples
    assert name in {sample.labels["newspaper"] for sample in samples}


def test_the_metrics_of_an_empty_archive_are_read() -> None:
    assert families(empty())["newscrawl_archive_needs_person"].samples[0].value == 1
