"""Clock times with what belongs to them: the other end of a range, a zone, a part of the day."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.mail.when.clause import goes_on_list, is_article, stays_hour
from agent.mail.when.distance import distance, is_glue, is_opened
from agent.mail.when.hours import is_bare_range, is_bare_time, numbers_entry
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day, DayPart, Phrase, Zone
from agent.mail.when.tokens import Atom
from agent.mail.when.vocabulary import Part
from agent.mail.when.zones import clock_of, zone_info


@dataclass(slots=True)
class Slot:
    """One time or one range, from phrase `place` up to, not including, `place_last`."""

    start: Clock
    end: Clock | None
    place: int
    place_last: int
    zone: Zone | None = None
    part: Part | None = None
    linked: bool = False  # to the slot before it: "10 or 2"
    zoned: bool = False  # a zone stands beside it

    @property
    def first(self) -> int:
        """The first atom."""
        return self.start.first

    @property
    def last(self) -> int:
        """One past the last atom of the clock times."""
        return (self.end or self.start).last

    def end_in(self, page: Page) -> int:
        """One past the last atom with the zone, closing bracket included."""
        last = max(self.last, page.phrases[self.place_last - 1].last)
        inside = page.atoms[self.first : last]
        opened = sum(atom.low in "([" for atom in inside) - sum(atom.low in ")]" for atom in inside)
        closes = opened > 0 and last < len(page.atoms) and page.atoms[last].low in ")]"
        return last + 1 if closes else last


def read_slots(page: Page) -> list[Slot]:
    """Every clock time of the page, bare numbers only in company."""
    slots: list[Slot] = []
    at = 0
    while at < len(page.phrases):
        slot = _slot_at(page, at, slots[-1] if slots else None)
        if slot is None:
            at += 1
            continue
        _add_zone(page, slot)
        slot.zoned = slot.zone is not None
        if slot.linked and slot.zoned and slots[-1].zoned and page.atoms[slot.first - 1].low == "/":
            slot.linked = False  # "2pm Mumbai / 10.30am Amsterdam": one time by two clocks
        _add_part(page, slot)
        slots.append(slot)
        at = slot.place_last
    return slots


def _slot_at(page: Page, at: int, before: Slot | None) -> Slot | None:
    """The range or the time that begins at a phrase, if it is one."""
    start = page.phrases[at]
    if not isinstance(start, Clock):
        return None
    for slot in (_range_from(page, at, start), Slot(start, None, at, at + 1)):
        if slot is not None:
            slot.linked = before is not None and _is_linked(page, before, slot)
            if _is_licensed(page, slot, before):
                return slot
            if slot.end is not None and start.faint and slot.end.faint:
                return None  # "from 5 to 10 people"
    return None


def _is_licensed(page: Page, slot: Slot, before: Slot | None) -> bool:
    """Whether numbers without am, pm or minutes have the company that makes them hours."""
    start, end = slot.start, slot.end
    if start.faint and numbers_entry(page, start):
        return False
    if end is not None:
        if slot.linked and all(len(page.atoms[each.first].text) == _HHMM for each in (start, end)):
            return True  # "0900-0945 / 1000-1045"
        if start.faint and end.faint:
            return is_bare_range(page, start, end, slot.place, slot.place_last)
        return not end.faint or stays_hour(page, end)
    if not start.faint:
        return True
    if slot.linked and before is not None and _same_sentence(page, before, slot):
        return goes_on_list(page, start)
    return is_bare_time(page, start, slot.place)


_HHMM = 4  # figures of "0900"


def _same_sentence(page: Page, before: Slot, slot: Slot) -> bool:
    return page.atoms[before.first].sentence == page.atoms[slot.first].sentence


# -- ranges -------------------------------------------------------------------


def _range_from(page: Page, at: int, start: Clock) -> Slot | None:
    """ "2–3pm", "from 2 to 3", "2pm ET – 3pm ET", "3 March 2pm – 3 March 3pm"."""
    zone, ahead = _own_zone(page, at)
    for end_at in (ahead, ahead + 1):
        end = page.phrases[end_at] if end_at < len(page.phrases) else None
        if (
            isinstance(end, Clock)
            and _is_range(page, at, ahead, end_at)
            and not _is_moved(page, at, end_at)
        ):
            if _is_one_of_two(page, start, end):
                return None
            start, end = _in_its_part(page, start, at), _in_its_part(page, end, end_at)
            return Slot(start, end, at, end_at + 1, zone=zone)
    return None


def _is_one_of_two(page: Page, start: Clock, end: Clock) -> bool:
    """ "una a las 10:30 y otra a las 14:30": one talk at an hour, not from one o'clock."""
    before = page.atoms[start.first - 1].classes if start.first else {}
    led = bool({"at", "from", "between", "firm"} & before.keys())
    return is_article(page, start) and not led and "firm" in page.atoms[end.first - 1].classes


def _in_its_part(page: Page, clock: Clock, at: int) -> Clock:
    """ "de 10 de la mañana a 2 de la tarde": each end has the part of the day that stands behind it."""
    part = page.phrases[at + 1] if at + 1 < len(page.phrases) else None
    open_hour = clock.half is None and not clock.sure and 1 <= clock.hour <= _HALF_DAY
    if not isinstance(part, DayPart) or not open_hour or page.between(clock, part):
        return clock
    if part.part not in (Part.MORNING, Part.AFTERNOON):
        return clock
    return replace(clock, half=0 if part.part == Part.MORNING else _HALF_DAY)


_HALF_DAY = 12


def _own_zone(page: Page, at: int) -> tuple[Zone | None, int]:
    """The zone or part of the day right behind the first clock, and the phrase that follows."""
    middle = page.phrases[at + 1] if at + 1 < len(page.phrases) else None
    if not isinstance(middle, Zone | DayPart) or page.between(page.phrases[at], middle):
        return None, at + 1
    return (middle if isinstance(middle, Zone) else None), at + 2


def _is_range(page: Page, at: int, ahead: int, end_at: int) -> bool:
    """Whether a dash or "to" joins the first clock with what follows ("and" after "between")."""
    if end_at > ahead and not _repeats_day(page, at, ahead):
        return False
    gap = page.between(page.phrases[ahead - 1], page.phrases[ahead])
    if not gap or len(gap) > 2 or "to" not in gap[0].classes:
        return False
    if gap[0].low == "-" and gap[0].line != page.atoms[page.phrases[ahead - 1].last - 1].line:
        return False  # a dash that opens the next line of a list
    if len(gap) == 2 and not {"about", "at", "to"} & gap[1].classes.keys():
        return False
    return "and" not in gap[0].classes or _follows_between(page, at)


def _is_moved(page: Page, at: int, end_at: int) -> bool:
    """ "Wednesday at 11 to 10.30 on Friday": the second is on a day of its own, so it ends nothing."""
    before, place = page.phrases[at - 1] if at else None, end_at + 1
    while place < len(page.phrases) and isinstance(page.phrases[place], Zone | DayPart):
        place += 1
    behind = page.phrases[place] if place < len(page.phrases) else None
    if not isinstance(before, Day) or not isinstance(behind, Day) or behind.days == before.days:
        return False
    sign = page.atoms[page.phrases[end_at].first - 1].low
    if (
        not (sign.isalpha() or sign[-1:] in _ARROWS)
        or distance(page, before.last, page.phrases[at].first) is None
    ):
        return False
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if isinstance(following, Clock) and distance(page, behind.last, following.first) is not None:
        return False  # "Monday 10 to 11 Tuesday 2 to 3"
    gap = page.between(page.phrases[place - 1], behind)
    return all("on" in atom.classes or atom.low in "()" for atom in gap)


_ARROWS = frozenset(">→⇒➔➜")


def _repeats_day(page: Page, at: int, ahead: int) -> bool:
    """Whether the day before the first clock is named again before the second."""
    again, earlier = page.phrases[ahead], page.phrases[at - 1] if at else None
    if not isinstance(again, Day) or not isinstance(earlier, Day) or earlier.days != again.days:
        return False
    return is_glue(page.between(again, page.phrases[ahead + 1]))


def _follows_between(page: Page, at: int) -> bool:
    first = page.phrases[at].first
    if any("between" in atom.classes for atom in page.atoms[max(0, first - 3) : first]):
        return True
    earlier = page.atoms[max(0, first - _TO_BETWEEN) : first]
    again = bool(earlier) and "or" in earlier[-1].classes and earlier[-1].low not in ("and", "&")
    sentence = page.atoms[first].sentence  # "between 10 and 1 on Monday, or 3 and 6 on Thursday"
    return again and any(
        "between" in each.classes and each.sentence == sentence for each in earlier
    )


_TO_BETWEEN = 24  # atoms back to the "between" of the window before


# -- lists --------------------------------------------------------------------


def _is_linked(page: Page, before: Slot, slot: Slot) -> bool:
    """Whether a slot goes on a list: "10, 11 or 2"."""
    between = page.phrases[before.place_last : slot.place]
    if not all(isinstance(phrase, Zone | DayPart) for phrase in between):
        return False
    lines = page.atoms[slot.first].line - page.atoms[before.last - 1].line
    gap = page.plain(before.place_last - 1, slot.place)
    spelled = slot.start.faint and page.atoms[slot.first].text.isalpha()
    if spelled and any(atom.low == ")" for atom in gap):
        return False  # "(10.00 and 11.15) and two on Friday"
    if lines and not any(_joins(atom) for atom in gap):
        return False  # "… and 14:30 (UK)\n2. Tuesday", "10:45\nThe 9.04": the next row
    return 0 < len(gap) <= 8 and lines <= 1 and all(_lists(atom) for atom in gap)


def _joins(atom: Atom) -> bool:
    return atom.low in ",/;(+·•" or "or" in atom.classes or "and" in atom.classes


def _lists(atom: Atom) -> bool:
    small = {"or", "and", "at", "about", "the", "rather"}
    return atom.low in ",/;()+·•" or bool(small & atom.classes.keys())


# -- zones and parts of the day -----------------------------------------------

_ZONE_GAP = frozenset("([,|")
_LED = 4  # atoms from a time to the city in brackets that says whose it is


def _add_zone(page: Page, slot: Slot) -> None:
    """The zone right behind a time, in brackets or not, or behind the day that follows it."""
    at = slot.place_last
    if at < len(page.phrases) and isinstance(page.phrases[at], DayPart):
        at += 1
    zone = _zone_at(page, at) or _city_in_brackets(page, slot, at) or _city_of_twin(page, at)
    if zone is not None:
        place = page.phrases[at + 1] if at + 1 < len(page.phrases) else None
        named = isinstance(place, Zone) and is_opened(page.between(zone, place))
        vague = zone.kind == "whose" or _is_same_clock(page, zone, place)
        slot.zone = place if vague and named and isinstance(place, Zone) else zone
        slot.place_last = at + (2 if slot.zone is place else 1)
    elif slot.zone is None and (zone := _zone_in_bracket(page, slot)) is not None:
        slot.zone = zone
    elif slot.zone is None and _is_day_behind(page, slot, at):
        slot.zone = _zone_at(page, at + 1)


def _is_same_clock(page: Page, zone: Zone, place: Phrase | None) -> bool:
    """ "9:00 CEST (Amsterdam)": the city says more than the letters, where its clocks agree."""
    if not isinstance(place, Zone) or zone.kind != "abbreviation" or place.kind != "city":
        return False
    now = page.setting.anchor
    clocks = {now.astimezone(clock_of(each, page.setting)[0]).utcoffset() for each in (zone, place)}
    return len(clocks) == 1


def _zone_at(page: Page, at: int) -> Zone | None:
    """The zone that is phrase `at`, if nothing but a bracket or comma parts it from the one before.

    A city behind a comma is where one meets, not a zone.
    """
    zone = page.phrases[at] if at < len(page.phrases) else None
    if not isinstance(zone, Zone):
        return None
    gap = page.between(page.phrases[at - 1], zone)
    if gap and "hourof" in gap[-1].classes and len(gap) < 3:
        return zone  # "10 h, heure de Montréal"
    if is_opened(gap) and _leads_bracket(page, at):
        return None
    if len(gap) == 1 and zone.kind == "city" and page.setting.words.shows("clockof", gap[0].low):
        return zone  # "las 17:00 de Madrid"
    if zone.kind == "city" and 1 < len(gap) <= _LED and gap[-1].low in "([":
        led = gap[:-1] if gap[0].low != "," else gap[1:-1]
        if all({"time", "zone"} & atom.classes.keys() for atom in led):
            return zone  # "18 Uhr bei uns (Berlin)", "17h, heure locale (Lyon)"
    if gap and _leads_to_time(gap[-1], zone):
        gap = gap[:-1]  # "10h no horário de Brasília", "17 Uhr nach deutscher Zeit"
    if len(gap) > 1 or any(atom.low not in _ZONE_GAP for atom in gap):
        return None
    if zone.kind == "city" and any(atom.low not in "([" for atom in gap):
        return None
    return _named_by(page, zone, page.phrases[at + 1] if at + 1 < len(page.phrases) else None)


def _leads_bracket(page: Page, at: int) -> bool:
    """ "17:00 (hora tuya: 11:00)": the zone that opens a bracket is of the time behind it."""
    zone, clock = page.phrases[at], page.phrases[at + 1] if at + 1 < len(page.phrases) else None
    if not isinstance(zone, Zone) or not isinstance(clock, Clock) or clock.faint:
        return False
    gap = page.between(zone, clock)
    led = not gap or gap[0].low == ":" or bool({"at", "firm"} & gap[0].classes.keys())
    return led and len(gap) <= _ZONE_LEADS and all(atom.low not in ")],;" for atom in gap)


def _zone_in_bracket(page: Page, slot: Slot) -> Zone | None:
    """The zone before a time, where it opens the bracket that the time stands in."""
    zone = page.phrases[slot.place - 1] if slot.place else None
    if not isinstance(zone, Zone) or zone.first < 1 or page.atoms[zone.first - 1].low not in "([":
        return None
    return zone if _leads_bracket(page, slot.place - 1) else None


_ZONE_LEADS = 2  # atoms between the zone that opens a bracket and its time: ": a las"


def _leads_to_time(atom: Atom, zone: Zone) -> bool:
    """Whether a small word stands before a zone that is told with a word for time."""
    if zone.kind == "whose":
        return bool({"inside", "on"} & atom.classes.keys())  # "às 11h no nosso horário"
    return zone.kind == "name" and bool({"inside", "at", "on", "as"} & atom.classes.keys())


def _city_in_brackets(page: Page, slot: Slot, at: int) -> Zone | None:
    """ "9:00 AM MDT (3:00 PM in London)": in brackets a city says whose clock it is.

    So it does behind "(so 3 pm" and "9h no Brasil, ou seja, 14h aí em Lisboa".
    """
    zone = page.phrases[at] if at < len(page.phrases) else None
    if not isinstance(zone, Zone) or not _says_again(page, slot):
        return None
    gap = page.between(page.phrases[at - 1], zone)
    inside = 0 < len(gap) <= 2 and bool({"inside", "at", "the"} & gap[-1].classes.keys())
    return zone if inside else None


def _city_of_twin(page: Page, at: int) -> Zone | None:
    """ "2.15pm in New York (8.15pm in Amsterdam)": a city is the clock's where another's stands beside it."""
    phrases = page.phrases[at : at + 3]
    if len(phrases) < _TWIN:
        return None
    zone, twin, other = phrases
    if not (isinstance(zone, Zone) and isinstance(twin, Clock) and isinstance(other, Zone)):
        return None
    led, signs = page.between(page.phrases[at - 1], zone), page.between(zone, twin)
    named = len(led) == 1 and "inside" in led[0].classes
    return zone if named and len(signs) == 1 and signs[0].low in "([/" else None


_TWIN = 3  # phrases of a city, a time and the city of that


def _says_again(page: Page, slot: Slot) -> bool:
    """Whether a time says the one before it once more: in brackets, or behind "that is"."""
    ahead = page.atoms[max(0, slot.first - _SO) : slot.first]
    if any(atom.low in "([" for atom in ahead):
        return True
    sentence = page.atoms[slot.first].sentence
    thus = any("thatis" in atom.classes and atom.sentence == sentence for atom in ahead)
    earlier = page.phrases[max(0, slot.place - _SO) : slot.place]
    zoned = any(
        isinstance(each, Zone) and 0 <= sentence - page.sentence(each) <= thus for each in earlier
    )
    struck = bool(ahead) and ahead[-1].low == "/"  # "10am EDT / 2pm in the UK"
    return zoned and (struck or any("thatis" in atom.classes for atom in ahead))


_SO = 4  # atoms of "(that's", and phrases back to the zone of the time before


def _named_by(page: Page, zone: Zone, following: Phrase | None) -> Zone:
    """ "(UTC-05:00) Eastern Time", "(UTC+01:00) Amsterdam": the name tells more than the offset.

    Outlook shows the offset of winter all year round.
    """
    if zone.kind != "offset" or not isinstance(following, Zone):
        return zone
    named = following.kind == "name" or _keeps(following, zone.offset, page.setting.anchor)
    brackets = all(atom.low in ")(" for atom in page.between(zone, following))
    return following if brackets and named else zone


def _keeps(city: Zone, offset: int | None, now: datetime) -> bool:
    """Whether the clocks of a city are so many minutes east of UTC at some time of the year."""
    info = zone_info(city.name) if city.kind == "city" and city.name else None
    if info is None or offset is None:
        return False
    seasons = (now.replace(month=month, day=1) for month in (1, 7))
    return timedelta(minutes=offset) in {each.astimezone(info).utcoffset() for each in seasons}


def _is_day_behind(page: Page, slot: Slot, at: int) -> bool:
    """ "15:00 - Monday, 2 March 2026 (Eastern Time)"."""
    day = page.phrases[at] if at < len(page.phrases) else None
    if not isinstance(day, Day):
        return False
    far = distance(page, slot.last, day.first)
    return far is not None and far <= 3


def _add_part(page: Page, slot: Slot) -> None:
    """Morning or evening, said beside the time or with its day."""
    behind, before = _part_behind(page, slot), _part_before(page, slot)
    slot.part = before if before and _has_time_of_its_own(page, slot) else behind or before


def _has_time_of_its_own(page: Page, slot: Slot) -> bool:
    """ "Tuesday morning at 9, Tuesday afternoon at 2": a day behind a comma is no part of this time's."""
    after = page.phrases[slot.place_last] if slot.place_last < len(page.phrases) else None
    last = page.phrases[slot.place_last - 1].last
    return isinstance(after, Day) and any(
        atom.low == "," for atom in page.atoms[last : after.first]
    )


def _part_before(page: Page, slot: Slot) -> Part | None:
    """ "Friday afternoon at 2", "tonight at 8"."""
    before = page.phrases[slot.place - 1] if slot.place else None
    far = distance(page, before.last, slot.first) if before else None
    if far is None or not isinstance(before, Day | DayPart):
        return None
    return before.part if isinstance(before, Day) or far <= 2 else None


def _part_behind(page: Page, slot: Slot) -> Part | None:
    """ "3 in the afternoon", "at 7 on Sunday morning"."""
    after = page.phrases[slot.place_last] if slot.place_last < len(page.phrases) else None
    last = page.phrases[slot.place_last - 1].last
    far = distance(page, last, after.first) if after else None
    if isinstance(after, DayPart) and far == 0:
        return after.part
    if after is not None and page.atoms[after.first - 1].low == ";":
        return None  # "vrijdag om 9; woensdagmiddag ben ik vrij"
    if isinstance(after, Day) and far is not None:
        return _part_of_day(page, slot.place_last, after)
    return None


def _part_of_day(page: Page, place: int, day: Day) -> Part | None:
    """The part of the day said with a day, or right behind it."""
    beyond = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if isinstance(beyond, DayPart) and not page.between(day, beyond):
        return beyond.part
    return day.part
