"""The stage: a real IMAP server, a real SMTP sink, the real daemon, and a clock that runs ahead.

Time stands still while the daemon works and then leaps to whatever comes next: a mail, a
draft that falls due, something that the person does. Everything the daemon reports is told
to a `Show`; each draft is looked for in the mailbox by `Outside`, which is no part of it.
"""

import asyncio
import heapq
import itertools
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from agent import bootstrap
from agent.adapters import configured
from agent.adapters.demo_servers import pymap_server, smtp_sink
from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.config import Account, Config, Identity
from agent.daemon import Daemon, Pace
from agent.demo.outside import DRAFTS, SENT, Outside
from agent.demo.show import Lying, Show, Standing
from agent.demo.stepped import SteppedMailbox
from agent.demo.story import Delivery, Hunt
from agent.domain.followup import FollowUp
from agent.ports import Store
from agent.service.events import Drafted, Event, Left, Sent, Withdrawn

ACCOUNT = "robin"
PASSWORD = "eight-weeks"  # noqa: S105 - of a mailbox on loopback that holds invented mail

#: The daemon's own timers stay out of it here: the stage says when time has passed.
_PACE = Pace(tick=86_400.0, sweep=3_600.0)
#: What is due, but may not be written yet, is looked at again after this long.
_AGAIN = timedelta(minutes=15)
#: In earnest, not on the simulated clock: longer than any pass over this mailbox takes.
_PATIENCE = 15.0

#: Told after each thing shown, so that it can be read before the next.
Breath = Callable[[], Awaitable[None]]
Act = Callable[[], Awaitable[None]]


async def no_breath() -> None:
    """On with it."""


@dataclass(slots=True)
class Written:
    """A draft that was shown; `message_id` is the one that it has now."""

    followup: FollowUp
    company: str
    appeared: datetime
    message_id: str
    found: bool
    fate: str = ""


@dataclass(slots=True)
class Stage:
    """One performance. `written` holds every draft that was shown."""

    hunt: Hunt
    show: Show
    clock: SimulatedClock
    store: Store
    mailbox: SteppedMailbox
    outside: Outside
    breath: Breath = no_breath
    written: dict[str, Written] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    _agenda: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)

    async def play(self) -> None:
        """From the first mail to the last instant of the hunt."""
        for delivery in self.hunt.mails:
            self._later(delivery.at, partial(self._deliver, delivery))
        while (at := self._next()) is not None and at <= self.hunt.ends:
            await self._at(at)
        await self._at(self.hunt.ends)

    def standings(self) -> list[Standing]:
        """Where each application stands, in the order in which they were met."""
        apps = sorted(self.store.applications(), key=lambda app: app.id)
        return [
            Standing(app, tuple(self.store.followups(app.id)), tuple(self.store.tasks(app.id)))
            for app in apps
        ]

    async def lying(self) -> list[Lying]:
        """Where each draft lies now, as the person's mail program sees it."""
        rows = []
        for each in self.written.values():
            folder = await self.outside.lies_in(each.message_id)
            words = {DRAFTS: f"in {DRAFTS}", SENT: each.fate or "sent"}
            where = words.get(folder or "", each.fate or "gone")
            rows.append(Lying(each.followup, each.company, each.appeared, where))
        return rows

    # -- time ------------------------------------------------------------------------

    def _next(self) -> datetime | None:
        """What comes next, on the agenda or for the daemon."""
        due = self.store.next_wake()
        if due is not None and due <= self.clock.now():
            due = self.clock.now() + _AGAIN
        times = [due, self._agenda[0][0] if self._agenda else None]
        return min((at for at in times if at is not None), default=None)

    async def _at(self, at: datetime) -> None:
        """The clock leaps; the world acts; the daemon works; the audience is told."""
        self.clock.set(max(at, self.clock.now()))
        while self._agenda and self._agenda[0][0] <= self.clock.now():
            await heapq.heappop(self._agenda)[2]()
        await asyncio.wait_for(self.mailbox.turn(), _PATIENCE)
        await self._tell()

    def _later(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), act))

    # -- the world and the person ------------------------------------------------------

    async def _deliver(self, delivery: Delivery) -> None:
        if delivery.own:
            await self.outside.writes(delivery.data, delivery.at)
        else:
            await self.outside.deliver(delivery.data, delivery.at)

    async def _edits(self, draft: Written, adds: str) -> None:
        new_id = await self.outside.edits_draft(draft.message_id, adds, self.clock.now())
        if new_id is not None:
            draft.message_id = new_id

    async def _sends(self, draft: Written) -> None:
        """The person sends it, unless it was taken back meanwhile."""
        local = self.clock.now().astimezone(self.hunt.starts.tzinfo)
        await self.outside.sends_draft(draft.message_id, local)

    # -- telling -----------------------------------------------------------------------

    async def _tell(self) -> None:
        """Show what the daemon has reported since the last time."""
        while self.events:
            event = self.events.pop(0)
            lies = await self._appeared(event) if isinstance(event, Drafted) else None
            self._note_fate(event)
            if self.show.event(event, lies=lies):
                await self.breath()

    async def _appeared(self, event: Drafted) -> str | None:
        """A draft is there: seen from outside, and on the person's desk."""
        followup, message_id = event.followup, event.followup.message_id or ""
        folder = await self.outside.lies_in(message_id)
        draft = Written(
            followup=followup,
            company=event.application.company or "",
            appeared=event.at,
            message_id=message_id,
            found=folder == DRAFTS,
        )
        self.written[message_id] = draft
        edit = self.hunt.edit_of(followup.to[0], followup.step)
        if edit is not None and followup.attempt == 1:
            self._later(event.at + edit.after, partial(self._edits, draft, edit.adds))
        self._later(event.at + self.hunt.sends_after, partial(self._sends, draft))
        return folder

    def _note_fate(self, event: Event) -> None:
        if not isinstance(event, Sent | Withdrawn | Left):
            return
        for draft in self.written.values():
            if draft.followup.key == event.followup.key and draft.followup.revision == (
                event.followup.revision
            ):
                draft.fate = _fate(draft.fate, event)


def _fate(before: str, event: Sent | Withdrawn | Left) -> str:
    match event:
        case Left():
            return "edited"
        case Sent(by="draft"):
            return f"{before}, sent" if before else "sent"
        case Sent():
            return before
    return "withdrawn"


# -- putting it up -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a performance. `in_drafts` are the messages in Drafts at the end."""

    standings: tuple[Standing, ...]
    drafts: tuple[Lying, ...]
    in_drafts: tuple[bytes, ...]
    whole: bool


async def perform(
    hunt: Hunt, show: Show, *, breath: Breath = no_breath, serve: bool = False
) -> Outcome:
    """Play the hunt and show what came of it; `whole` if each draft shown lay in the mailbox.

    With `serve` the mailbox then stays up until the process is interrupted. What makes the
    daemon give up is raised here (FollowthroughError); TimeoutError where it stands still.
    """
    async with AsyncExitStack() as stack:
        imap = await stack.enter_async_context(pymap_server({hunt.address: PASSWORD}))
        sink = await stack.enter_async_context(smtp_sink())
        outside = Outside(imap, (sink.host, sink.port), hunt.address)
        stack.push_async_callback(outside.close)
        await outside.sign_in(PASSWORD)
        show.opening()
        store = SqliteStore(None)
        stack.callback(store.close)
        stage = await _played(hunt, show, breath, outside, store, imap)
        outcome = await _outcome(stage)
        show.applications(outcome.standings)
        show.drafts(outcome.drafts, waiting=len(outcome.in_drafts))
        if serve:
            await _interrupted(partial(show.serving, *imap, hunt.address, PASSWORD))
        else:
            show.hint()
    return outcome


async def _outcome(stage: Stage) -> Outcome:
    drafts = stage.written.values()
    return Outcome(
        standings=tuple(stage.standings()),
        drafts=tuple(await stage.lying()),
        in_drafts=tuple(await stage.outside.drafts()),
        whole=bool(drafts) and all(draft.found for draft in drafts),
    )


async def _played(
    hunt: Hunt,
    show: Show,
    breath: Breath,
    outside: Outside,
    store: Store,
    imap: tuple[str, int],
) -> Stage:
    """The hunt, played to a daemon that is started for it and stopped after it."""
    config = _config(hunt, imap)
    clock = SimulatedClock(hunt.starts)
    store.set_setting("salt", "demo")  # so that the same hunt makes the same Message-IDs
    settings = configured.imap_settings(ACCOUNT, config.accounts[ACCOUNT])
    mailbox = SteppedMailbox(settings, lambda: PASSWORD)
    stage = Stage(hunt, show, clock, store, mailbox, outside, breath)
    context = bootstrap.context(
        config,
        store=store,
        mailboxes={ACCOUNT: mailbox},
        clock=clock,
        observer=stage.events.append,
    )
    await _beside(bootstrap.daemon(config, context, _PACE), stage.play())
    return stage


async def _beside(daemon: Daemon, play: Coroutine[Any, Any, None]) -> None:
    """Play while the daemon runs; if it ends first, so does the play, with its error."""
    stop = asyncio.Event()
    running, playing = asyncio.create_task(daemon.run(stop)), asyncio.create_task(play)
    try:
        await asyncio.wait({running, playing}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        await playing
    finally:
        playing.cancel()
        stop.set()
        await asyncio.gather(running, playing, return_exceptions=True)


def _config(hunt: Hunt, imap: tuple[str, int]) -> Config:
    """What the person would have in their config.toml."""
    host, port = imap
    return Config(
        identity=Identity(
            name=hunt.name,
            addresses=(hunt.address,),
            timezone=hunt.timezone,
            country=hunt.country,
        ),
        accounts={
            ACCOUNT: Account(
                host=host,
                port=port,
                security="none",
                username=hunt.address,
                authserv_ids=(hunt.authserv_id,),
            )
        },
    )


async def _interrupted(ready: Callable[[], None]) -> None:
    """Until Ctrl-C, or a polite end from outside; `ready` is called once they are heard."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        ready()
        await stop.wait()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
