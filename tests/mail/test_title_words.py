"""What a title is looked for among: tokens, phrases and signs."""

import pytest

from agent.mail.title_words import (
    MOST_TOKENS,
    Names,
    beginnings,
    endings,
    language_group,
    signs_between,
    signs_of,
    tokens,
)


def words(text: str) -> list[str]:
    """The tokens of a text, without the ends of it."""
    return [token.word for token in tokens(text)][1:-1]


def phrases(text: str) -> set[str]:
    """Everything in a text that can be a title."""
    found = tokens(text)
    return {
        text[found[first].start : found[last].end]
        for first in beginnings(found)
        for last, _ in endings(found, first)
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the housekeeper's post", ["the", "housekeeper", "'s", "post"]),
        ("poste d'agent d’accueil", ["poste", "d'", "agent", "d’", "accueil"]),
        ("Lehrer*in (m/w)", ["Lehrer*in", "(", "m", "/", "w", ")"]),
        ("part-time Node.js, C++", ["part-time", "Node.js", ",", "C++"]),
        ("a *Koch*\n\nb", ["a", "Koch", "\n\n", "b"]),
    ],
)
def test_a_portion_is_cut_into_words_and_signs(text: str, found: list[str]) -> None:
    """What an owner has and a swallowed article stand apart, what joins a word's parts does not."""
    assert words(text) == found


def test_a_token_knows_where_it_stands() -> None:
    """So that a title is given as the mail writes it."""
    text = "a  Ward\nClerk"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "", "a", "Ward", "\n", "Clerk", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Tester; Koch", "Tester; Koch"),
        ("Koch gesucht. Am Montag", "gesucht. Am"),
        ("Koch\nMontag", "Koch\nMontag"),
        ("Koch (Nacht", "Koch (Nacht"),
        ("the Koch", "the Koch"),
    ],
)
def test_no_title_goes_on_there(text: str, phrase: str) -> None:
    """At the end of a sentence or line, in an open bracket; and none begins with its article."""
    assert phrase not in phrases(text)
    assert "Koch" in phrases(text)


@pytest.mark.parametrize(
    "phrase", ["Koch (Nacht)", "Sr. Buyer", "Buyer, Textiles", "Manager - MIS", "R&D Lead"]
)
def test_a_title_goes_on_there(phrase: str) -> None:
    """Behind a comma, a dash, a word cut short; in brackets that are closed."""
    assert phrase in phrases(phrase)


def test_a_title_has_no_more_words_than_people_write() -> None:
    """A text without a stop is no title, and costs no more than its length."""
    found = tokens("word " * 1000)
    assert max(last - 1 for last, _ in endings(found, 1)) < MOST_TOKENS


def test_a_word_tells_its_letters_its_look_and_its_lists() -> None:
    """How it is written comes first."""
    signs = signs_of("Clerk", "en")
    assert signs[0] == "%Cap"
    assert {"%Cap:en", "clerk", "-erk", "&head"} <= set(signs)
    assert "&head" not in signs_of("Tuesday", "en")


def test_of_a_number_only_the_length_counts() -> None:
    """No number is learned by heart."""
    assert signs_of("2031", "en") == signs_of("1185", "en")


def test_two_words_tell_themselves_and_how_they_are_written() -> None:
    """A known trade is marked."""
    assert signs_between("Night", "Porter") == (
        "night porter", "night %Cap!", "%Cap porter", "%Cap %Cap!",
    )  # fmt: skip


def test_names_of_the_mail_mark_their_words() -> None:
    """The employer's and the user's before the sender's."""
    names = Names(frozenset({"acme"}), frozenset({"acme", "ruth"}))
    assert [names.sign(word) for word in ("Acme", "Ruth", "Clerk")] == ["&named", "&sender", ""]


def test_languages_fall_in_groups_by_their_capitals() -> None:
    """English and German are alone, all others are alike."""
    assert [language_group(each) for each in ("en", "de", "fr", "pl")] == ["en", "de", "x", "x"]
