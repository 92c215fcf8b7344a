"""The hostile texts of the benchmark: as large as asked for, and read like any mail."""

import pytest

from agent.mail.message import Reading
from agent.mail.parse import parse
from agent.mail.read import read
from bench.hostile import (
    BY_LINE,
    JOINS,
    PIECES,
    SORTS,
    USER,
    Hostile,
    costs,
    hostile,
    main,
    ordinary,
)


@pytest.mark.parametrize("size", [1, 999, 20_000])
def test_a_text_is_as_long_as_asked_for(size: int) -> None:
    """To the letter, whatever its piece; an ordinary one likewise, below its head."""
    assert {len(text.text(size)) for text in hostile("plain text")} == {size}
    assert len(ordinary(size)) - len(ordinary(0)) == size


def test_every_piece_stands_once_with_every_join() -> None:
    """A piece that is named twice would be measured twice."""
    texts = list(hostile("HTML"))
    assert len(set(texts)) == len(texts) == len(PIECES) * len(JOINS)


def test_the_subsets_are_the_whole_divided() -> None:
    """And each has every join, so that a tenth shows what a whole would."""
    parts = [list(hostile("HTML", first, 9)) for first in range(1, 10)]
    assert {text for part in parts for text in part} == set(hostile("HTML"))
    assert sum(map(len, parts)) == len(PIECES) * len(JOINS)
    assert all({text.join for text in part} == set(JOINS) for part in parts)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("piece", ["the 12th", 'a "quoted\\ <sign>, &;'])
def test_each_sort_of_mail_is_read(sort: str, piece: str) -> None:
    """The text stands in the mail whole, and the mail gives a reading."""
    data = Hostile(sort, piece, "\n").mail(2_000)
    assert len(data) > 2_000
    assert isinstance(read(parse(data), USER), Reading)


def test_a_text_reads_as_the_sort_of_mail_it_stands_in() -> None:
    """Text, page, calendar and header: each has the piece where it ought to be."""
    mails = {sort: parse(Hostile(sort, "the 12th", " ").mail(300)) for sort in SORTS}
    assert "the 12th the 12th" in mails["plain text"].text
    assert "the 12th the 12th" in mails["HTML"].text
    assert "the 12th the 12th" in mails["calendar"].calendars[0].text.replace("\r\n ", "")
    assert "the 12th the 12th" in mails["headers"].subject


def test_a_number_and_a_name_are_others_each_time() -> None:
    """So that nothing that was read once is known the next time."""
    text = Hostile("HTML", "on <n> May with <name>", "\n").text(20_000)
    names = [line.partition(" with ")[2] for line in text.splitlines()[:-1]]
    assert text.startswith("on 1 May with Anna ")
    assert "\non 2 May with " in text
    assert len(set(names)) == len(names) > 500


def test_of_lines_are_made_rows_guests_and_parts() -> None:
    """Each line of the text is one of what the sort is made of."""
    mails = {sort: parse(Hostile(sort, "Ann Lee", "\n").mail(79)) for sort in BY_LINE}
    assert mails["table"].text.count("Ann | Lee") == 10
    assert mails["guests"].calendars[0].text.count('CN="Ann Lee"') == 10
    assert mails["parts"].text.count("Ann Lee") == 10


def test_the_cost_is_told_beside_an_ordinary_text() -> None:
    """Each text has its ratio to an ordinary one that was read with it."""
    texts = [Hostile(sort, "Monday or", " ") for sort in SORTS]
    found = list(costs(texts, 1_000))
    assert [cost.text for cost in found] == texts
    assert all(cost.ratio > 0 and cost.seconds > 0 for cost in found)


def test_the_worst_of_each_sort_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Only a subset is read where one is asked for."""
    main(["--of", "1", "--subset", "7/100", "--worst", "1"])
    told = capsys.readouterr().out
    assert all(sort in told for sort in SORTS)
    assert told.count(" joined by ") == len(SORTS)


@pytest.mark.parametrize("said", ["0/3", "4/3", "2", "a/b"])
def test_a_subset_that_is_none_is_told(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """How one is written is said."""
    with pytest.raises(SystemExit):
        main(["--subset", said])
    assert "write it as 2/10" in capsys.readouterr().err
