"""Which follow-ups an application wants now, and what has to be done about it.

Decide first, do second. `plan` says what ought to be there; `reconcile` compares it with
what is there and yields actions as values. The shell in `service/` carries them out.
Planning twice yields the same follow-ups under the same keys, so nothing is ever planned
twice, and replaying history in pieces gives the same plan as the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from agent.domain.application import Application
from agent.domain.due import Delay, WorkCalendar
from agent.domain.facts import Kind, Passing, Person, PersonRole, Word
from agent.domain.followup import FollowUp, FollowUpStatus, Task, TaskStatus
from agent.domain.playbook import Days, Playbook, Recipient, Step, Trigger
from agent.domain.talks import Round, rounds

_S = FollowUpStatus

#: Even when it appears at the last moment, a draft gets this long to be reviewed.
REVIEW = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Rules:
    """What planning goes by: the playbook, the user's calendar, the floor of confidence."""

    playbook: Playbook
    calendar: WorkCalendar
    floor: float = 0.8


@dataclass(frozen=True, slots=True)
class Plan:
    """What an application wants: follow-ups, tasks, and when its silence will close it."""

    followups: tuple[FollowUp, ...] = ()
    tasks: tuple[Task, ...] = ()
    close_at: datetime | None = None


def plan(app: Application, had: Sequence[FollowUp], rules: Rules, now: datetime) -> Plan:
    """What `app` wants at `now`, given the follow-ups it has had."""
    if app.ended:
        return Plan(tasks=tuple(_unsure_word(app, rules.floor)))
    all_rounds = rounds(app.talks, rules.calendar.zone)
    sure = [r for r in all_rounds if _sure(r, rules.floor)]
    thanks = tuple(f for r in sure for f in _thank_yous(app, r, rules))
    tasks = (
        *_answers(app),
        *_doubts(app, all_rounds, rules.floor),
        *_unsure_word(app, rules.floor),
    )
    done = [r for r in sure if r.end <= now]
    if not done or not app.awaits_word:
        return Plan(followups=thanks, tasks=tasks)
    silence = _silence(app, done[-1], had, rules, now)
    return Plan(
        followups=(*thanks, *silence.followups),
        tasks=(*tasks, *silence.tasks),
        close_at=silence.close_at,
    )


# -- thank-yous ------------------------------------------------------------------


def _sure(round_: Round, floor: float) -> bool:
    return all(t.confidence >= floor and not t.suspicious for t in round_.talks)


def _thank_yous(app: Application, round_: Round, rules: Rules) -> Iterable[FollowUp]:
    """A note to each interviewer who can be reached; the others' thanks go by the contact."""
    step = rules.playbook.step(Trigger.INTERVIEW_ENDED)
    if step is None:
        return
    met = [app.person(key) or _stranger(key) for key in round_.who]
    reachable = [p for p in met if p.email] if step.to is Recipient.EACH_INTERVIEWER else []
    missing = tuple(p.name for p in met if not p.email and p.name)
    contact = app.contact()
    for nth, person in enumerate(reachable):
        passing_on = missing if contact and person.email == contact.email else ()
        template = _thanks_template(person, len(met), passing_on)
        note = _thank_you(app, round_, step, rules, person, template, passing_on)
        yield replace(note, nth=nth)
    contact_thanked = contact is not None and contact.email in {p.email for p in reachable}
    if contact and not contact_thanked and (missing or not reachable):
        template = "thank_you.pass_on" if missing else _thanks_template(contact, 1, ())
        note = _thank_you(app, round_, step, rules, contact, template, missing)
        yield replace(note, nth=len(reachable))


def _stranger(key: str) -> Person:
    """Somebody known by one mention only."""
    if "@" in key:
        return Person(name=None, email=key, role=PersonRole.INTERVIEWER)
    return Person(name=key, role=PersonRole.INTERVIEWER)


def _thanks_template(person: Person, size: int, passing_on: tuple[str, ...]) -> str:
    if passing_on:
        return "thank_you.pass_on"
    if person.role in (PersonRole.RECRUITER, PersonRole.COORDINATOR):
        return "thank_you.recruiter"
    return "thank_you.panel" if size > 1 else "thank_you.interviewer"


def _thank_you(
    app: Application,
    round_: Round,
    step: Step,
    rules: Rules,
    person: Person,
    template: str,
    mentions: tuple[str, ...],
) -> FollowUp:
    calendar = rules.calendar
    due = calendar.permitted(calendar.plus(round_.end, step.delay))
    expires = calendar.plus(round_.end, step.expires)
    send_by = _awake(calendar.plus(round_.end, step.send_within), due, calendar)
    return FollowUp(
        key=f"{app.id}:{step.name}:{round_.key}:{person.email}",
        application_id=app.id,
        account=app.account,
        step=step.name,
        attempt=1,
        about=round_.key,
        to=(person.email or "",),
        names=(person.name or "",),
        template=template,
        due_at=due,
        send_by=min(max(send_by, due + REVIEW), expires),
        expires_at=expires,
        mentions=mentions,
        late_start=step.late_start,
    )


def _awake(send_by: datetime, due: datetime, calendar: WorkCalendar) -> datetime:
    """A limit that falls into the night is told as the evening before it: nobody sends then."""
    if not calendar.quiet(send_by):
        return send_by
    day = calendar.local(send_by).date()
    evenings = (calendar.at(day - timedelta(days=back), calendar.quiet_from) for back in (0, 1))
    return max((e for e in evenings if due + REVIEW <= e <= send_by), default=send_by)


# -- silence: check-ins and closing ----------------------------------------------


def _silence(
    app: Application, round_: Round, had: Sequence[FollowUp], rules: Rules, now: datetime
) -> Plan:
    """The next check-in, or the end, after a talk that nobody has said anything final about."""
    step = rules.playbook.step(Trigger.SILENCE)
    if step is None:
        return Plan()
    tried = sorted(
        (f for f in had if f.step == step.name and f.about == round_.key), key=lambda f: f.attempt
    )
    spent = [f for f in tried if f.status in (_S.SENT, _S.LAPSED, _S.DECLINED)]
    if len(spent) >= step.cap:
        return Plan(close_at=_quiet_end(app, round_, spent[-1], rules))
    due = _check_in_due(app, round_, step, had, spent, rules)
    contact = app.contact()
    if contact is None:
        # Nobody to write to: said once, and not overdue for ever.
        return Plan(tasks=(_call(app, round_, due),), close_at=_lost(due, step, 0, rules))
    if any(_unsure_word(app, rules.floor)):
        # It may have been a no: the user is asked, and nothing is written on a guess.
        return Plan(close_at=_lost(due, step, len(spent), rules))
    check_in = _check_in(app, round_, step, contact, due, len(spent) + 1, rules)
    waiting = [f for f in tried if f.status in (_S.DRAFTED, _S.THEIRS) and f.drafted_at]
    if waiting and waiting[-1].drafted_at and due <= waiting[-1].drafted_at:
        # A draft that the user leaves unsent is not nagged about, and does not keep
        # the application open for ever: the silence runs on as if it had been sent.
        attempt = waiting[-1].attempt
        return Plan(followups=(check_in,), close_at=_lost(due, step, attempt - 1, rules))
    return Plan(followups=(check_in,))


def _check_in_due(
    app: Application,
    round_: Round,
    step: Step,
    had: Sequence[FollowUp],
    spent: Sequence[FollowUp],
    rules: Rules,
) -> datetime:
    """When the next check-in is due: after their date, else after the last thing that was said."""
    calendar = rules.calendar
    before = _ended(spent[-1]) if spent else None
    word = _last_exchange(app, round_)
    stated = _stated(app, round_, step, calendar)
    if stated and _still_holds(app, before, word, stated, calendar):
        return _placed(stated, step, calendar)
    if before is not None:
        # A date that they named before the last attempt still gives them time, never less of it.
        due = max(filter(None, (calendar.plus(before, step.again or step.delay), stated)))
        if word and word > before:
            due = max(due, calendar.plus(word, step.delay))
        return _placed(due, step, calendar)
    base = max(filter(None, (_thanked(round_, had), word)))
    return _placed(calendar.plus(base, step.delay), step, calendar)


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
    noon = calendar.local(round_.end).time().replace(hour=12, minute=0, second=0, microsecond=0)
    return calendar.plus(calendar.at(app.decision.day, noon), step.after_date)


def _last_exchange(app: Application, round_: Round) -> datetime | None:
    """When either side last wrote after the talk."""
    said = [f.at for f in app.facts if (f.their_word or f.kind is Kind.OWN) and f.at > round_.end]
    return said[-1] if said else None


def _thanked(round_: Round, had: Sequence[FollowUp]) -> datetime:
    """When the thank-you for the round went out; when it should have, if it did not."""
    sent = [f.ended_at for f in had if f.about == round_.key and f.status is _S.SENT and f.ended_at]
    return max(sent, default=round_.end)


def _ended(followup: FollowUp) -> datetime:
    """When an attempt was made, or would have been."""
    if followup.status is _S.SENT and followup.ended_at:
        return followup.ended_at
    return followup.due_at


def _placed(at: datetime, step: Step, calendar: WorkCalendar) -> datetime:
    """That day at the step's hour, on a day and at an hour that the step may fall on."""
    local = calendar.local(at)
    day = calendar.working_day(local.date()) if step.days is Days.WORKING else local.date()
    clock = step.at or local.time().replace(tzinfo=None)
    return calendar.permitted(calendar.at(day, clock))


def _check_in(
    app: Application,
    round_: Round,
    step: Step,
    contact: Person,
    due: datetime,
    attempt: int,
    rules: Rules,
) -> FollowUp:
    dated = app.decision is not None and app.decision.day >= round_.day(rules.calendar.zone)
    first = "check_in.after_date" if dated else "check_in.first"
    return FollowUp(
        key=f"{app.id}:{step.name}:{round_.key}:{attempt}",
        application_id=app.id,
        account=app.account,
        step=step.name,
        attempt=attempt,
        about=round_.key,
        to=(contact.email or "",),
        names=(contact.name or "",),
        template=first if attempt == 1 else "check_in.second",
        due_at=due,
        send_by=rules.calendar.plus(due, step.send_within),
        expires_at=rules.calendar.plus(due, step.expires),
        late_start=step.late_start,
    )


def _quiet_end(app: Application, round_: Round, last: FollowUp, rules: Rules) -> datetime:
    """When the silence after the last check-in has lasted long enough."""
    step = rules.playbook.step(Trigger.SILENCE)
    stated = _stated(app, round_, step, rules.calendar) if step else None
    base = max(filter(None, (_ended(last), _last_exchange(app, round_), stated)))
    return rules.calendar.plus(base, rules.playbook.close_after)


def _lost(due: datetime, step: Step, tried: int, rules: Rules) -> datetime:
    """When it closes if none of the attempts that are left is made."""
    calendar = rules.calendar
    for _ in range(step.cap - 1 - tried):
        due = calendar.plus(due, step.again or Delay())
    return calendar.plus(due, rules.playbook.close_after)


# -- tasks -----------------------------------------------------------------------

_ASKING: dict[Kind | Passing | Word, str] = {
    Kind.INTERVIEW_REQUEST: "They ask when you can talk",
    Kind.ASSESSMENT: "They set you a task",
    Kind.OFFER: "They made an offer",
}


def _answers(app: Application) -> Iterable[Task]:
    """Their question that the user has not answered yet."""
    asked = app.last_said
    if asked is None or asked.kind not in _ASKING:
        return
    by = asked.answer_by.isoformat() if asked.answer_by else None
    limit = f", by {by}" if by else ""
    yield Task(
        key=f"{app.id}:answer:{asked.thread.message_id or asked.at.isoformat()}",
        application_id=app.id,
        kind="answer",
        text=f"{_ASKING[asked.kind]}{limit}: answer “{asked.subject}”.",
        raised_at=asked.at,
        due_on=by,
    )


def _doubts(app: Application, all_rounds: Iterable[Round], floor: float) -> Iterable[Task]:
    """An interview that was not read surely enough to draft on: the user is asked."""
    for round_ in all_rounds:
        unsure = [t for t in round_.talks if t.confidence < floor and not t.suspicious]
        if unsure:
            yield Task(
                key=f"{app.id}:confirm:{round_.key}",
                application_id=app.id,
                kind="confirm",
                text=f"Is there an interview on {round_.key}? The mail left doubts, so no "
                "thank-you is planned.",
                raised_at=app.facts[-1].at,
                due_on=round_.key,
            )


_GUESSED: dict[Kind | Passing | Word, str] = {
    Kind.STATUS_UPDATE: "Is all still open after",
    Kind.REJECTION: "Is it a no that they say in",
    Kind.INTERVIEW_CANCELLED: "Do they call the interview off in",
}


def _unsure_word(app: Application, floor: float) -> Iterable[Task]:
    """Their last word, where it was not read surely enough to act on: the user is asked."""
    said = app.last_said
    if said is None or said.kind not in _GUESSED or said.confidence >= floor:
        return
    # Whoever says when they will decide has not said no, however it is put.
    if said.kind is Kind.STATUS_UPDATE and said.decision_by:
        return
    # No check-in hangs on it before a talk is over; and nothing at all on their first word.
    if said.kind is Kind.STATUS_UPDATE and not app.awaits_word:
        return
    if len(app.facts) == 1:
        return
    yield Task(
        key=f"{app.id}:confirm:{said.thread.message_id or said.at.isoformat()}",
        application_id=app.id,
        kind="confirm",
        text=f"{_GUESSED[said.kind]} “{said.subject}”? It left doubts, so no draft is planned.",
        raised_at=said.at,
    )


def _call(app: Application, round_: Round, due: datetime) -> Task:
    return Task(
        key=f"{app.id}:call:{round_.key}",
        application_id=app.id,
        kind="call",
        text=f"No address is known for {app.title}: ask by phone or on their site "
        "how things stand.",
        raised_at=round_.end,
        due_on=due.date().isoformat(),
    )


# -- reconciling -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Put:
    """Record this follow-up as it is: new, moved, or no longer planned."""

    followup: FollowUp


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take our draft back, if it is untouched; `then` is what to plan in its place."""

    followup: FollowUp
    why: str
    then: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class PutTask:
    """Record this task."""

    task: Task


Action = Put | Withdraw | PutTask
_T = TypeVar("_T", FollowUp, Task)


def reconcile(
    wanted: Plan, had: Sequence[FollowUp], tasks: Sequence[Task], *, why: str, now: datetime
) -> tuple[Action, ...]:
    """What must be done so that what is there becomes what is wanted.

    `why` says, for the user, what made a draft unwanted.
    """
    actions: list[Action] = []
    mine = {f.key: f for f in had}
    wants = {f.key: f for f in wanted.followups}
    for key, want in wants.items():
        action = _toward(want, mine.get(key), why)
        if action:
            actions.append(action)
    for key, old in mine.items():
        if key in wants:
            continue
        if old.status is _S.PLANNED:
            actions.append(Put(old.moved(_S.WITHDRAWN, at=now, why=why)))
        elif old.status is _S.DRAFTED:
            actions.append(Withdraw(old, why))
        # An edited draft is the user's; a draft in the making is looked at once it is made.
    return (*actions, *_task_actions(wanted.tasks, tasks))


def _toward(want: FollowUp, old: FollowUp | None, why: str) -> Action | None:
    if old is None:
        return Put(want)
    if old.status is _S.PLANNED:
        planned = replace(want, revision=old.revision, message_id=old.message_id, why=old.why)
        return Put(planned) if planned != old else None
    again = replace(want, revision=old.revision + 1)
    if old.status is _S.WITHDRAWN:
        return Put(again)
    if old.status is _S.DRAFTED and old.drafted_at and want.due_at > old.drafted_at:
        # They wrote, or moved the talk, after the draft was made: its time has not come yet.
        return Withdraw(old, why, then=again)
    return None


def _task_actions(wanted: Sequence[Task], had: Sequence[Task]) -> Iterable[Action]:
    mine = {t.key: t for t in had}
    wants = {t.key for t in wanted}
    for task in wanted:
        if task.key not in mine:
            yield PutTask(task)
    for old in had:
        # Which of two applications a mail means is the user's to say, not the plan's.
        if old.key not in wants and old.status is TaskStatus.OPEN and old.kind != "which":
            yield PutTask(replace(old, status=TaskStatus.DONE))


def next_of(had: Iterable[FollowUp]) -> FollowUp | None:
    """The next follow-up to come; a draft that lies there already has come."""
    waiting = [f for f in had if f.status in (_S.PLANNED, _S.DRAFTING)]
    return min(waiting, key=lambda f: f.due_at, default=None)
