"""The ledger against a model of it: in whatever order, nothing is lost or doubled."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from newscrawl.archive.export.jsonl import export
from newscrawl.archive.export.row_reader import read_articles, read_revisions
from newscrawl.archive.ledger.due import Ask
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.verification import verify
from newscrawl.discovery.source import Link
from newscrawl.items import (
    FIELDS,
    VIETNAM,
    Article,
    Line,
)

KEYS = st.sampled_from([str(n) for n in range(6)])
HOUR = timedelta(hours=1)


def check_line(line: Line) -> tuple[str, ...]:
    return () if tuple(line) == FIELDS else ("not an article",)


def link(key: str, slug: str = "tin") -> Link:
    return Link(url=f"https://bao.vn/{slug}-{key}.html", key=key)


def story(key: str, text: str, month: int, now: datetime, run_id: str) -> Article:
    published = datetime(2026, month, 9, 8, 0, tzinfo=VIETNAM)
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=link(key).url,
        headline=f"Tin {key}",
        body=text,
        published_at=published,
        published_date=published.date(),
        published_precision="minute",
        modified_at=None,
        first_seen_at=now,
        fetched_at=now,
        revision=1,
        gone_at=None,
        content_hash=f"sha256:{sha256(f'{key}{text}'.encode()).hexdigest()}",
        run_id=run_id,
        syllable_count=2,
    )


@dataclass(frozen=True)
class Known:
    """What the model holds of a link."""

    text: str | None = None
    revision: int = 0
    is_gone: bool = False
    is_refused: bool = False


class LedgerAgainstModel(RuleBasedStateMachine):
    """Every outcome in every order, over runs, kills, exports and rebuildings."""

    @initialize()
    def open(self) -> None:
        memory = Path("/dev/shm")  # noqa: S108  (a thousand commits: no disk is worn for them)
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None)) / "bao"
        self.ledger = Ledger.open(self.folder, "bao")
        self.known: dict[str, Known] = {}
        self.now = datetime(2026, 12, 1, tzinfo=UTC)
        self.runs = 0
        self.begin_run(HOUR)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            shutil.rmtree(self.folder.parent)

    @rule(after=st.sampled_from([timedelta(0), HOUR, 24 * HOUR, 5000 * HOUR, -9000 * HOUR]))
    def begin_run(self, after: timedelta) -> None:
        self.now += after
        self.runs += 1
        self.run_id = f"r{self.runs}"
        self.ledger.begin_run(self.run_id, self.now, {})
        self.asked: set[str] = set()
        self.settled: set[str] = set()

    def note(self, asks: tuple[Ask, ...]) -> None:
        keys = [ask.link.key for ask in asks]
        assert len(keys) == len(set(keys))
        assert not (self.asked | self.settled) & set(keys)
        assert not any(self.known[key].is_refused for key in keys)
        for ask in asks:
            assert (ask.reason == "due") == (self.known[ask.link.key].revision > 0)
        self.asked |= set(keys)

    @rule(keys=st.lists(KEYS, max_size=5), slug=st.sampled_from(["tin", "tin-moi"]))
    def list_links(self, keys: list[str], slug: str) -> None:
        new = set(keys) - self.known.keys()
        sifted = self.ledger.links.sift([link(key, slug) for key in keys], self.run_id, self.now)
        self.known |= dict.fromkeys(new, Known())
        assert (sifted.new, sifted.known) == (len(new), len(set(keys)) - len(new))
        assert {ask.link.key for ask in sifted.ask if ask.reason == "new"} == new
        self.note(sifted.ask)

    @rule(limit=st.integers(0, 4))
    def wait(self, limit: int) -> None:
        asks = tuple(self.ledger.links.waiting(self.now, limit))
        assert len(asks) <= limit
        self.note(asks)

    @rule(key=KEYS, text=st.sampled_from(["một", "hai"]), month=st.integers(1, 3))
    def archive(self, key: str, text: str, month: int) -> None:
        article = story(key, text, month, self.now, self.run_id)
        stored = self.ledger.articles.archive(article, self.now)
        before = self.known.get(key, Known())
        if before.revision == 0:
            expected, revision = "new", 1
        elif before.text != text:
            expected, revision = "changed", before.revision + 1
        else:
            expected, revision = "gone_back" if before.is_gone else "unchanged", before.revision
        assert (stored.outcome, stored.revision) == (expected, revision)
        self.known[key] = Known(text, revision)
        self.settled |= self.asked & {key}
        self.asked.discard(key)

    @precondition(lambda self: self.asked)
    @rule(
        data=st.data(),
        outcome=st.sampled_from(["unchanged", "gone", "refuse", "fail"]),
        times=st.integers(1, 2),
    )
    def settle(self, data: st.DataObject, outcome: str, times: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.asked)))
        self.settled.add(key)
        self.asked.remove(key)
        for _ in range(times):
            self.tell(key, outcome)

    def tell(self, key: str, outcome: str) -> None:
        before = self.known[key]
        if outcome == "unchanged":
            self.ledger.links.mark_unchanged(key, self.now)
            self.known[key] = replace(before, is_refused=False)
        elif outcome == "gone":
            told = self.ledger.articles.mark_absent(key, 404, self.now)
            assert (told == "gone") <= (before.revision > 0 and not before.is_gone)
            is_gone = before.is_gone or told == "gone"
            self.known[key] = replace(before, is_gone=is_gone, is_refused=False)
        elif outcome == "refuse":
            self.ledger.links.refuse(key, "off-site", self.now)
            self.known[key] = replace(before, is_refused=before.revision == 0)
        elif outcome == "fail":
            self.ledger.links.fail(key, "HTTP 500", self.now)
            self.known[key] = replace(before, is_refused=False)

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.folder, "bao")
        self.begin_run(timedelta(0))

    @rule()
    def lose_the_ledger(self) -> None:
        export(self.ledger, self.folder)
        self.ledger.close()
        for path in (self.folder / "state").glob("ledger.*"):
            path.unlink()
        rebuild(self.folder, "bao", self.now, check_line)
        self.ledger = Ledger.open(self.folder, "bao")
        self.begin_run(timedelta(0))

    @rule()
    def export(self) -> None:
        done = export(self.ledger, self.folder)
        archived = {key: known for key, known in self.known.items() if known.revision}
        assert done.articles == len(archived)
        assert {
            (line["id"], line["body"], line["revision"], line["status"] == "gone")
            for line in read_articles(self.folder)
        } == {
            (f"bao:{key}", known.text, known.revision, known.is_gone)
            for key, known in archived.items()
        }
        older = [(line["id"], line["revision"]) for line in read_revisions(self.folder)]
        assert sorted(older) == sorted(
            (f"bao:{key}", n) for key, known in archived.items() for n in range(1, known.revision)
        )
        assert export(self.ledger, self.folder).files == ()
        assert verify(self.folder, check_line) == ()

    @invariant()
    def every_link_is_in_one_state(self) -> None:
        if not hasattr(self, "known"):
            return
        states = self.ledger.links.states()
        assert sum(states.values()) == len(self.known)
        values = self.known.values()
        assert states["archived"] == sum(k.revision > 0 and not k.is_gone for k in values)
        assert states["refused"] == sum(k.is_refused for k in values)

    @invariant()
    def every_article_is_as_it_was_told(self) -> None:
        for key, known in getattr(self, "known", {}).items():
            article = self.ledger.articles.get(key)
            if known.revision == 0:
                assert article is None
                continue
            assert article is not None
            assert (article.body, article.revision) == (known.text, known.revision)
            assert (article.status == "gone") == known.is_gone == (article.gone_at is not None)


LedgerAgainstModel.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None
)
TestLedgerAgainstModel = LedgerAgainstModel.TestCase
