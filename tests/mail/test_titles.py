"""Titles as phrases."""

import pytest

from agent.mail.titles import plausible, title_at, title_ending, titled, trimmed, unframed


@pytest.mark.parametrize(
    "phrase", ["Ward Clerk", "Eligibility Specialist I", "Head of Data", "Altenpflegehelfer"]
)
def test_a_phrase_is_built_like_a_title(phrase: str) -> None:
    """By its last word, or its first."""
    assert titled(phrase)


def test_a_title_ends_where_the_sentence_goes_on() -> None:
    """At punctuation, at a stop word, and where capitals end."""
    text = "for Dock Supervisor (2nd shift) at Corvo. More"
    assert title_at(text, 4) == "Dock Supervisor (2nd shift)"
    assert title_at("Director, Financial Planning. We", 0) == "Director, Financial Planning"


def test_the_words_before_a_noun_are_taken_back_to_the_article() -> None:
    """And no further than the capitals go."""
    assert title_ending("we talked about the Dock Lead".split()) == "Dock Lead"
    assert title_ending("I've got sorter".split()) == "got sorter"


def test_what_frames_a_title_is_cut() -> None:
    """But not a word that belongs to it."""
    assert unframed("Invitation to interview for Ward Clerk") == "Ward Clerk"
    assert unframed("Process Associate interview") == "Process Associate"
    assert unframed("interview on Monday") == ""


def test_codes_and_quotes_are_trimmed() -> None:
    """A requisition is no part of a title."""
    assert trimmed("“Data Analyst II” (R-20981)") == "Data Analyst II"
    assert trimmed("the open Ward Clerk position") == "Ward Clerk"


def test_dates_and_framing_words_are_no_titles() -> None:
    """Nor what mails call their own people."""
    assert not plausible("Monday at 3 pm")
    assert not plausible("next interview")
    assert not plausible("Manager")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Betreff: AW: Schlosser", "Schlosser"),
        ("Functie: Activiteitenbegeleider", "Activiteitenbegeleider"),
        ("Senior Buyer (attached)", "Senior Buyer"),
        ("Dock Supervisor (2nd shift)", "Dock Supervisor (2nd shift)"),
        ("Subject Librarian", "Subject Librarian"),
    ],
)
def test_a_title_is_read_without_the_name_of_its_line(line: str, title: str) -> None:
    """What names a field or an enclosure is cut off; a shift and a subject belong to the title."""
    assert trimmed(line) == title
