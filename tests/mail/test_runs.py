"""Runs of words in capitals."""

import pytest

from agent.mail.runs import MOST, runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We at Bristol Forge are glad.", ["We", "Bristol Forge"]),
        ("the Department of Revenue, Room 4", ["Department of Revenue", "Room 4"]),
        ("Ann Lee (CTO) and Tom Hale", ["Ann Lee", "CTO", "Tom Hale"]),
        ("Dr. Fox | St. Anne's Hospital", ["Dr. Fox", "St. Anne's Hospital"]),
        ("Ann Lee\nEngineer", ["Ann Lee", "Engineer"]),
        ("", []),
    ],
)
def test_a_run_ends_at_punctuation_small_words_and_lines(text: str, found: list[str]) -> None:
    """Small words stay where a capital follows them."""
    assert [run.text for run in runs(text)] == found


def test_a_run_knows_where_it_stands() -> None:
    """The text between start and end is the run."""
    text = "Please meet Ann Lee tomorrow."
    run = list(runs(text))[1]
    assert text[run.start : run.end] == "Ann Lee"


def test_a_run_ends_at_the_gap_between_columns() -> None:
    """A table of plain text parts its columns by spaces."""
    found = [run.text for run in runs("10:00   Priya Stone   Controller")]
    assert found[-2:] == ["Priya Stone", "Controller"]


def test_only_so_many_runs_of_a_text_are_looked_for() -> None:
    """No letter has more; a hostile one costs no more than the most."""
    assert len(runs("Ann Lee, " * 1_000)) == MOST
