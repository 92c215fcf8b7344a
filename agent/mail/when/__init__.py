"""Dates and times as people write them: `find_times` and `find_days`.

Pure and linear: nothing is read but the text, the anchor and the shipped
vocabulary (`agent/lexicon/when/*.toml`). The way of a text:

    tokens       text → atoms, each with the classes of its word (`vocabulary`)
    rules        the tables in `dates`, `days`, `windows`, `clocks` and `zones`, over classes
    page         atoms → phrases, the longest each time
    settle       weekdays put into the week named beside them
    slots        clock times with their ranges, zones and parts of the day
    bind         which day each of them is on
    shared_zones the zone told once for many
    times        → TimeMention: moments, one for each time however often it is given
    alike        times told by the one before them: "the same time on Friday"
    deadlines    → DayMention: days, and windows by their last day
    shifts       → by how much a time is moved
"""

from datetime import datetime
from functools import lru_cache

from agent.mail.when.deadlines import read_days
from agent.mail.when.mentions import DayMention, TimeMention
from agent.mail.when.settle import read_page
from agent.mail.when.shifts import find_shift
from agent.mail.when.times import read_times

__all__ = ["DayMention", "TimeMention", "find_days", "find_shift", "find_times"]


def find_times(
    text: str, anchor: datetime, *, zone: str, country: str, language: str = "en"
) -> tuple[TimeMention, ...]:
    """Every clock time on a known day, in the order of the text.

    `anchor` is the mail's own Date with the sender's offset (aware); relative words
    count from it. `zone` is the IANA zone of times that state none. `country` (ISO
    3166 alpha-2) settles 3/4 and holidays. `language` is an ISO 639-1 code; one
    without a file of words is read as English. Nothing raises for
    any text; a Date outside the years 1900 to 2099 leaves nothing to count from.
    """
    return _times(text, anchor, zone, country, language) if _is_sane(anchor) else ()


@lru_cache(maxsize=8)  # the kind of a mail and its interviews ask for the times of the same texts
def _times(
    text: str, anchor: datetime, zone: str, country: str, language: str
) -> tuple[TimeMention, ...]:
    return read_times(read_page(text, anchor, zone, country, language))


def find_days(
    text: str, anchor: datetime, *, zone: str, country: str, language: str = "en"
) -> tuple[DayMention, ...]:
    """Every day and every window's last day, in the order of the text; arguments as above."""
    return _days(text, anchor, zone, country, language) if _is_sane(anchor) else ()


@lru_cache(maxsize=8)  # each time of a letter is looked at beside the days of the same text
def _days(
    text: str, anchor: datetime, zone: str, country: str, language: str
) -> tuple[DayMention, ...]:
    return read_days(read_page(text, anchor, zone, country, language))


def _is_sane(anchor: datetime) -> bool:
    """Whether days can be counted from a mail's Date; some mails claim the year 1 or 9999."""
    return 1900 <= anchor.year < 2100
