"""The files that readers load, written from the ledger: JSON Lines, manifest, snapshots."""
