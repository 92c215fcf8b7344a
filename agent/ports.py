"""The doors between the services and the world: Mailbox, Store, Clock, Notifier.

Terminology
-----------
folder       a mailbox in the words of RFC 3501, by its decoded name ("Entwürfe").
UID          a message's number in one folder, valid under one UIDVALIDITY.
UIDVALIDITY  the folder's generation; when it changes, every UID means nothing.
memo         a mail of ours that lies in the inbox of our own user, and was sent to nobody.
cursor       the highest UID of a (folder, UIDVALIDITY) that is recorded for good.
modseq       the folder's highest modification sequence (RFC 7162): it grows with every change.
special-use  the RFC 6154 role of a folder: \\Drafts, \\Sent.
fingerprint  the SHA-256 of a message's bytes as the server gives them back.

A port raises only errors of `agent.errors`. Datetimes are aware.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from agent.domain.application import Application
from agent.domain.facts import Fact
from agent.domain.followup import FollowUp, FollowUpStatus, Task
from agent.domain.memos import Memo


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one account, as found or configured."""

    inbox: tuple[str, ...]
    drafts: str
    sent: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder as the server describes it now (RFC 3501, 6.3.1); `modseq` is 0 where it keeps none."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int
    modseq: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """A folder now, and which of the Message-IDs asked about are no longer as they were there:
    their message is gone, or another one of the same id has come."""

    state: FolderState
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class RawMail:
    """A message as it lies on the server; `complete` is False where a size cap cut it.

    `data` is empty (and `complete` False) where the server gives the message back only
    mangled: it is to be set aside by name. `same_as` is the server's own name for the message,
    whatever folder it is seen in (X-GM-MSGID), "" where it has none; where the caller knew it
    already, `known` is True and `data` empty.
    """

    folder: str
    uidvalidity: int
    uid: int
    arrived: datetime
    flags: frozenset[str]
    data: bytes
    complete: bool = True
    same_as: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an appended message lies; `uid` is None where the server does not say."""

    folder: str
    uidvalidity: int
    uid: int | None


#: Whether a message has been dealt with, by the server's own name for it (`RawMail.same_as`).
Known = Callable[[str], bool]


def unknown(_: str) -> bool:
    """No message has been dealt with."""
    return False


class Removal(StrEnum):
    """What became of a wish to remove a draft of our own."""

    REMOVED = "removed"
    GONE = "gone"  # it is no longer there: sent, deleted, or moved by the user
    CHANGED = "changed"  # its bytes are not as we left them: the user's now, left alone
    UNSUPPORTED = "unsupported"  # the server cannot remove one message alone: left alone


class Mailbox(Protocol):
    """One account's mail. Read-only, but for drafts of our own and memos to the user."""

    async def connect(self) -> Folders:
        """Sign in and find the folders.

        Raises ServerUnavailable, SignInRefused, or ProtocolError for a folder that is missing.
        """

    async def close(self) -> None:
        """Drop every connection; never raises."""

    async def state(self, folder: str) -> FolderState:
        """The folder's UIDVALIDITY and counts, without selecting it for writing."""

    async def states(
        self, folders: Sequence[str], glances: Sequence[str] = ()
    ) -> Mapping[str, FolderState]:
        """The same of several folders, by name, in one round trip where the server can do that.

        Those in `glances` are only there where they cost no further one.
        """

    async def uids(
        self, folder: str, *, above: int = 0, since: date | None = None
    ) -> Sequence[int]:
        """UIDs greater than `above`, ascending; with `since`, only arrivals on or after that day."""

    async def changed(self, folder: str, before: FolderState, lying: Mapping[str, int]) -> Changed:
        """What has become of the messages at those UIDs, by their Message-ID, since `before`.

        One round trip where nothing has changed, however large the folder; else what changed.
        """

    def fetch(
        self, folder: str, uids: Sequence[int], known: Known = unknown
    ) -> AsyncIterator[RawMail]:
        """The messages that are still there, in UID order, by BODY.PEEK; chunked inside.

        One whose name at the server is `known` is not read again, only told of.
        """

    async def find(self, folder: str, message_id: str) -> Sequence[int]:
        """UIDs of messages with that Message-ID (given without angle brackets)."""

    async def append_draft(self, folder: str, data: bytes, at: datetime) -> Placed:
        """Store a draft with \\Draft (and \\Seen). On ServerUnavailable the outcome is unknown."""

    async def append_memo(self, folder: str, data: bytes, at: datetime) -> Placed:
        """Store a memo to the user, without any flag: new mail. On ServerUnavailable the
        outcome is unknown."""

    async def remove_draft(self, folder: str, message_id: str, fingerprint: str) -> Removal:
        """Remove exactly the message with that id and fingerprint, by UID EXPUNGE; nothing else."""

    async def remove_twin(
        self, folder: str, message_id: str, fingerprint: str, appended: Sequence[datetime]
    ) -> Removal:
        """Remove the younger of several copies of our own draft, where every one is untouched and
        arrived at another of the times at which we appended it: none can be the user's copy.

        GONE where there is but one.
        """

    async def wait(self, timeout: float) -> bool:
        """Wait for news in the first inbox folder: True on news, False after `timeout` seconds.

        Uses a connection of its own (IDLE, else polling). Raises ServerUnavailable when it drops.
        """


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far one folder of one account has been read."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Looked:
    """How a Drafts folder was when it was last looked through, and the UID at which each draft
    lay that was watched there, by its Message-ID."""

    account: str
    state: FolderState
    lying: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be read at all: named, skipped, and shown to the user."""

    account: str
    folder: str
    uidvalidity: int
    uid: int
    why: str


class Store(Protocol):
    """What is known, kept for good. Calls are short and synchronous; one process writes.

    Raises StoreError when the disk or the database refuses; then nothing was changed.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside become visible together or not at all; nests."""

    def close(self) -> None:
        """Give the database back; never raises."""

    # -- cursors and messages ------------------------------------------------

    def cursor(self, account: str, folder: str) -> Cursor | None:
        """The cursor of a folder, whatever its UIDVALIDITY."""

    def set_cursor(self, cursor: Cursor) -> None:
        """Record how far a folder has been read."""

    def looked(self, account: str, folder: str) -> Looked | None:
        """How a folder was when it was last looked through."""

    def set_looked(self, looked: Looked) -> None:
        """Record a look through a folder."""

    def seen(self, account: str, message_key: str) -> bool:
        """Whether a message (by Message-ID, or a hash where it has none) was recorded before."""

    def mark_seen(self, account: str, message_key: str, at: datetime) -> None:
        """Record that a message has been dealt with, whatever its kind."""

    def set_aside(self, message: SetAside) -> None:
        """Record a message that could not be read."""

    def aside(self) -> Sequence[SetAside]:
        """Every message that could not be read."""

    # -- applications ----------------------------------------------------------

    def new_application(self, fact: Fact, account: str) -> Application:
        """Open an application with its first fact; ids are small, stable and never reused."""

    def append_fact(self, application_id: int, fact: Fact) -> Application:
        """Append a fact and return what the application now adds up to."""

    def save(self, application: Application, wake_at: datetime | None) -> None:
        """Record derived state (stage, closed_at …), and when to look at it again without news."""

    def application(self, application_id: int) -> Application | None:
        """One application, rebuilt from its facts."""

    def applications(self) -> Sequence[Application]:
        """All of them, newest news first."""

    def candidates(
        self,
        *,
        message_ids: Sequence[str],
        uids: Sequence[str],
        companies: Sequence[str],
        emails: Sequence[str],
    ) -> Sequence[Application]:
        """Applications that a message could belong to, by any of the given keys."""

    def waking(self, now: datetime) -> Sequence[int]:
        """Ids of applications whose `wake_at` has come, and of those that were nudged."""

    def nudge(self, application_id: int) -> None:
        """A command changed this application: whoever watches shall look at it soon."""

    def heed(self, application_id: int) -> None:
        """The nudge is heard; call it before looking, so that a later one is not lost."""

    def next_wake(self) -> datetime | None:
        """The earliest instant at which anything falls due without news."""

    # -- follow-ups and tasks ----------------------------------------------------

    def followups(self, application_id: int) -> Sequence[FollowUp]:
        """Every follow-up of an application, by due time."""

    def followup_by_message_id(self, message_id: str) -> FollowUp | None:
        """The follow-up whose draft carries that Message-ID."""

    def followups_in(self, *statuses: FollowUpStatus) -> Sequence[FollowUp]:
        """Every follow-up in one of those states."""

    def due(self, now: datetime) -> Sequence[FollowUp]:
        """Planned follow-ups whose time has come, and drafts whose append is not known to be done."""

    def put_followup(self, followup: FollowUp) -> None:
        """Insert or replace a follow-up by its key."""

    def tasks(self, application_id: int | None = None) -> Sequence[Task]:
        """Tasks of one application, or of all."""

    def put_task(self, task: Task) -> None:
        """Insert or replace a task by its key."""

    # -- memos to the user, and what they gave us ------------------------------------

    def memos(self, application_id: int) -> Sequence[Memo]:
        """Every memo about an application, by due time."""

    def memos_due(self, now: datetime) -> Sequence[Memo]:
        """Planned memos whose time has come, and those whose append is not known to be done."""

    def memo_by_message_id(self, message_id: str) -> Memo | None:
        """The memo that has that Message-ID."""

    def put_memo(self, memo: Memo) -> None:
        """Insert or replace a memo by its key."""

    def put_file(self, ref: str, data: bytes) -> None:
        """Keep a file under a name that follows from its contents."""

    def file(self, ref: str) -> bytes | None:
        """A file that was kept."""

    def put_undecided(self, message_key: str, fact: Fact) -> None:
        """Keep what a mail says until the user decides which application it is about."""

    def undecided(self, message_key: str) -> Fact | None:
        """What such a mail says."""

    # -- settings of the program's own -----------------------------------------

    def setting(self, name: str) -> str | None:
        """A small value the program keeps for itself, such as the time of the first start."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a small value."""


class Clock(Protocol):
    """The time. The only place a service gets it from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Let that much of this clock's time pass."""


class Notifier(Protocol):
    """Tells the user, and nobody else."""

    async def tell(self, subject: str, text: str) -> None:
        """Deliver a short message to the user; failure to deliver is logged, never raised."""
