"""What the commands share and do; `newscrawl.commands` holds the commands alone."""
