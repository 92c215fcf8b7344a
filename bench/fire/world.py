"""The world around the program: mail comes, and the user sends, edits and deletes drafts.

It knows what must lie in the mailbox: every message but those of the program's own, each with
its flags and the hash of its bytes. It speaks to the server itself, past the relay.
"""

import hashlib
import imaplib
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.parser import BytesHeaderParser
from typing import Protocol

FOLDERS = ("INBOX", "Drafts", "Sent", "Trash")
_UID = re.compile(rb"UID (\d+)")
_FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")
_APPENDUID = re.compile(rb"APPENDUID \d+ (\d+)")


@dataclass(frozen=True, slots=True)
class Lying:
    """A message as it lies in a folder."""

    uid: int
    flags: frozenset[str]
    data: bytes

    @property
    def message_id(self) -> str:
        return message_id_of(self.data)

    @property
    def print(self) -> tuple[frozenset[str], str]:
        return self.flags, hashlib.sha256(self.data).hexdigest()


def message_id_of(data: bytes) -> str:
    """The Message-ID without brackets, "" where there is none."""
    return str(BytesHeaderParser().parsebytes(data)["Message-ID"] or "").strip("<> \r\n")


class Place(Protocol):
    """A mailbox as its user's own program sees it."""

    def add(self, folder: str, data: bytes, at: datetime, flags: Sequence[str]) -> int: ...
    def remove(self, folder: str, uid: int) -> None: ...
    def lying(self, folder: str) -> list[Lying]: ...


class OnServer:
    """By IMAP, on a connection that is kept."""

    def __init__(self, host: str, port: int, user: str, password: str) -> None:
        self._client = imaplib.IMAP4(host, port, timeout=30)
        self._client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client.login(user, password)

    def add(self, folder: str, data: bytes, at: datetime, flags: Sequence[str]) -> int:
        stamp = imaplib.Time2Internaldate(at)
        typ, answer = self._client.append(folder, f"({' '.join(flags)})", stamp, data)
        match = _APPENDUID.search(answer[0])
        assert typ == "OK"
        assert match
        return int(match[1])

    def remove(self, folder: str, uid: int) -> None:
        self._client.select(folder)
        self._client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
        self._client.uid("EXPUNGE", str(uid))

    def lying(self, folder: str) -> list[Lying]:
        typ, count = self._client.select(folder, readonly=True)
        assert typ == "OK"
        if count == [b"0"]:
            return []
        _, data = self._client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])")
        found = []
        for index, item in enumerate(data):
            if isinstance(item, tuple):
                rest = data[index + 1] if isinstance(data[index + 1], bytes) else b""
                uid, flags = _UID.search(item[0] + rest), _FLAGS.search(item[0] + rest)
                assert uid
                assert flags
                kept = frozenset(flags[1].decode().split()) - {r"\Recent"}
                found.append(Lying(int(uid[1]), kept, item[1]))
        return found

    def close(self) -> None:
        self._client.shutdown()


class InMemory:
    """The mailbox in memory, for the same hunt in peace."""

    def __init__(self, mailbox) -> None:  # type: ignore[no-untyped-def]
        self._mailbox = mailbox

    def add(self, folder: str, data: bytes, at: datetime, flags: Sequence[str]) -> int:
        if folder == "Drafts":
            found = self._mailbox._by_name[folder]
            return int(found.add(data, at, frozenset(flags)))
        return int(self._mailbox.deliver(data, at, folder=folder, flags=flags))

    def remove(self, folder: str, uid: int) -> None:
        self._mailbox.user_deletes(uid, folder=folder)

    def lying(self, folder: str) -> list[Lying]:
        mails = self._mailbox.everything().get(folder, [])
        return [Lying(mail.uid, mail.flags, mail.data) for mail in mails]


@dataclass
class World:
    """A place, and what must lie there that is not the program's own."""

    place: Place
    expected: dict[tuple[str, int], tuple[frozenset[str], str]] = field(default_factory=dict)
    edited: set[tuple[str, int]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def add(self, folder: str, data: bytes, at: datetime, *flags: str) -> int:
        """A message of the world's comes to lie there."""
        uid = self.place.add(folder, data, at, flags)
        lying = Lying(uid, frozenset(flags), data)
        self.expected[folder, uid] = lying.print
        self.ids.add(lying.message_id)
        return uid

    def remove(self, folder: str, uid: int) -> None:
        """The user takes a message away."""
        self.place.remove(folder, uid)
        self.expected.pop((folder, uid), None)
        self.edited.discard((folder, uid))

    def edit(self, lying: Lying, at: datetime, *, new_id: bool) -> None:
        """As most mail programs do: the old draft goes, a new one comes, mostly under a new id."""
        data = lying.data + b"PS: one more word.\r\n"
        if new_id:
            fresh = f"edited-{lying.message_id}".encode()
            data = data.replace(lying.message_id.encode(), fresh, 1)
        self.remove("Drafts", lying.uid)
        uid = self.add("Drafts", data, at, r"\Draft", r"\Seen")
        self.edited.add(("Drafts", uid))

    def changed(self) -> tuple[int, int]:
        """How many messages are not as they must be: the user's edited drafts, and others."""
        found = {
            (folder, lying.uid): lying.print
            for folder in FOLDERS
            for lying in self.place.lying(folder)
        }
        wrong = {key for key, print_ in self.expected.items() if found.get(key) != print_}
        return len(wrong & self.edited), len(wrong - self.edited)

    def strangers(self, folder: str) -> list[Lying]:
        """What lies there and is not the world's."""
        return [
            lying for lying in self.place.lying(folder) if (folder, lying.uid) not in self.expected
        ]
