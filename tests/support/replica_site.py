"""A paper of the replica behind a server whose answers a test may change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

from newscrawl.replica import Replica
from tests.support.strangers.serving import Answer, Serving, Stranger, serving


@contextmanager
def served(replica: Replica, name: str, host: str) -> Iterator[Serving]:
    """The paper of that host, on a port of its own until the block ends."""

    def answer(path: str, query: Mapping[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", replica.port, timeout=60)
        try:
            target = f"{path}?{urlencode(query)}" if query else path
            connection.request("GET", target, headers={"Host": host})
            found = connection.getresponse()
            body = found.read()
        finally:
            connection.close()
        location = found.getheader("Location")
        headers = {"Location": location} if location else {}
        return Answer(body, found.status, found.getheader("Content-Type") or "", headers)

    with serving(Stranger(name, host, answer, (), lambda _: {})) as paper:
        yield paper
