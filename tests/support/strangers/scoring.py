"""How many fields of how many articles are right."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tests.support.strangers.serving import Stranger

Wrong = tuple[str, str, object, object]
"""Address, field, what is right, what was read"""


class Score(NamedTuple):
    """The share of right fields, and each wrong one."""

    share: float
    wrong: list[Wrong]


def wrong_fields(expected: Mapping[str, Any], line: Mapping[str, Any] | None) -> Iterator[Wrong]:
    """The fields that the archive's line states otherwise; all of them where there is no line."""
    for name, value in expected.items():
        read = None if line is None else line[name]
        if name == "images" and line is not None:
            read = [image["url"] for image in line["images"]]
        if read != value:
            yield expected["url"], name, value, read


def score(site: Stranger, lines: Iterable[Mapping[str, Any]]) -> Score:
    """Compare the archive's lines with the truth; a missing article has all its fields wrong."""
    found = {line["url"]: line for line in lines}
    truths = site.truths()
    wrong = [
        fault
        for url, expected in truths.items()
        for fault in wrong_fields(expected, found.get(url))
    ]
    return Score(1 - len(wrong) / sum(map(len, truths.values())), wrong)
