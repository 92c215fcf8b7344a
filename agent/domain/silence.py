"""Silence after a talk: when to ask how things stand, how often, and when it is over.

The wait runs from the thank-you, or from the last word of either side. Three things hold
whatever a playbook says: nothing before the day that they named, nothing while an
answering machine says that the reader is away, and never two to one person closer together
than the playbook's `again`.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from agent.domain.application import Application
from agent.domain.due import Delay, WorkCalendar
from agent.domain.facts import Person
from agent.domain.followup import FollowUp, FollowUpStatus, Task
from agent.domain.playbook import Afterwards, Step, Trigger
from agent.domain.rules import Plan, Rules, placed
from agent.domain.talks import Round
from agent.domain.told import personal

_S = FollowUpStatus
_MADE = (_S.SENT, _S.LAPSED, _S.DECLINED)


def silence(
    app: Application,
    round_: Round,
    had: Sequence[FollowUp],
    rules: Rules,
    *,
    doubtful: bool,
) -> Plan:
    """The next check-in, or the end, after a talk that nobody has said anything final about.

    With `doubtful` their last word may have been a no: nothing is written on a guess.
    """
    step = rules.playbook.step(Trigger.SILENCE)
    if step is None:
        return Plan()
    tried = _tried(had, step, round_)
    made = [f for f in tried if f.status in _MADE]
    spent = [f for f in made if not _came_back(app, f)]
    if step.spent(len(spent)):
        return Plan(close_at=_quiet_end(app, round_, spent[-1], step, rules))
    if step.most is None and any(f.status is _S.DECLINED for f in spent):
        # Nobody counts the attempts here, so a draft deleted unsent is the word to stop.
        return Plan()
    contact = app.contact()
    if contact is None:
        # Nobody to write to: said once, and not overdue for ever.
        due = _due(app, round_, step, had, spent, rules, to=None)
        return Plan(tasks=(_by_phone(app, round_, due),), close_at=_lost(due, step, 0, rules))
    due = _due(app, round_, step, had, spent, rules, to=contact.email)
    if doubtful:
        return Plan(close_at=_lost(due, step, len(spent), rules))
    check_in = _check_in(app, round_, step, contact, due, (len(made), len(spent)), rules)
    waiting = [f for f in tried if f.status in (_S.DRAFTED, _S.THEIRS) and f.drafted_at]
    if waiting and waiting[-1].drafted_at and due <= waiting[-1].drafted_at:
        # A draft that the user leaves unsent is not nagged about, and does not keep
        # the application open for ever: the silence runs on as if it had been sent.
        return Plan(followups=(check_in,), close_at=_lost(due, step, len(spent), rules))
    return Plan(followups=(check_in,))


def task_due(
    app: Application, round_: Round, had: Sequence[FollowUp], step: Step, rules: Rules
) -> datetime:
    """When a step asks the user to do something about a silence.

    What was written restarts this wait too: whoever has just asked by mail need not call.
    """
    return _due(app, round_, step, had, (), rules, to=None)


def _tried(had: Sequence[FollowUp], step: Step, round_: Round) -> list[FollowUp]:
    mine = (f for f in had if f.step == step.name and f.about == round_.key)
    return sorted(mine, key=lambda f: f.attempt)


def _came_back(app: Application, followup: FollowUp) -> bool:
    """Whether a mail reached nobody: it is no attempt, and another address may be written to."""
    return followup.status is _S.SENT and bool(followup.to) and app.bounced >= set(followup.to)


# -- when ----------------------------------------------------------------------------


def _due(
    app: Application,
    round_: Round,
    step: Step,
    had: Sequence[FollowUp],
    spent: Sequence[FollowUp],
    rules: Rules,
    *,
    to: str | None,
) -> datetime:
    """When the next one is due: after their date, else after the last thing that was said."""
    calendar = rules.calendar
    waited = _waited(app, round_, step, had, spent, rules)
    not_before = (
        _day_after_theirs(app, round_, calendar),
        _back_at_the_desk(app, to, calendar),
        _gap(had, step, to, calendar),
        _bounced_at(app, round_, had),
    )
    due = placed(waited, step, calendar)
    for limit in filter(None, not_before):
        if due < limit:
            due = placed(limit, step, calendar, after=limit)
    return due


def _waited(
    app: Application,
    round_: Round,
    step: Step,
    had: Sequence[FollowUp],
    spent: Sequence[FollowUp],
    rules: Rules,
) -> datetime:
    calendar = rules.calendar
    before = _ended(spent[-1]) if spent else None
    word = _last_exchange(app, round_, rules)
    stated = _stated(app, round_, step, calendar)
    if stated and _still_holds(app, before, word, stated, calendar):
        return stated
    if before is not None:
        # A date that they named before the last attempt still gives them time, never less of it.
        due = max(filter(None, (calendar.plus(before, step.again or step.delay), stated)))
        return max(due, calendar.plus(word, step.delay)) if word and word > before else due
    return calendar.plus(max(filter(None, (_thanked(round_, had), word))), step.delay)


def _still_holds(
    app: Application,
    before: datetime | None,
    word: datetime | None,
    stated: datetime,
    calendar: WorkCalendar,
) -> bool:
    """Whether the day that they named is what the next check-in waits for.

    Not once they were asked about it, nor once anything was said after it had passed.
    """
    decision = app.decision
    if decision is None or (before is not None and decision.said_at <= before):
        return False
    heard = next((f.at for f in reversed(app.facts) if f.their_word), None)
    if heard is not None and calendar.local(heard).date() > decision.day:
        return False
    return word is None or word < stated


def _stated(app: Application, round_: Round, step: Step, calendar: WorkCalendar) -> datetime | None:
    """The grace after the day they named, if one holds for this round."""
    if app.decision is None or step.after_date is None:
        return None
    if app.decision.day < round_.day(calendar.zone):
        return None
    return calendar.plus(calendar.at(app.decision.day, time(12)), step.after_date)


def _day_after_theirs(app: Application, round_: Round, calendar: WorkCalendar) -> datetime | None:
    """The first instant after the day that they named, whatever the playbook makes of it."""
    if app.decision is None or app.decision.day < round_.day(calendar.zone):
        return None
    return calendar.at(app.decision.day + timedelta(days=1), time(0))


def _back_at_the_desk(app: Application, to: str | None, calendar: WorkCalendar) -> datetime | None:
    """The day on which the reader is back."""
    back = app.away_until((to,)) if to else None
    return calendar.at(back, time(0)) if back else None


def _gap(
    had: Sequence[FollowUp], step: Step, to: str | None, calendar: WorkCalendar
) -> datetime | None:
    """The least time after the last check-in that this person got, also about another round."""
    sent = [
        f.ended_at
        for f in had
        if f.does("check_in") and f.status is _S.SENT and f.ended_at and to in f.to
    ]
    if not sent or step.again is None:
        return None
    return _midnight(calendar.plus(max(sent), step.again), calendar)


def _bounced_at(app: Application, round_: Round, had: Sequence[FollowUp]) -> datetime | None:
    """When it was heard that a check-in reached nobody: the next one is not due before."""
    lost = {
        email
        for f in had
        if f.about == round_.key and f.does("check_in") and _came_back(app, f)
        for email in f.to
    }
    heard = [fact.at for fact in app.facts if lost & set(fact.bounced)]
    return heard[-1] if heard else None


def _midnight(at: datetime, calendar: WorkCalendar) -> datetime:
    """The beginning of that day: gaps are counted in days."""
    return calendar.at(calendar.local(at).date(), time(0))


def _last_exchange(app: Application, round_: Round, rules: Rules) -> datetime | None:
    """When either side last wrote to the other after the talk."""
    words = (f for f in app.facts if f.their_word or rules.to_them(f))
    said = [f.at for f in words if f.at > round_.end]
    return said[-1] if said else None


def _thanked(round_: Round, had: Sequence[FollowUp]) -> datetime:
    """When the thank-you for the round went out; when it should have, if it did not."""
    sent = [
        f.ended_at
        for f in had
        if f.about == round_.key and f.does("thank_you") and f.status is _S.SENT and f.ended_at
    ]
    return max(sent, default=round_.end)


def _ended(followup: FollowUp) -> datetime:
    """When an attempt was made, or would have been."""
    if followup.status is _S.SENT and followup.ended_at:
        return followup.ended_at
    return followup.due_at


# -- what ----------------------------------------------------------------------------


def _check_in(
    app: Application,
    round_: Round,
    step: Step,
    contact: Person,
    due: datetime,
    before: tuple[int, int],
    rules: Rules,
) -> FollowUp:
    """`before`: how many were made, and how many of these reached somebody."""
    attempt, heard_of = before[0] + 1, before[1] + 1
    return FollowUp(
        key=f"{app.id}:{step.name}:{round_.key}:{attempt}",
        application_id=app.id,
        account=app.account,
        step=step.name,
        attempt=attempt,
        about=round_.key,
        to=(contact.email or "",),
        names=(contact.name or "",),
        template=_words(app, round_, step, contact, heard_of, rules),
        due_at=due,
        send_by=rules.calendar.plus(due, step.send_within),
        expires_at=rules.calendar.plus(due, step.expires),
        late_start=step.late_start,
        nth=attempt - 1,  # no sentence of the attempt before is said again
        job="check_in",
    )


def _words(
    app: Application, round_: Round, step: Step, contact: Person, attempt: int, rules: Rules
) -> str:
    """The template: the playbook's own, or the one of the family that fits the situation."""
    named = step.words(attempt)
    if named != "check_in":
        return named
    if attempt > 1:
        return "check_in.second"
    zone = rules.calendar.zone
    if app.decision is not None and app.decision.day >= round_.day(zone):
        return "check_in.after_date"
    # Something useful of the user's own says more than a question.
    useful = personal(app.facts, contact, round_.key, zone).value
    return "check_in.value" if useful else "check_in.first"


# -- the end -------------------------------------------------------------------------


def _quiet_end(
    app: Application, round_: Round, last: FollowUp, step: Step, rules: Rules
) -> datetime | None:
    """When the silence after the last check-in has lasted long enough."""
    if not _closes(step, rules):
        return None
    theirs = _stated(app, round_, step, rules.calendar) or _day_after_theirs(
        app, round_, rules.calendar
    )
    base = max(filter(None, (_ended(last), _last_exchange(app, round_, rules), theirs)))
    return rules.calendar.plus(base, rules.playbook.close_after or Delay())


def _lost(due: datetime, step: Step, tried: int, rules: Rules) -> datetime | None:
    """When it closes if none of the attempts that are left is made."""
    if not _closes(step, rules):
        return None
    calendar = rules.calendar
    for _ in range(step.cap - 1 - tried):
        due = calendar.plus(due, step.again or Delay())
    return calendar.plus(due, rules.playbook.close_after or Delay())


def _closes(step: Step, rules: Rules) -> bool:
    return step.afterwards is Afterwards.CLOSE and rules.playbook.close_after is not None


def _by_phone(app: Application, round_: Round, due: datetime) -> Task:
    return Task(
        key=f"{app.id}:call:{round_.key}",
        application_id=app.id,
        kind="call",
        text=f"No address is known for {app.title}: ask by phone or on their site "
        "how things stand.",
        raised_at=round_.end,
        due_on=due.date().isoformat(),
    )
