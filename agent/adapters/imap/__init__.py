"""IMAP behind the Mailbox port: imapclient in threads, with its traps fenced in."""

from agent.adapters.imap.mailbox import ImapMailbox
from agent.adapters.imap.settings import ImapSettings, Timeouts

__all__ = ["ImapMailbox", "ImapSettings", "Timeouts"]
