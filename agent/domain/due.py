"""When a thing may happen: working days, public holidays, quiet hours, zones, DST.

Everything takes and gives aware datetimes; results are UTC. Local times that a change
of the clocks skips move forward by the length of the gap; those that occur twice mean the
first (PEP 495, fold=0).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DURATION = re.compile(r"(\d{1,4})\s?(m|h|d|wd|w)")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


@dataclass(frozen=True, slots=True)
class Delay:
    """A length of time as a playbook writes it: minutes, hours, days, weeks or working days."""

    length: timedelta = timedelta()
    working_days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Delay":
        """Read "15m", "8h", "7d", "2w" or "3wd"; raises ValueError with what is allowed."""
        match = _DURATION.fullmatch(text.strip())
        if not match:
            raise ValueError(
                f"{text!r} is not a length of time: write minutes, hours, days, weeks or "
                'working days, as "15m", "8h", "7d", "2w" or "3wd"'
            )
        number, unit = int(match[1]), match[2]
        if unit == "wd":
            return cls(working_days=number)
        return cls(length=number * _UNITS[unit])


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The hours in which the user wants drafts, and the days on which offices work.

    `zone` is the user's IANA zone; `country` (ISO 3166 alpha-2, "" for none) the one whose
    public holidays count; `working_days` are weekday numbers, Monday 0; quiet hours run from
    `quiet_from` to `quiet_until` local time, over midnight where from is the later.
    """

    zone: str = "UTC"
    country: str = ""
    working_days: Collection[int] = field(default=frozenset(range(5)))
    quiet_from: time = time(22)
    quiet_until: time = time(7)

    def local(self, at: datetime) -> datetime:
        """The instant on the user's clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def at(self, day: date, clock: time) -> datetime:
        """That local time as an instant, UTC; see `on_clock`."""
        return on_clock(day, clock, self.zone)

    def works(self, day: date) -> bool:
        """Whether offices are open on that day."""
        return day.weekday() in self.working_days and day not in _holidays(self.country, day.year)

    def working_day(self, day: date) -> date:
        """That day, or the next one on which offices work."""
        for ahead in range(60):
            candidate = day + timedelta(days=ahead)
            if self.works(candidate):
                return candidate
        return day

    def after_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        for _ in range(count):
            day = self.working_day(day + timedelta(days=1))
        return day

    def plus(self, at: datetime, delay: Delay) -> datetime:
        """An instant a delay later. Days and weeks keep the time on the user's clock."""
        if delay.working_days:
            local = self.local(at)
            day = self.after_working_days(local.date(), delay.working_days)
            return self.at(day, local.time())
        if delay.length % timedelta(days=1):
            return at.astimezone(UTC) + delay.length
        local = self.local(at)
        return self.at(local.date() + delay.length, local.time())

    def minus(self, at: datetime, delay: Delay) -> datetime:
        """An instant a delay earlier, outside the quiet hours: before them, not after."""
        local = self.local(at)
        day = local.date()
        for _ in range(delay.working_days):
            day = self._working_day_before(day)
        if delay.working_days or not delay.length % timedelta(days=1):
            earlier = self.at(day - delay.length, local.time())
        else:
            earlier = at.astimezone(UTC) - delay.length
        return self._before_quiet(earlier)

    def _working_day_before(self, day: date) -> date:
        earlier = (day - timedelta(days=back) for back in range(1, 60))
        return next((each for each in earlier if self.works(each)), day)

    def _before_quiet(self, at: datetime) -> datetime:
        """That instant, or the minute before the quiet hours that it falls in."""
        if not self.quiet(at):
            return at.astimezone(UTC)
        local = self.local(at)
        day = local.date()
        if local.time() < self.quiet_from:
            day -= timedelta(days=1)
        return self.at(day, self.quiet_from) - timedelta(minutes=1)

    def quiet(self, at: datetime) -> bool:
        """Whether the user is not to be troubled at that instant."""
        clock = self.local(at).time().replace(tzinfo=None)
        if self.quiet_from == self.quiet_until:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until

    def permitted(self, at: datetime) -> datetime:
        """That instant, or the end of the quiet hours that it falls in."""
        if not self.quiet(at):
            return at.astimezone(UTC)
        local = self.local(at)
        day = local.date()
        if self.quiet_from > self.quiet_until and local.time() >= self.quiet_from:
            day += timedelta(days=1)
        return self.at(day, self.quiet_until)


def on_clock(day: date, clock: time, zone: str) -> datetime:
    """A local time as an instant, UTC; one that the clocks skip lands as far after the gap."""
    return datetime.combine(day, clock.replace(fold=0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    import holidays  # slow to import, and only what plans asks

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except (NotImplementedError, KeyError):
        return frozenset()
