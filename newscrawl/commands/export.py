"""`newscrawl export`: an archive's rows as Parquet, SQLite, CSV or JSON Lines."""

import argparse
from pathlib import Path

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import ResearchCommand, archive_and, outside, wanted_rows
from newscrawl.research.archive_view import ArchiveView, RowFilter, open_view
from newscrawl.research.exported_files import ExportedFile
from newscrawl.research.text_files import export_csv, export_jsonl
from newscrawl.text import counted


class Command(ResearchCommand):
    """Write the rows in a form that other programs load."""

    otherwise = "--format sqlite, csv and jsonl need no more than there is"

    def syntax(self) -> str:
        return "ARCHIVE -o FOLDER [options]"

    def short_desc(self) -> str:
        return "Write an archive's rows as Parquet, SQLite, CSV or JSON Lines"

    def long_desc(self) -> str:
        return (
            "Writes the newest revision of every article. Parquet: one file for each newspaper and"
            " year, exact types, times with zone; only changed months are read again. SQLite: one"
            " file with tables and full-text indexes. CSV: lists as JSON, and a text that a"
            " spreadsheet would take for a formula begins with an apostrophe. The archive is not"
            " changed; the same rows give the same bytes. Parquet needs the extra research."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--format", choices=("parquet", "sqlite", "csv", "jsonl"), default="parquet"
        )
        parser.add_argument(
            "--no-text", action="store_true", help="leave out lead, body, captions and images"
        )
        self.window_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            (folder,) = archive_and(args)
            files = export(
                open_view(folder),
                outside(folder, opts.output),
                wanted_rows(opts),
                form=opts.format,
                with_text=not opts.no_text,
            )
            for file in files:
                say(f"{opts.output / file.name}  {counted(file.rows, 'article')}")
            if not files:
                say("no article lies in that window")


def export(
    view: ArchiveView, folder: Path, wanted: RowFilter, *, form: str, with_text: bool
) -> tuple[ExportedFile, ...]:
    """Write the wanted rows in one of the forms and return the files, by name."""
    if form == "parquet":
        from newscrawl.research.parquet_export import export_parquet  # noqa: PLC0415  (an extra)

        return export_parquet(view, folder, wanted, with_text=with_text)
    if form == "sqlite":
        from newscrawl.research.sqlite_export import export_sqlite  # noqa: PLC0415  (0.05 s)

        return export_sqlite(view, folder, wanted, with_text=with_text)
    write = export_csv if form == "csv" else export_jsonl
    return write(view, folder, wanted, with_text=with_text)
