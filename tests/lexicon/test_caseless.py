"""Patterns without regard to case: what they match, and where."""

import re

import pytest

from agent.lexicon.caseless import Caseless, small


@pytest.mark.parametrize("text", ["APPLICATION TO", "application to", "Application To"])
def test_it_matches_in_any_case(text: str) -> None:
    """Capitals of the pattern and of the text make no difference."""
    found = Caseless(r"Application\s(?:to|with)").fullmatch(text)
    assert found is not None
    assert found[0] == "application to"


def test_an_escape_keeps_its_meaning() -> None:
    r"""`\S` and `\W` are not turned into `\s` and `\w`."""
    assert Caseless(r"\S\W\D").match("A-B") is not None
    assert Caseless(r"\S").match(" ") is None


def test_a_match_stands_where_it_stands_in_the_text() -> None:
    """A letter that would become two in small letters moves nothing behind it."""
    text = "İSTANBUL: Role of Cook"
    found = Caseless(r"\brole of\b").search(text)
    assert found is not None
    assert text[found.start() : found.end()] == "Role of"


def test_every_place_is_found_that_the_engine_finds_by_itself() -> None:
    """The same places as with `re.IGNORECASE`."""
    text = "Für ÉCOLE und école, FÜR alle"
    pattern = r"für|école"
    expected = [m.span() for m in re.finditer(pattern, text, re.IGNORECASE)]
    assert [m.span() for m in Caseless(pattern).finditer(text)] == expected


def test_small_letters_are_as_long_as_the_text() -> None:
    """Positions in the one are positions in the other."""
    assert small("İzmir Office") == "izmir office"
