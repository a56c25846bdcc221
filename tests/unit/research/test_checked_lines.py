"""A line that is not what its schema says is told with its file, its number and the fault."""

import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line
from newscrawl.research.checked_lines import (
    article_lines,
    coverage_of,
    revision_lines,
    run_faults,
    run_lines,
)
from tests.unit.research.test_exports import NEW_YEAR, row

GOOD = row(1, NEW_YEAR)
RUN = {"started_at": "2026-11-20T01:00:00Z", "exit_code": 0}
LIST = {"source": "A:/a/", "reached": "", "known_at": "", "is_open": True}


def file_of(folder: Path, name: str, *lines: Line | str) -> Path:
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def test_good_lines_are_what_the_file_holds(tmp_path: Path) -> None:
    path = file_of(tmp_path, "2026-01.jsonl", GOOD, row(2, NEW_YEAR))
    assert [line["id"] for line in article_lines(path)] == ["baothu:1", "baothu:2"]
    undated = file_of(tmp_path, "undated.jsonl", row(3, None))
    assert [line["published_at"] for line in article_lines(undated)] == [None]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("{", "not a whole JSON object"),
        ("[]", "not a whole JSON object"),
        ("[" * 100_000, "not a whole JSON object"),
        ({}, "data must contain"),
        (GOOD | {"mine": 1}, "data must not contain"),
        (GOOD | {"tags": None}, "data.tags must be array"),
        (GOOD | {"tags": [1]}, "must be string"),
        (GOOD | {"images": [{}]}, "must contain"),
        (GOOD | {"kind": "poem"}, "data.kind must be one of"),
        (GOOD | {"id": "baothu:../x"}, "data.id must match pattern"),
        (GOOD | {"newspaper": "Báo"}, "data.newspaper must match pattern"),
        (GOOD | {"revision": 0}, "data.revision must be bigger"),
        (GOOD | {"revision": 2.0}, "revision is no number of 64 bits"),
        (GOOD | {"http_status": 1 << 63}, "http_status is no number of 64 bits"),
        (GOOD | {"syllable_count": True}, "must be integer"),
        (GOOD | {"published_date": "2026-01-32"}, "published_date is in no calendar"),
        (GOOD | {"fetched_at": "2026-11-23T25:00:00Z"}, "fetched_at is in no calendar"),
        (GOOD | {"modified_at": "yesterday"}, "data.modified_at must match"),
        (GOOD | {"published_date": "2026-02-01"}, "belongs in another month"),
        (GOOD | {"published_date": None}, "belongs in another month"),
        (GOOD | {"headline": "\ud83d"}, "half of a pair"),
        (GOOD | {"captions": ["\udc00"]}, "half of a pair"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, bad: Line | str, fault: str) -> None:
    path = file_of(tmp_path, "2026-01.jsonl", GOOD, bad)
    lines = article_lines(path)
    assert next(lines) == GOOD
    with pytest.raises(ArchiveError) as told:
        next(lines)
    assert str(told.value).startswith(f"{path}, line 2: ")
    assert fault in str(told.value)
    assert len(str(told.value)) < 1000


def test_a_whole_pair_and_an_escaped_letter_are_text(tmp_path: Path) -> None:
    """JSON may write any letter as an escape, and one beyond U+FFFF as a pair of them."""
    text = json.dumps(GOOD | {"headline": "Mùa chè 🍃\x00"})
    assert "\\ud83c" in text
    (line,) = article_lines(file_of(tmp_path, "2026-01.jsonl", text))
    assert line["headline"] == "Mùa chè 🍃\x00"


OLDER: dict[str, Any] = GOOD | {
    "superseded_at": "2026-11-01T00:00:00Z", "changed_by": "newspaper", "changed_fields": ["body"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"superseded_at": None}, "superseded_at is no text"),
        ({"changed_by": 7}, "changed_by is no text"),
        ({"changed_fields": "body"}, "changed_fields is no list"),
        ({"headline": None}, "data.headline must be string"),
    ],
)
def test_superseded_versions_are_checked_too(
    tmp_path: Path, changes: dict[str, Any], fault: str
) -> None:
    path = file_of(tmp_path, "2026-11.jsonl", OLDER | changes)
    if not fault:
        assert list(revision_lines(path)) == [OLDER]
        return
    with pytest.raises(ArchiveError, match=fault):
        list(revision_lines(path))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"listings": [LIST], "reasons": {"failed": {"HTTP 500": 2}}, "counts": {"x": 1.5}}, ""),
        ({"exit_code": None}, "exit_code must be integer"),
        ({"started_at": "2026-11-20"}, "no time of a run"),
        ({"started_at": "0001-01-01T00:00:00Z"}, "no time of a run"),
        ({"started_at": "soon"}, "in no calendar"),
        ({"listings": {}}, "listings must be array"),
        ({"listings": [LIST | {"is_open": "no"}]}, "must be boolean"),
        ({"listings": [{"source": "A"}]}, "must contain"),
        ({"reasons": {"failed": 3}}, "must be object"),
        ({"states": {"failed": "3"}}, "must be integer"),
        ({"counts": {"list/unread": "many"}}, "must be integer"),
    ],
)
def test_the_records_of_runs_are_checked(
    tmp_path: Path, changes: dict[str, Any], fault: str
) -> None:
    found = run_faults(RUN | changes)
    assert [fault in one for one in found] == ([True] if fault else [])
    path = file_of(tmp_path, "2026-11.jsonl", RUN | changes)
    if fault:
        with pytest.raises(ArchiveError, match=r"2026-11.jsonl, line 1: "):
            list(run_lines(path))
    else:
        assert list(run_lines(path)) == [RUN | changes]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"listings": [], "reasons": {}, "links": []}', ""),
        ("", "not a whole JSON object"),
        ("[1]", "not a whole JSON object"),
        ('{"listings": [], "reasons": {}}', "must contain"),
        ('{"listings": [], "reasons": {}, "links": [{"url": "x"}]}', "must contain"),
        ('{"listings": [], "reasons": {}, "links": [], "links_left_out": "9"}', "must be integer"),
    ],
)
def test_coverage_is_checked(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "coverage.json"
    assert coverage_of(path) is None
    path.write_text(text, encoding="utf-8")
    if fault:
        with pytest.raises(ArchiveError, match=fault):
            coverage_of(path)
    else:
        assert coverage_of(path) == json.loads(text)
