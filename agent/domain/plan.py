"""Which follow-ups and tasks an application wants now.

Decide first, do second. `plan` says what ought to be there; `reconcile` compares it with
what is there and yields actions as values. The shell in `service/` carries them out.
Planning twice yields the same follow-ups under the same keys, so nothing is ever planned
twice, and replaying history in pieces gives the same plan as the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from agent.domain.application import Application
from agent.domain.countries import country_of
from agent.domain.followup import FollowUp, Task
from agent.domain.notes import notes
from agent.domain.occasions import Occasion, occasions
from agent.domain.playbook import Channel
from agent.domain.questions import answers, doubts, unsure_word
from agent.domain.rules import Plan, Rules, Todo, asked_now
from agent.domain.silence import silence
from agent.domain.talks import Round, rounds
from agent.domain.tasks import todos, todos_in_silence

__all__ = ["Plan", "Rules", "plan"]

_T = TypeVar("_T", FollowUp, Task)


def plan(app: Application, had: Sequence[FollowUp], rules: Rules, now: datetime) -> Plan:
    """What `app` wants at `now`, given the follow-ups it has had.

    Working days are those of the country that the other side works in, where that is known.
    """
    rules = _where_they_work(app, rules)
    all_rounds = rounds(app.talks, rules.calendar.zone)
    sure = [r for r in all_rounds if _sure(r, rules.floor)]
    found = tuple(occasions(app, sure, rules, now))
    followups = tuple(f for each in found for f in _notes(app, each, rules))
    timed = [t for each in found for t in _todos(app, each, rules)]
    done = [r for r in sure if r.end <= now]
    quiet = Plan()
    if done and app.awaits_word and not app.ended:
        doubtful = any(unsure_word(app, rules.floor))
        quiet = silence(app, done[-1], had, rules, doubtful=doubtful)
        timed += [] if doubtful else todos_in_silence(app, done[-1], had, rules)
    tasks, wake_at = asked_now(_once_each(timed), now)
    return Plan(
        followups=_by_key((*followups, *quiet.followups)),
        tasks=_by_key((*tasks, *_questions(app, all_rounds, rules), *quiet.tasks)),
        close_at=quiet.close_at,
        wake_at=wake_at,
    )


def _where_they_work(app: Application, rules: Rules) -> Rules:
    # Without a country the user wants no public holidays to count at all.
    theirs = country_of(app) if rules.calendar.country else None
    if theirs is None or theirs == rules.calendar.country:
        return rules
    return replace(rules, calendar=replace(rules.calendar, country=theirs))


def _sure(round_: Round, floor: float) -> bool:
    return all(t.confidence >= floor and not t.suspicious for t in round_.talks)


def _notes(app: Application, occasion: Occasion, rules: Rules) -> Iterable[FollowUp]:
    for step in rules.playbook.on(occasion.trigger):
        if step.channel is Channel.MAIL:
            yield from notes(app, occasion, step, rules)


def _todos(app: Application, occasion: Occasion, rules: Rules) -> Iterable[Todo]:
    for step in rules.playbook.on(occasion.trigger):
        if step.channel is not Channel.MAIL:
            yield from todos(app, occasion, step, rules)


def _questions(app: Application, all_rounds: Iterable[Round], rules: Rules) -> Iterable[Task]:
    """What the user is asked; after the end only whether it is the end."""
    if not app.ended:
        yield from answers(app)
        yield from doubts(app, all_rounds, rules.floor)
    yield from unsure_word(app, rules.floor)


def _once_each(timed: Iterable[Todo]) -> list[Todo]:
    """A step that is made once an application is that of its first occasion."""
    kept: dict[str, Todo] = {}
    for todo in timed:
        kept.setdefault(todo.task.key, todo)
    return list(kept.values())


def _by_key(items: Iterable[_T]) -> tuple[_T, ...]:
    """Each once, the first of two under one key."""
    kept: dict[str, _T] = {}
    for item in items:
        kept.setdefault(item.key, item)
    return tuple(kept.values())
