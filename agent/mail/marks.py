"""Short marks by which mail is known before its sentences are read (`lexicon/marks.toml`).

What desks for hiring are called, how answers and answering machines begin a subject, the small
print of lists: in eight languages, most of them all at once. Linear: a row of words is a bounded
pattern. Nothing raises.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from agent.lexicon import folded, parted
from agent.lexicon.shipped import by_letter, shipped

MOST = 6_000  # characters that are looked at: a mark stands early, or in a short line


def marked(name: str, text: str, language: str | None = None) -> str | None:
    """The first mark of that name in a text, None where it has none.

    With a `language`, only its marks and the English ones count.
    """
    found = _anywhere(name, language).search(_even(text))
    return found[0].strip() if found else None


def opens(name: str, text: str) -> str | None:
    """The mark with which a text begins, None where it begins with none."""
    found = _anywhere(name, None).match(_even(text[:200]).lstrip())
    return found[0].strip() if found else None


def answers(subject: str) -> bool:
    """Whether a subject begins as those of answers do: "Re:", "AW:", "Odp.:"."""
    head, colon, _ = subject[:12].partition(":")
    return bool(colon) and _whole("reply").fullmatch(_even(head).strip(" .")) is not None


def _even(text: str) -> str:
    """Lower case without accents, with spaces for what parts the words of an address."""
    even = parted(folded(text[:MOST].lower().replace("’", "'")))
    return even.replace(".", " ").replace("_", " ").replace("@", " ")


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    return shipped("marks")


def _rows(name: str, language: str | None) -> Iterable[str]:
    lists = _lists()[name]
    told = lists if language is None else {"en", language} & set(lists)
    rows = {_even(row) for code in told for row in lists[code]}
    return sorted(rows, key=lambda row: (-len(row), row))  # the same in every process


@cache
def _anywhere(name: str, language: str | None) -> re.Pattern[str]:
    rows = tuple(_rows(name, language))
    # Apart, so that what begins anywhere in a word is not tried at every other letter.
    whole = by_letter(_row(row) for row in rows if not row.startswith("*"))
    ends = "|".join(_row(row) for row in rows if row.startswith("*"))
    return re.compile(rf"(?<!\w)(?:{whole})" + (rf"|(?:{ends})" if ends else ""))


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_row(row) for row in _rows(name, None)))


def _row(row: str) -> str:
    body = r"\s{1,3}".join(map(_word, row.strip("*").split()))
    return body if row.endswith("*") else rf"{body}(?!\w)"


def _word(word: str) -> str:
    """A word of a row; one inside it may be given by its beginning too."""
    return re.escape(word.strip("*")) + (r"\w{0,20}" if word.endswith("*") else "")
