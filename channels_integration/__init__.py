"""Adapters: one folder for each kind of channel."""
