"""The card: what a stranger, and a loader, learns of an archive from its own folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.export.dataset_card import card, write_card
from newscrawl.catalogue.entries import catalogue
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Article

SCHEMA: dict[str, Any] = {
    "properties": {
        "id": {"type": "string"},
        "revision": {"type": "integer"},
        "published_at": {"type": ["string", "null"]},
        "modified_at": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "images": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"url": {"type": "string"}, "credit": {"type": "string"}},
            },
        },
    }
}


def test_the_head_types_every_field_as_the_schema_does() -> None:
    _, head, _ = card(SCHEMA).split("---\n")
    assert head.partition("dataset_info:\n")[2] == (
        "  features:\n"
        "  - name: id\n"
        "    dtype: string\n"
        "  - name: revision\n"
        "    dtype: int64\n"
        "  - name: published_at\n"
        "    dtype: timestamp[s, tz=+07:00]\n"
        "  - name: modified_at\n"
        "    dtype: string\n"
        "  - name: tags\n"
        "    list: string\n"
        "  - name: images\n"
        "    list:\n"
        "    - name: url\n"
        "      dtype: string\n"
        "    - name: credit\n"
        "      dtype: string\n"
    )


def test_the_head_takes_the_articles_of_every_newspaper_and_no_snapshot() -> None:
    assert '    path: "*/articles/**/*.jsonl"\n' in card(SCHEMA)


def test_the_folder_explains_itself(tmp_path: Path) -> None:
    assert sorted(map(str, write_card(tmp_path))) == [
        "README.md", "article.schema.json", "newspapers.csv", "revision.schema.json",
    ]  # fmt: skip
    schema = json.loads((tmp_path / "article.schema.json").read_text("utf-8"))
    told = (tmp_path / "README.md").read_text("utf-8")
    fields = [line.split()[-1] for line in told.split("\n") if line.startswith("  - name: ")]
    assert fields == list(schema["properties"]) == list(Article.__dataclass_fields__)
    listed = (tmp_path / "newspapers.csv").read_text("utf-8").strip().split("\n")
    assert len(listed) == len(catalogue()) + 1


def test_what_is_there_as_it_is_to_be_is_not_written_again(tmp_path: Path) -> None:
    names = write_card(tmp_path)
    before = {name: (tmp_path / name).stat().st_ino for name in names}
    assert write_card(tmp_path) == names
    assert {name: (tmp_path / name).stat().st_ino for name in names} == before


def test_an_older_card_is_replaced(tmp_path: Path) -> None:
    write_card(tmp_path)
    whole = (tmp_path / "README.md").read_bytes()
    (tmp_path / "README.md").write_bytes(whole.replace(b"int64", b"int32"))
    (tmp_path / "newspapers.csv").write_bytes(b"\xff")
    write_card(tmp_path)
    assert (tmp_path / "README.md").read_bytes() == whole
    assert (tmp_path / "newspapers.csv").read_bytes().startswith(b"newspaper,domain,")


def test_a_readme_that_somebody_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Our own notes\n")
    assert Path("README.md") not in write_card(tmp_path)
    assert (tmp_path / "README.md").read_text() == "Our own notes\n"
    assert (tmp_path / "article.schema.json").is_file()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").mkdir()
    with pytest.raises(ArchiveError, match=r"README\.md"):
        write_card(tmp_path)
