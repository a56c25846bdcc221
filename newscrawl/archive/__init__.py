"""The archive of each newspaper: a ledger, the files written from it, the raw pages, a lock."""
