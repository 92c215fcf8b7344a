"""What planning goes by, and what it yields: Rules in, Plan out.

A `Plan` says what ought to be there now. Its tasks are those that are asked for at this
instant; `wake_at` is when the next one begins or ends, so that somebody looks again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.domain.due import WorkCalendar
from agent.domain.facts import Fact, Kind
from agent.domain.followup import FollowUp, Task
from agent.domain.playbook import Days, Playbook, Step

#: Even when it appears at the last moment, a draft gets this long to be reviewed.
REVIEW = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody who will speak for the user; `language` is what they are written to in, if said."""

    name: str
    email: str
    phone: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The playbook, the user's calendar, the floor of confidence, who speaks for the user."""

    playbook: Playbook
    calendar: WorkCalendar
    floor: float = 0.8
    references: tuple[Reference, ...] = ()

    def to_them(self, fact: Fact) -> bool:
        """Whether the user wrote it to the other side: a word to a reference is none to them."""
        known = {each.email for each in self.references}
        return fact.kind is Kind.OWN and (not fact.recipients or not known >= set(fact.recipients))


@dataclass(frozen=True, slots=True)
class Todo:
    """A task and its time: asked for from `task.raised_at` until `until`."""

    task: Task
    until: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What an application wants: follow-ups, tasks, and when its silence will close it."""

    followups: tuple[FollowUp, ...] = ()
    tasks: tuple[Task, ...] = ()
    close_at: datetime | None = None
    wake_at: datetime | None = None


def asked_now(todos: Iterable[Todo], now: datetime) -> tuple[tuple[Task, ...], datetime | None]:
    """The tasks whose time it is, and when that will next be otherwise."""
    timed = list(todos)
    tasks = tuple(t.task for t in timed if t.task.raised_at <= now < t.until)
    turns = [at for t in timed for at in (t.task.raised_at, t.until) if at > now]
    return tasks, min(turns, default=None)


def placed(
    at: datetime, step: Step, calendar: WorkCalendar, *, after: datetime | None = None
) -> datetime:
    """That day at the step's hour, on a day and at an hour that the step may fall on.

    Days are counted as people count them: a week after six in the evening is nine in the
    morning, where the step has that hour. It is never before `after`, what set it off.
    """
    local = calendar.local(at)
    clock = step.at or local.time().replace(tzinfo=None)
    found = calendar.permitted(calendar.at(_day(local.date(), step, calendar), clock))
    if after is None or found >= after:
        return found
    tomorrow = _day(local.date() + timedelta(days=1), step, calendar)
    return calendar.permitted(calendar.at(tomorrow, clock))


def _day(day: date, step: Step, calendar: WorkCalendar) -> date:
    return calendar.working_day(day) if step.days is Days.WORKING else day


def awake(send_by: datetime, due: datetime, calendar: WorkCalendar) -> datetime:
    """A limit that falls into the night is told as the evening before it: nobody sends then."""
    if not calendar.quiet(send_by):
        return send_by
    day = calendar.local(send_by).date()
    evenings = (calendar.at(day - timedelta(days=back), calendar.quiet_from) for back in (0, 1))
    return max((e for e in evenings if due + REVIEW <= e <= send_by), default=send_by)
