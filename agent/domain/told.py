"""What the user's own word makes of an application: talks, people, and what goes into a note.

The user knows better than any mail: who was there, that nobody came, that the interview is
on Thursday after all. Pure; `application.py` folds with these, `service/` writes with them.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from agent.domain.facts import (
    Enclosure,
    Fact,
    Interview,
    InterviewStatus,
    Person,
    PersonRole,
    Told,
)
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.talks import Talk, Talks

People = tuple[Person, ...]


# -- people --------------------------------------------------------------------------


def key_of(person: Person) -> str:
    """How a talk names somebody: by address, or by name where none is known."""
    return person.email or person.name or ""


def met(people: People, told: Sequence[Person]) -> People:
    """The people known once the user has named some; the user's spelling and address win."""
    for new in told:
        at = _place_of(new, people)
        if at is None:
            people = (*people, new)
            continue
        old = people[at]
        both = Person(
            name=new.name or old.name,
            email=new.email or old.email,
            title=new.title or old.title,
            role=new.role if new.role is not PersonRole.UNKNOWN else old.role,
        )
        people = (*people[:at], both, *people[at + 1 :])
    return people


def _place_of(new: Person, people: People) -> int | None:
    """Where somebody stands already: by address, else by the same name."""
    for same in (_same_address, _same_name):
        for at, old in enumerate(people):
            if same(old, new):
                return at
    return None


def _same_address(one: Person, other: Person) -> bool:
    return one.email is not None and one.email == other.email


def _same_name(one: Person, other: Person) -> bool:
    return (
        bool(one.name and other.name)
        and (one.name or "").casefold() == (other.name or "").casefold()
    )


def rekeyed(talks: Talks, before: People, after: People) -> Talks:
    """The talks with everybody under the key that they have now; nobody twice, nobody nameless."""
    keys = {}
    for old in before:
        new = after[at] if (at := _place_of(old, after)) is not None else None
        for key in filter(None, (old.email, old.name)):
            keys[key] = key_of(new) if new else ""
    for new in after:
        for key in filter(None, (new.email, new.name)):
            keys[key] = key_of(new)
    return tuple(_with_keys(talk, keys) for talk in talks)


def _with_keys(talk: Talk, keys: dict[str, str]) -> Talk:
    who = tuple(dict.fromkeys(key for old in talk.who if (key := keys.get(old, old))))
    return talk if who == talk.who else replace(talk, who=who)


def unreachable(people: People, bounced: Iterable[str]) -> People:
    """The people without the addresses that mail does not reach."""
    gone = set(bounced)
    kept = (replace(p, email=None) if p.email in gone else p for p in people)
    return tuple(p for p in kept if p.name or p.email)


def without_addresses(talks: Talks, people: People, bounced: Iterable[str]) -> Talks:
    """The talks once mail to some addresses came back: who has a name goes by it."""
    gone = set(bounced)
    names = {p.email: p.name or "" for p in people if p.email in gone}
    keys = {email: names.get(email, "") for email in gone}
    return tuple(_with_keys(talk, keys) for talk in talks)


# -- talks ---------------------------------------------------------------------------


def talks_told(talks: Talks, fact: Fact, told: Told) -> Talks:
    """The talks after the user's word on them."""
    if told.moved_to is not None:
        return _at(talks, told, told.moved_to, fact)
    about = [t for t in talks if is_about(told, t)]
    who = tuple(key for p in told.met if (key := key_of(p)))
    return tuple(
        _judged(_attended(t, who, told, last=t is about[-1]), told) if t in about else t
        for t in talks
    )


def is_about(told: Told, talk: Talk) -> bool:
    """Whether the user spoke of that talk."""
    start = talk.interview.start
    return start is not None and start.astimezone(UTC) in told.talks


def _attended(talk: Talk, who: tuple[str, ...], told: Told, *, last: bool) -> Talk:
    """Who was there: those named, and those known unless the user named them all.

    Of several talks of a day each keeps its own people; who is new joins the last.
    """
    if not who:
        return talk
    kept = tuple(key for key in talk.who if key in who or not told.met_only)
    return replace(talk, who=tuple(dict.fromkeys((*kept, *(who if last else ())))))


def _judged(talk: Talk, told: Told) -> Talk:
    if told.missed or told.holds is False:
        return replace(talk, interview=replace(talk.interview, status=InterviewStatus.CANCELLED))
    if told.holds:
        stands = replace(talk.interview, status=InterviewStatus.CONFIRMED)
        return replace(talk, interview=stands, confidence=1.0, suspicious=False)
    return talk


def _at(talks: Talks, told: Told, start: datetime, fact: Fact) -> Talks:
    """The talk at the time that the user names; one more where it is about none that is known."""
    known = next((t for t in talks if is_about(told, t)), None)
    if known is None:
        new = Talk(Interview(start), (), fact.thread.message_id, 1.0)
        return (*talks, new)
    old = known.interview
    length = old.end - old.start if old.end and old.start else None
    moved = replace(
        old,
        start=start,
        end=start + length if length else None,
        status=InterviewStatus.CONFIRMED,
    )
    there = replace(known, interview=moved, confidence=1.0, suspicious=False)
    return tuple(there if t is known else t for t in talks)


# -- what goes into a note -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Personal:
    """The user's own words for one person on one occasion; empty where nothing was said."""

    matters: tuple[str, ...] = ()
    own: bool = False
    plan: str | None = None
    value: str | None = None


def personal(facts: Iterable[Fact], person: Person, occasion: str, zone: str) -> Personal:
    """What the user said that belongs into a note to `person`.

    `occasion` is the day of the talks in `zone`. What mattered to nobody in particular is
    for everybody who is named with nothing of their own; of a plan the last one counts.
    """
    mine: list[str] = []
    all_: list[str] = []
    plan = value = None
    for told in _told_on(facts, occasion, zone):
        mine += [m.words for m in told.matters if m.to and _names(person, m.to)]
        all_ += [m.words for m in told.matters if not m.to]
        plan, value = told.plan or plan, told.value or value
    return Personal(tuple(dict.fromkeys(mine or all_)), bool(mine), plan, value)


def _told_on(facts: Iterable[Fact], occasion: str, zone: str) -> Iterable[Told]:
    for fact in facts:
        told = fact.told
        if told and (not told.talks or occasion in days_of(told, zone)):
            yield told


def days_of(told: Told, zone: str) -> set[str]:
    """The days, in `zone`, of the talks that the user spoke of."""
    return {at.astimezone(ZoneInfo(zone)).date().isoformat() for at in told.talks}


def _names(person: Person, key: str) -> bool:
    wanted = key.casefold()
    return wanted in (person.email, (person.name or "").casefold())


@dataclass(frozen=True, slots=True)
class Handed:
    """A file and when the user handed it over, with the days it is about (none: any)."""

    enclosure: Enclosure
    at: datetime
    days: frozenset[str]


def handed(facts: Iterable[Fact], zone: str) -> tuple[Handed, ...]:
    """Every file that the user handed over, in order."""
    return tuple(
        Handed(each, fact.at, frozenset(days_of(fact.told, zone)))
        for fact in facts
        if fact.told
        for each in fact.told.enclosures
    )


_S = FollowUpStatus
_NEVER_WRITTEN = frozenset({_S.WITHDRAWN, _S.DECLINED, _S.LAPSED})


def enclosed(
    facts: Iterable[Fact], had: Sequence[FollowUp], followup: FollowUp, people: People, zone: str
) -> tuple[Enclosure, ...]:
    """The files that go with a follow-up, of all that the user handed over.

    A file goes with one mail: to the person that it is for, else with the first mail that was
    not sent before the file was there; about the talk that it was handed over for.
    """
    mails = [followup if f.key == followup.key else f for f in had]
    mails += [followup] if followup not in mails else []
    return tuple(
        each.enclosure
        for each in handed(facts, zone)
        if _first_for(each, mails, people) == followup.key
    )


def _first_for(file: Handed, mails: Sequence[FollowUp], people: People) -> str | None:
    fits = [f for f in mails if _can_take(file, f, people)]
    first = min(fits, key=lambda f: (f.due_at, f.nth, f.key), default=None)
    return first.key if first else None


def _can_take(file: Handed, mail: FollowUp, people: People) -> bool:
    if mail.status in _NEVER_WRITTEN or mail.does("references"):
        return False
    if mail.status is _S.SENT and mail.ended_at is not None and mail.ended_at <= file.at:
        return False
    if file.days and mail.about not in file.days:
        return False
    to = file.enclosure.to
    if to is None:
        return True
    named = [p.email for p in people if _names(p, to)]
    return to in mail.to or any(email in mail.to for email in named)


def digest_of(words: Personal, files: Sequence[Enclosure]) -> str:
    """What stands for the user's words and files in a draft; "" where there are none."""
    if not (words.matters or words.plan or words.value or files):
        return ""
    said = repr((words.matters, words.plan, words.value, [(f.ref, f.name) for f in files]))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
