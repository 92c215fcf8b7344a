"""What a playbook asks the user to do beside mail: invitations, cards, calls, questions.

A task is planned here without its words; they are written when it is raised, in the
language of the application (see `agent/service/tasks.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.domain.application import Application
from agent.domain.facts import Person
from agent.domain.followup import FollowUp, Task
from agent.domain.occasions import Occasion
from agent.domain.people import leads, met, recruits
from agent.domain.playbook import Channel, Recipient, Step, Trigger
from agent.domain.rules import Rules, Todo, placed
from agent.domain.silence import task_due
from agent.domain.talks import Round


@dataclass(frozen=True, slots=True)
class _When:
    """From when a task is asked for, by when it is on time, and until when it makes sense."""

    raised_at: datetime
    due_at: datetime
    until: datetime


def todos(app: Application, occasion: Occasion, step: Step, rules: Rules) -> Iterator[Todo]:
    """The tasks that a step sets on an occasion."""
    if step.channel is Channel.REFERENCES and rules.references:
        return  # a draft to each of them does it
    when = _before(occasion, step, rules) if _is_before(step) else _after(occasion, step, rules)
    yield from _for_each(app, occasion.key, occasion.about, occasion.round, step, when)


def todos_in_silence(
    app: Application, round_: Round, had: Sequence[FollowUp], rules: Rules
) -> Iterator[Todo]:
    """The tasks that steps set when nothing is heard."""
    for step in rules.playbook.on(Trigger.SILENCE):
        if step.channel is not Channel.MAIL:
            due = task_due(app, round_, had, step, rules)
            calendar = rules.calendar
            when = _When(
                due, calendar.plus(due, step.send_within), calendar.plus(due, step.expires)
            )
            yield from _for_each(app, round_.key, round_.key, round_, step, when)


def _is_before(step: Step) -> bool:
    return step.trigger is Trigger.INTERVIEW_BEFORE


def _before(occasion: Occasion, step: Step, rules: Rules) -> _When:
    """Counted backwards from the talk; over when it begins."""
    begins = occasion.at
    return _When(rules.calendar.minus(begins, step.delay), begins, occasion.until or begins)


def _after(occasion: Occasion, step: Step, rules: Rules) -> _When:
    calendar = rules.calendar
    raised = placed(calendar.plus(occasion.at, step.delay), step, calendar, after=occasion.at)
    until = calendar.plus(occasion.at, step.expires)
    due = max(raised, calendar.plus(occasion.at, step.send_within))
    return _When(raised, min(due, until), until)


def _for_each(
    app: Application, key: str, about: str, round_: Round | None, step: Step, when: _When
) -> Iterator[Todo]:
    prefix = f"{app.id}:{step.name}" if step.once else f"{app.id}:{step.name}:{key}"
    for nth, person in enumerate(_people(app, round_, step)):
        task = Task(
            key=f"{prefix}:{person.email or person.name}" if person else prefix,
            application_id=app.id,
            kind=step.channel.value,
            text="",
            raised_at=when.raised_at,
            due_on=when.due_at.date().isoformat(),
            template=step.words(1),
            name=(person.name or "") if person else "",
            email=person.email if person else None,
            about=about,
            nth=nth,
            note=step.note,
        )
        yield Todo(task, when.until)


def _people(app: Application, round_: Round | None, step: Step) -> Sequence[Person | None]:
    """Whom the task is about; None once for one that is about nobody in particular."""
    if step.to in (Recipient.NOBODY, Recipient.REFERENCES):
        return [None]
    contact = app.contact()
    if step.to is Recipient.CONTACT or round_ is None:
        # A call can be made without knowing to whom; nothing can be sent to nobody.
        return [contact] if contact or step.channel is Channel.CALL else []
    people = [p for p in met(app, round_) if p.name or p.email]
    if step.to is Recipient.EACH_MANAGER:
        people = [p for p in people if leads(p)] or [p for p in people if not recruits(p)] or people
    return people or ([contact] if contact else [])
