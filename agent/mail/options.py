"""Which times of a mail that moves a talk are offered, one or another.

"Tuesday at 3 or Wednesday at 4" is a choice by its words, "Friday at 10 and 2, or Tuesday at 12" and a
list of times are one by their shape, and "Dana could do Tuesday at 3, and Tom Wednesday at 4" by what the
sentence does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.slots import Slot, distinct

_GAP = re.compile(r"[\s,;/|&•*·–—()-]*(?:\(?\w[.)]\s*)?")
_FAR = 40  # characters between two times of a list


def options(letter: Letter, new: Sequence[Slot]) -> list[Slot]:
    """The times that are offered together; one or none where nothing joins them."""
    groups: list[list[Slot]] = []
    for slot in new:
        if groups and (_go_together(letter, groups[-1][-1], slot) or _is_alternative(letter, slot)):
            groups[-1].append(slot)
        else:
            groups.append([slot])
    joined = [slot for group in groups if len(group) > 1 for slot in group]
    found = distinct(_as_choice(slot) for slot in joined)
    if len(found) > 1:
        return found
    offered = distinct(
        _as_choice(s) for at, s in enumerate(new) if _is_proposed(letter, s, new[:at])
    )
    return offered if len(offered) > 1 else distinct(slot for slot in new if slot.choice)


def _as_choice(slot: Slot) -> Slot:
    return replace(slot, choice=True)


def _go_together(letter: Letter, left: Slot, right: Slot) -> bool:
    """Whether "or", a sign or the next row of a list is all that stands between two times."""
    if left.choice and right.choice:
        return True
    end, start = (
        (left.mention.whole or left.mention.span)[1],
        (right.mention.whole or right.mention.span)[0],
    )
    if left.mention.span == right.mention.span:
        return True
    if not 0 <= start - end <= _FAR or not letter.text.startswith(
        right.mention.text, right.mention.span[0]
    ):
        return False
    between = plain(letter.text[end:start])
    for name in ("or", "and", "at_hour", "besides_it"):
        between = letter.words.patterns[name].sub(" ", between)
    return _GAP.fullmatch(between) is not None


def _is_alternative(letter: Letter, slot: Slot) -> bool:
    """ "Would Friday at 2 do? Otherwise Monday at 3.": "or" opens its clause, whatever stands before."""
    start = (slot.mention.whole or slot.mention.span)[0]
    if slot.sentence is None:
        return False
    before = plain(slot.sentence.text[: max(0, start - slot.sentence.span[0])])
    return letter.words.closes("or", before[-_OR_NEAR:], 2)


_OR_NEAR = 30  # characters of "or perhaps on"


def _is_proposed(letter: Letter, slot: Slot, earlier: Sequence[Slot]) -> bool:
    """Whether the words from the time before it say that a time is to be had."""
    sentence, start = slot.sentence, slot.mention.span[0]
    if sentence is None or not slot.mention.dated:
        return False
    low = max((s.mention.span[1] for s in earlier), default=sentence.span[0])
    return letter.words.find("proposes", plain(letter.text[max(low, start - _SENTENCE) : start]))


_SENTENCE = 160  # characters before a time in which it is offered
