"""What the date grammar gives back: a moment on a known day, and a day.

Both say which words of the text they were read from, and what speaks against
the reading. `doubts` are whole phrases a user understands; empty means none.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One moment, or one range, with a clock time on a known day.

    `start` and `end` are aware, in the zone stated or else in the default zone; `end`
    is known from a range ("2–3pm") or a stated length ("45 minutes"). `timezone` is
    the IANA name, only where the text states a zone. `span` is where the words of
    the clock time stand in the text, and `text` is what stands there. `ranged` says that the
    end stands beside the start ("2–3pm"), not as a length elsewhere. `whole` is where they stand
    with the day right beside them ("Tuesday at 2"), None where the day is told elsewhere.
    """

    start: datetime
    end: datetime | None
    timezone: str | None
    span: tuple[int, int]
    text: str
    doubts: tuple[str, ...] = ()
    dated: bool = False  # its day stands right beside it
    ranged: bool = False
    zoned: bool = False  # its zone stands beside it
    whole: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DayMention:
    """One day, or the last day of a window, whether or not a clock time goes with it.

    `deadline` says that it is worded as a limit or a window: "by", "within",
    "before", "end of", "no later than", "in the next five days".
    """

    day: date
    span: tuple[int, int]
    text: str
    deadline: bool
    doubts: tuple[str, ...] = ()
    counted: bool = False  # from another day of the text: "that evening", "a week later"
    # A weekday alone, or the week or the weekend of the mail or a part of it: "by the end of the
    # week". It may be that of a later week that the text tells of.
    week: bool = False
    weekday: bool = False  # a weekday alone
    eve: bool = False  # the day before one that is named: "before Easter"
    numbered: bool = False  # a day of a month that is not named: "by the 15th"
