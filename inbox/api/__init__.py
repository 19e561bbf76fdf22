"""The API of the inbox."""
