"""Patterns, and the shipped files of words and senders."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from agent.lexicon import (
    Given,
    build,
    compile_pattern,
    keys,
    lexicon,
    platform_names,
    platform_of,
    role_words,
)
from agent.mail.acts import Act

GIVEN = Given({"talk": ("call", "phone screen")})


@pytest.mark.parametrize(
    ("pattern", "sentence", "found"),
    [
        ("not .. forward", "we are not moving forward", True),
        ("not .. forward", "not one two three forward", False),
        ("book (a) slot", "book slot", True),
        ("book (a|the) slot", "book slot", False),
        ("book (a|the)? slot", "book slot", True),
        ("{talk} cancelled", "your phone screen cancelled today", True),
        ("reschedul* it", "rescheduling it", True),
        ("^ see you", "we see you", False),
        ("at # sharp", "at 10:30 sharp", True),
        ("meta", "metaverse", False),
    ],
)
def test_a_pattern_is_a_row_of_words(pattern: str, sentence: str, found: bool) -> None:
    """Gaps are bounded, words are whole, brackets say what may be left out."""
    assert compile_pattern(pattern, GIVEN).found(f" {sentence} ") is found


def test_a_pattern_is_looked_up_by_a_word_that_it_needs() -> None:
    """A sentence without that word is never tried."""
    words = "we will not be moving forward".split()
    pattern = compile_pattern("not .. forward", GIVEN)
    assert pattern.triggers & set(keys(tuple(words)))


def test_a_pattern_without_a_needed_word_is_refused() -> None:
    """It would be tried on every sentence of every mail."""
    with pytest.raises(ValueError, match="no word"):
        compile_pattern("(maybe) ..", GIVEN)


def test_unless_takes_a_match_back() -> None:
    """ "Offer you a discount" is no offer."""
    group = {"does": "offers", "say": ["offer you"], "unless": ["offer you a discount"]}
    acts = build({"language": "en", "act": [group]}).acts
    for sentence, found in (("we offer you work", True), ("we offer you a discount", False)):
        assert bool(acts.matches(f" {sentence} ", keys(tuple(sentence.split())))) is found


def test_a_row_is_not_tried_on_a_sentence_that_lacks_a_needed_word() -> None:
    """Each word that must be there is looked for before the row is compiled."""
    pattern = compile_pattern("interview* .. with you", GIVEN)
    assert pattern.may_match(frozenset(keys(("interviewing", "with", "you"))))
    assert not pattern.may_match(frozenset(keys(("interviewing", "you"))))


LANGUAGES = ("en", "de", "fr", "es", "nl", "pt", "it", "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_pattern_compiles(language: str) -> None:
    """A slip in the data is found here and not on a user's mail."""
    source = files("agent.lexicon").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    assert build(tomllib.loads(source)).language == lexicon(language).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_every_act_and_sign(language: str) -> None:
    """A language that cannot say no would never read a refusal."""
    source = files("agent.lexicon").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    data, english = tomllib.loads(source), _english()
    assert {group["does"] for group in data["act"]} == set(Act)
    assert {group["does"] for group in data["own"]} == {group["does"] for group in english["own"]}
    names = {group["name"] for group in data["context"]}
    assert {"talk of applying", "talk of an interview", "talk of a role", "a home"} <= names


def _english() -> dict[str, Any]:
    return tomllib.loads(files("agent.lexicon").joinpath("en.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pattern", ["a (b (c|d))", "(a .. b) c", "a||b", "(a|b)|c", "a (b|c $)"])
def test_a_crooked_pattern_is_refused(pattern: str) -> None:
    """Gaps and brackets inside brackets would silently match nothing."""
    with pytest.raises(ValueError, match="brackets"):
        compile_pattern(pattern, GIVEN)


def test_a_word_may_be_given_by_its_end() -> None:
    """German and Dutch make one word of many."""
    pattern = compile_pattern("*gespräch (am)", GIVEN)
    sentence = "ihr vorstellungsgespraech am montag"
    assert pattern.found(f" {sentence} ")
    assert pattern.triggers & set(keys(tuple(sentence.split())))


def test_a_language_without_a_file_is_read_with_the_english_one() -> None:
    """Rather a poor reading than none."""
    assert lexicon("xx") is lexicon("en")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("no-reply@us.greenhouse-mail.io", "Greenhouse"),
        ("acme@myworkday.com", "Workday"),
        ("x@deep.sub.lever.co", "Lever"),
        ("ann@acme.example", None),
        ("ann@notlever.co", None),
    ],
)
def test_a_platform_is_known_by_its_domain_whole(address: str, name: str | None) -> None:
    """A domain that merely ends alike is somebody else's."""
    found = platform_of(address)
    assert (found.name if found else None) == name


def test_names_and_titles_are_known() -> None:
    """The word lists are there."""
    assert "greenhouse" in platform_names()
    assert "engineer" in role_words().heads
