"""Rules for windows: what is said by its last day ("end of next week", "the week of the 30th")."""

from dataclasses import replace
from datetime import date, timedelta

from agent.mail.when import reckon
from agent.mail.when.company import is_shy
from agent.mail.when.days import WEEKS_ON
from agent.mail.when.phrases import Closing, Period, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.spans import far_ahead
from agent.mail.when.vocabulary import Close, Edge, Unit, WeekOf, Which

# -- a week, a month, a quarter, a year ---------------------------------------


def period(match: Match, setting: Setting) -> Phrase | None:
    """A week, month, quarter or year, or a part of it: "next week", "end of the month"."""
    which, edge, unit = match.maybe("which"), _edge(match), Unit(match.value("unit"))
    if which == Which.LAST or (edge is None and which is None):
        return None
    if which == Which.THAT and match.slots["which"] > match.slots["unit"]:
        return None  # "the week that you …"
    if unit == Unit.DAY and edge == Edge.END and which is None:
        return Closing(match.first, match.last)  # "the end of the day"
    here = which in (None, Which.THIS, Which.THAT)
    ahead = 0 if here else WEEKS_ON.get(Which(which or 0), 1)
    found = _whole(match, unit, ahead, edge, setting)
    if found is not None and which in _HANGING and _hangs(found.unit, edge):
        return replace(found, follows=_HANGING[Which(which)], edge=edge)
    return found if which != Which.THAT else None


#: "that week", "the end of the following week": weeks on from that of the day named before.
_HANGING = {Which.THAT: 0, Which.FOLLOWING: 1}


def _hangs(unit: Unit, edge: Edge | None) -> bool:
    """Weeks do, and parts of a month: "by the end of that month", but not "we were busy that month"."""
    return unit in (Unit.WEEK, Unit.WEEKEND) or (unit == Unit.MONTH and edge is not None)


def period_of_ours(match: Match, setting: Setting) -> Phrase | None:
    """Dutch "eind volgende week van ons": the words of a week of the 30th, with no day behind them."""
    named = match.followed_by("dom", "month", "weekday", "the", "ordinal", "a", "daynumber")
    if named or match.value("weekof") != WeekOf.WEEK_OF or "-" in match.atom("weekof").low:
        return None
    which, edge = match.maybe("which"), _edge(match)
    if which in (Which.LAST, Which.THAT) or (edge is None and which is None):
        return None
    ahead = 0 if which in (None, Which.THIS) else WEEKS_ON.get(Which(which or 0), 1)
    found = _whole(match, Unit.WEEK, ahead, edge, setting)
    hanging = found is not None and which == Which.FOLLOWING
    return replace(found, follows=1, edge=edge) if found and hanging else found


def weekend_of_ours(match: Match, setting: Setting) -> Phrase | None:
    """Dutch "voor het weekend van ons": the words of a weekend of the 24th, with no day behind them."""
    if match.followed_by("dom", "month", "weekday", "the", "ordinal", "daynumber", "holiday"):
        return None
    return _whole(match, Unit.WEEKEND, 0, None, setting)


def holiday_weekend(match: Match, setting: Setting) -> Phrase | None:
    """ "Memorial Day weekend", "le week-end de Pâques": from its first free day to its last."""
    if match.value("unit") != Unit.WEEKEND:
        return None
    name = setting.words.holidays[match.value("holiday")]
    day = reckon.holiday(name, setting.today, setting.country)
    if day is None:
        return None
    saturday = reckon.monday_of(day - timedelta(days=3)) + timedelta(days=5)
    start, last = min(day, saturday), max(day, saturday + timedelta(days=1))
    return _part(match, start, last, Unit.WEEKEND, None)


def _edge(match: Match) -> Edge | None:
    return Edge(match.value("edge")) if match.has("edge") else None


def _whole(
    match: Match, unit: Unit, ahead: int, edge: Edge | None, setting: Setting
) -> Period | None:
    """The period that lies so many periods ahead, or a part of it."""
    today = setting.today
    match unit:
        case Unit.WEEK | Unit.BUSINESS_WEEK:
            return _week(match, reckon.week_meant(today, ahead), edge)
        case Unit.WEEKEND:
            sunday = reckon.monday_of(today) + timedelta(days=6 + 7 * ahead)
            return _part(match, sunday - timedelta(days=1), sunday, unit, edge)
        case Unit.MONTH:
            start = reckon.add_months(today.replace(day=1), ahead)
            return _part(match, start, reckon.in_month(start, edge), unit, edge)
        case Unit.QUARTER:
            start = reckon.add_months(reckon.quarter_start(today), 3 * ahead)
            return _part(match, start, reckon.in_quarter(start, edge), unit, edge)
        case Unit.YEAR:
            last = reckon.in_year(today.year + ahead, edge)
            return _part(match, date(last.year, 1, 1), last, unit, edge)
        case _:
            return None


def _part(match: Match, start: date, last: date, unit: Unit, edge: Edge | None) -> Period:
    """A period, or a part of it. Before its end is still in it; before it, is the day before."""
    opens = edge in (None, Edge.START, Edge.EARLY)
    eve = start - timedelta(days=1) if opens else None
    return Period(match.first, match.last, last, unit, eve=eve)


def _week(match: Match, monday: date, edge: Edge | None = None) -> Period:
    """A week by its Friday, or a part of it; a whole one gives its Monday to bare weekdays."""
    week = _part(match, monday, reckon.in_week(monday, edge), Unit.WEEK, edge)
    friday_before = monday - timedelta(days=3) if week.eve else None
    return replace(week, monday=monday if edge is None else None, eve=friday_before, edge=edge)


def the_weekend(match: Match, setting: Setting) -> Phrase | None:
    """ "over the weekend" is its Sunday; French "sous quinzaine" a fortnight."""
    if match.value("unit") == Unit.FORTNIGHT and setting.words.fortnight_alone:
        return far_ahead(match, 1, Unit.FORTNIGHT, setting)
    if match.value("unit") != Unit.WEEKEND:
        return None
    return _whole(match, Unit.WEEKEND, 0, None, setting)


def limited_weekend(match: Match, setting: Setting) -> Phrase | None:
    """Spanish "antes del fin de semana", Polish "po weekendzie": the article is in the limit or none."""
    if match.value("unit") != Unit.WEEKEND:
        return None
    return _whole(match, Unit.WEEKEND, 0, None, setting)


def fortnight_ahead(match: Match, setting: Setting) -> Phrase | None:
    """French "sous quinzaine", Spanish "en quince días": both ends counted."""
    if match.value("unit") == Unit.FORTNIGHT and setting.words.fortnight_alone:
        return far_ahead(match, 1, Unit.FORTNIGHT, setting)
    return limited_weekend(match, setting)


def weekend_of(match: Match, setting: Setting) -> Phrase | None:
    """ "the weekend of the 24th": its Sunday."""
    day = _named_day(match, setting)
    if day is None:
        return None
    monday = reckon.monday_of(day)
    saturday, sunday = monday + timedelta(days=5), monday + timedelta(days=6)
    return _part(match, saturday, sunday, Unit.WEEKEND, None)


def week_after(match: Match, setting: Setting) -> Phrase | None:
    """ "the week after": counted from the week named before."""
    if match.followed_by("holiday", "month", "weekday", "dom", "which"):
        return None
    edge = _edge(match)
    return replace(_week(match, reckon.week_meant(setting.today, 1), edge), follows=1)


def week_after_next(match: Match, setting: Setting) -> Phrase | None:
    """ "the week after next"."""
    if match.value("which") != Which.NEXT:
        return None
    return _week(match, reckon.week_meant(setting.today, 2))


def month_by_name(match: Match, setting: Setting) -> Phrase | None:
    """ "early December", "in March", "by the end of May 2026"."""
    after = match.after
    if match.has("unit") and match.value("unit") != Unit.MONTH:
        return None
    if is_shy(match, "month", setting) and not match.has("edge"):
        return None
    if after is not None and after.low == "'":
        return None  # "in April's office"
    if not match.has("year") and match.followed_by("dom"):
        return None  # "in March 3 …" is a date that another rule refused
    start = _month_start(match, setting)
    if start is None:
        return None
    edge = _edge(match)
    return _part(match, start, reckon.in_month(start, edge), Unit.MONTH, edge)


def _month_start(match: Match, setting: Setting) -> date | None:
    """The first of the month named: this year's, or next year's where it is over."""
    today = setting.today
    month = match.value("month" if match.has("month") else "monthweek")
    year = match.maybe("year") or (today.year if month >= today.month else today.year + 1)
    return reckon.make_day(year, month, 1)


def year_by_number(match: Match, setting: Setting) -> Phrase | None:
    """ "the end of 2026"."""
    edge = Edge(match.value("edge"))
    last = reckon.in_year(match.value("year"), edge)
    return _part(match, date(last.year, 1, 1), last, Unit.YEAR, edge)


def week_of_month(match: Match, setting: Setting) -> Phrase | None:
    """ "the first week of March", "the last week of next month": its Friday."""
    if match.has("unit") and match.value("unit") != Unit.WEEK:
        return None
    if match.has("month") or match.has("monthweek"):
        start = _month_start(match, setting)
    else:
        ahead = 0 if match.value("which") == Which.THIS else 1
        start = reckon.add_months(setting.today.replace(day=1), ahead)
    if start is None or (match.has("back") and not _is_last(match)):
        return None
    number = match.maybe("ordinal") or match.maybe("n") or 5
    friday = reckon.friday_of_month(start, number)
    day = reckon.in_week(reckon.monday_of(friday), _edge(match))
    return Period(match.first, match.last, day, Unit.WEEK)


def _is_last(match: Match) -> bool:
    """ "the last week of March", "the final week": `final` of weeks alone, no "final Friday"."""
    return match.slots["back"][1] == "final" or match.value("back") == Which.LAST


def quarter_by_number(match: Match, setting: Setting) -> Phrase | None:
    """ "end of Q1": this year's, or next year's where it is over."""
    number, edge = match.value("n"), _edge(match)
    if not 1 <= number <= 4:
        return None
    start = date(match.maybe("year") or setting.today.year, 3 * number - 2, 1)
    if not match.has("year") and reckon.in_quarter(start, None) < setting.today:
        start = start.replace(year=start.year + 1)
    return _part(match, start, reckon.in_quarter(start, edge), Unit.QUARTER, edge)


def week_by_number(match: Match, setting: Setting) -> Phrase | None:
    """ "KW 12": the week of that number (ISO 8601), this year's or else next year's.

    "Week 2 of January" is that where it lies in the month, else the second of the month.
    """
    monday = reckon.week_of_year(match.value("n"), setting.today)
    if match.has("month"):
        start, number = _month_start(match, setting), match.value("n")
        if start is None or not 1 <= number <= _WEEKS_OF_MONTH:
            return None
        friday = monday + timedelta(days=4) if monday else start
        inside = monday is not None and (friday.year, friday.month) == (start.year, start.month)
        friday = friday if inside else reckon.friday_of_month(start, number)
        return Period(match.first, match.last, friday, Unit.WEEK)
    if monday is None or (
        "unit" in match.atom("weeknumber").classes and _is_other(match, monday, setting)
    ):
        return None
    return _week(match, monday)


def _is_other(match: Match, monday: date, setting: Setting) -> bool:
    """Whether "week 2" is more likely one of a course, or a count, than of the year."""
    far = monday > setting.today + timedelta(weeks=_WEEKS_SOON)
    return far or match.value("n") <= _FEW_WEEKS or match.followed_by("of", "month", "unit")


_WEEKS_OF_MONTH = 5
_WEEKS_SOON = 12  # as far ahead as people name a week by its bare number
_FEW_WEEKS = 4


def closing(match: Match, setting: Setting) -> Phrase | None:
    """EOD is the end of a day that is named beside it; EOW, EOM and EOY name their own."""
    close = Close(match.value("close"))
    if close == Close.DAY:
        return Closing(match.first, match.last)
    unit = {Close.WEEK: Unit.WEEK, Close.MONTH: Unit.MONTH, Close.YEAR: Unit.YEAR}[close]
    ahead = 0 if match.maybe("which") in (None, Which.THIS) else 1
    return _whole(match, unit, ahead, Edge.END, setting)


# -- the week of a day --------------------------------------------------------


def week_of(match: Match, setting: Setting) -> Phrase | None:
    """ "the week of the 30th", "w/c 30 March": that week's Friday; "week ending" its day."""
    day = _named_day(match, setting)
    if day is None:
        return None
    if match.value("weekof") == WeekOf.WEEK_ENDING:
        return Period(match.first, match.last, day, Unit.WEEK)
    sunday = day.weekday() == 6  # a week that is named by its Sunday begins with it
    monday = day + timedelta(days=1) if sunday else reckon.monday_of(day)
    return _week(match, monday, _edge(match))


def _named_day(match: Match, setting: Setting) -> date | None:
    today, weekday = setting.today, match.maybe("weekday")
    if match.has("a"):
        a, b = match.value("a"), match.value("b")
        month, dom = (a, b) if setting.month_first else (b, a)
        return reckon.nearest_date(month, dom, today, weekday)
    dom = match.value("dom")
    if match.has("year"):
        return reckon.make_day(match.value("year"), match.value("month"), dom)
    if match.has("month"):
        return reckon.nearest_date(match.value("month"), dom, today, weekday)
    return reckon.nearest_day_of_month(dom, today, weekday)


WINDOW_RULES: tuple[Rule, ...] = (
    # a week, a month, a year
    Rule("edge? -? the? which? unit", period),
    Rule("edge -? of -? the? which? unit", period),
    Rule("edge? -? of? the? unit which", period),
    Rule("within? the unit", the_weekend),
    Rule("limit unit", limited_weekend),
    Rule("edge? -? of? the? which? weekof", period_of_ours),
    Rule("within? the weekendof", weekend_of_ours),
    Rule("the? holiday unit", holiday_weekend),
    Rule("the? unit of the? holiday", holiday_weekend),
    Rule("within about? unit", fortnight_ahead),
    Rule("the unit from_day which", week_after_next),
    Rule("weekafter which", week_after_next),
    Rule("[ edge -? of? ] the? weekafter", week_after),
    Rule("edge -? of? the? month .? year?", month_by_name),
    Rule("edge -? of? the? unit of month .? year?", month_by_name),
    Rule("edge year", year_by_number),
    Rule("within month .? year?", month_by_name),
    Rule("of month .? year?", month_by_name),
    Rule("limit month .? year?", month_by_name),
    Rule("edge? -? of? the? ordinal full? unit of? month year?", week_of_month),
    Rule("the? n ~nth weekof|unit of? month year?", week_of_month),
    Rule("edge? -? of? the? ordinal full? weekof month year?", week_of_month),
    Rule("edge? -? of? the? back=which|final full? unit of? month year?", week_of_month),
    Rule("edge? the? ordinal monthweek year?", week_of_month),
    Rule("edge? the? back=which monthweek year?", week_of_month),
    Rule("edge? -? of? the? back=which|final full? weekof month year?", week_of_month),
    Rule("the? ordinal unit of the? which unit2=unit", week_of_month),
    Rule("edge? Q ~n [ ,? of? year ]", quarter_by_number),
    Rule("weeknumber .? n", week_by_number),
    Rule("the? weeknumber n of month year?", week_by_number),
    Rule("edge? -? of? the? n ~. weeknumber", week_by_number),
    Rule("which? close", closing),
    Rule("close which", closing),
    # the week of a day
    Rule("the? weekendof the? [ weekday .? ,? the? ] dom ~nth? .? of? month .? year?", weekend_of),
    Rule("the? weekendof the? month .? dom ~nth?", weekend_of),
    Rule("the? weekendof the? [ weekday .? ,? ] dom ~nth?", weekend_of),
    Rule("edge? -? of? the? weekof the? [ weekday .? ,? the? ] dom ~nth? .? of? month .? year?", week_of),
    Rule("edge? -? of? the? weekof the? [ weekday .? ,? ] month .? dom ~nth? [ ,? year ]", week_of),
    Rule("edge? -? of? the? weekof the? [ weekday .? ,? the? ] dom ~nth?", week_of),
    Rule("edge? -? of? the? weekof [ weekday ] a=dom ~/ ~b=dom", week_of),
    Rule("edge? -? of? the? weekof the? weekday? dom=ordinal [ of month ]", week_of),
)  # fmt: skip
