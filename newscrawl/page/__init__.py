"""Make a whole, bounded tree of the bytes of a page, and find places and texts in it."""
