"""What only the ledger knows stands in the run's record, and a superseded line has a schema."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema

from newscrawl.archive.export.row_reader import read_revisions
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.archive.ledger.published_state import published_state
from newscrawl.archive.ledger.revision import superseded
from newscrawl.article.item_schema import revision_schema
from newscrawl.discovery.source import Link
from newscrawl.items import to_line
from tests.support.articles import make_article
from tests.support.published import publish

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_run_publishes_its_arguments_lists_and_reasons(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path, "bao")
    ledger.begin_run("r1", NOON, {"since": "2026-11-01"})
    ledger.lists.note("A:/a/", Listing(None, NOON, date(2025, 2, 3)), NOON)
    ledger.lists.note("A:/b/", Listing('[["x", 1, null]]', None, None), NOON)
    ledger.lists.note("absent A:/c/", Listing(None, NOON, None), NOON)
    link = Link(url="https://bao.vn/1.html", key="1")
    ledger.links.sift([link], "r1", NOON)
    ledger.links.fail("1", "HTTP 500", NOON)
    found = published_state(ledger, "r1")
    assert found["arguments"] == {"since": "2026-11-01"}
    assert [tuple(one.values()) for one in found["listings"]] == [
        ("A:/a/", "2025-02-03", "2026-11-23T12:00:00Z", False),
        ("A:/b/", "", "", True),
    ]
    assert found["reasons"] == {"failed": {"HTTP 500": 1}}
    assert json.loads(json.dumps(found)) == found
    ledger.close()


def test_a_superseded_line_is_valid_by_its_own_schema(tmp_path: Path) -> None:
    line = superseded(to_line(make_article()), "2026-11-23T12:00:00Z", "newspaper", ("body",))
    folder = publish(tmp_path, "baothu", [], revisions=[line])
    for row in read_revisions(folder):
        jsonschema.validate(row, revision_schema())
