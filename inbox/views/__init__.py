"""The doors of the inbox's pages."""
