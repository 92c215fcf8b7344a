"""Which language a text is in."""

import pytest

from agent.mail.language import is_in_another, language_around, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please let me know if that works for you.", "en"),
        ("ok, donnerstag um acht passt gut, bis dann", "de"),
        ("d'accord pour jeudi, je vous appelle", "fr"),
        ("vale, nos vemos mañana por la tarde", "es"),
        ("prima, kom dan zaterdag maar even langs", "nl"),
        ("va bene, ci vediamo domani alle cinque", "it"),
        ("bom dia, amanhã às três está bem", "pt"),
        ("dobrze, do zobaczenia we wtorek o dziewiątej", "pl"),
        ("Inleveren vóór zondag 17 mei.", "nl"),
        ("Tues 10?", "en"),
        ("", "en"),
    ],
)
def test_short_letters(text: str, language: str) -> None:
    """Where nothing speaks clearly for another, it is English."""
    assert language_of(text) == language


def test_a_short_text_is_read_with_what_stands_around_it() -> None:
    """An empty invitation with an Italian subject is Italian; a long text speaks for itself."""
    assert language_around("", "Invito: secondo colloquio Winter, gio 10 set 2026") == "it"
    assert language_around("Guten Tag,", "Ihre Anfrage ist eingegangen") == "de"
    assert language_around("see you there then " * 10, "Ihre Anfrage ist eingegangen") == "en"


def test_an_hour_in_english_is_no_german() -> None:
    """ "10am" has a German word in it."""
    assert language_around("Tuesday works best here, 10am or 2pm?", "") == "en"
    assert language_around("10am?", "Tuesday") == "en"


NOTES = {
    "en": (
        "on time, always",
        "documentation and tests",
        "she wants fewer meetings",
        "clear deadlines",
        "Dr. Müller cares about quality",
        "quick turnaround",
        "migration to SAP in Q3",
        "le Carré fans, the whole team",
        "résumé parsing",
    ),
    "de": (
        "kurze Wege",
        "Pünktlichkeit ist wichtig",
        "legt Wert auf Dokumentation",
        "sucht jemanden mit Erfahrung",
        "mehr Testabdeckung",
        "Qualität vor Tempo",
        "weniger Besprechungen",
    ),
    "fr": (
        "tient aux délais",
        "la documentation",
        "les tests",
        "insiste sur la documentation",
        "des délais courts",
        "elle aime les tests automatisés",
        "la qualité avant tout",
        "Paul veut moins de réunions",
        "respect des normes",
        "travailler en équipe",
        "Leila attend un rapport clair",
    ),
    "es": (
        "cumplir los plazos",
        "le importa la documentación",
        "menos reuniones",
        "la calidad ante todo",
        "trabajo en equipo",
        "quiere pruebas automáticas",
        "plazos cortos",
    ),
}


@pytest.mark.parametrize("language", NOTES)
def test_a_note_of_a_few_words_is_of_its_own_language(language: str) -> None:
    """A short note is left out of no mail in its own language."""
    assert [note for note in NOTES[language] if is_in_another(note, language)] == []


@pytest.mark.parametrize(("noted", "mail"), [(a, b) for a in NOTES for b in NOTES if a != b])
def test_a_note_of_a_few_words_goes_into_no_mail_of_another_language(noted: str, mail: str) -> None:
    """Of those that hold a word of their language, which most do."""
    told = [note for note in NOTES[noted] if not is_in_another(note, mail)]
    both = {"la documentation", "les tests"} if (noted, mail) == ("fr", "es") else set()
    assert set(told) - both <= {"clear deadlines", "résumé parsing", "migration to SAP in Q3"}


@pytest.mark.parametrize("note", ["SAP, CAD, Docker", "Kubernetes", "", "42", "Anna van der Berg"])
def test_names_and_words_of_trade_are_of_every_language(note: str) -> None:
    """They go into any mail."""
    assert not any(is_in_another(note, language) for language in NOTES)
