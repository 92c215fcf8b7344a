"""Which times of a move are neither the new one nor the old one."""

import pytest

from agent.domain.facts import Kind
from tests.mail.test_interviews import starts

MOVED = Kind.INTERVIEW_RESCHEDULED


@pytest.mark.parametrize(
    "text",
    [
        "The plumber is only here on Tuesday at 10. Could we find another day?",
        "Something came up for Tuesday at 10. Could we put it off to next week?",
    ],
)
def test_where_another_day_is_asked_for_the_time_told_is_no_new_one(text: str) -> None:
    """What got in the way is named, and nothing yet in its place."""
    assert starts(text, MOVED) == []


@pytest.mark.parametrize(
    "text",
    [
        "We'll meet on Tuesday at 6. If that's a problem tell me and we'll find another day.",
        "Wir sehen uns am Dienstag um 18 Uhr. Falls das nicht passt, finden wir einen anderen Tag.",
        "Ci vediamo martedì alle 18. Se per te è un problema dimmelo che troviamo un altro giorno.",
    ],
)
def test_another_day_in_case_of_need_leaves_the_new_time_told(text: str) -> None:
    """A condition asks for nothing."""
    assert starts(text, MOVED) == ["12 18:00"]


def test_of_two_times_of_a_sentence_words_of_change_lead_to_the_new_one() -> None:
    """The first only tells why."""
    text = "The boiler man's coming Tuesday at 9 so let's do Wednesday at 9."
    assert starts(text, MOVED) == ["13 09:00"]
