"""Changes alone (QRESYNC, RFC 7162): what is asked, what is believed, and what it costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from agent.adapters.imap.answers import modseq_in, uid_ranges
from agent.ports import Changed, FolderState
from tests.adapters.scripts import mailbox_on
from tests.servers.scripted import Dialogue

OFFERS = b"* CAPABILITY IMAP4rev1 IDLE UIDPLUS ENABLE CONDSTORE QRESYNC\r\n{tag} OK done\r\n"
ENABLED = b"* ENABLED QRESYNC\r\n{tag} OK done\r\n"
BEFORE = FolderState("Drafts", 7, 51, 40, 1000)
LYING = {"one@home.example": 11, "two@home.example": 12}


@dataclass
class Folder:
    """Drafts at a server that keeps modification sequences, as one EXAMINE tells it."""

    validity: int = 7
    uidnext: int = 51
    exists: int = 40
    modseq: bytes = b"[HIGHESTMODSEQ 1000]"
    news: bytes = b""
    refuses: bytes = b""
    headers: dict[int, bytes] = field(default_factory=dict)

    def examine(self, dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        resync = b"QRESYNC" in rest
        if resync and self.refuses:
            return dialogue.say(tag + self.refuses)
        return dialogue.say(
            b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] ok\r\n* OK [UIDNEXT %d] ok\r\n"
            % (self.exists, self.validity, self.uidnext)
            + (b"* OK %b ok\r\n" % self.modseq if self.modseq else b"")
            + (self.news if resync else b"")
            + tag
            + b" OK [READ-ONLY] done\r\n"
        )

    def fetch(self, dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        asked = [int(n) for n in rest.split(b" ")[2].split(b",")]
        for uid in [uid for uid in asked if uid in self.headers]:
            text = b"Message-ID: <" + self.headers[uid] + b">\r\n\r\n"
            name = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
            dialogue.say(b"* 1 FETCH (UID %d %b {%d}\r\n%b)\r\n" % (uid, name, len(text), text))
        dialogue.say(tag + b" OK done\r\n")

    def answers(self, **other: Any) -> dict[str, Any]:
        usual = {
            "CAPABILITY": OFFERS,
            "ENABLE": ENABLED,
            "EXAMINE": self.examine,
            "UID FETCH": self.fetch,
            "UID SEARCH": b"* SEARCH 50\r\n{tag} OK done\r\n",
        }
        return usual | {name.replace("_", " "): answer for name, answer in other.items()}


@contextmanager
def commands(server: Any) -> Iterator[list[bytes]]:
    """What is sent within the block, without tags."""
    before, sent = len(server.commands), []
    yield sent
    sent += [line.split(b" ", 1)[1] for line in server.commands[before:]]


async def found_in(folder: Folder, **other: Any) -> tuple[Changed, list[bytes]]:
    """What `changed` makes of it, and what was sent for that."""
    async with mailbox_on(folder.answers(**other)) as (mailbox, server):
        with commands(server) as sent:
            found = await mailbox.changed("Drafts", BEFORE, LYING)
    return found, sent


ASKED = b'EXAMINE "Drafts" (QRESYNC (7 1000))'


async def test_an_unchanged_folder_costs_one_round_trip() -> None:
    """However large it is, and however many drafts are known in it."""
    found, sent = await found_in(Folder())
    assert sent == [ASKED]
    assert found == Changed(BEFORE, frozenset())


async def test_what_vanished_is_in_the_same_answer() -> None:
    """VANISHED (EARLIER), as ranges; it may name UIDs that never were."""
    news = b"* VANISHED (EARLIER) 1:3,12,40:41\r\n"
    found, sent = await found_in(Folder(exists=38, modseq=b"[HIGHESTMODSEQ 1007]", news=news))
    assert sent == [ASKED]
    assert found.ids == {"two@home.example"}
    assert found.state == FolderState("Drafts", 7, 51, 38, 1007)


async def test_flags_that_changed_cost_nothing_more() -> None:
    """They are told, and are nothing to us."""
    news = b"* 9 FETCH (UID 12 FLAGS (\\Draft \\Flagged) MODSEQ (1003))\r\n"
    found, sent = await found_in(Folder(modseq=b"[HIGHESTMODSEQ 1003]", news=news))
    assert sent == [ASKED]
    assert found.ids == frozenset()


async def test_of_what_came_the_ids_are_read() -> None:
    """One more round trip, for the new messages alone."""
    news = b"* 41 FETCH (UID 51 FLAGS (\\Draft) MODSEQ (1004))\r\n"
    folder = Folder(uidnext=52, exists=41, modseq=b"[HIGHESTMODSEQ 1004]", news=news)
    folder.headers = {51: b"two@home.example"}
    found, sent = await found_in(folder)
    assert len(sent) == 2
    assert sent[1].startswith(b"UID FETCH 51 ")
    assert found.ids == {"two@home.example"}


HEADERS = {11: b"one@home.example"}
LIARS = {
    "goes back": Folder(exists=39, modseq=b"[HIGHESTMODSEQ 999]"),
    "keeps none any more": Folder(exists=39, modseq=b"[NOMODSEQ]"),
    "says nothing": Folder(exists=39, modseq=b""),
    "is no number": Folder(exists=39, modseq=b"[HIGHESTMODSEQ many]"),
    "64 bits": Folder(exists=39, modseq=b"[HIGHESTMODSEQ 18446744073709551615]"),
    "stands still": Folder(exists=39),
    "hides what vanished": Folder(exists=39, modseq=b"[HIGHESTMODSEQ 1007]"),
    "hides what came": Folder(uidnext=52, exists=41, modseq=b"[HIGHESTMODSEQ 1007]"),
    "UIDNEXT goes back": Folder(uidnext=30, exists=39, modseq=b"[HIGHESTMODSEQ 1007]"),
    "refuses with NO": Folder(exists=39, refuses=b" NO not now\r\n"),
    "refuses with BAD": Folder(exists=39, refuses=b" BAD unknown parameter\r\n"),
}


@pytest.mark.parametrize("folder", LIARS.values(), ids=LIARS.keys())
async def test_what_does_not_add_up_is_not_believed(folder: Folder) -> None:
    """Then the folder is opened in the plain way, and the known messages are looked at."""
    folder.headers = HEADERS
    found, sent = await found_in(folder)
    assert sent[:2] == [ASKED, b'EXAMINE "Drafts"']
    assert sent[2].startswith(b"UID FETCH 11,12 ")
    assert found.ids == {"two@home.example"}


async def test_another_uidvalidity_means_that_all_has_changed() -> None:
    """Whatever else is said."""
    found, _ = await found_in(Folder(validity=8, news=b"* VANISHED (EARLIER) 1\r\n"))
    assert found.ids == set(LYING)


@pytest.mark.parametrize(
    "answer",
    [
        b"{tag} OK done\r\n",
        b"{tag} NO no\r\n",
        b"{tag} BAD what?\r\n",
        b"* ENABLED X\r\n{tag} OK\r\n",
    ],
    ids=["silent", "no", "bad", "another"],
)
async def test_a_server_that_offers_but_does_not_enable_is_asked_plainly(answer: bytes) -> None:
    """QRESYNC must be enabled before it may be used (RFC 7162, 3.2.3)."""
    found, sent = await found_in(Folder(), ENABLE=answer)
    assert sent == [b'EXAMINE "Drafts"']
    assert found == Changed(BEFORE, frozenset())


async def test_without_a_sequence_to_start_from_none_is_asked_for() -> None:
    """NOMODSEQ when it was last looked at: 0 is no modification sequence (RFC 7162, 7)."""
    before = FolderState("Drafts", 7, 51, 40)
    async with mailbox_on(Folder().answers()) as (mailbox, server):
        with commands(server) as sent:
            await mailbox.changed("Drafts", before, LYING)
    assert sent[0] == b'EXAMINE "Drafts"'


async def test_a_server_that_refused_once_is_not_asked_again() -> None:
    """Not on the same connection."""
    folder = Folder(refuses=b" BAD unknown parameter\r\n")
    async with mailbox_on(folder.answers()) as (mailbox, server):
        await mailbox.changed("Drafts", BEFORE, LYING)
        with commands(server) as sent:
            await mailbox.changed("Drafts", BEFORE, LYING)
    assert sent == [b'EXAMINE "Drafts"']


# -- several folders at once -------------------------------------------------------------------

ALL = OFFERS.replace(b" ENABLE", b" LIST-EXTENDED LIST-STATUS ENABLE")
THREE = b'* LIST () "/" INBOX\r\n* LIST (\\Drafts) "/" Drafts\r\n* LIST (\\Sent) "/" Sent\r\n'
STATUS = (
    b'* STATUS "INBOX" (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 HIGHESTMODSEQ 12)\r\n'
    b"* STATUS Sent (UIDVALIDITY 8 HIGHESTMODSEQ 0 UIDNEXT 4 MESSAGES 2)\r\n"
    b"* STATUS {6}\r\nDrafts (MESSAGES 40 UIDNEXT 51 UIDVALIDITY 7 HIGHESTMODSEQ 1000)\r\n"
)
GLANCE = (
    b'LIST "" ("INBOX" "Sent" "Drafts") RETURN '
    b"(STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))"
)


def listing(status: bytes = STATUS, end: bytes = b" OK done\r\n") -> Any:
    """A LIST that tells of each folder's status where it is asked to."""

    def answer(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        if b"RETURN" in rest:
            dialogue.say(THREE + status + tag + end)
        else:
            dialogue.say(THREE + tag + b" OK done\r\n")

    return answer


async def glanced(**other: Any) -> tuple[dict[str, FolderState], list[bytes]]:
    """What the second look at the folders finds, and what was sent for it."""
    answers = Folder().answers(CAPABILITY=ALL, LIST=listing(), CLOSE=b"{tag} OK done\r\n")
    async with mailbox_on(answers | other) as (mailbox, server):
        await mailbox.states(("INBOX", "Sent"), glances=("Drafts",))
        with commands(server) as sent:
            found = await mailbox.states(("INBOX", "Sent"), glances=("Drafts",))
    return dict(found), sent


async def test_all_folders_cost_one_round_trip() -> None:
    """LIST-STATUS (RFC 5819), once no folder is open; a name may come as a literal."""
    found, sent = await glanced()
    assert sent == [b"CLOSE", GLANCE]
    assert found == {
        "INBOX": FolderState("INBOX", 7, 9, 3, 12),
        "Sent": FolderState("Sent", 8, 4, 2, 0),
        "Drafts": BEFORE,
    }


PLAIN = [b'EXAMINE "INBOX"', b'EXAMINE "Sent"']


@pytest.mark.parametrize(
    "answer",
    [
        listing(b"", b" NO not now\r\n"),
        listing(b"", b" BAD what?\r\n"),
        listing(b""),
        listing(b"* STATUS INBOX (MESSAGES 3)\r\n* STATUS Sent (UIDNEXT 0 UIDVALIDITY 8)\r\n"),
        listing(b"* STATUS Elsewhere (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7)\r\n"),
        listing(b"* STATUS INBOX NIL\r\n"),
    ],
    ids=["no", "bad", "nothing", "too little", "another", "nil"],
)
async def test_what_one_command_does_not_tell_is_looked_at_in_the_plain_way(answer: Any) -> None:
    """A folder whose answer is missing, or lacks a number, is opened."""
    found, sent = await glanced(LIST=answer)
    assert sent[-2:] == PLAIN
    assert set(found) == {"INBOX", "Sent"}


async def test_one_command_that_was_refused_is_not_sent_again() -> None:
    """Not on the same connection."""
    answers = Folder().answers(CAPABILITY=ALL, LIST=listing(b"", b" BAD what?\r\n"))
    async with mailbox_on(answers) as (mailbox, server):
        for _ in range(2):
            await mailbox.states(("INBOX", "Sent"))
        with commands(server) as sent:
            await mailbox.states(("INBOX", "Sent"))
    assert sent == PLAIN


async def test_a_name_that_would_be_a_pattern_is_looked_at_in_the_plain_way() -> None:
    """`%` and `*` are wildcards of LIST, and may stand in a folder's name."""
    answers = Folder().answers(CAPABILITY=ALL, LIST=listing())
    async with mailbox_on(answers) as (mailbox, server):
        for _ in range(2):
            with commands(server) as sent:
                await mailbox.states(("INBOX", "100%"))
    assert sent == [PLAIN[0], b'EXAMINE "100%"']


async def test_a_server_without_such_a_command_is_not_asked() -> None:
    """One EXAMINE each, and none for a glance."""
    _, sent = await glanced(CAPABILITY=OFFERS)
    assert sent == PLAIN


async def test_now_and_then_each_folder_is_opened() -> None:
    """STATUS may come from a cache: at the start, and then once an hour."""
    answers = Folder().answers(CAPABILITY=ALL, LIST=listing())
    async with mailbox_on(answers) as (mailbox, server):
        with commands(server) as sent:
            for _ in range(25):
                await mailbox.states(("INBOX", "Sent"))
    assert sent.count(PLAIN[0]) == 3


async def test_after_news_each_folder_is_opened() -> None:
    """What IDLE told of is not looked for in a cache."""
    answers = Folder().answers(CAPABILITY=ALL, LIST=listing())
    answers["IDLE"] = b"+ idling\r\n* 41 EXISTS\r\n"
    async with mailbox_on(answers) as (mailbox, server):
        await mailbox.states(("INBOX", "Sent"))
        assert await mailbox.wait(5)
        with commands(server) as sent:
            await mailbox.states(("INBOX", "Sent"))
    assert sent == PLAIN


@pytest.mark.parametrize(
    ("told", "number"),
    [
        (None, 0),
        ([b"1"], 1),
        ([b"9223372036854775807"], 2**63 - 1),
        ([b"9223372036854775808"], 0),
        ([b"99999999999999999999"], 0),
        ([b"-5"], 0),
        ([b""], 0),
    ],
)
def test_modification_sequences_have_63_bits(told: object, number: int) -> None:
    """RFC 7162, 3.1; what is none is 0."""
    assert modseq_in(told) == number


def test_ranges_are_not_unfolded() -> None:
    """Four thousand million UIDs take no room; a range may be written backwards."""
    assert list(uid_ranges(b"(EARLIER) 4:2,1:4294967295")) == [range(2, 5), range(1, 2**32)]
    assert list(uid_ranges(b"(EARLIER) x,5:y,7")) == [range(7, 8)]
