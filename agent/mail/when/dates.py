"""Rules for dates: a day by its number, with or without its month, in every layout.

Each action gets the match and the setting and gives a `Day`, or None where the
words are no date after all ("5 March Street", "we may 3").
"""

from dataclasses import replace
from datetime import date

from agent.mail.when import reckon
from agent.mail.when.company import (
    carries_on,
    counts,
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
from agent.mail.when.vocabulary import Limit, Part

# "Thu 5" is a date only where it is a Thursday so many days from now at most.
_SOON, _VERY_SOON = 45, 14  # the second where the number could be an hour
# Two figures for a year mean one this near ("1.2.26" in a mail of 2026).
_YEARS_NEAR = 2
_LAST_HOUR = 24


def calendar_day(match: Match, setting: Setting) -> Phrase | None:
    """A day and a month by name: "Tuesday, 3 March 2026", "March 3rd"."""
    ends_in_day = match.slots["dom"][0] == match.last - 1
    if is_address(match) or (ends_in_day and is_hour_or_count(match)):
        return None
    if is_shy(match, "month", setting) and not _shows_itself(match, setting):
        return None
    return _day(match, match.value("month"), match.value("dom"), setting)


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
    year, month = _year(match, setting), match.value("month")
    first = _dated(month, match.value("d1"), year, match.maybe("w1"), setting)
    second = _dated(month, match.value("dom"), year, match.maybe("weekday"), setting)
    if first is None or second is None or second <= first:
        return None
    return Day(match.first, match.last, (first, second), stretch=match.has("stretch"))


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
    faint = year is None and weekday is None and not _shows_order(match, setting)
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
    return match.value(first) > _MONTHS and match.atom(second).text.startswith("0")


_MONTHS = 12


def dotted(match: Match, setting: Setting) -> Phrase | None:
    """ "26.05 o 10:00": day and month with one dot, where a time follows or no hour is so large."""
    month, after = match.atom("b"), match.look(2)
    if len(month.text) < 2 or not date_stands_alone(match) or is_name_of_number(match):
        return None
    timed = match.followed_by("firm") and after is not None and "hour" in after.classes
    timed = timed or (match.followed_by(",") and after is not None and "oclock" in after.classes)
    if not (timed or match.value("a") > _LAST_HOUR or match.has("weekday")):
        return None
    if match.value("a") > _LAST_HOUR and match.followed_by("measure", "unit"):
        return None
    weekday = match.maybe("weekday")
    day = _dated(match.value("b"), match.value("a"), None, weekday, setting)
    if day is None or (weekday is not None and day.weekday() != weekday):
        return None
    return Day(match.first, match.last, (day,), faint=not timed)


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


def numbered_day(match: Match, setting: Setting) -> Phrase | None:
    """A day of the month alone: "Thu 5th", "the 4th"."""
    after = match.after
    limited = match.has("limit") and match.atom("nth").low == "."  # "bis zum 23. unterschrieben"
    bare = limited and match.last - match.first == _BARE and " " not in match.atom("limit").low
    if bare and _ends_sentence(match) and match.value("dom") <= _LATEST_HOUR:
        return None  # "höchstens bis 12. Das Gehalt ...", unlike "bis zum 26."
    if _is_ranked(match) or _is_at_hour(match):
        return None
    whole = match.has("weekday") and match.has("nth")  # "vrijdag de 20e hoor je van me"
    if not (limited or whole or carries_on(match) or _is_limit(match) or _is_led(match, setting)):
        return None
    if match.followed_by("month", "weeknumber", "counted") or is_some_of(match):
        return None
    beyond = match.look(2)
    if match.followed_by("of") and beyond is not None and "month" in beyond.classes:
        return None  # "by the 15th" of "by the 15th of March"
    if after is not None and after.glued and after.text[:1].isdigit():
        return None  # "15." of "15.03."
    if is_address(match) or is_hour_or_count(match) or goes_on_in_figures(match):
        return None
    if is_shy(match, "weekday", setting) and not match.has("nth"):
        return None
    day = _numbered(match, setting)
    if day is not None and day.doubts and not carries_on(match):
        return None
    if day is not None and match.has("andday"):  # "le 18 et le 20": the "et" joins the two
        return replace(day, first=match.slots["dom"][0])
    return day


def numbered_days(match: Match, setting: Setting) -> Phrase | None:
    """ "the 10th or 12th at 5": two days of a month, with nothing that they rank."""
    after, first = match.after, match.value("d1")
    ranked = after is not None and setting.words.shows("series", after.low)
    named = match.followed_by("month", "of") or goes_on_in_figures(match) or is_some_of(match)
    if ranked or named or not carries_on(match) or match.value("dom") <= max(first, _FEW_OF):
        return None
    days = [reckon.nearest_day_of_month(dom, setting.today) for dom in (first, match.value("dom"))]
    known = tuple(day for day in days if day is not None)
    if len(known) < len(days) or known[1] <= known[0]:
        return None
    return Day(match.first, match.last, known)


def _is_at_hour(match: Match) -> bool:
    """Polish "nie zdążę na 10.": a word for hours as for days, and a number that ends the sentence."""
    led = match.has("on") and "at" in match.atom("on").classes
    return led and _ends_sentence(match) and match.value("dom") <= _LATEST_HOUR


def _is_ranked(match: Match) -> bool:
    """ "nach dem 2. Gespräch", "am 3. Standort": a small number, its dot and a noun."""
    few = match.value("dom") <= _FEW_OF and match.final.low == "."
    after = match.after
    if not few or after is None or after.line != match.final.line or not after.capital:
        return False
    return not match.followed_by("follow", "then", "afterthat", "weekday")


def _is_led(match: Match, setting: Setting) -> bool:
    """ "le 20 on vous appelle", "am 20. tagt der Vorstand", "op de 27e hoort u": any word may follow.

    The article of one ("le", "il", "no dia") counts nothing, and neither does an ordinal but
    of the things listed: "de 20e eeuw", "on the 20th floor".
    """
    if counts(match):
        return False
    if match.has("daynumber") or match.has("andday"):
        return True
    after, beyond = match.after, match.look(2)
    if "series" not in setting.words.single or after is None or not match.has("nth"):
        return False
    if setting.words.shows("series", after.low) or match.value("dom") <= _FEW_OF:
        return False
    if match.atom("nth").low == ".":  # "am 20. großen Treffen": an adjective and its noun
        noun = beyond is not None and beyond.capital and "follow" not in beyond.classes
        return not after.capital and not (noun and after.low.endswith("en"))
    limit = match.has("limit") and match.value("limit") != Limit.AFTER
    return setting.words.day_first or limit or match.preceded_by("on")


_LATEST_HOUR = 18  # at which an office closes: "do 18." may be one, "do 21." is a day
_FEW_OF = 3  # "op de 2e locatie": so few are more often something else's than a month's


def _is_limit(match: Match) -> bool:
    """ "entro il 20 avrà nostre notizie": a number behind a limit and its article counts nothing."""
    led = match.has("daynumber") and match.preceded_by("limit")
    return led and not match.followed_by("unit", "units", "measure", "counted", "street", "month")


_BARE = 3  # atoms of a limit, a number and its dot


def _ends_sentence(match: Match) -> bool:
    after = match.after
    return after is None or after.sentence != match.final.sentence or after.line != match.final.line


def _numbered(match: Match, setting: Setting) -> Day | None:
    weekday = match.maybe("weekday")
    day = reckon.nearest_day_of_month(match.value("dom"), setting.today, weekday)
    if day is None:
        return None
    return Day(match.first, match.last, (day,), doubts=reckon.weekday_doubt(day, weekday))


def unmarked_day(match: Match, setting: Setting) -> Phrase | None:
    """ "Thu 5": only where the 5th of this month or the next is a Thursday."""
    told = carries_on(match) or (match.value("dom") > _LATEST_BARE_HOUR and not counts(match))
    if is_hour_or_count(match) or not told or goes_on_in_figures(match):
        return None
    if match.atom("dom").text[0] == "0" or (_is_hour(match) and match.preceded_by("forhour")):
        return None  # "can you do Tues 10?"
    beyond = match.look(2)
    numbers = beyond is not None and bool({"hour", "hourword", "clock"} & beyond.classes.keys())
    if match.followed_by("range", "or", "to") and numbers and not match.followed_by("at"):
        return None  # "Tue 3 to 5"
    day = _numbered(match, setting)
    soon = _VERY_SOON if _is_hour(match) else _SOON
    if day is None or day.doubts:
        return None
    ahead = (day.days[0] - setting.today).days
    if not (_is_hour(match) and match.preceded_by("or")) <= ahead <= soon:
        return None  # "Tues 1 or Thurs 4", said on Thursday the 4th: hours
    return day


def day_in_commas(match: Match, setting: Setting) -> Phrase | None:
    """ "quinta-feira, 15, às 11h", "na terça, 19, ela decide": a number behind a weekday, with
    its time or, where it is no hour, a sign behind it.

    Only where the weekday of that day is the one said.
    """
    if not _is_timed(match) and not _is_set_off(match):
        return None
    day = _numbered(match, setting)
    return day if day is not None and not day.doubts else None


def _is_timed(match: Match) -> bool:
    """Whether "às 11" follows, with or without a comma before it."""
    behind = 2 if match.followed_by(",") else 1
    firm, hour = match.look(behind), match.look(behind + 1)
    if firm is None or hour is None or "firm" not in firm.classes:
        return False
    return bool({"hour", "hourword"} & hour.classes.keys())


def _is_set_off(match: Match) -> bool:
    """Whether a number larger than a bare hour ends its sentence or stands between commas."""
    comma = match.followed_by(",") or (match.followed_by(".") and not goes_on_in_figures(match))
    return match.value("dom") > _LATEST_BARE_HOUR and (comma or _ends_sentence(match))


def timed_day(match: Match, setting: Setting) -> Phrase | None:
    """ "ok so 27th, 8:15 am": an ordinal alone, right before a time with its minutes or half.

    German "27." is more often something's number.
    """
    hour, mark = match.look(2), match.look(3)
    comma = match.followed_by(",")
    if not comma or match.atom("nth").low == "." or hour is None or mark is None:
        return None
    if "hour" not in hour.classes or not ("ampm" in mark.classes or mark.low == ":"):
        return None
    return _numbered(match, setting)


def led_day(match: Match, setting: Setting) -> Phrase | None:
    """Portuguese "a 29, às 10h", "a resposta sai a 29.": a number too large for an hour, which
    counts nothing, behind a word that leads to anything.
    """
    if match.value("dom") <= _LAST_HOUR and not _is_timed(match):
        return None
    if counts(match) or goes_on_in_figures(match) or is_address(match) or is_some_of(match):
        return None
    after = match.after
    apart = after is None or not after.text[:1].isalnum() or match.followed_by("firm", "or", "and")
    if (
        not (apart or _has_clitic(match))
        or match.followed_by("range", "to")
        or (after is not None and after.low in "%$€£-")
    ):
        return None
    return _numbered(match, setting)


def _has_clitic(match: Match) -> bool:
    """ "a 29 comunica-se quem fica": a verb follows, and no hour is so large."""
    sign, pronoun = match.look(2), match.look(3)
    verb = sign is not None and sign.low == "-" and sign.glued
    return verb and pronoun is not None and pronoun.glued and match.value("dom") > _LAST_HOUR


def spoken_day(match: Match, setting: Setting) -> Phrase | None:
    """ "am zehnten um neun", "el diez a las nueve": a day of the month with its time behind it.

    "the second at 9" may be the second of anything; a number needs a word for days before it.
    """
    led = any(map(match.has, ("on", "the", "daynumber"))) or match.preceded_by("or")  # "oder am"
    spoken = match.atoms[match.last - 1].classes
    if (
        match.value("dom") <= _FEW
        or not match.followed_by("firm")
        or not (led or _is_own(match, setting))
    ):
        return None
    return _numbered(match, setting) if led or "dayword" not in spoken else None


def _is_own(match: Match, setting: Setting) -> bool:
    """Polish "dziesiątego o 9" needs no word before it."""
    ending = setting.words.day_ending
    return bool(ending) and match.final.low.endswith(ending)


_FEW = 3


_LATEST_BARE_HOUR = 12


def _is_hour(match: Match) -> bool:
    return match.value("dom") <= _LATEST_BARE_HOUR


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
    # a day of the month alone
    Rule("weekday .? ,? the? dom ~nth", numbered_day),
    Rule("weekday ,? the dom=ordinal", numbered_day),
    Rule("weekday ,? daynumber? dom=dayword|ordinal", unmarked_day),
    Rule("[ on ] [ the ] [ daynumber ] dom=dayword|ordinal", spoken_day),
    Rule("which? weekday .? ( the? dom ~nth )", numbered_day),
    Rule("the dom ~nth", numbered_day),
    Rule("dom ~nth", timed_day),
    Rule("the d1=dom ~nth or the? dom ~nth", numbered_days),
    Rule("limit the? dom ~nth", numbered_day),
    Rule("on dom ~nth", numbered_day),
    Rule("daynumber dom", numbered_day),
    Rule("andday dom", numbered_day),
    Rule("leadday dom", led_day),
    Rule("weekday ,? daynumber dom", numbered_day),
    Rule("which? weekday .? dom", unmarked_day),
    Rule("weekday , dom", day_in_commas),
)  # fmt: skip
