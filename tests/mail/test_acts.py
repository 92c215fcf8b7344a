"""Sentences, their spelling, and what they do."""

import pytest

from agent.lexicon import lexicon
from agent.mail.acts import Act, read_acts, sentences, strength, words

EN = lexicon("en")


def acts(text: str) -> set[Act]:
    """What the sentences of a text state."""
    found = sentences(text, EN.spellings.items())
    return {doing.act for doing in read_acts(found, EN) if doing.states}


def test_contractions_are_spelt_out() -> None:
    """One pattern serves "won't", "will not" and "we'll not"."""
    assert words("We won't, we’ll not", dict(EN.spellings)) == (
        "we", "will", "not", "we", "will", "not",
    )  # fmt: skip


def test_a_line_broken_for_width_is_one_sentence() -> None:
    """Mail programs wrap at 72 columns in the middle of what is said."""
    text = "After careful consideration of all the applications that we received we\nhave decided to move forward with other candidates."
    assert len(sentences(text)) == 1


def test_abbreviations_end_no_sentence() -> None:
    """ "Dr. Feld" is one man."""
    assert len(sentences("You will meet Dr. Feld at 11 a.m. on Friday.")) == 1


def test_positions_are_those_of_the_text() -> None:
    """So that times found in the text can be told to belong to a sentence."""
    text = "First one. Second one!\nThird"
    assert [text[slice(*s.span)].strip() for s in sentences(text)] == [
        "First one.", "Second one!", "Third",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("We won't be moving forward with your application.", Act.DECLINES),
        ("We have gone with someone else.", Act.DECLINES),
        ("We would like to offer you the position.", Act.OFFERS),
        ("Your interview on Tuesday has been cancelled.", Act.CANCELS),
        ("Could we move our chat to Thursday?", Act.MOVES),
        ("When are you free next week?", Act.ASKS_TIMES),
        ("See you on Tuesday at 10.", Act.FIXES),
        ("Please complete the attached exercise by Friday.", Act.SETS_TASK),
        ("We have received your application.", Act.ACKNOWLEDGES),
        ("You will hear from us by Friday.", Act.PROMISES),
    ],
)
def test_what_a_sentence_does(text: str, act: Act) -> None:
    """Each act in a plain sentence."""
    assert act in acts(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you are selected, we will invite you to an interview.",
        "Shortlisted candidates may be invited to an interview.",
        "Once we have reviewed your application we might schedule a call.",
    ],
)
def test_hypothetical_talk_states_nothing(text: str) -> None:
    """What may come has not come."""
    assert not acts(text) & {Act.ASKS_TIMES, Act.FIXES, Act.OFFERS}


def test_more_sentences_make_an_act_stronger_but_less_and_less() -> None:
    """Saying it thrice is not three times as sure."""
    once = read_acts(sentences("We went with someone else."), EN)
    thrice = read_acts(sentences("We went with someone else. " * 3), EN)
    assert (
        strength(once, Act.DECLINES)
        < strength(thrice, Act.DECLINES)
        < 2 * strength(once, Act.DECLINES)
    )
