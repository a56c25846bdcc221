"""Addresses: their parts, their one spelling, the key of an article in them."""
