"""Rules for clock times, parts of the day and lengths.

A rule says what the words can be; whether a bare "3" is an hour is settled later,
by its company (`slots`).
"""

from agent.mail.when.phrases import Clock, DayPart, Length, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Part, Unit

_LONGEST = 600  # minutes: no talk lasts longer, so a longer length is of something else

_MONEY_AND_MORE = frozenset("$£€¥#+*=&%\\/.:")


def _is_part_of_more(match: Match) -> bool:
    """Whether the figures belong to a price, a phone number, an id, a version, a ratio."""
    before, first, after = match.before, match.atoms[match.first], match.after
    if (
        before is not None
        and first.glued
        and (before.low in _MONEY_AND_MORE or before.text[-1:].isalnum())
    ):
        if not ("T" in before.classes or (before.low == "/" and _is_time_before(match))):
            if not (before.low == ":" and _is_label(match)) and not (
                before.low == "." and not _digit_at(match, match.first - 2)
            ):
                return True
    if (before is not None and before.low in "$£€¥#") or (
        before is not None and "numbered" in before.classes
    ):
        return True
    if after is None or not after.glued:
        return False
    if after.low in "%_\\°" or (
        after.text[:1].isalnum() and not ("zone" in after.classes or "T" in after.classes)
    ):
        return True
    return (
        after.low in ":.,"
        and _digit_at(match, match.last + 1)
        and match.atoms[match.last + 1].glued
    )


def _is_time_before(match: Match) -> bool:
    """10am/1pm: what stands before the stroke ends in am, pm or a zone, or is a time."""
    at = match.first - 2
    return at >= 0 and any(
        name in match.atoms[at].classes for name in ("ampm", "zone", "mm", "hour", "year", "yy")
    )


def _is_label(match: Match) -> bool:
    """Time:14:00."""
    return match.first >= 2 and match.atoms[match.first - 2].text[-1:].isalpha()


def _digit_at(match: Match, at: int) -> bool:
    return 0 <= at < len(match.atoms) and match.atoms[at].text[:1].isdigit()


def clock(match: Match, setting: Setting) -> Phrase | None:
    """Hours, minutes, am or pm in figures or words: "3.30pm", "14:00", "ten o'clock", "3"."""
    hour, minute = match.value("h"), match.value("m") if match.has("m") else 0
    half = match.maybe("ampm")
    if _is_part_of_more(match) or not _is_hour(hour, half) or minute > 59 or _lasts(match):
        return None
    text = match.atom("h").text
    bare = match.last - match.first == 1
    return Clock(
        match.first, match.last, hour, minute, half,
        sure=half is None and (hour > 12 or hour == 0 or text[0] == "0"),
        faint=bare or (match.has("dot") and half is None and not match.has("oclock") and not match.has("hmark")),
    )  # fmt: skip


def _lasts(match: Match) -> bool:
    """ "2 heures", "2 uur": hours that something lasts, unless "at" or the like goes before."""
    if not match.has("oclock") or "unit" not in match.atom("oclock").classes or match.has("m"):
        return False
    before = match.before
    company = before is not None and ("at" in before.classes or "to" in before.classes)
    return not company and match.value("h") < 7


def _is_hour(hour: int, half: int | None) -> bool:
    return hour <= 24 if half is None else 1 <= hour <= 23


def spoken(match: Match, setting: Setting) -> Phrase | None:
    """ "ten thirty", "ten": a time only in company."""
    minute = match.maybe("m") or 0
    hour = match.value("h")
    if hour > 12:
        return None
    return Clock(match.first, match.last, hour, minute, faint=True)


def hour_mark(match: Match, setting: Setting) -> Phrase | None:
    """ "14h30", "14h"; "2h" is a length unless "at" or the like goes before it."""
    hour, minute = match.value("h"), match.maybe("m") or 0
    before = match.before
    company = before is not None and ("at" in before.classes or "to" in before.classes)
    if not _is_hour(hour, None) or _is_part_of_more(match):
        return None
    if not company and not match.has("m") and "unit" in match.atom("hmark").classes:
        return None  # "10 hours" is a length, which has a rule of its own
    if hour <= 4 and not company:
        return Length(match.first, match.last, 60 * hour + minute) if hour else None
    return Clock(
        match.first, match.last, hour, minute, sure=hour > 12, faint=not match.has("m") and hour < 5
    )


def shifted(match: Match, setting: Setting) -> Phrase | None:
    """ "half past ten", "quarter to four", "halb zehn", "las tres y media"."""
    hour, half = match.value("h"), match.maybe("ampm")
    if not 1 <= hour <= 24:
        return None
    minutes = 60 * hour + match.value("by")
    sure = half is None and hour > 12
    before, after = match.before, match.after
    if after is not None and ("unit" in after.classes or "numbered" in after.classes):
        return None
    if before is not None and "from" in before.classes and match.value("by") < 0:
        return None  # "from five to seven" is a range
    return Clock(match.first, match.last, minutes // 60, minutes % 60, half, sure=sure)


def military(match: Match, setting: Setting) -> Phrase | None:
    """ "1400 hrs"."""
    hour, minute = divmod(match.value("hhmm"), 100)
    before = match.before
    if _is_part_of_more(match) or (
        before is not None and before.low.isdigit() and len(before.low) > 2
    ):
        return None
    return Clock(
        match.first,
        match.last,
        hour,
        minute,
        sure=True,
        faint=not match.has("hmark") or (hour % 5 == 0 and minute == 0),
    )


def named(match: Match, setting: Setting) -> Phrase | None:
    """Noon, midday, midnight."""
    hour, minute = divmod(match.value("clock"), 60)
    return Clock(match.first, match.last, hour, minute, sure=True)


def day_part(match: Match, setting: Setting) -> Phrase | None:
    """The morning, the afternoon, the evening."""
    return DayPart(match.first, match.last, Part(match.value("part")))


def length(match: Match, setting: Setting) -> Phrase | None:
    """ "45-minute", "1.5 hours", "30–45 min" (the longer), "an hour and 15 minutes"."""
    if match.has("length"):
        return _length(match, match.value("length"))
    unit = Unit(match.value("unit"))
    if unit not in (Unit.MINUTE, Unit.HOUR):
        return None
    size = 60 if unit == Unit.HOUR else 1
    count = match.value("n2") if match.has("n2") else match.maybe("n") or 1
    minutes = count * size
    if match.has("tenths"):
        minutes += match.value("tenths") * size // 10
    if match.has("plus"):
        if unit != Unit.HOUR or Unit(match.value("unit2")) != Unit.MINUTE:
            return None
        minutes += match.value("plus")
    return _length(match, minutes)


def _length(match: Match, minutes: int) -> Phrase | None:
    if not 5 <= minutes <= _LONGEST or _is_part_of_more(match) or _is_no_talk(match):
        return None
    return Length(match.first, match.last, minutes)


def _is_no_talk(match: Match) -> bool:
    """ "10 minutes early", "within 48 hours", "every 30 minutes": no talk lasts so long."""
    before, after = match.before, match.after
    if after is not None and ("lead" in after.classes or after.low == "'"):
        return True
    return before is not None and "soon" in before.classes


CLOCK_RULES: tuple[Rule, ...] = (
    Rule("h=hour ~: ~m=mm [ ~: ~s=mm ] ampm|oclock|hmark", clock),
    Rule("h=hour ~: ~m=mm [ ~: ~s=mm ]", clock),
    Rule("h=hour ~. ~m=mm ampm|oclock|hmark", clock),
    Rule("oclock h=hour [ ~:|~. ~m=mm ]", clock),
    Rule("oclock h=hourword", clock),
    Rule("h=hour ~dot=. ~m=mm", clock),
    Rule("h=hour ampm|oclock", clock),
    Rule("h=hour oclock m=mm ampm?", clock),
    Rule("h=hour : m=mm ampm", clock),
    Rule("h=hour|hourword ampm", clock),
    Rule("h=hourword -? m=minword ampm", clock),
    Rule("h=hourword oclock ampm?", clock),
    Rule("h=hourword ampm|oclock m=minword", clock),
    Rule("h=hour|hourword -? ~ish ampm?", clock),
    Rule("h=hour ampm oclock", clock),
    Rule("h=hour", clock),
    Rule("h=hourword -? m=minword", spoken),
    Rule("h=hourword", spoken),
    Rule("h=hour ~hmark [ ~m=mm ]", hour_mark),
    Rule("h=hour hmark [ m=mm ]", hour_mark),
    Rule("by=shift oclock? h=hour|hourword ampm|oclock", shifted),
    Rule("by=shift h=hour|hourword", shifted),
    Rule("h=hour|hourword oclock? by=plus", shifted),
    Rule("h=hour ~hmark by=plus", shifted),
    Rule("hhmm hmark", military),
    Rule("hhmm", military),
    Rule("clock", named),
    Rule("h=hour clock", named),
    Rule("[ inside ] [ the ] part", day_part),
    Rule("length", length),
    Rule("n|one -? unit", length),
    Rule("n -|to|or n2=n -? unit", length),
    Rule("n ~. ~tenths=n -? unit", length),
    Rule("n|one unit and? plus=n unit2=unit", length),
    Rule("n ~hmark plus=n unit2=unit", length),
)  # fmt: skip
