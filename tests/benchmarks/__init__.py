"""How fast, against what: `python -m tests.benchmarks`, a table and a JSON file.

Never part of the test suite's verdict. Ratios are the result: every figure is the median of
interleaved runs in processes of their own, CPU seconds of the process and its children, start-up
included, so that a busy machine slows both sides alike. Peers come with `pip install -e .[bench]`;
Fundus pins an older lxml and needs an environment of its own: `--fundus-python PATH`.
"""
