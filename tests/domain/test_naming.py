"""Two ways to name one person."""

from dataclasses import replace

import pytest

from agent.domain.application import Application
from agent.domain.facts import Kind, Person, PersonRole
from agent.domain.naming import is_short_for
from tests.making import ANN, RAJ, TOM, fact, talk

INTERVIEWER = PersonRole.INTERVIEWER


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Tom", "Tom Hale", True),
        ("Mr Hale", "Tom Hale", True),
        ("Dr. Vogt", "Dr. Lena Vogt", True),
        ("Frau Vogt", "Dr. Lena Vogt", True),
        ("Sra. Gómez", "Dra. Lucía Gómez", True),
        ("Tom", "Tommy Hale", False),
        ("Tom Hale", "Tom Hale", False),
        ("", "Tom Hale", False),
    ],
)
def test_one_name_is_short_for_another(short: str, full: str, same: bool) -> None:
    """By the given or the family name, whatever honour stands before it."""
    assert is_short_for(short, full) is same


def test_who_is_called_by_the_first_name_later_is_known_in_full() -> None:
    """ "Tom is back" in a later mail speaks of Tom Hale, and adds nobody."""
    invited = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00"), people=(ANN, TOM)
    )
    moved = fact(
        Kind.INTERVIEW_RESCHEDULED,
        "2026-03-02T10:00",
        talk("2026-03-05T15:00"),
        people=(ANN, Person("Tom", role=INTERVIEWER)),
    )
    app = Application.of(1, "home", [invited, moved])
    assert [p.name for p in app.people] == ["Ann Lee", "Tom Hale"]
    assert app.talks[-1].who == ("Tom Hale",)


def test_a_first_name_that_two_bear_is_left_as_it_is() -> None:
    """Nobody can tell which Raj it is."""
    other = replace(RAJ, name="Raj Mehta", email="mehta@acme.example")
    invited = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-01T10:00",
        talk("2026-03-04T15:00"),
        people=(ANN, RAJ, other),
    )
    told = fact(Kind.STATUS_UPDATE, "2026-03-02T10:00", people=(ANN, Person("Raj")))
    app = Application.of(1, "home", [invited, told])
    assert [p.name for p in app.people] == ["Ann Lee", "Raj Patel", "Raj Mehta", "Raj"]


def test_the_full_name_in_a_later_mail_takes_the_place_of_the_first() -> None:
    """ "Tom" of the invitation is the Tom Hale of the reminder."""
    invited = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-01T10:00",
        talk("2026-03-04T15:00"),
        people=(ANN, Person("Tom", role=INTERVIEWER)),
    )
    reminded = fact(Kind.STATUS_UPDATE, "2026-03-02T10:00", people=(ANN, TOM))
    app = Application.of(1, "home", [invited, reminded])
    assert [p.name for p in app.people] == ["Ann Lee", "Tom Hale"]
    assert app.person(app.talks[0].who[0]) == app.people[1]
