"""A playbook: the steps of following up, as data.

`Playbook.load` reads one from a table (parsed TOML) and names everything wrong with it at
once. A step says what sets it off, how long after, to whom, and how often; what follows
from a playbook for one application is decided in `plan.py`.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any

from agent.domain.due import Delay


class Trigger(StrEnum):
    """What sets a step off."""

    INTERVIEW_ENDED = "interview_ended"
    SILENCE = "silence"


class Recipient(StrEnum):
    """Who a step writes to."""

    EACH_INTERVIEWER = "each_interviewer"
    CONTACT = "contact"


class Days(StrEnum):
    """The days a step may fall on."""

    ANY = "any"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Delays count from what the trigger names; see the comments in balanced.toml."""

    name: str
    trigger: Trigger
    to: Recipient
    delay: Delay
    send_within: Delay
    expires: Delay
    after_date: Delay | None = None
    again: Delay | None = None
    at: time | None = None
    days: Days = Days.ANY
    cap: int = 1
    late_start: bool = False


@dataclass(frozen=True, slots=True)
class Playbook:
    """Steps in their order, and how long a silence after the last of them ends it all."""

    name: str
    title: str
    summary: str
    steps: tuple[Step, ...]
    close_after: Delay

    def step(self, trigger: Trigger) -> Step | None:
        """The step that a trigger sets off."""
        return next((step for step in self.steps if step.trigger is trigger), None)

    @classmethod
    def load(cls, name: str, table: Mapping[str, Any]) -> "Playbook":
        """Read a playbook; raises PlaybookProblems with every problem found."""
        reader = _Reader(f"playbook {name}")
        reader.only(table, ("title", "summary", "steps", "close"), "")
        steps = tuple(
            step
            for number, row in enumerate(reader.rows(table, "steps"), start=1)
            if (step := _step(reader, row, f"steps.{number}"))
        )
        close = reader.table(table, "close")
        reader.only(close, ("after",), "close.")
        playbook = cls(
            name=name,
            title=reader.text(table, "title", "", name),
            summary=reader.text(table, "summary", "", ""),
            steps=steps,
            close_after=reader.delay(close, "after", "close.") or Delay(),
        )
        if reader.problems:
            raise PlaybookProblems(reader.problems)
        return playbook


class PlaybookProblems(ValueError):
    """A playbook that cannot be used; `problems` has every reason."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


_STEP_KEYS = (
    "name",
    "trigger",
    "to",
    "delay",
    "send_within",
    "expires",
    "after_date",
    "again",
    "at",
    "days",
    "cap",
    "late_start",
)


def _step(reader: "_Reader", row: Mapping[str, Any], path: str) -> Step | None:
    reader.only(row, _STEP_KEYS, f"{path}.")
    before = len(reader.problems)
    name = reader.text(row, "name", f"{path}.", None)
    trigger = reader.choice(row, "trigger", f"{path}.", Trigger)
    to = reader.choice(row, "to", f"{path}.", Recipient)
    delay = reader.delay(row, "delay", f"{path}.")
    send_within = reader.delay(row, "send_within", f"{path}.")
    expires = reader.delay(row, "expires", f"{path}.")
    after_date = reader.delay(row, "after_date", f"{path}.", needed=False)
    again = reader.delay(row, "again", f"{path}.", needed=False)
    days = reader.choice(row, "days", f"{path}.", Days, Days.ANY)
    cap = reader.number(row, "cap", f"{path}.", 1)
    at = reader.clock(row, "at", f"{path}.")
    late_start = reader.flag(row, "late_start", f"{path}.")
    if cap > 1 and again is None and trigger is Trigger.SILENCE:
        reader.problems.append(f"{path}.again is missing: say how long after the one before")
    if len(reader.problems) > before:
        return None
    return Step(
        name=name,
        trigger=Trigger(trigger),
        to=Recipient(to),
        delay=delay or Delay(),
        send_within=send_within or Delay(),
        expires=expires or Delay(),
        after_date=after_date,
        again=again,
        at=at,
        days=Days(days),
        cap=cap,
        late_start=late_start,
    )


@dataclass(slots=True)
class _Reader:
    """Reads values from a table and keeps every complaint."""

    where: str
    problems: list[str] = field(default_factory=list)

    def only(self, table: Mapping[str, Any], allowed: tuple[str, ...], path: str) -> None:
        for key in table:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=1)
                hint = f"; did you mean {near[0]}?" if near else f"; allowed: {', '.join(allowed)}"
                self.problems.append(f"{path}{key} is not known{hint}")

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if isinstance(value, Mapping):
            return value
        self.problems.append(f"{key} must be a table")
        return {}

    def rows(self, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        value = table.get(key, [])
        if isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
            return value
        self.problems.append(f"{key} must be one or more tables, each headed [[{key}]]")
        return []

    def text(self, table: Mapping[str, Any], key: str, path: str, default: str | None) -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        self.problems.append(f"{path}{key} must be text")
        return ""

    def choice(
        self,
        table: Mapping[str, Any],
        key: str,
        path: str,
        options: type[StrEnum],
        default: str = "",
    ) -> str:
        value = table.get(key, default)
        names = [option.value for option in options]
        if value not in names:
            self.problems.append(f"{path}{key} must be one of {', '.join(names)}")
        return str(value)

    def delay(
        self, table: Mapping[str, Any], key: str, path: str, *, needed: bool = True
    ) -> Delay | None:
        value = table.get(key)
        if value is None:
            if needed:
                self.problems.append(f'{path}{key} is missing: a length of time such as "7d"')
            return None
        try:
            return Delay.parse(str(value))
        except ValueError as error:
            self.problems.append(f"{path}{key}: {error}")
            return None

    def number(self, table: Mapping[str, Any], key: str, path: str, default: int) -> int:
        value = table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20:
            return value
        self.problems.append(f"{path}{key} must be a whole number from 1 to 20")
        return default

    def clock(self, table: Mapping[str, Any], key: str, path: str) -> time | None:
        value = table.get(key)
        if value is None:
            return None
        try:
            return time.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError:
            self.problems.append(f'{path}{key} must be a time of day such as "09:00"')
            return None

    def flag(self, table: Mapping[str, Any], key: str, path: str) -> bool:
        value = table.get(key, False)
        if isinstance(value, bool):
            return value
        self.problems.append(f"{path}{key} must be true or false")
        return False
