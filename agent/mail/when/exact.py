"""Days that are told by another day beside them, or once more by their date.

"The Wednesday before Thanksgiving" is one day, and so is "by the end of the following week, so
Nov 13": a window or a limit that its date says again. The date is the exact one of the two.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from agent.mail.when import reckon
from agent.mail.when.mentions import DayMention
from agent.mail.when.page import Page
from agent.mail.when.phrases import Day, Phrase
from agent.mail.when.vocabulary import Limit, fold

_APART = timedelta(days=16)  # how far a window's end may lie from the date that says it again
_GAP = 24  # characters between the two
_SIGNS = " ,;:(–—-."
_ENDS = (".", "!", "?")
_WEEK = timedelta(weeks=1)


def joined_weekdays(page: Page, found: Sequence[Phrase]) -> list[Phrase]:
    """Take "the Wednesday before Thanksgiving" and "the Monday after the 14th" for one day each."""
    joined: list[Phrase] = []
    for phrase in found:
        last = joined[-1] if joined else None
        day = _beside(page, last, phrase)
        if day is not None and isinstance(last, Day):
            joined[-1] = replace(last, last=phrase.last, days=(day,), weekday=None)
        else:
            joined.append(phrase)
    return joined


def _beside(page: Page, weekday: Phrase | None, named: Phrase) -> date | None:
    """The weekday right before or after a named day, where a limit alone stands between them."""
    if not isinstance(weekday, Day) or not isinstance(named, Day) or named.weekday is not None:
        return None
    between = page.between(weekday, named)
    if weekday.weekday is None or weekday.past or named.past or not 0 < len(between) <= 2:
        return None
    limit, rest = between[0].classes, between[1:]
    if "limit" not in limit or any("the" not in atom.classes for atom in rest):
        return None
    if page.sentence(weekday) != page.sentence(named):
        return None
    match limit["limit"]:
        case Limit.AFTER:
            return reckon.coming(weekday.weekday, named.days[-1] + timedelta(days=1))
        case Limit.BEFORE:
            day = reckon.coming(weekday.weekday, named.days[0]) - _WEEK
            return day if day >= page.setting.today else None
        case _:
            return None


def told_exactly(page: Page, found: Sequence[DayMention]) -> list[DayMention]:
    """Join a window or a limit with the date that says it again: "in two weeks, so on the 22nd"."""
    joined: list[DayMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and _says_again(page, last, mention):
            span = (last.span[0], mention.span[1])
            # "before Easter (4 April)": the date is the day named, not the one before it.
            day = min(last.day, mention.day) if last.eve else mention.day
            joined[-1] = replace(
                mention,
                day=day,
                span=span,
                text=page.text[span[0] : span[1]],
                deadline=True,
                week=False,
                numbered=False,
            )
        else:
            joined.append(mention)
    return joined


def _says_again(page: Page, window: DayMention, exact: DayMention) -> bool:
    """Whether nothing but words of saying again, or a bracket, stand between the two."""
    gap = page.text[window.span[1] : exact.span[0]]
    if (
        not window.deadline
        or exact.weekday
        or exact.week
        or len(gap) > _GAP
        or gap.lstrip()[:1] in _ENDS
    ):
        return False
    if exact.day < page.setting.today:
        return False
    words = [fold(word.strip(_SIGNS)) for word in gap.split() if word.strip(_SIGNS)]
    if gap.strip() == "(":  # whatever calendar the window was read by
        return _closes_soon(page.text[exact.span[1] :])
    if abs(exact.day - window.day) > _APART:
        return False
    if not words:  # "no later than week 2, on Friday 15 January at the latest"
        overlap = exact.span[0] < window.span[1]  # "fin du mois, au plus tard le 29"
        return exact.deadline and (overlap or gap.strip() == ",")
    shown = page.setting.words
    said = any(shown.shows("again", word) for word in words)
    return said and all(shown.shows("again", word) or shown.shows("small", word) for word in words)


def _closes_soon(behind: str) -> bool:
    """Whether a bracket holds the date and at most a word more, unlike "(der 1. ist ja Feiertag)"."""
    inside, sign, _ = behind[:_GAP].partition(")")
    return bool(sign) and len(inside.split()) <= 1
