"""People who are only spoken of."""

import pytest

from agent.mail.named import named_in
from agent.mail.spoken import only_spoken_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You'd be replacing Carol, who retires at Easter.", "en"),
        ("The post has been vacant since Carol left.", "en"),
        ("I'm covering for Susan this week.", "en"),
        ("I got your details from Brian Coates.", "en"),
        ("Brian Coates gave me your number.", "en"),
        ("Our last apprentice, Danny, went on to run his own shop.", "en"),
        ("Danny, our last apprentice, is at college now.", "en"),
        ("If you have questions while I am away, Susan can help.", "en"),
        ("Ihre Nummer habe ich von Frau Bähr.", "de"),
        ("Die Stelle wird frei, weil Herr Lutz in Rente geht.", "de"),
        ("Nadia m'a donné vos coordonnées.", "fr"),
        ("Il s'agit du remplacement de Nadia.", "fr"),
        ("Tu contacto me lo pasó Lola.", "es"),
        ("Es para sustituir a Lola, que se jubila.", "es"),
        ("Ik kreeg je naam van Bram.", "nl"),
        ("Peguei seu contato com o Renato Dias.", "pt"),
        ("O Renato indicou você.", "pt"),
        ("Ho avuto il suo contatto da Luca.", "it"),
        ("Pani kontakt mam od Kasi.", "pl"),
    ],
)
def test_who_is_only_spoken_of_is_not_met(text: str, language: str) -> None:
    """Neither those whose place is free nor those who gave a name away are named."""
    assert not named_in(text, freely=True, language=language)


def test_a_child_is_met_where_it_is_said_to_be_there() -> None:
    """ "My daughter Ewa will be with us" names her, "My daughter Ella is off school" does not."""
    there = "My daughter Ewa will be with us."
    assert [each.name for each in named_in(there, freely=True)] == ["Ewa"]
    assert not named_in("My daughter Ella is off school.", freely=True)


def test_who_stands_in_for_the_writer_is_met() -> None:
    """ "Rob Pike will be standing in for me" holds the talk."""
    text = "Rob Pike will be standing in for me."
    assert not only_spoken_of(text, 0, len("Rob Pike"))


@pytest.mark.parametrize(
    "text",
    [
        "The candidate before you is Helen, so you may pass her.",
        "Helen, who did the job before, has moved to Leeds.",
        "The seminar by Professor Ekholm is at 14:00.",
        "We are based in the old Harold Wood building.",
        "You mentioned Professor Hughes in your letter.",
    ],
)
def test_others_whom_a_mail_speaks_of_are_not_met(text: str) -> None:
    """Other candidates, those before, those who give a lecture, and those after whom houses are called."""
    assert not named_in(text, freely=True)
