"""The clock that is moved by hand, and the user who lives in the mailbox in memory."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.errors import ServerUnavailable
from agent.mail.fingerprint import fingerprint
from agent.ports import Removal

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DRAFT = b"Message-ID: <ours@home.example>\r\nSubject: Thanks\r\n\r\nThank you\r\n"


# -- the clock -----------------------------------------------------------------------


def test_the_clock_stands_still() -> None:
    """Two looks give one time."""
    clock = SimulatedClock(START)
    assert clock.now() == clock.now() == START


def test_the_clock_goes_by_utc() -> None:
    """A start in another zone is the same instant."""
    clock = SimulatedClock(START.astimezone(timezone(timedelta(hours=-8))))
    assert clock.now() == START
    assert clock.now().utcoffset() == timedelta(0)


async def test_a_sleeper_wakes_when_its_time_has_come() -> None:
    """Not a second before."""
    clock = SimulatedClock(START)
    sleeping = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.advance(3599)
    await asyncio.sleep(0)
    assert not sleeping.done()
    clock.advance(1)
    await asyncio.wait_for(sleeping, 1)
    assert clock.now() == START + HOUR


async def test_sleeping_for_no_time_only_gives_way() -> None:
    """Zero and less end at once."""
    clock = SimulatedClock(START)
    await asyncio.wait_for(clock.sleep(0), 1)
    await asyncio.wait_for(clock.sleep(-5), 1)
    assert clock.next_wake() is None


async def test_a_cancelled_sleeper_is_forgotten() -> None:
    """It is not waited for, and wakes nobody."""
    clock = SimulatedClock(START)
    sleeping = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    sleeping.cancel()
    await asyncio.gather(sleeping, return_exceptions=True)
    assert clock.next_wake() is None


async def test_running_stops_at_every_sleeper() -> None:
    """A loop that sleeps an hour at a time is run once an hour, at its own times."""
    clock = SimulatedClock(START)
    seen: list[datetime] = []

    async def ticking() -> None:
        while True:
            await clock.sleep(3600)
            seen.append(clock.now())

    ticks = asyncio.create_task(ticking())
    await asyncio.sleep(0)
    await clock.run_until(START + 3 * HOUR + HOUR / 2)
    ticks.cancel()
    assert seen == [START + HOUR, START + 2 * HOUR, START + 3 * HOUR]
    assert clock.now() == START + 3 * HOUR + HOUR / 2


async def test_a_clock_put_back_wakes_nobody() -> None:
    """The user's clock may jump both ways."""
    clock = SimulatedClock(START)
    sleeping = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    clock.set(START - timedelta(days=1))
    await asyncio.sleep(0)
    assert not sleeping.done()
    sleeping.cancel()


# -- the user --------------------------------------------------------------------------


async def signed_in(**options: SimulatedClock) -> MemoryMailbox:
    """A mailbox that is connected."""
    mailbox = MemoryMailbox(**options)  # type: ignore[arg-type]
    await mailbox.connect()
    return mailbox


async def test_an_edited_draft_is_another_message() -> None:
    """Clients delete the old one and append another; the program leaves it alone."""
    mailbox = await signed_in()
    placed = await mailbox.append_draft("Drafts", DRAFT, START)
    assert placed.uid is not None
    print_ = fingerprint(mailbox.drafts()[0].data)
    edited = mailbox.user_edits(placed.uid, DRAFT.replace(b"Thank you", b"Many thanks"))
    assert edited > placed.uid
    removal = await mailbox.remove_draft("Drafts", "ours@home.example", print_)
    assert removal is Removal.CHANGED


async def test_a_sent_draft_moves_to_sent() -> None:
    """It leaves Drafts and lies in Sent, byte for byte."""
    mailbox = await signed_in()
    placed = await mailbox.append_draft("Drafts", DRAFT, START)
    mailbox.user_sends_draft(placed.uid or 0, START + HOUR)
    assert mailbox.drafts() == []
    assert [(mail.data, mail.arrived) for mail in mailbox.sent()] == [(DRAFT, START + HOUR)]


async def test_a_deleted_draft_is_gone() -> None:
    """The user's "no" to a step."""
    mailbox = await signed_in()
    placed = await mailbox.append_draft("Drafts", DRAFT, START)
    mailbox.user_deletes(placed.uid or 0)
    assert list(await mailbox.find("Drafts", "ours@home.example")) == []


async def test_a_folder_made_anew_has_another_generation() -> None:
    """Row 18: UIDVALIDITY changes, and the UIDs with it."""
    mailbox = await signed_in()
    mailbox.deliver(DRAFT, START)
    mailbox.user_deletes(mailbox.deliver(DRAFT, START), folder="INBOX")
    before = await mailbox.state("INBOX")
    mailbox.renumber("INBOX")
    after = await mailbox.state("INBOX")
    assert after.uidvalidity != before.uidvalidity
    assert (before.uidnext, after.uidnext) == (3, 2)


async def test_a_mailbox_off_line_says_so() -> None:
    """Every call raises ServerUnavailable until the network is back."""
    mailbox = await signed_in()
    mailbox.online = False
    with pytest.raises(ServerUnavailable):
        await mailbox.state("INBOX")
    with pytest.raises(ServerUnavailable):
        await mailbox.connect()
    mailbox.online = True
    assert (await mailbox.state("INBOX")).exists == 0


async def test_waiting_goes_by_the_simulated_clock() -> None:
    """A wait of an hour ends when the clock has been moved by one."""
    clock = SimulatedClock(START)
    mailbox = await signed_in(clock=clock)
    waiting = asyncio.create_task(mailbox.wait(3600))
    await asyncio.sleep(0.01)
    clock.advance(HOUR)
    assert await asyncio.wait_for(waiting, 1) is False
