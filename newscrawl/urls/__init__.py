"""Addresses: parsing, canonical spelling, article keys."""
