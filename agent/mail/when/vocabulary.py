"""The words of dates and times, read from `agent/lexicon/when/*.toml`.

Each word belongs to one or more classes ("weekday", "month", "limit" …) and has a
number in each: Monday is `weekday` 0. The grammar's rules speak of classes alone,
so that a language is a file of words and no Python. An entry of several words
("half past") becomes one word of the grammar.

An unknown language reads as English, which is what most job mail is in.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from agent.lexicon.shipped import shipped

Classes = Mapping[str, int]
Entry = tuple[tuple[str, ...], Classes]  # the words after the first two, and their classes


class Unit(IntEnum):
    """Lengths and periods that windows are measured in."""

    MINUTE = 0
    HOUR = 1
    DAY = 2
    BUSINESS_DAY = 3
    WEEK = 4
    BUSINESS_WEEK = 5
    FORTNIGHT = 6
    WEEKEND = 7
    MONTH = 8
    QUARTER = 9
    YEAR = 10


class Edge(IntEnum):
    """Which part of a period is meant."""

    START = 0
    EARLY = 1
    MIDDLE = 2
    LATE = 3
    END = 4


class Which(IntEnum):
    """Which one of many: this Friday, next Friday; COMING is the nearest weekday, but next
    week; FOLLOWING and THAT count from what was named before; AFTER_NEXT is German
    "übernächste Woche"."""

    LAST = -1
    THIS = 0
    NEXT = 1
    FOLLOWING = 2
    COMING = 3
    THAT = 4
    AFTER_NEXT = 5


class Part(IntEnum):
    """Parts of a day, which tell 9 in the morning from 9 in the evening."""

    MORNING = 1
    AFTERNOON = 2
    EVENING = 3
    NIGHT = 4


class Limit(IntEnum):
    """Whether the day named still counts."""

    BY = 0
    BEFORE = 1
    AFTER = 2


class Close(IntEnum):
    """What comes to its end in "EOD", "EOW"."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    YEAR = 3


class WeekOf(IntEnum):
    """Whether the day named opens its week or ends it."""

    WEEK_OF = 0
    WEEK_ENDING = 1


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_NAMED: dict[str, Mapping[str, int]] = {
    "weekday": {name: number for number, name in enumerate(WEEKDAYS)},
    "month": {name: number for number, name in enumerate(MONTHS, start=1)},
    "monthweek": {name: number for number, name in enumerate(MONTHS, start=1)},
    "unit": {unit.name.lower(): unit for unit in Unit},
    "units": {unit.name.lower(): unit for unit in Unit},
    "edge": {edge.name.lower(): edge for edge in Edge},
    "which": {which.name.lower(): which for which in Which},
    "part": {part.name.lower(): part for part in Part},
    "tonight": {part.name.lower(): part for part in Part},
    "limit": {limit.name.lower(): limit for limit in Limit},
    "close": {close.name.lower(): close for close in Close},
    "weekof": {week.name.lower(): week for week in WeekOf},
    "ampm": {"am": 0, "pm": 12},
    "short": {"am": 0, "pm": 12},
    "within": {"within": 0},
}


@dataclass(frozen=True, slots=True)
class ZoneWord:
    """What one word for a zone means: its IANA name (or "@user", "@sender"), and how it was said."""

    zone: str
    kind: str  # abbreviation | name | city | whose | bracketed | behind | told
    abbreviation: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of one language, zones included.

    `words` maps a single word to its classes; `phrases` maps the first two words of an
    entry of several to the rest of it, longest first. `zones` and `holidays` are what the
    numbers of the classes `zone` and `holiday` point at. `single` holds words that are asked
    about by themselves and open no phrase, by what they show. `day_first` says that a day
    always stands before its month, `fortnight_alone` that "a fortnight" is one from now,
    `day_ending` how a day of the month ends that needs no word before it.
    """

    language: str
    words: Mapping[str, Classes]
    phrases: Mapping[tuple[str, str], tuple[Entry, ...]]
    shy: frozenset[str]
    single: Mapping[str, frozenset[str]]
    month_first: bool
    day_first: bool
    fortnight_alone: bool
    day_ending: str
    afternoon_until: int
    zones: tuple[ZoneWord, ...]
    holidays: tuple[str, ...]
    ambiguous: Mapping[str, Mapping[str, Any]]
    offsets: Mapping[str, int]

    def shows(self, name: str, word: str) -> bool:
        """Whether a folded word is one of the list of that name in `single`."""
        return word in self.single.get(name, _NONE)


_NONE: frozenset[str] = frozenset()


def fold(word: str) -> str:
    """Lower case, without accents, so that "März" and "MARZ" are one word."""
    low = word.lower()
    if low.isascii():
        return low
    parts = unicodedata.normalize("NFD", low)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@lru_cache(maxsize=16)
def vocabulary(language: str) -> Vocabulary:
    """The words of a language by its ISO 639-1 code, with all zone words."""
    raw = _load(language) or _load("en")
    zones = _load("zones")
    entries: dict[tuple[str, ...], dict[str, int]] = {}
    holidays = tuple(raw.get("holiday", {}))
    common = {"small": zones.get("small", {}), **zones.get("foreign", {})}
    given = (*_entries(raw, holidays), *_compounds(raw), *_counted_days(raw))
    for word_class, value, phrase in (*given, *_entries(common, ())):
        _put(entries, phrase, word_class, value)
    for number, (words, _) in enumerate(_zone_words()):
        entries.setdefault(words, {}).setdefault("zone", number)
    single = {key[0]: classes for key, classes in entries.items() if len(key) == 1}
    return Vocabulary(
        language=language,
        words=single,
        phrases=_by_two_words(entries),
        shy=frozenset(fold(word) for word in raw.get("shy", ())),
        single={name: frozenset(map(fold, row)) for name, row in raw.get("single", {}).items()},
        month_first=bool(raw.get("month_first", False)),
        day_first=bool(raw.get("day_first", False)),
        fortnight_alone=bool(raw.get("fortnight_alone", False)),
        day_ending=fold(raw.get("day_ending", "")),
        afternoon_until=int(raw.get("afternoon_until", 5)),
        zones=tuple(meaning for _, meaning in _zone_words()),
        holidays=holidays,
        ambiguous=zones.get("ambiguous", {}),
        offsets=zones.get("offset", {}),
    )


def _load(name: str) -> dict[str, Any]:
    """A shipped file of words, or nothing where that language has none."""
    if not name.isascii() or not name.isalpha():
        return {}
    return shipped("when", name)


def _entries(raw: dict[str, Any], holidays: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Every (class, number, phrase) of a language file."""
    for table, rows in raw.items():
        if not isinstance(rows, dict) or table in ("compound", "single"):
            continue
        for key, phrases in rows.items():
            for phrase in phrases:
                if table == "small":
                    yield key, 0, phrase
                elif table == "holiday":
                    yield table, holidays.index(key), phrase
                else:
                    yield from _numbered(table, key, phrase)


def _compounds(raw: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """ "Donnerstagabend", "donderdagavond": a weekday and the part of the day in one word."""
    for name, day in _NAMED["weekday"].items():
        for key, endings in raw.get("compound", {}).items():
            for ending in endings:
                word = raw["weekday"][name][0] + ending
                yield "weekday", day, word
                if key in _NAMED["part"]:
                    yield "halfday", _NAMED["part"][key], word


def _counted_days(raw: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """The numbers that name a day of the month where that is counted: "le dix novembre"."""
    if raw.get("counted_days"):
        for key, words in raw["number"].items():
            if 1 < int(key) <= _LONGEST_MONTH:
                yield from (("dayword", int(key), word) for word in words)


_LONGEST_MONTH = 31  # days


def _numbered(table: str, key: str, phrase: str) -> Iterator[tuple[str, int, str]]:
    """An entry of a table whose keys are numbers, or names that stand for numbers."""
    value = _NAMED[table][key] if table in _NAMED else int(key)
    if table == "number":
        yield "n", value, phrase
        if 1 <= value <= 24:
            yield "hourword", value, phrase
        if 5 <= value <= 59:
            yield "minword", value, phrase
    elif table == "count":
        yield "n", value, phrase
    else:
        yield table, value, phrase


@lru_cache(maxsize=1)
def _zone_words() -> tuple[tuple[tuple[str, ...], ZoneWord], ...]:
    """The words for zones, the same in every language, and what they mean."""
    zones, found = _load("zones"), []
    for kind in ("city", "name", "abbreviation", "whose", "bracketed", "behind", "told"):
        for zone, phrases in zones.get(kind, {}).items():
            name = f"@{zone}" if kind in ("whose", "bracketed") else zone
            for phrase in phrases:
                short = phrase if kind == "abbreviation" else None
                found.append((_words_of(phrase), ZoneWord(name, kind, short)))
    return tuple(found)


def _put(
    entries: dict[tuple[str, ...], dict[str, int]], phrase: str, word_class: str, value: int
) -> None:
    """File a phrase under its words; a first meaning in a class stays."""
    entries.setdefault(_words_of(phrase), {}).setdefault(word_class, value)


def _words_of(phrase: str) -> tuple[str, ...]:
    from agent.mail.when.tokens import split  # the words of the lexicon are split as the text is

    return tuple(split(phrase))


def _by_two_words(
    entries: dict[tuple[str, ...], dict[str, int]],
) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """Entries of several words, by the first two of them, longest first."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for words, classes in entries.items():
        if len(words) > 1:
            found.setdefault((words[0], words[1]), []).append((words[2:], classes))
    return {
        words: tuple(sorted(rest, key=lambda entry: -len(entry[0])))
        for words, rest in found.items()
    }
