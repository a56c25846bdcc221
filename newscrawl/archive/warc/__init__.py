"""Raw pages in WARC files: written as they were fetched, and read back."""
