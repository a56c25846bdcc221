"""`scrapy schedule`, and two runs that would ask one host at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.archive.host_locks import hold_hosts
from newscrawl.replica import running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.paths import ROOT

FILE = """
contact = "ban@toasoan.vn"
papers = ["delta", "baotuyenquang"]
[groups]
delta = ["baocantho", "baovinhlong"]
[schedule]
delta = 6
status_page = "status.html"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "newscrawl.toml"
    path.write_text(FILE)
    return path


def test_cron_gets_a_line_a_newspaper(config: Path) -> None:
    done = run_scrapy("schedule", "--cron", "--config", str(config))
    assert (done.returncode, done.stderr) == (0, "")
    assert all("newscrawl" in line for line in done.stdout.splitlines())  # `grep -v` finds them
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    found = {words[words.index("crawl") + 1]: " ".join(words[:5])
             for words in map(str.split, lines[:-1])}  # fmt: skip
    assert found == {
        "baotuyenquang": "0 */2 * * *",
        "baocantho": "0 */6 * * *",
        "baovinhlong": "0 3-23/6 * * *",
    }
    assert all(f"--quiet --config {config}" in line for line in lines[:-1])
    assert f"status --html {config.parent}/status.html --config {config}" in lines[-1]


def test_systemd_gets_a_service_and_a_timer_a_newspaper(config: Path, tmp_path: Path) -> None:
    units = tmp_path / "units"
    done = run_scrapy("schedule", "--systemd", str(units), "--config", str(config))
    assert (done.returncode, done.stderr) == (0, "")
    names = ("baocantho", "baotuyenquang", "baovinhlong", "status-page")
    assert sorted(path.name for path in units.iterdir()) == [
        f"newscrawl-{name}.{kind}" for name in names for kind in ("service", "timer")
    ]
    _, copy, enable = done.stdout.splitlines()
    assert copy.startswith("mkdir -p ~/.config/systemd/user && cp ")
    assert copy.endswith(f" {units}/newscrawl-*.timer ~/.config/systemd/user/")
    called = "systemctl --user daemon-reload && systemctl --user enable --now newscrawl-"
    assert enable.startswith(called)
    config.write_text(FILE.replace('["delta", "baotuyenquang"]', '["baocantho"]'))
    again = run_scrapy("schedule", "--systemd", str(units), "--config", str(config))
    assert again.returncode == 0
    told = "newscrawl-baotuyenquang.timer is no longer scheduled: systemctl --user disable --now"
    assert told in again.stderr
    assert (units / "newscrawl-baotuyenquang.timer").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('papers = ["baotuyenqung"]', "did you mean baotuyenquang?"),
        ("[schedule]\nbaotuyenqung = 2", "did you mean baotuyenquang?"),
        ("[schedule]\nevery_h = 5", "schedule.every_h: 5 is no distance"),
        ("", "a crawl of a live newspaper needs a contact"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(tmp_path: Path, text: str, said: str) -> None:
    config = tmp_path / "newscrawl.toml"
    contact = 'contact = "ban@toasoan.vn"\n' if text else ""
    config.write_text(contact + text)
    done = run_scrapy("schedule", "--systemd", str(tmp_path / "units"), "--config", str(config))
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "units").exists()


def test_a_setting_of_the_shell_alone_is_told(config: Path) -> None:
    given = {"NEWSCRAWL_LIST_PAGES": "3"}
    done = run_scrapy("schedule", "--cron", "--config", str(config), env=given)
    assert "NEWSCRAWL_LIST_PAGES is set in this shell alone" in done.stderr
    assert done.returncode == 0


def test_a_user_that_is_none_is_refused(config: Path, tmp_path: Path) -> None:
    units = ("schedule", "--systemd", str(tmp_path / "units"), "--config", str(config))
    done = run_scrapy(*units, "--run-as", "nobody-of-that-name")
    said = "schedule: --run-as nobody-of-that-name: this machine has no such user\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert not (tmp_path / "units").exists()
    root = run_scrapy(*units, "--run-as", "root")
    assert "sudo systemctl daemon-reload && sudo systemctl enable --now " in root.stdout


def test_a_file_in_the_place_of_the_units_folder_is_told(config: Path) -> None:
    done = run_scrapy("schedule", "--systemd", str(config), "--config", str(config))
    assert done.stderr == f"schedule: --systemd: {config} is no folder: name a folder\n"
    assert (done.returncode, done.stdout) == (2, "")


# A lane a host -----------------------------------------------------------------------------------

SHARED = """
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider
from newscrawl.spiders.thanhpho import ThanhPhoTuyenQuangSpider

ThanhPhoTuyenQuangSpider.hosts |= BaoTuyenQuangSpider.hosts
"""


def test_a_host_that_another_run_asks_is_left_alone(tmp_path: Path) -> None:
    arguments = ("crawl", "baotuyenquang", "-s", f"ARCHIVE={tmp_path}", "-s", "HOST_WAIT_S=0")
    mirror = ("-s", "MIRROR=http://127.0.0.1:9")
    with hold_hosts(tmp_path, {"m.baotuyenquang.com.vn"}):
        done = run_scrapy(*arguments, *mirror)
        assert done.returncode == 75
        assert "another newspaper's run asks the same host; nothing was asked for" in done.stdout
        quiet = run_scrapy(*arguments, *mirror, "--quiet")
        assert (quiet.returncode, quiet.stdout, quiet.stderr) == (75, "", "")
    assert [record["requests"] for record in read_runs(tmp_path / "baotuyenquang")] == [0, 0]


@pytest.mark.thorough
def test_two_crawlall_at_once_keep_a_host_apart(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHARED)
    home = tmp_path / "archive"
    with running_replica(articles=60, latency_ms=20) as replica:
        command = [sys.executable, "-m", "scrapy", "crawlall", "-s", f"ARCHIVE={home}",
                   "-s", f"MIRROR={replica.address}", *LOOPBACK]  # fmt: skip
        started = [
            subprocess.Popen(
                [*command, name],
                cwd=ROOT,
                env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "/usr/bin:/bin"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for name in ("baotuyenquang", "thanhpho")
        ]
        for process in started:
            said, _ = process.communicate(timeout=300)
            assert process.returncode == 0, said
    asked = [
        sorted(str(line["fetched_at"]) for line in read_articles(home / name))
        for name in ("baotuyenquang", "thanhpho")
    ]
    first, second = sorted(asked)
    assert second[0] >= first[-1]
