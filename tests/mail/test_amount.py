"""How much of a text is read for sense, whatever it is made of."""

import pytest

from agent.mail.amount import MOST_CHARACTERS, MOST_WORDS, sensible
from agent.mail.read import read
from tests.mail.reading import USER, message
from tests.mail.steps import steps


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Alex,\n\nsee you on Tuesday at 10:00.\n",
        "We are glad to hear from you. " * 180,
        "Wir freuen uns auf Ihre Bewerbung, Frau Müller.\n" * 120,
        "x" * (10 * MOST_WORDS),
        " \n" * MOST_WORDS,
    ],
)
def test_what_people_write_is_read_whole(text: str) -> None:
    """Several pages, and one word however long; blank lines are no words."""
    assert sensible(text) == text


@pytest.mark.parametrize("piece", ["1.", "a ", "10:00 ", "x\n", "Anna Bela, ", "火", "—\n\n", "_"])
def test_no_more_words_and_signs_are_read(piece: str) -> None:
    """Numbers, letters, signs and lines count each; the text ends behind one of them."""
    text = piece * 100_000
    kept = sensible(text)
    assert text.startswith(kept)
    assert len(kept) <= min(MOST_CHARACTERS, MOST_WORDS * max(len(piece), 12))
    assert len(kept) > len(piece) * (MOST_WORDS // 8)
    assert not kept[-1].isspace()


def test_a_mail_that_is_not_read_to_its_end_says_so() -> None:
    """What it says is kept whole, and where the reading stops is told."""
    text = "Your interview is on Tuesday. " + "10, " * 30_000
    reading = read(message(text, subject="Interview"), USER)
    assert len(reading.reply_text) > 100_000
    [problem] = [each for each in reading.problems if "were read for sense" in each]
    assert f"of {len(reading.reply_text)}" in problem


@pytest.mark.parametrize(
    "piece",
    ["1. ", "at 3\n", "10:00 Anna Bela\n", "—\n", "Tue 10:00\n", "by 5pm on Friday 12 May 2026 "],
)
def test_a_flood_costs_little_more_than_a_long_letter(piece: str) -> None:
    """However many times, names or lines there are: nine in ten of the words are never looked at."""
    head = "Thank you for your application. Your interview has moved.\n"
    once, twice = (
        message(head + piece * (size // len(piece)), subject="Interview")
        for size in (50_000, 100_000)
    )
    read(once, USER)
    read(twice, USER)
    few, many = steps(lambda: read(once, USER)), steps(lambda: read(twice, USER))
    assert many < 1.5 * few
