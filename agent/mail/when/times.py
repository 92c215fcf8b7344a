"""From phrases to moments: every clock time on a known day, as `TimeMention`s."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agent.mail.when.alike import with_alike
from agent.mail.when.bind import Bound, bind, is_in_brackets
from agent.mail.when.distance import is_opened
from agent.mail.when.mentions import TimeMention
from agent.mail.when.minutes import minutes_of
from agent.mail.when.page import Page, lines_of, sentence_of
from agent.mail.when.phrases import Clock, Day, DayPart, Length
from agent.mail.when.shared_zones import share_zones, zone_key
from agent.mail.when.slots import Slot, read_slots
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
    share_zones(page, slots)
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
    ranged = slot.end is not None or _ends_range(page, slot)
    opening = ranged and any("opening" in atom.classes for atom in words)
    if opening and not _is_dated(page, slot):
        return True
    if slot.end is not None and _is_of_phone(page, slot):
        return True
    line = page.atoms[slot.first].line
    stamp = lines_of(words, line, line + 1)
    ends = stamp[-_STAMP_ENDS:]
    if any("wrote" in atom.classes for atom in ends) and any(atom.low == ":" for atom in ends):
        return True  # not "jeudi à 9h30 et non mercredi à 14h, comme je vous l'avais écrit"
    return len(stamp) > 1 and "sent" in stamp[0].classes and stamp[1].low == ":"


def _ends_range(page: Page, slot: Slot) -> bool:
    """ "lines are open 8.30 to 5.30": the second of two times that a word of ranges joins."""
    before = page.phrases[slot.place - 1] if slot.place else None
    gap = page.between(before, page.phrases[slot.place]) if before else []
    if not isinstance(before, Clock) or len(gap) != 1 or "range" not in gap[0].classes:
        return False
    return gap[0].line == page.line(before)  # not a dash that opens the next row


def _is_of_phone(page: Page, slot: Slot) -> bool:
    """ "04 78 00 11 22 (de 9h à 12h et de 14h à 17h)": when somebody answers the phone."""
    opened = next(
        (
            at
            for at in range(slot.first - 1, max(0, slot.first - _IN_PHONE_BRACKET), -1)
            if page.atoms[at].low in "()"
        ),
        0,
    )
    if not opened or page.atoms[opened].low != "(":
        return False
    digits = "".join(
        atom.text for atom in page.atoms[max(0, opened - _GROUPS) : opened] if atom.text.isdigit()
    )
    return page.atoms[opened - 1].text.isdigit() and len(digits) >= _PHONE_DIGITS


_IN_PHONE_BRACKET, _GROUPS, _PHONE_DIGITS = 14, 6, 7


def _is_dated(page: Page, slot: Slot) -> bool:
    """ "Open to you is Tuesday 13 October (8.30 to 12.30)": a shop's hours have no date beside them."""
    day = page.phrases[slot.place - 1] if slot.place else None
    if not isinstance(day, Day) or day.weekday is not None or day.stretch:
        return False
    return slot.first - day.last <= 1


_STAMP_ENDS = 4  # atoms at the end of a stamp: "Dana Cole wrote:"


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
    ranged, whole = end is not None, _whole(page, bound, span)
    return TimeMention(start, end, name, span, text, said, bound.beside, ranged, slot.zoned, whole)


def _whole(page: Page, bound: Bound, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where a time stands with the day beside it."""
    if not bound.beside:
        return None
    first, last = page.span(bound.day.first, bound.day.last)
    return min(first, span[0]), max(last, span[1])


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
    return page.span(slot.first, slot.end_in(page))


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
    if zone_key(moment.first.zone) == zone_key(earlier.first.zone):
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
    if one.zone is not None and one.zone.name == "@user" and is_opened(gap):
        return (
            True  # "9am your time (4pm in our office)": what is the user's needs no second reading
        )
    if _is_other_clock(page, left, right):
        return True
    if two.zone is None or zone_key(one.zone) == zone_key(
        two.zone
    ):  # "half four (16:30)", "half 5 (05:30)"
        same = not _apart(left, right) or (_is_half_day(left, right) and two.start.sure)
        return same and is_opened(gap)
    if len(gap) > 5 or page.atoms[two.first].line - page.atoms[one.first].line > 1:
        return False
    if _apart(left, right):
        return len(gap) <= 2 and any(atom.low in "/([" for atom in gap)
    return all(atom.low in _TWIN_SIGNS or _TWIN_WORDS & atom.classes.keys() for atom in gap)


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
    whole = left.mention.whole or right.mention.whole
    whole = whole and (min(whole[0], start), max(whole[1], end))
    mention = replace(left.mention, span=(start, end), text=text, doubts=doubts, whole=whole)
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
