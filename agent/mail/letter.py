"""What the interviews of a mail are read from: its words, its day, its language.

`Letter` finds the times and days of a text as this mail would mean them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from agent.mail.acts import told_sentences
from agent.mail.cues import Cues, cues, plain
from agent.mail.join import join_link
from agent.mail.panel import with_columns, with_ends
from agent.mail.signals import Signals
from agent.mail.slots import Role, Slot, slots_in
from agent.mail.told_room import told_room
from agent.mail.when import DayMention, TimeMention, find_days, find_shift, find_times

MAX_TEXT = 4_500  # characters of new text in which a time is looked for
MAX_HEAD = 2_000  # ... and in which its place is, unless the time stands further down
MAX_TIMES = 24  # times of a mail that are looked at: of 12,640 mails the most is nine
EARLY = timedelta(minutes=30)  # how long ahead of a talk one is told to arrive


@dataclass(frozen=True, slots=True)
class Letter:
    """What the times of one mail are read from: its words, when it was sent, the user's zone."""

    signals: Signals
    text: str
    quoted: str
    anchor: datetime
    language: str
    signature: str = ""  # what stands below the words: a scheduler's "One tap mobile" too
    fixes: bool = False  # whether it fixes talks: two columns of times are starts and ends then

    @property
    def words(self) -> Cues:
        """What stands around times in its language."""
        return cues(self.language)

    def times(self, text: str) -> tuple[TimeMention, ...]:
        """The clock times of a text that are on a known day."""
        who = self.signals.identity
        found = find_times(
            text, self.anchor, zone=who.timezone, country=who.country, language=self.language
        )
        told = _once(text, found[:MAX_TIMES], ZoneInfo(who.timezone))
        return (with_ends if self.fixes else with_columns)(text, told)

    def mentions(self, text: str) -> tuple[DayMention, ...]:
        """The days of a text."""
        who = self.signals.identity
        return find_days(
            text, self.anchor, zone=who.timezone, country=who.country, language=self.language
        )

    def parts_by_signs(self, left: TimeMention, right: TimeMention) -> bool:
        """Whether two times of the text, each with its day, have but signs between them beside it."""
        start, end = left.span[1], right.span[0]
        if not (left.dated and right.dated) or not 0 < end - start <= _APART:
            return False
        between = self.text[start:end]
        for day in reversed(self.mentions(self.text)):
            if start <= day.span[0] and day.span[1] <= end:
                between = between[: day.span[0] - start] + between[day.span[1] - start :]
        words = _WORD.findall(plain(between))
        small = self.words.patterns["row_words"]
        return (
            all(small.fullmatch(word) for word in words)
            and re.search(r"[,;|\n]", between) is not None
        )

    def shift(self, text: str) -> tuple[timedelta, int] | None:
        """By how much the text moves a time, and where it says so."""
        who = self.signals.identity
        return find_shift(
            text, self.anchor, zone=who.timezone, country=who.country, language=self.language
        )

    def days(self, text: str) -> list[date]:
        """The days that a text names and that are not over."""
        return [m.day for m in self.mentions(text) if m.day >= self.anchor.date()]

    @property
    def link(self) -> str | None:
        """Where one joins, in the text or behind one of its links."""
        hrefs = (href for _, href in self.signals.mail.links[:40])
        known = join_link("\n".join((self.text, *hrefs)))
        return known or (told_room(self.text) if self.fixes else None)

    def slots(self, text: str, *, past: bool = False, late: bool = False) -> tuple[Slot, ...]:
        """The times of a text, with their roles; those that are over only where `past` asks.

        `late` reads a morning hour that is over as the evening's ("come 11 not 10", at nine).
        """
        mentions = self.times(text)
        if late:
            mentions = tuple(_this_evening(m, self.anchor) for m in mentions)
        if not mentions:
            return ()
        days = [day.span for day in self.mentions(text)]
        found = slots_in(text, mentions, told_sentences(text), self.words, days)
        return _arrivals_apart([s for s in found if past or s.mention.start > self.anchor])


def _once(text: str, mentions: Sequence[TimeMention], zone: tzinfo) -> tuple[TimeMention, ...]:
    """ "15:30 German time, so 8:30 for you": the user's own clock tells no second time.

    A time without a day is the one told shortly before it where the user's clock shows it then.
    """
    found: list[TimeMention] = []
    for mention in mentions:
        plain = not (mention.dated or mention.ranged)
        if not (plain and any(_says_again(text, mention, each, zone) for each in found[-2:])):
            found.append(mention)
    return tuple(found)


def _says_again(text: str, mention: TimeMention, told: TimeMention, zone: tzinfo) -> bool:
    between = text[told.span[1] : mention.span[0]]
    if told.timezone is None or mention.timezone != told.timezone or len(between) > _NEAR:
        return False
    if not told.zoned:
        return False  # "13.30, 14.30 and 15.00 (GMT)": the hours of a list
    if mention.zoned or text[: mention.span[0]].endswith("\n"):
        return (
            False  # "9:00 Central\n10:00 Central": the next row, where the user's clock is Eastern
        )
    theirs, mine = told.start.time(), told.start.astimezone(zone).time()
    return "\n\n" not in between and theirs != mine == mention.start.time()


_APART = 60  # ... and from one row of an offer to the next
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 60  # characters from a time to the same by the user's clock


def _this_evening(mention: TimeMention, anchor: datetime) -> TimeMention:
    later = mention.start + timedelta(hours=12)
    plain_hour = mention.start.hour < 12 and not mention.text.lower().rstrip(".").endswith("m")
    if mention.start <= anchor < later and plain_hour:
        return replace(mention, start=later, end=mention.end and mention.end + timedelta(hours=12))
    return mention


def _arrivals_apart(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Being there "from 9:15" is the talk's own time, unless the talk follows soon after."""
    starts = [slot.mention.start for slot in slots if slot.role is Role.TALK]
    return tuple(
        replace(slot, role=Role.TALK)
        if slot.role is Role.ARRIVAL
        and not any(timedelta() < start - slot.mention.start <= EARLY for start in starts)
        else slot
        for slot in slots
    )


def on_day(day: date, text: str) -> str:
    return f"{day.isoformat()}\n\n{text[:MAX_HEAD]}"
