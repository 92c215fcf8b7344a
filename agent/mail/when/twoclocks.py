"""One talk by two clocks: "16 Uhr hier, 10 Uhr bei Ihnen", "quatro da tarde aqui, dez da manhã aí".

Where a word says that a time is the sender's or the user's ("here", "for you"), and another time of the
sentence lies as far from it as the two clocks lie apart, the one is the sender's and the other the user's.
What the words alone could not tell ("14 Uhr bei uns" may be a place) the difference does.
"""

from collections.abc import Sequence
from datetime import timedelta

from agent.mail.when.minutes import minutes_of
from agent.mail.when.page import Page
from agent.mail.when.phrases import Day, Zone
from agent.mail.when.slots import Slot
from agent.mail.when.zones import clock_of

_NEAR = 3  # times behind one among which the other is looked for
_REACH = 5  # atoms from a time to the word that says whose it is
_SENTENCES = 2  # to the user's time where the sender's has its zone beside it
_HALF_DAY, _DAY = 720, 1440  # minutes
_LATER = timedelta(weeks=3)  # the clocks of the two may have changed by the day of the talk


def tell_sides(page: Page, slots: Sequence[Slot]) -> None:
    """Give the two times of one talk the sender's zone and the user's."""
    for at, one in enumerate(slots):
        for other in slots[at + 1 : at + 1 + _NEAR]:
            if not _may_be_one(page, one, other):
                continue
            for theirs, users in ((one, other), (other, one)):
                if _is_same_moment(page, theirs, users):
                    theirs.zone = theirs.zone or _whose(theirs, "@sender")
                    users.zone = _whose(users, "@user")
                    break


def _whose(slot: Slot, name: str) -> Zone:
    return Zone(slot.first, slot.first, name, kind="whose")


def _may_be_one(page: Page, one: Slot, other: Slot) -> bool:
    """Whether two times stand near each other, on one day, and a word says whose one of them is."""
    apart = page.atoms[other.first].sentence - page.atoms[one.first].sentence
    if apart > (_SENTENCES if one.zoned and one.zone and one.zone.kind != "whose" else 0):
        return False
    if any(isinstance(each, Day) for each in page.phrases[one.place_last : other.place]):
        return False
    return _is_marked(page, other) or (not apart and _is_marked(page, one))


def _is_marked(page: Page, slot: Slot) -> bool:
    """Whether "here", "for you" or a city of the user's clock stands beside a time."""
    sentence, words = page.atoms[slot.first].sentence, page.setting.words
    last = page.phrases[slot.place_last - 1].last
    around = (
        *page.atoms[max(0, slot.first - _REACH) : slot.first],
        *page.atoms[slot.last : last + _REACH],
    )
    for atom in around:
        if atom.sentence != sentence:
            continue
        if words.shows("sides", atom.low):
            return True
        if "zone" in atom.classes and words.zones[atom.classes["zone"]].zone in (
            "@user",
            "@sender",
        ):
            return True
    after = page.phrases[slot.place_last] if slot.place_last < len(page.phrases) else None
    return isinstance(after, Zone) and after.first - last < _REACH and _is_users(page, after)


def _is_users(page: Page, zone: Zone) -> bool:
    now = page.setting.anchor
    return (
        now.astimezone(clock_of(zone, page.setting)[0]).utcoffset()
        == now.astimezone(clock_of(None, page.setting)[0]).utcoffset()
    )


def _is_same_moment(page: Page, theirs: Slot, users: Slot) -> bool:
    """Whether a time by the sender's clock is the other one by the user's."""
    if users.zone is not None and not _is_users(page, users.zone):
        return False
    zone = theirs.zone
    if zone is None and page.setting.senders is None:
        return False
    if zone is not None and _is_users(page, zone):
        return False
    clock, mine = (
        clock_of(zone or _whose(theirs, "@sender"), page.setting)[0],
        clock_of(None, page.setting)[0],
    )
    apart = _minutes(page, theirs) - _minutes(page, users)
    day = _HALF_DAY if _is_open(users) or _is_open(theirs) else _DAY
    for when in (page.setting.anchor, page.setting.anchor + _LATER):
        here, there = when.astimezone(clock).utcoffset(), when.astimezone(mine).utcoffset()
        if here is None or there is None:
            continue
        east = int((here - there).total_seconds()) // 60
        turn = _DAY if east % _HALF_DAY == _HALF_DAY // 2 else day  # at six hours either could be
        if east and (apart - east) % turn == 0:
            return True
    return False


def _minutes(page: Page, slot: Slot) -> int:
    return minutes_of(slot.start, slot.end, slot.part, page.setting.words.afternoon_until)[0]


def _is_open(slot: Slot) -> bool:
    """Whether nothing says which half of the day an hour is in."""
    clock = slot.start
    return clock.half is None and not clock.sure and slot.part is None
