"""The new time of a talk where only the old one tells it.

"Friday instead, same time" has its day in the text and its hour in what is given up; "can we push it
by an hour?" has neither. The old time stands in the text, in the subject, or in a mail that is
answered. A time told by another one of the same text is read already (`when/alike.py`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from agent.mail.acts import told_sentences
from agent.mail.cues import plain
from agent.mail.earlier import earlier
from agent.mail.letter import MAX_HEAD, Letter, on_day
from agent.mail.slots import Role, Slot, distinct
from agent.mail.when import DayMention

_TIME_NEAR = 24  # characters between "same time" and the time itself ("same time, 2.00pm")


def by_the_old_time(letter: Letter, chosen: Sequence[Slot]) -> list[Slot]:
    """The new times that words of the old one tell; none where the text tells them itself.

    `chosen` are the new times that the text names so far.
    """
    return _at_the_same_time(letter, chosen) or _pushed(letter, chosen) or _onto_day(letter, chosen)


def _at_the_same_time(letter: Letter, chosen: Sequence[Slot]) -> list[Slot]:
    """ "Friday instead, same time": the day beside those words, at the clock time that is given up.

    "Thursday at the same time or Friday at 9" leaves Friday's as it is.
    """
    said = plain(letter.text[:2_000])
    cue = letter.words.last("same", said)
    if cue < 0 or _says_its_time(letter, said, cue):
        return []
    if choice := _choice_at(letter, cue):
        return choice
    told = [slot.mention.start.date() for slot in letter.slots(letter.text) if _covers(slot, cue)]
    apart = {m.day for m in letter.mentions(letter.text) if not _is_length_of_move(letter, m)}
    if told and not apart & {*told}:
        return []  # "one week later, at the same time"
    chosen = [slot for slot in chosen if not _covers(slot, cue)]
    others = [s for s in chosen if s.mention.span[0] > cue and s.mention.dated]
    offered = [s for s in others if letter.words.find("or", said[cue : s.mention.span[0]])]
    if len(offered) < len(others):
        return []  # "the same time a week later, Tuesday 19th, 9.30" tells it all
    days = told or _days_around(letter, cue, chosen)
    old = _old_time(letter, {slot.mention.start for slot in offered})
    if old is None or not days:
        return []
    same = [_said_in(letter, cue, put_on(old, day)) for day in days]
    several = len(same) + len(offered) > 1
    return [replace(slot, choice=several) for slot in (*same, *offered)]


def _said_in(letter: Letter, at: int, slot: Slot) -> Slot:
    """The slot as one of the sentence that moves it, which may ask where the old one only told."""
    sentence = next((s for s in told_sentences(letter.text) if s.span[0] <= at < s.span[1]), None)
    return replace(slot, sentence=sentence) if sentence else slot


def _choice_at(letter: Letter, cue: int) -> list[Slot]:
    """ "Would Friday at 10 work, or Monday at the same time?": both, told by one another."""
    slots = letter.slots(letter.text)
    offered = [slot for slot in slots if slot.choice and slot.role is Role.TALK]
    return distinct(offered) if any(_covers(slot, cue) for slot in offered[1:]) else []


def _covers(slot: Slot, at: int) -> bool:
    start, end = slot.mention.span
    return start <= at < end


def _is_new(letter: Letter, slot: Slot) -> bool:
    """Whether words of change stand right before a time: "make it 3", "now 3pm"."""
    start = slot.mention.span[0]
    before = plain(letter.text[max(0, start - 30) : start])
    led = letter.words.closes("whose", before, 0)  # "so your 2.15 will start half an hour later"
    return not led and letter.words.closes("new", before, 1)


def _says_its_time(letter: Letter, said: str, cue: int) -> bool:
    """Whether the time stands beside those words, or nothing but the hour is said to be kept."""
    ends = [m.span[0] for m in letter.times(letter.text) if m.span[0] > cue]
    return bool(ends) and said[cue : min(ends)].count(" ") <= 2 and min(ends) - cue < _TIME_NEAR


def _old_time(letter: Letter, offered: Collection[datetime]) -> Slot | None:
    """The time that is given up: said in the text, in the subject, or in the mail that it answers."""
    for found in _told(letter):
        slots = [s for s in found if s.mention.start not in offered]
        old = [slot for slot in slots if slot.role in {Role.OLD, Role.START}]
        if old or slots:
            return (old or slots)[-1]
    return None


def _told(letter: Letter) -> Iterator[Sequence[Slot]]:
    """The times of a mail and of those that it answers, nearest first; then hours alone, as today's."""
    today = letter.anchor.date()
    around = f"{letter.signals.mail.subject}\n\n{letter.text[:MAX_HEAD]}"
    yield letter.slots(around, past=True)
    yield from (mail.slots() for mail in earlier(letter))
    for text in (around, letter.quoted):
        yield letter.slots(on_day(today, text), past=True)


def _days_around(letter: Letter, cue: int, timed: Iterable[Slot]) -> list[date]:
    """The day right behind the words of sameness, or before them in their sentence, with its list.

    Else the one named last before them, else the last behind them. The days of times that are given
    up, and those that are counted from today ("by one week"), are none.
    """
    slots = letter.slots(letter.text, past=True)
    dated = [slot for slot in slots if slot.mention.whole]
    spans = [slot.mention.whole or slot.mention.span for slot in (*timed, *dated)]
    mentions = [
        m
        for m in letter.mentions(letter.text)
        if m.day >= letter.anchor.date()
        and not any(start <= m.span[0] < end for start, end in spans)
        and not _is_led_to_old(letter, m)
        and not _is_length_of_move(letter, m)
    ]
    before = [mention for mention in mentions if mention.span[1] <= cue]
    behind = [mention for mention in mentions if mention.span[0] > cue]
    here = next((s.span for s in told_sentences(letter.text) if s.span[0] <= cue < s.span[1]), None)
    if here is not None:
        inside = [m for m in behind if m.span[0] < here[1]]
        inside = [m for m in inside if not (m.deadline or m.week)] or inside
        close = inside and len(letter.text[cue : inside[0].span[0]].split()) <= _RIGHT_BEHIND
        if inside and (close or not any(m.span[0] >= here[0] for m in before)):
            return _joined(letter, inside[:1] if close else inside)
    return _joined(letter, before or mentions)


_RIGHT_BEHIND = 5  # words of "same time next week on"


def _is_led_to_old(letter: Letter, mention: DayMention) -> bool:
    """ "Friday instead of Monday, same time": the day that is given up has no time of its own."""
    before = plain(letter.text[max(0, mention.span[0] - 30) : mention.span[0]])
    return letter.words.closes("old", before, 1) or letter.words.closes("start", before, 0)


def _is_length_of_move(letter: Letter, mention: DayMention) -> bool:
    """ "Postponed by one week": how far, not to which day."""
    shift = letter.shift(letter.text[:MAX_HEAD])
    return shift is not None and mention.span[0] - 4 <= shift[1] < mention.span[1]


def _joined(letter: Letter, mentions: Sequence[DayMention]) -> list[date]:
    """The last of some days, with those that "or" joins to it: "Thursday or Friday, same time"."""
    found = list(mentions[-1:])
    for mention in reversed(mentions[:-1]):
        between = plain(letter.text[mention.span[1] : found[-1].span[0]])
        if len(between) > _OR_NEAR or not letter.words.find("or", between):
            break
        found.append(mention)
    return [mention.day for mention in reversed(found)]


_OR_NEAR = 12  # characters between two days that are offered together


def _pushed(letter: Letter, chosen: Sequence[Slot]) -> list[Slot]:
    """ "Can we push Tuesday's 2pm by an hour?": the time told, so much later or earlier.

    Only where no new time is told: one that follows the words, or that words of change
    lead to, is the new one itself.
    """
    found = letter.shift(letter.text[:MAX_HEAD]) if len(chosen) <= 1 else None
    if found is None:
        return []
    by, said_at = found
    if any(
        _is_behind(letter, slot, said_at)
        or (_is_new(letter, slot) and not _is_pushed_itself(letter, slot, said_at))
        for slot in chosen
    ):
        return []
    if any(_is_told_apart(slot, said_at) for slot in chosen):
        return []  # "8:30pm Thursday. Bring the appetite forward by a day too."
    if not chosen and _names_another(letter, said_at):
        return []  # "will begin one hour later and run from 2 to 5"
    old = chosen[0] if chosen else _old_time(letter, ())
    if old is None:
        return []
    start, end = old.mention.start + by, old.mention.end and old.mention.end + by
    head = letter.text[: letter.text.find("\n\n") + 1] or letter.text
    days = {m.day for m in letter.mentions(head) if not _is_length_of_move(letter, m)}
    later = [day for day in days if day > old.mention.start.date()]
    if by >= timedelta(days=1) and len(later) == 1:
        return [put_on(old, later[0])]  # "deferred by a week, to Thursday 5 November"
    pushed = replace(old, mention=replace(old.mention, start=start, end=end))
    return [_said_in(letter, said_at, pushed)]


def _is_pushed_itself(letter: Letter, slot: Slot, said_at: int) -> bool:
    """ "So Tuesday at 3 starts an hour later", "let's put Tuesday at 3 back by an hour"."""
    end = (slot.mention.whole or slot.mention.span)[1]
    between = letter.text[end:said_at]
    return 0 < len(between.split()) <= _TO_SHIFT and not _SIGNS.search(between)


_TO_SHIFT = 4  # words of "will have to start"
_SIGNS = re.compile(r"[,;:.()\n–—]")


def _is_behind(letter: Letter, slot: Slot, said_at: int) -> bool:
    """Whether a time follows the words of moving: "half an hour later, at 3"; "so your 2.15" is moved itself."""
    start = slot.mention.span[0]
    if start <= said_at:
        return False
    before = plain(letter.text[max(0, start - 30) : start])
    return not (
        letter.words.closes("whose", before, 0) or letter.words.closes("arranged", before, 1)
    )


def _onto_day(letter: Letter, chosen: Sequence[Slot]) -> list[Slot]:
    """ "Tuesday's 9.30 moves to Wednesday.": told, not asked, and no other hour with the new day.

    "Can we move our 9.30 from Tuesday to Wednesday?" asks for the same hour.
    """
    told = letter.slots(letter.text)
    known = chosen or [s for s in told if s.role is Role.OLD] or told
    sentence = known[0].sentence if len(known) == 1 else None
    if sentence is None or not known[0].mention.dated:
        return []
    (start, end), said = known[0].mention.span, letter.text[: sentence.span[1]]
    rest = plain(said[end:])
    days = [day for day in letter.mentions(said) if day.span[0] >= end]
    from_day = letter.words.starts("start", rest.strip()) or any(
        letter.words.closes("start", rest[: day.span[0] - end], 0) for day in days
    )
    if sentence.asks and not from_day:
        return []
    moves = letter.words.find("moves", plain(said[sentence.span[0] :] if from_day else rest))
    if said[start:end] != known[0].mention.text or not moves:
        return []
    if any(mention.span[0] >= end for mention in letter.times(said)):
        return []
    return [
        put_on(known[0], day.day)
        for day in letter.mentions(said)
        if day.span[0] > end
        and (
            letter.words.closes("onto", rest[: day.span[0] - end], 0)
            or (
                from_day and letter.words.find("onto", plain(day.text))
            )  # "from the 19th to the 21st"
        )
        if day.day >= letter.anchor.date() and not _asks_for_another(letter, day)
    ][:1]


def _asks_for_another(letter: Letter, day: DayMention) -> bool:
    """ "Tuesday's 9.30 has to move to Wednesday. Which time would suit you?" """
    end = day.span[1]
    return letter.words.find("anyday", plain(letter.text[end : end + _ASKED_NEAR]))


_ASKED_NEAR = 300  # characters from the new day to a question about its hour


def _names_another(letter: Letter, since: int) -> bool:
    """Whether a time is named behind that place, on a day of its own or alone."""
    if any(
        slot.mention.span[0] > since and slot.role is not Role.OLD
        for slot in letter.slots(letter.text)
    ):
        return True
    alone = on_day(letter.anchor.date(), letter.text)
    since += len(alone) - len(letter.text[:MAX_HEAD])
    return any(
        slot.mention.span[0] > since and slot.role is Role.TALK
        for slot in letter.slots(alone, past=True)
    )


def _is_told_apart(slot: Slot, said_at: int) -> bool:
    """Whether a time has its day beside it, in a sentence that ends before the words of moving."""
    sentence = slot.sentence
    ends = sentence is not None and sentence.span[1] <= said_at
    return ends and slot.mention.dated and slot.role is Role.TALK


def put_on(slot: Slot, day: date) -> Slot:
    """The slot's clock time on another day."""
    start, end = slot.mention.start, slot.mention.end
    moved = datetime.combine(day, start.time(), start.tzinfo)
    mention = replace(slot.mention, start=moved, end=end and moved + (end - start))
    return replace(slot, mention=mention)
