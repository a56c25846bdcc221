"""A PostgreSQL of a test's own: a new cluster on a unix socket, in a folder that goes with it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

_NUMBERS: Final = count()
_USER: Final = "newscrawl"
_OTHER_USERS: Final = ("postgres", "nobody")  # PostgreSQL refuses to run as root
# No page of the cluster outlives the test, and an immediate stop is a crash all the same.
_OPTIONS: Final = "-c listen_addresses='' -c fsync=off -c shared_buffers=16MB -c max_connections=60"


def program(name: str) -> Path | None:
    """A program of PostgreSQL's server; Debian keeps them out of PATH."""
    found = shutil.which(name)
    places = [Path(found)] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return places[0].resolve() if places else None


def ask(address: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), values or None)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Postgres:
    """A running cluster."""

    folder: Path

    def address(self, database: str = "postgres") -> str:
        return f"postgresql://{_USER}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a database in which nothing is."""
        name = f"fleet{next(_NUMBERS)}"
        ask(self.address(), f"CREATE DATABASE {name}")
        return self.address(name)

    def control(self, *arguments: str) -> None:
        command = ["-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w"]
        run("pg_ctl", [*command, "-o", f"{_OPTIONS} -k {self.folder}", *arguments])

    def restart(self) -> None:
        """Crash it, and start it anew."""
        self.control("restart", "-m", "immediate")


def run(name: str, arguments: Sequence[str]) -> None:
    path = program(name)
    assert path is not None
    done = subprocess.run(
        [path, *arguments], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False, timeout=60, **_as_another_user(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def _as_another_user() -> dict[str, Any]:
    account = _account()
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return next(known[name] for name in _OTHER_USERS if name in known)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a cluster, and stop it when the block ends; skip where PostgreSQL is not installed."""
    if program("initdb") is None:
        pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="newscrawl-pg") as place:  # a socket's path is short
        folder = Path(place)
        if (account := _account()) is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = str(folder / "data")
        run("initdb", ["-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync"])
        server = Postgres(folder)
        server.control("start")
        try:
            yield server
        finally:
            server.control("stop", "-m", "immediate")
