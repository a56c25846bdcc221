"""Verify an archive, rebuild its ledger, restore what was put aside."""
