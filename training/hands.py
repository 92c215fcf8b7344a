"""The labelled mails of a hand: a folder of NNN.eml with NNN.json, by one writer for one user.

The users stand in `hands.toml` beside the folders.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.domain.facts import Kind
from agent.mail.message import Identity


@dataclass(frozen=True, slots=True)
class Mail:
    """One labelled mail: its name, its bytes, and what a careful reader says of it."""

    name: str
    raw: bytes
    label: dict[str, Any]

    @property
    def kind(self) -> Kind:
        """The kind as labelled."""
        return Kind(self.label["kind"])


def user_of(folder: Path) -> dict[str, Any]:
    """What `hands.toml` says of a hand's user."""
    hands = tomllib.loads((folder.parent / "hands.toml").read_text(encoding="utf-8"))
    user: dict[str, Any] = hands[folder.name]
    return user


def reader_of(folder: Path) -> Identity:
    """Who reads the mails of a hand."""
    user = user_of(folder)
    return Identity(
        user["name"], (user["address"],), user["zone"], user["country"], (user["authserv"],)
    )


def mails_of(folder: Path) -> Iterator[Mail]:
    """The mails of a hand, by their names."""
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        yield Mail(path.stem, path.with_suffix(".eml").read_bytes(), label)
