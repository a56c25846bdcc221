"""What the commands share and do: Scrapy takes every module of `commands` for a command."""
