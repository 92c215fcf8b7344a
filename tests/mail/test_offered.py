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


def test_the_users_own_clock_tells_no_second_time() -> None:
    """ "15:30 German time, so 14:30 for you" is one time."""
    text = "We have you down for Tuesday 12 May, 15:30 German time, so 14:30 at yours."
    assert len(starts(text, Kind.INTERVIEW_CONFIRMED)) == 1


def test_a_refusal_takes_away_the_talk_that_was_fixed() -> None:
    """The time stands in one sentence, and that it will not be in another."""
    text = (
        "We had you down for Tuesday at 3:30. The job went to somebody else today, so that "
        "conversation won't take place."
    )
    assert starts(text, Kind.REJECTION) == ["12 15:30"]


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("The strike is on, so the interview on Tuesday at 10 must be cancelled.", "X", ["12 10:00"]),
        ("I have taken your interview on Tuesday 12 May at 10 out of the diary.", "X", ["12 10:00"]),
        ("Interviews on 12 May have been called off. Your 13.40 appointment is no more.", "X", ["12 13:40"]),
        ("Would this day fortnight at half ten suit you?", "Q", ["22 10:30"]),
        ("Wypadł mi pogrzeb. Zróbmy rozmowę we wtorek po południu 17:30.", "M", ["12 17:30"]),
        ("La entrevista del martes la hacemos a las 17:00 en vez de a las 11:00.", "M", ["12 17:00"]),
    ],
)  # fmt: skip
def test_the_words_around_a_time_leave_it_one(text: str, kind: str, wanted: list[str]) -> None:
    """ "must", "out of the diary" and a part of the day take nothing from it."""
    kinds = {"X": Kind.INTERVIEW_CANCELLED, "Q": REQUEST, "M": MOVED}
    assert starts(text, kinds[kind]) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Are you free on Tuesday between 9 and 12?", ["12 09:00"]),
        ("Pop in on Tuesday, any time that suits you between 1 and 4.", ["12 13:00"]),
        ("Seriez-vous disponible mardi, à n'importe quelle heure entre 14h et 17h ?", ["12 14:00"]),
        ("Are you free between 9 and 12 on Tuesday or Wednesday?", []),
        ("Send me some times in the week from 19 May, best between 9 and 12.", []),
        ("I'm here 9 to 5 except Tuesday. Which day suits?", []),
    ],
)
def test_hours_to_choose_from_on_one_day_are_offered_from_their_start(
    text: str, wanted: list[str]
) -> None:
    """Hours that several days share, or whoever's, offer nothing yet."""
    assert starts(text, REQUEST) == wanted
