"""Deal articles to a training and a test set, copies of one story to one side."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

Side = Literal["train", "test"]


def split(
    ids: Iterable[str], groups: Sequence[Sequence[str]], test_share: float, seed: int
) -> Iterator[tuple[str, Side]]:
    """Return each article's side, in the order given.

    An article's side depends on its id (its group's first id) and the seed alone: an article that
    is added moves no other, unless it joins two groups.

    Args:
        ids: the articles' ids.
        groups: ids of articles that are copies of each other; an article stands in one group.
        test_share: the share of groups that go to the test set, from 0 to 1.
        seed: another seed deals anew.

    >>> list(split(["a:1", "b:2", "c:3"], [("a:1", "c:3")], 0.5, 2))
    [('a:1', 'train'), ('b:2', 'test'), ('c:3', 'train')]
    """
    leader: Mapping[str, str] = {one: min(group) for group in groups for one in group}
    for one in ids:
        yield one, _side(leader.get(one, one), test_share, seed)


def _side(name: str, test_share: float, seed: int) -> Side:
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    return "test" if int.from_bytes(digest[:8]) < test_share * 2**64 else "train"
