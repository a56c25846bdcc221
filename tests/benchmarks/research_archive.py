"""An archive of any size for the research commands: the replica's stories dealt to ten papers.

    python -m tests.benchmarks.research_archive FOLDER ARTICLES

The folder gets the published files alone, no ledger: a research command needs no more. One article
in 200 was edited, one in 400 is gone, one in ten is another paper's story a few hours later.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from newscrawl.article.normalize import normalize
from newscrawl.catalogue.entries import catalogue
from newscrawl.items import VIETNAM, Article, Image, Line, to_line
from newscrawl.replica.paper import Paper
from newscrawl.replica.site import TUYENQUANG, Options
from newscrawl.replica.truth import rows as truth_rows
from newscrawl.timestamps import utc_text
from tests.support.published import publish

PAPERS: Final = 10
_FETCHED: Final = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
_ITEMS_AN_ARTICLE: Final = 1.05  # one item in 25 is a video or an e-magazine
_COPIED, _EDITED, _GONE = 10, 200, 400


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """That many articles, oldest first but for the copies."""
    dice = Random(seed)  # noqa: S311  (the same archive every time)
    papers = [(entry.newspaper, entry.domain) for entry in catalogue()[:PAPERS]]
    options = Options(articles=int(count * _ITEMS_AN_ARTICLE) + 100, seed=seed)
    made = 0
    for row in truth_rows(Paper(TUYENQUANG, options, 1)):
        first, other = dice.sample(papers, 2)
        at = datetime.fromisoformat(row["published_at"])
        later = at + timedelta(minutes=dice.randint(20, 70 * 60))
        printed = [(first, at)] if made % _COPIED else [(first, at), (other, later)]
        for (newspaper, domain), when in printed:
            if made == count:
                return
            yield _article(row, newspaper, domain, when, made)
            made += 1


def _article(row: dict[str, Any], newspaper: str, domain: str, at: datetime, n: int) -> Article:
    return normalize(
        Article(
            id=f"{newspaper}:{n:x}",
            newspaper=newspaper,
            url=f"https://{domain}/{at:%Y%m}/bai-{n:x}.html",
            headline=row["headline"],
            lead=row["lead"],
            body="\n\n".join(row["body"]) or None,
            captions=tuple(row["captions"]),
            images=tuple(Image(**image) for image in row["images"]),
            authors=tuple(row["authors"]),
            byline=row["byline"],
            source=row["source"],
            section=row["section"],
            section_path=tuple(row["section_path"]),
            tags=tuple(row["tags"]),
            kind=row["kind"],
            published_at=at,
            published_date=at.astimezone(VIETNAM).date(),
            published_precision="minute",
            published_source="page",
            first_seen_at=_FETCHED,
            fetched_at=_FETCHED,
            status="gone" if n % _GONE == 1 else "live",
            gone_at=_FETCHED if n % _GONE == 1 else None,
            http_status=410 if n % _GONE == 1 else 200,
            revision=2 if n % _EDITED == 0 else 1,
            extractor="newscrawl/1.0.0 replica/a1.1",
            run_id="20261120T010203Z",
        )
    )


def older(row: Line) -> Line:
    """The version before the edit: the first paragraph has another beginning."""
    return row | {
        "revision": 1,
        "body": f"Tin mới nhận. {row['body']}",
        "superseded_at": utc_text(_FETCHED),
        "changed_by": "newspaper",
        "changed_fields": ["body"],
    }


def archive_of(folder: Path, count: int) -> None:
    """Write the archive."""
    rows: dict[str, list[Line]] = {}
    for article in articles(count):
        rows.setdefault(article.newspaper, []).append(to_line(article))
    for newspaper, lines in rows.items():
        publish(folder, newspaper, lines, [older(row) for row in lines if row["revision"] == 2])


if __name__ == "__main__":
    archive_of(Path(sys.argv[1]), int(sys.argv[2]))
