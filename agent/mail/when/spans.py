"""Rules for lengths that count from the mail or from a day of the text ("within 5 days", "a week later")."""

from datetime import timedelta

from agent.mail.when import reckon
from agent.mail.when.phrases import Period, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Unit, Which

# "the coming days" names no number: a few, which is three.
_SOME = 3
# "it takes 2 hours" is how long a talk is; "within 24 hours" is a promise.
_SHORTEST_WAIT = 12
_HOURS_A_DAY = 24
# Nobody promises an answer in 300 days; such numbers are something else.
_MOST = {Unit.MINUTE: 0, Unit.HOUR: 400, Unit.MONTH: 24, Unit.QUARTER: 4, Unit.YEAR: 1}
_MOST_DAYS = 120


def span_ahead(match: Match, setting: Setting) -> Phrase | None:
    """A length counted from the mail: "within 5–7 business days", "in a fortnight"."""
    after = match.after
    if match.maybe("which") in (Which.LAST, Which.THAT) or match.followed_by("ago"):
        return None
    if after is not None and after.low == "'":
        return None  # "in 3 years' experience"
    counted = match.has("n") or match.has("one") or match.has("n2")
    if not counted and "units" in match.atom("unit").classes:
        return None  # "in the coming weeks" is not one week
    count = max(match.maybe("n") or 1, match.maybe("n2") or 0)
    if _is_of_day(match, count):
        return None
    return far_ahead(match, count, Unit(match.value("unit")), setting)


def _is_of_day(match: Match, count: int) -> bool:
    """Dutch "tussen 13 en 17 uur", "om 10 uur of 12", French "pour 14 heures": hours of a day, not a wait."""
    unit = match.atom("unit").classes
    if match.has("limit") and "forhour" in match.atom("limit").classes and "oclock" in unit:
        return count < _HOURS_A_DAY
    waits = "within" in match.atoms[match.first].classes or match.has("fromnow")
    alone = match.has("n2") and not (waits or match.has("which"))
    return alone and count <= _HOURS_A_DAY and "oclock" in match.atom("unit").classes


def far_ahead(match: Match, count: int, unit: Unit, setting: Setting) -> Phrase | None:
    """The day so many units on; hours count from the sender's clock."""
    if count > _MOST.get(unit, _MOST_DAYS) or (unit == Unit.HOUR and count < _SHORTEST_WAIT):
        return None
    if unit == Unit.HOUR:
        day = (setting.anchor + timedelta(hours=count)).date()
    else:
        day = reckon.after(setting.today, count, unit, setting.country)
    if not _has_other_start(match, setting):
        return Period(match.first, match.last, day, unit)
    if unit == Unit.HOUR:  # "within 48 hours of the call": two days, whatever the hour
        unit, count = Unit.DAY, -(-count // 24)
    return Period(match.first, match.last, day, unit, since=count, doubts=(OTHER_START,))


#: The doubt of a length that counts from a day of which the text does not tell.
OTHER_START = "counted from the date of the mail, but the text counts from another day"


def _has_other_start(match: Match, setting: Setting) -> bool:
    """ "within two weeks of the closing date" counts from another day."""
    beyond = match.look(2)
    if match.followed_by("fromother"):
        return True
    if not match.followed_by("of", "from_day") or beyond is None:
        return False
    return setting.words.shows("definite", beyond.low) and not match.has("fromnow")


def bare_span(match: Match, setting: Setting) -> Phrase | None:
    """ "Two weeks, and you'll have it": a length that opens its sentence and is all of its clause."""
    before, after = match.before, match.after
    opens = before is None or before.sentence != match.atoms[match.first].sentence
    closes = after is None or after.low in _CLAUSE_ENDS or after.sentence != match.final.sentence
    unit = Unit(match.value("unit"))
    if not (opens and closes) or unit not in (Unit.WEEK, Unit.FORTNIGHT, Unit.BUSINESS_DAY):
        return None
    return span_ahead(match, setting)


_CLAUSE_ENDS = frozenset(",.;!?–-")


def span_of(match: Match, setting: Setting) -> Phrase | None:
    """ "within a week of the interview": the words "week of" are no name of a week here."""
    count = match.maybe("n") or 1
    if match.followed_by("dom", "month", "weekday") or count > _MOST_WEEKS:
        return None
    day = setting.today + timedelta(weeks=count)
    return Period(match.first, match.last, day, Unit.WEEK, since=count, doubts=(OTHER_START,))


def span_of_today(match: Match, setting: Setting) -> Phrase | None:
    """ "within a week of today"."""
    if match.value("relative") or "week" not in match.atom("weekof").low:
        return None
    return far_ahead(match, match.maybe("n") or 1, Unit.WEEK, setting)


_MOST_WEEKS = 12


def span_within(match: Match, setting: Setting) -> Phrase | None:
    """ "within the week": seven days, from the day named before if there is one."""
    unit = Unit(match.value("unit"))
    if unit not in (Unit.WEEK, Unit.FORTNIGHT, Unit.MONTH):
        return None
    day = reckon.after(setting.today, 1, unit, setting.country)
    return Period(match.first, match.last, day, unit, since=1)


def span_later(match: Match, setting: Setting) -> Phrase | None:
    """ "a week later", "two days after that": counted from the day named before."""
    count, unit = match.maybe("n2") or match.maybe("n") or 1, Unit(match.value("unit"))
    if "limit" in match.atom("later").classes and _counts_on(match):
        return None  # "two days after the 14th" counts from what follows
    if unit == Unit.HOUR and count in _DAYS_OF_HOURS:
        count, unit = _DAYS_OF_HOURS[count], Unit.DAY  # "48 hours after"
    if unit in (Unit.MINUTE, Unit.HOUR) or count > _MOST.get(unit, _MOST_DAYS):
        return None
    return Period(match.first, match.last, setting.today, unit, since=count, after=True)


def span_before(match: Match, setting: Setting) -> Phrase | None:
    """ "two days beforehand", "la veille": counted back from the day named before."""
    count = match.maybe("n2") or match.maybe("n") or 1
    unit = Unit(match.value("unit")) if match.has("unit") else Unit.DAY
    name = "beforehand" if match.has("beforehand") else "dayahead"
    if "limit" in match.atom(name).classes and _counts_on(match):
        return None  # "the day before the 14th" counts from what follows
    if match.after is not None and setting.words.shows("subject", match.after.low):
        return None  # "give it two weeks before you start worrying"
    if name == "dayahead":
        count = match.value(name)
    if unit == Unit.HOUR and count in _DAYS_OF_HOURS:
        count, unit = _DAYS_OF_HOURS[count], Unit.DAY
    if unit not in (Unit.DAY, Unit.BUSINESS_DAY, Unit.WEEK) or count > _MOST_BEFORE:
        return None
    return Period(match.first, match.last, setting.today, unit, since=-count, after=True)


_MOST_BEFORE = 10  # nobody asks for anything so long before a talk
_DAYS_OF_HOURS = {24: 1, 48: 2, 72: 3}


def _counts_on(match: Match) -> bool:
    """Whether a day follows, with or without an article."""
    beyond = match.look(2) if match.followed_by("the", "on", "of") else match.after
    return beyond is not None and bool(_DAYS.intersection(beyond.classes))


_DAYS = frozenset(("dom", "month", "weekday", "relative", "holiday"))


def week_later(match: Match, setting: Setting) -> Phrase | None:
    """Polish "tydzień po rozmowie": a week, with no word for "a", from the day named before."""
    return Period(match.first, match.last, setting.today, Unit.WEEK, since=1, after=True)


def next_working_day(match: Match, setting: Setting) -> Phrase | None:
    """ "the next working day", "am folgenden Werktag": from the day named before, or the mail's."""
    nth = match.maybe("ordinal")
    if match.value("unit") != Unit.BUSINESS_DAY or nth not in (None, 1):
        return None
    if match.maybe("which") in (Which.LAST, Which.THIS, Which.THAT):
        return None
    if match.has("which") and match.followed_by("unit") and "which" in match.final.classes:
        return None  # "it comes from Workday next week"
    day = reckon.add_working_days(setting.today, 1, setting.country)
    return Period(match.first, match.last, day, Unit.BUSINESS_DAY, since=1)


def working_span(match: Match, setting: Setting) -> Phrase | None:
    """ "5–7 business days" alone: nobody but a promise counts in those."""
    return span_ahead(match, setting) if match.value("unit") == Unit.BUSINESS_DAY else None


def some_ahead(match: Match, setting: Setting) -> Phrase | None:
    """ "in the coming days", "over the next weeks": a few of them."""
    if match.value("which") in (Which.LAST, Which.THIS, Which.THAT):
        return None
    return far_ahead(match, _SOME, Unit(match.value("units")), setting)


def span_from(match: Match, setting: Setting) -> Phrase | None:
    """ "two weeks from Friday": counted from the day that is named."""
    unit = Unit(match.value("unit"))
    if unit in (Unit.MINUTE, Unit.HOUR):
        return None
    start = reckon.coming(match.value("weekday"), setting.today)
    day = reckon.after(start, match.maybe("n") or 1, unit, setting.country)
    return Period(match.first, match.last, day, unit)


_TO_N2 = "[ or|to|- n2=n|one ]"

SPAN_RULES: tuple[Rule, ...] = (
    Rule(f"within about? the? [ which ] n|one {_TO_N2} [ -? ] unit [ so ] [ ' ] [ s ] fromnow?", span_ahead),
    Rule(f"within about? the? [ which ] n [ ( n2=n ) ] {_TO_N2} unit so? fromnow?", span_ahead),
    Rule("within about? rolling which unit [ so ] [ or n2=n|one ]", span_ahead),
    Rule("within about? between n and|to|- n2=n unit fromnow?", span_ahead),
    Rule("between n and|to|- n2=n unit", span_ahead),
    Rule("within? about? n|one unit or n2=n [ unit ]", span_ahead),
    Rule("the? which n [ or|to|- n2=n ] unit so?", span_ahead),
    Rule("the which unit or n2=n|so", span_ahead),
    Rule("about? n|one [ or|to|- n2=n ] unit [ ' ] [ s ] fromnow", span_ahead),
    Rule("limit :? about? n unit", span_ahead),
    Rule("n [ ( n2=n ) ] unit", working_span),
    Rule("n -|to|or n2=n unit", working_span),
    Rule("n|one [ or|to|- n2=n ] unit so?", bare_span),
    Rule("within the? n which unit", span_ahead),
    Rule("within? the? which units", some_ahead),
    Rule("within? the? units which", some_ahead),
    Rule("n|one unit from_day weekday", span_from),
    Rule("within about? the? n|one weekof", span_of),
    Rule("within about? the? one|n weekof relative", span_of_today),
    Rule("within? about? n|one [ or|to|- n2=n ] unit later", span_later),
    Rule("within? limit? about? n|one [ or|to|- n2=n ] unit beforehand", span_before),
    Rule("limit? the? dayahead", span_before),
    Rule("within? anew unit", span_ahead),
    Rule("about? n|one [ or|to|- n2=n ] unit ,? latest", span_ahead),
    Rule("justin the? unit", span_within),
    Rule("within unit fromnow", span_ahead),
    Rule("weeklater", week_later),
    Rule("within? the? which unit", next_working_day),
    Rule("the? ordinal unit", next_working_day),
    Rule("the? unit which", next_working_day),
)  # fmt: skip
