"""Which hour of the day a clock time is: before noon or after.

An hour without am or pm is one of an office: 1 to 6 are in the afternoon (1 to 5 in languages of
the 24-hour clock), the rest as they stand; the part of the day said beside it goes first.
"""

from agent.mail.when.phrases import Clock
from agent.mail.when.vocabulary import Part

_DAY = 24 * 60
_SIX = 6


def minutes_of(
    start: Clock, end: Clock | None, part: Part | None, afternoon_until: int
) -> tuple[int, int | None]:
    """Start and end in minutes after midnight; an end on the next day is over 1440.

    `afternoon_until` is the last hour that is in the afternoon where nothing says. Am or pm said at
    one end of a range counts for the other where that makes sense ("11–1pm", "2–3pm").
    """
    begin = _minutes(start, part, afternoon_until)
    if end is None:
        return begin, None
    if start.half is None and not start.sure and end.half is not None:
        begin = _start_before(start, _minutes(end, None, afternoon_until))
    finish = _minutes(end, part, afternoon_until)
    if end.half is None and not end.sure:
        finish = _first_after(end, begin)
    return begin, finish + _DAY if finish <= begin else finish


def _minutes(clock: Clock, part: Part | None, afternoon_until: int) -> int:
    hour = clock.hour
    if clock.half is not None:
        return _halved(clock, clock.half)
    if not clock.sure and hour <= 12:
        minute = clock.minute
        # "half 6" is 5:30 in German and Dutch, "viertel vor 6" is past 5
        if minute < 0 and hour > 1 and (minute <= -30 or hour == _SIX):
            hour, minute = hour - 1, minute + 60
        in_afternoon = part is None and 1 <= hour <= afternoon_until
        hour = _in_part(hour, part) if part is not None else hour + 12 * in_afternoon
        return (hour % 24 * 60 + minute) % _DAY
    return (hour % 24 * 60 + clock.minute) % _DAY


def _halved(clock: Clock, half: int) -> int:
    """12-hour time in minutes; "14:00 pm" is written too, and means what it says."""
    if clock.hour > 12:
        return clock.hour * 60 + clock.minute
    return ((clock.hour % 12 + half) * 60 + clock.minute) % _DAY


def _in_part(hour: int, part: Part) -> int:
    """The hour of 24 that an hour of 12 is in the morning, the afternoon, the evening, at night."""
    if part == Part.MORNING or (part == Part.AFTERNOON and hour == 11):
        return hour  # Dutch "donderdagmiddag half twaalf"
    if hour == 12:
        return 0 if part == Part.NIGHT else 12
    return hour + 12


def _start_before(start: Clock, finish: int) -> int:
    """The latest reading of the start that lies before the end."""
    readings = [_halved(start, half) for half in (0, 12)]
    return max((reading for reading in readings if reading < finish), default=readings[0])


def _first_after(end: Clock, begin: int) -> int:
    """The earliest reading of the end that lies after the start."""
    readings = [_halved(end, half) for half in (0, 12)]
    return next((reading for reading in readings if reading > begin), readings[1])
