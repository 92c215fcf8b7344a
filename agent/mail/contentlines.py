"""Calendar text to the property lines of its events and zones (RFC 5545, 3.1), bounded.

This comes before the calendar library sees anything: 20,000 events, or a zone with a rule
for every second, cost it seconds. Of an event only the properties are kept that `invite` reads:
no alarms, recurrence rules, categories or attachments; rules are never expanded.
"""

import re
from dataclasses import dataclass, field

MAX_CHARACTERS = 512 << 10
MAX_EVENTS = 50
MAX_ZONES = 20
MAX_LINES = 600  # of one event or zone
MAX_LINE = 40 << 10  # the library looks at each character
MAX_PARAMETERS = 40  # of one line; an attendee has a dozen

_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}[;:]")
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
# Where video systems write the room.
ROOM_PROPERTIES = (
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "CONFERENCE",
)
# What is read of an event.
_READ = frozenset(
    "UID SEQUENCE DTSTAMP STATUS SUMMARY DESCRIPTION X-ALT-DESC LOCATION URL DTSTART DTEND DURATION "
    "RECURRENCE-ID ORGANIZER ATTENDEE".split()
) | frozenset(ROOM_PROPERTIES)


@dataclass(slots=True)
class Block:
    """One component's own property lines, unfolded, and those of the components in it."""

    name: str
    lines: list[str] = field(default_factory=list)
    inner: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class CalendarLines:
    """The lines of the calendar itself, of its events and of its zones."""

    properties: list[str] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def unfolded(text: str) -> list[str]:
    """Whole content lines. A line that is none goes on with the one before, as mailers break them."""
    lines: list[list[str]] = []
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        if line[:1] in {" ", "\t"} and lines:
            lines[-1].append(line[1:])
        elif _PROPERTY.match(line) or not lines:
            lines.append([line])
        elif line.strip():
            lines[-1].append(line)
    return ["".join(pieces)[:MAX_LINE].strip() for pieces in lines]


def calendar_lines(text: str) -> CalendarLines:
    """Sort the lines of a calendar part by what they belong to. Never raises."""
    found = CalendarLines()
    if len(text) > MAX_CHARACTERS:
        found.problems.append("The calendar part is larger than 512 KiB; its end was not read.")
        text = text[:MAX_CHARACTERS]
    beginning = text[:4_000].upper()
    if "BEGIN:VCALENDAR" not in beginning and "BEGIN:VEVENT" not in beginning:
        found.problems.append("The calendar part is not a calendar.")
        return found
    open_blocks: list[Block] = []
    for line in unfolded(text):
        head = line[:20].upper()
        if head.startswith("BEGIN:"):
            _begin(head[6:].strip(), open_blocks, found)
        elif head.startswith("END:"):
            _end(head[4:].strip(), open_blocks)
        else:
            _keep(line, open_blocks, found)
    if open_blocks:
        found.problems.append("The calendar part ends in the middle: it may be cut off.")
    return found


def _begin(name: str, open_blocks: list[Block], found: CalendarLines) -> None:
    if name == "VEVENT":
        # An event inside an event is one whose end was lost.
        open_blocks[:] = [block for block in open_blocks if block.name == "VCALENDAR"]
    block = Block(name)
    if name == "VEVENT":
        _append(block, found.events, MAX_EVENTS, "events", found)
    elif name == "VTIMEZONE":
        _append(block, found.zones, MAX_ZONES, "time zones", found)
    elif open_blocks and open_blocks[-1].name == "VTIMEZONE" and len(open_blocks[-1].inner) < 200:
        open_blocks[-1].inner.append(block)
    if len(open_blocks) < 8:
        open_blocks.append(block)


def _append(block: Block, to: list[Block], most: int, what: str, found: CalendarLines) -> None:
    if len(to) < most:
        to.append(block)
        return
    words = f"The calendar part has more than {most} {what}; the last ones were not read."
    if words not in found.problems:
        found.problems.append(words)


def _end(name: str, open_blocks: list[Block]) -> None:
    for position in range(len(open_blocks) - 1, -1, -1):
        if open_blocks[position].name == name:
            del open_blocks[position:]
            return


def _keep(line: str, open_blocks: list[Block], found: CalendarLines) -> None:
    if not open_blocks or open_blocks[-1].name == "VCALENDAR":
        if len(found.properties) < MAX_LINES:
            found.properties.append(line)
        return
    block = open_blocks[-1]
    in_zone = any(outer.name == "VTIMEZONE" for outer in open_blocks)
    if len(block.lines) < MAX_LINES and (in_zone or _is_read(line)):
        block.lines.append(line)


def _is_read(line: str) -> bool:
    name = _NAME.match(line)
    few = line.count(";", 0, line.find(":")) <= MAX_PARAMETERS
    return name is not None and few and name[0].upper() in _READ


def value_of(lines: list[str], name: str) -> str:
    """The raw value of the first property of that name, "" where it is missing."""
    for line in lines:
        if line[: len(name)].upper() == name and line[len(name) : len(name) + 1] in {";", ":"}:
            return line[len(name) :].partition(":")[2].strip()
    return ""
