"""What workers do: read payloads, send replies, fetch files. Rows are the work."""
