"""`scrapy runspider`: runs a spider's file, while a newspaper is found by its name."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "{program} crawl NAME refreshes a newspaper's archive"
