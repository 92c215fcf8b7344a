"""Patterns whose words are data: `place/`, `phone/`, `timetable/` and `title/`, one file a
language in each.

A module says the shape of what it looks for and names the lists in it, `<venue>: (\\S.*)`; the words
of all languages stand there when it is first used. A mail may mix languages, and a shape finds its
words in any of them at once. The syntax of a row is explained at the top of each `en.toml`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from agent.lexicon.shipped import by_letter, shipped

LANGUAGES = ("en", "de", "fr", "es", "nl", "it", "pt", "pl")
_NAME = re.compile(r"<([A-Za-z]\w*)>")
_ELEMENT = re.compile(r"\([^()]*\)\??|[^\s()]+")


@lru_cache(maxsize=8)
def lists(folder: str) -> Mapping[str, tuple[str, ...]]:
    """The rows of each list of a folder, those of all languages together."""
    joined: dict[str, dict[str, None]] = {}
    for data in _files(folder):
        for name, rows in data.items():
            if not isinstance(rows, dict):
                of_one = rows.split() if isinstance(rows, str) else rows
                joined.setdefault(name, {}).update(dict.fromkeys(of_one))
    return {name: tuple(rows) for name, rows in joined.items()}


@lru_cache(maxsize=8)
def tables(folder: str) -> Mapping[str, Mapping[str, str]]:
    """The tables of a folder (`[cases]`), those of all languages together."""
    joined: dict[str, dict[str, str]] = {}
    for data in _files(folder):
        for name, table in data.items():
            if isinstance(table, dict):
                joined.setdefault(name, {}).update(table)
    return joined


def _files(folder: str) -> list[dict[str, Any]]:
    return [shipped(folder, language) for language in LANGUAGES]


def alternatives(rows: Iterable[str]) -> str:
    """One expression for rows, the longest first; nothing where there are none."""
    ordered = sorted(rows, key=lambda row: (-len(row), row))
    if not ordered:
        return r"(?!)"
    forms = [_row(row) for row in ordered]
    if all(form.startswith(_EDGE) for form in forms):  # the edge once, before the letters
        return rf"{_EDGE}(?:{by_letter(form[len(_EDGE) :] for form in forms)})"
    return rf"(?:{'|'.join(forms)})"


_EDGE = r"\b"


def _row(row: str) -> str:
    """A row as an expression that begins and ends where words do, unless "*" leaves it open."""
    bare = row.strip("*")
    first, last = bare[0], bare[-1]
    before = _EDGE if not row.startswith("*") and (first.isalnum() or first == "(") else ""
    after = _EDGE if not row.endswith("*") and (last.isalnum() or last == ")") else ""
    inside = r"\w*" if row.endswith("*") else ""
    return f"{before}{_words(bare)}{inside}{after}"


def _words(row: str) -> str:
    """Words as an expression; the blank beside what may be left out goes with it."""
    elements = _ELEMENT.findall(row)
    pieces = ""
    for element, following in zip(elements, [*elements[1:], ""], strict=True):
        ways = _ways(element)
        if element[0] != "(" or ("|" in element and element[-1] != "?"):
            pieces += f"{ways} " if following else ways
        else:
            pieces = f"{pieces}(?:{ways} )?" if following else f"{pieces[:-1]}(?: {ways})?"
    return pieces


def _ways(element: str) -> str:
    if element[0] != "(":
        return _letters(element)
    ways = element.strip("()?").split("|")
    return rf"(?:{'|'.join(map(_letters, ways))})" if len(ways) > 1 else _letters(ways[0])


def _letters(words: str) -> str:
    escaped = re.escape(words).replace(r"\ ", " ").replace(r"\*", r"\w*")
    return escaped.replace("'", "['’]")


class Shape:
    """A pattern in which `<name>` stands for any row of a list, `<Name>` for one with a capital.

    It is compiled when it is first used. With `caseless` it finds capitals and small letters alike.
    """

    def __init__(self, folder: str, source: str, *, caseless: bool = False, lines: bool = False):
        self._folder, self._source = folder, source
        self._flags = (re.I if caseless else 0) | (re.M if lines else 0)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_NAME.sub(self._list, self._source), self._flags)

    def _list(self, name: re.Match[str]) -> str:
        rows = lists(self._folder)[name[1].lower()]
        if name[1][0].isupper():
            rows = tuple(row[0].upper() + row[1:] for row in rows)
        return alternatives(rows)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place where it matches."""
        return self._pattern.search(text, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Whether it matches at a position."""
        return self._pattern.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Whether a text is it, and nothing else."""
        return self._pattern.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where it matches, in order."""
        return self._pattern.finditer(text)

    def sub(self, by: str, text: str) -> str:
        """The text with every match replaced."""
        return self._pattern.sub(by, text)

    def split(self, text: str) -> list[str]:
        """What stands between the matches."""
        return self._pattern.split(text)


class Words:
    """The words of one or several lists, looked up whole and in small letters."""

    def __init__(self, folder: str, *names: str):
        self._folder, self._names = folder, names

    @cached_property
    def all(self) -> frozenset[str]:
        """Every one of them."""
        return frozenset(row for name in self._names for row in lists(self._folder)[name])

    def __contains__(self, word: object) -> bool:
        return word in self.all
