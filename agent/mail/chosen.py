"""Which of the times that a mail names are its interviews.

Each time has its role (`slots.py`), and the kind of the mail says which roles count: a panel is
one entry a slot; a rescheduled talk is listed at its new time alone, a cancelled one at the time
taken away. Where the new text names no time, the subject is read with it, and then the mails
that it answers.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from agent.domain.facts import Kind
from agent.mail.acts import told_sentences
from agent.mail.asking import says
from agent.mail.cues import plain
from agent.mail.displaced import called_off, displaced
from agent.mail.earlier import earlier
from agent.mail.from_to import HALF_DAY, NOON, from_and_to, to_its_end
from agent.mail.history import is_history, without_reason, without_subject
from agent.mail.letter import MAX_HEAD, Letter, on_day
from agent.mail.moved import by_the_old_time, put_on
from agent.mail.offered import happens, is_busy, place_in_letter, proposed
from agent.mail.options import options
from agent.mail.programme import called_interview, is_besides, seated_rows, talks_of
from agent.mail.several import panel_of, series_of, whole_panel
from agent.mail.slots import Role, Slot, distinct

Choose = Callable[[Letter, Sequence[Slot]], list[Slot]]


def chosen_of(letter: Letter, kind: Kind) -> list[Slot]:
    """The times that count in a mail of that kind, wherever they stand."""
    choose = _CHOOSE[kind]
    told = letter.slots(letter.text)
    slots = [s for s in told if not (kind in _MAY_BE_TODAY and _is_on_anothers_day(letter, s))]
    chosen = choose(letter, slots)
    if kind is Kind.INTERVIEW_RESCHEDULED:
        chosen = by_the_old_time(letter, chosen) or chosen
    if chosen:
        return chosen
    if kind in {Kind.REJECTION, Kind.INTERVIEW_REQUEST, Kind.OWN} and letter.slots(letter.text):
        return []
    if kind is Kind.INTERVIEW_CANCELLED and (missed := _missed(letter)):
        return missed
    if kind is Kind.INTERVIEW_CONFIRMED and (agreed := _agreed(letter)):
        return agreed
    for text in _fallbacks(letter, kind, whole=len(slots) == len(told)):
        found: Sequence[Slot] = letter.slots(text)
        if kind is Kind.INTERVIEW_RESCHEDULED:
            found = without_subject(letter, found, text)
        if chosen := choose(letter, found):
            return chosen
    if kind is Kind.INTERVIEW_CONFIRMED:
        return _answered(letter)
    if kind is Kind.INTERVIEW_CANCELLED and (fixed := _fixed_before(letter)):
        return fixed
    today = letter.anchor.date()
    late = kind in {Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED}
    if not late or not _own_days(letter) <= {today}:
        return []
    return choose(letter, letter.slots(on_day(today, letter.text), late=True))


def _fallbacks(letter: Letter, kind: Kind, *, whole: bool) -> Iterable[str]:
    """The new text with what it leaves out: the subject's day or time, else the day meant.

    "Come at 11 instead" is about the day of the talk: the one that the subject or the mail
    it answers names, and where none does, today's. `whole` says that no time of the text was left out.
    """
    subject = letter.signals.mail.subject
    if whole or letter.days(subject):
        yield f"{subject}\n\n{letter.text[:MAX_HEAD]}"
    if kind in {Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_CONFIRMED}:
        known = letter.days(subject) or _days_before(letter)
        day = known[0] if len(set(known)) == 1 else letter.anchor.date()
        if _own_days(letter) <= {day}:
            yield on_day(day, letter.text)


_MAY_BE_TODAY = frozenset(
    {Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_CONFIRMED}
)


def _own_days(letter: Letter) -> set[date]:
    """The days of the text on which a talk may be: no limits, and none on which work begins."""
    today = letter.anchor.date()
    found = (m for m in letter.mentions(letter.text) if m.day >= today and not m.deadline)
    return {mention.day for mention in found if not _is_of_a_beginning(letter, mention.span[0])}


def _is_of_a_beginning(letter: Letter, at: int) -> bool:
    """Whether the sentence there tells when work begins: "The start would be 1 September"."""
    sentence = next((s for s in told_sentences(letter.text) if s.span[0] <= at < s.span[1]), None)
    if sentence is None:
        return False
    said = plain(sentence.text)
    return letter.words.find("begins", said) and not letter.words.find("interview", said)


def _is_on_anothers_day(letter: Letter, slot: Slot) -> bool:
    """ "I have to call off our 2 o'clock. … The start would be 1 September.": a day told later, of something else."""
    sentence, start = slot.sentence, slot.mention.span[0]
    if slot.mention.dated or sentence is None or not sentence.span[0] <= start < sentence.span[1]:
        return False
    day = slot.mention.start.date()
    told = [mention for mention in letter.mentions(letter.text) if mention.day == day]
    return bool(told) and all(
        mention.span[0] >= sentence.span[1] and _is_of_a_beginning(letter, mention.span[0])
        for mention in told
    )


def _days_before(letter: Letter) -> list[date]:
    """The days still to come that the newest quoted mail with any names."""
    today = letter.anchor.date()
    for mail in earlier(letter):
        if days := [m.day for m in mail.letter.mentions(mail.text) if m.day >= today]:
            return days
    return []


def _missed(letter: Letter) -> list[Slot]:
    """ "We could not make your 3pm call today": a time of this day that is over already."""
    over = [s for s in letter.slots(letter.text, past=True) if s.role in {Role.TALK, Role.OLD}]
    return [s for s in over if s.mention.start.date() == letter.anchor.date()][:1]


def _confirmed(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The slots of a panel, or the one time that most speaks for."""
    slots = [replace(s, role=Role.TALK) if s.planned or _is_long_talk(s) else s for s in slots]
    slots = seated_rows(letter, slots)
    for roles in ({Role.TALK}, {Role.ARRIVAL}):
        if kept := [slot for slot in slots if slot.role in roles]:
            return (
                talks_of(letter, whole_panel(letter, kept))
                or series_of(letter, kept)
                or [_likeliest(letter, _of_ours(letter, kept))]
            )
    # "Your interview is fix for Thursday 5 February by 9:00am", "Tot woensdag 14 uur!"
    limits = [s for s in slots if s.role is Role.LIMIT and not _asked(letter, s)]
    if kept := [s for s in limits if s.mention.dated or s.sure >= _MEETS]:
        return kept[:1]
    others = [slot for slot in slots if slot.role is not Role.LIMIT]
    return panel_of(others) or [_likeliest(letter, others)] if others else []


def _is_long_talk(slot: Slot) -> bool:
    """ "Your interview is on Wednesday from 10 to 11:30": set, so it is no stretch to choose from."""
    meets = slot.sure >= _MEETS and slot.mention.dated and slot.ranged
    return slot.role is Role.OPEN and meets


_MEETS = 2.0  # the points of a time in a sentence with a word of meeting


def _asked(letter: Letter, slot: Slot) -> bool:
    """Whether the sentence asks something of the user, so that the time is when that is due."""
    return says(letter, slot, "duty")


def _promised(letter: Letter, slot: Slot) -> bool:
    """ "I'll come back to you by Monday noon": when something is due from either side."""
    return _asked(letter, slot) or says(letter, slot, "inform")


def _of_ours(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The times at which nothing else happens; all of them where each has something.

    "Half five tomorrow? Fine, I lock up at five." An interview that its words lead to
    ("exercise at 11.00, interview at 11.20") is the talk itself.
    """
    led = [slot for slot in slots if _is_led_to_by_talk(letter, slot)]
    led = led or called_interview(letter, slots)
    rest = [
        slot
        for slot in slots
        if slot.listed or not (happens(letter, slot, slots) or is_busy(letter, slot))
    ]
    rest = [slot for slot in rest if not is_besides(letter, slot, slots)] or rest
    return (led if len(led) == 1 else []) or rest or list(slots)


def _is_led_to_by_talk(letter: Letter, slot: Slot) -> bool:
    """ "interview at 11.20", told at the head of a clause that another time stands before."""
    start, sentence = place_in_letter(letter, slot), slot.sentence
    if start < 0 or sentence is None or slot.mention.dated:
        return False
    before = plain(letter.text[max(0, start - 40) : start])
    return letter.words.closes("talk_begins", before, 0)


def _likeliest(letter: Letter, slots: Sequence[Slot]) -> Slot:
    """The time that has most for it; of equals the first.

    The subject tells the talk's time, but "Re: today 3pm" tells what "make it 3:30" gives up.
    """
    subject = {mention.start for mention in letter.times(letter.signals.mail.subject)}
    if any(slot.fresh and slot.mention.start not in subject for slot in slots):
        subject = set()
    return max(slots, key=lambda slot: slot.sure + 2.0 * (slot.mention.start in subject))


def _moved(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The new time: what is not given up, and of several those offered as a choice, else one."""
    kept = [slot for slot in slots if not is_history(letter, slot)]
    slots = from_and_to(letter, [to_its_end(letter, _struck(slot)) for slot in kept])
    slots = displaced(letter, slots)
    old = {slot.mention.start for slot in slots if slot.role in {Role.OLD, Role.START}}
    new = [s for s in slots if s.role is Role.TALK and s.mention.start not in old]
    if not new:
        ranged = [s for s in slots if s.role is Role.OPEN and s.ranged]
        session = [s for s in ranged if not (s.stretch and s.sentence and s.sentence.asks)]
        new = [s for s in slots if s.role is Role.ARRIVAL or s in session]
    if not new:
        new = [
            s
            for s in slots
            if s.role is Role.LIMIT and s.mention.dated and not _promised(letter, s)
        ]  # "It is now Thursday 20th by 10am."
    new = [slot for slot in new if slot.fresh or not _called_off(letter, slot, slots)] or new
    new = [slot for slot in new if slot.fresh or not happens(letter, slot, slots)] or new
    choice = options(letter, _as_rows(letter, new))
    if len(choice) > 1 or not new:
        return choice
    new = without_reason(new)
    if several := panel_of(new):
        return several
    likeliest = _likeliest(letter, [_against_old(slot, slots) for slot in new])
    return [_of_the_same_half(likeliest, slots)]


def _as_rows(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """ "Instead I can offer:\n- Thursday 7 at 10\n- Friday 8 at 11": new times that signs alone part
    are a choice, as those are that "or" joins.
    """
    found = list(slots)
    for at, (left, right) in enumerate(pairwise(slots)):
        if letter.parts_by_signs(left.mention, right.mention):
            found[at : at + 2] = [replace(found[at], choice=True), replace(right, choice=True)]
    return found


def _of_the_same_half(slot: Slot, slots: Sequence[Slot]) -> Slot:
    """ "make it 7.30, not 6.30": the new hour is of the evening where the old one is."""
    mention = slot.mention
    if mention.start.hour >= NOON or mention.text.lower().rstrip(".").endswith("m"):
        return slot
    later = mention.start + HALF_DAY
    if any(s.role is Role.OLD and abs(later - s.mention.start) <= _NEAR_OLD for s in slots):
        return replace(slot, mention=replace(mention, start=later, end=None))
    return slot


def _called_off(letter: Letter, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether its sentence takes a time away, and no other one that it has."""
    other = any(s.role is Role.OLD and s.sentence is slot.sentence for s in slots)
    return not other and says(letter, slot, "calls_off")


_NEAR_OLD = timedelta(hours=3)


def _struck(slot: Slot) -> Slot:
    """ "Time: 09:30 11:00" behind a label: the first was struck out where the mail had a form."""
    mention = slot.mention
    said = mention.text.split(" ")
    if len(said) != 2 or mention.end is None or not (slot.listed and slot.ranged):
        return slot
    if not all(_FIGURES.fullmatch(each) for each in said):
        return slot
    return replace(slot, mention=replace(mention, start=mention.end, end=None))


_FIGURES = re.compile(r"\d{1,2}[:.h]\d\d")


def _against_old(slot: Slot, slots: Sequence[Slot]) -> Slot:
    """A new time gains by words of change before it, by an old one beside it, by being asked about,
    by coming last."""
    at = slots.index(slot)
    beside = [s for s in slots[max(0, at - 1) : at + 2] if s.sentence is slot.sentence]
    asked = slot.sentence is not None and slot.sentence.asks
    asked_for = 2.6 if slot.mention.dated else 0.5  # "… the auditors come at 11. Friday at 10?"
    contrast = any(s.role in {Role.OLD, Role.START} for s in beside)
    return replace(
        slot, sure=slot.sure / 4 + 1.0 * slot.fresh + 1.5 * contrast + 0.1 * at + asked_for * asked
    )


def _taken_away(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The time that will not be: the one given up, else the first that is a talk's."""
    called = [slot for slot in slots if says(letter, slot, "calls_off")]
    if not any(slot.role is Role.OLD for slot in called):
        # "Don't come in at 11. I'd rather not guess at one.": no other time is given up
        slots = [s for s in called if s.role is Role.TALK] or slots
    slots = called_off(letter, slots) or slots
    for roles in ({Role.OLD}, {Role.TALK}, set(Role)):
        if kept := [slot for slot in slots if slot.role in roles]:
            return [_likeliest(letter, kept)]
    return []


def _refused(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """A talk that a refusal takes away: its sentence says so, or "we had you down for
    Monday" and another sentence that it will not be."""
    off = letter.words.find("calls_off", plain(letter.text[:MAX_HEAD]))
    called = [s for s in slots if (off and s.role is Role.OLD) or says(letter, s, "calls_off")]
    return _taken_away(letter, called)


def _own(letter: Letter, slots: Sequence[Slot]) -> list[Slot]:
    """The time that the user accepts, else those that the user offers."""
    said = [slot for slot in slots if slot.role is Role.TALK]
    agreed = [slot for slot in said if accepts(letter, slot) and not slot.choice]
    chosen = distinct(agreed)[:1] or distinct(said)
    return [_as_offered(letter, slot) for slot in chosen]


def _as_offered(letter: Letter, slot: Slot) -> Slot:
    """ "Tuesday at 1:30 is best", in answer to one who offered Tuesday the 10th at 1:30."""
    start = slot.mention.start
    offered = [other.mention.start for other in letter.slots(letter.quoted)]
    alike = [o for o in offered if (o.weekday(), o.time()) == (start.weekday(), start.time())]
    return put_on(slot, alike[0].date()) if len(alike) == 1 and start not in offered else slot


def accepts(letter: Letter, slot: Slot) -> bool:
    """Whether the sentence of a time says yes to it."""
    return says(letter, slot, "accepts")


_CHOOSE: dict[Kind, Choose] = {
    Kind.INTERVIEW_CONFIRMED: _confirmed,
    Kind.INTERVIEW_RESCHEDULED: _moved,
    Kind.INTERVIEW_CANCELLED: _taken_away,
    Kind.INTERVIEW_REQUEST: proposed,
    Kind.REJECTION: _refused,
    Kind.OWN: _own,
}


def _offered(letter: Letter) -> list[Slot]:
    """The times still to come of the newest quoted mail that names any."""
    for mail in earlier(letter):
        slots = [slot for slot in mail.slots() if slot.mention.start > letter.anchor]
        if offered := proposed(letter, slots) or distinct(slots):
            return offered
    return []


def _agreed(letter: Letter) -> list[Slot]:
    """ "2 o'clock works", in answer to one who offered two days: the offer at that hour."""
    if letter.days(letter.text):
        return []
    said = {
        s.mention.start.time()
        for s in letter.slots(on_day(letter.anchor.date(), letter.text), past=True)
    }
    alike = [slot for slot in _offered(letter) if slot.mention.start.time() in said] if said else []
    return alike if len(alike) == 1 else []


def _fixed_before(letter: Letter) -> list[Slot]:
    """ "Don't come tomorrow", where the mail that it answers says when: the talk of that day."""
    days = set(letter.days(letter.text)) or set(letter.days(letter.signals.mail.subject))
    for mail in earlier(letter):
        slots = [s for s in mail.slots() if s.mention.start > letter.anchor - timedelta(hours=12)]
        named = [slot for slot in slots if slot.mention.start.date() in days]
        if named or (slots and not days):
            return _taken_away(letter, named or slots)
    return []


def _answered(letter: Letter) -> list[Slot]:
    """The slot of the quoted mail that a short yes agrees to: the only one, the one on the day
    named, or the first, second or last."""
    offered = _offered(letter)
    if len(offered) < 2:
        return offered
    days = set(letter.days(letter.text))
    named = [slot for slot in offered if slot.mention.start.date() in days]
    if len(named) == 1:
        return named
    said = plain(letter.text[:300])
    if len(hour := _at_hour_of_day(letter, offered)) == 1:
        return hour
    for name, place in (("first", 0), ("second", 1), ("last", -1)):
        if letter.words.find(name, said):
            return [offered[place]]
    return []


def _at_hour_of_day(letter: Letter, offered: Sequence[Slot]) -> list[Slot]:
    """ "Thursday 8 suits", in answer to "Thursday the 1st at 8": an hour that was read as a date."""
    said = {(m.day.weekday(), m.day.day) for m in letter.mentions(letter.text)}
    return [
        slot
        for slot in offered
        for hour in [(slot.mention.start.hour - 1) % 12 + 1]
        if (slot.mention.start.weekday(), hour) in said and not slot.mention.start.minute
    ]
