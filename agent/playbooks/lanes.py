"""A playbook as lanes of days: what a drawing of it shows, whatever it is drawn with.

Two lanes, one where they named no day and one where they named a day a week off, each with
the stops that the real planner makes of an interview on a Tuesday at three.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from agent.domain.course import Stop, course
from agent.domain.due import WorkCalendar
from agent.domain.playbook import Afterwards, Channel, Playbook, Step, Trigger
from agent.domain.rules import Rules
from agent.playbooks.words import what

_ENDED = datetime(2026, 9, 1, 15, tzinfo=UTC)
_NAMED = date(2026, 9, 8)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """One stop in a lane: so many days after the interview, in a word, a mail or a task or the end."""

    day: float
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One course of things; `named` is the day that they named, in days after the interview."""

    title: str
    marks: tuple[Mark, ...]
    named: int | None = None
    goes_on: bool = False


def lanes(playbook: Playbook) -> tuple[Lane, Lane]:
    """The two lanes of a playbook."""
    rules = Rules(playbook, WorkCalendar())
    asking = playbook.step(Trigger.SILENCE)
    goes_on = asking is not None and asking.afterwards is Afterwards.PERIODIC
    unnamed = _marks(course(_ENDED, rules), asking)
    named = _marks(course(_ENDED, rules, _NAMED), asking)
    return (
        Lane("no day named", unnamed, goes_on=goes_on),
        Lane("decision in a week", named, named=_WEEK, goes_on=goes_on),
    )


def weeks(drawn: tuple[Lane, ...]) -> int:
    """How many whole weeks it takes to show all of it."""
    last = max((mark.day for lane in drawn for mark in lane.marks), default=0)
    return int(last // _WEEK) + 1


def _marks(stops: tuple[Stop, ...], asking: Step | None) -> tuple[Mark, ...]:
    return tuple(_mark(stop, asking) for stop in stops)


def _mark(stop: Stop, asking: Step | None) -> Mark:
    day = (stop.at - _ENDED) / timedelta(days=1)
    if stop.step is None:
        return Mark(day, "closed", "end")
    kind = "mail" if stop.step.channel is Channel.MAIL else "task"
    return Mark(day, _word(stop, asking), kind)


_SHORT = {
    Channel.LINKEDIN: "LinkedIn",
    Channel.CARD: "card",
    Channel.CALL: "call",
    Channel.REFERENCES: "references",
    Channel.ASK: "ask",
    Channel.ASK_OUTCOME: "how is it going?",
    Channel.KEEP_SEARCHING: "search on",
}


def _word(stop: Stop, asking: Step | None) -> str:
    if stop.step is None:
        return "closed"
    if stop.step.channel is not Channel.MAIL:
        return _SHORT[stop.step.channel]
    return what(stop.step, stop.attempt if stop.step is asking else None)
