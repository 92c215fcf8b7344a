"""The signs by which the employer is chosen."""

from collections.abc import Mapping, Sequence

import pytest

from agent.mail.employer import candidates
from agent.mail.employer_signs import employer_signs
from agent.mail.letterhead import letterhead
from tests.mail.reading import message


def signs(sender: str, text: str, *, proposed: bool = False) -> Mapping[str | None, Sequence[str]]:
    """The signs of every name of a mail."""
    mail = message(text, sender=sender)
    letter = letterhead(mail, mail.from_, text, "", "")
    return employer_signs(letter, candidates(mail, letter), proposed=proposed)


@pytest.mark.parametrize(
    ("sender", "name", "fit"),
    [
        ("Ida <ida@bristolforge.example>", "Bristol Forge", "exact"),
        ("Ida <ida@bristolforge-hr.example>", "Bristol Forge", "exact"),
        ("Ida <ida@gantrysoft.example>", "Bristol Forge", "none"),
        ("Ida <ida@gmail.com>", "Bristol Forge", "of no domain"),
        ("Ida <ida@xbristolforge.example>", "Bristol Forge", "ends domain"),
    ],
)
def test_a_name_is_held_against_the_senders_domain(sender: str, name: str, fit: str) -> None:
    """Nothing says more than that the sender's own domain is made of a name."""
    assert f"fit {fit}" in signs(sender, "See you at Bristol Forge on Monday.")[name]


@pytest.mark.parametrize(
    ("sender", "sort"),
    [
        ("Ida <ida@bristolforge.example>", "house"),
        ("no-reply <no-reply@bristolforge.example>", "robot"),
        ("Ida <ida@rowanstaffing.example>", "agency"),
        ("Ida <ida@ashgrovegroup.example>", "group"),
        ("Ida <ida@gmail.com>", "free"),
        ("Lever <no-reply@hire.lever.co>", "ats"),
    ],
)
def test_every_sign_counts_anew_for_each_sort_of_sender(sender: str, sort: str) -> None:
    """An agency's own domain tells who it is not."""
    found = signs(sender, "Thanks for applying to Bristol Forge.")["Bristol Forge"]
    assert f"{sort}, in text" in found


def test_the_words_beside_a_name_are_signs() -> None:
    """A beginning and an end count as words; a line's end is written as a backslash."""
    found = signs("Ida <ida@gmail.com>", "You applied at Bristol Forge\nlast week.")
    assert {"text< at", "text<< applied at", "text> \\", "text>> \\ last"} <= set(
        found["Bristol Forge"]
    )


def test_names_within_names_know_each_other() -> None:
    """Which of two forms is meant, their ends tell."""
    text = "Bristol Forge is hiring. Welcome to Bristol Forge Academy."
    found = signs("Ida <ida@gmail.com>", text)
    assert "longer by 1" in found["Bristol Forge"]
    assert "longer= academy" in found["Bristol Forge"]
    assert "shorter by 1" in found["Bristol Forge Academy"]


def test_that_nobody_is_named_is_a_candidate() -> None:
    """A mail may name no employer; what speaks for that stands by itself."""
    found = signs("Ida <ida@gmail.com>", "see you on monday.")
    assert list(found) == [None]
    assert "none" in found[None]


def test_a_proposal_says_where_the_user_works_and_for_whom_one_is_sought() -> None:
    """Both are names of firms; one of them hires."""
    text = "I liked your time at Danvers Rail. We are hiring for Cobb Marine."
    found = signs("Ida <ida@pellmarsh.example>", text, proposed=True)
    assert "former" in found["Danvers Rail"]
    assert "former" not in found["Cobb Marine"]
    assert "proposed, in text" in found["Cobb Marine"]
