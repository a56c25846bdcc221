"""The ledger's links: asked for once, settled once, given up late, and every one accounted for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.archive.ledger.due import STATES, State
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.archive.ledger.revisit_schedule import TRIES_MAX
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import VIETNAM, Article

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def link(key: str, slug: str = "le-hoi", host: str = "bao.vn") -> Link:
    published = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
    url = f"https://{host}/{slug}-{key}.html"
    return Link(url=url, key=key, title="Lễ hội", published_at=published, kind="text")


def story(key: str, text: str = "Hội xuân mở sớm.") -> Article:
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=link(key).url,
        headline="Lễ hội",
        body=text,
        published_at=datetime(2026, 11, 23, 9, tzinfo=VIETNAM),
        published_date=date(2026, 11, 23),
        published_precision="minute",
        first_seen_at=NOON,
        fetched_at=NOON,
        content_hash=f"sha256:{sha256(text.encode()).hexdigest()}",
        run_id="r1",
        modified_at=None,
        revision=1,
        gone_at=None,
        syllable_count=4,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, "bao") as opened:
        opened.begin_run("r1", NOON, {})
        yield opened


def keys(asked: object) -> list[str]:
    return [ask.link.key for ask in asked]  # type: ignore[attr-defined]


def test_new_links_are_asked_for_once_and_counted(ledger: Ledger) -> None:
    sifted = ledger.links.sift([link("2"), link("1"), link("2")], "r1", NOON)
    assert (keys(sifted.ask), sifted.new, sifted.known) == (["2", "1"], 2, 0)
    assert {ask.reason for ask in sifted.ask} == {"new"}
    again = ledger.links.sift([link("1"), link("3")], "r1", NOON)
    assert (keys(again.ask), again.new, again.known) == (["3"], 1, 1)
    assert ledger.links.states()["discovered"] == 3


def test_a_link_is_seen_as_of_the_earliest_page_that_proves_it_was_there(ledger: Ledger) -> None:
    nothing = ledger.links.sift([], "r1", NOON)
    assert (nothing.first_seen_at, nothing.seen_at) == (None, None)
    assert ledger.links.sift([link("1")], "r1", NOON).seen_at == NOON
    assert ledger.links.sift([link("2")], "r1", NOON, as_of=NOON + HOUR).seen_at == NOON + HOUR
    both = [link("1"), link("2")]
    sifted = ledger.links.sift(both, "r1", NOON + DAY)
    assert (sifted.first_seen_at, sifted.seen_at) == (NOON, NOON + HOUR)
    assert ledger.links.sift(both, "r1", NOON + DAY, as_of=NOON - HOUR).seen_at == NOON - HOUR
    assert ledger.links.sift([*both, link("3")], "r1", NOON + DAY).seen_at == NOON + DAY
    assert ledger.links.sift(both, "r1", NOON + DAY).seen_at == NOON - HOUR


def test_a_link_travels_through_the_ledger_unharmed(ledger: Ledger) -> None:
    ledger.links.sift([link("7")], "r1", NOON)
    assert ledger.links.get("7") == link("7")
    bare = Link(url="https://bao.vn/x-8.html", key="8")
    ledger.links.sift([bare], "r1", NOON)
    assert ledger.links.get("8") == bare
    assert ledger.links.get("9") is None
    assert ledger.links.is_known("8")
    assert not ledger.links.is_known("9")


def test_sifting_for_a_run_that_is_not_open_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="run r0 is not open, r1 is"):
        ledger.links.sift([link("1")], "r0", NOON)


def test_what_a_killed_run_left_is_asked_for_again(ledger: Ledger) -> None:
    ledger.links.sift([link("1"), link("2"), link("3")], "r1", NOON)
    ledger.articles.archive(story("2"), NOON)
    ledger.begin_run("r2", NOON + HOUR, {})
    waiting = tuple(ledger.links.waiting(NOON + HOUR, 10))
    assert keys(waiting) == ["1", "3"]
    assert {ask.reason for ask in waiting} == {"again"}
    assert tuple(ledger.links.waiting(NOON + HOUR, 10)) == ()


def test_waiting_keeps_to_its_limit_and_goes_on_from_there(ledger: Ledger) -> None:
    for number in range(5):
        ledger.links.sift([link(str(number))], "r1", NOON + number * HOUR)
    ledger.begin_run("r2", NOON + DAY, {})
    first, second = (keys(ledger.links.waiting(NOON + DAY, 3)) for _ in range(2))
    assert (first, second) == (["0", "1", "2"], ["3", "4"])


def test_an_archived_article_is_due_again_with_its_validators(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON, '"v1"', "Mon, 23 Nov 2026 02:00:00 GMT")
    ledger.begin_run("r2", NOON + DAY, {})
    assert tuple(ledger.links.waiting(NOON + HOUR, 10)) == ()
    (ask,) = ledger.links.sift([link("1")], "r2", NOON + DAY).ask
    assert (ask.reason, ask.etag) == ("due", '"v1"')
    assert ask.last_modified == "Mon, 23 Nov 2026 02:00:00 GMT"


def test_an_archived_article_is_not_asked_for_before_it_is_due(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON)
    ledger.begin_run("r2", NOON + HOUR, {})
    sifted = ledger.links.sift([link("1")], "r2", NOON + HOUR)
    assert (sifted.ask, sifted.new, sifted.known) == ((), 0, 1)
    assert keys(ledger.links.sift([link("1")], "r2", NOON + HOUR, refetch=HOUR).ask) == ["1"]


def test_an_unchanged_page_climbs_the_schedule_and_keeps_its_validators(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON, '"v1"')
    waits = []
    now = NOON
    for run in range(2, 6):
        now += 200 * DAY
        ledger.begin_run(f"r{run}", now, {})
        (ask,) = ledger.links.waiting(now, 10)
        assert ask.etag == '"v1"'
        ledger.links.mark_unchanged("1", now)
        ledger.links.mark_unchanged("1", now)
        due = ledger.database.row("SELECT next_due FROM links WHERE key = '1'")
        assert due is not None
        waits.append((due[0] - now.timestamp()) / 86400)
    assert waits == sorted(waits)
    assert waits[-1] <= 180


def test_an_unchanged_page_that_was_never_archived_is_a_failure(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.links.mark_unchanged("1", NOON)
    (trouble,) = ledger.links.troubles("failed")
    assert (trouble.tries, trouble.reason) == (1, "HTTP 304 to a request without a condition")


def test_a_refusal_told_twice_in_a_run_moves_the_schedule_once(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON)
    ledger.begin_run("r2", NOON, {})
    for _ in range(3):
        ledger.links.refuse("1", "redirects to the home page", NOON)
    assert ledger.database.row("SELECT streak, state, reason FROM links") == (
        1, "archived", "redirects to the home page",
    )  # fmt: skip


def test_a_clock_that_ran_ahead_leaves_nothing_undue_for_years(ledger: Ledger) -> None:
    future = NOON + 730 * DAY
    ledger.links.sift([link("1")], "r1", future)
    ledger.articles.archive(story("1"), future)
    ledger.begin_run("r2", NOON, {})
    assert keys(ledger.links.waiting(NOON, 10)) == ["1"]


def test_a_page_that_keeps_failing_is_given_up_after_five_runs_and_listed(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    now, asked = NOON, 1
    ledger.links.fail("1", "HTTP 500", now)
    for run in range(2, 8):
        now += 2 * DAY
        ledger.begin_run(f"r{run}", now, {})
        for ask in ledger.links.waiting(now, 10):
            asked += 1
            ledger.links.fail(ask.link.key, f"HTTP 50{run}", now)
    assert asked == TRIES_MAX
    (lost,) = ledger.links.troubles("given_up")
    assert (lost.key, lost.url, lost.tries) == ("1", link("1").url, TRIES_MAX)
    assert (lost.state, lost.reason, lost.next_due) == ("given_up", "HTTP 505", None)
    assert ledger.links.sift([link("1")], "r7", now).ask == ()
    ledger.begin_run("r8", NOON + 15 * DAY, {})
    assert keys(ledger.links.sift([link("1")], "r8", NOON + 15 * DAY).ask) == ["1"]


def test_a_first_failure_is_asked_for_by_the_very_next_run(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.links.fail("1", "timeout", NOON)
    assert tuple(ledger.links.waiting(NOON, 10)) == ()
    assert ledger.links.sift([link("1")], "r1", NOON).ask == ()
    ledger.begin_run("r2", NOON, {})
    assert keys(ledger.links.waiting(NOON, 10)) == ["1"]


def test_a_third_failure_waits(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    for run in range(2, 5):
        ledger.links.fail("1", "timeout", NOON)
        ledger.begin_run(f"r{run}", NOON, {})
    assert tuple(ledger.links.waiting(NOON + 6 * HOUR - timedelta(seconds=1), 10)) == ()
    assert ledger.links.sift([link("1")], "r4", NOON).ask == ()
    assert keys(ledger.links.waiting(NOON + 6 * HOUR, 10)) == ["1"]


def test_a_failure_told_twice_in_a_run_counts_once(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    for _ in range(TRIES_MAX):
        ledger.links.fail("1", "timeout", NOON)
    (trouble,) = ledger.links.troubles("failed")
    assert (trouble.tries, trouble.reason, trouble.next_due) == (1, "timeout", NOON)


def test_a_success_in_the_same_run_forgets_the_failure(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.links.fail("1", "timeout", NOON)
    assert ledger.articles.archive(story("1"), NOON).outcome == "new"
    assert ledger.links.states() == dict.fromkeys(STATES, 0) | {"archived": 1}
    assert ledger.database.row("SELECT tries, reason FROM links") == (0, None)


def test_given_up_links_can_be_opened_again(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    for run in range(2, 2 + TRIES_MAX):
        ledger.links.fail("1", "HTTP 500", NOON)
        ledger.begin_run(f"r{run}", NOON, {})
    assert ledger.links.states()["given_up"] == 1
    assert ledger.links.reopen(NOON, ["given_up"]) == 1
    assert list(ledger.links.troubles("given_up")) == []
    assert keys(ledger.links.waiting(NOON, 10)) == ["1"]
    assert ledger.links.reopen(NOON, ["given_up"]) == 0


def test_a_link_opened_again_has_all_its_tries_before_it(ledger: Ledger) -> None:
    ledger.links.sift([link("1"), link("2"), link("3")], "r1", NOON)
    ledger.links.fail("1", "timeout", NOON)
    ledger.links.refuse("2", "a photo story", NOON)
    ledger.begin_run("r2", NOON, {})
    assert ledger.links.reopen(NOON + HOUR, ["failed", "refused"]) == 2
    told = ledger.links.troubles("failed", "refused", "discovered")
    assert [(t.key, t.state, t.tries) for t in told] == [
        ("1", "failed", 0), ("2", "failed", 0), ("3", "discovered", 0),
    ]  # fmt: skip
    assert keys(ledger.links.waiting(NOON + HOUR, 10)) == ["3", "1", "2"]


@pytest.mark.parametrize("state", ["archived", "gone"])
def test_what_is_archived_is_not_opened_again(ledger: Ledger, state: State) -> None:
    with pytest.raises(ValueError, match="by their schedule"):
        ledger.links.reopen(NOON, [state])


def test_a_page_that_is_no_article_is_asked_for_five_times_over_days(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.links.refuse("1", "a film", NOON)
    ledger.links.refuse("1", "a film", NOON)
    asked = []
    for hours in range(1, 300):
        now = NOON + hours * HOUR
        ledger.begin_run(f"r{hours + 1}", now, {})
        for _ in ledger.links.sift([link("1")], f"r{hours + 1}", now).ask:
            asked.append(hours)
            ledger.links.refuse("1", "a film", now)
    assert asked == [1, 2, 50, 50 + 7 * 24]
    (trouble,) = ledger.links.troubles("refused")
    assert (trouble.tries, trouble.reason, trouble.next_due) == (5, "a film", None)


def test_a_refused_page_comes_back_when_a_list_names_it_a_month_later(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    for run in range(2, 7):
        ledger.links.refuse("1", "redirect_offsite", NOON)
        ledger.begin_run(f"r{run}", NOON, {})
    ledger.begin_run("r7", NOON + 31 * DAY, {})
    assert tuple(ledger.links.waiting(NOON + 31 * DAY, 10)) == ()
    assert keys(ledger.links.sift([link("1")], "r7", NOON + 31 * DAY).ask) == ["1"]
    assert ledger.articles.archive(story("1"), NOON + 31 * DAY).outcome == "new"


def test_what_the_declaration_refuses_is_final(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.links.refuse("1", "skipped section", NOON)
    ledger.begin_run("r2", NOON + 999 * DAY, {})
    assert ledger.links.sift([link("1")], "r2", NOON + 999 * DAY).ask == ()
    assert tuple(ledger.links.waiting(NOON + 999 * DAY, 10)) == ()


def test_what_robots_txt_refuses_is_asked_for_again_after_a_week(ledger: Ledger) -> None:
    ledger.links.sift([link("1"), link("2")], "r1", NOON)
    ledger.links.refuse("1", "robots", NOON)
    ledger.links.refuse("2", "skipped section", NOON)
    assert ledger.links.states()["refused"] == 2
    ledger.begin_run("r2", NOON + 6 * DAY, {})
    assert tuple(ledger.links.waiting(NOON + 6 * DAY, 10)) == ()
    assert ledger.links.sift([link("1")], "r2", NOON + 6 * DAY).ask == ()
    ledger.begin_run("r3", NOON + 7 * DAY, {})
    assert keys(ledger.links.sift([link("1"), link("2")], "r3", NOON + 7 * DAY).ask) == ["1"]
    ledger.links.refuse("1", "robots", NOON + 7 * DAY)
    ledger.begin_run("r4", NOON + 14 * DAY, {})
    (ask,) = ledger.links.waiting(NOON + 14 * DAY, 10)
    assert (ask.link.key, ask.reason) == ("1", "again")
    assert ledger.articles.archive(story("1"), NOON + 14 * DAY).outcome == "new"


@pytest.mark.parametrize("outcome", ["refuse", "fail"])
def test_an_archived_article_survives_what_its_address_answers_later(
    ledger: Ledger, outcome: str
) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    stored = ledger.articles.archive(story("1"), NOON, '"v1"').article
    for run in range(2, 3 + TRIES_MAX):
        ledger.begin_run(f"r{run}", NOON, {})
        getattr(ledger.links, outcome)("1", "redirects to the home page", NOON)
    assert ledger.links.states()["archived"] == 1
    assert ledger.articles.get("1") == stored
    ledger.begin_run("r99", NOON + 200 * DAY, {})
    assert keys(ledger.links.waiting(NOON + 200 * DAY, 10)) == ["1"]


def test_a_missing_page_is_looked_for_by_the_next_runs_after_a_day_and_a_week(
    ledger: Ledger,
) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    assert ledger.articles.mark_absent("1", 404, NOON) == "never_there"
    assert ledger.articles.mark_absent("1", 404, NOON) == "known"
    asked, now = [], NOON
    for run in range(2, 30):
        now += DAY
        ledger.begin_run(f"r{run}", now, {})
        for _ in ledger.links.waiting(now, 10):
            asked.append(now - NOON)
            assert ledger.articles.mark_absent("1", 404, now) == "known"
    assert asked == [DAY, 2 * DAY, 3 * DAY, 10 * DAY]
    assert ledger.links.states()["gone"] == 1


def test_a_missing_page_that_appears_late_is_archived(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.mark_absent("1", 404, NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    (ask,) = ledger.links.sift([link("1")], "r2", NOON + DAY).ask
    assert ask.reason == "again"
    assert ledger.articles.archive(story("1"), NOON + DAY).outcome == "new"


def test_one_article_under_several_addresses_is_one_link(ledger: Ledger) -> None:
    addresses = [link("1"), link("1", host="m.bao.vn"), link("1", slug="le-hoi-xuan")]
    sifted = ledger.links.sift(addresses, "r1", NOON)
    assert (keys(sifted.ask), sifted.new) == (["1"], 1)
    assert sum(ledger.links.states().values()) == 1
    assert ledger.links.get("1") == link("1", slug="le-hoi-xuan")
    known = {link("1").url, *ledger.links.addresses("1")}
    assert known == {address.url for address in addresses}


def test_a_gone_article_listed_under_a_new_slug_is_asked_for_there_at_once(ledger: Ledger) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    ledger.articles.mark_absent("1", 410, NOON + DAY)
    ledger.begin_run("r2b", NOON + DAY, {})
    assert ledger.articles.mark_absent("1", 410, NOON + DAY) == "gone"
    ledger.begin_run("r3", NOON + DAY, {})
    moved = link("1", slug="le-hoi-xuan")
    (ask,) = ledger.links.sift([moved], "r3", NOON + DAY).ask
    assert (ask.link, ask.etag, ask.reason) == (moved, None, "due")
    assert ledger.links.sift([link("1")], "r3", NOON + DAY).ask == ()


def test_a_list_read_after_the_old_address_was_gone_leads_to_the_new_one_next(
    ledger: Ledger,
) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    (old,) = ledger.links.waiting(NOON + DAY, 10)
    assert old.link == link("1")
    ledger.articles.mark_absent("1", 404, NOON + DAY)
    moved = link("1", slug="le-hoi-xuan")
    assert ledger.links.sift([moved], "r2", NOON + DAY).ask == ()
    ledger.begin_run("r3", NOON + 2 * DAY, {})
    (ask,) = ledger.links.waiting(NOON + 2 * DAY, 10)
    other = ledger.links.next_address("1", ask.link.url)
    assert other is not None
    assert {ask.link.url, other.link.url} == {link("1").url, moved.url}
    assert (ask.etag, other.etag) == (None, None)
    answers = replace(story("1"), url=moved.url)
    ledger.articles.archive(answers, NOON + 2 * DAY)
    assert ledger.articles.get("1") == answers
    assert ledger.links.addresses("1") == (link("1").url, moved.url)


def test_a_due_article_listed_under_a_new_slug_is_asked_for_there_without_validators(
    ledger: Ledger,
) -> None:
    ledger.links.sift([link("1")], "r1", NOON)
    ledger.articles.archive(story("1"), NOON, '"v1"')
    ledger.begin_run("r2", NOON + DAY, {})
    moved = link("1", slug="le-hoi-xuan")
    (ask,) = ledger.links.sift([moved], "r2", NOON + DAY).ask
    assert (ask.link.url, ask.etag) == (moved.url, None)


def test_what_was_asked_for_and_never_told_is_swept_up(ledger: Ledger) -> None:
    ledger.links.sift(
        [link("1"), link("2"), link("3"), link("4"), link("5"), link("6")], "r1", NOON
    )
    ledger.articles.archive(story("1"), NOON)
    ledger.links.refuse("2", "robots.txt", NOON)
    ledger.links.fail("3", "timeout", NOON)
    ledger.articles.mark_absent("5", 410, NOON)
    assert [each.key for each in ledger.links.troubles("discovered")] == ["4", "6"]


def test_every_link_is_in_exactly_one_state(ledger: Ledger) -> None:
    ledger.links.sift([link(str(number)) for number in range(6)], "r1", NOON)
    ledger.articles.archive(story("0"), NOON)
    ledger.links.refuse("1", "off-site", NOON)
    ledger.links.fail("2", "timeout", NOON)
    ledger.articles.mark_absent("3", 404, NOON)
    states = ledger.links.states()
    expected = {
        "archived": 1, "refused": 1, "failed": 1, "gone": 1, "discovered": 2, "given_up": 0,
    }  # fmt: skip
    assert states == expected
    assert tuple(states) == STATES


OUTCOMES: Mapping[str, Callable[[Ledger, str], object]] = {
    "unchanged": lambda ledger, key: ledger.links.mark_unchanged(key, NOON),
    "gone": lambda ledger, key: ledger.articles.mark_absent(key, 404, NOON),
    "refuse": lambda ledger, key: ledger.links.refuse(key, "x", NOON),
    "fail": lambda ledger, key: ledger.links.fail(key, "x", NOON),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_outcome_for_a_link_never_seen_is_an_error(ledger: Ledger, outcome: str) -> None:
    with pytest.raises(KeyError):
        OUTCOMES[outcome](ledger, "404")


def test_a_moment_without_a_zone_is_an_error_and_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        ledger.links.sift([link("1")], "r1", NOON.replace(tzinfo=None))
    assert not ledger.links.is_known("1")


def test_the_progress_of_a_listing_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.lists.get("thoi-su") == Listing(None, None, None)
    ledger.lists.note("thoi-su", Listing("trang-7", None, date(2019, 3, 1)), NOON)
    ledger.lists.note("kinh-te", Listing(None, NOON, None), NOON)
    ledger.close()
    with Ledger.open(tmp_path, "bao") as again:
        assert again.lists.get("thoi-su") == Listing("trang-7", None, date(2019, 3, 1))
        assert again.lists.get("kinh-te") == Listing(None, NOON, None)


def test_runs_are_told_by_their_records_and_killed_ones_by_name(ledger: Ledger) -> None:
    ledger.runs.end("r1", {"run_id": "r1", "new": 3})
    assert ledger.begin_run("r2", NOON + HOUR, {"since": "2022"}) == ()
    assert ledger.begin_run("r3", NOON + 2 * HOUR, {}) == ("r2",)
    ledger.runs.end("r3", {"run_id": "r3", "new": 0})
    assert ledger.runs.last(1) == ({"run_id": "r3", "new": 0},)
    assert [run["run_id"] for run in ledger.runs.last(9)] == ["r3", "r1"]
    with pytest.raises(ArchiveError, match="already knows a run r2"):
        ledger.begin_run("r2", NOON, {})
    with pytest.raises(KeyError):
        ledger.runs.end("r4", {})


def test_writes_are_grouped_until_flushed(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, "bao") as ledger, Ledger.open(tmp_path, "bao") as reader:
        ledger.begin_run("r1", NOON, {})
        ledger.flush()
        ledger.links.sift([link("1")], "r1", NOON)
        ledger.links.sift([link("2")], "r1", NOON)
        assert not reader.links.is_known("1")
        ledger.flush()
        assert reader.links.is_known("2")


def test_pages_are_on_the_disk_before_the_commit_that_refers_to_them(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, "bao") as ledger, Ledger.open(tmp_path, "bao") as reader:
        seen = []
        ledger.database.before_commit = lambda: seen.append(sum(reader.links.states().values()))
        ledger.begin_run("r1", NOON, {})
        ledger.links.sift([link("1")], "r1", NOON)
        ledger.flush()
        assert seen == [0]
        assert reader.links.states()["discovered"] == 1
        ledger.flush()
        assert seen == [0]


def test_when_pages_cannot_be_synced_nothing_is_committed(tmp_path: Path) -> None:
    def refuse() -> None:
        raise ArchiveError("keeping pages: no space")

    ledger = Ledger.open(tmp_path, "bao")
    ledger.begin_run("r1", NOON, {})
    ledger.flush()
    ledger.database.before_commit = refuse
    ledger.links.sift([link("1")], "r1", NOON)
    with pytest.raises(ArchiveError, match="no space"):
        ledger.flush()
    with pytest.raises(ArchiveError, match="no space"):
        ledger.links.sift([link("2")], "r1", NOON)
    ledger.close()
    with Ledger.open(tmp_path, "bao") as again:
        assert sum(again.links.states().values()) == 0


def test_what_raises_in_the_middle_of_a_write_leaves_no_half(ledger: Ledger) -> None:
    def links() -> Iterator[Link]:
        yield link("2")
        raise RuntimeError("the list broke off")

    ledger.links.sift([link("1")], "r1", NOON)
    with pytest.raises(RuntimeError):
        ledger.links.sift(links(), "r1", NOON)
    assert ledger.links.is_known("1")
    assert not ledger.links.is_known("2")
    assert ledger.links.sift([link("3")], "r1", NOON).new == 1
