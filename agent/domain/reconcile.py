"""What has to be done so that what is there becomes what is wanted: actions, as values.

`plan` says what ought to be there; the shell in `service/` carries the actions out. A
follow-up that was dealt with is never made again, and one that the user edited is theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agent.domain.followup import FollowUp, FollowUpStatus, Task, TaskStatus
from agent.domain.rules import Plan

_S = FollowUpStatus


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


#: Tasks that are raised outside the plan, and settled by the user alone.
_NOT_PLANNED = frozenset({"which"})


def _task_actions(wanted: Sequence[Task], had: Sequence[Task]) -> Iterable[Action]:
    mine = {t.key: t for t in had}
    wants = {t.key for t in wanted}
    for task in wanted:
        old = mine.get(task.key)
        # One that was dropped, because they wrote, is asked for again when they fall silent.
        if old is None or old.status is TaskStatus.DROPPED:
            yield PutTask(task)
    for old in had:
        unwanted = old.key not in wants and old.status is TaskStatus.OPEN
        if unwanted and old.kind not in _NOT_PLANNED:
            # A question that is settled was answered; what the playbook asked for may not be done.
            yield PutTask(
                replace(old, status=TaskStatus.DROPPED if old.template else TaskStatus.DONE)
            )


def next_of(had: Iterable[FollowUp]) -> FollowUp | None:
    """The next follow-up to come; a draft that lies there already has come."""
    waiting = [f for f in had if f.status in (_S.PLANNED, _S.DRAFTING)]
    return min(waiting, key=lambda f: f.due_at, default=None)
