"""A connection with its thread: made for one sign-in, closed once, and thrown away.

`Line` works; `WaitingLine` waits for news. A thread that comes back late finds only its
own dead line, never the one that has been opened since.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from agent.adapters.imap.answers import Selected
from agent.adapters.imap.connection import Session
from agent.adapters.imap.door import Door
from agent.adapters.imap.idle import IdleWatch, PollWatch, Waker, Watch
from agent.adapters.imap.threads import Worker
from agent.errors import ProtocolError, ServerUnavailable

T = TypeVar("T")


class Line:
    """One session, used from one thread."""

    def __init__(self, door: Door, name: str) -> None:
        self._door = door
        self._worker = Worker(f"{name} {door.settings.account}")
        self._session: Session | None = None
        self._closed = False

    @property
    def lost(self) -> bool:
        """Whether the session, if there was one, is known to be dead."""
        return self._closed or self._session is None or self._session.lost

    async def open(self) -> None:
        """Sign in. Raises what `open_session` raises; then the line is to be closed."""
        secret = await self._door.secret()
        await self._worker.run(lambda: self._sign_in(secret))

    async def run(self, call: Callable[[Session], T]) -> T:
        """What `call` makes of the session; ServerUnavailable where it is dead."""

        def work() -> T:
            if self._session is None or self._session.lost:
                raise self._door.unconnected()
            return call(self._session)

        return await self._worker.run(work)

    async def close(self) -> None:
        """Sign out in the line's own thread; one that is busy for long is cut short."""
        self._closed = True
        session = self._session
        if session is not None:
            try:
                patience = self._door.settings.timeouts.goodbye
                await asyncio.wait_for(self._worker.run(lambda: self._leave(session)), patience)
            except TimeoutError:
                session.wire.wake()  # what it is doing fails now, and drops the session
        self._worker.stop()

    def _sign_in(self, secret: str) -> None:
        session = self._session = self._door.open(secret)
        if self._closed:  # while it signed in
            session.drop()
            raise self._door.unconnected()

    def _leave(self, session: Session) -> None:
        session.logout()


class WaitingLine(Line):
    """A session that waits for news in one folder, by IDLE or by polling."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, "idle")
        self._waker = Waker()
        self._watch: Watch | None = None
        self._calling_off = threading.Event()

    async def start(self, folder: str, raw_name: str, *, idle: bool) -> Selected:
        """Sign in and begin to watch a folder; what it looks like now."""
        await self.open()

        def begin(session: Session) -> Selected:
            session.remember_names({folder: raw_name})
            settings = self._door.settings
            if idle and "IDLE" in session.capabilities():
                self._watch = IdleWatch(session, settings, self._waker)
                return session.examine(folder)
            now = session.status(folder)
            self._watch = PollWatch(session, settings, self._waker, now)
            return now

        return await self.run(begin)

    async def wait(self, timeout: float) -> bool:
        """True on news, False after `timeout` seconds.

        Raises IdleRefused where the server will not idle, else ServerUnavailable. Cancelled,
        the thread is woken and comes back at once.
        """
        calling_off = self._calling_off = threading.Event()

        def watch(_: Session) -> bool:
            if self._watch is None:
                raise self._door.unconnected()
            try:
                return self._watch.wait(timeout, calling_off)
            except ProtocolError as error:
                raise IdleRefused(f"{error} It is polled from now on.") from error

        try:
            news = await self.run(watch)
        except asyncio.CancelledError:
            self._call_off()
            raise
        if self._closed:
            raise self._door.unconnected()
        return news

    async def close(self) -> None:
        """End the IDLE, and sign out."""
        self._call_off()
        await super().close()
        self._waker.close()

    def _call_off(self) -> None:
        self._calling_off.set()
        self._waker.wake()

    def _leave(self, session: Session) -> None:
        if self._watch is not None:
            self._watch.stop()
        session.logout()


class IdleRefused(ServerUnavailable):
    """The server does not idle, whatever it says of itself."""
