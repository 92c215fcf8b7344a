"""Who is on the other side."""

from agent.domain.facts import Kind, PersonRole
from agent.mail.people import people_in
from tests.mail.reading import USER, message


def names(
    text: str, signature: str = "", sender: str = "Ruth Okafor <ruth@harbour.example>"
) -> list[str | None]:
    """The names found in a mail that fixes an interview."""
    mail = message(text, sender=sender)
    found = people_in(mail, Kind.INTERVIEW_CONFIRMED, text, signature, (), USER, "Harbour")
    return [person.name for person in found]


def test_named_interviewers_are_found() -> None:
    """By the words that introduce them."""
    text = "You will meet Priya Nair (Engineering Manager).\nPanel: Tom Hale, Mia Wong"
    assert set(names(text)) == {"Ruth Okafor", "Priya Nair", "Tom Hale", "Mia Wong"}


def test_the_user_is_nobody_on_the_other_side() -> None:
    """Also by first name."""
    assert names("Alex will meet Alex Moreno.") == ["Ruth Okafor"]


def test_an_address_nobody_reads_is_no_person() -> None:
    """A platform's name is no name."""
    assert names("Hello", sender="Harbour Careers <no-reply@hire.lever.co>") == []


def test_a_recruiters_signature_gives_title_and_role() -> None:
    """The line below the name."""
    mail = message("Hello", sender="Ruth Okafor <ruth@harbour.example>")
    (person,) = people_in(
        mail,
        Kind.STATUS_UPDATE,
        "Hello",
        "Ruth Okafor\nTalent Partner\nHarbour",
        (),
        USER,
        "Harbour",
    )
    assert (person.title, person.role) == ("Talent Partner", PersonRole.RECRUITER)


def test_two_mentions_of_one_person_are_one() -> None:
    """ "Priya" after "Priya Nair" adds nobody."""
    assert names("You will meet Priya Nair. Ask for Priya at the desk.") == [
        "Ruth Okafor",
        "Priya Nair",
    ]
