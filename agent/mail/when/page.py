"""A text as a row of phrases: one walk from left to right, the longest phrase each time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from agent.mail.when.clocks import CLOCK_RULES
from agent.mail.when.days import DAY_RULES
from agent.mail.when.phrases import Day, Period, Phrase, Setting
from agent.mail.when.rules import Grammar
from agent.mail.when.tokens import PARAGRAPH, Atom, read_atoms
from agent.mail.when.vocabulary import vocabulary
from agent.mail.when.windows import WINDOW_RULES
from agent.mail.when.zones import ZONE_RULES

# Nobody names more dates and times in one mail; hostile text stops here.
MOST_PHRASES = 1_500


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its atoms and its phrases, both in order."""

    text: str
    atoms: Sequence[Atom]
    phrases: Sequence[Phrase]
    setting: Setting

    def between(self, left: Phrase, right: Phrase) -> Sequence[Atom]:
        """The atoms between two phrases."""
        return self.atoms[left.last : right.first]

    def plain(self, first: int, last: int) -> list[Atom]:
        """The atoms that lie between the phrases numbered `first` to `last`, in none of them."""
        found: list[Atom] = []
        for left, right in pairwise(self.phrases[first : last + 1]):
            found.extend(self.between(left, right))
        return found

    def sentence(self, phrase: Phrase) -> int:
        """The number of the sentence in which a phrase begins."""
        return self.atoms[phrase.first].sentence

    def line(self, phrase: Phrase) -> int:
        """The number of the line on which a phrase begins."""
        return self.atoms[phrase.first].line

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where atoms [first, last) stand in the text."""
        return self.atoms[first].start, self.atoms[last - 1].end


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    return Grammar((*DAY_RULES, *WINDOW_RULES, *CLOCK_RULES, *ZONE_RULES))


@lru_cache(maxsize=16)
def read_page(text: str, anchor: datetime, zone: str, country: str, language: str) -> Page:
    """Read a text once for all who ask about it."""
    setting = Setting(anchor, zone, country, vocabulary(language))
    atoms = read_atoms(text, setting.words)
    grammar = _grammar()
    phrases: list[Phrase] = []
    at = 0
    while at < len(atoms) and len(phrases) < MOST_PHRASES:
        phrase = grammar.at(atoms, at, setting) if atoms[at].classes else None
        if phrase is None:
            at += 1
            continue
        phrases.append(phrase)
        at = phrase.last
    page = Page(text, atoms, phrases, setting)
    return replace(page, phrases=_settle_weeks(page))


def _settle_weeks(page: Page) -> list[Phrase]:
    """Put bare weekdays into the week that is named beside them.

    "Are you free next week? Tuesday at 10 would suit" means next week's Tuesday, and
    so does "Tuesday or Wednesday next week". A week that is a limit ("by the end of
    next week"), or one in which somebody is away, says nothing about other days.
    """
    phrases = list(page.phrases)
    week: Period | None = None
    for at, phrase in enumerate(phrases):
        if isinstance(phrase, Period) and phrase.monday and not _is_limit(page, phrase):
            _settle_before(page, phrases, at, phrase)
            week = None if _is_away(page, phrase) else phrase
        elif isinstance(phrase, Day) and phrase.weekday is None and not phrase.past:
            week = None
        elif isinstance(phrase, Day) and week and _is_near(page, week, phrase):
            phrases[at] = _in_week(phrase, week)
    return phrases


def _settle_before(page: Page, phrases: list[Phrase], at: int, week: Period) -> None:
    """Weekdays of the same sentence, back to the first phrase that is none."""
    for back in range(at - 1, max(-1, at - 12), -1):
        phrase = phrases[back]
        if page.sentence(phrase) != page.sentence(week):
            return
        if isinstance(phrase, Day):
            if phrase.weekday is None:
                return
            phrases[back] = _in_week(phrase, week)


def _in_week(day: Day, week: Period) -> Day:
    if day.weekday is None or week.monday is None:
        return day
    return replace(day, days=(week.monday + timedelta(days=day.weekday),), weekday=None)


def _is_near(page: Page, week: Period, day: Day) -> bool:
    """Whether a weekday is said in the week's sentence or the one after, or in a list below."""
    if _is_limit(page, day):
        return False
    return page.sentence(day) - page.sentence(week) <= 2 or page.line(day) - page.line(week) <= 4


def _is_limit(page: Page, phrase: Phrase) -> bool:
    return phrase.first > 0 and "limit" in page.atoms[phrase.first - 1].classes


def _is_away(page: Page, week: Period) -> bool:
    """Whether the sentence says that somebody is not there in that week."""
    return any("away" in atom.classes for atom in sentence_of(page, week))


def sentence_of(page: Page, phrase: Phrase) -> Sequence[Atom]:
    """The atoms of a phrase's sentence, at most 40 either side."""
    number = page.sentence(phrase)
    first = last = phrase.first
    while (
        first > 0
        and phrase.first - first < 40
        and page.atoms[first - 1].sentence == number
        and page.atoms[first - 1].low != PARAGRAPH
    ):
        first -= 1
    while (
        last < len(page.atoms)
        and last - phrase.first < 40
        and page.atoms[last].sentence == number
        and page.atoms[last].low != PARAGRAPH
    ):
        last += 1
    return page.atoms[first:last]
