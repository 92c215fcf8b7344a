"""The contract of the Mailbox port, held by memory, pymap, Dovecot, Cyrus and Courier alike."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from agent.adapters.demo_servers import pymap_server
from agent.adapters.memory import MemoryMailbox
from agent.errors import ProtocolError, ServerUnavailable
from agent.mail.fingerprint import fingerprint
from agent.ports import Changed, FolderState, RawMail, Removal
from tests.adapters.worlds import MemoryWorld, World, below_inbox, on_server
from tests.servers.outsider import Outsider

if TYPE_CHECKING:
    from tests.servers.dovecot import Dovecot
    from tests.servers.rooted import Rooted


def mail(number: int, body: str = "Hello") -> bytes:
    """A small message with a Message-ID of its own."""
    return (
        "From: Ann <ann@acme.example>\r\nTo: me@home.example\r\n"
        f"Subject: Number {number}\r\nMessage-ID: <{number}@acme.example>\r\n"
        f"Date: Mon, 2 Nov 2026 12:00:00 +0000\r\n\r\n{body}\r\n"
    ).encode()


def draft(message_id: str = "ours-1@home.example", body: str = "Thank you") -> bytes:
    """A draft as the program composes it."""
    return (
        "From: me@home.example\r\nTo: ann@acme.example\r\nSubject: Thanks\r\n"
        f"Message-ID: <{message_id}>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


#: What a server does not do: Cyrus answers nothing at all where one UID of a set is absurd.
_NOT_THERE = {"cyrus": ("test_a_uid_that_never_was_is_missing",)}


@pytest_asyncio.fixture(params=["memory", "pymap", "dovecot", "cyrus", "courier"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A signed-in, empty mailbox, and the world around it."""
    async with _world(request) as made:
        await made.mailbox.connect()
        # Only now: a server that is missing, or lets nobody in, is no failure to be expected.
        if request.node.originalname in _NOT_THERE.get(request.param, ()):
            request.applymarker(pytest.mark.xfail(reason=f"not on {request.param}", strict=True))
        yield made
        await made.mailbox.close()


@asynccontextmanager
async def _world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    if request.param == "memory":
        yield MemoryWorld(MemoryMailbox())
    elif request.param == "pymap":
        async with pymap_server({"alice": "secret"}) as (host, port):
            yield on_server(Outsider(host, port, "alice", "secret"))
    else:
        server: Dovecot | Rooted = request.getfixturevalue(request.param)
        outsider = Outsider(server.host, server.port, *server.new_user())
        yield (below_inbox if request.param == "courier" else on_server)(outsider)


async def fetched(world: World, folder: str, uids: list[int]) -> list[RawMail]:
    """Every message that `fetch` yields."""
    return [found async for found in world.mailbox.fetch(folder, uids)]


async def placed_draft(world: World, data: bytes | None = None) -> tuple[int, str]:
    """Append a draft of our own; its UID and fingerprint."""
    placed = await world.mailbox.append_draft("Drafts", data or draft(), NOON)
    assert placed.uid is not None
    (found,) = await fetched(world, "Drafts", [placed.uid])
    return placed.uid, fingerprint(found.data)


NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


# -- folders -------------------------------------------------------------------------


async def test_connecting_finds_the_folders(world: World) -> None:
    """`connect` names INBOX, Drafts and Sent."""
    folders = await world.mailbox.connect()
    assert (folders.inbox, folders.drafts, folders.sent) == (("INBOX",), "Drafts", "Sent")


async def test_state_counts_messages(world: World) -> None:
    """`state` tells UIDVALIDITY, how many there are, and the next UID."""
    before = await world.mailbox.state("INBOX")
    uids = await world.deliver(mail(1), mail(2))
    after = await world.mailbox.state("INBOX")
    assert (before.exists, after.exists) == (0, 2)
    assert after.uidvalidity == before.uidvalidity > 0
    assert before.uidnext <= uids[0]
    assert after.uidnext == uids[1] + 1


async def test_several_folders_are_told_of_as_each_alone(world: World) -> None:
    """By whatever command: after mail came, and after mail went."""
    for step in range(3):
        if step == 1:
            (uid,) = await world.deliver(mail(1), folder="Sent")
        if step == 2:
            await world.remove(uid, folder="Sent")
        together = await world.mailbox.states(("INBOX", "Sent"), glances=("Drafts",))
        assert {"INBOX", "Sent"} <= set(together)
        for name, state in together.items():
            assert state == await world.mailbox.state(name), step


async def test_an_unknown_folder_is_a_protocol_error(world: World) -> None:
    """A folder that is not there is named in the error."""
    with pytest.raises(ProtocolError, match="Darfts"):
        await world.mailbox.state("Darfts")


# -- reading ---------------------------------------------------------------------------


async def test_uids_come_in_order(world: World) -> None:
    """`uids` gives every UID, ascending."""
    delivered = await world.deliver(mail(1), mail(2), mail(3))
    assert list(await world.mailbox.uids("INBOX")) == delivered


async def test_uids_above_one(world: World) -> None:
    """`above` leaves out that UID and those below."""
    first, second, third = await world.deliver(mail(1), mail(2), mail(3))
    assert list(await world.mailbox.uids("INBOX", above=first)) == [second, third]


async def test_nothing_lies_above_the_last_uid(world: World) -> None:
    """`n:*` beyond the end gives nothing, though servers answer with the last message."""
    *_, last = await world.deliver(mail(1), mail(2))
    assert list(await world.mailbox.uids("INBOX", above=last)) == []
    assert list(await world.mailbox.uids("INBOX", above=last + 5)) == []


async def test_an_empty_folder_has_no_uids(world: World) -> None:
    """Nothing is nothing, and no error."""
    assert list(await world.mailbox.uids("INBOX")) == []
    assert await fetched(world, "INBOX", [1, 2]) == []


async def test_uids_since_a_day(world: World) -> None:
    """`since` goes by the day of arrival."""
    await world.deliver(mail(1), at=NOON - timedelta(days=3))
    (second,) = await world.deliver(mail(2), at=NOON)
    assert list(await world.mailbox.uids("INBOX", since=date(2026, 11, 2))) == [second]


async def test_a_message_comes_byte_for_byte(world: World) -> None:
    """`fetch` gives the bytes, where they lie, and that they are whole."""
    data = mail(1, "Grüße, naïve ünïcode")
    (uid,) = await world.deliver(data)
    state = await world.mailbox.state("INBOX")
    (found,) = await fetched(world, "INBOX", [uid])
    assert (found.data, found.complete) == (data, True)
    assert (found.folder, found.uidvalidity, found.uid) == ("INBOX", state.uidvalidity, uid)


async def test_the_time_of_arrival_is_in_utc(world: World) -> None:
    """`arrived` is the internal date, aware, in UTC."""
    there = datetime(2026, 11, 2, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    (uid,) = await world.deliver(mail(1), at=there)
    (found,) = await fetched(world, "INBOX", [uid])
    assert found.arrived == there
    assert found.arrived.utcoffset() == timedelta(0)


async def test_flags_are_told(world: World) -> None:
    """Flags come without \\Recent, which is nobody's."""
    (uid,) = await world.deliver(mail(1), flags=("\\Seen", "\\Flagged"))
    (found,) = await fetched(world, "INBOX", [uid])
    assert found.flags == {"\\Seen", "\\Flagged"}


async def test_expunged_messages_are_missing(world: World) -> None:
    """A UID that is gone is left out; the others come in order."""
    first, second, third = await world.deliver(mail(1), mail(2), mail(3))
    await world.remove(second, "INBOX")
    found = await fetched(world, "INBOX", [third, second, first])
    assert [one.uid for one in found] == [first, third]


async def test_a_uid_that_never_was_is_missing(world: World) -> None:
    """A UID far beyond the newest spoils nothing."""
    first, second = await world.deliver(mail(1), mail(2))
    found = await fetched(world, "INBOX", [first, second, 4_000_000_000])
    assert [one.uid for one in found] == [first, second]


async def test_many_messages_come_in_chunks(world: World) -> None:
    """More UIDs than fit into one command are all read, each once."""
    delivered = await world.deliver(*(mail(number) for number in range(230)))
    found = await fetched(world, "INBOX", delivered)
    assert [one.uid for one in found] == delivered
    assert len({one.data for one in found}) == 230


async def test_two_folders_are_read_by_turns(world: World) -> None:
    """A fetch that is under way is not confused by looking at another folder."""
    delivered = await world.deliver(*(mail(number) for number in range(60)))
    found = []
    async for one in world.mailbox.fetch("INBOX", delivered):
        found.append(one.uid)
        if len(found) == 1:
            await world.mailbox.state("Sent")
    assert found == delivered


async def test_reading_changes_nothing(world: World) -> None:
    """Looking, searching and reading leave every flag and byte as it was."""
    delivered = await world.deliver(mail(1), mail(2))
    await world.deliver(mail(3), folder="Drafts", flags=("\\Draft",))
    before = await world.snapshot()
    for folder in ("INBOX", "Drafts", "Sent"):
        await world.mailbox.state(folder)
        await fetched(world, folder, list(await world.mailbox.uids(folder)))
        await world.mailbox.find(folder, "1@acme.example")
    assert len(delivered) == 2
    assert await world.snapshot() == before


# -- finding -----------------------------------------------------------------------------


async def test_a_message_is_found_by_its_id(world: World) -> None:
    """`find` gives the UIDs of all that carry the Message-ID, brackets or not."""
    uids = await world.deliver(mail(1), mail(2), mail(1))
    assert list(await world.mailbox.find("INBOX", "1@acme.example")) == [uids[0], uids[2]]


async def test_a_part_of_an_id_finds_nothing(world: World) -> None:
    """Servers search for substrings; a longer id is another message's."""
    await world.deliver(mail(11))
    assert list(await world.mailbox.find("INBOX", "1@acme.example")) == []


async def test_an_unknown_id_finds_nothing(world: World) -> None:
    """An id that nobody carries gives an empty list."""
    await world.deliver(mail(1))
    assert list(await world.mailbox.find("INBOX", "2@acme.example")) == []


@pytest.mark.parametrize(
    "forged",
    ["x@a.example\r\nA9 UID EXPUNGE 1:*", "x@a.example\nA9 LOGOUT", "x\0@a.example", "", "<>"],
)
async def test_a_forged_id_finds_nothing_and_harms_nothing(world: World, forged: str) -> None:
    """Row 39: a line break or NUL in a Message-ID never reaches the server."""
    await world.deliver(mail(1), flags=("\\Deleted",))
    before = await world.snapshot()
    assert list(await world.mailbox.find("INBOX", forged)) == []
    assert await world.snapshot() == before
    assert (await world.mailbox.state("INBOX")).exists == 1


async def test_an_id_with_quotes_is_found(world: World) -> None:
    """Quotes and backslashes in an id are escaped, not believed."""
    odd = '"a\\\\b c"@acme.example'
    (uid,) = await world.deliver(mail(1).replace(b"1@acme.example", odd.encode()))
    assert list(await world.mailbox.find("INBOX", '"a\\\\bc"@acme.example')) == [uid]


# -- drafts --------------------------------------------------------------------------------


async def test_a_draft_is_stored_as_one(world: World) -> None:
    """A draft carries \\Draft and \\Seen, its own time, and the bytes given."""
    placed = await world.mailbox.append_draft("Drafts", draft(), NOON)
    state = await world.mailbox.state("Drafts")
    assert placed.uidvalidity == state.uidvalidity
    assert list(await world.mailbox.find("Drafts", "ours-1@home.example")) == [placed.uid]
    (found,) = await fetched(world, "Drafts", [placed.uid or 0])
    assert found.flags == {"\\Draft", "\\Seen"}
    assert (found.arrived, found.data) == (NOON, draft())


async def test_a_memo_is_new_mail(world: World) -> None:
    """Unread and no draft, with its own time; found by its id, and not ours to remove."""
    placed = await world.mailbox.append_memo("INBOX", draft(), NOON)
    assert list(await world.mailbox.find("INBOX", "ours-1@home.example")) == [placed.uid]
    (found,) = await fetched(world, "INBOX", [placed.uid or 0])
    assert not found.flags & {"\\Draft", "\\Seen"}
    assert (found.arrived, found.data) == (NOON, draft())
    removal = await world.mailbox.remove_draft(
        "INBOX", "ours-1@home.example", fingerprint(found.data)
    )
    assert removal is Removal.CHANGED


async def test_a_draft_with_bare_line_ends_is_stored_with_crlf(world: World) -> None:
    """What composes with "\\n" need not care about the wire."""
    uid, _ = await placed_draft(world, draft().replace(b"\r\n", b"\n"))
    (found,) = await fetched(world, "Drafts", [uid])
    assert found.data == draft()


async def test_an_untouched_draft_is_removed_and_nothing_else(world: World) -> None:
    """Even messages that somebody marked as deleted stay (no bare EXPUNGE)."""
    await world.deliver(mail(1), folder="Drafts", flags=("\\Draft", "\\Deleted"))
    await world.deliver(mail(2), flags=("\\Deleted",))
    before = await world.snapshot()
    _, print_ = await placed_draft(world)
    removal = await world.mailbox.remove_draft("Drafts", "ours-1@home.example", print_)
    assert removal is Removal.REMOVED
    await world.mailbox.state("INBOX")
    assert await world.snapshot() == before


async def test_a_removed_draft_is_gone(world: World) -> None:
    """A second removal, or one after the user's, finds nothing."""
    uid, print_ = await placed_draft(world)
    await world.remove(uid)
    removal = await world.mailbox.remove_draft("Drafts", "ours-1@home.example", print_)
    assert removal is Removal.GONE


async def test_an_edited_draft_is_left_alone(world: World) -> None:
    """Other bytes under the same Message-ID are the user's."""
    uid, print_ = await placed_draft(world)
    await world.remove(uid)
    edited = draft(body="Thank you so much")
    await world.deliver(edited, folder="Drafts", flags=("\\Draft", "\\Seen"))
    before = await world.snapshot()
    removal = await world.mailbox.remove_draft("Drafts", "ours-1@home.example", print_)
    assert removal is Removal.CHANGED
    assert await world.snapshot() == before


async def test_a_message_that_is_no_draft_any_more_is_left_alone(world: World) -> None:
    """Without \\Draft it may be a sent copy that somebody keeps there."""
    uid, print_ = await placed_draft(world)
    await world.set_flags(uid, "\\Seen")
    before = await world.snapshot()
    removal = await world.mailbox.remove_draft("Drafts", "ours-1@home.example", print_)
    assert removal is Removal.CHANGED
    assert await world.snapshot() == before


async def test_two_of_one_id_are_both_left_alone(world: World) -> None:
    """Where a client made a copy, nobody can say which one is ours."""
    _, print_ = await placed_draft(world)
    await placed_draft(world)
    before = await world.snapshot()
    removal = await world.mailbox.remove_draft("Drafts", "ours-1@home.example", print_)
    assert removal is Removal.CHANGED
    assert await world.snapshot() == before


# -- waiting -----------------------------------------------------------------------------------


async def test_waiting_ends_when_mail_arrives(world: World) -> None:
    """`wait` is True soon after the server gives notice."""
    await world.mailbox.state("INBOX")
    assert await world.mailbox.wait(0.05) is False
    waiting = asyncio.create_task(world.mailbox.wait(20))
    await world.deliver(mail(1))
    assert await asyncio.wait_for(waiting, 10) is True


async def test_waiting_ends_without_news(world: World) -> None:
    """`wait` is False after its time, and not before."""
    began = time.monotonic()
    assert await world.mailbox.wait(0.3) is False
    assert 0.3 <= time.monotonic() - began < 3


async def test_mail_between_the_sweep_and_the_wait_is_news(world: World) -> None:
    """What arrives after a folder was read and before waiting begins is not slept over."""
    await world.mailbox.state("INBOX")
    await world.deliver(mail(1))
    assert await asyncio.wait_for(world.mailbox.wait(20), 10) is True


async def test_mail_between_two_waits_is_news(world: World) -> None:
    """What arrives while nobody waits is told to the next who does."""
    await world.mailbox.state("INBOX")
    assert await world.mailbox.wait(0.05) is False
    await world.deliver(mail(1))
    assert await asyncio.wait_for(world.mailbox.wait(20), 10) is True


async def test_waiting_can_be_called_off(world: World) -> None:
    """A cancelled `wait` returns at once, and another can follow."""
    waiting = asyncio.create_task(world.mailbox.wait(60))
    await asyncio.sleep(0.2)
    began = time.monotonic()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await world.mailbox.wait(0.05) is False
    assert time.monotonic() - began < 3


async def test_working_goes_on_while_waiting(world: World) -> None:
    """The two connections do not stand in each other's way."""
    waiting = asyncio.create_task(world.mailbox.wait(20))
    await asyncio.sleep(0.1)
    assert (await world.mailbox.state("Drafts")).exists == 0
    await world.deliver(mail(1))
    assert await asyncio.wait_for(waiting, 10) is True


# -- one draft twice --------------------------------------------------------------------------

LATER = NOON + timedelta(minutes=2)
FLAGS = (r"\Draft", r"\Seen")


async def test_of_two_copies_of_ours_the_younger_goes(world: World) -> None:
    """Both untouched, each arrived when we appended it; the other one and all else stay."""
    uid, print_ = await placed_draft(world)
    (late,) = await world.deliver(draft(), at=LATER, folder="Drafts", flags=FLAGS)
    await world.deliver(draft("another@home.example"), folder="Drafts", flags=FLAGS)
    before = await world.snapshot()
    removal = await world.mailbox.remove_twin(
        "Drafts", "ours-1@home.example", print_, [NOON, LATER]
    )
    assert removal is Removal.REMOVED
    after = await world.snapshot()
    assert list(await world.mailbox.find("Drafts", "ours-1@home.example")) == [uid]
    left = {
        folder: {each: kept for each, kept in mails.items() if each != late}  # type: ignore[attr-defined]
        for folder, mails in before.items()
    }
    assert after == left


async def test_a_copy_that_arrived_at_another_time_is_not_ours(world: World) -> None:
    """Nothing at all is changed."""
    _, print_ = await placed_draft(world)
    await world.deliver(draft(), at=LATER, folder="Drafts", flags=FLAGS)
    before = await world.snapshot()
    appended = [NOON, LATER + timedelta(seconds=5)]
    removal = await world.mailbox.remove_twin("Drafts", "ours-1@home.example", print_, appended)
    assert removal is Removal.CHANGED
    assert await world.snapshot() == before


async def test_a_draft_without_a_twin_is_left_alone(world: World) -> None:
    """However often we appended it."""
    _, print_ = await placed_draft(world)
    before = await world.snapshot()
    removal = await world.mailbox.remove_twin(
        "Drafts", "ours-1@home.example", print_, [NOON, LATER]
    )
    assert removal is Removal.GONE
    assert await world.snapshot() == before


# -- what has changed ---------------------------------------------------------------------------


async def known_drafts(world: World) -> tuple[FolderState, dict[str, int]]:
    """Two drafts, and Drafts as it was when they were last looked at."""
    lying = {}
    for name in ("one@home.example", "two@home.example"):
        lying[name], _ = await placed_draft(world, draft(name))
    return await world.mailbox.state("Drafts"), lying


async def test_nothing_has_changed(world: World) -> None:
    """A folder that is as it was says so."""
    before, lying = await known_drafts(world)
    found = await world.mailbox.changed("Drafts", before, lying)
    assert found == Changed(before, frozenset())


async def test_a_draft_that_went_is_told(world: World) -> None:
    """That one and no other; and from then on the folder is as it is now."""
    before, lying = await known_drafts(world)
    await world.remove(lying["one@home.example"])
    found = await world.mailbox.changed("Drafts", before, lying)
    assert found.ids == {"one@home.example"}
    assert found.state == await world.mailbox.state("Drafts")
    rest = {"two@home.example": lying["two@home.example"]}
    assert (await world.mailbox.changed("Drafts", found.state, rest)).ids == frozenset()


async def test_a_draft_written_anew_under_its_id_is_told(world: World) -> None:
    """A second one of the same Message-ID has come, though the first is still there."""
    before, lying = await known_drafts(world)
    await world.deliver(draft("two@home.example", "Edited"), folder="Drafts")
    found = await world.mailbox.changed("Drafts", before, lying)
    assert found.ids == {"two@home.example"}


async def test_what_is_not_ours_changes_nothing_of_ours(world: World) -> None:
    """Others come and go, and flags change: none of the known drafts is named."""
    (other,) = await world.deliver(mail(1), folder="Drafts")
    before, lying = await known_drafts(world)
    await world.deliver(mail(2), folder="Drafts")
    await world.remove(other)
    await world.set_flags(lying["one@home.example"], r"\Draft", r"\Flagged")
    found = await world.mailbox.changed("Drafts", before, lying)
    assert found.ids == frozenset()
    assert found.state != before


async def test_what_is_known_may_be_of_another_connection(world: World) -> None:
    """What was seen before a restart serves after it."""
    before, lying = await known_drafts(world)
    await world.mailbox.close()
    await world.remove(lying["two@home.example"])
    await world.mailbox.connect()
    found = await world.mailbox.changed("Drafts", before, lying)
    assert found.ids == {"two@home.example"}


# -- the end --------------------------------------------------------------------------------------


async def test_after_closing_nothing_works_until_connecting(world: World) -> None:
    """A closed mailbox says so; `connect` opens it again."""
    await world.deliver(mail(1))
    await world.mailbox.close()
    with pytest.raises(ServerUnavailable):
        await world.mailbox.state("INBOX")
    with pytest.raises(ServerUnavailable):
        await world.mailbox.wait(0.1)
    await world.mailbox.connect()
    assert (await world.mailbox.state("INBOX")).exists == 1


async def test_closing_twice_is_no_error(world: World) -> None:
    """`close` never raises."""
    await world.mailbox.close()
    await world.mailbox.close()
    with pytest.raises(ServerUnavailable):
        await world.mailbox.uids("INBOX")
