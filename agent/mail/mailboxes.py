"""Whose mailbox an address is: a person's, or that of a room, a group, a desk or a machine."""

import re

from agent.lexicon import platform_of
from agent.mail.machine import unattended
from agent.mail.message import Address
from agent.mail.names import read_name

_RESOURCE_HOSTS = (
    "resource.calendar.google.com",
    "group.calendar.google.com",
    "import.calendar.google.com",
    "unknownorganizer.calendar.google.com",
)
_ROOM = re.compile(
    r"\b(?:(?:conf|conference|meeting|board|class|huddle|phone|interview)[ ._-]?(?:rm|room|booth)"
    r"|rooms?|besprechungsraum|konferenzraum|sitzungszimmer|salle|sala|vergaderzaal|ruimte"
    r"|equipment|projector|beamer|parking)\b",
    re.I,
)
_ROOM_LOCAL = re.compile(
    r"(?:(?:conf|conference|meeting|board|class|huddle)[._-]?)?(?:rooms?|besprechungsraum|konferenzraum"
    r"|sitzungszimmer|salle|sala|vergaderzaal|equipment|projector|beamer|parking)(?:[._-]?\w{1,6})?",
    re.I,
)
_DESK = re.compile(
    r"(?:(?:the[._-]?)?(?:hr|people|talent|recruit\w{0,8}|careers?|jobs?|hiring|staffing|interviews?|schedul\w{0,5}"
    r"|info|team|office|contact|hello|hi|admin|support|help(?:desk)?|events?|calendars?|all|everyone|staff"
    r"|bewerbung(?:en)?|karriere|personal|recrutement|rrhh|empleo|seleccion|kontakt|vacatures|werk)"
    r"(?:[._-]?(?:team|ops|operations|acquisition|desk|emea|us|uk|eu|dach|coordinators?|events?|calendar|bot))?)$",
    re.I,
)
_MACHINE_LOCAL = re.compile(
    r"(?:calendar|scheduler|scheduling|booking|invites?|bot|zoom|teams|notetaker|fred|otter|meetings?)(?:[+._-]|$)",
    re.I,
)


def is_room(address: Address) -> bool:
    """Whether a calendar address is a room or a thing, by its host, its name or its local part."""
    if address.domain in _RESOURCE_HOSTS or _ROOM.search(address.name):
        return True
    # "sala@" is a room, unless somebody of that name shows it.
    return bool(_ROOM_LOCAL.fullmatch(address.local)) and read_name(address.name) is None


def is_desk(address: Address) -> bool:
    """Whether several people read an address (jobs@, talent-team@) and no person's name is on it."""
    return bool(_DESK.match(address.local)) and read_name(address.name) is None


def is_machine(address: Address) -> bool:
    """Whether no person stands behind an address: no-reply, schedulers, platforms that relay."""
    return (
        unattended(address)
        or bool(_MACHINE_LOCAL.match(address.local))
        or platform_of(address.email) is not None
    )


def is_person(address: Address) -> bool:
    """Whether one person can be taken to read what is sent to an address."""
    return not (is_room(address) or is_desk(address) or is_machine(address))
