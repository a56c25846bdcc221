"""Reading the archive's pages again with today's code, on all cores.

An article that reads otherwise gets a revision made by the extractor, not by the paper; a page that
could not be read when it was fetched becomes an article. No request is made.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from newscrawl.archive.ledger.article_table import key_of
from newscrawl.archive.ledger.due import State
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.revision import changed_in
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.article.item_schema import check_line
from newscrawl.cli.side_by_side import LOT_PAGES, Workers, lots_of, read_side_by_side, workers_here
from newscrawl.cli.stored_response import UNREAD, Answer, read_stored
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Article, to_line
from newscrawl.text import counted

_UNREAD_STATES: Final[tuple[State, ...]] = ("discovered", "failed", "given_up", "refused")


@dataclass(slots=True)
class Reparsed:
    """What became of the pages."""

    counts: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)
    """One line for each page that could not be read: error, address, place of the page"""
    without_page: int = 0
    """Articles whose raw page is not kept, which are not read again"""


def reparse(
    ledger: Ledger,
    folder: Path,
    newspaper: type[NewspaperSpider],
    *,
    since: datetime | None,
    begin: Callable[[], str],
    workers: Workers,
) -> Reparsed:
    """Read the pages of the archive again, and archive the articles that read otherwise.

    Args:
        ledger: the newspaper's ledger, open for writing.
        folder: the newspaper's folder.
        newspaper: its declaration, whose page classes read.
        since: only pages fetched then or later; None = all.
        begin: opens the run and returns its id; called before the first write only, so that
            unchanged code changes no byte.
        workers: who reads; elsewhere than here they find the pages in a folder of the same path.

    Raises:
        ArchiveError: the ledger cannot be written.
    """
    done = Reparsed(without_page=len(ledger.articles.without_page()))
    refs = sorted({*ledger.articles.page_refs(since), *_unread(ledger, newspaper)}, key=_place)
    run_id = ""
    for ref, answer in _read_all(refs, folder, newspaper, ledger, workers):
        if not isinstance(answer, Article):
            done.counts[answer[0]] += 1
            if answer[0] == UNREAD:
                done.unread.append(f"{answer[1]} [{ref}]")
            continue
        run_id = run_id or begin()
        now = datetime.now(UTC)
        stored = ledger.articles.archive(
            replace(answer, run_id=run_id), now, changed_by="extractor"
        )
        done.counts[stored.outcome] += 1
    ledger.flush()
    return done


def _unread(ledger: Ledger, newspaper: type[NewspaperSpider]) -> Iterator[str]:
    """Yield where the newest page lies of each link that never became an article.

    Pages are matched by key, because a redirect may have led to another address than the link's.
    """
    waiting = ledger.links.without_article(*_UNREAD_STATES)
    if not waiting:
        return
    newest: dict[str, str] = {}
    for url, ref in ledger.pages.newest_refs():
        key = newspaper.key_of(url)
        if key is not None and key in waiting:
            newest[key] = ref
    yield from newest.values()


def _place(ref: str) -> tuple[str, int]:
    """Return a sort key that puts pages in their order on the disk."""
    path, _, offset = ref.partition("#")
    return path, int(offset)


Lot = list[str]


def _read_all(
    refs: Lot, folder: Path, newspaper: type[NewspaperSpider], archived: Ledger, workers: Workers
) -> Iterator[tuple[str, Answer]]:
    """Yield every page with its answer, in the order of `refs`, whatever becomes of the workers."""
    killed: Answer = (UNREAD, "the process that read the page was killed")
    if workers.are_here:
        read = partial(_read_and_compare, folder=folder, newspaper=newspaper)
        few = workers_here(1) if len(refs) <= LOT_PAGES else workers
        for lot, answers in read_side_by_side(lots_of(refs), read, killed, few):
            yield from zip(lot, answers, strict=True)
        return
    read = partial(_read_and_check, folder=folder, newspaper=newspaper)
    for lot, answers in read_side_by_side(lots_of(refs), read, killed, workers):
        compared = (_compared(answer, archived) for answer in answers)
        yield from zip(lot, compared, strict=True)


def _read_and_compare(refs: Lot, folder: Path, newspaper: type[NewspaperSpider]) -> list[Answer]:
    """Return the answers of a lot, compared with the lines as last committed.

    The workers compare, because a single parent would be the bottleneck. A lot is read before the
    first answer is compared: the validator is a function of thousands of lines, which leaves the
    processor's cache while a page of 90 KB is read, and then takes 0.15 ms instead of 0.02.
    """
    answers = [_read(ref, folder, newspaper) for ref in refs]
    with Ledger.open_to_read(folder) as archived:
        return [_compared(_checked(answer), archived) for answer in answers]


def _read_and_check(refs: Lot, folder: Path, newspaper: type[NewspaperSpider]) -> list[Answer]:
    """Return the answers of a lot on a worker elsewhere.

    It does not open the ledger: readers and writer of a SQLite file share memory of one machine.
    """
    answers = [_read(ref, folder, newspaper) for ref in refs]
    return [_checked(answer) for answer in answers]


def _checked(answer: Answer) -> Answer:
    """Return the article where its line is valid."""
    if isinstance(answer, Article) and (problems := check_line(to_line(answer))):
        return UNREAD, f"{'; '.join(problems)}: {answer.url}"
    return answer


def _compared(answer: Answer, archived: Ledger) -> Answer:
    """Return the article where it reads otherwise than its line."""
    if not isinstance(answer, Article):
        return answer
    before = archived.articles.line(key_of(answer.id))
    if before is not None and not changed_in(before, to_line(answer)):
        return "unchanged", ""
    return answer


def _read(ref: str, folder: Path, newspaper: type[NewspaperSpider]) -> Answer:
    """Return the article of one kept page, as a crawl would store it today."""
    try:
        page = read_page(folder, ref)
    except ArchiveError as error:
        return UNREAD, str(error)
    answer = read_stored(
        page.url, page.body, fetched_at=page.fetched_at, content_type=page.header("content-type"),
        status=page.status, newspaper=newspaper,
    )  # fmt: skip
    return replace(answer, raw_ref=ref) if isinstance(answer, Article) else answer


def summary(name: str, done: Reparsed) -> str:
    """Return the outcome in one line for a person."""
    counts = done.counts
    total = sum(counts.values())
    told = " · ".join(
        f"{what} {counts[what]}" for what in ("new", "changed", "unchanged", "unread")
    )
    lacking = f" · without a kept page {done.without_page}" if done.without_page else ""
    told += f" · no articles {counts['no article']}{lacking}"
    return f"{name}  {counted(total, 'page')} read again: {told}"
