"""The daemon: from an arriving mail to a draft in Drafts, on a mailbox in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.bootstrap import template_sources
from agent.daemon import Daemon, Pace, Renewal, Reread
from agent.domain.followup import FollowUpStatus
from agent.errors import (
    ConfigError,
    KeyringLocked,
    MailboxFull,
    ProtocolError,
    ServerUnavailable,
    SignInLapsed,
    SignInRefused,
    StoreError,
)
from agent.mail.message import Identity
from agent.service.context import Context
from tests.mails import invitation
from tests.making import BALANCED, ZONE, at, calendar

START = at("2026-03-02T12:00")
ME = Identity("Me Myself", ("me@home.example",), ZONE, "US")


class Manager:
    """A service manager that remembers what it was told."""

    def __init__(self, watchdog: float | None = None) -> None:
        self.told: list[str] = []
        self.interval = watchdog

    def ready(self, text: str = "") -> None:
        self.told += ["ready", text]

    def reloading(self) -> None:
        self.told.append("reloading")

    def status(self, text: str) -> None:
        self.told.append(text)

    def stopping(self, text: str = "") -> None:
        self.told.append("stopping")

    def watchdog_interval(self) -> float | None:
        return self.interval

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
        self.slept = 0.0  # seconds of the wall clock that the steady one did not see
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

    def daemon(self, reread: Reread | None = None) -> Daemon:
        return Daemon(
            self.context,
            self.manager,
            self.notices,
            sleep=self.clock.sleep,
            steady=lambda: self.clock.now().timestamp() - self.slept,
            # The ticker's own clock is the real one: in these tests it never comes round.
            pace=Pace(tick=86_400),
            reread=reread,
        )

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
    assert "watching 1 account, next: thank-you to Acme on Wed 11:15" in world.manager.told
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

    def poisoned(mail, identity, known, **how):
        if "poison" in mail.subject:
            raise RecursionError("too deep")
        return real(mail, identity, known, **how)

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


@pytest.mark.parametrize("error", [ProtocolError("nonsense"), StoreError("the disk is full")])
async def test_trouble_that_comes_later_is_outlived(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """What worked before is tried again, and told of once; mail that came meanwhile is read."""
    state = world.mailbox.state
    broken = True

    async def troubled(folder: str):
        if broken:
            raise error
        return await state(folder)

    async with world.running() as task:
        monkeypatch.setattr(world.mailbox, "state", troubled)
        world.mailbox.deliver(invitation(_in(2, 15)), world.clock.now())
        for minute in range(10):
            await world.until(f"2026-03-02T12:{10 + minute}")
        assert not task.done()
        assert world.notices.subjects == ["Followthrough cannot go on with home"]
        assert any("in trouble since" in line for line in world.manager.told)
        broken = False
        await world.until("2026-03-02T12:40")
        assert len(world.store.applications()) == 1


async def test_a_full_mailbox_keeps_from_writing_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mail is read meanwhile, the user is told once, and the draft is tried again after hours."""
    world.mailbox.deliver(invitation(world.clock.now() - timedelta(hours=2)), world.clock.now())
    tries = 0

    async def full(*_: object):
        nonlocal tries
        tries += 1
        raise MailboxFull("The mailbox is full.", retry_after=6 * 3600)

    with monkeypatch.context() as patched:
        patched.setattr(world.mailbox, "append_draft", full)
        async with world.running() as task:
            await world.until("2026-03-02T13:00")
            world.mailbox.deliver(invitation(_in(2, 15), uid="other"), world.clock.now())
            await world.until("2026-03-02T17:00")
            assert not task.done()
            assert tries == 1
            told = {f.thread.message_id for a in world.store.applications() for f in a.facts}
            assert "other.0" in told
            assert world.notices.subjects == ["Followthrough cannot go on with home"]
            await world.until("2026-03-02T18:30")
            assert tries == 2
            assert len(world.notices.subjects) == 1


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


# -- what it tells ----------------------------------------------------------------------


async def test_a_locked_keyring_is_waited_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lingering before login: it says so, tries again, and goes on once it is unlocked."""
    real, locked = world.mailbox.connect, True

    async def connect():
        if locked:
            raise KeyringLocked("Waiting for the keyring to be unlocked.")
        return await real()

    monkeypatch.setattr(world.mailbox, "connect", connect)
    async with world.running() as task:
        assert world.manager.told[-1] == "waiting for the keyring"
        await world.until("2026-03-02T12:30")
        assert not task.done()
        locked = False
        await world.until("2026-03-02T12:32")
        assert world.manager.told[-1] == "watching 1 account"


async def test_a_lapsed_sign_in_waits_for_the_user_and_is_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 15: no crash, no storm, one notice; once they have signed in it goes on by itself."""
    real, wrong, tries = world.mailbox.connect, "lapsed", 0

    async def connect():
        nonlocal tries
        tries += 1
        if wrong == "lapsed":
            raise SignInLapsed("Sign in again: followthrough login home")
        if wrong == "locked":
            raise KeyringLocked("Waiting for the keyring to be unlocked.")
        return await real()

    monkeypatch.setattr(world.mailbox, "connect", connect)
    async with world.running() as task:
        assert world.manager.told[-1] == "waiting for you to sign in: followthrough login home"
        for trouble, until in (("lapsed", "14:00"), ("locked", "14:10"), ("lapsed", "14:20")):
            wrong = trouble
            await world.until(f"2026-03-02T{until}")
        assert not task.done()
        assert 2 < tries <= 140 * 60 / 64 + 1  # the shortest pause that jitter makes of 80 s
        assert world.notices.subjects == ["Followthrough waits for you to sign in to home"]
        wrong = ""
        await world.until("2026-03-02T14:22")
        assert world.manager.told[-1] == "watching 1 account"


async def test_a_sign_in_that_lapses_again_is_told_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for each time that the user has to act."""
    real, lapsed = world.mailbox.connect, True

    async def connect():
        if lapsed:
            raise SignInLapsed("Sign in again: followthrough login home")
        return await real()

    monkeypatch.setattr(world.mailbox, "connect", connect)
    async with world.running():
        lapsed = False
        await world.until("2026-03-02T12:02")
        lapsed = True
        world.mailbox.online = False
        await world.until("2026-03-02T13:00")
        assert len(world.notices.subjects) == 2


async def test_drafting_switched_off_is_said(world: World) -> None:
    """Nothing comes next, and the status says why."""
    world.context.drafting = False
    async with world.running():
        assert world.manager.told[-1] == "watching 1 account, drafting is off"


async def test_one_account_refused_does_not_stop_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two accounts, one with a wrong password: that one is named, the other is watched."""
    other = MemoryMailbox(clock=world.clock)

    async def refused():
        raise SignInRefused("The server refused the password.")

    monkeypatch.setattr(other, "connect", refused)
    world.context.mailboxes = {"home": world.mailbox, "work": other}
    async with world.running() as task:
        assert world.manager.told[-1] == "work sign-in refused since 07:00; watching 1 account"
        assert not task.done()


# -- signs of life ----------------------------------------------------------------------


def _pings(world: World) -> int:
    return world.manager.told.count("watchdog")


async def test_life_is_told_three_times_in_what_the_watchdog_allows(world: World) -> None:
    """WatchdogSec=180: once a minute."""
    world.manager.interval = 180.0
    async with world.running():
        before = _pings(world)
        await world.until("2026-03-02T12:10")
        assert _pings(world) - before == 10


async def test_without_a_watchdog_nothing_is_told(world: World) -> None:
    """Nobody asked."""
    async with world.running():
        await world.until("2026-03-02T12:10")
        assert _pings(world) == 0


async def test_being_offline_feeds_the_watchdog(world: World) -> None:
    """A server that is away for hours is no hang."""
    world.manager.interval = 180.0
    async with world.running():
        world.mailbox.online = False
        await world.until("2026-03-02T13:00")
        before = _pings(world)
        await world.until("2026-03-02T13:10")
        assert _pings(world) - before == 10


@pytest.mark.parametrize("where", ["connect", "state", "wait"])
async def test_a_watcher_that_hangs_is_told_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """A call that never returns: after a while the signs of life stop, though the loop turns."""
    world.manager.interval = 180.0

    async def hangs(*_: object, **__: object):
        await asyncio.Event().wait()

    monkeypatch.setattr(world.mailbox, where, hangs)
    async with world.running():
        await world.until("2026-03-02T12:20")
        before = _pings(world)
        assert before > 0
        await world.until("2026-03-02T13:00")
        assert _pings(world) == before


async def test_a_long_pass_that_progresses_is_alive(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message a minute for an hour."""
    world.manager.interval = 180.0
    for number in range(60):
        world.mailbox.deliver(b"Subject: %d\r\nFrom: x@y.example\r\n\r\n.\r\n" % number, START)
    real = world.mailbox.fetch

    async def slowly(folder, uids, known):
        async for raw in real(folder, uids, known):
            await world.clock.sleep(60)
            yield raw

    monkeypatch.setattr(world.mailbox, "fetch", slowly)
    async with world.running():
        await world.until("2026-03-02T12:40")
        before = _pings(world)
        await world.until("2026-03-02T12:50")
        assert _pings(world) - before == 10


# -- the end ------------------------------------------------------------------------------


async def test_the_end_waits_for_a_draft_that_is_being_placed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGTERM in the middle of an append: it is finished and recorded before the end."""
    real, answer = world.mailbox.append_draft, asyncio.Event()

    async def slowly(*arguments):
        await answer.wait()
        return await real(*arguments)

    monkeypatch.setattr(world.mailbox, "append_draft", slowly)
    world.mailbox.deliver(invitation(_in(2, 15)), START)
    stop = asyncio.Event()
    task = asyncio.create_task(world.daemon().run(stop))
    await world.settled()
    await world.until("2026-03-04T16:25")
    assert world.store.followups_in(FollowUpStatus.DRAFTING)
    stop.set()
    await world.settled()
    assert not task.done()
    answer.set()
    await asyncio.wait_for(task, 5)
    (note,) = world.store.followups_in(FollowUpStatus.DRAFTED)
    assert note.step == "thank_you"
    assert len(world.mailbox.drafts()) == 1


async def test_a_draft_that_hangs_leaves_its_intent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end does not wait for ever; the next start finds the intent and settles it, once."""
    real = world.mailbox.append_draft

    async def hangs(*arguments):
        await real(*arguments)
        await asyncio.Event().wait()

    monkeypatch.setattr(world.mailbox, "append_draft", hangs)
    monkeypatch.setattr("agent.daemon._END_PATIENCE", 0.05)
    world.mailbox.deliver(invitation(_in(2, 15)), START)
    stop = asyncio.Event()
    task = asyncio.create_task(world.daemon().run(stop))
    await world.settled()
    await world.until("2026-03-04T16:25")
    stop.set()
    await asyncio.wait_for(task, 5)
    assert world.store.followups_in(FollowUpStatus.DRAFTING)
    await world.daemon().once()
    assert world.store.followups_in(FollowUpStatus.DRAFTED)
    assert len(world.mailbox.drafts()) == 1


# -- a new configuration -------------------------------------------------------------------


class Reloading:
    """A daemon whose configuration can be read again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.reload = asyncio.Event()
        self.next: Context | Exception = world.context

    def reread(self, _: Context) -> Renewal:
        if isinstance(self.next, Exception):
            raise self.next
        return Renewal(self.next, self.world.notices, 90)

    async def done(self, new: Context | Exception) -> list[str]:
        """Reload; what the service manager was told meanwhile."""
        self.next = new
        before = len(self.world.manager.told)
        self.reload.set()
        await self.world.settled()
        return self.world.manager.told[before:]


@asynccontextmanager
async def _reloadable(world: World) -> AsyncIterator[Reloading]:
    reloading, stop = Reloading(world), asyncio.Event()
    daemon = world.daemon(reread=reloading.reread)
    task = asyncio.create_task(daemon.run(stop, reloading.reload))
    await world.settled()
    try:
        yield reloading
    finally:
        stop.set()
        await asyncio.wait_for(task, 5)
        world.store.close()


async def test_a_new_configuration_takes_effect(world: World) -> None:
    """Announced, put in force, announced as done; the connection of an old account stays."""
    async with _reloadable(world) as reloading:
        calls = []
        world.mailbox.connect = lambda: calls.append(1)  # type: ignore[method-assign]
        told = await reloading.done(replace(world.context, drafting=False))
        assert told[0] == "reloading"
        assert told[1:3] == ["ready", "watching 1 account, drafting is off"]
        assert calls == []


async def test_an_account_is_added_and_another_removed(world: World) -> None:
    """The new one is read at once, the old one is left alone."""
    added = MemoryMailbox(clock=world.clock)
    added.deliver(invitation(_in(2, 15)), START)
    async with _reloadable(world) as reloading:
        told = await reloading.done(replace(world.context, mailboxes={"new": added}))
        assert told[1] == "ready"
        (app,) = world.store.applications()
        assert app.account == "new"
        world.mailbox.deliver(invitation(_in(3, 15), uid="other"), START)
        await world.settled()
        assert len(world.store.applications()) == 1


async def test_a_changed_playbook_plans_anew(world: World) -> None:
    """What was planned under the old one moves."""
    async with _reloadable(world) as reloading:
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
        assert world.manager.told[-1].endswith("thank-you to Acme on Wed 11:15")
        steps = tuple(step for step in BALANCED.steps if step.name != "thank_you")
        await reloading.done(replace(world.context, playbook=replace(BALANCED, steps=steps)))
        assert "thank-you" not in world.manager.told[-1]


async def test_a_broken_configuration_is_refused(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Every problem in the log and the status; the old one stays in force until a good one comes."""
    async with _reloadable(world) as reloading:
        wrong = ConfigError("config.toml", ["accounts: none", "schedule.quiet_from: no time"])
        told = await reloading.done(wrong)
        line = (
            "watching 1 account; new configuration refused: "
            "accounts: none; schedule.quiet_from: no time"
        )
        assert told == ["reloading", "ready", line]
        assert "accounts: none" in caplog.text
        assert "schedule.quiet_from: no time" in caplog.text
        world.mailbox.deliver(invitation(_in(2, 15)), START)
        await world.settled()
        assert len(world.store.applications()) == 1
        told = await reloading.done(world.context)
        assert "refused" not in told[-1]


async def test_a_refused_account_is_tried_again_after_a_reload(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password was put right in the keyring: nothing in the file has changed."""
    other = MemoryMailbox(clock=world.clock)
    real = other.connect

    async def refused():
        raise SignInRefused("The server refused the password.")

    monkeypatch.setattr(other, "connect", refused)
    world.context.mailboxes = {"home": world.mailbox, "work": other}
    async with _reloadable(world) as reloading:
        monkeypatch.setattr(other, "connect", real)
        told = await reloading.done(world.context)
        assert told[-1] == "watching 2 accounts"


async def test_a_configuration_that_cannot_be_read_is_refused(world: World) -> None:
    """Its permissions were changed, or the disk fails: no reason to end."""
    async with _reloadable(world) as reloading:
        told = await reloading.done(PermissionError(13, "Permission denied", "config.toml"))
        assert "new configuration refused: " in told[-1]
        assert "Permission denied" in told[-1]


async def test_a_suspend_drops_the_connection_and_reads_what_came(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall clock ran on and the steady one did not: the socket is dead, so it signs in anew."""
    sign_ins = 0
    real = world.mailbox.connect

    async def counted():
        nonlocal sign_ins
        sign_ins += 1
        return await real()

    monkeypatch.setattr(world.mailbox, "connect", counted)
    daemon, stop = world.daemon(), asyncio.Event()
    task = asyncio.create_task(daemon.run(stop))
    await world.settled()
    await daemon._tick()
    world.mailbox.deliver(invitation(_in(2, 15)), START)
    world.slept += 3600
    world.clock.advance(timedelta(hours=1))
    await daemon._tick()
    await world.settled()
    await world.until("2026-03-02T13:05")
    stop.set()
    await asyncio.wait_for(task, 5)
    assert sign_ins == 2
    assert len(world.store.applications()) == 1
