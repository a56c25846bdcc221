"""The ledger: one SQLite file a newspaper with its links, articles, pages and runs."""
