"""The last guard: what is stopped before it becomes a draft, and what is not."""

import pytest

from agent.mail.lint import problems_in, problems_in_piece, word_count
from tests.mail.steps import steps

GOOD = """Dear Jane,

Thank you for the interview on Tuesday. I remain interested in the Data Engineer role at Acme, and \
I would be glad to take the next step. What would that be, and when do you expect it?

Please let me know if anything is missing from me.

Kind regards,
Alex Kim
"""


def test_a_good_mail_has_no_problems() -> None:
    """An ordinary note passes."""
    assert problems_in(GOOD) == ()


@pytest.mark.parametrize(
    "left_in",
    [
        "{{ company }}",
        "{name}",
        "{% if x %}",
        "[Company]",
        "[Your Name]",
        "<name>",
        "None",
        "undefined",
        "TODO",
        "XXX",
        "N/A",
    ],
)
def test_a_placeholder_is_stopped(left_in: str) -> None:
    """Whatever form it has, a hole that somebody was to fill in is seen."""
    assert any("placeholder" in p for p in problems_in(GOOD.replace("Acme", left_in)))


@pytest.mark.parametrize(
    "phrase",
    ["I was just checking in.", "Circling back on this.", "As per my last email.", "Per my last email.",
     "I hope this finds\nyou well.", "I wanted to touch base."],
)  # fmt: skip
def test_a_worn_out_phrase_is_stopped(phrase: str) -> None:
    """The phrases that recruiters are tired of, in any case and across a line end."""
    assert any("worn-out" in p for p in problems_in(GOOD.replace("Please let me know", phrase)))


@pytest.mark.parametrize("name", ["Del", "Am", "At", "Chez"])
def test_a_name_is_not_taken_for_a_broken_sentence(name: str) -> None:
    """People are called by words that end no sentence."""
    assert problems_in(GOOD.replace("Jane", name)) == ()


def test_three_exclamation_marks_are_stopped() -> None:
    """Three in one mail, together or apart; two pass."""
    assert problems_in(GOOD.replace("interview on Tuesday.", "interview on Tuesday!!!")) != ()
    assert problems_in(GOOD.replace(".", "!")) != ()
    assert problems_in(GOOD.replace("Tuesday.", "Tuesday!")) == ()


@pytest.mark.parametrize(
    ("good", "broken"),
    [
        ("at Acme, and", "at , and"),
        ("at Acme, and", "at, and"),
        ("on Tuesday.", "on Tuesday .."),
        ("Thank you for the", "Thank you  for the"),
        ("the Data Engineer role at Acme", "the the role"),
        ("Data Engineer role at Acme, and", "Data Engineer role at Acme,, and"),
        ("Dear Jane,", "Dear ,"),
        ("Dear Jane,", "Dear"),
        ("Dear Jane,\n", "\n"),
        ("\n\nPlease", "\n\n\n\nPlease"),
        ("the Data Engineer role at Acme, and", "the, and"),
    ],
)
def test_a_hole_where_a_value_was_missing_is_stopped(good: str, broken: str) -> None:
    """Where a reader would stumble, the draft is not stored."""
    assert good in GOOD
    assert problems_in(GOOD.replace(good, broken, 1)) != ()


@pytest.mark.parametrize(
    "fine",
    ["That is who I am.", "There is more to look at.", "Ich nehme das gern an.", "Nous nous réjouissons.",
     "See https://www.example.org/a..b for it.", "Au revoir\u00a0!", "I had had a doubt."],
)  # fmt: skip
def test_a_sound_sentence_is_not_stopped(fine: str) -> None:
    """What only looks like a slip passes."""
    assert problems_in(GOOD.replace("Please let me know", f"{fine} Please let me know")) == ()


def test_a_mail_of_almost_no_words_is_stopped_and_so_is_a_flood() -> None:
    """Without a template's name only what cannot be meant is stopped."""
    assert problems_in("Dear Jane,\n\nThank you.\n\nKind regards,\nAlex\n") != ()
    assert problems_in(GOOD.replace("Please", "word " * 500 + "Please")) != ()


def test_with_its_template_the_length_is_held_against_what_suits_it() -> None:
    """A check-in of that length is fine, a thank-you is not."""
    assert problems_in(GOOD, "check_in.first") == ()
    assert any("too few" in p for p in problems_in(GOOD, "thank_you.panel"))


def test_words_are_what_a_reader_counts() -> None:
    """Dashes alone are no words; numbers are."""
    assert word_count("Dear Jane – 4 December, 15:00") == 5


def test_a_piece_that_is_no_mail_needs_neither_greeting_nor_length() -> None:
    """What is pasted or said is held to everything else."""
    assert problems_in_piece("Thank you for our talk. May I add you to my network?") == ()
    assert problems_in_piece("Thank you for our talk at {{ company }}.") != ()
    assert problems_in_piece("I am just checking in about the role.") != ()
    assert problems_in_piece("Thank you for our talk at , and for your time.") != ()


@pytest.mark.parametrize(
    "hostile", ["[" * 100_000, "the " * 25_000, " ,." * 30_000, "<" * 100_000, "!" * 100_000]
)
def test_a_hostile_text_is_read_in_no_time(hostile: str) -> None:
    """A hundred kilobytes are looked through a few times, and told to be no letter."""
    letter = f"Dear Jane,\n\n{hostile}\n"
    assert any("words are too" in problem for problem in problems_in(letter))
    assert steps(lambda: problems_in(letter)) < 200


def test_a_name_of_one_word_twice_is_a_name() -> None:
    """ "Le Le", "A A" and "A.A a" are called so, and "AA A a"; a value that is missing leaves small letters."""
    body = "Dear Le Le,\n\nI write about the role at A A, A.A a and AA A a. {}\n\nKind regards,\nAda".format(
        "word " * 30
    )
    assert not any("twice" in each for each in problems_in(body.replace("  ", " ")))
    assert any("twice" in each for each in problems_in(body.replace("A A", "at at")))
