"""What schema.org markup in a mail's HTML says: employer, role, place.

Mail systems and boards describe a job or an appointment to mail programs as JSON-LD
(schema.org JobPosting, Event, EventReservation, Organization). It is written by the sender, so
it is believed as far as the text is; a platform's own name in it is nobody's employer.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from agent.lexicon import platform_names
from agent.mail.message import ParsedMail

_LONGEST = 50_000  # characters of one block that are read
_NODES = 200  # objects of a mail that are looked at
_NAME = 120  # characters that a name can have


@dataclass(frozen=True, slots=True)
class Structured:
    """The markup's word on a mail; None where it says nothing."""

    company: str | None = None
    role: str | None = None
    location: str | None = None
    starts: str | None = None
    ends: str | None = None


def structured(mail: ParsedMail) -> Structured:
    """Read every block of a mail; one employer and one role count, several are a
    list's. Broken blocks say nothing.

    `starts` and `ends` are as written (ISO 8601), of the first event.
    """
    jobs: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for node in _nodes(mail.json_ld):
        kinds = _kinds(node)
        if "JobPosting" in kinds:
            jobs.append(node)
        elif any(kind.endswith("Event") for kind in kinds):
            events.append(node)
    return Structured(
        company=_only(_name(job.get("hiringOrganization")) for job in jobs)
        or _only(_name(event.get("organizer")) for event in events if _organised(event)),
        role=_only(_text(job.get("title") or job.get("name")) for job in jobs),
        location=_first(*(_place(event.get("location")) for event in events)),
        starts=_first(*(_text(event.get("startDate")) for event in events)),
        ends=_first(*(_text(event.get("endDate")) for event in events)),
    )


def _nodes(blocks: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every object of the blocks with a type, outer ones first; at most `_NODES` of them."""
    waiting: list[Any] = []
    for block in blocks[:10]:
        try:
            waiting.append(json.loads(block[:_LONGEST]))
        except (ValueError, RecursionError):
            continue  # cut off, or no JSON: the text of the mail still speaks
    for _ in range(_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_NODES]
        elif isinstance(node, dict):
            if "@type" in node:
                yield node
            waiting += [value for value in node.values() if isinstance(value, dict | list)]


def _kinds(node: dict[str, Any]) -> tuple[str, ...]:
    """The types of an object, without their namespace."""
    stated = node.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    return tuple(kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str))


def _organised(event: dict[str, Any]) -> bool:
    """Whether a firm organises an event: a person in that place is no employer."""
    organizer = event.get("organizer")
    return isinstance(organizer, dict) and "Organization" in _kinds(organizer)


def _name(value: Any) -> str | None:
    """The name of an organisation, which may be an object or a string; no platform's."""
    if isinstance(value, list):
        value = value[0] if value else None
    name = _text(value.get("name") if isinstance(value, dict) else value)
    return None if name is None or name.lower() in platform_names() else name


def _place(value: Any) -> str | None:
    """A Place as a line: its name and address; None for a VirtualLocation."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
    if not isinstance(value, dict):
        return _text(value)
    if "VirtualLocation" in _kinds(value):
        return None
    address = value.get("address")
    if isinstance(address, dict):
        keys = ("streetAddress", "postalCode", "addressLocality")
        address = ", ".join(part for key in keys if (part := _text(address.get(key))))
    parts = [part for part in (_text(value.get("name")), _text(address)) if part]
    return ", ".join(dict.fromkeys(parts)) or None


def _text(value: Any) -> str | None:
    """A string on one line, None where it is none or too long to be a name."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if 0 < len(line) <= _NAME and "://" not in line else None


def _only(found: Iterable[str | None]) -> str | None:
    """The one value; None where there are several: a list of jobs is nobody's."""
    values = {value for value in found if value}
    return values.pop() if len(values) == 1 else None


def _first(*found: str | None) -> str | None:
    return next((value for value in found if value), None)
