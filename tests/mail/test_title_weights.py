"""How much speaks for a phrase to be a mail's title."""

from importlib.resources import files

import pytest

from agent.mail.title_weights import Weighed, alone, weighed
from agent.mail.title_words import Names, tokens
from tests.mail.steps import steps

ALL = -1e9  # less than speaks for any phrase


def found(text: str, portion: str = "text", least: float = ALL) -> dict[str, Weighed]:
    """The phrases of an English text with their weights."""
    cut = tokens(text)
    return {
        text[cut[each.first].start : cut[each.last].end]: each
        for each in weighed(cut, portion, "en", Names(), least)
    }


def test_the_title_of_a_sentence_weighs_most() -> None:
    """More than its parts, and than what stands around it."""
    phrases = found("Thank you for applying for the Ward Clerk position at Acme.")
    best = max(phrases, key=lambda phrase: phrases[phrase].weight)
    assert best == "Ward Clerk"


def test_what_stands_before_a_title_counts() -> None:
    """An application is for a job; by somebody's name stands their own."""
    applied = found("your application for Ward Clerk")["Ward Clerk"]
    signed = found("regards, Ann Lowe, Ward Clerk")["Ward Clerk"]
    assert applied.weight > signed.weight


def test_only_what_weighs_enough_is_given() -> None:
    """What weighs less is left out, and nothing else."""
    text = "Your interview for Night Porter is on Monday, our manager will meet you."
    every = found(text)
    least = sorted(each.weight for each in every.values())[-3]
    assert found(text, least=least) == {p: e for p, e in every.items() if e.weight >= least}


def test_a_portion_by_itself_says_something() -> None:
    """A subject names a job sooner than quoted history."""
    assert found("Ward Clerk", "subject")["Ward Clerk"].weight != pytest.approx(
        found("Ward Clerk", "quoted")["Ward Clerk"].weight
    )


def test_what_the_table_does_not_know_says_nothing() -> None:
    """No sign is needed."""
    assert alone("no such thing") == 0.0


def test_the_table_is_written_in_whole_hundredths() -> None:
    """Every row but the head is a name, a tab, and no more numbers than there are places."""
    text = files("agent.lexicon").joinpath("titles.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    assert rows
    for name, numbers in rows:
        limit = 1 if name.startswith("@") and " " in name and name[1].isalpha() else 9
        assert 0 < len([int(number) for number in numbers.split(" ")]) <= limit


@pytest.mark.parametrize("text", ["a " * 2000, "(" * 4000, "Manager of " * 400, "d'" * 2000])
def test_a_hostile_portion_costs_no_more_than_its_length(text: str) -> None:
    """No token is looked at more often than a title is long."""
    found(text[:400])
    assert steps(lambda: found(text, least=0.0)) < 400_000
