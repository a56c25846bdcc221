"""How long a run takes: before it begins, and by what it has measured."""

from datetime import date, timedelta
from typing import Final

import pytest

from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.run_estimate import Progress, estimate, first_run_text, pages_left
from newscrawl.discovery.list_walk import TO_THE_END, Walk
from newscrawl.timestamps import moment_of

TODAY: Final = date(2026, 12, 1)
LIST: Final = VnptSection(path="/kinh-te/")
KNOWN: Final = moment_of(1_790_000_000)


def walk(**more: object) -> Walk:
    return Walk(source=LIST, address="https://baothu.vn/kinh-te/", **more)  # type: ignore[arg-type]


def left(one: Walk, oldest: date | None = None, bound: int = 100) -> tuple[int, bool]:
    place = (LIST.name, one.number)
    return pages_left([one], {place: oldest} if oldest else {}, bound, TODAY)


def test_fifty_thousand_articles_at_one_a_second_take_fourteen_hours() -> None:
    # 50,000 articles / 3600 = 13.9 h, and 2,500 list pages.
    found = estimate(Progress(articles_left=47_500, pages_left=2_500, new_links=1, list_pages=1), 1)
    assert round(found.seconds_left / 3600, 1) == round((47_500 + 50_000 + 2_500) / 3600, 1)
    text = first_run_text(25, 100, 1.0)
    assert text == (
        "at most 15 h, for 50,000 articles of 25 lists at 1.0 requests/s; each list from its newest"
        " on"
    )


def test_a_run_that_is_stopped_before_says_when() -> None:
    text = first_run_text(25, 100, 1.0, stop_after_s=6600)
    assert text.endswith(
        "from its newest on; this run stops after 2 h at the latest, the next goes on"
    )
    assert first_run_text(1, 5, 1.0, stop_after_s=6600).endswith("; each list from its newest on")
    assert "of 1 list at" in first_run_text(1, 5, 1.0)


# Pages -------------------------------------------------------------------------------------------


def test_a_list_that_was_known_whole_ends_with_its_first_known_page() -> None:
    assert left(walk(known_at=KNOWN)) == (1, False)


@pytest.mark.parametrize(("page", "pages"), [(1, 100), (2, 99), (100, 1), (0, 100)])
def test_a_list_walked_to_its_end_goes_on_to_the_bound_at_most(page: int, pages: int) -> None:
    assert left(walk(page=page)) == (pages, True)
    assert left(walk(page=page, since=TO_THE_END, known_at=KNOWN)) == (pages, True)


def test_a_list_walked_back_to_a_day_goes_on_as_it_went() -> None:
    # Four pages went back eight days; the day lies twenty further back: ten pages.
    back = walk(page=5, since=TODAY - timedelta(days=28))
    assert left(back, TODAY - timedelta(days=8)) == (10, False)
    assert left(back, TODAY - timedelta(days=8), bound=7) == (3, False)
    assert left(back, None) == (96, True)
    assert left(back, TODAY) == (96, True)
    assert left(back, TODAY - timedelta(days=40)) == (1, False)


def test_walks_add_up() -> None:
    walks = [walk(known_at=KNOWN), walk(page=91)]
    assert pages_left(walks, {}, 100, TODAY) == (11, True)
    assert pages_left([], {}, 100, TODAY) == (0, False)


# Pace and share ----------------------------------------------------------------------------------


def test_what_was_measured_takes_the_place_of_what_was_expected() -> None:
    few = Progress(seconds=9, requests=9, list_pages=4, new_links=8, pages_left=10)
    assert estimate(few, 3.0).seconds_left == 10 * 21 * 3.0
    many = Progress(seconds=50, requests=25, list_pages=5, new_links=10, pages_left=10)
    found = estimate(many, 3.0)
    assert (found.articles_left, found.seconds_left) == (20, 30 * 2.0)


def test_a_limit_and_a_stop_bound_the_run() -> None:
    some = Progress(pages_left=100, is_bound=True, articles_left=4, asked=10, limit=30)
    found = estimate(some, 1.0)
    assert (found.articles_left, found.is_bound) == (24, False)
    assert found.seconds_left == 24 + 2
    timed = Progress(seconds=50, pages_left=100, stop_after_s=60.0)
    assert str(estimate(timed, 1.0)) == "at most 1 min left"
    assert estimate(timed, 1.0).seconds_left == 10


def test_a_run_with_nothing_left_is_about_to_end() -> None:
    assert estimate(Progress(seconds=90, requests=80), 1.0).seconds_left == 0
