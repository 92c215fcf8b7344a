"""The memos that the agent leaves in its own user's inbox: when, about what, and never twice.

A debrief asks how the talks of a day went, minutes after the last; a prep memo says the
evening before what is to come. Decide first, do second: `memos_wanted` says which ought to
be there, `changes` what has to be recorded so that they will be. The service lays them.

A memo of a kind about a day is laid once. When the talks of that day change so that what a
laid memo says is no longer true, another one follows under the next `revision`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from agent.domain.application import Application
from agent.domain.due import Delay, WorkCalendar
from agent.domain.talks import Round, rounds


class MemoKind(StrEnum):
    """What a memo is for."""

    DEBRIEF = "debrief"
    PREP = "prep"


class MemoStatus(StrEnum):
    """Where a memo stands."""

    PLANNED = "planned"  # due at `due_at`, nothing written yet
    LAYING = "laying"  # the intent is on disk; whether the append happened is not yet known
    LAID = "laid"  # it lies in the inbox, the user's from then on
    DROPPED = "dropped"  # not wanted any more before it was laid


@dataclass(frozen=True, slots=True)
class Memo:
    """One memo. `about` is the day of the talks where the user lives, `starts` their beginnings.

    All instants are UTC. From `expires_at` on it is better not laid at all. `message_id` is
    fixed when the intent is recorded; `questions` are those of a debrief, as it asks them, `text`
    is all that it says. `tried_at` is when its append was last begun.
    """

    key: str
    application_id: int
    account: str
    kind: MemoKind
    about: str
    starts: tuple[datetime, ...]
    due_at: datetime
    expires_at: datetime
    status: MemoStatus = MemoStatus.PLANNED
    revision: int = 0
    message_id: str | None = None
    laid_at: datetime | None = None
    subject: str = ""
    questions: tuple[str, ...] = ()
    text: str = ""
    tried_at: datetime | None = None

    @property
    def moved(self) -> bool:
        """Whether one about the same day was laid before, and no longer holds."""
        return self.revision > 0


_MINUTES_AFTER = Delay(timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class MemoRules:
    """Which memos the user wants. `prep_at` is an hour of the evening before, `digest_at` one of
    each day, on their clock."""

    debrief: bool = True
    debrief_after: Delay = _MINUTES_AFTER
    prep: bool = True
    prep_at: time = time(18)
    digest: bool = False
    digest_at: time = time(7, 30)
    language: str = "en"


#: A talk that is over for longer is not asked about any more.
_ASKED_WITHIN = timedelta(hours=24)
#: So shortly before a talk nobody reads a memo about it.
_TOO_LATE = timedelta(minutes=15)


def memos_wanted(
    app: Application, rules: MemoRules, calendar: WorkCalendar, floor: float, now: datetime
) -> tuple[Memo, ...]:
    """The memos that may still be laid, at `now` or later."""
    if app.ended:
        return ()
    found = [
        memo
        for round_ in rounds(app.talks, calendar.zone)
        if round_.end + _ASKED_WITHIN > now and _sure(round_, floor)
        for memo in _memos_of(app, round_, rules, calendar)
    ]
    return tuple(memo for memo in found if memo.expires_at > now)


def _sure(round_: Round, floor: float) -> bool:
    return all(t.confidence >= floor and not t.suspicious for t in round_.talks)


def _memos_of(
    app: Application, round_: Round, rules: MemoRules, calendar: WorkCalendar
) -> Iterator[Memo]:
    if rules.prep:
        eve = calendar.local(round_.start).date() - timedelta(days=1)
        due = calendar.permitted(calendar.at(eve, rules.prep_at))
        yield _memo(app, MemoKind.PREP, round_, due, round_.start - _TOO_LATE)
    if rules.debrief:
        due = calendar.permitted(calendar.plus(round_.end, rules.debrief_after))
        yield _memo(app, MemoKind.DEBRIEF, round_, due, round_.end + _ASKED_WITHIN)


def _memo(
    app: Application, kind: MemoKind, round_: Round, due: datetime, expires: datetime
) -> Memo:
    return Memo(
        key=_key(app.id, kind, round_.key, 0),
        application_id=app.id,
        account=app.account,
        kind=kind,
        about=round_.key,
        starts=tuple(t.start for t in round_.talks),
        due_at=due,
        expires_at=expires,
    )


def _key(application_id: int, kind: MemoKind, about: str, revision: int) -> str:
    return f"{application_id}:{kind.value}:{about}:{revision}"


def changes(wanted: Iterable[Memo], had: Sequence[Memo]) -> tuple[Memo, ...]:
    """What to record so that what is there becomes what is wanted."""
    newest = {(n.kind, n.about): n for n in sorted(had, key=lambda n: n.revision)}
    wants = {(n.kind, n.about): n for n in wanted}
    found = [
        change
        for which, want in wants.items()
        if (change := _toward(want, newest.get(which))) is not None
    ]
    found += [
        replace(old, status=MemoStatus.DROPPED)
        for which, old in newest.items()
        if which not in wants and old.status is MemoStatus.PLANNED
    ]
    return tuple(found)


def _toward(want: Memo, old: Memo | None) -> Memo | None:
    if old is None:
        return want
    same = replace(want, key=old.key, revision=old.revision)
    if old.status in (MemoStatus.PLANNED, MemoStatus.DROPPED):
        return same if same != old else None
    # Laid, and the talks of the day are others since: what it says is not true any more. A
    # debrief is only asked again for a talk that came after it.
    outdated = old.starts != want.starts and (
        want.kind is MemoKind.PREP or old.laid_at is None or max(want.starts) > old.laid_at
    )
    if old.status is MemoStatus.LAID and outdated:
        revision = old.revision + 1
        key = _key(want.application_id, want.kind, want.about, revision)
        return replace(want, key=key, revision=revision)
    return None
