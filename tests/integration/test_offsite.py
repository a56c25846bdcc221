"""Where a request may go: pure rules, and what a crawl makes of them."""

import ipaddress
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner

from newscrawl import __version__
from newscrawl.exceptions import ArgumentError, DeclarationError
from newscrawl.http.address_guard import (
    ForbiddenAddressError,
    Mirror,
    check_addresses,
    literal,
    mirror_from,
    off_limits,
    refusal,
)
from newscrawl.http.middlewares.offsite import OffsiteMiddleware
from newscrawl.http.user_agent import checked_contact, user_agent
from tests.hostile.harness import Running, crawl, free_port, running

HOSTS = frozenset({"baothu.vn", "www.baothu.vn"})


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "unspecified"),  # noqa: S104
        ("0.1.2.3", "unspecified"),
        ("10.255.255.255", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "shared"),
        ("100.127.255.255", "shared"),
        ("169.254.1.1", "link_local"),
        ("169.254.169.254", "metadata"),
        ("169.254.170.2", "metadata"),
        ("100.100.100.200", "metadata"),
        ("168.63.129.16", "metadata"),
        ("192.0.0.192", "metadata"),
        ("198.18.0.1", "reserved"),
        ("203.0.113.9", "reserved"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::1", "loopback"),
        ("::", "unspecified"),
        ("fe80::1", "link_local"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "metadata"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "reserved"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:0:0", "unspecified"),
        ("::127.0.0.1", "loopback"),
        ("64:ff9b::a9fe:a9fe", "metadata"),
        ("64:ff9b:1::1", "private"),
        ("2002:7f00:1::", "loopback"),
        ("2001:0:7f00:1::", "reserved"),
    ],
)
def test_an_address_inside_is_refused_with_its_reason(address: str, reason: str) -> None:
    assert refusal(ipaddress.ip_address(address)) == reason
    with pytest.raises(ForbiddenAddressError) as caught:
        check_addresses("baothu.vn", ("203.162.4.190", address))
    assert caught.value.reason == reason
    assert str(caught.value) == f"baothu.vn is {address}, a {reason} address: refused"


@pytest.mark.parametrize(
    "address",
    ["203.162.4.190", "172.32.0.1", "100.128.0.1", "8.8.8.8", "2405:4800::1", "::ffff:8.8.8.8"],
)
def test_an_address_outside_is_taken(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None
    check_addresses("baothu.vn", (address,))


def test_what_is_no_address_is_not_a_public_one() -> None:
    assert literal("baothu.vn") is None
    assert literal("[fe80::1%eth0]") == ipaddress.ip_address("fe80::1")
    with pytest.raises(ForbiddenAddressError, match="unreadable"):
        check_addresses("baothu.vn", ("không",))


@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_address_has_the_same_verdict(address: ipaddress.IPv4Address) -> None:
    for spelt in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert refusal(ipaddress.ip_address(spelt)) == refusal(address)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert refusal(address) is not None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://baothu.vn/kinh-te/", None),
        ("http://www.baothu.vn:80/", None),
        ("https://BAOTHU.vn:443/", None),
        ("https://baothu.vn:8443/", "port"),
        ("http://baothu.vn:443/", "port"),
        ("https://baothu.vn:0/", "port"),
        ("https://baothu.vn:99999/", "address"),
        ("https://baothu.vn.khac.vn/", "host"),
        ("https://xbaothu.vn/", "host"),
        ("https://m.baothu.vn/", "host"),
        ("https://127.0.0.1/", "host"),
        ("https:///kinh-te/", "host"),
        ("https://baothu.vn@127.0.0.2/", "userinfo"),
        ("https://a:b@baothu.vn/", "userinfo"),
        ("file:///etc/hostname", "scheme"),
        ("ftp://baothu.vn/", "scheme"),
        ("data:text/html,x", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//baothu.vn/", "scheme"),
        ("", "scheme"),
        ("http://[::1", "address"),
    ],
)
def test_an_address_off_the_paper_is_off_limits(url: str, reason: str | None) -> None:
    assert off_limits(url, HOSTS) == reason


def test_any_host_may_be_meant_but_no_other_port_unless_declared() -> None:
    assert off_limits("https://khac.vn/robots.txt", None) is None
    assert off_limits("https://khac.vn:22/robots.txt", None) == "port"
    assert off_limits("https://baothu.vn:8443/", {"baothu.vn:8443"}) is None
    assert off_limits("https://baothu.vn/", {"baothu.vn:8443"}) == "host"


@given(st.text())
def test_no_text_makes_the_rules_raise(text: str) -> None:
    assert off_limits(text, HOSTS) in (None, "scheme", "host", "port", "userinfo", "address")
    assert literal(text) is None or text.strip("[]")
    with suppress(ArgumentError):
        mirror_from(text)


@given(st.text(alphabet="/?&=%abÀ ;:@", max_size=40))
def test_the_mirror_is_asked_for_the_same_path_and_query(rest: str) -> None:
    routed = Mirror("http://127.0.0.1:8000").routed(f"https://baothu.vn/{rest}")
    assert routed is not None
    path, mark, query = rest.partition("?")
    assert routed == f"http://127.0.0.1:8000/{path}{mark if query else ''}{query}"


def test_the_mirror_setting_in_all_its_forms() -> None:
    assert mirror_from(None) == mirror_from("") == Mirror()
    assert Mirror().routed("https://baothu.vn/") is None
    assert mirror_from("https://may.local:8443/").base("baothu.vn") == "https://may.local:8443"
    some = mirror_from({"BaoThu.vn": "http://127.0.0.1:1"})
    assert some.base("baothu.vn") == "http://127.0.0.1:1"
    assert some.base("khac.vn") is None
    assert some.servers() == {"127.0.0.1"}
    assert some == mirror_from('{"baothu.vn": "http://127.0.0.1:1"}')


@pytest.mark.parametrize(
    "wrong", ["127.0.0.1:8000", "ftp://a", "http://", "http://a/path", "http://a:b", "{", 7, ["a"]]
)
def test_a_mirror_that_cannot_be_is_told(wrong: object) -> None:
    with pytest.raises(ArgumentError, match="MIRROR"):
        mirror_from(wrong)


@pytest.mark.parametrize("contact", ["ban@toasoan.vn", "https://toasoan.vn/newscrawl?a=1"])
def test_the_user_agent_names_project_version_and_person(contact: str) -> None:
    assert user_agent(contact) == f"newscrawl/{__version__} (+{contact})"
    assert checked_contact(f" {contact}\n") == contact


@pytest.mark.parametrize(
    "contact",
    [
        *(None, "", "  ", "tôi", "ban@", "http://toasoan.vn/", "https://toasoan"),
        *("https://a b.vn/", "a@b.vn\r\nX: 1", "https://toasoan.vn/\nx"),
        *("https://u@toasoan.vn/", "https://a.vn/)("),
    ],
)
def test_a_contact_nobody_could_use_is_refused_with_a_cure(contact: str | None) -> None:
    with pytest.raises(ArgumentError, match="NEWSCRAWL_CONTACT"):
        checked_contact(contact)
    if contact and contact.strip():
        with pytest.raises(ArgumentError):
            user_agent(contact)


@given(st.text(max_size=60))
def test_no_contact_breaks_out_of_its_header(contact: str) -> None:
    try:
        header = user_agent(contact)
    except ArgumentError:
        return
    assert header.isprintable()
    assert header.count("(") == header.count(")") <= 1


class Paper(Spider):
    name = "thu"
    hosts = HOSTS


def guard(spider_class: type[Spider] = Paper, **settings: object) -> OffsiteMiddleware:
    quiet = {"TWISTED_REACTOR_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    runner = AsyncCrawlerRunner({**quiet, "EXTENSIONS_BASE": {}, **settings})
    crawler = runner.create_crawler(spider_class)
    crawler.spider = spider_class.from_crawler(crawler, name="thu")
    crawler._apply_settings()
    return OffsiteMiddleware.from_crawler(crawler)


def test_a_live_paper_is_not_asked_by_nobody() -> None:
    with pytest.raises(ArgumentError, match="NEWSCRAWL_CONTACT"):
        guard()
    with pytest.raises(ArgumentError, match="NEWSCRAWL_CONTACT"):
        guard(MIRROR={"baothu.vn": "http://127.0.0.1:1"})
    assert guard(CONTACT="ban@toasoan.vn").user_agent.endswith("(+ban@toasoan.vn)")
    assert guard(MIRROR="http://127.0.0.1:1").user_agent == f"newscrawl/{__version__}"


def test_a_spider_without_hosts_cannot_ask_anything() -> None:
    with pytest.raises(DeclarationError, match="hosts"):
        guard(Spider, CONTACT="ban@toasoan.vn")


# A crawl -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def canary() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(canary: int) -> Iterator[Running]:
    with running("--articles", "20", "--canary-port", str(canary)) as one:
        yield one


def test_nothing_leaves_for_an_address_that_is_not_the_papers(server: Running, canary: int) -> None:
    off = (
        "https://khac.vn/",
        f"http://127.0.0.2:{canary}/",
        f"http://127.0.0.1:{canary}/",
        f"http://2130706434:{canary}/",
        f"https://baothu.vn:{canary}/",
        f"https://baothu.vn@127.0.0.2:{canary}/",
        "file:///etc/hostname",
        "ftp://127.0.0.1/",
        "data:text/html,x",
    )
    crawled = crawl(server, "/", *off)
    assert crawled.outcome("/").startswith("200 ")
    outcomes = [crawled.outcome(url) for url in off]
    assert [outcome.split()[0] for outcome in outcomes] == ["RequestForbiddenError"] * len(off)
    assert crawled.count("guard/host") == 4
    assert crawled.count("guard/scheme") == 3
    assert crawled.count("guard/port") == crawled.count("guard/userinfo") == 1
    assert server.stats()["canary_hits"] == 0


def test_no_redirect_leaves_the_paper_not_even_after_a_retry(server: Running, canary: int) -> None:
    server.control("fault?add=/van-hoa/=status:503@1")
    server.control(f"fault?add=/van-hoa/=redirect:http://127.0.0.2:{canary}/")
    server.control("fault?add=/the-thao/=redirect:file:///etc/hostname")
    server.control(f"fault?add=/xa-hoi/=refresh:http://127.0.0.2:{canary}/")
    crawled = crawl(server, "/van-hoa/", "/the-thao/", "/xa-hoi/")
    server.control("fault?clear=1")
    assert crawled.outcome("/van-hoa/").startswith(
        "RequestForbiddenError redirect_offsite: http://127.0.0.2"
    )
    assert crawled.outcome("/the-thao/").startswith("RequestForbiddenError redirect_scheme: file:")
    assert crawled.outcome("/xa-hoi/").startswith("200 ")
    assert crawled.count("redirect/offsite") == crawled.count("redirect/scheme") == 1
    assert crawled.count("retry/server_error") == 1
    assert server.stats()["canary_hits"] == 0


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://[x", "address"),
        ("https://baothu.vn:99999/", "address"),
        ("https://baothu.vn:8443/", "port"),
        ("https://baothu.vn@127.0.0.2/", "userinfo"),
        ("javascript:alert(1)", "scheme"),
        ("//nguoi-la.invalid/x", "offsite"),
    ],
)
def test_a_redirect_to_a_bad_address_is_refused_and_counted(
    server: Running, location: str, reason: str
) -> None:
    server.control(f"fault?add={quote(f'/van-hoa/=redirect:{location}')}")
    crawled = crawl(server, "/van-hoa/", "/kinh-te/")
    server.control("fault?clear=1")
    assert crawled.outcome("/van-hoa/").startswith(f"RequestForbiddenError redirect_{reason}: ")
    assert crawled.count(f"redirect/{reason}") == 1
    assert crawled.outcome("/kinh-te/").startswith("200 ")


def test_every_request_ends_in_an_answer_or_an_error(server: Running) -> None:
    """A redirect to itself, without end, or to a known page is not lost."""
    paths = ("/", "/x/loop/a.html", "/x/cookiewall/b.html", "/x/chain/c.html")
    crawled = crawl(server, *paths, "/x/redirect:%2F/d.html")
    assert {path for path, _ in crawled.got} == {*paths, "/x/redirect:%2F/d.html"}
    assert crawled.outcome("/x/loop/a.html").startswith("HttpError")
    assert crawled.outcome("/x/cookiewall/b.html").startswith("HttpError")
    assert crawled.outcome("/x/chain/c.html").startswith("RequestForbiddenError redirect_too_many")
    assert crawled.outcome("/x/redirect:%2F/d.html") == crawled.outcome("/")
    assert crawled.count("gave_up/self_redirect") == 2


def test_the_header_names_the_contact(
    server: Running, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = tmp_path_factory.mktemp("log") / "requests.jsonl"
    server.control(f"set?log={log}")
    crawl(server, "/", CONTACT="ban@toasoan.vn")
    server.control("set?log=")
    agent = f'"user-agent": "newscrawl/{__version__} (+ban@toasoan.vn)"'
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert all(agent in line for line in lines)
