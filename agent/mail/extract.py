"""What a mail of a known kind carries: employer, role, people, interviews and days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from agent.domain.facts import Interview, Kind, Person
from agent.mail.context import Portions
from agent.mail.cues import cues
from agent.mail.deadlines import days_in
from agent.mail.employer import employer, employer_of_list, employer_written_to
from agent.mail.guests import described, humans
from agent.mail.interviews import interviews_in
from agent.mail.language import language_of
from agent.mail.letter import MAX_TEXT
from agent.mail.machine import delivery_report
from agent.mail.panel import Seats, seated, seats_in, with_ends
from agent.mail.people import people_in, people_written_to
from agent.mail.position import Wording, position
from agent.mail.signals import Signals
from agent.mail.structured import structured
from agent.mail.when import find_days, find_times

SHORT = 400  # characters of new text that may hold too few words to tell a language by


@dataclass(frozen=True, slots=True)
class Extract:
    """The fields of a `Reading` that depend on its kind."""

    company: str | None = None
    role: str | None = None
    interviews: tuple[Interview, ...] = ()
    people: tuple[Person, ...] = ()
    decision_by: date | None = None
    answer_by: date | None = None


def extract(
    signals: Signals, kind: Kind, portions: Portions, anchor: datetime, language: str
) -> Extract:
    """Read what a mail of that kind carries. Mail that is not about a job carries nothing."""
    mail, text = signals.mail, portions.text
    if kind is Kind.OTHER:
        return Extract()
    spoken = spoken_in(mail.subject, portions, language)
    if kind is Kind.OWN:
        company = employer_written_to(mail, portions.quoted, spoken)
        return Extract(
            company=company,
            role=position(wording(signals, kind, portions, company, spoken)),
            interviews=interviews_in(signals, kind, portions, anchor, spoken),
            people=people_written_to(mail, text, signals.identity),
        )
    if delivery_report(mail):
        return Extract()
    if kind is Kind.JOB_ALERT:
        company = employer_of_list(mail, text, portions.signature, portions.quoted, spoken)
        return Extract(company=company)
    titles = tuple(event.summary for event in signals.invites.events[:3])
    company = employer(
        mail,
        text,
        portions.signature,
        f"{portions.quoted}\n{portions.forwarded}",
        titles,
        spoken,
        proposed=kind is Kind.RECRUITER_OUTREACH,
    )
    listed = [p for event in signals.invites.events[:3] for p in humans(event, signals.identity)]
    around = f"{text}\n{portions.quoted}"
    listed += [p for event in signals.invites.events[:1] for p in described(event, around, spoken)]
    interviews = interviews_in(signals, kind, portions, anchor, spoken)
    seats = _seats(signals, text, anchor, spoken) if len(interviews) > 1 else {}
    listed += [p for i in interviews if i.start for p in seats.get(i.start, ())]
    talks = frozenset(i.start.date() for i in interviews if i.start)
    decision, answer = _days(signals, kind, text, anchor, spoken, talks)
    people = people_in(
        mail,
        kind,
        text,
        portions.signature,
        listed,
        signals.identity,
        company,
        spoken,
        portions.quoted,
    )
    return Extract(
        company=company,
        role=(structured(mail).role if mail.json_ld else None)
        or position(wording(signals, kind, portions, company, spoken)),
        interviews=seated(interviews, seats, people) if seats else interviews,
        people=people,
        decision_by=decision,
        answer_by=answer,
    )


def wording(
    signals: Signals, kind: Kind, portions: Portions, company: str | None, language: str
) -> Wording:
    """What of a mail can name its role, `company` being the employer that was read from it."""
    mail, events = signals.mail, signals.invites.events
    return Wording(
        mail.subject,
        portions.text,
        f"{portions.quoted}\n{portions.forwarded}",
        kind=kind,
        never=(company or "", signals.identity.name),
        sender=mail.from_.name or "",
        language=language,
        events=tuple(event.summary for event in events[:3]),
        notes=tuple(event.description[:SHORT] for event in events[:1]),
    )


def _seats(signals: Signals, text: str, anchor: datetime, language: str) -> Seats:
    """Who is named beside each time of a text that lists several talks."""
    zone, country = signals.identity.timezone, signals.identity.country
    read = text[:MAX_TEXT]
    times = find_times(read, anchor, zone=zone, country=country, language=language)
    return seats_in(read, with_ends(read, times))


def spoken_in(subject: str, portions: Portions, language: str) -> str:
    """The language of the new text; a short one is read with what stands around it.

    `language` is the lexicon's, which knows fewer: English may only mean that it has no other.
    """
    if language != "en":
        return language
    told = language_of(portions.text)
    if told != "en" or len(portions.text) > SHORT:
        return told
    return language_of(
        f"{subject}\n{portions.text}\n{portions.signature}\n{portions.quoted[:SHORT]}"
    )


def _days(
    signals: Signals,
    kind: Kind,
    text: str,
    anchor: datetime,
    language: str,
    talks: Collection[date],
) -> tuple[date | None, date | None]:
    zone, country = signals.identity.timezone, signals.identity.country
    if not kind.concerns_application:
        return None, None
    days = find_days(text[:MAX_TEXT], anchor, zone=zone, country=country, language=language)
    return days_in(signals, kind, text, days, cues(language), talks)
