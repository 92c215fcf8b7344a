"""A hunt lived through, step by step: the clock leaps to what comes next, the world acts, the
program works, and the user takes note of what lies in Drafts."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.memos import Memo
from agent.ports import Store
from bench.fire import hunt
from bench.fire.work import Way, context_for, one_pass
from bench.fire.world import InMemory, World

_S = FollowUpStatus
_WRITTEN = (_S.DRAFTED, _S.THEIRS, _S.SENT, _S.DECLINED, _S.WITHDRAWN)
_AGAIN = timedelta(minutes=15)
_SOON = timedelta(minutes=2)
_NO_HURRY = ("leave", "delete")


@dataclass
class Life:
    """One hunt. `work` brings the program up to the present; `copies` counts, for each draft and
    memo of the program's own, the UIDs under which it ever lay in a folder."""

    seed: int
    world: World
    clock: SimulatedClock
    store: Callable[[], Store]
    work: Callable[[], Awaitable[None]]
    copies: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    delivered: list[str] = field(default_factory=list)
    hurried: list[FollowUp] = field(default_factory=list)
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)
    _fated: set[tuple[str, int]] = field(default_factory=set)

    async def lived(self, enough: Callable[[], bool] = lambda: False) -> "Life":
        """From the first mail to the end, or until it is enough."""
        for mail in hunt.mails_of(self.seed):
            self._later(mail.at, partial(self._deliver, mail))
        while (at := self._next()) is not None and not enough():
            await self._step(at)
        return self

    async def _step(self, at: datetime) -> None:
        self.clock.set(max(at, self.clock.now()))
        while self._agenda and self._agenda[0][0] <= self.clock.now():
            heapq.heappop(self._agenda)[2]()
        await self.work()
        self._take_note()

    def _next(self) -> datetime | None:
        due = self.store().next_wake()
        if due is not None and due <= self.clock.now():
            due = self.clock.now() + _AGAIN
        times = [at for at in (due, self._agenda[0][0] if self._agenda else None) if at]
        if self.store().followups_in(_S.DRAFTING):
            times.append(self.clock.now() + _SOON)  # the ticker wakes for it every minute
        first = min(times, default=None)
        return first if first and first <= hunt.START + hunt.LENGTH else None

    def _later(self, at: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), act))

    # -- the world ---------------------------------------------------------------------

    def _deliver(self, mail: hunt.Delivery) -> None:
        flags = (r"\Seen",) if mail.folder == "Sent" else ()
        self.world.add(mail.folder, mail.data, mail.at, *flags)
        self.delivered.append(mail.message_id)

    def _take_note(self) -> None:
        """What lies in Drafts and in the inbox, and what the user will do about it."""
        for folder in ("Drafts", "INBOX"):
            for lying in self.world.strangers(folder):
                self.copies.setdefault(lying.message_id, set()).add((folder, lying.uid))
        for followup in self.followups():
            if followup.status in _WRITTEN and followup.drafted_at:
                self.written.add(followup.key)
            if followup.status is _S.DRAFTED:
                self._decide(followup)

    def hurry(self) -> None:
        """The user may find a draft before the program knows that it lies there."""
        for followup in self.store().followups_in(_S.DRAFTING):
            self._decide_in_doubt(followup)

    def _decide(self, followup: FollowUp) -> None:
        """What the user will do with a draft, once."""
        known = (followup.key, followup.revision)
        if known not in self._fated:
            self._fated.add(known)
            fate = hunt.fate_of(self.seed, *known)
            act = partial(self._deed, followup.message_id or "", fate.deed)
            self._later(self.clock.now() + fate.after, act)

    def _decide_in_doubt(self, followup: FollowUp) -> None:
        """What the user does with it at once.

        Not where they delete it: a draft that is nowhere cannot be told from one never stored.
        """
        there = {lying.message_id for lying in self.world.strangers("Drafts")}
        known = (followup.key, followup.revision)
        deed = hunt.fate_of(self.seed, *known).deed
        if followup.message_id in there and known not in self._fated and deed not in _NO_HURRY:
            self._fated.add(known)
            self.hurried.append(followup)
            self._deed(followup.message_id or "", deed)

    def _deed(self, message_id: str, deed: str) -> None:
        lying = next(
            (each for each in self.world.strangers("Drafts") if each.message_id == message_id),
            None,
        )
        if lying is None or deed == "leave":
            return
        now = self.clock.now()
        match deed:
            case "send":
                self.world.remove("Drafts", lying.uid)
                self.world.add("Sent", lying.data, now, r"\Seen")
            case "delete":
                self.world.remove("Drafts", lying.uid)
            case "edit" | "retouch":
                self.world.edit(lying, now, new_id=deed == "edit")
            case _:
                data = lying.data + b"PS: sent with a word more.\r\n"
                self.world.remove("Drafts", lying.uid)
                self.world.add("Sent", data, now, r"\Seen")

    # -- what came of it ------------------------------------------------------------------

    def followups(self) -> list[FollowUp]:
        """Every follow-up, of every application."""
        store = self.store()
        return [f for app in store.applications() for f in store.followups(app.id)]

    def memos(self) -> list[Memo]:
        """Every memo."""
        store = self.store()
        return [memo for app in store.applications() for memo in store.memos(app.id)]

    def standing(self) -> dict[str, str]:
        """How each follow-up stands, by its key."""
        return {followup.key: followup.status.value for followup in self.followups()}


async def in_peace(seed: int) -> Life:
    """The same hunt in memory, where nothing ever goes wrong."""
    clock = SimulatedClock(hunt.START)
    mailbox = MemoryMailbox(clock=clock)
    store = SqliteStore(None)
    context = context_for(Way(1, "me", ""), store, mailbox, clock)
    life = Life(seed, World(InMemory(mailbox)), clock, lambda: store, lambda: one_pass(context))
    return await life.lived()
