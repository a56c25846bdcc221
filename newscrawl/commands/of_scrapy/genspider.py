"""`scrapy genspider`: writes a spider of callbacks, while a newspaper is a declaration."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "{program} newpaper ADDRESS writes a newspaper's declaration"
