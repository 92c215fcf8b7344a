"""Whether a number with minutes ("14.30") is a time: it may be a date, a price or a length.

It takes less company than a bare hour: a day anywhere before it in its sentence, or a label.
"""

from agent.mail.when.beside import (
    TIME_NEAR,
    behind_weekday,
    beside_day,
    has_day,
    in_day_part,
    is_settled,
)
from agent.mail.when.clause import (
    atom_at,
    ends_clause,
    ends_here,
    has_firm_word,
    has_verb_before,
    has_word_before,
    is_dotted,
    is_labelled,
    opens_sentence,
    stays_hour,
)
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day
from agent.mail.when.rows import (
    heads_sentences,
    lists_for_day,
    names_day,
    opens_entry,
    opens_list,
    stands_in_rows,
)

_OFFICE = range(7, 20)


def is_dotted_time(page: Page, clock: Clock, place: int) -> bool:
    """ "14.30": a time after "at", beside a day, or later in the sentence of a day."""
    after = atom_at(page, clock.last)
    if _says_day_again(page, clock, place):
        return False
    if behind_weekday(page, clock, place):
        return True  # "I'm taking Monday 12.45 out of the diary"
    if after is not None and ("unit" in after.classes or "measure" in after.classes):
        return False
    if has_firm_word(page, clock) or has_verb_before(page, clock):
        return True
    if opens_list(page, clock, place) or opens_entry(page, clock, place):
        return True
    if is_labelled(page, clock) or is_settled(page, clock, place):
        return True
    if _is_moved_to(page, clock, place) or heads_sentences(page, clock, place):
        return True
    if in_day_part(page, clock, place):
        return True  # "the time is 2.40 in the afternoon"
    if lists_for_day(page, place) or stands_in_rows(page, clock, place):
        return True
    if after is not None and "rather" in after.classes:
        return True  # "4.30 rather than 4"
    if after is not None and "agreed" in after.classes and opens_sentence(page, place):
        return clock.minute % 5 == 0  # "Actually, 11.30 would be better"
    if has_word_before(page, clock) and stays_hour(page, clock):
        return True
    if _is_owned(page, clock, place):
        return True
    if beside_day(page, clock, clock, place, place + 1, TIME_NEAR):
        return True
    before = page.atoms[clock.first - 1].low if clock.first else ""
    owned = page.setting.words.shows("owner", before) and clock.minute % 5 == 0
    if owned and names_day(page, place):  # but "the 9.04 from Leeds"
        return True  # "All of Wednesday's interviews are off. Your 13.40 appointment is too."
    if not has_day(page, clock, place):
        return False
    if _goes_on_programme(page, clock, place):
        return True
    if _leads_to_place(page, clock):
        return True
    if not stays_hour(page, clock) or clock.minute % 5:
        return False  # "the 9.04 from Leeds"
    return clock.hour in _OFFICE or (clock.minute % 15 == 0 and _stands_apart(page, clock))


def _says_day_again(page: Page, clock: Clock, place: int) -> bool:
    """ "tomorrow, 19.11, at 12:45": figures that are the date of the day right before them."""
    before = page.phrases[place - 1] if place else None
    if not isinstance(before, Day) or page.sentence(before) != page.atoms[clock.first].sentence:
        return False
    return any((day.day, day.month) == (clock.hour, clock.minute) for day in before.days)


def _is_moved_to(page: Page, clock: Clock, place: int) -> bool:
    """ "move us to 10.30", where a day was named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    led = page.setting.words.shows("tohour", before) and clock.minute % 5 == 0
    named = names_day(page, place)
    return led and named and ends_clause(page, clock)


def _is_owned(page: Page, clock: Clock, place: int) -> bool:
    """ "The interviews of 7 October are off. Your 13.40 appointment …": of a day named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    owned = page.setting.words.shows("owner", before) and clock.minute % 5 == 0
    return owned and clock.hour in _OFFICE and names_day(page, place)


def _goes_on_programme(page: Page, clock: Clock, place: int) -> bool:
    """ "on Monday: 9.00 Ines Duarte, 9.45 Sam Archer": behind a comma, later than the time before it."""
    before = page.atoms[clock.first - 1] if clock.first else None
    earlier = page.phrases[place - 1] if place else None
    if before is None or before.low not in ",;" or not isinstance(earlier, Clock):
        return False
    if not is_dotted(earlier) or page.sentence(earlier) != page.sentence(clock):
        return False
    rises = (earlier.hour, earlier.minute) < (clock.hour, clock.minute)
    return rises and clock.minute % 5 == 0 and clock.hour in _OFFICE


def _leads_to_place(page: Page, clock: Clock) -> bool:
    """ "today still works, 4.30 at the depot": behind a comma, with where it is behind it."""
    before, after = atom_at(page, clock.first - 1), atom_at(page, clock.last)
    if not clock.first or before is None or after is None or before.low != ",":
        return False
    return clock.minute % 15 == 0 and "at" in after.classes


def _stands_apart(page: Page, clock: Clock) -> bool:
    """ "Tuesday 28th, then, 3.30, and stay to tea": commas on both sides."""
    before, after = atom_at(page, clock.first - 1), atom_at(page, clock.last)
    if not clock.first or before is None:
        return False
    if before.low in "([":  # "Tuesday after school (3.45)"
        return after is not None and after.low in ")]"
    return before.low in ",:" and ends_here(after)
