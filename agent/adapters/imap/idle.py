"""Waiting for news on a connection of its own: IDLE (RFC 2177), or polling without it.

The reader takes whole lines from the wire's one buffer, so nothing is lost that comes in
the packet of "+ idling", before it, or in pieces. It is never spoken to by another thread:
a byte through a socket pair wakes it. IDLE stays on between two waits; it is renewed
every few minutes, which also finds out whether the link is alive.
"""

import contextlib
import re
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from imaplib import IMAP4
from typing import Protocol

from agent.adapters.imap.answers import Selected
from agent.adapters.imap.connection import Session
from agent.adapters.imap.errors import Doing, dropped, refused
from agent.adapters.imap.settings import ImapSettings
from agent.errors import ServerUnavailable

_NEWS = re.compile(rb"\* +\d{1,10} +(?:EXISTS|EXPUNGE|FETCH|RECENT)\b", re.I | re.A)
_SLICE = 30.0  # between two looks at the clocks
_JUMP = 60.0
_HASTY = 5.0


class Waker:
    """Wakes one waiting thread from another: a byte through a socket pair."""

    def __init__(self) -> None:
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)

    def fileno(self) -> int:
        """The end to be selected on."""
        return self._there.fileno()

    def wake(self) -> None:
        """Make the other end readable; never blocks."""
        with contextlib.suppress(OSError):  # full, so it is awake already; or closed
            self._here.send(b"!")

    def drain(self) -> None:
        """Forget every wake-up so far."""
        with contextlib.suppress(OSError):
            while self._there.recv(4096):
                pass

    def close(self) -> None:
        """Give the socket pair back."""
        self._here.close()
        self._there.close()


class Watch(Protocol):
    """A way to wait for news on a session of its own; used from one thread."""

    def wait(self, timeout: float, cancelled: threading.Event) -> bool:
        """True on news; False after `timeout` seconds, or when cancelled and woken."""

    def stop(self) -> None:
        """Leave the server in peace; never raises."""


class Stopped(Exception):
    """The wait was called off."""


class _Pause:
    """Waits on the wire and the waker, at most until a monotonic deadline."""

    def __init__(self, session: Session, waker: Waker, settings: ImapSettings) -> None:
        self._session = session
        self._waker = waker
        self._settings = settings

    def until(self, deadline: float, cancelled: threading.Event | None) -> bool:
        """True when the wire has something, False at the deadline.

        Raises Stopped, or ServerUnavailable after the machine slept or its clock jumped:
        the link is as good as dead then, and saying so takes minutes less than finding out.
        """
        while True:
            if cancelled is not None and cancelled.is_set():
                raise Stopped
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if self._select(min(left, _SLICE)):
                return True

    def _select(self, seconds: float) -> bool:
        wall, monotonic = time.time(), time.monotonic()
        with selectors.DefaultSelector() as selector:
            wire = selector.register(self._session.wire.sock, selectors.EVENT_READ)
            selector.register(self._waker, selectors.EVENT_READ)
            ready = [key for key, _ in selector.select(seconds)]
        self._waker.drain()
        if abs((time.time() - wall) - (time.monotonic() - monotonic)) > _JUMP:
            self._session.drop()
            raise ServerUnavailable(
                f"The clock jumped or the machine slept; the connection to "
                f"{self._settings.place} (account {self._settings.account}) is made anew."
            )
        return wire in ready


class IdleWatch:
    """IDLE on the folder that the session has selected."""

    def __init__(self, session: Session, settings: ImapSettings, waker: Waker) -> None:
        self._session = session
        self._settings = settings
        self._pause = _Pause(session, waker, settings)
        self._tag: bytes | None = None
        self._began = 0.0
        self._renew_at = 0.0
        self._asked_to_end = False

    def wait(self, timeout: float, cancelled: threading.Event) -> bool:
        """True as soon as a line tells of a change in the folder."""
        deadline = time.monotonic() + timeout
        with self._link():
            while True:
                if self._news():
                    return True
                if time.monotonic() >= self._renew_at and self._renew():
                    return True
                try:
                    ready = self._pause.until(min(deadline, self._renew_at), cancelled)
                except Stopped:
                    return False
                if not ready and time.monotonic() >= deadline:
                    return False

    def stop(self) -> None:
        """DONE, and the tagged answer if it comes within a moment."""
        with contextlib.suppress(ServerUnavailable), self._link():
            self._done(self._settings.timeouts.goodbye)

    def _news(self) -> bool:
        """Read every line that has come; True if one of them is news."""
        news = False
        while (line := self._session.wire.next_line()) is not None:
            news |= self._is_news(line)
        return news

    def _is_news(self, line: bytes) -> bool:
        """One line while idling: an untagged one, "+", or the end of the IDLE."""
        if self._tag is not None and line.startswith(self._tag + b" "):
            self._ended(line)
        elif line[:5].upper() == b"* BYE":
            raise IMAP4.abort(line[2:].decode("utf-8", "replace"))
        return _NEWS.match(line) is not None

    def _ended(self, line: bytes) -> None:
        """A tagged line: after DONE as it should be, or a server that will not idle.

        One that ends every IDLE at once would make us spin; it cannot idle either.
        """
        tag, self._tag, self._renew_at = self._tag, None, 0.0
        words = line[len(tag or b"") + 1 :].decode("utf-8", "replace")
        hasty = not self._asked_to_end and time.monotonic() - self._began < _HASTY
        if hasty or not words.upper().startswith("OK"):
            raise IMAP4.error(words)

    def _renew(self) -> bool:
        """End the IDLE and begin another; True if news came meanwhile."""
        news = self._done(self._settings.timeouts.read)
        self._tag = self._session.wire.start_idle()
        self._asked_to_end = False
        self._began = time.monotonic()
        self._renew_at = self._began + self._settings.timeouts.reidle
        return news

    def _done(self, seconds: float) -> bool:
        """Send DONE and read to the tagged answer; True if news came meanwhile."""
        if self._tag is None:
            return False
        self._asked_to_end = True
        self._session.wire.sock.sendall(b"DONE\r\n")
        deadline = time.monotonic() + seconds
        news = self._news()
        while self._tag is not None:
            if not self._pause.until(deadline, None):
                raise TimeoutError
            news |= self._news()
        return news

    @contextlib.contextmanager
    def _link(self) -> Iterator[None]:
        doing = Doing(self._settings, "waiting for mail")
        try:
            yield
        except (OSError, IMAP4.abort) as error:
            self._session.drop()
            raise dropped(error, doing) from error
        except IMAP4.error as error:
            self._session.drop()
            raise refused(error, doing) from error


class PollWatch:
    """STATUS every so often, for servers that cannot idle."""

    def __init__(
        self, session: Session, settings: ImapSettings, waker: Waker, known: Selected
    ) -> None:
        self._session = session
        self._settings = settings
        self._known = known
        self._pause = _Pause(session, waker, settings)
        self._look_at = time.monotonic() + settings.timeouts.poll

    def wait(self, timeout: float, cancelled: threading.Event) -> bool:
        """True when a look finds other counts than the look before."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                said = self._pause.until(min(deadline, self._look_at), cancelled)
            except Stopped:
                return False
            if said or time.monotonic() >= self._look_at:
                # Untold bytes here are a BYE or the end of the stream: STATUS finds out.
                if self._look():
                    return True
            elif time.monotonic() >= deadline:
                return False

    def stop(self) -> None:
        """Nothing is going on between two looks."""

    def _look(self) -> bool:
        before, self._known = self._known, self._session.status(self._known.name)
        self._look_at = time.monotonic() + self._settings.timeouts.poll
        return _counts(before) != _counts(self._known)


def _counts(state: Selected) -> tuple[int, int, int]:
    return state.uidvalidity, state.uidnext, state.exists
