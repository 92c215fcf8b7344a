"""Reading values out of a table of the user's own (parsed TOML), with every complaint kept.

A reader never stops at the first thing that is wrong: it notes the place and what is
allowed there, gives back something harmless, and goes on. Whoever asked looks at
`problems` at the end.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

from agent.domain.due import Delay

Path = tuple[str, ...]
#: Where something is wrong, and what.
Problem = tuple[Path, str]

_E = TypeVar("_E", bound=StrEnum)


def near(word: str, names: Iterable[str]) -> str:
    """'; did you mean x?' for the likeliest of `names`, "" where none is near."""
    close = difflib.get_close_matches(word, list(names), n=1)
    return f"; did you mean {close[0]}?" if close else ""


@dataclass(slots=True)
class TableReader:
    """Reads the values of one table; `path` is where it stands."""

    table: Mapping[str, Any]
    path: Path = ()
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, what: str) -> None:
        """Note what is wrong with a key."""
        self.problems.append(((*self.path, key) if key else self.path, what))

    def only(self, allowed: Collection[str]) -> None:
        """Complain about every key that is none of these."""
        for key in self.table:
            if key not in allowed:
                hint = near(key, allowed) or f"; allowed: {', '.join(allowed)}"
                self.wrong(key, f"is not known{hint}")

    def given(self, key: str) -> bool:
        """Whether the table says anything about a key."""
        return key in self.table

    def below(self, key: str) -> "TableReader":
        """A reader of the table at a key; an empty one where there is no table."""
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            self.wrong(key, "must be a table")
            value = {}
        return TableReader(value, (*self.path, key), self.problems)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; needed where there is no default."""
        value = self.table.get(key, default)
        if isinstance(value, str) and (value.strip() or not self.given(key)):
            return value.strip()
        self.wrong(key, "is missing" if value is None else "must be text in quotes")
        return ""

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """One text or a list of them."""
        value = self.table.get(key, list(default))
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(each, str) and each for each in listed):
            return tuple(listed)
        self.wrong(key, "must be a text in quotes, or a list of them")
        return default

    def choice(self, key: str, options: type[_E], default: _E | None = None) -> _E | None:
        """One of several words; needed where there is no default."""
        value = self.table.get(key, default)
        names = [option.value for option in options]
        if isinstance(value, str) and value in names:
            return options(value)
        hint = near(value, names) if isinstance(value, str) else ""
        said = "is missing" if value is None else f"cannot be {value!r}"
        self.wrong(key, f"{said}; it must be one of {', '.join(names)}{hint}")
        return default

    def delay(
        self, key: str, default: Delay | None = None, *, needed: bool = False
    ) -> Delay | None:
        """A length of time such as "7d"."""
        value = self.table.get(key)
        if value is None:
            if needed and default is None:
                self.wrong(key, 'is missing: a length of time such as "7d"')
            return default
        try:
            return Delay.parse(str(value))
        except ValueError as error:
            self.wrong(key, str(error))
            return default

    def number(self, key: str, default: int) -> int:
        """A whole number from 1 to 20."""
        value = self.table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20:
            return value
        self.wrong(key, "must be a whole number from 1 to 20")
        return default

    def clock(self, key: str) -> time | None:
        """A time of day such as "09:00"; TOML's own local time will do as well."""
        value = self.table.get(key)
        if value is None:
            return None
        try:
            return time.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError:
            self.wrong(key, 'must be a time of day such as "09:00"')
            return None

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.table.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, "must be true or false, without quotes")
        return default
