"""One crawl of a moody newspaper in a process of its own, which a test may kill.

    python -m tests.support.moody_run '{"family": "K", "day": 0, "settings": {…}, "arguments": {…}}'

prints the summary, and ends with the run's exit code.
"""

import json
import sys

from tests.support.moody_site import PAPERS, crawl_in_process


def main() -> int:
    asked = json.loads(sys.argv[1])
    report = crawl_in_process(
        PAPERS[asked["family"]], asked["settings"], asked["arguments"], asked["day"]
    )
    print(report.summary())
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
