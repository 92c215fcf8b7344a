"""A desk to work at: a mailbox, a store and a clock in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.bootstrap import template_sources
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.mail.message import Identity
from agent.service import followups
from agent.service.context import Context
from agent.service.events import Event
from tests.making import BALANCED, ZONE, at, calendar

ME = Identity("Me Myself", ("me@home.example",), ZONE, "US")
START = at("2026-03-01T12:00")


@dataclass
class Desk:
    """A context whose ports the test holds in its hands."""

    context: Context
    mailbox: MemoryMailbox
    clock: SimulatedClock
    store: SqliteStore
    events: list[Event] = field(default_factory=list)

    async def at(self, when: str) -> None:
        """Let it be that time, and let time do its work."""
        self.clock.set(at(when))
        await followups.tick(self.context, "home")

    def told(self, kind: type) -> list[Event]:
        """The events of one kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def in_state(self, *statuses: FollowUpStatus) -> list[FollowUp]:
        """Follow-ups in these states."""
        return list(self.store.followups_in(*statuses))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    clock = SimulatedClock(START)
    mailbox = MemoryMailbox(clock=clock)
    store = SqliteStore(None)
    events: list[Event] = []
    context = Context(
        store=store,
        clock=clock,
        identity=ME,
        calendar=calendar(),
        playbook=BALANCED,
        templates=template_sources(),
        mailboxes={"home": mailbox},
        started_at=START,
        salt="salt",
        observer=events.append,
    )
    context.folders["home"] = await mailbox.connect()
    yield Desk(context, mailbox, clock, store, events)
    store.close()
