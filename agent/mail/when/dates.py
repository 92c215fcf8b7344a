"""Rules for dates: a day and its month, by name or in figures, in every layout.

Each action gets the match and the setting and gives a `Day`, or None where the
words are no date after all ("5 March Street", "we may 3").
"""

from datetime import date

from agent.mail.when import reckon
from agent.mail.when.company import (
    carries_on,
    date_stands_alone,
    goes_on_in_figures,
    is_address,
    is_hour_or_count,
    is_name_of_number,
    is_shy,
    is_some_of,
)
from agent.mail.when.phrases import Day, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Part

# Two figures for a year mean one this near ("1.2.26" in a mail of 2026).
_YEARS_NEAR = 2
_LAST_HOUR, _LATE, _FIVE = 24, 19, 5


def calendar_day(match: Match, setting: Setting) -> Phrase | None:
    """A day and a month by name: "Tuesday, 3 March 2026", "March 3rd"."""
    ends_in_day = match.slots["dom"][0] == match.last - 1
    if is_address(match) or (ends_in_day and is_hour_or_count(match)):
        return None
    if is_shy(match, "month", setting) and not _shows_itself(match, setting):
        return None
    if not ends_in_day and _numbers_row(match):
        return None
    return _day(match, match.value("month"), match.value("dom"), setting)


def _numbers_row(match: Match) -> bool:
    """ "1. March 3 at 10\n2. March 4 at 11": the number of a row before a date, month first."""
    first, before = match.atoms[match.first], match.before
    if match.slots["dom"][0] != match.first or not match.followed_by("dom"):
        return False
    dot = match.atoms[match.first + 1]
    return dot.low in ".)" and (before is None or before.line < first.line)


def calendar_day_of_week(match: Match, setting: Setting) -> Phrase | None:
    """ "31 August 2026, Monday", but not "3 March, Wednesday 4 March"."""
    if match.followed_by("dom", "month", "which"):
        return None
    found = figures(match, setting) if match.has("a") else calendar_day(match, setting)
    return found if isinstance(found, Day) and not found.doubts else None


def _shows_itself(match: Match, setting: Setting) -> bool:
    """Whether a shy month in small letters is one: "3rd may", "mon 2 mar", "march 3 at …"."""
    if match.has("nth") or match.has("year") or match.has("weekday"):
        return True
    if setting.words.day_first:  # "16 mei", but not Polish "się 18"
        return match.slots["dom"] < match.slots["month"]
    return carries_on(match) and not setting.words.shows("verb", match.atom("month").low)


def _day(match: Match, month: int, dom: int, setting: Setting) -> Day | None:
    """The `Day` of a match, with a doubt where its weekday is another."""
    weekday = match.maybe("weekday")
    day = _dated(month, dom, _year(match, setting), weekday, setting)
    if day is None:
        return None
    doubts = reckon.weekday_doubt(day, weekday)
    return Day(match.first, match.last, (day,), part=part_in_word(match), doubts=doubts)


def part_in_word(match: Match) -> Part | None:
    """The part of the day that the word for the day names too: "Donnerstagabend", "morgenavond"."""
    name = next(filter(match.has, ("weekday", "relative")), None)
    part = match.atom(name).classes.get("halfday") if name else None
    return None if part is None else Part(part)


def _year(match: Match, setting: Setting) -> int | None:
    if match.has("year"):
        return match.value("year")
    return reckon.full_year(match.value("yy"), setting.today) if match.has("yy") else None


def _dated(
    month: int, dom: int, year: int | None, weekday: int | None, setting: Setting
) -> date | None:
    """The date, its year found where it was left out."""
    if year is not None:
        return reckon.make_day(year, month, dom)
    return reckon.nearest_date(month, dom, setting.today, weekday)


def several_days(match: Match, setting: Setting) -> Phrase | None:
    """Two days of one month: "3 or 4 March", "March 3-5"."""
    if is_address(match):
        return None
    if match.preceded_by("at") and not match.has("stretch") and not _is_led_twice(match):
        return None  # "at 9 or Thursday 29 January"
    if "dom" in match.final.classes and (
        is_hour_or_count(match) or goes_on_in_figures(match) or not carries_on(match)
    ):
        return None  # "Dec 1, 10-11"
    if "weekday" in match.atom("month").classes and _is_date_of_weekday(match):
        return None
    if _opens_row_between(match):
        return None
    year, month = _year(match, setting), match.value("month")
    first = _dated(month, match.value("d1"), year, match.maybe("w1"), setting)
    second = _dated(month, match.value("dom"), year, match.maybe("weekday"), setting)
    if first is None or second is None or second <= first:
        return None
    return Day(match.first, match.last, (first, second), stretch=match.has("stretch"))


def _opens_row_between(match: Match) -> bool:
    """ "…: 9 / 10\n- Monday 24 May": the dash opens the next row of a list."""
    inside = match.atoms[match.slots["d1"][0] : match.slots["dom"][0] + 1]
    return any(atom.low == "-" and atom.line > inside[0].line for atom in inside)


def _is_date_of_weekday(match: Match) -> bool:
    """Italian "mar 08/12": the weekday of a date in figures, not two days of March."""
    between = match.atoms[match.slots["d1"][0] + 1]
    return between.low == "/" and between.glued and not match.has("w1")


def _is_led_twice(match: Match) -> bool:
    """Portuguese "a 17 ou a 19 de novembro"."""
    inside = match.atoms[match.first : match.last]
    return match.preceded_by("leadday") and any("leadday" in atom.classes for atom in inside)


def three_days(match: Match, setting: Setting) -> Phrase | None:
    """ "20, 22 and 27 October"."""
    if is_address(match) or match.preceded_by("at"):
        return None
    if "dom" in match.final.classes and (is_hour_or_count(match) or goes_on_in_figures(match)):
        return None  # "March 3, 10 and 11am"
    year, month = _year(match, setting), match.value("month")
    names = ("d1", "d2", "dom")
    days = [_dated(month, match.value(name), year, None, setting) for name in names]
    known = tuple(day for day in days if day is not None)
    if len(known) < len(names) or list(known) != sorted(set(known)):
        return None
    return Day(match.first, match.last, known)


def iso_day(match: Match, setting: Setting) -> Phrase | None:
    """2026-03-04 (ISO 8601), with or without the T before a time."""
    before = match.before
    opened = before is None or before.low in ("(", "[", ":", "|", '"', ",", ">", "*")
    if match.atom("year").glued and not opened:
        return None  # REQ-2026-03-04
    if not match.has("T") and not date_stands_alone(match):
        return None
    return _day(match, match.value("mon"), match.value("dom"), setting)


def figures(match: Match, setting: Setting) -> Phrase | None:
    """3/4/2026, 04.03.2026, 3/4: the order by country, unless only the other one can be."""
    if not date_stands_alone(match) or is_name_of_number(match):
        return None
    year, weekday = _year(match, setting), match.maybe("weekday")
    if match.has("yy") and year is not None and abs(year - setting.today.year) > _YEARS_NEAR:
        return None
    led = match.preceded_by("on") and carries_on(match)  # "before lunch on 7/13"
    faint = year is None and weekday is None and not (led or _shows_order(match, setting))
    if year is None and weekday is None and (is_some_of(match) or _is_dotted_number(match)):
        return None
    day = _in_order(match, year, weekday, setting)
    if day is None:
        return None
    doubts = reckon.weekday_doubt(day, weekday)
    return Day(match.first, match.last, (day,), faint=faint, doubts=doubts)


def _shows_order(match: Match, setting: Setting) -> bool:
    """ "18/05", and "05/18" where months lead: no fraction or score is written so."""
    first, second = ("b", "a") if setting.month_first else ("a", "b")
    led = match.preceded_by("daynumber") and not match.preceded_by("the")
    if led and all(len(match.atom(name).text) > 1 for name in "ab"):
        return True  # "no dia 06/04"
    return match.value(first) > _MONTHS and match.atom(second).text.startswith("0")


_MONTHS = 12


def dotted(match: Match, setting: Setting) -> Phrase | None:
    """ "26.05 o 10:00": day and month with one dot, where a time follows or no hour is so large."""
    month, after = match.atom("b"), match.look(2)
    if len(month.text) < 2 or not date_stands_alone(match) or is_name_of_number(match):
        return None
    timed = match.followed_by("firm") and after is not None and "hour" in after.classes
    timed = timed or (match.followed_by(",") and after is not None and "oclock" in after.classes)
    timed = timed or match.followed_by("oclock", ":") or _has_clock_behind(match)
    timed = timed or _is_led_to(match, setting)
    if not (timed or match.value("a") > _LAST_HOUR or match.has("weekday")):
        return None
    if match.value("a") > _LAST_HOUR and match.followed_by("measure", "unit"):
        return None
    weekday = match.maybe("weekday")
    day = _dated(match.value("b"), match.value("a"), None, weekday, setting)
    if day is None or (weekday is not None and day.weekday() != weekday):
        return None
    large = match.value("a") > _LATE or match.value("b") % _FIVE  # nobody meets at 21.05 or 9.09
    named = weekday is not None and large  # "Deadline: niedziela 28.02"
    return Day(match.first, match.last, (day,), faint=not (timed or named))


def hyphened(match: Match, setting: Setting) -> Phrase | None:
    """Dutch "maandag 15-06", "op 13-07 om 10 uur": day and month, where it is no stretch of hours.

    "Monday 10-12" is hours: a month shows itself by its nought, or its time follows and the weekday fits.
    """
    if setting.month_first or not date_stands_alone(match) or is_name_of_number(match):
        return None
    weekday, day = match.maybe("weekday"), match.value("a")
    nought = match.atom("b").text.startswith("0")
    timed = _has_clock_behind(match) or match.followed_by("firm")
    led = match.preceded_by("on", "or", "daynumber") or _is_led_to(match, setting)
    if len(match.atom("b").text) < 2 or match.followed_by("oclock", "hmark", "unit", "measure"):
        return None
    if weekday is None and not (nought and (timed or led)):
        return None
    if weekday is not None and not (nought or timed or day > _LATE):
        return None
    found = _dated(match.value("b"), day, None, weekday, setting)
    if found is None or (weekday is not None and found.weekday() != weekday):
        return None
    return Day(match.first, match.last, (found,))


def _has_clock_behind(match: Match) -> bool:
    """ "21.04, 16:00", "21.04 16:00": a time that is written with another sign."""
    comma = match.followed_by(",", "|")
    hour, sign = match.look(1 + comma), match.look(2 + comma)
    if comma and hour is not None and "firm" in hour.classes:
        return sign is not None and "hour" in sign.classes  # "16.01, o 13"
    glued = sign is not None and sign.low == ":" and sign.glued
    return hour is not None and "hour" in hour.classes and not hour.glued and glued


def _is_led_to(match: Match, setting: Setting) -> bool:
    """ "z dnia 19.10", "Data: 08.09": behind a word for days, or a label that is none of hours."""
    if match.preceded_by("daynumber") and not match.preceded_by("the"):
        return True
    label = match.look(-2)
    labelled = label is not None and "label" in label.classes and match.preceded_by(":")
    return labelled and label is not None and not setting.words.shows("hourlabel", label.low)


def _is_dotted_number(match: Match) -> bool:
    """ "at 1.10." is a date only in languages that write the day with a dot."""
    return match.final.low == "." and "nth" not in match.final.classes


def _in_order(match: Match, year: int | None, weekday: int | None, setting: Setting) -> date | None:
    """The date that two figures make; a weekday that fits one order alone decides.

    Figures with dots are day and month everywhere.
    """
    a, b = match.value("a"), match.value("b")
    dotted = match.atoms[match.slots["a"][0] + 1].low == "."
    orders = [(a, b), (b, a)] if setting.month_first and not dotted else [(b, a), (a, b)]
    orders = orders[:1] if dotted and year is None else orders  # "o godz. 11.30." is a time
    found = [_dated(month, dom, year, weekday, setting) for month, dom in orders]
    days = [day for day in found if day is not None]
    fitting = [day for day in days if day.weekday() == weekday]
    return next(iter(fitting or days), None)


_WEEKDAY = "[ weekday .? ,? on? the? ] [ the ]"
_TAIL_WEEKDAY = "[ ( weekday ~) ]"

DATE_RULES: tuple[Rule, ...] = (
    # 3 March 2026 and its kin
    Rule(f"{_WEEKDAY} dom ~nth? .? of? month .? [ ,? of? year ] {_TAIL_WEEKDAY}", calendar_day),
    Rule(f"{_WEEKDAY} dom ~nth? .? of? month .? ~' ~yy", calendar_day),
    Rule(f"{_WEEKDAY} dom=ordinal|dayword of? month .? [ ,? of? year ]", calendar_day),
    Rule("weekday ,? daynumber dom=dayword of? month .? [ ,? of? year ]", calendar_day),
    Rule("weekday .? ( dom ~nth? .? of? month .? [ ,? year ] )", calendar_day),
    Rule(f"[ weekday .? ,? ] month .? the? dom ~nth? [ ,? year ] {_TAIL_WEEKDAY}", calendar_day),
    Rule("[ weekday .? ,? ] month .? the? dom ~nth? ,? ~' ~yy", calendar_day),
    Rule("[ weekday .? ,? ] month .? the? dom=ordinal [ ,? year ]", calendar_day),
    Rule("weekday .? ( month .? dom ~nth? [ ,? year ] )", calendar_day),
    Rule("[ weekday .? ,? ] dom ~- ~month [ ~- ~year|yy ]", calendar_day),
    Rule("[ weekday .? ,? ] dom ~/ ~month [ ~/ ~year|yy ]", calendar_day),
    Rule("year ~- ~month ~- ~dom", calendar_day),
    Rule("[ weekday .? ,? ] year ,? month .? dom ~nth?", calendar_day),
    Rule("dom ~nth? .? of? month .? [ ,? year ] , weekday", calendar_day_of_week),
    Rule("month .? dom ~nth? [ ,? year ] , weekday", calendar_day_of_week),
    Rule("a=dom ~/|. ~b=dom ~/|. ~year|yy , weekday", calendar_day_of_week),
    # several of one month
    Rule("[ w1=weekday .? ,? the? ] d1=dom ~nth? .? ,|/|or [ the ] [ weekday .? the? ] dom ~nth? .? of? month .? [ ,? year ]", several_days),
    Rule("[ from ] [ w1=weekday .? ,? the? ] d1=dom ~nth? .? stretch=-|to [ the ] [ weekday .? the? ] dom ~nth? .? of? month .? [ ,? year ]", several_days),
    Rule("[ w1=weekday .? ,? ] month .? d1=dom ~nth? ,|/|or [ weekday .? ] dom ~nth? [ ,? year ]", several_days),
    Rule("[ from ] [ w1=weekday .? ,? ] month .? d1=dom ~nth? stretch=-|to dom ~nth? [ ,? year ]", several_days),
    Rule("d1=dom ~nth? .? , d2=dom ~nth? .? ,? or dom ~nth? .? of? month .? [ ,? year ]", three_days),
    Rule("month .? d1=dom ~nth? , d2=dom ~nth? ,|or or? dom ~nth? [ ,? year ]", three_days),
    # in figures
    Rule(f"[ weekday .? ,? ] year ~- ~mon ~- ~dom [ ~T ] {_TAIL_WEEKDAY}", iso_day),
    Rule(f"[ weekday .? ,? ] year ~/ ~mon ~/ ~dom {_TAIL_WEEKDAY}", iso_day),
    Rule(f"[ weekday .? ,? on? the? ] a=dom ~/ ~b=dom ~/ ~year|yy {_TAIL_WEEKDAY}", figures),
    Rule(f"[ weekday .? ,? on? the? ] a=dom ~. ~b=dom ~. ~year|yy {_TAIL_WEEKDAY}", figures),
    Rule(f"[ weekday .? ,? the? ] a=dom ~. ~b=dom ~. year {_TAIL_WEEKDAY}", figures),
    Rule(f"[ weekday .? ,? ] a=dom ~- ~b=dom ~- ~year {_TAIL_WEEKDAY}", figures),
    Rule(f"[ weekday .? ,? on? the? ] a=dom ~/ ~b=dom {_TAIL_WEEKDAY}", figures),
    Rule("weekday .? ( a=dom ~/ ~b=dom [ ~/ ~year|yy ] )", figures),
    Rule("weekday .? ( a=dom ~. ~b=dom .? [ ~year|yy ] )", figures),
    Rule(f"[ weekday .? ,? the? ] a=dom ~. ~b=dom ~. {_TAIL_WEEKDAY}", figures),
    Rule("[ weekday .? ,? ] a=dom ~. ~b=mon", dotted),
    Rule("a=dom ~. ~b=mon ( weekday ~)", dotted),
    Rule("[ weekday .? ,? ] a=dom ~- ~b=mon", hyphened),
)  # fmt: skip
