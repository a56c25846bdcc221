"""What a command says to a person who mistypes, and that its output never dies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.config.program import MODULES
from newscrawl.replica import running_replica
from newscrawl.version import __version__
from tests.support.commands import LOOPBACK, run_program, run_scrapy
from tests.support.paths import ROOT


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("crawl", "baotuyenqung"),
            "crawl: no newspaper is named 'baotuyenqung': did you mean bao",
        ),
        (("links", "Báo Cần Thơ"), "links: no newspaper is named 'Báo Cần Thơ': did you mean baoc"),
        (("links", "baocantho.com.vn"), "links: baocantho has no archive: "),
        (("crawl", "https://baocantho.com.vn/", "-a", "limit=x"), "crawl: limit=x: a number of"),
        (("crawl", "baocantho", "--since"), "crawl: --since: no such option: write -a since=…"),
        (("verify", "baocantho", "--rebuid"), "verify: --rebuid: no such option: -h lists"),
        (("papers", "--jsn"), "papers: --jsn: no such option: -h lists the options"),
        (("crawlall", "baotuyenqung"), "crawlall: no newspaper is named 'baotuyenqung': did you"),
        (("crawlall", "-a", "since=x"), "crawlall: since=x: a date is written YYYY-MM-DD"),
        (("crawl", "baocantho", "-s", "CONTACT=you@example.org"), "is the example, nobody's addr"),
    ],
)
def test_a_mistake_is_one_line_that_helps(args: tuple[str, ...], said: str) -> None:
    done = run_scrapy(*args)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert said in line


def test_a_section_may_be_given_as_its_address() -> None:
    address = "https://baodaklak.vn/khong-co-muc-nay/"
    done = run_scrapy("crawl", "baodaklak", "-a", f"section={address}")
    assert done.returncode == 2
    assert "the newspaper has no such section; near: " in done.stderr
    done = run_scrapy("crawl", "baodaklak", "-a", "section=https://baodaklak.vn/kinh-te/")
    assert "a crawl of a live newspaper needs a contact" in done.stderr


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSCRAWL_", "LC_", "LANG"))}
    return subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m scrapy {command}"],
        cwd=ROOT,
        env=kept | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.mark.thorough
@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}],
)
def test_a_locale_without_vietnamese_letters_escapes_them(environment: dict[str, str]) -> None:
    done = shell("papers", **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"baotuyenquang" in done.stdout
    done = shell("crawl 'Báo Cần Thơ'", **environment)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_full_disk_under_the_output_is_told() -> None:
    done = shell("papers >/dev/full")
    assert done.returncode == 0
    assert done.stderr == b"the output cannot be written: No space left on device\n"


@pytest.mark.thorough
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_takes_everything(closed: str) -> None:
    done = shell(f"papers {closed}")
    assert done.returncode == 0
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.thorough
def test_fetch_prints_the_bytes_as_a_crawl_would_ask_for_them() -> None:
    with running_replica(articles=20) as replica:
        done = run_scrapy(
            "fetch", "https://baotuyenquang.com.vn/kinh-te/", "-s", f"MIRROR={replica.address}"
        )
        asked = replica.stats()["paths"]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<")
    assert "baotuyenquang.com.vn/robots.txt" in asked
    assert run_scrapy("fetch", "kinh-te").returncode == 2


def newscrawl(*args: str) -> subprocess.CompletedProcess[str]:
    """The command that a person types who installed the package."""
    return run_program(MODULES["newscrawl"], *args)


def test_the_overview_offers_what_works() -> None:
    done = newscrawl("-h")
    assert (done.returncode, done.stderr) == (0, "")
    offered = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert {"crawl", "crawlall", "demo", "init", "papers", "verify"} <= set(offered)
    assert {"fetch", "shell", "view"} <= set(offered)
    assert not {"bench", "genspider", "parse", "startproject"} & set(offered)
    assert newscrawl().stdout == done.stdout
    for args in ((), ("-h",)):
        done = run_scrapy(*args)
        assert (done.returncode, done.stderr) == (0, "")
        assert [line.split()[0] for line in done.stdout.splitlines() if line[:2] == "  "] == offered


@pytest.mark.parametrize(
    ("args", "instead"),
    [
        (("bench",), "docs/performance.md"),
        (("check",), "scrapy checkall"),
        (("edit", "baocantho"), "newscrawl/spiders/NAME.py"),
        (("genspider", "baothu", "baothu.vn"), "scrapy newpaper ADDRESS"),
        (("parse", "https://baothu.vn/"), "scrapy readpage ADDRESS"),
        (("runspider", "x.py"), "scrapy crawl NAME"),
        (("startproject", "x"), "scrapy init"),
    ],
)
def test_scrapys_own_that_cannot_work_say_what_to_type(args: tuple[str, ...], instead: str) -> None:
    done = run_scrapy(*args)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{args[0]}: newscrawl has no use for it: ")
    assert instead in line
    assert not (ROOT / "newscrawl" / "spiders" / "baothu.py").exists()


PAGE = "tests/fixtures/baotuyenquang/article-drop-cap.html"


def test_the_shell_has_the_page_at_hand() -> None:
    code = "response.css('h1::text').get() is not None, document.url"
    done = run_scrapy("shell", PAGE, "-c", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("(True, 'https://baotuyenquang.com.vn/")
    console = shell(f"shell {PAGE}")  # at the end of its input the console ends
    assert console.returncode == 0
    assert b"response   the page" in console.stdout + console.stderr


def test_a_page_is_shown_in_the_browser() -> None:
    done = run_scrapy("view", PAGE, env={"BROWSER": "echo shown %s"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("shown file:///")
    done = run_scrapy("view", "nowhere.html")
    assert (done.returncode, done.stderr) == (2, "view: nowhere.html: No such file or directory\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("crwal", "newscrawl: no command 'crwal': did you mean crawl?"),
        ("shel", "newscrawl: no command 'shel': did you mean shell?"),
        ("genspider", "newscrawl: no command 'genspider': newscrawl -h lists them"),
    ],
)
def test_a_command_that_is_none_is_one_line(name: str, said: str) -> None:
    done = newscrawl(name)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(said)


CALLS = ("scrapy", "newscrawl")


def called(program: str, *args: str) -> subprocess.CompletedProcess[str]:
    return run_program(MODULES[program], *args, timeout=300)


@pytest.mark.parametrize("program", CALLS)
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("crawl",), "{} crawl: error: one newspaper; `{} papers` lists them"),
        (("links", "xyz"), "links: no newspaper is named 'xyz': `{} papers` lists them"),
        (("schedule", "--cron"), "schedule: there is no newscrawl.toml here: `{} init` writes one"),
        (
            ("coverage", "docs"),
            "no newspaper's articles: name the folder that `{} crawl",
        ),
        (
            (
                "readpage",
                "tests/fixtures/baotuyenquang/article-captions-side-by-side.html",
                "--url",
                "https://baothu.vn/x.html",
            ),
            "no newspaper is declared for 'baothu.vn'; `{} papers` lists all",
        ),
    ],
)
def test_errors_name_the_program_as_it_was_called(
    program: str, args: tuple[str, ...], said: str
) -> None:
    done = called(program, *args)
    assert done.returncode == 2
    assert said.replace("{}", program) in done.stderr


@pytest.mark.thorough
def test_crawls_that_crawlall_starts_are_called_as_it_was(tmp_path: Path) -> None:
    with running_replica(articles=20) as replica:
        options = ("-s", f"MIRROR={replica.address}", "-s", f"ARCHIVE={tmp_path}", *LOOPBACK)
        names = ("baotuyenquang", "baocantho")
        for program in CALLS:
            (tmp_path / names[0] / "state").mkdir(parents=True, exist_ok=True)
            (tmp_path / names[0] / "state" / "ledger.sqlite").write_bytes(b"no ledger" * 999)
            done = called(program, "crawlall", *names, "-a", "limit=1", *options)
            assert done.returncode == 5, done.stdout + done.stderr
            remedy = f"run `{program} verify {names[0]} --rebuild -s ARCHIVE={tmp_path}`"
            assert remedy in done.stdout + done.stderr


@pytest.mark.parametrize("args", [("--version",), ("version",)])
def test_the_version_is_ours(args: tuple[str, ...]) -> None:
    assert newscrawl(*args).stdout == f"newscrawl {__version__}\n"


def test_commands_run_as_under_scrapy() -> None:
    assert newscrawl("papers", "--json").stdout == run_scrapy("papers", "--json").stdout
    assert newscrawl("list").stdout.split()[0] == "baoangiang"


def test_help_prints_a_page_a_command_or_what_there_is() -> None:
    listed = newscrawl("help")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "\n  exit-codes  " in listed.stdout
    assert listed.stdout.startswith("newscrawl COMMAND")
    page = newscrawl("help", "exit-codes")
    assert page.stdout.startswith("# Exit codes\n\n| exit code | meaning | what to do |\n")
    assert "<!--" not in page.stdout
    assert newscrawl("help", "init").stdout.split()[:3] == ["Usage", "=====", "newscrawl"]
    wrong = newscrawl("help", "exit-code")
    assert wrong.returncode == 2
    assert wrong.stderr.endswith("'exit-code': did you mean exit-codes?\n")


def test_help_helps_where_a_setting_is_wrong() -> None:
    done = run_scrapy("help", "settings", env={"NEWSCRAWL_LIST_PAGES": "x"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# Settings\n")
