"""The times that a person reads in a run's log and summary name their zone."""

import logging
import re

from newscrawl import settings
from newscrawl.crawl.run_keeper import killed_line


def test_a_line_of_the_log_has_its_zone() -> None:
    written = logging.Formatter("%(asctime)s", settings.LOG_DATEFORMAT).format(
        logging.LogRecord("crawl", logging.WARNING, "", 1, "slow", None, None)
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}", written)


def test_a_killed_run_is_told_in_the_time_of_the_summary() -> None:
    record = {"started_at": "2026-12-01T18:22:39Z", "counts": {"article/kept": 1}}
    said = "the run of 2026-12-02 01:22 (+07) was killed; it kept 1 article"
    assert killed_line(record) == said
