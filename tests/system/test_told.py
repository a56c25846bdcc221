"""What a person is told of a newspaper's trouble, and when: stdout, pings, a webhook."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_runs
from newscrawl.replica import Replica, running_replica
from tests.reliability.crawls import Place, wait_until
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.listener import Listener, listening
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough

NAME = "baotuyenquang"
LATER = """
from datetime import timedelta
from newscrawl.crawl.article_spider import ArticleSpider

today = ArticleSpider.now
ArticleSpider.now = lambda spider: today(spider) + timedelta(days={days})
"""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as one:
        yield one


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as replica:
        yield replica


def quiet(folder: Path, mirror: str, *more: str, **environment: str) -> tuple[int, str]:
    """A crawl under cron: its exit code, and what cron would mail."""
    done = run_scrapy(
        "crawl", NAME, "--quiet", "-s", f"MIRROR={mirror}", *LOOPBACK, "-s", "BACKOFF_S=0", *more,
        env={"NEWSCRAWL_ARCHIVE": str(folder), **environment},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_trouble_is_told_as_it_begins_and_ends_and_not_between(
    tmp_path: Path, replica: Replica, listener: Listener
) -> None:
    alerts = {
        "NEWSCRAWL_ALERT_PING": f"{listener.address}/ping/7",
        "NEWSCRAWL_ALERT_WEBHOOK": f"{listener.address}/hook",
    }
    down = "http://127.0.0.1:9"
    assert quiet(tmp_path, replica.address, **alerts) == (0, "")
    assert listener.paths() == ["/ping/7/start", "/ping/7"]
    assert listener.posts[-1][1].startswith(f"{NAME}  ")

    code, mail = quiet(tmp_path, down, **alerts)
    assert code == 4
    assert "refused by the host: " in mail
    assert listener.paths()[2:] == ["/ping/7/start", "/hook", "/ping/7/fail"]
    assert quiet(tmp_path, down, **alerts) == (4, "")
    assert listener.paths()[5:] == ["/ping/7/start", "/ping/7/fail"]
    assert quiet(tmp_path, down, "--repeat", **alerts)[1] != ""

    code, mail = quiet(tmp_path, replica.address, **alerts)
    assert code == 0
    assert mail.endswith(f"{NAME}: all is well again\n")
    told = listener.messages()
    assert [message["occasion"] for message in told] == ["begins", "ends"]
    assert (told[0]["newspaper"], told[0]["exit_code"], told[0]["health"]) == (NAME, 4, "dead")
    assert told[0]["trouble"].startswith("exit 4: the site cannot be reached, ")
    assert ": connection refused by the host: " in told[0]["trouble"]
    assert told[1]["trouble"] == ""
    assert "well again" not in told[0]["summary"]
    assert told[1]["summary"].endswith(f"\n  {NAME}: all is well again")
    assert quiet(tmp_path, replica.address, **alerts) == (0, "")


def test_what_a_typed_run_told_is_mailed_no_more(tmp_path: Path) -> None:
    down = "http://127.0.0.1:9"
    typed = run_scrapy(
        "crawl", NAME, "-s", f"MIRROR={down}", "-s", f"ARCHIVE={tmp_path}", *LOOPBACK,
        "-s", "BACKOFF_S=0",
    )  # fmt: skip
    assert typed.returncode == 4
    assert "refused by the host: " in typed.stdout
    assert quiet(tmp_path, down) == (4, "")


def test_an_alert_that_fails_fails_no_run(tmp_path: Path, replica: Replica) -> None:
    lost = {"NEWSCRAWL_ALERT_PING": "http://127.0.0.1:9/x"}
    code, mail = quiet(tmp_path, replica.address, **lost)
    assert code == 0
    (line,) = mail.splitlines()
    assert line.startswith("crawl: the alert to http://127.0.0.1:9/x/start failed: ")
    assert line.endswith("; so did 1 more")
    assert quiet(tmp_path, replica.address, **lost) == (0, "")  # told once, as every trouble
    assert quiet(tmp_path, replica.address, "--repeat", **lost) == (0, mail)


def test_a_bound_and_a_busy_archive_are_silent(tmp_path: Path, replica: Replica) -> None:
    assert quiet(tmp_path, replica.address, "-s", "LIST_PAGES=1") == (7, "")
    assert quiet(tmp_path, replica.address, "-s", "LIST_PAGES=1")[0] in (0, 7)


def test_a_newspaper_that_stops_is_told(tmp_path: Path, replica: Replica) -> None:
    assert quiet(tmp_path, replica.address) == (0, "")
    for days, said in ((5, ""), (400, "STALLED: nothing new for 400"), (401, "")):
        (tmp_path / "sitecustomize.py").write_text(LATER.format(days=days))
        code, mail = quiet(tmp_path, replica.address, PYTHONPATH=str(tmp_path))
        assert code == (0 if days == 5 else 3)
        assert said in mail
        assert bool(mail) is bool(said)


CLOSED = """
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider

BaoTuyenQuangSpider.sources = (*BaoTuyenQuangSpider.sources, VnptSection(path="/da-dong/"))
"""


def test_a_section_closed_for_good_is_told_until_a_person_acknowledges_it(
    tmp_path: Path, replica: Replica
) -> None:
    (tmp_path / "sitecustomize.py").write_text(CLOSED)
    closed = {"NEWSCRAWL_ARCHIVE": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    assert quiet(tmp_path, replica.address, PYTHONPATH=str(tmp_path))[0] == 3
    for args, said in (
        ((NAME, "/khong-co/", "--until", "2099-01-01"), "the newspaper has no such section; near:"),
        ((NAME, "/da-dong/"), "--until is missing"),
        ((NAME, "/da-dong/", "--until", "2001-01-01"), "--until 2001-01-01 is over"),
    ):
        refused = run_scrapy("acknowledge", *args, env=closed)
        assert refused.returncode == 2
        assert said in refused.stderr
    address = "https://baotuyenquang.com.vn/da-dong/"
    done = run_scrapy("acknowledge", NAME, address, "--until", "2099-01-01", env=closed)
    assert done.stdout == f"{NAME}: /da-dong/ is not told until 2099-01-01\n"
    code, mail = quiet(tmp_path, replica.address, PYTHONPATH=str(tmp_path))
    assert code == 0
    assert "lists that fail, as is acknowledged: 1" in mail
    assert "all is well again" in mail
    assert run_scrapy("acknowledge", NAME, env=closed).stdout == done.stdout
    assert run_scrapy("acknowledge", env=closed).stdout == done.stdout
    refused = run_scrapy("acknowledge", NAME, "silence", "--withdraw", env=closed)
    assert refused.returncode == 2
    assert f"silence is not acknowledged of {NAME}; /da-dong/ is" in refused.stderr
    withdrawn = run_scrapy("acknowledge", NAME, "/da-dong/", "--withdraw", env=closed)
    assert withdrawn.stdout.splitlines() == [
        f"{NAME}: /da-dong/ is told again from the next run on",
        f"{NAME}: nothing is acknowledged",
    ]
    code, mail = quiet(tmp_path, replica.address, PYTHONPATH=str(tmp_path))
    assert code == 3
    assert "/da-dong/" in mail


def committed(folder: Path) -> int:
    """How many articles a run has committed by now, while it is at work."""
    place = f"file:{folder / 'state' / 'ledger.sqlite'}?mode=ro"
    try:
        with closing(sqlite3.connect(place, uri=True)) as ledger:
            return int(ledger.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def test_a_run_that_was_killed_is_named_by_the_next_and_stands_in_runs(
    tmp_path: Path,
) -> None:
    with running_replica(articles=300, latency_ms=40) as replica:
        place = Place(tmp_path, replica.address)
        for kill in range(3):
            replica.reset()
            before = committed(tmp_path / NAME)
            running = place.start()
            assert wait_until(lambda: committed(tmp_path / NAME) > before)  # noqa: B023
            running.send(signal.SIGKILL)
            assert running.done(30).code == 137, kill
            seen = run_scrapy("status", NAME, env={"NEWSCRAWL_ARCHIVE": str(tmp_path)})
            assert seen.returncode == (3 if kill == 2 else 0), seen.stdout
            told = f"{NAME}: 3 runs in a row were killed: look for why"
            assert (told in seen.stdout.splitlines()) is (kill == 2)
        code, mail = quiet(tmp_path, replica.address)
    assert code == 3
    assert mail.count(" was killed; ") == 1  # the two before were named by the runs after them
    assert "  3 runs in a row were killed: look for why" in mail
    assert "ERROR: 3 runs in a row were killed: look for why" in mail  # as the run begins
    *killed, last = read_runs(tmp_path / NAME)
    assert [record["reason"] for record in killed] == ["killed"] * 3
    assert all(record["exit_code"] == 137 for record in killed)
    assert sum(record["counts"]["article/kept"] for record in killed) > 0
    assert last["exit_code"] == 3


def test_a_few_articles_are_not_compared_with_whole_runs(tmp_path: Path) -> None:
    with running_replica(articles=400) as replica:
        assert quiet(tmp_path, replica.address, "-a", "limit=30")[0] in (0, 7)
        code, mail = quiet(tmp_path, replica.address, "-a", "limit=10")
    assert (code, mail) in ((0, ""), (7, ""))


# An address for each newspaper -------------------------------------------------------------------

OTHER = "baocantho"
FILE = """
contact = "ban@toasoan.vn"
papers = ["baotuyenquang", "baocantho"]
[alerts]
ping = "{address}"
"""


def with_file(tmp_path: Path, address: str, *command: str) -> tuple[int, str]:
    """A command whose file gives a ping address: its exit code and all it prints."""
    config = tmp_path / "newscrawl.toml"
    config.write_text(FILE.replace("{address}", address))
    done = run_scrapy(*command, "--config", str(config), *LOOPBACK, "-s", "BACKOFF_S=0")
    return done.returncode, done.stdout + done.stderr


def test_crawlall_pings_the_address_of_each_newspaper(
    tmp_path: Path, replica: Replica, listener: Listener
) -> None:
    mirror = dict.fromkeys(("baotuyenquang.com.vn", "m.baotuyenquang.com.vn"), replica.address)
    mirror["baocantho.com.vn"] = "http://127.0.0.1:9"
    address = f"{listener.address}/{{newspaper}}?create=1"
    given = ("crawlall", "--quiet", "-s", f"MIRROR={json.dumps(mirror)}")
    code, said = with_file(tmp_path, address, *given)
    assert code == 4, said
    again, mail = with_file(tmp_path, address, *given)
    assert (again, mail) == (4, "")  # told once
    assert "connection refused by the host" in with_file(tmp_path, address, *given, "--repeat")[1]
    assert all("connection refused by the host: " in body for path, body in listener.posts
               if path.startswith(f"/{OTHER}/fail"))  # fmt: skip
    del listener.posts[4:]
    for name, end in ((NAME, ""), (OTHER, "/fail")):
        posts = [(path, body) for path, body in listener.posts if path.startswith(f"/{name}")]
        assert [path for path, _ in posts] == [f"/{name}/start?create=1", f"/{name}{end}?create=1"]
        assert name in posts[1][1]
    assert len(listener.posts) == 4


def test_a_success_of_one_newspaper_hides_no_failure_of_another(
    tmp_path: Path, replica: Replica, listener: Listener
) -> None:
    mirrors = {OTHER: "http://127.0.0.1:9", NAME: replica.address}
    for name, mirror in mirrors.items():
        given = ("crawl", name, "--quiet", "-s", f"MIRROR={mirror}")
        with_file(tmp_path, f"{listener.address}/{{newspaper}}", *given)
    ends = [path for path in listener.paths() if not path.endswith("/start")]
    assert ends == [f"/{OTHER}/fail", f"/{NAME}"]


def test_one_address_for_newspapers_that_run_alone_is_refused(
    tmp_path: Path, replica: Replica, listener: Listener
) -> None:
    address = f"{listener.address}/all"
    mirror = ("-s", f"MIRROR={replica.address}")
    for command in (("crawl", NAME), ("crawlall", OTHER), ("schedule", "--cron")):
        code, said = with_file(tmp_path, address, *command, *mirror)
        (line,) = said.splitlines()
        assert code == 2
        assert f"{command[0]}: {tmp_path}/newscrawl.toml, line 5: alerts.ping: one address" in line
        assert "write {newspaper} into it" in line
    assert listener.posts == []
    assert not (tmp_path / "output").exists()
    code, _ = with_file(tmp_path, address, "crawlall", "-a", "limit=1", *mirror)
    assert listener.paths() == ["/all/start", "/all" if code in (0, 7, 75) else "/all/fail"]


def test_a_host_that_answers_with_an_error_is_told_by_it(
    tmp_path: Path, replica: Replica, listener: Listener
) -> None:
    """The replica answers 421 for a newspaper that it does not play."""
    mirror = ("-s", f"MIRROR={replica.address}")
    address = f"{listener.address}/{{newspaper}}"
    code, said = with_file(tmp_path, address, "crawl", OTHER, "--quiet", *mirror)
    assert code == 4
    assert "  the server answers 421: " in said
    assert "field links (lists)" not in said
    assert "the server answers 421: " in listener.posts[-1][1]
    code, said = with_file(tmp_path, address, "status", OTHER)
    assert code == 3
    assert "without its articles: the server answers 421: " in said
    assert not (tmp_path / "output" / "snapshots" / "latest" / OTHER).exists()


def test_a_rehearsed_restore_alerts_nobody(
    tmp_path: Path, replica: Replica, listener: Listener
) -> None:
    address = f"{listener.address}/{{newspaper}}"
    mirror = ("-s", f"MIRROR={replica.address}")
    elsewhere = ("-s", f"ARCHIVE={tmp_path / 'restored'}")
    for command in (("crawl", NAME, "--quiet"), ("crawlall", NAME, "--quiet")):
        code, said = with_file(tmp_path, address, *command, *mirror, *elsewhere)
        assert code == 0
        (line,) = said.splitlines()
        assert line == (
            f"{command[0]}: -s ARCHIVE={tmp_path / 'restored'} is not the archive of"
            f" {tmp_path / 'newscrawl.toml'}: none of its alerts are sent; -s ALERT_PING=… sends"
            " them"
        )
    assert listener.posts == []
    own = ("-s", f"ARCHIVE={tmp_path / 'output'}")
    assert with_file(tmp_path, address, "crawl", NAME, "--quiet", *mirror, *own) == (0, "")
    given = ("-s", f"ALERT_PING={listener.address}/given")
    with_file(tmp_path, address, "crawl", NAME, "--quiet", *mirror, *elsewhere, *given)
    ends = [path for path in listener.paths() if not path.endswith("/start")]
    assert ends == [f"/{NAME}", "/given"]


def test_a_command_mistyped_at_a_terminal_alerts_nobody(tmp_path: Path, listener: Listener) -> None:
    config = tmp_path / "newscrawl.toml"
    config.write_text(FILE.replace("{address}", f"{listener.address}/{{newspaper}}"))
    wrong = ("crawl", NAME, "--config", str(config), "-a", "refetch=7")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy", *wrong]
    assert subprocess.run(command, cwd=ROOT, stderr=theirs, check=False).returncode == 2
    os.close(theirs)
    os.close(ours)
    assert listener.posts == []
    assert run_scrapy(*wrong).returncode == 2  # under cron nobody else tells it
    assert listener.paths() == [f"/{NAME}/fail"]


def test_the_demo_pings_nobody(tmp_path: Path, listener: Listener) -> None:
    code, said = with_file(tmp_path, f"{listener.address}/all", "demo", "--articles", "60")
    assert code == 0, said
    assert listener.posts == []
