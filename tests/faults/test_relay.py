"""Reading, idling and drafting through a network that fails at any byte, on a real Dovecot."""

import asyncio
import time
from datetime import timedelta

import pytest

from agent.domain.followup import FollowUpStatus
from agent.errors import ServerUnavailable
from bench.fire.work import one_pass
from tests.faults.conftest import TALK, THANKS, Household
from tests.mails import invitation
from tests.servers.relay import Fault, Kind

S = FollowUpStatus


def offsets(most: int, step: int) -> list[int]:
    """Bytes of a dialogue, spread over it; at its beginning, densely."""
    return [*range(0, 60, 20), *range(60, most, step)]


def mails(count: int) -> list[bytes]:
    """Invitations, each by its own Message-ID."""
    return [
        invitation(TALK + timedelta(days=n), uid=f"talk-{n}@acme.example") for n in range(count)
    ]


# -- reading -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("kind", ["cut", "hang_up"])
async def test_reading_survives_a_cut_at_any_byte(
    household: Household, kind: Kind, way: str
) -> None:
    """Each message is recorded once, wherever the link breaks, again and again."""
    await household.deliver(*mails(3))
    for at in offsets(6000 if way == "down" else 1500, 900 if way == "down" else 250):
        household.relay.arm(Fault(kind, way, at))  # type: ignore[arg-type]
    await household.work(tries=40)
    told = [fact.thread.message_id for app in household.store.applications() for fact in app.facts]
    assert household.breaks >= 5
    assert sorted(told) == [f"talk-{n}@acme.example.0" for n in range(3)]
    assert household.store.aside() == []


async def test_a_dialogue_in_single_bytes_is_a_dialogue(household: Household) -> None:
    """Every line and every TLS record comes in pieces, in both directions."""
    await household.deliver(*mails(1))
    for way, most in (("down", 9000), ("up", 1200)):
        household.relay.arm(
            *(Fault("split", way, at) for at in range(0, most, 600))  # type: ignore[arg-type]
        )
    await household.work()
    assert household.breaks == 0
    assert len(household.store.applications()) == 1


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("kind", ["stall", "drop", "half"])
async def test_a_link_that_is_half_dead_is_dropped_in_time(
    household: Household, kind: Kind, way: str
) -> None:
    """Row 1: nothing comes any more, in one direction or both; the read time limit ends it."""
    await household.deliver(*mails(1))
    household.relay.arm(Fault(kind, way, 2500 if way == "down" else 900))  # type: ignore[arg-type]
    began = time.monotonic()
    await household.work()
    assert household.breaks == 1
    assert time.monotonic() - began < 10
    assert len(household.store.applications()) == 1


async def test_a_server_that_refuses_is_tried_again(household: Household) -> None:
    """Row 9: connections that are closed at once, then one that holds."""
    await household.deliver(*mails(1))
    household.relay.arm(*(Fault("refuse") for _ in range(4)))
    await household.work()
    assert household.breaks == 4
    assert len(household.store.applications()) == 1


async def test_three_days_without_a_network_lose_nothing(household: Household) -> None:
    """Mail that came meanwhile is read; what could not be written in time is listed instead."""
    await household.invited()
    household.relay.down = True
    await household.leave()
    for _ in range(3):
        with pytest.raises(ServerUnavailable):
            await household.context.mailboxes["home"].connect()
        household.clock.advance(timedelta(days=1))
    late = invitation(THANKS + timedelta(days=2), uid="talk-2@acme.example")
    await household.deliver(late, at=household.clock.now() - timedelta(days=1))
    household.relay.down = False
    await household.work()
    stands = {f.key.split(":", 1)[1]: f.status for f in household.followups()}
    (thanks,) = [status for key, status in stands.items() if "2026-03-04" in key and "thank" in key]
    assert thanks is S.LAPSED
    told = {f.thread.message_id for a in household.store.applications() for f in a.facts}
    assert {"talk-1@acme.example.0", "talk-2@acme.example.0"} <= told


# -- idling ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["cut", "hang_up", "half"])
async def test_a_link_that_dies_while_idling_is_told(household: Household, kind: Kind) -> None:
    """Row 2: no spinning and no silence: ServerUnavailable, and the next wait works."""
    mailbox = household.context.mailboxes["home"]
    await household.work()
    waiting = asyncio.create_task(mailbox.wait(20))
    await asyncio.sleep(0.3)
    household.relay.arm(Fault(kind, "down", 0))
    await household.deliver(*mails(1))
    with pytest.raises(ServerUnavailable):
        await asyncio.wait_for(waiting, 10)
    assert await asyncio.wait_for(mailbox.wait(10), 10) is True


async def test_news_in_single_bytes_is_news(household: Household) -> None:
    """Row 3: a notice that comes byte by byte."""
    mailbox = household.context.mailboxes["home"]
    await household.work()
    waiting = asyncio.create_task(mailbox.wait(20))
    await asyncio.sleep(0.3)
    household.relay.arm(Fault("split", "down", 0))
    await household.deliver(*mails(1))
    assert await asyncio.wait_for(waiting, 10) is True


# -- drafting ----------------------------------------------------------------------------------

AT_ITS_WORST = [
    ("up", b" APPEND ", 0),
    ("up", b"\\Seen)", 40),
    ("down", b"+ OK", 0),
    ("up", b"Content-Type", 0),
    ("up", b"Content-Type", 300),
    ("down", b"APPENDUID", 0),
    ("down", b"Append completed", 4),
]


@pytest.mark.parametrize("way_in", ["plain"], indirect=True)
@pytest.mark.parametrize("kind", ["cut", "hang_up", "late", "stall"])
@pytest.mark.parametrize("where", AT_ITS_WORST, ids=lambda w: f"{w[1].decode().strip()}+{w[2]}")
async def test_a_draft_is_placed_once_wherever_the_link_breaks(
    household: Household, kind: Kind, where: tuple[str, bytes, int]
) -> None:
    """Row 26: before, in and behind the APPEND; even where its bytes arrive after we have gone."""
    way, word, at = where
    await household.invited()
    household.relay.arm(Fault(kind, way, at, 0.45, after=word))  # type: ignore[arg-type]
    await household.work()
    household.clock.advance(120)
    await household.work()
    assert len(household.relay.fired) == 1
    assert len(await household.drafts()) == 1
    assert [f.status for f in household.followups() if f.does("thank_you")] == [S.DRAFTED]


@pytest.mark.parametrize("way", ["up", "down"])
async def test_a_draft_is_placed_once_through_tls(household: Household, way: str) -> None:
    """Row 26: at any byte of the whole dialogue."""
    await household.invited()
    for at in offsets(5000 if way == "down" else 3500, 500):
        household.relay.arm(Fault("hang_up", way, at))  # type: ignore[arg-type]
    await household.work(tries=40)
    household.clock.advance(120)
    await household.work(tries=40)
    assert household.breaks >= 5
    assert len(await household.drafts()) == 1


@pytest.mark.parametrize("way_in", ["plain"], indirect=True)
@pytest.mark.parametrize("kind", ["cut", "hang_up"])
@pytest.mark.parametrize(
    "where",
    [("up", b"+FLAGS"), ("down", b"OK Store"), ("up", b"UID EXPUNGE"), ("down", b"VANISHED")],
    ids=lambda where: f"{where[1].decode()}-{where[0]}",
)
async def test_a_draft_is_taken_back_wherever_the_link_breaks(
    household: Household, kind: Kind, where: tuple[str, bytes]
) -> None:
    """Row 29: ours goes and nothing else; its going is not taken for a no by the user."""
    await household.invited()
    await household.work()
    await household.deliver(b"Subject: mine\r\n\r\nKeep this\r\n", folder="Drafts")
    before = await household.drafts()
    moved = invitation(
        TALK + timedelta(days=2), written=THANKS, uid="talk-1@acme.example", sequence=1
    )
    await household.deliver(moved, at=household.clock.now())
    household.relay.arm(Fault(kind, where[0], 8, after=where[1]))  # type: ignore[arg-type]
    await household.work()
    after = await household.drafts()
    assert len(household.relay.fired) == 1
    assert len(before) == 2
    assert len(after) == 1
    assert set(after.items()) <= set(before.items())
    household.clock.advance(timedelta(minutes=30))
    await household.work()
    assert S.DECLINED not in {f.status for f in household.followups()}


@pytest.mark.parametrize("way_in", ["plain"], indirect=True)
async def test_a_draft_stored_minutes_too_late_is_made_one_again(household: Household) -> None:
    """Row 26: held back in between until it was looked for in vain, and appended once more."""
    await household.invited()
    household.relay.arm(Fault("late", "up", 80, 3.0, after=b"Draft "))
    with pytest.raises(ServerUnavailable):
        await one_pass(household.context)
    await household.leave()
    household.clock.advance(120)
    household.anew()
    await one_pass(household.context)
    (kept,) = (await household.drafts()).items()
    for _ in range(80):  # the first one is on its way
        if len(await household.drafts()) == 2:
            break
        await asyncio.sleep(0.1)
    else:
        raise AssertionError("the first append was never stored")
    household.clock.advance(300)
    await one_pass(household.context)
    assert list((await household.drafts()).items()) == [kept]
    assert [f.status for f in household.followups() if f.does("thank_you")] == [S.DRAFTED]
