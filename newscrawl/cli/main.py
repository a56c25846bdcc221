"""The command `newscrawl`: `scrapy` with this project's settings, in any folder."""

import os
import sys
from typing import Final

_SETTINGS: Final = "SCRAPY_SETTINGS_MODULE"


def main() -> None:
    """Run the command that the arguments name, and exit with its code."""
    os.environ.setdefault(_SETTINGS, "newscrawl.settings")
    from scrapy.cmdline import execute  # noqa: PLC0415  (reads the environment as it is imported)

    execute(["newscrawl", *sys.argv[1:]])


if __name__ == "__main__":
    main()
