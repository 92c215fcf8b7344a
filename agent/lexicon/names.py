"""How names of people are written and read (`names.toml`), loaded on first use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from agent.lexicon.shipped import shipped


@dataclass(frozen=True, slots=True)
class NameWords:
    """Titles by how they are written without a full stop, words inside names, families by people.

    `academic` gives a title as a greeting has it, `civil` f, m or x, `address` the form before a
    family name by language; `double` the second given names that belong to a first ("" is any).
    """

    academic: Mapping[str, str]
    civil: Mapping[str, str]
    address: Mapping[str, Mapping[str, str]]
    double: Mapping[str, str]
    conjunctions: Mapping[str, str]
    title_or_name: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    vietnamese: frozenset[str]
    vietnamese_plain: frozenset[str]
    vietnamese_middle: frozenset[str]
    vietnamese_marks: frozenset[str]
    either_order: frozenset[str]
    given_or_family: frozenset[str]
    not_people: frozenset[str]
    pronouns: re.Pattern[str]
    cut: re.Pattern[str]
    nothing: re.Pattern[str]


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """The tables of `names.toml`."""
    data = shipped("names")
    words = data["words"]
    return NameWords(
        academic=_turned(data["academic"]),
        civil=_turned(data["civil"]),
        address=data["address"],
        double=data["double"],
        conjunctions=data["and"],
        title_or_name=frozenset(words["title_or_name"].split()),
        suffixes=frozenset(words["suffixes"].split()),
        particles=frozenset(words["particles"].split()),
        vietnamese=frozenset(words["vietnamese"].split()),
        vietnamese_plain=frozenset(words["vietnamese_plain"].split()),
        vietnamese_middle=frozenset(words["vietnamese_middle"].split()),
        vietnamese_marks=frozenset(words["vietnamese_marks"]),
        either_order=frozenset(words["either_order"].split()),
        given_or_family=frozenset(words["given_or_family"].split()),
        not_people=frozenset(words["not_people"].split()),
        pronouns=re.compile(rf"\b(?:{words['pronouns']})\s?/", re.IGNORECASE),
        cut=re.compile(
            rf"\s[|–—•·/]+\s|\s-\s|\s?\|\s?|\s(?:{words['cut']})\s(?=[^\s]*[A-Z0-9])|\s?@\s?"
        ),
        nothing=re.compile(rf"(?i){words['nothing']}"),
    )


def _turned(table: Mapping[str, str]) -> Mapping[str, str]:
    """Every word of a table's values with its key."""
    return {word: key for key, words in table.items() for word in words.split()}
