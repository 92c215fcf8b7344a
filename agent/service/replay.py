"""`replay`: a mailbox's history through the real pipeline, on a simulated clock.

Messages are fed in the order of their arrival; between them the clock runs, so that what
falls due is drafted at its due time. A message From the user stands for their Sent folder.
What comes out is told as JSON objects: what happened, in time order, then each application.
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Protocol

from agent.domain.due import WorkCalendar
from agent.domain.followup import FollowUpStatus
from agent.domain.reconcile import next_of
from agent.mail.message import Identity
from agent.mail.parse import Envelope
from agent.ports import Mailbox, RawMail, Store
from agent.service import followups
from agent.service.ahead import Readers, readers
from agent.service.context import Context
from agent.service.events import (
    Closed,
    Drafted,
    Event,
    Recorded,
    Reopened,
    Sent,
    TaskRaised,
    Withdrawn,
)
from agent.service.explain import interview_json, person_json
from agent.service.ingest import ingest
from agent.service.sweep import Progress, unseen_progress

#: The account that replayed mail belongs to.
ACCOUNT = "replay"
#: How far the clock runs on after the last message.
RUN_ON = timedelta(days=60)
#: What is due but may not be written yet is looked at again after this long.
_AGAIN = timedelta(minutes=15)
_MOST_HEADER = 64 << 10
_FROM_TO = re.compile(rb"^(?:from|to):[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE).findall
_DATE_LINE = re.compile(rb"^Date:[^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE | re.IGNORECASE)


class RehearsalClock(Protocol):
    """A clock that is moved by hand."""

    def now(self) -> datetime: ...
    def set(self, now: datetime) -> None: ...


class RehearsalMailbox(Mailbox, Protocol):
    """A mailbox whose user is played."""

    def drafts(self) -> list[RawMail]: ...
    def user_sends_draft(self, uid: int, at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `data` holds a draft's bytes."""

    at: datetime
    fields: dict[str, Any]
    data: bytes | None = None


@dataclass(slots=True)
class Rehearsal:
    """One replay. `sends` plays a user who sends each draft that long after it appears.

    `progress` is told how many of how many messages have been fed.
    """

    context: Context
    clock: RehearsalClock
    mailbox: RehearsalMailbox
    sends: timedelta | None = None
    progress: Progress = unseen_progress
    lines: list[Line] = field(default_factory=list)
    _outbox: list[tuple[datetime, str]] = field(default_factory=list)

    async def run(
        self, messages: Iterable[tuple[str, bytes]], until: datetime | None = None
    ) -> None:
        """Feed every message in order of arrival, then run on to `until`."""
        self.context.observer = self._watch
        self.context.folders[ACCOUNT] = await self.mailbox.connect()
        mails = [data for _, data in messages]
        with readers(self.context.identity_of(ACCOUNT), len(mails)) as reading:
            await self._feed(mails, reading, until)

    async def _feed(self, mails: list[bytes], reading: Readers, until: datetime | None) -> None:
        ordered = _in_order(mails, reading.envelopes(mails))
        if not any(_answers_oneself(data, self.context.identity) for data in mails):
            # Nobody reads the memos of a replay but answers to them: years of them are left out.
            self.context.memos = None
        last = ordered[-1][0] if ordered else self.clock.now()
        end = until or last + RUN_ON
        read = reading.ahead(
            [(data, sender) for _, data, sender in ordered], self.context.known_domains
        )
        for count, ((at, data, _), ahead) in enumerate(zip(ordered, read, strict=True), start=1):
            if at > end:
                break
            await self._run_to(at)
            async with self.context.turn:
                await ingest(self.context, ACCOUNT, data, at, ahead)
            await followups.tick(self.context, ACCOUNT)
            self.progress(count, len(ordered))
        await self._run_to(end)

    def report(self) -> Iterator[Line]:
        """What happened, in time order, then one line an application."""
        yield from sorted(self.lines, key=lambda line: line.at)
        for app in sorted(self.context.store.applications(), key=lambda app: app.id):
            yield Line(self.clock.now(), self._application(app.id))

    # -- time --------------------------------------------------------------------

    async def _run_to(self, then: datetime) -> None:
        """Let time pass, stopping wherever something falls due or the user sends a draft."""
        while (at := self._next()) is not None and at <= then:
            before = self.clock.now()
            self.clock.set(max(at, before))
            await self._send_drafts()
            await followups.tick(self.context, ACCOUNT)
            again = self._next()
            if again is not None and again <= self.clock.now():
                self.clock.set(min(self.clock.now() + _AGAIN, then))
                if self.clock.now() == before:
                    break
        self.clock.set(max(then, self.clock.now()))

    def _next(self) -> datetime | None:
        times = [t for t in (self.context.store.next_wake(),) if t]
        if self._outbox:
            times.append(self._outbox[0][0])
        return min(times, default=None)

    async def _send_drafts(self) -> None:
        """The user who is played sends what lies in Drafts and has waited long enough."""
        now = self.clock.now()
        while self._outbox and self._outbox[0][0] <= now:
            at, message_id = heapq.heappop(self._outbox)
            for uid in await self.mailbox.find(self.context.folders[ACCOUNT].drafts, message_id):
                data = next(raw.data for raw in self.mailbox.drafts() if raw.uid == uid)
                self.mailbox.user_sends_draft(uid, at)
                async with self.context.turn:
                    await ingest(self.context, ACCOUNT, _stamped(data, at), at)

    # -- telling -------------------------------------------------------------------

    def _watch(self, event: Event) -> None:
        zone = self.context.calendar
        told = _told(event, zone)
        if told is None:
            return
        fields = {"type": told.pop("type"), "at": zone.local(event.at).isoformat(), **told}
        data = event.data if isinstance(event, Drafted) else None
        self.lines.append(Line(event.at, fields, data))
        if isinstance(event, Drafted) and self.sends is not None and event.followup.message_id:
            heapq.heappush(self._outbox, (event.at + self.sends, event.followup.message_id))

    def _application(self, application_id: int) -> dict[str, Any]:
        store: Store = self.context.store
        app = store.application(application_id)
        if app is None:
            raise KeyError(application_id)
        had = store.followups(app.id)
        upcoming = next_of(had)
        at = self.context.calendar.local(upcoming.due_at).isoformat() if upcoming else None
        sent = [f for f in had if f.status is FollowUpStatus.SENT]
        return {
            "type": "application",
            "at": self.context.calendar.local(self.clock.now()).isoformat(),
            "application": app.id,
            "company": app.company,
            "role": app.role,
            "stage": app.stage.value if app.stage else None,
            "playbook": self.context.playbook_of(app).name,
            "people": [person_json(person) for person in app.people],
            "next": {"followup": upcoming.step, "at": at} if upcoming else None,
            "followups_sent": len(sent),
        }


def _in_order(
    mails: Iterable[bytes], envelopes: Iterable[Envelope]
) -> list[tuple[datetime, bytes, str]]:
    """With time of arrival and sender; one without a date stays where it stands among its
    neighbours."""
    timed: list[tuple[datetime, int, bytes, str]] = []
    known = datetime(1970, 1, 1, tzinfo=UTC)
    for number, (data, outside) in enumerate(zip(mails, envelopes, strict=True)):
        known = outside.at.astimezone(UTC) if outside.at else known
        timed.append((known, number, data, outside.sender))
    return [(at, data, sender) for at, _, data, sender in sorted(timed, key=lambda t: t[:2])]


def _answers_oneself(data: bytes, identity: Identity) -> bool:
    """Whether a message is an answer of the user's to the user, such as one to a memo."""
    header = re.split(rb"\r?\n\r?\n", data[:_MOST_HEADER], maxsplit=1)[0].lower()
    if b"\nin-reply-to:" not in header:
        return False
    to_me = [any(a.encode() in field for a in identity.addresses) for field in _FROM_TO(header)]
    return len(to_me) > 1 and all(to_me)


def _stamped(data: bytes, at: datetime) -> bytes:
    """A draft as a client sends it: with the date of sending."""
    line = f"Date: {format_datetime(at.astimezone(UTC))}\r\n".encode()
    return _DATE_LINE.sub(line, data, count=1)


def _told(event: Event, zone: WorkCalendar) -> dict[str, Any] | None:
    """An event as the replay contract words it; None for one that it does not name."""
    match event:
        case Recorded(application=app, fact=fact):
            return {
                "type": "fact",
                "application": app.id,
                "company": app.company,
                "role": app.role,
                "kind": fact.kind.value,
                "message_id": fact.thread.message_id,
                "stage": app.stage.value if app.stage else None,
                "interviews": [interview_json(i) for i in fact.interviews],
            }
        case Drafted(followup=followup, in_reply_to=in_reply_to):
            return {
                "type": "draft",
                **_which(followup.application_id, followup.step, followup.attempt),
                "to": list(followup.to),
                "subject": followup.subject,
                "in_reply_to": in_reply_to,
                "send_by": zone.local(followup.send_by).isoformat(),
            }
        case Sent(followup=followup, by=by):
            which = _which(followup.application_id, followup.step, followup.attempt)
            return {"type": "sent", **which, "by": by}
        case Withdrawn(followup=followup, why=why):
            which = _which(followup.application_id, followup.step, followup.attempt)
            return {"type": "withdrawn", **which, "why": why}
        case TaskRaised(application=app, task=task):
            return {"type": "task", "application": app.id, "task": task.kind, "text": task.text}
        case Closed(application=app, why=why):
            return {"type": "closed", "application": app.id, "why": why}
        case Reopened(application=app, why=why):
            return {"type": "reopened", "application": app.id, "why": why}
    return None


def _which(application: int, step: str, attempt: int) -> dict[str, Any]:
    return {"application": application, "followup": step, "attempt": attempt}
