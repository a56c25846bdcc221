"""A wrong setting ends every command with one line and exit code 2, before it does anything."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.commands import run_program, run_scrapy


def newscrawl(
    folder: Path, *args: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a folder of its own, far from the project."""
    given = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings"} | dict(env or {})
    return run_program("scrapy", *args, env=given, cwd=folder)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("MIRROR=foo", "MIRROR: is not of the form http://host:port"),
        ("CLOSESPIDER_TIMEOUT=1h", "CLOSESPIDER_TIMEOUT: '1h' is no number"),
        ("KEEP_PAGES=no", "KEEP_PAGES: 'no' is neither True nor False"),
        ("MIN_FREE_BYTES=1GB", "MIN_FREE_BYTES: '1GB' is no whole number"),
        ("DOWNLOAD_DELAY=abc", "DOWNLOAD_DELAY: 'abc' is no number"),
        ("DOWNLOAD_DELAY=-1", "DOWNLOAD_DELAY: '-1' is too small"),
        ("REVISITS=x", "REVISITS: 'x' is no whole number"),
        ("LIST_PAGES=0", "LIST_PAGES: '0' is too small"),
        ("EXPORT_EVERY_S=x", "EXPORT_EVERY_S: 'x' is no number"),
        ("KEPP_PAGES=False", "-s KEPP_PAGES: unknown setting: did you mean KEEP_PAGES?"),
        ("DNS_TIMEOUT=soon", "DNS_TIMEOUT: 'soon' is no"),
        ("HTTPCACHE_ENABLED=True", "HTTPCACHE_ENABLED: newscrawl loads nothing that reads it"),
        ("ARCHIVE=", "ARCHIVE: '' names no folder: write its path"),
        ("ARCHIVE=/dev/full", "ARCHIVE: /dev/full is no folder: name a folder"),
    ],
)
def test_a_wrong_setting_is_one_line(setting: str, said: str) -> None:
    done = run_scrapy("crawl", "baotuyenquang", "-s", setting)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"crawl: {said}")


@pytest.mark.parametrize("command", ["papers", "checkall", "crawlall", "demo", "init"])
def test_every_command_checks_its_settings(tmp_path: Path, command: str) -> None:
    done = newscrawl(tmp_path, command, "-s", "LIST_PAGES=x")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{command}: LIST_PAGES: 'x' is no whole number")
    assert list(tmp_path.iterdir()) == []


def test_init_writes_a_file_that_is_right(tmp_path: Path) -> None:
    done = newscrawl(tmp_path, "init", "--contact", "ban@toasoan.vn")
    assert done.returncode == 0
    assert done.stdout.strip() == str(tmp_path / "newscrawl.toml")
    assert newscrawl(tmp_path, "papers").returncode == 0
    again = newscrawl(tmp_path, "init")
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already: edit it" in again.stderr
    bare = (tmp_path / "newscrawl.toml").read_text("utf-8").replace("\n# ", "\n")
    assert 'contact = "ban@toasoan.vn"' in bare


@pytest.mark.parametrize("contact", ["me", "you@example.org", "a@example.com", "ban@baothu.vn"])
def test_init_refuses_what_is_no_contact(tmp_path: Path, contact: str) -> None:
    done = newscrawl(tmp_path, "init", "--contact", contact)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_found_from_below_and_named_by_config(tmp_path: Path) -> None:
    (tmp_path / "newscrawl.toml").write_text('archive = "kho"\n[run]\nlist_pages = "x"\n')
    below = tmp_path / "below"
    below.mkdir()
    done = newscrawl(below, "papers")
    place = f"{tmp_path}/newscrawl.toml, line 3: run.list_pages"
    said = f"papers: {place}: 'x' is no whole number: write one of 1 or more\n"
    assert (done.returncode, done.stderr) == (2, said)
    (below / "mine.toml").write_text('archive = "mine"\n')
    asked = newscrawl(tmp_path, "links", "baodaklak", "--config", "below/mine.toml")
    said = f"{below}/mine/baodaklak is not there: `scrapy crawl baodaklak` begins one\n"
    assert asked.stderr.endswith(said)
    assert newscrawl(below, "papers", "--config", "mine.toml").returncode == 0
    lacking = newscrawl(below, "papers", "--config", "none.toml")
    assert lacking.returncode == 2
    said = "papers: --config none.toml: no such file: name one that is there;"
    assert lacking.stderr == f"{said} `scrapy init --config none.toml` writes it\n"


@pytest.mark.parametrize("named_by", ["option", "variable"])
def test_init_writes_the_file_that_is_named(tmp_path: Path, named_by: str) -> None:
    (tmp_path / "newscrawl.toml").write_text("wrong = ")  # another one, which is no hindrance
    options = ("--config", "mine.toml") if named_by == "option" else ()
    env = {"NEWSCRAWL_CONFIG": "mine.toml"} if named_by == "variable" else {}
    done = newscrawl(tmp_path, "init", *options, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(tmp_path / "mine.toml")
    assert newscrawl(tmp_path, "papers", "--config", "mine.toml").returncode == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[alerts]\nping = 'hc'", "line 2: alerts.ping: 'hc' is no address: write https://…"),
        ("[run]\n\nrevisits = -1", "line 3: run.revisits: -1 is too small: write one of 0 or"),
        ("contact = 'me'", "line 1: contact: 'me' is not an e-mail or https address: set an "),
        ("[settings]\nDNS_TIMEOUT = 'x'", "line 2: settings.DNS_TIMEOUT: 'x' is no whole number"),
        ("[settings]\nCOOKIES_ENABLED = true", "line 2: settings.COOKIES_ENABLED: newscrawl loads"),
        ("archive = 'newscrawl.toml'", "line 1: archive: newscrawl.toml is no folder: name a fold"),
        ("[schedule]\nevery_hours = 2", "line 2: schedule.every_hours: unknown setting: did you"),
        ("[schedule]\nbaocanto = 2", "line 2: schedule.baocanto: no newspaper is named 'baocanto'"),
        ("[groups]\nd = ['baocanto']", "line 2: groups.d: no newspaper is named 'baocanto': did"),
        (
            "papers = ['delt']\n[groups]\ndelta = []",
            "line 1: papers: unknown setting: did you mean d",
        ),
    ],
)
def test_a_fault_of_the_file_names_line_and_key_as_written(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "newscrawl.toml").write_text(text)
    done = newscrawl(tmp_path, "papers")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"papers: {tmp_path}/newscrawl.toml, {said}")


def test_a_fault_of_the_environment_names_the_variable(tmp_path: Path) -> None:
    done = newscrawl(tmp_path, "papers", env={"NEWSCRAWL_LIST_PAGES": "x"})
    assert done.stderr.startswith("papers: NEWSCRAWL_LIST_PAGES: 'x' is no whole number")


def test_a_missing_contact_names_the_file_and_what_writes_it(tmp_path: Path) -> None:
    done = newscrawl(tmp_path, "crawl", "baotuyenquang")
    assert done.returncode == 2
    assert "contact in newscrawl.toml (`scrapy init --contact ADDRESS` writes one" in done.stderr


@pytest.mark.thorough
def test_crawlall_takes_the_newspapers_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "newscrawl.toml").write_text('papers = ["baocantho"]\ncontact = "a@bao.vn"\n')
    nowhere = ("-s", "MIRROR=http://127.0.0.1:9", "-s", "BACKOFF_S=0")
    done = newscrawl(tmp_path, "crawlall", *nowhere)
    assert done.returncode == 4
    assert "0 of 1 refreshed" in done.stdout
    assert (tmp_path / "output" / "baocantho" / "runs").is_dir()
