"""The running replica: papers by Host, conditional requests, control, and its end."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from newscrawl.replica import Replica, running_replica, truth
from newscrawl.replica.press import Kept, Press
from newscrawl.replica.site import TUYENQUANG, Options

HOST = "baotuyenquang.com.vn"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60, max_seconds=300) as running:
        yield running


@pytest.fixture(autouse=True)
def as_at_the_start(replica: Replica) -> None:
    replica.reset()


class Answer:
    """A response and its bytes."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.headers = dict(response.getheaders())


def get(replica: Replica, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = HTTPConnection("127.0.0.1", replica.port, timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": HOST} | named)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def an_article(replica: Replica, template: str = "A1") -> str:
    row = next(row for row in replica.truth(HOST) if row["template"] == template)
    return urlsplit(row["url"]).path


def test_truth_comes_over_the_wire_as_it_is(replica: Replica) -> None:
    paper = Press(Options(articles=60)).current(TUYENQUANG)
    assert replica.truth(HOST) == list(truth.rows(paper))
    assert replica.not_articles(HOST) == truth.not_articles(paper)
    assert replica.gone(HOST) == []


def test_an_unknown_paper_has_no_truth(replica: Replica) -> None:
    with pytest.raises(OSError, match="no such newspaper"):
        replica.truth("vnexpress.net")


@pytest.mark.parametrize("template", ["A1", "K"])
def test_pages_are_those_of_the_press_in_any_process(replica: Replica, template: str) -> None:
    path = an_article(replica, template)
    kept = Press(Options(articles=60)).answer(HOST, path, {})
    assert isinstance(kept, Kept)
    answer = get(replica, path)
    assert (answer.status, answer.body) == (200, kept.page.body)
    assert answer.headers["Content-Type"] == "text/html;charset=UTF-8"
    assert answer.headers["ETag"] == kept.etag


@pytest.mark.parametrize("host", [HOST, f"www.{HOST}", f"m.{HOST}", f"{HOST}:80", HOST.upper()])
def test_a_paper_answers_by_each_of_its_names(replica: Replica, host: str) -> None:
    assert get(replica, "/robots.txt", Host=host).status == 200


def test_no_other_name_is_answered(replica: Replica) -> None:
    assert get(replica, "/", Host="127.0.0.1").status == 421
    assert get(replica, "/", Host="example.com").status == 421


def test_gzip_is_sent_to_those_who_take_it(replica: Replica) -> None:
    path = an_article(replica)
    packed, bare = get(replica, path, Accept_Encoding="gzip, deflate"), get(replica, path)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in bare.headers
    assert gzip.decompress(packed.body) == bare.body
    assert packed.headers["ETag"] == bare.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_head_has_the_headers_and_no_body(replica: Replica) -> None:
    path = an_article(replica)
    whole, head = get(replica, path), get(replica, path, method="HEAD")
    assert head.body == b""
    names = ("Content-Length", "Content-Type", "ETag", "Last-Modified")
    assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]


def test_other_methods_are_refused(replica: Replica) -> None:
    answer = get(replica, "/", method="POST")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_what_the_client_has_is_not_sent_again(replica: Replica) -> None:
    path = an_article(replica)
    first = get(replica, path)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in (
        {"If_None_Match": tag},
        {"If_None_Match": f'"x", W/{tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": date},
        {"If_None_Match": tag, "If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        answer = get(replica, path, **headers)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == tag


def test_what_the_client_has_not_is_sent(replica: Replica) -> None:
    path = an_article(replica)
    date = get(replica, path).headers["Last-Modified"]
    for headers in (
        {"If_None_Match": '"x"'},
        {"If_None_Match": '"x"', "If_Modified_Since": date},
        {"If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If_Modified_Since": "hôm qua".encode().decode("latin-1")},
    ):
        assert get(replica, path, **headers).status == 200


def test_lists_carry_no_validators(replica: Replica) -> None:
    answer = get(replica, "/kinh-te/")
    assert answer.status == 200
    assert not {"ETag", "Last-Modified"} & set(answer.headers)


def test_the_edition_changes_while_it_runs(replica: Replica) -> None:
    first = {row["key"] for row in replica.truth(HOST)}
    replica.set_edition(3)
    third = {row["key"] for row in replica.truth(HOST)}
    assert third - first
    gone = {row["key"] for row in replica.gone(HOST)}
    assert gone
    assert not gone & third
    replica.reset()
    assert {row["key"] for row in replica.truth(HOST)} == first


def test_a_moved_article_answers_301_and_a_gone_one_its_status(replica: Replica) -> None:
    before = {row["key"]: row["url"] for row in replica.truth(HOST)}
    replica.set_edition(12)
    after = {row["key"]: row["url"] for row in replica.truth(HOST)}
    moved = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    assert moved
    for key in moved:
        answer = get(replica, urlsplit(before[key]).path)
        assert (answer.status, answer.headers["Location"]) == (301, after[key])
    for row in replica.gone(HOST):
        assert get(replica, urlsplit(row["url"]).path).status == row["http_status"]


def test_requests_to_papers_are_counted_and_questions_are_not(replica: Replica) -> None:
    replica.truth(HOST)
    for path in ("/robots.txt", "/kinh-te/?paged=2", "/nichts", "/robots.txt"):
        get(replica, path)
    stats = replica.stats()
    assert stats["hosts"] == {HOST: 4}
    assert stats["paths"][f"{HOST}/robots.txt"] == 2
    assert stats["paths"][f"{HOST}/kinh-te/?paged=2"] == 1
    assert stats["statuses"] == {"200": 3, "404": 1}
    assert stats["min_gap_s"] > 0
    assert stats["max_in_flight"] == 1


def test_requests_at_once_are_counted_at_once() -> None:
    with running_replica(articles=20, latency_ms=300) as slow, ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: get(slow, "/robots.txt"), range(5)))
        assert [answer.status for answer in answers] == [200] * 5
        assert slow.stats()["max_in_flight"] == 5


def test_requests_wait_until_they_are_let_go(replica: Replica) -> None:
    replica.hold(1)
    assert get(replica, "/robots.txt").status == 200
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(get, replica, "/robots.txt") for _ in range(3)]
        while replica.stats()["requests"] < 4:
            assert not any(one.done() for one in waiting)
        assert replica.stats()["statuses"] == {"200": 1}
        replica.release()
        assert [one.result().status for one in waiting] == [200] * 3
    assert get(replica, "/robots.txt").status == 200
    replica.hold(0)
    replica.reset()
    assert get(replica, "/robots.txt").status == 200


def test_an_unknown_question_is_404(replica: Replica) -> None:
    with pytest.raises(OSError, match="404"):
        replica.ask("/__ctl/nothing")


def test_pages_are_padded_to_the_size_asked_for() -> None:
    with running_replica(articles=40, page_bytes=(60_000, 90_000), warm=True) as padded:
        rows = padded.truth(HOST)
        bodies = [get(padded, urlsplit(row["url"]).path).body for row in rows]
    assert min(map(len, bodies)) >= 60_000
    assert max(map(len, bodies)) <= 90_000
    assert all(b"</body>" in body[-40:] for body in bodies)
    plain = list(truth.rows(Press(Options(articles=40)).current(TUYENQUANG)))
    names = ("headline", "lead", "body", "captions")
    assert [[row[n] for n in names] for row in rows] == [[row[n] for n in names] for row in plain]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_replica_ends_with_its_block_also_after_an_error() -> None:
    pids: list[int] = []

    def fail() -> None:
        with running_replica(articles=20) as running:
            pids.append(running.pid)
            assert is_alive(running.pid)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not is_alive(pids[0])


def test_a_replica_that_cannot_start_says_why() -> None:
    with pytest.raises(OSError, match="invalid int value"), running_replica(articles="viele"):
        pytest.fail("it started")


def started(*options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newscrawl.replica", "--articles", "20", *options]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def ready_port(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None
    line = json.loads(process.stdout.readline())
    assert line == {"ready": True, "port": line["port"]}
    return int(line["port"])


def test_it_ends_by_itself_after_its_time() -> None:
    process = started("--max-seconds", "0.2")
    assert ready_port(process) > 0
    process.communicate()
    assert process.returncode == 0


def test_it_ends_when_told() -> None:
    process = started()
    assert Replica(ready_port(process), process.pid).ask("/__ctl/quit") == b'{"quit": true}'
    process.communicate()
    assert process.returncode == 0


def test_it_ends_with_its_parent() -> None:
    process = started("--with-stdin")
    ready_port(process)
    process.communicate()  # closes its standard input
    assert process.returncode == 0
