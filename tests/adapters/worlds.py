"""A mailbox together with the world outside it, alike for memory and for real servers."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, cast

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.memory import MemoryMailbox
from agent.ports import Folders, FolderState, Known, Mailbox, RawMail, unknown
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

    mailbox: Mailbox
    outsider: Outsider
    named: Callable[[str], str] = str

    async def deliver(
        self,
        *messages: bytes,
        at: datetime = NOON,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> list[int]:
        """Messages arrive."""
        return await asyncio.to_thread(
            self.outsider.deliver_all, messages, at, folder=self.named(folder), flags=flags
        )

    async def remove(self, uid: int, folder: str = "Drafts") -> None:
        """Somebody deletes a message for good."""
        await asyncio.to_thread(self.outsider.remove, uid, folder=self.named(folder))

    async def set_flags(self, uid: int, *flags: str, folder: str = "Drafts") -> None:
        """Somebody sets a message's flags."""
        words = f"({' '.join(flags)})"
        await asyncio.to_thread(self.outsider.flag, uid, "FLAGS", words, folder=self.named(folder))

    async def snapshot(self) -> dict[str, object]:
        """The whole mailbox, seen by the other client."""
        folders = [self.named(folder) for folder in ("INBOX", "Drafts", "Sent")]
        return await asyncio.to_thread(self.outsider.snapshot, folders)


def on_server(outsider: Outsider, **settings: object) -> ServerWorld:
    """A mailbox in plain text on a loopback server, beside an outsider on the same account."""
    chosen = ImapSettings(
        "test", outsider.host, outsider.user, port=outsider.port, security="none", **settings
    )
    return ServerWorld(ImapMailbox(chosen, lambda: outsider.password), outsider)


def below_inbox(outsider: Outsider) -> ServerWorld:
    """The same on Courier, where every folder lies below INBOX: the tests' names are translated."""
    plain = on_server(outsider)
    return ServerWorld(cast(Mailbox, _BelowInbox(plain.mailbox)), outsider, _below)


_ABOUT_A_FOLDER = frozenset(
    "state changed uids find append_draft append_memo remove_draft remove_twin".split()
)


def _below(folder: str) -> str:
    return folder if folder == "INBOX" else f"INBOX.{folder}"


class _BelowInbox:
    """A mailbox whose "Drafts" is the server's "INBOX.Drafts"."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._mailbox, name)
        if name not in _ABOUT_A_FOLDER:
            return real
        return lambda folder, *rest, **named: real(_below(folder), *rest, **named)

    async def connect(self) -> Folders:
        found = await self._mailbox.connect()
        drafts, sent = (name.removeprefix("INBOX.") for name in (found.drafts, found.sent))
        return replace(found, drafts=drafts, sent=sent)

    async def states(
        self, folders: Sequence[str], glances: Sequence[str] = ()
    ) -> dict[str, FolderState]:
        below, more = [_below(each) for each in folders], [_below(each) for each in glances]
        found = await self._mailbox.states(below, glances=more)
        names = {_below(each): each for each in (*folders, *glances)}
        return {names[name]: state for name, state in found.items()}

    async def fetch(
        self, folder: str, uids: Sequence[int], known: Known = unknown
    ) -> AsyncIterator[RawMail]:
        async for mail in self._mailbox.fetch(_below(folder), uids, known):
            yield mail
