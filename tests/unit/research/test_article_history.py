"""A difference gives back both versions, word by word, and ends soon whatever the texts are."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.research.article_history import COMPARED, as_text, changes, compare
from tests.unit.research.test_exports import NEW_YEAR, row

WORDS = st.lists(st.sampled_from(["mưa", "lũ", "to", "\n\n", "ở"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_kept_and_removed_is_the_old_text_and_what_is_kept_and_added_the_new(
    before: str, after: str
) -> None:
    found = compare(before, after)
    assert "".join(change.text for change in found if change.kind != "+") == before
    assert "".join(change.text for change in found if change.kind != "-") == after
    assert all(change.text for change in found)
    if before == after:
        assert [change.kind for change in found] == ([" "] if before else [])


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Mưa to", "Mưa to", "Mưa to"),
        ("Mưa to", "", "[-Mưa to-]"),
        ("", "Mưa to", "{+Mưa to+}"),
        ("Mưa to ở Hà Giang", "Nắng to ở Hà Giang", "[-Mưa-]{+Nắng+} to ở Hà Giang"),
        ("ba người chết", "bốn người chết", "[-ba-]{+bốn+} người chết"),
        ("chết ba người", "chết bốn người", "chết [-ba-]{+bốn+} người"),
        ("một hai ba bốn", "một ba bốn", "một [-hai -]ba bốn"),
        ("a\n\nb", "a\n\nc\n\nb", "a\n\n{+c\n\n+}b"),
        ("Tuy vậy, mưa to", "Đất dốc, mưa to", "[-Tuy vậy,-]{+Đất dốc,+} mưa to"),
        ("mưa to ở Hà", "nắng gắt tại Hà", "[-mưa to ở-]{+nắng gắt tại+} Hà"),
    ],
)
def test_changes_are_told_as_words(before: str, after: str, told: str) -> None:
    assert as_text(compare(before, after)) == told


def test_of_a_long_stretch_its_ends_are_shown() -> None:
    words = " ".join(f"từ{n}" for n in range(200))
    told = as_text(compare(words, f"{words} thêm"))
    assert told.startswith("từ0 từ1 ")
    assert " […] " in told
    assert told.endswith("{+ thêm+}")
    assert len(told) < 300


def test_an_edit_within_a_long_text_is_found_and_two_long_texts_end_soon() -> None:
    words = ["a", "b"] * 50_000
    edited = [*words[:70_000], "mới", *words[70_000:]]
    began = process_time()
    found = compare(" ".join(words), " ".join(edited))
    assert [change.text.strip() for change in found if change.kind != " "] == ["mới"]
    other = compare(" ".join(words), " ".join(["b", "a", "c"] * 40_000))
    assert {change.kind for change in other} == {"-", "+"}
    assert process_time() - began < 30


def test_the_fields_that_differ_come_in_a_fixed_order() -> None:
    old = row(1, NEW_YEAR, tags=("chợ",), authors=("Lò Mẩy",))
    new = old | {"headline": "Mùa ngô", "tags": ["chợ", "ngô"], "authors": [], "revision": 2}
    found = dict(changes(old, new))
    assert list(found) == [name for name in COMPARED if name in ("headline", "authors", "tags")]
    assert as_text(found["tags"]) == "chợ{+\nngô+}"
    assert as_text(found["authors"]) == "[-Lò Mẩy-]"
