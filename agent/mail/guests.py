"""The people of a calendar event: organizer and attendees, without the user, rooms and desks."""

import re

from agent.domain.facts import Person, PersonRole
from agent.lexicon.people import writer_words
from agent.lexicon.who import people_words
from agent.mail import mailboxes
from agent.mail.displayed import begins_given
from agent.mail.invite import Event
from agent.mail.message import Address, Identity
from agent.mail.named import labelled_in, named_in
from agent.mail.names import read_name
from agent.mail.signer import person_shown
from agent.mail.spelling import squash

_NOTES = 2_000  # characters of an event's notes in which people are looked for
_SAME = 60  # of their first characters that a mail has where it repeats them


def humans(event: Event, identity: Identity) -> tuple[Person, ...]:
    """Organizer and attendees that are people other than the user, in the order of the invitation.

    Attendees are interviewers. The organizer is one too where nobody else is there to talk to;
    else a recruiter or coordinator where the mail says so, and `unknown` where it does not.
    """
    attending = [
        attendee.address
        for attendee in event.attendees
        if attendee.kind in {"individual", "unknown"}
        and attendee.role != "NON-PARTICIPANT"
        and _is_other_person(attendee.address, identity)
    ]
    organizer = event.organizer
    if organizer is not None and _is_other_person(organizer, identity):
        others = [address for address in attending if address.email != organizer.email]
        named = next((a for a in attending if a.email == organizer.email and a.name), organizer)
        host = named if not organizer.name else organizer
        people = [_person(host, _organizer_role(event, host, alone=not others))]
    else:
        others, people = attending, []
    people += [_person(address, _attendee_role(address)) for address in others]
    unique = {person.email or person.name: person for person in reversed(people)}
    return tuple(person for person in people if unique.get(person.email or person.name) is person)


def described(event: Event, text: str, language: str) -> tuple[Person, ...]:
    """Those whom an event's notes list as there to be met, where the mail does not repeat the notes.

    "Panel: Y. Estrada, T. Lemaire, M. Oh", written into the diary alone.
    """
    notes = event.description[:_NOTES]
    if not notes.strip() or squash(notes[:_SAME]) in squash(text):
        return ()
    named = [*named_in(notes, freely=True, language=language)]
    named = [each for each in named if begins_given(each.name) and " " in each.name]
    return tuple(
        Person(each.name, each.email, each.title, PersonRole.INTERVIEWER)
        for each in (*labelled_in(notes), *named)
    )


def _is_other_person(address: Address, identity: Identity) -> bool:
    known = not identity.owns(address.email) and mailboxes.is_person(address)
    return known and not _names_desk(address)


def _names_desk(address: Address) -> bool:
    """Whether a name shown is a desk's or a room's: "Marlow Resourcing", "LON-3-Elgar", "Panel B"."""
    shown = address.name
    if not shown or shown == shown.lower() or "@" in shown:
        return False
    if any(map(str.isdigit, shown)):
        return True
    if person_shown(shown) is not None:
        return False
    words = [word.lower() for word in re.split(r"[\s,()]+", shown) if len(word) > 2]
    given = any(word in people_words().given for word in words)
    names = [word for word in words[1:] if word not in people_words().never]
    return not given and not any(squash(word) in squash(address.local) for word in names)


def _person(address: Address, role: PersonRole) -> Person:
    """A person by the name shown; an address used as a name, or a desk's name, is none."""
    name = read_name(address.name)
    return Person(name.full if name else None, address.email or None, None, role)


def _attendee_role(address: Address) -> PersonRole:
    known = writer_words()
    if known.coordinates.search(address.name):
        return PersonRole.COORDINATOR
    recruits = known.recruits.search(address.name)
    return PersonRole.RECRUITER if recruits else PersonRole.INTERVIEWER


def _organizer_role(event: Event, organizer: Address, *, alone: bool) -> PersonRole:
    """What the organizer is in this talk, by their own name's words, then by who else comes."""
    role = _attendee_role(organizer)
    if role is not PersonRole.INTERVIEWER:
        return role
    if alone:
        known, title = writer_words(), event.summary
        screens = known.recruits.search(title) or known.screens.search(title)
        return PersonRole.RECRUITER if screens else PersonRole.INTERVIEWER
    given = organizer.name.split()
    said = f"{event.summary}\n{event.description[:4_000]}".lower()
    if given and f"with {given[0].lower()}" in said:
        return PersonRole.INTERVIEWER
    return PersonRole.UNKNOWN
