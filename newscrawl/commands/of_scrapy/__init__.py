"""Scrapy's own commands that cannot work here, each with what to type in its place."""
