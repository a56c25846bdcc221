"""The two halves of the suite, and which files a half need not import."""

import re
from typing import Final

QUICK: Final = "not thorough"
"""What a run without a flag runs, as -m takes it"""
REST: Final = "thorough or hypothesis"
"""What --thorough-only runs: hypothesis marks its tests, which look further there"""

_IS_THOROUGH: Final = re.compile(r"^pytestmark = (\[[^\]]*)?pytest\.mark\.thorough", re.MULTILINE)
_HAS_REST: Final = re.compile(r"mark\.thorough|^from hypothesis", re.MULTILINE)


def is_left_out(text: str, half: str) -> bool:
    """Whether the half, or any other expression, selects no test of the file with this text.

    >>> is_left_out("pytestmark = pytest.mark.thorough", QUICK)
    True
    >>> is_left_out("def test_a() -> None: ...", REST)
    True
    >>> is_left_out("def test_a() -> None: ...", "hypothesis")
    False
    """
    if half == QUICK:
        return _IS_THOROUGH.search(text) is not None
    return half == REST and _HAS_REST.search(text) is None
