"""The talks of an application: what a string of invitations, moves and cancellations leaves.

`merged(talks, fact)` is the whole of it: the talks so far and one more message's word give
the talks after it. A calendar update finds its talk by UID, and counts only if it is newer
by SEQUENCE and then DTSTAMP (RFC 5546, 2.1.5); prose finds it by its time, or is taken to
mean the next talk that is still ahead.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.domain.facts import (
    Fact,
    Interview,
    InterviewSource,
    InterviewStatus,
    Kind,
    PersonRole,
)

#: How long a talk is taken to last when nobody says.
USUAL_LENGTH = timedelta(hours=1)
#: Two mails that name times this close mean the same talk.
SAME_TIME = timedelta(minutes=10)

Talks = tuple["Talk", ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """One interview as it now stands.

    `who` holds the interviewers, each by address, or by name where no address is known.
    `proof` is the Message-ID of the message that last spoke of it; `confidence` and
    `suspicious` are that message's.
    """

    interview: Interview
    who: tuple[str, ...]
    proof: str | None
    confidence: float
    suspicious: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is fixed at a time and not taken away."""
        return (
            self.interview.status is InterviewStatus.CONFIRMED and self.interview.start is not None
        )

    @property
    def start(self) -> datetime:
        """When it begins, UTC. Only for a talk that stands."""
        if self.interview.start is None:
            raise ValueError("a talk without a time has no start")
        return self.interview.start.astimezone(UTC)

    @property
    def end(self) -> datetime:
        """When it is over, UTC; an hour after its start when nobody says."""
        end = self.interview.end
        return end.astimezone(UTC) if end else self.start + USUAL_LENGTH


@dataclass(frozen=True, slots=True)
class Round:
    """The talks of one day, which one set of thank-yous answers.

    `key` is the day in the user's zone: talks on two days are two rounds.
    """

    key: str
    talks: Talks

    @property
    def start(self) -> datetime:
        """When the first talk begins, UTC."""
        return min(talk.start for talk in self.talks)

    @property
    def end(self) -> datetime:
        """When the last talk is over, UTC."""
        return max(talk.end for talk in self.talks)

    @property
    def who(self) -> tuple[str, ...]:
        """Everybody who interviews in it, once, in order."""
        return tuple(dict.fromkeys(key for talk in self.talks for key in talk.who))

    def day(self, zone: str) -> date:
        """The day of the round where the user lives."""
        return self.start.astimezone(ZoneInfo(zone)).date()


def rounds(talks: Iterable[Talk], zone: str) -> tuple[Round, ...]:
    """Standing talks by their day in `zone`, earliest first."""
    days: dict[str, list[Talk]] = {}
    for talk in sorted((t for t in talks if t.stands), key=lambda t: t.start):
        day = talk.start.astimezone(ZoneInfo(zone)).date().isoformat()
        days.setdefault(day, []).append(talk)
    return tuple(Round(key=day, talks=tuple(group)) for day, group in days.items())


def met_before(talks: Iterable[Talk], day: str, zone: str) -> int:
    """How many were met in the rounds before that of `day`: they have had their words already."""
    return sum(max(1, len(r.who)) for r in rounds(talks, zone) if r.key < day)


def ahead(talks: Iterable[Talk], at: datetime) -> Talks:
    """Standing talks that are not over at that instant, earliest first."""
    return tuple(sorted((t for t in talks if t.stands and t.end > at), key=lambda t: t.start))


def merged(talks: Talks, fact: Fact) -> Talks:
    """The talks after one more message; `talks` itself for a message that is about none."""
    if fact.kind is Kind.INTERVIEW_CANCELLED:
        return _cancelled(talks, fact)
    if fact.kind is Kind.INTERVIEW_RESCHEDULED:
        return _rescheduled(talks, fact)
    if fact.kind is Kind.INTERVIEW_CONFIRMED:
        return _confirmed(talks, fact)
    # A no ends what was still ahead: nobody thanks for a talk that will not be.
    if fact.kind is Kind.REJECTION:
        return tuple(_taken_away(t, fact) if t in ahead(talks, fact.at) else t for t in talks)
    return talks


def _confirmed(talks: Talks, fact: Fact) -> Talks:
    new = [i for i in fact.interviews if i.status is InterviewStatus.CONFIRMED]
    for event in [t for t in talks if t.stands and t.interview.uid]:
        # A letter lists the slots of a panel whose calendar event is known: the slots are
        # the talks, and an update of the event is about all of them.
        slots = [i for i in new if not i.uid and _covers(event.interview, i)]
        if len(slots) > 1:
            kept = tuple(t for t in talks if t is not event)
            talks = (*kept, *(_under(_talk(i, fact), event.interview) for i in slots))
            new = [i for i in new if i not in slots]
    for interview in new:
        talks = _placed(talks, interview, fact)
    return talks


def _placed(talks: Talks, interview: Interview, fact: Fact) -> Talks:
    """One confirmed interview, put where it belongs among the others."""
    new = _talk(interview, fact)
    same_uid = [t for t in talks if interview.uid and t.interview.uid == interview.uid]
    if same_uid:
        newer = all(_newer(interview, t.interview) for t in same_uid)
        return _replaced(talks, same_uid, new) if newer else talks
    slots = [t for t in talks if t.stands and _covers(interview, t.interview)]
    if interview.uid and len(slots) > 1:
        # The event comes after the letter that listed its slots.
        return tuple(_under(t, interview) if t in slots else t for t in talks)
    twins = [t for t in talks if t.stands and _same_time(t.interview, interview)]
    if twins:
        # The prose and the calendar event of one invitation, or a reminder of it.
        return _replaced(talks, twins[:1], _joined(twins[0], new))
    return (*talks, _in_place_of(_called_off(talks), new))


def _rescheduled(talks: Talks, fact: Fact) -> Talks:
    times = _new_times(fact)
    uids = {i.uid for i in fact.interviews if i.uid}
    known = [t for t in talks if t.interview.uid in uids] if uids else []
    if known:
        return _confirmed(talks, fact)
    # No UID to go by: the talk meant is the next one ahead, with the others of its day.
    moved = _next_day(talks, fact.at)
    instead = moved or _called_off(talks)
    if not times:
        return tuple(_taken_away(t, fact) if t in moved else t for t in talks)
    if any(_same_time(t.interview, i) for t in moved for i in times):
        return _confirmed(talks, fact)
    kept = tuple(t for t in talks if t not in moved)
    return (*kept, *(_in_place_of(instead, _talk(interview, fact)) for interview in times))


def _called_off(talks: Talks) -> Talks:
    """The talks that were taken away last and that none has taken the place of, those of one day."""
    gone = [t for t in talks if t.interview.status is InterviewStatus.CANCELLED]
    starts = [t.interview.start for t in gone if t.interview.start]
    if not starts or any(t.stands and t.start >= max(starts) for t in talks):
        return ()
    near = max(starts) - timedelta(hours=12)
    return tuple(t for t in gone if t.interview.start and t.interview.start > near)


def _in_place_of(old: Talks, new: Talk) -> Talk:
    """The new talk with the people of those it takes the place of, unless it names others."""
    who = tuple(dict.fromkeys(key for talk in old for key in talk.who))
    return replace(new, who=who) if set(new.who) <= set(who) else new


def _new_times(fact: Fact) -> list[Interview]:
    """When a mail that moves a talk moves it to; several times to choose from move it nowhere.

    "Can we make it Friday at ten instead?" names one time only. The old one is gone either
    way, and whoever says yes mostly says so on the telephone or by a click.
    """
    fixed = [i for i in fact.interviews if i.status is InterviewStatus.CONFIRMED and i.start]
    asked = [i for i in fact.interviews if i.status is InterviewStatus.PROPOSED and i.start]
    if fixed or len(asked) != 1:
        return fixed
    return [replace(asked[0], status=InterviewStatus.CONFIRMED)]


def _cancelled(talks: Talks, fact: Fact) -> Talks:
    uids = {i.uid for i in fact.interviews if i.uid}
    starts = [i for i in fact.interviews if i.start]
    gone = [t for t in talks if t.interview.uid and t.interview.uid in uids]
    if not gone:
        gone = [t for t in talks if t.stands and any(_same_time(t.interview, i) for i in starts)]
    if not gone:
        gone = list(_next_day(talks, fact.at))
    stale = [
        t
        for t in gone
        for i in fact.interviews
        if i.uid == t.interview.uid and i.uid and not _newer(i, t.interview)
    ]
    return tuple(_taken_away(t, fact) if t in gone and t not in stale else t for t in talks)


def _next_day(talks: Talks, at: datetime) -> Talks:
    """The next talk that is not over, and those within half a day of it."""
    coming = ahead(talks, at)
    if not coming:
        return ()
    first = coming[0].start
    return tuple(t for t in coming if t.start - first < timedelta(hours=12))


def _talk(interview: Interview, fact: Fact) -> Talk:
    people = [p for p in fact.people if p.role is PersonRole.INTERVIEWER]
    if interview.with_:
        wanted = {name.casefold() for name in interview.with_}
        named = [p for p in people if (p.name or "").casefold() in wanted or p.email in wanted]
        known = {(p.name or "").casefold() for p in named}
        keys = [p.email or p.name or "" for p in named]
        keys += [name for name in interview.with_ if name.casefold() not in known]
    else:
        keys = [p.email or p.name or "" for p in people]
    return Talk(
        interview=interview,
        who=tuple(dict.fromkeys(key for key in keys if key)),
        proof=fact.thread.message_id,
        confidence=fact.confidence,
        suspicious=fact.suspicious,
    )


def _replaced(talks: Talks, old: list[Talk], new: Talk) -> Talks:
    if not new.who:
        new = replace(new, who=tuple(dict.fromkeys(key for t in old for key in t.who)))
    position = talks.index(old[0])
    kept = [t for t in talks if t not in old]
    kept.insert(min(position, len(kept)), new)
    return tuple(kept)


def _joined(old: Talk, new: Talk) -> Talk:
    """Two mails about one talk: the calendar's word first, what only one of them says kept."""
    first, second = new.interview, old.interview
    if second.source is InterviewSource.CALENDAR and first.source is not InterviewSource.CALENDAR:
        first, second = second, first
    both = replace(
        first,
        end=first.end or second.end,
        timezone=first.timezone or second.timezone,
        uid=first.uid or second.uid,
        sequence=first.sequence if first.uid else second.sequence,
        stamp=first.stamp if first.uid else second.stamp,
        location=first.location or second.location,
        url=first.url or second.url,
        phone=first.phone or second.phone,
        pin=first.pin if first.phone else second.pin,
    )
    return replace(
        new,
        interview=both,
        who=tuple(dict.fromkeys((*old.who, *new.who))),
        confidence=max(old.confidence, new.confidence),
    )


def _under(talk: Talk, event: Interview) -> Talk:
    """A slot of a panel, under the UID of the event that spans it."""
    interview = replace(talk.interview, uid=event.uid, sequence=event.sequence, stamp=event.stamp)
    return replace(talk, interview=interview)


def _taken_away(talk: Talk, fact: Fact) -> Talk:
    gone = replace(talk.interview, status=InterviewStatus.CANCELLED)
    return replace(talk, interview=gone, proof=fact.thread.message_id)


def _newer(new: Interview, old: Interview) -> bool:
    """Whether a calendar object replaces another of its UID (RFC 5546, 2.1.5)."""
    if (new.sequence or 0) != (old.sequence or 0):
        return (new.sequence or 0) > (old.sequence or 0)
    if new.stamp and old.stamp:
        return new.stamp >= old.stamp
    return True


def _same_time(one: Interview, other: Interview) -> bool:
    return (
        one.start is not None
        and other.start is not None
        and abs(one.start - other.start) <= SAME_TIME
    )


def _covers(event: Interview, slot: Interview) -> bool:
    """Whether `slot` lies within `event`."""
    if not (event.start and event.end and slot.start):
        return False
    return event.start <= slot.start < event.end and (slot.end is None or slot.end <= event.end)
