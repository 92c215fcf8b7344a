"""Reckoning with days: the year left out, weekdays, periods, working days, holidays.

Pure arithmetic on dates; weeks begin on Monday (ISO 8601). Rules for windows are
those of the project's definitions: end of a week is its Friday; early, mid and
late in a month are the 10th, the 15th and the last day.
"""

import calendar
import warnings
from datetime import date, timedelta
from functools import lru_cache

from agent.mail.when.vocabulary import WEEKDAYS, Edge, Unit

# A date without a year may have been up to about three months ago: a day that is
# past counts three times as far away as one to come.
_PAST_WEIGHT = 3
# A weekday that fits is worth looking this many (weighted) days further.
_WEEKDAY_WORTH = 200

_FIRST_YEAR, _LAST_YEAR = 1990, 2099


def make_day(year: int, month: int, day: int) -> date | None:
    """That date, or None where the calendar has none (30 February)."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def full_year(two_digits: int, today: date) -> int:
    """The year that two digits mean, in the century of the mail."""
    return today.year // 100 * 100 + two_digits


def _distance(day: date, today: date) -> int:
    days = (day - today).days
    return days if days >= 0 else -days * _PAST_WEIGHT


def nearest_date(month: int, day: int, today: date, weekday: int | None = None) -> date | None:
    """The nearest sensible date of that month and day, one to come before one long past.

    A weekday given decides between years that are near enough.
    """
    found = [
        made
        for year in range(today.year - 1, today.year + 5)
        if (made := make_day(year, month, day))
    ]
    return _best(found, today, weekday)


def nearest_day_of_month(day: int, today: date, weekday: int | None = None) -> date | None:
    """The next day of that number: "the 4th", and with its weekday "Thu 5th"."""
    found = []
    for ahead in range(-1, 13):
        months = today.month - 1 + ahead
        made = make_day(today.year + months // 12, months % 12 + 1, day)
        if made and (made >= today or weekday is not None):
            found.append(made)
    return _best(found, today, weekday)


def _best(found: list[date], today: date, weekday: int | None) -> date | None:
    if not found:
        return None
    nearest = min(found, key=lambda day: _distance(day, today))
    fitting = [day for day in found if day.weekday() == weekday]
    if weekday is None or not fitting:
        return nearest
    best = min(fitting, key=lambda day: _distance(day, today))
    return best if _distance(best, today) <= _distance(nearest, today) + _WEEKDAY_WORTH else nearest


def weekday_doubt(day: date, weekday: int | None) -> tuple[str, ...]:
    """What to say where the weekday stated is not that of the date."""
    if weekday is None or day.weekday() == weekday:
        return ()
    said, real = WEEKDAYS[weekday].capitalize(), WEEKDAYS[day.weekday()].capitalize()
    return (f"{said} is not {day.day} {calendar.month_name[day.month]} {day.year} (a {real})",)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_meant(today: date, ahead: int) -> date:
    """The Monday of the week so many weeks on; on a weekend "this week" is the one that comes."""
    weeks = 1 if not ahead and today.weekday() > 4 else ahead
    return monday_of(today) + timedelta(weeks=weeks)


def week_of_year(number: int, today: date) -> date | None:
    """The Monday of a week by its number (ISO 8601), this year's or, once over, next year's."""
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=6) >= today:
            return monday
    return None


def friday_of_month(first: date, number: int) -> date:
    """The nth Friday of the month that begins on `first`, the last where it has fewer."""
    friday = first + timedelta(days=(4 - first.weekday()) % 7)
    end = month_end(first)
    weeks = min(number - 1, (end - friday).days // 7)
    return friday + timedelta(weeks=weeks)


def coming(weekday: int, today: date) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day where it is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = min(count // 12, _LAST_YEAR), count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def in_week(monday: date, edge: Edge | None) -> date:
    """The last day of a part of a week: Monday, Tuesday, Wednesday, else Friday."""
    days = {Edge.START: 0, Edge.EARLY: 1, Edge.MIDDLE: 2}
    return monday + timedelta(days=days.get(edge, 4) if edge is not None else 4)


def in_month(first: date, edge: Edge | None) -> date:
    """The last day of a part of a month: the 10th, the 15th, else the last."""
    days = {Edge.START: 10, Edge.EARLY: 10, Edge.MIDDLE: 15}
    day = days.get(edge) if edge is not None else None
    return first.replace(day=day) if day else month_end(first)


def in_quarter(first: date, edge: Edge | None) -> date:
    """The last day of a part of a quarter that begins on `first`, month by month."""
    months = {Edge.START: 0, Edge.EARLY: 0, Edge.MIDDLE: 1}
    return month_end(add_months(first, months.get(edge, 2) if edge is not None else 2))


def in_year(year: int, edge: Edge | None) -> date:
    """The last day of a part of a year: January, March, June, else December."""
    months = {Edge.START: 1, Edge.EARLY: 3, Edge.MIDDLE: 6}
    return month_end(date(year, months.get(edge, 12) if edge is not None else 12, 1))


def quarter_start(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def after(today: date, count: int, unit: Unit, country: str) -> date:
    """The day that lies a number of units ahead; minutes and hours are left to the caller."""
    match unit:
        case Unit.BUSINESS_DAY:
            return add_working_days(today, count, country)
        case Unit.WEEK | Unit.WEEKEND:
            return today + timedelta(weeks=count)
        case Unit.BUSINESS_WEEK:
            return add_working_days(today, 5 * count, country)
        case Unit.FORTNIGHT:
            return today + timedelta(weeks=2 * count)
        case Unit.MONTH:
            return add_months(today, count)
        case Unit.QUARTER:
            return add_months(today, 3 * count)
        case Unit.YEAR:
            return add_months(today, 12 * count)
        case _:
            return today + timedelta(days=count)


def away(day: date, count: int, unit: Unit, country: str) -> date:
    """The day that lies a number of units after another, or before it where that is negative."""
    if count >= 0 or unit != Unit.BUSINESS_DAY:
        return after(day, count, unit, country)
    while count < 0:
        day -= timedelta(days=1)
        count += is_working_day(day, country)
    return day


def add_working_days(today: date, count: int, country: str) -> date:
    """So many days on, not counting Saturdays, Sundays and the country's public holidays."""
    day = today
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, country):
            count -= 1
    return day


def is_working_day(day: date, country: str) -> bool:
    """Whether offices work on that day in that country."""
    return day.weekday() < 5 and day not in public_holidays(country, day.year)


# Where a country keeps no national calendar of its bank holidays, its largest part's.
_LARGEST_PART = {"GB": "ENG", "AU": "NSW", "CA": "ON"}


@lru_cache(maxsize=64)
def public_holidays(country: str, year: int) -> dict[date, str]:
    """A country's public holidays with their names in English; none for an unknown country."""
    import holidays  # slow to import, and most mail never asks

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of years for which it knows none
        try:
            found = holidays.country_holidays(
                country.upper(), subdiv=_LARGEST_PART.get(country.upper()), years=year
            )
        except (NotImplementedError, KeyError):
            return {}
    return dict(found.items())


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss's reckoning as given by J. Meeus)."""
    golden, century = year % 19, year // 100
    skipped = century // 4
    moon = (century - (century - (century + 8) // 25 + 1) // 3 - skipped + 19 * golden + 15) % 30
    rest = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * rest) // 451
    month, day = divmod(moon + rest - 7 * late + 114, 31)
    return date(year, month, day + 1)


_FIXED = {
    "christmas": (12, 25),
    "christmas_eve": (12, 24),
    "boxing_day": (12, 26),
    "new_year": (1, 1),
    "new_years_eve": (12, 31),
    "epiphany": (1, 6),
    "valentines_day": (2, 14),
    "bonfire_night": (11, 5),
    "st_patricks_day": (3, 17),
    "burns_night": (1, 25),
    "halloween": (10, 31),
    "independence_day": (7, 4),
    "veterans_day": (11, 11),
    "juneteenth": (6, 19),
    "assumption": (8, 15),
    "all_saints": (11, 1),
    "labour_day": (5, 1),
    "bastille_day": (7, 14),
    "kings_day": (4, 27),
    "german_unity_day": (10, 3),
    "st_andrews_day": (11, 30),
    "st_davids_day": (3, 1),
    "st_georges_day": (4, 23),
    "canada_day": (7, 1),
    "australia_day": (1, 26),
    "anzac_day": (4, 25),
    "republic_day_india": (1, 26),
    "cinco_de_mayo": (5, 5),
    "immaculate_conception": (12, 8),
    "st_nicholas_day": (12, 6),
    "st_nicholas_eve": (12, 5),
    "st_martins_day": (11, 11),
    "polish_independence_day": (11, 11),
    "third_of_may": (5, 3),
    "liberation_day_italy": (4, 25),
    "republic_day_italy": (6, 2),
    "carnation_day": (4, 25),
    "portugal_day": (6, 10),
    "victory_day": (5, 8),
    "hispanic_day": (10, 12),
}
_FROM_EASTER = {
    "good_friday": -2,
    "easter": 0,
    "easter_monday": 1,
    "ascension": 39,
    "pentecost": 49,
    "whit_monday": 50,
    "corpus_christi": 60,
    "carnival": -48,
    "shrove_tuesday": -47,
    "ash_wednesday": -46,
    "palm_sunday": -7,
    "maundy_thursday": -3,
}
# Holidays whose date only a calendar knows: the word in its name, and where else to look.
_BY_NAME = {
    "thanksgiving": ("thanksgiving", "US"),
    "labor_day": ("labor day", "US"),
    "memorial_day": ("memorial day", "US"),
    "martin_luther_king_day": ("martin luther king", "US"),
    "presidents_day": ("washington's birthday", "US"),
    "columbus_day": ("columbus day", "US"),
    "diwali": ("diwali", "IN"),
}


def holiday(name: str, today: date, country: str) -> date | None:
    """The next day of that name on or after today; None where nobody knows it."""
    for year in (today.year, today.year + 1):
        day = _holiday_in(name, year, country)
        if day is not None and day >= today:
            return day
    return None


def _holiday_in(name: str, year: int, country: str) -> date | None:
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _FROM_EASTER:
        return easter(year) + timedelta(days=_FROM_EASTER[name])
    needle, elsewhere = _BY_NAME.get(name, ("", ""))
    for place in (country, elsewhere):
        for day, title in sorted(public_holidays(place, year).items()) if needle else ():
            if needle in title.lower() and "observed" not in title.lower():
                return day
    return None
