"""Which of the times of an offer are offered, and which only tell what else happens.

"Tuesday at 10.00 or 14.15, or Thursday at 11.30. The galleries open at 10.30; Rowan gives a talk at 13.00
on the 22nd, and she flies to Zurich on Friday at noon": three times are offered, and three are of the
house, of a talk that is none of ours, and of somebody's flight. A time is offered that is asked about,
joined to another by "or", stands in a list, or has words of meeting or of offering in its sentence. Only
where some are so are the others left out: "Tuesday 10. Wednesday 2." has nothing but times.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from agent.mail.acts import Sentence
from agent.mail.asking import says
from agent.mail.cues import last_clause, plain
from agent.mail.letter import Letter
from agent.mail.slots import STRETCH, Role, Slot, distinct


def proposed(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """Every time offered; the ends of a free stretch are no slots, unless nothing else is offered."""
    said = distinct(slot for slot in slots if slot.role is Role.TALK and not slot.stretch)
    said = [slot for slot in said if not slot.engaged or slot.choice] or said
    aside = {id(slot.sentence) for slot in said if happens(letter, slot, slots)}
    elsewhere = all(id(slot.sentence) in aside and not slot.choice for slot in said)
    if elsewhere and ((found := _windows(letter, slots)) or not said):
        return found  # "any time between 1 and 4 on the 14th; the office shuts at half past four"
    said = _offered_of(letter, said)
    windows = [s for s in slots if s.ranged and (s.role is Role.OPEN or s.stretch)]
    windows = [s for s in windows if _is_of_choice(s, said) or _is_of_rows(s, said)]
    windows = [s for s in windows if not (_is_shared(s, slots) or is_busy(letter, s))]
    return sorted((*said, *windows), key=lambda s: s.mention.span) if windows else said


def _is_of_rows(window: Slot, said: Sequence[Slot]) -> bool:
    """ "Fri 11th, 1:30 - 3 pm\nMon 14th, 2 - 5 pm": a window of a list, whichever of them is long."""
    rows = [slot for slot in said if slot.listed and slot.ranged]
    return window.listed and window.role in {Role.TALK, Role.OPEN} and bool(rows)


def _is_of_choice(window: Slot, said: Sequence[Slot]) -> bool:
    """ "Monday between 10 and noon or Tuesday at 2:30": a window that is one of a choice of days.

    Windows and times that each have their own day need no "or": "Mon 22 Feb from 10 to 12, else Wed 24 Feb at 4".
    """
    same = [s for s in said if s.sentence is window.sentence]
    return any(
        ((slot.choice and window.choice) or (slot.mention.dated and window.mention.dated))
        and slot.mention.start.date() != window.mention.start.date()
        for slot in same
    )


def _windows(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "Thursday 9 to 12 or Friday 1 to 4", "the 23rd from 10 and the 24th from 2": sessions.

    Each has its own day beside it, and is offered from its start. Hours that several days share
    ("between 13 and 22 April, 9 to 1") leave the day open as well.
    """
    dated = [s for s in slots if s.mention.dated or (s.ranged and (s.choice or _on_day(letter, s)))]
    ranged = distinct(s for s in dated if s.role in {Role.TALK, Role.OPEN} and s.ranged)
    ranged = [s for s in ranged if not _is_shared(s, slots) and not _is_on_stretch(letter, s)]
    ranged = [s for s in ranged if not is_busy(letter, s)]
    if len(ranged) > 1 and all(slot.listed for slot in ranged):
        # "Tue 10 - 1 / Wed after 2 / Fri 9 - 12": a line that has no end is offered as well
        return distinct(s for s in dated if s in ranged or (s.role is Role.OPEN and s.listed))
    opening = distinct(s for s in dated if _is_from(letter, s))
    alone = [slot for slot in ranged if not _leaves_open(letter, slot)]
    return next((found for found in (ranged, opening) if len(found) > 1), alone)


def _on_day(letter: Letter, slot: Slot) -> bool:
    """ "martes, cuando quieras entre las 5 y las 7": the day that its sentence names last before it.

    "In the week from 21 June, best between 14:00 and 18:00" leaves the day open.
    """
    sentence, start = slot.sentence, slot.mention.span[0]
    if sentence is None:
        return False
    low, high = sentence.span
    days = [day for day in letter.mentions(letter.text) if low <= day.span[0] < min(high, start)]
    if not days or days[-1].day != slot.mention.start.date():
        return False
    day = days[-1]
    led = letter.words.closes("start", plain(letter.text[low : day.span[0]]), 0)
    return not led and 0 <= start - day.span[1] <= _TO_HOURS


_TO_HOURS = 90  # characters from a day to the hours that are offered on it


def _is_shared(slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether several days share long hours, which leave the time open: "Monday or Tuesday between 9.30 and 4".

    "Tuesday and Thursday, 10 to noon" are two sessions.
    """
    end, days = slot.mention.end, sum(other.mention.span == slot.mention.span for other in slots)
    short = end is not None and end - slot.mention.start <= STRETCH
    return days > (_DAYS_TOLD if short else 1)


_DAYS_TOLD = 2


def _is_on_stretch(letter: Letter, slot: Slot) -> bool:
    """ "I'm in the office Monday to Thursday, 8 to 4": a stretch of days stands right before the hours."""
    start = place_in_letter(letter, slot)
    days = [m.span for m in letter.mentions(letter.text) if start - _DAYS < m.span[1] <= start]
    between = [letter.text[one[1] : two[0]] for one, two in pairwise(days)]
    return any(letter.words.whole("through", plain(words).strip()) for words in between[-1:])


def _leaves_open(letter: Letter, slot: Slot) -> bool:
    """ "From Monday to Thursday next week, between 10:00 and 16:00": the day is open.

    "I'm tied up Monday 9-12" offers none.
    """
    start = place_in_letter(letter, slot)
    if start < 0:
        return True
    before = plain(letter.text[max(0, start - _DAYS) : start])
    before = _CUT.sub("", before) if start > _DAYS else before  # "a" is the end of "segunda"
    before = letter.words.patterns["whenever"].sub("", before)  # "a qualquer hora" has "a"
    return letter.words.find("through", before) or letter.words.find("busy", before)


_CUT = re.compile(r"^\w+")
_DAYS = 32  # characters from a word between two days to the hours of them all


def _is_from(letter: Letter, slot: Slot) -> bool:
    """ "from 10": where a session begins, unlike "after 3", which leaves the hour open."""
    start = slot.mention.span[0]
    return letter.words.closes("start", plain(letter.text[max(0, start - 20) : start]), 0)


def _offered_of(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The slots that are offered; all of them where nothing tells them apart."""
    for is_so in (_is_offered, _is_told_of):
        if kept := [slot for slot in slots if is_so(letter, slot, slots)]:
            return kept
    return list(slots)


def _is_offered(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether a time is offered, and nothing says that something else happens then."""
    if not _is_told_of(letter, slot, slots):
        return False
    return _is_one_of_several(letter, slot, slots) or not happens(letter, slot, slots)


def _is_told_of(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether a time is asked about, is one of a list or a choice, or has words of offering beside it."""
    sentence = slot.sentence
    if sentence is None or sentence.asks or _is_one_of_several(letter, slot, slots):
        return True
    if slot.listed and not _goes_on(letter, slot):
        return True
    if not slot.mention.dated and any(other.mention.dated for other in slots):
        return says(letter, slot, "offers")
    beside = [other for other in slots if other.sentence is sentence and other is not slot]
    if any(o.mention.dated or _is_one_of_several(letter, o, slots) for o in beside):
        return True  # "9.30 and 11.00 on Tuesday 12th, and 10.15 on Wednesday 13th"
    if slot.choice and letter.words.starts("or", plain(sentence.text)):
        return True  # "Shall we say Monday at 3? Or Tuesday at 10 if that's easier."
    if any(_is_of_row(letter, slot, other) for other in slots if other is not slot):
        return True
    few = (
        _words_of_it(letter, sentence) <= _FEW_WORDS
        or slot.ranged
        or _goes_on_list(letter, slot, slots)
    )
    return few or says(letter, slot, "offers") or says(letter, slot, "talk")


def _is_of_row(letter: Letter, slot: Slot, other: Slot) -> bool:
    """ "Thursday, 11:00; Friday, 16:15 or Monday, 15:00": a semicolon alone parts two times with days."""
    first, last = sorted((slot.mention.span, other.mention.span))
    if not slot.mention.dated or not 0 < last[0] - first[1] <= _APART:
        return False
    between = letter.text[first[1] : last[0]]
    return ";" in between and _STOPS.search(between) is None


def _words_of_it(letter: Letter, sentence: Sentence) -> int:
    """How many words a sentence has, a day of many words ("Monday the 22nd of February") as one."""
    low, high = sentence.span
    days = [d.text for d in letter.mentions(letter.text) if low <= d.span[0] < high]
    return len(sentence.words) - sum(len(day.split()) - 1 for day in days)


_STOPS = re.compile(r"[?!\n]|[.:]\s")


def _goes_on_list(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """ "…; venerdì 3 aprile alle 9 del mattino e alle 11 del mattino": a sentence of days and times alone."""
    sentence = slot.sentence
    if sentence is None or len(sentence.text) > _LIST:
        return False
    low, high = sentence.span
    spans = [day.span for day in letter.mentions(letter.text)]
    spans += [other.mention.span for other in slots]
    said = letter.text[low:high]
    for start, end in spans:
        if low <= start and end <= high:
            said = said[: start - low] + " " * (end - start) + said[end - low :]
    small = (letter.words.patterns[name] for name in ("row_words", "or", "and"))
    said = plain(said)
    for words in (letter.words.patterns["part"], *small):
        said = words.sub(" ", said)
    return len(said.split()) <= _FEW_OTHERS


_LIST = 400  # characters of a sentence that goes on a list, at most
_FEW_OTHERS = 3  # words and signs of such a sentence that are none of its times
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
    if last[0] - first[1] > _APART:
        return False
    between = plain(sentence.text[first[1] - since : last[0] - since])
    between = letter.words.patterns["part"].sub("", between)  # "alle 9 del mattino e alle 11"
    return letter.words.find("or", between) or len(between.split()) <= _AND_AT


_AND_AT = 2  # words of "and at"
_APART = 70  # characters between two times that "or" joins


def happens(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether the words beside a time tell what somebody else does then, or a house."""
    sentence = slot.sentence
    if sentence is None or sentence.asks or slot.ranged:
        return False
    since, (start, end) = sentence.span[0], slot.mention.span
    others = [other.mention.span for other in slots if other.sentence is sentence]
    low = max((span[1] for span in others if span[1] <= start), default=since)
    high = min((span[0] for span in others if span[0] >= end), default=sentence.span[1])
    before = last_clause(plain(sentence.text[low - since : start - since]))
    after = _CLAUSE.split(plain(sentence.text[end - since : high - since]))[0]
    return _tells(letter, before) or _tells(letter, after)


def is_busy(letter: Letter, slot: Slot) -> bool:
    """ "I'm in a meeting from 11 to 12:30": hours that are not free, told in the words before them."""
    sentence, start = slot.sentence, slot.mention.span[0]
    if sentence is None or not slot.ranged or start < sentence.span[0]:
        return False
    before = last_clause(plain(letter.text[sentence.span[0] : start]))
    return letter.words.find("busy", before[-_DAYS:])


def _tells(letter: Letter, words: str) -> bool:
    """Whether something else happens; "before we open, half seven" is ours."""
    found = letter.words.patterns["happens"].finditer(words)
    return any(not letter.words.closes("around_aside", words[: each.start()], 1) for each in found)


_CLAUSE = re.compile(r"[,;:.(–—]|\s-\s")


def place_in_letter(letter: Letter, slot: Slot) -> int:
    """Where a time stands in the letter, -1 where it does not: what was read may have the subject or a
    day before it."""
    start = slot.mention.span[0]
    here = letter.text.startswith(slot.mention.text, start)
    return start if here else letter.text.find(slot.mention.text)
