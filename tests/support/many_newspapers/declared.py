"""The declarations: `baothu00` to `baothu67`; the one of `BUGGY` fails in each of its lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.article.newspaper_site import Site
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.source import ListPage
from newscrawl.page.document import Document
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider

NAMES: Final[Sequence[str]] = tuple(f"baothu{number:02}" for number in range(68))
BUGGY: Final = NAMES[5]


@dataclass(frozen=True, slots=True)
class BuggySection(VnptSection):
    """A section whose reader has a bug."""

    def read(self, document: Document, site: Site) -> ListPage:
        raise ZeroDivisionError(f"the bug of {site.domain}: {document.url}")


def _declare(name: str) -> type[NewspaperSpider]:
    declared = dict(vars(BaoTuyenQuangSpider))
    kept = ("provinces", "pages", "skip_paths", "sources")
    body = {key: declared[key] for key in kept} | {
        "__doc__": f"{name}: a newspaper of its own host.",
        "__module__": __name__,
        "name": name,
        "title": f"Báo thử {name[-2:]}",
        "domain": f"{name}.vn",
    }
    if name == BUGGY:
        body["sources"] = (BuggySection(path="/kinh-te/"), BuggySection(path="/xa-hoi/"))
    return type(f"{name.title()}Spider", (NewspaperSpider,), body)


globals().update({name: _declare(name) for name in NAMES})
