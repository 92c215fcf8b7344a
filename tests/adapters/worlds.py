"""A mailbox together with the world outside it, alike for memory and for real servers."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.memory import MemoryMailbox
from agent.ports import Mailbox
from tests.servers.outsider import NOON, Outsider


class World(Protocol):
    """What a contract test may do besides using the port."""

    mailbox: Mailbox

    async def deliver(
        self,
        *messages: bytes,
        at: datetime = NOON,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> list[int]:
        """Messages arrive; their UIDs."""

    async def remove(self, uid: int, folder: str = "Drafts") -> None:
        """Somebody deletes a message for good."""

    async def set_flags(self, uid: int, *flags: str, folder: str = "Drafts") -> None:
        """Somebody sets a message's flags to these."""

    async def snapshot(self) -> dict[str, object]:
        """Every message of every folder, with flags and a hash of its bytes."""


@dataclass
class MemoryWorld:
    """The mailbox in memory, and its own ways to play the world."""

    mailbox: MemoryMailbox

    async def deliver(
        self,
        *messages: bytes,
        at: datetime = NOON,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> list[int]:
        """Messages arrive."""
        return [self.mailbox.deliver(data, at, folder=folder, flags=flags) for data in messages]

    async def remove(self, uid: int, folder: str = "Drafts") -> None:
        """Somebody deletes a message for good."""
        self.mailbox.user_deletes(uid, folder=folder)

    async def set_flags(self, uid: int, *flags: str, folder: str = "Drafts") -> None:
        """Somebody sets a message's flags."""
        self.mailbox.user_flags(uid, *flags, folder=folder)

    async def snapshot(self) -> dict[str, object]:
        """The whole mailbox."""
        return {
            name: {mail.uid: (mail.flags, hashlib.sha256(mail.data).hexdigest()) for mail in mails}
            for name, mails in self.mailbox.everything().items()
        }


@dataclass
class ServerWorld:
    """A mailbox on a server, and another client that plays the world."""

    mailbox: ImapMailbox
    outsider: Outsider

    async def deliver(
        self,
        *messages: bytes,
        at: datetime = NOON,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> list[int]:
        """Messages arrive."""
        return await asyncio.to_thread(
            self.outsider.deliver_all, messages, at, folder=folder, flags=flags
        )

    async def remove(self, uid: int, folder: str = "Drafts") -> None:
        """Somebody deletes a message for good."""
        await asyncio.to_thread(self.outsider.remove, uid, folder=folder)

    async def set_flags(self, uid: int, *flags: str, folder: str = "Drafts") -> None:
        """Somebody sets a message's flags."""
        words = f"({' '.join(flags)})"
        await asyncio.to_thread(self.outsider.flag, uid, "FLAGS", words, folder=folder)

    async def snapshot(self) -> dict[str, object]:
        """The whole mailbox, seen by the other client."""
        return await asyncio.to_thread(self.outsider.snapshot)


def on_server(outsider: Outsider, **settings: object) -> ServerWorld:
    """A mailbox in plain text on a loopback server, beside an outsider on the same account."""
    chosen = ImapSettings(
        "test", outsider.host, outsider.user, port=outsider.port, security="none", **settings
    )
    return ServerWorld(ImapMailbox(chosen, lambda: outsider.password), outsider)
