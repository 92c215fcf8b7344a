"""The files of words as they are shipped, and patterns of their rows.

The tables of a file are kept, for several callers ask for those of one language; nobody changes them.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
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
