"""The sample job hunt as values: what arrives when, and what its person does by hand.

The mails are files in `hunt/`, the rest is in `hunt/timeline.toml`; both are read when asked
for, never at import.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from agent.mail.parse import parse


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail of the hunt and when it comes (aware); `own` is one that the person wrote."""

    name: str
    at: datetime
    own: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class Edit:
    """A draft that the person changes: which one, how long after it appears, and what is added."""

    to: str
    followup: str
    after: timedelta
    adds: str


@dataclass(frozen=True, slots=True)
class Hunt:
    """The whole story. `mails` are in the order in which they come."""

    name: str
    address: str
    timezone: str
    country: str
    authserv_id: str
    starts: datetime
    ends: datetime
    sends_after: timedelta
    edits: tuple[Edit, ...]
    mails: tuple[Delivery, ...]

    @property
    def first_name(self) -> str:
        """What the demo calls the person."""
        return self.name.split()[0]

    def edit_of(self, to: str, followup: str) -> Edit | None:
        """What the person changes in that draft, if anything."""
        return next((e for e in self.edits if (e.to, e.followup) == (to, followup)), None)


def load() -> Hunt:
    """The shipped hunt."""
    folder = files("agent.demo") / "hunt"
    timeline = tomllib.loads((folder / "timeline.toml").read_text(encoding="utf-8"))
    robin = timeline["robin"]
    letters = [
        _delivery(entry.name, entry.read_bytes(), robin["address"])
        for entry in folder.iterdir()
        if entry.name.endswith(".eml")
    ]
    return Hunt(
        name=robin["name"],
        address=robin["address"],
        timezone=robin["timezone"],
        country=robin["country"],
        authserv_id=robin["authserv_id"],
        starts=timeline["starts"],
        ends=timeline["ends"],
        sends_after=timedelta(hours=robin["sends_after_hours"]),
        edits=tuple(_edit(table) for table in timeline.get("edits", ())),
        mails=tuple(sorted(letters, key=lambda delivery: delivery.at)),
    )


def _delivery(name: str, data: bytes, address: str) -> Delivery:
    mail = parse(data)
    if mail.at is None:
        raise ValueError(f"{name} does not say when it came")
    return Delivery(name=name, at=mail.at, own=mail.from_.email == address, data=data)


def _edit(table: dict[str, Any]) -> Edit:
    return Edit(
        to=table["to"],
        followup=table["followup"],
        after=timedelta(minutes=table["after_minutes"]),
        adds=table["adds"],
    )
