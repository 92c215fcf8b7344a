"""Times that are told by another one: "Tuesday at 2, or the same time on Friday".

Words for the same time (class `alike`) stand for the clock time told last before them, on the
day beside them. Where their own hour follows ("same time, 10am"), or no day stands beside
them, or no time goes before, they tell none.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from agent.mail.when.bind import each_day
from agent.mail.when.distance import distance
from agent.mail.when.listed import is_limit, listed_days
from agent.mail.when.mentions import TimeMention
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day

_BESIDE = 4  # a day further away than this is of something else
_BACK = 3  # lines to the time that is meant, at most


def with_alike(page: Page, mentions: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """The mentions of a page, in its order, with those that are told by the one before them."""
    if "alike" not in page.classes:
        return tuple(mentions)
    found = list(mentions)
    for at, day in _same_times(page):
        start = page.atoms[at].start
        place = bisect([mention.span[0] for mention in found], start)
        if place and _is_meant(page, found[place - 1], at, day):
            found.insert(place, _on(page, found[place - 1], at, day))
    return tuple(found)


def _same_times(page: Page) -> Iterator[tuple[int, Day]]:
    """The words for the same time that have days beside them, by their atom, with each day."""
    firsts = [phrase.first for phrase in page.phrases]
    for at, atom in enumerate(page.atoms):
        if "alike" not in atom.classes:
            continue
        place = bisect(firsts, at)
        if not _says_its_hour(page, at, place):
            beside = _beside(page, at, place)
            for day in listed_days(page, beside, at):
                yield from ((at, each) for each in each_day(day))


def _says_its_hour(page: Page, at: int, place: int) -> bool:
    """ "same time, 10am": the hour stands right behind."""
    after = page.phrases[place] if place < len(page.phrases) else None
    return isinstance(after, Clock) and distance(page, at + 1, after.first) is not None


def _beside(page: Page, at: int, place: int) -> int | None:
    """The place of the day beside an atom, the one before it first."""
    for index, behind in ((place - 1, False), (place, True)):
        day = page.phrases[index] if 0 <= index < len(page.phrases) else None
        if not isinstance(day, Day) or day.past or day.stretch or is_limit(page, index):
            continue
        far = distance(page, at + 1, day.first) if behind else distance(page, day.last, at)
        if far is not None and far <= _BESIDE:
            return index
    return None


def _is_meant(page: Page, earlier: TimeMention, at: int, day: Day) -> bool:
    """Whether the time before is near enough to be the one meant, and on another day."""
    between = page.text[earlier.span[1] : page.atoms[at].start]
    return between.count("\n") <= _BACK and earlier.start.date() != day.days[-1]


def _on(page: Page, earlier: TimeMention, at: int, day: Day) -> TimeMention:
    """The clock time of a mention on another day."""
    start = datetime.combine(day.days[-1], earlier.start.timetz())
    end = earlier.end and start + (earlier.end - earlier.start)
    span = page.span(at, at + 1)
    text = page.text[slice(*span)]
    return replace(
        earlier, start=start, end=end, span=span, text=text, doubts=day.doubts, dated=True
    )
