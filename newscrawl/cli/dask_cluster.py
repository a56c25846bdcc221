"""Reading lots on the workers of a Dask cluster that runs already.

The cluster reads; ledger and files are written here, beside the archive. A worker that is lost
costs its lots a second try on another one, which is the scheduler's own doing; what kills one
worker after the other comes back as `BrokenExecutor`, as from processes of this machine. A cluster
that has lost all its workers is waited for, but not for ever.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from newscrawl.cli.side_by_side import Workers
from newscrawl.exceptions import ArgumentError, ClusterLostError

_MISSING: Final = "--dask needs distributed: pip install 'newscrawl[dask]'"
_DECIDE_A_READING: Final = ("newscrawl", "lxml", "selectolax")
"""The packages whose version decides what is read of a page"""
_CONNECT_MAX_S: Final = 10
_WORKERS_SHOWN_MAX: Final = 3
_TALKATIVE: Final = ("distributed", "distributed.client", "asyncio", "tornado")
_LOOK_EVERY_S: Final = 5.0
EMPTY_MAX_S: Final = 300.0
"""How long a cluster without any worker is waited for: a batch system may start some"""


@contextmanager
def dask_workers(
    address: str, shared: Path | None = None, *, empty_max_s: float = EMPTY_MAX_S
) -> Iterator[Workers]:
    """Yield the workers of a cluster.

    Args:
        address: The scheduler's, as tcp://10.0.0.5:8786.
        shared: A folder that the workers must find under the same path; None = they need none.
        empty_max_s: How long a cluster that has lost all its workers is waited for.

    Raises:
        ArgumentError: distributed is not installed, no scheduler answers, it has no workers, or
            a worker has another version of newscrawl, or does not find the folder.
        ClusterLostError: The scheduler, or every worker, is lost while lots are read.
    """
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
        from distributed.comm import resolve_address  # noqa: PLC0415  (an extra)
    except ImportError:
        raise ArgumentError(_MISSING) from None
    for name in _TALKATIVE:  # what is wrong is told in one line, by the error raised here
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        resolve_address(address)  # a client of an address that is none hangs when it is closed
        client = Client(address, timeout=_CONNECT_MAX_S, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        said = f"no Dask scheduler answers at {address}: {str(error) or type(error).__name__}"
        raise ArgumentError(said) from error
    with client:
        _refuse_other_versions(client)
        if shared is not None:
            _refuse_blind(client.run(Path(shared.absolute()).is_dir), shared)
        threads = sum(client.nthreads().values())
        cluster = _Cluster(client, address, empty_max_s)
        yield Workers(threads, partial(_DaskExecutor, cluster), are_here=False)


def _refuse_other_versions(client: Any) -> None:
    if not client.nthreads():
        raise ArgumentError("the Dask cluster has no worker: start one, as `dask worker ADDRESS`")
    for package in _DECIDE_A_READING:
        # A function of the standard library: a worker without newscrawl can run it, too.
        found = client.run(metadata.version, package, on_error="return")
        if said := differing(package, metadata.version(package), found):
            raise ArgumentError(said)


def differing(package: str, here: str, found: Mapping[str, object]) -> str:
    """Return which workers have another version of a package, in one line; "" = none.

    Args:
        package: Its name.
        here: The version on this machine.
        found: Address of each worker → its version, or the error of asking for it.

    >>> differing("newscrawl", "0.2.0", {"tcp://a:1": "0.2.0"})
    ''
    >>> differing("lxml", "6.1.3", {"tcp://a:1": "6.1.3", "tcp://b:1": "6.0.0"})
    'tcp://b:1 has lxml 6.0.0, this machine 6.1.3: install the same version on every worker'
    >>> differing("newscrawl", "0.2.0", {"tcp://a:1": ImportError("newscrawl")})
    'tcp://a:1 has no newscrawl, this machine 0.2.0: install the same version on every worker'
    """
    others = {worker: said for worker, said in sorted(found.items()) if said != here}
    if not others:
        return ""
    shown = [
        f"{worker} has {f'{package} {said}' if isinstance(said, str) else f'no {package}'}"
        for worker, said in [*others.items()][:_WORKERS_SHOWN_MAX]
    ]
    more = len(others) - len(shown)
    rest = f" and {more} more workers differ" if more else ""
    remedy = "install the same version on every worker"
    return f"{', '.join(shown)}{rest}, this machine {here}: {remedy}"


def _refuse_blind(found: Mapping[str, bool], shared: Path) -> None:
    blind = sorted(worker for worker, sees in found.items() if not sees)
    if blind:
        raise ArgumentError(
            f"{', '.join(blind[:_WORKERS_SHOWN_MAX])}: {shared.absolute()} is not there: the"
            " archive must lie on a store that every worker mounts under the same path"
        )


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A cluster, and how long it may be empty."""

    client: Any
    address: str
    empty_max_s: float

    def is_empty(self) -> bool:
        """Return whether it has no worker."""
        return not self.client.nthreads()

    def lost(self, what: str) -> ClusterLostError:
        """Return the error that says so."""
        said = f"{what} at {self.address}: start it again; the next run goes on"
        return ClusterLostError(said)


class _DaskExecutor(Executor):
    """The executor that a client gives, with the errors of one of this machine."""

    def __init__(self, cluster: _Cluster, _count: int) -> None:
        self._given = cluster.client.get_executor()
        self._cluster = cluster

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call to the cluster, and return the future of its result."""
        answer = _Answer(self._cluster)
        given = self._given.submit(fn, *args, **kwargs)
        given.add_done_callback(answer.take)
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Drop what is under way, which nobody waits for; the cluster goes on."""
        self._given.shutdown(wait=False)


class _Answer(Future[Any]):
    """The result of a call; waiting for it ends where the cluster stays without workers."""

    def __init__(self, cluster: _Cluster) -> None:
        super().__init__()
        self._cluster = cluster

    def result(self, timeout: float | None = None) -> Any:
        """Return the result; raise `ClusterLostError` where no worker is left to find it."""
        empty_since = None
        look_every_s = min(_LOOK_EVERY_S, self._cluster.empty_max_s)
        while timeout is None and not wait((self,), look_every_s).done:
            if not self._cluster.is_empty():
                empty_since = None
                continue
            now = time.monotonic()
            empty_since = now if empty_since is None else empty_since
            if now - empty_since >= self._cluster.empty_max_s:
                raise self._cluster.lost("every worker of the Dask cluster is lost")
        return super().result(timeout)

    def take(self, given: Future[Any]) -> None:
        """Take the result of a call, or its error."""
        from distributed import KilledWorker  # noqa: PLC0415  (an extra)

        if given.cancelled():
            self.set_exception(self._cluster.lost("the Dask scheduler is lost"))
            return
        error = given.exception()
        if error is None:
            self.set_result(given.result())
        elif isinstance(error, KilledWorker):
            self.set_exception(BrokenExecutor(str(error)))
        else:
            self.set_exception(error)
