"""From phrases to moments: every clock time on a known day, as `TimeMention`s."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agent.mail.when.alike import with_alike
from agent.mail.when.bind import Bound, bind, is_in_brackets
from agent.mail.when.mentions import TimeMention
from agent.mail.when.minutes import minutes_of
from agent.mail.when.page import Page, lines_of, sentence_of
from agent.mail.when.phrases import Day, DayPart, Length, Zone
from agent.mail.when.slots import Slot, read_slots
from agent.mail.when.tokens import Atom
from agent.mail.when.vocabulary import Part
from agent.mail.when.zones import clock_of, local_time

MOST_TIMES = 300
# A length goes with a time at most this many characters away.
_NEARBY = 400
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class _Moment:
    """A mention with the slots it was read from, the first and the last."""

    first: Slot
    last: Slot
    mention: TimeMention


def read_times(page: Page) -> tuple[TimeMention, ...]:
    """Every moment of a page, one for each time however many zones it is given in."""
    slots = [slot for slot in read_slots(page)[:MOST_TIMES] if not _is_no_appointment(page, slot)]
    _spread_zones(page, slots)
    moments = [
        _Moment(bound.slot, bound.slot, mention)
        for bound in bind(page, slots)[:MOST_TIMES]
        if (mention := _mention(page, bound)) is not None
    ]
    lengths = [phrase for phrase in page.phrases if isinstance(phrase, Length)]
    merged = _merge_twins(page, moments)
    return with_alike(page, [_with_length(page, moment, lengths) for moment in merged])


def _is_no_appointment(page: Page, slot: Slot) -> bool:
    """Office hours, and the stamp of a quoted mail."""
    words = sentence_of(page, page.phrases[slot.place])
    opening = slot.end is not None and any("opening" in atom.classes for atom in words)
    if opening and not _is_dated(page, slot):
        return True
    line = page.atoms[slot.first].line
    stamp = lines_of(words, line, line + 1)
    ends = stamp[-_STAMP_ENDS:]
    if any("wrote" in atom.classes for atom in ends) and any(atom.low == ":" for atom in ends):
        return True  # not "jeudi à 9h30 et non mercredi à 14h, comme je vous l'avais écrit"
    return len(stamp) > 1 and "sent" in stamp[0].classes and stamp[1].low == ":"


def _is_dated(page: Page, slot: Slot) -> bool:
    """ "Open to you is Tuesday 13 October (8.30 to 12.30)": a shop's hours have no date beside them."""
    day = page.phrases[slot.place - 1] if slot.place else None
    if not isinstance(day, Day) or day.weekday is not None or day.stretch:
        return False
    return slot.first - day.last <= 1


_STAMP_ENDS = 4  # atoms at the end of a stamp: "Dana Cole wrote:"


# -- zones --------------------------------------------------------------------


def _spread_zones(page: Page, slots: Sequence[Slot]) -> None:
    """Give times without a zone the one stated for all, or that of their sentence."""
    _spread_columns(page, slots)
    general = _general_zone(page)
    zones = [slot.zone for slot in slots if slot.zone is not None]
    stated = [zone for zone in zones if zone.name != "@user"] or zones
    if general is None and not stated:
        general = _stated_apart(page, slots)
    only = stated[0] if len({_key(zone) for zone in stated}) == 1 else None
    yours = general is not None and _says_yours(page)
    for at, slot in enumerate(slots):
        if slot.zone is None and general is not None:
            slot.zone = (_users(page, slots, at) if yours else None) or general
        elif slot.zone is None and (twin := _twin_of_next(page, slots, at)) is not None:
            slot.zone = only if twin.name == "@user" else None
        elif slot.zone is None:
            slot.zone = only or _neighbouring(page, slots, at)


def _spread_columns(page: Page, slots: Sequence[Slot]) -> None:
    """ "Date | Eastern | Mountain" over rows of two times each: every column has its own zone."""
    heads: dict[int, list[Zone]] = {}
    for phrase in page.phrases:
        if isinstance(phrase, Zone) and phrase.kind in ("name", "abbreviation"):
            heads.setdefault(page.line(phrase), []).append(phrase)
    rows: dict[int, list[Slot]] = {}
    for slot in slots:
        rows.setdefault(page.atoms[slot.first].line, []).append(slot)
    columns = [zones for line, zones in heads.items() if len(zones) > 1 and line not in rows]
    for row in rows.values() if len(columns) == 1 else ():
        if len(row) == len(columns[0]) and all(slot.zone is None for slot in row):
            for slot, zone in zip(row, columns[0], strict=True):
                slot.zone = zone


def _says_yours(page: Page) -> bool:
    """ "Eastern first, yours in brackets: …"."""
    words = page.setting.words
    return any(words.shows("yours", atom.low) for atom in page.atoms)


def _users(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """ "10:00-10:30 [8:00-8:30]", yours in brackets: the time in brackets is the user's."""
    slot, before = slots[at], slots[at - 1] if at else None
    if before is None or page.atoms[slot.first - 1].low not in "([":
        return None
    beside = slot.first - 1 == before.last
    return Zone(slot.first, slot.first, "@user", kind="whose") if beside else None


def _key(zone: Zone | None) -> tuple[str | None, int | None] | None:
    return (zone.name, zone.offset) if zone else None


def _general_zone(page: Page) -> Zone | None:
    """ "All times are Eastern", "Time zone: CET"."""
    for phrase in page.phrases:
        if not isinstance(phrase, Zone):
            continue
        reach = _TO_CITY if phrase.kind == "city" else _TO_ZONE
        before = page.atoms[max(0, phrase.first - reach) : phrase.first]
        if any("alltimes" in atom.classes for atom in before):
            return phrase
    return None


_TO_ZONE, _TO_CITY = 5, 2  # atoms from "times are" to a zone, and to a city: "Times are London."


def _stated_apart(page: Page, slots: Sequence[Slot]) -> Zone | None:
    """The zone of a page whose times have none beside them: "(Pacific time):", "…, Central."

    It stands in brackets, behind the sign that ends a clause in a sentence with times, or
    names itself a time there; two different ones say nothing.
    """
    timed = {page.atoms[slot.first].sentence for slot in slots}
    zones = [
        zone
        for zone in page.phrases
        if isinstance(zone, Zone)
        if zone.kind in ("name", "abbreviation") or _heads_list(page, zone)
        if _in_brackets(page, zone)
        or _is_of_all(page, zone)
        or _is_throughout(page, zone)
        or (page.sentence(zone) in timed and _closes(page, zone))
    ]
    return zones[0] if len({_key(zone) for zone in zones}) == 1 else None


def _in_brackets(page: Page, zone: Zone) -> bool:
    if any(atom.low in "([" for atom in page.atoms[max(0, zone.first - 3) : zone.first]):
        return True
    before, after = page.atoms[max(0, zone.first - 1) : zone.first], page.atoms[zone.last :][:1]
    ends = [atom.low for atom in (*before, *after)]
    return ends in ([",", ")"], [",", "]"])  # "(Livorno, ora italiana)"


def _heads_list(page: Page, zone: Zone) -> bool:
    """ "Open times (Toronto):": a city alone in brackets, behind "times" or before a colon."""
    if zone.kind != "city" or zone.first < 2 or zone.last + 1 >= len(page.atoms):
        return False
    atoms = page.atoms
    if atoms[zone.first - 1].low not in "([" or atoms[zone.last].low not in ")]":
        return False
    return atoms[zone.last + 1].low == ":" or "time" in atoms[zone.first - 2].classes


def _is_of_all(page: Page, zone: Zone) -> bool:
    """ "Can you make one of these, all Eastern?": of the times that follow in a list."""
    return zone.first > 0 and "always" in page.atoms[zone.first - 1].classes and _closes(page, zone)


def _closes(page: Page, zone: Zone) -> bool:
    """Whether a zone is a clause of its own: "…, Central."."""
    at = zone.first - 1
    if at > 0 and "always" in page.atoms[at].classes:
        at -= 1  # "15h, toujours heure de Paris et sur le même lien"
        return page.atoms[at].low == ","
    before = page.atoms[at].low if at >= 0 else ""
    after = page.atoms[zone.last].low if zone.last < len(page.atoms) else "."
    return before == "," and after in ".,;!?"


def _is_throughout(page: Page, zone: Zone) -> bool:
    """ "Eastern time throughout.", "Openings I can see, Pacific:": of the times around it.

    So it is as a clause of a sentence that ends with a colon: "huecos, hora de España, la tuya
    entre paréntesis:".
    """
    after = page.atoms[zone.last] if zone.last < len(page.atoms) else None
    before = page.atoms[zone.first - 1] if zone.first else None
    if after is None:
        return False
    opens = before is None or before.sentence < page.atoms[zone.first].sentence
    if opens and "throughout" in after.classes:
        return True
    if after.low == ":":
        led = before is not None and (before.low == "," or "always" in before.classes)
        return led or _is_said_to_be_in(page, zone)
    return (_closes(page, zone) and _leads_to_list(page, zone)) or _is_our_clock(page, zone)


def _is_said_to_be_in(page: Page, zone: Zone) -> bool:
    """ "in Paris time:", "les heures de Paris :": a zone by its name of time before what follows."""
    before = page.atoms[zone.first - 1] if zone.first else None
    return before is not None and bool({"inside", "hourof"} & before.classes.keys())


def _is_our_clock(page: Page, zone: Zone) -> bool:
    """ "We're on Eastern time.": a sentence that says no more than whose clock it is."""
    after = page.atoms[zone.last] if zone.last < len(page.atoms) else None
    ends = after is None or after.low in ".!"
    sentence = page.atoms[zone.first].sentence
    first = max(0, zone.first - _CLOCK_WORDS)
    opens = first == 0 or page.atoms[first].sentence < sentence
    return ends and opens and "on" in page.atoms[zone.first - 1].classes


def _leads_to_list(page: Page, zone: Zone) -> bool:
    """Whether the line or the sentence of a zone ends with a colon, within a few words."""
    first = page.atoms[zone.first]
    for atom in page.atoms[zone.last : zone.last + _WORDS_TO_COLON]:
        if atom.sentence != first.sentence:
            return False
        if atom.low == ":":
            return True
    return False


_WORDS_TO_COLON = 20
_CLOCK_WORDS = 6  # of "we are all on Eastern time"


def _twin_of_next(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """ "10am (1pm ET)": the zone of the time in brackets, which says this one again."""
    following = slots[at + 1] if at + 1 < len(slots) else None
    if following is None or following.zone is None:
        return None
    return following.zone if _is_opened(page.atoms[slots[at].last : following.first]) else None


def _neighbouring(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """The zone of the next time in the sentence, else of the one before."""
    sentence = page.atoms[slots[at].first].sentence
    for slot in (*slots[at + 1 : at + 6], *reversed(slots[max(0, at - 5) : at])):
        if slot.zone is not None and page.atoms[slot.first].sentence == sentence:
            return slot.zone
    return None


# -- moments ------------------------------------------------------------------


def _mention(page: Page, bound: Bound) -> TimeMention | None:
    """The moment of a slot on its day, with every doubt."""
    slot, day = bound.slot, bound.day
    part = slot.part
    if part is None and page.sentence(day) == page.atoms[slot.first].sentence:
        part = day.part  # "tonight come 11.30"
    part = part or _by_the_work(page, slot)
    begin, finish = minutes_of(slot.start, slot.end, part, page.setting.words.afternoon_until)
    clock, name = clock_of(slot.zone, page.setting)
    on = _day_at(page, day, begin, clock if name else None)
    try:
        start, doubts = local_time(_at(on, begin), clock, slot.zone)
        end = local_time(_at(on, finish), clock, None)[0] if finish is not None else None
    except (OverflowError, ValueError):
        return None
    span = _words(page, slot)
    said = (*day.doubts, *doubts)
    text = page.text[slice(*span)]
    return TimeMention(start, end, name, span, text, said, bound.beside, end is not None)


def _by_the_work(page: Page, slot: Slot) -> Part | None:
    """The part of the day of an open hour that may be before or after the day's work.

    "be there for 6, we mash in then" is early, "weds or thurs at 7" late where the sentence before
    says "in the evening", and so is "half 7" with a committee.
    """
    clock = slot.start
    open_hour = clock.half is None and not clock.sure and clock.hour in _EDGES
    if not open_hour or (slot.end is not None and slot.end.half is not None):
        return None
    said = _said_near(page, slot)
    if said is not None:
        return said
    late, early = "latework" in page.classes, "earlywork" in page.classes
    if clock.hour == _SIX and early and not late:
        return Part.MORNING
    return Part.EVENING if clock.hour == _SEVEN and late and not early else None


_EDGES = range(6, 9)  # hours that are as well before as after the work of an office
_SIX, _SEVEN = 6, 7


def _said_near(page: Page, slot: Slot) -> Part | None:
    """The one part of the day, morning or evening, that its sentence or the one before names.

    "Instead of last night, Tuesday at half past six" is in the evening too.
    """
    sentence = page.atoms[slot.first].sentence
    parts = {
        Part.EVENING if phrase.part == Part.NIGHT else phrase.part
        for phrase in page.phrases[max(0, slot.place - _BACK) : slot.place_last + _BACK]
        if isinstance(phrase, DayPart) and sentence - page.sentence(phrase) in (0, 1)
        if not _greets(page, phrase)
    }
    part = parts.pop() if len(parts) == 1 else None
    return part if part in (Part.MORNING, Part.EVENING) else None


_BACK = 6  # phrases to either side


def _greets(page: Page, part: DayPart) -> bool:
    """ "Good evening", "Evening Nadia"."""
    first = page.atoms[part.first]
    before = page.atoms[part.first - 1] if part.first else None
    opens = before is None or before.sentence < first.sentence
    wished = before is not None and page.setting.words.shows("wished", before.low)
    return (opens and "part" in first.classes) or wished


def _words(page: Page, slot: Slot) -> tuple[int, int]:
    """Where a time stands with its zone, closing bracket included."""
    last = max(slot.last, page.phrases[slot.place_last - 1].last)
    inside = page.atoms[slot.first : last]
    opened = sum(atom.low in "([" for atom in inside) - sum(atom.low in ")]" for atom in inside)
    if opened > 0 and last < len(page.atoms) and page.atoms[last].low in ")]":
        last += 1
    return page.span(slot.first, last)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _day_at(page: Page, day: Day, begin: int, clock: tzinfo | None) -> date:
    """The date; "Friday at 3" said on a Friday morning is today, by the clock stated with it."""
    anchor = page.setting.anchor
    now = anchor.astimezone(clock) if clock else anchor
    to_come = begin > 60 * now.hour + now.minute
    return anchor.date() if to_come and day.weekday == anchor.weekday() else day.days[0]


# -- one time in several zones ------------------------------------------------

_TWIN_SIGNS = "/(,=|-)["
_TWIN_WORDS = frozenset(("or", "and", "label", "at", "the", "of"))


def _merge_twins(page: Page, moments: Sequence[_Moment]) -> list[_Moment]:
    """One mention for a time given in several zones: "10am PT/1pm ET"."""
    merged: list[_Moment] = []
    for moment in moments:
        if merged and _are_twins(page, merged[-1], moment):
            merged[-1] = _joined(page, merged[-1], moment)
        elif not any(_repeats(page, moment, earlier) for earlier in merged[-5:]):
            merged.append(moment)
    return merged


def _repeats(page: Page, moment: _Moment, earlier: _Moment) -> bool:
    """ "3pm East Africa Time … that is noon for you": the same instant in another zone.

    So are two in one bracket: "Wed 2 PM IST or Thu 5:30 PM IST (8:30 AM / 12 noon your time)".
    """
    if _key(moment.first.zone) == _key(earlier.first.zone):
        return False
    if moment.mention.start == earlier.mention.start:
        return True
    return not _apart(earlier, moment) and _within_brackets(page, moment.first)


def _within_brackets(page: Page, slot: Slot) -> bool:
    """Whether a bracket that is still open stands a few words before a time, in its sentence."""
    for atom in reversed(page.atoms[max(0, slot.first - _IN_BRACKETS) : slot.first]):
        if atom.low in ")]":
            return False
        if atom.low in "([":
            return True
    return False


_IN_BRACKETS = 9  # atoms of a bracket before its second time


def _are_twins(page: Page, left: _Moment, right: _Moment) -> bool:
    """Two zones, nothing much between, and one instant — or a sign that means "that is"."""
    one, two = left.last, right.first
    if one is two:
        return False
    gap = page.plain(one.place_last - 1, two.place)
    if one.zone is not None and one.zone.name == "@user" and _is_opened(gap):
        return (
            True  # "9am your time (4pm in our office)": what is the user's needs no second reading
        )
    if _is_other_clock(page, left, right):
        return True
    if two.zone is None or _key(one.zone) == _key(
        two.zone
    ):  # "half four (16:30)", "half 5 (05:30)"
        same = not _apart(left, right) or (_is_half_day(left, right) and two.start.sure)
        return same and _is_opened(gap)
    if len(gap) > 5 or page.atoms[two.first].line - page.atoms[one.first].line > 1:
        return False
    if _apart(left, right):
        return len(gap) <= 2 and any(atom.low in "/([" for atom in gap)
    return all(atom.low in _TWIN_SIGNS or _TWIN_WORDS & atom.classes.keys() for atom in gap)


def _is_opened(gap: Sequence[Atom]) -> bool:
    return len(gap) == 1 and gap[0].low in "(["


def _is_other_clock(page: Page, left: _Moment, right: _Moment) -> bool:
    """ "16:00 (15:00)": a time alone in brackets is the one before it by another clock."""
    one, two = left.last, right.first
    ranges = left.mention.end is not None, right.mention.end is not None
    if not is_in_brackets(page, one, two) or ranges == (True, False):
        return False
    hours = min(_apart(left, right), _DAY_SECONDS - _apart(left, right)) / 3600
    return 1 <= hours <= _MOST_HOURS_APART and (2 * hours).is_integer()


_MOST_HOURS_APART = 12


def _apart(left: _Moment, right: _Moment) -> float:
    """Seconds between two clock times; whole days do not count ("5pm PT / 10am Sydney")."""
    return (right.mention.start - left.mention.start).total_seconds() % _DAY_SECONDS


def _is_half_day(left: _Moment, right: _Moment) -> bool:
    """Whether a time without am or pm is said again by the 24-hour clock."""
    open_hour = left.last.start.half is None and not left.last.start.sure
    return open_hour and _apart(left, right) == _DAY_SECONDS / 2


def _joined(page: Page, left: _Moment, right: _Moment) -> _Moment:
    """The first of two twins, with the words of both."""
    if _is_half_day(left, right) and right.first.start.sure:
        moment = right.mention.start
        left = replace(left, mention=replace(left.mention, start=moment, end=right.mention.end))
    start, end = left.mention.span[0], right.mention.span[1]
    if page.text[end : end + 1] == ")" and "(" in page.text[start:end]:
        end += 1
    doubts = left.mention.doubts
    if _apart(left, right):
        said = f"{left.mention.text} and {right.mention.text}"
        doubts = (*doubts, f"{said} are not the same time")
    text = page.text[start:end]
    mention = replace(left.mention, span=(start, end), text=text, doubts=doubts)
    return _Moment(left.first, right.last, mention)


# -- lengths ------------------------------------------------------------------


def _with_length(page: Page, moment: _Moment, lengths: Sequence[Length]) -> TimeMention:
    """The end from a length stated nearby: in the same sentence, else the only one close by."""
    mention = moment.mention
    minutes = _nearest_length(page, moment.last, lengths) if mention.end is None else None
    if minutes is None:
        return mention
    # In UTC, so that a length runs right across a change of the clocks.
    end = mention.start.astimezone(UTC) + timedelta(minutes=minutes)
    return replace(mention, end=end.astimezone(mention.start.tzinfo))


def _nearest_length(page: Page, slot: Slot, lengths: Sequence[Length]) -> int | None:
    time_atom = page.atoms[slot.first]
    same = [length for length in lengths if page.sentence(length) == time_atom.sentence]
    if same:
        return min(same, key=lambda length: abs(length.first - slot.last)).minutes
    near = {
        length.minutes
        for length in lengths
        if abs(page.atoms[length.first].start - time_atom.start) <= _NEARBY
    }
    return near.pop() if len(near) == 1 else None
