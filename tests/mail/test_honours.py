"""Forms of address, ranks and titles before a name."""

import pytest

from agent.mail.honours import honour_in, nominative, without_rank


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("Battalion", "Chief", "Orr"), 0),
        (("Pflegedienstleitung", "Frau", "Wiedemann"), 1),
        (("Dana", "Fox"), None),
    ],
)
def test_an_honour_is_found_before_a_name(words: tuple[str, ...], place: int | None) -> None:
    """A rank of two words begins at the first of them."""
    assert honour_in(words) == place


def test_a_polish_name_after_with_is_written_by_itself() -> None:
    """ "z Kingą Zawadą" is Kinga Zawada."""
    assert nominative("Kingą Zawadą") == "Kinga Zawada"


def test_a_trade_between_address_and_name_falls_away() -> None:
    """ "Herr Rechtsanwalt Vogt" is Herr Vogt."""
    assert without_rank("Herr Rechtsanwalt Vogt") == "Herr Vogt"


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("Magdą", "Magda"),
        ("panią Krystynę", "pani Krystyna"),
        ("panem Tomaszem Rakiem", "Tomasz Rak"),
        ("pana Jana Kowalskiego", "Jan Kowalski"),
        ("panem Kaczmarkiem", "pan Kaczmarek"),
        ("profesorem Wroną", "profesor Wrona"),
        ("pani Ewa", "pani Ewa"),
        ("Herr Vogt", "Herr Vogt"),
    ],
)
def test_a_polish_name_stands_in_the_case_of_its_own(said: str, own: str) -> None:
    """Behind "z", "o" and "od" with and without a form of address."""
    assert nominative(said) == own
