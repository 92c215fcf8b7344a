"""Patterns whose words are data."""

import re
import tomllib
from importlib.resources import files

import pytest

from agent.lexicon.shapes import LANGUAGES, Shape, Words, alternatives, lists, tables

FOLDERS = ("place", "phone", "title", "timetable")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_list(folder: str, language: str) -> None:
    """A translator sees what there is to fill; a list may be empty."""
    assert _names(folder, language) == _names(folder, "en")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_list_is_explained(folder: str) -> None:
    """At the top of the English file."""
    text = (files("agent.lexicon") / folder / "en.toml").read_text(encoding="utf-8")
    told = " ".join(line for line in text.split("\n") if line.startswith("#"))
    assert [name for name in _names(folder, "en") if not re.search(rf"\b{name}\b", told)] == []


def _names(folder: str, language: str) -> list[str]:
    text = (files("agent.lexicon") / folder / f"{language}.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text))


@pytest.mark.parametrize(
    ("row", "said", "not_said"),
    [
        ("dial", "please dial 5", "dialled"),
        ("dial*", "he dialled", "redial"),
        ("*phone*", "smartphones", "phon"),
        ("(the) same", "same", "sam"),
        ("(the) same", "the same", "thesame"),
        ("at (the)", "at the", "that"),
        ("(a|b c) d", "b c d", "c d"),
        ("(ist|wird)? frei", "wird frei", "freitag"),
        ("l'", "l’accueil", "la"),
        ("i.e", "i.e. here", "ice"),
    ],
)
def test_a_row_is_found_where_words_begin_and_end(row: str, said: str, not_said: str) -> None:
    """Unless a star leaves one side open; what is in brackets may be left out."""
    pattern = re.compile(alternatives([row]))
    assert pattern.search(said)
    assert not pattern.search(not_said)


def test_a_shape_has_the_rows_of_all_languages() -> None:
    """Whatever language a mail is taken for."""
    shape = Shape("place", r"^<in_person>: (.+)$", caseless=True)
    for text in ("In person: Mill St 4", "Vor Ort: Mill St 4", "sur place: Mill St 4"):
        found = shape.match(text)
        assert found
        assert found[1] == "Mill St 4"


def test_a_capital_in_a_name_asks_for_one() -> None:
    """ "Road", not "road"."""
    shape = Shape("place", r"<Street>$")
    assert shape.search("12 Mill Road")
    assert not shape.search("on the road")


def test_an_empty_list_is_never_found() -> None:
    """A shape with it still compiles."""
    assert not re.search(alternatives([]), "anything")


def test_words_are_looked_up_whole() -> None:
    """In one list or several."""
    assert "of" in Words("title", "of", "within")
    assert "and" in Words("title", "of", "within")
    assert "and" not in Words("title", "of")


def test_tables_are_those_of_all_languages() -> None:
    """ "w sali 204" is the room "sala 204"."""
    assert tables("place")["cases"]["sali"] == "sala"
    assert lists("title")["surnames"]
