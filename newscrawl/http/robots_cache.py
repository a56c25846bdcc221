"""The last good robots.txt of each host, for a day on which it cannot be fetched."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote

from newscrawl.http.robots_rules import ROBOTS_MAX_BYTES

COPY_MAX_AGE: Final = timedelta(hours=24)  # RFC 9309, section 2.4


@dataclass(frozen=True, slots=True)
class RobotsCache:
    """A folder with one file a host; its first line is the moment it was fetched, UTC.

    The moment stands in the file because a copied or restored archive has other file times.
    """

    folder: Path

    def load(self, host: str, now: datetime) -> bytes | None:
        """Return the copy if it is at most a day old and can be read, else None."""
        try:
            first, _, body = self._path(host).read_bytes().partition(b"\n")
            age = now - datetime.fromisoformat(first.decode("ascii"))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return body if timedelta() <= age <= COPY_MAX_AGE else None

    def save(self, host: str, body: bytes, now: datetime) -> None:
        """Write a copy and swap it in whole; raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp = now.astimezone(UTC).isoformat(timespec="seconds").encode("ascii")
        # Not a file of `tempfile`: that one is readable by its owner alone, whatever the umask.
        new = self.folder / f".robots-{os.getpid()}-{secrets.token_hex(4)}"
        with new.open("xb") as file:
            file.write(stamp + b"\n" + body[:ROBOTS_MAX_BYTES])
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path(host))

    def _path(self, host: str) -> Path:
        return self.folder / f"{quote(host, safe='')[:200].lstrip('.')}.txt"
