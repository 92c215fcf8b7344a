"""The course of a playbook: what it does, day by day, after one interview nobody answers.

The real planner is asked, over an invented application, with a user who sends each draft as
it appears. So what is shown of a playbook, in the terminal or as a picture, is what it does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from agent.domain.application import Application
from agent.domain.facts import Fact, Interview, Kind, Passing, Person, PersonRole, Thread
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.lifecycle import Stage
from agent.domain.plan import plan
from agent.domain.playbook import Afterwards, Step, Trigger
from agent.domain.rules import Rules

#: How often a step that goes on for ever is shown.
SHOWN = 3
_LONGEST = timedelta(days=400)
_TALK = timedelta(hours=1)
_CONTACT = Person("Contact", "contact@employer.example", None, PersonRole.RECRUITER)
_MET = Person("Interviewer", "interviewer@employer.example", "Manager", PersonRole.INTERVIEWER)


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that happens: a step, or (without one) the end. `send_by` is for mails."""

    at: datetime
    step: Step | None
    attempt: int = 1
    send_by: datetime | None = None


def course(ended: datetime, rules: Rules, decision_by: date | None = None) -> tuple[Stop, ...]:
    """What the playbook of `rules` does after an interview that ended then, in order of time.

    `decision_by` is the day by which they said that they would decide. References are written
    to where `rules` names any.
    """
    return tuple(_Course(ended, rules, decision_by).run())


class _Course:
    """One invented application, and a clock that leaps from one thing to the next."""

    def __init__(self, ended: datetime, rules: Rules, decision_by: date | None) -> None:
        self._rules = rules
        self._ended = ended
        self._facts = [_invitation(ended, decision_by)]
        self._had: dict[str, FollowUp] = {}
        self._asked: set[str] = set()
        self._steps = {step.name: step for step in rules.playbook.steps}

    def run(self) -> Iterator[Stop]:
        now = self._facts[0].at
        while now <= self._ended + _LONGEST:
            if now >= self._ended and len(self._facts) == 1:
                self._facts.append(_passing(Passing.INTERVIEW_OVER, self._ended))
            yield from self._tasks(now)
            yield from self._mails(now)
            if self._closed(now):
                yield Stop(now, None)
                yield from self._last_tasks(now)
                return
            then = self._next(now)
            if then is None or self._shown_enough():
                return
            now = then

    def _wanted(self, now: datetime) -> Sequence[FollowUp]:
        found = plan(self._app(), tuple(self._had.values()), self._rules, now).followups
        return [f for f in found if f.key not in self._had]

    def _mails(self, now: datetime) -> Iterator[Stop]:
        for note in self._wanted(now):
            if note.due_at <= now:
                self._had[note.key] = replace(note, status=FollowUpStatus.SENT, ended_at=now)
                self._facts.append(_own(now, note.to))
                yield Stop(now, self._steps[note.step], note.attempt, note.send_by)

    def _tasks(self, now: datetime) -> Iterator[Stop]:
        for task in plan(self._app(), tuple(self._had.values()), self._rules, now).tasks:
            name = task.key.split(":")[1]
            if task.key not in self._asked and task.template and name in self._steps:
                self._asked.add(task.key)
                yield Stop(now, self._steps[name])

    def _last_tasks(self, now: datetime) -> Iterator[Stop]:
        """What is asked once it is closed."""
        self._facts.append(_passing(Passing.SILENCE, now))
        wake = plan(self._app(), tuple(self._had.values()), self._rules, now).wake_at
        yield from self._tasks(wake or now)

    def _closed(self, now: datetime) -> bool:
        end = plan(self._app(), tuple(self._had.values()), self._rules, now).close_at
        return end is not None and end <= now

    def _next(self, now: datetime) -> datetime | None:
        wanted = plan(self._app(), tuple(self._had.values()), self._rules, now)
        times = [f.due_at for f in wanted.followups if f.key not in self._had]
        times += [at for at in (wanted.wake_at, wanted.close_at) if at]
        times += [self._ended] if now < self._ended else []
        return min((at for at in times if at > now), default=None)

    def _shown_enough(self) -> bool:
        step = self._rules.playbook.step(Trigger.SILENCE)
        goes_on = step is not None and step.afterwards is Afterwards.PERIODIC
        return goes_on and sum(f.does("check_in") for f in self._had.values()) >= SHOWN

    def _app(self) -> Application:
        app = Application.of(1, "sample", self._facts)
        if app.stage is Stage.INTERVIEW_SCHEDULED and len(self._facts) > 1:
            return replace(app, stage=Stage.INTERVIEWED)
        return app


def _invitation(ended: datetime, decision_by: date | None) -> Fact:
    return Fact(
        kind=Kind.INTERVIEW_CONFIRMED,
        at=ended - timedelta(days=7),
        thread=Thread("invitation@employer.example"),
        subject="Interview",
        from_=_CONTACT,
        company="Employer",
        role="Role",
        interviews=(Interview(ended - _TALK, ended),),
        people=(_CONTACT, _MET),
        decision_by=decision_by,
    )


def _passing(kind: Passing, at: datetime) -> Fact:
    return Fact(kind, at, Thread(None), "", Person(None))


def _own(at: datetime, to: tuple[str, ...]) -> Fact:
    return Fact(Kind.OWN, at, Thread(None), "", Person("You"), recipients=to)
