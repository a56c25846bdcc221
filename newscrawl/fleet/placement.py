"""Which node holds a newspaper's folder, and when its runs are due. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from newscrawl.exceptions import ArgumentError

NODE_NAME_MAX_CHARS: Final = 30
"""PostgreSQL cuts the name of a channel at 63 bytes; Procrastinate and the task take the others"""
_NODE: Final = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{NODE_NAME_MAX_CHARS - 1}}}")
_RANGE: Final = re.compile(r"(?P<stem>.*?)(?P<first>\d+)\.\.(?P<again>.*?)(?P<last>\d+)")


def node_names(given: str) -> tuple[str, ...]:
    """Return the nodes that a list names; raise `ArgumentError` for a name that is none.

    >>> node_names("head,n08..n10")
    ('head', 'n08', 'n09', 'n10')
    """
    names = tuple(name for part in given.split(",") for name in _expanded(part.strip()))
    for name in names:
        checked_node(name)
    return tuple(dict.fromkeys(names))


def _expanded(part: str) -> Iterator[str]:
    found = _RANGE.fullmatch(part)
    if found is None:
        yield part
        return
    first, last = found["first"], found["last"]
    if found["again"] not in ("", found["stem"]) or int(first) > int(last):
        raise ArgumentError(f"{part}: no range of nodes: write n01..n10")
    for number in range(int(first), int(last) + 1):
        yield f"{found['stem']}{number:0{len(first)}}"


def checked_node(name: str) -> str:
    """Return the name of a node; raise `ArgumentError` where it cannot be one.

    >>> checked_node("n01")
    'n01'
    """
    if not _NODE.fullmatch(name):
        wanted = f"letters, digits, -, _ and . , at most {NODE_NAME_MAX_CHARS}"
        raise ArgumentError(f"{name!r} is no name of a node: write {wanted}")
    return name


def place_lanes(
    lanes: Sequence[tuple[str, ...]], nodes: Sequence[str], placed: Mapping[str, str]
) -> dict[str, str]:
    """Return the node of every newspaper of the lanes.

    A lane goes where one of its newspapers is, else to the node that has the fewest newspapers; the
    longest lanes choose first.

    Args:
        lanes: Newspapers that share hosts, together.
        nodes: The nodes that take what is not placed.
        placed: The nodes of newspapers that have one.

    >>> place_lanes([("a",), ("b", "c"), ("d",)], ["n1", "n2"], {"a": "n2"})
    {'b': 'n1', 'c': 'n1', 'a': 'n2', 'd': 'n2'}
    """
    counts = Counter(placed.values())
    found: dict[str, str] = {}
    for lane in sorted(lanes, key=len, reverse=True):
        at = next((placed[name] for name in lane if name in placed), None)
        node = at or min(nodes, key=lambda one: (counts[one], nodes.index(one)))
        new = [name for name in lane if name not in placed]
        counts[node] += len(new)
        found |= {name: placed.get(name, node) for name in lane}
    return found


def moment_before(now: datetime, every_h: int, minute: int) -> datetime:
    """Return the latest moment at which a run was due.

    Args:
        now: Any moment, with its time zone.
        every_h: Hours between two runs, a divisor of 24.
        minute: Minutes after midnight in UTC at which the day's first run begins.

    >>> moment_before(datetime(2026, 12, 1, 10, 5, tzinfo=UTC), 2, 40).isoformat()
    '2026-12-01T08:40:00+00:00'
    >>> moment_before(datetime(2026, 12, 1, 0, 5, tzinfo=UTC), 24, 40).isoformat()
    '2026-11-30T00:40:00+00:00'
    """
    distance, offset = timedelta(hours=every_h), timedelta(minutes=minute)
    midnight = datetime.combine(now.astimezone(UTC).date(), datetime.min.time(), UTC)
    return midnight + offset + (now - midnight - offset) // distance * distance
