"""`scrapy fleet`: newspapers on many machines, by a list of jobs in PostgreSQL."""

import argparse
import asyncio
import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import UsageError

from newscrawl.archive.host_locks import FOLDER as LOCKS
from newscrawl.archive.lock import hold_file
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.lanes import lanes
from newscrawl.cli.schedule_plan import entries
from newscrawl.commands.crawlall import check_arguments
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveBusyError, ArgumentError
from newscrawl.exit_codes import ExitCode
from newscrawl.fleet.asking import ask_queue, needing_the_extra, put_jobs, queue_address
from newscrawl.fleet.fleet_status import FleetStatus, fleet_status
from newscrawl.fleet.fleet_text import fleet_json, fleet_text
from newscrawl.fleet.placement import checked_node, node_names, place_lanes
from newscrawl.fleet.queue_tables import TASKS
from newscrawl.http.user_agent import checked_contact
from newscrawl.text import counted

if TYPE_CHECKING:
    from newscrawl.fleet.queue_store import QueueStore

_BEATS_UNTIL_LOST: Final = 4
_SLOTS_PER_CORE: Final = 8


class Command(NewspaperCommand):
    """Crawl and read again on many machines."""

    def syntax(self) -> str:
        return "init | place | work | put | status [options] [newspaper …]"

    def short_desc(self) -> str:
        return "Spread the newspapers over many machines, by a list of jobs in PostgreSQL"

    def long_desc(self) -> str:
        return (
            "QUEUE (or NEWSCRAWL_QUEUE) is the address of a PostgreSQL database, and all that the"
            " machines share. init makes its tables; place gives every newspaper a node, which"
            " holds its folder, and writes the schedule of newscrawl.toml; work runs a node's jobs"
            " until it is stopped; put, like `crawlall --queue` and `reparse --all --queue`, asks"
            " for runs now; status says what runs where, since when, what failed and what is late,"
            " exit code 3 where a person is needed. A job that ends with 75 is tried again, every"
            " other code is recorded. Needs the extra `fleet`."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        own = socket.gethostname().partition(".")[0]
        slots = _SLOTS_PER_CORE * (os.cpu_count() or 1)
        parser.add_argument("--nodes", metavar="N1,N2", help="place: the nodes, also as n01..n10")
        parser.add_argument("--from", dest="source", metavar="NODE",
                            help="place: the newspapers that are on this node")  # fmt: skip
        parser.add_argument("--unscheduled", action="store_true",
                            help="place: the schedule puts no jobs")  # fmt: skip
        parser.add_argument("--anew", action="store_true",
                            help="place: the next run may begin a new folder")  # fmt: skip
        parser.add_argument("--node", default=own, metavar="NODE",
                            help="work: this machine's name (default: its host name)")  # fmt: skip
        parser.add_argument("--slots", type=int, default=slots, metavar="N",
                            help="work: crawls at a time (default: eight a core)")  # fmt: skip
        parser.add_argument("--until-idle", action="store_true",
                            help="work: end when no job is left")  # fmt: skip
        parser.add_argument("--task", choices=TASKS, default="crawl", help="put: what is done")
        parser.add_argument("-a", dest="given", action="append", default=[], metavar="NAME=VALUE",
                            help="put: argument of each crawl, as -a since=2026-11-01")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="status: as JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        asked = {
            "init": self.make_tables, "place": self.place, "work": self.work, "put": self.put,
            "status": self.status,
        }  # fmt: skip
        if not args or args[0] not in asked:
            raise UsageError(f"give one of {', '.join(asked)}")
        with self.telling():
            asked[args[0]](args[1:], opts)

    def make_tables(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make the tables of the queue."""
        refuse_names("init", args)
        assert self.settings is not None
        address = queue_address(self.settings)
        with needing_the_extra():
            from newscrawl.fleet.queue_store import make_tables  # noqa: PLC0415  (an extra)
        is_new = asyncio.run(make_tables(address))
        say("the queue is ready" if is_new else "the queue was ready before")

    # Place ---------------------------------------------------------------------------------------

    def place(self, args: list[str], opts: argparse.Namespace) -> None:
        """Give newspapers a node, and write the schedule of all."""
        nodes = node_names(opts.nodes) if opts.nodes else ()

        async def placed(store: "QueueStore") -> str:
            before = {row["newspaper"]: row for row in await store.places()}
            names = self.wanted(args, opts.source, before)
            rows, movers = self.rows(names, nodes, before, opts)
            if busy := await store.at_work(movers, self.lost_s):
                raise ArchiveBusyError(f"{', '.join(busy)}: at work: stop the node's worker first")
            await store.place(rows)
            if opts.anew:
                await store.forget_folders(names)
            new = len(rows) - len(before)
            return f"{counted(new, 'newspaper')} placed, {len(movers)} moved, {len(rows)} in all"

        assert self.settings is not None
        say(ask_queue(self.settings, placed))

    def wanted(self, args: list[str], source: str | None, before: dict[str, Any]) -> list[str]:
        """Return the newspapers that are asked for."""
        if source is not None:
            names = [name for name, row in before.items() if row["node"] == source]
            if not names:
                raise ArgumentError(f"--from {source}: no newspaper is there")
            return names
        return [name if name in before else self.newspaper(name).name for name in args]

    def rows(
        self,
        names: Sequence[str],
        nodes: Sequence[str],
        before: dict[str, Any],
        opts: argparse.Namespace,
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the row of every newspaper that has a node now, and those that change theirs."""
        assert self.settings is not None
        operator = self.settings["OPERATOR"]
        known = {newspaper.name: newspaper.hosts for newspaper in self.newspapers()}
        usual = [] if names else list(operator.papers) or sorted(known)
        hosts = {name: frozenset(row["hosts"]) for name, row in before.items()}
        hosts |= {name: known[name] for name in (*names, *usual) if name in known}
        together = lanes(dict(sorted(hosts.items())))
        asked = set() if opts.anew and not nodes else set(names)
        free = {name for lane in together if not asked.isdisjoint(lane) for name in lane}
        kept = {name: row["node"] for name, row in before.items() if name not in free}
        if not nodes and hosts.keys() - kept.keys():
            raise ArgumentError("--nodes is missing: name the machines, as n01..n10")
        found = place_lanes(together, nodes, kept)
        hours = operator.times.hours_of
        minutes = {name: entry.minute for entry in entries(together, hours) for name in entry.names}
        rows = [
            {"newspaper": name, "hosts": sorted(hosts[name]), "lane": min(lane),
             "node": found[name], "every_h": 0 if opts.unscheduled else hours(name),
             "minute": minutes[name]}
            for lane in together for name in lane
        ]  # fmt: skip
        movers = [name for name, row in before.items() if row["node"] != found[name]]
        return rows, movers

    # Work, put, status ---------------------------------------------------------------------------

    @property
    def lost_s(self) -> float:
        """Return the silence after which a node is lost."""
        assert self.settings is not None
        return _BEATS_UNTIL_LOST * self.settings.getfloat("QUEUE_BEAT_S")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the jobs of a node until a signal comes."""
        refuse_names("work", args)
        assert self.settings is not None
        settings, node = self.settings, checked_node(opts.node)
        if opts.slots < 1:
            raise ArgumentError("--slots takes a number of crawls")
        if not settings["MIRROR"]:
            checked_contact(settings["CONTACT"])
        address, archive = queue_address(settings), Path(settings["ARCHIVE"]).absolute()
        with needing_the_extra():
            from newscrawl.fleet.node_worker import NodePlace, work  # noqa: PLC0415  (an extra)
        passed_on = [part for pair in opts.set for part in ("-s", pair)]
        passed_on += ["-L", opts.loglevel] if opts.loglevel else []
        place = NodePlace(
            node=node,
            host=socket.gethostname(),
            archive=archive,
            slots=opts.slots,
            beat_s=settings.getfloat("QUEUE_BEAT_S"),
            lost_s=self.lost_s,
            again_s=settings.getfloat("QUEUE_AGAIN_S"),
            passed_on=tuple(passed_on),
            until_idle=opts.until_idle,
        )
        with hold_file(archive / LOCKS / "fleet"):
            self.exitcode = asyncio.run(work(address, place))

    def put(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ask for runs of the newspapers now."""
        if not args:
            raise UsageError(f"name newspapers; {to_type('crawlall --queue')} asks for all")
        assert self.settings is not None
        check_arguments(opts.given)
        if opts.given and opts.task != "crawl":
            raise ArgumentError(f"{opts.task} takes no -a")
        say(put_jobs(self.settings, TASKS[opts.task], args, opts.given))

    def status(self, args: list[str], opts: argparse.Namespace) -> None:
        """Say what runs where, what failed and what is late."""
        refuse_names("status", args)

        async def judged(store: "QueueStore") -> FleetStatus:
            return fleet_status(await store.facts(), self.lost_s)

        assert self.settings is not None
        found = ask_queue(self.settings, judged)
        shown = json.dumps(fleet_json(found), ensure_ascii=False, indent=2)
        say(shown if opts.json else fleet_text(found))
        self.exitcode = ExitCode.DEGRADED if found.troubles else ExitCode.OK


def refuse_names(action: str, args: Sequence[str]) -> None:
    """Raise `UsageError` where an action that takes no newspapers is given some."""
    if args:
        raise UsageError(f"{action} takes no newspapers")
