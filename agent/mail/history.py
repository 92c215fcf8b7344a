"""Which times of a mail that moves a talk are neither the new one nor the old one.

"The plumber can only come tomorrow at 10. Could we find another day?" names a time that got in the
way, and "he's here Tuesday at 9, so let's do Wednesday at 9" another before the new one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

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
    if slot.choice or slot.role is not Role.TALK:
        return False
    start = place_in_letter(letter, slot)
    if slot.fresh and _is_led_to(letter, slot, start):
        return False
    behind = plain(letter.text[start : start + 500]) if start >= 0 else ""
    asks = slot.sentence is not None and slot.sentence.asks
    if (asks and not _asks_behind(letter, slot)) or start < 0:
        return False
    before = plain(letter.text[max(0, start - 300) : start])
    hour_alone = not slot.mention.dated and asks_for_any(letter, before)
    return hour_alone or _asks_for_another(letter, behind) or _asks_for_a_week(letter, start)


def _is_led_to(letter: Letter, slot: Slot, start: int) -> bool:
    """Whether words of change stand near before a time, not "has come down with flu and cannot make 3"."""
    first = start - (slot.mention.span[0] - (slot.mention.whole or slot.mention.span)[0])
    before = plain(letter.text[max(0, first - 60) : max(0, first)])
    behind = plain(letter.text[start + len(slot.mention.text) :][:20])
    return letter.words.closes("new", before, _LEADS) or letter.words.find("instead", behind)


_LEADS = 6  # words from a word of change to its time


def _asks_behind(letter: Letter, slot: Slot) -> bool:
    """ "She can't join us on Tuesday at 4; can we look for a different time?": another clause asks."""
    sentence = slot.sentence
    if sentence is None:
        return False
    behind = plain(sentence.text[max(0, slot.mention.span[1] - sentence.span[0]) :])
    before = plain(sentence.text[: max(0, slot.mention.span[0] - sentence.span[0])])
    clause = _CLAUSE.search(behind)
    asked = any(letter.words.starts("requests", each.strip()) for each in _CLAUSE.split(before))
    return clause is not None and not asked and _is_open(letter, behind[clause.end() :])


_CLAUSE = re.compile(r"[,;:(–—]|\s-\s")


def _asks_for_another(letter: Letter, behind: str) -> bool:
    """Whether any other day is asked for; "if that's a problem we'll find another" only may be."""
    if not _is_open(letter, behind):
        return False
    told = (each for each in _STOPS.split(behind) if _is_open(letter, each))
    return not all(_is_condition(letter, each.strip()) for each in told)


def _is_open(letter: Letter, said: str) -> bool:
    """Whether any other time is asked for, or one is still to be told."""
    return letter.words.find("unfixed", said) or asks_for_any(letter, said)


def asks_for_any(letter: Letter, said: str) -> bool:
    """Whether words ask for another time than those told.

    "Two or three other times", "a different day": a word for another one, and what it is.
    """
    words = letter.words
    if words.find("anyday", said):
        return True
    return any(
        words.starts("occasion", said[found.end() :].lstrip())
        for found in words.patterns["another"].finditer(said)
    )


def _is_condition(letter: Letter, said: str) -> bool:
    """ "Tell me if not and I'll find another time", but not "let me know if another time suits"."""
    if letter.words.starts("whether", said):
        return True
    for found in letter.words.patterns["whether"].finditer(said):
        if found.start() and _is_open(letter, said[found.end() :]):
            return not letter.words.closes("knows", said[: found.start()], 0)
    return False


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


def without_subject(letter: Letter, slots: Sequence[Slot], text: str) -> list[Slot]:
    """The slots of a text that the subject opens, the subject's own as old ones.

    "Re: interview on Tuesday at 3" tells the time that "can we make it 4?" gives up, and a mail that
    asks for any other time gives it up as well; "Moved to Tuesday at 3" does not.
    """
    subject = letter.signals.mail.subject
    if not text.startswith(f"{subject}\n") or letter.words.find("renewed", plain(subject)):
        return list(slots)
    own = [slot for slot in slots if slot.mention.span[0] > len(subject)]
    told = any(slot.role is Role.TALK for slot in own)
    if not told and not _is_open(letter, plain(letter.text[:MAX_HEAD])):
        return list(slots)
    return [slot if slot in own else replace(slot, role=Role.OLD) for slot in slots]
