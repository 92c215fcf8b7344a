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
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from agent.adapters.imap import changes, drafts, reading
from agent.adapters.imap.answers import Selected
from agent.adapters.imap.connection import Mangled, Session
from agent.adapters.imap.door import Door, Secret
from agent.adapters.imap.folders import Folder, choose, listed, missing
from agent.adapters.imap.lines import IdleRefused, Line, WaitingLine
from agent.adapters.imap.settings import ImapSettings
from agent.adapters.imap.unsettled import Appends, key_of
from agent.errors import ProtocolError, ServerUnavailable, Unsettled
from agent.ports import Changed, Folders, FolderState, Known, Placed, RawMail, Removal, unknown

T = TypeVar("T")

_THOROUGH = 12  # passes, an hour at the usual pace
_SPECIAL = frozenset({"\\drafts", "\\sent"})


class ImapMailbox:
    """One account's mail over IMAP. See `agent.ports.Mailbox`."""

    def __init__(self, settings: ImapSettings, password: Secret) -> None:
        self._settings = settings
        self._door = Door(settings, password)
        self._working: Line | None = None
        self._waiting: WaitingLine | None = None
        self._can_idle = True
        self._told = True  # of news, or of nothing at all yet
        self._passes = 0
        self._folders: Folders | None = None
        self._raw_names: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._known: dict[str, FolderState] = {}
        self._strikes = reading.Strikes(settings.timeouts.poison)
        self._unsettled = Appends(settings.timeouts.settle)

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
        self._told = True
        line = self._working = Line(self._door, "imap")
        try:
            await line.open()
            await line.run(lambda session: session.enable_resync())
            listed_folders = await line.run(_list_all)
            found = choose(listed_folders, self._settings)
        except BaseException:
            await asyncio.shield(self.close())
            raise
        self._raw_names = {folder.name: folder.raw for folder in listed_folders}
        self._sources, self._folders = found.sources, found.folders
        return found.folders

    async def close(self) -> None:
        """Say goodbye and drop every connection; never raises."""
        lines = [line for line in (self._waiting, self._working) if line is not None]
        self._working = self._waiting = self._folders = None
        with contextlib.suppress(Exception):
            await asyncio.gather(*(line.close() for line in lines))

    async def state(self, folder: str) -> FolderState:
        """The folder's UIDVALIDITY and counts."""
        state = await self._in(folder, lambda session: reading.folder_state(session, folder))
        self._known[folder] = state
        return state

    async def states(
        self, folders: Sequence[str], glances: Sequence[str] = ()
    ) -> Mapping[str, FolderState]:
        """Several folders' counts, by one command where the server has it.

        It may answer from a cache: where there was news, and now and then, each is opened.
        """
        self._passes += 1
        thorough, self._told = self._told or self._passes % _THOROUGH == 0, False
        found: dict[str, FolderState] = {}
        if not thorough:
            every = tuple(dict.fromkeys((*folders, *glances)))
            found = await self._do(lambda session: changes.glance(session, every))
            self._known.update(found)
        return found | {name: await self.state(name) for name in folders if name not in found}

    async def uids(
        self, folder: str, *, above: int = 0, since: date | None = None
    ) -> Sequence[int]:
        """UIDs greater than `above`; `since` counts days as the server does."""
        return await self._in(folder, lambda session: reading.uids(session, folder, above, since))

    async def changed(self, folder: str, before: FolderState, lying: Mapping[str, int]) -> Changed:
        """What has become of the messages at those UIDs, by their Message-ID."""
        found = await self._in(
            folder, lambda session: changes.changed(session, folder, before, lying)
        )
        self._known[folder] = found.state
        return found

    async def fetch(
        self, folder: str, uids: Sequence[int], known: Known = unknown
    ) -> AsyncIterator[RawMail]:
        """The messages that are still there, in UID order; of those known, no more than that."""
        for chunk in reading.chunks(uids):
            first, described = await self._in(
                folder, partial(_described, folder=folder, chunk=chunk)
            )
            described = [
                replace(one, known=bool(one.same_as) and known(one.same_as)) for one in described
            ]
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
        return await self._append(folder, data, at, drafts.DRAFT_FLAGS)

    async def append_memo(self, folder: str, data: bytes, at: datetime) -> Placed:
        """Store a memo: new mail. On ServerUnavailable the outcome is unknown; ask `find`."""
        return await self._append(folder, data, at, ())

    async def remove_draft(self, folder: str, message_id: str, fingerprint: str) -> Removal:
        """Remove our own untouched draft and nothing else."""
        return await self._in(
            folder,
            lambda session: _careful(
                lambda: drafts.remove(session, folder, message_id, fingerprint)
            ),
        )

    async def remove_twin(
        self, folder: str, message_id: str, fingerprint: str, appended: Sequence[datetime]
    ) -> Removal:
        """Remove the younger of several untouched copies of our own draft."""
        return await self._in(
            folder,
            lambda session: _careful(
                lambda: drafts.remove_twin(session, folder, message_id, fingerprint, appended)
            ),
        )

    async def wait(self, timeout: float) -> bool:
        """Wait for news in the first inbox folder, on a connection of its own."""
        if self._folders is None:
            raise self._door.unconnected()
        if self._waiting is None and await self._start_waiting(self._folders.inbox[0]):
            self._told = True
            return True
        line = self._waiting
        if line is None:
            raise self._door.unconnected()
        try:
            news = await line.wait(timeout)
        except ServerUnavailable as error:
            self._can_idle &= not isinstance(error, IdleRefused)
            if self._waiting is line:
                self._waiting = None  # the next `wait` opens another
            await line.close()
            raise
        self._told |= news
        return news

    # -- inside --------------------------------------------------------------------------

    async def _append(self, folder: str, data: bytes, at: datetime, flags: Sequence[str]) -> Placed:
        """Store a message; not again, while the server may still be about to store it."""
        key = key_of(folder, data)
        if left := self._unsettled.left(key):
            raise Unsettled(
                f"{self._settings.place} (account {self._settings.account}) never said whether it "
                f"has stored a draft; it is looked for again in {left:.0f} s.",
                retry_after=left,
            )
        known = self._known.get(folder)
        validity = known.uidvalidity if known else 0
        try:
            return await self._in(
                folder, lambda session: drafts.append(session, folder, data, at, validity, flags)
            )
        except ProtocolError:
            raise  # a clear no
        except BaseException:
            if self._working is None or self._working.lost:
                self._unsettled.note(key)
            raise

    async def _start_waiting(self, inbox: str) -> bool:
        """Open the waiting connection; True if the folder changed since it was last read."""
        line = WaitingLine(self._door)
        try:
            raw_name = self._raw_names.get(inbox, inbox)
            now = await line.start(inbox, raw_name, idle=self._can_idle)
        except BaseException:
            await asyncio.shield(line.close())
            raise
        if self._folders is None:  # closed meanwhile
            await line.close()
            raise self._door.unconnected()
        self._waiting = line
        return _has_news(self._known.get(inbox), now)

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
        if self._working is None:
            raise self._door.unconnected()
        try:
            return await self._working.run(call)
        except Mangled as error:
            raise ProtocolError(
                f"{self._settings.place} (account {self._settings.account}) "
                f"gave an answer that cannot be read: {error}."
            ) from error

    async def _in(self, folder: str, call: Callable[[Session], T]) -> T:
        """The same for a call about a folder; one that is not there is named as such."""
        try:
            return await self._do(call)
        except ProtocolError as error:
            if folder in self._raw_names or folder == "INBOX":
                raise
            raise missing(folder, list(self._raw_names), self._settings) from error


def _list_all(session: Session) -> list[Folder]:
    """Every folder, under its own spelling from now on.

    Special uses are asked for where LIST alone keeps them to itself.
    """
    folders = _listed(session)
    session.remember_names({folder.name: folder.raw for folder in folders})
    return folders


def _listed(session: Session) -> list[Folder]:
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


def _careful(remove: Callable[[], Removal]) -> Removal:
    try:
        return remove()
    except Mangled:
        return Removal.CHANGED  # what cannot be read cannot be known to be ours


def _has_news(known: FolderState | None, now: Selected) -> bool:
    """Whether a folder has changed between the last sweep and the start of waiting."""
    if known is None:
        return False
    moved = now.uidnext > known.uidnext or now.exists != known.exists
    return now.uidvalidity != known.uidvalidity or moved
