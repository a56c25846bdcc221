"""What kept a site from answering, as a person is told of it. Pure."""

from collections.abc import Mapping
from typing import Final

from newscrawl.exit_codes import ExitCode
from newscrawl.text import counted

DOWN: Final = (ExitCode.SITE_DOWN, ExitCode.ROBOTS)
"""Exit codes of runs whose site did not answer as a newspaper"""
PREFIX: Final = "failure/"
"""Of the counters of failed requests, each with the failure's class"""
STATUS: Final = "http_"
"""Of the class of an answer that only its status tells: http_421"""

_FAILURES: Final[Mapping[str, str]] = {
    "name": "the host's name cannot be resolved",
    "refused": "connection refused by the host",
    "timeout": "no answer in time",
    "connection": "the connection breaks",
    "data_loss": "answers are cut off",
    "cut_off": "pages are cut off",
    "empty": "answers are empty",
    "self_redirect": "answers redirect to themselves",
    "certificate": "the certificate is not trusted",
    "address": "the host's address is not public",
    "server_error": "the server answers 5xx",
    "rate_limited": "the server answers 429",
    "forbidden": "the server answers 401, 403 or 451",
    "bot_wall": "a bot wall answers",
}


def failure_lines(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return what kept a site from answering, the most frequent first.

    `counts` are a run's counters.

    >>> failure_lines({"failure/refused": 8, "failure/http_421": 9, "list/failed": 2})
    ('the server answers 421: 9 times', 'connection refused by the host: 8 times')
    """
    failures = [
        (n, name.removeprefix(PREFIX)) for name, n in counts.items() if name.startswith(PREFIX)
    ]
    by_number = sorted(failures, key=lambda failure: (-failure[0], failure[1]))
    return tuple(f"{_said(name)}: {counted(n, 'time')}" for n, name in by_number)


def _said(name: str) -> str:
    if name.startswith(STATUS):
        return f"the server answers {name.removeprefix(STATUS)}"
    return _FAILURES.get(name, name)
