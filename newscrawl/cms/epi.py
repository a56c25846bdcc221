"""ePi's ZCE (family C): baolaocai.vn, baohatinh.vn, baogialai.com.vn, baobackan.vn, sggp.org.vn.

Markup read: a whole article page of baolaocai.vn and pieces of baohatinh.vn (2026); the others by
the accounts of crawlers (2024 to 2026).
"""

from collections.abc import Iterator

from newscrawl.article.body import BodyRules
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection, of_class
from newscrawl.items import Evidence
from newscrawl.page.selectors import elements
from newscrawl.urls.article_keys import exact_number_key


class EpiPage(FamilyPage):
    """An article `/{slug}-post{number}.html`.

    Read on baolaocai.vn (2026); for the other papers it rests on crawlers (2024 to 2026).
    Paragraphs may be `div`, pictures are lazy (`data-src`), the lead begins with an icon element,
    the body holds `<style>` and advertisements. The date line is DD/MM/YYYY HH:MM; the same moment
    with its zone stands in the head.
    """

    version = "c.2"
    identifying_selectors = ("h1.article__title.cms-title", "div.article__body.cms-body")
    headline_selector = "h1.article__title.cms-title"
    published_selector = "div.article__meta time[datetime]"
    body_selector = "div.article__body.cms-body"
    drop_selector = (
        ".//*[self::div and (contains(@class, 'sda_middle') or contains(@class, 'rennab')"
        " or contains(@class, 'ads_middle')) or starts-with(@id, 'adsWeb_')"
        f" or {of_class('related-news')}]"
    )
    body_rules = BodyRules(
        byline_classes=frozenset(["t1", "article__author"]),
    )
    lead_selector = "div.article__sapo"
    byline_selector = "div.article__author"
    trail_selector = "div.breadcrumbs h2.main a"
    tags_selector = "div.article__tags a"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url, "post")

    def stated_dates(self) -> Iterator[tuple[Evidence, str]]:
        """Yield the date line's attribute first: on some papers a script fills in its text."""
        for time in elements(self.root, self.published_selector):
            yield "page", time.get("datetime") or ""
        yield from super().stated_dates()


class EpiSection(FamilySection):
    """A section page, by crawlers' accounts (2026); no section page was read.

    The pagination is an AJAX list behind a button; its address was not seen. Boxes of other
    sections, of most read and of recommended articles have the same items.
    """

    page = EpiPage
    items = "article.story a.cms-link"
    boxes = "[data-source^=zone-box-], [data-source^=mostread], [data-source^=recommendation]"
