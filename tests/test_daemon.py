"""The daemon: from an arriving mail to a draft in Drafts, on a mailbox in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.bootstrap import template_sources
from agent.daemon import Daemon
from agent.errors import ProtocolError, ServerUnavailable, SignInRefused
from agent.mail.message import Identity
from agent.service.context import Context
from tests.mails import invitation
from tests.making import BALANCED, ZONE, at, calendar

START = at("2026-03-02T12:00")
ME = Identity("Me Myself", ("me@home.example",), ZONE, "US")


class Manager:
    """A service manager that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def ready(self) -> None:
        self.told.append("ready")

    def status(self, text: str) -> None:
        self.told.append(text)

    def stopping(self) -> None:
        self.told.append("stopping")

    def watchdog(self) -> None:
        self.told.append("watchdog")


class Notices:
    """A user who reads their notices."""

    def __init__(self) -> None:
        self.subjects: list[str] = []

    async def tell(self, subject: str, text: str) -> None:
        self.subjects.append(subject)


class World:
    """A daemon and everything around it."""

    def __init__(self) -> None:
        self.clock = SimulatedClock(START)
        self.mailbox = MemoryMailbox(clock=self.clock)
        self.store = SqliteStore(None)
        self.manager = Manager()
        self.notices = Notices()
        self.context = Context(
            store=self.store,
            clock=self.clock,
            identity=ME,
            calendar=calendar(),
            playbook=BALANCED,
            templates=template_sources(),
            mailboxes={"home": self.mailbox},
            started_at=START,
        )

    def daemon(self) -> Daemon:
        return Daemon(self.context, self.manager, self.notices, sleep=self.clock.sleep)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        stop = asyncio.Event()
        task = asyncio.create_task(self.daemon().run(stop))
        await self.settled()
        try:
            yield task
        finally:
            stop.set()
            await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)
            self.store.close()

    async def settled(self) -> None:
        """Let everything that can happen now happen."""
        for _ in range(200):
            await asyncio.sleep(0)

    async def until(self, when: str) -> None:
        """Let it be that time; the daemon notices when it next looks."""
        await self.clock.run_until(at(when), rounds=200)
        await self.settled()


@pytest.fixture
def world() -> World:
    return World()


def _in(days: int, hour: int) -> datetime:
    return START.replace(hour=hour) + timedelta(days=days)


async def test_an_invitation_becomes_a_fact_at_once(world: World) -> None:
    """News wakes the watcher; nothing else has to happen."""
    async with world.running():
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
        (app,) = world.store.applications()
        assert app.company == "Acme"
        assert [t.start for t in app.talks] == [_in(2, 15)]


async def test_a_thank_you_appears_when_the_talk_is_over(world: World) -> None:
    """The watcher looks again at least every few minutes, so the draft is there soon after."""
    async with world.running():
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
        await world.until("2026-03-04T16:10")
        assert world.mailbox.drafts() == []
        await world.until("2026-03-04T16:25")
        assert len(world.mailbox.drafts()) == 1


async def test_it_says_what_it_is_doing(world: World) -> None:
    """READY once, then STATUS with what comes next."""
    async with world.running():
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
    assert world.manager.told[0] == "ready"
    assert "watching 1 account, next: thank-you to Acme on Wed 4 Mar 11:15" in world.manager.told
    assert world.manager.told[-1] == "stopping"


async def test_being_offline_is_healthy_and_loses_nothing(world: World) -> None:
    """The connection drops for a day; what came meanwhile is read when it is back."""
    async with world.running() as task:
        world.mailbox.online = False
        await world.until("2026-03-02T13:00")
        assert any("offline since" in told for told in world.manager.told)
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        world.mailbox.online = True
        await world.until("2026-03-02T14:00")
        assert len(world.store.applications()) == 1
        assert not task.done()


async def test_a_restart_counts_nothing_twice(world: World) -> None:
    """The same mailbox read by a second daemon over the same store."""
    world.mailbox.deliver(invitation(_in(2, 15)), START)
    await world.daemon().once()
    await world.daemon().once()
    (app,) = world.store.applications()
    assert len(app.facts) == 1


async def test_a_folder_numbered_anew_counts_nothing_twice(world: World) -> None:
    """UIDVALIDITY changed: read again, known by Message-ID."""
    world.mailbox.deliver(invitation(_in(2, 15)), START)
    await world.daemon().once()
    world.mailbox.renumber("INBOX")
    await world.daemon().once()
    (app,) = world.store.applications()
    assert len(app.facts) == 1


async def test_a_poison_message_is_set_aside_and_the_next_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in one message is named, and stops nothing."""
    import agent.service.ingest as ingesting

    real = ingesting.read

    def poisoned(mail, identity, known):
        if "poison" in mail.subject:
            raise RecursionError("too deep")
        return real(mail, identity, known)

    monkeypatch.setattr(ingesting, "read", poisoned)
    world.mailbox.deliver(b"Subject: poison\r\nFrom: x@y.example\r\n\r\n.\r\n", START)
    world.mailbox.deliver(invitation(_in(2, 15)), START)
    await world.daemon().once()
    (aside,) = world.store.aside()
    assert "RecursionError" in aside.why
    assert len(world.store.applications()) == 1


async def test_a_wrong_password_at_the_start_ends_with_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No lock-out loop: the user is told, and the process ends with the sign-in's exit code."""

    async def refused():
        raise SignInRefused("The server refused the password.")

    monkeypatch.setattr(world.mailbox, "connect", refused)
    with pytest.raises(SignInRefused):
        await world.daemon().run(asyncio.Event())


async def test_a_password_changed_later_is_tried_a_few_times_then_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three tries with growing pauses; one notice; no more."""
    tries = 0
    real = world.mailbox.connect

    async def changed():
        nonlocal tries
        tries += 1
        if tries > 1:
            raise SignInRefused("The server refused the password.")
        return await real()

    monkeypatch.setattr(world.mailbox, "connect", changed)
    async with world.running() as task:
        world.mailbox.online = False
        await world.until("2026-03-02T13:00")
        assert isinstance(task.exception(), SignInRefused)
    assert tries == 5
    assert world.notices.subjects == ["Followthrough cannot sign in to home"]


async def test_a_missing_folder_ends_with_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trying again would not make the folder."""

    async def missing():
        raise ProtocolError("There is no folder “Entwurf”.")

    monkeypatch.setattr(world.mailbox, "connect", missing)
    with pytest.raises(ProtocolError, match="Entwurf"):
        await world.daemon().run(asyncio.Event())


async def test_one_pass_over_a_server_that_is_away_fails_with_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`run --once` is for people and scripts: it does not wait."""

    async def away():
        raise ServerUnavailable("mail.home.example does not answer.")

    monkeypatch.setattr(world.mailbox, "connect", away)
    with pytest.raises(ServerUnavailable):
        await world.daemon().once()


async def test_a_draft_deleted_unsent_is_a_no(world: World) -> None:
    """Gone for longer than a client needs to send it, and not in Sent: not made again."""
    async with world.running():
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
        await world.until("2026-03-04T16:25")
        (draft,) = world.mailbox.drafts()
        world.mailbox.user_deletes(draft.uid)
        await world.until("2026-03-04T18:00")
        await world.until("2026-03-05T13:00")
        assert world.mailbox.drafts() == []
        (app,) = world.store.applications()
        states = {f.step: f.status.value for f in world.store.followups(app.id)}
        assert states["thank_you"] == "declined"


async def test_a_draft_sent_untouched_counts_as_sent(world: World) -> None:
    """It leaves Drafts and lies in Sent under its own id."""
    async with world.running():
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
        await world.until("2026-03-04T16:25")
        (draft,) = world.mailbox.drafts()
        world.mailbox.user_sends_draft(draft.uid, at("2026-03-04T16:30"))
        await world.until("2026-03-04T16:40")
        (app,) = world.store.applications()
        (note,) = [f for f in world.store.followups(app.id) if f.step == "thank_you"]
        assert (note.status.value, note.sent_by) == ("sent", "draft")
