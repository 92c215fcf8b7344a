"""Which rows of a day's programme are talks."""

import pytest

from agent.domain.facts import Kind
from tests.mail.test_interviews import starts

CONFIRMED = Kind.INTERVIEW_CONFIRMED


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (
            "8.45 Arrive at reception\n9.00 Tour with pupils\n11.00 Other candidate interviewed\n"
            "11.40 - 12.10 Your interview with Mr Doyle\n12.15 Lunch",
            ["12 11:40"],
        ),
        (
            "9:00 - 9:45 | Interview | Jane Cole\n10:00 - 10:30 | Case | Tom Hale\n"
            "11:00 - 11:30 | Wrap-up | Mia Ross\n12:00 - 13:00 | Lunch",
            ["12 09:00", "12 10:00", "12 11:00"],
        ),
        ("10:00 Jane Cole, head\n10:45 Tom Hale, lead\n11:30 Mia Ross, director", ["12 10:00", "12 10:45", "12 11:30"]),
        ("10:00 - 10:30 Tour with Kev Dunne\n10:45 - 11:30 Panel interview\n11:30 - 12:00 Discussion", ["12 10:00", "12 10:45", "12 11:30"]),
    ],
)  # fmt: skip
def test_beside_an_interview_a_tour_is_no_talk(rows: str, wanted: list[str]) -> None:
    """What else is done that day is left out, names and other talks are not."""
    assert starts(f"Your day on Tuesday 12 May:\n\n{rows}", CONFIRMED) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("On Tuesday from 8 to 11.30 you join the class and at 12 we sit down for the interview.", ["12 12:00"]),
        ("On Tuesday at 10 there is a tour and at 11 the interview with Mr Doyle.", ["12 11:00"]),
        ("Your interview is on Tuesday at 10, with a tour at 11.", ["12 10:00"]),
    ],
)  # fmt: skip
def test_the_time_whose_clause_says_interview_is_the_talk(text: str, wanted: list[str]) -> None:
    """A morning in class and a tour are told beside it."""
    assert starts(text, CONFIRMED) == wanted
