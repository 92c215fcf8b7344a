"""What Dovecot never says, from transcripts: the whole pass over servers that behave like that."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUpStatus
from agent.errors import ServerUnavailable, SignInRefused
from agent.service.compose import write
from agent.service.context import Context
from bench.fire.work import Way, context_for, one_pass
from tests.adapters.scripts import mailbox_on, settings_for
from tests.faults.conftest import NOON, TALK, THANKS
from tests.mails import invitation
from tests.servers.scripted import Dialogue, ScriptedServer, scripted

Answer = Callable[[Dialogue, bytes, bytes], None]
STAMP = b'"02-Mar-2026 12:00:00 +0000"'


@dataclass
class Shelf:
    """A server with real folders in memory, whose single answers a test may spoil.

    `gmail` gives each message a name of its own, the same in whatever folder it is shown;
    `revives` takes an APPEND with a Message-ID that lies in the bin out of it again.
    """

    folders: dict[bytes, dict[int, bytes]] = field(
        default_factory=lambda: {b"INBOX": {}, b"Drafts": {}, b"Sent": {}, b"Bin": {}}
    )
    uidplus: bool = True
    gmail: bool = False
    uidvalidity: int = 7
    revives: bool = False
    lies: bool = False
    noise: bytes = b""
    selected: bytes = b"INBOX"
    nexts: dict[bytes, int] = field(default_factory=dict)

    def put(self, folder: bytes, data: bytes) -> int:
        uid = self.nexts.get(folder, 0) + 1
        self.nexts[folder] = uid
        self.folders[folder][uid] = data
        return uid

    def answers(self, **spoilt: Any) -> dict[str, Any]:
        """What `scripted` is to say."""
        plus = b" UIDPLUS" if self.uidplus else b""
        plus += b" X-GM-EXT-1" if self.gmail else b""
        usual: dict[str, Any] = {
            "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE" + plus + b"\r\n{tag} OK done\r\n",
            "LIST": b'* LIST () "/" INBOX\r\n* LIST (\\Drafts) "/" Drafts\r\n'
            b'* LIST (\\Sent) "/" Sent\r\n{tag} OK done\r\n',
            "EXAMINE": self._select,
            "SELECT": self._select,
            "UID SEARCH": self._search,
            "UID FETCH": self._fetch,
            "FETCH": self._fetch,
            "APPEND": self._append,
        }
        return usual | {name.replace("_", " "): answer for name, answer in spoilt.items()}

    def _select(self, dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        self.selected = rest.split(b" ")[1].strip(b'"')
        here = self.folders[self.selected]
        dialogue.say(
            self.noise
            + b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] ok\r\n* OK [UIDNEXT %d] ok\r\n"
            % (len(here), self.uidvalidity, self.nexts.get(self.selected, 0) + 1)
            + tag
            + b" OK done\r\n"
        )

    def _search(self, dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        here = self.folders[self.selected]
        found = sorted(here)
        if b"HEADER" in rest:
            wanted = rest.rpartition(b" ")[2].strip(b'"')
            found = [] if self.lies else [uid for uid, data in here.items() if wanted in data]
        words = b" ".join(b"%d" % uid for uid in found)
        dialogue.say(self.noise + b"* SEARCH " + words + b"\r\n" + tag + b" OK done\r\n")

    def _fetch(self, dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        here = self.folders[self.selected]
        by_uid = rest.upper().startswith(b"UID")
        numbers = rest.split(b" ")[2 if by_uid else 1]
        wanted = [int(n) for n in numbers.split(b",")]
        uids = wanted if by_uid else [uid for n, uid in enumerate(sorted(here), 1) if n in wanted]
        for number, uid in enumerate(sorted(here), 1):
            if uid in uids:
                dialogue.say(self.noise + self._described(number, uid, here[uid], rest))
        dialogue.say(tag + b" OK done\r\n")

    def _described(self, number: int, uid: int, data: bytes, rest: bytes) -> bytes:
        start = b"* %d FETCH (UID %d FLAGS (\\Draft) " % (number, uid)
        if b"RFC822.SIZE" in rest:
            name = b" X-GM-MSGID %d" % zlib.crc32(data) if b"X-GM-MSGID" in rest else b""
            return start + b"RFC822.SIZE %d INTERNALDATE %b%b)\r\n" % (len(data), STAMP, name)
        if b"HEADER.FIELDS" in rest:
            lines = [w for w in data.split(b"\r\n\r\n")[0].split(b"\r\n") if b"essage-I" in w[:11]]
            head = b"\r\n".join(lines) + b"\r\n\r\n"
            name = b"BODY[HEADER.FIELDS (MESSAGE-ID X-MICROSOFT-ORIGINAL-MESSAGE-ID)]"
            return start + name + b" {%d}\r\n%b)\r\n" % (len(head), head)
        return start + b"BODY[] {%d}\r\n%b)\r\n" % (len(data), data)

    def _append(self, dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        folder = rest.split(b" ")[1].strip(b'"')
        dialogue.say(self.noise + b"+ go on\r\n")
        data = dialogue.file.read(int(rest.rpartition(b"{")[2].rstrip(b"}")))
        dialogue.hear()
        known = [uid for uid, old in self.folders[b"Bin"].items() if _id(old) == _id(data)]
        if self.revives and known:
            data = self.folders[b"Bin"].pop(known[0])
        uid = self.put(folder, data)
        code = b"[APPENDUID 7 %d] " % uid if self.uidplus else b""
        dialogue.say(tag + b" OK " + code + b"done\r\n")


def _id(data: bytes) -> bytes:
    return data.partition(b"Message-ID:")[2].partition(b"\r\n")[0]


@dataclass
class Desk:
    """The program on such a server."""

    context: Context
    clock: SimulatedClock
    shelf: Shelf

    async def work(self) -> None:
        await one_pass(self.context)

    def drafts(self) -> int:
        return len(self.shelf.folders[b"Drafts"])

    def thanks(self) -> list[FollowUpStatus]:
        followups = self.context.store.followups(1)
        return [f.status for f in followups if f.does("thank_you")]


def desk_on(shelf: Shelf, mailbox: ImapMailbox, folder: Path) -> Desk:
    clock = SimulatedClock(NOON)
    store = SqliteStore(folder / "state.db")
    way = Way(1, "alice", "secret")
    shelf.put(b"INBOX", invitation(TALK).replace(b"\n", b"\r\n"))
    return Desk(context_for(way, store, mailbox, clock), clock, shelf)


async def thanked(shelf: Shelf, folder: Path, **spoilt: Any) -> Desk:
    """An invitation is read, and the thank-you is due: what a pass makes of it."""
    with scripted(shelf.answers(**spoilt)) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        desk = desk_on(shelf, mailbox, folder)
        for now in (NOON, THANKS, THANKS):
            desk.clock.set(now)
            for _ in range(3):
                try:
                    await desk.work()
                    break
                except ServerUnavailable:
                    desk.context.folders.clear()
        await mailbox.close()
    return desk


# -- what servers say out of turn -----------------------------------------------------------


@pytest.mark.parametrize(
    "noise",
    [
        b"",
        b"* 23 EXISTS\r\n* 0 RECENT\r\n",
        b"* OK Still here\r\n* OK [ALERT] Your mailbox is 95% full\r\n",
        b"* 1 FETCH (FLAGS (\\Seen))\r\n",
        b"* 3 EXPUNGE\r\n",
        b"* NO [ALERT] Server is shutting down soon\r\n",
        b"* FLAGS (\\Answered \\Seen)\r\n* OK [PERMANENTFLAGS ()] ok\r\n",
        b"* CAPABILITY IMAP4rev1\r\n",
    ],
    ids=["quiet", "exists", "alerts", "flags", "expunge", "shutting", "permanent", "capability"],
)
async def test_untagged_lines_before_anything_change_nothing(tmp_path: Path, noise: bytes) -> None:
    """Row 3: before `+`, before an answer, before OK: one message is read, one draft placed."""
    desk = await thanked(Shelf(noise=noise), tmp_path)
    assert len(desk.context.store.applications()) == 1
    assert desk.thanks() == [FollowUpStatus.DRAFTED]
    assert desk.drafts() == 1


@pytest.mark.parametrize("place", ["EXAMINE", "UID_SEARCH", "UID_FETCH", "APPEND", "LIST", "LOGIN"])
async def test_bye_anywhere_is_a_new_beginning(tmp_path: Path, place: str) -> None:
    """Row 11: BYE in place of any answer; the next connection goes on, and one draft is placed."""
    shelf = Shelf()
    left = [2]
    usual = shelf.answers().get(place.replace("_", " "), b"{tag} OK done\r\n")

    def bye(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        if left[0]:
            left[0] -= 1
            dialogue.say(b"* BYE Autologout; idle for too long\r\n")
            dialogue.hang_up()
        if callable(usual):
            usual(dialogue, tag, rest)
        else:
            dialogue.say(usual.replace(b"{tag}", tag))

    desk = await thanked(shelf, tmp_path, **{place: bye})
    if place == "APPEND":  # it is in doubt for a while: looked for, and not appended meanwhile
        assert desk.drafts() == 0
        assert FollowUpStatus.DRAFTED not in desk.thanks()
    else:
        assert (desk.drafts(), desk.thanks()) == (1, [FollowUpStatus.DRAFTED])
    assert desk.context.store.aside() == []


async def test_a_search_that_finds_nothing_doubles_nothing(tmp_path: Path) -> None:
    """Row 26: HEADER search lies; the draft is found by looking at the newest."""
    desk = await thanked(Shelf(lies=True), tmp_path)
    assert (desk.drafts(), desk.thanks()) == (1, [FollowUpStatus.DRAFTED])


async def test_a_server_without_uidplus_gets_one_draft(tmp_path: Path) -> None:
    """Row 27: no APPENDUID: it is found by its Message-ID."""
    desk = await thanked(Shelf(uidplus=False), tmp_path)
    assert (desk.drafts(), desk.thanks()) == (1, [FollowUpStatus.DRAFTED])


@pytest.mark.parametrize(
    "spoiler",
    [
        b'* 1 FETCH (UID 1 ENVELOPE ("Mon, 2 Mar" NIL ((NIL NIL "a" )) FLAGS ())\r\n',
        b'* 1 FETCH (UID 1 BODYSTRUCTURE (("text" "plain" NIL NIL NIL "7bit" 9) "mixed")\r\n',
        b"* 1 FETCH (UID 1 RFC822.SIZE NIL INTERNALDATE NIL FLAGS NIL)\r\n",
        b'* 1 FETCH (UID 1 RFC822.SIZE "many" INTERNALDATE "?" FLAGS (\\Seen))\r\n',
        b"* 1 FETCH (RFC822.SIZE 10)\r\n",
    ],
    ids=["envelope", "bodystructure", "nil", "words", "no-uid"],
)
async def test_a_mangled_description_spoils_nothing(tmp_path: Path, spoiler: bytes) -> None:
    """Row 23: the message behind it is read whole; the pass goes on."""
    shelf = Shelf()

    def fetch(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        if b"RFC822.SIZE" in rest:
            dialogue.say(spoiler + tag + b" OK done\r\n")
        else:
            shelf._fetch(dialogue, tag, rest)

    desk = await thanked(shelf, tmp_path, UID_FETCH=fetch)
    assert len(desk.context.store.applications()) == 1
    assert desk.context.store.aside() == []


# -- throttling -------------------------------------------------------------------------------

THROTTLED = [
    b"NO [THROTTLED] Account exceeded command or bandwidth limits. (Failure)",
    b"BAD User is authenticated but not connected.",
    b"NO [ALERT] Too many simultaneous connections. (Failure)",
    b"NO [UNAVAILABLE] Temporary authentication failure.",
    b"NO [LIMIT] IMAP Rate limit hit",
    b"NO [INUSE] Mailbox in use by another session",
    b"NO Server Busy. Suggested Backoff Time: 299961 milliseconds",
    b"NO [SERVERBUG] SELECT Server error - Please try again later",
    b"NO [OVERQUOTA] Account is over quota",
]


@pytest.mark.parametrize("words", THROTTLED, ids=lambda words: words.decode()[:24])
@pytest.mark.parametrize("place", ["EXAMINE", "UID FETCH", "UID SEARCH"])
async def test_throttling_is_a_long_pause_and_no_message_is_blamed(
    place: str, words: bytes
) -> None:
    """Row 13: in the words of Gmail, Microsoft and Yahoo, in the middle of reading."""
    refusal = b"{tag} " + words + b"\r\n"
    async with mailbox_on({place: refusal}) as (mailbox, _):
        with pytest.raises(ServerUnavailable) as caught:
            await _read(mailbox, place)
        assert (caught.value.retry_after or 0) >= 200


async def _read(mailbox: ImapMailbox, place: str) -> None:
    if place != "UID FETCH":
        await mailbox.uids("INBOX")
    async for mail in mailbox.fetch("INBOX", [1]):
        assert mail.data


async def test_gmails_fifteen_connections_are_waited_for() -> None:
    """Row 12: the sixteenth sign-in is no wrong password; we need two at most."""
    full = b"{tag} NO [ALERT] Too many simultaneous connections. (Failure)\r\n"
    with scripted({"LOGIN": full}) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        with pytest.raises(ServerUnavailable) as caught:
            await mailbox.connect()
        assert not isinstance(caught.value, SignInRefused)
        assert (caught.value.retry_after or 0) >= 600


# -- Gmail ----------------------------------------------------------------------------------------


async def test_one_mail_under_two_labels_is_one_fact(tmp_path: Path) -> None:
    """Row 24: in INBOX and in another watched folder, by one Message-ID, it counts once."""
    shelf = Shelf()
    shelf.put(b"Sent", invitation(TALK).replace(b"\n", b"\r\n"))
    desk = await thanked(shelf, tmp_path)
    (application,) = desk.context.store.applications()
    told = [f.thread.message_id for f in application.facts if f.thread.message_id]
    assert told == ["talk-1@acme.example.0"]


def bodies(server: ScriptedServer) -> int:
    """How many messages were asked for."""
    return len(server.heard(b"BODY.PEEK[])"))


@pytest.mark.parametrize("named", [True, False], ids=["with Message-ID", "without"])
async def test_one_mail_under_two_labels_is_read_once(tmp_path: Path, named: bool) -> None:
    """Row 24: by X-GM-MSGID, the second copy is not even asked for; it is one fact."""
    shelf = Shelf(gmail=True)
    with scripted(shelf.answers()) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        desk = desk_on(shelf, mailbox, tmp_path)
        if not named:
            data = shelf.folders[b"INBOX"][1]
            shelf.folders[b"INBOX"][1] = data.replace(b"Message-ID:", b"X-Not-An-ID:")
        await desk.work()
        shelf.put(b"Sent", shelf.folders[b"INBOX"][1])
        read = bodies(server)
        await desk.work()
        await mailbox.close()
    assert (read, bodies(server)) == (1, 1)
    (application,) = desk.context.store.applications()
    assert len(application.facts) == 1


async def test_a_folder_numbered_anew_is_not_read_again(tmp_path: Path) -> None:
    """Row 18: by X-GM-MSGID the messages are known without their bodies; a new one is read."""
    shelf = Shelf(gmail=True)
    with scripted(shelf.answers()) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        desk = desk_on(shelf, mailbox, tmp_path)
        await desk.work()
        shelf.uidvalidity = 8
        shelf.put(b"INBOX", invitation(TALK, uid="talk-2@acme.example").replace(b"\n", b"\r\n"))
        await desk.work()
        await desk.work()
        await mailbox.close()
    assert bodies(server) == 2
    told = [f.thread.message_id for a in desk.context.store.applications() for f in a.facts]
    assert sorted(filter(None, told)) == ["talk-1@acme.example.0", "talk-2@acme.example.0"]


async def test_a_draft_that_leaves_its_label_and_comes_back_is_still_ours(tmp_path: Path) -> None:
    """Rows 24, 31: under another UID, the same bytes: neither declined, nor edited, nor doubled."""
    shelf = Shelf(gmail=True, revives=True)
    with scripted(shelf.answers()) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        desk = desk_on(shelf, mailbox, tmp_path)
        for now in (NOON, THANKS, THANKS):
            desk.clock.set(now)
            await desk.work()
        (uid,) = shelf.folders[b"Drafts"]
        shelf.folders[b"Bin"][1] = shelf.folders[b"Drafts"].pop(uid)
        await desk.work()
        shelf.put(b"Drafts", shelf.folders[b"Bin"].pop(1))
        for _ in range(2):
            desk.clock.advance(20 * 60)
            await desk.work()
        await mailbox.close()
    assert (desk.drafts(), desk.thanks()) == (1, [FollowUpStatus.DRAFTED])


async def test_a_draft_in_doubt_that_gmail_revives_is_one_draft(tmp_path: Path) -> None:
    """Row 31: stored, moved to the bin before we knew, and appended again: the revived one it is."""
    shelf = Shelf(gmail=True, revives=True)
    lost = [1]

    def append(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        if not lost:
            return shelf._append(dialogue, tag, rest)
        lost.clear()
        dialogue.say(b"+ go on\r\n")
        data = dialogue.file.read(int(rest.rpartition(b"{")[2].rstrip(b"}")))
        shelf.folders[b"Bin"][1] = data  # it was stored, and the user threw it away at once
        return dialogue.hang_up()

    with scripted(shelf.answers(APPEND=append)) as server:
        mailbox = ImapMailbox(quick_to_settle(server), lambda: "secret")
        desk = desk_on(shelf, mailbox, tmp_path)
        for now in (NOON, THANKS, THANKS + timedelta(minutes=2), THANKS + timedelta(minutes=3)):
            desk.clock.set(now)
            try:
                await desk.work()
            except ServerUnavailable:
                desk.context.folders.clear()
        await mailbox.close()
    assert (desk.drafts(), desk.thanks()) == (1, [FollowUpStatus.DRAFTED])
    assert shelf.folders[b"Bin"] == {}


def quick_to_settle(server: ScriptedServer) -> ImapSettings:
    """In real time an append is settled at once; on the clock of the test it takes its time."""
    settings = settings_for(server)
    return replace(settings, timeouts=replace(settings.timeouts, settle=0.0))


async def test_a_draft_written_anew_has_an_id_that_gmail_does_not_know(tmp_path: Path) -> None:
    """Row 31: Gmail revives what lies in the bin under the same Message-ID, old words and all."""
    shelf = Shelf(revives=True)
    desk = await thanked(shelf, tmp_path)
    (first,) = shelf.folders[b"Drafts"].values()
    shelf.folders[b"Bin"][99] = first
    shelf.folders[b"Drafts"].clear()
    (thanks,) = [f for f in desk.context.store.followups(1) if f.does("thank_you")]
    again = _written_again(desk, thanks)
    assert again != thanks.message_id


def _written_again(desk: Desk, thanks: Any) -> str:
    app = desk.context.store.application(1)
    assert app is not None
    fresh = replace(thanks, revision=thanks.revision + 1, message_id=None)
    return str(write(desk.context, app, fresh, datetime(2026, 3, 4, 17, tzinfo=UTC)).message_id)


# -- a hundred thousand messages ---------------------------------------------------------------------


async def test_a_hundred_thousand_unchanged_messages_cost_one_round_trip(tmp_path: Path) -> None:
    """One a folder, without LIST-STATUS: UIDVALIDITY and UIDNEXT say what is new."""
    big = b"* 100000 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 100001] ok\r\n"
    answers = {"EXAMINE": big + b"* OK [HIGHESTMODSEQ 9] ok\r\n{tag} OK done\r\n"}
    answers["UID SEARCH"] = b"* SEARCH\r\n{tag} OK done\r\n"
    with scripted(answers) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        store = SqliteStore(tmp_path / "state.db")
        context = context_for(Way(1, "a", "b"), store, mailbox, SimulatedClock(NOON))
        await one_pass(context)
        before = len(server.commands)
        await one_pass(context)
        commands = [b" ".join(line.split()[1:]) for line in server.commands[before:]]
        await mailbox.close()
    assert commands == [b'EXAMINE "INBOX"', b'EXAMINE "Sent"']


async def test_unchanged_drafts_cost_one_round_trip_however_many(tmp_path: Path) -> None:
    """A folder with the same UIDNEXT and count holds the drafts that it held."""
    shelf = Shelf()
    with scripted(shelf.answers()) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        desk = desk_on(shelf, mailbox, tmp_path)
        for now in (NOON, THANKS, THANKS):
            desk.clock.set(now)
            await desk.work()
        before = len(server.commands)
        await desk.work()
        commands = [b" ".join(line.split()[1:]) for line in server.commands[before:]]
        await mailbox.close()
    assert desk.thanks() == [FollowUpStatus.DRAFTED]
    assert commands == [b'EXAMINE "INBOX"', b'EXAMINE "Sent"', b'EXAMINE "Drafts"']
