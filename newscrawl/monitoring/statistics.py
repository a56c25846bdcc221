"""Probabilities of a run's figures, given those of the runs before: tails, ranks, spread. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from math import erfc, exp, lgamma, sqrt
from typing import Final

_TRIALS_MAX: Final = 1000  # beyond 1,000 trials a tail probability no longer changes the verdict
_SPREAD_MIN_RUNS: Final = 8  # fewer runs do not show how much runs differ
_SPREAD_MAX: Final = 4.0

Share = tuple[float, float]
"""(how many have it, of how many)"""


def chance_of_so_few(here: Share, before: Share) -> float:
    """Return the probability of at most so many, given earlier trials (beta-binomial).

    The usual share is itself uncertain: a few earlier trials say little of it.

    >>> chance_of_so_few((0, 20), (500, 1000)) < 2e-6 < 2e-3 < chance_of_so_few((0, 20), (1, 2))
    True
    """
    has, seen = _scaled(here)
    yes, no = before[0] + 1, before[1] - before[0] + 1
    trials, most = round(seen), round(has)
    whole = lgamma(trials + 1) - _log_beta(yes, no)
    terms = (
        exp(whole - lgamma(k + 1) - lgamma(trials - k + 1) + _log_beta(yes + k, no + trials - k))
        for k in range(min(most, trials) + 1)
    )
    return min(1.0, sum(terms))


def chance_of_so_many(here: Share, before: Share) -> float:
    """Return the probability of at least so many, given earlier trials.

    >>> chance_of_so_many((20, 20), (500, 1000)) < 2e-6
    True
    """
    return chance_of_so_few((here[1] - here[0], here[1]), (before[1] - before[0], before[1]))


def _scaled(share: Share) -> Share:
    has, seen = share
    return (has * _TRIALS_MAX / seen, _TRIALS_MAX) if seen > _TRIALS_MAX else share


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def spread(runs: Sequence[Share]) -> float:
    """Return how much wider the runs' shares spread than chance spreads them, 1 to 4.

    Runs that cover other sections differ by more than chance; their trials count for that much
    less. The spread of too few runs is 1.

    >>> spread([(5, 10), (6, 10)] * 5), spread([(0, 10), (10, 10)] * 5)
    (1.0, 4.0)
    """
    has, seen = pooled(runs)
    usual = has / seen if seen else 0.0
    if len(runs) < _SPREAD_MIN_RUNS or not 0 < usual < 1:
        return 1.0
    off = sum((k - n * usual) ** 2 / (n * usual * (1 - usual)) for k, n in runs)
    return min(_SPREAD_MAX, max(1.0, off / (len(runs) - 1)))


def pooled(runs: Iterable[Share]) -> Share:
    """Return all runs as one.

    >>> pooled([(1, 2), (3, 4)])
    (4, 6)
    """
    shares = tuple(runs)
    return sum(has for has, _ in shares), sum(seen for _, seen in shares)


def ahead(here: Mapping[int, int], before: Mapping[int, int]) -> float:
    """Return how often a value of one sample exceeds one of the other, minus a half: -0.5 to 0.5.

    Both samples are counts by value; a tie counts half, and 0 is no difference.

    >>> ahead({1: 20}, {5: 200}), ahead({5: 9}, {5: 90}), ahead({}, {5: 1})
    (-0.5, 0.0, 0.0)
    """
    pairs = sum(here.values()) * sum(before.values())
    below, over = 0.0, 0.0
    for value in sorted({*here, *before}):
        over += here.get(value, 0) * (below + before.get(value, 0) / 2)
        below += before.get(value, 0)
    return over / pairs - 0.5 if pairs else 0.0


def chance_of_rank(off: float, mine: float, theirs: float) -> float:
    """Return the probability that two samples of one kind lie so far apart or farther.

    This is the two-sided Mann-Whitney test in its normal approximation; ties make it cautious.

    >>> chance_of_rank(0.0, 20, 200), round(chance_of_rank(-0.34, 20, 200) * 1e6, 1)
    (1.0, 0.5)
    """
    return erfc(abs(off) * sqrt(12 * mine * theirs / (mine + theirs + 1)) / sqrt(2))


def middle(counts: Mapping[int, int]) -> int:
    """Return the median of counts by value; 0 for no counts.

    >>> middle({2: 1, 3: 3, 9: 1}), middle({})
    (3, 0)
    """
    half, passed = sum(counts.values()) / 2, 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= half:
            return value
    return 0
