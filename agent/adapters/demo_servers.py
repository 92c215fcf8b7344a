"""A real IMAP server (pymap) and a real SMTP sink (aiosmtpd) inside the process.

For `followthrough demo` and the tests: on free loopback ports, everything in memory, no
root, no network. pymap has no SPECIAL-USE; Drafts and Sent are made by their names.
"""

import asyncio
import logging
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

LOOPBACK = "127.0.0.1"
FOLDERS = ("Drafts", "Sent")


@asynccontextmanager
async def pymap_server(
    users: Mapping[str, str], *, port: int = 0, folders: tuple[str, ...] = FOLDERS
) -> AsyncIterator[tuple[str, int]]:
    """An IMAP server with those users (name to password), each with INBOX and `folders`.

    Yields host and port; when the block ends, every connection is cut.
    """
    from pymap.backend.dict import DictBackend
    from pymap.imap import IMAPServer
    from pysasl.hashing import BuiltinHash

    # The users are gone when the process ends: half a million rounds would guard nothing.
    backend, config = await DictBackend.init(
        _arguments(next(iter(users.items()))), hash_context=BuiltinHash(rounds=1)
    )
    for name, password in users.items():
        await _add_user(backend, config, name, password, folders)
    clients = _Clients(config, IMAPServer(backend.login, config))
    async with AsyncExitStack() as stack:
        await backend.start(stack)
        listener = await asyncio.start_server(clients.serve, LOOPBACK, port)
        try:
            yield LOOPBACK, listener.sockets[0].getsockname()[1]
        finally:
            listener.close()
            await clients.cut()


class _Clients:
    """The server's side of each connection, kept to be cut at the end."""

    def __init__(self, config: Any, server: Any) -> None:
        self._config = config
        self._server = server
        self._tasks: set[asyncio.Task[None]] = set()

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client in a task of its own."""
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from proxyprotocol.sock import SocketInfoLocal

        self._config.apply_context()  # pymap keeps its event machinery in a context variable
        try:
            await self._server(reader, writer, SocketInfoLocal(writer, unique_id=b""))
        except Exception as error:  # a client that hangs up in the middle of a line, mostly
            logging.getLogger(__name__).debug("the demo's IMAP server lost a client: %s", error)
        finally:
            writer.close()

    async def cut(self) -> None:
        """End every connection and wait until all are gone."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _arguments(first: tuple[str, str]) -> Namespace:
    """pymap takes its settings from its own command line only."""
    from pymap.backend.dict import DictBackend
    from pymap.imap import IMAPService

    parser = ArgumentParser()
    DictBackend.add_subparser("dict", parser.add_subparsers(dest="backend"))
    IMAPService.add_arguments(parser)
    parser.set_defaults(debug=False, passlib_cfg=None)
    name, password = first
    return parser.parse_args(
        ["--no-tls", "dict", f"--demo-user={name}", f"--demo-password={password}"]
    )


async def _add_user(
    backend: Any, config: Any, name: str, password: str, folders: tuple[str, ...]
) -> None:
    """A user with their folders, put where pymap's own sign-in looks for them."""
    from pymap.backend.dict.filter import FilterSet
    from pymap.backend.dict.mailbox import MailboxSet
    from pymap.user import Passwords, UserMetadata

    hashed = await Passwords(config).hash_password(password)
    backend.login.users_dict[name] = UserMetadata(config, name, password=hashed)
    mailboxes = MailboxSet()
    for folder in folders:
        await mailboxes.add_mailbox(folder)
    config.set_cache[name] = (mailboxes, FilterSet())


@dataclass(frozen=True, slots=True)
class SunkMail:
    """A message that the SMTP sink took."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    at: datetime


@dataclass(slots=True)
class SmtpSink:
    """Where the sink listens, and what it has taken so far."""

    host: str = LOOPBACK
    port: int = 0
    mails: list[SunkMail] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a message (aiosmtpd's hook); nothing leaves this machine."""
        self.mails.append(
            SunkMail(
                envelope.mail_from,
                tuple(envelope.rcpt_tos),
                bytes(envelope.original_content),
                datetime.now(UTC),
            )
        )
        return "250 taken, and kept here"


@asynccontextmanager
async def smtp_sink(*, port: int = 0) -> AsyncIterator[SmtpSink]:
    """An SMTP server that takes every mail and passes none on."""
    from aiosmtpd.smtp import SMTP

    sink = SmtpSink()
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: SMTP(sink, hostname="sink.example", enable_SMTPUTF8=True, loop=loop),
        LOOPBACK,
        port,
    )
    sink.port = listener.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        listener.close()
        await listener.wait_closed()
