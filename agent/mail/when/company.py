"""What stands around a phrase and makes it something else: a price, an address, a count.

Rules fit words; these questions keep "5 March Street", "top 10", "£10.30",
"version 1.2.26" and "Room 3" from being dates and times.
"""

from agent.mail.when.phrases import Setting
from agent.mail.when.rules import Match
from agent.mail.when.tokens import Atom

# Glued before figures, these make them part of a longer number, a path, a price.
_JOINS_DATE = frozenset("-/.:_#$£€+=%&\\")
_JOINS_CLOCK = frozenset("$£€¥#+*=&%\\/.:")
_MONEY = frozenset("$£€¥#")

# After a day these words leave it a day; another noun makes it a count ("the 2nd round").
_AFTER_DAY = (
    "follow", "at", "on", "or", "and", "to", "range", "of", "weekday", "hour", "part", "month",
    "clock", "from", "limit", "inside", "close", "zone", "latest", "alike", "rather", "former",
)  # fmt: skip


def _is_digit(atom: Atom | None) -> bool:
    return atom is not None and atom.text[:1].isdigit()


def _is_glued_digit(atom: Atom | None) -> bool:
    return atom is not None and atom.glued and atom.text[:1].isdigit()


def date_stands_alone(match: Match) -> bool:
    """Whether no sign or digit glued to either side makes a date in figures part of more."""
    first, before, after = match.atoms[match.first], match.before, match.after
    touching = before if first.glued else None
    if touching and (touching.low in _JOINS_DATE or touching.text[-1:].isalnum()):
        return False
    if after is None or not after.glued:
        return True
    if after.low in "%/_\\=&" or after.text[:1].isalnum():
        return False
    return after.low not in ".-:" or not _is_glued_digit(match.look(2)) or _is_hour_next(match)


def _is_hour_next(match: Match) -> bool:
    """03/04/2026-14:00."""
    hour, sign = match.look(2), match.look(3)
    return hour is not None and "yy" in hour.classes and sign is not None and sign.low in ":h"


def is_name_of_number(match: Match) -> bool:
    """Whether the word before says what the number numbers: "Room 3", "version 1.2.26"."""
    return match.preceded_by("numbered")


def clock_is_part_of_more(match: Match) -> bool:
    """Whether the figures of a clock belong to a price, a phone number, an id, a ratio."""
    before, after = match.before, match.after
    if is_name_of_number(match) or (before is not None and before.low in _MONEY):
        return True
    if (
        match.atoms[match.first].glued
        and before is not None
        and not _may_touch_clock(match, before)
    ):
        return True
    if after is None or not after.glued:
        return False
    if after.text[:1].isalnum():
        return not ("zone" in after.classes or "T" in after.classes)
    return after.low in "%_\\°" or (after.low in ":.," and _is_glued_digit(match.look(2)))


def _may_touch_clock(match: Match, before: Atom) -> bool:
    """What may touch the front of a clock: "T10:00", "10am/1pm", "Time:14:00", "Do.10 Uhr"."""
    if "T" in before.classes:
        return True
    second = match.look(-2)
    if before.low == "/":
        kinds = ("ampm", "zone", "mm", "hour", "year", "yy")
        return second is not None and any(name in second.classes for name in kinds)
    if before.low == ":":
        return second is not None and second.text[-1:].isalpha()
    if before.low == ".":
        return not _is_digit(second)
    return before.low not in _JOINS_CLOCK and not before.text[-1:].isalnum()


def has_clock_word(match: Match) -> bool:
    """Whether "at", "to" or the like goes before a number of hours."""
    return match.preceded_by("at", "to")


def is_hour_or_count(match: Match) -> bool:
    """Whether the last number is an hour ("March 10am", "March 10:30") or a share ("10%")."""
    after = match.after
    if after is None:
        return False
    if match.followed_by("ampm", "oclock"):
        apart = after.line != match.final.line  # "Fecha: martes 24\nHora: 18:00"
        return not (apart or _is_hour_of_day(match, after))
    if not after.glued:
        return after.low == "%"
    minutes = match.look(2)
    if after.low == ":":
        return minutes is not None and minutes.glued and "mm" in minutes.classes
    return after.low == "%" or (after.text[:1].isalpha() and match.followed_by("hmark", "ish"))


def _is_hour_of_day(match: Match, word: Atom) -> bool:
    """Italian "lunedì 19 ore 9.15", Polish "wtorek 4 godz. 16": the word leads to the hour behind it."""
    hour = match.look(2)
    return "at" in word.classes and hour is not None and "hour" in hour.classes


def leads_to_hour(match: Match) -> bool:
    """Whether the number between a weekday and the word for an hour is that of a day."""
    word = match.atom("oclock") if match.has("oclock") else None
    if word is None or match.slots["oclock"][0] < match.slots["h"][0]:
        return False
    behind = match.after
    if behind is not None and behind.low == ":" and word.line != match.atom("h").line:
        return True  # "Data: 08.09\nGodziny: 13:30"
    if "at" not in word.classes:
        return False
    hour = match.followed_by("hour")
    if match.preceded_by("weekday") and (hour or word.end < match.final.end):
        return True
    sign = match.look(2)
    return hour and sign is not None and sign.glued and sign.low in ":."


def carries_on(match: Match) -> bool:
    """Whether what follows leaves a day standing: the end, a sign, a small word or a time."""
    after = match.after
    if after is None or not after.text[:1].isalnum() or after.sentence != match.final.sentence:
        return True
    return match.followed_by(*_AFTER_DAY)


def counts(match: Match) -> bool:
    """Whether a number counts, measures or numbers what follows: "20 Personen", "20 rue …"."""
    after = match.after
    if after is None:
        return False
    touching = after.glued and after.text[:1].isalnum()
    return touching or _is_digit(after) or match.followed_by(*_COUNTED)


_COUNTED = (
    "unit", "units", "measure", "counted", "street", "month", "numbered", "oclock", "hmark", "ampm",
)  # fmt: skip


def goes_on_in_figures(match: Match) -> bool:
    """Whether a sign and a digit are glued behind ("Tue 3-4", "Thu 5/3")."""
    after, beyond = match.after, match.look(2)
    if after is None or not after.glued or not _is_digit(beyond):
        return False
    if after.low in ":.":
        return _is_glued_digit(beyond)  # but "Thu 5th: 10:00"
    return after.low in "-/"


def is_some_of(match: Match) -> bool:
    """ "the 2nd of three", "3/4 of them": "of" with no month behind it."""
    beyond = match.look(2)
    only_of = match.followed_by("of") and not match.followed_by("at", "on", "inside")
    period = {"month", "which", "unit"}  # "até dia 13 do corrente mês"
    return only_of and not (beyond is not None and bool(period & beyond.classes.keys()))


def is_address(match: Match) -> bool:
    """Whether a street's name follows on the line ("5 March Street", "au 12, rue des Lilas")."""
    after = match.look(2) if match.followed_by(",") else match.after
    if after is None or "street" not in after.classes:
        return False
    parted = match.followed_by(",") and match.final.text.isdigit()
    return (after.capital or parted) and match.final.line == after.line


def is_shy(match: Match, name: str, setting: Setting) -> bool:
    """Whether a captured word is one with another everyday meaning, in small letters."""
    if not match.has(name):
        return False
    atom = match.atom(name)
    return atom.low in setting.words.shy and not atom.capital


def weekday_has_company(match: Match, setting: Setting) -> bool:
    """Whether a weekday stands as one; short ones that are other words too need company."""
    atom = match.atom("weekday")
    if atom.low not in setting.words.shy:
        return True
    joined = match.preceded_by(
        "on", "or", "and", "limit", "from", "close", "range", "forhour", "ampm", "oclock"
    )
    if not atom.capital:
        told = match.followed_by("hour") or _is_at_hour(match) or _has_same_time(match)
        return joined or told or _is_in_list(match)
    after = match.after
    signs = after is not None and after.low in (",", "-", "/", "@", "|", ":", ")")
    beside = match.followed_by("hour", "at", "part", "clock", "alike")
    return joined or signs or beside or _is_settled(match, setting) or _is_written_so(match)


def _is_written_so(match: Match) -> bool:
    """ "noon Wed", "same time Mon?": a capital within a sentence; not "The Sun", "Sun Microsystems"."""
    first, before, after = match.atoms[match.first], match.before, match.after
    if before is None or before.sentence != first.sentence or "the" in before.classes:
        return False
    ends = after is None or after.sentence != first.sentence or after.line != first.line
    return ends or (after is not None and not after.capital)


def _is_settled(match: Match, setting: Setting) -> bool:
    """ "Wed it is!", "Sat works.": nothing but words that settle a day, up to the end of the clause."""
    for step in range(1, _SETTLING + 1):
        word = match.look(step)
        if word is None or word.sentence != match.final.sentence or word.low in ",.!?;":
            return step > 1
        if not setting.words.shows("settling", word.low):
            return False
    return False


_SETTLING = 4  # words behind a day, and the sign that ends them


def _is_in_list(match: Match) -> bool:
    """ "wed or thu 3pm"."""
    beyond = match.look(2)
    return match.followed_by("or") and beyond is not None and "weekday" in beyond.classes


def _has_same_time(match: Match) -> bool:
    """ "sexta, à mesma hora"."""
    after, beyond = match.after, match.look(2)
    comma = after is not None and after.low == ","
    return match.followed_by("alike") or (
        comma and beyond is not None and "alike" in beyond.classes
    )


def _is_at_hour(match: Match) -> bool:
    """ "sexta às 4", "sexta, às 4", "fri at 3", "quinta por volta das 12h"."""
    at, hour = match.look(1), match.look(2)
    if at is not None and at.low == ":":
        return hour is not None and "hour" in hour.classes  # "sat: 11 & 1"
    if at is not None and at.low == ",":
        at, hour = hour, match.look(3)
    leads = at is not None and ("firm" in at.classes or ("at" in at.classes and " " in at.low))
    return leads and hour is not None and bool({"hour", "hourword"} & hour.classes.keys())
