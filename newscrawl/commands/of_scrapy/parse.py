"""`scrapy parse`: runs a callback, and a newspaper has none."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "{program} readpage ADDRESS prints what is read of a page"
