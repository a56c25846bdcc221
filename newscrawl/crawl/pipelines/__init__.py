"""From what a page says to what is stored: normalise, validate, dedup, archive."""
