"""Whether a mail that moves a talk only asks to.

A question fixes nothing: one that names the new time, one that stands around it ("Can we make it
Sunday? Same time.", "Friday at 6. That do?"), or a clause that asks without its sign. Where silence
is taken for a yes, or it is done already, the talk is moved.
"""

import re
from collections.abc import Sequence

from agent.mail.acts import Sentence, told_sentences
from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.slots import Slot


def says(letter: Letter, slot: Slot, cue: str) -> bool:
    """Whether the sentence of a time has one of the words of that name."""
    return letter.words.find(cue, slot.said)


def only_asks(letter: Letter, chosen: Sequence[Slot]) -> bool:
    """Whether a move only asks: a choice or a question, unless silence is taken for a yes."""
    if len(chosen) != 1:
        return any(slot.choice for slot in chosen)
    slot, sentence = chosen[0], chosen[0].sentence
    if sentence is None or letter.words.find("settled", plain(letter.text[:2_000])):
        return False
    asks = sentence.asks or says(letter, slot, "hopes") or _requests(letter, slot, sentence)
    return asks or _asked_around(letter, slot, sentence)


def _requests(letter: Letter, slot: Slot, sentence: Sentence) -> bool:
    """ "hi, can we make it Fri same time": a clause before the time opens as a question does."""
    start = slot.mention.span[0] - sentence.span[0]
    inside = sentence.text.startswith(slot.mention.text, start) if start >= 0 else False
    said = plain(sentence.text[: start if inside else None])
    return any(letter.words.starts("requests", each.strip()) for each in _CLAUSES.split(said))


_CLAUSES = re.compile(r"[,;:(–—]|\s-\s")


def _asked_around(letter: Letter, slot: Slot, sentence: Sentence) -> bool:
    """ "Can we make it Sunday instead? Same time, 10:30.", "Friday at 6. That do?"

    The time ends a question in a few words, or a short one follows that asks whether it will do.
    """
    found = told_sentences(letter.text)
    at = next((i for i, each in enumerate(found) if each.span == sentence.span), None)
    if at is None:
        return False
    ends = slot.mention.span[1] - sentence.span[0]
    few = ends >= 0 and len(sentence.text[:ends].split()) <= _FEW_WORDS
    if at and found[at - 1].asks and few and not slot.mention.dated:
        return True
    after = found[at + 1] if at + 1 < len(found) else None
    if after is None or not after.asks or len(after.words) > _SHORT:
        return False
    return letter.words.find("agreeable", plain(after.text))


_FEW_WORDS, _SHORT = 5, 9  # words of a time that ends a question, and of a short question
