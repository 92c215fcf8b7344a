"""Time zones that a calendar defines itself (VTIMEZONE, RFC 5545, 3.6.5).

Read here and not by the calendar library, whose cache carries one mail's definition into
the next. Only what real zones use is understood: a fixed start, or one day of each year.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

from agent.mail.contentlines import Block, value_of

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?$")
_Change = tuple[datetime, timedelta]  # from when on which offset holds, in local time
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")


@dataclass(frozen=True, slots=True)
class _Yearly:
    """A day of every year: the nth weekday of a month, counted from its end where negative."""

    month: int
    weekday: int
    nth: int
    from_day: int = 1

    def day(self, year: int) -> date:
        if self.nth < 0:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
            back = (last.weekday() - self.weekday) % 7
            return last - timedelta(days=back + 7 * (-self.nth - 1))
        first = date(year, self.month, self.from_day)
        ahead = (self.weekday - first.weekday()) % 7
        return first + timedelta(days=ahead + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class _Observance:
    """Standard or summer time: from when on, and the offsets before and after."""

    start: datetime
    before: timedelta
    after: timedelta
    yearly: _Yearly | None
    until: int

    def onsets(self, year: int) -> Iterator[datetime]:
        """When it began, of those times that matter for a moment in `year`."""
        if self.yearly is None:
            yield self.start
            return
        for each in (year - 1, year):
            if self.start.year <= each <= self.until:
                yield datetime.combine(self.yearly.day(each), self.start.time())


@dataclass(frozen=True, slots=True)
class CustomZone:
    """A zone by its own rules; its changes are reckoned once for each year that is asked about."""

    observances: tuple[_Observance, ...]
    _years: dict[int, list[_Change]] = field(default_factory=dict, compare=False, repr=False)

    def offset_at(self, local: datetime) -> timedelta:
        """The offset from UTC in force at a local time (naive)."""
        changes = self._years.get(local.year)
        if changes is None:
            changes = self._years[local.year] = self._changes(local.year)
        begun = bisect_right(changes, local, key=itemgetter(0))
        if begun:
            return changes[begun - 1][1]
        return min(self.observances, key=lambda each: each.start).before

    def _changes(self, year: int) -> list[_Change]:
        """When which offset began, of those that matter in a year; of two at once the first named."""
        found: dict[datetime, timedelta] = {}
        for observance in self.observances:
            for onset in observance.onsets(year):
                found.setdefault(onset, observance.after)
        return sorted(found.items(), key=itemgetter(0))

    def keeps_time_with(self, zone: ZoneInfo, year: int) -> bool:
        """Whether a known zone has the same offsets all through a year."""
        days = (datetime(year, month, day, 12) for month in range(1, 13) for day in (1, 11, 21))  # noqa: DTZ001
        return all(self.offset_at(day) == day.replace(tzinfo=zone).utcoffset() for day in days)


def custom_zone(block: Block) -> CustomZone | None:
    """A zone's rules, None where they cannot be understood."""
    found = [_observance(inner.lines) for inner in block.inner[:60]]
    understood = tuple(each for each in found if each is not None)
    return CustomZone(understood) if understood and len(understood) == len(found) else None


def _observance(lines: list[str]) -> _Observance | None:
    before, after = _offset(value_of(lines, "TZOFFSETFROM")), _offset(value_of(lines, "TZOFFSETTO"))
    start = _local(value_of(lines, "DTSTART"))
    if before is None or after is None or start is None:
        return None
    rule = value_of(lines, "RRULE")
    parts = {
        name.upper(): value.upper()
        for name, _, value in (part.partition("=") for part in rule.split(";"))
    }
    yearly = _yearly(parts, start)
    if rule and yearly is None:
        return None
    until = parts.get("UNTIL", "")[:4]
    return _Observance(start, before, after, yearly, int(until) if until.isdecimal() else 9999)


def _offset(value: str) -> timedelta | None:
    found = _OFFSET.match(value)
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return None if offset > timedelta(hours=15) else -offset if found[1] == "-" else offset


def _local(value: str) -> datetime | None:
    try:
        return datetime.strptime(value[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a local time
    except ValueError:
        return None


def _yearly(parts: dict[str, str], start: datetime) -> _Yearly | None:
    """FREQ=YEARLY with a weekday of a month; anything else is no zone that exists."""
    if parts.get("FREQ") != "YEARLY":
        return None
    month = parts.get("BYMONTH", str(start.month))
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return None
    day = _BYDAY.match(parts.get("BYDAY", ""))
    if day is None:
        return None
    days = [int(each) for each in parts.get("BYMONTHDAY", "").split(",") if each.isdecimal()]
    from_day = min(days, default=1)
    nth = int(day[1] or 1)
    if not (-4 <= nth <= 4 or nth == -5 or nth == 5) or nth == 0 or not 1 <= from_day <= 28:
        return None
    return _Yearly(int(month), _DAYS[day[2]], -1 if nth == 5 else nth, from_day)
