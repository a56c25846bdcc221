"""A frozen set: the rows as files that never change, with checksums and what explains them.

Two people with the same archive get the same bytes: nothing in a set depends on when or where it
was made. Its date is that of the newest run whose files it holds.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.atomic_files import disk, measure
from newscrawl.archive.ledger.published_state import COVERAGE
from newscrawl.exceptions import ArgumentError
from newscrawl.items import FIELDS, Line
from newscrawl.research.archive_view import (
    TEXT_FIELDS,
    ArchiveView,
    NewspaperFiles,
    RowFilter,
    entries_by_newspaper,
)
from newscrawl.research.checked_lines import article_lines, revision_lines, run_lines
from newscrawl.research.coverage import coverage
from newscrawl.research.croissant import croissant
from newscrawl.research.exported_files import ExportedFile, replacing
from newscrawl.research.parquet_export import export_parquet
from newscrawl.research.text_files import json_line
from newscrawl.text import counted
from newscrawl.version import __version__

CHECKSUMS: Final = "SHA256SUMS"
_EPOCH: Final = "1970-01-01"
# Without this head Hugging Face `datasets` reads every JSON file as rows, croissant.json too.
_CARD: Final = """\
---
language:
- vi
license: other
configs:
- config_name: default
  data_files:
  - split: train
    path: "parquet/*.parquet"
---

# A frozen set of Vietnamese provincial news

Articles published {days}, as archived on {day}.{text} `parquet/` and `jsonl/` hold the same rows,
`jsonl/` in the form of an archive, with revisions and runs, so that `newscrawl` reads the set;
`croissant.json` describes the columns, `query.json` the command that made the set, `CITATION.cff`
how to cite it. `sha256sum -c SHA256SUMS` checks every file.

| newspaper | name | articles | last run |
|---|---|---|---|
{rows}

## What is missing

{gaps}

## Rights

The texts belong to the newspapers and their authors; no licence to them is given here. Articles
name people: treat them as personal data. Images are linked, not copied.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSet:
    """What was written."""

    folder: Path
    articles: int
    files: tuple[str, ...]
    """Paths inside the folder, sorted, without SHA256SUMS"""


def freeze(view: ArchiveView, folder: Path, wanted: RowFilter, *, with_text: bool) -> FrozenSet:
    """Write a frozen set into an empty or a new folder and return what was written.

    Raises:
        ArgumentError: the folder holds something already, a newspaper that the archive lacks.
        ArchiveError: a row that is not whole, a folder that cannot be written.
        ModuleNotFoundError: pyarrow is not installed.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ArgumentError(f"{folder} is not empty: a frozen set never changes; name a new folder")
    parquet = export_parquet(view, folder / "parquet", wanted, with_text=with_text)
    papers = view.chosen(wanted)
    columns = [name for name in FIELDS if with_text or name not in TEXT_FIELDS]
    for paper in papers:
        _write_archive(paper, folder / "jsonl" / paper.name, wanted, columns)
    day = _newest_day(papers)
    articles = sum(file.rows for file in parquet)
    texts = {
        "README.md": _card(view, wanted, parquet, day, with_text=with_text),
        "CITATION.cff": _citation(papers, articles, day),
        "query.json": _json(_query(wanted, with_text=with_text)),
        "croissant.json": _json(
            croissant(
                _name_of(papers),
                _sentence(papers, articles, day),
                {
                    f"parquet/{file.name}": measure(folder / "parquet" / file.name).sha256
                    for file in parquet
                },
                columns,
                day,
            )
        ),
    }
    for name, text in texts.items():
        with replacing(folder / name) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return FrozenSet(folder=folder, articles=articles, files=_write_checksums(folder))


def _write_archive(
    paper: NewspaperFiles, folder: Path, wanted: RowFilter, columns: Sequence[str]
) -> None:
    """Write a newspaper's files as an archive has them: wanted rows, their revisions, all runs."""
    for path in paper.article_files:
        if wanted.wants_file(path.stem):
            rows = (row for row in article_lines(path) if wanted.wants(row))
            _write_lines(folder / path.relative_to(paper.folder), rows, columns)
    names = [*columns, "superseded_at", "changed_by", "changed_fields"]
    for path in sorted((paper.folder / "revisions").glob("*.jsonl")):
        rows = (row for row in revision_lines(path) if wanted.wants(row))
        _write_lines(folder / "revisions" / path.name, rows, names)
    for path in sorted((paper.folder / "runs").glob("*.jsonl")):
        _write_lines(folder / "runs" / path.name, run_lines(path), None)
    if (told := paper.coverage()) is not None:
        with replacing(folder / COVERAGE) as temporary:
            temporary.write_text(_json(told), encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[Line], columns: Sequence[str] | None) -> None:
    """Write rows as JSON Lines, the columns that are named and stated; no file for no row."""
    lines = (
        json_line(row if columns is None else {name: row[name] for name in columns if name in row})
        for row in rows
    )
    first = next(lines, None)
    if first is None:
        return
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        file.write(first)
        file.writelines(lines)


def _write_checksums(folder: Path) -> tuple[str, ...]:
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    with disk("reading", folder):
        lines = [f"{measure(folder / name).sha256}  {name}\n" for name in names]
    with replacing(folder / CHECKSUMS) as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")
    return tuple(names)


def _newest_day(papers: Iterable[NewspaperFiles]) -> str:
    """Return the day of the newest run whose files are in the manifests, YYYY-MM-DD."""
    days = [paper.manifest.run_id[: len(_EPOCH)] for paper in papers if paper.manifest]
    return max(days, default=_EPOCH)


def _name_of(papers: Sequence[NewspaperFiles]) -> str:
    return papers[0].name if len(papers) == 1 else "provincial-newspapers-of-vietnam"


def _sentence(papers: Sequence[NewspaperFiles], articles: int, day: str) -> str:
    names = ", ".join(paper.name for paper in papers)
    return f"{counted(articles, 'article')} of {names}, as newscrawl had archived them on {day}."


def _query(wanted: RowFilter, *, with_text: bool) -> dict[str, Any]:
    return {
        "command": "newscrawl freeze",
        "newspapers": sorted(wanted.newspapers),
        "since": str(wanted.since or ""),
        "until": str(wanted.until or ""),
        "with_text": with_text,
        "made_by": f"newscrawl/{__version__}",
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _card(
    view: ArchiveView,
    wanted: RowFilter,
    parquet: Sequence[ExportedFile],
    day: str,
    *,
    with_text: bool,
) -> str:
    papers = view.chosen(wanted)
    known = entries_by_newspaper(papers)
    rows = [
        f"| `{paper.name}` | {known[paper.name].paper if paper.name in known else ''} |"
        f" {sum(f.rows for f in parquet if f.name.startswith(paper.name + '-'))} |"
        f" {paper.manifest.run_id if paper.manifest else ''} |"
        for paper in papers
    ]
    gaps = [f"- {paper.sentence}" for paper in coverage(view, wanted)]
    return _CARD.format(
        days=f"from {wanted.since or 'the beginning'} to {wanted.until or 'the last run'}",
        day=day,
        text="" if with_text else " Lead, body, captions and images are left out.",
        rows="\n".join(rows),
        gaps="\n".join(gaps),
    )


def _citation(papers: Sequence[NewspaperFiles], articles: int, day: str) -> str:
    """Return CITATION.cff, version 1.2.0; a text is written as JSON, which YAML reads."""
    title = f"Vietnamese provincial news, as archived on {day}"
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: If you use this set, please cite it as below and name the newspapers.",
            f"title: {json.dumps(title, ensure_ascii=False)}",
            "type: dataset",
            "authors:",
            "- name: newscrawl's operators",
            f"date-released: {day}",
            f"abstract: {json.dumps(_sentence(papers, articles, day), ensure_ascii=False)}",
            "",
        ]
    )
