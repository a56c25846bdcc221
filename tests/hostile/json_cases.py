"""Texts that are hardly JSON and addresses that are hardly any, after JSONTestSuite and WPT."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[1] / "data"
_DEEP: Final = 100_000


def _strings(name: str) -> list[str]:
    return [json.loads(line) for line in (_DATA / name).read_bytes().splitlines()]


CASES: Final = (
    *(text.encode("latin-1") for text in _strings("odd-json.jsonl")),
    b"[" * _DEEP,
    b"[" * _DEEP + b"]" * _DEEP,
    b'[{"":' * _DEEP,
    b'[\n{\n"":\n[\n{\n"":\n[' * 500,
    b"[" * 500 + b"]" * 500,
    b"[" + b"9" * 5_000 + b"]",
    b'{"@graph":' * 900 + b"1" + b"}" * 900,
    b'{"@graph":[' + b"{}," * 9_000 + b"{}]}",
    b'{"@type":"NewsArticle","headline":"' + b"a" * 900_000 + b'"}',
)
ADDRESSES: Final = (
    *_strings("odd-addresses.jsonl"),
    *(f"/{'a' * 5_000}", f"/?{'a=1&' * 5_000}", "/" * 5_000, "../" * 5_000, "%2e/" * 2_000),
)
