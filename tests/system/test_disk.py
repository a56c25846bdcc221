"""Disks that refuse and states that are damaged: one clear line, and the archive as it was.

At length, on file systems of random sizes and with a quota: `python tests/reliability/disk.py` and
`python tests/reliability/state.py`.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from newscrawl.archive.ledger.checksum import seal_of
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.newspaper_archive import ArchiveOptions, open_archive
from newscrawl.archive.warc.page_reader import pages
from newscrawl.exceptions import ArchiveError
from newscrawl.replica import Replica, running_replica
from newscrawl.urls.article_keys import vnpt_key
from tests.reliability import state
from tests.reliability.checks import differences, look, published, sums
from tests.reliability.crawls import EVERYTHING_AGAIN, NAME, Place, requests, wait_until
from tests.reliability.disk import (
    NO_MINIMUM,
    completed,
    files,
    limit_files,
    read_only,
    refused,
    too_little_at_start,
)

pytestmark = pytest.mark.thorough

MIB = 1024**2


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as replica:
        yield replica


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Place:
    """A whole archive of the first edition."""
    place = Place(tmp_path_factory.mktemp("model"), replica.address)
    replica.reset()
    assert place.crawl().code == 0
    return place


@pytest.fixture
def place(tmp_path: Path, model: Place, replica: Replica) -> Place:
    """A copy of it, and the third edition to be refreshed with."""
    shutil.copytree(model.archive, tmp_path / "archive", symlinks=True)
    replica.set_edition(3)
    return Place(tmp_path / "archive", model.mirror)


# Disks -------------------------------------------------------------------------------------------

# Of the ledger's size: its journal, a page, a month, the ledger itself are refused.
SHARES = (0.0005, 0.01, 0.04, 0.1, 0.3)


@pytest.mark.parametrize("share", SHARES)
def test_a_file_that_may_not_grow_leaves_the_archive_as_it_was(
    share: float, place: Place, replica: Replica
) -> None:
    before = files(place.folder)
    largest = int((place.folder / DATABASE).stat().st_size * share)
    limited = partial(limit_files, largest)
    done = place.start(*EVERYTHING_AGAIN, *NO_MINIMUM, preexec=limited).done(60)
    assert refused(place, done, before) == {}
    assert completed(place, replica) == {}


@pytest.mark.parametrize("inside", [".", "state", "articles", "pages"])
def test_a_read_only_folder_leaves_the_archive_as_it_was(
    inside: str, model: Place, replica: Replica
) -> None:
    replica.set_edition(3)
    assert read_only(model.archive, replica, inside) == {}


def test_nothing_begins_where_too_little_space_is_left(model: Place, replica: Replica) -> None:
    assert too_little_at_start(model.archive, replica) == {}


def test_where_there_is_no_archive_yet_none_is_begun_on_a_full_disk(
    tmp_path: Path, replica: Replica
) -> None:
    done = Place(tmp_path / "new", replica.address).crawl("-s", f"MIN_FREE_BYTES={1024**6}")
    assert done.code == 5
    assert list(tmp_path.iterdir()) == []


class Usage(NamedTuple):
    """As `shutil.disk_usage` answers."""

    total: int
    used: int
    free: int


def test_a_run_ends_before_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ArchiveOptions(home=tmp_path, keeps_pages=True, free_min_bytes=MIB)
    free = [MIB]
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10 * MIB, 0, free[0]))
    archive = open_archive(options, "bao", vnpt_key)
    free[0] = MIB // 2
    archive.check_space()
    free[0] = MIB // 2 - 1
    with pytest.raises(ArchiveError, match="stopped before the disk is full"):
        archive.check_space()
    archive.close()
    with pytest.raises(ArchiveError, match="free some space"):
        open_archive(options, "bao", vnpt_key)


# The state ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Place:
    """An archive with revisions, a page that is gone, and links that wait."""
    return state.model_of(tmp_path_factory.mktemp("unfinished"), replica)


HARMS: dict[str, tuple[Callable[[Path, random.Random], None], int]] = {
    **{f"flip {n}": (state.flip, n) for n in range(6)},
    **{f"cut {n}": (state.cut, n) for n in range(4)},
    **{f"zero {n}": (state.zero, n) for n in range(2)},
    **{f"lose {n}": (state.lose, n) for n in range(2)},
    "newer": (state.renew, 0),
}


@pytest.mark.parametrize("name", HARMS)
def test_a_damaged_state_is_told_and_made_whole(
    name: str, tmp_path: Path, unfinished: Place
) -> None:
    harm, seed = HARMS[name]
    chance = random.Random(seed)  # noqa: S311
    assert state.trial(unfinished, tmp_path, harm, chance) == []


def test_a_rebuilt_archive_refreshes_as_before(
    tmp_path: Path, unfinished: Place, replica: Replica
) -> None:
    assert state.trial(unfinished, tmp_path, state.flip, random.Random(1)) == []  # noqa: S311
    place = Place(tmp_path / "archive", unfinished.mirror)
    replica.set_edition(4)
    assert place.crawl(*EVERYTHING_AGAIN).code == 0
    assert differences(look(place.folder), published(replica)) == {}
    before = sums(place.folder)
    assert place.crawl().code == 0
    assert sums(place.folder) == before


def test_a_missing_seal_is_no_damage(place: Place, replica: Replica) -> None:
    seal_of(place.folder / DATABASE).unlink()  # as after every killed run
    assert completed(place, replica) == {}


def test_the_name_of_another_newspaper_is_refused(place: Place) -> None:
    other = Place(place.archive, place.mirror, "hdndtuyenquang")
    (place.archive / NAME).rename(other.folder)
    done = other.crawl()
    assert done.code == 5
    assert f"is the ledger of {NAME}, not of hdndtuyenquang" in done.err


def test_what_a_killed_run_kept_is_brought_back_from_its_pages(
    tmp_path: Path, replica: Replica
) -> None:
    replica.reset()
    place = Place(tmp_path, replica.address)
    running = place.start()
    assert wait_until(lambda: requests(replica) >= 80)
    assert running.kill()
    kept = sum(page.status == 200 for page in pages(place.folder))
    assert kept
    for path in (place.folder / DATABASE.parent).glob("ledger.*"):
        path.unlink()
    replica.reset()
    assert place.say("verify", "--rebuild").code == 0
    done = place.say("reparse")
    assert done.code == 0, done.err
    there = look(place.folder)
    assert 0 < len(there.ids) <= kept
    truth = published(replica)
    assert all(there.texts[i] == truth[i] for i in there.ids)
    assert requests(replica) == 0
    assert place.crawl().code == 0
    assert differences(look(place.folder), truth) == {}
