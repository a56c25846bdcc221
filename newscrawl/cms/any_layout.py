"""A newspaper of no known CMS: its articles are read by their structure.

Its lists are declared by `newscrawl.discovery`: `GenericSection`, `Feed`, `Sitemap`, `WordPress`.
"""

from newscrawl.article.generic.generic_page import GenericPage

__all__ = ["GenericPage"]
