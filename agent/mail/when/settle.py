"""Days that need their surroundings: weekdays in a week named beside them, "the following week".

"Are you free next week? Tuesday at 10 would suit" means next week's Tuesday, and so
does "Tuesday or Wednesday next week". A week that is a limit ("by the end of next
week"), or one in which somebody is away, says nothing about other days.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from agent.mail.when import reckon
from agent.mail.when.page import Page, sentence_of, walk
from agent.mail.when.phrases import Day, Period, Phrase

_BACK = 12  # phrases looked back over for the weekdays of "… next week"
_WEEK = timedelta(weeks=1)


@lru_cache(maxsize=16)
def read_page(text: str, anchor: datetime, zone: str, country: str, language: str) -> Page:
    """Read a text once for all who ask about it."""
    page = walk(text, anchor, zone, country, language)
    phrases = list(page.phrases)
    _settle_following(page, phrases)
    _settle_weeks(page, phrases)
    _settle_lists(page, phrases)
    return replace(page, phrases=phrases)


def _settle_following(page: Page, phrases: list[Phrase]) -> None:
    """Count "the following week" and "the day after" from the day named before them."""
    named: date | None = None
    for at, phrase in enumerate(phrases):
        if isinstance(phrase, Day) and phrase.follows is not None:
            phrase = phrases[at] = _following_day(phrase, named or page.setting.today)
        elif isinstance(phrase, Period) and phrase.follows is not None:
            phrase = phrases[at] = _following_week(phrase, named or page.setting.today)
        if isinstance(phrase, Day) and not phrase.past:
            named = phrase.days[-1]
        elif isinstance(phrase, Period):
            named = phrase.day


def _following_day(day: Day, named: date) -> Day:
    if day.weekday is None:
        return replace(day, days=(named + timedelta(days=1),))
    after = named if day.follows == 1 else named - timedelta(days=1)
    return replace(day, days=(reckon.coming(day.weekday, after),), weekday=None)


def _following_week(week: Period, named: date) -> Period:
    monday = reckon.monday_of(named) + (week.follows or 0) * _WEEK
    whole = monday if week.edge is None else None
    eve = monday - timedelta(days=3) if week.eve else None
    return replace(week, day=reckon.in_week(monday, week.edge), monday=whole, eve=eve)


def _settle_weeks(page: Page, phrases: list[Phrase]) -> None:
    """Put bare weekdays into the week that is named beside them."""
    week: Period | None = None
    for at, phrase in enumerate(phrases):
        if isinstance(phrase, Period) and phrase.monday and not is_limited(page, phrase):
            _settle_before(page, phrases, at, phrase)
            week = None if _is_away(page, phrase) else phrase
        elif isinstance(phrase, Day) and phrase.weekday is None and not phrase.past:
            week = None
        elif isinstance(phrase, Day) and week and _is_near(page, week, phrase):
            phrases[at] = _in_week(page, phrase, week)


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
    if is_limited(page, day):
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


def _goes_on(page: Page, dated: Day, day: Day) -> bool:
    """Whether a weekday is the next entry of the list that a date began."""
    if day.days[0] > dated.days[-1] or page.sentence(day) != page.sentence(dated):
        return False
    if is_limited(page, day):  # "we meet next Monday and then you hear by Tuesday"
        return any("then" in atom.classes for atom in page.between(dated, day))
    before = page.atoms[day.first - 1]
    return before.low == "," or "or" in before.classes


def is_limited(page: Page, phrase: Phrase) -> bool:
    """Whether a limit stands right before a phrase."""
    return phrase.first > 0 and "limit" in page.atoms[phrase.first - 1].classes
