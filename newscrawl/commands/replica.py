"""`newscrawl replica`: newspapers on this machine, to practise with, without the network."""

import argparse
import asyncio
from collections.abc import Iterable, Mapping
from math import inf
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.cli.text_table import text_table
from newscrawl.cms.tuyenquang_legacy import LegacySection
from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.config.operator_file import PREFIX
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.exit_codes import ExitCode
from newscrawl.replica.press import Press
from newscrawl.replica.server import Terms, serve
from newscrawl.replica.site import SITES, Options, ReplicaSite, by_host, plain_site

_PORT: Final = 8731
_ARTICLES: Final = 200
_LIST_API: Final = "/api/article/list"


class Command(NewspaperCommand):
    """Serve newspapers on loopback until Ctrl-C."""

    requires_project = False

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Serve newspapers on this machine, to practise with, without the network"

    def long_desc(self) -> str:
        return (
            "Answers on loopback as the newspapers whose CMS the replica can imitate, with invented"
            " articles, until Ctrl-C. It prints their names, and the line that has every command"
            " of another shell ask it in the place of the live sites (MIRROR). Nothing leaves this"
            " machine. A newspaper that is not among them is answered with 421. --without and"
            " --redesigned make a trouble to practise with: the crawls of the one newspaper end"
            " with exit code 4, those of the other with 3 as soon as they ask for an article."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--port", type=int, default=_PORT, help=f"where it listens (default: {_PORT}; 0: any)"
        )
        parser.add_argument(
            "--articles", type=int, default=_ARTICLES, help="of baotuyenquang; others have 60 to 90"
        )
        parser.add_argument("--edition", type=int, default=1, help="1, 2, 3: the newspapers later")
        parser.add_argument(
            "--without", metavar="NAME", action="append", default=[],
            help="answer for this newspaper as for none, with 421 (may be repeated)",
        )  # fmt: skip
        parser.add_argument(
            "--redesigned", metavar="NAME", action="append", default=[],
            help="its articles' boxes have other names (may be repeated)",
        )  # fmt: skip
        parser.add_argument("--list", action="store_true", help="print the newspapers, and end")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("replica takes no newspaper: it serves all that it can")
        with self.telling():
            served = replica_sites(self.newspapers())
            redesigned = chosen(served, opts.redesigned, "--redesigned")
            for name in chosen(served, opts.without, "--without"):
                del served[name]
            if opts.list:
                say(text_table([(name, site.host) for name, site in served.items()]))
                return
            hosts = tuple(site.host for site in redesigned.values())
            options = Options(articles=opts.articles, edition=opts.edition, redesigned=hosts)
            self.serve(Press(options, sites=tuple(served.values())), opts.port, served)

    def serve(self, press: Press, port: int, served: Mapping[str, ReplicaSite]) -> None:
        """Answer until Ctrl-C; raise `ArgumentError` where the port cannot be had."""

        def ready(port: int) -> None:
            say("\n".join(["Newspapers to practise with:", *(f"  {name}" for name in served)]))
            say(f"\nIn another shell:\n  export {PREFIX}MIRROR=http://127.0.0.1:{port}")
            say("\nCtrl-C ends it.")

        try:
            asyncio.run(serve(press, Terms(port=port, max_seconds=inf), ready))
        except KeyboardInterrupt:
            self.exitcode = ExitCode.INTERRUPTED
        except (OSError, OverflowError) as error:
            said = f"port {port} cannot be had: name another one, as --port 8732"
            raise ArgumentError(said) from error


def chosen(
    served: Mapping[str, ReplicaSite], names: Iterable[str], option: str
) -> dict[str, ReplicaSite]:
    """Return the sites of an option's newspapers.

    Raises:
        ArgumentError: The replica serves no newspaper of that name.
    """
    for name in names:
        if name not in served:
            raise ArgumentError(f"{option} {name}: {to_type('replica --list')} prints the names")
    return {name: served[name] for name in names}


def replica_sites(newspapers: Iterable[Newspaper]) -> dict[str, ReplicaSite]:
    """Return the newspapers that the replica can imitate, each by its name, sorted.

    Those are its own three, and all whose lists are of family A, without selectors of their own,
    or K, and whose pages may be of template A1 or of family K.
    """
    own = by_host(SITES)
    found = {paper.name: own.get(paper.domain) or imitated(paper) for paper in newspapers}
    return {name: site for name, site in sorted(found.items()) if site is not None}


def imitated(paper: Newspaper) -> ReplicaSite | None:
    """Return the newspaper in the replica's markup; None where its CMS is another one."""
    new = [one for one in paper.sources if isinstance(one, VnptSection) and is_usual(one)]
    old = [one for one in paper.sources if isinstance(one, LegacySection)]
    if len(paper.sources) not in (len(new), len(old)):
        return None
    if new and VnptA1Page in paper.pages:
        paths = [source.path for source in new]
        return plain_site(paper.domain, paper.title, paths, api=f"{new[0].api}{_LIST_API}")
    if old:
        paths = [source.path for source in old]
        return plain_site(paper.domain, paper.title, old_paths=paths)
    return None


def is_usual(section: VnptSection) -> bool:
    """Return whether the list is no front page, which has no list API, and has usual titles."""
    return section.path != "/" and section.titles == VnptSection(path="/").titles
