"""`newscrawl cite`: an article as a citation."""

import argparse

from newscrawl.cli.research_command import ResearchCommand, archive_and, say_safely
from newscrawl.research.archive_view import entries_by_newspaper, open_view
from newscrawl.research.citation import bibtex, citation_text, csl_json


class Command(ResearchCommand):
    """Cite an article so that others can check it."""

    def syntax(self) -> str:
        return "ARCHIVE ID [--bibtex | --csl]"

    def short_desc(self) -> str:
        return "Cite an article, as text, BibTeX or CSL-JSON"

    def long_desc(self) -> str:
        return (
            "Every form names the time of the fetch, the revision and the content hash. The same"
            " row gives the same citation."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        forms = parser.add_mutually_exclusive_group()
        forms.add_argument("--bibtex", action="store_true")
        forms.add_argument("--csl", action="store_true", help="CSL-JSON, for Zotero and pandoc")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            folder, article_id = archive_and(args, "an article's id")
            view = open_view(folder)
            row = view.row(str(article_id))
            entry = entries_by_newspaper(view.newspapers).get(row["newspaper"])
            write = bibtex if opts.bibtex else csl_json if opts.csl else citation_text
            say_safely(write(row, entry.paper if entry else row["newspaper"]))
