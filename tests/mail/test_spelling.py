"""How a domain's letters are found again in a name."""

import pytest

from agent.mail.spelling import abbreviates, aligned, initials, spaced, squash


@pytest.mark.parametrize(
    ("label", "words", "found"),
    [
        ("bristolforge", "Bristol Forge", "Bristol Forge"),
        ("moebelwerk-nord", "Möbelwerk Nord Team", "Möbelwerk Nord"),
        ("pellandmoor", "Pell & Moor", "Pell & Moor"),
        ("fernarch", "Fern Architects", "Fern Architects"),
        ("tidefordre", "Tideford Real Estate", "Tideford Real Estate"),
        ("wold-nhs", "Wold Community NHS", "Wold Community NHS"),
        ("ironvaultdc", "IronVault", "IronVault"),
        ("vins-duclos", "Duclos Vins", "Duclos Vins"),
    ],
)
def test_a_label_is_found_in_the_words_it_was_made_of(label: str, words: str, found: str) -> None:
    """Whole words, words cut short, initials, words left out, halves changed about."""
    parts = tuple(words.split())
    fit = aligned(label, parts)
    assert fit is not None
    assert " ".join(parts[fit.start : fit.end]) == found


@pytest.mark.parametrize(
    ("label", "words"),
    [("meta", "Metaverse Conference"), ("hartnellfarms", "Hartnell"), ("acme", "The Ace Meeting")],
)
def test_other_words_are_not_taken_for_it(label: str, words: str) -> None:
    """Meta is not in Metaverse, a surname alone is not the family's firm."""
    assert aligned(label, tuple(words.split())) is None


def test_legal_forms_and_ampersands_even_out() -> None:
    """ "Basalt & Co" and "basaltandco" are one name."""
    assert squash("Basalt & Co") == squash("basaltandco")


def test_a_label_nobody_spells_out_is_spaced_by_known_words() -> None:
    """A hyphen, "the" and a word of business part it."""
    assert spaced("red-kite", ()) == "Red Kite"
    assert spaced("thelanternhotel", ("hotel",)) == "The Lantern Hotel"
    assert spaced("theatreroyal", ()) == "Theatreroyal"


def test_the_first_part_of_a_label_can_be_the_initials_of_a_body() -> None:
    """Of three words at least, small ones apart."""
    assert initials("dhs-statewide", "Department of Human Services".split())
    assert not initials("dh-statewide", "Department of Health".split())


def test_an_elided_article_is_no_letter_of_a_domain() -> None:
    """ "d'Arvor" is "arvor" there."""
    fit = aligned("conserverie-arvor", ("Conserverie", "d'Arvor"))
    assert fit is not None
    assert (fit.start, fit.end, fit.quality) == (0, 2, 1.0)


@pytest.mark.parametrize(
    ("label", "words", "shortens"),
    [
        ("cmva", "Crédit Mutualiste du Val d'Authie", True),
        ("rechtbank-mr", "Rechtbank Middenrivieren", True),
        ("spzoz-brzezina", "Samodzielny Publiczny Zakład Opieki Zdrowotnej w Brzezinie", True),
        ("calder-law", "Calder Whitfield Solicitors", False),
        ("acme", "Anna Meyer", False),
    ],
)
def test_a_label_shortens_a_name_by_the_beginnings_of_its_words(
    label: str, words: str, *, shortens: bool
) -> None:
    """In their order, with one word left out at the most."""
    assert abbreviates(label, tuple(words.split())) is shortens
