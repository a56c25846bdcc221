"""How many of the project's saved pages read exactly, field by field, and the floor below that.

    python -m tests.quality                     prints today's rates beside the floor
    python -m tests.quality --raise             pins what has become better
    python -m tests.quality --lower "REASON"    pins today's rates, worse ones too, with the reason

Two readers are held to it: each page's own layout ("known") and the generic one ("generic"), which
stands in when a layout is not known. A floor is the number of pages that read exactly, and the
number of pages it was measured on: fewer of either are below it. A new page, read right or wrong by
the generic reader, is never below it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.cli.read_page import read_article, read_generic, read_section
from newscrawl.exceptions import ExtractionError, NewscrawlError, NotAnArticleError
from newscrawl.project.fixture import Fixture, fixtures
from tests.support import paths
from tests.support.families import newspapers

FLOOR: Final = Path(__file__).with_name("floor.json")
FOLDER: Final = paths.FIXTURES
GENERIC: Final = (
    "headline", "lead", "body", "captions", "images", "authors", "source", "section",
    "section_path", "tags", "published_at", "kind", "lang",
)  # fmt: skip
"""What a reader that knows no site can be asked for"""

Read = Callable[[Fixture], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many pages read a field exactly, of how many."""

    exact: int
    pages: int

    @property
    def share(self) -> float:
        """0 to 1, cut (never rounded up) after three digits."""
        return self.exact * 1000 // self.pages / 1000 if self.pages else 1.0


Rates = dict[str, dict[str, Rate]]
"""By reader and field"""


def measure(folder: Path = FOLDER) -> Rates:
    """Today's rates over the saved pages."""
    articles = [f for f in fixtures(folder) if f.page == "article"]
    sections = [f for f in fixtures(folder) if f.page == "section"]
    return {
        "known": _rates(articles, _known, None) | _rates(sections, _section, None),
        "generic": _rates(articles, _generic, GENERIC)
        | _rates(sections, _generic, None)
        | {"refused": _refused([f for f in fixtures(folder) if f.page != "article"])},
    }


def _known(fixture: Fixture) -> Mapping[str, Any]:
    return read_article(fixture.document(), newspapers()[fixture.newspaper])


def _section(fixture: Fixture) -> Mapping[str, Any]:
    return read_section(fixture.document(), newspapers()[fixture.newspaper])


def _generic(fixture: Fixture) -> Mapping[str, Any]:
    return read_generic(fixture.document())


def _refused(pages: list[Fixture]) -> Rate:
    """Return how many lists and other pages the generic reader takes for no article."""
    return Rate(sum(map(_is_refused, pages)), len(pages))


def _is_refused(fixture: Fixture) -> bool:
    found = fixture.document()
    try:
        GenericPage(found, paper_of(found.url)).to_item()
    except (ExtractionError, NotAnArticleError):
        return True
    return False


def _rates(pages: list[Fixture], read: Read, names: tuple[str, ...] | None) -> dict[str, Rate]:
    exact, seen = Counter[str](), Counter[str]()
    for fixture in pages:
        for name, is_exact in _compared(fixture, read):
            if names is None or name in names:
                seen[name] += 1
                exact[name] += is_exact
    return {name: Rate(exact[name], seen[name]) for name in sorted(seen)}


def _compared(fixture: Fixture, read: Read) -> Iterator[tuple[str, bool]]:
    expected: dict[str, Any] = fixture.gold["expected"]
    try:
        found: Mapping[str, Any] = read(fixture)
    except NewscrawlError:
        found = {}
    for name, value in expected.items():
        here = found.get(name)
        if name == "body" and isinstance(here, str):
            here = here.split("\n\n") if here else []
        yield name, here == value


# The floor ---------------------------------------------------------------------------------------


def below(rates: Rates, floor: Mapping[str, Any]) -> list[str]:
    """What is under the floor, a line each; [] = nothing."""
    found = []
    for reader, fields in floor["rates"].items():
        for name, least in fields.items():
            rate = rates.get(reader, {}).get(name, Rate(0, 0))
            if rate.pages < least["pages"]:
                found.append(f"{reader} {name}: {rate.pages} pages, of {least['pages']}")
            if rate.exact < least["exact"]:
                found.append(f"{reader} {name}: {rate.exact} exact, the floor is {least['exact']}")
    return found


def raised(rates: Rates, floor: Mapping[str, Any]) -> dict[str, Any]:
    """The floor with what is better today."""
    new = {
        reader: {
            name: _higher(rate, floor["rates"].get(reader, {}).get(name))
            for name, rate in fields.items()
        }
        for reader, fields in rates.items()
    }
    return {"rates": new, "lowered": floor["lowered"]}


def _higher(rate: Rate, least: Mapping[str, Any] | None) -> dict[str, Any]:
    before = least or {"exact": 0, "pages": 0}
    return {"exact": max(rate.exact, before["exact"]), "pages": max(rate.pages, before["pages"])}


def lowered(rates: Rates, floor: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """The floor as today's rates are, and why; raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a floor is lowered for a reason")
    what = below(rates, floor)
    new = {
        reader: {name: {"exact": rate.exact, "pages": rate.pages} for name, rate in fields.items()}
        for reader, fields in rates.items()
    }
    told = [{"reason": reason.strip(), "what": what}] if what else []
    return {"rates": new, "lowered": [*floor["lowered"], *told]}


def load(path: Path = FLOOR) -> dict[str, Any]:
    """The floor on record; empty where there is none."""
    if not path.exists():
        return {"rates": {}, "lowered": []}
    floor: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return floor


def save(floor: Mapping[str, Any], path: Path = FLOOR) -> None:
    path.write_text(json.dumps(floor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(rates: Rates, floor: Mapping[str, Any]) -> str:
    """Rates beside the floor, a line a field."""
    lines = []
    for reader, fields in rates.items():
        for name, rate in fields.items():
            least = floor["rates"].get(reader, {}).get(name, {}).get("exact", 0)
            lines.append(
                f"{reader:8} {name:20} {rate.exact:3}/{rate.pages:3} {rate.share:.3f} ≥ {least}"
            )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="exact-match rates over the saved pages")
    parser.add_argument("--raise", action="store_true", dest="is_raised")
    parser.add_argument("--lower", metavar="REASON")
    given = parser.parse_args()
    rates, floor = measure(), load()
    if given.lower is not None:
        floor = lowered(rates, floor, given.lower)
        save(floor)
    elif given.is_raised:
        floor = raised(rates, floor)
        save(floor)
    print(table(rates, floor))
