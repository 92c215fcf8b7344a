"""Whether a day, a part of one or a zone stands beside a bare number.

"Tuesday 10-11", "tomorrow 7", "2 thurs or 10 fri", "6 in the morning" and "10 UK time" are hours;
"three afternoon slots" and "one Saturday" are not.
"""

from agent.mail.when.clause import atom_at, ends_clause, is_article, is_plain, opens_sentence
from agent.mail.when.distance import distance, is_opened
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day, DayPart, Zone
from agent.mail.when.rows import opens_hours

# How far from a day a bare range ("Tuesday, 2-3") and a bare time ("Friday 14.30") may be.
_RANGE_NEAR, TIME_NEAR = 3, 2
_SETTLING, _LAST_HOUR = 5, 20  # atoms to the words that settle a day; such an hour is earlier


def beside_day(
    page: Page, start: Clock, end: Clock, place: int, place_last: int, most: int = _RANGE_NEAR
) -> bool:
    """Whether a day, or a part of one, stands right before or behind."""
    before = page.phrases[place - 1] if place else None
    if isinstance(before, DayPart):
        return True
    if isinstance(before, Day) and _is_near(distance(page, before.last, start.first), most):
        return True
    after = page.phrases[place_last] if place_last < len(page.phrases) else None
    last = end.last
    if isinstance(after, Zone) and place_last + 1 < len(page.phrases):
        gap = page.atoms[last : after.first]
        if not gap or is_opened(gap):  # "9.00 CT on Tuesday", "9.00 (Paris time), Tuesday"
            last, after = after.last + len(gap), page.phrases[place_last + 1]
    return isinstance(after, Day) and _is_near(distance(page, last, after.first), most)


def is_behind_comma(page: Page, clock: Clock, place: int) -> bool:
    """ "mercoledì 8, alle 18 sul cellulare": a comma alone parts the day from the word for its hour."""
    before = page.phrases[place - 1] if place else None
    gap = page.between(before, clock) if isinstance(before, Day) else ()
    return len(gap) == _COMMA_AT and gap[0].low == "," and gap[0].line == gap[1].line


_COMMA_AT = 2  # atoms of ", alle"


def _is_near(far: int | None, most: int) -> bool:
    return far is not None and far <= most


def touches_day(page: Page, clock: Clock, place: int) -> bool:
    """Whether nothing at all parts a clock from a day that is said in words."""
    before = page.phrases[place - 1] if place else None
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    behind = isinstance(before, Day) and before.last == clock.first and not before.faint
    return behind or (isinstance(after, Day) and after.first == clock.last and not after.faint)


def behind_weekday(page: Page, clock: Clock, place: int) -> bool:
    """ "Tues 10?", "tomorrow 7", "Monday 1st, 7 from the yard": a number right behind a day."""
    before = page.phrases[place - 1] if place else None
    if not isinstance(before, Day):
        return False
    gap = page.between(before, clock)
    word = page.atoms[before.last - 1]
    if len(gap) == 1 and gap[0].low == ",":
        plain = is_plain(page, clock) or opens_hours(page, clock, place)
        return word.line == page.atoms[clock.first].line and plain
    if len(gap) == 1 and gap[0].low == ":":
        return ends_clause(page, clock) or opens_hours(
            page, clock, place
        )  # "Thu: 1", "sat: 11 & 1"
    if gap:
        return False
    named = "weekday" in word.classes or "relative" in word.classes
    return named and word.line == page.atoms[clock.first].line


def before_day(page: Page, clock: Clock, place: int) -> bool:
    """ "it was down for 2 tomorrow": a number between "for" and a day; not "come one Saturday"."""
    if is_article(page, clock):
        return False
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(after, Day) or not clock.first:
        return False
    gap = page.between(clock, after)
    if len(gap) > 1 or not all("on" in atom.classes for atom in gap):  # "we will do 10 on Saturday"
        return False
    words = page.atoms[clock.first - 1].classes
    before = page.phrases[place - 1] if place else None
    other = "or" in words and isinstance(before, Day) and before.last == clock.first - 1
    return "forhour" in words or other  # "2 thurs or 10 fri"


def in_day_part(page: Page, clock: Clock, place: int) -> bool:
    """ "6 in the morning", unlike "three mornings"."""
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(after, DayPart) or after.first != clock.last:
        return False
    first, beyond = page.atoms[after.first], atom_at(page, after.last)
    if page.atoms[clock.first].text.isalpha() and first.low.isalpha() and beyond:
        slots = (
            beyond.text.isalpha() and beyond.line == first.line and "follow" not in beyond.classes
        )
        if slots and "inside" not in first.classes:
            return False  # "three afternoon slots"
    return "manyparts" not in first.classes


def before_zone(page: Page, clock: Clock, place: int) -> bool:
    """ "that's 10 UK time"; a city is where one meets, or something else."""
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    named = isinstance(after, Zone) and after.kind in ("name", "abbreviation")
    return named and after is not None and after.first == clock.last


def has_day(page: Page, clock: Clock, place: int) -> bool:
    """Whether a day was named before in the sentence."""
    sentence = page.atoms[clock.first].sentence
    earlier = page.phrases[max(0, place - 6) : place]
    return any(isinstance(each, Day) and page.sentence(each) == sentence for each in earlier)


def is_settled(page: Page, clock: Clock, place: int) -> bool:
    """ "Wed it is. 4. Round the back.", "Great, Friday then. 2.15, ask for Sam.": an hour in figures
    that is a clause of its own, behind the sentence that settles its day.
    """
    day = page.phrases[place - 1] if place else None
    if not isinstance(day, Day) or day.past or not opens_sentence(page, place):
        return False
    gap = page.between(day, clock)
    words, shows = [atom for atom in gap if atom.text[:1].isalpha()], page.setting.words.shows
    near = 0 < len(gap) <= _SETTLING and gap[-1].low in ".!"
    settled = (
        near
        and bool(words)
        and all(shows("settling", word.low) or "agreed" in word.classes for word in words)
    )
    digits = page.atoms[clock.first].text.isdigit() and clock.hour < _LAST_HOUR
    return settled and digits and ends_clause(page, clock) and clock.minute % 5 == 0
