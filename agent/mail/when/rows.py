"""Hours in company: lists of them, hours in brackets, rows of a plan and lines of a programme.

"10, 11 or 2", "Thursday (2 or 3:30)", "0900 Coffee\\n0930 Panel": each time speaks for the others.
A few phrases are looked at around each, and a dozen for the day of a row.
"""

from collections.abc import Sequence

from agent.mail.when.clause import (
    atom_at,
    goes_on_list,
    is_dotted,
    is_military,
    opens_line,
    opens_sentence,
)
from agent.mail.when.distance import is_opened
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day, DayPart, Zone
from agent.mail.when.tokens import Atom

_BACK = 6  # phrases looked back over for a day, and hours that one list may have
_ROWS_APART, _ROWS = 2, 12  # lines from one row to the next, and phrases back to their day
_WORDS_TO_DAY = 4  # from the last hour of a list to its day


def names_day(page: Page, place: int, back: int = _BACK) -> bool:
    """Whether a day was named a few phrases before."""
    return any(isinstance(day, Day) for day in page.phrases[max(0, place - back) : place])


def is_list(gap: Sequence[Atom]) -> bool:
    """Whether nothing but commas, strokes and "or" stands between two hours."""
    listed = all(atom.low in ",/+·•" or "or" in atom.classes for atom in gap)
    return 0 < len(gap) <= 2 and listed


def opens_hours(page: Page, clock: Clock, place: int) -> bool:
    """Whether another hour follows, with nothing but a comma, a stroke or "or" between."""
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    return isinstance(following, Clock) and is_list(page.between(clock, following))


def leads_on(page: Page, place: int) -> bool:
    """ "I can do 10 or 10.30": the first of two hours, of which the other one stays an hour."""
    clock = page.phrases[place]
    if not isinstance(clock, Clock) or not opens_hours(page, clock, place):
        return False
    following = page.phrases[place + 1]
    return isinstance(following, Clock) and goes_on_list(page, following)


def lists_oclock(page: Page, place: int) -> bool:
    """ "Nine, ten or eleven o'clock": what follows the last hour goes for all."""
    joined = False
    for at in range(place, min(place + _MOST_HOURS, len(page.phrases) - 1)):
        hour, following = page.phrases[at], page.phrases[at + 1]
        if not isinstance(hour, Clock) or not isinstance(following, Clock):
            return False
        gap = page.between(hour, following)
        if not is_list(gap):
            return False
        joined = joined or any("or" in atom.classes for atom in gap)
        if not following.faint:
            return joined and "oclock" in page.atoms[following.last - 1].classes
    return False


_MOST_HOURS = 6  # of a list that one "o'clock" ends


def opens_list(page: Page, clock: Clock, place: int) -> bool:
    """ "I have 10.00, 11.15 and 2.00 left", where a day was named before."""
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(following, Clock) or not is_dotted(following):
        return False
    listed = is_list(page.between(clock, following))
    return listed and names_day(page, place)


def lists_for_day(page: Page, place: int) -> bool:
    """ "9.15, 10.30 and 1.45, all on Friday the 13th": a list whose day ends the sentence's clause."""
    for at in range(place + 1, min(place + _BACK, len(page.phrases))):
        before, phrase = page.phrases[at - 1], page.phrases[at]
        gap = page.between(before, phrase)
        if isinstance(phrase, Zone) and (not gap or is_opened(gap)):
            continue  # "14.45 or 15.00 UK time on Monday"
        if isinstance(phrase, Day):
            on = bool(gap) and len(gap) <= _WORDS_TO_DAY and "on" in gap[-1].classes
            return on and at > place + 1 and page.sentence(phrase) == page.sentence(before)
        if not isinstance(phrase, Clock) or not is_dotted(phrase) or not is_list(gap):
            return False
        if phrase.minute % 5:
            return False  # "4.17, 3.98 and 4.41 on Friday"
    return False


def leads_to_day(page: Page, place: int) -> bool:
    """ "9 or 11 on Wednesday": a list of hours that ends with its day."""
    for at in range(place + 1, min(place + 5, len(page.phrases))):
        phrase = page.phrases[at]
        gap = page.between(page.phrases[at - 1], phrase)
        if isinstance(phrase, Day):
            on = all("on" in atom.classes for atom in gap)
            return on and (
                at > place + 1 or opens_sentence(page, place) or _is_labelled(page, place)
            )
        listed = all(a.low == "," or {"or", "rather"} & a.classes.keys() for a in gap)
        if not isinstance(phrase, Clock) or not gap or not listed:
            return False
    return False


def _is_labelled(page: Page, place: int) -> bool:
    """ "New slot: 11 on Tuesday"."""
    first = page.phrases[place].first
    return first > 0 and page.atoms[first - 1].low == ":"


def is_bracketed(page: Page, clock: Clock, place: int) -> bool:
    """ "Thursday afternoon (2 or 3:30) or Friday (9)": hours in brackets right behind their day."""
    before = page.phrases[place - 1] if place else None
    if not isinstance(before, Day | DayPart) or not is_opened(page.between(before, clock)):
        return False
    numbered = isinstance(before, Day) and before.days[-1].day == clock.hour  # "Monday (9)"
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if isinstance(following, Clock) and opens_hours(page, clock, place):
        return not (numbered and following.faint)
    if numbered:
        return False
    closed = atom_at(page, clock.last)
    others = page.phrases[max(0, place - _BACK) : place - 1]
    return (closed is not None and closed.low in ")]") and any(
        isinstance(other, Clock) and page.atoms[other.first - 1].low in "(["
        for other in others
        if page.sentence(other) == page.sentence(clock)
    )


def is_programme(page: Page, end: Clock, place_last: int) -> bool:
    """ "1-2 work session", where the next line of a programme opens with a time too."""
    following = page.phrases[place_last] if place_last < len(page.phrases) else None
    below = isinstance(following, Clock) and opens_line(page, following)
    next_line = following is not None and page.line(following) - page.atoms[end.first].line == 1
    return below and next_line and any(isinstance(p, Day) for p in page.phrases[:place_last])


def opens_rows(page: Page, clock: Clock, place: int) -> bool:
    """ "0900 Coffee\\n0930 Panel", below a day: rows that open with four figures each."""
    if not opens_line(page, clock):
        return False
    if _heads_entry(page, clock):
        near = (*page.phrases[max(0, place - 2) : place], *page.phrases[place + 1 : place + 3])
        rows = (other for other in near if isinstance(other, Clock) and opens_line(page, other))
        if any(abs(page.line(other) - page.line(clock)) <= _ROWS_APART for other in rows):
            return names_day(page, place, _ROWS)
    beside = (*page.phrases[max(0, place - 1) : place], *page.phrases[place + 1 : place + 2])
    row = any(
        isinstance(other, Clock)
        and is_military(page.atoms[other.first])
        and opens_line(page, other)
        and abs(page.line(other) - page.line(clock)) <= _ROWS_APART
        for other in beside
    )
    return row and names_day(page, place, _ROWS)


def _heads_entry(page: Page, clock: Clock) -> bool:
    """ "9 - Laura Neri, HR": an hour of the day, a dash, and who or what it is about."""
    sign, name = atom_at(page, clock.last), atom_at(page, clock.last + 1)
    before = page.atoms[clock.first - 1] if clock.first else None
    ends = sign is None or sign.line > page.line(clock)
    if ends and before is not None and before.low in "-*•·":
        return clock.hour in _BY_DAY  # "- 9:30\n- 10"
    if sign is None or name is None or sign.low not in "-|" or name.line != page.line(clock):
        return False
    return clock.hour in _BY_DAY and name.capital and len(name.text) > 1


_BY_DAY = range(8, 20)  # hours of an entry that has no more than its number


def opens_entry(page: Page, clock: Clock, place: int) -> bool:
    """A line of a programme ("9.30 Presentation"), where a day was named above it."""
    if clock.minute % 5 or not opens_line(page, clock):
        return False
    return names_day(page, place, _OF_DAY)


_OF_DAY = 24  # phrases of a programme, back to its day


def stands_in_rows(page: Page, clock: Clock, place: int) -> bool:
    """ "1. Coding with Ann, 10.30\n2. Values with Tom, 11.15", below a day: rows in which the times stand
    behind the same sign.
    """
    sign = page.atoms[clock.first - 1] if clock.first else None
    if (
        clock.minute % 5
        or sign is None
        or sign.low not in _ROW_SIGNS
        or sign.line != page.line(clock)
    ):
        return False
    beside = (*page.phrases[max(0, place - 2) : place], *page.phrases[place + 1 : place + 3])
    rows = (
        each
        for each in beside
        if isinstance(each, Clock) and is_dotted(each) and each.first
        if 0 < abs(page.line(each) - page.line(clock)) <= _ROWS_APART
    )
    alike = any(page.atoms[each.first - 1].low == sign.low for each in rows)
    return alike and names_day(page, place, _OF_DAY)


_ROW_SIGNS = (",", "|", ":", "-", "/")


def heads_sentences(page: Page, clock: Clock, place: int) -> bool:
    """ "10.00 tour with Jo. 10.45 interview.": each time opens a sentence of the plan of a day."""
    if clock.minute % 5 or not clock.first or page.atoms[clock.first - 1].low != ".":
        return False
    others = (*range(max(0, place - 2), place), *range(place + 1, place + 3))
    beside = any(
        at < len(page.phrases)
        and isinstance(other := page.phrases[at], Clock)
        and is_dotted(other)
        and page.atoms[other.first - 1].low == "."
        for at in others
    )
    return beside and names_day(page, place)
