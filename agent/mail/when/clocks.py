"""Rules for clock times, parts of the day and lengths.

A rule says what the words can be; whether a bare "3" is an hour is settled later,
by its company (`slots`).
"""

from agent.mail.when.company import (
    clock_is_part_of_more,
    has_clock_word,
    is_name_of_number,
    leads_to_hour,
)
from agent.mail.when.phrases import Clock, DayPart, Length, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Part, Unit

_SHORTEST, _LONGEST = 5, 600  # minutes that a talk may last; other lengths are of something else
_BEFORE_NOON = (
    "at",
    "to",
    "limit",
    "from",
    "weekday",
    "relative",
    "on",
    "firm",
    "and",
    "or",
    "part",
)
_HALF_DAY = 12
_HMM = 3  # figures of "730"
_FEW_HOURS = 4  # "2h" is how long, "14h" is when


def clock(match: Match, setting: Setting) -> Phrase | None:
    """Hours, minutes, am or pm in figures or words: "3.30pm", "14:00", "ten o'clock", "3"."""
    hour, minute = match.value("h"), match.maybe("m") or 0
    half = match.maybe("ampm")
    if not _is_hour(hour, half) or clock_is_part_of_more(match) or _lasts(match):
        return None
    if leads_to_hour(match):
        return None
    if match.has("oclock") and match.followed_by("counted"):
        return None  # Spanish "a cinco horas de diferencia"
    text = match.atom("h").text
    sure = half is None and (hour > 12 or hour == 0 or text[0] == "0")
    marked = half is not None or match.has("oclock") or match.has("hmark")
    faint = match.last - match.first == 1 or (match.has("dot") and not marked)
    return Clock(match.first, match.last, hour, minute, half, sure=sure, faint=faint)


def _is_hour(hour: int, half: int | None) -> bool:
    return hour <= 24 if half is None else 1 <= hour <= 23


def _lasts(match: Match) -> bool:
    """ "2 heures", "2 uur": hours that something lasts, unless "at" or the like goes before."""
    if not match.has("oclock") or match.has("m") or "unit" not in match.atom("oclock").classes:
        return False
    one = match.value("h") == 1 and match.atom("h").text.isalpha()
    if one and match.preceded_by("of", "about") and not match.preceded_by("firm"):
        return True  # "una videollamada de una hora", "een gesprek van een uur"
    few = match.value("h") <= _FEW_HOURS and not match.followed_by("part")  # "vier uur 's middags"
    return few and not has_clock_word(match)


def spoken(match: Match, setting: Setting) -> Phrase | None:
    """ "ten thirty", "ten": a time only in company; "fifteen" only behind "at" or the like."""
    hour, minute = match.value("h"), match.maybe("m") or 0
    if hour > _HALF_DAY and not match.has("m") and not match.preceded_by("at", "firm", "to", "or"):
        return None
    return Clock(match.first, match.last, hour, minute, sure=hour > 12, faint=True)


def comma_minutes(match: Match, setting: Setting) -> Phrase | None:
    """Italian "alle ore 11,00", "alle 14 e 30": only right behind a word for the hour."""
    led = match.preceded_by("firm", "oclock", "hourly", "between", "from")
    led = led or _has_label(match, setting)
    usual = setting.words.shows("minutemark", ",") and match.value("h") in _OF_OFFICE
    if not (led or (usual and not match.has("and"))) or match.value("m") % _QUARTER:
        return None
    if match.followed_by("counted", "unit", "measure") or clock_is_part_of_more(match):
        return None
    if match.has("and") and match.value("m") < _HALF_HOUR:
        return None  # "alle 10 e 15" may be two hours of a list
    hour, minute = match.value("h"), match.value("m")
    return Clock(match.first, match.last, hour, minute, sure=hour > _HALF_DAY, faint=not led)


def _has_label(match: Match, setting: Setting) -> bool:
    """ "Ora: 13,30"."""
    label = match.look(-2)
    return (
        match.preceded_by(":") and label is not None and setting.words.shows("hourlabel", label.low)
    )


_QUARTER, _HALF_HOUR = 15, 30
_OF_OFFICE = range(7, 21)


def hour_mark(match: Match, setting: Setting) -> Phrase | None:
    """ "14h30", "14h"; "2h" is a length unless "at" or the like goes before it."""
    hour, minute = match.value("h"), match.maybe("m") or 0
    if clock_is_part_of_more(match) or match.final.line != match.atom("h").line:
        return None  # "16/11 às 10h\n17/11 às 14h"
    if not match.has("m") and "unit" in match.atom("hmark").classes:
        return None  # "10 hours" is a length, which has a rule of its own
    if 1 <= hour <= _FEW_HOURS and not has_clock_word(match) and not match.followed_by("part"):
        return Length(match.first, match.last, 60 * hour + minute)
    faint = not match.has("m") and hour <= _FEW_HOURS
    return Clock(match.first, match.last, hour, minute, sure=hour > 12, faint=faint)


def shifted(match: Match, setting: Setting) -> Phrase | None:
    """ "half past ten", "quarter to four", "halb zehn", "las tres y media"."""
    hour, half, shift = match.value("h"), match.maybe("ampm"), match.value("by")
    if hour < 1 or match.followed_by("unit", "numbered"):
        return None
    if shift < 0 and shift % _QUARTER and match.preceded_by("from"):
        return None  # "from five to seven" is a range, "between quarter to four and five" is not
    return Clock(match.first, match.last, hour, shift, half, sure=half is None and hour > 12)


def minutes_to(match: Match, setting: Setting) -> Phrase | None:
    """ "20 to 3": nobody meets from eight in the evening to three; "10 to 3" may be a range."""
    hour, minutes = match.value("h"), match.value("n")
    if not setting.words.shows("minutesto", match.atom("to").low) or minutes not in _MINUTES_TO:
        return None
    if not 1 <= hour <= _HALF_DAY or match.followed_by("unit", "numbered", "counted", "month"):
        return None
    if match.preceded_by("from", "month", "within", "of") or clock_is_part_of_more(match):
        return None
    return Clock(match.first, match.last, hour, -minutes, match.maybe("ampm"), faint=True)


_MINUTES_TO = (20, 25)


def compact(match: Match, setting: Setting) -> Phrase | None:
    """ "630am"."""
    hour, minute = divmod(match.value("hmm"), 100)
    if not 1 <= hour <= 12 or clock_is_part_of_more(match):
        return None
    return Clock(match.first, match.last, hour, minute, match.value("ampm"))


def run_together(match: Match, setting: Setting) -> Phrase | None:
    """ "730": a time only right beside a day."""
    figures, after = match.atom("hmm"), match.after
    hour, minute = divmod(match.value("hmm"), 100)
    longer = figures.glued or (after is not None and after.glued and after.low not in ",.?!")
    if len(figures.text) != _HMM or not 1 <= hour <= 9 or longer or is_name_of_number(match):
        return None  # "on extension 420 until 5pm"
    return Clock(match.first, match.last, hour, minute, faint=True)


def military(match: Match, setting: Setting) -> Phrase | None:
    """ "1400 hrs"; "0600" alone needs company, as does "1000 hours", which may be a length."""
    hour, minute = divmod(match.value("hhmm"), 100)
    before = match.before
    in_number = before is not None and before.low.isdigit() and len(before.low) > 2
    if in_number or clock_is_part_of_more(match):
        return None
    round_number = hour % 5 == 0 and minute == 0
    faint = round_number or not match.has("hmark")
    return Clock(match.first, match.last, hour, minute, sure=True, faint=faint)


def named(match: Match, setting: Setting) -> Phrase | None:
    """Noon, midday, midnight; a word that is a meal or a place too needs a day or "at" before it."""
    if match.atom("clock").low in setting.words.shy and not match.preceded_by(*_BEFORE_NOON):
        return None
    hour, minute = divmod(match.value("clock") + (match.maybe("by") or 0), 60)
    return Clock(match.first, match.last, hour % 24, minute, sure=True)


def day_part(match: Match, setting: Setting) -> Phrase | None:
    """The morning, the afternoon, the evening."""
    return DayPart(match.first, match.last, Part(match.value("part")))


def length(match: Match, setting: Setting) -> Phrase | None:
    """ "45-minute", "1.5 hours", "30–45 min" (the longer), "an hour and 15 minutes"."""
    if match.has("length"):
        return _length(match, match.value("length"))
    unit = Unit(match.value("unit")) if match.has("unit") else Unit.HOUR  # "1h 30 min"
    if unit not in (Unit.MINUTE, Unit.HOUR) or (
        "at" in match.final.classes and match.followed_by("hour")
    ):
        return None  # Polish "09.04 godz. 11:00"
    size = 60 if unit == Unit.HOUR else 1
    count = match.value("n2") if match.has("n2") else match.maybe("n") or 1
    minutes = count * size
    if match.has("part"):
        tenths = match.atom("part").text
        if not tenths.isdecimal():
            return None
        minutes += int(tenths) * size // 10 ** len(tenths)
    if match.has("plus"):
        if unit != Unit.HOUR or Unit(match.value("unit2")) != Unit.MINUTE:
            return None
        minutes += match.value("plus")
    return _length(match, minutes)


def _length(match: Match, minutes: int) -> Phrase | None:
    if not _SHORTEST <= minutes <= _LONGEST or clock_is_part_of_more(match) or _is_no_talk(match):
        return None
    return Length(match.first, match.last, minutes)


def _is_no_talk(match: Match) -> bool:
    """ "10 minutes early", "within 48 hours", "every 30 minutes": no talk lasts so long."""
    after = match.after
    owned = after is not None and after.low == "'"  # "5 minutes' walk"
    return owned or match.followed_by("lead") or match.preceded_by("soon")


CLOCK_RULES: tuple[Rule, ...] = (
    Rule("h=hour ~: ~m=mm [ ~: ~s=mm ] ampm|oclock|hmark", clock),
    Rule("h=hour ~: ~m=mm [ ~: ~s=mm ]", clock),
    Rule("h=hour ~. ~m=mm ampm|oclock|hmark", clock),
    Rule("oclock h=hour [ ~:|. ~m=mm ]", clock),
    Rule("oclock h=hourword", clock),
    Rule("h=hour ~dot=. ~m=mm", clock),
    Rule("h=hour ~, ~m=mm", comma_minutes),
    Rule("h=hour and m=mm", comma_minutes),
    Rule("h=hour ampm|oclock", clock),
    Rule("h=hour oclock m=mm ampm?", clock),
    Rule("h=hour : m=mm ampm", clock),
    Rule("h=hour|hourword ampm", clock),
    Rule("h=hourword -? m=minword ampm", clock),
    Rule("h=hourword oclock ampm?", clock),
    Rule("h=hourword ampm|oclock m=minword", clock),
    Rule("h=hour|hourword -? ish ampm?", clock),
    Rule("h=hour ~:|. ~m=mm -? ish", clock),
    Rule("h=hour ampm oclock", clock),
    Rule("h=hour [ ~: ~m=mm ] ~ampm=short", clock),
    Rule("hmm ampm", compact),
    Rule("hmm", run_together),
    Rule("h=hour", clock),
    Rule("h=hourword -? m=minword", spoken),
    Rule("h=hourword", spoken),
    Rule("h=hour ~hmark [ ~m=mm ]", hour_mark),
    Rule("h=hour hmark [ m=mm ]", hour_mark),
    Rule("by=shift oclock? h=hour|hourword ampm|oclock", shifted),
    Rule("by=shift h=hour|hourword", shifted),
    Rule("h=hour|hourword oclock? by=plus", shifted),
    Rule("n to h=hour|hourword ampm?", minutes_to),
    Rule("h=hour ~hmark by=plus", shifted),
    Rule("hhmm hmark", military),
    Rule("hhmm", military),
    Rule("clock", named),
    Rule("clock by=plus", named),
    Rule("h=hour clock", named),
    Rule("[ inside ] [ the ] part", day_part),
    Rule("length", length),
    Rule("n|one -? unit", length),
    Rule("n -|to|or n2=n -? unit", length),
    Rule("n ~.|, ~part=n -? unit", length),
    Rule("n|one unit and? plus=n unit2=unit", length),
    Rule("n ~hmark plus=n unit2=unit", length),
)  # fmt: skip
