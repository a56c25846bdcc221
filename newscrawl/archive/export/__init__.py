"""The files that readers load: JSON Lines and manifest written from the ledger, and snapshots."""
