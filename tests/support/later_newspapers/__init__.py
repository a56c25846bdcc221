"""The newspapers of `many_newspapers` as later code reads them: without tags, and slowly."""
