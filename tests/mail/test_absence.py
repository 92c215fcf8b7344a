"""Answering machines: the first day on which somebody is back, in eight languages."""

from datetime import UTC, date, datetime

import pytest

from agent.mail.absence import returns_on

NOW = datetime(2026, 12, 2, 16, tzinfo=UTC)  # a Wednesday


def back(text: str, language: str = "en") -> date | None:
    return returns_on(text, NOW, zone="Europe/Berlin", country="DE", language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I am out of the office until Friday, 11 December. For urgent matters call Bob."),
        ("en", "I am on leave from 3 to 11 December."),
        ("de", "Ich bin bis zum 11. Dezember nicht im Büro."),
        ("de", "Ich bin vom 03.12. bis 11.12.2026 im Urlaub."),
        ("fr", "Je suis absent jusqu'au 11 décembre inclus."),
        ("es", "Estaré fuera de la oficina hasta el 11 de diciembre."),
        ("it", "Sarò assente fino al 11 dicembre."),
        ("nl", "Ik ben afwezig tot en met 11 december."),
        ("pt", "Estarei ausente até 11 de dezembro."),
        ("pl", "Jestem nieobecny do 11 grudnia."),
    ],
)
def test_the_day_after_the_last_day_away(language: str, text: str) -> None:
    """Whoever is away until the 11th is back on the 12th at the earliest."""
    assert back(text, language) == date(2026, 12, 12)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm away and will be back on Monday 14 December."),
        (
            "en",
            "I am out from December 3rd through December 11th and will return on December 14th.",
        ),
        ("de", "Ab dem 14.12.2026 bin ich wieder erreichbar."),
        ("fr", "Je serai de retour le lundi 14 décembre."),
        ("es", "Vuelvo el 14 de diciembre."),
        ("it", "Rientrerò lunedì 14 dicembre."),
        ("nl", "Ik ben op 14 december terug."),
        ("pt", "Voltarei no dia 14 de dezembro."),
        ("pl", "Wracam 14 grudnia."),
    ],
)
def test_the_day_on_which_they_say_they_are_back(language: str, text: str) -> None:
    """It goes before the last day away, where both are named."""
    assert back(text, language) == date(2026, 12, 14)


@pytest.mark.parametrize(
    "text",
    [
        "I am currently out of the office.",
        "I left the company on 30 November.",
        "Back on Monday, 2 December 2024.",
        "I am on parental leave until December 2028.",
        "",
    ],
)
def test_no_day_is_made_up(text: str) -> None:
    """Nor is a past one taken, nor one that nobody waits for."""
    assert back(text) is None
