"""Doors between the spider and the web, from the spider outwards.

guard (whose addresses) → robots (what is allowed) → reservations (what is reserved) → retry →
redirect → politeness (when) → the handler (how).
"""
