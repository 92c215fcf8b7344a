"""The people of an invitation."""

import pytest

from agent.mail.guests import described, humans
from agent.mail.invite import read_invites
from agent.mail.message import CalendarPart, Identity

USER = Identity("Alex Moreno", ("alex@moreno.example",), "Europe/London", "GB")


def invited(name: str, email: str) -> list[str | None]:
    """The names of the people of an invitation that one attendee has beside the user."""
    text = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
        "DTSTART:20260512T090000Z\r\nDTEND:20260512T100000Z\r\nSUMMARY:Interview\r\n"
        "ATTENDEE;CN=Alex Moreno:mailto:alex@moreno.example\r\n"
        f'ATTENDEE;CN="{name}":mailto:{email}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    )
    events = read_invites([CalendarPart(text, "REQUEST")], USER).events
    return [person.name for event in events for person in humans(event, USER)]


@pytest.mark.parametrize(
    ("name", "email", "who"),
    [
        ("Priya Nair", "priya.nair@x.example", "Priya Nair"),
        ("Marvin Teller", "marvin.teller@x.example", "Marvin Teller"),
        ("Ana (Recruiting)", "ana@x.example", "Ana"),
    ],
)
def test_an_attendee_with_a_name_is_somebody(name: str, email: str, who: str) -> None:
    """By the name, or by what the address bears of it."""
    assert invited(name, email) == [who]


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Resourcing Team", "resourcing@x.example"),
        ("HR Shared Mailbox", "hr.shared@x.example"),
        ("LON-3-Elgar", "lon-3-elgar@x.example"),
        ("Microsoft Bookings", "bookings@x.example"),
        ("UK Recruitment", "ukrecruitment@x.example"),
    ],
)
def test_an_attendee_that_is_a_desk_or_a_room_is_nobody(name: str, email: str) -> None:
    """Names of desks, of services, and those with figures."""
    assert invited(name, email) == []


def test_the_notes_of_an_event_list_people() -> None:
    """Where the mail does not repeat them; a given name alone may be anybody's."""
    notes = "Panel: Y. Estrada\\, T. Lemaire\\, Maria Lund\\nBring Josh the folder."
    text = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
        f"DTSTART:20260512T090000Z\r\nDESCRIPTION:{notes}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    event = read_invites([CalendarPart(text, "REQUEST")], USER).events[0]
    named = {person.name for person in described(event, "See you on Tuesday.", "en")}
    assert named == {"Y. Estrada", "T. Lemaire", "Maria Lund"}
    assert described(event, event.description, "en") == ()
