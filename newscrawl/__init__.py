"""newscrawl reads provincial newspapers and keeps them as data."""

__version__ = "0.1.0"
