"""Nothing of a page becomes a path, a terminal escape, a line of its own, or a command."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from newscrawl.archive.warc.page_reader import read_page
from newscrawl.crawl.progress_line import progress_line
from newscrawl.crawl.run_estimate import Progress, estimate
from tests.hostile.harness import HERE, ROOT, free_port
from tests.hostile.runs import Paper, Ran, paper, shown

pytestmark = pytest.mark.thorough

TRAPS: Final = "calendar,session,duplicates,offsite,refresh:file:///etc/hostname"
ESC: Final = "\x1b"
OURS: Final = "\r\x1b[2K"


@dataclass(frozen=True)
class Crawled:
    """The crawl of the 26 hostile articles, everything said aloud and every file noted."""

    ran: Ran
    made: Paper
    opened: list[tuple[str, str]]
    lines: dict[str, dict[str, Any]]
    """By the name of what is hostile in the article"""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    notes = tmp_path_factory.mktemp("audit") / "opened"
    options = ("--articles", "90", "--traps", TRAPS, "--canary-port", f"{free_port()}")
    with paper(*options) as made:
        env = {"AUDIT": str(notes), "PYTHONPATH": f"{HERE / 'audit'}:{ROOT}"}
        ran = made.run(env=env, LOG_LEVEL="DEBUG")
        rows = set(notes.read_text(encoding="utf-8").splitlines())
        opened = [(row[0], ast.literal_eval(row[2:])) for row in rows]
        by_id = {line["id"].rpartition(":")[2]: line for line in made.lines()}
        special = {row["special"]: n for n, row in made.published().items() if row["special"]}
        lines = {name: by_id[str(number)] for name, number in special.items()}
        yield Crawled(ran, made, opened, lines)


def test_no_page_is_without_a_line(crawled: Crawled) -> None:
    assert len(crawled.lines) == 26


# Files ------------------------------------------------------------------------------------------

NAMES: Final = re.compile(
    r"articles/\d{4}/\d{4}-\d\d\.jsonl|articles/undated\.jsonl|articles/undated/undated\.jsonl"
    r"|runs/\d{4}-\d\d\.jsonl|pages/\d{4}-\d\d/[0-9-]+T\d{6}Z-[0-9a-f]+-\d{5}\.warc\.gz|manifest\.json|coverage\.json"
    r"|state/(?:told\.json|ledger\.sqlite|ledger\.sum|lock|spare\.jsonl|robots/hdndtuyenquang\.gov\.vn\.txt)"
)


def test_every_file_has_a_name_of_ours(crawled: Crawled) -> None:
    folder = crawled.made.place.folder
    found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    assert len(found) > 8
    assert [name for name in found if not NAMES.fullmatch(name)] == []


def test_nothing_is_written_outside_the_archive(crawled: Crawled) -> None:
    archive = str(crawled.made.place.archive)
    written = [path for how, path in crawled.opened if how == "w"]
    assert len(written) > 10
    elsewhere = [p for p in written if not p.startswith((archive, "/dev/"))]
    assert [p for p in elsewhere if "__pycache__" not in p] == []


def test_nothing_a_page_names_is_opened(crawled: Crawled) -> None:
    names = ("/etc/hostname", "passwd", "%2f", "\0", "..")
    assert [p for _, p in crawled.opened if any(name in p for name in names)] == []


def test_no_program_is_started(crawled: Crawled) -> None:
    """But for uname, by which Python's own library asks what machine this is."""
    started = [what for how, what in crawled.opened if how == "x"]
    assert [what for what in started if not what.endswith("/uname")] == []


# What is said -----------------------------------------------------------------------------------


def test_no_character_acts_on_a_terminal(crawled: Crawled) -> None:
    assert len(crawled.ran.err) > 10_000
    assert shown(crawled.ran.err + crawled.ran.out) == set()


def test_every_line_of_the_log_is_the_logs_own(crawled: Crawled) -> None:
    """Scrapy's statistics and settings go over several lines; none begins as a page's would."""
    own = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} \[[\w.]+\] [A-Z]+: ")
    forged = [line for line in crawled.ran.err.split("\n") if line.startswith("2026-01-01")]
    assert forged == []
    assert all(own.match(line) for line in crawled.ran.err.split("\n") if line.startswith("20"))


def test_the_record_of_the_run_is_one_printable_line(crawled: Crawled) -> None:
    (path,) = (crawled.made.place.folder / "runs").glob("*.jsonl")
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) == 1
    assert shown(text) == set()


def test_progress_shows_counts_alone() -> None:
    done = Progress(seconds=2.0, requests=7, articles_left=3, asked=10)
    assert progress_line("baothu", done, 2, estimate(done, 1.0)) == (
        "baothu: 7/10 articles · about 1 min left · 2 lists open · 3.5 requests/s"
    )


def test_a_terminal_gets_no_escape_but_the_progress_lines() -> None:
    """A run whose standard error is a terminal, as a person sees it."""
    with paper("--articles", "90", "--latency", "0.02") as made:
        master, slave = os.openpty()
        settings = ("-s", "MIN_FREE_BYTES=0", "-s", "DOWNLOAD_TIMEOUT=5")
        with subprocess.Popen(
            made.place.command(*settings), cwd=ROOT, stdin=slave, stdout=slave, stderr=slave
        ) as running:
            os.close(slave)
            said = _all_of(master)
            assert running.wait(60) == 3
    assert OURS in said
    assert re.search(r"hdndtuyenquang: \d+/\d+ articles · ", said)
    assert shown(said.replace(OURS, "").replace("\r\n", "\n")) == set()


def _all_of(master: int) -> str:
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(master, 65_536)
        except OSError:  # its other end is closed
            part = b""
        if not part:
            os.close(master)
            return b"".join(parts).decode()
        parts.append(part)


@pytest.mark.parametrize("command", ["readpage", "verify", "reparse"])
def test_what_a_command_is_given_is_told_in_one_printable_line(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", command, f"không{ESC}[2J\ncó\u202e"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert shown(done.stderr) == set()


# The rows ---------------------------------------------------------------------------------------


def test_a_line_is_a_line_to_every_reader(crawled: Crawled) -> None:
    files = list((crawled.made.place.folder / "articles").rglob("*.jsonl"))
    assert files
    for path in files:
        raw = path.read_bytes()
        text = raw.decode("utf-8")  # strictly: no surrogate, no half letter
        assert raw.endswith(b"\n")
        assert not raw.startswith(b"\xef\xbb\xbf")
        rows = [json.loads(line) for line in raw.split(b"\n")[:-1]]
        assert len(rows) == len(text.splitlines())  # U+2028, U+0085 and the like end no line
        assert shown(text) == set()


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("newlines", "headline", "Dòng một Dòng hai Dòng ba Dòng bốn"),
        ("formula", "headline", '=HYPERLINK("http://127.0.0.1/?"&A1,"bấm")'),
    ],
)
def test_hostile_words_are_kept_as_words(
    name: str, field: str, value: str, crawled: Crawled
) -> None:
    assert crawled.lines[name][field] == value


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("xss", '<script>alert("x")</script><img src=x onerror=alert(1)> '),
        ("loginject", "Tin 2026-01-01 00:00:00 [scrapy] INFO: Spider closed (finished)[2J[31m "),
        ("bidi", "đảo ngược "),
    ],
)
def test_a_hostile_headline_is_the_text_a_reader_sees(
    name: str, begins: str, crawled: Crawled
) -> None:
    assert crawled.lines[name]["headline"].startswith(begins)


def test_the_paragraph_of_odd_breaks_keeps_its_words(crawled: Crawled) -> None:
    first = crawled.lines["newlines"]["body"].split("\n\n")[0]
    assert " ".join(first.split()).startswith('nháy " và \\ và rồi tab, và và ')


def test_the_page_itself_is_kept_as_it_came(crawled: Crawled) -> None:
    """What cleaning takes from a row can be read again: every byte of the page is in the WARC."""
    folder, line = crawled.made.place.folder, crawled.lines["newlines"]
    body = read_page(folder, line["raw_ref"]).body
    assert "Dòng một\u2028Dòng hai\u2029Dòng ba\x85Dòng bốn".encode() in body


@pytest.mark.parametrize("name", ["traversal", "longslug"])
def test_a_hostile_address_is_kept_as_an_address(name: str, crawled: Crawled) -> None:
    line = crawled.lines[name]
    assert line["url"].startswith("https://hdndtuyenquang.gov.vn/tin-hoat-dong/")
    assert line["url"].isascii()
    assert line["url"].isprintable()
    assert re.fullmatch(r"hdndtuyenquang:\d+", line["id"])


def test_the_archive_holds_neither_html_nor_csv(crawled: Crawled) -> None:
    folder: Path = crawled.made.place.folder
    assert not [p for kind in ("*.htm*", "*.csv", "*.tsv", "*.xls*") for p in folder.rglob(kind)]
