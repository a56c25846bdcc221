"""The archive's pages read again with today's code, on all cores.

An article that reads otherwise becomes a revision made by the extractor, not by the newspaper. A
page that could not be read when it was fetched becomes an article. No request is made.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

from newscrawl.archive.ledger.article_table import key_of
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import read_only
from newscrawl.archive.ledger.revision import changed_in
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.article.item_schema import check_line
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.crawl.gc_tuning import collect_rarely
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.responses import time_of_fetch
from newscrawl.exceptions import (
    ArchiveError,
    ExtractionError,
    IncompletePageError,
    NotAnArticleError,
)
from newscrawl.items import Article, to_line
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document

_LOT_PAGES = 64  # pages a worker takes at once: few messages, and no core idles at the end
_UNREAD_STATES = ("discovered", "failed", "given_up", "refused")
_HEADER = "content-type"


@dataclass(slots=True)
class Reparsed:
    """What became of the pages."""

    counts: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)
    """A line for each page that could not be read: the error, the address, the page's place"""


Answer = Article | tuple[str, str]
"""The article where it reads otherwise than its line, else (outcome, reason)"""


def reparse(
    ledger: Ledger,
    folder: Path,
    newspaper: type[NewspaperSpider],
    *,
    since: datetime | None,
    begin: Callable[[], str],
    processes: int | None = None,
) -> Reparsed:
    """Read the archive's pages again, and write the articles that read otherwise.

    Args:
        ledger: The ledger of the archive, open for writing.
        folder: The archive.
        newspaper: Whose page classes read.
        since: Only pages fetched since then; None for all.
        begin: Opens the run and returns its id; called only when there is something to write, so
            that unchanged code changes no byte.
        processes: How many read side by side; None for one a core.

    Raises:
        ArchiveError: The ledger cannot be written.
    """
    done = Reparsed()
    refs = sorted({*_archived(ledger, since), *_unread(ledger, newspaper)}, key=_place)
    run_id = ""
    for ref, answer in _read_all(refs, folder, newspaper, processes or os.cpu_count() or 1):
        if not isinstance(answer, Article):
            done.counts[answer[0]] += 1
            if answer[0] == "unread":
                done.unread.append(f"{answer[1]} [{ref}]")
            continue
        run_id = run_id or begin()
        now = datetime.now(UTC)
        stored = ledger.archive(replace(answer, run_id=run_id), now, changed_by="extractor")
        done.counts[stored.outcome] += 1
    ledger.flush()
    return done


def _archived(ledger: Ledger, since: datetime | None) -> Iterator[str]:
    query = "SELECT line ->> 'raw_ref', line ->> 'fetched_at' FROM articles"
    for ref, fetched_at in ledger.rows(query):
        if ref and (since is None or datetime.fromisoformat(fetched_at) >= since):
            yield ref


def _unread(ledger: Ledger, newspaper: type[NewspaperSpider]) -> Iterator[str]:
    """Yield the newest page of each link that never became an article.

    A page belongs to a link by its key, because a redirect may have changed its address.
    """
    marks = ", ".join("?" * len(_UNREAD_STATES))
    query = f"SELECT key FROM links WHERE state IN ({marks}) AND revision = 0"  # noqa: S608
    waiting = {key for (key,) in ledger.rows(query, _UNREAD_STATES)}
    if not waiting:
        return
    newest: dict[str, str] = {}
    for url, ref in ledger.rows("SELECT url, raw_ref FROM payloads ORDER BY fetched_at"):
        key = newspaper.key_of(url)
        if key is not None and key in waiting:
            newest[key] = ref
    yield from newest.values()


def _place(ref: str) -> tuple[str, int]:
    """Return file and offset of a page, which sort in the order of the disk."""
    path, _, offset = ref.partition("#")
    return path, int(offset)


def _read_all(
    refs: list[str], folder: Path, newspaper: type[NewspaperSpider], processes: int
) -> Iterator[tuple[str, Answer]]:
    lots = [refs[at : at + _LOT_PAGES] for at in range(0, len(refs), _LOT_PAGES)]
    if processes == 1 or len(lots) < 2:
        collect_rarely()
        for lot in lots:
            yield from zip(lot, _read_lot(lot, folder, newspaper), strict=True)
        return
    with ProcessPoolExecutor(processes, initializer=collect_rarely) as pool:
        answers = pool.map(_read_lot, lots, [folder] * len(lots), [newspaper] * len(lots))
        for lot, answer in zip(lots, answers, strict=True):
            yield from zip(lot, answer, strict=True)


def _read_lot(refs: list[str], folder: Path, newspaper: type[NewspaperSpider]) -> list[Answer]:
    """Read pages, and compare each with its line as last committed.

    Workers compare, because one parent would hold them up. All pages are read before the first is
    compared: between two pages of 90 KB the validator, a function of thousands of lines, leaves
    the processor's cache and takes 0.15 ms instead of 0.02.
    """
    answers = [_read(ref, folder, newspaper) for ref in refs]
    with read_only(folder) as archived:
        return [_compared(answer, archived) for answer in answers]


def _compared(answer: Answer, archived: Connection) -> Answer:
    """Return the article where it is valid and reads otherwise than its line."""
    if not isinstance(answer, Article):
        return answer
    line = to_line(answer)
    if problems := check_line(line):
        return "unread", f"{'; '.join(problems)}: {answer.url}"
    query = "SELECT line FROM articles WHERE key = ?"
    row = archived.execute(query, (key_of(answer.id),)).fetchone()
    if row is not None and not changed_in(json.loads(row[0]), line):
        return "unchanged", ""
    return answer


def _read(ref: str, folder: Path, newspaper: type[NewspaperSpider]) -> Answer:
    """Return the article of one kept page, as a crawl would store it today."""
    try:
        page = read_page(folder, ref)
        headers = {name.lower(): value for name, value in page.headers}
        document = Document(
            page.url,
            page.body,
            fetched_at=time_of_fetch(page.fetched_at, headers.get("date")),
            content_type=headers.get(_HEADER),
            status=page.status,
        )
        check_whole(document)
        found = choose_page(newspaper.pages, document, newspaper.paper).to_item()
    except NotAnArticleError as error:
        return "no article", str(error)
    except (IncompletePageError, ExtractionError, ArchiveError) as error:
        return "unread", str(error)
    if newspaper.key_of(page.url) not in (None, found.id.partition(":")[2]):
        return "no article", f"the page of another article: {page.url}"
    return replace(normalize(found), raw_ref=ref)


def summary(name: str, done: Reparsed) -> str:
    """Return what became of the pages, as one line for a terminal."""
    counts = done.counts
    total = sum(counts.values())
    told = " · ".join(
        f"{what} {counts[what]}" for what in ("new", "changed", "unchanged", "unread")
    )
    return f"{name}  {total} pages read again: {told} · no articles {counts['no article']}"
