"""The options that say who reads stored pages: processes of this machine, or a Dask cluster."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.cli.dask_cluster import dask_workers
from newscrawl.cli.side_by_side import Workers, workers_here
from newscrawl.exceptions import ArgumentError


def add_worker_options(parser: argparse.ArgumentParser) -> None:
    """Add `--processes` and `--dask` to a command that reads pages."""
    parser.add_argument("--processes", type=int, default=None, help="default: all cores")
    parser.add_argument(
        "--dask", metavar="ADDRESS", help="the scheduler of a Dask cluster, whose workers read"
    )


@contextmanager
def workers_asked(opts: argparse.Namespace, shared: Path | None = None) -> Iterator[Workers]:
    """Yield the workers that the options ask for.

    Args:
        opts: Those of `add_worker_options`.
        shared: A folder that workers elsewhere must find under the same path; None = none.

    Raises:
        ArgumentError: The options contradict each other, or the cluster cannot read.
        ClusterLostError: The cluster is lost while lots are read.
    """
    if opts.processes is not None and opts.processes < 1:
        raise ArgumentError("--processes takes a number of processes")
    if opts.dask is None:
        yield workers_here(opts.processes or os.cpu_count() or 1)
        return
    if opts.processes is not None:
        raise ArgumentError("--processes is for this machine: a Dask cluster has its own number")
    with dask_workers(opts.dask, shared) as workers:
        yield workers
