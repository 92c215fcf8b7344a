"""Days that stand in a list, and days that the words before them make a limit."""

from agent.mail.when.page import Page
from agent.mail.when.phrases import Closing, Day, Period, Phrase


def is_limit(page: Page, place: int) -> bool:
    """Whether the words before a day make it a limit ("by", "before", "EOD")."""
    day = page.phrases[place]
    at = day.first - 1
    while at >= 0 and day.first - at < 4 and _is_small(page, at):
        at -= 1
    if at < 0:
        return False
    if page.atoms[at].line < page.line(day) and _heads_column(page, at):
        return False
    after = page.atoms[day.last] if day.last < len(page.atoms) else None
    if after is not None and page.setting.words.shows("farewell", after.low):
        return False  # "hasta el lunes entonces, a las 10"
    before = page.phrases[place - 1] if place else None
    closes = isinstance(before, Closing | Period) and before.last == at + 1
    if page.setting.words.shows("meant_for", page.atoms[at].low):
        return closes  # "pour demain" is tomorrow's as much as its limit
    return closes or "limit" in page.atoms[at].classes or "close" in page.atoms[at].classes


def _heads_column(page: Page, at: int) -> bool:
    """ "Tag | Von | Bis" above "Dienstag | 9:00 | 9:45": the last word is no limit of the day below."""
    start = page.atoms[at].start
    return page.text[max(0, start - _PADDING) : start].rstrip(" ")[-1:] in ("|", "\t")


_PADDING = 8  # spaces before the head of a column


def _is_small(page: Page, at: int) -> bool:
    classes = page.atoms[at].classes
    return ("the" in classes or "on" in classes) and "limit" not in classes


def listed_days(
    page: Page, place: int | None, first: int, timed: frozenset[int] = frozenset()
) -> list[Day]:
    """A day with those it is listed with, where the time that begins at atom `first` goes for all:
    "Monday or Tuesday at 10".

    A day that has a time of its own (`timed`) ends the list: "at 9 on Monday, or Tuesday at 10".
    """
    day = page.phrases[place] if place is not None and place >= 0 else None
    if place is None or not isinstance(day, Day):
        return []
    step = -1 if day.first < first else 1
    found = [day]
    edge = day
    sure = 1
    at = place + step
    while 0 <= at < len(page.phrases) and len(found) < _MOST_LISTED:
        other = page.phrases[at]
        left, right = (other, edge) if step < 0 else (edge, other)
        if not isinstance(other, Day) or other.stretch or at in timed:
            break
        edge = other
        gap = page.between(left, right)
        if not gap and other.days == found[-1].days:
            at += step  # Portuguese "sexta dia 18" is one day in two phrases
            continue
        comma = len(gap) == 1 and gap[0].low == ","
        if not comma and not _are_listed(page, left, right):
            break
        found.append(other)
        # "Tuesday, Wednesday or Thursday": commas join only what "or" joins in the end.
        sure = len(found) if not comma or (step < 0 and sure > 1) else sure
        at += step
    return found[:sure][::step]


_MOST_LISTED = 20  # days of one list; hostile text joins hundreds, and each time asks for them


def _are_listed(page: Page, left: Phrase, right: Phrase) -> bool:
    """Whether "or", "and" or a stroke joins two days, and nothing but small words with it."""
    gap = page.between(left, right)
    if not 0 < len(gap) <= 2:
        return False
    joins = [atom.low == "/" or bool({"or", "and"} & atom.classes.keys()) for atom in gap]
    small = [atom.low == "," or "on" in atom.classes for atom in gap]
    return any(joins) and all(join or word for join, word in zip(joins, small, strict=True))
