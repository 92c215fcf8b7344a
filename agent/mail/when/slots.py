"""Clock times with what belongs to them: the other end of a range, a zone, a part of the day.

A bare number becomes an hour here, or does not: "at 3", "from 2 to 3", "Tuesday
10-11" and "10, 11 or 2" are hours; "at 3 companies" and "3 interviewers" are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day, DayPart, Phrase, Zone
from agent.mail.when.tokens import Atom
from agent.mail.when.vocabulary import Part


@dataclass(slots=True)
class Slot:
    """One time or one range. `place` counts phrases: where it begins and ends among them."""

    start: Clock
    end: Clock | None
    place: int
    place_last: int  # one past the end
    zone: Zone | None = None
    part: Part | None = None
    linked: bool = False  # to the slot before it: "10 or 2"
    licensed: bool = True

    @property
    def first(self) -> int:
        """The first atom."""
        return self.start.first

    @property
    def last(self) -> int:
        """One past the last atom of the clock times."""
        return (self.end or self.start).last


def read_slots(page: Page) -> list[Slot]:
    """Every clock time of the page, bare numbers only in company."""
    slots: list[Slot] = []
    at = 0
    while at < len(page.phrases):
        phrase = page.phrases[at]
        if not isinstance(phrase, Clock):
            at += 1
            continue
        slot = _range_from(page, at) or Slot(phrase, None, at, at + 1)
        slot.linked = bool(slots) and _is_linked(page, slots[-1], slot)
        slot.licensed = _is_licensed(page, slot, slots)
        if not slot.licensed and slot.end is not None:
            slot = Slot(phrase, None, at, at + 1, linked=slot.linked)
            slot.licensed = _is_licensed(page, slot, slots)
        if slot.licensed:
            _add_zone(page, slot)
            _add_part(page, slot)
            slots.append(slot)
        at = slot.place_last
    return slots


def _range_from(page: Page, at: int) -> Slot | None:
    """ "2–3pm", "from 2 to 3", "2pm ET – 3pm ET": the slot from one clock to the next."""
    start = page.phrases[at]
    if not isinstance(start, Clock):
        return None
    ahead = at + 1
    zone = None
    if ahead < len(page.phrases) and isinstance(page.phrases[ahead], Zone | DayPart):
        middle = page.phrases[ahead]
        if not page.between(page.phrases[at], middle):
            zone = middle if isinstance(middle, Zone) else None
            ahead += 1
    same_day = ahead
    if ahead + 1 < len(page.phrases) and isinstance(page.phrases[ahead], Day):
        ahead += 1  # "3 March 2pm – 3 March 3pm"
    for end_at in dict.fromkeys((same_day, ahead)):
        end = page.phrases[end_at] if end_at < len(page.phrases) else None
        if isinstance(end, Clock) and _joins(page, at, same_day, end_at):
            return Slot(start, end, at, end_at + 1, zone=zone)
    return None


def _joins(page: Page, at: int, middle: int, end_at: int) -> bool:
    """Whether nothing but a dash or "to" stands between two clocks ("and" after "between")."""
    gap = page.between(page.phrases[middle - 1], page.phrases[middle])
    if end_at > middle:
        if (
            not _same_day(page, at, middle)
            or _only_glue(page.between(page.phrases[middle], page.phrases[end_at])) is None
        ):
            return False
    if (
        not gap
        or len(gap) > 2
        or ("to" not in gap[0].classes and not (gap[0].low in (",", "|") and len(gap) == 2))
    ):
        return False
    if len(gap) == 2 and not ({"about", "at"} & gap[1].classes.keys() or "to" in gap[1].classes):
        return False
    before = page.atoms[page.phrases[at].first - 1] if page.phrases[at].first else None
    if gap[-1].low in ("and", "&") or "and" in gap[0].classes:
        return (before is not None and "between" in before.classes) or _is_between(page, at)
    return True


def _is_between(page: Page, at: int) -> bool:
    first = page.phrases[at].first
    return any("between" in atom.classes for atom in page.atoms[max(0, first - 3) : first])


def _same_day(page: Page, at: int, middle: int) -> bool:
    """Whether the day before the first clock is named again before the second."""
    again = page.phrases[middle]
    earlier = page.phrases[at - 1] if at else None
    return isinstance(again, Day) and isinstance(earlier, Day) and earlier.days == again.days


_GLUE = frozenset(
    ("at", "on", "the", "of", "about", "from", "between", "label", "time", "inside", "firm", "s")
)
_COSTS = {",": 2, "(": 1, ")": 2, "[": 1, "]": 2, "|": 3, "-": 2, ":": 1, "*": 1, "/": 3, ";": 6, ".": 5, ">": 2, "•": 3, "_": 1, "'": 1, "·": 2, "=": 2, "#": 2, "`": 1}  # fmt: skip
_NEW_LINE = 3


def _only_glue(gap: Sequence[Atom], first_line: int | None = None) -> int | None:
    """How far apart two phrases are, 0 for side by side; None where other words stand between."""
    cost = 0
    line = first_line
    for atom in gap:
        if line is not None:
            cost += _NEW_LINE * min(3, atom.line - line)
        line = atom.line
        if atom.low in _COSTS:
            cost += _COSTS[atom.low]
        elif not _GLUE & atom.classes.keys() or "or" in atom.classes:
            return None
    return cost


def distance(page: Page, left: Phrase | Slot, right: Phrase | Slot) -> int | None:
    """How far apart two neighbours are, or None where more than glue stands between them."""
    if right.first <= left.last:
        lines = (
            page.atoms[right.first].line - page.atoms[left.last - 1].line
            if right.first == left.last
            else 0
        )
        return _NEW_LINE * min(3, lines)
    if right.first - left.last > 12:
        return None
    gap = page.atoms[left.last : right.first]
    cost = _only_glue(gap, page.atoms[left.last - 1].line)
    if cost is None:
        return None
    return cost + _NEW_LINE * min(3, page.atoms[right.first].line - gap[-1].line)


def _is_linked(page: Page, before: Slot, slot: Slot) -> bool:
    """Whether a slot goes on a list: "10, 11 or 2"."""
    gap = page.atoms[before.last : slot.first]
    between = [
        phrase
        for phrase in page.phrases[before.place_last : slot.place]
        if not isinstance(phrase, Zone | DayPart)
    ]
    if between or not gap or len(gap) > 8:
        return False
    rest = page.plain(before.place_last - 1, slot.place)
    if not rest:
        return False
    return (
        all(
            atom.low in (",", "/", ";", "(", ")")
            or {"or", "and", "at", "about", "the"} & atom.classes.keys()
            for atom in rest
        )
        and page.atoms[slot.first].line - page.atoms[before.last - 1].line <= 1
    )


def _is_licensed(page: Page, slot: Slot, earlier: list[Slot]) -> bool:
    """Whether a slot of bare numbers has the company that makes them hours."""
    if slot.end is not None:
        if not (slot.start.faint and slot.end.faint):
            return not (slot.end.faint and not _stays_hour(page, slot.end))
        if not _stays_hour(page, slot.end):
            return False
        return _has_word_before(page, slot.start) or _beside_day(page, slot, 3)
    clock = slot.start
    if not clock.faint:
        return True
    if not _stays_hour(page, clock):
        return False
    if slot.linked and earlier and _in_same_sentence(page, earlier[-1], slot):
        return not earlier[-1].start.sure or clock.sure or clock.hour > 0
    if _has_word_before(page, clock):
        return True
    dotted = clock.last - clock.first > 1
    if dotted or (
        page.atoms[clock.first].text[0] == "0" and "hhmm" in page.atoms[clock.first].classes
    ):
        return _beside_day(page, slot, 2)  # "Friday 14.30", "Sunday 0600"
    return _behind_weekday(page, slot)


def _in_same_sentence(page: Page, before: Slot, slot: Slot) -> bool:
    return page.atoms[before.first].sentence == page.atoms[slot.first].sentence


def _has_word_before(page: Page, clock: Clock) -> bool:
    """ "at 3", "@ 2", "around 10", "from 2"."""
    if not clock.first:
        return False
    before = page.atoms[clock.first - 1]
    return "at" in before.classes and not (
        before.low in ("@",) and page.atoms[clock.first].glued and not clock.first > 1
    )


def _beside_day(page: Page, slot: Slot, most: int) -> bool:
    """Whether a day stands right before or behind."""
    neighbours = []
    if slot.place:
        neighbours.append((page.phrases[slot.place - 1], True))
    if slot.place_last < len(page.phrases):
        neighbours.append((page.phrases[slot.place_last], False))
    for phrase, before in neighbours:
        if isinstance(phrase, DayPart | Zone):
            return isinstance(phrase, DayPart)
        if isinstance(phrase, Day):
            far = distance(page, phrase, slot) if before else distance(page, slot, phrase)
            if far is not None and far <= most:
                return True
    return False


def _behind_weekday(page: Page, slot: Slot) -> bool:
    """ "Tues 10?": a number right behind a weekday alone, on its line."""
    before = page.phrases[slot.place - 1] if slot.place else None
    return (
        isinstance(before, Day)
        and before.last == slot.first
        and "weekday" in page.atoms[before.last - 1].classes
        and page.line(before) == page.atoms[slot.first].line
    )


def _stays_hour(page: Page, clock: Clock) -> bool:
    """Whether what follows a bare number leaves it an hour, not a count of something."""
    if clock.last >= len(page.atoms):
        return True
    after = page.atoms[clock.last]
    last = page.atoms[clock.last - 1]
    if after.line != last.line or after.sentence != last.sentence:
        return True
    if after.low in "%$€£°" or (
        after.glued and after.low in "/+:" and _digit(page, clock.last + 1)
    ):
        return False
    if "month" in after.classes:  # "at 10 March 3rd", but not "at 5 March Street"
        return clock.last + 1 < len(page.atoms) and "dom" in page.atoms[clock.last + 1].classes
    if "unit" in after.classes or "street" in after.classes:
        return False
    if not after.text[:1].isalnum():
        return not (
            after.low == "-"
            and clock.last + 1 < len(page.atoms)
            and page.atoms[clock.last + 1].glued
            and page.atoms[clock.last + 1].text[:1].isalpha()
        )
    known = (
        "follow",
        "or",
        "and",
        "on",
        "to",
        "weekday",
        "relative",
        "tonight",
        "part",
        "inside",
        "which",
        "ampm",
        "limit",
        "latest",
        "zone",
        "iana",
        "utc",
        "at",
        "time",
        "dom",
    )
    return any(name in after.classes for name in known)


def _digit(page: Page, at: int) -> bool:
    return at < len(page.atoms) and page.atoms[at].text[:1].isdigit()


_ZONE_GAP = frozenset("(,[|")


def _add_zone(page: Page, slot: Slot) -> None:
    """The zone right behind a time, in brackets or not, or behind the day that follows it.

    A city counts not behind a comma, where it is a place.
    """
    at = slot.place_last
    if at < len(page.phrases) and isinstance(page.phrases[at], DayPart):
        at += 1
    zone = _zone_at(page, at)
    if zone is not None:
        slot.zone = zone
        slot.place_last = at + 1
    elif slot.zone is None and _is_day_behind(page, slot, at):
        slot.zone = _zone_at(page, at + 1)


def _zone_at(page: Page, at: int) -> Zone | None:
    """The zone that is phrase `at`, if nothing but a bracket or comma parts it from the one before."""
    zone = page.phrases[at] if at < len(page.phrases) else None
    if not isinstance(zone, Zone):
        return None
    gap = page.atoms[page.phrases[at - 1].last : zone.first]
    if len(gap) > 1 or any(atom.low not in _ZONE_GAP for atom in gap):
        return None
    if zone.kind == "city" and any(atom.low not in "([" for atom in gap):
        return None
    return _better(page, zone, page.phrases[at + 1] if at + 1 < len(page.phrases) else None)


def _is_day_behind(page: Page, slot: Slot, at: int) -> bool:
    """ "15:00 - Monday, 2 March 2026 (Eastern Time)"."""
    day = page.phrases[at] if at < len(page.phrases) else None
    if not isinstance(day, Day):
        return False
    far = distance(page, slot, day)
    return far is not None and far <= 3


def _better(page: Page, zone: Zone, following: Phrase | None) -> Zone:
    """ "(UTC-05:00) Eastern Time": the name tells more than the offset."""
    if zone.kind == "offset" and isinstance(following, Zone) and following.kind == "name":
        gap = page.between(zone, following)
        if all(atom.low in ")(" for atom in gap):
            return following
    return zone


def _add_part(page: Page, slot: Slot) -> None:
    """Morning or evening, said beside the time or with its day."""
    before = page.phrases[slot.place - 1] if slot.place else None
    after = page.phrases[slot.place_last] if slot.place_last < len(page.phrases) else None
    if isinstance(after, DayPart) and distance(page, slot, after) == 0:
        slot.part = after.part
    elif (
        isinstance(before, DayPart)
        and (distance(page, before, slot) or 0) <= 2
        and distance(page, before, slot) is not None
    ) or (
        isinstance(before, Day)
        and before.part is not None
        and distance(page, before, slot) is not None
    ):
        slot.part = before.part
    elif (
        isinstance(after, Day)
        and after.part is not None
        and distance(page, slot, after) is not None
    ):
        slot.part = after.part


def minutes_of(slot: Slot) -> tuple[int, int | None]:
    """Start and end in minutes after midnight; an end on the next day is over 1440.

    Am or pm said at one end of a range counts for the other where that makes sense
    ("11–1pm", "2–3pm"). Without either, hours are those of an office: 1 to 6 are in
    the afternoon, 7 to 12 as they stand.
    """
    if slot.end is None:
        return _minutes(slot.start, slot.start.half, slot.part), None
    start, end = slot.start, slot.end
    begin = _minutes(start, start.half, slot.part)
    if start.half is None and not start.sure and end.half is not None:
        begin = _start_before(start, _minutes(end, end.half, None))
    finish = _minutes(end, end.half, slot.part)
    if end.half is None and not end.sure:
        finish = _first_after(end, begin)
    if finish <= begin:
        finish += 1440
    return begin, finish


def _minutes(clock: Clock, half: int | None, part: Part | None) -> int:
    hour = clock.hour % 24 if clock.hour == 24 else clock.hour
    if half is not None:
        return _halved(clock.hour, half, clock.minute)
    if clock.sure or hour > 12:
        return hour * 60 + clock.minute
    if part is not None:
        return _in_part(hour, part) * 60 + clock.minute
    return (hour + 12 if 1 <= hour <= 6 else hour) * 60 + clock.minute


def _halved(hour: int, half: int, minute: int) -> int:
    """12-hour time; "14:00 pm" is written too, and means what it says."""
    if hour > 12:
        return hour * 60 + minute
    return (hour % 12 + half) * 60 + minute


def _in_part(hour: int, part: Part) -> int:
    """The hour of 24 that an hour of 12 is in the morning, the afternoon, the evening, at night."""
    if part == Part.MORNING:
        return hour
    if hour == 12:
        return 0 if part == Part.NIGHT else 12
    return hour + 12


def _start_before(start: Clock, finish: int) -> int:
    """The latest reading of the start that lies before the end."""
    readings = [_halved(start.hour, half, start.minute) for half in (0, 12)]
    earlier = [reading for reading in readings if reading < finish]
    return max(earlier) if earlier else readings[0]


def _first_after(end: Clock, begin: int) -> int:
    """The earliest reading of the end that lies after the start."""
    if end.hour > 12:
        return end.hour * 60 + end.minute
    readings = [_halved(end.hour, half, end.minute) for half in (0, 12)]
    return next((reading for reading in readings if reading > begin), readings[1])
