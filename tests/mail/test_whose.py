"""The employer and the people of 150 small mails, by hands and programs of eight languages.

Each with its right answer in `samples/who.toml`: names shown, signatures of all sorts, services
that relay, agencies with and without a client named, calendars, panels, first names alone.
"""

import re
import tomllib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from agent.domain.facts import Kind
from agent.mail.message import Reading
from agent.mail.parse import parse
from agent.mail.read import read
from agent.mail.spelling import squash
from tests.mail.reading import SENT, USER

_SAMPLES = Path(__file__).parent / "samples" / "who.toml"
MAILS = tomllib.loads(_SAMPLES.read_text(encoding="utf-8"))["mail"]
# Forms of address are no part of who somebody is.
_ADDRESSED = re.compile(
    r"(?i)^(?:(?:mr|mrs|ms|dr|prof|frau|herr|mme|m|cllr|dra|avv|sig\.ra|miss)\.? )+"
)


def _reading(sample: dict[str, Any]) -> Reading:
    """What is read of a sample, its kind given."""
    mail = EmailMessage()
    name, _, address = sample["from"].rpartition(" <")
    mail["From"] = f'"{name}" <{address}' if name else sample["from"]
    mail["To"] = "Alex Moreno <alex@moreno.example>"
    if "cc" in sample:
        mail["Cc"] = sample["cc"]
    mail["Subject"], mail["Date"], mail["Message-ID"] = sample["subject"], SENT, "<1@mail.example>"
    mail.set_content(sample["text"])
    if "organizer" in sample:
        mail.add_alternative(_calendar(sample), subtype="calendar", params={"method": "REQUEST"})
    return read(parse(mail.as_bytes()), USER, kind=Kind(sample["kind"]))


def _calendar(sample: dict[str, Any]) -> str:
    """The invitation of a sample."""
    people = [_party("ORGANIZER", sample["organizer"])]
    people += [_party("ATTENDEE", each) for each in sample["attendees"]]
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@mail.example\r\n"
        "DTSTAMP:20260508T080000Z\r\nDTSTART:20260512T090000Z\r\nDTEND:20260512T094500Z\r\n"
        f"SUMMARY:{sample['summary']}\r\n{''.join(people)}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def _party(role: str, person: str) -> str:
    """One line of an invitation, "Hollis, Brendan <...>" with its name in quotes."""
    name, _, address = person.rstrip(">").rpartition(" <")
    return f'{role};CN="{name or address}":mailto:{address}\r\n'


def _bare(name: str | None) -> str:
    return _ADDRESSED.sub("", name or "").lower()


def _letters(company: str | None) -> str:
    """A name's letters; "The" is no part of it."""
    return squash((company or "").removeprefix("The "))


@pytest.mark.parametrize("sample", MAILS, ids=[each["id"] for each in MAILS])
def test_the_employer_is_the_one_that_a_careful_reader_finds(sample: dict[str, Any]) -> None:
    """Neither the service, nor the agency, nor a person, nor a desk."""
    assert _letters(_reading(sample).company) == _letters(sample.get("company"))


@pytest.mark.parametrize("sample", MAILS, ids=[each["id"] for each in MAILS])
def test_the_people_are_those_on_the_other_side(sample: dict[str, Any]) -> None:
    """Who writes, who is listed and who is named, each once and with the address that is given."""
    wanted = set()
    for person in sample["people"]:
        name, _, address = person.partition(" <")
        wanted.add((_bare(name), address.rstrip(">") or None))
    assert {(_bare(each.name), each.email) for each in _reading(sample).people} == wanted
