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


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("You would be with our subsidiary Kestrel Lifts.", "Kestrel Lifts", "of the writers"),
        ("Una delle nostre aziende, Filati Orsi, assume.", "Filati Orsi", "of the writers"),
        ("Terrawell - a Vantry Group company", "Vantry Group", "group told"),
        ("Yours, Meek & Dale Recruitment", "Meek & Dale", "called an agency"),
        ("Roger at Hexholm rang this morning.", "Hexholm", "acts"),
    ],
)
def test_words_beside_a_name_say_what_it_is(text: str, name: str, sign: str) -> None:
    """A firm of the writer's group, the group itself, an agency, and who has rung."""
    assert sign in signs("Ida <ida@gantrysoft.example>", text)[name]


@pytest.mark.parametrize(
    ("subject", "sign"),
    [
        ("Frostlake", "is subject"),
        ("Re: Frostlake - new time", "begins subject"),
        ("New time - Frostlake", "ends subject"),
    ],
)
def test_where_a_name_stands_in_the_subject(subject: str, sign: str) -> None:
    """An agency that writes of one client begins the subject with it."""
    mail = message("See you then.", sender="Ida <ida@gantrysoft.example>", subject=subject)
    letter = letterhead(mail, mail.from_, mail.text, "", "")
    assert sign in employer_signs(letter, candidates(mail, letter))["Frostlake"]


def test_initials_stand_for_the_name_that_they_are_of() -> None:
    """ "ECBF" and the European Centre for Bee Farming are one house."""
    text = "The European Centre for Bee Farming thanks you. ECBF Selection"
    found = signs("ECBF <selection@gantrysoft.example>", text)
    assert "stands for another" in found["ECBF"]
    assert "has a short form" in found["The European Centre for Bee Farming"]


@pytest.mark.parametrize(
    ("sender", "text", "name"),
    [
        ("Ida <ida@agency.example>", "Your CV is with Halden Marine for Yard Manager.", "Halden Marine"),
        ("Ida <ida@adegadasartes.example>", "A conversa: Adega das Sartes, amanhã.", "Adega das Sartes"),
        ("Castor Re <castor@myworkday.com>", "Your interest in Castor Re is noted.", "Castor Re"),
        ("Redactie Het Veer <redactie@hetveer.example>", "Tot morgen.", "Het Veer"),
        ("Talentteam Halden <jobs@haldenretail.example>", "Bedankt.", "Halden"),
    ],
)  # fmt: skip
def test_a_name_is_found_without_what_stands_beside_it(sender: str, text: str, name: str) -> None:
    """A post behind "for", a small word inside a name, a desk before it."""
    assert name in signs(sender, text)


def test_a_legal_form_is_no_part_of_a_domains_name() -> None:
    """ "haldenkoelingbv" is Halden Koeling B.V."""
    found = signs("Bram <bram@haldenkoelingbv.example>", "Groet, Halden Koeling")
    assert "fit exact" in found["Halden Koeling"]
