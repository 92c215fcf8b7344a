"""Drafts on servers that lack extensions, lie about searches, or are full."""

from typing import Any

import pytest

from agent.adapters.imap import ImapMailbox
from agent.errors import ProtocolError, ServerUnavailable
from agent.mail.fingerprint import fingerprint
from agent.ports import Removal
from tests.adapters.scripts import mailbox_on
from tests.adapters.worlds import on_server
from tests.servers.dovecot import Dovecot
from tests.servers.outsider import NOON, Outsider
from tests.servers.scripted import Dialogue

ID = "ours-1@home.example"
DRAFT = f"From: me@home.example\r\nMessage-ID: <{ID}>\r\n\r\nThank you\r\n".encode()


def appending(answer: bytes, taken: list[bytes] | None = None) -> Any:
    """A server's APPEND: take the message, then answer (or hang up on nothing)."""

    def script(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        size = int(rest.rpartition(b"{")[2].rstrip(b"}"))
        dialogue.say(b"+ go on\r\n")
        message = dialogue.file.read(size)
        dialogue.hear()
        if taken is not None:
            taken.append(message)
        if not answer:
            dialogue.hang_up()
        dialogue.say(answer.replace(b"{tag}", tag))

    return script


# -- append ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "uid"),
    [
        (b"{tag} OK [APPENDUID 7 41] done\r\n", 41),
        (b"{tag} OK [appenduid 7  41] done\r\n", 41),
        (b"{tag} OK done\r\n", None),
        (b"{tag} OK\r\n", None),
        (b"{tag} OK [APPENDUID 7] done\r\n", None),
        (b"{tag} OK [APPENDUID seven forty-one] done\r\n", None),
        (b"* 3 EXISTS\r\n{tag} OK [APPENDUID 7 41:41] done\r\n", 41),
        (b"{tag} OK [\xff\xfe] d\xf6ne\r\n", None),
    ],
)
async def test_once_stored_nothing_is_raised(answer: bytes, uid: int | None) -> None:
    """Row 27: whatever follows OK, the draft lies there and is not stored twice."""
    taken: list[bytes] = []
    async with mailbox_on({"APPEND": appending(answer, taken)}) as (mailbox, server):
        placed = await mailbox.append_draft("Drafts", DRAFT, NOON)
        (command,) = server.heard(b"APPEND")
    assert (placed.uid, placed.uidvalidity, taken) == (uid, 7, [DRAFT])
    assert b"(\\Draft \\Seen)" in command
    assert b'"02-Nov-2026 12:00:00 +0000"' in command


async def test_a_link_that_breaks_after_the_message_leaves_it_unknown() -> None:
    """Row 26: ServerUnavailable, so that the caller looks before appending again."""
    async with mailbox_on({"APPEND": appending(b"")}) as (mailbox, _):
        with pytest.raises(ServerUnavailable):
            await mailbox.append_draft("Drafts", DRAFT, NOON)


async def test_an_append_without_an_answer_is_not_repeated_at_once() -> None:
    """Row 26: a slow server may store it after we have looked in vain; so it is looked for later."""
    async with mailbox_on({"APPEND": appending(b"")}) as (mailbox, server):
        with pytest.raises(ServerUnavailable):
            await mailbox.append_draft("Drafts", DRAFT, NOON)
        await mailbox.connect()
        with pytest.raises(ServerUnavailable, match="looked for again") as caught:
            await mailbox.append_draft("Drafts", DRAFT, NOON)
        assert len(server.heard(b"APPEND")) == 1
        assert 60 < (caught.value.retry_after or 0) <= 90


async def test_a_full_mailbox_is_tried_again_much_later() -> None:
    """Row 30: OVERQUOTA keeps us away for hours."""
    full = appending(b"{tag} NO [OVERQUOTA] Quota exceeded (mailbox for user is full)\r\n")
    async with mailbox_on({"APPEND": full}) as (mailbox, _):
        with pytest.raises(ServerUnavailable, match="full") as caught:
            await mailbox.append_draft("Drafts", DRAFT, NOON)
    assert (caught.value.retry_after or 0) >= 3600


async def test_a_full_mailbox_on_dovecot(dovecot: Dovecot) -> None:
    """A real quota, exceeded."""
    world = on_server(Outsider(dovecot.host, dovecot.port, *dovecot.new_user(small=True)))
    await world.mailbox.connect()
    with pytest.raises(ServerUnavailable, match="full"):
        await world.mailbox.append_draft("Drafts", DRAFT + b"x" * 40_000, NOON)
    await world.mailbox.close()


async def test_a_refused_draft_is_a_protocol_error() -> None:
    """Any other NO, in the server's words; nothing was stored."""
    refusal = appending(b"{tag} NO [CANNOT] no drafts here\r\n")
    async with mailbox_on({"APPEND": refusal}) as (mailbox, _):
        with pytest.raises(ProtocolError, match="no drafts here"):
            await mailbox.append_draft("Drafts", DRAFT, NOON)


async def test_a_folder_that_vanished_is_named() -> None:
    """TRYCREATE means that Drafts is gone; we create nothing."""
    gone = b"{tag} NO [TRYCREATE] Mailbox doesn't exist: Drafts\r\n"
    async with mailbox_on({"APPEND": gone}) as (mailbox, server):
        with pytest.raises(ProtocolError, match="Drafts"):
            await mailbox.append_draft("Drafts", DRAFT, NOON)
        assert not server.heard(b"CREATE")


# -- find ---------------------------------------------------------------------------------

HEADERS = b"Message-ID:\r\n <" + ID.encode() + b">\r\n\r\n"
FIELD = b"BODY[HEADER.FIELDS (MESSAGE-ID X-MICROSOFT-ORIGINAL-MESSAGE-ID)]"


def header(uid: int, fields: bytes = HEADERS) -> bytes:
    """A FETCH answer with the identifying fields."""
    return b"* %d FETCH (UID %d %b {%d}\r\n%b)\r\n" % (uid, uid, FIELD, len(fields), fields)


async def test_a_hit_that_is_another_message_is_not_believed() -> None:
    """Row 18: the header decides, not the search."""
    answers = {
        "UID SEARCH": b"* SEARCH 1 2\r\n{tag} OK done\r\n",
        "UID FETCH": header(1, b"Message-ID: <x" + ID.encode() + b">\r\n\r\n")
        + header(2)
        + b"{tag} OK done\r\n",
    }
    async with mailbox_on(answers) as (mailbox, _):
        assert list(await mailbox.find("Drafts", ID)) == [2]


@pytest.mark.parametrize(
    "search",
    [
        b"* SEARCH\r\n{tag} OK done\r\n",
        b"{tag} NO not searchable\r\n",
        b"{tag} BAD unknown key HEADER\r\n",
        b"* SEARCH 1\r\n{tag} OK done\r\n",
    ],
)
async def test_a_search_that_lies_is_backed_by_looking(search: bytes) -> None:
    """Row 26: where search finds nothing (or the wrong one), the newest are looked at."""
    answers = {
        "UID SEARCH": search,
        "UID FETCH": header(1, b"Message-ID: <other@x.example>\r\n\r\n") + b"{tag} OK done\r\n",
        "FETCH": header(1, b"\r\n") + header(2) + b"{tag} OK done\r\n",
    }
    async with mailbox_on(answers) as (mailbox, server):
        assert list(await mailbox.find("Drafts", ID)) == [2]
        assert server.heard(b" FETCH 1,2 ")


async def test_outlooks_second_message_id_is_known() -> None:
    """Row 24: Outlook rewrites the Message-ID, and keeps ours in a field of its own."""
    fields = (
        b"Message-ID: <new@outlook.example>\r\nX-Microsoft-Original-Message-ID: <"
        + ID.encode()
        + b">\r\n\r\n"
    )
    answers = {
        "UID SEARCH": b"* SEARCH 2\r\n{tag} OK done\r\n",
        "UID FETCH": header(2, fields) + b"{tag} OK done\r\n",
    }
    async with mailbox_on(answers) as (mailbox, _):
        assert list(await mailbox.find("Sent", ID)) == [2]


# -- remove ----------------------------------------------------------------------------------


def holding(draft: bytes = DRAFT, flags: bytes = b"\\Draft \\Seen") -> dict[str, Any]:
    """A Drafts folder with our draft as UID 2."""
    present = [True]

    def fetch(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        if present[0] and b"HEADER" in rest:
            dialogue.say(header(2))
        elif present[0]:
            dialogue.say(
                b"* 2 FETCH (UID 2 FLAGS (%b) BODY[] {%d}\r\n%b)\r\n" % (flags, len(draft), draft)
            )
        dialogue.say(tag + b" OK done\r\n")

    def expunge(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        present[0] = False
        dialogue.say(b"* 2 EXPUNGE\r\n" + tag + b" OK done\r\n")

    return {
        "UID SEARCH": b"* SEARCH 2\r\n{tag} OK done\r\n",
        "UID FETCH": fetch,
        "UID STORE": b"{tag} OK done\r\n",
        "UID EXPUNGE": expunge,
    }


async def withdrawn(mailbox: ImapMailbox) -> Removal:
    """Wish our draft away."""
    return await mailbox.remove_draft("Drafts", ID, fingerprint(DRAFT))


async def test_one_uid_is_marked_and_expunged() -> None:
    """Row 29: UID STORE and UID EXPUNGE of that one, never EXPUNGE or CLOSE."""
    async with mailbox_on(holding()) as (mailbox, server):
        assert await withdrawn(mailbox) is Removal.REMOVED
        assert len(server.heard(b"UID STORE 2 +FLAGS.SILENT (\\Deleted)")) == 1
        assert len(server.heard(b"UID EXPUNGE 2")) == 1
        words = [line.split()[1].upper() for line in server.commands]
        assert not {b"EXPUNGE", b"CLOSE"} & set(words)


async def test_without_uidplus_nothing_is_touched() -> None:
    """Row 29: where one message cannot be expunged alone, it is left and said so."""
    capability = b"* CAPABILITY IMAP4rev1 IDLE\r\n{tag} OK done\r\n"
    async with mailbox_on({**holding(), "CAPABILITY": capability}) as (mailbox, server):
        assert await withdrawn(mailbox) is Removal.UNSUPPORTED
        assert not server.heard(b"STORE")
        assert not server.heard(b"SELECT")


@pytest.mark.parametrize(
    "answers",
    [
        holding(DRAFT.replace(b"Thank", b"Many thanks, and thank")),
        holding(flags=b"\\Seen"),
        {**holding(), "UID FETCH": header(2) + header(1) + b"{tag} OK done\r\n"},
        {**holding(), "UID SEARCH": b"* SEARCH 1 2\r\n{tag} OK done\r\n"}
        | {"UID FETCH": header(1) + header(2) + b"{tag} OK done\r\n"},
    ],
    ids=["edited", "no draft", "no body", "two"],
)
async def test_what_is_not_surely_ours_is_left_alone(answers: dict[str, Any]) -> None:
    """Row 28: from the user's first touch on it is theirs."""
    async with mailbox_on(answers) as (mailbox, server):
        assert await withdrawn(mailbox) is Removal.CHANGED
        assert not server.heard(b"STORE")


async def test_a_failed_expunge_takes_the_mark_back() -> None:
    """A draft that cannot be removed is left as it was, without our \\Deleted."""
    refusing = {**holding(), "UID EXPUNGE": b"{tag} NO not allowed\r\n"}
    async with mailbox_on(refusing) as (mailbox, server):
        with pytest.raises(ProtocolError, match="not allowed"):
            await withdrawn(mailbox)
        assert server.heard(b"UID STORE 2 -FLAGS.SILENT (\\Deleted)")


async def test_an_expunge_without_effect_takes_the_mark_back() -> None:
    """Some servers say OK and do nothing."""
    idle = {**holding(), "UID EXPUNGE": b"{tag} OK done\r\n"}
    async with mailbox_on(idle) as (mailbox, server):
        assert await withdrawn(mailbox) is Removal.UNSUPPORTED
        assert server.heard(b"UID STORE 2 -FLAGS.SILENT (\\Deleted)")


async def test_a_read_only_folder_is_said_so() -> None:
    """A folder that opens only for reading is no dead link."""
    read_only = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK [READ-ONLY] done\r\n"
    async with mailbox_on({**holding(), "SELECT": read_only}) as (mailbox, server):
        with pytest.raises(ProtocolError):
            await withdrawn(mailbox)
        assert not server.heard(b"STORE")
        assert (await mailbox.state("INBOX")).exists == 2


async def test_a_folder_made_anew_before_the_removal_is_left_alone() -> None:
    """Row 18: UID 2 of another generation is another message."""
    anew = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 8] ok\r\n{tag} OK [READ-WRITE] done\r\n"
    async with mailbox_on({**holding(), "SELECT": anew}) as (mailbox, server):
        assert await withdrawn(mailbox) is Removal.CHANGED
        assert not server.heard(b"STORE")
