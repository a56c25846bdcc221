"""robots.txt: the reader against public cases, and a crawl that obeys it."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.http.robots_cache import RobotsCache
from newscrawl.http.robots_rules import (
    AI_AGENTS,
    ROBOTS_MAX_BYTES,
    Group,
    Robots,
    Rule,
    access,
)
from tests.hostile.faults_robots import ROBOTS
from tests.hostile.harness import Running, crawl, running
from tests.support.paths import DATA

CASES = DATA / "google-robotstxt-cases.jsonl"
# Where RFC 9309, section 2.2.2, normalises percent-encoding and Google's parser does not, and
# where Google takes a folder for its index.html.
OTHERWISE = {"ID_Encoding": 3, "GoogleOnly_IndexHTMLisDirectory": 1}


def allows(robots: str, path: str = "/a", agent: str = "newscrawl") -> bool:
    return Robots.parse(robots.encode()).allows(f"https://baothu.vn{path}", agent)


def test_googles_145_cases_agree_but_for_four_that_are_named() -> None:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    differ: Counter[str] = Counter()
    for line in lines:
        case = json.loads(line)
        raw, agent, url = (bytes.fromhex(case[f"{name}_hex"]) for name in ("txt", "ua", "url"))
        if Robots.parse(raw).allows(url.decode(), agent.decode()) != case["allowed"]:
            differ[case["test"]] += 1
    assert len(lines) == 145
    assert differ == OTHERWISE


def test_an_unknown_line_between_two_agents_does_not_end_their_group() -> None:
    robots = "User-agent: newscrawl\nNoindex: /x\nUser-agent: khac\nDisallow: /\n"
    assert not allows(robots)


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /*.html$", "/x/y.html", False),
        ("User-agent: *\nDisallow: /*.html$", "/x/y.html?a", True),
        ("User-agent: *\nDisallow: /*a*b*c", "/xaybzc", False),
        ("User-agent: *\nDisallow: /*a*b*c", "/xcybza", True),
        ("User-agent: *\nDisallow: *", "/", False),
        ("User-agent: *\nDisallow: /?", "/?q", False),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /kinh-te/", "/kinh-te/x", True),
        ("User-agent: *\nAllow: /\nDisallow: /kinh-te/", "/kinh-te/x", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: khac\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: NewsCrawl\nAllow: /", "/a", True),
        ("User-agent: newscrawl/1.0\nDisallow: /", "/a", False),
        ("User-agent: newscrawl\nAllow: /b\n\nUser-agent: newscrawl\nDisallow: /", "/a", False),
        ("User-agent: newscrawler\nDisallow: /", "/a", True),
        ("useragent newscrawl\nDissallow /", "/a", False),
        ("User-agent: *\nDisallow: /ốc", "/%E1%BB%91c", False),
        ("User-agent: *\nDisallow: /%e1%bb%91c", "/ốc", False),
        ("User-agent: *\nDisallow: /%61", "/a", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /a # vì sao", "/a", False),
        ("Disallow: /\nUser-agent: *\nAllow: /", "/a", True),
        ("<html><title>Trang chủ</title></html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_rules_are_read_as_rfc_9309_says(robots: str, path: str, allowed: bool) -> None:
    assert allows(robots, path) == allowed


@pytest.mark.parametrize("kind", ["bom", "cr", "nul", "utf16", "all", "hugefirst"])
def test_a_file_in_an_odd_form_still_forbids(kind: str) -> None:
    assert not Robots.parse(ROBOTS[kind]).allows("https://baothu.vn/a")


@pytest.mark.parametrize("kind", ["huge", "html", "empty", "redos", "delay", "neg"])
def test_a_file_that_says_nothing_readable_forbids_nothing(kind: str) -> None:
    robots = Robots.parse(ROBOTS[kind])
    assert robots.allows("https://baothu.vn/" + "a" * 2000)
    assert robots.group().gap_s == 0


def test_half_a_rule_at_the_bound_is_no_rule() -> None:
    head = b"User-agent: *\nDisallow: /cam\n"
    filler = b"#" * (ROBOTS_MAX_BYTES - len(head) - len(b"\nDisallow: /")) + b"\nDisallow: /"
    assert len(head + filler) == ROBOTS_MAX_BYTES
    assert Robots.parse(head + filler + b"sau/\n").allows("https://baothu.vn/a")
    assert not Robots.parse(head + filler + b"sau/\n").allows("https://baothu.vn/cam")


@pytest.mark.parametrize(
    "lines",
    [
        b"".join(b"User-agent: a%c%c%c\n" % (97 + i % 26, 97 + i // 26 % 26, 97 + i // 676)
                 for i in range(17_000)) + b"Disallow: /x\n" * 15_000,
        b"User-agent: *\nCrawl-delay: 1\n" * 9000 + b"Disallow: /x\n" * 15_000,
        b"User-agent: *\n" + b"Disallow: /*a*b\n" * 30_000,
        b"x\n" * 250_000,
    ],
    ids=["agents", "delays", "rules", "lines"],
)  # fmt: skip
def test_a_file_made_to_be_slow_is_read(lines: bytes) -> None:
    robots = Robots.parse(lines)
    assert robots.allows("https://baothu.vn/" + "a" * 2000)
    assert len(robots.group().rules) <= 30_000


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("10", 10.0), ("0", 0.0), ("0.5", 0.5), ("2,5", 2.5), ("300", 300.0), ("7 s", 7.0)),
        *(("301", None), ("999999", None), ("-5", None), ("nan", None), ("inf", None), ("x", None)),
    ],
)
def test_a_crawl_delay_counts_within_reason(value: str, seconds: float | None) -> None:
    robots = Robots.parse(f"User-agent: *\nCrawl-delay: {value}\n".encode())
    assert robots.group().delay_s == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("1/10", 10.0),
        ("2/1m", 30.0),
        ("1/1h", None),
        ("0/5", None),
        ("3 / 60 s", 20.0),
        ("x", None),
    ],
)
def test_a_request_rate_is_seconds_a_request(value: str, seconds: float | None) -> None:
    robots = Robots.parse(f"User-agent: *\nRequest-rate: {value}\nCrawl-delay: 3\n".encode())
    assert robots.group().rate_s == seconds
    assert robots.group().gap_s == max(3.0, seconds or 0)


def test_a_delay_is_for_the_agents_above_it_and_a_rule_for_all_of_the_group() -> None:
    text = "User-agent: khac\nCrawl-delay: 60\nUser-agent: *\nDisallow: /cam\nCrawl-delay: 2\n"
    robots = Robots.parse(text.encode())
    assert robots.group("khac").delay_s == 60
    assert robots.group("newscrawl").delay_s == 2
    assert not robots.allows("https://baothu.vn/cam", "khac")


def test_sitemaps_and_reservations_are_kept() -> None:
    text = (
        "Sitemap: https://baothu.vn/sitemap.xml\n"
        "User-agent: GPTBot\nDisallow: /\n"
        "User-agent: CCBot\nDisallow: /anh/\n"
        "User-agent: *\nContent-Signal: search=yes, ai-train=no, \x1b[2J=no\nAllow: /\n"
        "Sitemap: https://baothu.vn/tin.xml\n"
    )
    robots = Robots.parse(text.encode())
    assert robots.sitemaps == ("https://baothu.vn/sitemap.xml", "https://baothu.vn/tin.xml")
    assert robots.opt_outs() == ("gptbot", "ai-train=no")
    assert "gptbot" in AI_AGENTS


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_bytes_make_the_reader_raise(raw: bytes, path: str) -> None:
    robots = Robots.parse(raw)
    robots.allows(f"https://baothu.vn/{path}")
    assert 0 <= robots.group().gap_s <= 300
    assert all(word.isprintable() for word in robots.opt_outs())


LINES = st.lists(
    st.sampled_from(
        [
            *("User-agent: *", "User-agent: newscrawl", "Disallow: /a", "Allow: /a/b"),
            *("Disallow: /", "Allow: /*c$", "Crawl-delay: 3", "lạ: gì", "", "# gì"),
        ]
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["/", "/a", "/a/b", "/a/b/c", "/xc"]))
def test_blank_lines_comments_and_unknown_lines_change_nothing(lines: list[str], path: str) -> None:
    spread = "\r\n# ghi chú\r\nlạ: gì\r\n".join(lines)
    assert allows("\n".join(lines), path) == allows(spread, path)


@given(st.text(alphabet="ab/", max_size=8), st.text(alphabet="ab/*", max_size=8), st.booleans())
def test_a_pattern_matches_as_its_definition_says(path: str, body: str, anchored: bool) -> None:
    def defined(pattern: str, text: str) -> bool:
        if not pattern:
            return not anchored or not text
        if pattern[0] == "*":
            return any(defined(pattern[1:], text[i:]) for i in range(len(text) + 1))
        return text[:1] == pattern[0] and defined(pattern[1:], text[1:])

    rule = Rule(body + ("$" if anchored else ""), allows=False)
    assert rule.matches(path) == defined(body, path)
    assert Group((rule,)).allows(path) == (not defined(body, path))


def test_a_status_is_free_read_or_unreachable() -> None:
    assert [s for s in range(100, 600) if access(s) == "unreachable"] == [
        408,
        429,
        *range(500, 600),
    ]
    assert [s for s in range(100, 600) if access(s) == "read"] == list(range(200, 300))


# The last good copy ------------------------------------------------------------------------------

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def test_a_copy_is_good_for_a_day(tmp_path: Path) -> None:
    cache = RobotsCache(tmp_path / "robots")
    assert cache.load("baothu.vn", NOW) is None
    cache.save("baothu.vn", b"User-agent: *\n\nDisallow: /", NOW)
    assert cache.load("baothu.vn", NOW + timedelta(hours=24)) == b"User-agent: *\n\nDisallow: /"
    assert cache.load("baothu.vn", NOW + timedelta(hours=24, seconds=1)) is None
    assert cache.load("baothu.vn", NOW - timedelta(seconds=1)) is None
    assert cache.load("khac.vn", NOW) is None
    assert [path.name for path in (tmp_path / "robots").iterdir()] == ["baothu.vn.txt"]


@pytest.mark.parametrize("damage", [b"", b"\n", b"hier\nxx", b"\xff\xfe\nxx", b"2026-11-23\nxx"])
def test_a_damaged_copy_is_none(tmp_path: Path, damage: bytes) -> None:
    cache = RobotsCache(tmp_path)
    cache.save("baothu.vn", b"", NOW)
    (tmp_path / "baothu.vn.txt").write_bytes(damage)
    assert cache.load("baothu.vn", NOW) is None


@pytest.mark.parametrize("host", ["../../x", "..", "a/b", "a\\b", "\0", "x" * 400, "[::1]"])
def test_no_host_writes_outside_the_folder(tmp_path: Path, host: str) -> None:
    cache = RobotsCache(tmp_path / "trong")
    cache.save(host, b"x", NOW)
    assert cache.load(host, NOW) == b"x"
    assert [path.name for path in tmp_path.iterdir()] == ["trong"]
    assert len(list((tmp_path / "trong").iterdir())) == 1


# A crawl -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running("--articles", "20") as one:
        yield one


@pytest.fixture
def faulty(server: Running, request: pytest.FixtureRequest) -> Iterator[Running]:
    """The server with one fault on its robots.txt."""
    server.control("fault?clear=1")
    server.control("reset")
    server.control(f"fault?add=/robots.txt={request.param}")
    yield server
    server.control("fault?clear=1")


def asked_for_pages(server: Running) -> int:
    asked = server.stats()
    most = dict(asked["most_asked"])
    return int(asked["requests"]) - int(most.get("/robots.txt", 0))


UNREADABLE = ["status:500", "status:502", "status:503", "status:504", "status:429"]
UNREADABLE += ["short", "truncgzip", "reset"]
SILENT = ["mute", "refuse"]


@pytest.mark.parametrize("faulty", [*UNREADABLE, *SILENT], indirect=True)
def test_a_site_that_cannot_say_its_rules_is_not_asked(
    faulty: Running, request: pytest.FixtureRequest
) -> None:
    crawled = crawl(faulty, "/", "/thoi-su/", DOWNLOAD_TIMEOUT=0.3)
    is_silent = request.node.callspec.params["faulty"] in SILENT
    assert crawled.reason == ("site_unreachable" if is_silent else "robots_unreachable")
    assert {said.split(":")[0] for _, said in crawled.got} == {
        "RequestSkippedError robots_unreachable"
    }
    assert asked_for_pages(faulty) == 0
    assert faulty.stats()["requests"] == 4


@pytest.mark.parametrize("faulty", ["status:503"], indirect=True)
def test_the_copy_of_the_last_day_holds(faulty: Running, tmp_path: Path) -> None:
    cache = RobotsCache(tmp_path)
    cache.save("baothu.vn", b"User-agent: *\nDisallow: /thoi-su/", datetime.now(UTC))
    crawled = crawl(faulty, "/", "/thoi-su/", ROBOTS_FOLDER=str(tmp_path))
    assert crawled.reason == "finished"
    assert crawled.outcome("/").startswith("200 ")
    assert crawled.outcome("/thoi-su/") == "RequestForbiddenError robots: /thoi-su/"
    cache.save("baothu.vn", b"", datetime.now(UTC) - timedelta(days=2))
    crawled = crawl(faulty, "/", ROBOTS_FOLDER=str(tmp_path))
    assert crawled.reason == "robots_unreachable"


@pytest.mark.parametrize(
    "faulty",
    [
        *("status:404", "status:403", "robots:html", "robots:delay", "loop", "chain", "empty"),
        *("big:30", "bomb:30"),
    ],
    indirect=True,
)
def test_a_site_without_rules_is_free(faulty: Running) -> None:
    crawled = crawl(faulty, "/", "/thoi-su/")
    assert crawled.reason == "finished"
    assert all(said.startswith("200 ") for _, said in crawled.got)


@pytest.mark.parametrize(
    "faulty", ["robots:all", "robots:utf16", "robots:hugefirst"], indirect=True
)
def test_a_site_that_forbids_everything_ends_the_run_with_that_reason(faulty: Running) -> None:
    crawled = crawl(faulty, "/", "/thoi-su/")
    assert crawled.reason == "robots_forbidden"
    assert [said.split(":")[0] for _, said in crawled.got] == ["RequestForbiddenError robots"] * 2
    assert asked_for_pages(faulty) == 0


@pytest.mark.parametrize("faulty", ["status:503@2"], indirect=True)
def test_rules_that_come_late_are_waited_for_and_kept(faulty: Running, tmp_path: Path) -> None:
    crawled = crawl(faulty, "/", "/cam/x", ROBOTS_FOLDER=str(tmp_path))
    assert crawled.outcome("/").startswith("200 ")
    assert crawled.outcome("/cam/x") == "RequestForbiddenError robots: /cam/x"
    assert crawled.count("robots/asked") == 3
    assert faulty.stats()["disallowed_hits"] == 0
    kept = RobotsCache(tmp_path).load("baothu.vn", datetime.now(UTC))
    assert kept is not None
    assert b"Disallow: /cam/" in kept


@pytest.mark.parametrize("faulty", ["redirect:http://khac.invalid/robots.txt"], indirect=True)
def test_robots_alone_may_redirect_to_another_host(faulty: Running) -> None:
    """The mirror answers for every host: the other one has the same file, behind the same fault."""
    crawled = crawl(faulty, "/")
    assert crawled.count("guard/host") == 0
    assert crawled.outcome("/").startswith("200 ")


def test_reservations_are_counted_by_host_and_kind(server: Running) -> None:
    server.control("set?robots_text=User-agent:%20GPTBot%0ADisallow:%20/%0A")
    crawled = crawl(server, "/", "/thoi-su/")
    server.control("set?robots_text=")
    assert crawled.count("tdm/baothu.vn/robots:gptbot") == 1
    assert crawled.outcome("/").startswith("200 ")
