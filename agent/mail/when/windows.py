"""Rules for windows: what is said by its last day ("end of next week", "within 5 days")."""

from dataclasses import replace
from datetime import date, timedelta

from agent.mail.when import reckon
from agent.mail.when.days import carries_on
from agent.mail.when.phrases import Closing, Day, Period, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Close, Edge, Unit, Which

# "the coming days" names no number: a few, which is three.
_SOME = 3
# "it takes 2 hours" is how long a talk is; "within 24 hours" is a promise.
_SHORTEST_WAIT = 12
# Nobody promises an answer in 300 days; such numbers are something else.
_MOST = {Unit.HOUR: 400, Unit.MONTH: 24, Unit.QUARTER: 4, Unit.YEAR: 1}


def span_ahead(match: Match, setting: Setting) -> Phrase | None:
    """A length counted from the mail: "within 5–7 business days", "in a fortnight"."""
    which = match.maybe("which")
    if which == Which.LAST:
        return None
    after = match.after
    if after is not None and ("ago" in after.classes or after.low == "'"):
        return None
    if (
        not match.has("n")
        and not match.has("one")
        and not match.has("n2")
        and "units" in match.atom("unit").classes
    ):
        return None  # "in the coming weeks" is not one week
    unit = Unit(match.value("unit"))
    count = max(_count(match, name) for name in ("n", "n2"))
    if not 0 < count <= _MOST.get(unit, 120) or unit == Unit.MINUTE:
        return None
    if unit == Unit.HOUR:
        if count < _SHORTEST_WAIT:
            return None
        day = (setting.anchor + timedelta(hours=count)).date()
    else:
        day = reckon.after(setting.today, count, unit, setting.country)
    return Period(match.first, match.last, day, unit, doubts=_other_start(match))


def _other_start(match: Match) -> tuple[str, ...]:
    """ "within two weeks of the closing date" counts from a day that only the sender knows."""
    after, beyond = match.after, match.beyond
    if after is None or not {"of", "from_day"} & after.classes.keys() or beyond is None:
        return ()
    if "one" in beyond.classes or not {"the", "your"} & {beyond.low}:
        return ()
    return ("counted from the date of the mail, but the text counts from another day",)


def _count(match: Match, name: str) -> int:
    return match.value(name) if match.has(name) else 1 if name == "n" else 0


def working_span(match: Match, setting: Setting) -> Phrase | None:
    """ "5–7 business days" alone: nobody but a promise counts in those."""
    if match.value("unit") != Unit.BUSINESS_DAY:
        return None
    return span_ahead(match, setting)


def some_ahead(match: Match, setting: Setting) -> Phrase | None:
    """ "in the coming days", "over the next weeks": a few of them."""
    if match.value("which") == Which.LAST:
        return None
    unit = Unit(match.value("units"))
    return Period(
        match.first, match.last, reckon.after(setting.today, _SOME, unit, setting.country), unit
    )


def span_from(match: Match, setting: Setting) -> Phrase | None:
    """ "two weeks from Friday": counted from the day that is named."""
    unit = Unit(match.value("unit"))
    start = reckon.coming(match.value("weekday"), setting.today)
    if unit in (Unit.MINUTE, Unit.HOUR):
        return None
    return Period(
        match.first, match.last, reckon.after(start, match.value("n"), unit, setting.country), unit
    )


def period(match: Match, setting: Setting) -> Phrase | None:
    """A week, month, quarter or year, or a part of it: "next week", "end of the month"."""
    which = Which(match.value("which")) if match.has("which") else Which.THIS
    edge = Edge(match.value("edge")) if match.has("edge") else None
    if which == Which.LAST:
        return None
    if edge is None and not match.has("which"):
        return None
    ahead = 0 if which == Which.THIS else 1
    return _period(match, Unit(match.value("unit")), ahead, edge, setting)


def _period(
    match: Match, unit: Unit, ahead: int, edge: Edge | None, setting: Setting
) -> Phrase | None:
    today = setting.today
    first, last = match.first, match.last
    match unit:
        case Unit.WEEK | Unit.BUSINESS_WEEK:
            monday = _monday(today, ahead)
            whole = monday if edge is None else None
            return Period(
                first,
                last,
                reckon.in_week(monday, edge),
                Unit.WEEK,
                whole,
                monday - timedelta(days=3),
            )
        case Unit.WEEKEND:
            sunday = reckon.monday_of(today) + timedelta(days=6 + 7 * ahead)
            return Period(first, last, sunday, unit, None, sunday - timedelta(days=2))
        case Unit.MONTH:
            start = reckon.add_months(today.replace(day=1), ahead)
            return Period(
                first, last, reckon.in_month(start, edge), unit, None, start - timedelta(days=1)
            )
        case Unit.QUARTER:
            start = reckon.add_months(reckon.quarter_start(today), 3 * ahead)
            return Period(
                first, last, reckon.in_quarter(start, edge), unit, None, start - timedelta(days=1)
            )
        case Unit.YEAR:
            day = reckon.in_year(today.year + ahead, edge)
            return Period(first, last, day, unit, None, date(day.year, 1, 1) - timedelta(days=1))
        case Unit.DAY if edge == Edge.END and not match.has("which"):
            return Closing(first, last)
        case _:
            return None


def _monday(today: date, ahead: int) -> date:
    """The Monday of the week meant; on a weekend "this week" is the one that comes."""
    weeks = 1 if not ahead and today.weekday() > 4 else ahead
    return reckon.monday_of(today) + timedelta(weeks=weeks)


def the_weekend(match: Match, setting: Setting) -> Phrase | None:
    """ "over the weekend" is its Sunday."""
    if match.value("unit") != Unit.WEEKEND:
        return None
    return _period(match, Unit.WEEKEND, 0, None, setting)


def week_after(match: Match, setting: Setting) -> Phrase | None:
    """ "the week after": counted from the week named before."""
    if not carries_on(match):
        return None
    found = _period(match, Unit.WEEK, 1, None, setting)
    return replace(found, follows=True) if isinstance(found, Period) else None


def week_after_next(match: Match, setting: Setting) -> Phrase | None:
    """ "the week after next"."""
    if match.value("which") != Which.NEXT:
        return None
    return _period(match, Unit.WEEK, 2, None, setting)


def month_by_name(match: Match, setting: Setting) -> Phrase | None:
    """ "early December", "in March", "by the end of May 2026"."""
    atom = match.atom("month")
    if atom.low in setting.words.shy and not atom.capital and not match.has("edge"):
        return None
    after = match.after
    if after is not None and after.low == "'":
        return None
    if (
        not match.has("year")
        and after is not None
        and "dom" in after.classes
        and after.line == atom.line
    ):
        return None  # "in March 3 …" is a date that another rule refused
    month = match.value("month")
    start = _month_start(month, match.maybe("year"), setting.today)
    if start is None:
        return None
    edge = Edge(match.value("edge")) if match.has("edge") else None
    return Period(
        match.first,
        match.last,
        reckon.in_month(start, edge),
        Unit.MONTH,
        None,
        start - timedelta(days=1),
    )


def _month_start(month: int, year: int | None, today: date) -> date | None:
    """The first of that month: this year's, or next year's where it is over."""
    if year is None:
        year = today.year if month >= today.month else today.year + 1
    return reckon.make_day(year, month, 1)


def year_by_number(match: Match, setting: Setting) -> Phrase | None:
    """ "the end of 2026"."""
    day = reckon.in_year(match.value("year"), Edge(match.value("edge")))
    return Period(match.first, match.last, day, Unit.YEAR)


def week_of_month(match: Match, setting: Setting) -> Phrase | None:
    """ "the first week of March": its Friday."""
    if match.has("unit") and match.value("unit") != Unit.WEEK:
        return None
    if match.has("month"):
        start = _month_start(match.value("month"), match.maybe("year"), setting.today)
    else:
        start = reckon.add_months(
            setting.today.replace(day=1), 1 if match.value("which") == Which.NEXT else 0
        )
    if start is None:
        return None
    if match.has("back"):
        end = reckon.month_end(start)
        friday = end - timedelta(days=(end.weekday() - 4) % 7)
    else:
        number = match.value("ordinal")
        if number > 5:
            return None
        friday = start + timedelta(days=(4 - start.weekday()) % 7 + 7 * (number - 1))
    return Period(match.first, match.last, friday, Unit.WEEK)


def quarter_by_number(match: Match, setting: Setting) -> Phrase | None:
    """ "end of Q1"."""
    number = match.value("n")
    if not 1 <= number <= 4:
        return None
    year = match.maybe("year") or setting.today.year
    start = date(year, 3 * number - 2, 1)
    if not match.has("year") and reckon.in_quarter(start, None) < setting.today:
        start = start.replace(year=year + 1)
    edge = Edge(match.value("edge")) if match.has("edge") else None
    return Period(
        match.first,
        match.last,
        reckon.in_quarter(start, edge),
        Unit.QUARTER,
        None,
        start - timedelta(days=1),
    )


def week_by_number(match: Match, setting: Setting) -> Phrase | None:
    """ "KW 12": the week of that number (ISO 8601), this year's or else next year's."""
    number, today = match.value("n"), setting.today
    if not 1 <= number <= 53:
        return None
    for year in (today.year, today.year + 1):
        monday = date.fromisocalendar(year, min(number, 52), 1)
        if monday + timedelta(days=6) >= today:
            break
    return Period(
        match.first,
        match.last,
        monday + timedelta(days=4),
        Unit.WEEK,
        monday,
        monday - timedelta(days=3),
    )


def closing(match: Match, setting: Setting) -> Phrase | None:
    """EOD is the end of a day that is named beside it; EOW, EOM and EOY name their own."""
    close = Close(match.value("close"))
    if close == Close.DAY:
        return Closing(match.first, match.last)
    unit = {Close.WEEK: Unit.WEEK, Close.MONTH: Unit.MONTH, Close.YEAR: Unit.YEAR}[close]
    ahead = 1 if match.has("which") and match.value("which") == Which.NEXT else 0
    return _period(match, unit, ahead, Edge.END, setting)


def week_of(match: Match, setting: Setting) -> Phrase | None:
    """ "the week of the 30th", "w/c 30 March": that week's Friday."""
    day = _named_day(match, setting)
    if day is None:
        return None
    if match.value("weekof") == 1:
        return Period(match.first, match.last, day, Unit.WEEK)
    monday = reckon.monday_of(day) if day.weekday() < 6 else day + timedelta(days=1)
    return Period(
        match.first,
        match.last,
        monday + timedelta(days=4),
        Unit.WEEK,
        monday,
        monday - timedelta(days=3),
    )


def _named_day(match: Match, setting: Setting) -> date | None:
    today = setting.today
    weekday = match.maybe("weekday")
    if match.has("month"):
        if match.has("year"):
            return reckon.make_day(match.value("year"), match.value("month"), match.value("dom"))
        return reckon.nearest_date(match.value("month"), match.value("dom"), today, weekday)
    if match.has("a"):
        a, b = match.value("a"), match.value("b")
        month, dom = (a, b) if setting.month_first else (b, a)
        return reckon.nearest_date(month, dom, today, weekday)
    if match.has("dom"):
        return reckon.nearest_day_of_month(match.value("dom"), today, weekday)
    return None


def later_today(match: Match, setting: Setting) -> Phrase | None:
    """ "later today"."""
    return Day(match.first, match.last, (setting.today,), limited=True)


_N = "n|one [ ( ~n ~) ]"
_TO_N2 = "[ or|to|- n2=n|one ]"

WINDOW_RULES: tuple[Rule, ...] = (
    # so long from now
    Rule(f"within about? the? [ which ] n|one {_TO_N2} [ -? ] unit [ so ] [ ' ] [ s ] fromnow?", span_ahead),
    Rule(f"within about? the? [ which ] n [ ( n2=n ) ] {_TO_N2} unit so? fromnow?", span_ahead),
    Rule("within about? rolling which unit [ so ] [ or n2=n|one ]", span_ahead),
    Rule("within about? between n and|to|- n2=n unit fromnow?", span_ahead),
    Rule("between n and|to|- n2=n unit", span_ahead),
    Rule("within? about? n|one unit or n2=n [ unit ]", span_ahead),
    Rule("the? which n [ or|to|- n2=n ] unit so?", span_ahead),
    Rule("the which unit or n2=n|so", span_ahead),
    Rule("about? n|one [ or|to|- n2=n ] unit [ ' ] [ s ] fromnow", span_ahead),
    Rule("n [ ( n2=n ) ] unit", working_span),
    Rule("n -|to|or n2=n unit", working_span),
    Rule("within the? n which unit", span_ahead),
    Rule("within? the? which units", some_ahead),
    Rule("within? the? units which", some_ahead),
    Rule("n|one unit from_day weekday", span_from),
    # a week, a month, a year
    Rule("edge? -? the? which? unit", period),
    Rule("edge -? of -? the? which? unit", period),
    Rule("edge? -? of? the? unit which", period),
    Rule("within? the unit", the_weekend),
    Rule("the unit from_day which", week_after_next),
    Rule("weekafter which", week_after_next),
    Rule("weekafter", week_after),
    Rule("edge -? of? the? month .? year?", month_by_name),
    Rule("edge year", year_by_number),
    Rule("within month .? year?", month_by_name),
    Rule("of month .? year?", month_by_name),
    Rule("limit month .? year?", month_by_name),
    Rule("the? ordinal unit of month year?", week_of_month),
    Rule("the? ordinal weekof month year?", week_of_month),
    Rule("the? back=which unit of month year?", week_of_month),
    Rule("the? back=which weekof month year?", week_of_month),
    Rule("the? ordinal unit of the? which unit2=unit", week_of_month),
    Rule("edge? Q ~n [ ,? of? year ]", quarter_by_number),
    Rule("weeknumber .? n", week_by_number),
    Rule("which? close", closing),
    Rule("close which", closing),
    # the week of a day
    Rule("the? weekof the? [ weekday .? ,? the? ] dom ~nth? .? of? month .? year?", week_of),
    Rule("the? weekof the? [ weekday .? ,? ] month .? dom ~nth? [ ,? year ]", week_of),
    Rule("the? weekof the? [ weekday .? ,? the? ] dom ~nth?", week_of),
    Rule("the? weekof [ weekday ] a=dom ~/ ~b=dom", week_of),
    Rule("the? weekof the? weekday? dom=ordinal [ of month ]", week_of),
)  # fmt: skip
