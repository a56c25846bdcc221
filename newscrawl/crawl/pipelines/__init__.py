"""The pipelines from a read page to the archive: normalise, validate, dedup, archive."""
