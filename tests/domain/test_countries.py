"""Whose public holidays count: those of the country that the other side works in."""

from dataclasses import replace

import pytest

from agent.config.playbooks import read
from agent.domain.application import Application
from agent.domain.countries import country_of, country_of_domain, country_of_zone
from agent.domain.facts import Kind, Passing, Person, PersonRole
from agent.domain.plan import plan
from tests.making import ANN, RAJ, at, calendar, fact, rules, talk


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Berlin", "DE"), ("America/New_York", "US"), ("Asia/Kolkata", "IN"), ("UTC", None)],
)
def test_a_zone_lies_in_a_country(zone: str, country: str | None) -> None:
    """By the table of the time zones themselves."""
    assert country_of_zone(zone) == country


@pytest.mark.parametrize(
    ("domain", "country"),
    [
        ("werk.de", "DE"),
        ("firm.co.uk", "GB"),
        ("startup.io", None),
        ("startup.ai", None),
        ("acme.example", None),
        ("acme.com", None),
        ("", None),
    ],
)
def test_an_address_may_end_in_a_country(domain: str, country: str | None) -> None:
    """Unless everybody uses that ending."""
    assert country_of_domain(domain) == country


def _app(zone: str | None, contact: Person = ANN) -> Application:
    held = replace(talk("2026-03-27T13:00"), timezone=zone)
    invited = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-20T10:00", held, people=(contact, RAJ), from_=contact
    )
    return Application.of(1, "home", (invited, fact(Passing.INTERVIEW_OVER, "2026-03-27T14:00")))


def test_the_zone_of_the_talk_tells_more_than_the_address() -> None:
    """A German address, a talk in London time."""
    uwe = Person("Uwe Lang", "uwe@werk.de", None, PersonRole.RECRUITER)
    assert country_of(_app("Europe/London", uwe)) == "GB"
    assert country_of(_app(None, uwe)) == "DE"
    assert country_of(_app(None)) is None


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Europe/Berlin", "2026-04-07T13:00"),  # Good Friday and Easter Monday are holidays there
        ("America/New_York", "2026-04-03T13:00"),  # neither is one in the United States
        (None, "2026-04-03T13:00"),  # not known: the user's own
    ],
)
def test_a_check_in_waits_for_their_working_day(zone: str | None, due: str) -> None:
    """A week after the talk is Good Friday."""
    balanced = read("balanced", {})
    found = plan(_app(zone), (), rules(playbook=balanced), at("2026-03-27T15:00"))
    (asked,) = [f for f in found.followups if f.does("check_in")]
    assert asked.due_at == at(due)


def test_who_wants_no_holidays_to_count_gets_none() -> None:
    """Neither the user's nor theirs."""
    plain = rules(playbook=read("balanced", {}), calendar=calendar(country=""))
    found = plan(_app("Europe/Berlin"), (), plain, at("2026-03-27T15:00"))
    (asked,) = [f for f in found.followups if f.does("check_in")]
    assert asked.due_at == at("2026-04-03T13:00")
