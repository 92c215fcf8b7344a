"""Days that need their surroundings: weekdays in a week named beside them, "the following week".

"Are you free next week? Tuesday at 10 would suit" means next week's Tuesday, and so
does "Tuesday or Wednesday next week". A week that is a limit ("by the end of next
week"), or one in which somebody is away, says nothing about other days.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from agent.mail.when import reckon
from agent.mail.when.exact import joined_weekdays
from agent.mail.when.page import Page, sentence_of, walk
from agent.mail.when.phrases import IN_WEEK_AFTER, Clock, Closing, Day, Period, Phrase
from agent.mail.when.vocabulary import Unit

_SATURDAY = 5
_BACK = 12  # phrases looked back over for the weekdays of "… next week"
_WEEK = timedelta(weeks=1)


@lru_cache(maxsize=16)
def read_page(text: str, anchor: datetime, zone: str, country: str, language: str) -> Page:
    """Read a text once for all who ask about it."""
    page = walk(text, anchor, zone, country, language)
    found = list(page.phrases)
    found = joined_weekdays(page, found)
    _settle_appositions(page, found)
    _settle_repeats(page, found)
    _settle_articles(page, found)
    phrases = _counted(page, _settle_following(page, found))
    _settle_todays(page, phrases)
    _settle_weeks(page, phrases)
    _settle_lists(page, phrases)
    _settle_rows(page, phrases)
    _settle_repeats(page, phrases)
    return replace(page, phrases=phrases)


def _settle_following(page: Page, found: Sequence[Phrase]) -> list[Phrase]:
    """Count "the following week" and "the day after" from the day named before them.

    "That evening" with no day before it names none.
    """
    named: date | None = None  # a day or a window's last
    day: date | None = None
    phrases: list[Phrase] = []
    for phrase in found:
        if isinstance(phrase, Day) and phrase.follows is not None:
            if phrase.weekday is None and not phrase.follows and day is None:
                continue
            after = named if phrase.weekday is not None else day
            phrase = _following_day(phrase, after or page.setting.today)
        elif isinstance(phrase, Period) and phrase.follows is not None:
            phrase = _following_week(phrase, named or page.setting.today)
        if isinstance(phrase, Day) and not phrase.past:
            named = day = phrase.days[-1]
        elif isinstance(phrase, Period) and phrase.since is None:
            named = phrase.day
        phrases.append(phrase)
    return phrases


def _counted(page: Page, found: Sequence[Phrase]) -> list[Phrase]:
    """Count "a week later" and "within four weeks of that date" from the day that they mean.

    That is the day named as the one that something closes on, where the words say so, else
    the day named last.
    """
    phrases: list[Phrase] = []
    for phrase in found:
        if not isinstance(phrase, Period) or phrase.since is None:
            phrases.append(phrase)
            continue
        start = _start_of(page, phrase, phrases, found)
        if start is not None:
            setting = page.setting
            day = reckon.away(start, phrase.since, phrase.unit, setting.country)
            phrases.append(replace(phrase, day=day, doubts=(), counted=True))
        elif not phrase.after and not _of_closing(page, phrase):
            phrases.append(phrase)
    return phrases


def _of_closing(page: Page, span: Period) -> bool:
    """ "within four weeks of the closing date", where the mail does not say when that is."""
    behind = page.atoms[span.last : span.last + 4]
    words = page.setting.words
    return any(words.shows("closing", each) for atom in behind for each in atom.low.split(" "))


def _start_of(
    page: Page, span: Period, before: Sequence[Phrase], found: Sequence[Phrase]
) -> date | None:
    """The day that a length counts from, if the text names it."""
    behind = page.atoms[span.last : span.last + 4]
    if any("closingdate" in atom.classes for atom in behind):
        closing = (day for day in found if isinstance(day, Day) and _closes(page, day))
        return next((day.days[-1] for day in closing), _last_limited(page, before))
    back = _PAST if any("thatdate" in atom.classes for atom in behind) else timedelta()
    days = [day for day in before if isinstance(day, Day) and not (day.past or day.faint)]
    named = [day.days[-1] for day in days if day.days[-1] >= page.setting.today - back]
    return named[-1] if named else None


def _last_limited(page: Page, before: Sequence[Phrase]) -> date | None:
    """ "We take CVs until 4 December … within two weeks of closing": the limit named before."""
    limits = [day for day in before if isinstance(day, Day) and is_limited(page, day)]
    return limits[-1].days[-1] if limits else None


_PAST = timedelta(days=60)  # how far back "that date" may lie


def _closes(page: Page, day: Day) -> bool:
    ahead = page.atoms[max(0, day.first - 5) : day.first]
    return any("closingdate" in atom.classes for atom in ahead)


def _settle_todays(page: Page, phrases: list[Phrase]) -> None:
    """ "Thursday at 9 or Friday at 4", said on a Friday, is a week from now, not today."""
    today = page.setting.today
    ahead = False
    for at, phrase in enumerate(phrases):
        if not isinstance(phrase, Day):
            continue
        if ahead and phrase.weekday == today.weekday():
            phrases[at] = replace(phrase, weekday=None)
        ahead = ahead or (phrase.days[0] > today and not phrase.past)


def _following_day(day: Day, named: date) -> Day:
    if day.weekday is None:
        return replace(day, days=(named + timedelta(days=day.follows or 0),), counted=True)
    if day.follows == IN_WEEK_AFTER:
        settled = reckon.monday_of(named) + _WEEK + timedelta(days=day.weekday)
        return replace(day, days=(settled,), weekday=None, counted=True)
    after = named if day.follows == 1 else named - timedelta(days=1)
    return replace(day, days=(reckon.coming(day.weekday, after),), weekday=None, counted=True)


def _following_week(week: Period, named: date) -> Period:
    if week.unit == Unit.MONTH:
        return _following_month(week, named)
    monday = reckon.monday_of(named) + (week.follows or 0) * _WEEK
    if week.unit == Unit.WEEKEND:
        if named.weekday() < _SATURDAY:  # "the 14th … before the following weekend": that week's
            monday = reckon.monday_of(named)
        friday, sunday = monday + timedelta(days=4), monday + timedelta(days=6)
        return replace(week, day=sunday, eve=friday if week.eve else None, counted=True)
    whole = monday if week.edge is None else None
    eve = monday - timedelta(days=3) if week.eve else None
    return replace(week, day=reckon.in_week(monday, week.edge), monday=whole, eve=eve, counted=True)


def _following_month(month: Period, named: date) -> Period:
    """ "The board sits on 26 November, and by the end of that month …": counted from the day named."""
    start = reckon.add_months(named.replace(day=1), month.follows or 0)
    eve = start - timedelta(days=1) if month.eve else None
    return replace(month, day=reckon.in_month(start, month.edge), eve=eve, counted=True)


def _settle_weeks(page: Page, phrases: list[Phrase]) -> None:
    """Put bare weekdays into the week that is named beside them."""
    week: Period | None = None
    for at, phrase in enumerate(phrases):
        if isinstance(phrase, Day) and phrase.weekday is None:
            _settle_choice(page, phrases, at, phrase)
        if isinstance(phrase, Period) and phrase.monday and not is_limited(page, phrase):
            _settle_before(page, phrases, at, phrase)
            week = None if _is_away(page, phrase) else phrase
        elif isinstance(phrase, Day) and phrase.weekday is None and not phrase.past:
            week = None
        elif isinstance(phrase, Day) and week and _is_near(page, week, phrase):
            phrases[at] = _in_week(page, phrase, week)


def _settle_choice(page: Page, phrases: list[Phrase], at: int, day: Day) -> None:
    """ "Wednesday or Thursday next week": both are in the week that the last one names."""
    if not any("unit" in atom.classes for atom in page.atoms[day.first : day.last]):
        return
    monday = reckon.monday_of(day.days[-1])
    for back in range(at - 1, -1, -1):
        other = phrases[back]
        if not isinstance(other, Day) or other.weekday is None:
            return
        between = page.between(other, phrases[back + 1])
        if not between or not all(a.low == "," or "or" in a.classes for a in between):
            return
        same = monday + timedelta(days=other.weekday)
        phrases[back] = replace(other, days=(same,), weekday=None)


def _settle_before(page: Page, phrases: list[Phrase], at: int, week: Period) -> None:
    """Weekdays of the same sentence, back to the first day that is more than a weekday."""
    for back in range(at - 1, max(-1, at - _BACK), -1):
        phrase = phrases[back]
        if page.sentence(phrase) != page.sentence(week):
            return
        if isinstance(phrase, Day):
            if phrase.weekday is None or is_limited(page, phrase):
                return
            phrases[back] = _in_week(page, phrase, week)


def _in_week(page: Page, day: Day, week: Period) -> Day:
    if day.weekday is None or week.monday is None:
        return day
    settled = week.monday + timedelta(days=day.weekday)
    if settled < page.setting.today:
        return day
    return replace(day, days=(settled,), weekday=None)


def _is_near(page: Page, week: Period, day: Day) -> bool:
    """Whether a weekday is said in the week's sentence or the one after, or in a list below."""
    if is_limited(page, day) or (page.sentence(day) != page.sentence(week) and _is_last(page, day)):
        return False
    return page.sentence(day) - page.sentence(week) <= 2 or page.line(day) - page.line(week) <= 4


def _is_away(page: Page, week: Period) -> bool:
    """Whether the sentence says that somebody is not there in that week."""
    return any("away" in atom.classes for atom in sentence_of(page, week))


def _settle_lists(page: Page, phrases: list[Phrase]) -> None:
    """ "Monday 30 March at 10 or Tuesday at 2": a list goes forward from its first date."""
    dated: Day | None = None
    for at, phrase in enumerate(phrases):
        if not isinstance(phrase, Day) or phrase.past:
            continue
        if phrase.weekday is None:
            dated = None if phrase.faint or is_limited(page, phrase) else phrase
        elif dated is not None and _goes_on(page, dated, phrase):
            day = reckon.coming(phrase.weekday, dated.days[-1])
            phrases[at] = replace(phrase, days=(day,), weekday=None)
    _settle_timed(page, phrases)


def _settle_timed(page: Page, phrases: list[Phrase]) -> None:
    """ "Tuesday at 8.30, at lunch on Wednesday the 18th or after we close on Thursday (5:00)".

    Weekdays that each have a time of their own, and of which one has its date, are of one week
    where they are told in its order.
    """
    timed = [
        at
        for at, phrase in enumerate(phrases)
        if isinstance(phrase, Day) and not (phrase.past or phrase.stretch or phrase.faint)
        if _has_time(page, phrases, at)
    ]
    for first, second in pairwise(timed):
        _settle_pair(page, phrases, first, second)
    for second, first in pairwise(reversed(timed)):
        _settle_pair(page, phrases, second, first)


def _has_time(page: Page, phrases: Sequence[Phrase], at: int) -> bool:
    """Whether a time stands behind a day, or right before it: "a quarter past nine on Friday"."""
    if at + 1 < len(phrases) and isinstance(phrases[at + 1], Clock):
        return True
    before = phrases[at - 1] if at else None
    if not isinstance(before, Clock):
        return False
    return all("on" in atom.classes for atom in page.between(before, phrases[at]))


def _settle_pair(page: Page, phrases: list[Phrase], known: int, other: int) -> None:
    """Put a weekday into the week of the dated day beside it in a list, which it follows or leads."""
    dated, day = phrases[known], phrases[other]
    if not isinstance(dated, Day) or not isinstance(day, Day):
        return
    if dated.weekday is not None or day.weekday is None:
        return
    if is_limited(page, day) and not page.atoms[day.first - 1].low.endswith(" on"):
        return  # but "after we close on Thursday (5:00)"
    if page.sentence(dated) != page.sentence(day):
        return
    between = page.between(*sorted((dated, day), key=lambda each: each.first))
    rises = day.weekday - dated.days[-1].weekday()
    ordered = rises > 0 if other > known else rises < 0
    listed = any(atom.low in ",;" or "or" in atom.classes for atom in between)
    settled = dated.days[-1] + timedelta(days=rises)
    if ordered and listed and settled > page.setting.today:
        phrases[other] = replace(day, days=(settled,), weekday=None)


def _settle_rows(page: Page, phrases: list[Phrase]) -> None:
    """ "Tuesday at noon, Thursday at 6 or Saturday at 11", said on a Friday: all of one week.

    "Thursday or Wednesday" goes back, and is left as it is.
    """
    before: Day | None = None
    timed = False
    for at, phrase in enumerate(phrases):
        if not isinstance(phrase, Day):
            timed = timed or isinstance(phrase, Clock)
            continue
        if timed and before and _is_next_in_row(page, before, phrase):
            day = reckon.monday_of(before.days[0]) + timedelta(days=phrase.weekday or 0)
            phrases[at] = phrase = replace(phrase, days=(day,))
        before = None if phrase.weekday is None or phrase.past else phrase
        timed = False


def _is_next_in_row(page: Page, before: Day, day: Day) -> bool:
    """Whether a weekday that comes later in the week goes on a row that began in the next one."""
    if before.weekday == page.setting.today.weekday():
        return False  # it may be today
    later = day.weekday is not None and day.weekday > (before.weekday or 0)
    if day.past or not later or day.days[0] >= before.days[0]:
        return False
    if is_limited(page, day):
        return False
    apart = page.sentence(day) - page.sentence(before)
    if day.days[0] - page.setting.today == timedelta(days=1) and apart <= 1:
        return True  # on a Thursday "Wednesday is off. Friday at 10?": else it were tomorrow
    if apart:
        return False
    ahead = page.atoms[max(before.last, day.first - 2) : day.first]
    listed = any(atom.low in ",;" or "or" in atom.classes for atom in ahead)
    return listed or page.line(day) == page.line(before) + 1


def _settle_appositions(page: Page, phrases: list[Phrase]) -> None:
    """ "tomorrow night, Friday, 7pm": a weekday that says the date before it once more."""
    dated: Day | None = None
    for at, phrase in enumerate(phrases):
        if not isinstance(phrase, Day):
            continue
        if dated and phrase.weekday is not None and _says_again(page, dated, phrase):
            phrases[at] = replace(phrase, days=dated.days[-1:], weekday=None)
        dated = phrase if phrase.weekday is None and not phrase.past else None


def _settle_repeats(page: Page, phrases: list[Phrase]) -> None:
    """ "We meet on Monday 16th and Tuesday 17th. On the Monday we have 10 and 11": the same Monday."""
    named: dict[int, Day] = {}
    for at, phrase in enumerate(phrases):
        if isinstance(phrase, Period):  # "from the 16th … over the weekend and tell me Monday"
            named = {key: day for key, day in named.items() if day.days[-1] <= phrase.day}
        if not isinstance(phrase, Day) or phrase.past:
            continue
        if phrase.weekday is None:
            if not (phrase.faint or phrase.stretch or is_limited(page, phrase)):
                named.update((day.weekday(), replace(phrase, days=(day,))) for day in phrase.days)
            continue
        known = named.get(phrase.weekday)
        before = phrases[at - 1] if at else None
        closes = isinstance(before, Closing | Period) and before.last == phrase.first
        if known and not closes and _repeats(page, known, phrase):
            phrases[at] = replace(phrase, days=known.days, weekday=None)


def _repeats(page: Page, known: Day, day: Day) -> bool:
    """Whether a weekday is said again, soon after its date, and is neither a limit nor one after it."""
    after = page.atoms[day.last].classes if day.last < len(page.atoms) else {}
    onward = "from_day" in after or "afterthat" in after or day.follows is not None
    near = 0 < page.sentence(day) - page.sentence(known) <= _SENTENCES_ON
    return near and not onward and not is_limited(page, day) and not _is_last(page, day)


_SENTENCES_ON = 2


def _settle_articles(page: Page, phrases: list[Phrase]) -> None:
    """ "He decides on 4 September and I'll ring you the Monday after": the one that follows.

    English says "the Tuesday" of a day that hangs on the one before.
    """
    if "hanging" not in page.setting.words.single:
        return
    dated: Day | None = None
    for at, phrase in enumerate(phrases):
        if not isinstance(phrase, Day) or phrase.past:
            continue
        bare = phrase.weekday is not None and phrase.follows is None
        if dated and bare and _hangs_on(page, dated, phrase):
            day = reckon.coming(phrase.weekday or 0, dated.days[-1])
            phrases[at] = phrase = replace(phrase, days=(day,), weekday=None)
        dated = None if phrase.faint or is_limited(page, phrase) else phrase


def _hangs_on(page: Page, dated: Day, day: Day) -> bool:
    if page.sentence(day) - page.sentence(dated) > 1 or day.days[0] > dated.days[-1]:
        return False
    beside = (page.atoms[day.first - 1].low, page.atoms[day.first].low)
    article = any(page.setting.words.shows("hanging", low) for low in beside)
    return article and not is_limited(page, day)


def _says_again(page: Page, dated: Day, day: Day) -> bool:
    """ "tomorrow night, Friday, 7pm", "12 lutego 2026 r. (czwartek)": the weekday of the date before."""
    between = page.between(dated, day)
    then = len(between) == _THEN and "then" in between[0].classes  # "the 16th then, Tuesday"
    apart = (then and between[1].low == ",") or (
        len(between) <= _APART
        and all(
            a.low in ",(.-" or len(a.low) == 1 or {"part", "thatis"} & a.classes.keys()
            for a in between
        )
    )
    return apart and bool(between) and day.weekday == dated.days[-1].weekday()


_APART = 4  # signs, and a letter for "year", between a date and its weekday
_THEN = 2  # atoms of "then,"


def _goes_on(page: Page, dated: Day, day: Day) -> bool:
    """Whether a weekday is the next entry of the list that a date began."""
    if day.days[0] > dated.days[-1]:
        return False
    if page.sentence(day) != page.sentence(dated):
        return _is_alternative(page, dated, day) or _comes_after(page, dated, day)
    if is_limited(page, day):  # "we meet next Monday and then you hear by Tuesday"
        return any("then" in atom.classes for atom in page.between(dated, day))
    before = page.atoms[day.first - 1]
    if "on" in before.classes and day.first > 1:
        before = page.atoms[day.first - 2]  # "w czwartek 25 czerwca, w piątek"
    return before.low == "," or "or" in before.classes


def _comes_after(page: Page, dated: Day, day: Day) -> bool:
    """ "… Friday the 23rd. After that everyone scores by Tuesday and I call you Wednesday."."""
    number = page.sentence(day)
    between = page.between(dated, day)[-_ALTERNATIVE * 2 :]
    return any("afterthat" in atom.classes and atom.sentence == number for atom in between)


def _is_alternative(page: Page, dated: Day, day: Day) -> bool:
    """ "Would Wednesday 2 April suit? Or, failing that, the Friday": the next sentence opens with "or"."""
    if page.sentence(day) != page.sentence(dated) + 1 or is_limited(page, day):
        return False
    number = page.sentence(day)
    between = [atom for atom in page.between(dated, day) if atom.sentence == number]
    return bool(between) and "or" in between[0].classes and len(between) <= _ALTERNATIVE


_ALTERNATIVE = 8  # words and signs from "or" to the other day


def _is_last(page: Page, day: Day) -> bool:
    """ "mercredi au plus tard": a limit of its own, whatever week the sentence before named."""
    return day.last < len(page.atoms) and "latest" in page.atoms[day.last].classes


def is_limited(page: Page, phrase: Phrase) -> bool:
    """Whether a limit stands right before a phrase."""
    return phrase.first > 0 and "limit" in page.atoms[phrase.first - 1].classes
