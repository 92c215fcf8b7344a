"""By what a text tells its language (`languages.toml`), compiled on first use."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon.shipped import shipped

_STEM = 3  # letters before an ending, at least; the words of `endings` are no words themselves


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The words of all languages, by their ISO 639-1 codes.

    `languages` has of each common word the languages that have it, `shared` those of more than
    one. `said` are the common words and those of notes together, `said_by_several` likewise.
    `signs` match a word that its letters or its ending show to be of a language.
    """

    codes: tuple[str, ...]
    languages: Mapping[str, tuple[str, ...]]
    shared: frozenset[str]
    letters: Mapping[str, str]
    said: Mapping[str, frozenset[str]]
    said_by_several: frozenset[str]
    signs: Mapping[str, re.Pattern[str]]
    articles: re.Pattern[str]
    particles: re.Pattern[str]
    at_home: frozenset[str]


@lru_cache(maxsize=1)
def language_words() -> LanguageWords:
    """The content of `languages.toml`."""
    data = shipped("languages")
    tables: dict[str, dict[str, Any]] = {c: t for c, t in data.items() if isinstance(t, dict)}
    common = {
        code: frozenset(f"{table['common']} {table.get('months', '')}".split())
        for code, table in tables.items()
    }
    said = {c: words | frozenset(tables[c].get("noted", "").split()) for c, words in common.items()}
    articles = sorted({word for t in tables.values() for word in t.get("articles", "").split()})
    return LanguageWords(
        codes=tuple(tables),
        languages={
            word: tuple(code for code in tables if word in common[code])
            for word in frozenset().union(*common.values())
        },
        shared=_of_several(common.values()),
        letters={code: table["letters"] for code, table in tables.items() if "letters" in table},
        said=said,
        said_by_several=_of_several(said.values()),
        signs={code: _sign(table) for code, table in tables.items() if "marks" in table},
        articles=re.compile(rf"\s*({'|'.join(articles)})\s", re.IGNORECASE),
        particles=re.compile(rf"(?<=\w) (?:{'|'.join(data['particles'])}) (?=[A-Z])"),
        at_home=frozenset(data["at_home"].split()),
    )


def _of_several(languages: Iterable[frozenset[str]]) -> frozenset[str]:
    """The words that more than one language has."""
    count = Counter(word for words in languages for word in words)
    return frozenset(word for word, times in count.items() if times > 1)


def _sign(table: Mapping[str, Any]) -> re.Pattern[str]:
    endings = "|".join(table.get("endings", ()))
    ended = rf"|(?i:\w{{{table.get('stem', _STEM)},}}(?:{endings})\b)" if endings else ""
    return re.compile(rf"[a-z]*[{table['marks']}]{ended}")
