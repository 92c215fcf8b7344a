"""Rules for days: dates in every layout, weekdays, today and tomorrow, holidays.

Each action gets the match and the setting and gives a `Day`, or None where the
words are no day after all ("5 March Street", "we may 3").
"""

from datetime import date, timedelta

from agent.mail.when import reckon
from agent.mail.when.phrases import Day, Phrase, Recurring, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Part, Unit, Which

# What may not touch a date in figures: it is part of a longer number, path or version.
_PART_OF_MORE = frozenset("-/.:_#$£€+=%&\\")


def _stands_alone(match: Match) -> bool:
    """Whether nothing glued to either side makes the figures part of something else."""
    first, after = match.atoms[match.first], match.after
    before = match.before
    if (
        first.glued
        and before is not None
        and (
            before.low in _PART_OF_MORE
            or (before.end == first.start and before.text[-1:].isalnum())
        )
    ):
        return False
    if after is None or not after.glued:
        return True
    if after.low in "%/_\\=&" or after.text[:1].isalnum():
        return False
    beyond = match.beyond
    return not (
        after.low in ".-:"
        and beyond is not None
        and beyond.glued
        and beyond.text[:1].isdigit()
        and not (
            after.low == "-" and "yy" in beyond.classes and _opens_clock(match, match.last + 1)
        )
    )


def _opens_clock(match: Match, at: int) -> bool:
    """Whether figures at a place are the hour of a clock time (03/04/2026-14:00)."""
    return at + 1 < len(match.atoms) and match.atoms[at + 1].low in (":", "h")


def _is_shy(match: Match, name: str, setting: Setting) -> bool:
    """Whether a captured word is one with another everyday meaning, in small letters."""
    if not match.has(name):
        return False
    atom = match.atom(name)
    return atom.low in setting.words.shy and not atom.capital


def carries_on(match: Match) -> bool:
    """Whether what follows leaves a day standing: the end, a sign, a small word or a time."""
    after = match.after
    if after is None or not after.text[:1].isalnum() or after.sentence != match.final.sentence:
        return True
    known = (
        "follow",
        "at",
        "on",
        "or",
        "and",
        "to",
        "range",
        "of",
        "weekday",
        "hour",
        "part",
        "month",
        "clock",
        "from",
        "limit",
        "inside",
        "close",
        "zone",
    )
    return any(name in after.classes for name in known)


def _is_address(match: Match) -> bool:
    """Whether a street's name follows ("5 March Street")."""
    after = match.after
    return (
        after is not None
        and "street" in after.classes
        and after.capital
        and match.final.line == after.line
    )


def calendar_day(match: Match, setting: Setting) -> Phrase | None:
    """A day and a month by name: "Tuesday, 3 March 2026", "March 3rd"."""
    if _is_shy(match, "month", setting) and not (
        match.has("nth")
        or match.has("year")
        or match.has("weekday")
        or (
            carries_on(match)
            and match.first + 1 < match.last
            and match.atom("month").low not in ("may",)
        )
    ):
        return None
    if _is_address(match):
        return None
    last = match.final
    after = match.after
    if (
        "dom" in last.classes
        and match.slots.get("dom", (0, ""))[0] == match.last - 1
        and after is not None
        and _counts_something(match, after)
    ):
        return None
    weekday = match.maybe("weekday")
    day = _dated(match.value("month"), match.value("dom"), _year(match, setting), weekday, setting)
    if day is None:
        return None
    return Day(match.first, match.last, (day,), doubts=reckon.weekday_doubt(day, weekday))


def _counts_something(match: Match, after: object) -> bool:
    """Whether the number before is really the hour of a time ("March 10am") or a count."""
    atom = match.after
    if atom is None:
        return False
    beyond = match.beyond
    if "ampm" in atom.classes or "oclock" in atom.classes or ("ish" in atom.classes and atom.glued):
        return True
    if (
        atom.low == ":"
        and atom.glued
        and beyond is not None
        and beyond.glued
        and "mm" in beyond.classes
    ):
        return True
    return (atom.glued and atom.text[:1].isalpha() and "hmark" in atom.classes) or atom.low == "%"


def _year(match: Match, setting: Setting) -> int | None:
    if match.has("year"):
        return match.value("year")
    return reckon.full_year(match.value("yy"), setting.today) if match.has("yy") else None


def _dated(
    month: int, day: int, year: int | None, weekday: int | None, setting: Setting
) -> date | None:
    """The date, its year found where it was left out."""
    if year is not None:
        return reckon.make_day(year, month, day)
    return reckon.nearest_date(month, day, setting.today, weekday)


def several_days(match: Match, setting: Setting) -> Phrase | None:
    """Two days of one month: "3 or 4 March", "March 3-5"."""
    last = match.final
    if "dom" in last.classes and (_counts_something(match, last) or not carries_on(match)):
        return None
    if _is_address(match):
        return None
    year = _year(match, setting)
    month = match.value("month")
    first = _dated(month, match.value("d1"), year, match.maybe("w1"), setting)
    second = _dated(month, match.value("dom"), year, match.maybe("weekday"), setting)
    if first is None or second is None or second <= first:
        return None
    return Day(match.first, match.last, (first, second), stretch=match.has("stretch"))


def iso_day(match: Match, setting: Setting) -> Phrase | None:
    """2026-03-04 (ISO 8601), with or without the T before a time."""
    if not _stands_alone(match) and not match.has("T"):
        return None
    before = match.before
    if (
        match.atom("year").glued
        and before is not None
        and before.low not in ("(", "[", ":", "|", '"', ",", ">", "*")
    ):
        return None
    day = reckon.make_day(match.value("year"), match.value("mon"), match.value("dom"))
    weekday = match.maybe("weekday")
    if day is None:
        return None
    return Day(match.first, match.last, (day,), doubts=reckon.weekday_doubt(day, weekday))


def figures(match: Match, setting: Setting) -> Phrase | None:
    """3/4/2026, 04.03.2026, 3/4: the order by country, unless only the other one can be."""
    if not _stands_alone(match) or _is_version(match):
        return None
    year = _year(match, setting)
    if match.has("yy") and year is not None and abs(year - setting.today.year) > 2:
        return None
    month_first = setting.month_first and match.atoms[match.slots["a"][0] + 1].low != "."
    weekday = match.maybe("weekday")
    day = _ordered(match.value("a"), match.value("b"), year, weekday, month_first, setting)
    if day is None:
        return None
    faint = year is None and weekday is None
    if faint and _only_a_fraction(match):
        return None
    return Day(
        match.first, match.last, (day,), faint=faint, doubts=reckon.weekday_doubt(day, weekday)
    )


def _ordered(
    a: int, b: int, year: int | None, weekday: int | None, month_first: bool, setting: Setting
) -> date | None:
    """The date that two figures make; a weekday that fits one order alone decides."""
    orders = [(a, b), (b, a)] if month_first else [(b, a), (a, b)]
    found = [
        day
        for month, dom in orders
        if (day := _dated(month, dom, year, weekday, setting)) is not None
    ]
    fitting = [day for day in found if day.weekday() == weekday]
    return next(iter(fitting or found), None)


def _is_version(match: Match) -> bool:
    before = match.before
    return before is not None and "numbered" in before.classes


def _only_a_fraction(match: Match) -> bool:
    """24/7 all week, 2/3 of them, 9/10: no day unless something says so."""
    a, b = match.value("a"), match.value("b")
    after = match.after
    return (a, b) == (24, 7) or (after is not None and "of" in after.classes and after.low == "of")


def numbered_day(match: Match, setting: Setting) -> Phrase | None:
    """A day of the month alone: "Thu 5th", "the 4th"."""
    after = match.after
    if not carries_on(match) or (after is not None and "month" in after.classes):
        return None
    beyond = match.beyond
    if (
        after is not None
        and "of" in after.classes
        and beyond is not None
        and "month" not in beyond.classes
        and after.low == "of"
    ):
        return None  # "the 2nd of three rounds"
    weekday = match.maybe("weekday")
    if weekday is not None and _is_bare_shy(match, setting):
        return None
    day = reckon.nearest_day_of_month(match.value("dom"), setting.today, weekday)
    if day is None:
        return None
    return Day(match.first, match.last, (day,), doubts=reckon.weekday_doubt(day, weekday))


def unmarked_day(match: Match, setting: Setting) -> Phrase | None:
    """ "Thu 5": only where the 5th of this month or the next is a Thursday."""
    after = match.after
    if (
        after is not None
        and (
            _counts_something(match, after)
            or not carries_on(match)
            or (after.glued and after.low in "-:./" and _digit_after(match))
        )
    ) or (
        after is not None
        and ("to" in after.classes or "range" in after.classes or "or" in after.classes)
    ):
        return None
    if match.atom("dom").text.startswith("0") or "numbered" in match.atoms[match.first].classes:
        return None
    weekday = match.value("weekday")
    day = reckon.nearest_day_of_month(match.value("dom"), setting.today, weekday)
    if day is None or day.weekday() != weekday or not 0 <= (day - setting.today).days <= 45:
        return None
    return Day(match.first, match.last, (day,))


def _digit_after(match: Match) -> bool:
    beyond = match.last + 1
    return beyond < len(match.atoms) and match.atoms[beyond].text[:1].isdigit()


def _is_bare_shy(match: Match, setting: Setting) -> bool:
    """Whether a short weekday in small letters stands where it may be another word."""
    return _is_shy(match, "weekday", setting) and not match.has("nth")


def weekday_alone(match: Match, setting: Setting) -> Phrase | None:
    """A weekday, with this, next or last before it where it is so said."""
    weekday, today = match.value("weekday"), setting.today
    if not match.has("which") and not _stands_as_weekday(match, setting):
        return None
    which = match.maybe("which")
    if which == Which.LAST:
        past = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        return Day(match.first, match.last, (past,), past=True)
    if which == Which.NEXT:
        monday = reckon.monday_of(today) + timedelta(weeks=1)
        return Day(match.first, match.last, (monday + timedelta(days=weekday),))
    day = reckon.coming(weekday, today)
    if which == Which.FOLLOWING:
        return Day(match.first, match.last, (day,), weekday=weekday, follows=True)
    if which in (Which.THIS, Which.COMING):
        return Day(
            match.first,
            match.last,
            (day,),
            part=_part(match),
            weekday=weekday if today.weekday() == weekday else None,
        )
    return Day(match.first, match.last, (day,), weekday=weekday)


def _part(match: Match) -> Part | None:
    return Part(match.value("part")) if match.has("part") else None


def _stands_as_weekday(match: Match, setting: Setting) -> bool:
    """Short weekdays that are other words too need company: a date word or a time beside them."""
    atom = match.atom("weekday")
    if atom.low not in setting.words.shy:
        return True
    before, after = match.before, match.after
    beside = ("on", "or", "and", "limit", "from", "between", "close", "to", "range")
    joined = before is not None and any(name in before.classes for name in beside)
    if (
        joined
        and before is not None
        and "at" in before.classes
        and before.low not in ("by", "before", "from", "until", "between")
    ):
        joined = "on" in before.classes or "and" in before.classes or "or" in before.classes
    signs = after is not None and (
        after.low in (",", "-", "/", "@", "|", ":", ")")
        or "hour" in after.classes
        or "at" in after.classes
        or "part" in after.classes
        or "clock" in after.classes
    )
    return (
        (joined or signs)
        if atom.capital
        else ((joined and atom.low not in ("sun",)) or bool(after and "hour" in after.classes))
    )


def week_and_weekday(match: Match, setting: Setting) -> Phrase | None:
    """ "Tuesday next week", "next week on Tuesday", "Friday this week"."""
    which = match.value("which")
    if which == Which.LAST or match.value("unit") != Unit.WEEK:
        return None
    weeks = 0 if which == Which.THIS else 1
    monday = reckon.monday_of(setting.today) + timedelta(weeks=weeks)
    return Day(match.first, match.last, (monday + timedelta(days=match.value("weekday")),))


def weekday_week(match: Match, setting: Setting) -> Phrase | None:
    """ "Monday week", "a week on Monday": a week after the coming one."""
    if match.value("unit") not in (Unit.WEEK, Unit.FORTNIGHT):
        return None
    weeks = 2 if match.value("unit") == Unit.FORTNIGHT else 1
    if match.has("n"):
        weeks *= match.value("n")
    day = reckon.coming(match.value("weekday"), setting.today) + timedelta(weeks=weeks)
    return Day(match.first, match.last, (day,))


def weekday_after_next(match: Match, setting: Setting) -> Phrase | None:
    """ "the Tuesday after next": two weeks after this week's."""
    monday = reckon.monday_of(setting.today) + timedelta(weeks=2)
    if match.value("which") != Which.NEXT:
        return None
    return Day(match.first, match.last, (monday + timedelta(days=match.value("weekday")),))


def relative_day(match: Match, setting: Setting) -> Phrase | None:
    """Today, tomorrow, yesterday; with "week" behind it, a week later."""
    offset = match.value("relative")
    if match.has("unit"):
        if match.value("unit") != Unit.WEEK:
            return None
        offset += 7
    day = setting.today + timedelta(days=offset)
    weekday = match.maybe("weekday")
    return Day(
        match.first, match.last, (day,), past=offset < 0, limited=match.has("edge"),
        part=_part(match), doubts=reckon.weekday_doubt(day, weekday),
    )  # fmt: skip


def day_after(match: Match, setting: Setting) -> Phrase | None:
    """ "the following day", "the day after": counted from the day named before."""
    if not carries_on(match):
        return None
    day = setting.today + timedelta(days=1)
    return Day(match.first, match.last, (day,), follows=True)


def tonight(match: Match, setting: Setting) -> Phrase | None:
    """Tonight is today, in the evening."""
    return Day(match.first, match.last, (setting.today,), part=Part(match.value("tonight")))


def this_part(match: Match, setting: Setting) -> Phrase | None:
    """ "this afternoon" is today."""
    if match.value("which") != Which.THIS:
        return None
    return Day(match.first, match.last, (setting.today,), part=Part(match.value("part")))


def holiday(match: Match, setting: Setting) -> Phrase | None:
    """A holiday by name, by the calendar of the country."""
    name = setting.words.holidays[match.value("holiday")]
    day = reckon.holiday(name, setting.today, setting.country)
    if day is None:
        return None
    if match.has("dayafter"):
        return Day(match.first, match.last, (day + timedelta(days=1),))
    before = match.before
    after = before is not None and before.classes.get("limit") == 2
    if after:
        day = reckon.working_day_after(day, setting.country)
    return Day(match.first, match.last, (day,), after=after)


def recurring(match: Match, setting: Setting) -> Phrase | None:
    """Mondays, every Monday, weekdays: no day of their own."""
    return Recurring(match.first, match.last)


_WEEKDAY = "[ weekday .? ,? on? the? ] [ the ]"
_TAIL_WEEKDAY = "[ ( weekday ~) ]"
_YEAR = "[ ,? of? year ] [ ' ~yy ]"

DAY_RULES: tuple[Rule, ...] = (
    # 3 March 2026 and its kin
    Rule(f"{_WEEKDAY} dom ~nth? .? of? month .? [ ,? of? year ] {_TAIL_WEEKDAY}", calendar_day),
    Rule(f"{_WEEKDAY} dom ~nth? .? of? month .? ~' ~yy", calendar_day),
    Rule(f"{_WEEKDAY} dom=ordinal of? month .? [ ,? of? year ]", calendar_day),
    Rule("weekday .? ( dom ~nth? .? of? month .? [ ,? year ] )", calendar_day),
    Rule(f"[ weekday .? ,? ] month .? the? dom ~nth? [ ,? year ] {_TAIL_WEEKDAY}", calendar_day),
    Rule("[ weekday .? ,? ] month .? the? dom ~nth? ,? ~' ~yy", calendar_day),
    Rule("[ weekday .? ,? ] month .? the? dom=ordinal [ ,? year ]", calendar_day),
    Rule("weekday .? ( month .? dom ~nth? [ ,? year ] )", calendar_day),
    Rule("[ weekday .? ,? ] dom ~- ~month ~- ~year|yy", calendar_day),
    Rule("[ weekday .? ,? ] dom ~/ ~month [ ~/ ~year|yy ]", calendar_day),
    Rule("year ~- ~month ~- ~dom", calendar_day),
    Rule("[ weekday .? ,? ] year ,? month .? dom ~nth?", calendar_day),
    # several of one month
    Rule("[ w1=weekday .? ,? the? ] d1=dom ~nth? .? ,|/|or [ the ] [ weekday .? the? ] dom ~nth? .? of? month .? [ ,? year ]", several_days),
    Rule("[ from ] [ w1=weekday .? ,? the? ] d1=dom ~nth? .? stretch=-|to [ the ] [ weekday .? the? ] dom ~nth? .? of? month .? [ ,? year ]", several_days),
    Rule("[ w1=weekday .? ,? ] month .? d1=dom ~nth? ,|/|or [ weekday .? ] dom ~nth? [ ,? year ]", several_days),
    Rule("[ from ] [ w1=weekday .? ,? ] month .? d1=dom ~nth? stretch=-|to dom ~nth? [ ,? year ]", several_days),
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
    # a day of the month alone
    Rule("weekday .? ,? the? dom ~nth", numbered_day),
    Rule("weekday ,? the dom=ordinal", numbered_day),
    Rule("the dom ~nth", numbered_day),
    Rule("on dom ~nth", numbered_day),
    Rule("weekday .? dom", unmarked_day),
    # weekdays
    Rule("which? weekday", weekday_alone),
    Rule("weekday which", weekday_alone),
    Rule("[ on ] weekday [ of ] [ the ] which unit", week_and_weekday),
    Rule("[ on ] weekday [ of ] [ the ] unit which", week_and_weekday),
    Rule("which unit ,? [ on ] [ the ] weekday", week_and_weekday),
    Rule("unit which ,? [ on ] [ the ] weekday", week_and_weekday),
    Rule("weekday unit", weekday_week),
    Rule("one|n unit on|from_day weekday", weekday_week),
    Rule("the? weekday from_day which", weekday_after_next),
    # by distance, by name
    Rule("[ edge ] relative", relative_day),
    Rule("relative [ ,? ( ] weekday [ ) ]", relative_day),
    Rule("relative , weekday", relative_day),
    Rule("relative unit", relative_day),
    Rule("dayafter", day_after),
    Rule("tonight", tonight),
    Rule("which part", this_part),
    Rule("dayafter? holiday", holiday),
    Rule("every weekday", recurring),
    Rule("recurring", recurring),
)  # fmt: skip
