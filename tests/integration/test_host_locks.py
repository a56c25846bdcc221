"""Two runs of different newspapers never ask one server at once."""

import asyncio
from pathlib import Path

import pytest

from newscrawl.archive.host_locks import FOLDER, hold_hosts
from newscrawl.crawl.host_turn import take_turn
from newscrawl.exceptions import ArchiveBusyError, ArchiveError

OLD_AND_NEW = frozenset({"baothu.vn", "www.baothu.vn", "m.baothu.vn", "baocu.vn", "www.baocu.vn"})


def test_a_host_is_held_until_it_is_released(tmp_path: Path) -> None:
    with hold_hosts(tmp_path, OLD_AND_NEW):
        assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [
            "baocu.vn",
            "baothu.vn",
        ]
        with pytest.raises(ArchiveBusyError, match=r"baocu\.vn"):
            hold_hosts(tmp_path, {"m.baocu.vn"})
        hold_hosts(tmp_path, {"baola.vn"}).close()
        hold_hosts(tmp_path / "another", OLD_AND_NEW).close()
    hold_hosts(tmp_path, {"baocu.vn"}).close()


def test_who_gets_one_host_of_two_keeps_neither(tmp_path: Path) -> None:
    with hold_hosts(tmp_path, {"b.vn"}), pytest.raises(ArchiveBusyError):
        hold_hosts(tmp_path, {"a.vn", "b.vn"})
    hold_hosts(tmp_path, {"a.vn", "b.vn"}).close()


def test_a_run_waits_for_another_to_end_and_others_go_on(tmp_path: Path) -> None:
    order: list[str] = []

    async def second() -> None:
        locks = await take_turn(tmp_path, {"a.vn"}, 60)
        assert locks is not None
        order.append("second")
        locks.close()

    async def both() -> None:
        first = await take_turn(tmp_path, {"a.vn"}, 0)
        assert first is not None
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0)  # it looks, and waits
        other = await take_turn(tmp_path, {"b.vn"}, 0)
        assert other is not None
        order.append("first")
        first.close()
        await waiting
        other.close()

    asyncio.run(both())
    assert order == ["first", "second"]


@pytest.mark.parametrize("wait_s", [0, 0.2])
def test_waiting_has_a_bound(tmp_path: Path, wait_s: float) -> None:
    async def wait() -> float:
        began = asyncio.get_running_loop().time()
        assert await take_turn(tmp_path, {"a.vn"}, wait_s) is None
        return asyncio.get_running_loop().time() - began

    with hold_hosts(tmp_path, {"a.vn"}):
        assert asyncio.run(wait()) >= wait_s


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("")
    with pytest.raises(ArchiveError, match=r"locking .*locks/a\.vn: ") as caught:
        asyncio.run(take_turn(tmp_path, {"a.vn"}, 60))
    assert not isinstance(caught.value, ArchiveBusyError)
