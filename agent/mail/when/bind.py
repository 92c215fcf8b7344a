"""Which day a clock time is on.

A time goes with the day beside it, the nearer of the two where days stand on both
sides; a list ("10 or 2") shares one day; else the day named last carries on until
another one is named. Days that are a limit ("by Friday") or lie behind ("yesterday")
hold only the times beside them. Where no day came before, the one that follows
within two lines is taken, or the only one there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.mail.when.page import Page
from agent.mail.when.phrases import Closing, Day, DayPart, Length, Period, Recurring, Zone
from agent.mail.when.slots import Slot, distance

_FAR = 15  # a day and a time further apart than this are not side by side
_STEPPED_OVER = (Zone, DayPart, Length)


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot and the day it is on."""

    slot: Slot
    day: Day


def bind(page: Page, slots: Sequence[Slot]) -> list[Bound]:
    """Every slot with its days, in text order; a slot whose day is unknown is left out."""
    beside: list[Day | Recurring | None] = [_beside(page, slot) for slot in slots]
    _share_lists(slots, beside)
    found: list[Bound] = []
    taken = {id(day) for day in beside if day is not None}
    for slot, own in zip(slots, beside, strict=True):
        day = (
            own
            or _carried(page, slot)
            or _following(page, slot, taken)
            or _shared(page, slot, slots, beside)
        )
        if isinstance(day, Day):
            found.extend(Bound(slot, each) for each in _listed(page, day, slot))
    return found


def _share_lists(slots: Sequence[Slot], beside: list[Day | Recurring | None]) -> None:
    """Give every time of a list the day of its neighbour in the list, forward then backward."""
    for at in range(1, len(slots)):
        if slots[at].linked and beside[at] is None:
            beside[at] = beside[at - 1]
    for at in range(len(slots) - 2, -1, -1):
        if slots[at + 1].linked and beside[at] is None:
            beside[at] = beside[at + 1]


def _beside(page: Page, slot: Slot) -> Day | Recurring | None:
    """The day next to a time, on the nearer side; the one before where both are as near.

    A time that goes on a list ("at 10 or 2, Wednesday after 3") leaves a day behind a
    comma to the time that follows it.
    """
    left, left_cost = _neighbour(page, slot, -1)
    right, right_cost = _neighbour(page, slot, 1)
    if slot.linked and left is None and right_cost > 1:
        return None
    if left is None or (right is not None and right_cost < left_cost):
        return right
    return left


def _neighbour(page: Page, slot: Slot, step: int) -> tuple[Day | Recurring | None, int]:
    """The nearest day on one side that only glue and zones part from the time, and how far it is."""
    at = slot.place - 1 if step < 0 else slot.place_last
    cost = 0
    near: Slot | DayPart | Zone | Length = slot
    while 0 <= at < len(page.phrases):
        phrase = page.phrases[at]
        gap = distance(page, phrase, near) if step < 0 else distance(page, _end(page, near), phrase)
        if gap is None or (cost := cost + gap) > _FAR:
            return None, cost
        if isinstance(phrase, Day) and not phrase.stretch:
            return phrase, cost
        if isinstance(phrase, Day | Recurring):
            return Recurring(phrase.first, phrase.last), cost
        if not isinstance(phrase, _STEPPED_OVER):
            return None, cost
        near = phrase
        at += step
    return None, cost


def _end(page: Page, near: Slot | DayPart | Zone | Length) -> Slot | DayPart | Zone | Length:
    """Where the words of a slot end, its zone included."""
    if not isinstance(near, Slot) or near.place_last - 1 <= near.place:
        return near
    last = page.phrases[near.place_last - 1]
    return last if isinstance(last, Zone | DayPart) else near


def _carried(page: Page, slot: Slot) -> Day | None:
    """The day named last before a time, unless it cannot be meant."""
    for at in range(slot.place - 1, -1, -1):
        phrase = page.phrases[at]
        if isinstance(phrase, Recurring) or (isinstance(phrase, Day) and phrase.stretch):
            return None
        if isinstance(phrase, Day) and not phrase.faint and not is_limit(page, phrase):
            if phrase.past and page.sentence(phrase) != page.atoms[slot.first].sentence:
                continue
            return phrase
    return None


def _following(page: Page, slot: Slot, taken: set[int]) -> Day | None:
    """The day that comes within two lines after a time, or the only day of the text."""
    days = [
        phrase for phrase in page.phrases
        if isinstance(phrase, Day) and not (phrase.past or phrase.faint or phrase.stretch)
        and id(phrase) not in taken and not is_limit(page, phrase)
    ]  # fmt: skip
    after = next((day for day in days if day.first >= slot.last), None)
    if after is None:
        return None
    lines = page.atoms[after.first].line - page.atoms[slot.last - 1].line
    return after if lines <= 2 or len(days) == 1 else None


def _shared(
    page: Page, slot: Slot, slots: Sequence[Slot], beside: Sequence[Day | Recurring | None]
) -> Day | Recurring | None:
    """The day of the next time of the sentence: "come at 9:55 for a 10:00 start on Monday"."""
    sentence = page.atoms[slot.first].sentence
    for other, day in zip(slots, beside, strict=True):
        if other.first > slot.first and day and page.atoms[other.first].sentence == sentence:
            return day
    return None


def is_limit(page: Page, day: Day) -> bool:
    """Whether the words before a day make it a limit ("by", "before", "EOD")."""
    if day.limited:
        return True
    at = day.first - 1
    while (
        at >= 0
        and day.first - at < 4
        and ({"the", "on"} & page.atoms[at].classes.keys())
        and "limit" not in page.atoms[at].classes
    ):
        at -= 1
    if at < 0:
        return False
    classes = page.atoms[at].classes
    return "limit" in classes or "close" in classes or _closes(page, at)


def _closes(page: Page, at: int) -> bool:
    return any(
        isinstance(phrase, Closing | Period) and phrase.last == at + 1 for phrase in page.phrases
    )


def _listed(page: Page, day: Day, slot: Slot) -> list[Day]:
    """A day with those it is listed with, where the time goes for all: "Monday or Tuesday at 10"."""
    places = [at for at, phrase in enumerate(page.phrases) if phrase is day]
    if not places:
        return [day]
    found = [day]
    step = -1 if day.first < slot.first else 1
    at = places[0] + step
    while 0 <= at < len(page.phrases):
        other = page.phrases[at]
        if (
            not isinstance(other, Day)
            or other.stretch
            or not _are_listed(page, *((other, found[-1]) if step < 0 else (found[-1], other)))
        ):
            break
        found.append(other)
        at += step
    return found[::-1] if step < 0 else found


def _are_listed(page: Page, left: Day, right: Day) -> bool:
    """Whether nothing but "or", "and" or a comma stands between two days."""
    gap = page.between(left, right)
    return (
        0 < len(gap) <= 2
        and all(atom.low in ("/", ",") or {"or", "and", "on"} & atom.classes.keys() for atom in gap)
        and any(atom.low == "/" or {"or", "and"} & atom.classes.keys() for atom in gap)
    )
