"""The interviews that a mail names.

A calendar event beats prose (`booked.py`). In prose `chosen.py` says which of the times count;
schema.org markup in the HTML speaks last, for times and places that no words name.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from agent.domain.facts import Interview, InterviewSource, InterviewStatus, Kind
from agent.mail.asking import only_asks
from agent.mail.booked import from_calendar, from_markup
from agent.mail.chosen import accepts, chosen_of
from agent.mail.context import Portions
from agent.mail.join import DialIn, below, call_in, called_at, calls_you_at, dial_in, join_link
from agent.mail.letter import MAX_HEAD, MAX_TEXT, Letter
from agent.mail.place import is_spot, place_beside, place_in
from agent.mail.signals import Signals
from agent.mail.slots import Slot
from agent.mail.structured import structured

__all__ = ["MAX_TEXT", "interviews_in"]

MAX_SLOTS = 12
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
    quoted, signature = portions.quoted[:4_000], portions.signature[:2_000]
    letter = Letter(signals, text, quoted, anchor, language, signature, fixes)
    if signals.invites.events and kind is not Kind.REJECTION:
        return tuple(from_calendar(letter, event) for event in signals.invites.events[:1])
    chosen = chosen_of(letter, kind)
    if kind is Kind.INTERVIEW_RESCHEDULED and only_asks(letter, chosen):
        status = InterviewStatus.PROPOSED
    if kind is Kind.OWN and len(chosen) == 1 and accepts(letter, chosen[0]):
        status = InterviewStatus.CONFIRMED
    if not chosen and (marked := from_markup(letter)):
        return (replace(marked, status=status),)
    where = _place(letter, chosen[0]) if chosen and kind in _MEETING else None
    if where and kind is Kind.INTERVIEW_REQUEST and is_spot(where):
        where = None  # "the girls in the shop open at nine": nothing is set yet
    if where is None and kind in _MEETING and letter.signals.mail.json_ld:
        where = structured(letter.signals.mail).location
    chosen = chosen[:MAX_SLOTS]
    places = _places(letter, chosen, where) if kind in _MEETING else [where] * len(chosen)
    phone = _phone(letter, status) if chosen else None
    return tuple(
        _entry(slot, status, phone, place, link)
        for slot, place, link in zip(chosen, places, _links(letter, chosen, places), strict=True)
    )


def _phone(letter: Letter, status: InterviewStatus) -> DialIn | None:
    """The number of the talks: of all of them, for none is told beside a time alone."""
    set_ = status is InterviewStatus.CONFIRMED  # "call us on ..." to choose a time is no talk
    phone = call_in(letter.text) if set_ else dial_in(letter.text) or _rung(letter.text)
    return phone or below(letter.signature)


def _entry(
    slot: Slot,
    status: InterviewStatus,
    phone: DialIn | None,
    where: str | None,
    link: str | None,
) -> Interview:
    mention = slot.mention
    return Interview(
        start=mention.start,
        end=mention.end,
        timezone=mention.timezone,
        status=status,
        source=InterviewSource.PROSE,
        location=where,
        url=link,
        phone=phone.number if phone else None,
        pin=phone.pin if phone else None,
    )


def _rung(text: str) -> DialIn | None:
    """The number at which they will call, whichever time is chosen."""
    number = calls_you_at(text)
    return DialIn(number) if number else None


def _stretches(letter: Letter, chosen: Sequence[Slot]) -> list[tuple[int, int]]:
    """From the end of each time to the beginning of the next; none where they stand elsewhere."""
    spans = [slot.mention.span for slot in chosen]
    if not all(letter.text.startswith(slot.mention.text, slot.mention.span[0]) for slot in chosen):
        return []
    begins = [*(start for start, _ in spans[1:]), len(letter.text)]
    return [(end, until) for (_, end), until in zip(spans, begins, strict=True)] if spans else []


def _each(own: Sequence[str | None], of_all: str | None, count: int) -> list[str | None]:
    """What each slot has: its own where two of them have different ones, else what all have."""
    several = len({each for each in own if each}) > 1
    return [each or of_all for each in own] if several else [of_all] * count


def _each_line(own: Sequence[str | None]) -> bool:
    """Whether a place is told for some lines of a timetable, again and again, and not for the others."""
    told = [place for place in own if place]
    return 1 < len(told) < len(own) and len(set(told)) == 1


def _places(letter: Letter, chosen: Sequence[Slot], where: str | None) -> list[str | None]:
    """The place of each slot."""
    if len(chosen) < 2:
        return [where] * len(chosen)
    text = letter.text
    spans = [mention.span for mention in letter.times(text)]
    spans += [mention.span for mention in letter.mentions(text)]
    own = [
        place_beside(text, stretch, spans, letter.words) for stretch in _stretches(letter, chosen)
    ]
    if letter.link:
        return own if len({*own}) > 1 else [where] * len(chosen)
    return own if _each_line(own) else _each(own, where, len(chosen))


def _links(
    letter: Letter, chosen: Sequence[Slot], places: Sequence[str | None]
) -> list[str | None]:
    """The room of each slot; that of all is none of a slot that alone has a place to come to."""
    link = letter.link
    if len(chosen) < 2 or link is None:
        return [link] * len(chosen)
    own = [join_link(letter.text[start:until]) for start, until in _stretches(letter, chosen)]
    if len({*own} - {None}) < 2 and len({*places}) > 1:
        return [None if place else link for place in places]
    return _each(own, link, len(chosen))


def _place(letter: Letter, slot: Slot) -> str | None:
    """The place of the talk; the slot's words are looked up where it was read from elsewhere."""
    start, end = slot.mention.span
    stands = letter.text[start:end] == slot.mention.text
    head = letter.text[: max(MAX_HEAD, end + 400)] if stands else letter.text[:MAX_HEAD]
    spans = [mention.span for mention in letter.times(head)]
    spans += [mention.span for mention in letter.mentions(head)]
    online = bool(letter.link or called_at(letter.text))
    at = (start, end) if stands else None
    sender = letter.signals.mail.from_
    theirs = f"{sender.name} {sender.domain}"
    return place_in(head, at, spans, letter.words, online=online, theirs=theirs)
