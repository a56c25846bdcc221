"""newscrawl reads provincial newspapers and keeps them as data people can trust.

The line from a newspaper's lists to a researcher's files, one package a station:

Station   Package              Entry point                        In → out
--------  -------------------  ---------------------------------  -----------------------------
declare   spiders              crawl.newspaper_spider             facts of a paper → spider
know      catalogue            catalogue.entries.catalogue        CSV → known newspapers
find      discovery            discovery.list_walk.next_step      list page → links, next page
ask       http                 http.download_handler              request → bytes, headers
forbid    http.middlewares     http.middlewares.robotstxt         request → sent, held or refused
address   urls                 urls.canonical.canonical           printed address → canonical one
open      page                 page.document.Document             bytes → elements, text blocks
read      article              article.page_class_choice          document → Article
guess     article.generic      article.generic.generic_page       unknown layout → Article
redesign  article.redesign     article.redesign.new_layout         pages, articles → page class
describe  cms                  cms.family_page.FamilyPage         selectors → page class, sections
crawl     crawl                crawl.article_spider               links → requests → articles
check     crawl.pipelines      crawl.pipelines.validate           Article → valid, new or changed
keep      archive              archive.newspaper_archive          article, page → files on disk
remember  archive.ledger       archive.ledger.ledger.Ledger       link, article → SQLite row
store     archive.warc         archive.warc.page_store            bytes as sent → WARC record
publish   archive.export       archive.export.jsonl.export        ledger → articles/*.jsonl
mend      archive.maintenance  archive.maintenance.verification   archive → problems, new ledger
watch     monitoring           monitoring.run_report.RunReport    counts → health, exit code
analyse   research             research.archive_view.open_view    files → exports, finds, sets
show      research.reading_room  research.reading_room.app          database → pages in a browser
steer     config               config.operator_file               newscrawl.toml → settings
serve     cli                  cli.command_base                   arguments → newspaper, archive
spread    fleet                fleet.node_worker.NodeWorker       jobs → crawls on many machines
command   commands             commands.crawl.Command             what a person types → one run
redirect  commands.of_scrapy    commands.of_scrapy.parse.Command    Scrapy's command → what to type
imitate   replica              replica.client.running_replica     options → a paper on loopback
hold      project              project.conventions                this tree → broken conventions

What all stations share: `items` (the article in memory and on disk), `text` (letters and blanks),
`timestamps`, `exceptions`, `exit_codes`, `settings` and `version`.
"""

from typing import TYPE_CHECKING, Any

from newscrawl.version import __version__ as __version__

if TYPE_CHECKING:
    from newscrawl.cli.read_html import read
    from newscrawl.research.loading import load

__all__ = ["load", "read"]


def __getattr__(name: str) -> Any:
    """Import `read` or `load` when it is first asked for: neither costs who imports the package."""
    if name == "read":
        from newscrawl.cli.read_html import read  # noqa: PLC0415

        return read
    if name == "load":
        from newscrawl.research.loading import load  # noqa: PLC0415

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
