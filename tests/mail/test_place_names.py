"""What a place is called, and where its name ends."""

import pytest

from agent.mail.cues import cues
from agent.mail.place_names import is_called, is_no_place, last_start, led, place_of, sentence


@pytest.mark.parametrize(
    ("language", "rest", "place"),
    [
        ("en", "in Bridge House, 40 Quay St. Come early", "Bridge House, 40 Quay St"),
        ("en", "at our offices in Bridge House, 40 Quay St", "Bridge House, 40 Quay St"),
        ("en", "at the staff gate on Harrow Road please", "staff gate on Harrow Road"),
        ("de", "im Büro (Lindenallee 14, 50968 Köln)", "Lindenallee 14, 50968 Köln"),
        ("it", "in via Po 8, scala B. La riceverà Anna", "via Po 8, scala B"),
        ("pl", "w sali 204, zapraszamy", "sala 204"),
        ("en", "at the office", None),
        ("en", "in the same place", None),
        ("en", "on 020 7946 0000", None),
    ],
)
def test_a_name_of_a_place_ends_where_the_sentence_goes_on(
    language: str, rest: str, place: str | None
) -> None:
    """Behind the preposition; general words, the same place and numbers to call are none."""
    assert place_of(rest, cues(language)) == place


def test_a_preposition_leads_to_what_begins_like_a_name() -> None:
    """Not to what one is told to stay away from, nor to a deed."""
    text = "Come to the Lodge and not to Senate House"
    assert [rest.partition(" and")[0] for rest in led(text, cues("en"))] == ["the Lodge"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ul. Rynkowa 2, pok. 117. Zapraszamy.", "ul. Rynkowa 2, pok. 117. Zapraszamy."),
        ("Come to 12 Mill St. Ask for Bo.", "Come to 12 Mill St."),
    ],
)
def test_a_short_word_ends_no_sentence(text: str, first: str) -> None:
    """But the end of a street does."""
    assert sentence(text) == first


def test_the_last_sentence_of_a_text_is_known_by_its_start() -> None:
    """A text of one sentence begins with it."""
    assert last_start("Ask for Bo. Come at ten") == len("Ask for Bo. ")
    assert last_start("Come at ten") == 0


def test_what_is_called_like_a_place_has_no_verb() -> None:
    """ "Front office" is a place, "Park behind the building" a wish."""
    assert is_called("Front office", cues("en"))
    assert not is_called("Park behind the building", cues("en"))


@pytest.mark.parametrize(
    "words",
    ["Zoom", "https://meet.example/1", "call us on 020 7946 0000", "Enter the interview room"],
)
def test_links_numbers_and_deeds_are_no_places(words: str) -> None:
    """Nobody can go there."""
    assert is_no_place(words)
