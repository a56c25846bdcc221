"""Reading is a pure function: same bytes, same item, on any machine, locale and time zone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.cli.read_page import read_article, read_generic
from newscrawl.page.document import Document
from newscrawl.project.fixture import fixtures
from tests.support.families import newspapers
from tests.support.paths import ROOT
from tests.support.reading_digest import FOLDER, digest, outcome

PAGES = tuple(fixtures(FOLDER))
ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/St_Johns", "Pacific/Kiritimati", "Etc/GMT+12")


def _thorough(**machine: str) -> ParameterSet:
    return pytest.param(machine, marks=pytest.mark.thorough, id=machine["TZ"])


MACHINES = (
    _thorough(TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0"),
    _thorough(TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="1"),
    _thorough(TZ="America/St_Johns", LANG="vi_VN", PYTHONHASHSEED="4294967295"),
    pytest.param(
        {
            "TZ": "Asia/Kathmandu",
            "LC_ALL": "POSIX",
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "latin-1",
        },
        id="Asia/Kathmandu",  # the strangest of them
    ),
)


@pytest.mark.parametrize("machine", MACHINES)
def test_saved_pages_read_alike_on_every_machine(machine: dict[str, str]) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.reading_digest"],
        cwd=ROOT,
        env=kept | machine,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == digest()


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """The process believes it is there."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@st.composite
def damaged_pages(draw: st.DrawFn) -> tuple[str, Document]:
    """A saved page with a piece cut out, doubled, or moved, and the newspaper it belongs to."""
    fixture = draw(st.sampled_from(PAGES))
    whole = fixture.document()
    body, size = whole.body, len(whole.body)
    start = draw(st.integers(0, size))
    end = draw(st.integers(start, min(size, start + 4_000)))
    to = draw(st.integers(0, size))
    piece = body[start:end]
    forms = (body[:start] + body[end:], body[:to] + piece + body[to:], body[:end])
    return fixture.newspaper, Document(
        whole.url,
        draw(st.sampled_from(forms)),
        fetched_at=whole.fetched_at,
        content_type=draw(st.sampled_from((whole.content_type, "text/html", None))),
    )


def readings(newspaper: str, document: Document) -> list[Any]:
    """Both readers' outcomes, from a document nobody has read yet."""
    return [
        outcome(read_article, fresh(document), newspapers()[newspaper]),
        outcome(read_generic, fresh(document)),
    ]


def fresh(document: Document) -> Document:
    return Document(
        document.url,
        document.body,
        fetched_at=document.fetched_at,
        content_type=document.content_type,
    )


@settings(deadline=None, max_examples=60)
@given(damaged_pages(), st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_any_page_reads_alike_in_any_zone_and_again(
    page: tuple[str, Document], here: str, there: str
) -> None:
    with in_zone(here):
        one = readings(*page)
    with in_zone(there):
        assert readings(*page) == one


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(PAGES), st.integers(1, 400))
def test_later_fetch_changes_nothing_but_the_time_of_the_fetch(page: Any, days: int) -> None:
    """The pages' dates carry their year: when they are fetched is no part of them."""
    document = page.document()
    later = fresh(document)
    later.fetched_at += timedelta(days=days)
    one = outcome(read_article, document, newspapers()[page.newspaper])
    other = outcome(read_article, later, newspapers()[page.newspaper])
    if isinstance(one, dict):
        times = {"fetched_at", "first_seen_at"}
        one, other = ({k: v for k, v in line.items() if k not in times} for line in (one, other))
    assert one == other


def test_reading_leaves_the_document_as_it_was() -> None:
    for fixture in PAGES:
        document = fixture.document()
        newspaper = newspapers()[fixture.newspaper]
        one = outcome(read_article, document, newspaper)
        assert outcome(read_article, document, newspaper) == one
        assert document.body == fixture.path.read_bytes()
