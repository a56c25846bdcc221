"""The throttle: how often a host may be asked, and when to give it up. Pure.

A run keeps one `Host` for each host. Times are seconds of one monotonic clock, which the caller
reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import inf
from typing import Final, Literal

Outcome = Literal["page", "answer", "failure", "blocked"]
"""page: a page that was wanted; answer: another sign of life (robots.txt, 404); failure: no answer
or 5xx; blocked: 403, 429 or a bot wall"""

Verdict = Literal["site_unreachable", "site_blocked"]

RETRY_AFTER_MAX_S: Final = 3600.0  # longer requests are capped
_BACKOFF_LEVEL_MAX: Final = 7  # so many good answers end any back-off
CRAWL_DELAY_MAX_S: Final = 300.0  # as in Heritrix; more is a typing error or a trap


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The settings of the throttle."""

    delay_s: float = 1.0
    """Least gap between two requests to a host; 0 = no gap, no adaptation (loopback)"""
    jitter: float = 0.25
    """Share of the gap that chance may add; nothing is ever taken away"""
    concurrency: int = 1
    """Requests in flight to one host"""
    backoff_s: float = 2.0
    """Pause after a first failure; doubles with each further one, halves with each good answer"""
    backoff_max_s: float = 32.0
    patience_s: float = 900.0
    """Longest time a host may ask us to wait before the run gives it up"""
    dead_after: int = 12
    """Failures in a row that end a host which never gave a page: five minutes of pauses"""
    lost_after: int = 22
    """Failures in a row that end a host which gave pages before: ten minutes of pauses"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The state of a host in this run."""

    in_flight: int = 0
    last_at: float = -inf
    """When the last request left or the last answer began"""
    chance: float = 0.0
    """In [0, 1), drawn anew with each answer"""
    held_until: float = -inf
    """End of a pause after failures or by Retry-After"""
    level: int = 0
    """Steps of back-off"""
    bad: int = 0
    """Failures and blocks in a row"""
    blocked: int = 0
    """Blocks among them"""
    pages: int = 0
    latency_s: float = 0.0
    """How long it takes to answer, smoothed"""
    wanted_gap_s: float = 0.0
    """What its robots.txt asks for"""
    given_up: Verdict | None = None


def gap_s(host: Host, limits: Limits) -> float:
    """Return the seconds from one answer's first byte to the next request.

    The gap is counted from the answer, not from the request, so that the server too sees at least
    this gap. A host that answers slowly is asked as slowly, so that it rests half of the time.

    >>> gap_s(Host(wanted_gap_s=10, chance=0.5), Limits(jitter=0.5))
    12.5
    >>> gap_s(Host(latency_s=3.0), Limits(jitter=0))
    3.0
    """
    own = max(limits.delay_s, min(host.latency_s, limits.backoff_max_s)) if limits.delay_s else 0.0
    return max(own, host.wanted_gap_s) * (1 + limits.jitter * host.chance)


def backoff_s(host: Host, limits: Limits) -> float:
    """Return the seconds that failures add to the gap.

    >>> [backoff_s(Host(level=n), Limits()) for n in (0, 1, 2, 3, 7)]
    [0.0, 2.0, 4.0, 8.0, 32.0]
    """
    if host.level == 0:
        return 0.0
    return min(limits.backoff_s * 2.0 ** (host.level - 1), limits.backoff_max_s)


def wait_s(host: Host, limits: Limits, now: float) -> float:
    """Return the seconds until the next request may leave; inf = once an answer has come."""
    # One request at a time to a host that asks for a gap: else the server sees less than the gap.
    if host.in_flight >= (1 if host.wanted_gap_s else limits.concurrency):
        return inf
    ready_at = max(host.held_until, host.last_at + gap_s(host, limits))
    return max(0.0, ready_at - now)


def sent(host: Host, now: float) -> Host:
    """Return the host with one more request in flight."""
    return replace(host, in_flight=host.in_flight + 1, last_at=max(host.last_at, now))


def slowed(host: Host, gap: float) -> Host:
    """Return the host with the longest gap that its robots.txt asked for."""
    return replace(host, wanted_gap_s=max(host.wanted_gap_s, gap))


def answered(
    host: Host,
    limits: Limits,
    outcome: Outcome,
    *,
    now: float,
    first_byte_at: float,
    latency_s: float | None = None,
    retry_after_s: float | None = None,
    chance: float = 0.0,
) -> Host:
    """Return the host after a request has ended, with an answer or without.

    Args:
        host: The host before.
        limits: The settings of the throttle.
        outcome: How the request has ended.
        now: The moment on the monotonic clock.
        first_byte_at: When the answer began; the gap is counted from there.
        latency_s: How long the answer took; None where none came.
        retry_after_s: What Retry-After asked for; it holds whatever the outcome is.
        chance: In [0, 1), the share of the jitter that the next gap gets.
    """
    host = _tallied(host, outcome)
    usual_s = host.latency_s if latency_s is None else _mean(host.latency_s, latency_s)
    pauses = [host.held_until]
    if host.level:
        pauses.append(now + backoff_s(host, limits))
    if retry_after_s is not None:
        pauses.append(now + min(retry_after_s, RETRY_AFTER_MAX_S))
    host = replace(
        host,
        in_flight=host.in_flight - 1,
        last_at=max(host.last_at, first_byte_at),
        held_until=max(pauses),
        chance=chance,
        latency_s=usual_s,
    )
    verdict = host.given_up or _verdict(host, limits, now)
    return host if verdict is None else replace(host, given_up=verdict)


def _mean(usual_s: float | None, latency_s: float) -> float:
    return ((usual_s or latency_s) + latency_s) / 2


def _tallied(host: Host, outcome: Outcome) -> Host:
    if outcome in ("page", "answer"):
        pages = host.pages + (outcome == "page")
        return replace(host, bad=0, blocked=0, level=max(0, host.level - 1), pages=pages)
    return replace(
        host,
        bad=host.bad + 1,
        blocked=host.blocked + (outcome == "blocked"),
        level=min(_BACKOFF_LEVEL_MAX, host.level + 1),
    )


def _verdict(host: Host, limits: Limits, now: float) -> Verdict | None:
    """Return why to give the host up: it failed too often, or asked for too long a wait."""
    enough = limits.lost_after if host.pages else limits.dead_after
    if host.bad < enough and host.held_until - now <= limits.patience_s:
        return None
    return "site_blocked" if host.blocked * 2 >= max(host.bad, 1) else "site_unreachable"


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that Retry-After asks for, at most an hour; None where it is unreadable.

    A date is compared with the answer's own Date, so that a wrong clock on either side does no
    harm (RFC 9110, section 10.2.3).

    >>> retry_after({"Retry-After": "120"}, datetime.now(UTC))
    120.0
    >>> retry_after({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT",
    ...              "Date": "Wed, 21 Oct 2026 07:27:30 GMT"}, datetime.now(UTC))
    30.0
    >>> retry_after({"Retry-After": "99999999999"}, datetime.now(UTC))
    3600.0
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[-300:]), RETRY_AFTER_MAX_S)
    until = _date(text)
    if until is None:
        return None
    wait = until - (_date(headers.get("Date", "")) or now)
    return min(max(wait, timedelta()).total_seconds(), RETRY_AFTER_MAX_S)


def _date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
