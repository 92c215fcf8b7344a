"""The user's own words behind a colon."""

import pytest

from agent.mail.continued import behind_a_colon


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        (
            "I would start with the runbooks. Then I'd ask.",
            "en",
            "start with the runbooks. Then I'd ask.",
        ),
        ("I'd like to meet everyone first", "en", "meet everyone first"),
        ("I know the domain", "en", "I know the domain"),
        ("Better docs", "en", "better docs"),
        ("Kubernetes upgrades", "en", "Kubernetes upgrades"),
        ("Ich würde zuerst die Doku aufräumen", "de", "zuerst die Doku aufräumen"),
        ("Ruhige Releases", "de", "Ruhige Releases"),
        ("Je commencerais par les tests", "fr", "je commencerais par les tests"),
        ("Des délais courts", "fr", "des délais courts"),
        ("Docker partout", "fr", "Docker partout"),
        ("Empezaría por los plazos", "es", "empezaría por los plazos"),
        ("", "es", ""),
    ],
)
def test_a_sentence_goes_on_behind_a_colon(text: str, language: str, wanted: str) -> None:
    """Who would do it is said before; a first word that is no name is written small."""
    assert behind_a_colon(text, language) == wanted
