"""The daemon's own IMAP mailbox, made to go step by step with a simulated clock."""

import asyncio
from collections.abc import Callable

from agent.adapters.imap import ImapMailbox, ImapSettings


class SteppedMailbox(ImapMailbox):
    """The daemon's mailbox over IMAP, whose waiting also ends when the stage moves the clock."""

    def __init__(self, settings: ImapSettings, password: Callable[[], str]) -> None:
        super().__init__(settings, password)
        self._moved = asyncio.Event()
        self._rested = asyncio.Event()
        self._rests = 0
        self._waiting_now = False

    async def wait(self, timeout: float) -> bool:
        """As `ImapMailbox.wait`; True as well when `turn` was called."""
        self._rests += 1
        self._waiting_now = True
        self._rested.set()
        news = asyncio.ensure_future(super().wait(timeout))
        moved = asyncio.ensure_future(self._moved.wait())
        try:
            await asyncio.wait({news, moved}, return_when=asyncio.FIRST_COMPLETED)
            return news.result() if news.done() else True
        finally:
            self._waiting_now = False
            self._moved.clear()
            for task in (news, moved):
                task.cancel()
            await asyncio.gather(news, moved, return_exceptions=True)

    async def turn(self) -> None:
        """Return when the daemon has gone through the mailbox once, wholly, from now on."""
        wanted = self._rests + (1 if self._waiting_now else 2)
        self._moved.set()
        while self._rests < wanted:
            self._rested.clear()
            await self._rested.wait()
