"""Whether a bare number is an hour.

"at 3", "from 2 to 3", "Tuesday 10-11" and "10, 11 or 2" are hours; "at 3 companies"
and "3 interviewers" are not. What stands around the number tells: the words of its clause
(`clause`), other hours (`rows`), a day (`beside`); one with its minutes needs less (`dotted`).
Which hour of the day it then is tells `minutes`.
"""

from agent.mail.when.beside import (
    TIME_NEAR,
    before_day,
    before_zone,
    behind_weekday,
    beside_day,
    has_day,
    in_day_part,
    is_behind_comma,
    is_settled,
    touches_day,
)
from agent.mail.when.clause import (
    atom_at,
    ends_clause,
    goes_on_list,
    has_firm_word,
    has_hour_before,
    has_verb_before,
    has_word_before,
    is_article,
    is_dotted,
    is_labelled,
    is_military,
    opens_line,
    opens_sentence,
    stays_hour,
)
from agent.mail.when.distance import NEW_LINE
from agent.mail.when.dotted import is_dotted_time
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day
from agent.mail.when.rows import (
    is_bracketed,
    is_programme,
    leads_on,
    leads_to_day,
    lists_oclock,
    names_day,
    opens_hours,
    opens_rows,
)

_HMM = 3  # figures of "730"
_AGAINST = 2  # words between two times of which one takes the other's place


def is_bare_range(page: Page, start: Clock, end: Clock, place: int, place_last: int) -> bool:
    """Whether "2 to 3" is a range of hours: a word before it or a day beside it."""
    if opens_line(page, start) and is_dotted(start) and is_dotted(end):
        return True  # "9.00 - 9.30  Tour"
    if is_labelled(page, start) and (is_dotted(end) or ends_clause(page, end)):
        return True  # "Orario: 9-10"
    if opens_line(page, start) and is_programme(page, end, place_last):
        return True
    if is_dotted(start) and is_dotted(end) and _is_of_plan(page, start, end, place):
        return True
    if not stays_hour(page, end):
        return False
    if (
        has_word_before(page, start)
        or _is_between(page, start)
        or beside_day(page, start, end, place, place_last)
    ):
        return True
    # "tomorrow's trial shift at the counter, 7 till 11"
    return page.atoms[start.first - 1].low == "," and has_day(page, start, place)


def _is_of_plan(page: Page, start: Clock, end: Clock, place: int) -> bool:
    """ "Time: 10.15-11.00", "System design with Ann, 10.15 - 11.00" below a day: figures with minutes
    behind a sign, in the order and of the length of a talk.
    """
    begin, finish = 60 * start.hour + start.minute, 60 * end.hour + end.minute
    told = start.hour in _WORKING and end.hour in _WORKING
    if start.minute % _FIVE or end.minute % _FIVE or not goes_on_list(page, end):
        return False
    if not told or not 0 < finish - begin <= _LONGEST_TALK:
        return False
    before = page.atoms[start.first - 1] if start.first else None
    if before is None or before.low not in _ENTRY_SIGNS:
        return False
    if is_labelled(page, start):
        return True
    dates = start.minute == end.minute and 0 < start.minute <= _MONTHS  # "12.10-15.10"
    return not dates and names_day(page, place, _ROWS)


_WORKING, _LONGEST_TALK, _MONTHS = range(7, 21), 240, 12
_ENTRY_SIGNS, _ROWS = (
    (",", ":", "|", ")", "-", "(", "/", "\u2022"),
    24,
)  # phrases from a row up to its day


def _is_between(page: Page, start: Clock) -> bool:
    """ "between 1 and 4 on the 14th"."""
    return start.first > 0 and "between" in page.atoms[start.first - 1].classes


_FIVE = 5  # nobody meets at 20:27


def is_bare_time(page: Page, clock: Clock, place: int) -> bool:
    """Whether a bare "3", "14.30" or "0600" is a time: a word before it or a day beside it."""
    first = page.atoms[clock.first]
    if numbers_entry(page, clock):
        return False
    if has_hour_before(page, clock) or (is_labelled(page, clock) and ends_clause(page, clock)):
        return True
    if is_dotted(clock) and not first.text.isalpha():
        return is_dotted_time(page, clock, place)
    if len(first.text) == _HMM and first.text.isdigit():
        return _is_run_together(page, clock, place)
    if "year" in first.classes and clock.minute % _FIVE:
        return False  # "that won't be before 2027"
    if lists_oclock(page, place):
        return True
    if is_military(first) and clock.minute % 5 == 0 and touches_day(page, clock, place):
        return True  # "Tues Mar 10 1530", "1030 this Friday"
    if is_military(first) and first.text[0] == "0" and _is_owned(page, clock, place):
        return True
    if clock.minute % 5 == 0 and first.text.isdigit() and opens_rows(page, clock, place):
        return True
    if _is_at(page, clock, place) or before_zone(page, clock, place):
        return True
    after = atom_at(page, clock.last)
    if after is not None and "sharp" in after.classes:
        return True
    if has_verb_before(page, clock) and (ends_clause(page, clock) or leads_on(page, place)):
        return True
    if leads_to_day(page, place) or is_bracketed(page, clock, place):
        return True
    if is_settled(page, clock, place) or _is_set_against(page, clock, place):
        return True
    if _is_asked_about(page, clock):
        return True
    if _is_shifted_to(page, clock, place):
        return True
    if not stays_hour(page, clock):
        return False
    if _is_agreed(page, clock, place):
        return True
    if has_word_before(page, clock) or in_day_part(page, clock, place):
        return not is_article(page, clock)
    if first.text[0] == "0" and "hhmm" in first.classes:
        return beside_day(page, clock, clock, place, place + 1, TIME_NEAR)
    return behind_weekday(page, clock, place) or before_day(page, clock, place)


def numbers_entry(page: Page, clock: Clock) -> bool:
    """ "1) Ann Lee", "(2) Tuesday at 10": the number of an entry of a list."""
    after, beyond = atom_at(page, clock.last), atom_at(page, clock.last + 1)
    if after is None or beyond is None or is_dotted(clock):
        return False
    text = page.atoms[clock.first].text
    marked = text.isdigit() and after.glued and after.low in ").:" and not beyond.glued
    if not marked or beyond.line != after.line:
        return False
    return opens_line(page, clock) or _counts_on(page, clock.first, int(text))


def _counts_on(page: Page, at: int, number: int) -> bool:
    """ "1. Monday at 10; 2. Tuesday at 9": whether the number before stands there with the same sign."""
    sign, atoms = page.atoms[at + 1].low, page.atoms
    if sign == ":":
        return False
    return any(
        atoms[back].text == str(number - 1)
        and atoms[back + 1].low == sign
        and atoms[back + 1].glued
        for back in range(at - 2, max(-1, at - _TO_ENTRY), -1)
    )


_TO_ENTRY = 40  # atoms from the number of an entry back to the one before


def _is_asked_about(page: Page, clock: Clock) -> bool:
    """ "Would 12 be OK instead?", "is 3 possible too?": a number that is asked about itself."""
    shows, first = page.setting.words.shows, page.atoms[clock.first]
    before, after = atom_at(page, clock.first - 1), atom_at(page, clock.last)
    if not clock.first or before is None or after is None or not first.text.isdigit():
        return False
    if not shows("askshour", before.low) or before.sentence != first.sentence:
        return False
    beyond = atom_at(page, clock.last + 1)
    be = after.low == "be" and beyond is not None
    return shows("fits", beyond.low if be and beyond is not None else after.low)


def _is_shifted_to(page: Page, clock: Clock, place: int) -> bool:
    """ "bring Tuesday forward an hour, to 9": behind a word of earlier or later, of a day named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    if not page.setting.words.shows("tohour", before) or not ends_clause(page, clock):
        return False
    ahead = page.atoms[max(0, clock.first - _SHIFT_WORDS) : clock.first]
    return names_day(page, place) and any(
        {"push", "sooner"} & atom.classes.keys() for atom in ahead
    )


_SHIFT_WORDS = 6  # from "forward" to "to 9"


def _is_owned(page: Page, clock: Clock, place: int) -> bool:
    """ "All boards for 30 September suspended. Your 0900 is vacated.": of a day named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    named = names_day(page, place)
    return named and page.setting.words.shows("owner", before) and stays_hour(page, clock)


def _is_run_together(page: Page, clock: Clock, place: int) -> bool:
    """ "thursday 730", "at 815 on Monday": three figures are a time only right beside a day."""
    if clock.minute % 15 or not stays_hour(page, clock):
        return False
    led = has_firm_word(page, clock) or has_verb_before(page, clock)
    firm = led and beside_day(page, clock, clock, place, place + 1, 0)
    return firm or behind_weekday(page, clock, place)


def _is_at(page: Page, clock: Clock, place: int) -> bool:
    """ "tomorrow at 2 stands", "el viernes a las 11 aquí": a firm word and a day beside it.

    There the word that follows need not be known, if only it is nothing that is counted. A long
    line may break between the day and the time.
    """
    wraps = clock.first > 1 and page.atoms[clock.first - 2].line < page.atoms[clock.first].line
    most = NEW_LINE if wraps else 0
    if not has_firm_word(page, clock):
        return False
    beside = beside_day(page, clock, clock, place, place + 1, most)
    beside = beside or is_behind_comma(page, clock, place)
    if not beside and not _is_hastened(page, clock, place):
        return False
    after = atom_at(page, clock.last)
    if after is None or not after.text[:1].isalpha():
        return stays_hour(page, clock)
    counted = ("unit", "street", "measure", "units", "counted")
    return not any(name in after.classes for name in counted)


def _is_hastened(page: Page, clock: Clock, place: int) -> bool:
    """ "am Dienstag schon um 9", "mardi plutôt à 9": one small word parts the day and its hour."""
    before = page.phrases[place - 1] if place else None
    at = clock.first - 2
    if not isinstance(before, Day) or at != before.last:
        return False
    return page.setting.words.shows("hastens", page.atoms[at].low)


def _is_agreed(page: Page, clock: Clock, place: int) -> bool:
    """ "Yes, 3 is good. See you Friday.": an hour in figures that the sentence opens with."""
    after = atom_at(page, clock.last)
    agreed = after is not None and "agreed" in after.classes
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    sure = isinstance(following, Clock) and not following.faint  # "9 or 10:30 would be best"
    told = agreed or (sure and opens_hours(page, clock, place))
    return told and page.atoms[clock.first].text.isdigit() and opens_sentence(page, place)


def _is_set_against(page: Page, clock: Clock, place: int) -> bool:
    """ "13 statt 14 Uhr": a number before a clock time that it takes the place of."""
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(following, Clock):
        return False
    opens = opens_sentence(page, place) or _is_moved_to(page, clock, place)
    if following.faint and not (opens and ends_clause(page, following)):
        return False  # but "tomorrow? 4 instead of 3.", "moved us to 4 instead of 11"
    gap = page.between(clock, following)
    told = (
        page.atoms[clock.first].text.isdigit() or not following.faint
    )  # "nine rather than half ten"
    return told and 0 < len(gap) <= _AGAINST and "rather" in gap[0].classes


def _is_moved_to(page: Page, clock: Clock, place: int) -> bool:
    """Whether the word that a talk is moved with leads to an hour, where a day was named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    return page.setting.words.shows("tohour", before) and names_day(page, place)
