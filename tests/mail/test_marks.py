"""Short marks in subjects, addresses and signatures, in the languages of mail."""

import tomllib
from importlib.resources import files

import pytest

from agent.mail.marks import answers, marked, opens


@pytest.mark.parametrize(
    "sender",
    [
        "bewerbung@klinik.example",
        "Service recrutement rh@mairie.example",
        "RRHH Norte rrhh@norte.example",
        "vacatures@zorg.example",
        "Ufficio Personale posta@pastificio.example",
        "rekrutacja@huta.example",
        "vagas@padaria.example",
        "jobs-emplois@lakes.example",
    ],
)
def test_desks_for_hiring_are_known_in_every_language(sender: str) -> None:
    """An address tells a desk for hiring, whatever its language."""
    assert marked("desk", sender)


@pytest.mark.parametrize("sender", ["jobson@acme.example", "Ann Rhodes ann@theatre.example"])
def test_names_are_no_desks(sender: str) -> None:
    """A mark is a word, not a piece of one."""
    assert marked("desk", sender) is None


def test_own_words_are_those_of_the_language_and_of_english() -> None:
    """What users write who apply is looked for in the mail's language and in English."""
    assert marked("own_words", "Anbei finden Sie meine Bewerbung.", "de") == "meine bewerbung"
    assert marked("own_words", "I attach my CV.", "de") == "my cv"
    assert marked("own_words", "Anbei finden Sie meine Bewerbung.", "fr") is None


@pytest.mark.parametrize("subject", ["Re: hi", "AW: Termin", "Odp.: rozmowa", "Rép : poste"])
def test_answers_are_known_by_their_subject(subject: str) -> None:
    """Mail programs begin it in the language of their user."""
    assert answers(subject)


@pytest.mark.parametrize("subject", ["Reference: 12", "Research: apply now", "hello", ""])
def test_other_subjects_are_no_answers(subject: str) -> None:
    """A word that only begins so is none."""
    assert not answers(subject)


@pytest.mark.parametrize(
    "subject",
    ["Automatische Antwort: Termin", "Réponse automatique : bonjour", "Automatyczna odpowiedź: CV"],
)
def test_answering_machines_are_known_by_their_subject(subject: str) -> None:
    """Outlook writes it in the language of its user."""
    assert opens("automatic", subject)


@pytest.mark.parametrize(
    "subject",
    [
        "Updated invitation: Interview",
        "Aktualisierte Einladung: Gespräch",
        "Zaktualizowane zaproszenie: rozmowa",
    ],
)
def test_changed_invitations_are_known_by_their_subject(subject: str) -> None:
    """Calendars write it in the language of their user."""
    assert opens("updated", subject)


def test_every_mark_has_every_language() -> None:
    """A translator sees what is missing."""
    data = files("agent.lexicon").joinpath("marks.toml").read_text(encoding="utf-8")
    spoken = {"en", "de", "fr", "es", "nl", "pt", "it", "pl"}
    assert all(spoken <= set(lists) for lists in tomllib.loads(data).values())
