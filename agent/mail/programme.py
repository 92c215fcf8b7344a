"""Which rows of a day's programme are talks.

"8.45 arrive, 9.00 tour with pupils, 11.40 your interview": where a row says that it is the interview, the
tour and the welcome are what else is done that day, unless somebody's name stands in them. A programme of
names alone, or of nothing that is called an interview, is a panel: one talk a row.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.panel import seats_in
from agent.mail.slots import STRETCH, Role, Slot


def talks_of(letter: Letter, rows: Sequence[Slot]) -> list[Slot]:
    """The rows that are talks; all of them where none is called one."""
    if len(rows) < _ROWS or not any(_says(letter, slot, "interview") for slot in rows):
        return list(rows)
    seats = seats_in(letter.text, [slot.mention for slot in rows])
    return [
        slot
        for slot in rows
        if _says(letter, slot, "interview")
        or slot.mention.start in seats
        or not _says(letter, slot, "besides")
    ]


_ROWS = 3  # of a programme, at least


def _says(letter: Letter, slot: Slot, cue: str) -> bool:
    """Whether the row of a time has one of the words of that name."""
    text, (start, end) = letter.text, slot.mention.span
    if not text.startswith(slot.mention.text, start):
        return False
    line = text.find("\n", end)
    return letter.words.find(cue, plain(text[end : line if line >= 0 else len(text)]))


def seated_rows(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "3:15 - 3:45 | Wrap-up | Tori Blanchet", of a panel: a row with somebody in it is a talk.

    Only a row that tells from when to when, as the others do: "12:00 lunch" is none.
    """
    aside = [slot for slot in slots if slot.role is Role.ASIDE and slot.listed and slot.ranged]
    rows = [s for s in slots if s.role is Role.TALK and s.listed and s.ranged] if aside else []
    if len(rows) < 2:
        return list(slots)
    seats = seats_in(letter.text, [slot.mention for slot in slots])
    met = [slot for slot in aside if slot.mention.start in seats]
    return [replace(slot, role=Role.TALK) if slot in met else slot for slot in slots]


def called_interview(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "From 8 till 11.30 you join the class, and at 12 we sit down for the interview": the second.

    The one time whose own clause says that it is the interview, where each other of its sentence is
    a long stretch or what else is done that day.
    """
    if len(slots) < 2 or len({id(slot.sentence) for slot in slots}) > 1:
        return []
    clauses = {slot.mention.span: _clause(letter, slot, slots) for slot in slots}
    called = [s for s in slots if letter.words.find("interview", clauses[s.mention.span])]
    others = [slot for slot in slots if slot not in called]
    aside = [
        s for s in others if _is_long(s) or letter.words.find("besides", clauses[s.mention.span])
    ]
    return called if len(called) == 1 and aside == others else []


def is_besides(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """ "10.30 Bev shows you round, 11.00 you sit down with me": whether its clause tells what else is done."""
    return letter.words.find("besides", _clause(letter, slot, slots))


def _clause(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> str:
    """The words behind a time, up to a comma, a stop or the next time."""
    (_, end), sentence = slot.mention.span, slot.sentence
    if sentence is None or not sentence.span[0] <= end <= sentence.span[1]:
        return ""
    starts = [s.mention.span[0] for s in slots if s.mention.span[0] >= end]
    behind = plain(letter.text[end : min([sentence.span[1], *starts])])
    return _SIGN.split(behind, maxsplit=1)[0]


_SIGN = re.compile(r"[,;:.(–—]|\s-\s")


def _is_long(slot: Slot) -> bool:
    mention = slot.mention
    return slot.ranged and mention.end is not None and mention.end - mention.start >= STRETCH
