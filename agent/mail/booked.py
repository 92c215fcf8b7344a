"""The interview that a calendar event states, or the schema.org markup of the HTML.

A calendar event beats prose; markup speaks last, for a mail whose words name no time.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from agent.domain.facts import Interview, InterviewStatus
from agent.mail.invite import Event
from agent.mail.invite import interview as from_event
from agent.mail.join import below, call_in, dial_in
from agent.mail.letter import Letter
from agent.mail.structured import structured


def from_calendar(letter: Letter, event: Event) -> Interview:
    """The event; a counter-proposal (RFC 5546, 3.2.7) fixes nothing yet.

    A time in UTC is put into the zone that the mail states for that instant, if it does.
    """
    found = _completed(letter, from_event(event))
    if (letter.signals.invites.method or "").upper() == "COUNTER":
        found = replace(found, status=InterviewStatus.PROPOSED)
    if found.timezone != "UTC" or found.start is None:
        return found
    told = f"{letter.signals.mail.subject}\n{letter.text}\n{event.description[:2_000]}"
    for mention in letter.times(told):
        if mention.timezone and mention.start == found.start:
            zone = ZoneInfo(mention.timezone)
            end = found.end.astimezone(zone) if found.end else None
            return replace(
                found, start=found.start.astimezone(zone), end=end, timezone=mention.timezone
            )
    return found


def _completed(letter: Letter, found: Interview) -> Interview:
    """An event that says neither room nor number, with those of the mail that brings it."""
    if found.status is InterviewStatus.CANCELLED:
        return found
    found = found if found.url else replace(found, url=letter.link)
    told = dial_in(letter.text) if found.url or found.location else call_in(letter.text)
    phone = None if found.phone else told or below(letter.signature)
    return replace(found, phone=phone.number, pin=phone.pin) if phone else found


def from_markup(letter: Letter) -> Interview | None:
    """The event of the schema.org markup, for a mail whose text names no time.

    A time without an offset (ISO 8601) is the user's; one that is no time, or a day alone,
    says nothing.
    """
    if not letter.signals.mail.json_ld:
        return None
    said = structured(letter.signals.mail)
    start = _instant(said.starts, letter.signals.identity.timezone)
    if start is None:
        return None
    end = _instant(said.ends, letter.signals.identity.timezone)
    phone = call_in(letter.text)
    return Interview(
        start=start,
        end=end if end and end > start else None,
        location=said.location,
        url=letter.link,
        phone=phone.number if phone else None,
        pin=phone.pin if phone else None,
    )


def _instant(said: str | None, zone: str) -> datetime | None:
    if said is None or "T" not in said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
