"""What a bad hour of a site costs: nothing. Real answers over sockets, wrong in one run or two.

Every case ends with all articles in the archive, with an exit code and a line that say what
happened, and with the healthy runs asking for little more than they need.
"""

# ruff: noqa: ARG005  (an answer may need neither its site nor its address)

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.run_report import RunReport
from tests.integration.test_download_handler import certificate
from tests.support.moody_site import MoodySite, Reply, Rule, moody_site, page, redirect

pytestmark = pytest.mark.thorough

MAINTENANCE = "<h1>Hệ thống đang bảo trì</h1>" + "".join(
    f"<p>Đội kỹ thuật đang thay ổ đĩa thứ {n}, mong bạn đọc trở lại sau.</p>" for n in range(3)
)
EXPIRED = "<h1>Tên miền đã hết hạn</h1><p>Liên hệ nhà đăng ký để gia hạn.</p>"
ERROR_AND_NEWS = "<h1>Lỗi</h1>" + "".join(
    f'<p><a href="/moi-{n}.html">Tin mới nhất thứ {n} trong ngày hôm nay</a></p>' for n in range(9)
)
NOTICE = (  # reads like an article: a date, a lead and a text
    "<h1>Thông báo bảo trì hệ thống máy chủ</h1><time>30/11/2026 08:00</time>"
    + "<p>Máy chủ của tòa soạn được nâng cấp trong hai ngày cuối tuần này, mong thông cảm.</p>" * 6
)
# What the articles answer in the bad run, and a word of the line that tells of it.
WRONG: dict[str, tuple[Callable[[MoodySite, str], Reply], str]] = {
    "another host": (lambda site, path: redirect("https://khac.example/"), "another host"),
    "another port": (
        lambda site, path: redirect(f"https://{site.paper.domain}:8443{path}"),
        "another port",
    ),
    "mobile host": (lambda site, path: redirect(f"https://di-dong.vn{path}", 301), "another host"),
    "loop": (lambda site, path: redirect(f"{path}?x={path.count('x')}x", 307), "without end"),
    "one other article": (lambda site, path: redirect(site.path(23)), "another page"),
    "home page": (lambda site, path: redirect("/"), "another page"),
    "maintenance": (lambda site, path: page(MAINTENANCE), "showed a page"),
    "unavailable": (
        lambda site, path: page("<h1>Service Unavailable</h1>"),
        "showed a page",
    ),
    "expired": (lambda site, path: page(EXPIRED), "showed a page"),
    "error and news": (lambda site, path: page(ERROR_AND_NEWS), "showed a page"),
    "a notice": (lambda site, path: page(NOTICE), "OUTAGE of the site"),
    "404": (lambda site, path: page("", 404), "answered 404"),
    "410": (lambda site, path: page("", 410), "answered 410"),
}


@pytest.fixture(params=["K", "A", "E2"])
def site(request: pytest.FixtureRequest) -> Iterator[MoodySite]:
    with moody_site(request.param, former=6 if request.param == "K" else 0) as site:
        yield site


def wrong(site: MoodySite, kind: str, some: int = 0) -> Rule:
    """The wrong answer at all articles but the first so many; a redirect's target answers."""
    answer, _ = WRONG[kind]

    def rule(target: str) -> Reply | None:
        path = target.partition("?")[0]
        if path == "/" and kind == "home page":
            return page("<h1>Trang nhất</h1>")
        is_spared = path in [site.path(n) for n in (*range(1, some + 1), 23)]
        return answer(site, target) if site.is_article(path) and not is_spared else None

    return rule


def everything(site: MoodySite) -> set[int]:
    return {*site.numbers, *site.former}


def until_whole(site: MoodySite, folder: Path, days: tuple[float, ...]) -> RunReport:
    """The last of the healthy runs on these days."""
    report = None
    for day in days:
        report = site.crawl(folder, day=day)
    assert report is not None
    assert site.archived(folder) == everything(site)
    return report


@pytest.mark.parametrize("kind", WRONG)
def test_most_articles_answer_wrong_in_one_run(site: MoodySite, kind: str, tmp_path: Path) -> None:
    bad = site.crawl(tmp_path, wrong(site, kind, some=3))
    assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN), bad.summary()
    assert WRONG[kind][1] in bad.summary()
    assert len(site.archived(tmp_path)) <= 4
    healthy = until_whole(site, tmp_path, (0.01,))
    assert healthy.exit_code == 0, healthy.summary()
    assert sum(site.asked.values()) <= 3 * len(everything(site))
    assert "gone" not in {state for state, n in healthy.states.items() if n}


@pytest.mark.parametrize("kind", ["another host", "maintenance", "a notice", "404"])
def test_two_bad_runs_in_a_row(site: MoodySite, kind: str, tmp_path: Path) -> None:
    for day in (0, 1.5):
        bad = site.crawl(tmp_path, wrong(site, kind), day=day)
        assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN)
    assert until_whole(site, tmp_path, (3,)).exit_code == 0


@pytest.mark.parametrize("kind", WRONG)
def test_archived_articles_answer_wrong_in_one_run(
    site: MoodySite, kind: str, tmp_path: Path
) -> None:
    site.crawl(tmp_path)
    bad = site.crawl(tmp_path, wrong(site, kind), day=2, refetch="0d")
    assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN), bad.summary()
    assert site.archived(tmp_path) == everything(site)
    healthy = until_whole(site, tmp_path, (2.1,))
    assert {n for state, n in healthy.states.items() if state != "archived"} <= {0}
    assert healthy.count("article/changed") == 0


@pytest.mark.parametrize("status", [404, 410])
def test_the_former_lists_answer_wrong_in_one_run(status: int, tmp_path: Path) -> None:
    with moody_site("K", former=12) as site:
        bad = site.crawl(
            tmp_path, lambda target: page("", status) if target.startswith("/cu/trang") else None
        )
        assert bad.exit_code == ExitCode.DEGRADED
        assert "former lists" in bad.summary()
        assert len(site.archived(tmp_path)) == 23
        assert until_whole(site, tmp_path, (0.01,)).exit_code == 0


def test_a_former_list_that_is_gone_is_closed_a_day_later_and_opens_again(tmp_path: Path) -> None:
    with moody_site("K", former=12) as site:

        def gone(target: str) -> Reply | None:
            return page("", 404) if target.startswith("/cu/trang") else None

        site.crawl(tmp_path, gone)
        assert site.crawl(tmp_path, gone, day=0.1).exit_code == ExitCode.DEGRADED
        closed = site.crawl(tmp_path, gone, day=1.2)
        assert closed.exit_code == 0
        assert "former lists that are closed (since= asks for them again): 1" in closed.summary()
        quiet = site.crawl(tmp_path, gone, day=1.3)
        assert not any(target.startswith("/cu/") for target in site.asked)
        assert "closed" in quiet.summary()
        site.crawl(tmp_path, day=1.4, since="2020-01-01")
        assert site.archived(tmp_path) == everything(site)


def test_a_closed_list_that_answers_again_opens_by_itself(tmp_path: Path) -> None:
    with moody_site("K", former=12) as site:
        for day in (0, 1.2, 2.5):
            site.crawl(
                tmp_path, lambda target: page("", 404) if "/cu/" in target else None, day=day
            )
        until_whole(site, tmp_path, (12,))


# Pagers ------------------------------------------------------------------------------------------

BEYOND: dict[str, Callable[[MoodySite, str], Reply]] = {
    "302 to the section": lambda site, target: redirect(target.partition("&")[0]),
    "404": lambda site, target: page("", 404),
    "410": lambda site, target: page("", 410),
    "an empty list": lambda site, target: page('<div id="cate-content"></div>'),
    "the last page": lambda site, target: site.answer("/xa-hoi?cate=7&page=5"),
    "page modulo N": lambda site, target: site.answer(
        f"/xa-hoi?cate=7&page={(int(target.rpartition('=')[2]) - 1) % 5 + 1}"
    ),
}


@pytest.mark.parametrize("kind", BEYOND)
def test_a_pager_ends_where_its_list_does(kind: str, tmp_path: Path) -> None:
    with moody_site("E2") as site:

        def rule(target: str) -> Reply | None:
            is_beyond = "page=" in target and int(target.rpartition("=")[2]) > 5
            return BEYOND[kind](site, target) if is_beyond else None

        for day in (0, 0.1, 0.2, 2, 3, 20):
            run = site.crawl(tmp_path, rule, day=day)
            is_silent = day > 7  # days without an article of a daily newspaper are told, rightly
            assert run.exit_code == (3 if is_silent else 0), run.summary()
            assert ("STALLED" in run.summary()) is is_silent
            # A day after it was read back, the list is passed through once more, with its end.
            assert site.lists_asked() <= 5 + (8 if day == 2 else 5)
        assert site.archived(tmp_path) == everything(site)
        assert site.lists_asked() <= 6


@pytest.mark.parametrize("kind", BEYOND)
def test_a_wrong_end_in_a_bad_run_hides_nothing(kind: str, tmp_path: Path) -> None:
    with moody_site("E2") as site:
        site.crawl(
            tmp_path,
            lambda target: (
                BEYOND[kind](site, target)
                if "page=" in target and int(target.rpartition("=")[2]) > 2
                else None
            ),
        )
        until_whole(site, tmp_path, (0.1,))


def test_an_empty_list_api_is_asked_once_a_run(tmp_path: Path) -> None:
    with moody_site("A") as site:

        def empty(target: str) -> Reply | None:
            return replace(site.answer(target), body=EMPTY_API) if "/list" in target else None

        for day in (0, 0.1, 0.2, 2, 3):
            assert site.crawl(tmp_path, empty, day=day).exit_code == 0
            assert site.lists_asked() == 2, site.order
        assert site.archived(tmp_path) == set(site.numbers[:5])
        until_whole(site, tmp_path, (3.1, 3.2))


@pytest.mark.parametrize("first", [0, 5, 20])
def test_an_empty_answer_of_the_list_api_in_a_bad_run_hides_nothing(
    first: int, tmp_path: Path
) -> None:
    with moody_site("A") as site:

        def empty(target: str) -> Reply | None:
            is_empty = f"first={first}&" in target
            return replace(site.answer(target), body=EMPTY_API) if is_empty else None

        site.crawl(tmp_path, empty)
        until_whole(site, tmp_path, (0.1,))


EMPTY_API = b'{"response": [], "total": 0}'


def test_lists_of_which_only_the_front_page_can_be_read_are_told(tmp_path: Path) -> None:
    with moody_site("A") as site:

        def bare(target: str) -> Reply | None:
            is_front = target == "/xa-hoi/"
            return page(site.list_links(site.numbers[:5])) if is_front else None

        bad = site.crawl(tmp_path, bare)
        assert bad.exit_code == ExitCode.DEGRADED
        assert "only the newest page could be read: 1" in bad.summary()
        assert bad.record()["front_only_lists"] == ["https://baoa.vn/xa-hoi/"]
        assert until_whole(site, tmp_path, (0.1,)).exit_code == 0


# Lists that change while they are walked ---------------------------------------------------------


def test_an_article_unpublished_during_a_refresh_hides_none(
    site: MoodySite, tmp_path: Path
) -> None:
    site.crawl(tmp_path)
    site.numbers[:0] = range(60, 42, -1)
    taken: list[int] = []

    def rule(target: str) -> Reply | None:
        second = {"K": "trang-3", "A": "first=10", "E2": "page=3"}[site.family]
        if second in target and not taken:
            taken.append(site.numbers.pop(1))
        return None

    site.crawl(tmp_path, rule, day=1)
    for day in (1.1, 1.2):
        site.crawl(tmp_path, day=day)
    assert taken
    assert site.archived(tmp_path) >= everything(site)


def test_a_second_pass_ahead_of_the_refresh_hides_none(site: MoodySite, tmp_path: Path) -> None:
    """One 503 lets the second pass see first all news that the refresh finds behind its page 1."""
    second, third = {
        "K": ("xa-hoi/trang-2.", "xa-hoi/trang-3."),
        "A": ("first=5&", "first=10&"),
        "E2": ("page=2", "page=3"),
    }[site.family]
    site.crawl(tmp_path)
    site.numbers[:0] = range(60, 42, -1)
    failed: list[str] = []
    taken: list[int] = []

    def rule(target: str) -> Reply | None:
        if third in target and not taken:
            taken.append(site.numbers.pop(1))
        if second in target and not failed:
            failed.append(target)
            return page("", 503)
        return None

    one_by_one = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    bad = site.crawl(tmp_path, rule, day=1, settings=one_by_one)
    assert bad.count("list/second_pass") >= 1
    assert (taken, len(failed)) == ([59], 1)
    assert everything(site) - site.archived(tmp_path) == {50}
    for day in (1.1, 1.2):
        site.crawl(tmp_path, day=day)
    assert site.archived(tmp_path) >= everything(site)


@pytest.mark.parametrize("taken_at", [2, 3, 4])
@pytest.mark.parametrize("position", ["newest", "on the page before", "on a page long read"])
def test_an_article_unpublished_during_a_backfill_hides_none(
    site: MoodySite, taken_at: int, position: str, tmp_path: Path
) -> None:
    index = {"newest": 0, "on the page before": 5 * (taken_at - 1) - 2, "on a page long read": 1}
    of_family = {
        "K": f"xa-hoi/trang-{taken_at}.",
        "A": f"first={5 * taken_at - 5}&",
        "E2": f"page={taken_at}",
    }
    part = of_family[site.family]
    taken: list[int] = []

    def rule(target: str) -> Reply | None:
        if part in target and not taken:
            taken.append(site.numbers.pop(index[position]))
        return None

    first = site.crawl(tmp_path, rule)
    assert taken
    assert first.exit_code == 0
    missing = everything(site) - site.archived(tmp_path)
    assert len(missing) == 1, "the article that moved up to a page read already"
    site.crawl(tmp_path, day=0.1)
    assert site.lists_asked() <= 4
    second = site.crawl(tmp_path, day=1.1)
    assert site.archived(tmp_path) >= everything(site)
    assert second.count("list/second_pass") == (2 if site.family == "K" else 1)
    assert site.lists_asked() <= 5 + 2 + 5
    for day in (1.2, 3):
        quiet = site.crawl(tmp_path, day=day)
        assert quiet.count("list/second_pass") == 0
        assert site.lists_asked() <= 5


def test_a_second_pass_that_is_killed_begins_again(tmp_path: Path) -> None:
    with moody_site("K") as site:

        def rule(target: str) -> Reply | None:
            if "xa-hoi/trang-4" in target and len(site.numbers) == 23:
                site.numbers.pop(2)
            return None

        site.crawl(tmp_path, rule)
        assert len(everything(site) - site.archived(tmp_path)) == 1
        killed = site.crawl_apart(tmp_path, day=1.1, kill_after=4)
        assert killed.returncode == -SIGKILL, killed.stderr
        until_whole_but(site, tmp_path, 1.2, 21)


def until_whole_but(site: MoodySite, folder: Path, day: float, removed: int) -> None:
    """A run after which all is archived, what was removed from the list too."""
    site.crawl(folder, day=day)
    assert site.archived(folder) == everything(site) | {removed}


# Answers that promise a page they do not bring, and clocks ---------------------------------------


def test_a_304_nobody_asked_for_is_told_and_asked_again(site: MoodySite, tmp_path: Path) -> None:
    bad = site.crawl(
        tmp_path, lambda target: Reply(304, headers=()) if site.is_article(target) else None
    )
    assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN)
    assert bad.count("article/unchanged") == 0
    assert until_whole(site, tmp_path, (0.01,)).exit_code == 0


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "utf-8"])
def test_plain_pages_under_the_name_of_a_packing_are_read_as_they_are(
    site: MoodySite, encoding: str, tmp_path: Path
) -> None:
    run = site.crawl(tmp_path, lambda target: named(site.answer(target), encoding))
    assert run.exit_code == 0, run.summary()
    assert ("read as they are" in run.summary()) is (encoding != "utf-8")
    assert site.archived(tmp_path) == everything(site)


@pytest.mark.parametrize("encoding", ["gzip", "br", "utf-8"])
def test_half_a_plain_page_under_a_wrong_name_is_never_stored(
    site: MoodySite, encoding: str, tmp_path: Path
) -> None:
    def halved(target: str) -> Reply | None:
        right = site.answer(target)
        half = replace(right, body=right.body[: len(right.body) // 2])
        return named(half, encoding) if site.is_article(target) else None

    bad = site.crawl(tmp_path, halved)
    assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN)
    assert list(read_articles(tmp_path / site.paper.name)) == []
    assert until_whole(site, tmp_path, (0.01,)).exit_code == 0


def named(reply: Reply, encoding: str) -> Reply:
    return replace(reply, headers=(*reply.headers, ("Content-Encoding", encoding)))


def test_rows_carry_our_own_time_whatever_the_server_says(tmp_path: Path) -> None:
    with moody_site("K") as site:

        def ahead(target: str) -> Reply:
            right = site.answer(target)
            return replace(
                right, headers=(*right.headers, ("Date", "Sat, 1 Jan 2033 00:00:00 GMT"))
            )

        site.crawl(tmp_path, ahead)
        years = {line["fetched_at"][:4] for line in read_articles(tmp_path / "baok")}
        assert years == {f"{datetime.now(UTC):%Y}"}


def test_a_clock_behind_the_last_run_is_helped_by_the_servers_date(tmp_path: Path) -> None:
    with moody_site("K") as site:
        site.numbers, later = site.numbers[3:], site.numbers
        site.crawl(tmp_path)
        site.numbers = later
        now = f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S GMT}"

        def dated(target: str) -> Reply:
            right = site.answer(target)
            return replace(right, headers=(*right.headers, ("Date", now)))

        report = site.crawl(tmp_path, dated, day=-700)
        assert "dated by their server" in report.summary()
        years = {line["fetched_at"][:4] for line in read_articles(tmp_path / "baok")}
        assert years == {f"{datetime.now(UTC):%Y}"}
        assert site.archived(tmp_path) == everything(site)


def test_a_host_that_refuses_connections_is_down_and_says_so(tmp_path: Path) -> None:
    with moody_site("K") as site:
        site.crawl(tmp_path)
        address, site.address = site.address, "http://127.0.0.1:1"
        down = site.crawl(tmp_path, day=1)
        assert down.exit_code == ExitCode.SITE_DOWN
        assert "connection refused" in down.summary()
        site.address = address
        until_whole(site, tmp_path, (1.1,))


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [("baok.vn", 0, "new 29"), ("guong.example", 4, "the certificate is not trusted")],
)
def test_a_mirror_over_tls_must_show_the_papers_name(
    name: str, code: int, said: str, tmp_path: Path
) -> None:
    """The authority is the operator's own, whom OpenSSL is told to trust by SSL_CERT_FILE."""
    context = certificate(tmp_path, name)
    with moody_site("K", former=6, tls=context) as site:
        done = site.crawl_apart(
            tmp_path / "archive", env={"SSL_CERT_FILE": str(tmp_path / "c.pem")}
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert said in done.stdout
        strange = site.crawl_apart(tmp_path / "other", env={"SSL_CERT_FILE": ""})
        assert strange.returncode == 4


# Some answers wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["another host", "loop", "one other article", "404", "maintenance"]
)
def test_three_of_all_articles_answer_wrong(site: MoodySite, kind: str, tmp_path: Path) -> None:
    answer, _ = WRONG[kind]
    chosen = [site.path(number) for number in (4, 9, 15)]
    bad = site.crawl(
        tmp_path,
        lambda target: answer(site, target) if target.partition("?")[0] in chosen else None,
    )
    assert bad.exit_code in (0, ExitCode.DEGRADED)
    assert any(word in bad.summary() for word in ("in doubt, asked for again", "failed 3"))
    assert until_whole(site, tmp_path, (0.01,)).exit_code == 0


@pytest.mark.parametrize(
    ("kind", "due"), [("home page", 2.5), ("404", 1.5), ("maintenance", 2.5), ("fault", 0.5)]
)
def test_a_third_bad_run_in_a_day_costs_a_wait_and_no_article(
    site: MoodySite, kind: str, due: float, tmp_path: Path
) -> None:
    answer = WRONG[kind][0] if kind in WRONG else lambda site, target: page("", 500)
    chosen = [site.path(number) for number in (4, 9, 15)]

    def rule(target: str) -> Reply | None:
        if target == "/":
            return page("<h1>Trang nhất</h1>")
        return answer(site, target) if target.partition("?")[0] in chosen else None

    for day in (0, 0.01, 0.02):
        site.crawl(tmp_path, rule, day=day)
    waiting = site.crawl(tmp_path, day=0.03)
    assert waiting.exit_code == 0, waiting.summary()
    assert not set(chosen) & set(site.asked)
    assert site.archived(tmp_path) == everything(site) - {4, 9, 15}
    assert until_whole(site, tmp_path, (due,)).exit_code == 0
    assert sum(site.asked.values()) <= 3 + 12


@pytest.mark.parametrize(
    ("kind", "answers"), [("another host", 6), ("maintenance", 14), ("404", 22)]
)
def test_a_kill_inside_a_bad_run_costs_nothing(
    site: MoodySite, kind: str, answers: int, tmp_path: Path
) -> None:
    killed = site.crawl_apart(tmp_path, wrong(site, kind, some=2), kill_after=answers)
    assert killed.returncode == -SIGKILL, killed.stderr
    assert answers <= len(site.order) <= answers + 4  # as many as are asked side by side
    healthy = until_whole(site, tmp_path, (0.01,))
    assert healthy.exit_code == 0, healthy.summary()
    assert "was killed" in healthy.summary()
    reasons = [(run["reason"], run["exit_code"]) for run in read_runs(tmp_path / site.paper.name)]
    assert reasons == [("killed", 128 + SIGKILL), ("finished", 0)]
    assert sum(site.asked.values()) <= 2 * len(everything(site))


@pytest.mark.parametrize("kind", ["404", "410", "one other article"])
def test_a_kill_inside_a_bad_look_at_what_is_archived_costs_nothing(
    site: MoodySite, kind: str, tmp_path: Path
) -> None:
    site.crawl(tmp_path)
    for day, answers in ((2, 12), (3.5, 18)):  # killed twice, on different days
        killed = site.crawl_apart(
            tmp_path, wrong(site, kind), day=day, kill_after=answers, refetch="0d"
        )
        assert killed.returncode == -SIGKILL, killed.stderr
    healthy = until_whole(site, tmp_path, (3.6, 5))
    assert healthy.exit_code == 0, healthy.summary()
    assert {n for state, n in healthy.states.items() if state != "archived"} <= {0}
    assert (
        len([run for run in read_runs(tmp_path / site.paper.name) if run["reason"] == "killed"])
        == 2
    )


@pytest.mark.parametrize("kind", ["another host", "maintenance", "404"])
def test_a_kill_inside_a_bad_run_of_a_backfill_costs_nothing(
    site: MoodySite, kind: str, tmp_path: Path
) -> None:
    bounded = {"LIST_PAGES": 2}
    site.crawl(tmp_path, settings=bounded)
    killed = site.crawl_apart(tmp_path, wrong(site, kind), settings=bounded, day=0.1, kill_after=6)
    assert killed.returncode == -SIGKILL, killed.stderr
    for day in (0.2, 0.3, 0.4, 0.5):
        report = site.crawl(tmp_path, settings=bounded, day=day)
        assert ("was killed" in report.summary()) is (day == 0.2)
    assert site.archived(tmp_path) == everything(site)


def test_a_bad_run_during_a_backfill(site: MoodySite, tmp_path: Path) -> None:
    bounded = {"LIST_PAGES": 2}
    site.crawl(tmp_path, settings=bounded)
    site.crawl(tmp_path, wrong(site, "another host"), settings=bounded, day=0.1)
    for day in (0.2, 0.3, 0.4, 0.5):
        site.crawl(tmp_path, settings=bounded, day=day)
    assert site.archived(tmp_path) == everything(site)
