"""What all saved pages read as, in one number: `python -m tests.support.reading_digest`."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from newscrawl.cli.read_page import read_article, read_generic, read_section
from newscrawl.exceptions import NewscrawlError
from newscrawl.items import from_line
from newscrawl.monitoring.health import Health
from newscrawl.project.fixture import Fixture, fixtures
from tests.support import paths
from tests.support.families import newspapers

FOLDER: Final = paths.FIXTURES


def outcome(read: Any, *given: Any) -> Any:
    """The line, or the error's kind and words."""
    try:
        return read(*given)
    except NewscrawlError as error:
        return [type(error).__name__, str(error)]


def outcomes(fixture: Fixture) -> Iterator[Any]:
    """The page as its newspaper's article and section, and as the generic reader's."""
    newspaper = newspapers()[fixture.newspaper]
    yield outcome(read_article, fixture.document(), newspaper)
    yield outcome(read_section, fixture.document(), newspaper)
    yield outcome(read_generic, fixture.document())


def digest() -> str:
    """Of every outcome in order, and of the health record all articles make."""
    health, told = Health(), []
    for fixture in fixtures(FOLDER):
        for found in outcomes(fixture):
            told.append(found)
            if isinstance(found, dict) and "headline" in found:
                health.saw(from_line(found))
    told.append(health.record())
    return sha256(json.dumps(told, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    print(digest())
