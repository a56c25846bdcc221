"""Ten readers of JSON Lines, each giving back (id, headline, body) of every row."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module, util
from pathlib import Path
from typing import Any, Final

Rows = list[tuple[str, str, str]]
FIELDS: Final = ("id", "headline", "body")


def _of(rows: Any) -> Rows:
    return [(row["id"], row["headline"], row["body"]) for row in rows]


def python(path: Path) -> Rows:
    with path.open(encoding="utf-8") as file:
        return _of(json.loads(line) for line in file)


def splitlines(path: Path) -> Rows:
    """As careless readers do: at U+2028, U+0085 and the like too."""
    return _of(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def jsonlines(path: Path) -> Rows:
    library: Any = import_module("jsonlines")

    with library.open(path) as rows:
        return _of(rows)


def orjson(path: Path) -> Rows:
    library: Any = import_module("orjson")

    return _of(library.loads(line) for line in path.read_bytes().split(b"\n") if line)


def pandas(path: Path) -> Rows:
    library: Any = import_module("pandas")

    return _of(library.read_json(path, lines=True, dtype={"id": str}).to_dict("records"))


def pyarrow(path: Path) -> Rows:
    library: Any = import_module("pyarrow.json")

    options = library.ReadOptions(block_size=1 << 26)
    return _of(library.read_json(path, read_options=options).to_pylist())


def polars(path: Path) -> Rows:
    library: Any = import_module("polars")

    return _of(library.read_ndjson(path).to_dicts())


def duckdb(path: Path) -> Rows:
    library: Any = import_module("duckdb")

    query = "SELECT id, headline, body FROM read_json(?, format = 'newline_delimited')"
    return [tuple(row) for row in library.execute(query, [str(path)]).fetchall()]


def jq(path: Path) -> Rows:
    said = subprocess.run(
        ["jq", "-c", "[.id, .headline, .body]", str(path)], capture_output=True, check=True
    )
    return [tuple(json.loads(line)) for line in said.stdout.split(b"\n") if line]


def r(path: Path) -> Rows:
    program = (
        'd <- jsonlite::stream_in(file(commandArgs(TRUE)[1], encoding = "UTF-8"), verbose = FALSE);'
        'cat(jsonlite::toJSON(d[, c("id", "headline", "body")], dataframe = "values"))'
    )
    said = subprocess.run(
        ["Rscript", "-e", program, str(path)],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    return [tuple(row) for row in json.loads(said.stdout)]


LOADERS: Final[dict[str, Callable[[Path], Rows]]] = {
    "python": python,
    "str.splitlines": splitlines,
    "jsonlines": jsonlines,
    "orjson": orjson,
    "pandas": pandas,
    "pyarrow": pyarrow,
    "polars": polars,
    "duckdb": duckdb,
    "jq": jq,
    "R": r,
}


def installed() -> dict[str, Callable[[Path], Rows]]:
    """Those this machine has."""

    def is_there(name: str) -> bool:
        if name in ("python", "str.splitlines"):
            return True
        if name in ("jq", "R"):
            return shutil.which("Rscript" if name == "R" else name) is not None
        return util.find_spec(name) is not None

    return {name: read for name, read in LOADERS.items() if is_there(name)}
