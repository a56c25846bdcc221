"""How many fields of how many articles are right."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.support.strangers.serving import Stranger


class Score(NamedTuple):
    """The share of right fields, and each wrong one."""

    share: float
    wrong: list[tuple[str, str, object, object]]
    """Address, field, what is right, what was read"""


def score(site: Stranger, lines: Iterable[Mapping[str, Any]]) -> Score:
    """Compare the archive's lines with the truth; a missing article has all its fields wrong."""
    found = {line["url"]: line for line in lines}
    right, wrong = 0, []
    for url, expected in site.truths().items():
        line = found.get(url)
        for name, value in expected.items():
            read = None if line is None else line[name]
            if name == "images" and line is not None:
                read = [image["url"] for image in line["images"]]
            if read == value:
                right += 1
            else:
                wrong.append((url, name, value, read))
    return Score(right / (right + len(wrong)), wrong)
