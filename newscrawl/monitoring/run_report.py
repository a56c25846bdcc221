"""The run report: counts, health, exit code, and a summary of one screen. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from newscrawl.config.program import given_place, program
from newscrawl.exit_codes import ExitCode, meaning_of
from newscrawl.items import VIETNAM
from newscrawl.monitoring.health import Regression
from newscrawl.monitoring.indicators import GONE, LISTS
from newscrawl.monitoring.site_failures import DOWN, failure_lines
from newscrawl.monitoring.sources_told import SourcesTold
from newscrawl.text import counted
from newscrawl.timestamps import utc_text

Health = Literal["ok", "thin", "degraded", "dead"]

_WELL: Final = (
    ExitCode.OK,
    ExitCode.BOUND_REACHED,
    ExitCode.BUSY,
    ExitCode.INTERRUPTED,
    ExitCode.TERMINATED,
)
_QUIET: Final = (ExitCode.OK, ExitCode.BOUND_REACHED, ExitCode.BUSY)
HOST_BUSY: Final = "host_busy"
"""Reason of a run that waited in vain for another newspaper's run on its host"""
DEAD_REASONS: Final = ("site_unreachable", "site_blocked", "site_outage")
_ROBOTS_REASONS: Final = ("robots_unreachable", "robots_forbidden")
_FAILED_SHARE_MAX: Final = 0.2  # of the articles asked for
_MISPLACED_MIN_ARTICLES: Final = 5  # fewer may be two articles of one title
_FAILED_MIN_ARTICLES: Final = 3
KILLED_IN_A_ROW_MAX: Final = 3  # runs; one may be a restart of the machine
_GIVEN: Final = ("new", "changed", "unchanged", "gone", "in_doubt")
_LIST_FAULTS: Final = (
    "list/unread",
    "list/failed",
    "list/all_absent",
    "list/front_only",
    "list/stand_in",
)
_FAILED: Final = ("failed", "broken", "unread", "suspect")


def reason_of(reason: str, counts: Mapping[str, int]) -> str:
    """Return why a run ended: Scrapy's reason, or site_blocked or site_outage without an article.

    A site may refuse its articles and go on answering with lists. With too few articles to trip the
    circuit breaker the run finishes; it is reported as blocked all the same. A site that answers
    all of them with redirects, pages in repair or 404 has an outage.

    >>> reason_of("finished", {"article/failed": 3, "article/blocked": 3, "list/read": 40})
    'site_blocked'
    >>> reason_of("finished", {"article/failed": 3, "article/blocked": 3, "article/unchanged": 1})
    'finished'
    """
    if reason not in ("finished", "limit"):
        return reason
    blocked = counts.get("article/blocked", 0)
    given = sum(counts.get(f"article/{name}", 0) for name in _GIVEN)
    failed = sum(counts.get(f"article/{name}", 0) for name in _FAILED)
    if given or failed < _FAILED_MIN_ARTICLES:
        return reason
    if blocked * 2 >= failed:
        return "site_blocked"
    return "site_outage" if counts.get("article/suspect", 0) * 2 >= failed else reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run of one newspaper."""

    run_id: str
    newspaper: str
    started_at: datetime
    ended_at: datetime
    reason: str
    """Why the crawl ended, Scrapy's finish reason or ours"""
    signal: int | None
    """Number of the signal that stopped it"""
    counts: Mapping[str, int]
    """The run's counters without their prefix newscrawl/"""
    requests: int
    bytes: int
    errors: int
    """Exceptions that no code of ours expects"""
    states: Mapping[str, int]
    """How many links are in each state; their sum is every link ever seen"""
    articles: int
    """Articles in the archive after the run"""
    newest: datetime | None
    oldest: datetime | None
    archive_error: str | None = None
    front_only: tuple[str, ...] = ()
    """Addresses of the lists of which only the newest page could be read"""
    of_sources: SourcesTold = field(default_factory=SourcesTold)
    """What stood in for lists, and what feeds and lists left out"""
    not_modified: int = 0
    """Answers with status 304"""
    snapshot: str | None = None
    """Name of the snapshot taken of the archive after the run"""
    snapshot_problem: str | None = None
    """Why no snapshot could be taken; the archive is whole without it"""
    snapshot_note: str = ""
    """Which files the snapshot holds as copies or not at all; "" = every file is linked"""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """The record of `Health`: for each template its articles, fields and lengths"""
    killed: tuple[str, ...] = ()
    """A line for each earlier run that was killed since the last one that ended"""
    killed_in_a_row: int = 0
    silence: str | None = None
    """What is told of a newspaper that has given nothing new for longer than usual"""
    free_bytes: int | None = None
    """Free space on the archive's disk after the run"""
    disk: str | None = None
    """What is told of a disk that will soon be full"""
    clock_ahead_s: int = 0
    """How far the clock was put forward by which articles and lists were dated; the run's own times
    are the machine's"""
    weaknesses: tuple[Regression, ...] = ()
    """Fields that could not be read, or that read worse than in the runs before"""

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)

    @property
    def asked(self) -> int:
        return sum(self.count(f"article/{name}") for name in (*_GIVEN, *_FAILED))

    @property
    def unread(self) -> int:
        """Return on how many pages a required field could not be read by their page class."""
        return sum(
            n
            for name, n in self.counts.items()
            if name.startswith("field/") and name.endswith("/failed")
        )

    @property
    def failed(self) -> int:
        return sum(self.count(f"article/{name}") for name in _FAILED)

    @property
    def exit_code(self) -> int:
        """Return the `ExitCode` of the first cause that holds, the gravest first."""
        if self.archive_error is not None:
            return ExitCode.ARCHIVE_ERROR
        if self.errors:
            return ExitCode.BUG
        if self.reason in _ROBOTS_REASONS:
            return ExitCode.ROBOTS
        if self.reason in DEAD_REASONS or self._is_silent:
            return ExitCode.SITE_DOWN
        if self.signal is not None:
            return 128 + self.signal
        if self.reason == HOST_BUSY:
            return ExitCode.BUSY
        if self._is_degraded or self._is_warned:
            return ExitCode.DEGRADED
        if self.reason not in ("finished", "limit") or self.count("bound/list_pages"):
            return ExitCode.BOUND_REACHED
        return ExitCode.OK

    @property
    def health(self) -> Health:
        code = self.exit_code
        if code in (ExitCode.SITE_DOWN, ExitCode.ROBOTS):
            return "dead"
        if code == ExitCode.DEGRADED:
            is_unread = self.failed or self.unread or self.count("list/unread")
            return "degraded" if is_unread else "thin"
        return "ok" if code in _WELL else "degraded"

    @property
    def _is_silent(self) -> bool:
        """Return whether no list page was answered at all."""
        return self.count("list/failed") > 0 and not (
            self.count("list/read") or self.count("list/unread")
        )

    @property
    def _is_warned(self) -> bool:
        """Return whether the run went well, and a person is needed all the same."""
        return bool(self.silence or self.disk or self.killed_in_a_row >= KILLED_IN_A_ROW_MAX)

    @property
    def _is_degraded(self) -> bool:
        doubted = self._counted("doubt/").items()
        doubts = sum(n for kind, n in doubted if not kind.startswith("http_"))
        failed, asked = self.failed + doubts, self.asked + doubts
        too_many = failed >= _FAILED_MIN_ARTICLES and failed > _FAILED_SHARE_MAX * asked
        lists = any(map(self.count, _LIST_FAULTS))
        # An index of sitemaps names no article itself.
        empty = self.count("list/read") > self.count("list/index") and not self.count("list/links")
        all_failed = self.failed > 0 and self.failed == self.asked
        is_outage = bool(self._counted("outage/") or self.count("article/questioned"))
        is_outage = is_outage or self.count("article/misplaced") >= _MISPLACED_MIN_ARTICLES
        faults = (too_many, lists, empty, all_failed, is_outage, self.unread, self.weaknesses)
        return any(faults)

    @property
    def trouble(self) -> str:
        """Return what tells this run's trouble from another; "" where nobody needs to be told."""
        if self.exit_code in _QUIET:
            return ""
        parts = [str(self.exit_code), self.reason, self.archive_error or ""]
        parts += ["silence"] if self.silence else []
        parts += ["disk"] if self.disk else []
        parts += [name for name in (*_TROUBLES, *_LIST_FAULTS) if self.count(name)]
        parts += ["outage"] if self._counted("outage/") else []
        parts += sorted(f"{weak.template} {weak.field}" for weak in self.weaknesses)
        return " · ".join(filter(None, parts))

    @property
    def own_trouble(self) -> str:
        """Return the `trouble` of the newspaper without that of the disk; "" where it has none."""
        return replace(self, disk=None).trouble

    @property
    def said(self) -> str:
        """Return this run's trouble in one line for a person; "" where nobody needs to be told."""
        if not self.trouble:
            return ""
        parts = [self.archive_error or "", *self._failures]
        if self.killed_in_a_row >= KILLED_IN_A_ROW_MAX:
            parts.append(f"{self.killed_in_a_row} runs in a row were killed")
        parts += [f"STALLED: {self.silence}"] if self.silence else []
        parts += [f"DISK: {self.disk}"] if self.disk else []
        parts += [f"field {weak}" for weak in self._weak]
        parts += [f"{said}: {self.count(name)}" for name, said in _TROUBLES.items()
                  if self.count(name)]  # fmt: skip
        told = "; ".join(filter(None, [*parts, *(line.strip() for line in self._outages())]))
        meaning = meaning_of(self.exit_code, self.reason)
        return f"exit {self.exit_code}: {meaning}{': ' if told else ''}{told}"

    def record(self) -> dict[str, Any]:
        """Return the line of runs/<YYYY-MM>.jsonl."""
        return {
            "run_id": self.run_id,
            "newspaper": self.newspaper,
            "started_at": utc_text(self.started_at),
            "ended_at": utc_text(self.ended_at),
            "reason": self.reason,
            "exit_code": self.exit_code,
            "health": self.health,
            "signal": self.signal,
            "archive_error": self.archive_error,
            "free_bytes": self.free_bytes,
            "requests": self.requests,
            "not_modified": self.not_modified,
            "bytes": self.bytes,
            "articles": self.articles,
            "counts": dict(sorted(self.counts.items())),
            "states": dict(sorted(self.states.items())),
            "fields": dict(self.fields),
            "front_only_lists": list(self.front_only),
            "silence": self.silence or "",
            "disk": self.disk or "",
            "weaknesses": [asdict(weakness) for weakness in self.weaknesses],
            **self.of_sources.record(),
            **({"clock_ahead_s": self.clock_ahead_s} if self.clock_ahead_s else {}),
        }

    def summary(self) -> str:
        """Return one screen for a person, with the same figures as `record`."""
        seconds = int((self.ended_at - self.started_at).total_seconds())
        rate = self.requests / max(seconds, 1)
        local = self.started_at.astimezone(VIETNAM)
        lines = [
            f"{self.newspaper}  {local:%Y-%m-%d %H:%M} (+07)  {_duration(seconds)}  {self.health}",
            self._outcomes(),
            self._holdings(),
            f"  requests {self.requests} · {rate:.1f}/s · {self.bytes / 1e6:.1f} MB{self._more()}",
        ]
        lines.extend(self._troubles())
        return "\n".join(lines)

    def _outcomes(self) -> str:
        names = ("new", "changed", "gone", "unchanged")
        told = [f"{name} {self.count(f'article/{name}')}" for name in names]
        if doubted := self.count("article/in_doubt"):  # absent once, which proves nothing
            told.append(f"in doubt {doubted}")
        where = f" ({program()} links {self.newspaper}{given_place()})" if self.failed else ""
        return "  " + " · ".join([*told, f"failed {self.failed}{where}"])

    def _holdings(self) -> str:
        held = f"archive {counted(self.articles, 'article')}"
        told = [held]
        if self.oldest is not None and self.newest is not None:
            oldest, newest = self.oldest.astimezone(VIETNAM), self.newest.astimezone(VIETNAM)
            is_this_year = newest.year == self.ended_at.astimezone(VIETNAM).year
            day = f"{newest:%d/%m}" if is_this_year else f"{newest:%d/%m/%Y}"
            months = dict.fromkeys((f"{oldest:%Y-%m}", f"{newest:%Y-%m}"))
            told = [f"newest {day} {newest:%H:%M}", f"{held}, {' … '.join(months)}"]
        if self.snapshot is not None:
            told.append(f"snapshot {self.snapshot}")
        return "  " + " · ".join(told)

    def _more(self) -> str:
        """Return the rare figures: 304s, templates, warnings, pages that were no articles."""
        told = []
        if self.not_modified:
            share = self.not_modified / max(self.requests, 1)
            told.append(f"304s saved {share:.0%}")
        layouts = {name: tally["seen"] for name, tally in self.fields.items() if "read" in tally}
        groups = {
            "layout": layouts,
            "warnings": self._counted("warning/"),
        }
        for group, counts in groups.items():
            if counts:
                told.append(f"{group}: {', '.join(f'{name} {n}' for name, n in counts.items())}")
        if refused := self._counted("refused/"):
            links = ", ".join(f"{n} × {name}" for name, n in refused.items())
            told.append(f"links that are no articles: {links}")
        return "".join(f" · {part}" for part in told)

    def _counted(self, prefix: str) -> dict[str, int]:
        """Return the counters with that prefix, by the rest of their names."""
        named = sorted(self.counts.items())
        return {name.removeprefix(prefix): n for name, n in named if name.startswith(prefix)}

    @property
    def _failures(self) -> tuple[str, ...]:
        """Return what kept a site that is down or forbidden from answering, the most first."""
        return failure_lines(self.counts) if self.exit_code in DOWN else ()

    @property
    def _weak(self) -> tuple[Regression, ...]:
        """Return the fields that a person is told of: where no list answered, lists are not."""
        is_down = self.exit_code in DOWN
        return tuple(weak for weak in self.weaknesses if not (is_down and weak.template == LISTS))

    def _outages(self) -> list[str]:
        """Return a line on the answers that prove nothing, if there were any."""
        found = []
        if outage := self._counted("outage/"):
            found.append(
                f"  OUTAGE of the site: of the articles asked for, {_said(outage)};"
                " nothing of it counts, the next run asks again"
            )
        if doubts := self._counted("doubt/"):
            found.append(f"  in doubt, asked for again: {_said(doubts)}")
        return found

    def _of_the_run(self) -> list[str]:
        """Return the lines on the run as a whole, not on its fields or lists."""
        found = [f"  {line}" for line in self.killed]
        if self.reason == HOST_BUSY:
            found.append("  another newspaper's run asks the same host; nothing was asked for")
        if self.archive_error is not None:
            found.append(f"  ARCHIVE: {self.archive_error}")
        if self.snapshot_problem is not None:
            found.append(f"  no snapshot: {self.snapshot_problem}")
        if self.snapshot_note:
            found.append(f"  snapshot: {self.snapshot_note}")
        found.extend(self._outages())
        if self.killed_in_a_row >= KILLED_IN_A_ROW_MAX:
            found.append(f"  {self.killed_in_a_row} runs in a row were killed: look for why")
        if self.silence:
            found.append(f"  STALLED: {self.silence}")
        if self.disk:
            found.append(f"  DISK: {self.disk}")
        return found

    def _troubles(self) -> list[str]:
        found = [*(f"  {line}" for line in self._failures), *self._of_the_run()]
        for weakness in self._weak:
            found.append(f"  field {weakness}")
            found.extend(f"    {url}" for url in weakness.examples)
        if stand_ins := self.count("article/stand_in"):
            found.append(f"  read by the generic reader meanwhile: {stand_ins} (layout_unknown)")
        read = [weak for weak in self._weak if weak.template not in (LISTS, GONE)]
        kept = [url for weak in read for url in weak.examples]
        if kept:
            command = f"{program()} savefixture {self.newspaper} {kept[0]}{given_place()}"
            found.append(f"  make a fixture: {command}")
        if self.front_only:
            found.append(
                f"  lists of which only the newest page could be read: {len(self.front_only)}"
            )
            found.extend(f"    {address}" for address in self.front_only)
        found.extend(self.of_sources.lines(self.newspaper))
        for name, said in (_TROUBLES | _NOTES).items():
            if self.count(name):
                found.append(f"  {said}: {self.count(name)}")
        if bound := _BOUNDS.get(self.reason):
            found.append(f"  ended early by the setting {bound}")
        if self.exit_code:
            found.append(f"  exit {self.exit_code}: {meaning_of(self.exit_code, self.reason)}")
        return found


_BOUNDS: Final[Mapping[str, str]] = {
    "memusage_exceeded": "MEMUSAGE_LIMIT_MB",
    "closespider_timeout": "CLOSESPIDER_TIMEOUT",
    "closespider_itemcount": "CLOSESPIDER_ITEMCOUNT",
    "closespider_pagecount": "CLOSESPIDER_PAGECOUNT",
    "closespider_errorcount": "CLOSESPIDER_ERRORCOUNT",
}
"""Which setting ended a run, by Scrapy's reason"""

_BAD_ANSWERS: Final[Mapping[str, str]] = {
    "failed": "failed",
    "http_404": "answered 404",
    "http_410": "answered 410",
    "redirect_elsewhere": "redirected to another page",
    "redirect_offsite": "redirected to another host",
    "redirect_port": "redirected to another port",
    "redirect_too_many": "redirected without end",
    "same_text": "showed the text of another article",
    "soft_404": "said that the page does not exist",
    "unread": "showed a page that could not be read",
    "unmarked_page": "showed a page without the newspaper's marks",
}


def _said(counts: Mapping[str, int]) -> str:
    """Return bad answers by their number, as a person is told of them."""
    told = sorted(counts.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{count} {_BAD_ANSWERS.get(kind, kind)}" for kind, count in told)


_NOTES: Final[dict[str, str]] = {
    "list/covered": "lists not walked, for a feed has named what is new (they are, once a day)",
    "list/off_hosts": "addresses in feeds and sitemaps that lead off the paper's hosts (left out)",
}
_TROUBLES: Final[dict[str, str]] = {
    "article/misplaced": "articles that show the headline of another (the next run asks again)",
    "article/questioned": "articles changed, as most looked at did (the next run asks again)",
    "list/failed": "lists that could not be had",
    "list/unread": "lists that could not be read",
    "clock/server_date": "answers dated by their server, for this clock is behind the last run",
    "encoding/not_packed": "answers that say they are packed and are not, read as they are",
    "bound/sitemap_depth": "sitemaps named too deep in sitemaps (left out)",
    "list/empty": "lists without a link on their newest page",
    "list/absent": "former lists that answer 404 (believed when they do a day later)",
    "list/closed": "former lists that are closed (since= asks for them again)",
    "list/ended": "lists that end without saying so (later runs look behind the end)",
    "list/second_pass": "lists passed through once more, for what a removal may have hidden",
    "list/acknowledged": "lists that fail, as is acknowledged",
    "bound/links": "links of lists beyond LINKS_PER_PAGE",
    "bound/page": "pages with too many tags or attributes to be read",
    "bound/wire_bytes": "answers larger than DOWNLOAD_MAXSIZE",
    "bound/unpacked_bytes": "answers that unpack to more than DOWNLOAD_MAXSIZE",
    "bound/headers": "answers with too many or too long headers",
    "redirect/too_many": "addresses with more redirects than REDIRECT_MAX_TIMES",
    "gave_up/timeout": "addresses that took longer than DOWNLOAD_TIMEOUT",
    "bound/list_pages": "lists longer than LIST_PAGES (the next run goes on)",
}


def _duration(seconds: int) -> str:
    """Return a duration as a person says it.

    >>> _duration(252), _duration(7)
    ('4m12s', '7s')
    """
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}m{rest:02d}s" if minutes else f"{rest}s"
