"""The project's own rules and fixtures, as `scrapy checkall` runs them."""
