"""Followthrough: follow up after interviews, from the user's own mailbox."""

__version__ = "0.1.0"
