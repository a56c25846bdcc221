"""Moments whose day and month, zone or unit only another place of the page tells."""

from datetime import UTC, datetime

import pytest

from newscrawl.article.dates import Moment, read_moment
from newscrawl.article.publication_date import in_stated_order, read_stated
from newscrawl.items import VIETNAM

FETCHED = datetime(2026, 12, 1, tzinfo=UTC)


def moment(text: str) -> Moment:
    found = read_moment(text, FETCHED)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("printed", "at"),
    [
        ("1:40 PM PDT, September 12, 2024", "2024-09-13T03:40:00+07:00"),
        ("9:40 AM (BST) Thu 12 September 2024", "2024-09-12T15:40:00+07:00"),
        ("Thu 12 Sep 2024 09.40 BST", "2024-09-12T15:40:00+07:00"),
        ("12 Sep 2024 09.40 GMT", "2024-09-12T16:40:00+07:00"),
        ("2024-09-12 08:40:00 UTC", "2024-09-12T15:40:00+07:00"),
        ("2024-09-12T08:40:00 GMT", "2024-09-12T15:40:00+07:00"),
        ("2024-09-12 08:40:00 GMT+7", "2024-09-12T08:40:00+07:00"),
        ("12 Sep 2024, 09.40 m", "2024-09-12T00:00:00+07:00"),
        ("07:40 GMT 12/09/2024", "2024-09-12T07:40:00+07:00"),
    ],
)
def test_zones_are_read_wherever_they_stand(printed: str, at: str) -> None:
    assert moment(printed).at.isoformat() == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1726130400", "2024-09-12T15:40:00+07:00"),
        ("1726130400123", "2024-09-12T15:40:00+07:00"),
    ],
)
def test_a_moment_since_1970_is_read(text: str, at: str) -> None:
    found = read_stated(text, FETCHED)
    assert found is not None
    assert found.at.isoformat() == at


@pytest.mark.parametrize("text", ["172613040", "9726130400", "17261304001", "4000000000"])
def test_other_numbers_state_no_moment(text: str) -> None:
    assert read_stated(text, FETCHED) is None


@pytest.mark.parametrize(
    ("printed", "stated", "day"),
    [
        ("07:40 AM, 12/09/2024", "2024-09-12", "2024-09-12"),
        ("07:40 AM, 12/09/2024", "2024-09-13", "2024-12-09"),
        ("07:40 AM, 12/09/2024", "2023-09-12", "2024-12-09"),
        ("07:40 AM, 12/09/2024", "2024-12-09", "2024-12-09"),
        ("September 12, 2024", "2024-12-09", "2024-09-12"),
    ],
)
def test_day_and_month_change_places_where_the_head_says_so(
    printed: str, stated: str, day: str
) -> None:
    assert in_stated_order(moment(printed), moment(stated)).date.isoformat() == day


def test_a_page_without_another_date_is_read_as_printed() -> None:
    printed = moment("07:40 AM, 12/09/2024")
    assert in_stated_order(printed, None) is printed
    assert printed.at == datetime(2024, 12, 9, 7, 40, tzinfo=VIETNAM)
