"""A warm interpreter that forks for each command and saves its imports: 0.1 s instead of 0.8 s.

`run_module` is `subprocess.run([sys.executable, "-m", module, ...])` with the output captured, but
for the imports, which the forked process has already. What depends on the interpreter's own start
(encodings, flags, PYTHONPATH) is tested with a process of its own.
"""

import gc
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn

from tests.support.paths import ROOT

_REQUEST_MAX_BYTES: Final = 1 << 18
# They read the environment or sys.argv as they are imported, or run something.
_NOT_WARM: Final = ("newscrawl.settings", "newscrawl.config", "newscrawl.research", "__main__")


class Forkserver:
    """The process that forks; it ends with this one, whose end closes the socket."""

    def __init__(self) -> None:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket = here
        command = [sys.executable, "-m", "tests.support.forkserver", str(there.fileno())]
        self.process = subprocess.Popen(
            command, cwd=ROOT, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL
        )
        there.close()

    def run(
        self,
        module: str,
        arguments: Sequence[str],
        cwd: Path,
        env: Mapping[str, str],
        timeout_s: float,
    ) -> subprocess.CompletedProcess[str]:
        """Run the module as `python -m` does; raise `TimeoutExpired` where it takes longer."""
        asked = {
            "module": module,
            "arguments": list(arguments),
            "cwd": str(cwd),
            "env": dict(env),
        }
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            message = json.dumps(asked).encode()
            socket.send_fds(self.socket, [message], [out.fileno(), err.fileno()])
            self.socket.settimeout(timeout_s)
            try:
                code = int(self.socket.recv(100))
            except TimeoutError:
                self.process.kill()
                raise subprocess.TimeoutExpired([module, *arguments], timeout_s) from None
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode())
        return subprocess.CompletedProcess([module, *arguments], code, *texts)


@cache
def _server(_pid: int) -> Forkserver:
    return Forkserver()


def run_module(
    module: str, *arguments: str, cwd: Path, env: Mapping[str, str], timeout_s: float
) -> subprocess.CompletedProcess[str]:
    """Run the module in a folder with this environment and no input.

    Args:
        module: as behind `python -m`.
        arguments: those of the command line.
        cwd: the folder.
        env: the whole environment.
        timeout_s: seconds after which `subprocess.TimeoutExpired` is raised.
    """
    return _server(os.getpid()).run(module, arguments, cwd, env, timeout_s)


def _warm_up() -> None:
    import_module("scrapy.cmdline")
    import_module("scrapy.crawler")
    import_module("twisted.internet.asyncioreactor")
    import_module("scrapy.core.downloader.handlers._aiohttp")
    for name in ("scrapy.commands", "newscrawl"):
        for found in pkgutil.walk_packages(import_module(name).__path__, f"{name}."):
            if not any(cold in found.name for cold in _NOT_WARM):
                import_module(found.name)
    gc.freeze()
    assert "twisted.internet.reactor" not in sys.modules, "each command installs its own"


def _become(asked: Mapping[str, object], files: Sequence[int]) -> NoReturn:
    """Run the module in this forked process, and end as it ends."""
    for number, file in enumerate(files, 1):
        os.dup2(file, number)
        os.close(file)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    time.tzset()
    module = str(asked["module"])
    sys.argv = [module, *asked["arguments"]]  # type: ignore[misc]
    if not hasattr(sys.modules.get(module), "__path__"):
        sys.modules.pop(module, None)  # runpy warns of a module that was imported before it runs
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    sys.exit(0)


def main(descriptor: int) -> None:
    _warm_up()
    sock = socket.socket(fileno=descriptor)
    while True:
        message, files, _flags, _address = socket.recv_fds(sock, _REQUEST_MAX_BYTES, 2)
        if not message:
            return  # whoever asked has ended
        child = os.fork()
        if child == 0:
            sock.close()
            _become(json.loads(message), files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        sock.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's ^C ends the test process
    main(int(sys.argv[1]))
