"""Which of the times of an offer are offered, and which only tell what else happens.

"Tuesday at 10.00 or 14.15, or Thursday at 11.30. The galleries open at 10.30; Rowan gives a talk at 13.00
on the 22nd, and she flies to Zurich on Friday at noon": three times are offered, and three are of the
house, of a talk that is none of ours, and of somebody's flight. A time is offered that is asked about,
joined to another by "or", stands in a list, or has words of meeting or of offering in its sentence. Only
where some are so are the others left out: "Tuesday 10. Wednesday 2." has nothing but times.
"""

from collections.abc import Sequence

from agent.mail.asking import says
from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.slots import Slot


def offered_of(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The slots that are offered; all of them where nothing tells them apart."""
    for is_so in (_is_offered, _is_told_of):
        if kept := [slot for slot in slots if is_so(letter, slot, slots)]:
            return kept
    return list(slots)


def _is_offered(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether a time is offered, and nothing says that something else happens then."""
    return _is_told_of(letter, slot, slots) and not happens(letter, slot)


def _is_told_of(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether a time is asked about, is one of a list or a choice, or has words of offering beside it."""
    sentence = slot.sentence
    if sentence is None or sentence.asks or _is_one_of_several(letter, slot, slots):
        return True
    if slot.listed and not _goes_on(letter, slot):
        return True
    if not slot.mention.dated and any(other.mention.dated for other in slots):
        return says(letter, slot, "offers")
    few = len(sentence.words) <= _FEW_WORDS or slot.ranged
    return few or says(letter, slot, "offers") or says(letter, slot, "talk")


_FEW_WORDS = 6  # words of a sentence that holds little more than its time: "Tuesday the 4th at 10."


def _goes_on(letter: Letter, slot: Slot) -> bool:
    """Whether the line of a time goes on with the sentence of the line above, as a mail is wrapped."""
    sentence, start = slot.sentence, slot.mention.span[0]
    if sentence is None:
        return False
    line = letter.text.rfind("\n", 0, start) + 1
    above = letter.text[letter.text.rfind("\n", 0, max(0, line - 1)) + 1 : line].rstrip()
    wrapped = len(above) >= _WRAPPED and above[-1] not in ".:;!?"
    return wrapped and sentence.span[0] < line and letter.text[line : line + 1].islower()


_WRAPPED = 50  # characters of a line that a mail program broke, at least


def _is_one_of_several(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether "or", a comma or "and" alone joins a time to another of its sentence.

    A day that has more than one time shares the words about it: "Tuesday at 10, 11 and 12".
    """
    return any(_joins(letter, slot, other) for other in slots if other.sentence is slot.sentence)


def _joins(letter: Letter, slot: Slot, other: Slot) -> bool:
    sentence = slot.sentence
    first, last = sorted((slot.mention.span, other.mention.span))
    if sentence is None or first[1] > last[0] or first == last:
        return False
    since = sentence.span[0]
    between = plain(sentence.text[first[1] - since : last[0] - since])
    if len(between) > _APART:
        return False
    return letter.words.find("or", between) or len(between.split()) <= 1


_APART = 70  # characters between two times that "or" joins


def happens(letter: Letter, slot: Slot) -> bool:
    """Whether the sentence of a time tells what somebody else does then, or a house."""
    asks = slot.sentence is not None and slot.sentence.asks
    return not asks and not slot.ranged and says(letter, slot, "happens")
