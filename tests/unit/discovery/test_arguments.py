"""The arguments of a crawl: typed values, or one line for a person before any request."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery.arguments import NAMES, CrawlArguments, read_arguments
from newscrawl.exceptions import ArgumentError

SECTIONS: Final = ("/kinh-te/", "/kinh-te/nong-nghiep/", "/xa-hoi/", "/van-hoa/", "/the-thao/")


def read(**given: str) -> CrawlArguments:
    return read_arguments(given, SECTIONS)


# Good values ------------------------------------------------------------------------------------


def test_nothing_asked_is_the_plain_refresh() -> None:
    assert read() == CrawlArguments()
    assert all(getattr(read(), name) is None for name in NAMES)


def test_every_argument_is_read() -> None:
    asked = read(
        since="2022-11-01", until="2022-11-30", section="/xa-hoi/", limit="10", refetch="7d"
    )
    assert asked == CrawlArguments(
        since=date(2022, 11, 1),
        until=date(2022, 11, 30),
        section="/xa-hoi/",
        limit=10,
        refetch=timedelta(days=7),
    )


@pytest.mark.parametrize("day", ["2022-11-01", "2024-02-29", "1999-12-31"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_day_is_read(name: str, day: str) -> None:
    assert getattr(read(**{name: day}), name).isoformat() == day


def test_one_day_is_a_span() -> None:
    asked = read(since="2022-11-01", until="2022-11-01")
    assert asked.since == asked.until


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/kinh-te/", "/kinh-te/"),
        ("kinh-te", "/kinh-te/"),
        ("/kinh-te", "/kinh-te/"),
        ("kinh-te/", "/kinh-te/"),
        ("kinh-te/nong-nghiep", "/kinh-te/nong-nghiep/"),
    ],
)
def test_a_section_is_written_with_or_without_slashes(written: str, path: str) -> None:
    assert read(section=written).section == path


@pytest.mark.parametrize(("written", "limit"), [("1", 1), ("500", 500), ("007", 7)])
def test_a_limit_is_a_number(written: str, limit: int) -> None:
    assert read(limit=written).limit == limit


@pytest.mark.parametrize(
    ("written", "span"),
    [("12h", timedelta(hours=12)), ("7d", timedelta(days=7)), ("0d", timedelta())],
)
def test_a_span_is_hours_or_days(written: str, span: timedelta) -> None:
    assert read(refetch=written).refetch == span


# Bad values -------------------------------------------------------------------------------------

NO_DAYS: Final = [
    "", " ", "1/11/2022", "01-11-2022", "2022-13-01", "2022-02-30", "2022-11", "2022", "hôm qua",
    "2022-11-01T00:00:00", " 2022-11-01", "2022-11-01 ", "2022/11/01", "0000-01-01", "-2022-11-01",
    "２０２２-11-01", "today", "7d", "20221101", "2022-W44-2", "9" * 5_000,
]  # fmt: skip
NO_LIMITS: Final = [
    "", "0", "-1", "+5", "1.5", "1e3", "ten", " 5", "5 ", "0x10", "٥", "½", "²", "1_000", "1,000",
    "None", "9" * 5_000,
]  # fmt: skip
NO_SPANS: Final = ["", "7", "d", "7m", "-7d", "7 d", "7D", "1.5d", "99999d", "7d7h", "٧d", "a week"]
NO_SECTIONS: Final = [
    "",
    "the-gioi",
    "/kinh te/",
    "kinh-te/nong",
    "//",
    "KINH-TE",
    "kinh-te/trang-2",
]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("since", value) for value in NO_DAYS),
        *(("until", value) for value in NO_DAYS),
        *(("limit", value) for value in NO_LIMITS),
        *(("refetch", value) for value in NO_SPANS),
        *(("section", value) for value in NO_SECTIONS),
    ],
)
def test_a_bad_value_is_told_in_one_line(name: str, value: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        read(**{name: value})
    said = str(caught.value)
    assert said.startswith(f"{name}={value}: ")
    assert "\n" not in said


@pytest.mark.parametrize("name", ["from", "Since", "since ", "start_urls", "category", ""])
def test_an_unknown_argument_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        read_arguments({name: "1"}, SECTIONS)
    said = str(caught.value)
    assert said.startswith(f"{name}=: no such argument")
    assert all(known in said for known in NAMES)


def test_a_span_that_ends_before_it_begins_is_told() -> None:
    with pytest.raises(ArgumentError, match="since=2022-11-02 is later than until=2022-11-01"):
        read(since="2022-11-02", until="2022-11-01")


@pytest.mark.parametrize(
    ("written", "near"), [("kinhte", "/kinh-te/"), ("xahoi", "/xa-hoi/"), ("the-tho", "/the-thao/")]
)
def test_a_misspelt_section_is_told_with_the_one_meant(written: str, near: str) -> None:
    with pytest.raises(ArgumentError, match=near):
        read(section=written)


def test_a_foreign_section_is_told_with_some_that_there_are() -> None:
    with pytest.raises(ArgumentError, match="/kinh-te/, /kinh-te/nong-nghiep/, /the-thao/"):
        read(section="zzz")


@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.text(st.characters(codec="utf-8"), max_size=20), max_size=3
    )
)
def test_any_value_is_read_or_told(given: dict[str, str]) -> None:
    asked: CrawlArguments | None = None
    with suppress(ArgumentError):
        asked = read_arguments(given, SECTIONS)
    assert asked is None or all(getattr(asked, name) is not None for name in given)


# What they cover --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "day", "covered"),
    [
        (None, None, date(2022, 11, 15), True),
        ("2022-11-01", None, date(2022, 10, 31), False),
        ("2022-11-01", None, date(2022, 11, 1), True),
        (None, "2022-11-30", date(2022, 11, 30), True),
        (None, "2022-11-30", date(2022, 12, 1), False),
        ("2022-11-01", "2022-11-30", date(2022, 11, 15), True),
        ("2022-11-01", "2022-11-30", None, True),
    ],
)
def test_days_are_covered_inclusively(
    since: str | None, until: str | None, day: date | None, covered: bool
) -> None:
    given = {name: value for name, value in (("since", since), ("until", until)) if value}
    assert read(**given).covers(day) is covered
