"""Lanes: newspapers that share hosts are crawled one after the other."""

from collections.abc import Mapping


def lanes(hosts: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the newspapers in lanes; those of one lane share hosts and must not run at once.

    >>> lanes({"a": frozenset({"x.vn"}), "b": frozenset({"y.vn"}), "c": frozenset({"x.vn"})})
    (('a', 'c'), ('b',))
    """
    found: list[tuple[frozenset[str], tuple[str, ...]]] = []
    for name, own in hosts.items():
        touching = [lane for lane in found if not lane[0].isdisjoint(own)]
        names = tuple(n for _, lane in touching for n in lane)
        merged = (own.union(*(taken for taken, _ in touching)), (*names, name))
        place = found.index(touching[0]) if touching else len(found)
        found = [lane for lane in found if lane not in touching]
        found.insert(place, merged)
    return tuple(names for _, names in found)
