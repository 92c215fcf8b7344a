"""Calendar parts to events. Never raises, never expands a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.domain.facts import Interview, InterviewSource, InterviewStatus, Person
from agent.mail.message import Address, CalendarPart, Identity


@dataclass(frozen=True, slots=True)
class Attendee:
    """One ATTENDEE (RFC 5545, 3.8.4.1). `kind` is 'individual', 'group', 'room', 'resource' or 'unknown'."""

    address: Address
    kind: str = "unknown"
    role: str | None = None
    partstat: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT, times resolved to aware datetimes."""

    uid: str | None
    sequence: int
    stamp: datetime | None
    status: str | None
    cancelled: bool
    summary: str
    description: str
    location: str | None
    url: str | None
    phone: str | None
    start: datetime | None
    end: datetime | None
    timezone: str | None
    all_day: bool
    floating: bool
    organizer: Address | None
    attendees: tuple[Attendee, ...]
    recurrence_id: str | None


@dataclass(frozen=True, slots=True)
class Invites:
    """Every event of a message's calendar parts, and what could not be read."""

    method: str | None
    events: tuple[Event, ...] = ()
    problems: tuple[str, ...] = ()


def read_invites(parts: Sequence[CalendarPart], identity: Identity) -> Invites:
    """Read the calendar parts of one message."""
    return Invites(method=None)


def interview(event: Event) -> Interview:
    """The event as an interview."""
    return Interview(
        start=event.start,
        end=event.end,
        timezone=event.timezone,
        status=InterviewStatus.CANCELLED if event.cancelled else InterviewStatus.CONFIRMED,
        source=InterviewSource.CALENDAR,
        uid=event.uid,
        sequence=event.sequence,
        stamp=event.stamp,
        location=event.location,
        url=event.url,
        phone=event.phone,
    )


def humans(event: Event, identity: Identity) -> tuple[Person, ...]:
    """Organizer and attendees that are people other than the user."""
    return ()
