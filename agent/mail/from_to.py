"""A move told as from one time to another: "from 3 to 4pm", "Tuesday at 3 to Thursday at 10".

What reads like the stretch of one talk is then its old time and its new one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from agent.mail.asking import says
from agent.mail.cues import plain
from agent.mail.letter import Letter
from agent.mail.offered import place_in_letter
from agent.mail.slots import Role, Slot

NOON = 12
HALF_DAY, _LONGEST = timedelta(hours=12), timedelta(hours=8)


def to_its_end(letter: Letter, slot: Slot) -> Slot:
    """ "Wednesday's chat moves from 3 to 4pm": a word of moving before a range, in its sentence.

    Behind "moved to Thursday, from 3 to 4", or "and now runs from 3 to 4", it is the talk's own.
    """
    mention = slot.mention
    start = place_in_letter(letter, slot)
    if not slot.ranged or mention.end is None or start < 0:
        return slot
    begins = slot.sentence.span[0] if slot.sentence and start == mention.span[0] else 0
    before = plain(letter.text[max(begins, start - _MOVING) : start])
    words = letter.words
    led = words.closes("start", before, 0) or (
        _is_owned(letter, before) and "-" not in mention.text
    )
    led = led or _is_of_hours(letter, before)
    if led and mention.end - mention.start > _LONGEST and letter.words.find("onto", _inside(slot)):
        return _at_its_end(
            slot, mention.end
        )  # "pulling you up from 11 to 10:15": no talk is as long
    if not led or not words.closes("moves", before, _MOVED):
        return slot
    since = words.last_end("moves", before)
    between = before[since:]
    if words.find("new", between) or _leads_to_range(letter, between, start):
        return slot
    return _at_its_end(slot, mention.end)


def _is_of_hours(letter: Letter, before: str) -> bool:
    """Spanish "retrasar la entrevista del jueves de 9 a 11": whose hours they are, and no new day."""
    words = letter.words
    if not words.closes("whose_day", before, 0):
        return False
    return not words.find("onto", before[max(0, words.last_end("moves", before)) :])


def _inside(slot: Slot) -> str:
    return plain(slot.mention.text)


def _at_its_end(slot: Slot, end: datetime) -> Slot:
    """The slot at the second of its two times: the new one, which may be the earlier one."""
    mention = slot.mention
    new = end - HALF_DAY if end - mention.start > _LONGEST else end  # "forward, from 11 to 10"
    if mention.text.lower().rstrip(".").endswith("m"):
        new = end  # "from 4 to 3:30pm"
    elif new.hour >= _EVENING and mention.start.hour < _EVENING - 2:
        new = new - HALF_DAY  # "from 2:45 to 10:30"
    if end.date() > mention.start.date():
        new = end - timedelta(
            days=1
        )  # "forward, from 4 pm to 11 am": read as an end, it is tomorrow's
    elif mention.start.hour > NOON and (told := _FIGURES_IN.findall(mention.text))[1:]:
        same = int(told[0][0]) == mention.start.hour and int(told[1][0]) == new.hour - NOON
        new = new - HALF_DAY if same else new  # "from 15:00 to 10:00", by the same clock
    return replace(slot, role=Role.TALK, mention=replace(mention, start=new, end=None))


_FIGURES_IN = re.compile(r"(\d{1,2})[:.h](\d\d)")


def _is_owned(letter: Letter, before: str) -> bool:
    """ "push tomorrow's 10 o'clock to 11", "slide our 2.30 to 3": whose time it is leads to it."""
    return letter.words.closes("whose", before, 0)


_EVENING = 20  # no talk that was in the day is moved to so late an hour

_MOVING, _MOVED = 90, 12  # characters and words from a word of moving to its "from 3 to 4"


def _leads_to_range(letter: Letter, between: str, start: int) -> bool:
    """Whether a day stands right before "from 3 to 4", behind a sign: "rescheduled: Friday, from 3 to 4"."""
    low = start - len(between)
    days = [day for day in letter.mentions(letter.text) if low <= day.span[0] < start]
    if not days:
        return False
    first = days[0].span[0] - low
    behind = between[days[-1].span[1] - low :]
    named = len(re.findall(r"\w+", behind)) > 1  # "our Friday chat from"
    return not named and re.search(r"[:,]\s*$", between[:first]) is not None


def from_and_to(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "Tuesday at 3 to Thursday at 10": of two times that "to" joins, the first is given up."""
    found = list(slots)
    for at, (left, right) in enumerate(pairwise(slots)):
        between = plain(letter.text[_behind_day(letter, left) : right.mention.span[0]]).strip()
        moved = letter.words.find("moves", between) and letter.words.closes("onto", between, 0)
        joined = moved or letter.words.starts("onto", between)
        joined = joined and len(between) < _BETWEEN
        joined = joined or _is_put_off_to(letter, left, right)
        joined = joined and left.sentence is right.sentence
        if joined and left.role in {Role.TALK, Role.START}:
            if says(letter, left, "prefers"):  # "I'd prefer 9 to 10"
                found[at + 1] = replace(right, role=Role.OLD)
                continue
            found[at] = replace(left, role=Role.OLD)
            found[at + 1] = replace(right, role=Role.TALK) if right.role is Role.LIMIT else right
    return found


def _is_put_off_to(letter: Letter, left: Slot, right: Slot) -> bool:
    """ "…'s 17:30 is put off to Thursday, 15 April at 13:00": a word of moving, and "to" before the day."""
    words = letter.words
    start, end = _behind_day(letter, left), right.mention.span[0]
    days = [day.span[0] for day in letter.mentions(letter.text) if start <= day.span[0] < end]
    if len(days) != 1:
        return False
    between, day = plain(letter.text[start : days[0]]), plain(letter.text[days[0] : end])
    if between.strip() in _ARROWS:
        return True
    if len(between) > _BETWEEN or not words.find("moves", between):
        return False
    return words.closes("onto", between, 1) or words.starts("onto", day)


_ARROWS = frozenset(("→", "->", "=>", "⇒", "➔", "➜", "-->"))


def _behind_day(letter: Letter, slot: Slot) -> int:
    """Where a time ends with the day right behind it: "10 o'clock on Tuesday becomes 11".

    That of "Tuesday at 10 or Wednesday at 11" is the other time's.
    """
    end = slot.mention.span[1]
    for day in letter.mentions(letter.text) if slot.mention.dated else ():
        if not end <= day.span[0] <= end + _ON_DAY:
            continue
        between = plain(letter.text[end : day.span[0]])
        joins = letter.words.find("onto", between) or letter.words.find("or", between)
        if not joins and between.strip() not in _ARROWS:
            return day.span[1]
    return end


_ON_DAY = 5  # characters of " on "

_BETWEEN = 40  # characters between the old time and the new one
