"""A household under fire: a mailbox on a real Dovecot, reached through a relay that misbehaves."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUp
from agent.errors import ServerUnavailable
from agent.service.context import Context
from bench.fire.work import Way, context_for, mailbox_for, one_pass
from tests.mails import invitation
from tests.servers.dovecot import Dovecot
from tests.servers.fixtures import dovecot
from tests.servers.outsider import Outsider
from tests.servers.relay import Relay, relay_to

__all__ = ["dovecot"]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TALK = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
THANKS = TALK + timedelta(hours=1, minutes=20)


@dataclass
class Household:
    """The program's parts, put together as usual, and the world beside them."""

    relay: Relay
    outsider: Outsider
    way: Way
    database: Path
    clock: SimulatedClock
    store: SqliteStore
    context: Context
    breaks: int = 0

    async def deliver(self, *mails: bytes, at: datetime = NOON, folder: str = "INBOX") -> None:
        await asyncio.to_thread(self.outsider.deliver_all, mails, at, folder=folder)

    async def work(self, tries: int = 12) -> None:
        """Passes as the daemon makes them, until one comes through; a broken link is made anew."""
        for _ in range(tries):
            try:
                await one_pass(self.context)
            except ServerUnavailable as error:
                self.breaks += 1
                await self.leave()
                await asyncio.to_thread(self.relay.settle)
                self.clock.advance(5)
                await asyncio.sleep(min(error.retry_after or 0.0, 2.0))
            else:
                return
        raise AssertionError(f"no pass came through in {tries} tries")

    async def leave(self) -> None:
        self.context.folders.clear()
        await self.context.mailboxes["home"].close()

    def anew(self) -> None:
        """The program is started again, on what is on disk."""
        self.context = context_for(self.way, self.store, mailbox_for(self.way), self.clock)

    def followups(self, application_id: int = 1) -> list[FollowUp]:
        return list(self.store.followups(application_id))

    async def drafts(self) -> dict[object, object]:
        found = await asyncio.to_thread(self.outsider.snapshot, ("Drafts",))
        return dict(found["Drafts"])  # type: ignore[call-overload]

    async def invited(self) -> None:
        """An invitation is taken in; then it is the time for the thank-you."""
        await self.deliver(invitation(TALK))
        await self.work()
        self.clock.set(THANKS)


@pytest.fixture(params=["tls"])
def way_in(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def household(dovecot: Dovecot, tmp_path: Path, way_in: str) -> AsyncIterator[Household]:
    """A signed-up user, behind a relay."""
    tls = way_in == "tls"
    user, password = dovecot.new_user()
    with relay_to(dovecot.host, dovecot.tls_port if tls else dovecot.port) as relay:
        way = Way(relay.port, user, password, str(dovecot.ca_file) if tls else "")
        clock = SimulatedClock(NOON)
        database = tmp_path / "state" / "followthrough.db"
        store = SqliteStore(database)
        context = context_for(way, store, mailbox_for(way), clock)
        outsider = Outsider(dovecot.host, dovecot.port, user, password)
        made = Household(relay, outsider, way, database, clock, store, context)
        yield made
        relay.disarm()
        await made.leave()
        store.close()
