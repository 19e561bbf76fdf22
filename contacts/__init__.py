"""Whom we talk to: contacts and their addresses on channels."""
