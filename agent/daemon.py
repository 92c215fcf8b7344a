"""The long-running part: one watcher an account, one ticker, stopped cleanly.

A watcher signs in, reads what is new, looks after the drafts, writes what has fallen due,
and waits for news; it starts again whenever the connection drops, after a pause that grows.
The ticker only wakes the watchers when something is due: due times live in the store, and
a scheduler that sleeps through a suspend loses nothing. Being offline is healthy.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from agent.domain.followup import FollowUpStatus
from agent.errors import FollowthroughError, ServerUnavailable, SignInRefused
from agent.ports import Notifier
from agent.service import followups
from agent.service.context import Context
from agent.service.sweep import Progress, look_after_drafts, sweep, unseen_progress

log = logging.getLogger(__name__)

#: Back-off between attempts to connect, in seconds: doubled up to the last, with jitter.
_FIRST_PAUSE, _LAST_PAUSE = 2.0, 80.0
#: Pauses after a refused sign-in that had worked before; then the user has to act.
_REFUSED_PAUSES = (60.0, 300.0, 900.0)
#: A wall clock that runs this far from the monotonic one has been suspended or set.
_JUMP = timedelta(seconds=30)


class Manager(Protocol):
    """The service manager, as far as the daemon speaks to it (systemd, or nobody)."""

    def ready(self) -> None: ...
    def status(self, text: str) -> None: ...
    def stopping(self) -> None: ...
    def watchdog(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds: the ticker looks for due things; Sent and Drafts are swept."""

    tick: float = 20.0
    sweep: float = 300.0


@dataclass(slots=True)
class Watch:
    """What is known of one account's watcher: for STATUS, and for the watchdog."""

    wake: asyncio.Event = field(default_factory=asyncio.Event)
    drop: bool = False
    swept_at: datetime | None = None
    offline_since: datetime | None = None


class Daemon:
    """Watches every account of a context until it is told to stop.

    `steady` is a clock that nobody sets, in seconds: when the wall clock runs away from it,
    the computer was asleep.
    """

    def __init__(
        self,
        context: Context,
        manager: Manager,
        notifier: Notifier,
        *,
        days: int = 90,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._context = context
        self._manager = manager
        self._notifier = notifier
        self._days = days
        self._pace = pace or Pace()
        self._sleep = sleep
        self._steady = steady
        self._watches = {account: Watch() for account in context.mailboxes}
        self._clocks: tuple[datetime, float] | None = None

    async def once(self, progress: Progress = unseen_progress) -> None:
        """One pass over every account, without waiting; errors are the caller's."""
        for account in self._context.mailboxes:
            try:
                await self._sign_in(account)
                await self._pass(account, progress)
            finally:
                await self._leave(account)

    async def scan(self, progress: Progress = unseen_progress) -> None:
        """Read every account from its cursor on, and write no draft."""
        for account in self._context.mailboxes:
            try:
                await self._sign_in(account)
                await sweep(self._context, account, days=self._days, progress=progress)
            finally:
                await self._leave(account)

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop` is set. Raises what the user has to solve before a start can work."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._pace.tick,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._manager.ready()
        self._say()
        scheduler.start()
        try:
            await self._until(stop)
        finally:
            self._manager.stopping()
            scheduler.shutdown(wait=False)
            for account in self._context.mailboxes:
                await self._leave(account)

    async def _until(self, stop: asyncio.Event) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                watchers = [group.create_task(self._watch(a)) for a in self._context.mailboxes]
                await stop.wait()
                for watcher in watchers:
                    watcher.cancel()
        except* FollowthroughError as errors:
            raise _first(errors) from None

    # -- one account -----------------------------------------------------------

    async def _watch(self, account: str) -> None:
        """Sign in, pass, wait for news; again after every fault."""
        pause, refusals, met = _FIRST_PAUSE, 0, False
        while True:
            try:
                await self._sign_in(account)
                pause, refusals, met = _FIRST_PAUSE, 0, True
                await self._stay(account)
            except SignInRefused as error:
                if not met:
                    raise
                if refusals == len(_REFUSED_PAUSES):
                    await self._notifier.tell(
                        f"Followthrough cannot sign in to {account}", str(error)
                    )
                    raise
                self._offline(account, error)
                await self._pause(account, _REFUSED_PAUSES[refusals])
                refusals += 1
            except ServerUnavailable as error:
                self._offline(account, error)
                await self._pause(account, max(pause, error.retry_after or 0.0))
                pause = min(pause * 2, _LAST_PAUSE)
            finally:
                await self._leave(account)

    async def _sign_in(self, account: str) -> None:
        self._context.folders[account] = await self._context.mailboxes[account].connect()
        self._watches[account].offline_since = None

    async def _leave(self, account: str) -> None:
        self._context.folders.pop(account, None)
        await self._context.mailboxes[account].close()

    async def _stay(self, account: str) -> None:
        """Pass after pass over a connection that holds."""
        watch = self._watches[account]
        while True:
            watch.wake.clear()
            await self._pass(account)
            await self._news(account)
            if watch.drop:
                watch.drop = False
                raise ServerUnavailable("the computer was asleep; connecting anew")

    async def _pass(self, account: str, progress: Progress = unseen_progress) -> None:
        """Read what is new, learn what became of the drafts, write what has fallen due."""
        await sweep(self._context, account, days=self._days, progress=progress)
        await look_after_drafts(self._context, account)
        await followups.tick(self._context, account)
        self._watches[account].swept_at = self._context.clock.now()
        self._say()

    async def _news(self, account: str) -> None:
        """Until the server has news, something falls due, or it is time to sweep again."""
        mailbox = self._context.mailboxes[account]
        idle = asyncio.create_task(mailbox.wait(self._pace.sweep))
        woken = asyncio.create_task(self._watches[account].wake.wait())
        try:
            done, _ = await asyncio.wait({idle, woken}, return_when=asyncio.FIRST_COMPLETED)
            if idle in done:
                idle.result()
        finally:
            for task in (idle, woken):
                task.cancel()
            await asyncio.gather(idle, woken, return_exceptions=True)

    async def _pause(self, account: str, seconds: float) -> None:
        """A pause with jitter, so that many clients do not come back at once; news ends it."""
        length = seconds * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
        sleep = asyncio.ensure_future(self._sleep(length))
        woken = asyncio.create_task(self._awake(account))
        try:
            await asyncio.wait({sleep, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleep, woken):
                task.cancel()
            await asyncio.gather(sleep, woken, return_exceptions=True)

    async def _awake(self, account: str) -> None:
        """Until the computer wakes from a suspend: then the network is worth another try."""
        while not self._watches[account].drop:
            await self._watches[account].wake.wait()
            self._watches[account].wake.clear()
        self._watches[account].drop = False

    def _offline(self, account: str, error: FollowthroughError) -> None:
        watch = self._watches[account]
        watch.offline_since = watch.offline_since or self._context.clock.now()
        log.warning("%s: %s", account, error)
        self._say()

    # -- time --------------------------------------------------------------------

    async def _tick(self) -> None:
        """Wake the watchers if anything is due, or if the computer slept."""
        slept = self._slept()
        next_due = self._context.store.next_wake()
        begun = self._context.store.followups_in(FollowUpStatus.DRAFTING)
        due = bool(begun) or (next_due is not None and next_due <= self._context.clock.now())
        for watch in self._watches.values():
            watch.drop = watch.drop or slept
            if slept or due:
                watch.wake.set()
        self._manager.watchdog()

    def _slept(self) -> bool:
        wall, steady = self._context.clock.now(), self._steady()
        before, self._clocks = self._clocks, (wall, steady)
        if before is None:
            return False
        drift = (wall - before[0]) - timedelta(seconds=steady - before[1])
        return abs(drift) > _JUMP

    def _say(self) -> None:
        """STATUS: what is being watched, and what comes next."""
        offline = [(a, w.offline_since) for a, w in self._watches.items() if w.offline_since]
        if offline:
            since = self._context.calendar.local(min(s for _, s in offline if s))
            names = ", ".join(account for account, _ in offline)
            self._manager.status(f"{names} offline since {since:%H:%M}, retrying")
            return
        count = len(self._watches)
        text = f"watching {count} account{'s' if count != 1 else ''}"
        self._manager.status(f"{text}{self._next()}")

    def _next(self) -> str:
        planned = self._context.store.followups_in(FollowUpStatus.PLANNED)
        if not planned:
            return ""
        first = planned[0]
        app = self._context.store.application(first.application_id)
        name = (app.company if app else None) or f"application {first.application_id}"
        at = self._context.calendar.local(first.due_at)
        return f", next: {first.step.replace('_', '-')} to {name} on {at:%a %-d %b %H:%M}"


def _first(errors: BaseExceptionGroup[FollowthroughError]) -> FollowthroughError:
    """The error to end with, of a group that may hold groups."""
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
