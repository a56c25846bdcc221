"""`scrapy startproject`: makes a project, and this is one."""

from newscrawl.cli.replaced_command import ReplacedCommand


class Command(ReplacedCommand):
    """Says what to type instead."""

    instead = "{program} init writes the operator's file"
