"""A lazy pattern answers as the compiled expression does, and compiles once, when asked."""

import re
import subprocess
import sys
from typing import Any

import pytest

from newscrawl.article.lazy_pattern import LazyPattern

SOURCE = r"(tin|bài) (\d+)"
TEXT = "Tin 1, bài 22, ảnh 3"
COMPILED = re.compile(SOURCE, re.IGNORECASE)
READERS = (
    "boilerplate", "box_roles", "byline", "date_patterns", "english_byline", "outlet_names",
)  # fmt: skip


def asked(pattern: Any, method: str, *given: Any) -> Any:
    """What the method answers, matches as what they matched and where."""
    found = getattr(pattern, method)(*given)
    if isinstance(found, re.Match):
        return found.span(), found.groups()
    return [(m.span(), m.groups()) for m in found] if method == "finditer" else found


@pytest.mark.parametrize("method", ["match", "fullmatch", "search", "findall", "finditer", "split"])
@pytest.mark.parametrize("text", [TEXT, "bài 7", "", "không có"])
def test_it_answers_as_the_compiled_expression(method: str, text: str) -> None:
    lazy = LazyPattern(SOURCE, re.IGNORECASE)
    assert asked(lazy, method, text) == asked(COMPILED, method, text)


@pytest.mark.parametrize("method", ["match", "fullmatch", "search", "findall", "finditer"])
def test_it_is_asked_of_a_part_of_a_text(method: str) -> None:
    lazy = LazyPattern(SOURCE, re.IGNORECASE)
    assert asked(lazy, method, TEXT, 7, 13) == asked(COMPILED, method, TEXT, 7, 13)


@pytest.mark.parametrize("replacement", [r"\2", lambda match: match[0].upper()])
@pytest.mark.parametrize("count", [0, 1])
def test_it_replaces_what_it_matches(replacement: Any, count: int) -> None:
    lazy = LazyPattern(SOURCE, re.IGNORECASE)
    assert lazy.sub(replacement, TEXT, count=count) == COMPILED.sub(replacement, TEXT, count=count)


def test_its_flags_count() -> None:
    assert LazyPattern("bài", re.IGNORECASE).match("BÀI") is not None
    assert LazyPattern("bài").match("BÀI") is None


def test_all_methods_share_one_compiled_expression() -> None:
    lazy = LazyPattern(SOURCE)
    lazy.search(TEXT)
    first = lazy.compiled
    lazy.findall(TEXT)
    assert lazy.compiled is first


def test_a_wrong_source_is_told_when_it_is_asked() -> None:
    lazy = LazyPattern("(bài")
    with pytest.raises(re.error, match="missing"):
        lazy.match(TEXT)


@pytest.mark.parametrize("reader", READERS)
def test_to_import_a_reader_compiles_none_of_its_patterns(reader: str) -> None:
    program = (
        f"import newscrawl.article.{reader} as reader\n"
        "from newscrawl.article.lazy_pattern import LazyPattern\n"
        "lazy = [p for p in vars(reader).values() if isinstance(p, LazyPattern)]\n"
        "print(len(lazy) > 2, sum('compiled' in vars(pattern) for pattern in lazy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "0"]


@pytest.mark.parametrize("reader", READERS)
def test_every_pattern_of_a_reader_compiles(reader: str) -> None:
    module = __import__(f"newscrawl.article.{reader}", fromlist=[reader])
    for pattern in vars(module).values():
        if isinstance(pattern, LazyPattern):
            assert pattern.compiled.pattern == pattern.pattern
