"""What the agent does not do: mail that arrives, and the person at their own mail program.

`Outside` holds an IMAP connection of its own (plain imapclient, nothing of ours), so that
what the demo claims to lie in the mailbox is seen there by somebody else. Sending goes by
SMTP to the demo's sink, and a copy into Sent, as mail programs do it.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, TypeVar

import aiosmtplib
from imapclient import IMAPClient

T = TypeVar("T")

INBOX, DRAFTS, SENT = "INBOX", "Drafts", "Sent"

#: Stands in a sample mail for the last mail that was sent to somebody at a domain.
_PLACEHOLDER = re.compile(rb"<last-from-robin@([\w.-]{1,100})>")
_SECONDS = 10


class Outside:
    """The world, and the person's mail program. Call `close` at the end."""

    def __init__(self, imap: tuple[str, int], smtp: tuple[str, int], user: str) -> None:
        self._imap = imap
        self._smtp = smtp
        self._user = user
        self._client: Any = None  # imapclient is not annotated
        self._last_to: dict[str, str] = {}

    async def sign_in(self, password: str) -> None:
        """Open the connection."""
        host, port = self._imap

        def opened() -> Any:
            client: Any = IMAPClient(host, port, ssl=False, timeout=_SECONDS)
            client.login(self._user, password)
            return client

        self._client = await asyncio.to_thread(opened)

    async def close(self) -> None:
        """Hang up."""
        client, self._client = self._client, None
        if client is not None:
            await asyncio.to_thread(client.shutdown)

    # -- the world -----------------------------------------------------------------

    async def deliver(self, data: bytes, at: datetime) -> None:
        """A mail arrives in the inbox."""
        await self._append(INBOX, self._threaded(data), at)

    # -- the person ----------------------------------------------------------------

    async def writes(self, data: bytes, at: datetime) -> None:
        """The person writes and sends a mail of their own."""
        await self._send(self._threaded(data), at)

    async def sends_draft(self, message_id: str, at: datetime) -> bool:
        """The person sends a draft; False where it is not there any more."""
        data = await self._take(message_id)
        if data is not None:
            await self._send(_dated(data, at), at)
        return data is not None

    async def edits_draft(self, message_id: str, adds: str, at: datetime) -> str | None:
        """The person adds to a draft: it is replaced, under a new id, as mail programs do.

        Gives the new Message-ID, or None where the draft is not there any more.
        """
        data = await self._take(message_id)
        if data is None:
            return None
        edited, new_id = _with_text(data, adds)
        await self._append(DRAFTS, edited, at, b"\\Draft", b"\\Seen")
        return new_id

    # -- looking -------------------------------------------------------------------

    async def lies_in(self, message_id: str) -> str | None:
        """The folder, Drafts or Sent, in which a message lies now; None where in neither."""
        for folder in (DRAFTS, SENT):
            if await self._find(folder, message_id):
                return folder
        return None

    async def drafts(self) -> list[bytes]:
        """Every message that lies in Drafts."""

        def look(client: Any) -> list[bytes]:
            client.select_folder(DRAFTS, readonly=True)
            found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
            return [item[b"BODY[]"] for _, item in sorted(found.items())]

        return await self._do(look)

    # -- inside --------------------------------------------------------------------

    def _threaded(self, data: bytes) -> bytes:
        """The mail with the ids filled in that were not known when it was written."""

        def known(found: re.Match[bytes]) -> bytes:
            domain = found[1].decode("ascii")
            return f"<{self._last_to.get(domain, f'unknown@{domain}')}>".encode("ascii")

        return _PLACEHOLDER.sub(known, data)

    async def _send(self, data: bytes, at: datetime) -> None:
        mail = message_from_bytes(data)
        recipients = [str(mail["To"])]
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        host, port = self._smtp
        await aiosmtplib.send(
            data,
            sender=self._user,
            recipients=[_address(each) for each in recipients],
            hostname=host,
            port=port,
            start_tls=False,
            local_hostname="[127.0.0.1]",
            timeout=_SECONDS,
        )
        for each in recipients:
            domain = _address(each).rpartition("@")[2]
            self._last_to[domain] = str(mail["Message-ID"]).strip().strip("<>")
        await self._append(SENT, data, at, b"\\Seen")

    async def _append(self, folder: str, data: bytes, at: datetime, *flags: bytes) -> None:
        lines = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        await self._do(lambda client: client.append(folder, lines, flags=flags, msg_time=at))

    async def _find(self, folder: str, message_id: str) -> list[int]:
        def look(client: Any) -> list[int]:
            client.select_folder(folder, readonly=True)
            return list(client.search(["HEADER", "Message-ID", f"<{message_id}>"]))

        return await self._do(look)

    async def _take(self, message_id: str) -> bytes | None:
        """Take a draft out of Drafts, as a mail program does when it is sent or saved anew."""
        uids = await self._find(DRAFTS, message_id)

        def take(client: Any) -> bytes:
            client.select_folder(DRAFTS)
            data: bytes = client.fetch(uids, ["BODY.PEEK[]"])[uids[0]][b"BODY[]"]
            client.delete_messages(uids)
            client.uid_expunge(uids)
            return data

        return await self._do(take) if uids else None

    async def _do(self, call: Callable[[Any], T]) -> T:
        if self._client is None:
            raise RuntimeError("not signed in")
        return await asyncio.to_thread(call, self._client)


def _address(header: str) -> str:
    return header.rpartition("<")[2].rstrip("> ").strip()


def _dated(data: bytes, at: datetime) -> bytes:
    """The mail with the Date of its sending; all else stays byte for byte."""
    line = f"Date: {format_datetime(at)}".encode("ascii")
    return re.sub(rb"(?m)^Date: [^\r\n]*", line, data, count=1)


def _with_text(data: bytes, adds: str) -> tuple[bytes, str]:
    """The mail with some text below what it says, and the new Message-ID it now has."""
    mail: Any = message_from_bytes(data, policy=SMTP)
    old = str(mail["Message-ID"]).strip().strip("<>")
    new_id = f"edited.{old}"
    mail.replace_header("Message-ID", f"<{new_id}>")
    body = f"{mail.get_content().rstrip()}\n\n{adds.strip()}\n"
    mail.set_content(body, charset="utf-8")
    return mail.as_bytes(), new_id
