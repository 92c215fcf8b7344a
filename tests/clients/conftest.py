"""A mailbox, a server to send through, and the program's parts put together as usual."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUp
from agent.service.context import Context
from bench.fire.work import Way as Account
from bench.fire.work import context_for, mailbox_for, one_pass
from tests.clients import clients
from tests.clients.clients import MailClient
from tests.mails import invitation
from tests.servers.dovecot import Dovecot, free_port, running_dovecot
from tests.servers.outsider import Outsider

_SUBMISSION = """\
protocols = imap submission
hostname = mail.home.example
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {port}
  }}
}}
"""


@dataclass
class World:
    """The server beyond the user's own: it takes every message, and keeps it."""

    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 OK"

    def letters(self, recipient: str) -> list[EmailMessage]:
        """What one recipient was sent."""
        return [
            message_from_bytes(envelope.content or b"", policy=policy.default)
            for envelope in self.envelopes
            if envelope.rcpt_tos == [recipient]
        ]


@dataclass(frozen=True, slots=True)
class Servers:
    """Dovecot for reading and for sending, and the world it hands letters on to."""

    dovecot: Dovecot
    smtp: int
    world: World


@pytest.fixture(scope="module")
def servers(need) -> Iterator[Servers]:  # type: ignore[no-untyped-def]
    """A real IMAP and a real submission server, the second relaying to the world."""
    need("/usr/lib/dovecot/submission", package="dovecot-submissiond")
    program = need("dovecot", package="dovecot-imapd")
    world, port, relay = World(), free_port(), free_port()
    controller = Controller(world, hostname="127.0.0.1", port=relay)
    controller.start()
    try:
        with running_dovecot(program, _SUBMISSION.format(port=port, relay=relay)) as dovecot:
            yield Servers(dovecot, port, world)
    finally:
        controller.stop()


@dataclass
class Household:
    """One user with one mail program, and Followthrough beside it."""

    outsider: Outsider
    world: World
    clock: SimulatedClock
    context: Context
    store: SqliteStore
    opened: Callable[[], AbstractContextManager[MailClient]]

    async def do(self, deed: Callable[[MailClient], None]) -> None:
        """The user opens the mail program, does something, and leaves it."""

        def sitting() -> None:
            with self.opened() as client:
                deed(client)

        await asyncio.to_thread(sitting)

    async def passes(self, *, after: timedelta = timedelta(0)) -> None:
        """Followthrough looks, `after` some time."""
        self.clock.set(max(self.clock.now(), datetime.now(UTC)) + after)
        await one_pass(self.context)

    def thanks(self) -> FollowUp:
        """The thank-you to Raj."""
        (found,) = [f for f in self.store.followups(1) if f.does("thank_you")]
        return found

    def folder(self, name: str) -> list[tuple[EmailMessage, frozenset[str]]]:
        """What lies in a folder, seen by a third client."""
        with self.outsider.client() as client:
            client.select(name, readonly=True)
            _, data = client.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")
        return [
            (message_from_bytes(item[1], policy=policy.default), _flags(item[0]))
            for item in data
            if isinstance(item, tuple)
        ]

    def sends_the_one_with(self, words: str) -> None:
        """The user sends that draft by another program: the copy lies in Sent, the draft is gone."""
        with self.outsider.client() as client:
            client.select("Drafts")
            _, (found,) = client.uid("SEARCH", "BODY", f'"{words}"')
            (uid,) = found.decode().split()
            data = client.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1]
        self.outsider.deliver(data, self.clock.now(), folder="Sent", flags=(r"\Seen",))
        self.outsider.remove(int(uid), folder="Drafts")


def _flags(line: bytes) -> frozenset[str]:
    inside = line.partition(b"FLAGS (")[2].partition(b")")[0]
    return frozenset(inside.decode().split()) - {"\\Recent"}


PROGRAMS = {"neomutt": clients.neomutt, "aerc": clients.aerc}


@pytest_asyncio.fixture(params=sorted(PROGRAMS))
async def household(
    request: pytest.FixtureRequest,
    need: Callable[..., Path],
    tmp_path: Path,
) -> AsyncIterator[Household]:
    """A thank-you lies in Drafts, as Followthrough left it."""
    tmux, program = need("tmux"), need(request.param)
    servers: Servers = request.getfixturevalue("servers")
    user, password = servers.dovecot.new_user()
    port = servers.dovecot.port
    outsider = Outsider(servers.dovecot.host, port, user, password)
    way = clients.Way(
        user, password, servers.dovecot.tls_port, servers.smtp, servers.dovecot.ca_file
    )
    home = tmp_path / "home"
    home.mkdir()
    store = SqliteStore(tmp_path / "state" / "followthrough.db")
    now = datetime.now(UTC)
    clock = SimulatedClock(now)
    account = Account(port, user, password)
    context = context_for(account, store, mailbox_for(account), clock)
    made = Household(
        outsider,
        servers.world,
        clock,
        context,
        store,
        lambda: PROGRAMS[request.param](tmux, program, home, way),
    )
    servers.world.envelopes.clear()
    await _drafted(made, now)
    yield made
    await context.mailboxes["home"].close()
    store.close()


async def _drafted(household: Household, now: datetime) -> None:
    start = (now - timedelta(minutes=90)).replace(second=0, microsecond=0)
    letter = invitation(start, written=now - timedelta(days=1))
    await asyncio.to_thread(household.outsider.deliver, letter, now - timedelta(days=1))
    await household.passes()
