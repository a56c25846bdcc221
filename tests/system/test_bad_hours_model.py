"""Any answer of any run may be wrong: afterwards nothing is lost, gone or closed for good.

Newspaper and archive under hypothesis, with real answers over sockets: in each of a few bad runs
each address answers right or wrong by a throw of dice, lists too; then the site is well.
"""

# ruff: noqa: ARG005  (an answer may need neither its site nor its address)

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.archive.ledger import article_table, link_table
from newscrawl.archive.ledger.due import Known
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.second_passes import SecondPasses
from newscrawl.discovery import list_walk
from newscrawl.discovery.list_end import Absence
from newscrawl.discovery.list_walk import ListProgress, Step, Walk
from newscrawl.discovery.source import ListPage
from newscrawl.monitoring.outage import AnswerWindow
from newscrawl.monitoring.run_report import RunReport
from tests.support.moody_site import MoodySite, Reply, Rule, moody_site, page, redirect
from tests.system.test_bad_hours import ERROR_AND_NEWS, MAINTENANCE, NOTICE, everything

pytestmark = pytest.mark.thorough

ANSWERS: tuple[Callable[[MoodySite, str], Reply], ...] = (
    lambda site, target: redirect("https://khac.example/"),
    lambda site, target: redirect(f"https://{site.paper.domain}:8443{target}"),
    lambda site, target: redirect(f"{target}x" if "?x=" in target else f"{target}?x="),
    lambda site, target: redirect(site.path(23)),
    lambda site, target: redirect("/"),
    lambda site, target: page("", 404),
    lambda site, target: page("", 410),
    lambda site, target: page("", 500),
    lambda site, target: page("", 503),
    lambda site, target: page(MAINTENANCE),
    lambda site, target: page(ERROR_AND_NEWS),
    lambda site, target: page(NOTICE),
    lambda site, target: Reply(200, b""),
    lambda site, target: Reply(304, b"", ()),
    lambda site, target: site.article(7),
    lambda site, target: page('<div><ul class="breadcrumb"></ul></div>'),
    lambda site, target: Reply(200, site.answer(target).body[:-40], is_cut=True),
)
HEALTHY_DAYS = (0.1, 1.2, 2.5, 4, 12, 45)


def moody(site: MoodySite, seed: int, share: float, kinds: list[int]) -> Rule:
    """Wrong answers at that share of the addresses, of these kinds."""

    def rule(target: str) -> Reply | None:
        if "robots" in target or "well-known" in target:
            return None
        if target == "/" or "?x=" in target:
            return ANSWERS[kinds[0]](site, target) if "?x=" in target else page("<h1>Báo</h1>")
        dice = blake2b(f"{seed} {target}".encode(), digest_size=8).digest()
        if dice[0] >= share * 256:
            return None
        return ANSWERS[kinds[dice[1] % len(kinds)]](site, target)

    return rule


bad_runs = st.lists(
    st.tuples(
        st.integers(0, 999),
        st.sampled_from([0.1, 0.4, 0.9, 1.0]),
        st.lists(st.integers(0, len(ANSWERS) - 1), min_size=1, max_size=3),
        st.sampled_from([0.1, 1.3]),
        st.sampled_from([None, None, None, 5, 15, 30]),
    ),
    min_size=1,
    max_size=3,
)
"""Seed, share of wrong answers, their kinds, days since the run before, and the request at which
the run is killed (None = it is not)"""


@pytest.mark.thorough
@given(
    family=st.sampled_from(["K", "A", "E2"]),
    runs=bad_runs,
    begins_well=st.booleans(),
    is_backfill=st.booleans(),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
def test_nothing_stays_lost(
    family: str,
    runs: list[tuple[int, float, list[int], float, int | None]],
    *,
    begins_well: bool,
    is_backfill: bool,
) -> None:
    bounded = {"LIST_PAGES": 2} if is_backfill else {}
    with moody_site(family, 6 if family == "K" else 0) as site, TemporaryDirectory() as folder:
        archive, day = Path(folder), 0.0
        if begins_well:
            site.crawl(archive, settings=bounded)
            site.numbers[:0] = range(31, 23, -1)
        for seed, share, kinds, wait, kill_after in runs:
            day += wait
            crawl = (
                site.crawl
                if kill_after is None
                else partial(site.crawl_apart, kill_after=kill_after)
            )
            crawl(archive, moody(site, seed, share, kinds), day=day, settings=bounded)
        asked, last = healthy_runs(site, archive, day)
        assert site.archived(archive) == everything(site)
        told = replace(last, silence=None)  # silent for weeks by then, which is told rightly
        assert told.exit_code == 0, last.summary()
        assert (last.states["gone"], last.count("list/closed")) == (0, 0)
        lists = 7 if family != "K" else 9
        assert asked <= 3 * (len(everything(site)) * 2 + lists * len(HEALTHY_DAYS))


def healthy_runs(site: MoodySite, archive: Path, day: float) -> tuple[int, RunReport]:
    """How many requests the healthy runs made, and the last one's report."""
    asked = 0
    for later in HEALTHY_DAYS:
        last = site.crawl(archive, day=day + later)
        asked += sum(site.asked.values())
    return asked, last


# The model fails where a fault is planted back ----------------------------------------------------


def no_judgement(patch: pytest.MonkeyPatch) -> None:
    """Each answer counts for itself, and once is enough."""
    patch.setattr(AnswerWindow, "is_outage", lambda self: False)
    patch.setattr(AnswerWindow, "is_mostly_absent", lambda self: False)
    patch.setattr(Known, "is_back_by_list", lambda self, now_s: False)
    patch.setattr(link_table, "next_appeal", lambda now, refusals: None)
    patch.setattr(article_table, "next_search", lambda now, absences: None)


def absence_closes_a_list(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Absence, "is_believed", True)
    patch.setattr(Absence, "is_due", lambda self, now: False)


def absence_ends_a_list(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(list_walk, "_END_CHECKED_AFTER", (timedelta(days=3650),))
    patch.setattr(ListProgress, "opened", lambda self, walk: self)
    no_second_pass(patch)


def no_second_pass(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SecondPasses, "due", lambda self, *given: None)


def a_front_page_is_the_list(patch: pytest.MonkeyPatch) -> None:
    noted = NewspaperSpider.note_step

    def note_step(
        self: NewspaperSpider, walk: Walk, page: ListPage, step: Step, *, stopped: bool
    ) -> None:
        noted(self, walk, page, replace(step, is_proven=True), stopped=stopped)

    patch.setattr(NewspaperSpider, "note_step", note_step)


def articles_only(answer: int) -> Callable[[MoodySite], Rule]:
    """All articles but the newest answer so."""

    def rule_of(site: MoodySite) -> Rule:
        def rule(target: str) -> Reply | None:
            is_wrong = site.is_article(target) and target != site.path(23)
            return ANSWERS[answer](site, target) if is_wrong else None

        return rule

    return rule_of


def at(part: str, answer: Callable[[MoodySite, str], Reply]) -> Callable[[MoodySite], Rule]:
    return lambda site: lambda target: answer(site, target) if part in target else None


def removing(part: str) -> Callable[[MoodySite], Rule]:
    """An article is taken from the list as the list's page with that address is asked for."""

    def rule_of(site: MoodySite) -> Rule:
        def rule(target: str) -> Reply | None:
            if part in target and len(site.numbers) == 23:
                site.numbers.pop(1)
            return None

        return rule

    return rule_of


Plant = Callable[[pytest.MonkeyPatch], None]
FAULTS: tuple[tuple[str, Plant, Callable[[MoodySite], Rule]], ...] = (
    *(("A", no_judgement, articles_only(answer)) for answer in (0, 1, 2, 3, 5, 6, 9)),
    ("K", absence_closes_a_list, at("/cu/", ANSWERS[5])),
    ("K", no_second_pass, removing("/xa-hoi/trang-3")),
    ("A", no_second_pass, removing("first=10&")),
    ("E2", no_second_pass, removing("page=4")),
    ("E2", absence_ends_a_list, at("page=2", ANSWERS[5])),
    ("E2", absence_ends_a_list, at("page=3", ANSWERS[4])),
    (
        "A",
        a_front_page_is_the_list,
        at("/xa-hoi/", lambda site, target: page(site.list_links(site.numbers[:5]))),
    ),
)


@pytest.mark.parametrize(("family", "plant", "wrong"), FAULTS)
def test_each_planted_fault_loses_articles(
    family: str,
    plant: Plant,
    wrong: Callable[[MoodySite], Rule],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for folder, is_planted in (("well", False), ("planted", True)):
        with moody_site(family, 6 if family == "K" else 0) as site, monkeypatch.context() as patch:
            if is_planted:
                plant(patch)
            site.crawl(tmp_path / folder, wrong(site))
            healthy_runs(site, tmp_path / folder, 0)
            assert (site.archived(tmp_path / folder) >= everything(site)) is not is_planted
