"""A newspaper of `many_newspapers` whose declaration reads other ids from the same addresses."""
