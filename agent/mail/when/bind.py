"""Which day a clock time is on.

A time goes with the day beside it, the nearer of the two where days stand on both
sides; a list ("10 or 2") shares one day; else the day named last carries on until
another one is named. Days that are a limit ("by Friday") or lie behind ("yesterday")
hold only the times beside them. Where no day came before, the one that follows
within two lines is taken, or the only one there is, or that of the next time in the
sentence. Beside days that come again and again there is no appointment.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.mail.when.distance import distance, is_glue
from agent.mail.when.in_turn import in_turn
from agent.mail.when.listed import is_limit, listed_days
from agent.mail.when.page import Page
from agent.mail.when.phrases import (
    Clock,
    Day,
    DayPart,
    Length,
    Recurring,
    Zone,
)
from agent.mail.when.slots import Slot

_FAR = 15  # a day and a time further apart than this are not side by side
_LINES_AHEAD = 2
_NO_DAY = -1  # beside "every Monday": there is no day to look for


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot and the day it is on."""

    slot: Slot
    day: Day
    beside: bool = False  # the day stands beside the time


def bind(page: Page, slots: Sequence[Slot]) -> list[Bound]:
    """Every slot with its days, in text order; a slot whose day is unknown is left out."""
    places = [_beside(page, slot) for slot in slots]
    dated = [place is not None for place in places]
    timed = frozenset(place for place in places if place is not None)
    _share_twins(page, slots, places)
    _share_lists(slots, places)
    shared = frozenset(place for place in places if place is not None)
    carried = _carried(page, slots, shared)
    free = _free_days(page, slots, places)
    for at, slot in enumerate(slots):
        if places[at] is None:
            places[at] = carried[at] if carried[at] is not None else _following(page, slot, free)
    _share_sentences(page, slots, places)
    paired = in_turn(page, slots)
    return [
        Bound(slot, day, beside)
        for at, (slot, place, beside) in enumerate(zip(slots, places, dated, strict=True))
        for listed in (
            [paired[at]] if at in paired else listed_days(page, place, slot.first, timed)
        )
        for day in each_day(listed)
    ]


def each_day(day: Day) -> list[Day]:
    """ "Tuesday 18th or Wednesday 19th November, 8am" is a time on each of the two."""
    if day.stretch or len(day.days) == 1:
        return [day]
    return [replace(day, days=(each,)) for each in day.days]


# -- beside -------------------------------------------------------------------


def _beside(page: Page, slot: Slot) -> int | None:
    """The place of the day next to a time; the one before where both are as near.

    A time that goes on a list ("at 10 or 2, Wednesday after 3") leaves a day behind a
    comma to the time that follows it.
    """
    if (shared := _of_each(page, slot)) is not None:
        return shared
    left, left_cost = _neighbour(page, slot, -1)
    right, right_cost = (None, 0) if _stands_in(page, slot) else _neighbour(page, slot, 1)
    if left is not None and _ends_row_above(page, slot, left):
        return right
    if right is not None and left is not None and _heads_another(page, slot, right):
        return left
    if right is not None and _is_of_next_row(page, slot, right):
        return left
    listed = slot.linked and page.atoms[slot.first - 1].low not in "(["
    if listed and left is None and right_cost > 1:
        return None
    if left is None and right is not None and _heads_another(page, slot, right):
        return None
    if left is None and right_cost >= _COMMA and _goes_back(page, slot, right):
        return None
    if left is None or (right is not None and right_cost < left_cost):
        apart = left is not None and left >= 0 and right is not None and right >= 0
        if apart and left_cost <= _COMMA and _leads_to_its_own(page, slot, right):
            return left  # "swap Friday 15th, noon for Tuesday 19th, 2.45"
        return right
    if right is not None and not right_cost and left >= 0 and _has_its_own(page, left, -1):
        return right  # "swap your 11 on Tuesday slot for 4 on Wednesday"
    return left


def _goes_back(page: Page, slot: Slot, right: int | None) -> bool:
    """ "Thursday I'm here from one to three, Friday from eight until ten": the day that opens the next
    clause has its own time, and the one before this time has no other.
    """
    place = slot.place - 1
    while place >= 0 and isinstance(page.phrases[place], Zone | DayPart | Length):
        place -= 1
    day = page.phrases[place] if place >= 0 else None
    if right is None or not isinstance(day, Day) or day.stretch or day.past:
        return False
    if page.sentence(day) != page.atoms[slot.first].sentence or is_limit(page, place):
        return False
    own = page.phrases[right + 1] if 0 <= right < len(page.phrases) - 1 else None
    return isinstance(own, Clock) and page.sentence(own) == page.sentence(page.phrases[right])


def _leads_to_its_own(page: Page, slot: Slot, right: int | None) -> bool:
    """Whether a word leads from a time to a day that has a time of its own behind it."""
    if right is None or right + 1 >= len(page.phrases):
        return False
    day, clock = page.phrases[right], page.phrases[right + 1]
    gap = page.atoms[slot.end_in(page) : day.first]
    if not gap or all("on" in atom.classes for atom in gap) or not isinstance(clock, Clock):
        return False
    far = distance(page, day.last, clock.first)
    return far is not None and far <= _COMMA


_COMMA = 2  # what a comma costs


def _has_its_own(page: Page, place: int, step: int) -> bool:
    """Whether a time stands right before a day (or behind it), with nothing but a small word between."""
    at = place + step
    while 0 <= at < len(page.phrases) and isinstance(page.phrases[at], Zone | DayPart):
        at += step
    other = page.phrases[at] if 0 <= at < len(page.phrases) else None
    if not isinstance(other, Clock):
        return False
    left, right = (at, place) if step < 0 else (place, at)
    between = page.atoms[page.phrases[left].last : page.phrases[right].first]
    zone = page.phrases[left + 1 : right]
    inside = {each for phrase in zone for each in range(phrase.first, phrase.last)}
    first = page.phrases[left].last
    return len(between) <= _OWN and all(
        first + nth in inside or {"on", "at", "the"} & atom.classes.keys() or atom.low in "()"
        for nth, atom in enumerate(between)
    )


_OWN = 8  # atoms of "at 10 (UK time) on the"


def _of_each(page: Page, slot: Slot) -> int | None:
    """ "Tuesday 24th or Wednesday 25th, both at 12": the day before the word that shares the time out."""
    if "eachof" not in page.classes:
        return None
    place = slot.place - 1
    day = page.phrases[place] if place >= 0 else None
    if not isinstance(day, Day) or day.stretch or slot.first - day.last > _TO_SHARED:
        return None
    ahead = page.atoms[day.last : slot.first]
    told = any("eachof" in atom.classes for atom in ahead[:_SHARES])
    return place if told and page.sentence(day) == page.atoms[slot.first].sentence else None


_TO_SHARED, _SHARES = 7, 3  # atoms from a list of days to its one time, and to the word between


def _stands_in(page: Page, slot: Slot) -> bool:
    """ "Monday at lunchtime (12.30), Tuesday …": a time in brackets is of what stands before them."""
    last = page.phrases[slot.place_last - 1].last
    before = page.phrases[slot.place - 1] if slot.place else None
    if not isinstance(before, Day | DayPart) or page.atoms[slot.first - 1].low not in "([":
        return False
    return last < len(page.atoms) and page.atoms[last].low in ")]"


def _heads_another(page: Page, slot: Slot, place: int) -> bool:
    """ "Thu 12\\n10:00\\n11:00\\nFri 13\\n14:00": the day below 11:00 is of the time that follows it."""
    day, before = page.phrases[place], page.phrases[slot.place - 1] if slot.place else None
    if page.line(day) == page.atoms[slot.first].line:
        return False
    if not isinstance(before, Clock | Zone | Length | DayPart | Day):
        return False
    behind = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(behind, Clock):
        return False
    if distance(page, day.last, behind.first) is not None:
        return True
    return page.line(behind) > page.line(day) and _has_head(page, slot)


def _has_head(page: Page, slot: Slot) -> bool:
    """Whether a day that has its line for itself stands above a time: "Mon 19\n o 11:00\n o 14:00"."""
    for place in range(slot.place - 1, max(-1, slot.place - _HEADED), -1):
        day = page.phrases[place]
        if isinstance(day, Day) and not (day.past or day.stretch):
            return page.line(page.phrases[place + 1]) > page.line(day)
    return False


_HEADED = 24  # phrases from the head of a list to its last time


def _ends_row_above(page: Page, slot: Slot, place: int) -> bool:
    """ "- 9am (2pm for you) on Monday\n- 10am (3pm for you) on Friday": a day that ends the row above,
    behind the time of that row, where the row of this time ends with a day too.
    """
    day, line = page.phrases[place], page.atoms[slot.first].line
    if place < 1 or page.line(day) >= line or page.line(page.phrases[place - 1]) != page.line(day):
        return False
    before = page.phrases[place - 1]
    if isinstance(before, Day) or any(atom.low == "," for atom in page.between(before, day)):
        return False
    beyond = page.phrases[slot.place_last : slot.place_last + _TWIN_ROW]
    return any(isinstance(each, Day) and page.line(each) == line for each in beyond)


_TWIN_ROW = 4  # phrases from a time over its twin to the day that ends the row


def _is_of_next_row(page: Page, slot: Slot, place: int) -> bool:
    """ "Thu 18 → 11.30 + 13.00\nFri 19 → 9.00": a day below is not of a time whose row has its day."""
    line = page.atoms[slot.first].line
    if place < 0 or page.line(page.phrases[place]) <= line:
        return False
    for phrase in reversed(page.phrases[max(0, slot.place - _ROW) : slot.place]):
        if page.line(phrase) < line:
            return False
        if isinstance(phrase, Day):
            return not (phrase.past or phrase.stretch)
    return False


_ROW = 12  # phrases of one row


def _neighbour(page: Page, slot: Slot, step: int) -> tuple[int | None, int]:
    """The nearest day on one side, and how far it is, over zones, lengths and parts of the day."""
    at = slot.place - 1 if step < 0 else slot.place_last
    first, last = slot.first, slot.end_in(page)
    cost = 0
    while 0 <= at < len(page.phrases):
        phrase = page.phrases[at]
        gap = distance(page, phrase.last, first) if step < 0 else distance(page, last, phrase.first)
        if gap is None or (cost := cost + gap) > _FAR:
            return None, cost
        if isinstance(phrase, Day):
            here = page.atoms[slot.first]
            apart = page.line(phrase) != here.line or page.sentence(phrase) != here.sentence
            if apart and _is_former(page, phrase):
                return None, cost
            if step < 0 and (told := _set_against(page, phrase, at, first)) is not None:
                return told, cost
            return (_NO_DAY if phrase.stretch else at), cost
        if isinstance(phrase, Recurring):
            return (None if _goes_for_days(page, phrase, at) else _NO_DAY), cost
        if not isinstance(phrase, Zone | DayPart | Length):
            return None, cost
        first, last = phrase.first, phrase.last
        at += step
    return None, cost


def _set_against(page: Page, former: Day, place: int, first: int) -> int | None:
    """ "Monday 21st and not Wednesday 23rd, at 4": the time behind a comma is of the day that counts."""
    day = page.phrases[place - 1] if place else None
    gap = page.atoms[former.last : first]
    if (
        not isinstance(day, Day)
        or day.stretch
        or not gap
        or not any(atom.low == "," for atom in gap)
    ):
        return None
    between = page.between(day, former)
    against = 0 < len(between) <= _AGAINST and any(
        {"former", "rather"} & atom.classes.keys() for atom in between
    )
    return place - 1 if against else None


_AGAINST = 4  # atoms of "instead of on"


def _goes_for_days(page: Page, phrase: Recurring, place: int) -> bool:
    """ "on 17 and 18 November, at 9am and 2pm each day": of the days of the sentence."""
    if not page.setting.words.shows("eachday", page.atoms[phrase.first].low):
        return False
    sentence = page.sentence(phrase)
    earlier = page.phrases[max(0, place - _BACK) : place]
    return any(isinstance(day, Day) and page.sentence(day) == sentence for day in earlier)


_BACK = 8  # phrases from "each day" back to the days


def _share_twins(page: Page, slots: Sequence[Slot], places: list[int | None]) -> None:
    """ "10am your time (5pm here) on Tuesday": the day behind a time in brackets is of both.

    Where a day stands before them ("Thursday, 16:00 (15:00)"), that one is.
    """
    for at in range(len(slots) - 2, -1, -1):
        if places[at] is None and places[at + 1] is None:
            continue
        if places[at] is not None:
            if is_in_brackets(page, slots[at], slots[at + 1]):
                places[at + 1] = places[at]
            continue
        gap = page.plain(slots[at].place_last - 1, slots[at + 1].place)
        shows = page.setting.words.shows
        if len(gap) > 1 and all(
            "thatis" in a.classes or shows("whoseclock", a.low) for a in gap[1:]
        ):
            gap = gap[:1]  # "9am Pacific (so 9.30pm where you are) on Monday"
        other = slots[at].zoned and slots[at + 1].zoned  # "2pm Mumbai / 10.30am Amsterdam\nDate: …"
        if len(gap) == 1 and (gap[0].low in "([" or (other and gap[0].low == "/")):
            places[at] = places[at + 1]


def is_in_brackets(page: Page, slot: Slot, following: Slot) -> bool:
    """Whether the time that follows another stands right behind it, alone in brackets.

    Words that say whose clock it is may go before it: "(bei Ihnen 16:30 Uhr)".
    """
    gap = page.atoms[page.phrases[slot.place_last - 1].last : following.first]
    last = page.phrases[following.place_last - 1].last
    behind = (
        page.phrases[following.place_last] if following.place_last < len(page.phrases) else None
    )
    if isinstance(behind, DayPart) and behind.first == last:
        last = behind.last  # "(bei Ihnen 10 Uhr morgens)"
    closed = last < len(page.atoms) and page.atoms[last].low in ")]"
    if not closed or not 0 < len(gap) <= _BEFORE_TWIN or gap[0].low not in "([":
        return False
    words = page.setting.words
    return all(
        words.shows("whoseclock", atom.low) or atom.low == ":" or "zone" in atom.classes
        for atom in gap[1:]
    )


_BEFORE_TWIN = 5  # a bracket and the words before a time in it


def _share_lists(slots: Sequence[Slot], places: list[int | None]) -> None:
    """Give every time of a list the day of its neighbour in the list, forward then backward."""
    for at in range(1, len(slots)):
        if slots[at].linked and places[at] is None:
            places[at] = places[at - 1]
    for at in range(len(slots) - 2, -1, -1):
        if slots[at + 1].linked and places[at] is None:
            places[at] = places[at + 1]


# -- further away -------------------------------------------------------------


def _carried(page: Page, slots: Sequence[Slot], timed: frozenset[int]) -> list[int | None]:
    """For each slot the place of the day that carries on to it; `timed` days have a time beside."""
    found: list[int | None] = []
    day: int | None = None
    at = 0
    for slot in slots:
        for place in range(at, slot.place):
            phrase = page.phrases[place]
            if isinstance(phrase, Recurring) or (isinstance(phrase, Day) and phrase.stretch):
                day = None
            elif isinstance(phrase, Day) and _may_carry(page, place, slot, sure=place in timed):
                day = place
        at = slot.place
        found.append(day)
    return found


def _may_carry(page: Page, place: int, slot: Slot, *, sure: bool) -> bool:
    """Whether later times may be on a day: no limit, and past only in its own sentence.

    "11/12" is a day where a time stands beside it (`sure`), or else it may be anything.
    """
    day = page.phrases[place]
    if (
        not isinstance(day, Day)
        or (day.faint and not sure)
        or is_limit(page, place)
        or _is_former(page, day)
    ):
        return False
    past = day.past or _looks_back(page, day)
    return not past or page.sentence(day) == page.atoms[slot.first].sentence


def _looks_back(page: Page, day: Day) -> bool:
    """ "Further to our call this morning. How about 9.30?": what has been told of today is over."""
    if day.days != (page.setting.today,) or day.part is None:
        return False
    shows = page.setting.words.shows
    return any(
        shows("lookback", atom.low) for atom in page.atoms[max(0, day.first - _TOLD) : day.first]
    )


_TOLD = 8  # atoms of "thank you for taking our call"


def _is_former(page: Page, day: Day) -> bool:
    """ "Tuesday 14 April (was Thursday 9 April)": the day that is given up holds no other time."""
    before = page.atoms[max(0, day.first - 2) : day.first]
    if before and not before[-1].text.isalpha():
        return any("former" in atom.classes for atom in before)
    led = bool(before) and (is_glue(before[-1:]) or "former" in before[-1].classes)
    return led and any("former" in atom.classes for atom in before)  # not "I was thinking Friday"


def _free_days(page: Page, slots: Sequence[Slot], places: Sequence[int | None]) -> list[int]:
    """The days that could be meant by a time before them, and have none beside them.

    Of "8:30 on Tuesday, Wednesday or Friday" all three have one.
    """
    listed = zip(places, slots, strict=True)
    taken = {id(day) for place, slot in listed for day in listed_days(page, place, slot.first)}
    return [
        place
        for place, day in enumerate(page.phrases)
        if isinstance(day, Day)
        and id(day) not in taken
        and not (day.past or day.faint or day.stretch or is_limit(page, place))
        and not _is_former(page, day)  # "2.30 one day next week, as long as it's not Tuesday"
    ]


def _following(page: Page, slot: Slot, free: Sequence[int]) -> int | None:
    """The day that comes within two lines after a time, or the only day there is."""
    ahead = bisect_left(free, slot.place_last)
    if ahead == len(free):
        return None
    place = free[ahead]
    lines = page.line(page.phrases[place]) - page.atoms[slot.last - 1].line
    return place if lines <= _LINES_AHEAD or len(free) == 1 else None


def _share_sentences(page: Page, slots: Sequence[Slot], places: list[int | None]) -> None:
    """ "Come at 9:55 for a 10:00 start on Monday": the day of the next time of the sentence."""
    for at in range(len(slots) - 2, -1, -1):
        here, there = page.atoms[slots[at].first], page.atoms[slots[at + 1].first]
        if places[at] is None and here.sentence == there.sentence:
            places[at] = places[at + 1]
