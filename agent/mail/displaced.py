"""Which times of a mail that moves a talk are what is moved: "can we push Tuesday at 3?".

A verb of moving has the old time as its object ("reschedule your interview of Monday at 10") unless a
word leads to the new one ("move it to 10", "postpone until Friday"). Its direction may stand behind
the time instead ("bring Tuesday at 3 forward"). So may the new time, behind "to" or "for": of two
times the first is then given up.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.slots import Role, Slot

_REACH = 90  # characters from a verb to the time that it moves
_BETWEEN = 60  # ... and from the old time to the new one


def displaced(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The slots, those that are moved as old ones, those that a limit's word moves a talk to as new ones."""
    found = [_moved_to(letter, slot) for slot in slots]
    for at, slot in enumerate(found):
        to_its_end = slot.mention.ranged and slot.mention.end is None  # "pushing our 10 to 11"
        if slot.role not in {Role.TALK, Role.START} or to_its_end:
            continue
        before = _before(slot, found[at - 1] if at else None)
        if (
            _is_object(letter, slot, before)
            or _is_met(letter, before)
            or _gives_way(letter, slot, before, found[at + 1 :])
            or letter.words.starts("oldlabel", _label(letter, slot))
        ):
            found[at] = replace(slot, role=Role.OLD)
    return found


def called_off(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The times that are the object of what takes a talk away: "I'm cancelling Tuesday at 4 since ..."."""
    return [
        slot
        for at, slot in enumerate(slots)
        if slot.role in {Role.TALK, Role.OLD}
        and _is_object(letter, slot, _before(slot, slots[at - 1] if at else None))
    ]


def _whole(slot: Slot) -> tuple[int, int]:
    return slot.mention.whole or slot.mention.span


def _before(slot: Slot, last: Slot | None) -> str:
    """What stands before a time in its sentence, from the time before it."""
    sentence, start = slot.sentence, _whole(slot)[0]
    if sentence is None:
        return ""
    low = max(start - _REACH, sentence.span[0])
    if last is not None and _whole(last)[1] <= start:
        low = max(low, _whole(last)[1])
    return plain(sentence.text[max(0, low - sentence.span[0]) : max(0, start - sentence.span[0])])


def _behind(slot: Slot) -> str:
    """What stands behind a time in its sentence."""
    if slot.sentence is None:
        return ""
    return plain(slot.sentence.text[_whole(slot)[1] - slot.sentence.span[0] :][:_BETWEEN])


def _is_object(letter: Letter, slot: Slot, before: str) -> bool:
    """ "Could we move our chat on Tuesday at 3?", "bring Tuesday at 3 forward"."""
    if slot.choice:
        return False
    words, behind = letter.words, _behind(slot).lstrip(" ,")
    for found in words.patterns["displaces"].finditer(before):
        between = before[found.end() :]
        owned = not between.strip() or words.starts("objects", between.strip())
        if words.starts("forth", behind) and len(between.split()) <= _NAMED:
            return True
        if owned and not _leads(letter, between):
            return True
    return False


def _is_met(letter: Letter, before: str) -> bool:
    """ "Something has come up on Tuesday at 3": what got in the way of the old time."""
    return letter.words.closes("obstacle", _in_clause(before), 3)


def _in_clause(before: str) -> str:
    return before[max(before.rfind(sign) for sign in ",;:") + 1 :]


def _gives_way(letter: Letter, slot: Slot, before: str, behind: Sequence[Slot]) -> bool:
    """ "I know we said Tuesday at 3, but could you do Wednesday at 4?": said before, and another follows.

    So is what stands behind a label "From:", above one "To:".
    """
    if not behind:
        return False
    if _is_exchanged(letter, slot, behind[0]):
        return True
    if any(s.role is Role.TALK and s.mention.start != slot.mention.start for s in behind):
        told = letter.words.closes("arranged", _in_clause(before), _NAMED)
        if told and not letter.words.find("new", before[-_LAST_WORDS:]):
            return True
    labels = [_label(letter, each) for each in (slot, behind[0])]
    return letter.words.whole("start", labels[0]) and letter.words.whole("onto", labels[1])


_LAST_WORDS = 12  # characters right before a time


def _label(letter: Letter, slot: Slot) -> str:
    """The label of a line, "" where it has none."""
    start = _whole(slot)[0]
    if not letter.text.startswith(slot.mention.text, slot.mention.span[0]):
        return ""
    head = letter.text[letter.text.rfind("\n", 0, start) + 1 : start]
    label, sign, rest = head.partition(":") if ":" in head else head.rpartition(" - ")
    if not sign and letter.words.whole("start", plain(head).strip(" *•-")):
        return plain(head).strip(" *•-")  # "From Monday at 3\nTo Tuesday at 4"
    if not sign and letter.words.whole("onto", plain(head).strip(" *•-")):
        return plain(head).strip(" *•-")
    return plain(label).strip(" *•-") if sign and not rest.strip(" *") else ""


_NAMED = 6  # words of "our first conversation of"


def _leads(letter: Letter, between: str) -> bool:
    """Whether the words from a verb of moving to a time lead to the new one."""
    between = letter.words.patterns["old"].sub("", between)  # "the interview scheduled for"
    return ":" in between or any(
        letter.words.find(each, between) for each in ("onto", "until", "swapped_for", "new")
    )


def _is_exchanged(letter: Letter, slot: Slot, following: Slot) -> bool:
    """ "Swap Tuesday at 3 for Friday at 10", "Tuesday at 3 -> Friday at 10"."""
    if slot.sentence is None or slot.sentence is not following.sentence:
        return False
    since, end, start = slot.sentence.span[0], _whole(slot)[1], _whole(following)[0]
    if not 0 <= start - end <= _BETWEEN:
        return False
    between = plain(slot.sentence.text[end - since : start - since]).strip(" ,")
    if between in _ARROWS:
        return True
    swaps = letter.words.find("swaps", _before(slot, None))
    return swaps and letter.words.closes("swapped_for", between, 0)


_ARROWS = frozenset(("->", "-->", "=>", "→", "⇒", "➔", "➜", ">", ">>"))


def _moved_to(letter: Letter, slot: Slot) -> Slot:
    """ "Delayed until 3", "pushed back till Friday at 10": what is no limit, but the new time."""
    if slot.role is not Role.LIMIT:
        return slot
    before = _before(slot, None)
    led = letter.words.closes("until", before, 1) and letter.words.find("moves", before)
    return replace(slot, role=Role.TALK, fresh=True) if led else slot
