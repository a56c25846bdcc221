"""What researchers do with an archive: export, search, compare, cite, freeze, show.

Every module reads the published files alone, never the ledger, and never writes into the archive.
"""
