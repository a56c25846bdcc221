"""`scrapy init`: the operator's file, with every key explained."""

import argparse
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.config.operator_file import FILE_NAME
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
# ping = "https://…"     # called at the start (/start), the end, and after a failure (/fail)
# webhook = "https://…"  # gets JSON when a trouble begins, changes, ends, and once a week

[settings]
# Any other setting by its name:
# DOWNLOAD_MAXSIZE = 8388608
"""


class Command(NewspaperCommand):
    """Write the operator's file into the current folder."""

    def short_desc(self) -> str:
        return f"Write {FILE_NAME}, the operator's file, with comments"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--contact", help="your e-mail or https address")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("init takes no arguments")
        with self.telling():
            path = Path(FILE_NAME).absolute()
            if path.exists():
                raise ArgumentError(f"{path} is there already: edit it")
            text = text_of(opts.contact)
            path.write_text(text, encoding="utf-8")
            say(path)


def text_of(contact: str | None) -> str:
    """Return the file's text; raise `ArgumentError` for a contact that is none."""
    line = '# contact = ""'
    if contact is not None:
        line = f'contact = "{checked_contact(contact)}"'
    return TEMPLATE.format(contact=line)
