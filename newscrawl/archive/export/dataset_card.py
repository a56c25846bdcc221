"""Files that explain an archive: a dataset card, the schema, the list of newspapers.

Hugging Face `datasets` reads the head of the card, which names the files of articles and the type
of every field. It cannot infer a type from first rows in which a list is empty.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.atomic_files import disk, replace_file

CARD: Final = Path("README.md")
_SCHEMA: Final = Path("article.schema.json")
_KEPT: Final = {
    _SCHEMA: "article.schema.json",
    Path("revision.schema.json"): "revision.schema.json",
    Path("newspapers.csv"): "catalogue/catalogue.csv",
}
# Arrow reads a column of times as times even where the card declares text, and returns text without
# the zone then (datasets 5.2). So the card declares these four as times. The other times are "" in
# most lines, which is no time; the card's text tells how they are read.
_TIMES: Final = {
    "published_at": "timestamp[s, tz=+07:00]",
    "published_date": "date32",
    "first_seen_at": "timestamp[s, tz=UTC]",
    "fetched_at": "timestamp[s, tz=UTC]",
}
_TITLE: Final = "# Provincial newspapers of Vietnam, as newscrawl archived them"
_TEXT: Final = """\
One folder a newspaper. `articles/<YYYY>/<YYYY-MM>.jsonl` holds one line an article, its newest
revision, by month of publication; `revisions/` what was superseded, `runs/` one line a crawl with
its counts and failures, `pages/` the raw pages (WARC) that every line's `raw_ref` points into,
`manifest.json` the rows, bytes and sha256 of every file. Files are replaced whole. For a set that
stays as it is while crawls go on, read a dated folder of `snapshots/`; `snapshots/latest/` holds
the newest of every newspaper, each replaced whole when its run ends.

    datasets.load_dataset("path/of/this/folder")
    SELECT * FROM read_json('*/articles/**/*.jsonl', format = 'newline_delimited');

`load_dataset` gives the four times that every article has as times, in their zones, and
`modified_at` and `gone_at` as text: where all articles of a month have one, in UTC and without
saying so (seen with datasets 5.2).

Every field is described in `article.schema.json`, what a superseded version has beside them in
`revision.schema.json`. `newspapers.csv` names the papers and their provinces; its column
`newspaper` joins with the rows. Read it as text, because "08" is not 8:
`pandas.read_csv("newspapers.csv", dtype=str)`. `""` and `[]` are what a page does not state.

**Gaps.** An archive holds what was listed while it was crawled: `runs/` says when that was, what
could not be fetched or read, and why. An article that the paper removed stays, `status: "gone"`.
Texts that one paper printed twice stay, marked by `duplicate_of`.

**Rights.** The texts belong to the newspapers and their authors; no licence to them is given here.
Articles name people: treat them as personal data. Images are linked, not copied.
"""


def card(schema: Mapping[str, Any]) -> str:
    """Return the dataset card: the head that `datasets` needs, then a page for a person.

    `schema` is the JSON Schema of an article; its fields keep their order.
    """
    head = [
        "language:",
        "- vi",
        "license: other",
        "configs:",
        "- config_name: default",
        "  data_files:",
        "  - split: train",
        '    path: "*/articles/**/*.jsonl"',
        "dataset_info:",
        "  features:",
        *_features(schema, "  "),
    ]
    return "\n".join(["---", *head, "---", "", _TITLE, "", _TEXT])


def _features(schema: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, stated in schema["properties"].items():
        yield f"{indent}- name: {name}"
        kind = stated["type"]
        if kind != "array":
            usual = "int64" if kind == "integer" else "string"
            yield f"{indent}  dtype: {_TIMES.get(name, usual)}"
        elif stated["items"]["type"] == "object":
            yield f"{indent}  list:"
            yield from _features(stated["items"], f"{indent}  ")
        else:
            yield f"{indent}  list: string"


def write_card(home: Path) -> tuple[Path, ...]:
    """Write the card's files where they differ, and return their names.

    `home` is the folder that holds the newspapers; call it from one process at a time. A README.md
    that a person wrote is left as it is, and is not among the names. Raises `ArchiveError` where
    the folder cannot be written.
    """
    package = files("newscrawl")
    texts = {path: package.joinpath(name).read_text("utf-8") for path, name in _KEPT.items()}
    texts[CARD] = card(json.loads(texts[_SCHEMA]))
    found = {path: _found(home / path) for path in texts}
    if (card_there := found[CARD]) is not None and _TITLE not in card_there:
        del texts[CARD]
    for path, text in texts.items():
        if found[path] != text:
            replace_file(home / path, text.removesuffix("\n").split("\n"))
    return tuple(texts)


def _found(path: Path) -> str | None:
    with disk("reading", path):
        try:
            return path.read_bytes().decode(errors="replace")
        except FileNotFoundError:
            return None
