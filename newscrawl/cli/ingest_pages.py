"""Taking pages that others have collected into the archives: from WARC files to articles.

The files are read once, in this process; the pages of known newspapers are read on all cores, and
their articles are archived in the order in which they come, each as the version of its moment.
What the archive has already is told apart before anything is written, so that a second run changes
no byte and a run that was killed goes on where it was.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from newscrawl.archive.newspaper_archive import Archive
from newscrawl.archive.warc.collection import BLOCK_MAX_BYTES, CollectedPage, collected
from newscrawl.article.item_schema import check_line
from newscrawl.cli.side_by_side import Workers, lots_of, read_side_by_side
from newscrawl.cli.stored_response import NO_ARTICLE, UNREAD, Answer, read_stored
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import ArchiveError
from newscrawl.http.content_encoding import unpack
from newscrawl.items import Article, to_line
from newscrawl.text import counted

Newspaper = type[NewspaperSpider]
NO_ADDRESS: Final = "no article's address"
FORGOTTEN: Final = "forgotten"
_COMMIT_PAGES: Final = 256


@dataclass(slots=True)
class Ingested:
    """What became of the records of some files."""

    records: Counter[str] = field(default_factory=Counter)
    """Responses that are no page of a wanted newspaper, by reason"""
    articles: dict[str, Counter[str]] = field(default_factory=dict)
    """Pages of each newspaper, by what became of them"""
    problems: list[str] = field(default_factory=list)
    """A line for each file that breaks off, and each page that could not be read"""

    def count(self, newspaper: str, what: str) -> None:
        """Count one page of a newspaper."""
        self.articles.setdefault(newspaper, Counter())[what] += 1


@dataclass(frozen=True, slots=True)
class _Task:
    """A page and the newspaper that it belongs to."""

    newspaper: str
    page: CollectedPage


class Wanted:
    """The newspapers whose pages are taken in, by their hosts."""

    def __init__(self, newspapers: Iterable[Newspaper]) -> None:
        self.by_name = {newspaper.name: newspaper for newspaper in newspapers}
        self._by_host = {
            host: newspaper for newspaper in self.by_name.values() for host in newspaper.hosts
        }

    def has_host(self, host: str) -> bool:
        """Return whether a host is one of theirs."""
        return host in self._by_host

    def of(self, url: str) -> Newspaper:
        """Return the newspaper of an address whose host is one of theirs."""
        return self._by_host[urlsplit(url).hostname or ""]


def ingest(
    files: Iterable[str],
    wanted: Wanted,
    archive_of: Callable[[str], Archive],
    begin: Callable[[Archive], None],
    *,
    workers: Workers,
) -> Ingested:
    """Archive the articles of the wanted newspapers that stand in WARC files.

    Args:
        files: Paths, or addresses of fsspec.
        wanted: The newspapers.
        archive_of: Returns the open archive of a newspaper by name; called once for each.
        begin: Begins the run of an archive; called before each write to it.
        workers: Who reads the pages.

    Raises:
        ArchiveError: An archive cannot be opened or written.
        ArgumentError: A package that reads the files is not installed.
    """
    done = Ingested()
    keeper = _Keeper(archive_of, begin, done)
    killed: Answer = (UNREAD, "the process that read the page was killed")
    read = partial(_read_lot, newspapers=wanted.by_name)
    lots = lots_of(_tasks(files, wanted, done))
    for lot, answers in read_side_by_side(lots, read, killed, workers):
        for task, answer in zip(lot, answers, strict=True):
            keeper.keep(task, answer)
    keeper.flush()
    return done


class _Keeper:
    """Archives the answers, and commits what it has archived now and then."""

    def __init__(
        self,
        archive_of: Callable[[str], Archive],
        begin: Callable[[Archive], None],
        done: Ingested,
    ) -> None:
        self._archive_of = archive_of
        self._begin = begin
        self._done = done
        self._archives: dict[str, Archive] = {}
        self._pending = 0

    def keep(self, task: _Task, answer: Answer) -> None:
        """Archive the article of a page, or note why it has none."""
        if isinstance(answer, Article):
            archive = self._archives.get(task.newspaper)
            if archive is None:
                archive = self._archives[task.newspaper] = self._archive_of(task.newspaper)
            self._done.count(task.newspaper, self._archived(archive, answer, task.page))
        else:
            self._done.count(task.newspaper, answer[0])
            if answer[0] == UNREAD:
                self._done.problems.append(f"{answer[1]} [{task.page.place}]")
        self._pending += 1
        if self._pending == _COMMIT_PAGES:
            self.flush()

    def flush(self) -> None:
        """Commit what was archived."""
        self._pending = 0
        for archive in self._archives.values():
            archive.flush()

    def _archived(self, archive: Archive, article: Article, page: CollectedPage) -> str:
        """Archive an article and its page where they say something new; return its outcome."""
        if article.id.partition(":")[2] in archive.ledger.tombstones:
            return FORGOTTEN
        versions = archive.ledger.collected
        if versions.says_nothing_new(article):
            return "unchanged"
        self._begin(archive)
        raw_ref = archive.keep(page.exchange)
        return versions.archive(replace(article, raw_ref=raw_ref, run_id=archive.run_id))


def _tasks(files: Iterable[str], wanted: Wanted, done: Ingested) -> Iterator[_Task]:
    """Yield the pages that may hold an article, and count all others."""
    for file in files:
        try:
            for found in collected(file, wanted.has_host):
                if not isinstance(found, CollectedPage):
                    done.records[found] += 1
                    continue
                newspaper = wanted.of(found.exchange.url)
                if newspaper.key_of(found.exchange.url) is None and not newspaper.is_found:
                    done.records[NO_ADDRESS] += 1
                else:
                    yield _Task(newspaper.name, found)
        except ArchiveError as error:
            done.problems.append(str(error))


def _read_lot(lot: list[_Task], newspapers: Mapping[str, Newspaper]) -> list[Answer]:
    return [_read(task.page, newspapers[task.newspaper]) for task in lot]


def _read(page: CollectedPage, newspaper: Newspaper) -> Answer:
    """Return the article of a collected page, as a crawl of that day would have stored it."""
    exchange = page.exchange
    headers = {name.lower(): value for name, value in exchange.response_headers}
    try:
        body = unpack(exchange.body, headers.get("content-encoding", ""), BLOCK_MAX_BYTES)
    except ValueError as error:
        return UNREAD, f"{error}: {exchange.url}"
    answer = read_stored(
        exchange.url, body, fetched_at=exchange.received_at,
        content_type=headers.get("content-type"), status=exchange.status, newspaper=newspaper,
    )  # fmt: skip
    if newspaper.key_of(exchange.url) is None:
        answer = _in_doubt(answer)
    if isinstance(answer, Article) and (problems := check_line(to_line(answer))):
        return UNREAD, f"{'; '.join(problems)}: {answer.url}"
    return answer


def _in_doubt(answer: Answer) -> Answer:
    """Return what is believed of a page whose address does not tell whether it is an article.

    No list has named it. It may be a list itself, or a page about the paper, which have no date:
    of 503 articles and 103 other pages of ten sites that strangers built, this takes all articles
    and one page more, on which the clock of its head reads like a date.
    """
    if isinstance(answer, Article) and answer.published_at is not None:
        return answer
    return NO_ARTICLE, "neither its address nor a date says that it is one"


def summary(done: Ingested, files: int) -> str:
    """Return the outcome for a person, a line for each newspaper."""
    lines = []
    for name, counts in sorted(done.articles.items()):
        kinds = ("new", "changed", "earlier", "unchanged", UNREAD, NO_ARTICLE, FORGOTTEN)
        told = " · ".join(f"{what} {counts[what]}" for what in kinds if counts[what])
        lines.append(f"{name}  {counted(counts.total(), 'page')}: {told}")
    others = " · ".join(f"{what} {n}" for what, n in done.records.most_common())
    lines.append(f"{counted(files, 'file')} · passed over: {others or 'nothing'}")
    return "\n".join(lines)
