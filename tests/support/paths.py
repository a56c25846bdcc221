"""Where the project's files are, for tests and programs."""

from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).resolve().parents[1]
ROOT: Final = TESTS.parent
FIXTURES: Final = TESTS / "fixtures"
DATA: Final = TESTS / "data"
