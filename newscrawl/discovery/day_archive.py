"""A day archive: a page a day, with the date in its address."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.generic_listing import read_list
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stated_link import absolute, check_url
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document

_FORMAT: Final = re.compile(r"\{day:([^{}]+)\}")
_DIRECTIVES: Final = {"%Y": r"\d{4}", "%y": r"\d{2}", "%m": r"\d{2}", "%d": r"\d{2}"}


@dataclass(frozen=True, slots=True)
class DayArchive(Source):
    """The articles of a day, page by page back in time.

    Declared as `DayArchive("/tin-ngay/{day:%Y-%m-%d}.html", first=date(2021, 5, 1))`; the date's
    parts are %Y, %m and %d, once each. A day without a page, or without articles, is passed over.
    """

    url_template: str
    """Address with the day as `{day:…}`, absolute or a path on the paper's domain"""
    first: date | None = field(default=None, kw_only=True)
    """The oldest day; None = unknown: three empty days in a row end the walk for this run"""
    path: str = field(default="/", kw_only=True)
    """Section; "/" = the whole newspaper"""
    today: date | None = field(default=None, kw_only=True)
    """The newest day, set by the run that reads the archive"""

    def __post_init__(self) -> None:
        Source.__post_init__(self)
        found = _FORMAT.findall(self.url_template)
        parts = sorted(re.findall("%.", found[0])) if len(found) == 1 else []
        if parts not in (["%Y", "%d", "%m"], ["%d", "%m", "%y"]):
            raise ValueError(f"a day stands as in {{day:%Y/%m/%d}}: {self.url_template!r}")
        check_url(self._address(date(2026, 11, 30)))

    @property
    def name(self) -> str:
        return f"DayArchive:{self.url_template}"

    def at(self, path: str) -> Source | None:
        return self if self._day(path) is not None else None

    def as_of(self, day: date) -> Source:
        return replace(self, today=day)

    def start(self, paper: Site) -> str:
        """Return the newest day's address; raises ValueError before `as_of` has set the day."""
        if self.today is None:
            raise ValueError(f"{self.name}: read as of no day")
        return absolute(self._address(self.today), paper)

    def read(self, document: Document, paper: Site) -> ListPage:
        """Return the day's articles, and its next page or the day before."""
        day = self._day(document.url)
        if day is None:
            raise ExtractionError("list", document.url, "no day in the address")
        page = read_list(document, paper)
        is_own = page.older is not None and self._day(page.older) == day
        return page if is_own else replace(page, older=self._before(day, document.url))

    def absent_page(self, address: str) -> ListPage | None:
        day = self._day(address)
        return None if day is None else ListPage(links=(), older=self._before(day, address))

    def _before(self, day: date, address: str) -> str | None:
        """Return the address of the day before; None before the oldest day."""
        if self.first is not None and day <= self.first:
            return None
        older, parts = self._address(day - timedelta(days=1)), urlsplit(address)
        return older if "://" in older else f"{parts.scheme}://{parts.netloc}{older}"

    def _address(self, day: date) -> str:
        return _FORMAT.sub(lambda match: day.strftime(match[1]), self.url_template)

    def _day(self, address: str) -> date | None:
        """Return the day in the address of one of the archive's pages; None for another page.

        >>> archive = DayArchive("/tin-ngay/{day:%d-%m-%Y}.html")
        >>> archive._day("https://bao.vn/tin-ngay/30-11-2026.html?trang=2")
        datetime.date(2026, 11, 30)
        """
        [shape] = _FORMAT.findall(self.url_template)
        before, after = (re.escape(part) for part in _FORMAT.sub("\0", self._bare()).split("\0"))
        wanted = re.sub(
            "%.", lambda match: _DIRECTIVES[match[0]], re.escape(shape).replace("\\%", "%")
        )
        parts = urlsplit(address)
        shown = f"{parts.path}?{parts.query}" if parts.query else parts.path
        match = re.match(f"{before}({wanted}){after}", shown)
        try:
            return datetime.strptime(match[1], shape).date() if match else None  # noqa: DTZ007
        except ValueError:  # 30 February
            return None

    def _bare(self) -> str:
        """Return the template without scheme and host."""
        if "://" not in self.url_template:
            return self.url_template
        return "/" + self.url_template.split("://", 1)[1].partition("/")[2]
