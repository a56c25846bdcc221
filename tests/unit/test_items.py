"""The article's two forms, as data.md §1 sets them, and the border between them."""

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from newscrawl.items import (
    FIELDS,
    VIETNAM,
    Article,
    Image,
    from_line,
    to_line,
)

Make = Callable[..., Article]

# data.md §1.2, in the order of its table; the published schema has the same.
NAMES = [
    "schema_version", "id", "newspaper", "url", "headline", "lead", "body", "captions",
    "images", "authors", "byline", "source", "source_url", "source_line", "section",
    "section_path", "tags", "kind", "lang", "published_at", "published_date",
    "published_precision", "published_raw", "published_source", "modified_at",
    "first_seen_at", "fetched_at", "http_status", "revision", "status", "gone_at",
    "content_hash", "raw_ref", "extractor", "run_id", "duplicate_of", "syllable_count",
    "warnings",
]  # fmt: skip
NUMBERS = {"schema_version", "http_status", "revision", "syllable_count"}
LISTS = {"captions", "images", "authors", "section_path", "tags", "warnings"}
MAY_BE_NULL = {"published_at", "published_date"}


def type_on_disk(name: str) -> type:
    return int if name in NUMBERS else list if name in LISTS else str


# The disk form ----------------------------------------------------------------------------------


def test_there_are_38_fields_in_the_order_of_the_schema() -> None:
    assert list(FIELDS) == NAMES
    assert len(NAMES) == 38


@given(data=st.data())
def test_every_key_is_there_in_order_and_has_its_one_type(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    line = to_line(data.draw(articles))
    assert list(line) == NAMES
    for name, value in line.items():
        if value is None:
            assert name in MAY_BE_NULL
        else:
            assert type(value) is type_on_disk(name), name
    for image in line["images"]:
        assert list(image) == ["url", "caption", "credit"]
        assert all(type(value) is str for value in image.values())


@given(data=st.data())
def test_a_line_read_back_is_the_article_and_written_again_the_line(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    article = data.draw(articles)
    line = to_line(article)
    assert from_line(line) == article
    assert to_line(from_line(line)) == line


@given(data=st.data())
def test_json_carries_a_line_unchanged(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    line = to_line(data.draw(articles))
    assert json.loads(json.dumps(line, ensure_ascii=False)) == line


def test_what_the_page_does_not_state_is_an_empty_text(article: Make) -> None:
    line = to_line(article())
    absent = {name for name, value in line.items() if value == ""}
    assert absent == {
        *("lead", "byline", "source", "source_url", "source_line", "section", "published_raw"),
        *("modified_at", "gone_at", "raw_ref", "duplicate_of"),
    }


def test_what_has_no_members_is_an_empty_list(article: Make) -> None:
    line = to_line(article())
    assert {name for name, value in line.items() if value == []} == LISTS


def test_an_undated_article_has_the_only_nulls(article: Make) -> None:
    line = to_line(
        article(published_at=None, published_date=None, published_precision="", published_source="")
    )
    assert {name for name, value in line.items() if value is None} == MAY_BE_NULL
    assert line["published_precision"] == line["published_source"] == ""


def test_an_image_without_words_has_empty_texts(article: Make) -> None:
    line = to_line(article(images=(Image(url="https://baothu.vn/file/a.jpg"),)))
    assert line["images"] == [{"url": "https://baothu.vn/file/a.jpg", "caption": "", "credit": ""}]


# Times ------------------------------------------------------------------------------------------

MIDNIGHT = datetime(2025, 6, 30, 17, 30, tzinfo=UTC)  # half past midnight of 1 July in Vietnam


@pytest.mark.parametrize("name", ["published_at", "modified_at"])
@pytest.mark.parametrize(
    "zone", [UTC, VIETNAM, timezone(timedelta(hours=-5)), timezone(timedelta(hours=7))]
)
def test_the_papers_times_are_vietnams(article: Make, name: str, zone: timezone) -> None:
    line = to_line(article(**{name: MIDNIGHT.astimezone(zone)}))
    assert line[name] == "2025-07-01T00:30:00+07:00"


@pytest.mark.parametrize("name", ["first_seen_at", "fetched_at", "gone_at"])
@pytest.mark.parametrize("zone", [UTC, VIETNAM, timezone(timedelta(hours=-5))])
def test_the_machines_times_are_utc(article: Make, name: str, zone: timezone) -> None:
    line = to_line(article(**{name: MIDNIGHT.astimezone(zone)}))
    assert line[name] == "2025-06-30T17:30:00Z"


def test_fractions_of_a_second_are_not_kept(article: Make) -> None:
    line = to_line(article(fetched_at=MIDNIGHT.replace(microsecond=999_999)))
    assert line["fetched_at"] == "2025-06-30T17:30:00Z"


def test_the_day_is_plain(article: Make) -> None:
    assert to_line(article())["published_date"] == "2025-06-18"


def test_times_read_back_are_aware(article: Make) -> None:
    read = from_line(to_line(article(modified_at=MIDNIGHT, gone_at=MIDNIGHT, status="gone")))
    for moment in (read.published_at, read.modified_at, read.fetched_at, read.gone_at):
        assert moment is not None
        assert moment.tzinfo is not None
    assert type(read.published_date) is date


# Reading a line ---------------------------------------------------------------------------------


def test_a_missing_key_is_an_error(article: Make) -> None:
    for name in NAMES:
        line = to_line(article())
        del line[name]
        with pytest.raises(KeyError, match=name):
            from_line(line)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fetched_at", "hôm qua"),
        ("published_at", "2025-02-30T00:00:00+07:00"),
        ("published_date", "18/06/2025"),
        ("gone_at", "2025-06-30T25:00:00Z"),
    ],
)
def test_an_unreadable_time_is_an_error(article: Make, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"format|range|month|hour"):
        from_line(to_line(article()) | {name: value})


@pytest.mark.parametrize("name", ["lead", "body", "byline", "source", "raw_ref", "duplicate_of"])
def test_an_empty_text_is_none_in_memory(article: Make, name: str) -> None:
    assert getattr(from_line(to_line(article()) | {name: ""}), name) is None


@pytest.mark.parametrize("name", ["published_precision", "published_source"])
def test_an_undated_articles_evidence_stays_an_empty_text(article: Make, name: str) -> None:
    assert getattr(from_line(to_line(article()) | {name: ""}), name) == ""


@pytest.mark.parametrize("name", sorted(LISTS))
def test_lists_are_tuples_in_memory(article: Make, name: str) -> None:
    assert getattr(from_line(to_line(article())), name) == ()


def test_the_words_none_and_null_are_words(article: Make) -> None:
    read = from_line(to_line(article(lead="None", byline="null")))
    assert (read.lead, read.byline) == ("None", "null")


# The class --------------------------------------------------------------------------------------


def test_no_field_can_be_set(article: Make) -> None:
    made: Any = article()
    for name in NAMES:
        with pytest.raises(FrozenInstanceError):
            setattr(made, name, None)


def test_a_stage_makes_a_new_article(article: Make) -> None:
    before = article()
    after = replace(before, lead="Sương vừa tan.")
    assert (before.lead, after.lead) == (None, "Sương vừa tan.")


def test_fields_are_given_by_name(article: Make) -> None:
    assert all(field.kw_only for field in fields(Article))
    assert all(field.kw_only for field in fields(Image))
    assert not hasattr(article(), "__dict__")


def test_vietnam_is_seven_hours_ahead_all_year() -> None:
    for month in range(1, 13):
        assert datetime(2025, month, 1, tzinfo=VIETNAM).utcoffset() == timedelta(hours=7)
