"""Somebody else's mail client: plain imaplib, which shares no code with the program.

It delivers, edits, deletes and looks, as the world outside does while the program runs.
"""

import hashlib
import imaplib
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

_UID = re.compile(rb"UID (\d+)")
_FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")
_APPENDUID = re.compile(rb"APPENDUID \d+ (\d+)")
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outsider:
    """A client that signs in for each deed; every method blocks."""

    host: str
    port: int
    user: str
    password: str

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """A signed-in connection."""
        with imaplib.IMAP4(self.host, self.port, timeout=10) as client:
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.login(self.user, self.password)
            yield client

    def deliver(
        self,
        data: bytes,
        at: datetime = NOON,
        *,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> int:
        """Put a message into a folder; its UID."""
        return self.deliver_all([data], at, folder=folder, flags=flags)[0]

    def deliver_all(
        self,
        messages: Sequence[bytes],
        at: datetime = NOON,
        *,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> list[int]:
        """Put messages into a folder; their UIDs."""
        with self.client() as client:
            return [_appended(client, data, at, folder, flags) for data in messages]

    def remove(self, uid: int, *, folder: str = "Drafts") -> None:
        """Delete a message for good."""
        with self.client() as client:
            _ok(client.select(folder))
            _ok(client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)"))
            _ok(client.uid("EXPUNGE", str(uid)))

    def flag(self, uid: int, change: str, flags: str, *, folder: str = "Drafts") -> None:
        """Change a message's flags, as in `flag(7, "-FLAGS", r"(\\Draft)")`."""
        with self.client() as client:
            _ok(client.select(folder))
            _ok(client.uid("STORE", str(uid), change, flags))

    def folder(self, name: str, *, delete: bool = False) -> None:
        """Create a folder, or delete one."""
        with self.client() as client:
            _ok(client.delete(name) if delete else client.create(name))

    def snapshot(
        self, folders: Sequence[str] = ("INBOX", "Drafts", "Sent")
    ) -> dict[str, dict[int, tuple[frozenset[bytes], str]]]:
        """Every message of those folders: UID → (flags, hash of its bytes)."""
        with self.client() as client:
            return {folder: _contents(client, folder) for folder in folders}


def _appended(
    client: imaplib.IMAP4, data: bytes, at: datetime, folder: str, flags: Sequence[str]
) -> int:
    stamp = imaplib.Time2Internaldate(at)
    answer = _ok(client.append(folder, f"({' '.join(flags)})", stamp, data))
    match = _APPENDUID.search(answer[0])
    assert match is not None, answer
    return int(match[1])


def _contents(client: imaplib.IMAP4, folder: str) -> dict[int, tuple[frozenset[bytes], str]]:
    if _ok(client.select(folder, readonly=True)) == [b"0"]:
        return {}
    found = {}
    data = _ok(client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])"))
    # imaplib gives each message as (line up to the literal, literal), then the rest of the line.
    for index, item in enumerate(data):
        if isinstance(item, tuple):
            rest = data[index + 1] if isinstance(data[index + 1], bytes) else b""
            line = item[0] + rest
            uid, flags = _UID.search(line), _FLAGS.search(line)
            assert uid is not None
            assert flags is not None
            kept = frozenset(flags[1].split()) - {rb"\Recent"}
            found[int(uid[1])] = (kept, hashlib.sha256(item[1]).hexdigest())
    return found


def _ok(answer: tuple[str, list]) -> list:  # type: ignore[type-arg]
    assert answer[0] == "OK", answer
    return answer[1]
