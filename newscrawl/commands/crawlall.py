"""`scrapy crawlall`: many newspapers side by side, one summary, the gravest exit code."""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from newscrawl.archive.export.hardlink_snapshot import mark_latest_old, prune, take_snapshot
from newscrawl.archive.export.row_reader import read_runs
from newscrawl.archive.export.snapshot_due import is_snapshot_due
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.manifest import MANIFEST
from newscrawl.cli.alert_rules import switch_off_foreign_alerts, told_of_lost_alerts
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.fleet_line import first_runs_text, fleet_line, named_line
from newscrawl.cli.lanes import lanes
from newscrawl.cli.parallel_crawls import (
    Ended,
    cause_of,
    crawl_command,
    shared_command,
    table,
    worst,
)
from newscrawl.cli.ping_address import checked_ping
from newscrawl.cli.pings import pings_at
from newscrawl.cli.shared_crawls import SharedFleet
from newscrawl.cli.site_looks import later_look
from newscrawl.cli.text_table import cut_lines, terminal_columns
from newscrawl.config.operator_file import FILE_NAME
from newscrawl.config.program import to_type
from newscrawl.crawl.archive_options import archive_options
from newscrawl.crawl.live_line import LiveLine
from newscrawl.crawl.progress_line import usual_gap_s
from newscrawl.discovery.arguments import read_arguments
from newscrawl.exceptions import ArchiveError, ArgumentError
from newscrawl.exit_codes import BY_GRAVITY
from newscrawl.fleet.asking import put_jobs
from newscrawl.fleet.queue_tables import CRAWL
from newscrawl.http.user_agent import checked_contact
from newscrawl.text import clean


def check_arguments(given: Sequence[str]) -> None:
    """Raise `ArgumentError` for a wrong -a before the first crawl, not once in each of them."""
    pairs = dict(pair.partition("=")[::2] for pair in given)
    section = pairs.pop("section", None)  # each newspaper has its own
    read_arguments(pairs, ())
    if section == "":
        raise ArgumentError("section=: a section's path is missing")


def passed_on_by(opts: argparse.Namespace) -> list[str]:
    """Return the options that hold for every crawl."""
    passed_on = ["-s", "SNAPSHOT=False"]  # the one of all newspapers at the end is as good
    passed_on += [part for pair in opts.set for part in ("-s", pair)]
    passed_on += [part for pair in opts.given for part in ("-a", pair)]
    return passed_on + (["-L", opts.loglevel] if opts.loglevel else [])


def told_without_file(path: Path | None, newspapers: int) -> str | None:
    """Return what is told where no operator's file chooses the newspapers; None where one does.

    >>> told_without_file(None, 68)
    'no newscrawl.toml here or above: all 68 newspapers are refreshed'
    >>> told_without_file(Path("newscrawl.toml"), 68)
    """
    said = f"no {FILE_NAME} here or above: all {newspapers} newspapers are refreshed"
    return said if path is None else None


def told_of(run: Ended, lines: Sequence[tuple[str, str]]) -> str:
    """Return what the end of a run pings: its row, and what it printed, or else why it failed."""
    own = [line for name, line in lines if name == run.name]
    return "\n".join([table([run], has_sums=False), *(own or [cause_of(run)])])


class Command(NewspaperCommand):
    """Refresh the archives of many newspapers."""

    def syntax(self) -> str:
        return "[options] [newspaper …]"

    def short_desc(self) -> str:
        return (
            "Refresh the archives of all newspapers, of those named, or of the file's, side by side"
        )

    def long_desc(self) -> str:
        return (
            "Crawls every newspaper at its own polite pace, all at the same time, in as many"
            " processes as there are cores; newspapers that share a host are crawled one after the"
            " other. Each has its own archive, report and exit code, and none touches another. -s"
            " and -a are passed on to each. --queue puts a job for each instead, which its node"
            " runs with settings of its own. Exit code: the gravest, in the order"
            f" {', '.join(map(str, BY_GRAVITY))} (see {to_type('crawl -h')})."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        cores = os.cpu_count() or 1
        parser.add_argument(
            "--processes",
            type=int,
            default=cores,
            metavar="N",
            help="that the newspapers are spread over (default: one a core)",
        )
        parser.add_argument("-a", dest="given", action="append", default=[], metavar="NAME=VALUE",
                            help="argument of every crawl, as -a since=2026-11-01")  # fmt: skip
        parser.add_argument(
            "--queue", action="store_true", help="put jobs for the nodes of the fleet instead"
        )
        parser.add_argument(
            "-q",
            "--quiet",
            action="store_true",
            help="print no progress, and a summary only when a trouble begins, changes or ends, and"
            " once a week",
        )
        parser.add_argument(
            "--repeat", action="store_true", help="with --quiet: print every run's trouble"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        with self.telling():
            check_arguments(opts.given)
            if opts.queue:
                self.put(args, opts)
                return
            queue = self.lanes(args)
            if opts.processes < 1:
                raise ArgumentError("--processes takes a number of processes")
            names = [*chain(*queue)]
            self.warn(switch_off_foreign_alerts(self.settings))
            if not args and not opts.quiet:
                self.warn(told_without_file(self.settings["OPERATOR"].path, len(names)))
            self.pinged = checked_ping(self.settings, names, self.loader.list())
            self.look_again(names)
            self.crawl(queue, opts)

    pinged: str = ""
    """The address that is pinged, with {newspaper} as it stands; "" = none"""

    def put(self, names: list[str], opts: argparse.Namespace) -> None:
        """Put a job for each newspaper; their nodes crawl them."""
        assert self.settings is not None
        names = names or list(self.settings["OPERATOR"].papers)
        said = put_jobs(self.settings, CRAWL, names, opts.given)
        if not opts.quiet:
            say(said)

    def look_again(self, names: list[str]) -> None:
        """Look at the sites of newspapers that nobody declared, where the last look is old."""
        assert self.settings is not None
        found = {newspaper.name for newspaper in self.newspapers() if newspaper.is_found}
        for name in names:
            if name in found:
                for line in later_look(name, self.settings).told:
                    print(line, file=sys.stderr)

    def lanes(self, names: list[str]) -> tuple[tuple[str, ...], ...]:
        """Return the newspapers asked for, in lanes; raise before any crawl starts."""
        assert self.settings is not None
        known = {newspaper.name: newspaper.hosts for newspaper in self.newspapers()}
        known |= {
            name: frozenset({name}) for name in self.loader.faults
        }  # its own run tells the fault
        names = names or list(self.settings["OPERATOR"].papers)
        names = [name if name in known else self.newspaper(name).name for name in names]
        if not self.settings["MIRROR"]:
            checked_contact(self.settings["CONTACT"])
        return lanes({name: known[name] for name in names or sorted(known)})

    def crawl(self, queue: tuple[tuple[str, ...], ...], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        passed_on = passed_on_by(opts)
        live, total = LiveLine(), sum(map(len, queue))

        started_at = datetime.now(UTC)

        def changed() -> None:
            pings.follow(fleet.running, fleet.ended)
            if not opts.quiet:
                done, running = len(fleet.ended), list(fleet.running)
                live.show(fleet_line(done, total, running, fleet.counts, fleet.seconds_left))

        lines: list[tuple[str, str]] = []

        def tell(name: str, line: str) -> None:
            lines.append((name, line))
            live.tell(named_line(name, line))

        if live.is_shown and not opts.quiet and (before := self.estimate(queue)):
            live.tell(before)

        pings = pings_at(self.pinged, lambda run: told_of(self.recorded(run, started_at), lines))
        repeats = opts.repeat or not opts.quiet
        command = partial(crawl_command, passed_on=passed_on, repeats=repeats)
        shared = partial(shared_command, passed_on=passed_on, repeats=repeats)
        fleet = SharedFleet(command, shared, opts.processes, tell, changed)
        asyncio.run(fleet.run(queue))
        live.clear()
        if self.settings.getbool("SNAPSHOT") and fleet.signal is None:
            self.take_snapshot([run.name for run in fleet.ended])
        told = self.conclude(fleet, started_at)
        if not opts.quiet or lines:  # a quiet crawl prints only what is new of its trouble
            say(cut_lines(told, terminal_columns()))
        known = [self.recorded(run, started_at) for run in fleet.ended]
        causes = [f"{run.name}: {cause}" for run in known if (cause := cause_of(run))]
        lost = pings.conclude(self.exitcode, "\n".join([told, *causes]))
        home, now = Path(self.settings["ARCHIVE"]), datetime.now(UTC)
        self.warn(told_of_lost_alerts(home, lost, now, quiet=opts.quiet, repeats=opts.repeat))

    def estimate(self, queue: tuple[tuple[str, ...], ...]) -> str | None:
        """Return how long the newspapers without an archive take; None where all have one."""
        assert self.settings is not None
        home = Path(self.settings["ARCHIVE"])
        lists = {newspaper.name: len(newspaper.sources) for newspaper in self.newspapers()}
        # A newspaper whose declaration is faulty has no lists; its own run tells the fault.
        new = [
            [
                lists[name]
                for name in lane
                if name in lists and not (home / name / MANIFEST).exists()
            ]
            for lane in queue
        ]
        pages = self.settings.getint("LIST_PAGES")
        stop_after_s = self.settings.getfloat("CLOSESPIDER_TIMEOUT")
        return first_runs_text(new, pages, usual_gap_s(self.settings), stop_after_s)

    def conclude(self, fleet: SharedFleet, started_at: datetime) -> str:
        """Set the exit code to the gravest of the runs, and return the table of them."""
        ended = [self.recorded(run, started_at) for run in fleet.ended]
        codes = [run.code for run in ended if run.code >= 0]
        codes += [128 + fleet.signal] if fleet.signal is not None else []
        self.exitcode = worst(codes)
        return table(ended)

    def warn(self, fault: str | None) -> None:
        """Print a warning, such as what went wrong with an alert: it fails no run."""
        if fault is not None:
            print(f"crawlall: {fault}", file=sys.stderr)

    def take_snapshot(self, names: list[str]) -> None:
        """Take one snapshot of these newspapers; a fault is told, and fails none of their runs."""
        assert self.settings is not None
        archive, now = Path(self.settings["ARCHIVE"]), datetime.now(UTC)
        every = archive_options(self.settings).retention.snapshot_every
        with ExitStack() as stack:
            folders = []
            for name in names:
                with suppress(ArchiveError):  # at work again, or not to be written
                    if (archive / name / MANIFEST).exists():
                        stack.enter_context(hold_lock(archive / name))
                        if is_snapshot_due(archive / name, now, every):
                            folders.append(archive / name)
            if not folders:
                return
            try:
                taken = take_snapshot(*folders, now=datetime.now(UTC))
                if taken is not None:
                    keep = archive_options(self.settings).retention
                    ended = [folder.name for folder in folders]
                    prune(taken.path.parent, keep.daily_snapshots, keep.monthly_snapshots, ended)
                    if note := str(taken.gathered):
                        print(f"crawlall: snapshot: {note}", file=sys.stderr)
            except ArchiveError as error:
                for folder in folders:
                    mark_latest_old(folder, str(error))
                print(f"crawlall: no snapshot: {clean(str(error))}", file=sys.stderr)

    def recorded(self, run: Ended, since: datetime) -> Ended:
        """Return the run with the line that it wrote to `runs/`; {} where it ended before."""
        assert self.settings is not None
        folder = Path(self.settings["ARCHIVE"]) / run.name
        last: Mapping[str, Any] = {}
        # A run tells damage of its own archive; a line that is no record of ours is passed over.
        with suppress(ArchiveError, KeyError, TypeError, ValueError):
            for record in read_runs(folder):
                if datetime.fromisoformat(record["started_at"]) >= since.replace(microsecond=0):
                    last = record
        return replace(run, record=last)
