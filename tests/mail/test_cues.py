"""The lists of words around times, one file a language."""

import pytest

from agent.mail.cues import cues, plain

LANGUAGES = ("en", "de", "fr", "es", "nl", "it", "pt", "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_list(language: str) -> None:
    """What one rule asks for has words everywhere."""
    assert cues(language).patterns.lists.keys() == cues("en").patterns.lists.keys()


def test_an_unknown_language_reads_as_english() -> None:
    """Most mail is in it."""
    assert cues("xx").find("same", "the same time")


def test_a_text_is_evened_out_in_place() -> None:
    """Positions stay what they were, also where a letter would grow."""
    for text in ("We’ll\nSAY 3", "İstanbul at 3"):
        assert len(plain(text)) == len(text)


def test_how_far_a_word_may_stand() -> None:
    """At most so many words before the end."""
    assert cues("en").closes("limit", "please answer by ", 0)
    assert cues("en").closes("limit", "please answer by friday ", 1)
    assert not cues("en").closes("limit", "by friday we shall all be ", 2)


def test_the_rest_of_a_word_given_by_its_beginning_is_no_word_between() -> None:
    """ "expires" is "expire*" to its last letter."""
    assert cues("en").closes("limit", "the link expires ", 0)
