"""Reading from servers that lie, mangle, cut and forget."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agent.adapters.imap import ImapMailbox
from agent.adapters.imap.reading import NEVER, chunks
from agent.errors import ProtocolError, ServerUnavailable
from agent.ports import RawMail
from tests.adapters.scripts import QUICK, mailbox_on
from tests.adapters.worlds import on_server
from tests.servers.dovecot import Dovecot
from tests.servers.outsider import NOON, Outsider
from tests.servers.scripted import Dialogue

BODY = b"From: a@x.example\r\nMessage-ID: <1@x.example>\r\n\r\nHello\r\n"


def described(uid: int, *, size: int = len(BODY), extra: bytes = b"") -> bytes:
    """A FETCH answer with what is asked first."""
    return (
        b'* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE "02-Nov-2026 12:00:00 +0000" FLAGS ()%b)'
        b"\r\n" % (uid, uid, size, extra)
    )


def bodied(uid: int, body: bytes = BODY, name: bytes = b"BODY[]") -> bytes:
    """A FETCH answer with a message."""
    return b"* %d FETCH (UID %d %b {%d}\r\n%b)\r\n" % (uid, uid, name, len(body), body)


def fetching(bodies: dict[int, Any], sizes: dict[int, bytes] | None = None) -> Any:
    """A server's FETCH: for each UID its answer to the first question, and to the second."""

    def script(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        uids = [int(word) for word in rest.split()[2].split(b",")]
        for uid in uids:
            if b"RFC822.SIZE" in rest:
                dialogue.say((sizes or {}).get(uid, described(uid) if uid in bodies else b""))
            elif callable(bodies.get(uid)):
                bodies[uid](dialogue)
            else:
                dialogue.say(bodies.get(uid, b""))
        dialogue.say(tag + b" OK done\r\n")

    return script


async def read(mailbox: ImapMailbox, *uids: int) -> list[RawMail]:
    """Every message that `fetch` yields."""
    return [mail async for mail in mailbox.fetch("INBOX", uids)]


# -- UIDs ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        b"* SEARCH 2\r\n{tag} OK done\r\n",
        b"* SEARCH 5 2 9 2\r\n{tag} OK done\r\n",
        b"* SEARCH 9\r\n* SEARCH 5\r\n{tag} OK done\r\n",
        b"* SEARCH 5 9 (MODSEQ 917162500)\r\n{tag} OK done\r\n",
        b"* search 9 5 \r\n* 12 EXISTS\r\n{tag} OK\r\n",
        b"* SEARCH\r\n{tag} OK done\r\n",
    ],
)
async def test_search_answers_of_every_kind(answer: bytes) -> None:
    """Row 19: the last message comes back though it lies below; lines split; numbers repeat."""
    exists = b"* 9 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK done\r\n"
    async with mailbox_on({"UID SEARCH": answer, "EXAMINE": exists}) as (mailbox, _):
        expected = [5, 9] if b"9" in answer.upper().partition(b"{TAG}")[0] else []
        assert list(await mailbox.uids("INBOX", above=4)) == expected


async def test_an_answer_that_cannot_be_read_is_named() -> None:
    """What is no use to anybody is a ProtocolError, never a traceback of the parser's."""
    answers = {
        "EXAMINE": b"* 4 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK done\r\n",
        "FETCH": b"* 4 FETCH (UID 41 FLAGS (\r\n{tag} OK done\r\n",
    }
    async with mailbox_on(answers) as (mailbox, _):
        with pytest.raises(ProtocolError, match="cannot be read"):
            await mailbox.state("INBOX")


async def test_an_unchanged_folder_costs_one_round_trip() -> None:
    """UIDNEXT says that nothing is new, and no search is made."""
    async with mailbox_on() as (mailbox, server):
        assert list(await mailbox.uids("INBOX", above=2)) == []
        assert not server.heard(b"SEARCH")


def test_long_lists_go_in_chunks() -> None:
    """Row 19: at most 200 UIDs and 1,000 bytes a command, ascending, without doubles."""
    wanted = [4_000_000_000 - number for number in range(500)] + [1, 1]
    made = list(chunks(wanted))
    assert [uid for chunk in made for uid in chunk] == sorted(set(wanted))
    assert all(len(chunk) <= 200 for chunk in made)
    assert all(len(",".join(map(str, chunk))) <= 1000 for chunk in made)


async def test_a_folder_without_uidnext_is_asked_for_its_last_uid() -> None:
    """UIDNEXT is only recommended in the answer to SELECT (RFC 3501, 6.3.1)."""
    answers = {
        "EXAMINE": b"* 4 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK done\r\n",
        "FETCH": b"* 4 FETCH (UID 41 FLAGS ())\r\n{tag} OK done\r\n",
    }
    async with mailbox_on(answers) as (mailbox, _):
        assert (await mailbox.state("INBOX")).uidnext == 42


# -- messages ---------------------------------------------------------------------------


async def test_only_peeking_and_only_examining() -> None:
    """Row 22: no command is ever sent that could mark a message as read."""
    script = fetching({1: bodied(1), 2: bodied(2)})
    async with mailbox_on({"UID FETCH": script}) as (mailbox, server):
        assert len(await read(mailbox, 1, 2)) == 2
        assert not server.heard(b"SELECT")
        assert not [line for line in server.heard(b"BODY") if b"BODY.PEEK" not in line]


async def test_a_mangled_answer_spoils_one_message_only() -> None:
    """Row 23: the others are read; the bad one comes empty, to be set aside."""
    script = fetching({1: bodied(1), 2: b'* 2 FETCH (UID 2 BODY[] "no end)\r\n', 3: bodied(3)})
    async with mailbox_on({"UID FETCH": script}) as (mailbox, _):
        mails = await read(mailbox, 1, 2, 3)
    assert [(mail.uid, mail.data, mail.complete) for mail in mails] == [
        (1, BODY, True),
        (2, b"", False),
        (3, BODY, True),
    ]


async def test_a_mangled_description_is_no_hindrance() -> None:
    """Row 23: where size and date cannot be read, the message still can."""
    script = fetching(
        {1: bodied(1), 2: bodied(2)},
        {1: described(1), 2: b"* 2 FETCH (UID 2 ENVELOPE (\r\n"},
    )
    async with mailbox_on({"UID FETCH": script}) as (mailbox, _):
        mails = await read(mailbox, 1, 2)
    assert [(mail.uid, mail.data) for mail in mails] == [(1, BODY), (2, BODY)]
    assert mails[1].arrived == NEVER


async def test_a_refused_fetch_spoils_one_message_only() -> None:
    """A NO names no message; each is asked for alone."""

    def script(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        uids = [int(word) for word in rest.split()[2].split(b",")]
        if b"RFC822.SIZE" in rest:
            dialogue.say(b"".join(described(uid) for uid in uids) + tag + b" OK done\r\n")
        elif 2 in uids:
            dialogue.say(tag + b" NO cannot read that one\r\n")
        else:
            dialogue.say(b"".join(bodied(uid) for uid in uids) + tag + b" OK done\r\n")

    async with mailbox_on({"UID FETCH": script}) as (mailbox, _):
        mails = await read(mailbox, 1, 2, 3)
    assert [(mail.uid, bool(mail.data)) for mail in mails] == [(1, True), (2, False), (3, True)]


async def test_a_message_expunged_between_two_questions_is_missing() -> None:
    """Row 21: described, then gone."""
    script = fetching({1: bodied(1), 2: b""}, {1: described(1), 2: described(2)})
    async with mailbox_on({"UID FETCH": script}) as (mailbox, _):
        assert [mail.uid for mail in await read(mailbox, 1, 2)] == [1]


async def test_what_nobody_asked_for_is_left_out() -> None:
    """Servers tell of other messages' flags in the middle of an answer."""
    noise = b"* 9 FETCH (FLAGS (\\Seen))\r\n* 8 FETCH (UID 8 FLAGS (\\Seen))\r\n* 9 EXISTS\r\n"
    script = fetching({1: noise + bodied(1)}, {1: noise + described(1)})
    async with mailbox_on({"UID FETCH": script}) as (mailbox, _):
        assert [mail.uid for mail in await read(mailbox, 1)] == [1]


async def test_a_long_message_is_cut_by_the_server() -> None:
    """Row 22: over the cap only the beginning crosses the wire, and that is said."""
    cut = bodied(1, BODY[:20], b"BODY[]<0>")
    script = fetching({1: cut, 2: bodied(2)}, {1: described(1, size=1001), 2: described(2)})
    async with mailbox_on({"UID FETCH": script}, size_cap=1000, cut_to=20) as (mailbox, server):
        mails = await read(mailbox, 1, 2)
        assert server.heard(b"BODY.PEEK[]<0.20>")
    assert [(mail.data, mail.complete) for mail in mails] == [(BODY[:20], False), (BODY, True)]


async def test_a_length_beyond_all_sense_is_not_believed() -> None:
    """A literal of a terabyte ends the connection, not our memory."""

    def boast(dialogue: Dialogue) -> None:
        dialogue.say(b"* 1 FETCH (UID 1 BODY[] {1099511627776}\r\n")

    async with mailbox_on({"UID FETCH": fetching({1: boast})}) as (mailbox, _):
        with pytest.raises(ServerUnavailable):
            await read(mailbox, 1)


async def test_a_message_that_always_breaks_the_link_is_given_up() -> None:
    """Row 20: after a few tries it comes empty, and what lies behind it is read."""

    def cut(dialogue: Dialogue) -> None:
        dialogue.hang_up()

    script = fetching({1: bodied(1), 2: cut, 3: bodied(3)})
    hasty = replace(QUICK, poison=0)
    async with mailbox_on({"UID FETCH": script}, timeouts=hasty) as (mailbox, server):
        seen: dict[int, bytes] = {}
        for _ in range(6):
            try:
                async for mail in mailbox.fetch("INBOX", [1, 2, 3]):
                    seen[mail.uid] = mail.data
                break
            except ServerUnavailable:
                await mailbox.connect()
        assert seen == {1: BODY, 2: b"", 3: BODY}
        assert server.heard(b"BODY.PEEK[]<0.")


async def test_a_bad_network_spoils_no_message() -> None:
    """Row 20: a message that breaks the link for less than ten minutes is tried again."""
    tries = iter(range(9))

    def cut(dialogue: Dialogue) -> None:
        if next(tries) < 8:
            dialogue.hang_up()
        dialogue.say(bodied(1, name=b"BODY[]<0>"))

    async with mailbox_on({"UID FETCH": fetching({1: cut})}) as (mailbox, _):
        for _ in range(8):
            with pytest.raises(ServerUnavailable):
                await read(mailbox, 1)
            await mailbox.connect()
        assert [mail.data for mail in await read(mailbox, 1)] == [BODY]


@pytest.mark.parametrize(
    ("date", "arrived"),
    [
        (b"NIL", datetime(2026, 10, 30, 8, 0, tzinfo=UTC)),
        (b'"yesterday"', datetime(2026, 10, 30, 8, 0, tzinfo=UTC)),
        (b'" 2-Nov-2026 07:00:00 -0500"', datetime(2026, 11, 2, 12, 0, tzinfo=UTC)),
    ],
)
async def test_a_time_of_arrival_that_is_missing(date: bytes, arrived: datetime) -> None:
    """Where the server names none, the message's own Date stands in."""
    body = b"Date: Fri, 30 Oct 2026 09:00:00 +0100\r\n\r\nx\r\n"
    line = b"* 1 FETCH (UID 1 RFC822.SIZE %d INTERNALDATE %b FLAGS ())\r\n" % (len(body), date)
    script = fetching({1: bodied(1, body)}, {1: line})
    async with mailbox_on({"UID FETCH": script}) as (mailbox, _):
        (mail,) = await read(mailbox, 1)
    assert mail.arrived == arrived


async def test_a_folder_made_anew_in_between_stops_the_reading() -> None:
    """Row 18: UIDs of another generation are never taken for those asked for."""
    validity = iter([b"7", b"8", b"8"])

    def examine(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        number = next(validity)
        dialogue.say(b"* 9 EXISTS\r\n* OK [UIDNEXT 10] ok\r\n* OK [UIDVALIDITY %b] ok\r\n" % number)
        dialogue.say(tag + b" OK done\r\n")

    script = fetching({1: bodied(1), 2: bodied(2)}, {2: described(2, size=10**9)})
    async with mailbox_on({"EXAMINE": examine, "UID FETCH": script}) as (mailbox, _):
        mails = mailbox.fetch("INBOX", [1, 2])
        assert (await anext(mails)).uidvalidity == 7
        await mailbox.state("Drafts")
        with pytest.raises(ServerUnavailable, match="anew"):
            await anext(mails)


@pytest.mark.parametrize("ending", [b"{tag} OK\r\n", b"{tag} OK done\n", b"{tag} OK \r\n"])
async def test_sloppy_line_ends_are_forgiven(ending: bytes) -> None:
    """An OK without text, or a bare LF."""
    examine = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\n* OK [UIDNEXT 9]\r\n" + ending
    async with mailbox_on({"EXAMINE": examine}) as (mailbox, _):
        state = await mailbox.state("INBOX")
    assert (state.exists, state.uidvalidity, state.uidnext) == (3, 7, 9)


async def test_bye_in_the_middle_is_a_dead_link() -> None:
    """Row 11: the server's last words are told, and the next call says there is no link."""
    bye = b"* BYE Session invalidated - AccessTokenExpired\r\n"
    async with mailbox_on({"UID SEARCH": bye}) as (mailbox, _):
        with pytest.raises(ServerUnavailable, match="AccessTokenExpired"):
            await mailbox.uids("INBOX")
        with pytest.raises(ServerUnavailable):
            await mailbox.state("INBOX")
        assert (await mailbox.connect()).drafts == "Drafts"


async def test_a_large_message_is_cut_on_dovecot(dovecot: Dovecot) -> None:
    """A real server cuts a real message."""
    outsider = Outsider(dovecot.host, dovecot.port, *dovecot.new_user())
    large = BODY + b"x" * 70 + b"\r\n" + b"0123456789\r\n" * 20_000
    uid = outsider.deliver(large, NOON)
    world = on_server(outsider, size_cap=100_000, cut_to=10_000)
    await world.mailbox.connect()
    (mail,) = await read(world.mailbox, uid)
    await world.mailbox.close()
    assert (mail.data, mail.complete) == (large[:10_000], False)
