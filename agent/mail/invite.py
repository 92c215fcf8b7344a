"""Calendar parts to events: iTIP messages (RFC 5546) as interviews and people.

Never raises, never expands a rule. The calendar library reads the properties; every zone is
resolved here, because the library keeps one mail's zones for the next and gives a name that
it does not know back as a time without a zone, in silence. Times without any zone are the
user's own (`floating`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event as CalendarEvent

from agent.domain.facts import Interview, InterviewSource, InterviewStatus
from agent.mail import zones
from agent.mail.amount import sensible
from agent.mail.characters import one_line, visible
from agent.mail.contentlines import (
    ROOM_PROPERTIES,
    Block,
    CalendarLines,
    calendar_lines,
    value_of,
)
from agent.mail.html import HtmlText, read_html
from agent.mail.join import DialIn, call_in, dial_in, join_link, phone_number, unwrap
from agent.mail.mended import mended
from agent.mail.message import Address, CalendarPart, Identity
from agent.mail.vtimezone import CustomZone, custom_zone

MAX_ATTENDEES = 200
MAX_LOCATION = 4_000  # characters; a room's link has hundreds
EARLIEST_YEAR = 1970
LATEST_YEAR = 2200

# Renamed so that the library does not resolve the zone by itself.
_ZONE_PARAMETER = re.compile(
    r"^(DTSTART|DTEND|RECURRENCE-ID)((?:;[^:\"]{0,200}|;[^:\"]{0,60}\"[^\"]{0,200}\"){0,5})", re.I
)
_TZID = re.compile(r";TZID=", re.I)
_HTML = re.compile(r"<(?:br|p|div|span|a|b|ul|table|html)\b[^>]{0,300}>", re.I)
_KINDS = frozenset({"individual", "group", "room", "resource"})
_URL_ONLY = re.compile(r"\s{0,3}https?://\S{1,2000}\s{0,3}$", re.I)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One ATTENDEE (RFC 5545, 3.8.4.1).

    `kind` is 'individual', 'group', 'room', 'resource' or 'unknown' (CUTYPE); `role` and
    `partstat` are as stated, upper case.
    """

    address: Address
    kind: str = "unknown"
    role: str | None = None
    partstat: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT. Times are aware; `timezone` is the IANA name where one is stated.

    `all_day` events run from midnight to midnight in the user's zone. `floating` says that no
    zone is stated, or none that is known: the user's was taken. `url` is where one joins.
    """

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
    pin: str | None
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
    """Every event of a message's calendar parts, and what could not be read.

    `method` is the iTIP method, upper case, None where none is stated (then it publishes).
    """

    method: str | None
    events: tuple[Event, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    """One time property, resolved."""

    at: datetime
    timezone: str | None
    all_day: bool = False
    floating: bool = False


@dataclass(slots=True)
class _Context:
    """What the events of one calendar part share."""

    home: ZoneInfo
    own_zones: dict[str, CustomZone]
    stated: str | None
    cancels: bool
    problems: list[str]

    def moment(self, value: Any) -> _Moment | None:
        """A DTSTART, DTEND or RECURRENCE-ID as an instant, None where it is none."""
        at = _dt(value)
        if isinstance(at, date) and not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
            self.problems.append(f"The time {at.isoformat()} cannot be right.")
            return None
        if isinstance(at, datetime):
            return self._zoned(at, str(value.params.get("X-TZID", "")))
        if isinstance(at, date):
            midnight = datetime.combine(at, time(), self.home)
            return _Moment(midnight, None, all_day=True, floating=True)
        if value is not None:
            self.problems.append(f"The time {one_line(str(value))[:40]!r} cannot be read.")
        return None

    def _zoned(self, at: datetime, name: str) -> _Moment:
        stated = zones.iana(name) if name else self.stated
        if at.tzinfo is not None:  # a Z states UTC, unless the calendar names its own zone
            return _Moment(at.astimezone(ZoneInfo(stated or "UTC")), stated or "UTC")
        if stated:
            return _Moment(at.replace(tzinfo=ZoneInfo(stated)), stated)
        custom = self.own_zones.get(name)
        if custom is not None:
            return self._by_own_rules(at, custom)
        fixed = zones.fixed_offset(name)
        if fixed is not None:
            return _Moment(at.replace(tzinfo=fixed), None)
        if name:
            self.problems.append(
                f"The time zone {one_line(name)[:60]!r} is not known; yours was taken instead."
            )
        return _Moment(at.replace(tzinfo=self.home), None, floating=True)

    def _by_own_rules(self, at: datetime, custom: CustomZone) -> _Moment:
        """A zone that the mail defines: its offset counts, and a name only where it is the user's."""
        offset: tzinfo = timezone(custom.offset_at(at))
        name = self.home.key if custom.keeps_time_with(self.home, at.year) else None
        return _Moment(at.replace(tzinfo=self.home if name else offset), name)


def _text(component: Any, name: str) -> str:
    """A text property, the first where it repeats, as a reader sees it."""
    value = component.get(name)
    first = value[0] if isinstance(value, list) and value else value
    return visible(str(first)).strip() if first is not None else ""


def _first(component: Any, name: str) -> Any:
    value = component.get(name)
    return value[0] if isinstance(value, list) and value else value


def _dt(value: Any) -> Any:
    """The Python value of a time property; None where it has none or is broken."""
    try:
        return value.dt
    except (AttributeError, ValueError, TypeError):
        return None


def _read_event(block: Block, context: _Context) -> Event | None:
    """One event by way of the library, its zones left to us; None where it raises."""
    lines = (_ZONE_PARAMETER.sub(_rename_zone, line) for line in block.lines)
    text = "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))
    try:
        return _event(CalendarEvent.from_ical(text), context)
    except Exception as error:  # the library raises of all kinds on hostile input
        context.problems.append(f"A calendar event cannot be read ({type(error).__name__}).")
        return None


def _rename_zone(match: re.Match[str]) -> str:
    return _TZID.sub(";X-TZID=", match[0])


def _integer(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        return 0
    return number if 0 <= number < 1 << 31 else 0


def _stamp(component: Any) -> datetime | None:
    """DTSTAMP in UTC; it is UTC by the rules, also where the Z was forgotten."""
    at = _dt(_first(component, "DTSTAMP"))
    if not isinstance(at, datetime):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _address(value: Any) -> Address | None:
    """A CAL-ADDRESS with its CN; the EMAIL parameter (RFC 7986) where the address is no mailbox."""
    if value is None:
        return None
    params = getattr(value, "params", {})
    raw = one_line(str(value)).strip("<> ")
    scheme, _, rest = raw.partition(":")
    email = rest if scheme.lower() == "mailto" else str(params.get("EMAIL", raw))
    email = email.partition("?")[0].strip("<> '\"").lower()
    if "@" not in email or " " in email:
        email = one_line(str(params.get("EMAIL", ""))).lower()
    name = one_line(str(params.get("CN", ""))).strip(" \"'")
    if not email and not name:
        return None
    return Address("" if name.lower() == email else name, email)


def _attendees(component: Any) -> Iterator[Attendee]:
    values = component.get("ATTENDEE", [])
    for value in islice(values if isinstance(values, list) else [values], MAX_ATTENDEES):
        address = _address(value)
        if address is None:
            continue
        params = getattr(value, "params", {})
        kind = str(params.get("CUTYPE", "individual")).lower()
        yield Attendee(
            address,
            kind if kind in _KINDS else "unknown",
            _upper(params.get("ROLE")),
            _upper(params.get("PARTSTAT")),
        )


def _upper(value: object) -> str | None:
    return one_line(str(value)).upper() if value else None


def _end(component: Any, start: _Moment, context: _Context) -> datetime | None:
    """DTEND, else DTSTART and DURATION (exact time, RFC 5545, 3.3.6), else the day's end."""
    stated = context.moment(_first(component, "DTEND"))
    if stated is not None:
        if stated.at >= start.at:
            return (
                stated.at
                if stated.at.tzinfo == start.at.tzinfo
                else stated.at.astimezone(start.at.tzinfo)
            )
        context.problems.append("The invitation ends before it begins; its end was left out.")
        return None
    length = _dt(_first(component, "DURATION"))
    if isinstance(length, timedelta) and timedelta() < length < timedelta(days=60):
        return (start.at.astimezone(UTC) + length).astimezone(start.at.tzinfo)
    return start.at + timedelta(days=1) if start.all_day else None


def _description(component: Any) -> str:
    """The text of an event; some write HTML into it."""
    text = _text(component, "DESCRIPTION") or _text(component, "X-ALT-DESC")
    return sensible(_page(text).text if _HTML.search(text) else text)


@lru_cache(maxsize=2)  # a description is read for its words and for its links
def _page(text: str) -> HtmlText:
    return read_html(text)


def _links(component: Any) -> str:
    """The targets of links in an HTML description, one a line."""
    texts = (_text(component, name) for name in ("DESCRIPTION", "X-ALT-DESC"))
    return "\n".join(
        unwrap(href) for text in texts if _HTML.search(text) for _, href in _page(text).links
    )


def _join_url(component: Any, location: str, description: str) -> str | None:
    """Where one joins: what says so by name, then the place, then a known system in the text."""
    for name in ROOM_PROPERTIES:
        value = _text(component, name)
        if value.lower().startswith("https://"):
            return unwrap(value)
    found = join_link(location) or join_link(_text(component, "URL"))
    if found is None:
        found = join_link(description) or join_link(_links(component))
    if found is None and _URL_ONLY.match(location):
        found = unwrap(location.strip())  # a system that is not known, and still the place to be
    return found


def _phone(component: Any, location: str, description: str) -> DialIn | None:
    conference = _text(component, "CONFERENCE")
    if conference.lower().startswith("tel:"):
        return dial_in(f"dial {conference}")
    number = phone_number(location)
    return dial_in(location) or (DialIn(number) if number else None) or call_in(description)


def _event(component: Any, context: _Context) -> Event:
    start = context.moment(_first(component, "DTSTART"))
    if start is None:
        context.problems.append("The invitation does not say when it begins.")
    location = _text(component, "LOCATION")[:MAX_LOCATION]
    description = _description(component)
    status = _upper(_text(component, "STATUS"))
    recurrence = context.moment(_first(component, "RECURRENCE-ID"))
    url = _join_url(component, location, description)
    phone = _phone(component, location, description)
    return Event(
        uid=_text(component, "UID")[:500] or None,
        sequence=_integer(_first(component, "SEQUENCE")),
        stamp=_stamp(component),
        status=status,
        cancelled=context.cancels or status == "CANCELLED",
        summary=one_line(_text(component, "SUMMARY"))[:1_000],
        description=description,
        location=None if not location or _URL_ONLY.match(location) else one_line(location)[:1_000],
        url=url,
        phone=phone.number if phone else None,
        pin=phone.pin if phone else None,
        start=start.at if start else None,
        end=_end(component, start, context) if start else None,
        timezone=start.timezone if start else None,
        all_day=bool(start and start.all_day),
        floating=bool(start and start.floating),
        organizer=_address(_first(component, "ORGANIZER")),
        attendees=tuple(_attendees(component)),
        recurrence_id=recurrence.at.isoformat() if recurrence else None,
    )


def _home(identity: Identity) -> ZoneInfo:
    return zones.zone(identity.timezone) or ZoneInfo("UTC")


def _own_zones(blocks: Sequence[Block]) -> dict[str, CustomZone]:
    """The zones that a calendar defines itself, by the name that its times use."""
    found = ((value_of(block.lines, "TZID"), custom_zone(block)) for block in blocks)
    return {name.strip('"'): zone for name, zone in found if zone is not None}


def _aliases(blocks: Sequence[Block]) -> dict[str, str]:
    """Unknown zone names whose definition says which zone it is (X-LIC-LOCATION)."""
    named = {
        value_of(block.lines, "TZID").strip('"'): value_of(block.lines, "X-LIC-LOCATION")
        for block in blocks
    }
    return {name: known for name, place in named.items() if (known := zones.iana(place))}


def _events(lines: CalendarLines, method: str | None, identity: Identity) -> tuple[Event, ...]:
    context = _Context(
        home=_home(identity),
        own_zones=_own_zones(lines.zones),
        stated=zones.iana(value_of(lines.properties, "X-WR-TIMEZONE")),
        cancels=method == "CANCEL",
        problems=lines.problems,
    )
    aliases = _aliases(lines.zones)
    events = []
    for block in lines.events:
        sound = map(mended, block.lines)
        renamed = Block(block.name, [_with_known_zone(line, aliases) for line in sound])
        events.append(_read_event(renamed, context))
    return tuple(event for event in events if event is not None)


def _with_known_zone(line: str, aliases: dict[str, str]) -> str:
    """A time's line with the zone that its definition names, where its own name says nothing."""
    if not aliases or not line[:13].upper().startswith(("DTSTART", "DTEND", "RECURRENCE-ID")):
        return line
    for name, known in aliases.items():
        if zones.iana(name) is None:
            line = line.replace(f'TZID="{name}"', f"TZID={known}").replace(
                f"TZID={name}:", f"TZID={known}:"
            )
    return line


def read_invites(parts: Sequence[CalendarPart], identity: Identity) -> Invites:
    """Read the calendar parts of one message; the same event twice is one event."""
    method: str | None = None
    events: dict[tuple[str | None, str | None, int, datetime | None], Event] = {}
    problems: dict[str, None] = {}
    for part in parts:
        lines = calendar_lines(part.text)
        stated = one_line(value_of(lines.properties, "METHOD")).upper() or part.method
        method = method or stated
        for event in _events(lines, stated, identity):
            key = (event.uid, event.recurrence_id, event.sequence, event.start)
            events.setdefault(key, event)
        if not lines.events and not lines.problems:
            lines.problems.append("The calendar part holds no event.")
        problems.update(dict.fromkeys(lines.problems))
    return Invites(method, tuple(events.values()), tuple(problems))


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
        pin=event.pin,
    )
