"""Whether a command may ping its address, and what each newspaper's run pings."""

import pytest
from scrapy.settings import BaseSettings

from newscrawl.cli.parallel_crawls import Ended
from newscrawl.cli.ping_address import checked_ping
from newscrawl.cli.pings import pings_at
from newscrawl.config.operator_file import OperatorSettings
from newscrawl.exceptions import ArgumentError
from tests.support.listener import listening

ONE = "https://ping.vn/key"
EACH = "https://ping.vn/{newspaper}"
KNOWN = ["a", "b", "c"]


def settings_of(
    address: str, papers: tuple[str, ...] = (), *, of_file: bool = True, given: bool = False
) -> BaseSettings:
    operator = OperatorSettings(
        papers=papers,
        places={"ALERT_PING": "newscrawl.toml, line 2: alerts.ping"},
        of_file=frozenset({"ALERT_PING"} if of_file else ()),
    )
    settings = BaseSettings({"OPERATOR": operator})
    settings.set("ALERT_PING", address, 40 if given else 20)
    return settings


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (settings_of(""), ["a"]),
        (settings_of(EACH), ["a"]),
        (settings_of(ONE), KNOWN),
        (settings_of(ONE, ("a",)), ["a"]),
        (settings_of(ONE, ("a", "b")), ["b", "a", "c"]),
        (settings_of(ONE, of_file=False), ["a"]),
        (settings_of(ONE, given=True), ["a"]),
    ],
)
def test_an_address_that_hides_nothing_is_taken(settings: BaseSettings, names: list[str]) -> None:
    assert checked_ping(settings, names, KNOWN) == settings["ALERT_PING"]


@pytest.mark.parametrize(
    ("papers", "names", "whose"),
    [((), ["a"], "a and b"), (("a", "b"), ["b"], "b and a"), ((), ["b", "c"], "b and a")],
)
def test_one_address_for_more_newspapers_than_are_refreshed_is_refused(
    papers: tuple[str, ...], names: list[str], whose: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        checked_ping(settings_of(ONE, papers), names, KNOWN)
    said = f"newscrawl.toml, line 2: alerts.ping: one address for {whose}, "
    assert str(caught.value).startswith(said)


def test_each_run_pings_its_start_and_its_own_end() -> None:
    with listening() as listener:
        address = f"{listener.address}/{{newspaper}}?create=1"
        pings = pings_at(address, lambda run: f"{run.name} ended with {run.code}")
        pings.follow({"a", "b"}, [])
        ended = [Ended(name="a", code=0)]
        pings.follow({"b", "c"}, ended)  # a call of every second repeats nothing
        pings.follow({"b", "c"}, ended)
        ended += [Ended(name="b", code=137), Ended(name="c", code=75), Ended(name="d", code=-1)]
        ended.append(Ended(name="e", code=126))
        pings.follow((), ended)
        assert pings.conclude(1, "") == []
    assert sorted(listener.posts) == [
        ("/a/start?create=1", ""),
        ("/a?create=1", "a ended with 0"),
        ("/b/fail?create=1", "b ended with 137"),
        ("/b/start?create=1", ""),
        ("/c/start?create=1", ""),
        ("/e/fail?create=1", "e ended with 126"),
    ]
    assert listener.paths().index("/a/start?create=1") < listener.paths().index("/a?create=1")


@pytest.mark.parametrize(("code", "end"), [(0, "/x"), (7, "/x"), (75, "/x"), (3, "/x/fail")])
def test_one_address_gets_one_start_and_one_end(code: int, end: str) -> None:
    with listening() as listener:
        pings = pings_at(f"{listener.address}/x", lambda run: run.name)
        pings.follow({"a"}, [Ended(name="b", code=5)])
        assert pings.conclude(code, "all told") == []
    assert listener.posts == [("/x/start", ""), (end, "all told")]


def test_each_ping_that_fails_is_a_line() -> None:
    with listening() as listener:
        address = listener.address
    pings = pings_at(f"{address}/{{newspaper}}", lambda run: run.name)
    pings.follow({"a", "b"}, [Ended(name="a", code=0)])
    faults = pings.conclude(0, "")
    assert len(faults) == 3
    assert all(fault.startswith(f"the alert to {address}/") for fault in faults)
