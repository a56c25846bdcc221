"""`scrapy edit`: opens a spider's file, while a newspaper's layout is in its family's."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "open newscrawl/spiders/NAME.py, or newscrawl/cms/FAMILY.py"
