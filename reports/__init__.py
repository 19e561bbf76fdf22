"""Will hold numbers, read-only, and exports."""
