"""A Dask cluster on loopback: a `LocalCluster` of processes in a process of its own.

`python -m tests.support.dask_cluster WORKERS` prints the scheduler's address and runs until its
input ends.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from distributed import Client, LocalCluster

from tests.support.paths import ROOT

_WAIT_MAX_S = 120


@dataclass
class Cluster:
    """A cluster that runs."""

    address: str
    process: subprocess.Popen[str]

    def wait_until_a_worker_reads(self) -> None:
        """Return when a worker has lots."""
        with Client(self.address, set_as_default=False) as client:
            self._reading(client)

    def _reading(self, client: Client) -> tuple[str, int]:
        until = time.monotonic() + _WAIT_MAX_S
        while time.monotonic() < until:
            for worker, tasks in client.processing().items():
                if lots := [task for task in tasks if not task.startswith("run")]:
                    return worker, len(lots)
            time.sleep(0.005)
        raise TimeoutError("no worker reads")

    def kill_a_reading_worker(self) -> int:
        """Kill a worker that has lots; return how many it had when it was stopped for good."""
        with Client(self.address, set_as_default=False) as client:
            pids: dict[str, int] = client.run(os.getpid)
            until = time.monotonic() + _WAIT_MAX_S
            while time.monotonic() < until:
                worker, _ = self._reading(client)
                os.kill(pids[worker], signal.SIGSTOP)  # so that what it has stays unread
                time.sleep(0.05)
                if lots := client.processing().get(worker):
                    os.kill(pids[worker], signal.SIGKILL)
                    return len(lots)
                os.kill(pids[worker], signal.SIGCONT)
        raise TimeoutError("no worker was caught at work")


@contextmanager
def dask_cluster(workers: int, env: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster of so many workers, whose environment has these variables, too."""
    command = [sys.executable, "-m", "tests.support.dask_cluster", str(workers)]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | dict(env or {}), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdin is not None
        address = process.stdout.readline().strip()
        assert address, "the cluster did not start"
        try:
            yield Cluster(address, process)
        finally:
            process.stdin.close()
            process.wait(timeout=_WAIT_MAX_S)


def main() -> None:
    logging.disable()
    with LocalCluster(
        n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
