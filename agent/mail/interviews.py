"""The interviews that a mail names.

A calendar event beats prose (`booked.py`). In prose `chosen.py` says which of the times count;
schema.org markup in the HTML speaks last, for times and places that no words name.
"""

from dataclasses import replace
from datetime import datetime

from agent.domain.facts import Interview, InterviewSource, InterviewStatus, Kind
from agent.mail.booked import from_calendar, from_markup
from agent.mail.chosen import accepts, chosen_of, only_asks
from agent.mail.context import Portions
from agent.mail.join import called_at, dial_in
from agent.mail.letter import MAX_HEAD, MAX_TEXT, Letter
from agent.mail.place import place_in
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
    letter = Letter(signals, text, portions.quoted[:4_000], anchor, language, fixes)
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
    if where is None and kind in _MEETING and letter.signals.mail.json_ld:
        where = structured(letter.signals.mail).location
    return tuple(_entry(slot, status, letter, where) for slot in chosen[:MAX_SLOTS])


def _entry(slot: Slot, status: InterviewStatus, letter: Letter, where: str | None) -> Interview:
    mention = slot.mention
    set_ = status is InterviewStatus.CONFIRMED  # "call us on ..." to choose a time is no talk
    return Interview(
        start=mention.start,
        end=mention.end,
        timezone=mention.timezone,
        status=status,
        source=InterviewSource.PROSE,
        location=where,
        url=letter.link,
        phone=dial_in(letter.text) or (called_at(letter.text) if set_ else None),
    )


def _place(letter: Letter, slot: Slot) -> str | None:
    """The place of the talk; the slot's words are looked up where it was read from elsewhere."""
    start, end = slot.mention.span
    stands = letter.text[start:end] == slot.mention.text
    head = letter.text[: max(MAX_HEAD, end + 400)] if stands else letter.text[:MAX_HEAD]
    spans = [mention.span for mention in letter.times(head)]
    spans += [mention.span for mention in letter.mentions(head)]
    online = bool(letter.link or called_at(letter.text))
    at = (start, end) if stands else None
    return place_in(head, at, spans, letter.words, online=online)
