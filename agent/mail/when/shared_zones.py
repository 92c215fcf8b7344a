"""The zone of times that have none beside them.

"All times are Eastern", "in Paris time:" before a list, a column's head, a clause of its own, or the
next time of the sentence: what a mail tells once is of every time that it can be meant for.
"""

from collections.abc import Sequence

from agent.mail.when.distance import is_glue, is_opened
from agent.mail.when.page import Page
from agent.mail.when.phrases import Zone
from agent.mail.when.slots import Slot
from agent.mail.when.twoclocks import tell_sides


def share_zones(page: Page, slots: Sequence[Slot]) -> None:
    """Give times without a zone the one stated for all, or that of their sentence."""
    _spread_columns(page, slots)
    tell_sides(page, slots)
    general = _general_zone(page)
    zones = [slot.zone for slot in slots if slot.zone is not None]
    stated = [zone for zone in zones if zone.name != "@user"] or zones
    if general is None and not stated:
        general = _stated_apart(page, slots)
    only = stated[0] if len({zone_key(zone) for zone in stated}) == 1 else None
    yours = general is not None and _says_yours(page)
    for at, slot in enumerate(slots):
        if slot.zone is None and general is not None:
            slot.zone = (_users(page, slots, at) if yours else None) or general
        elif slot.zone is None and (twin := _twin_of_next(page, slots, at)) is not None:
            again = twin.name == "@sender" and _is_said_again(slot, slots[at + 1])
            slot.zone = only if twin.name == "@user" else twin if again else None
        elif slot.zone is None:
            slot.zone = only or _neighbouring(page, slots, at)


def _spread_columns(page: Page, slots: Sequence[Slot]) -> None:
    """ "Date | Eastern | Mountain" over rows of two times each: every column has its own zone."""
    heads: dict[int, list[Zone]] = {}
    for phrase in page.phrases:
        if isinstance(phrase, Zone) and phrase.kind in ("name", "abbreviation"):
            heads.setdefault(page.line(phrase), []).append(phrase)
    rows: dict[int, list[Slot]] = {}
    for slot in slots:
        rows.setdefault(page.atoms[slot.first].line, []).append(slot)
    columns = [zones for line, zones in heads.items() if len(zones) > 1 and line not in rows]
    for row in rows.values() if len(columns) == 1 else ():
        if len(row) == len(columns[0]) and all(slot.zone is None for slot in row):
            for slot, zone in zip(row, columns[0], strict=True):
                slot.zone = zone


def _says_yours(page: Page) -> bool:
    """ "Eastern first, yours in brackets: …"."""
    words = page.setting.words
    return any(words.shows("yours", atom.low) for atom in page.atoms)


def _users(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """ "10:00-10:30 [8:00-8:30]", yours in brackets: the time in brackets is the user's."""
    slot, before = slots[at], slots[at - 1] if at else None
    if before is None or page.atoms[slot.first - 1].low not in "([":
        return None
    beside = slot.first - 1 == before.last
    return Zone(slot.first, slot.first, "@user", kind="whose") if beside else None


def zone_key(zone: Zone | None) -> tuple[str | None, int | None] | None:
    """By what two zones are known to be one: the IANA name and the offset in minutes."""
    return (zone.name, zone.offset) if zone else None


def _general_zone(page: Page) -> Zone | None:
    """ "All times are Eastern", "Time zone: CET"."""
    for phrase in page.phrases:
        if not isinstance(phrase, Zone):
            continue
        reach = _TO_CITY if phrase.kind == "city" else _TO_ZONE
        before = page.atoms[max(0, phrase.first - reach) : phrase.first]
        told = [at for at, atom in enumerate(before) if "alltimes" in atom.classes]
        if told and (phrase.kind != "whose" or is_glue(before[told[-1] + 1 :])):
            return phrase  # not "would any of these times work for you?"
    return None


_TO_ZONE, _TO_CITY = 5, 2  # atoms from "times are" to a zone, and to a city: "Times are London."


def _stated_apart(page: Page, slots: Sequence[Slot]) -> Zone | None:
    """The zone of a page whose times have none beside them: "(Pacific time):", "…, Central."

    It stands in brackets, behind the sign that ends a clause in a sentence with times, or
    names itself a time there; two different ones say nothing.
    """
    timed = {page.atoms[slot.first].sentence for slot in slots}
    zones = [
        zone
        for zone in page.phrases
        if isinstance(zone, Zone)
        if zone.kind in ("name", "abbreviation", "whose") or _heads_list(page, zone)
        if _in_brackets(page, zone)
        or _is_of_all(page, zone)
        or _is_told_as_time(page, zone)
        or _is_throughout(page, zone)
        or (page.sentence(zone) in timed and _closes(page, zone))
    ]
    zones = [zone for zone in zones if zone.kind != "whose"] or zones
    return zones[0] if len({zone_key(zone) for zone in zones}) == 1 else None


def _in_brackets(page: Page, zone: Zone) -> bool:
    if any(atom.low in "([" for atom in page.atoms[max(0, zone.first - 3) : zone.first]):
        return True
    before, after = page.atoms[max(0, zone.first - 1) : zone.first], page.atoms[zone.last :][:1]
    ends = [atom.low for atom in (*before, *after)]
    return ends in ([",", ")"], [",", "]"])  # "(Livorno, ora italiana)"


def _heads_list(page: Page, zone: Zone) -> bool:
    """ "Open times (Toronto):": a city alone in brackets, behind "times" or before a colon."""
    if zone.kind != "city" or zone.first < 2 or zone.last + 1 >= len(page.atoms):
        return False
    atoms = page.atoms
    if atoms[zone.first - 1].low not in "([" or atoms[zone.last].low not in ")]":
        return False
    return atoms[zone.last + 1].low == ":" or "time" in atoms[zone.first - 2].classes


def _is_of_all(page: Page, zone: Zone) -> bool:
    """ "Can you make one of these, all Eastern?": of the times that follow in a list."""
    return zone.first > 0 and "always" in page.atoms[zone.first - 1].classes and _closes(page, zone)


def _is_told_as_time(page: Page, zone: Zone) -> bool:
    """ "All UK times.", "Alles deutsche Zeit.": with a word for time it is of times, wherever it stands."""
    if zone.kind == "whose":
        return zone.name == "@sender" and _heads_lines(page, zone)
    beside = page.atoms[max(0, zone.first - 1) : zone.last]
    known = page.setting.words.words
    return zone.kind == "name" and any(
        _TIME & known.get(word, _TIMELESS).keys() or _TIME & atom.classes.keys()
        for atom in beside
        for word in atom.low.split()
    )


_TIME = {"time", "hourof"}
_TIMELESS: dict[str, int] = {}


def _closes(page: Page, zone: Zone) -> bool:
    """Whether a zone is a clause of its own: "…, Central."."""
    at = zone.first - 1
    if at > 0 and "always" in page.atoms[at].classes:
        at -= 1  # "15h, toujours heure de Paris et sur le même lien"
        return page.atoms[at].low == ","
    before = page.atoms[at].low if at >= 0 else ""
    after = page.atoms[zone.last].low if zone.last < len(page.atoms) else "."
    return before == "," and after in ".,;!?"


def _is_throughout(page: Page, zone: Zone) -> bool:
    """ "Eastern time throughout.", "Openings I can see, Pacific:": of the times around it.

    So it is as a clause of a sentence that ends with a colon: "huecos, hora de España, la tuya
    entre paréntesis:".
    """
    after = page.atoms[zone.last] if zone.last < len(page.atoms) else None
    before = page.atoms[zone.first - 1] if zone.first else None
    if after is None:
        return False
    opens = before is None or before.sentence < page.atoms[zone.first].sentence
    if opens and "throughout" in after.classes:
        return True
    if after.low == ":":
        led = before is not None and (before.low == "," or "always" in before.classes)
        return led or _is_said_to_be_in(page, zone)
    return (_closes(page, zone) and _leads_to_list(page, zone)) or _is_our_clock(page, zone)


def _is_said_to_be_in(page: Page, zone: Zone) -> bool:
    """ "in Paris time:", "les heures de Paris :": a zone by its name of time before what follows."""
    before = page.atoms[zone.first - 1] if zone.first else None
    return before is not None and bool({"inside", "hourof"} & before.classes.keys())


def _is_our_clock(page: Page, zone: Zone) -> bool:
    """ "We're on Eastern time.": a sentence that says no more than whose clock it is."""
    after = page.atoms[zone.last] if zone.last < len(page.atoms) else None
    ends = after is None or after.low in ".!"
    sentence = page.atoms[zone.first].sentence
    first = max(0, zone.first - _CLOCK_WORDS)
    opens = first == 0 or page.atoms[first].sentence < sentence
    return ends and opens and "on" in page.atoms[zone.first - 1].classes


def _leads_to_list(page: Page, zone: Zone) -> bool:
    """Whether the line or the sentence of a zone ends with a colon, within a few words."""
    first = page.atoms[zone.first]
    for atom in page.atoms[zone.last : zone.last + _WORDS_TO_COLON]:
        if atom.sentence != first.sentence:
            return False
        if atom.low == ":":
            return True
    return False


def _heads_lines(page: Page, zone: Zone) -> bool:
    """ "Orari di qui (Bologna):", "Zeiten bei uns: Mo 10 Uhr, …": not "unsere Zeit ist knapp: Mo 10 Uhr"."""
    if not _leads_to_list(page, zone):
        return False
    atoms, at = page.atoms, zone.last
    while atoms[at].low != ":":
        at += 1
    ends_line = at + 1 < len(atoms) and atoms[at + 1].line > atoms[at].line
    return ends_line or at == zone.last or atoms[zone.last].low in "(["


_WORDS_TO_COLON = 20
_CLOCK_WORDS = 6  # of "we are all on Eastern time"


def _twin_of_next(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """ "10am (1pm ET)": the zone of the time in brackets, which says this one again."""
    following = slots[at + 1] if at + 1 < len(slots) else None
    if following is None or following.zone is None:
        return None
    return following.zone if is_opened(page.atoms[slots[at].last : following.first]) else None


def _is_said_again(slot: Slot, following: Slot) -> bool:
    """ "10.30 (half elf hier)": one time in figures and in words is by one clock."""
    one, other = slot.start, following.start
    minutes = 60 * (one.hour - other.hour) + one.minute - other.minute
    return minutes % _HALF_DAY in (0, 60 * (other.minute < 0))


_HALF_DAY = 720  # minutes


def _neighbouring(page: Page, slots: Sequence[Slot], at: int) -> Zone | None:
    """The zone of the next time in the sentence, else of the one before."""
    sentence = page.atoms[slots[at].first].sentence
    for slot in (*slots[at + 1 : at + 6], *reversed(slots[max(0, at - 5) : at])):
        if slot.zone is not None and page.atoms[slot.first].sentence == sentence:
            return slot.zone
    return None
