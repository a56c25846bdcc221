"""The commands as a person meets them: answers on stdout, one clear line on stderr."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.revisit_schedule import TRIES_MAX
from newscrawl.archive.lock import hold_lock
from newscrawl.discovery.source import Link
from newscrawl.replica import Replica, running_replica
from tests.support.articles import make_article
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.paths import FIXTURES, ROOT

ARTICLE = FIXTURES / "baotuyenquang" / "article-drop-cap.html"
SECTION = FIXTURES / "hdndtuyenquang" / "section-trang-2.html"
VIDEO = FIXTURES / "baotuyenquang" / "other-video.html"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as running:
        yield running


def gold(page: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.with_suffix(".json").read_text("utf-8"))["expected"]
    return found


def test_readpage_prints_the_line_as_the_archive_stores_it() -> None:
    done = run_scrapy("readpage", str(ARTICLE))
    assert (done.returncode, done.stderr) == (0, "")
    line = json.loads(done.stdout)
    expected = gold(ARTICLE)
    assert line["headline"] == expected["headline"]
    assert line["body"].split("\n\n") == expected["body"]
    assert len(line) == 38


def test_readpage_prints_the_fields_asked_for() -> None:
    done = run_scrapy("readpage", str(ARTICLE), "--fields", "headline,authors")
    assert list(json.loads(done.stdout)) == ["headline", "authors"]


def test_readpage_prints_a_sections_articles() -> None:
    done = run_scrapy("readpage", str(SECTION))
    assert done.returncode == 0
    assert json.loads(done.stdout) == gold(SECTION)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((str(VIDEO),), 3, "not an article: video"),
        (("no-such-file.html",), 2, "no-such-file.html: No such file"),
        ((str(ARTICLE), "--url", "https://bao.example/a-1.html"), 2, "no newspaper is declared"),
        ((str(ARTICLE), "--newspaper", "baoxyz"), 2, "no newspaper is named 'baoxyz'"),
        ((str(ARTICLE), "--url", "http://[x"), 2, "no newspaper is declared for 'http://[x'"),
        ((str(ARTICLE), "--url", "http://[x", "--generic"), 2, "Invalid IPv6 URL"),
        ((str(FIXTURES),), 2, "Is a directory"),
        ((str(ARTICLE), "--fields", "headline,titel"), 2, "no field 'titel'"),
        ((), 2, "one file or address"),
    ],
)
def test_readpage_says_in_one_line_what_is_wrong(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run_scrapy("readpage", *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_readpage_of_a_piece_names_what_it_could_not_read(tmp_path: Path) -> None:
    piece = tmp_path / "piece.html"
    piece.write_text("<p>Ngày hội mở đầu bằng tiếng trống.</p><p>Trời nắng.</p>", "utf-8")
    done = run_scrapy("readpage", str(piece), "--partial", "--newspaper", "baohagiang")
    assert done.returncode == 0
    line = json.loads(done.stdout)
    assert line["body"] == "Ngày hội mở đầu bằng tiếng trống.\n\nTrời nắng."
    assert "not read: headline" in done.stderr
    assert "not read: published" in done.stderr


def test_readpage_of_a_piece_without_a_body_prints_the_rest(tmp_path: Path) -> None:
    piece = tmp_path / "piece.html"
    piece.write_text(
        '<div class="content-detail"><h1 class="article-detail-title">Mùa nước nổi</h1></div>'
        '<link rel="canonical" href="https://baohagiang.vn/xa-hoi/202511/mua-nuoc-noi-7a12345/">',
        "utf-8",
    )
    done = run_scrapy("readpage", str(piece), "--partial", "--newspaper", "baohagiang")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["body"] == ""
    assert done.stderr.count("not read: body") == 1


def test_readpage_of_a_page_without_address_asks_for_one(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Tin</p>", "utf-8")
    done = run_scrapy("readpage", str(page))
    assert done.returncode == 2
    assert "give --url or --newspaper" in done.stderr


def test_readpage_of_an_address_asks_the_server_politely(replica: Replica) -> None:
    row = replica.truth("baotuyenquang.com.vn")[0]
    done = run_scrapy("readpage", row["url"], "-s", f"MIRROR={replica.address}")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["headline"] == row["headline"]
    assert "baotuyenquang.com.vn/robots.txt" in replica.stats()["paths"]


def test_papers_lists_the_newspapers() -> None:
    done = run_scrapy("papers", "--json")
    assert done.returncode == 0
    rows = {row["domain"]: row for row in json.loads(done.stdout)}
    assert rows["baotuyenquang.com.vn"]["name"] == "baotuyenquang"
    assert rows["baobinhdinh.vn"]["name"] == "baobinhdinh"
    assert rows["baobinhdinh.vn"]["sources"] == "1 guessed; 1 closed"
    assert all(row["name"] for row in rows.values())
    table = run_scrapy("papers")
    assert table.stdout.splitlines()[-1] == "68 of 68 have a spider: scrapy crawl NAME"
    assert "Báo Tuyên Quang" in table.stdout
    assert table.stdout.splitlines()[0].split()[:3] == ["name", "title", "domain"]


def test_checkall_finds_nothing() -> None:
    done = run_scrapy("checkall")
    assert (done.returncode, done.stderr) == (0, "")
    verdict, note = done.stdout.splitlines()
    assert verdict.endswith("0 problems")
    found = re.fullmatch(r"without fixtures of their own, (\d+) newspapers: `.+ --bare` .+", note)
    assert found is not None
    named = run_scrapy("checkall", "--bare").stdout.splitlines()[1]
    assert named.startswith(f"without fixtures of their own, {found[1]} newspapers: ")
    assert named.count(",") == int(found[1])
    assert "baoyenbai" in named


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-a", "since=1/11/2022"), "a date is written YYYY-MM-DD"),
        (("-a", "since=2022-12-01", "-a", "until=2022-11-01"), "is later than until="),
        (("-a", "section=/kinh-tee/"), "near: /kinh-te/"),
        (("-a", "limit=0"), "a number of articles"),
        (("-a", "refetch=often"), "as in 12h or 7d"),
        (("-a", "sinse=2022-11-01"), "no such argument"),
    ],
)
def test_crawl_refuses_a_bad_argument_before_any_request(
    arguments: tuple[str, ...], said: str, tmp_path: Path, replica: Replica
) -> None:
    replica.reset()
    places = ("-s", f"ARCHIVE={tmp_path}", "-s", f"MIRROR={replica.address}")
    done = run_scrapy("crawl", "baotuyenquang", *places, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert replica.stats()["requests"] == 0


def test_crawl_of_a_live_paper_needs_a_contact(tmp_path: Path) -> None:
    done = run_scrapy("crawl", "baotuyenquang", "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 2
    assert "NEWSCRAWL_CONTACT" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_crawl_of_an_unknown_newspaper(tmp_path: Path) -> None:
    done = run_scrapy("crawl", "baoxyz", "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 2
    assert "no newspaper is named 'baoxyz'" in done.stderr


def test_crawl_is_quiet_when_all_is_well(tmp_path: Path, replica: Replica) -> None:
    places = ("-s", f"ARCHIVE={tmp_path}", "-s", f"MIRROR={replica.address}")
    done = run_scrapy("crawl", "baotuyenquang", *places, *LOOPBACK, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_demo_shows_an_article_and_a_second_one_adds_nothing(tmp_path: Path) -> None:
    small = ("demo", "--articles", "60", "-s", f"ARCHIVE={tmp_path}")
    done = run_scrapy(*small)
    assert done.returncode == 0, done.stderr
    assert "articles/<YYYY>/<YYYY-MM>.jsonl" in done.stdout
    told = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("    ")}
    assert {"headline", "lead", "body", "captions", "authors", "source", "published_at"} <= told
    for command in ("search", "export", "coverage"):
        assert f"  scrapy {command} {tmp_path}/demo" in done.stdout
    again = run_scrapy(*small)
    assert again.returncode == 0
    assert "new 0 · changed 0" in again.stdout
    assert "nothing new" in again.stdout


@pytest.mark.thorough
def test_later_editions_of_the_demo_show_edits_and_removals_at_once(tmp_path: Path) -> None:
    small = ("demo", "--articles", "240", "-s", f"ARCHIVE={tmp_path}")
    assert run_scrapy(*small).returncode == 0
    folder = tmp_path / "demo" / "baotuyenquang"
    for edition in (2, 3):
        before = {line["id"] for line in read_articles(folder) if line["status"] == "gone"}
        later = run_scrapy(*small, "--edition", str(edition))
        assert later.returncode == 0, later.stderr
        with running_replica(articles=240, edition=edition) as replica:
            told = replica.gone("baotuyenquang.com.vn")
        lines = {line["id"]: line for line in read_articles(folder) if line["status"] == "gone"}
        assert before < set(lines)
        answers = {f"baotuyenquang:{row['key']}": row["http_status"] for row in told}
        assert {key: line["http_status"] for key, line in lines.items()} == answers
        assert set(answers.values()) <= {404, 410}
        assert all(line["gone_at"] and line["body"] for line in lines.values())
        said = later.stdout
        missing = len(set(lines) - before)
        are = "article is" if missing == 1 else "articles are"
        assert f"{missing} {are} missing. The demo puts its clock forward by 25 hours" in said
        edited, _, removed = said.partition("\nIt removed ")
        assert " articles, one of them so:\n\nbaotuyenquang:" in edited
        assert "\nrevision 2, fetched " in edited
        assert "{+" in edited.partition("The newspaper edited ")[2]
        assert removed.startswith(f"{len(lines)} article")
        assert re.search(r"\n +status  gone\n +http_status  (404|410)\n +gone_at  20", removed)
    where = ("-s", f"ARCHIVE={tmp_path}/demo")
    verified = run_scrapy("verify", "baotuyenquang", *where)
    assert (verified.returncode, verified.stdout.count("whole")) == (0, 1)
    runs = [json.loads(line) for file in sorted((folder / "runs").iterdir())
            for line in file.read_text("utf-8").splitlines()]  # fmt: skip
    hours = [run.get("clock_ahead_s", 0) / 3600 for run in runs]
    assert hours == [0, 0, 25, 50, 75]


@pytest.mark.thorough
def test_every_time_in_the_demos_second_edition_is_the_machines(tmp_path: Path) -> None:
    small = ("demo", "--articles", "240", "-s", f"ARCHIVE={tmp_path}")
    began = datetime.now(UTC).replace(microsecond=0)
    assert run_scrapy(*small).returncode == 0
    assert run_scrapy(*small, "--edition", "2").returncode == 0
    ended = datetime.now(UTC)
    lines = list(read_articles(tmp_path / "demo" / "baotuyenquang"))
    told = {line[name] for line in lines for name in ("first_seen_at", "fetched_at", "gone_at")}
    times = [datetime.fromisoformat(time) for time in told if time]
    assert began <= min(times)
    assert max(times) <= ended
    again = run_scrapy(*small, "--edition", "2")
    assert "nothing new" in again.stdout
    assert "puts its clock forward" not in again.stdout
    assert list(read_articles(tmp_path / "demo" / "baotuyenquang")) == lines


@pytest.mark.parametrize("command", [("crawl", "baotuyenquang"), ("demo",)])
def test_no_person_puts_a_runs_clock_forward(tmp_path: Path, command: tuple[str, ...]) -> None:
    given = ("-a", "clock_ahead=90000", "-s", f"ARCHIVE={tmp_path}")
    done = run_scrapy(*command, *given, env={"NEWSCRAWL_CONTACT": "you@baola.vn"})
    assert done.returncode == 2
    assert "clock_ahead=: no such argument" in done.stderr
    assert list(tmp_path.glob("**/*.jsonl")) == []


def test_the_demo_is_wrapped_to_the_terminal(tmp_path: Path) -> None:
    small = ("demo", "--articles", "60", "-s", f"ARCHIVE={tmp_path}")
    done = run_scrapy(*small, env={"COLUMNS": "60"})
    shown = done.stdout.partition("One of them:")[2].partition("Try next:")[0]
    assert len(shown.splitlines()) > 30
    assert max(map(len, shown.splitlines())) <= 60


@pytest.fixture
def troubled(tmp_path: Path) -> tuple[str, ...]:
    """Where an archive lies one of whose links failed, one was given up, one refused."""
    links = [
        Link(url=f"https://baotuyenquang.com.vn/a/202601/tin-{key}.html", key=key) for key in "1234"
    ]
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    with Ledger.open(tmp_path / "baotuyenquang", "baotuyenquang") as ledger:
        for run in range(TRIES_MAX):
            ledger.begin_run(f"r{run}", now, {})
            ledger.links.sift(links, f"r{run}", now)
            ledger.links.fail("1", "HTTP 500", now)
        ledger.links.fail("2", "body: \x1b[31mđỏ\nhai dòng", now)
        ledger.links.refuse("3", "a video", now)
    return ("baotuyenquang", "-s", f"ARCHIVE={tmp_path}")


def test_links_lists_what_failed_and_why(troubled: tuple[str, ...]) -> None:
    done = run_scrapy("links", *troubled)
    assert (done.returncode, done.stderr) == (0, "")
    place = "https://baotuyenquang.com.vn/a/202601/tin-"
    assert done.stdout.splitlines() == [
        f"given_up    5  –                 {place}1.html  HTTP 500",
        f"failed      1  2026-11-23 19:00  {place}2.html  body: [31mđỏ hai dòng",
    ]


def test_links_as_json_are_the_ledgers_own_words(troubled: tuple[str, ...]) -> None:
    done = run_scrapy("links", *troubled, "--state", "refused", "--state", "failed", "--json")
    failed, refused = map(json.loads, done.stdout.splitlines())
    assert failed == {
        "key": "2",
        "url": "https://baotuyenquang.com.vn/a/202601/tin-2.html",
        "state": "failed",
        "reason": "body: \x1b[31mđỏ\nhai dòng",
        "tries": 1,
        "next_due": "2026-11-23T12:00:00Z",
    }
    assert (refused["state"], refused["reason"], refused["next_due"]) == (
        "refused",
        "a video",
        "2026-11-23T12:00:00Z",
    )


def test_links_again_has_the_next_run_ask_for_them(
    troubled: tuple[str, ...], tmp_path: Path
) -> None:
    done = run_scrapy("links", *troubled, "--state", "given_up", "--state", "refused", "--again")
    assert done.returncode == 0
    assert "the next run asks for 2 links again" in done.stderr
    with Ledger.open(tmp_path / "baotuyenquang", "baotuyenquang") as ledger:
        ledger.begin_run("r9", datetime.now(UTC), {})
        asked = {ask.link.key for ask in ledger.links.waiting(datetime.now(UTC), 10)}
    assert asked == {"1", "2", "3", "4"}


def test_links_names_what_is_archived_and_could_not_be_read_again(
    troubled: tuple[str, ...], tmp_path: Path
) -> None:
    place, now = "https://baotuyenquang.com.vn/a/202601/tin-", datetime(2026, 11, 24, tzinfo=UTC)
    with Ledger.open(tmp_path / "baotuyenquang", "baotuyenquang") as ledger:
        ledger.begin_run("r8", now, {})
        for key in ("4", "5", "6"):
            url = f"{place}{key}.html"
            article = make_article(id=f"baotuyenquang:{key}", newspaper="baotuyenquang", url=url)
            ledger.articles.archive(article, now)
        ledger.begin_run("r9", now, {})
        ledger.links.fail("4", "headline: not there", now)
        ledger.articles.mark_absent("6", 404, now)  # in doubt, which proves nothing
    done = run_scrapy("links", *troubled, "--state", "archived")
    assert done.stdout == f"archived    1  2026-11-24 07:00  {place}4.html  headline: not there\n"
    assert run_scrapy("links", *troubled).stdout.endswith(done.stdout)
    again = run_scrapy("links", *troubled, "--state", "archived", "--again")
    assert "the next run asks for 1 link again" in again.stderr
    with Ledger.open(tmp_path / "baotuyenquang", "baotuyenquang") as ledger:
        ledger.begin_run("r10", now, {})
        due = {ask.link.key: ask.reason for ask in ledger.links.waiting(datetime.now(UTC), 10)}
        assert (due["4"], "5" in due) == ("due", False)


def test_links_again_waits_for_no_run_at_work(troubled: tuple[str, ...], tmp_path: Path) -> None:
    with hold_lock(tmp_path / "baotuyenquang"):
        assert run_scrapy("links", *troubled).returncode == 0
        assert run_scrapy("links", *troubled, "--again").returncode == 75


@pytest.mark.parametrize("command", ["crawl", "links", "reparse", "snapshot", "verify"])
@pytest.mark.parametrize("names", [(), ("baotuyenquang", "baodaklak")])
def test_a_command_for_one_newspaper_asks_for_its_name(
    command: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    done = run_scrapy(command, *names, "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 2
    assert "one newspaper; `scrapy papers` lists them" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["papers", "links"])
def test_a_reader_that_has_seen_enough_ends_nothing_badly(command: str, tmp_path: Path) -> None:
    links = [Link(url=f"https://baotuyenquang.com.vn/a/tin-{n}.html", key=f"{n}") for n in range(9)]
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    with Ledger.open(tmp_path / "baotuyenquang", "baotuyenquang") as ledger:
        ledger.begin_run("r1", now, {})
        ledger.links.sift(links, "r1", now)
    more = ("baotuyenquang", "--state", "discovered") if command == "links" else ()
    arguments = [sys.executable, "-m", "scrapy", command, *more, "-s", f"ARCHIVE={tmp_path}"]
    reading, writing = os.pipe()
    os.close(reading)  # as head(1) leaves it
    done = subprocess.run(arguments, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_links_of_a_paper_without_an_archive(tmp_path: Path) -> None:
    done = run_scrapy("links", "baotuyenquang", "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 2
    assert "baotuyenquang has no archive" in done.stderr


@pytest.mark.parametrize("command", ["crawl", "demo", "readpage", "papers", "checkall", "links"])
def test_help_of_a_command_says_what_it_does(command: str) -> None:
    done = run_scrapy(command, "-h")
    assert done.returncode == 0
    assert f"scrapy {command}" in done.stdout
