"""The product under `kill -9`: processes die during traffic, and a ledger outside counts."""
