"""The interviews that a mail names.

A calendar event beats prose. In prose each time has its role (`slots.py`), and the kind of
the mail says which roles count: a panel is one entry a slot; a rescheduled talk is listed at
its new time alone, a cancelled one at the time taken away. Where the new text names no time,
the subject is read with it, and then the mail that it answers; schema.org markup in the HTML
speaks last, for times and places that no words name.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from agent.domain.facts import Interview, InterviewSource, InterviewStatus, Kind
from agent.mail.acts import sentences
from agent.mail.context import Portions
from agent.mail.cues import Cues, cues, plain
from agent.mail.invite import Event
from agent.mail.invite import interview as from_event
from agent.mail.join import called_at, dial_in, join_link
from agent.mail.panel import with_ends
from agent.mail.place import place_in
from agent.mail.signals import Signals
from agent.mail.slots import Role, Slot, slots_in
from agent.mail.structured import structured
from agent.mail.when import DayMention, TimeMention, find_days, find_shift, find_times

MAX_TEXT = 4_500  # characters of new text in which a time is looked for
MAX_HEAD = 2_000  # ... and in which its place is, unless the time stands further down
MAX_TIMES = 40  # times of a mail that are looked at
MAX_SLOTS = 12
EARLY = timedelta(minutes=30)  # how long ahead of a talk one is told to arrive
_STATUS = {
    Kind.INTERVIEW_CONFIRMED: InterviewStatus.CONFIRMED,
    Kind.INTERVIEW_RESCHEDULED: InterviewStatus.CONFIRMED,
    Kind.INTERVIEW_CANCELLED: InterviewStatus.CANCELLED,
    Kind.INTERVIEW_REQUEST: InterviewStatus.PROPOSED,
    Kind.REJECTION: InterviewStatus.CANCELLED,
    Kind.OWN: InterviewStatus.PROPOSED,
}
# Kinds whose place is where one will be; a talk that is taken away has none any more.
_MEETING = frozenset({Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_REQUEST})


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the times of one mail are read from: its words, when it was sent, the user's zone."""

    signals: Signals
    text: str
    quoted: str
    anchor: datetime
    language: str
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
        return with_ends(text, found[:MAX_TIMES]) if self.fixes else found[:MAX_TIMES]

    def mentions(self, text: str) -> tuple[DayMention, ...]:
        """The days of a text."""
        who = self.signals.identity
        return find_days(
            text, self.anchor, zone=who.timezone, country=who.country, language=self.language
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

    def slots(self, text: str, *, past: bool = False, late: bool = False) -> tuple[Slot, ...]:
        """The times of a text, with their roles; those that are over only where `past` asks.

        `late` reads a morning hour that is over as the evening's ("come 11 not 10", at nine).
        """
        mentions = self.times(text)
        if late:
            mentions = tuple(_this_evening(m, self.anchor) for m in mentions)
        if not mentions:
            return ()
        found = slots_in(text, mentions, sentences(text), self.words)
        return _arrivals_apart([s for s in found if past or s.mention.start > self.anchor])


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


def interviews_in(
    signals: Signals, kind: Kind, portions: Portions, anchor: datetime, language: str
) -> tuple[Interview, ...]:
    """Every interview that the mail speaks of, as a mail of that kind would mean it.

    `anchor` is what relative words count from, `language` that of the new text.
    """
    status = _STATUS.get(kind)
    if status is None:
        return ()
    text, fixes = portions.text[:MAX_TEXT], status is InterviewStatus.CONFIRMED
    letter = _Letter(signals, text, portions.quoted[:4_000], anchor, language, fixes)
    if signals.invites.events and kind is not Kind.REJECTION:
        return tuple(_from_calendar(letter, event) for event in signals.invites.events[:1])
    chosen = _chosen(letter, kind)
    if kind is Kind.INTERVIEW_RESCHEDULED and _only_asks(letter, chosen):
        status = InterviewStatus.PROPOSED
    if kind is Kind.OWN and len(chosen) == 1 and _accepts(letter, chosen[0]):
        status = InterviewStatus.CONFIRMED
    if not chosen and (marked := _marked(letter)):
        return (replace(marked, status=status),)
    where = _place(letter, chosen[0]) if chosen and kind in _MEETING else None
    if where is None and kind in _MEETING and letter.signals.mail.json_ld:
        where = structured(letter.signals.mail).location
    return tuple(_entry(slot, status, letter, where) for slot in chosen[:MAX_SLOTS])


# -- the calendar -------------------------------------------------------------------------------


def _from_calendar(letter: _Letter, event: Event) -> Interview:
    """The event; a counter-proposal (RFC 5546, 3.2.7) fixes nothing yet.

    A time in UTC is put into the zone that the mail states for that instant, if it does.
    """
    found = from_event(event)
    if (letter.signals.invites.method or "").upper() == "COUNTER":
        found = replace(found, status=InterviewStatus.PROPOSED)
    if found.timezone != "UTC" or found.start is None:
        return found
    told = f"{letter.signals.mail.subject}\n{letter.text}\n{event.description[:2_000]}"
    for mention in letter.times(told):
        if mention.timezone and mention.start == found.start:
            zone = ZoneInfo(mention.timezone)
            end = found.end.astimezone(zone) if found.end else None
            return replace(
                found, start=found.start.astimezone(zone), end=end, timezone=mention.timezone
            )
    return found


def _marked(letter: _Letter) -> Interview | None:
    """The event of the schema.org markup, for a mail whose text names no time.

    A time without an offset (ISO 8601) is the user's; one that is no time, or a day alone,
    says nothing.
    """
    if not letter.signals.mail.json_ld:
        return None
    said = structured(letter.signals.mail)
    start = _instant(said.starts, letter.signals.identity.timezone)
    if start is None:
        return None
    end = _instant(said.ends, letter.signals.identity.timezone)
    return Interview(
        start=start,
        end=end if end and end > start else None,
        location=said.location,
        url=_link(letter),
        phone=dial_in(letter.text) or called_at(letter.text),
    )


def _instant(said: str | None, zone: str) -> datetime | None:
    if said is None or "T" not in said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


# -- which of the times it is -------------------------------------------------------------------

Choose = Callable[[_Letter, Sequence[Slot]], list[Slot]]


def _chosen(letter: _Letter, kind: Kind) -> list[Slot]:
    """The times that count in a mail of that kind, wherever they stand."""
    choose = _CHOOSE[kind]
    chosen = choose(letter, letter.slots(letter.text))
    if kind is Kind.INTERVIEW_RESCHEDULED:
        chosen = _at_the_same_time(letter, chosen) or _pushed(letter, chosen) or chosen
    if chosen:
        return chosen
    if kind in {Kind.REJECTION, Kind.INTERVIEW_REQUEST, Kind.OWN} and letter.slots(letter.text):
        return []
    if kind is Kind.INTERVIEW_CANCELLED and (missed := _missed(letter)):
        return missed
    for text in _fallbacks(letter, kind):
        if chosen := choose(letter, letter.slots(text)):
            return chosen
    if kind is Kind.INTERVIEW_CONFIRMED:
        return _answered(letter)
    today = letter.anchor.date()
    late = kind in {Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED}
    if not late or not set(letter.days(letter.text)) <= {today}:
        return []
    return choose(letter, letter.slots(_on(today, letter.text), late=True))


def _fallbacks(letter: _Letter, kind: Kind) -> Iterable[str]:
    """The new text with what it leaves out: the subject's day or time, else the day meant.

    "Come at 11 instead" is about the day of the talk: the one that the subject or the mail
    it answers names, and where none does, today's.
    """
    subject = letter.signals.mail.subject
    yield f"{subject}\n\n{letter.text[:MAX_HEAD]}"
    if kind in {Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_CONFIRMED}:
        known = letter.days(subject) or letter.days(letter.quoted)
        day = known[0] if len(set(known)) == 1 else letter.anchor.date()
        if set(letter.days(letter.text)) <= {day}:
            yield _on(day, letter.text)


def _on(day: date, text: str) -> str:
    return f"{day.isoformat()}\n\n{text[:MAX_HEAD]}"


def _missed(letter: _Letter) -> list[Slot]:
    """ "We could not make your 3pm call today": a time of this day that is over already."""
    over = [s for s in letter.slots(letter.text, past=True) if s.role in {Role.TALK, Role.OLD}]
    return [s for s in over if s.mention.start.date() == letter.anchor.date()][:1]


def _at_the_same_time(letter: _Letter, chosen: Sequence[Slot]) -> list[Slot]:
    """ "Friday instead, same time": the day beside those words, at the clock time that is given up.

    "Thursday at the same time or Friday at 9" leaves Friday's as it is.
    """
    said = plain(letter.text[:2_000])
    cue = letter.words.last("same", said)
    if cue < 0 or _says_its_time(letter, said, cue):
        return []
    others = [s for s in chosen if s.mention.span[0] > cue and s.mention.dated]
    offered = [s for s in others if letter.words.find("or", said[cue : s.mention.span[0]])]
    if len(offered) < len(others):
        return []  # "the same time a week later, Tuesday 19th, 9.30" tells it all
    days = _days_around(letter, cue, [slot.mention.span for slot in chosen])
    old = _old_time(letter, {slot.mention.start for slot in offered})
    if old is None or not days:
        return []
    same = _on_day(old, days[-1])
    return [replace(slot, choice=True) for slot in (same, *offered)] if offered else [same]


def _is_new(letter: _Letter, slot: Slot) -> bool:
    """Whether words of change stand right before a time: "make it 3", "now 3pm"."""
    start = slot.mention.span[0]
    return letter.words.closes("new", plain(letter.text[max(0, start - 30) : start]), 1)


_TIME_NEAR = 24  # characters between "same time" and the time itself ("same time, 2.00pm")


def _says_its_time(letter: _Letter, said: str, cue: int) -> bool:
    """Whether the time stands beside those words, or nothing but the hour is said to be kept."""
    ends = [m.span[0] for m in letter.times(letter.text) if m.span[0] > cue]
    return bool(ends) and said[cue : min(ends)].count(" ") <= 2 and min(ends) - cue < _TIME_NEAR


def _old_time(letter: _Letter, offered: Collection[datetime]) -> Slot | None:
    """The time that is given up: said in the text, in the subject, or in the mail that it answers."""
    around = f"{letter.signals.mail.subject}\n\n{letter.text[:MAX_HEAD]}", letter.quoted
    for text in (*around, *(_on(letter.anchor.date(), told) for told in around)):
        slots = [s for s in letter.slots(text, past=True) if s.mention.start not in offered]
        old = [slot for slot in slots if slot.role in {Role.OLD, Role.START}]
        if old or slots:
            return (old or slots)[-1]
    return None


def _days_around(letter: _Letter, cue: int, timed: Iterable[tuple[int, int]]) -> list[date]:
    """The days named before the words of sameness, else those behind them."""
    spans = list(timed)
    mentions = [
        m
        for m in letter.mentions(letter.text)
        if m.day >= letter.anchor.date()
        and not any(0 <= start - m.span[1] < 8 or 0 <= m.span[0] - end < 8 for start, end in spans)
    ]
    before = [mention.day for mention in mentions if mention.span[1] <= cue]
    return before or [mention.day for mention in mentions]


def _pushed(letter: _Letter, chosen: Sequence[Slot]) -> list[Slot]:
    """ "Can we push Tuesday's 2pm by an hour?": the time told, so much later or earlier.

    Only where no new time is told: one that follows the words, or that words of change
    lead to, is the new one itself.
    """
    found = letter.shift(letter.text[:MAX_HEAD])
    if found is None or len(chosen) > 1:
        return []
    by, said_at = found
    if any(slot.mention.span[0] > said_at or _is_new(letter, slot) for slot in chosen):
        return []
    old = chosen[0] if chosen else _old_time(letter, ())
    if old is None:
        return []
    start, end = old.mention.start + by, old.mention.end and old.mention.end + by
    days = set(letter.days(letter.text[: letter.text.find("\n\n") + 1] or letter.text))
    later = [day for day in days if day > old.mention.start.date()]
    if by >= timedelta(days=1) and len(later) == 1:
        return [_on_day(old, later[0])]  # "deferred by a week, to Thursday 5 November"
    return [replace(old, mention=replace(old.mention, start=start, end=end))]


def _on_day(slot: Slot, day: date) -> Slot:
    """The slot's clock time on another day."""
    start, end = slot.mention.start, slot.mention.end
    moved = datetime.combine(day, start.time(), start.tzinfo)
    mention = replace(slot.mention, start=moved, end=end and moved + (end - start))
    return replace(slot, mention=mention)


def _confirmed(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The slots of a panel, or the one time that most speaks for."""
    slots = [replace(s, role=Role.TALK) if _is_long_talk(s) else s for s in slots]
    for roles in ({Role.TALK}, {Role.ARRIVAL}):
        if kept := [slot for slot in slots if slot.role in roles]:
            return _panel(kept) or [_likeliest(letter, kept)]
    # "Your interview is fix for Thursday 5 February by 9:00am", "Tot woensdag 14 uur!"
    limits = [s for s in slots if s.role is Role.LIMIT and not _asked(letter, s)]
    if kept := [s for s in limits if s.mention.dated or s.sure >= _MEETS]:
        return kept[:1]
    others = [slot for slot in slots if slot.role is not Role.LIMIT]
    return _panel(others) or [_likeliest(letter, others)] if others else []


def _is_long_talk(slot: Slot) -> bool:
    """ "Your interview is on Wednesday from 10 to 11:30": set, so it is no stretch to choose from."""
    meets = slot.sure >= _MEETS and slot.mention.dated and slot.ranged
    return slot.role is Role.OPEN and meets


_MEETS = 2.0  # the points of a time in a sentence with a word of meeting


def _asked(letter: _Letter, slot: Slot) -> bool:
    """Whether the sentence asks something of the user, so that the time is when that is due."""
    return bool(slot.sentence) and letter.words.find(
        "duty", plain(slot.sentence.text if slot.sentence else "")
    )


def _panel(slots: Sequence[Slot]) -> list[Slot]:
    """Two or more times that each open a line, or are each a stretch of their own."""
    listed = _distinct(slot for slot in slots if slot.listed)
    if len(listed) > 1:
        return listed
    ranged = _distinct(slot for slot in slots if slot.ranged)
    return ranged if len(ranged) > 1 else _round(slots)


def _round(slots: Sequence[Slot]) -> list[Slot]:
    """ "Raj at 10.00, Sue at 10.45 and Tom at 11.30": three or more of one sentence and one day."""
    for slot in slots:
        same = _distinct(s for s in slots if s.sentence is slot.sentence and s.sentence)
        starts = [s.mention.start for s in same]
        one_day = len({start.date() for start in starts}) == 1
        if len(same) >= 3 and one_day and starts == sorted(starts):
            return same
    return []


def _likeliest(letter: _Letter, slots: Sequence[Slot]) -> Slot:
    """The time that has most for it; of equals the first."""
    subject = {mention.start for mention in letter.times(letter.signals.mail.subject)}
    return max(slots, key=lambda slot: slot.sure + 2.0 * (slot.mention.start in subject))


def _distinct(slots: Iterable[Slot]) -> list[Slot]:
    """Each start once, a stated end kept, in the order of the text."""
    kept: dict[datetime, Slot] = {}
    for slot in slots:
        known = kept.get(slot.mention.start)
        if known is None or (known.mention.end is None and slot.mention.end is not None):
            kept[slot.mention.start] = slot
    return list(kept.values())


def _proposed(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """Every time offered; the ends of a free stretch are no slots."""
    return _distinct(slot for slot in slots if slot.role is Role.TALK and not slot.stretch)


def _moved(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The new time: what is not given up, and of several those offered as a choice, else one."""
    slots = _from_and_to(letter, slots)
    old = {slot.mention.start for slot in slots if slot.role in {Role.OLD, Role.START}}
    new = [s for s in slots if s.role is Role.TALK and s.mention.start not in old]
    if not new:
        new = [s for s in slots if s.role is Role.ARRIVAL]
    choice = _distinct(slot for slot in new if slot.choice)
    if len(choice) > 1 or not new:
        return choice
    return _panel(new) or [_likeliest(letter, [_against_old(slot, slots) for slot in new])]


def _from_and_to(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "Tuesday at 3 to Thursday at 10": of two times that "to" joins, the first is given up."""
    found = list(slots)
    for at, (left, right) in enumerate(pairwise(slots)):
        between = plain(letter.text[left.mention.span[1] : right.mention.span[0]]).strip()
        joined = left.sentence is right.sentence and letter.words.starts("onto", between)
        if joined and len(between) < _BETWEEN and left.role is Role.TALK:
            found[at] = replace(left, role=Role.OLD)
    return found


_BETWEEN = 40  # characters between the old time and the new one


def _against_old(slot: Slot, slots: Sequence[Slot]) -> Slot:
    """A new time gains by words of change before it, by an old one beside it, by coming last."""
    at = slots.index(slot)
    beside = [s for s in slots[max(0, at - 1) : at + 2] if s.sentence is slot.sentence]
    contrast = any(s.role in {Role.OLD, Role.START} for s in beside)
    return replace(slot, sure=slot.sure / 4 + 1.0 * slot.fresh + 1.5 * contrast + 0.1 * at)


def _taken_away(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The time that will not be: the one given up, else the first that is a talk's."""
    for roles in ({Role.OLD}, {Role.TALK}, set(Role)):
        if kept := [slot for slot in slots if slot.role in roles]:
            return [_likeliest(letter, kept)]
    return []


def _refused(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """A talk that a refusal takes away: its sentence says so."""
    away = [
        slot
        for slot in slots
        if slot.sentence and letter.words.find("calls_off", plain(slot.sentence.text))
    ]
    return _taken_away(letter, away)


def _own(letter: _Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The time that the user accepts, else those that the user offers."""
    said = [slot for slot in slots if slot.role is Role.TALK]
    agreed = [slot for slot in said if _accepts(letter, slot)]
    chosen = _distinct(agreed)[:1] or _distinct(said)
    return [_as_offered(letter, slot) for slot in chosen]


def _as_offered(letter: _Letter, slot: Slot) -> Slot:
    """ "Tuesday at 1:30 is best", in answer to one who offered Tuesday the 10th at 1:30."""
    start = slot.mention.start
    offered = [other.mention.start for other in letter.slots(letter.quoted)]
    alike = [o for o in offered if (o.weekday(), o.time()) == (start.weekday(), start.time())]
    return _on_day(slot, alike[0].date()) if len(alike) == 1 and start not in offered else slot


def _accepts(letter: _Letter, slot: Slot) -> bool:
    return bool(slot.sentence) and letter.words.find(
        "accepts", plain(slot.sentence.text if slot.sentence else "")
    )


_CHOOSE: dict[Kind, Choose] = {
    Kind.INTERVIEW_CONFIRMED: _confirmed,
    Kind.INTERVIEW_RESCHEDULED: _moved,
    Kind.INTERVIEW_CANCELLED: _taken_away,
    Kind.INTERVIEW_REQUEST: _proposed,
    Kind.REJECTION: _refused,
    Kind.OWN: _own,
}


def _answered(letter: _Letter) -> list[Slot]:
    """The slot of the quoted mail that a short yes agrees to: the only one, the one on the day
    named, or the first, second or last."""
    offered = _proposed(letter, letter.slots(letter.quoted))
    if len(offered) < 2:
        return offered
    days = set(letter.days(letter.text))
    on_day = [slot for slot in offered if slot.mention.start.date() in days]
    if len(on_day) == 1:
        return on_day
    said = plain(letter.text[:300])
    for name, place in (("first", 0), ("second", 1), ("last", -1)):
        if letter.words.find(name, said):
            return [offered[place]]
    return []


def _only_asks(letter: _Letter, chosen: Sequence[Slot]) -> bool:
    """Whether a move only asks: a choice or a question, unless silence is taken for a yes."""
    if len(chosen) != 1:
        return any(slot.choice for slot in chosen)
    sentence, words = chosen[0].sentence, letter.words
    if sentence is None or words.find("settled", plain(letter.text[:2_000])):
        return False
    return sentence.asks or words.find("hopes", plain(sentence.text))


# -- the entry ----------------------------------------------------------------------------------


def _entry(slot: Slot, status: InterviewStatus, letter: _Letter, where: str | None) -> Interview:
    mention = slot.mention
    return Interview(
        start=mention.start,
        end=mention.end,
        timezone=mention.timezone,
        status=status,
        source=InterviewSource.PROSE,
        location=where,
        url=_link(letter),
        phone=dial_in(letter.text) or called_at(letter.text),
    )


def _place(letter: _Letter, slot: Slot) -> str | None:
    """The place of the talk; the slot's words are looked up where it was read from elsewhere."""
    start, end = slot.mention.span
    stands = letter.text[start:end] == slot.mention.text
    head = letter.text[: max(MAX_HEAD, end + 400)] if stands else letter.text[:MAX_HEAD]
    spans = [mention.span for mention in letter.times(head)]
    spans += [mention.span for mention in letter.mentions(head)]
    online = bool(_link(letter) or called_at(letter.text))
    at = (start, end) if stands else None
    return place_in(head, at, spans, letter.words, online=online)


def _link(letter: _Letter) -> str | None:
    shown = "\n".join((letter.text, *(href for _, href in letter.signals.mail.links[:40])))
    return join_link(shown)
