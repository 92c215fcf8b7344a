"""What stands around times and days in a language: the lists of `agent/lexicon/timing/*.toml`.

Five of the lists around places (`agent/lexicon/place/*.toml`) are asked for by language too; here
they are called `place_label`, `place_at`, `place_noun`, `place_spot` and `place_stop`. The words for
the clock time of another talk, `same`, and for parts of the day, `part`, are those of the grammar of
dates.

`cues(language)` gives them compiled; a language without a file reads as English. `plain`
makes a text comparable with them without moving a single position.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon.shipped import by_letter, shipped

_OF_PLACES = ("label", "at", "noun", "spot", "stop")
_STRAIGHT = {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\n": " ", "\t": " "}
_STRAIGHTENED = str.maketrans(_STRAIGHT)


def plain(text: str) -> str:
    """Lower case, straight apostrophes, one line; as long as the text itself."""
    lowered = text.lower()
    even = lowered if len(lowered) == len(text) else text
    if even.isascii():
        return even.translate(_STRAIGHTENED)
    for sign, straight in _STRAIGHT.items():  # a table is slow for letters beyond ASCII
        even = even.replace(sign, straight)
    return even


def last_clause(text: str) -> str:
    """What stands behind the last comma, semicolon or stop of a text."""
    return text[max(text.rfind(sign) for sign in ",;.") + 1 :]


class Patterns(dict[str, re.Pattern[str]]):
    """The pattern of each list, compiled when it is first asked for: one mail needs few of them."""

    def __init__(self, tables: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self.lists = tables

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = _compiled(self.lists.get(name, ()))
        return self[name]


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's lists. Texts that are asked about are `plain` and short (a clause)."""

    patterns: "Patterns"

    def find(self, name: str, text: str) -> bool:
        """Whether a word of the list stands in the text."""
        return self.patterns[name].search(text) is not None

    def starts(self, name: str, text: str) -> bool:
        """Whether the text begins with a word of the list."""
        return self.patterns[name].match(text) is not None

    def whole(self, name: str, text: str) -> bool:
        """Whether the text is a word of the list, and nothing else."""
        return self.patterns[name].fullmatch(text) is not None

    def last(self, name: str, text: str) -> int:
        """Where the last word of the list in the text begins, -1 where there is none."""
        found = -1
        for match in self.patterns[name].finditer(text):
            found = match.start()
        return found

    def last_end(self, name: str, text: str) -> int:
        """Where the last word of the list in the text ends, -1 where there is none."""
        found = -1
        for match in self.patterns[name].finditer(text):
            found = match.end()
        return found

    def closes(self, name: str, text: str, words: int) -> bool:
        """Whether a word of the list stands at the end of the text, at most `words` before it."""
        return any(
            len(re.findall(r"\w+", text[match.end() :])) <= words
            for match in self.patterns[name].finditer(text)
        )


@lru_cache(maxsize=16)
def cues(language: str) -> Cues:
    """The lists of a language (ISO 639-1)."""
    tables = _tables(language) or _tables("en")
    return Cues(Patterns(tables))


def _tables(language: str) -> dict[str, Any]:
    timing, places = shipped("timing", language), shipped("place", language)
    if timing:
        grammar = shipped("when", language)
        parts = [word for words in grammar["part"].values() for word in words]
        timing = timing | {"same": grammar["small"]["alike"], "part": parts}
    return timing | {f"place_{name}": places[name] for name in _OF_PLACES if name in places}


def _compiled(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all; the longest first, so that "no later than" is not read as "no"."""
    rows = sorted({plain(row) for row in words}, key=len, reverse=True)
    forms = list(map(_row, rows))
    open_ended = any(row.startswith("*") for row in rows)
    any_form = "|".join(forms) if open_ended else by_letter(forms)
    return re.compile(rf"(?<!\w)(?:{any_form})" if rows else r"(?!)")


def _row(row: str) -> str:
    body = r"\s+".join(re.escape(word) for word in row.strip("*").split())
    before, after = (
        r"\w*" if row.startswith("*") else "",
        r"\w*" if row.endswith("*") else r"(?!\w)",
    )
    return f"{before}{body}{after}"
