"""`ImapMailbox`: the Mailbox port over at most two IMAP connections.

One connection works, in a thread of its own; another waits for news, in another. A
connection that broke is dropped and not mended here: every call raises ServerUnavailable
until `connect` is called again (for the waiting one: until the next `wait`), so that the
caller alone decides how long to back off.

A message that the server gives back only mangled comes as a RawMail with empty data and
`complete` False, to be set aside by the caller.
"""

import asyncio
import contextlib
import inspect
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from agent.adapters.imap import drafts, reading
from agent.adapters.imap.connection import Mangled, Selected, Session, open_session
from agent.adapters.imap.folders import Folder, choose, listed, missing
from agent.adapters.imap.idle import IdleWatch, PollWatch, Waker, Watch
from agent.adapters.imap.settings import ImapSettings
from agent.adapters.imap.threads import Worker
from agent.errors import ProtocolError, ServerUnavailable
from agent.ports import Folders, FolderState, Placed, RawMail, Removal

T = TypeVar("T")
Secret = Callable[[], Awaitable[str]] | Callable[[], str]

_SPECIAL = frozenset({"\\drafts", "\\sent"})


class ImapMailbox:
    """One account's mail over IMAP. See `agent.ports.Mailbox`."""

    def __init__(self, settings: ImapSettings, password: Secret) -> None:
        self._settings = settings
        self._password = password
        self._worker = Worker(f"imap {settings.account}")
        self._waiter = Worker(f"idle {settings.account}")
        self._session: Session | None = None
        self._waiting: Session | None = None
        self._watch: Watch | None = None
        self._waker: Waker | None = None
        self._calling_off = threading.Event()
        self._era = 0  # counts closings: what was begun before one is dropped after it
        self._can_idle = True
        self._folders: Folders | None = None
        self._names: tuple[str, ...] = ()
        self._sources: dict[str, str] = {}
        self._known: dict[str, FolderState] = {}
        self._strikes = reading.Strikes()
        self._logins: deque[float] = deque()

    # -- what `check` shows -------------------------------------------------------

    @property
    def folder_sources(self) -> Mapping[str, str]:
        """For each folder in use, how it was found."""
        return dict(self._sources)

    async def folder_names(self) -> Sequence[str]:
        """Every folder of the account, decoded."""
        return tuple(folder.name for folder in await self._do(_list_all))

    async def capabilities(self) -> frozenset[str]:
        """What the server offers, upper case."""
        return await self._do(lambda session: session.capabilities())

    # -- the port ------------------------------------------------------------------

    async def connect(self) -> Folders:
        """Sign in and find the folders; a connection that was there is closed first."""
        await self.close()
        secret, era = await self._secret(), self._era
        try:
            self._folders = await self._worker.run(lambda: self._open(secret, era))
        except BaseException:
            await asyncio.shield(self.close())
            raise
        return self._folders

    async def close(self) -> None:
        """Say goodbye and drop every connection; never raises."""
        self._era += 1
        with contextlib.suppress(Exception):
            await asyncio.gather(self._end_waiting(), self._end_working())

    async def state(self, folder: str) -> FolderState:
        """The folder's UIDVALIDITY and counts."""
        state = await self._in(folder, lambda session: reading.folder_state(session, folder))
        self._known[folder] = state
        return state

    async def uids(
        self, folder: str, *, above: int = 0, since: date | None = None
    ) -> Sequence[int]:
        """UIDs greater than `above`; `since` counts days as the server does."""
        return await self._in(folder, lambda session: reading.uids(session, folder, above, since))

    async def fetch(self, folder: str, uids: Sequence[int]) -> AsyncIterator[RawMail]:
        """The messages that are still there, in UID order."""
        for chunk in reading.chunks(uids):
            first, described = await self._in(
                folder, partial(_described, folder=folder, chunk=chunk)
            )
            cap = self._settings.size_cap
            for batch in reading.batches(described, first, self._strikes, cap):
                mails = await self._in(folder, partial(self._read, first=first, batch=batch))
                for mail in mails:
                    yield mail

    async def find(self, folder: str, message_id: str) -> Sequence[int]:
        """UIDs of messages with that Message-ID; none for an id no message can have."""
        return await self._in(folder, lambda session: drafts.find(session, folder, message_id))

    async def append_draft(self, folder: str, data: bytes, at: datetime) -> Placed:
        """Store a draft. On ServerUnavailable the outcome is unknown; ask `find`."""
        known = self._known.get(folder)
        validity = known.uidvalidity if known else 0
        return await self._in(
            folder, lambda session: drafts.append(session, folder, data, at, validity)
        )

    async def remove_draft(self, folder: str, message_id: str, fingerprint: str) -> Removal:
        """Remove our own untouched draft and nothing else."""
        return await self._in(
            folder, lambda session: _removed(session, folder, message_id, fingerprint)
        )

    async def wait(self, timeout: float) -> bool:
        """Wait for news in the first inbox folder, on a connection of its own."""
        if self._folders is None:
            raise self._unconnected()
        secret = "" if self._watch else await self._secret()
        waker = self._waker = self._waker or Waker()
        cancelled = self._calling_off = threading.Event()
        era = self._era
        inbox = self._folders.inbox[0]
        try:
            news = await self._waiter.run(
                lambda: self._wait(secret, era, inbox, timeout, waker, cancelled)
            )
        except asyncio.CancelledError:
            cancelled.set()
            waker.wake()
            raise
        if cancelled.is_set():  # by `close`
            raise self._unconnected()
        return news

    # -- in the working thread -----------------------------------------------------

    def _open(self, secret: str, era: int) -> Folders:
        session = self._session = self._signed_in(secret, era)
        found_folders = _list_all(session)
        session.remember_names({folder.name: folder.raw for folder in found_folders})
        self._names = tuple(folder.name for folder in found_folders)
        found = choose(found_folders, self._settings)
        self._sources = found.sources
        return found.folders

    def _read(
        self, session: Session, first: Selected, batch: Sequence[reading.Described]
    ) -> list[RawMail]:
        """Read a batch where it was described; other commands may have come between."""
        selected = _examined(session, first.name)
        if selected.uidvalidity != first.uidvalidity:
            raise ServerUnavailable(
                f"{first.name} at {self._settings.place} was made anew while it was read."
            )
        limits = reading.Limits(self._settings.size_cap, self._settings.cut_to)
        return reading.read(session, selected, batch, self._strikes, limits)

    async def _do(self, call: Callable[[Session], T]) -> T:
        """Run a call with the session, in the working thread."""

        def work() -> T:
            if self._session is None or self._session.lost:
                raise self._unconnected()
            try:
                return call(self._session)
            except Mangled as error:
                raise ProtocolError(
                    f"{self._settings.place} (account {self._settings.account}) "
                    f"gave an answer that cannot be read: {error}."
                ) from error

        return await self._worker.run(work)

    async def _in(self, folder: str, call: Callable[[Session], T]) -> T:
        """The same for a call about a folder; one that is not there is named as such."""
        try:
            return await self._do(call)
        except ProtocolError as error:
            if folder in self._names or not self._names:
                raise
            raise missing(folder, self._names, self._settings) from error

    # -- in the waiting thread -------------------------------------------------------

    def _wait(
        self,
        secret: str,
        era: int,
        inbox: str,
        timeout: float,
        waker: Waker,
        cancelled: threading.Event,
    ) -> bool:
        if cancelled.is_set():
            return False
        try:
            if self._watch is None and self._start_watch(secret, era, inbox, waker):
                return True
            return self._watch is not None and self._watch.wait(timeout, cancelled)
        except ProtocolError as error:
            self._drop_watch()
            self._can_idle = False
            raise ServerUnavailable(f"{error} It is polled from now on.") from error
        except BaseException:
            self._drop_watch()
            raise

    def _start_watch(self, secret: str, era: int, inbox: str, waker: Waker) -> bool:
        """Open the waiting connection; True if the folder changed since it was last read."""
        session = self._waiting = self._signed_in(secret, era)
        if self._session is not None:
            session.remember_names({inbox: self._session.raw_name(inbox)})
        if self._can_idle and "IDLE" in session.capabilities():
            now = session.examine(inbox)
            self._watch = IdleWatch(session, self._settings, waker)
        else:
            now = session.status(inbox)
            self._watch = PollWatch(session, self._settings, waker, now)
        known = self._known.get(inbox)
        return known is not None and _has_news(known, now)

    def _drop_watch(self) -> None:
        self._watch = None
        if self._waiting is not None:
            self._waiting.drop()
            self._waiting = None

    # -- both ------------------------------------------------------------------------

    def _signed_in(self, secret: str, era: int) -> Session:
        """A new session, unless there were too many of late: providers lock accounts for less.

        One that comes about after the mailbox was closed is dropped at once.
        """
        now = time.monotonic()
        while self._logins and self._logins[0] < now - 3600:
            self._logins.popleft()
        if len(self._logins) >= self._settings.logins_per_hour:
            raise ServerUnavailable(
                f"Signed in to {self._settings.place} (account {self._settings.account}) "
                f"{len(self._logins)} times within an hour: pausing, so as not to be locked out.",
                retry_after=self._logins[0] + 3600 - now,
            )
        self._logins.append(now)
        session = open_session(self._settings, secret)
        if era != self._era:
            session.drop()
            raise self._unconnected()
        return session

    async def _secret(self) -> str:
        """The password, fetched anew for each sign-in; a plain function may block."""
        if inspect.iscoroutinefunction(self._password):
            secret = await self._password()
        else:
            secret = await asyncio.to_thread(self._password)
        return str(await secret if inspect.isawaitable(secret) else secret)

    def _unconnected(self) -> ServerUnavailable:
        return ServerUnavailable(
            f"There is no connection to {self._settings.place} (account {self._settings.account})."
        )

    # -- the end -----------------------------------------------------------------------

    async def _end_working(self) -> None:
        session = self._session
        if session is not None:
            await self._politely(self._worker, session, session.logout)
        self._session = self._folders = None
        self._worker.stop()

    async def _end_waiting(self) -> None:
        self._calling_off.set()
        waker, self._waker = self._waker, None
        if waker is not None:
            waker.wake()
        if self._waiting is not None:
            await self._politely(self._waiter, self._waiting, self._leave)
        self._waiting = self._watch = None
        self._waiter.stop()
        if waker is not None:
            waker.close()

    def _leave(self) -> None:
        """In the waiting thread: end the IDLE and sign out."""
        if self._watch is not None:
            self._watch.stop()
        if self._waiting is not None:
            self._waiting.logout()
        self._drop_watch()

    async def _politely(self, worker: Worker, session: Session, leave: Callable[[], None]) -> None:
        """Leave in the session's own thread; a thread that is busy for long is cut short."""
        patience = self._settings.timeouts.goodbye
        try:
            await asyncio.wait_for(worker.run(leave), patience)
        except TimeoutError:
            session.wire.wake()


def _list_all(session: Session) -> list[Folder]:
    """Every folder; special uses are asked for where LIST alone keeps them to itself."""
    folders = [listed(*line) for line in session.list_folders()]
    told = any(folder.flags & _SPECIAL for folder in folders)
    if told or not {"SPECIAL-USE", "LIST-EXTENDED"} <= session.capabilities():
        return folders
    try:
        return [listed(*line) for line in session.list_folders(extended=True)]
    except ProtocolError:
        return folders


def _examined(session: Session, folder: str) -> Selected:
    """The folder, selected read-only, as it was or anew."""
    selected = session.selected
    if selected is None or selected.name != folder or selected.writable:
        return session.examine(folder)
    return selected


def _described(
    session: Session, folder: str, chunk: Sequence[int]
) -> tuple[Selected, list[reading.Described]]:
    selected = _examined(session, folder)
    return selected, reading.describe(session, chunk)


def _removed(session: Session, folder: str, message_id: str, fingerprint: str) -> Removal:
    try:
        return drafts.remove(session, folder, message_id, fingerprint)
    except Mangled:
        return Removal.CHANGED  # what cannot be read cannot be known to be ours


def _has_news(known: FolderState, now: Selected) -> bool:
    """Whether a folder has changed between the last sweep and the start of waiting."""
    moved = now.uidnext > known.uidnext or now.exists != known.exists
    return now.uidvalidity != known.uidvalidity or moved
