"""`scrapy init`: the operator's file, with every key explained."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.setting_check import given_faults
from newscrawl.config.operator_file import FILE_NAME, FILE_VARIABLE
from newscrawl.exceptions import ArgumentError
from newscrawl.http.user_agent import checked_contact

TEMPLATE: Final = """\
# What newscrawl does here. A value of -s goes before the environment (NEWSCRAWL_<SETTING>), the
# environment before this file. Unknown keys and impossible values end a command with exit code 2.

# E-mail or https address at which the newspapers can reach you; every request carries it.
{contact}

# Folder of the archives, relative to this file.
archive = "output"

# Newspapers that `crawlall` refreshes without names: "all", or names of newspapers and groups.
papers = "all"

# Where the jobs of many machines stand: `newscrawl fleet` (the extra "fleet").
# queue = "postgresql://newscrawl@head/fleet"

[groups]
# delta = ["baocantho", "baoangiang"]

[schedule]  # `newscrawl schedule` makes a crontab or systemd timers of it
# every_h = 2          # hours between two runs of a newspaper: 1, 2, 3, 4, 6, 8, 12 or 24
# delta = 6            # of a group, or of a newspaper by its name
# status_page = "status.html"  # written every hour

[politeness]
# delay_s = 1.0        # between two requests to one host
# jitter = 0.25        # the delay grows by up to this share
# timeout_s = 25       # for a whole answer

[run]
# stop_after_s = 6600  # a run ends with exit code 7 then; the next one goes on
# list_pages = 100     # of one list in one run
# revisits = 500       # archived articles asked for again in one run
# keep_pages = true    # raw pages, which `reparse` reads again
# disk_warn_days = 14  # a disk that will be full in fewer days is told, with exit code 3

[retention]
# pages_months = 0       # the newest months of raw pages are kept; 0 keeps all
# snapshot_every_h = 0   # hours between two snapshots of a newspaper: 24 for one a day
# snapshots_daily = 7    # the newest snapshot of so many days
# snapshots_monthly = 12 # and of so many months

[alerts]
# Called at the start (/start) and the end of each newspaper's run, at /fail after a failure.
# Without {{newspaper}} it is one for all `papers`, and only a command that refreshes all calls it.
# ping = "https://…/{{newspaper}}?create=1"
# webhook = "https://…"  # gets JSON when a trouble begins, changes, ends, and once a week

[settings]
# Any other setting by its name:
# DOWNLOAD_MAXSIZE = 8388608
"""


class Command(NewspaperCommand):
    """Write the operator's file into the current folder."""

    def short_desc(self) -> str:
        return f"Write {FILE_NAME}, the operator's file, with comments"

    def long_desc(self) -> str:
        return (
            f"Writes {FILE_NAME} into the current folder, or the file that --config or"
            f" {FILE_VARIABLE} names. A file that is there is never written over."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--config", metavar="FILE", help=f"to write (default: {FILE_NAME})")
        parser.add_argument("--contact", help="your e-mail or https address")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; the file that --config names is not there yet."""
        self.path = Path(opts.config or os.environ.get(FILE_VARIABLE) or FILE_NAME).absolute()
        opts.config = None
        super().process_options(args, opts)

    def setting_faults(self) -> Iterator[str]:
        """Yield what is wrong with -s; a file that is wrong or missing is no hindrance here."""
        assert self.settings is not None
        yield from given_faults(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("init takes no arguments")
        with self.telling():
            if self.path.exists():
                raise ArgumentError(f"{self.path} is there already: edit it")
            self.path.write_text(text_of(opts.contact), encoding="utf-8")
            say(self.path)


def text_of(contact: str | None) -> str:
    """Return the file's text; raise `ArgumentError` for a contact that is none."""
    line = '# contact = ""'
    if contact is not None:
        line = f'contact = "{checked_contact(contact)}"'
    return TEMPLATE.format(contact=line)
