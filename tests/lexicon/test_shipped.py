"""Expressions of many rows."""

import re

import pytest

from agent.lexicon.shipped import by_letter, shipped, ways


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("a", ["a"]),
        ("a|b", ["a", "b"]),
        ("a(?:b|c)|d", ["a(?:b|c)", "d"]),
        (r"(?:a|b)c|\(d\|e", ["(?:a|b)c", r"\(d\|e"]),
        (r"a(?:s|\(e\))?|b", [r"a(?:s|\(e\))?", "b"]),
    ],
)
def test_an_expression_is_cut_into_its_ways(expression: str, parts: list[str]) -> None:
    """At its bars, not at those of its groups or at escaped ones."""
    assert ways(expression) == parts


@pytest.mark.parametrize(
    ("rows", "one"),
    [
        (["ab", "ac", "b"], "a(?:b|c)|b"),
        (["ab", "b", "ac"], "a(?:b|c)|b"),
        (["ab|b", "ac"], "a(?:b|c)|b"),
        (["a?b", "ac"], "a?b|ac"),
        ([r"\w*ab", "ac"], r"\w*ab|ac"),
        (["(?:ab|ac|d)e?", "b"], "a(?:be?|ce?)|de?|b"),
        (["(?:ab|ac|d)?e", "b"], "(?:a(?:b|c)|d)?e|b"),
        (["(?:ab|ac|d|e|f|g|h)i", "b"], "(?:a(?:b|c)|d|e|f|g|h)i|b"),
        ([r"\bab", r"\b(?:ac|d)", "ab"], r"\b(?:a(?:b|c)|d)|ab"),
        ([], ""),
    ],
)
def test_rows_are_put_together_by_their_letters(rows: list[str], one: str) -> None:
    """In their order; a letter that need not be there tells nothing."""
    assert by_letter(rows) == one


def test_the_trades_match_what_they_match_row_by_row() -> None:
    """Nothing is lost between the letters."""
    rows = list(shipped("trades").values())
    plain, grouped = re.compile("|".join(rows)), re.compile(by_letter(rows))
    words = {word for row in rows for word in re.findall(r"\w{3,}", row)}
    words |= {
        f"{word}{ending}" for word in words for ending in ("in", "a", "e", "er", "eur", "rice")
    }
    found = {word for word in words if plain.fullmatch(word)}
    assert len(found) > 1_000
    assert found == {word for word in words if grouped.fullmatch(word)}


def test_a_file_is_read_once() -> None:
    """Several callers ask for the words of one language."""
    assert shipped("place", "en") is shipped("place", "en")
    assert shipped("place", "xx") == {}
