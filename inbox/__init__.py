"""The talking: channels, conversations and messages."""
