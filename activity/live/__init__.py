"""The live feed: what a socket or a long poll is told, and when."""
