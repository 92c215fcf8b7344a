"""Dates and times as people write them: `find_times` and `find_days`.

Pure and linear: nothing is read but the text, the anchor and the shipped
vocabulary. `anchor` is the mail's own Date with the sender's offset; relative
words count from it. `zone` is the IANA zone of times that state none; `country`
(ISO 3166 alpha-2) settles the order of day and month, and public holidays.
"""

from datetime import datetime

from agent.mail.when.mentions import DayMention, TimeMention

__all__ = ["DayMention", "TimeMention", "find_days", "find_times"]


def find_times(
    text: str, anchor: datetime, *, zone: str, country: str, language: str = "en"
) -> tuple[TimeMention, ...]:
    """Every clock time on a known day, in the order of the text."""
    return ()


def find_days(
    text: str, anchor: datetime, *, zone: str, country: str, language: str = "en"
) -> tuple[DayMention, ...]:
    """Every day and every window's last day, in the order of the text."""
    return ()
