"""The archive: a ledger, the files written from it, the pages as fetched, one lock a newspaper."""
