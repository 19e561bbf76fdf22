"""What happened: the ledger and the live feed."""
