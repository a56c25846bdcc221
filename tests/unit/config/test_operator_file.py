"""newscrawl.toml and the environment: what they set, and what is told of their faults."""

from pathlib import Path
from typing import Final

import pytest

from newscrawl.config.operator_file import OperatorSettings, operator_settings, read_file

KNOWN: Final = {
    "ARCHIVE", "CONTACT", "LIST_PAGES", "DOWNLOAD_DELAY", "DELAY_JITTER", "KEEP_PAGES", "LOG_LEVEL",
    "CLOSESPIDER_TIMEOUT", "REVISITS", "DOWNLOAD_TIMEOUT",
}  # fmt: skip


def read(folder: Path, text: str) -> OperatorSettings:
    path = folder / "newscrawl.toml"
    path.write_text(text, encoding="utf-8")
    return read_file(path, KNOWN)


def test_every_key_becomes_its_setting(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        contact = "ban@toasoan.vn"
        archive = "archive"
        papers = ["delta", "baodaklak", "baocantho"]
        [groups]
        delta = ["baocantho", "baoangiang"]
        [politeness]
        delay_s = 2.5
        jitter = 0.5
        [run]
        stop_after_s = 6600
        list_pages = 20
        keep_pages = false
        [settings]
        LOG_LEVEL = "INFO"
        """,
    )
    assert found.faults == ()
    assert found.settings == {
        "CONTACT": "ban@toasoan.vn",
        "ARCHIVE": "archive",
        "DOWNLOAD_DELAY": 2.5,
        "DELAY_JITTER": 0.5,
        "CLOSESPIDER_TIMEOUT": 6600,
        "LIST_PAGES": 20,
        "KEEP_PAGES": False,
        "LOG_LEVEL": "INFO",
    }
    assert found.papers == ("baocantho", "baoangiang", "baodaklak")


@pytest.mark.parametrize("text", ["", 'papers = "all"', "[groups]\n[run]\n[settings]"])
def test_an_empty_file_sets_nothing(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert (found.settings, found.papers, found.faults) == ({}, (), ())


def test_a_newspaper_goes_before_its_group_and_a_group_before_all(tmp_path: Path) -> None:
    text = """
        [groups]
        delta = ["baocantho", "baoangiang"]
        [schedule]
        every_h = 4
        delta = 6
        baoangiang = 1
        status_page = "web/status.html"
        """
    times = read(tmp_path, text).times
    names = ("baotuyenquang", "baocantho", "baoangiang")
    assert [times.hours_of(name) for name in names] == [4, 6, 1]
    assert times.status_page == tmp_path / "web" / "status.html"
    assert operator_settings({}, tmp_path, KNOWN).times == times
    usual = read(tmp_path, "").times
    assert (usual.hours_of("baocantho"), usual.status_page) == (2, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contakt = "a@b.vn"', ", line 1: contakt: unknown setting: did you mean contact?"),
        (
            "[politness]\ndelay_s = 1",
            ", line 1: politness: unknown setting: did you mean politeness?",
        ),
        (
            "[politeness]\ndelay = 1",
            ", line 2: politeness.delay: unknown setting: did you mean delay_s?",
        ),
        ("[run]\nxyz = 1", ", line 2: run.xyz: unknown setting: remove it"),
        (
            "[settings]\nLIST_PAGE = 1",
            ", line 2: settings.LIST_PAGE: unknown setting: did you mean LIST_PAG",
        ),
        ("contact = 3", ", line 1: contact: 3 is no text: write it in quotes"),
        ("run = 3", ", line 1: run: 3 is no table: write [run] and its keys below"),
        ("papers = 3", ", line 1: papers: 3 is no list of names: write"),
        ("papers = []", ", line 1: papers: none is named: write"),
        ('papers = "some"', ", line 1: papers: 'some' is no list of names: write"),
        ("[groups]\ndelta = 3", ", line 2: groups.delta: 3 is no list of names: write"),
        (
            "[schedule]\nevery_h = 5",
            ", line 2: schedule.every_h: 5 is no distance: write one of 1, 2, 3, 4",
        ),
        (
            "[schedule]\nbaothu = true",
            ", line 2: schedule.baothu: True is no distance: write one of",
        ),
        (
            '[schedule]\nbaothu = "2h"',
            ", line 2: schedule.baothu: '2h' is no distance: write one of",
        ),
        ('[schedule]\nstatus_page = ""', ", line 2: schedule.status_page: '' names no file"),
        ("contact = ", ", line 1: Invalid value: mend 'contact ='"),
        ("contact = 'a'\ncontact = 'b'", ", line 2: Cannot overwrite a value: mend"),
        (
            "\narchive = output\n",
            ', line 2: a text stands in quotes: write archive = "output"',
        ),
        (
            "[run\nlist_pages = 3\n",
            ", line 1: Expected ']' at the end of a table declaration: mend",
        ),
        (
            'papers = ["baothu"]\n[schedule]\nbaophutho = 24',
            ", line 3: schedule.baophutho: `papers` does not hold baophutho: add it there, or rem",
        ),
        (
            'papers = ["baothu"]\n[groups]\nbac = ["baola"]\n[schedule]\nbac = 24',
            ", line 5: schedule.bac: `papers` does not hold bac: add it there, or remove this line",
        ),
    ],
)
def test_a_fault_names_the_file_and_the_key(tmp_path: Path, text: str, said: str) -> None:
    (told,) = read(tmp_path, text).faults
    assert told.startswith(f"{tmp_path}/newscrawl.toml{said}")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.toml"
    path.write_bytes(b'contact = "\xff"')
    (told,) = read_file(path, KNOWN).faults
    assert told.endswith(": byte 12 is no UTF-8: save it as UTF-8")


def test_hours_of_what_papers_hold_are_right(tmp_path: Path) -> None:
    """A group is scheduled where one of its members is; `papers = "all"` holds every newspaper."""
    groups = '[groups]\nbac = ["baola", "baothu"]\n'
    hours = "[schedule]\nevery_h = 4\nbac = 24\nbaothu = 6\nstatus_page = 's.html'"
    assert read(tmp_path, f'papers = ["baothu"]\n{groups}{hours}').faults == ()
    assert read(tmp_path, f'papers = ["bac"]\n{groups}{hours}').faults == ()
    assert read(tmp_path, f"{groups}{hours}").faults == ()


# Precedence and places --------------------------------------------------------------------------


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    read(tmp_path, 'contact = "a@b.vn"\n[run]\nlist_pages = 5')
    found = operator_settings({"NEWSCRAWL_LIST_PAGES": "7", "HOME": "/x"}, tmp_path, KNOWN)
    assert found.settings["LIST_PAGES"] == "7"
    assert found.settings["CONTACT"] == "a@b.vn"
    assert found.path == tmp_path / "newscrawl.toml"


def test_an_unknown_variable_is_told(tmp_path: Path) -> None:
    found = operator_settings({"NEWSCRAWL_CONTAKT": "a@b.vn"}, tmp_path, KNOWN)
    assert found.faults == ("NEWSCRAWL_CONTAKT: unknown setting: did you mean NEWSCRAWL_CONTACT?",)


def test_the_archive_lies_beside_the_file_wherever_one_stands(tmp_path: Path) -> None:
    read(tmp_path, "")
    below = tmp_path / "deep" / "below"
    below.mkdir(parents=True)
    assert operator_settings({}, tmp_path, KNOWN).settings["ARCHIVE"] == "output"
    assert operator_settings({}, below, KNOWN).settings["ARCHIVE"] == str(tmp_path / "output")
    read(tmp_path, 'archive = "kho"')
    assert operator_settings({}, below, KNOWN).settings["ARCHIVE"] == str(tmp_path / "kho")
    read(tmp_path, 'archive = "/srv/kho"')
    assert operator_settings({}, below, KNOWN).settings["ARCHIVE"] == "/srv/kho"


def test_without_a_file_the_archive_lies_beside_the_project(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").touch()
    below = tmp_path / "newscrawl"
    below.mkdir()
    assert operator_settings({}, below, KNOWN).settings["ARCHIVE"] == str(tmp_path / "output")
    assert operator_settings({}, tmp_path, KNOWN).settings["ARCHIVE"] == "output"


def test_a_place_of_the_environment_is_taken_as_it_stands(tmp_path: Path) -> None:
    read(tmp_path, 'archive = "kho"')
    below = tmp_path / "below"
    below.mkdir()
    found = operator_settings({"NEWSCRAWL_ARCHIVE": "here"}, below, KNOWN)
    assert found.settings["ARCHIVE"] == "here"


@pytest.mark.parametrize("source", ["file", "environment"])
def test_an_empty_place_stays_empty_to_be_refused(tmp_path: Path, source: str) -> None:
    read(tmp_path, 'archive = ""' if source == "file" else "")
    environment = {"NEWSCRAWL_ARCHIVE": ""} if source == "environment" else {}
    assert operator_settings(environment, tmp_path, KNOWN).settings["ARCHIVE"] == ""


def test_the_variable_names_the_file(tmp_path: Path) -> None:
    read(tmp_path, 'contact = "a@b.vn"')
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.toml").write_text('contact = "c@d.vn"')
    named = {"NEWSCRAWL_CONFIG": str(other / "mine.toml")}
    found = operator_settings(named, tmp_path, KNOWN)
    assert found.settings["CONTACT"] == "c@d.vn"
    assert found.settings["ARCHIVE"] == str(other / "output")
    (told,) = operator_settings({"NEWSCRAWL_CONFIG": "none.toml"}, tmp_path, KNOWN).faults
    assert told.startswith("NEWSCRAWL_CONFIG=none.toml: no such file: name one that is there;")
    assert "init --config none.toml" in told


def test_a_folder_in_the_place_of_the_file_is_told_as_such(tmp_path: Path) -> None:
    (told,) = operator_settings({"NEWSCRAWL_CONFIG": str(tmp_path)}, tmp_path, KNOWN).faults
    said = f"it is a folder: name the file in it, as {tmp_path}/newscrawl.toml"
    assert told == f"NEWSCRAWL_CONFIG={tmp_path}: {said}"


def test_what_the_file_says_is_known_beside_the_environment(tmp_path: Path) -> None:
    read(tmp_path, "[run]\nlist_pages = 5")
    found = operator_settings({"NEWSCRAWL_LIST_PAGES": "7"}, tmp_path, KNOWN)
    assert (found.settings["LIST_PAGES"], found.in_file) == ("7", {"LIST_PAGES": 5})
