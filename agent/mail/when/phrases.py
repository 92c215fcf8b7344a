"""What one phrase of a text can be: a day, a period, a clock time, a zone, a length …

`first` and `last` count atoms; `last` is one past the end.
"""

from dataclasses import dataclass
from datetime import date, datetime

from agent.mail.when.vocabulary import Edge, Part, Unit, Vocabulary


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is read against: the mail's Date, the user's zone, the sender's country, the words.

    `senders` is the sender's own zone, where it is another than the user's and something tells it.
    """

    anchor: datetime
    zone: str
    country: str
    words: Vocabulary
    senders: str | None = None

    @property
    def today(self) -> date:
        """The sender's day when the mail was written."""
        return self.anchor.date()

    @property
    def month_first(self) -> bool:
        """Whether 3/4 is 4 March here."""
        return self.words.month_first and self.country.upper() in _MONTH_FIRST


_MONTH_FIRST = frozenset(("US", "CA", "PH", "PR", "GU", "PW", "FM", "MH"))


IN_WEEK_AFTER = 2


@dataclass(frozen=True, slots=True)
class Day:
    """One day, several ("3 or 4 March"), or a stretch of them (`stretch`, from first to last).

    `weekday` is set where nothing but a weekday was said, so that its week may yet
    be learnt from its surroundings. `faint` marks what is a day only in company
    ("3/4"). `past` marks words that look back ("last Friday"). `limited` marks words
    that are a limit by themselves ("later today"), `after` a first day after another
    ("after Easter"), `follows` a day counted from the one named before it: 1
    for one after it ("the following day"), 0 for one that may be the same ("that Friday"),
    `IN_WEEK_AFTER` for one in the week after it ("the Friday of the week after"). `numbered`
    is a day of a month that is not named ("the 4th").
    """

    first: int
    last: int
    days: tuple[date, ...]
    weekday: int | None = None
    faint: bool = False
    past: bool = False
    stretch: bool = False
    limited: bool = False
    after: bool = False
    follows: int | None = None
    counted: bool = False  # from a day of the text, by now
    numbered: bool = False
    part: Part | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A window by its last day. `monday` is set where it is a whole week ("next week")."""

    first: int
    last: int
    day: date
    unit: Unit
    monday: date | None = None
    eve: date | None = None  # the last day before it, for "before next week"
    edge: Edge | None = None
    follows: int | None = None  # "the following week" is 1: weeks from the day named before
    since: int | None = None  # "within 4 weeks of that date": so many units from a day of the text
    counted: bool = False  # from that day, by now
    after: bool = False  # it is nothing without that day: "a week later"
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. `half` is 0 for am, 12 for pm, None where not said.

    `minute` is negative for "quarter to". `sure` hours are read as written (14, 09, 0).
    `faint` is a bare number that needs company to be a time.
    """

    first: int
    last: int
    hour: int
    minute: int = 0
    half: int | None = None
    sure: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone by name. `place` is how surely: a city counts only right behind a time."""

    first: int
    last: int
    name: str | None  # IANA
    offset: int | None = None  # minutes east, where stated as an offset
    says: int | None = None  # minutes east that the abbreviation stands for
    kind: str = "name"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts, in minutes."""

    first: int
    last: int
    minutes: int


@dataclass(frozen=True, slots=True)
class DayPart:
    """The morning, the afternoon …"""

    first: int
    last: int
    part: Part


@dataclass(frozen=True, slots=True)
class Recurring:
    """Days that come again and again; what happens on them is no appointment."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Closing:
    """EOD, close of business: the end of a day still to be named, or of today."""

    first: int
    last: int


Phrase = Day | Period | Clock | Zone | Length | DayPart | Recurring | Closing
