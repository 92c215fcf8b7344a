"""The way in: the password when it is wanted, and a session, but not too many of them."""

import asyncio
import inspect
import time
from collections import deque
from collections.abc import Awaitable, Callable

from agent.adapters.imap.connection import Session, open_session
from agent.adapters.imap.settings import ImapSettings
from agent.errors import ServerUnavailable

Secret = Callable[[], Awaitable[str]] | Callable[[], str]

_HOUR = 3600.0


class Door:
    """Signs one account in, for both of its connections."""

    def __init__(self, settings: ImapSettings, password: Secret) -> None:
        self.settings = settings
        self._password = password
        self._logins: deque[float] = deque()

    async def secret(self) -> str:
        """The password, asked for anew at each sign-in; a plain function may block."""
        if inspect.iscoroutinefunction(self._password):
            secret = await self._password()
        else:
            secret = await asyncio.to_thread(self._password)
        return str(await secret if inspect.isawaitable(secret) else secret)

    def open(self, secret: str) -> Session:
        """A new session; blocks. Providers lock accounts that sign in over and over."""
        now = time.monotonic()
        while self._logins and self._logins[0] < now - _HOUR:
            self._logins.popleft()
        if len(self._logins) >= self.settings.logins_per_hour:
            raise ServerUnavailable(
                f"Signed in to {self.settings.place} (account {self.settings.account}) "
                f"{len(self._logins)} times within an hour: pausing, so as not to be locked out.",
                retry_after=self._logins[0] + _HOUR - now,
            )
        self._logins.append(now)
        return open_session(self.settings, secret)

    def unconnected(self) -> ServerUnavailable:
        """What to raise where there is no connection."""
        return ServerUnavailable(
            f"There is no connection to {self.settings.place} (account {self.settings.account})."
        )
