"""Which times of a mail are several talks: a panel, a round, one talk after another.

A panel has one entry a slot. Its times open lines, are stretches of their own, or follow one another in
a sentence; words of a sequence ("then") join two talks that are told in prose.
"""

import re
from collections.abc import Sequence

from agent.mail.acts import Sentence
from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.panel import names_somebody
from agent.mail.slots import Slot, distinct


def panel_of(slots: Sequence[Slot]) -> list[Slot]:
    """Two or more times that each open a line, or are each a stretch of their own."""
    listed = distinct(slot for slot in slots if slot.listed)
    if len(listed) > 1:
        return listed
    ranged = distinct(slot for slot in slots if slot.ranged)
    return ranged if len(ranged) > 1 else _round(slots)


def _round(slots: Sequence[Slot]) -> list[Slot]:
    """ "Raj at 10.00, Sue at 10.45 and Tom at 11.30": three or more of one sentence and one day,
    or of sentences that each opens: "10.00 tour with Jo. 10.45 interview. 11.30 coffee."
    """
    heads = distinct(s for s in slots if s.sentence and _opens_sentence(s, s.sentence))
    for slot in slots:
        same = distinct(s for s in slots if s.sentence is slot.sentence and s.sentence)
        for found in (same, heads):
            starts = [s.mention.start for s in found]
            one_day = len({start.date() for start in starts}) == 1
            if len(found) >= 3 and one_day and starts == sorted(starts):
                return found
    return []


def whole_panel(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The panel by its lines, or by what ends its rows or stands in one sentence where those are more."""
    panel = panel_of(slots)
    for found in (rows_of(letter, slots), _round(slots)):
        if len(found) > len(panel) and all(slot in found for slot in panel):
            panel = found
    return panel


def rows_of(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "Coding with Liam Byrne, 1:00 pm\nSystem design with Ann Price, 2:00 pm": times that end the rows
    of a panel, one below the other, somebody named or a bullet in each.
    """
    rows = distinct(slot for slot in slots if _ends_row(letter, slot))
    found: list[Slot] = rows[:1]
    for slot in rows[1:]:
        before = found[-1].mention
        lines = letter.text[before.span[1] : slot.mention.span[0]].count("\n")
        same = (
            slot.mention.start.date() == before.start.date() and slot.mention.start > before.start
        )
        if same and 0 < lines <= _LINES_APART:
            found.append(slot)
    return found if len(found) > 1 and len(found) == len(rows) else []


_LINES_APART = 2


def _ends_row(letter: Letter, slot: Slot) -> bool:
    """Whether a time ends its line, and the line is a row with somebody in it or a bullet before it."""
    text, (start, end) = letter.text, slot.mention.span
    behind = text[end : end + _ROW].partition("\n")[0]
    if not text.startswith(slot.mention.text, start) or behind.strip(" .;,)|"):
        return False
    head = text[text.rfind("\n", 0, start) + 1 : start]
    if not 0 < len(head) <= _ROW:
        return False
    return _BULLET.match(head) is not None or names_somebody(head) > 0


_ROW = 90  # characters of a row before its time
_BULLET = re.compile(r"\s*(?:[-*•·–]|\(?\w{1,2}[.)])\s")


def _opens_sentence(slot: Slot, sentence: Sentence) -> bool:
    return slot.mention.span[0] == sentence.span[0]


def series_of(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "Wednesday at 4:30 you sit with me, then Friday at 7 you come and meet Earl": both.

    So are the times of a mail that speaks of two talks.
    """
    several = letter.words.find("several", plain(letter.text[:2_000]))
    told = distinct(slot for slot in slots if slot.mention.dated and not slot.choice)
    found = told[:1]
    for slot in told[1:]:
        before = found[-1].mention
        between = letter.text[before.span[1] : slot.mention.span[0]]
        later = slot.mention.start.date() > before.start.date()
        near = later and len(between) < _TALK_APART
        if near and (
            several
            or letter.words.find("then", plain(between))
            or _each_has_own(letter, found[-1], slot)
        ):
            found.append(slot)
    return found if len(found) > 1 else _one_after_another(letter, slots)


def _one_after_another(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "You meet Dana at 1, then Priya at 1:45": two of one day, in a sentence that speaks of meeting."""
    found = distinct(slots)[:1]
    several = letter.words.find("several", plain(letter.text[:2_000]))
    for slot in slots:
        first, then = found[-1].mention, slot.mention
        between = plain(letter.text[first.span[1] : then.span[0]])
        later = then.start.date() == first.start.date() and then.start > first.start
        told = later and slot.sentence is not None and _is_of_sentence(letter, found[-1], slot)
        if told and (
            several or _meets_then(letter, slot, between) or _each_has_own(letter, found[-1], slot)
        ):
            found.append(slot)
    return found if len(found) > 1 else _called_talks(letter, slots)


def _each_has_own(letter: Letter, first: Slot, then: Slot) -> bool:
    """ "Ann Lee at 9.30 and Tom Hale at 10.15", "you start at 10 with Ann, followed by Tom at 10.45".

    Two times of one sentence that "and" or a sign joins, each with somebody of its own, or that
    are numbered: "round 1: Monday at 10, round 2: Friday at 3".
    """
    sentence, words = first.sentence, letter.words
    (start, end), (begins, ends) = first.mention.span, then.mention.span
    if sentence is None or first.choice or then.choice or not start <= end <= begins <= ends:
        return False
    between = letter.text[end:begins]
    before = letter.text[max(sentence.span[0], start - _NAMED) : start]
    if words.find("first", plain(before)) and words.find("second", plain(between)):
        return True
    if not _is_of_sentence(letter, first, then) or words.find("besides", plain(between)):
        return False
    joined = words.find("and", plain(between)) or any(sign in between for sign in ",;")
    after = letter.text[ends : ends + _NAMED].partition("\n")[0]
    inside = names_somebody(between)
    return joined and inside > 0 and names_somebody(before) + inside + names_somebody(after) > 1


def _is_of_sentence(letter: Letter, first: Slot, then: Slot) -> bool:
    """Whether two times are of one sentence, over a semicolon too."""
    if then.sentence is first.sentence:
        return True
    between = letter.text[first.mention.span[1] : then.mention.span[0]]
    return ";" in between and not any(sign in between for sign in ".!?\n")


_NAMED = 80  # characters from a time to who is met then


def _meets_then(letter: Letter, slot: Slot, between: str) -> bool:
    return letter.words.find("then", between) and letter.words.find("meets", slot.said)


def _called_talks(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "9.30 interview with Ms Kern, 10.15 interview with Mr Ott": each of one day is called one."""
    called = distinct(slot for slot in slots if _is_called_talk(letter, slot))
    starts = [slot.mention.start for slot in called]
    one = (
        len({(start.date(), id(s.sentence)) for start, s in zip(starts, called, strict=True)}) == 1
    )
    return called if len(called) > 1 and one and starts == sorted(starts) else []


def _is_called_talk(letter: Letter, slot: Slot) -> bool:
    """Whether "interview" stands behind a time, and does not lead to another: "test 10.30, interview at 11"."""
    if not letter.text.startswith(slot.mention.text, slot.mention.span[0]):
        return False
    end = slot.mention.span[1]
    behind = plain(letter.text[end : end + _NAME]).lstrip(" ,-–—:")
    if letter.words.starts("talk_begins", behind):
        return False
    return any(
        len(behind[: found.start()].split()) <= _BEFORE_NAME
        for found in letter.words.patterns["interview"].finditer(behind)
    )


_NAME, _BEFORE_NAME = 40, 2  # characters and words from a time to what it is called
_TALK_APART = 160  # characters from a talk to the next one, told behind "then"
