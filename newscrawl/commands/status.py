"""`scrapy status`: how every newspaper of the archive is, the worst first."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.status_files import read_status
from newscrawl.cli.status_metrics import status_metrics
from newscrawl.cli.status_page import status_page
from newscrawl.cli.status_table import status_json, status_table
from newscrawl.cli.text_table import terminal_columns
from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.paper_status import ArchiveStatus
from newscrawl.research.exported_files import replacing


class Command(NewspaperCommand):
    """Tell how every newspaper of the archive is."""

    def syntax(self) -> str:
        return "[options] [newspaper …]"

    def short_desc(self) -> str:
        return "Tell how every newspaper is, the worst first: runs, newest article, disk"

    def long_desc(self) -> str:
        return (
            "Reads the published files of the archive, also while runs are at work, and writes"
            " nothing into it. A row a newspaper: when the last run ended and its exit code; the"
            " age of the newest article and the time between two that nine in ten do not exceed;"
            " articles of the last seven days and of a usual week; lists that were read whole;"
            " links waiting and failed; disk used, and days until no run begins for want of"
            " space. Exit code 3 where a person is needed: the last run failed, nothing new for"
            " too long, no run for too long, files that cannot be read, a disk that fills, no"
            " newspaper in the archive. With --html or --prometheus the table is printed on a"
            " terminal alone."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument(
            "--html", type=Path, metavar="FILE", help="write a page that needs no other file"
        )
        parser.add_argument(
            "--prometheus",
            type=Path,
            metavar="FILE",
            help="write metrics for the node exporter's textfile collector",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            status = self.look([self.newspaper(name).name for name in args])
            columns = terminal_columns()  # None under cron, which mails what is printed
            if opts.html:
                titles = {newspaper.name: newspaper.title for newspaper in self.newspapers()}
                self.write(opts.html, status_page(status, titles))
            if opts.prometheus:
                self.write(opts.prometheus, "\n".join(status_metrics(status)) + "\n")
            if opts.json:
                say(json.dumps(status_json(status), ensure_ascii=False, indent=1))
            elif columns is not None or not (opts.html or opts.prometheus):
                say(status_table(status, columns))
            self.exitcode = ExitCode.DEGRADED if status.needs_person else ExitCode.OK

    def look(self, names: list[str]) -> ArchiveStatus:
        """Return how the newspapers are: those named, else all, and those the file names."""
        assert self.settings is not None
        return read_status(
            Path(self.settings["ARCHIVE"]),
            datetime.now(UTC),
            free_min_bytes=self.settings.getint("MIN_FREE_BYTES"),
            warn_days=self.settings.getfloat("DISK_WARN_DAYS"),
            names=names,
            expected=() if names else self.settings["OPERATOR"].papers,
        )

    def write(self, path: Path, text: str) -> None:
        """Replace the file by the text, for every reader at once; tell a folder that is made."""
        is_new = not path.parent.exists()
        with replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
        if is_new:
            print(f"status: {path.parent} was not there and is made", file=sys.stderr)
