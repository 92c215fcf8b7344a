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
        ("10:00 Jane Cole, head\n10:45 Tom Hale, lead\n11:30 Mia Ross, director", ["12 10:00", "12 10:45", "12 11:30"]),
        ("10:00 - 10:30 Tour with Kev Dunne\n10:45 - 11:30 Panel interview\n11:30 - 12:00 Discussion", ["12 10:00", "12 10:45", "12 11:30"]),
    ],
)  # fmt: skip
def test_beside_an_interview_a_tour_is_no_talk(rows: str, wanted: list[str]) -> None:
    """What else is done that day is left out, names and other talks are not."""
    assert starts(f"Your day on Tuesday 12 May:\n\n{rows}", CONFIRMED) == wanted
