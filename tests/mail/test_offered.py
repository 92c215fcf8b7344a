"""Which times of an offer are offered, and which tell what else happens."""

import pytest

from agent.domain.facts import Kind
from tests.mail.test_interviews import starts

REQUEST, MOVED = Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_RESCHEDULED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We can manage Tuesday at 10.00 or 14.15. The galleries open to the public at 10.30.",
            ["12 10:00", "12 14:15"],
        ),
        (
            "Could you come Tuesday at 10 or Wednesday at 2? She flies to Zurich Thursday at noon.",
            ["12 10:00", "13 14:00"],
        ),
        (
            "Tuesday or Wednesday at 3? Not before, the wedding flowers go out at 2 and we are a mess.",
            ["12 15:00", "13 15:00"],
        ),
        (
            "Tuesday at 10 or Wednesday at 2? Rowan gives the talk at 13.00 on the 14th.",
            ["12 10:00", "13 14:00"],
        ),
        ("Could you do Tuesday at 10? Thursday at 3 is possible too.", ["12 10:00", "14 15:00"]),
    ],
)
def test_what_else_happens_then_is_not_offered(text: str, wanted: list[str]) -> None:
    """A shop's hours, a flight and a talk of somebody's are no slots beside those that are offered."""
    assert starts(text, REQUEST) == wanted


def test_of_two_times_of_a_move_the_one_of_something_else_is_no_new_one() -> None:
    """What stands behind the new time tells why it moves."""
    text = "Can we make it an hour later tomorrow? 4 instead of 3. The trucks roll at 2:30."
    assert starts(text, MOVED) == ["9 16:00"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We're pulling you up from 11 to 10:15 on Tuesday, same room.", ["12 10:15"]),
        (
            "The board of the 12th moves. Candidates formerly at 10:00 and 10:45 on the 12th come on the 13th at 9:00.",
            ["13 09:00"],
        ),
    ],
)
def test_what_is_said_of_an_old_time_is_said_of_the_one_beside_it(
    text: str, wanted: list[str]
) -> None:
    """A stretch too long for a talk is an old time and a new one, and "and" joins two old ones."""
    assert starts(text, MOVED) == wanted
