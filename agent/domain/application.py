"""An application: what its facts add up to.

`Application.of(id, account, facts)` folds the facts in the order in which they came;
nothing else makes one. So the state can be rebuilt from the facts at any time, and what
it says about anything can be traced to the message that said it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce

from agent.domain.facts import (
    Fact,
    InterviewStatus,
    Kind,
    OwnAct,
    Passing,
    Person,
    PersonRole,
    Thread,
    Told,
    Word,
)
from agent.domain.lifecycle import ENDED, Event, Stage, advance
from agent.domain.naming import is_short_for, named_in_full
from agent.domain.talks import Talk, Talks, ahead, merged
from agent.domain.told import (
    is_about,
    met,
    rekeyed,
    talks_told,
    unreachable,
    without_addresses,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A day by which they said that they would decide, and when they said so."""

    day: date
    said_at: datetime
    proof: str | None


@dataclass(frozen=True, slots=True)
class Application:
    """One role at one employer, as far as the mail tells.

    `stage` is the stage after the last fact. `identity` is the user's address that the
    application is written to. `decision` is the last date stated, if it still holds.
    `bounced` are addresses that mail did not reach. `missed` are the talks that nobody came
    to. `playbook` is the user's choice for it, None for the usual one; `settled` names what
    the user set by hand, which no mail changes.
    """

    id: int
    account: str
    facts: tuple[Fact, ...] = ()
    stage: Stage | None = None
    company: str | None = None
    role: str | None = None
    identity: str | None = None
    talks: Talks = ()
    people: tuple[Person, ...] = ()
    decision: Stated | None = None
    bounced: frozenset[str] = frozenset()
    missed: Talks = ()
    playbook: str | None = None
    settled: frozenset[str] = frozenset()

    @classmethod
    def of(cls, id: int, account: str, facts: Iterable[Fact]) -> "Application":
        """The application that these facts add up to, taken in order of arrival."""
        ordered = sorted(facts, key=lambda fact: fact.at)
        return reduce(Application.after, ordered, cls(id=id, account=account))

    def after(self, fact: Fact) -> "Application":
        """The application after one more fact, which must not be older than the last."""
        if fact.told is not None:
            return _after_told(self, fact, fact.told)
        if fact.bounced:
            return _after_bounce(self, fact)
        # A pretender's word opens a row that the user sees, and moves nothing that is real.
        believed = not fact.suspicious or not self.facts
        fact = named_in_full(fact, self.people) if fact.people and self.people else fact
        talks = merged(self.talks, _agreed(self, fact)) if believed else self.talks
        if self.bounced:  # an old address in a new invitation is no better for it
            known = _known(self.people, fact)
            talks = without_addresses(talks, known, self.bounced)
        heard = believed and fact.theirs
        return replace(
            self,
            facts=(*self.facts, fact),
            stage=_stage(self, fact, talks) if believed else self.stage,
            company=self._named("company", fact.company) if heard else self.company,
            role=self._named("role", fact.role) if heard else self.role,
            identity=fact.identity or self.identity,
            talks=talks,
            people=unreachable(_known(self.people, fact), self.bounced) if heard else self.people,
            decision=_decision(self.decision, fact) if believed else self.decision,
        )

    def _named(self, what: str, said: str | None) -> str | None:
        """Employer or role after a mail that names it; what the user set stays."""
        known = self.company if what == "company" else self.role
        return known if what in self.settled else _better(known, said)

    @property
    def ended(self) -> bool:
        """Whether it is over, as far as is known."""
        return self.stage in ENDED

    @property
    def awaits_word(self) -> bool:
        """Whether the next word is theirs: after a talk, or when a task was handed in."""
        if self.stage is Stage.ASSESSMENT:
            last = self.last_said
            return last is not None and last.kind is Kind.OWN
        return self.stage is Stage.INTERVIEWED

    @property
    def last_said(self) -> Fact | None:
        """The newest word of either side, or what the user settled by hand since."""
        return next((f for f in reversed(self.facts) if _says(f) and self._concerns(f)), None)

    def _concerns(self, fact: Fact) -> bool:
        """Whether a mail is to or from the other side: the user's word to a reference is not."""
        if fact.kind is not Kind.OWN or not fact.recipients:
            return True
        theirs = {f.from_.email for f in self.facts if f.theirs} | {p.email for p in self.people}
        houses = {email.rpartition("@")[2] for email in theirs if email}
        known = any(e in theirs or e.rpartition("@")[2] in houses for e in fact.recipients)
        return known or any(self.knows(each) for each in fact.thread.ancestors) or not houses

    @property
    def last(self) -> Fact | None:
        """The newest fact."""
        return self.facts[-1] if self.facts else None

    @property
    def title(self) -> str:
        """Employer and role as a user would name them."""
        company = self.company or "an employer not named"
        return f"{company} – {self.role}" if self.role else company

    def knows(self, message_id: str | None) -> bool:
        """Whether a message of that id is among its facts."""
        return message_id is not None and any(f.thread.message_id == message_id for f in self.facts)

    def person(self, key: str) -> Person | None:
        """Somebody on the other side, by address or by name."""
        wanted = key.casefold()
        for person in self.people:
            if person.email == wanted or (person.name or "").casefold() == wanted:
                return person
        short = [person for person in self.people if is_short_for(key, person.name)]
        return short[0] if len(short) == 1 else None

    def contact(self) -> Person | None:
        """Whom to write to: the person on their side who last wrote and can be answered.

        Who wrote a letter goes before who only put a date into the calendar.
        """
        wrote = [
            f
            for f in reversed(self.facts)
            if f.their_word
            and not f.machine_sent
            and f.from_.email
            and f.from_.email not in self.bounced
        ]
        letters = [f for f in wrote if not f.is_invitation]
        for fact in letters or wrote:
            return self.person(fact.from_.email or "") or fact.from_
        reachable = [p for p in self.people if p.email]
        ranked = sorted(reachable, key=lambda p: _CONTACT_ORDER.index(p.role))
        return ranked[0] if ranked else None

    def last_word(self, *, since: datetime) -> datetime | None:
        """When somebody on their side last wrote after `since` (no auto-replies)."""
        words = [f.at for f in self.facts if f.their_word and f.at > since]
        return words[-1] if words else None

    def away_until(self, emails: Iterable[str]) -> date | None:
        """The day on which somebody at these addresses is back, as their machine last said."""
        wanted = set(emails)
        said = [f for f in self.facts if f.kind is Kind.AUTO_REPLY and f.from_.email in wanted]
        return said[-1].back_on if said else None

    def thread_with(self, emails: Iterable[str]) -> Fact | None:
        """The newest message to answer when writing to these addresses, if they wrote one.

        A letter goes before a calendar invitation: both make the thread, but only a letter's
        subject reads well under an answer.
        """
        wanted = set(emails)
        theirs = [
            f
            for f in reversed(self.facts)
            if f.their_word and f.from_.email in wanted and f.thread.message_id
        ]
        letters = [f for f in theirs if not f.is_invitation]
        return next(iter(letters or theirs), None)

    def threads(self) -> tuple[Thread, ...]:
        """The threads its messages stand in."""
        return tuple(f.thread for f in self.facts)


def _says(fact: Fact) -> bool:
    told = fact.told
    settles = told is not None and (told.stage or told.holds is not None or told.moved_to)
    return fact.their_word or fact.kind is Kind.OWN or bool(settles)


_CONTACT_ORDER = (
    PersonRole.RECRUITER,
    PersonRole.COORDINATOR,
    PersonRole.UNKNOWN,
    PersonRole.INTERVIEWER,
)


def _after_told(before: Application, fact: Fact, told: Told) -> Application:
    """The application after the user's own word, which goes over what mail says."""
    people = met(before.people, told.met)
    talks = talks_told(rekeyed(before.talks, before.people, people), fact, told)
    missed = tuple(t for t in talks if told.missed and is_about(told, t))
    decision = before.decision if told.decides else None
    if fact.decision_by:
        decision = Stated(fact.decision_by, fact.at, fact.thread.message_id)
    return replace(
        before,
        facts=(*before.facts, fact),
        stage=_stage_told(before, fact, told, talks),
        company=told.company or before.company,
        role=told.role or before.role,
        talks=talks,
        people=people,
        decision=decision,
        missed=_missed(before.missed, missed, told),
        playbook=told.playbook or before.playbook,
        bounced=before.bounced - {p.email for p in told.met if p.email},
        settled=before.settled | {n for n in ("company", "role") if getattr(told, n)},
    )


def _missed(before: Talks, now: Talks, told: Told) -> Talks:
    """The talks that nobody came to; one that was held after all is none."""
    known = tuple(t for t in before if not (told.holds and is_about(told, t)))
    return (*known, *(t for t in now if not _among(t, known)))


def _among(talk: Talk, others: Talks) -> bool:
    return any(talk.interview.start == other.interview.start for other in others)


def _stage_told(before: Application, fact: Fact, told: Told, talks: Talks) -> Stage | None:
    """The stage that the user names, or that follows from what they say of an interview."""
    if told.stage:
        return Stage(told.stage)
    coming = ahead(talks, fact.at)
    fixed = told.moved_to is not None or (told.holds and before.stage is Stage.SCHEDULING)
    if fixed:
        return Stage.INTERVIEW_SCHEDULED
    off = told.missed or told.holds is False
    met_before = any(t.stands and t.end <= fact.at for t in talks)
    if off and not coming and not met_before:
        # What was taken for an interview that is over never was one.
        talked = before.stage is Stage.INTERVIEWED
        stage = Stage.INTERVIEW_SCHEDULED if talked else before.stage
        return advance(stage, Kind.INTERVIEW_CANCELLED)
    return before.stage


def _after_bounce(before: Application, fact: Fact) -> Application:
    """The application once mail to some addresses came back: they are nobody's any more."""
    return replace(
        before,
        facts=(*before.facts, fact),
        people=unreachable(before.people, fact.bounced),
        talks=without_addresses(before.talks, before.people, fact.bounced),
        bounced=before.bounced | set(fact.bounced),
    )


def _stage(before: Application, fact: Fact, talks: Talks) -> Stage | None:
    """The stage after a fact: the table's word, checked against the talks that stand."""
    if isinstance(fact.kind, Word):
        return before.stage
    event: Event = fact.kind
    if fact.kind is Kind.OWN:
        if OwnAct.WITHDRAWS not in fact.own_acts:
            return before.stage
        event = OwnAct.WITHDRAWS
    coming = ahead(talks, fact.at)
    # They ask to move it and name no new time: nothing is fixed any more.
    if event is Kind.INTERVIEW_RESCHEDULED and before.talks and not coming:
        event = Kind.INTERVIEW_CANCELLED
    # One of several talks was taken away: the others still stand.
    if event is Kind.INTERVIEW_CANCELLED and coming:
        return before.stage
    if event is Passing.INTERVIEW_OVER and coming:
        return before.stage
    return advance(before.stage, event)


#: How sure it is that a friendly answer to the user's time means that it is fixed.
HALF_SURE = 0.5


def _agreed(before: Application, fact: Fact) -> Fact:
    """What an answer fixes that names no time, because the user's own mail named it.

    "Thursday at two works for me." – "Perfect, it is confirmed." Where they say no more than
    "Great, talk to you then", the talk is noted as doubtful, and the user is asked.
    """
    answers = (Kind.INTERVIEW_CONFIRMED, Kind.STATUS_UPDATE)
    asked = before.last_said
    if before.stage is not Stage.SCHEDULING or asked is None or asked.kind is not Kind.OWN:
        return fact
    times = [i for i in asked.interviews if i.start and i.start > fact.at]
    if fact.kind not in answers or any(i.start for i in fact.interviews) or len(times) != 1:
        return fact
    sure = fact.kind is Kind.INTERVIEW_CONFIRMED
    return replace(
        fact,
        kind=Kind.INTERVIEW_CONFIRMED,
        interviews=(replace(times[0], status=InterviewStatus.CONFIRMED),),
        confidence=fact.confidence if sure else min(fact.confidence, HALF_SURE),
    )


def _better(known: str | None, said: str | None) -> str | None:
    """The first name stays, unless a later one says the same in more words."""
    if not known or not said:
        return known or said
    return said if known.casefold() in said.casefold() and len(said) < 60 else known


def _decision(known: Stated | None, fact: Fact) -> Stated | None:
    """A newer date replaces an older one; a new round of talks makes the old one void."""
    if fact.theirs and fact.decision_by and not fact.suspicious:
        return Stated(day=fact.decision_by, said_at=fact.at, proof=fact.thread.message_id)
    if known and fact.kind in (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED):
        starts = [i.start.date() for i in fact.interviews if i.start]
        if starts and max(starts) >= known.day:
            return None
    return known


def _known(people: tuple[Person, ...], fact: Fact) -> tuple[Person, ...]:
    for person in fact.people:
        people = _met(people, person)
    return people


def _met(people: tuple[Person, ...], new: Person) -> tuple[Person, ...]:
    """One more mention of somebody: joined with who it is already known to be."""
    for position, old in enumerate(people):
        if _same_person(old, new):
            fuller = is_short_for(old.name, new.name)
            both = Person(
                name=new.name if fuller else old.name or new.name,
                email=old.email or new.email,
                title=old.title or new.title,
                role=new.role if old.role is PersonRole.UNKNOWN else old.role,
            )
            return (*people[:position], both, *people[position + 1 :])
    return (*people, new)


def _same_person(one: Person, other: Person) -> bool:
    if one.email and other.email:
        return one.email == other.email
    if not (one.name and other.name):
        return False
    # "Tom" of the first mail is the Tom Hale of the next, while nobody wrote as Tom.
    fuller = one.email is None and is_short_for(one.name, other.name)
    return fuller or one.name.casefold() == other.name.casefold()
