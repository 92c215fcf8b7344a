"""The files of words as they are shipped, and patterns of their rows.

Nothing is kept here: each caller keeps what it makes of a file.
"""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any


def shipped(*path: str) -> dict[str, Any]:
    """The tables of `agent/lexicon/<path>.toml`; none where a language has no such file."""
    *folders, name = path
    file = files("agent.lexicon").joinpath(*folders, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def any_of(rows: Iterable[str]) -> str:
    """Expressions as one, in their order."""
    return "|".join(rows)
