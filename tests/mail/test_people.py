"""Who is on the other side."""

from agent.domain.facts import Kind, Person
from agent.mail.people import people_in
from tests.mail.reading import USER, message


def people(
    text: str,
    signature: str = "",
    sender: str = "Ruth Okafor <ruth@harbour.example>",
    kind: Kind = Kind.INTERVIEW_CONFIRMED,
    **fields: str,
) -> tuple[Person, ...]:
    """The people of a mail."""
    mail = message(text, sender=sender, **fields)
    return people_in(mail, kind, text, signature, (), USER, "Harbour")


def names(text: str, signature: str = "", **fields: str) -> list[str | None]:
    """The names found in a mail that fixes an interview."""
    return [person.name for person in people(text, signature, **fields)]


def test_named_interviewers_are_found() -> None:
    """By the words that introduce them."""
    text = "You will meet Priya Nair (Engineering Manager).\nPanel: Tom Hale, Mia Wong"
    assert set(names(text)) == {"Ruth Okafor", "Priya Nair", "Tom Hale", "Mia Wong"}


def test_the_user_is_nobody_on_the_other_side() -> None:
    """Also by first name."""
    assert names("Alex will meet Alex Moreno.") == ["Ruth Okafor"]
