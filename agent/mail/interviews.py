"""The interviews that a mail names.

A calendar event beats prose. In prose the times near the talk count: one entry a slot; a
rescheduled talk at its new time alone, a cancelled one at the time taken away.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from agent.domain.facts import Interview, InterviewSource, InterviewStatus, Kind
from agent.mail.acts import Act
from agent.mail.classify import Signals, Timed
from agent.mail.invite import interview as from_event
from agent.mail.join import dial_in, join_link

_PLACE = re.compile(
    r"(?m)^\s*(?i:where|location|venue|place|address|room)\s*:\s*(.{3,120})$"
    r"|\b(?:at|in) (?:our |the )?((?:\d{1,5} [A-Z][\w.']*(?: [A-Z][\w.']*){0,4}(?:,? [A-Z][\w.' ]*){0,3}|(?:Room|Conference|Building|Suite|Floor) [\w-]+(?:, [^.\n]{2,60})?|[A-Z]\w+ (?:Room|Building|Hall|Office|Centre|Center)\b(?:, [a-z]+)?))"
)
_ONLINE = re.compile(
    r"(?i)https?:|zoom|teams|google meet|video|phone|online|webex|skype|remote|virtual"
)


def interviews_in(signals: Signals, kind: Kind, text: str) -> tuple[Interview, ...]:
    """Every interview that the mail speaks of, as a mail of that kind would mean it."""
    status = _STATUS.get(kind)
    if status is None and kind is not Kind.REJECTION:
        return ()
    if signals.invites.events and status is not None:
        return tuple(from_event(event) for event in signals.invites.events[:1])
    chosen = _chosen(signals, kind)
    if kind is Kind.REJECTION:
        status = InterviewStatus.CANCELLED
    if (
        status is InterviewStatus.CONFIRMED
        and kind is Kind.INTERVIEW_RESCHEDULED
        and _asks(signals)
    ):
        status = InterviewStatus.PROPOSED
    return tuple(_entry(t, status or InterviewStatus.CONFIRMED, text, signals) for t in chosen)


_STATUS = {
    Kind.INTERVIEW_CONFIRMED: InterviewStatus.CONFIRMED,
    Kind.INTERVIEW_RESCHEDULED: InterviewStatus.CONFIRMED,
    Kind.INTERVIEW_CANCELLED: InterviewStatus.CANCELLED,
    Kind.INTERVIEW_REQUEST: InterviewStatus.PROPOSED,
}


def _asks(signals: Signals) -> bool:
    """Whether a move only asks: several new times, or one that is a question."""
    new = [t for t in signals.times if not t.taken and not t.deadline]
    return len(new) > 1 and any(t.asked for t in signals.times)


def _chosen(signals: Signals, kind: Kind) -> list[Timed]:
    times = [t for t in signals.times if not t.deadline]
    if kind is Kind.REJECTION:
        return [t for t in times if t.taken][:1]
    if kind is Kind.INTERVIEW_CANCELLED:
        return ([t for t in times if t.taken] or times)[:1]
    if kind is Kind.INTERVIEW_REQUEST:
        return times
    if kind is Kind.INTERVIEW_RESCHEDULED:
        new = [t for t in times if not t.taken]
        return new if _asks(signals) else _one_slot_each(_newest(new, signals))[:4]
    return _one_slot_each([t for t in signals.fixed if _ahead(t, signals)] or list(signals.fixed))


def _newest(times: list[Timed], signals: Signals) -> list[Timed]:
    """Of several times in a move, those in a sentence that moves; colour such as "he sails at noon" goes."""
    moving = {d.sentence.span for d in signals.doings if d.act is Act.MOVES}
    inside = [t for t in times if t.sentence and t.sentence.span in moving]
    ranged = [t for t in times if t.mention.end is not None]
    return inside or ranged or times


def _ahead(timed: Timed, signals: Signals) -> bool:
    sent = signals.mail.date or signals.mail.received
    return sent is None or timed.mention.start > sent


def _one_slot_each(times: Iterable[Timed]) -> list[Timed]:
    """The slots of a panel, each start once; times that only colour one slot are left out."""
    kept: dict[datetime, Timed] = {}
    for timed in times:
        known = kept.get(timed.mention.start)
        if known is None or (known.mention.end is None and timed.mention.end is not None):
            kept[timed.mention.start] = timed
    slots = list(kept.values())
    ranged = [t for t in slots if t.mention.end is not None]
    return ranged if len(ranged) > 1 else (ranged or slots[:1])


def _entry(timed: Timed, status: InterviewStatus, text: str, signals: Signals) -> Interview:
    mention = timed.mention
    return Interview(
        start=mention.start,
        end=mention.end,
        timezone=mention.timezone,
        status=status,
        source=InterviewSource.PROSE,
        location=_place(text),
        url=_link(text, signals),
        phone=dial_in(text),
    )


def _link(text: str, signals: Signals) -> str | None:
    shown = "\n".join((text, *(href for _, href in signals.mail.links[:40])))
    return join_link(shown)


def _place(text: str) -> str | None:
    for match in _PLACE.finditer(text[:6000]):
        place = (match[1] or match[2]).strip(" .,")
        if not _ONLINE.search(place):
            return place
    return None
