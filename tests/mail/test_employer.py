"""The employer's name, from senders, subjects and prose."""

import pytest

from agent.mail.employer import employer, spelled, squash
from tests.mail.reading import message


def named(text: str = "", signature: str = "", **fields: str) -> str | None:
    """The employer of a mail."""
    return employer(message(text, **fields), text, signature, "")


@pytest.mark.parametrize(
    ("sender", "subject", "company"),
    [
        (
            "Ann Lee <ann@carrickbayhotel.example>",
            "Carrick Bay Hotel - porter",
            "Carrick Bay Hotel",
        ),
        ("Acme Recruiting <no-reply@hire.lever.co>", "Hello", "Acme"),
        ("Acme via Greenhouse <no-reply@us.greenhouse-mail.io>", "Hello", "Acme"),
        ("Ann at Acme <ann.lee@gmail.com>", "Hello", "Acme"),
        ("Workday <aldermere@myworkday.com>", "Aldermere: next steps", "Aldermere"),
        (
            "LinkedIn <jobs-noreply@linkedin.com>",
            "Your application to Clerk at Marlin & Hobbs",
            "Marlin & Hobbs",
        ),
        ("Tom <tom@keelrecruit.example>", "Client meeting", None),
    ],
)
def test_the_employer_is_neither_platform_nor_agency(
    sender: str, subject: str, company: str | None
) -> None:
    """Who relays the mail is not who hires."""
    assert named("Hello Alex", sender=sender, subject=subject) == company


def test_a_domain_is_spelled_as_the_text_spells_it() -> None:
    """Capitals, spaces and accents come from the mail."""
    assert spelled("moebelwerk-nord", "Ihr Möbelwerk Nord Team") == "Möbelwerk Nord"


def test_a_name_inside_a_longer_word_is_not_it() -> None:
    """Meta is not in Metaverse."""
    assert spelled("meta", "the Metaverse is here") is None


def test_legal_forms_and_ampersands_even_out() -> None:
    """ "Basalt & Co" and "basaltandco" are one name."""
    assert squash("Basalt & Co") == squash("basaltandco")
