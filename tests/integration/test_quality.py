"""Reading does not get worse unseen: exact-match rates over the saved pages stay at their floor.

`pytest --lower-quality-floor=REASON` pins today's rates with the reason, as
`python -m tests.quality --lower "REASON"` does.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newscrawl.project.fixture import fixtures
from tests.quality import rates as quality
from tests.quality.rates import (
    FOLDER,
    Rate,
    Rates,
    below,
    load,
    lowered,
    measure,
    raised,
    save,
    table,
)
from tests.support.paths import ROOT

OPTION = "--lower-quality-floor"


@cache
def rates() -> Rates:
    return measure()


def pinned(exact: int, pages: int) -> dict[str, Any]:
    return {"rates": {"known": {"lead": {"exact": exact, "pages": pages}}}, "lowered": []}


def test_nothing_is_below_the_floor(pytestconfig: pytest.Config) -> None:
    reason = pytestconfig.getoption(OPTION)
    if reason is not None:
        save(lowered(rates(), load(), reason))
    assert below(rates(), load()) == [], table(rates(), load())


def test_every_field_has_a_floor() -> None:
    floor = load()["rates"]
    missing = [
        (reader, name)
        for reader, fields in rates().items()
        for name in fields
        if name not in floor.get(reader, {})
    ]
    assert missing == []


def test_every_saved_page_is_measured() -> None:
    pages = [fixture.page for fixture in fixtures(FOLDER)]
    assert rates()["known"]["headline"].pages == pages.count("article")
    assert rates()["known"]["articles"].pages == pages.count("section")
    assert rates()["generic"]["headline"].pages == pages.count("article")
    assert rates()["generic"]["articles"].pages == pages.count("section")
    assert rates()["generic"]["refused"].pages == pages.count("section") + pages.count("other")


def test_every_lowering_says_why_and_what() -> None:
    assert all(entry["reason"] and entry["what"] for entry in load()["lowered"])


def test_a_share_is_never_rounded_up() -> None:
    assert Rate(1999, 2000).share == 0.999
    assert Rate(3, 3).share == 1.0
    assert Rate(0, 0).share == 1.0


def test_a_worse_rate_is_below() -> None:
    worse = {"known": {"lead": Rate(9, 10)}}
    assert below(worse, pinned(9, 10)) == []
    assert below(worse, pinned(10, 10)) == ["known lead: 9 exact, the floor is 10"]


def test_a_new_page_is_never_below() -> None:
    assert below({"known": {"lead": Rate(10, 11)}}, pinned(10, 10)) == []
    assert below({"known": {"lead": Rate(11, 11)}}, pinned(10, 10)) == []


def test_fewer_pages_and_a_lost_field_are_below() -> None:
    fewer = ["known lead: 9 pages, of 10", "known lead: 9 exact, the floor is 10"]
    assert below({"known": {"lead": Rate(9, 9)}}, pinned(10, 10)) == fewer
    lost = ["known lead: 0 pages, of 10", "known lead: 0 exact, the floor is 10"]
    assert below({"known": {}}, pinned(10, 10)) == lost


def test_raising_pins_what_is_better_and_lowers_nothing() -> None:
    better = {"known": {"lead": Rate(9, 11), "body": Rate(4, 4)}}
    floor = raised(better, pinned(10, 10))
    assert floor["rates"]["known"]["lead"] == {"exact": 10, "pages": 11}
    assert floor["rates"]["known"]["body"] == {"exact": 4, "pages": 4}
    assert floor["lowered"] == []


def test_lowering_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        lowered({"known": {"lead": Rate(1, 2)}}, pinned(2, 2), "  ")


@pytest.mark.thorough
def test_the_flag_without_a_reason_lowers_nothing() -> None:
    before = quality.FLOOR.read_bytes()
    command = (
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        __file__,
        "-k",
        "nothing_is_below",
        f"{OPTION}=",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "ValueError: a floor is lowered for a reason" in done.stdout
    assert quality.FLOOR.read_bytes() == before


def test_lowering_records_the_reason_and_what_fell() -> None:
    floor = lowered({"known": {"lead": Rate(1, 2)}}, pinned(2, 2), "two leads on one page")
    assert floor["rates"]["known"]["lead"] == {"exact": 1, "pages": 2}
    assert floor["lowered"] == [
        {"reason": "two leads on one page", "what": ["known lead: 1 exact, the floor is 2"]}
    ]
    assert below({"known": {"lead": Rate(1, 2)}}, floor) == []


def test_lowering_what_is_not_below_leaves_no_entry() -> None:
    assert lowered({"known": {"lead": Rate(2, 2)}}, pinned(2, 2), "none")["lowered"] == []


def test_floor_survives_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "floor.json"
    assert load(path) == {"rates": {}, "lowered": []}
    save(pinned(9, 10), path)
    assert load(path) == pinned(9, 10)
    assert json.loads(quality.FLOOR.read_text("utf-8")) == load()


def test_table_has_a_line_a_field() -> None:
    lines = table(rates(), load()).splitlines()
    assert len(lines) == sum(map(len, rates().values()))
    assert any(line.split()[:2] == ["generic", "body"] for line in lines)
