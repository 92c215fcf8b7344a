"""Rules for days of a month that is not named: "Thu 5th", "the 4th", "am 20.", "o dia 12".

Each action gets the match and the setting and gives a `Day`, or None where the number is
an hour, a count or something else's.
"""

from dataclasses import replace
from itertools import pairwise

from agent.mail.when import reckon
from agent.mail.when.company import (
    carries_on,
    counts,
    goes_on_in_figures,
    is_address,
    is_hour_or_count,
    is_shy,
    is_some_of,
)
from agent.mail.when.phrases import Day, Phrase, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Limit, Unit, Which

# "Thu 5" is a date only where it is a Thursday so many days from now at most.
_SOON, _VERY_SOON = 45, 14  # the second where the number could be an hour
_LAST_HOUR = 24


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
    if after is not None and beyond is not None and after.text.isdigit() and beyond.text.isdigit():
        return None  # "joignable au 06 12 34 56 78"
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
    """ "the 10th or 12th at 5", "the 17th, 18th or 19th": days of a month, with nothing that they rank."""
    after, first = match.after, match.value("d1")
    ranked = after is not None and setting.words.shows("series", after.low)
    named = match.followed_by("month", "of") or goes_on_in_figures(match) or is_some_of(match)
    if ranked or named or not carries_on(match) or match.value("dom") <= max(first, _FEW_OF):
        return None
    said = [first, *([match.value("d2")] if match.has("d2") else []), match.value("dom")]
    days = [reckon.nearest_day_of_month(dom, setting.today) for dom in said]
    known = tuple(day for day in days if day is not None)
    if len(known) < len(days) or any(later <= day for day, later in pairwise(known)):
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
    doubts = reckon.weekday_doubt(day, weekday)
    return Day(match.first, match.last, (day,), numbered=weekday is None, doubts=doubts)


def day_of_told_month(match: Match, setting: Setting) -> Phrase | None:
    """ "the 5th of next month", "am 20. dieses Monats": a day of the mail's month or the next."""
    ahead = _MONTHS_ON.get(Which(match.value("which")))
    if match.value("unit") != Unit.MONTH or ahead is None:
        return None
    month = reckon.add_months(setting.today.replace(day=1), ahead)
    day = reckon.make_day(month.year, month.month, match.value("dom"))
    return Day(match.first, match.last, (day,)) if day is not None else None


_MONTHS_ON = {Which.THIS: 0, Which.COMING: 1, Which.NEXT: 1, Which.FOLLOWING: 1}


def unmarked_day(match: Match, setting: Setting) -> Phrase | None:
    """ "Thu 5": only where the 5th of this month or the next is a Thursday."""
    told = carries_on(match) or (match.value("dom") > _LATEST_BARE_HOUR and not counts(match))
    if is_hour_or_count(match) or not told or goes_on_in_figures(match):
        return None
    if match.atom("dom").text[0] == "0" or _is_for_hour(match):
        return None  # "can you do Tues 10?"
    beyond = match.look(2)
    numbers = beyond is not None and bool({"hour", "hourword", "clock"} & beyond.classes.keys())
    ranged = match.followed_by("range", "or", "to") and not match.followed_by("at")
    ranged = ranged and numbers and (beyond is None or beyond.line == match.final.line)
    if ranged and not _is_behind_clock(match):
        return None  # "Tue 3 to 5"
    day = _numbered(match, setting)
    hour = _is_hour(match) and not setting.words.day_first and not _leads_to_clock(match)
    soon = _VERY_SOON if hour else _SOON
    if day is None or day.doubts:
        return None
    ahead = (day.days[0] - setting.today).days
    if not (_is_hour(match) and match.preceded_by("or")) <= ahead <= soon:
        return None  # "Tues 1 or Thurs 4", said on Thursday the 4th: hours
    return day


def _is_behind_clock(match: Match) -> bool:
    """ "10:30am on Tuesday 8 or 2pm on Wednesday 9": the day of the time before it."""
    before = match.look(-2)
    timed = before is not None and bool({"ampm", "mm"} & before.classes.keys())
    return timed and match.preceded_by("on")


def _is_for_hour(match: Match) -> bool:
    """ "can you do Tues 10?", unlike "the plan for Tues 10:", "ok pour mardi 8 à 16h"."""
    plan = match.followed_by(":") or _leads_to_clock(match) or _is_timed(match)
    return _is_hour(match) and match.preceded_by("forhour") and not plan


def _leads_to_clock(match: Match) -> bool:
    """ "Tuesday 1 at 11:30", "Monday 4, 3:00pm", "Wed 7: 5.30pm": a clock time that is none but one follows."""
    if not match.followed_by(",", ":", "-", "at", "|"):
        return False
    hour, mark = match.look(2), match.look(3)
    if hour is None or mark is None or "hour" not in hour.classes:
        return False
    minutes = mark.glued and mark.low in ":." and match.look(4) is not None
    return "ampm" in mark.classes or (minutes and "mm" in getattr(match.look(4), "classes", ()))


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
    told = "hour" in hour.classes and ("ampm" in mark.classes or mark.low == ":")
    spoken = "shift" in hour.classes and bool({"hour", "hourword"} & mark.classes.keys())
    if not (told or spoken):
        return None  # "18th, half one"
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


MONTH_DAY_RULES: tuple[Rule, ...] = (
    Rule("weekday .? ,? the? dom ~nth", numbered_day),
    Rule("weekday ,? the dom=ordinal", numbered_day),
    Rule("weekday ,? daynumber? dom=dayword|ordinal", unmarked_day),
    Rule("[ on ] [ the ] [ daynumber ] dom=dayword|ordinal", spoken_day),
    Rule("which? weekday .? ( the? dom ~nth )", numbered_day),
    Rule("the dom ~nth", numbered_day),
    Rule("dom ~nth", timed_day),
    Rule("the d1=dom ~nth or the? dom ~nth", numbered_days),
    Rule("the d1=dom ~nth , the? d2=dom ~nth ,? or the? dom ~nth", numbered_days),
    Rule("limit the? dom ~nth", numbered_day),
    Rule("on dom ~nth", numbered_day),
    Rule("daynumber dom", numbered_day),
    Rule("andday dom", numbered_day),
    Rule("leadday dom", led_day),
    Rule("weekday ,? daynumber dom", numbered_day),
    Rule("which? weekday .? dom", unmarked_day),
    Rule("weekday , dom", day_in_commas),
    Rule(
        "[ limit ] [ weekday .? ,? ] [ the|daynumber|on ] [ the ] dom ~nth? of the? which unit",
        day_of_told_month,
    ),
    Rule(
        "[ limit ] [ weekday .? ,? ] [ the|daynumber|on ] [ the ] dom ~nth? of the? unit which",
        day_of_told_month,
    ),
    Rule("[ limit ] [ weekday .? ,? ] [ on ] [ the ] dom ~nth which unit", day_of_told_month),
)
