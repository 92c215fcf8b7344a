"""Which language a text is in."""

import pytest

from agent.mail.language import language_of


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
