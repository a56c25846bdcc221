"""Bad hours of other kinds: what stands between reader and site, wrong texts, sitemaps and APIs.

After the hour the site is well: every article is in the archive with its own text, none is gone,
and the bad run's exit code and summary say what happened.
"""

# ruff: noqa: ARG005  (an answer may need neither its site nor its address)

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.run_report import RunReport
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.moody_site import FIRST_DAY, MoodySite, Reply, Rule, moody_site, page, redirect
from tests.support.strangers import load_more, webforms
from tests.support.strangers.serving import Answer, Stranger, serving

pytestmark = pytest.mark.thorough

LOGIN = (
    "<h1>Đăng nhập để đọc tiếp</h1><form method=post><p>Bạn cần đăng nhập tài khoản bạn đọc của tòa"
    " soạn để xem nội dung này; đăng ký mất một phút.</p><input name=u><input type=password></form>"
)
PORTAL = (
    "<h1>Mạng không dây miễn phí</h1><p>Vui lòng xem quảng cáo trong mười lăm giây để truy cập mạng"
    " tại khách sạn.</p><a href='/login?go'>Tiếp tục</a>"
)
LOST = "<div class='e404'><h2>Rất tiếc, trang bạn tìm không còn ở đây</h2><ul>" + "".join(
    f"<li><a href='/chuyen-khac-{n}-ke-lai-nhieu-lan-9{n:05d}.html'>Chuyện khác số {n} kể lại nhiều"
    " lần</a></li>"
    for n in range(9)
)
HTML = ("Content-Type", "text/html; charset=utf-8")
Wrong = Callable[[MoodySite, int], Reply]
"""The newspaper and an article's number → the wrong answer"""


@pytest.fixture(params=["K", "A", "E2"])
def site(request: pytest.FixtureRequest) -> Iterator[MoodySite]:
    with moody_site(request.param) as site:
        if site.family == "K":
            site.former = [201, 202]  # its former list is there, so that nothing else is wrong
        yield site


def number_of(site: MoodySite, target: str) -> int | None:
    path = urlsplit(target).path
    return next((n for n in (*site.numbers, *site.former) if site.path(n) == path), None)


def at_articles(site: MoodySite, wrong: Wrong) -> Rule:
    def rule(target: str) -> Reply | None:
        number = number_of(site, target)
        return None if number is None else wrong(site, number)

    return rule


def right(site: MoodySite, folder: Path) -> set[int]:
    """The numbers of the articles that the archive has live, with their own title, text, day."""
    found = set()
    for line in read_articles(folder / site.paper.name):
        number = number_of(site, line["url"])
        assert number is not None, line["url"]
        text = [
            f"Đoạn {n} của chuyện thứ {number}, kể rằng làng dựng lại mái đình vào mùa khô."
            for n in range(1, 5)
        ]
        day = f"{FIRST_DAY + timedelta(days=number):%Y-%m-%d}"
        is_own = line["body"] == "\n\n".join(text) and line["published_date"] == day
        if line["status"] == "live" and is_own and f"số {number} " in line["headline"]:
            found.add(number)
    return found


def well(site: MoodySite, folder: Path, *days: float) -> RunReport:
    """The last of the healthy runs; then every article is there."""
    run = None
    for day in days:
        run = site.crawl(folder, day=day)
    assert run is not None
    assert right(site, folder) == {*site.numbers, *site.former}, run.summary()
    assert len(list(read_articles(folder / site.paper.name))) == len(right(site, folder))
    return run


def replaced(site: MoodySite, number: int, change: Callable[[bytes], bytes]) -> Reply:
    own = site.article(number)
    return Reply(own.status, change(own.body), own.headers)


def packed_half(site: MoodySite, number: int) -> Reply:
    packed = gzip.compress(site.article(number).body)
    return Reply(200, packed[: len(packed) // 2], (HTML, ("Content-Encoding", "gzip")))


# What every article answers in the bad run, so that nothing of it may be believed.
UNREADABLE: dict[str, Wrong] = {
    "a login page": lambda site, n: page(LOGIN),
    "another 404 page": lambda site, n: page(LOST),
    "an empty body": lambda site, n: Reply(200, b"", (HTML,)),
    "half of a gzip body": packed_half,
    "a length too long": lambda site, n: Reply(200, site.article(n).body, (HTML,), is_cut=True),
    "an error as JSON": lambda site, n: Reply(
        200, b'{"error":"rate"}', (("Content-Type", "application/json"),)
    ),
    "letters lost": lambda site, n: replaced(
        site, n, lambda body: body.decode().encode("ascii", "replace")
    ),
    "letters broken": lambda site, n: replaced(
        site, n, lambda body: body.decode("cp1252", "replace").encode()
    ),
    "a day of 2031": lambda site, n: replaced(
        site, n, lambda body: body.replace(b"/2026", b"/2031")
    ),
    "one article's text": lambda site, n: site.article(23),
    "429 for a day": lambda site, n: Reply(429, b"slow", (HTML, ("Retry-After", "86400"))),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_no_article_is_made_of_an_answer_that_is_none(
    site: MoodySite, kind: str, tmp_path: Path
) -> None:
    bad = site.crawl(tmp_path, at_articles(site, UNREADABLE[kind]))
    assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN), bad.summary()
    assert right(site, tmp_path) <= {23}
    assert well(site, tmp_path, 0.01).exit_code == 0


@pytest.mark.parametrize("kind", UNREADABLE)
def test_no_archived_text_is_replaced_by_an_answer_that_is_none(
    site: MoodySite, kind: str, tmp_path: Path
) -> None:
    site.crawl(tmp_path)
    bad = site.crawl(tmp_path, at_articles(site, UNREADABLE[kind]), day=2, refetch="0d")
    assert bad.exit_code in (ExitCode.DEGRADED, ExitCode.SITE_DOWN), bad.summary()
    # The first of equal texts is stored before a second one shows it: the next run mends it.
    most = 1 if kind == "one article's text" else 0
    assert bad.count("article/changed") <= most
    assert well(site, tmp_path, 2.01).count("article/changed") <= most


# Texts that read like the article's and are not ------------------------------------------------

READABLE: dict[str, Wrong] = {
    "the first paragraph": lambda site, n: replaced(
        site, n, lambda body: body.split(b"</p>")[0] + b"</p></div></article></body></html>"
    ),
    "the neighbour's text": lambda site, n: site.article(n - 1 if n > 1 else 23),
    "an older edition": lambda site, n: replaced(
        site, n, lambda body: body.replace(b"</p>", " Bản đầu.</p>".encode(), 1)
    ),
}


@pytest.mark.parametrize("kind", READABLE)
def test_a_change_of_most_articles_is_told_and_looked_at_again(
    site: MoodySite, kind: str, tmp_path: Path
) -> None:
    site.crawl(tmp_path)
    bad = site.crawl(tmp_path, at_articles(site, READABLE[kind]), day=2, refetch="0d")
    assert bad.exit_code == ExitCode.DEGRADED, bad.summary()
    count = len(site.numbers) + len(site.former)
    assert f"changed, as most looked at did (the next run asks again): {count}" in bad.summary()
    healthy = well(site, tmp_path, 2.01)
    assert healthy.exit_code == 0, healthy.summary()
    assert site.crawl(tmp_path, day=2.02).count("article/unchanged") == 0


def test_an_edit_of_most_articles_that_stays_is_believed(site: MoodySite, tmp_path: Path) -> None:
    edited = at_articles(site, READABLE["an older edition"])
    site.crawl(tmp_path)
    site.crawl(tmp_path, edited, day=2, refetch="0d")
    again = site.crawl(tmp_path, edited, day=2.01)
    assert (again.exit_code, again.count("article/changed")) == (0, 0), again.summary()
    assert again.count("article/unchanged") == len(site.numbers) + len(site.former)
    assert site.crawl(tmp_path, edited, day=2.02).count("article/unchanged") == 0


def test_edits_of_some_articles_are_no_bad_hour(site: MoodySite, tmp_path: Path) -> None:
    def edited(of: MoodySite, number: int) -> Reply:
        return READABLE["an older edition"](of, number) if number <= 9 else of.article(number)

    site.crawl(tmp_path)
    run = site.crawl(tmp_path, at_articles(site, edited), day=2, refetch="0d")
    assert (run.exit_code, run.count("article/changed")) == (0, 9), run.summary()
    assert run.count("article/questioned") == 0


# What stands between the reader and the site ---------------------------------------------------


def everywhere(reply: Reply) -> Rule:
    return lambda target: None if target == "/portal" else reply


BETWEEN: dict[str, Rule] = {
    "a portal's page": lambda target: page(PORTAL),
    "a redirect to the portal's host": everywhere(redirect("http://khach-san.example/")),
    "a redirect to the portal": everywhere(redirect("/portal")),
    "robots.txt answers 503": lambda target: page("", 503) if target == "/robots.txt" else None,
    "robots.txt forbids all": lambda target: (
        Reply(200, b"User-agent: *\nDisallow: /\n", (("Content-Type", "text/plain"),))
        if target == "/robots.txt"
        else None
    ),
    "lists answer 429 for a day": lambda target: (
        Reply(429, b"slow", (HTML, ("Retry-After", "86400"))) if "robots" not in target else None
    ),
}


@pytest.mark.parametrize("kind", BETWEEN)
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
def test_what_stands_between_costs_nothing(
    site: MoodySite, kind: str, tmp_path: Path, *, is_first: bool
) -> None:
    if not is_first:
        site.crawl(tmp_path)
    arguments = {} if is_first else {"refetch": "0d"}
    bad = site.crawl(tmp_path, BETWEEN[kind], day=2, settings=None, **arguments)
    codes = (ExitCode.DEGRADED, ExitCode.SITE_DOWN, ExitCode.ROBOTS)
    assert bad.exit_code in codes, bad.summary()
    assert bad.count("article/changed") == bad.count("article/gone") == 0
    assert well(site, tmp_path, 2.01, 3.2).exit_code == 0


# Lists -----------------------------------------------------------------------------------------


def is_list(site: MoodySite, target: str) -> bool:
    return number_of(site, target) is None and "robots" not in target and "well-known" not in target


def one_address(site: MoodySite) -> Reply:
    links = "".join(
        f'<div class="item"><h2><a class="title1 title" href="{site.path(23)}">Chuyện {n}</a></h2>'
        "</div>"
        for n in range(5)
    )
    info = '<div id="page_info"><i id="site_id">x</i></div>'
    return page(f'{info}<div id="cate-content"><ul class="breadcrumb"></ul>{links}</div>')


@pytest.mark.parametrize("reply", [one_address, lambda site: Reply(200, b"", (HTML,))])
def test_lists_that_name_one_article_or_none_hide_nothing(
    site: MoodySite, reply: Callable[[MoodySite], Reply], tmp_path: Path
) -> None:
    site.crawl(tmp_path, lambda target: reply(site) if is_list(site, target) else None)
    assert well(site, tmp_path, 0.01, 1.2).exit_code == 0


def test_news_that_a_cache_withholds_for_an_hour_is_found(site: MoodySite, tmp_path: Path) -> None:
    site.crawl(tmp_path)
    old = list(site.numbers)

    def cached(target: str) -> Reply | None:
        if not is_list(site, target):
            return None
        now, site.numbers = site.numbers, old
        reply = site.answer(target)
        site.numbers = now
        return Reply(reply.status, reply.body, (*reply.headers, ("Age", "86400")))

    site.numbers = [26, 25, 24, *old]
    assert site.crawl(tmp_path, cached, day=1).exit_code == 0
    assert well(site, tmp_path, 1.1).exit_code == 0


# Sitemaps and list APIs ------------------------------------------------------------------------


def crawl(given: str, folder: Path, mirror: str) -> tuple[int, str]:
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={mirror}")
    done = run_scrapy("crawl", given, *places, *LOOPBACK)
    return done.returncode, done.stdout + done.stderr


def json_answer(value: object) -> Answer:
    return Answer(json.dumps(value), content_type="application/json; charset=UTF-8")


@pytest.mark.parametrize(
    ("paper", "place", "wrong"),
    [
        (webforms.SITE, "sitemap", Answer("<html><body><h1>Trang chủ</h1></body></html>")),
        (webforms.SITE, "sitemap", Answer("")),
        (load_more.SITE, "wp-json", json_answer([])),
        (load_more.SITE, "wp-json", json_answer({"code": "db_error", "message": "Lỗi"})),
        (load_more.SITE, "feed", Answer("<html><body>Bảo trì</body></html>")),
    ],
    ids=["sitemap as HTML", "empty sitemap", "API without posts", "API error", "feed as HTML"],
)
def test_a_source_that_fails_for_an_hour_is_told_and_loses_nothing(
    paper: Stranger, place: str, wrong: Answer, tmp_path: Path
) -> None:
    with serving(paper) as site:
        code, said = crawl(paper.address, tmp_path, site.mirror)
        assert code == 0, said
        site.changed = lambda target, found: wrong if place in target.lower() else found
        code, said = crawl(paper.name, tmp_path, site.mirror)
        assert code == ExitCode.DEGRADED, said
        assert place in said.lower()
        site.changed = None
        code, said = crawl(paper.name, tmp_path, site.mirror)
        assert code == 0, said
    lines = list(read_articles(tmp_path / paper.name))
    assert sorted(line["url"] for line in lines) == sorted(paper.truths())
    assert {line["status"] for line in lines} == {"live"}
    assert [run["counts"].get("article/new", 0) for run in read_runs(tmp_path / paper.name)] == [
        60,
        0,
        0,
    ]


# Articles in each other's place ----------------------------------------------------------------


def listed_in_full(site: MoodySite, target: str) -> Reply:
    """The right answer, with lists that print each headline in full, as newspapers do."""
    own = site.answer(target)
    ending, full = " kể lại</a>".encode(), " kể lại từ đầu mùa</a>".encode()
    return Reply(own.status, own.body.replace(ending, full), own.headers)


def moved(site: MoodySite, places: dict[int, int]) -> Rule:
    """Each article answers at the address of another."""

    def rule(target: str) -> Reply:
        number = number_of(site, target)
        if number in places:
            return site.article(places[number])
        return listed_in_full(site, target)

    return rule


@pytest.mark.parametrize("family", ["K", "E2"])
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
@pytest.mark.parametrize("count", [2, 23], ids=["two", "all"])
def test_articles_that_answer_in_each_others_place_are_looked_at_again(
    family: str, count: int, tmp_path: Path, *, is_first: bool
) -> None:
    places = {n: n % count + 1 for n in range(1, count + 1)}
    with moody_site(family) as site:
        site.former = [201] if family == "K" else []
        if not is_first:
            site.crawl(tmp_path, lambda target: listed_in_full(site, target))
        again = {} if is_first else {"refetch": "0d"}
        bad = site.crawl(tmp_path, moved(site, places), day=2, settings=None, **again)
        assert "show the headline of another (the next run asks again)" in bad.summary()
        assert bad.exit_code == (ExitCode.DEGRADED if count > 2 else ExitCode.OK)
        assert not right(site, tmp_path) & set(places)
        healthy = site.crawl(tmp_path, lambda target: listed_in_full(site, target), day=2.01)
        assert healthy.exit_code == 0, healthy.summary()
        assert right(site, tmp_path) == {*site.numbers, *site.former}
