"""Tests: one folder per app, real engines, real processes."""
