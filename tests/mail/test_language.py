"""Which language a text is in."""

import pytest

from agent.mail.language import language_around, language_of


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
