"""Waiting for news: what servers do around IDLE, and what a dead link looks like."""

import asyncio
import selectors
import threading
import time
from typing import Any

import pytest

from agent.adapters.imap import ImapMailbox, ImapSettings, idle
from agent.errors import ServerUnavailable
from tests.adapters.scripts import QUICK, mailbox_on, settings_for
from tests.adapters.worlds import on_server
from tests.servers.dovecot import Dovecot
from tests.servers.outsider import Outsider
from tests.servers.scripted import Dialogue, scripted


def idling(*packets: bytes | float) -> Any:
    """A server's side of IDLE: packets, and pauses in seconds between them."""

    def script(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        for packet in packets:
            if isinstance(packet, bytes):
                dialogue.say(packet)
            else:
                time.sleep(packet)
        if dialogue.hear().upper() == b"DONE":
            dialogue.say(tag + b" OK done\r\n")

    return script


@pytest.mark.parametrize(
    "packets",
    [
        (b"+ idling\r\n* 3 EXISTS\r\n",),
        (b"* 3 EXISTS\r\n", b"+ idling\r\n"),
        (b"+ idling\r\n", b"* 3 EX", 0.05, b"ISTS\r", 0.05, b"\n"),
        (b"+ idl", 0.05, b"ing\r\n* 3", 0.05, b" EXISTS\r\n"),
        (b"+ idling\r\n", b"* OK Still here\r\n", b"* 1 EXPUNGE\r\n"),
        (b"+ idling\r\n", b"* 2 FETCH (FLAGS (\\Seen))\r\n"),
        (b"+ idling\r\n", b"* 1 RECENT\n"),
        (b"+\r\n", b"* 3 exists\r\n"),
    ],
    ids=["same packet", "before +", "in pieces", "+ in pieces", "expunge", "fetch", "LF", "bare +"],
)
async def test_news_is_heard_however_it_comes(packets: tuple[bytes | float, ...]) -> None:
    """Row 3: lines in the packet of "+ idling", before it, or in pieces are news."""
    async with mailbox_on({"IDLE": idling(*packets)}) as (mailbox, _):
        assert await mailbox.wait(10) is True  # what is not heard is False, in the end


async def test_small_talk_is_no_news() -> None:
    """ "OK Still here" wakes nobody."""
    talk = idling(b"+ idling\r\n", b"* OK Still here\r\n", b"* FLAGS (\\Seen)\r\n")
    async with mailbox_on({"IDLE": talk}) as (mailbox, _):
        assert await mailbox.wait(0.3) is False


def hanging_up(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
    """Say "+", then end the connection."""
    dialogue.say(b"+ idling\r\n")
    dialogue.hang_up()


class Looks:
    """The selectors module, which counts how often somebody begins to wait."""

    EVENT_READ = selectors.EVENT_READ

    def __init__(self) -> None:
        self.taken = 0

    def DefaultSelector(self) -> selectors.DefaultSelector:
        """A selector, as the module has them."""
        self.taken += 1
        return selectors.DefaultSelector()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """How often the waiting thread has gone to sleep."""
    counted = Looks()
    monkeypatch.setattr(idle, "selectors", counted)
    return counted


async def test_the_end_of_the_stream_is_told_at_once(looks: Looks) -> None:
    """Row 2: EOF is ServerUnavailable, after a look or two and not a loop at full speed."""
    async with mailbox_on({"IDLE": hanging_up}) as (mailbox, _):
        with pytest.raises(ServerUnavailable):
            await mailbox.wait(30)
        assert 1 <= looks.taken <= 3


async def test_a_bye_is_told_at_once() -> None:
    """Row 11: BYE while idling ends the wait, in the server's words."""
    async with mailbox_on({"IDLE": idling(b"+ idling\r\n* BYE Restarting\r\n")}) as (mailbox, _):
        with pytest.raises(ServerUnavailable, match="Restarting"):
            await mailbox.wait(30)


async def test_the_next_wait_opens_a_new_connection() -> None:
    """A broken waiting link is mended by the next `wait`, not by the working one."""
    scripts = iter([hanging_up, idling(b"+ idling\r\n* 3 EXISTS\r\n")])

    def in_turn(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        next(scripts)(dialogue, tag, rest)

    async with mailbox_on({"IDLE": in_turn}) as (mailbox, server):
        with pytest.raises(ServerUnavailable):
            await mailbox.wait(30)
        assert await mailbox.wait(10) is True
        assert server.connections == 3
        assert (await mailbox.state("INBOX")).exists == 2


async def test_idle_is_renewed_before_nat_forgets() -> None:
    """Row 1: after `reidle` seconds comes DONE and another IDLE, and nothing is lost between."""
    quick = QUICK.__class__(connect=3, read=1, reidle=0.2, poll=0.1, goodbye=0.2)
    async with mailbox_on({"IDLE": idling(b"+ idling\r\n")}, timeouts=quick) as (mailbox, server):
        assert await mailbox.wait(0.7) is False
        assert len(server.heard(b"IDLE")) >= 3


async def test_a_server_that_never_answers_done_is_dead() -> None:
    """Row 4: a link that does not answer in time is dropped."""

    def deaf(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        dialogue.say(b"+ idling\r\n")
        while True:
            dialogue.hear()

    quick = QUICK.__class__(connect=3, read=0.3, reidle=0.2, poll=0.1, goodbye=0.2)
    async with mailbox_on({"IDLE": deaf}, timeouts=quick) as (mailbox, _):
        with pytest.raises(ServerUnavailable, match="did not answer"):
            await mailbox.wait(20)


async def test_idle_stays_on_between_two_waits() -> None:
    """A wait that timed out costs the server nothing: no DONE, no second IDLE."""
    async with mailbox_on({"IDLE": idling(b"+ idling\r\n")}) as (mailbox, server):
        assert await mailbox.wait(0.1) is False
        assert await mailbox.wait(0.1) is False
        assert len(server.heard(b"IDLE")) == 1


async def test_without_idle_the_folder_is_polled() -> None:
    """Row 8: a server without IDLE is asked for its counts."""
    looks = iter([b"2 UIDNEXT 3", b"2 UIDNEXT 3"])

    def status(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        counts = next(looks, b"3 UIDNEXT 4")
        dialogue.say(b'* STATUS "INBOX" (MESSAGES ' + counts + b" UIDVALIDITY 7)\r\n")
        dialogue.say(tag + b" OK done\r\n")

    without = b"* CAPABILITY IMAP4rev1 UIDPLUS\r\n{tag} OK done\r\n"
    async with mailbox_on({"CAPABILITY": without, "STATUS": status}) as (mailbox, server):
        assert await mailbox.wait(10) is True
        assert not server.heard(b"IDLE")


async def test_polling_in_vain_ends_with_its_time() -> None:
    """A poll that finds nothing new is no news."""
    without = b"* CAPABILITY IMAP4rev1 UIDPLUS\r\n{tag} OK done\r\n"
    async with mailbox_on({"CAPABILITY": without}) as (mailbox, server):
        assert await mailbox.wait(0.35) is False
        assert len(server.heard(b"STATUS")) >= 3


@pytest.mark.parametrize("refusal", [b"{tag} BAD no\r\n", b"+ idling\r\n{tag} OK enough\r\n"])
async def test_a_server_that_will_not_idle_is_polled(refusal: bytes) -> None:
    """One that refuses IDLE, or ends each at once, is polled from the next wait on."""
    async with mailbox_on({"IDLE": refusal}) as (mailbox, server):
        with pytest.raises(ServerUnavailable, match="polled"):
            await mailbox.wait(10)
        assert await mailbox.wait(0.3) is False
        assert len(server.heard(b"IDLE")) == 1
        assert server.heard(b"STATUS")


async def test_a_clock_that_jumps_drops_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 9: after a suspend the link is as good as dead, whatever the socket says."""

    class Jumping:
        """The time module, on a machine that sleeps an hour between any two looks."""

        monotonic = staticmethod(time.monotonic)
        hours = 0

        @classmethod
        def time(cls) -> float:
            """An hour later each time."""
            cls.hours += 1
            return time.time() + 3600 * cls.hours

    async with mailbox_on({"IDLE": idling(b"+ idling\r\n")}) as (mailbox, _):
        monkeypatch.setattr(idle, "time", Jumping)
        with pytest.raises(ServerUnavailable, match="slept"):
            await mailbox.wait(20)


async def test_no_thread_is_left_behind() -> None:
    """After `close`, with a wait called off before, both threads end."""

    def ours() -> list[threading.Thread]:
        return [one for one in threading.enumerate() if one.name in ("imap test", "idle test")]

    async with mailbox_on({"IDLE": idling(b"+ idling\r\n")}) as (mailbox, _):
        waiting = asyncio.create_task(mailbox.wait(60))
        await asyncio.sleep(0.2)
        assert len(ours()) == 2
        waiting.cancel()
    for thread in ours():
        await asyncio.to_thread(thread.join, 5)
    assert ours() == []


async def test_closing_ends_a_wait_that_is_under_way() -> None:
    """Whoever waits is let go when the mailbox is closed."""
    async with mailbox_on({"IDLE": idling(b"+ idling\r\n")}) as (mailbox, _):
        waiting = asyncio.create_task(mailbox.wait(60))
        await asyncio.sleep(0.2)
        await mailbox.close()
        with pytest.raises(ServerUnavailable):
            await asyncio.wait_for(waiting, 30)  # half of what it would wait


async def test_closing_wakes_a_thread_that_hangs() -> None:
    """A server that has fallen silent in the middle of a command holds up no stop."""

    def silent(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        dialogue.hear()

    slow = QUICK.__class__(connect=3, read=60, reidle=300, poll=0.1, goodbye=0.2)
    async with mailbox_on({"EXAMINE": silent}, timeouts=slow) as (mailbox, _):
        looking = asyncio.create_task(mailbox.state("INBOX"))
        await asyncio.sleep(0.2)
        await mailbox.close()
        with pytest.raises(ServerUnavailable):
            await asyncio.wait_for(looking, 30)  # half of what it would read


async def test_at_most_two_connections_are_open() -> None:
    """Row 12: connecting again says goodbye on the old connections first."""
    async with mailbox_on({"IDLE": idling(b"+ idling\r\n")}) as (mailbox, server):
        for _ in range(3):
            await mailbox.wait(0.05)
            await mailbox.connect()
        logouts = len(server.heard(b"LOGOUT"))
        assert server.connections - logouts <= 2


async def test_a_sign_in_that_comes_too_late_is_dropped() -> None:
    """A mailbox that was closed while it signed in is not left with a connection."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        begun.set()
        go_on.wait(5)
        dialogue.say(tag + b" OK welcome\r\n")

    with scripted({"LOGIN": slow}) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        connecting = asyncio.create_task(mailbox.connect())
        await asyncio.to_thread(begun.wait, 5)
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        go_on.set()
        for thread in [one for one in threading.enumerate() if one.name == "imap test"]:
            await asyncio.to_thread(thread.join, 5)
        with pytest.raises(ServerUnavailable):
            await mailbox.state("INBOX")
        assert not server.heard(b"LIST")
        await mailbox.close()


async def test_a_wait_called_off_while_it_signs_in_leaves_nothing() -> None:
    """The half-open connection is dropped, and the next wait opens a whole one."""
    begun, go_on = threading.Event(), threading.Event()
    logins = iter([False, True, False])

    def slow(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        if next(logins):
            begun.set()
            go_on.wait(5)
        dialogue.say(tag + b" OK welcome\r\n")

    news = idling(b"+ idling\r\n* 3 EXISTS\r\n")
    async with mailbox_on({"LOGIN": slow, "IDLE": news}) as (mailbox, server):
        waiting = asyncio.create_task(mailbox.wait(60))
        await asyncio.to_thread(begun.wait, 5)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        go_on.set()
        assert await mailbox.wait(10) is True
        assert len(server.heard(b"IDLE")) == 1


async def test_a_missing_folder_is_not_taken_for_a_server_that_cannot_idle() -> None:
    """What goes wrong before IDLE says nothing about IDLE."""
    refusals = iter([b"NO [UNAVAILABLE] not now", b"OK [READ-ONLY] done"])

    def examine(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        dialogue.say(b"* 2 EXISTS\r\n" + tag + b" " + next(refusals) + b"\r\n")

    news = idling(b"+ idling\r\n* 3 EXISTS\r\n")
    async with mailbox_on({"EXAMINE": examine, "IDLE": news}) as (mailbox, _):
        with pytest.raises(ServerUnavailable, match="not now"):
            await mailbox.wait(10)
        assert await mailbox.wait(10) is True


async def test_news_comes_through_tls(dovecot: Dovecot) -> None:
    """TLS hides waiting bytes from `select`; they are found all the same."""
    outsider = Outsider(dovecot.host, dovecot.port, *dovecot.new_user())
    settings = ImapSettings(
        "test", "localhost", outsider.user, port=dovecot.tls_port, ca_file=dovecot.ca_file
    )
    mailbox = ImapMailbox(settings, lambda: outsider.password)
    await mailbox.connect()
    await mailbox.state("INBOX")
    assert await mailbox.wait(0.05) is False
    for number in range(3):
        await asyncio.to_thread(outsider.deliver, b"Subject: %d\r\n\r\nx\r\n" % number)
        assert await asyncio.wait_for(mailbox.wait(20), 10) is True
        while await mailbox.wait(0.6):
            pass
    await mailbox.close()


async def test_waiting_costs_no_cpu(dovecot: Dovecot, looks: Looks) -> None:
    """Row 2: an idle second is idle, one sleep from its beginning to its end."""
    world = on_server(Outsider(dovecot.host, dovecot.port, *dovecot.new_user()))
    await world.mailbox.connect()
    await world.mailbox.wait(0.05)
    before = looks.taken
    assert await world.mailbox.wait(1) is False
    assert 1 <= looks.taken - before <= 3
    await world.mailbox.close()
