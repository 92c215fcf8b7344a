"""Rules for days by name: weekdays, today and tomorrow, holidays, and days that come again.

Each action gets the match and the setting and gives a `Day`, or None where the
words are no day after all.
"""

from dataclasses import replace
from datetime import timedelta

from agent.mail.when import reckon
from agent.mail.when.company import weekday_has_company
from agent.mail.when.dates import part_in_word
from agent.mail.when.phrases import IN_WEEK_AFTER, Day, Phrase, Recurring, Setting
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import Limit, Part, Unit, Which

_WEEK = timedelta(weeks=1)
WEEKS_ON = {Which.NEXT: 1, Which.AFTER_NEXT: 2}  # that weekdays and weeks so named lie ahead


def weekday_alone(match: Match, setting: Setting) -> Phrase | None:
    """A weekday, with this, next or last beside it where it is so said.

    "next Tuesday" is the Tuesday of next week; "this" and none at all mean the
    coming one.
    """
    weekday, today = match.value("weekday"), setting.today
    which = match.maybe("which")
    if which is None and not weekday_has_company(match, setting):
        return None
    if match.preceded_by("one"):
        return None  # "the 29th, which is a Tuesday"
    behind = which is not None and match.slots["which"] > match.slots["weekday"]
    if behind and which in (Which.THIS, Which.THAT):
        return None  # "on Monday that …", unlike "mardi prochain"
    if behind and which == Which.LAST and _is_verb(match):
        return None
    if which is None and match.preceded_by("my") and match.followed_by("message"):
        which = Which.LAST  # "my Friday email"
    if which == Which.LAST:
        past = reckon.coming(weekday, today) - _WEEK
        past = past - _WEEK if past == today else past
        return Day(match.first, match.last, (past,), past=True)
    if which in WEEKS_ON:
        return _in_week(match, WEEKS_ON[Which(which)], setting)
    day = reckon.coming(weekday, today)
    if which in (Which.FOLLOWING, Which.THAT):
        follows = 1 if which == Which.FOLLOWING else 0
        return Day(match.first, match.last, (day,), weekday=weekday, follows=follows)
    # "this Thursday" names its day, but said on a Thursday it may be today.
    bare = which is None or (today.weekday() == weekday and which != Which.COMING)
    return Day(match.first, match.last, (day,), weekday if bare else None, part=part_in_word(match))


def _is_verb(match: Match) -> bool:
    """French "l'entretien de mardi passe de 10h à 13h": written so, it is only "passé" as well
    where nothing follows that a talk could pass to."""
    return match.final.text.isascii() and match.followed_by("from", "to", "at")


def _in_week(match: Match, ahead: int, setting: Setting) -> Day:
    """The weekday of the week that comes so many weeks after this one."""
    monday = reckon.monday_of(setting.today) + ahead * _WEEK
    day = monday + timedelta(days=match.value("weekday"))
    return Day(match.first, match.last, (day,), part=part_in_word(match))


def week_and_weekday(match: Match, setting: Setting) -> Phrase | None:
    """ "Tuesday next week", "next week on Tuesday", "Friday this week"."""
    which = match.value("which")
    if which == Which.LAST or match.value("unit") != Unit.WEEK:
        return None
    if which == Which.THIS and "which" in match.final.classes:
        return None  # "come Monday week this should be behind us"
    if which == Which.THAT:  # "the Friday of that week"
        return replace(_in_week(match, 0, setting), weekday=match.value("weekday"), follows=0)
    if which == Which.FOLLOWING:
        return friday_of_week_after(match, setting)
    return _in_week(match, 0 if which == Which.THIS else WEEKS_ON.get(Which(which), 1), setting)


def friday_of_week_after(match: Match, setting: Setting) -> Phrase | None:
    """ "the Friday of the week after", "Friday of the following week": from the day named before."""
    day = _in_week(match, 1, setting)
    return replace(day, weekday=match.value("weekday"), follows=IN_WEEK_AFTER)


def weekday_after_next(match: Match, setting: Setting) -> Phrase | None:
    """ "the Tuesday after next": two weeks after this week's."""
    return _in_week(match, 2, setting) if match.value("which") == Which.NEXT else None


def weekday_week(match: Match, setting: Setting) -> Phrase | None:
    """ "Monday week", "a week on Monday": a week after the coming one."""
    weeks = {Unit.WEEK: 1, Unit.FORTNIGHT: 2}.get(Unit(match.value("unit")), 0)
    if not weeks:
        return None
    return _weeks_on(match, weeks * (match.maybe("n") or 1), setting)


def week_from_relative(match: Match, setting: Setting) -> Phrase | None:
    """ "a week tomorrow", "two weeks today"; not "a week yesterday", which is over."""
    return weekday_week(match, setting) if match.value("relative") >= 0 else None


def _weeks_on(match: Match, weeks: int, setting: Setting) -> Day:
    """So many weeks after the coming weekday, or after today or tomorrow."""
    if match.has("relative"):
        day = setting.today + timedelta(days=match.value("relative"))
    elif match.has("weekson") and setting.today.weekday() == match.value("weekday"):
        day = setting.today  # "Mittwoch in einer Woche", said on a Wednesday
    else:
        day = reckon.coming(match.value("weekday"), setting.today)
    return Day(match.first, match.last, (day + weeks * _WEEK,), part=part_in_word(match))


def in_eight_days(match: Match, setting: Setting) -> Phrase | None:
    """ "jeudi en huit", "giovedì a otto": eight days, both ends counted, are a week."""
    weeks = {8: 1, 15: 2}.get(match.value("n"), 0)
    if not weeks or (match.has("unit") and match.value("unit") != Unit.DAY):
        return None
    if not match.has("unit") and match.followed_by("unit", "oclock", "hmark", "plus", "ampm"):
        return None
    return _weeks_on(match, weeks, setting)


def relative_day(match: Match, setting: Setting) -> Phrase | None:
    """Today, tomorrow, yesterday; with "week" behind it, a week later; "later today"."""
    offset = match.value("relative")
    if "which" in match.atom("relative").classes and not match.preceded_by("or"):
        return None  # Spanish "pasado" is the day after tomorrow in "mañana o pasado" alone
    if match.has("unit"):
        if match.value("unit") != Unit.WEEK:
            return None
        offset += 7
    day = setting.today + timedelta(days=offset)
    doubts = reckon.weekday_doubt(day, match.maybe("weekday"))
    past, limited, part = offset < 0, match.has("edge"), part_in_word(match)
    return Day(
        match.first, match.last, (day,), past=past, limited=limited, part=part, doubts=doubts
    )


def day_after(match: Match, setting: Setting) -> Phrase | None:
    """ "the following day", "the day after": counted from the day named before."""
    if match.followed_by("holiday", "month", "weekday", "dom", "which"):
        return None  # "the day after 5 June" counts from the day behind it
    return Day(match.first, match.last, (setting.today + timedelta(days=1),), follows=1)


def same_day(match: Match, setting: Setting) -> Phrase | None:
    """ "that same day", "that evening": the day named before."""
    return Day(match.first, match.last, (setting.today,), follows=0)


def weekday_after(match: Match, setting: Setting) -> Phrase | None:
    """ "the Tuesday after that": counted from the day named before."""
    day = reckon.coming(match.value("weekday"), setting.today)
    return Day(match.first, match.last, (day,), weekday=match.value("weekday"), follows=1)


def weekday_thereafter(match: Match, setting: Setting) -> Phrase | None:
    """ "You'll know by the Friday after, that's the 13th": nothing follows the word."""
    after, behind = match.after, match.atom("after")
    closed = after is None or after.sentence != behind.sentence or after.low in _CLAUSE_ENDS
    if not closed or behind.classes["limit"] != Limit.AFTER:
        return None
    return weekday_after(match, setting)


_CLAUSE_ENDS = frozenset(",.;:!?)–-")


def tonight(match: Match, setting: Setting) -> Phrase | None:
    """Tonight is today, in the evening."""
    return Day(match.first, match.last, (setting.today,), part=Part(match.value("tonight")))


def this_part(match: Match, setting: Setting) -> Phrase | None:
    """ "this afternoon" is today."""
    if match.value("which") != Which.THIS:
        return None
    return Day(match.first, match.last, (setting.today,), part=Part(match.value("part")))


def holiday(match: Match, setting: Setting) -> Phrase | None:
    """A holiday by name, by the calendar of the country; after it, the next working day."""
    name = setting.words.holidays[match.value("holiday")]
    day = reckon.holiday(name, setting.today, setting.country)
    if day is None:
        return None
    if match.has("dayafter"):
        return Day(match.first, match.last, (day + timedelta(days=1),))
    before = match.before
    if before is not None and before.classes.get("limit") == Limit.AFTER:
        first = reckon.add_working_days(day, 1, setting.country)
        return Day(match.first, match.last, (first,), after=True)
    return Day(match.first, match.last, (day,))


def recurring(match: Match, setting: Setting) -> Phrase | None:
    """Mondays, every Monday, weekdays: no day of their own."""
    return Recurring(match.first, match.last)


DAY_RULES: tuple[Rule, ...] = (
    # weekdays
    Rule("which? weekday", weekday_alone),
    Rule("weekday which", weekday_alone),
    Rule("[ on ] weekday [ of ] [ the ] which unit", week_and_weekday),
    Rule("[ on ] weekday [ of ] [ the ] unit which", week_and_weekday),
    Rule("which unit ,? [ on ] [ the ] weekday", week_and_weekday),
    Rule("unit which ,? [ on ] [ the ] weekday", week_and_weekday),
    Rule("[ on ] the? weekday of? the? weekafter", friday_of_week_after),
    Rule("weekday unit", weekday_week),
    Rule("one|n unit on|from_day weekday", weekday_week),
    Rule("one|n unit relative", week_from_relative),
    Rule("one|n unit from_day relative", week_from_relative),
    Rule("weekday weekson one|n? unit", weekday_week),
    Rule("relative weekson one|n? unit", weekday_week),
    Rule("weekday|relative weekson n [ unit ]", in_eight_days),
    Rule("the? weekday from_day which", weekday_after_next),
    # by distance, by name
    Rule("[ edge ] relative", relative_day),
    Rule("relative [ ,? ( ] weekday [ ) ]", relative_day),
    Rule("relative , weekday", relative_day),
    Rule("relative unit", relative_day),
    Rule("dayafter", day_after),
    Rule("sameday", same_day),
    Rule("the? weekday afterthat", weekday_after),
    Rule("the weekday after=limit", weekday_thereafter),
    Rule("tonight", tonight),
    Rule("which part", this_part),
    Rule("dayafter? holiday", holiday),
    Rule("every weekday", recurring),
    Rule("weekday ~- ~weekday", recurring),
    Rule("recurring", recurring),
)  # fmt: skip
