"""`scrapy bench`: measures a spider that asks a server of Scrapy's, which we refuse to ask."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "docs/performance.md says how fast a crawl is"
