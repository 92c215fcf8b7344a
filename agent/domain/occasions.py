"""What has happened, or will, that a playbook's steps can be set off by.

An occasion has an instant that delays are counted from and a `key` that says what it is,
not when: the same history always yields the same occasions, so that nothing is done twice.
Silence is no occasion but a wait, and has a file of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from agent.domain.application import Application
from agent.domain.facts import Fact, Kind, Passing
from agent.domain.lifecycle import Stage
from agent.domain.playbook import Trigger
from agent.domain.rules import Rules
from agent.domain.talks import Round, Talk


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to follow up on.

    `about` is the day (ISO) that a note on it speaks of. `round` is the round of talks that
    it belongs to, where there is one. After `until` there is nothing left to do about it.
    """

    trigger: Trigger
    at: datetime
    key: str
    about: str
    round: Round | None = None
    until: datetime | None = None


def occasions(
    app: Application, sure: Sequence[Round], rules: Rules, now: datetime
) -> Iterator[Occasion]:
    """Everything that a step other than those for silence can follow up on, in order."""
    if app.stage is Stage.WITHDRAWN:
        return
    if app.ended:
        yield from _endings(app, sure, rules, now)
        return
    for round_ in sure:
        yield Occasion(
            Trigger.INTERVIEW_BEFORE, round_.start, round_.key, round_.key, round_, round_.start
        )
        yield Occasion(Trigger.INTERVIEW_ENDED, round_.end, round_.key, round_.key, round_)
    yield from _no_shows(app, rules)
    yield from _offers(app, sure, rules, now)
    yield from _dates_passed(app, sure, rules, now)
    yield from _applied(app, rules)


def _endings(
    app: Application, sure: Sequence[Round], rules: Rules, now: datetime
) -> Iterator[Occasion]:
    """A no after a talk, or a silence that has closed it."""
    last = _last_done(sure, now)
    if app.stage is Stage.CLOSED_NO_ANSWER:
        closed = _last(app, Passing.SILENCE)
        if closed and last:
            yield Occasion(Trigger.CLOSED, closed.at, last.key, last.key, last)
        return
    said = _last(app, Kind.REJECTION)
    # Without a talk nobody there knows enough of the user to say what was missing.
    if said and last and _settled(said, rules) and not _user_wrote(app, said.at, rules):
        yield Occasion(Trigger.REJECTION, said.at, last.key, last.key, last)


def _offers(
    app: Application, sure: Sequence[Round], rules: Rules, now: datetime
) -> Iterator[Occasion]:
    said = _last(app, Kind.OFFER)
    if app.stage is not Stage.OFFER or said is None or not _settled(said, rules):
        return
    if not _user_wrote(app, said.at, rules):
        last = _last_done(sure, now)
        day = rules.calendar.local(said.at).date().isoformat()
        yield Occasion(Trigger.OFFER, said.at, last.key if last else day, last.key if last else day)


def _no_shows(app: Application, rules: Rules) -> Iterator[Occasion]:
    """Talks that nobody came to, by their day, until either side has written about it."""
    days: dict[str, list[Talk]] = {}
    for talk in app.missed:
        if talk.interview.start:
            day = rules.calendar.local(talk.interview.start).date().isoformat()
            days.setdefault(day, []).append(talk)
    for day, talks in days.items():
        appointed = min(t.interview.start for t in talks if t.interview.start).astimezone(UTC)
        told = _told_of(app, talks) or appointed
        if app.last_word(since=appointed) is None and not _user_wrote(app, appointed, rules):
            yield Occasion(Trigger.NO_SHOW, max(appointed, told), day, day)


def _told_of(app: Application, talks: Sequence[Talk]) -> datetime | None:
    """When the user said that nobody came."""
    starts = {t.interview.start.astimezone(UTC) for t in talks if t.interview.start}
    said = [f.at for f in app.facts if f.told and f.told.missed and starts & set(f.told.talks)]
    return said[0] if said else None


def _dates_passed(
    app: Application, sure: Sequence[Round], rules: Rules, now: datetime
) -> Iterator[Occasion]:
    """The day that they named, once it is over, unless somebody wrote since."""
    last = _last_done(sure, now)
    if app.decision is None or last is None or not app.awaits_word:
        return
    day = app.decision.day
    calendar = rules.calendar
    said = [f.at for f in app.facts if f.their_word or rules.to_them(f)]
    if day < last.day(calendar.zone) or (said and calendar.local(said[-1]).date() > day):
        return
    noon = calendar.at(day, time(12))
    yield Occasion(Trigger.DATE_PASSED, noon, f"{last.key}:{day.isoformat()}", last.key, last)


def _applied(app: Application, rules: Rules) -> Iterator[Occasion]:
    said = app.last_said
    if app.stage is Stage.APPLIED and said and said.kind is Kind.APPLICATION_RECEIVED:
        day = rules.calendar.local(said.at).date().isoformat()
        yield Occasion(Trigger.APPLICATION, said.at, day, day)


def _last_done(sure: Sequence[Round], now: datetime) -> Round | None:
    done = [round_ for round_ in sure if round_.end <= now]
    return done[-1] if done else None


def _last(app: Application, kind: Kind | Passing) -> Fact | None:
    return next((f for f in reversed(app.facts) if f.kind is kind and not f.suspicious), None)


def _settled(said: Fact, rules: Rules) -> bool:
    return said.confidence >= rules.floor


def _user_wrote(app: Application, since: datetime, rules: Rules) -> bool:
    """Whether the user wrote to them by hand after that: then nothing is left for a draft."""
    return any(rules.to_them(f) and f.at > since for f in app.facts)
