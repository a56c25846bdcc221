"""Runs a command and writes what it used: `python -IS launch.py FILE COMMAND …`.

A small process in between: Linux counts the memory of whoever forks as memory of the command.
"""

import os
import sys


def main() -> None:
    file, *command = sys.argv[1:]
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(pid, 0)
    with open(file, "w", encoding="ascii") as out:  # noqa: PTH123  (pathlib alone takes as long)
        out.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
