"""The files of words as they are shipped, and patterns of their rows.

The tables of a file are kept, for several callers ask for those of one language; nobody changes them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any


@cache
def shipped(*path: str) -> dict[str, Any]:
    """The tables of `agent/lexicon/<path>.toml`; none where a language has no such file."""
    *folders, name = path
    file = files("agent.lexicon").joinpath(*folders, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def weights(name: str) -> Iterator[list[str]]:
    """The rows of `agent/lexicon/<name>.txt`, a table of fitted weights: the columns of each."""
    file = files("agent.lexicon") / f"{name}.txt"
    rows = (row.split("\t") for row in file.read_text(encoding="utf-8").splitlines())
    return (row for row in rows if len(row) > 1)  # what has no column is said of the table


def rows_of(table: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """What a table says: its lists of expressions, each as one, and its strings of single words."""
    says = {name: any_of(rows) for name, rows in table.items() if isinstance(rows, list)}
    words = {name: frozenset(row.split()) for name, row in table.items() if isinstance(row, str)}
    return says, words


def any_of(rows: Iterable[str]) -> str:
    """Expressions as one, in their order."""
    return "|".join(rows)


def by_letter(rows: Iterable[str]) -> str:
    """Expressions as one, those together that begin with the same letter, or where words do.

    A place in a text is then compared with each letter, not with each of some hundred rows. It matches
    what the rows match; which of two that match at one place is only told among those with a letter.
    """
    groups: dict[str, list[str]] = {}
    for part in chain.from_iterable(map(_parts, rows)):
        first = _first(part)
        groups.setdefault(first, []).append(part[len(first) :])
    return "|".join(
        f"{first}{rests[0]}"
        if len(rests) == 1
        else f"{first}(?:{by_letter(rests) if first == _EDGE else '|'.join(rests)})"
        for first, rests in groups.items()
    )


_REPEATS, _GROUP, _EDGE = frozenset("?*+{"), "(?:", r"\b"
_FEW = 6  # ways of a group that are written out, so that their letters are seen


def _first(row: str) -> str:
    """The letter with which a row must begin, or the edge of a word; else the whole row."""
    if row[:1].isalnum() and row[1:2] not in _REPEATS:
        return row[0]
    return _EDGE if row.startswith(_EDGE) else row


def _parts(row: str) -> Iterator[str]:
    """The ways of a row; what begins with a group, "(?:a|b)c", by the ways of that."""
    for way in ways(row) if "|" in row else (row,):
        end = _end_of_group(way) if way.startswith(_GROUP) else 0
        inside, rest = ways(way[len(_GROUP) : end]), way[end + 1 :]
        if not end:
            yield way
        elif len(inside) > _FEW or rest[:1] in _REPEATS:
            yield f"{_GROUP}{by_letter(inside)}){rest}"
        else:
            for each in inside:
                yield from _parts(f"{each}{rest}")


def _end_of_group(row: str) -> int:
    """Where the group closes with which a row begins."""
    depth = 0
    for at, sign in _signs(row):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at
    raise ValueError(f"a pattern leaves a bracket open: {row}")


def ways(expression: str) -> list[str]:
    """The alternatives of an expression, apart: "a(?:b|c)|d" has two.

    No class of it may have brackets or bars: "[(|]" is written "(?:\\(|\\|)".
    """
    parts, depth, start = [], 0, 0
    for at, sign in _signs(expression):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append(expression[start:at])
            start = at + 1
    return [*parts, expression[start:]]


def _signs(expression: str) -> Iterator[tuple[int, str]]:
    """The letters and signs of an expression that are not escaped, and where they stand."""
    return (
        (found.start(), found[0]) for found in _SIGN.finditer(expression) if found[0][0] != "\\"
    )


_SIGN = re.compile(r"\\.|.", re.DOTALL)
