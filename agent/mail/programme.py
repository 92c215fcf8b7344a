"""Which rows of a day's programme are talks.

"8.45 arrive, 9.00 tour with pupils, 11.40 your interview": where a row says that it is the interview, the
tour and the welcome are what else is done that day, unless somebody's name stands in them. A programme of
names alone, or of nothing that is called an interview, is a panel: one talk a row.
"""

from collections.abc import Sequence

from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.panel import seats_in
from agent.mail.slots import Slot


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
