"""Eleven loaders on a real export: each must give back every article, in the same words.

    pip install pandas polars duckdb datasets pyarrow orjson jsonlines
    apt-get install jq r-cran-jsonlite
    python tests/reliability/loaders.py output/demo/baotuyenquang

Each is given the files of articles/ as a glob finds them; ids, headlines, bodies, captions and tags
are compared with what the JSON module reads. polars and datasets take a column's type from the
first rows, where a list may be empty in all of them: they are told the types, from the JSON Schema.
A loader that is not installed is told. Exit code 0 only if every other one has read all rightly.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("id", "headline", "body", "captions", "tags")
SCHEMA: Final = Path(__file__).resolve().parents[2] / "newscrawl" / "article.schema.json"
Words = tuple[Any, ...]
Files = list[str]


def words(rows: Iterable[Any]) -> Iterator[Words]:
    return (tuple(row[name] for name in NAMES) for row in rows)


def typed(text: Any, number: Any, listed: Callable[[Any], Any], record: Callable[..., Any]) -> Any:
    """Every field with its type, in a loader's own words for them."""

    def of(stated: dict[str, Any]) -> Any:
        kind = stated.get("type", "string")
        if kind == "array":
            return listed(of(stated["items"]))
        if kind == "object":
            return record({name: of(inner) for name, inner in stated["properties"].items()})
        return number if kind == "integer" else text

    fields = json.loads(SCHEMA.read_text("utf-8"))["properties"]
    return {name: of(stated) for name, stated in fields.items()}


def with_json(files: Files) -> Iterator[Words]:
    for file in files:
        with Path(file).open(encoding="utf-8") as lines:
            yield from words(json.loads(line) for line in lines)


def with_splitlines(files: Files) -> Iterator[Words]:
    for file in files:
        yield from words(map(json.loads, Path(file).read_text("utf-8").splitlines()))


def with_jsonlines(files: Files) -> Iterator[Words]:
    jsonlines = importlib.import_module("jsonlines")
    for file in files:
        with jsonlines.open(file) as rows:
            yield from words(rows)


def with_orjson(files: Files) -> Iterator[Words]:
    orjson = importlib.import_module("orjson")
    for file in files:
        with Path(file).open("rb") as lines:
            yield from words(orjson.loads(line) for line in lines)


def with_pandas(files: Files) -> Iterator[Words]:
    pandas = importlib.import_module("pandas")
    frame = pandas.concat(pandas.read_json(f, lines=True, dtype={"id": str}) for f in files)
    yield from words(frame[list(NAMES)].to_dict("records"))


def with_pyarrow(files: Files) -> Iterator[Words]:
    reader, pyarrow = importlib.import_module("pyarrow.json"), importlib.import_module("pyarrow")
    whole = pyarrow.concat_tables(
        [reader.read_json(f) for f in files], promote_options="permissive"
    )
    yield from words(whole.select(list(NAMES)).to_pylist())


def with_polars(files: Files) -> Iterator[Words]:
    polars = importlib.import_module("polars")
    schema = typed(polars.String, polars.Int64, polars.List, polars.Struct)
    yield from words(polars.scan_ndjson(files, schema=schema).select(NAMES).collect().to_dicts())


def with_duckdb(files: Files) -> Iterator[Words]:
    duckdb = importlib.import_module("duckdb")
    query = f"SELECT {', '.join(NAMES)} FROM read_json(?, format = 'newline_delimited')"  # noqa: S608
    yield from duckdb.connect().execute(query, [files]).fetchall()


def with_datasets(files: Files) -> Iterator[Words]:
    datasets = importlib.import_module("datasets")
    text, number = datasets.Value("string"), datasets.Value("int64")
    features = datasets.Features(typed(text, number, datasets.List, dict))
    yield from words(datasets.load_dataset("json", data_files=files, features=features)["train"])


def with_jq(files: Files) -> Iterator[Words]:
    said = subprocess.run(
        ["jq", "-c", f"[{', '.join(f'.{name}' for name in NAMES)}]", *files],
        capture_output=True,
        check=True,
    )
    yield from (tuple(json.loads(line)) for line in said.stdout.decode().split("\n")[:-1])


def with_r(files: Files) -> Iterator[Words]:
    """R's jsonlite reads the files and writes the three columns again."""
    script = (
        "f <- commandArgs(TRUE); for (x in f) { d <- jsonlite::stream_in(file(x), verbose=FALSE);"
        f"cat(jsonlite::toJSON(unname(as.list(d[c{NAMES}])), 'columns'), '\\n') }}"
    )
    said = subprocess.run(["Rscript", "-e", script, *files], capture_output=True, check=True)
    for line in said.stdout.decode().split("\n"):
        if line.strip():
            yield from zip(*json.loads(line), strict=True)


LOADERS: Final[dict[str, Callable[[Files], Iterator[Words]]]] = {
    "json": with_json,
    "json, str.splitlines": with_splitlines,
    "jsonlines": with_jsonlines,
    "orjson": with_orjson,
    "pandas": with_pandas,
    "pyarrow": with_pyarrow,
    "polars": with_polars,
    "DuckDB": with_duckdb,
    "datasets": with_datasets,
    "jq": with_jq,
    "R jsonlite": with_r,
}
PROGRAMS: Final = {"jq": "jq", "R jsonlite": "Rscript"}
MODULES: Final = {"json, str.splitlines": "json", "DuckDB": "duckdb"}


def is_installed(name: str) -> bool:
    if name in PROGRAMS:
        return shutil.which(PROGRAMS[name]) is not None
    return importlib.util.find_spec(MODULES.get(name, name)) is not None


def as_lists(rows: Iterable[Words]) -> Iterator[Words]:
    return (tuple(v if isinstance(v, str) else list(v) for v in row) for row in rows)


def version(name: str) -> str:
    if name in PROGRAMS:
        return ""
    found = importlib.import_module(MODULES.get(name, name))
    return str(getattr(found, "__version__", ""))


def row(name: str, files: Files, right: list[Words]) -> str:
    """The loader's line of the table; "no" in its last cell where it read otherwise."""
    if not is_installed(name):
        return f"| {name} | – | – | not installed |"
    began = time.monotonic()
    got = sorted(as_lists(LOADERS[name](files)))
    seconds = time.monotonic() - began
    title = f"{name} {version(name)}".strip()
    return f"| {title} | {len(got)} | {seconds:.1f} | {'yes' if got == right else 'no'} |"


def main() -> int:
    folder = Path(sys.argv[1])
    files = sorted(map(str, folder.glob("articles/**/*.jsonl")))
    right = sorted(with_json(files))
    print(f"{len(right)} articles in {len(files)} files\n")
    print("| loader | rows | seconds | all right |\n|---|---|---|---|")
    rows = [row(name, files, right) for name in LOADERS]
    print("\n".join(rows))
    return int(not right or any(line.endswith("| no |") for line in rows))


if __name__ == "__main__":
    sys.exit(main())
