"""Which times of a mail that moves a talk are neither the new one nor the old one.

"The plumber can only come tomorrow at 10. Could we find another day?" names a time that got in the
way, and "he's here Tuesday at 9, so let's do Wednesday at 9" another before the new one.
"""

import re
from collections.abc import Sequence

from agent.mail.acts import told_sentences
from agent.mail.cues import plain
from agent.mail.letter import MAX_HEAD, Letter
from agent.mail.offered import place_in_letter
from agent.mail.slots import Role, Slot


def is_history(letter: Letter, slot: Slot) -> bool:
    """ "The plumber can only come tomorrow at 10. Could we find another day?": no new time.

    Where the mail asks for any other day, a time that stands before that is the one given up or
    what got in its way, unless words of change lead to it or it is asked about itself.
    """
    if slot.fresh or slot.choice or slot.role is not Role.TALK:
        return False
    start = place_in_letter(letter, slot)
    behind = plain(letter.text[start : start + 500]) if start >= 0 else ""
    asks = slot.sentence is not None and slot.sentence.asks
    if asks or start < 0:
        return False
    before = plain(letter.text[max(0, start - 300) : start])
    hour_alone = not slot.mention.dated and letter.words.find("anyday", before)
    return hour_alone or _asks_for_another(letter, behind) or _asks_for_a_week(letter, start)


def _asks_for_another(letter: Letter, behind: str) -> bool:
    """Whether any other day is asked for; "if that's a problem we'll find another" only may be."""
    if not letter.words.find("anyday", behind):
        return False
    told = (each for each in _STOPS.split(behind) if letter.words.find("anyday", each))
    return not all(letter.words.starts("whether", each.strip()) for each in told)


_STOPS = re.compile(r"[.!?;]\s|[.!?;]$")


def _asks_for_a_week(letter: Letter, since: int) -> bool:
    """ "Could we put it off to next week?", behind a time: a question that names a week and no time."""
    if not letter.words.find("anyweek", plain(letter.text[since:MAX_HEAD])):
        return False
    timed = [mention.span[0] for mention in letter.times(letter.text)]
    return any(
        sentence.asks
        and letter.words.find("anyweek", plain(sentence.text))
        and not any(sentence.span[0] <= at for at in timed)
        for sentence in told_sentences(letter.text[:MAX_HEAD])
        if sentence.span[0] > since
    )


def without_reason(slots: Sequence[Slot]) -> list[Slot]:
    """ "The boiler man's coming Tuesday at 9 so let's do Wednesday at 9": the second, of one sentence.

    Each has its day beside it, and words of change lead to the last alone.
    """
    told = [slot for slot in slots if slot.mention.dated and not (slot.choice or slot.ranged)]
    one = len(told) == len(slots) > 1 and len({id(slot.sentence) for slot in slots}) == 1
    changed = one and slots[-1].fresh and not any(slot.fresh for slot in slots[:-1])
    return [slots[-1]] if changed else list(slots)
