"""Times and days as people read them, in the user's zone and that of the message."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_DAY = "%a %-d %b %Y"


def day(value: date) -> str:
    """`Fri 13 Nov 2026`."""
    return value.strftime(_DAY)


def moment(value: datetime, zone: str) -> str:
    """`Fri 13 Nov 2026 15:00`, in that zone."""
    return value.astimezone(ZoneInfo(zone)).strftime(f"{_DAY} %H:%M")


def soon(value: datetime, now: datetime, zone: str) -> str:
    """`Fri 13 Nov 15:00`: without the year, where it can only be the one that is meant."""
    if abs((value - now).days) > 180:
        return moment(value, zone)
    return value.astimezone(ZoneInfo(zone)).strftime("%a %-d %b %H:%M")


def span(start: datetime, end: datetime | None, zone: str) -> str:
    """`Fri 13 Nov 2026 15:00–15:45`; over midnight, the end with its own day."""
    begins = moment(start, zone)
    if end is None:
        return begins
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    return (
        f"{begins}–{last:%H:%M}"
        if first.date() == last.date()
        else f"{begins} – {moment(end, zone)}"
    )


def elsewhere(start: datetime, theirs: str | None, zone: str) -> str:
    """`14:00 in London`, where their clock shows another time than the user's; else ""."""
    if not theirs:
        return ""
    there, here = start.astimezone(ZoneInfo(theirs)), start.astimezone(ZoneInfo(zone))
    if there.utcoffset() == here.utcoffset():
        return ""
    shown = there.strftime("%H:%M" if there.date() == here.date() else "%a %H:%M")
    return f"{shown} in {city(theirs)}"


def city(zone: str) -> str:
    """`New York` of `America/New_York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def away(value: datetime, now: datetime) -> str:
    """`in 3 days`, `2 h ago`, `now`: how far off, in one unit."""
    seconds = (value - now).total_seconds()
    size = abs(seconds)
    if size < 60:
        return "now"
    if size < 3600:
        amount = f"{size / 60:.0f} min"
    elif size < 48 * 3600:
        amount = f"{size / 3600:.0f} h"
    else:
        amount = f"{size / 86400:.0f} days"
    return f"in {amount}" if seconds > 0 else f"{amount} ago"
