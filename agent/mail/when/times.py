"""From phrases to moments: every clock time on a known day, as `TimeMention`s."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from agent.mail.when.bind import Bound, bind
from agent.mail.when.mentions import TimeMention
from agent.mail.when.page import Page, sentence_of
from agent.mail.when.phrases import Day, Length, Zone
from agent.mail.when.slots import Slot, minutes_of, read_slots
from agent.mail.when.zones import clock_of, local_time

# A length goes with a time at most this many characters away.
_NEARBY = 400
MOST_TIMES = 300


def read_times(page: Page) -> tuple[TimeMention, ...]:
    """Every moment of a page, one for each time however many zones it is given in."""
    slots = [slot for slot in read_slots(page)[:MOST_TIMES] if not _is_no_appointment(page, slot)]
    _spread_zones(page, slots)
    bound = bind(page, slots)[:MOST_TIMES]
    mentions = [(each, _mention(page, each)) for each in bound]
    merged = _merge_twins(page, [(b, m) for b, m in mentions if m is not None])
    return tuple(_with_length(page, bound_to, mention) for bound_to, mention in merged)


def _is_no_appointment(page: Page, slot: Slot) -> bool:
    """Office hours, "every Monday at 9", and the stamp of a quoted mail."""
    words = sentence_of(page, page.phrases[slot.place])
    if slot.end is not None and any("opening" in atom.classes for atom in words):
        return True
    line = page.atoms[slot.first].line
    stamps = [atom for atom in words if atom.line in (line, line + 1)]
    return any("wrote" in atom.classes for atom in stamps[-4:]) or (
        len(stamps) > 1 and "sent" in stamps[0].classes and stamps[1].low == ":"
    )


def _spread_zones(page: Page, slots: Sequence[Slot]) -> None:
    """Give times without a zone the one stated for all, or that of their sentence."""
    general = _general_zone(page)
    stated = [slot.zone for slot in slots if slot.zone is not None]
    names = {(zone.name, zone.offset) for zone in stated}
    for at, slot in enumerate(slots):
        if slot.zone is None:
            slot.zone = general or (
                stated[0]
                if len(names) == 1 and not _is_twin_of(page, slots, at)
                else _neighbouring(page, slots, at)
            )


def _is_twin_of(page: Page, slots: Sequence[Slot], at: int) -> bool:
    """ "10am (1pm ET)": the time in brackets has a zone of its own."""
    following = slots[at + 1] if at + 1 < len(slots) else None
    if following is None or following.zone is None:
        return False
    gap = page.atoms[slots[at].last : following.first]
    return len(gap) == 1 and gap[0].low in "(["


def _general_zone(page: Page) -> Zone | None:
    """ "All times are Eastern", "Time zone: CET"."""
    for phrase in page.phrases:
        if isinstance(phrase, Zone):
            before = page.atoms[max(0, phrase.first - 5) : phrase.first]
            if any("alltimes" in atom.classes for atom in before):
                return phrase
    return None


def _neighbouring(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """The zone of the next time in the sentence, else of the one before."""
    sentence = page.atoms[slots[at].first].sentence
    following = [
        slot
        for slot in slots[at + 1 : at + 6]
        if slot.zone and page.atoms[slot.first].sentence == sentence
    ]
    if following and not _is_twin_of(page, slots, at):
        return following[0].zone
    earlier = [
        slot
        for slot in slots[max(0, at - 5) : at]
        if slot.zone and page.atoms[slot.first].sentence == sentence
    ]
    return earlier[-1].zone if earlier else None


def _mention(page: Page, bound: Bound) -> TimeMention | None:
    """The moment of a slot on its day, with every doubt."""
    slot, day = bound.slot, bound.day
    begin, finish = minutes_of(slot)
    clock, name = clock_of(slot.zone, page.setting)
    on = _day_at(page, day, begin)
    try:
        start, doubts = local_time(_at(on, begin), clock, slot.zone)
        end = local_time(_at(on, finish), clock, None)[0] if finish is not None else None
    except (OverflowError, ValueError):
        return None
    span = _words(page, slot)
    return TimeMention(start, end, name, span, page.text[span[0] : span[1]], (*day.doubts, *doubts))


def _words(page: Page, slot: Slot) -> tuple[int, int]:
    """Where a time stands with its zone, closing bracket included."""
    last = max(slot.last, page.phrases[slot.place_last - 1].last)
    inside = page.atoms[slot.first : last]
    opened = sum(atom.low in "([" for atom in inside) - sum(atom.low in ")]" for atom in inside)
    if opened > 0 and last < len(page.atoms) and page.atoms[last].low in ")]":
        last += 1
    return page.span(slot.first, last)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _day_at(page: Page, day: Day, begin: int) -> date:
    """The date; "Friday at 3" said on a Friday morning is today."""
    anchor = page.setting.anchor
    if (
        day.weekday is not None
        and day.weekday == anchor.weekday()
        and begin > 60 * anchor.hour + anchor.minute
    ):
        return anchor.date()
    return day.days[0]


_TWIN_SIGNS = frozenset("/(,=|-)[")


def _merge_twins(
    page: Page, found: Sequence[tuple[Bound, TimeMention]]
) -> list[tuple[Bound, TimeMention]]:
    """One mention for a time given in several zones: "10am PT/1pm ET"."""
    merged: list[tuple[Bound, TimeMention]] = []
    for bound, mention in found:
        before = merged[-1] if merged else None
        if before is None or not _may_be_twins(page, before, (bound, mention)):
            merged.append((bound, mention))
            continue
        slot = before[0].slot
        joined = _joined(page, before[1], mention)
        merged[-1] = (Bound(_reaching(slot, bound.slot), before[0].day), joined)
    return merged


def _reaching(slot: Slot, to: Slot) -> Slot:
    return Slot(slot.start, slot.end, slot.place, to.place_last, slot.zone, slot.part, slot.linked)


def _may_be_twins(
    page: Page, before: tuple[Bound, TimeMention], now: tuple[Bound, TimeMention]
) -> bool:
    """Two zones, nothing much between, and the same instant — or a sign that means "that is"."""
    left, right = before[0].slot, now[0].slot
    if left.start is right.start or right.zone is None or _clock(left.zone) == _clock(right.zone):
        return False
    gap = page.plain(left.place_last - 1, right.place)
    if len(gap) > 5 or page.atoms[right.first].line - page.atoms[left.first].line > 1:
        return False
    apart = abs((now[1].start - before[1].start).total_seconds()) % 86_400
    if apart == 0:
        return all(
            atom.low in _TWIN_SIGNS
            or {"or", "and", "label", "at", "the", "of"} & atom.classes.keys()
            for atom in gap
        )
    return any(atom.low in "/([" for atom in gap) and len(gap) <= 2


def _clock(zone: Zone | None) -> tuple[str | None, int | None] | None:
    return (zone.name, zone.offset) if zone else None


def _joined(page: Page, first: TimeMention, second: TimeMention) -> TimeMention:
    span = (first.span[0], second.span[1])
    if page.text[span[1] : span[1] + 1] == ")" and "(" in page.text[slice(*span)]:
        span = (span[0], span[1] + 1)
    apart = (second.start - first.start).total_seconds() % 86_400
    doubts = first.doubts
    if apart:
        doubts = (*doubts, f"{first.text.strip()} and {second.text.strip()} are not the same time")
    return replace(first, span=span, text=page.text[span[0] : span[1]], doubts=doubts)


def _with_length(page: Page, bound: Bound, mention: TimeMention) -> TimeMention:
    """The end from a length stated nearby: in the same sentence, else the only one close by."""
    if mention.end is not None:
        return mention
    lengths = [phrase for phrase in page.phrases if isinstance(phrase, Length)]
    minutes = _nearest_length(page, bound, lengths)
    if minutes is None:
        return mention
    return replace(mention, end=_later(mention.start, minutes))


def _later(start: datetime, minutes: int) -> datetime:
    """So many minutes on, across a change of the clocks too."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def _nearest_length(page: Page, bound: Bound, lengths: Sequence[Length]) -> int | None:
    slot = bound.slot
    at = page.atoms[slot.first]
    same = [length for length in lengths if page.sentence(length) == at.sentence]
    if same:
        return min(same, key=lambda length: abs(length.first - slot.last)).minutes
    near = [
        length for length in lengths if abs(page.atoms[length.first].start - at.start) <= _NEARBY
    ]
    if len({length.minutes for length in near}) == 1:
        return near[0].minutes
    return None
