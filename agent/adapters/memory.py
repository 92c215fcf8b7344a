"""A mailbox and a clock in memory: for `replay`, for tests, and as the plainest reading of the ports.

`MemoryMailbox` behaves as a good IMAP server with UIDPLUS and IDLE would, and lets a test
be the outside world: mail arrives, the user edits, deletes and sends. `SimulatedClock`
stands still until somebody moves it.
"""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.parser import BytesHeaderParser

from agent.adapters.twins import are_twins
from agent.errors import ProtocolError, ServerUnavailable
from agent.mail.fingerprint import fingerprint as fingerprint_of
from agent.ports import (
    Changed,
    Clock,
    Folders,
    FolderState,
    Known,
    Placed,
    RawMail,
    Removal,
    unknown,
)

DRAFT, SEEN = "\\Draft", "\\Seen"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Folder:
    name: str
    uidvalidity: int
    uidnext: int = 1
    mails: dict[int, RawMail] = field(default_factory=dict)
    #: Where a Message-ID was stored; what is gone from `mails` is gone.
    _uids: dict[str | None, list[int]] = field(default_factory=dict)

    def add(self, data: bytes, at: datetime, flags: frozenset[str]) -> int:
        uid, self.uidnext = self.uidnext, self.uidnext + 1
        self.mails[uid] = RawMail(self.name, self.uidvalidity, uid, at.astimezone(UTC), flags, data)
        self._uids.setdefault(message_id_of(data), []).append(uid)
        return uid

    def with_id(self, message_id: str) -> list[int]:
        return [uid for uid in self._uids.get(message_id, ()) if uid in self.mails]


def message_id_of(data: bytes) -> str | None:
    """The Message-ID of a message, without folding and angle brackets."""
    written = BytesHeaderParser().parsebytes(data)["Message-ID"]
    return "".join(str(written).split()).strip("<>") if written else None


class MemoryMailbox:
    """A Mailbox (see `agent.ports`) without a server.

    Times of arrival are what the caller says. `wait` lets time pass on `clock` where one is
    given, else in earnest. While `online` is False every call raises ServerUnavailable.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        inbox: Sequence[str] = ("INBOX",),
        drafts: str = "Drafts",
        sent: str = "Sent",
    ) -> None:
        self.folders = Folders(tuple(inbox), drafts, sent)
        self.online = True
        self._clock = clock
        self._connected = False
        self._news = asyncio.Event()
        self._validity = itertools.count(1)
        self._by_name = {
            name: _Folder(name, next(self._validity)) for name in (*inbox, drafts, sent)
        }

    # -- the port ------------------------------------------------------------------

    async def connect(self) -> Folders:
        """Sign in; there is nothing that could be refused."""
        self._connected = True
        self._check()
        return self.folders

    async def close(self) -> None:
        """Sign out."""
        self._connected = False
        self._news.set()  # whoever waits finds the link gone

    async def state(self, folder: str) -> FolderState:
        """The folder's counts."""
        found = self._open(folder)
        return FolderState(folder, found.uidvalidity, found.uidnext, len(found.mails))

    async def states(
        self, folders: Sequence[str], glances: Sequence[str] = ()
    ) -> Mapping[str, FolderState]:
        """Several folders' counts."""
        return {folder: await self.state(folder) for folder in (*folders, *glances)}

    async def uids(
        self, folder: str, *, above: int = 0, since: date | None = None
    ) -> Sequence[int]:
        """UIDs greater than `above`; `since` counts days in UTC."""
        return [
            uid
            for uid, mail in self._open(folder).mails.items()
            if uid > above and (since is None or mail.arrived.date() >= since)
        ]

    async def changed(self, folder: str, before: FolderState, lying: Mapping[str, int]) -> Changed:
        """What has become of the messages at those UIDs."""
        found, now = self._open(folder), await self.state(folder)
        if now.uidvalidity != before.uidvalidity:
            return Changed(now, frozenset(lying))
        touched = {
            each
            for each, uid in lying.items()
            if uid not in found.mails or max(found.with_id(each)) >= before.uidnext
        }
        return Changed(now, frozenset(touched))

    async def fetch(
        self, folder: str, uids: Sequence[int], known: Known = unknown
    ) -> AsyncIterator[RawMail]:
        """The messages that are there at the time they are asked for."""
        for uid in sorted(set(uids)):
            mail = self._open(folder).mails.get(uid)
            if mail is not None:
                yield mail

    async def find(self, folder: str, message_id: str) -> Sequence[int]:
        """UIDs of messages with that Message-ID."""
        return self._open(folder).with_id(message_id)

    async def append_draft(self, folder: str, data: bytes, at: datetime) -> Placed:
        """Store a draft."""
        found = self._open(folder)
        uid = found.add(_with_crlf(data), at, frozenset({DRAFT, SEEN}))
        return Placed(folder, found.uidvalidity, uid)

    async def append_memo(self, folder: str, data: bytes, at: datetime) -> Placed:
        """Store a memo: new mail."""
        found = self._open(folder)
        uid = found.add(_with_crlf(data), at, frozenset())
        self._tell(folder)
        return Placed(folder, found.uidvalidity, uid)

    async def remove_draft(self, folder: str, message_id: str, fingerprint: str) -> Removal:
        """Remove our own untouched draft and nothing else."""
        found = self._open(folder)
        uids = found.with_id(message_id)
        if not uids:
            return Removal.GONE
        mail = found.mails[uids[0]]
        untouched = DRAFT in mail.flags and fingerprint_of(mail.data) == fingerprint
        if len(uids) > 1 or not untouched:
            return Removal.CHANGED
        del found.mails[uids[0]]
        return Removal.REMOVED

    async def remove_twin(
        self, folder: str, message_id: str, fingerprint: str, appended: Sequence[datetime]
    ) -> Removal:
        """Remove the younger of several copies of our own draft."""
        found = self._open(folder)
        mails = [found.mails[uid] for uid in found.with_id(message_id)]
        if len(mails) < 2:
            return Removal.GONE
        if not are_twins(mails, fingerprint, appended):
            return Removal.CHANGED
        del found.mails[mails[-1].uid]
        return Removal.REMOVED

    async def wait(self, timeout: float) -> bool:
        """Wait until mail is delivered to, or lost from, the first inbox folder."""
        self._check()
        waiter = asyncio.ensure_future(self._news.wait())
        timer = asyncio.ensure_future(self._sleep(timeout))
        try:
            await asyncio.wait({waiter, timer}, return_when=asyncio.FIRST_COMPLETED)
            news = waiter.done()
        finally:
            waiter.cancel()
            timer.cancel()
        self._check()
        if news:
            self._news.clear()
        return news

    # -- the world outside ------------------------------------------------------------

    def deliver(
        self, data: bytes, at: datetime, *, folder: str = "INBOX", flags: Sequence[str] = ()
    ) -> int:
        """Mail arrives; its UID."""
        uid = self._by_name[folder].add(_with_crlf(data), at, frozenset(flags))
        self._tell(folder)
        return uid

    def user_sends(self, data: bytes, at: datetime) -> int:
        """The user writes a mail by hand; it lies in Sent."""
        return self.deliver(data, at, folder=self.folders.sent, flags=(SEEN,))

    def user_sends_draft(self, uid: int, at: datetime) -> int:
        """The user sends a draft as it is: it leaves Drafts and lies in Sent."""
        data = self._by_name[self.folders.drafts].mails.pop(uid).data
        return self.user_sends(data, at)

    def user_edits(self, uid: int, data: bytes, *, folder: str | None = None) -> int:
        """The user edits a draft: their client deletes it and appends another."""
        found = self._by_name[folder or self.folders.drafts]
        old = found.mails.pop(uid)
        self._tell(found.name)
        return found.add(_with_crlf(data), old.arrived, old.flags)

    def user_deletes(self, uid: int, *, folder: str | None = None) -> None:
        """The user deletes a message for good."""
        found = self._by_name[folder or self.folders.drafts]
        del found.mails[uid]
        self._tell(found.name)

    def user_flags(self, uid: int, *flags: str, folder: str | None = None) -> None:
        """The user's client sets the flags of a message to these."""
        found = self._by_name[folder or self.folders.drafts]
        found.mails[uid] = replace(found.mails[uid], flags=frozenset(flags))

    def renumber(self, folder: str) -> None:
        """The server makes the folder anew: another UIDVALIDITY, other UIDs."""
        old = self._by_name[folder]
        new = self._by_name[folder] = _Folder(folder, next(self._validity))
        for mail in old.mails.values():
            new.add(mail.data, mail.arrived, mail.flags)
        self._tell(folder)

    def drafts(self) -> list[RawMail]:
        """What lies in Drafts now."""
        return list(self._by_name[self.folders.drafts].mails.values())

    def sent(self) -> list[RawMail]:
        """What lies in Sent now."""
        return list(self._by_name[self.folders.sent].mails.values())

    def everything(self) -> dict[str, list[RawMail]]:
        """Every message of every folder, as a test compares before and after."""
        return {name: list(folder.mails.values()) for name, folder in self._by_name.items()}

    # -- inside ------------------------------------------------------------------------

    def _check(self) -> None:
        if not self.online or not self._connected:
            raise ServerUnavailable("There is no connection to the mailbox in memory.")

    def _open(self, folder: str) -> _Folder:
        self._check()
        try:
            return self._by_name[folder]
        except KeyError:
            raise ProtocolError(f'There is no folder "{folder}".') from None

    def _tell(self, folder: str) -> None:
        if folder == self.folders.inbox[0]:
            self._news.set()

    async def _sleep(self, seconds: float) -> None:
        if self._clock is None:
            await asyncio.sleep(seconds)
        else:
            await self._clock.sleep(seconds)


def _with_crlf(data: bytes) -> bytes:
    """The line ends that a message has on a server (RFC 5322, 2.1)."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


class SimulatedClock:
    """A Clock that stands still until it is moved; sleepers wake when their time has come."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._order = itertools.count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The simulated instant, in UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Return when the clock has been moved that far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        wake_at = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (wake_at, next(self._order), future))
        await future

    def next_wake(self) -> datetime | None:
        """When the first sleeper is due, None where nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def set(self, now: datetime) -> None:
        """Put the clock to an instant, earlier or later, and wake those whose time has come."""
        self._now = now.astimezone(UTC)
        while (wake_at := self.next_wake()) is not None and wake_at <= self._now:
            heapq.heappop(self._sleepers)[2].set_result(None)

    def advance(self, by: timedelta | float) -> None:
        """Move the clock on by a span, or by seconds."""
        self.set(self._now + (by if isinstance(by, timedelta) else timedelta(seconds=by)))

    async def run_until(self, then: datetime, *, rounds: int = 20) -> None:
        """Move on to an instant, stopping at every sleeper's time on the way.

        After each stop the event loop gets `rounds` turns, for those woken to do their work.
        """
        while (wake_at := self.next_wake()) is not None and wake_at <= then:
            self.set(max(wake_at, self._now))
            await _turns(rounds)
        self.set(then)
        await _turns(rounds)


async def _turns(rounds: int) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)
