"""A replica as a process of its own, and the questions one may ask it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from tempfile import TemporaryFile
from typing import IO, Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Replica:
    """A running replica."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where it listens: "http://127.0.0.1:<port>"."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str) -> bytes:
        """Return the control interface's answer; raise OSError where none comes."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise OSError(f"{path}: {response.status}: {body.decode().strip()}")
        return body

    def _lines(self, path: str) -> list[Any]:
        return [json.loads(line) for line in self.ask(path).split(b"\n") if line]

    def truth(self, host: str) -> list[Row]:
        """Return a row for every article of that paper in the present edition, oldest first."""
        return self._lines(f"/__replica/truth?host={host}")

    def gone(self, host: str) -> list[Row]:
        """Return a row for every article that stood earlier and answers 404 or 410 now."""
        return self._lines(f"/__replica/gone?host={host}")

    def not_articles(self, host: str) -> list[str]:
        """Return the addresses in that paper's lists that lead to no article."""
        return self._lines(f"/__replica/not_articles?host={host}")

    def stats(self) -> Row:
        """Return counts of the requests since the start or the last reset."""
        answer: Row = json.loads(self.ask("/__ctl/stats"))
        return answer

    def set_edition(self, edition: int) -> None:
        """Have the papers answer as of that edition from now on."""
        self.ask(f"/__ctl/edition?n={edition}")

    def hold(self, after: int) -> None:
        """Have every request wait once so many have come since the start or the last reset."""
        self.ask(f"/__ctl/hold?after={after}")

    def release(self) -> None:
        """Answer the requests that wait, and all later ones."""
        self.ask("/__ctl/hold")

    def reset(self) -> None:
        """Set all counts to zero and the edition to that of the start, and release what waits."""
        self.ask("/__ctl/reset")


def _arguments(options: dict[str, object]) -> list[str]:
    out: list[str] = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        if value is True:
            out.append(flag)
        elif isinstance(value, tuple):
            out += [flag, ",".join(map(str, value))]
        elif value is not None and value is not False:
            out += [flag, str(value)]
    return out


@contextmanager
def running_replica(**options: object) -> Iterator[Replica]:
    """Start a replica in a process of its own, and stop it when the block ends.

    Options are those of the command line: `articles=2000, seed=3, page_bytes=(60_000, 120_000)`.
    Raises OSError with the output of a process that does not start.
    """
    command = [sys.executable, "-m", "newscrawl.replica", "--with-stdin", *_arguments(options)]
    with TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter, our own module)
            command,
            stdin=subprocess.PIPE,  # closed by the system when this process ends, killed or not
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,  # Ctrl-C in a terminal is for the crawl alone
        )
        try:
            yield Replica(_port(process, said), process.pid)
        finally:
            process.terminate()
            process.communicate()


def _port(process: subprocess.Popen[bytes], said: IO[bytes]) -> int:
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        process.wait()
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
        raise OSError(f"the replica did not start: {words}")
    return int(json.loads(line)["port"])
