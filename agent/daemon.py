"""The long-running part: one watcher an account, one ticker, stopped cleanly.

A watcher signs in, reads what is new, looks after the drafts, writes what has fallen due,
and waits for news; it starts again whenever the connection drops, after a pause that grows.
The ticker only wakes the watchers when something is due: due times live in the store, and
a scheduler that sleeps through a suspend loses nothing. Being offline is healthy.

The end, and a new configuration, wait for a safe point: no message half taken in, no draft
half placed (`Context.turn`). The service manager hears a sign of life only while the event
loop turns and every watcher shows progress by the time it has said it would.
"""

import asyncio
import contextlib
import logging
import math
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from agent.domain.followup import FollowUp, FollowUpStatus
from agent.errors import (
    ConfigError,
    FollowthroughError,
    KeyringLocked,
    MailboxFull,
    ProtocolError,
    ServerUnavailable,
    SignInLapsed,
    SignInRefused,
    StoreError,
)
from agent.ports import Notifier
from agent.service import followups
from agent.service.context import Context
from agent.service.sweep import Progress, look_after_drafts, sweep, unseen_progress
from agent.service.watch import Doing, Watch, status_line

log = logging.getLogger(__name__)

#: Back-off between attempts to connect, in seconds: doubled up to the last, with jitter.
_FIRST_PAUSE, _LAST_PAUSE = 2.0, 80.0
#: Pauses after a refused sign-in that had worked before; then the user has to act.
_REFUSED_PAUSES = (60.0, 300.0, 900.0)
#: A wall clock that runs this far from the monotonic one has been suspended or set.
_JUMP = timedelta(seconds=30)
#: Longest time, in seconds, that one step of a watcher may take (a sign-in, a message, a round
#: of drafts): each network call has a limit of its own, far below. Then it is taken for hung.
_STEP = 300.0
#: What a pause or a wait for news may last beyond its end.
_GRACE = 120.0
#: How long a safe point is waited for, in seconds, at the end and at a new configuration. The
#: end must not take longer than five; cut short, a draft's intent is on disk and settles it.
_END_PATIENCE, _RELOAD_PATIENCE = 2.0, 30.0
#: A status while a long pass goes on, at most so often, in seconds.
_TELL_EVERY = 2.0


class Manager(Protocol):
    """The service manager, as far as the daemon speaks to it (systemd, or nobody)."""

    def ready(self, text: str = "") -> None: ...
    def status(self, text: str) -> None: ...
    def reloading(self) -> None: ...
    def stopping(self, text: str = "") -> None: ...
    def watchdog(self) -> None: ...
    def watchdog_interval(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a configuration that was read again makes of the daemon.

    In `context.mailboxes` an account that is as before keeps the very object it had.
    """

    context: Context
    notifier: Notifier
    days: int


#: Reads the configuration again; raises ConfigError where it cannot be used.
Reread = Callable[[Context], Renewal]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds: the ticker looks for due things; Sent and Drafts are swept."""

    tick: float = 20.0
    sweep: float = 300.0


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
        reread: Reread | None = None,
    ) -> None:
        self._context = context
        self._manager = manager
        self._notifier = notifier
        self._days = days
        self._pace = pace or Pace()
        self._sleep = sleep
        self._steady = steady
        self._watches = {account: Watch() for account in context.mailboxes}
        self._reread = reread
        self._watchers: dict[str, asyncio.Task[None]] = {}
        self._lapsed: set[str] = set()
        self._troubles: dict[str, str] = {}
        self._clocks: tuple[datetime, float] | None = None
        self._ticked = self._told = steady()
        self._refusal = ""
        self._ending = False

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

    async def run(self, stop: asyncio.Event, reload: asyncio.Event | None = None) -> None:
        """Watch until `stop` is set; read the configuration again whenever `reload` is.

        Raises what the user has to solve before anything can be watched.
        """
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._pace.tick,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._ticked = self._steady()
        self._manager.ready(self._line())
        scheduler.start()
        try:
            await self._until(stop, reload or asyncio.Event())
        finally:
            scheduler.shutdown(wait=False)
            for account in self._context.mailboxes:
                await self._leave(account)

    async def _until(self, stop: asyncio.Event, reload: asyncio.Event) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                helpers = [
                    group.create_task(self._pulse()),
                    group.create_task(self._reloads(reload, group)),
                ]
                self._start_watchers(group)
                await stop.wait()
                self._ending = True
                self._manager.stopping("stopping")
                for helper in helpers:
                    helper.cancel()
                async with self._safe_point(_END_PATIENCE):
                    for watcher in self._watchers.values():
                        watcher.cancel()
        except* FollowthroughError as errors:
            raise _first(errors) from None

    def _start_watchers(self, group: asyncio.TaskGroup) -> None:
        for account in self._context.mailboxes:
            watcher = self._watchers.get(account)
            if watcher is None or watcher.done():
                self._watches[account] = Watch(replan=True)
                self._watchers[account] = group.create_task(self._watch(account))

    @contextlib.asynccontextmanager
    async def _safe_point(self, patience: float) -> AsyncIterator[None]:
        """Between two messages and two drafts, if that point comes within `patience` seconds."""
        turn = self._context.turn
        held = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                held = await turn.acquire()
        try:
            yield
        finally:
            if held:
                turn.release()

    # -- a new configuration -----------------------------------------------------

    async def _reloads(self, reload: asyncio.Event, group: asyncio.TaskGroup) -> None:
        while True:
            await reload.wait()
            reload.clear()
            await self._reload(group)

    async def _reload(self, group: asyncio.TaskGroup) -> None:
        """Put a new configuration in force; one that cannot be used is refused, and the old stays."""
        if self._reread is None:
            return
        self._manager.reloading()
        try:
            renewal = self._reread(self._context)
        except (FollowthroughError, OSError) as error:
            self._refuse(error)
        else:
            self._refusal = ""
            async with self._safe_point(_RELOAD_PATIENCE):
                await self._adopt(renewal)
                self._start_watchers(group)
            log.info("The new configuration is in force.", extra={"fields": {"EVENT": "reload"}})
        self._manager.ready(self._line())

    def _refuse(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, ConfigError) else (str(error),)
        log.error(
            "The new configuration was refused, the old one stays in force:\n%s",
            error,
            extra={"fields": {"EVENT": "reload_refused"}},
        )
        self._refusal = f"; new configuration refused: {'; '.join(problems)}"

    async def _adopt(self, renewal: Renewal) -> None:
        """Take over what the configuration says; an account that is as before stays connected."""
        ours, new = self._context, renewal.context
        for account, mailbox in ours.mailboxes.items():
            if new.mailboxes.get(account) is not mailbox:
                await self._end_watching(account)
        for each in fields(Context):
            if each.name not in _KEPT:
                setattr(ours, each.name, getattr(new, each.name))
        self._notifier, self._days = renewal.notifier, renewal.days
        for watch in self._watches.values():
            watch.replan = True
            # Whoever waits for a server or a keyring tries again at once: that may be what
            # the user has just put right.
            watch.drop = bool(watch.said)
            watch.wake.set()

    async def _end_watching(self, account: str) -> None:
        watcher = self._watchers.pop(account, None)
        if watcher is not None:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)
        self._watches.pop(account, None)

    # -- one account -----------------------------------------------------------

    async def _watch(self, account: str) -> None:
        """Sign in, pass, wait for news; again after every fault."""
        watch = self._watches[account]
        pause, refusals, met = _FIRST_PAUSE, 0, False
        while True:
            try:
                await self._sign_in(account)
                pause, refusals, met = _FIRST_PAUSE, 0, True
                await self._stay(account)
            except SignInLapsed as error:
                # Asking again costs a look into the keyring, no request: see `Tokens.access`.
                await self._tell_once(account, error)
                self._wrong(account, Doing.LAPSED, error)
                await self._pause(account, _LAST_PAUSE)
            except SignInRefused as error:
                if not met or refusals == len(_REFUSED_PAUSES):
                    await self._give_up(account, error, tell=met)
                    return
                self._wrong(account, Doing.REFUSED, error)
                await self._pause(account, _REFUSED_PAUSES[refusals])
                refusals += 1
            except (ProtocolError, StoreError) as error:
                if not met:
                    raise  # a folder that is missing, a database that cannot be opened
                # It worked before: a server that answers nonsense, a disk that is full for now.
                await self._tell_of_trouble(account, error)
                self._wrong(account, Doing.STUCK, error)
                await self._pause(account, _LAST_PAUSE)
            except ServerUnavailable as error:
                locked = isinstance(error, KeyringLocked)
                self._wrong(account, Doing.LOCKED if locked else Doing.OFFLINE, error)
                await self._pause(account, max(pause, error.retry_after or 0.0))
                pause = min(pause * 2, _LAST_PAUSE)
            finally:
                watch.reading = None
                await self._leave(account)

    async def _tell_once(self, account: str, error: SignInLapsed) -> None:
        """Tell the user what only they can do, and not again before they have done it."""
        if account not in self._lapsed:
            self._lapsed.add(account)
            about = f"Followthrough waits for you to sign in to {account}"
            await self._notifier.tell(about, str(error))

    async def _tell_of_trouble(self, account: str, error: FollowthroughError) -> None:
        """Tell the user, once as long as the trouble is the same."""
        if self._troubles.get(account) != str(error):
            self._troubles[account] = str(error)
            await self._notifier.tell(f"Followthrough cannot go on with {account}", str(error))

    async def _give_up(self, account: str, error: SignInRefused, *, tell: bool) -> None:
        """Leave an account until the user has acted; with none left there is nothing to run for."""
        self._wrong(account, Doing.ENDED, error)
        if tell:
            about = f"Followthrough cannot sign in to {account}"
            await self._notifier.tell(about, str(error))
        if all(watch.doing is Doing.ENDED for watch in self._watches.values()):
            raise error
        self._watches[account].until = math.inf

    async def _sign_in(self, account: str) -> None:
        watch = self._watches[account]
        self._expect(watch, _STEP)
        self._context.folders[account] = await self._context.mailboxes[account].connect()
        watch.drop = False  # what was to be dropped is gone
        self._lapsed.discard(account)
        if watch.doing is not Doing.WATCHING:
            again = " again" if watch.said else ""
            log.info("%s: signed in%s", account, again, extra=_about(account))
            watch.well()
            self._say()

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
        context, watch = self._context, self._watches[account]

        def read(done: int, total: int) -> None:
            self._expect(watch, _STEP)
            watch.reading = (done, total) if done < total else None
            if self._steady() - self._told >= _TELL_EVERY:
                self._say()
            progress(done, total)

        self._expect(watch, _STEP)
        await sweep(context, account, days=self._days, progress=read)
        self._expect(watch, _STEP)
        await look_after_drafts(context, account)
        if watch.replan:
            watch.replan = False
            await self._plan_anew(account)
        self._expect(watch, _STEP)
        await self._write(account)
        self._say()

    async def _write(self, account: str) -> None:
        """Write what has fallen due; a mailbox that is full keeps from that alone, and for hours."""
        watch = self._watches[account]
        if self._steady() < watch.full_until:
            return
        try:
            await followups.tick(self._context, account)
        except MailboxFull as error:
            watch.full_until = self._steady() + (error.retry_after or _STEP)
            log.warning("%s: %s", account, error, extra=_about(account))
            await self._tell_of_trouble(account, error)

    async def _plan_anew(self, account: str) -> None:
        """Let a configuration that may have changed show in what was planned before."""
        context = self._context
        for app in context.store.applications():
            if app.account == account:
                self._expect(self._watches[account], _STEP)
                async with context.turn:
                    await followups.tend(context, app.id, context.clock.now(), "time passed")

    async def _news(self, account: str) -> None:
        """Until the server has news, something falls due, or it is time to sweep again."""
        mailbox = self._context.mailboxes[account]
        self._expect(self._watches[account], self._pace.sweep + _GRACE)
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
        self._expect(self._watches[account], length + _GRACE)
        sleep = asyncio.ensure_future(self._sleep(length))
        woken = asyncio.create_task(self._awake(account))
        try:
            await asyncio.wait({sleep, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleep, woken):
                task.cancel()
            await asyncio.gather(sleep, woken, return_exceptions=True)

    async def _awake(self, account: str) -> None:
        """Until it is worth trying again at once: the computer woke, or the user has acted."""
        watch = self._watches[account]
        while not watch.drop:
            await watch.wake.wait()
            watch.wake.clear()
        watch.drop = False

    def _wrong(self, account: str, doing: Doing, error: FollowthroughError) -> None:
        watch = self._watches[account]
        watch.wrong(doing, self._context.clock.now())
        # The same trouble every minute for a weekend is one line, not thousands.
        level = logging.DEBUG if watch.said == str(error) else logging.WARNING
        watch.said = str(error)
        log.log(level, "%s: %s", account, error, extra=_about(account))
        self._say()

    # -- signs of life -------------------------------------------------------------

    async def _pulse(self) -> None:
        """Tell the service manager that all is alive, three times in what it allows."""
        interval = self._manager.watchdog_interval()
        if interval is None:
            return
        silent = False
        while True:
            late = self._late()
            if not late:
                self._manager.watchdog()
            elif not silent:
                log.error("No progress: %s. The watchdog is fed no more.", late)
            silent = bool(late)
            await self._sleep(interval / 3)

    def _late(self) -> str:
        """Who should have shown progress by now, in words; nobody where all is well."""
        now = self._steady()
        late = [account for account, watch in self._watches.items() if watch.until < now]
        if now - self._ticked > 3 * self._pace.tick + _GRACE:
            late.append("the ticker")
        return ", ".join(late)

    def _expect(self, watch: Watch, within: float) -> None:
        watch.until = self._steady() + within

    # -- time --------------------------------------------------------------------

    async def _tick(self) -> None:
        """Wake the watchers if anything is due, or if the computer slept."""
        self._ticked = self._steady()
        slept = self._slept()
        next_due = self._context.store.next_wake()
        begun = self._context.store.followups_in(FollowUpStatus.DRAFTING)
        due = bool(begun) or (next_due is not None and next_due <= self._context.clock.now())
        for watch in self._watches.values():
            watch.drop = watch.drop or slept
            if slept or (due and self._steady() >= watch.full_until):
                watch.wake.set()

    def _slept(self) -> bool:
        wall, steady = self._context.clock.now(), self._steady()
        before, self._clocks = self._clocks, (wall, steady)
        if before is None:
            return False
        drift = (wall - before[0]) - timedelta(seconds=steady - before[1])
        return abs(drift) > _JUMP

    def _say(self) -> None:
        """STATUS: what is being watched, and what comes next."""
        if self._ending:
            return
        self._told = self._steady()
        self._manager.status(self._line())

    def _line(self) -> str:
        try:
            upcoming = self._next()
        except StoreError:  # told of by the watcher that met it
            upcoming = ""
        line = status_line(self._watches, upcoming, local=self._context.calendar.local)
        return line + self._refusal

    def _next(self) -> str:
        planned = self._context.store.followups_in(FollowUpStatus.PLANNED)
        if not self._context.drafting:
            return ", drafting is off"
        if not planned:
            return ""
        first = planned[0]
        app = self._context.store.application(first.application_id)
        name = (app.company if app else None) or f"application {first.application_id}"
        local = self._context.calendar.local
        at, now = local(first.due_at), local(self._context.clock.now())
        if at <= now:
            quiet = self._context.calendar.quiet(self._context.clock.now())
            when = "when the quiet hours are over" if quiet else "now"
            return f", next: {_words(first)} to {name} {when}"
        # A weekday alone says which day it is for as long as it comes but once.
        day = f"{at:%a}" if at.date() - now.date() < timedelta(days=7) else f"{at:%a %-d %b}"
        return f", next: {_words(first)} to {name} on {day} {at:%H:%M}"


#: What a new configuration leaves as it is: what is open, and what was learned.
_KEPT = frozenset(
    {"store", "clock", "observer", "folders", "known_domains", "turn", "started_at", "salt"}
)


def _words(followup: FollowUp) -> str:
    return followup.step.replace("_", "-")


def _about(account: str) -> dict[str, dict[str, str]]:
    return {"fields": {"ACCOUNT": account}}


def _first(errors: BaseExceptionGroup[FollowthroughError]) -> FollowthroughError:
    """The error to end with, of a group that may hold groups."""
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
