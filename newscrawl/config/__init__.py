"""What an operator sets: the file newscrawl.toml, the environment, and what a setting may be."""
