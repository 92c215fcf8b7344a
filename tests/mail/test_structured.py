"""schema.org markup in HTML mail: what it tells, and what it must not."""

import json

import pytest

from agent.mail.employer import employer
from agent.mail.parse import parse
from agent.mail.structured import Structured, structured
from tests.mail.steps import steps

JOB = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Night Loader",
    "hiringOrganization": {"@type": "Organization", "name": "Corvane Freight"},
}
EVENT = {
    "@type": "EventReservation",
    "reservationFor": {
        "@type": "Event",
        "name": "Interview",
        "startDate": "2026-03-04T10:00:00+01:00",
        "organizer": {"@type": "Organization", "name": "Talwerk Metallbau"},
        "location": {
            "@type": "Place",
            "name": "Haus 3",
            "address": {"streetAddress": "Am Wall 7", "addressLocality": "Ulm"},
        },
    },
}


def read(*blocks: object, sender: str = "no-reply@ats.example") -> Structured:
    """The markup of a mail whose HTML has these blocks."""
    return structured(_mail(*blocks, sender=sender))


def _mail(*blocks: object, sender: str = "no-reply@ats.example"):  # type: ignore[no-untyped-def]
    scripts = "".join(
        f'<script type="application/ld+json">{b if isinstance(b, str) else json.dumps(b)}</script>'
        for b in blocks
    )
    return parse(
        f"From: <{sender}>\r\nSubject: Hello\r\nContent-Type: text/html\r\n\r\n"
        f"<html><head>{scripts}</head><body><p>Please see below.</p></body></html>".encode()
    )


def test_a_job_posting_names_employer_and_role() -> None:
    """hiringOrganization and title are read."""
    found = read(JOB)
    assert (found.company, found.role) == ("Corvane Freight", "Night Loader")


def test_several_postings_are_a_list_and_nobodys() -> None:
    """A digest of jobs at several employers names none."""
    other = {**JOB, "title": "Dock Lead", "hiringOrganization": "Merlin Foods"}
    assert read(JOB, other) == Structured()


def test_an_event_within_a_reservation_names_place_and_time() -> None:
    """Also where it is nested, with a postal address."""
    found = read([EVENT])
    assert found.location == "Haus 3, Am Wall 7, Ulm"
    assert found.starts == "2026-03-04T10:00:00+01:00"
    assert found.company == "Talwerk Metallbau"


@pytest.mark.parametrize(
    "block",
    [
        {"@type": "Event", "organizer": {"@type": "Person", "name": "Dana Fox"}},
        {"@type": "JobPosting", "hiringOrganization": {"name": "Greenhouse"}},
        {"@type": "Event", "location": {"@type": "VirtualLocation", "url": "https://x.example"}},
        {"@type": "Organization", "name": "A newsletter"},
        {"@type": 3, "title": ["x"]},
        "{ no json",
        "[" * 40_000,
        {"@type": "JobPosting", "title": "x" * 500},
    ],
)
def test_people_platforms_links_and_broken_blocks_say_nothing(block: object) -> None:
    """No person is an employer, no platform, no virtual room a place; broken markup is silence."""
    assert read(block) == Structured()


def test_the_employer_is_taken_from_the_markup_of_a_service() -> None:
    """Where the sender is a service, the markup names the employer."""
    mail = _mail(JOB, sender="no-reply@greenhouse-mail.io")
    assert employer(mail, mail.text, "", "") == "Corvane Freight"


def test_many_objects_take_no_time() -> None:
    """A hundred kilobytes of objects are cut off after the first few."""
    few, many = (_mail(json.dumps([{"@type": "Event", "name": "x"}] * n)) for n in (700, 1_400))
    structured(few)
    assert steps(lambda: structured(many)) < 1.1 * steps(lambda: structured(few)) + 20
