"""A text as a row of phrases: one walk from left to right, the longest phrase each time."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from agent.mail.when.clocks import CLOCK_RULES
from agent.mail.when.dates import DATE_RULES
from agent.mail.when.days import DAY_RULES
from agent.mail.when.monthdays import MONTH_DAY_RULES
from agent.mail.when.phrases import Phrase, Setting
from agent.mail.when.rules import Course, Grammar
from agent.mail.when.spans import SPAN_RULES
from agent.mail.when.tokens import PARAGRAPH, Atom, read_atoms
from agent.mail.when.vocabulary import vocabulary
from agent.mail.when.whose import country_of, zone_of
from agent.mail.when.windows import WINDOW_RULES
from agent.mail.when.zones import ZONE_RULES

# Nobody names more dates and times in one mail (24 are the most of 12,640); hostile text stops here.
MOST_PHRASES = 64
MOST_STEPS = 1_500  # of the rules' patterns, which take 510 in such a mail


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its atoms and its phrases, both in order."""

    text: str
    atoms: Sequence[Atom]
    phrases: Sequence[Phrase]
    setting: Setting
    classes: frozenset[str]  # those of all its atoms

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
    return Grammar(
        (
            *DATE_RULES,
            *MONTH_DAY_RULES,
            *DAY_RULES,
            *SPAN_RULES,
            *WINDOW_RULES,
            *CLOCK_RULES,
            *ZONE_RULES,
        )
    )


def walk(text: str, anchor: datetime, zone: str, country: str, language: str) -> Page:
    """The phrases of a text, each on its own; `settle` then reads them in company."""
    words = vocabulary(language)
    low = text.lower() if "british" in words.single else ""
    british = any(word in low for word in words.single.get("british", ()))
    theirs = country_of(anchor, zone, country, language, british=british)
    setting = Setting(anchor, zone, theirs, words, zone_of(anchor, zone, language))
    atoms = read_atoms(text, setting.words)
    grammar = _grammar()
    phrases: list[Phrase] = []
    at = 0
    course = Course(atoms)
    while at < len(atoms) and len(phrases) < MOST_PHRASES and course.steps < MOST_STEPS:
        phrase = grammar.at(course, at, setting) if atoms[at].classes else None
        if phrase is None:
            at += 1
            continue
        phrases.append(phrase)
        at = phrase.last
    return Page(text, atoms, phrases, setting, _classes(atoms))


def _classes(atoms: Sequence[Atom]) -> frozenset[str]:
    """Every class that a word of the text has: asked of each time, and looked up once."""
    return frozenset[str]().union(*(atom.classes for atom in atoms))


def sentence_of(page: Page, phrase: Phrase) -> Sequence[Atom]:
    """The atoms of a phrase's sentence, at most 40 either side."""
    number, first = page.sentence(phrase), phrase.first
    start = bisect_left(page.atoms, number, max(0, first - _EITHER_SIDE), first, key=_SENTENCE)
    end = bisect_right(
        page.atoms, number, first, _within(page, first + _EITHER_SIDE), key=_SENTENCE
    )
    if start < first and page.atoms[start].low == PARAGRAPH:
        start += 1  # it opens what follows
    return page.atoms[start:end]


def lines_of(atoms: Sequence[Atom], first: int, last: int) -> Sequence[Atom]:
    """Those of a row of atoms that stand on the lines numbered `first` to `last`."""
    start = bisect_left(atoms, first, key=_LINE)
    return atoms[start : bisect_right(atoms, last, start, key=_LINE)]


def _within(page: Page, at: int) -> int:
    return min(at, len(page.atoms))


_EITHER_SIDE = 40
_SENTENCE, _LINE = attrgetter("sentence"), attrgetter("line")
