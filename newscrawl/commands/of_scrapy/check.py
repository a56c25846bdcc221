"""`scrapy check`: checks the contracts of callbacks, and a newspaper has neither."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "{program} checkall checks every newspaper's declaration"
