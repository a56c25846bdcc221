"""The bound on memory counts what a run holds, not what the program that started it has held."""

import subprocess
import sys

BYTES = 300 << 20
SMALL = 200 << 20
CHILD = """
from scrapy.utils.test import get_crawler
from newscrawl.crawl.memory_bound import MemoryBound
bound = MemoryBound(get_crawler(settings_dict={"MEMUSAGE_ENABLED": True}))
before = bound.get_virtual_size()
held = b"x" * %d
print(before, bound.get_virtual_size() - before)
"""
PARENT = """
import subprocess, sys
held = b"x" * %d
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
"""


def test_a_large_program_that_starts_a_run_does_not_count() -> None:
    command = [sys.executable, "-c", PARENT % BYTES, CHILD % BYTES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    assert 0 < before < SMALL
    assert BYTES <= after < BYTES + SMALL
