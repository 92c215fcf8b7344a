"""When somebody is back, as their answering machine says it (RFC 3834).

"Back on Monday" names the first day back, "away until Friday" the last day away, so that the
day after it is the first. Days are read by the grammar of `when`; the words are data
(`lexicon/absence.toml`), of eight languages at once. Linear, and nothing raises.
"""

import re
from datetime import date, datetime, timedelta
from functools import cache

from agent.lexicon.shipped import shipped
from agent.mail.when import DayMention, find_days

MOST = 4_000  # characters that are read: a machine says it at the beginning
FAR = timedelta(days=270)  # a day beyond is no return that anybody waits for
_NEAR = 24  # characters before a day in which "until" belongs to it

_SENTENCE = re.compile(r"(?<=[!?…])\s+|(?<=[^\W\d_]{3}\.)\s+|\n\s*\n")


def returns_on(
    text: str, anchor: datetime, *, zone: str, country: str, language: str = "en"
) -> date | None:
    """The first day on which they are back; None where the text names none.

    `anchor` is the Date of the answer, `zone` and `country` are the user's.
    """
    back: list[date] = []
    away: list[date] = []
    for sentence in _SENTENCE.split(text[:MOST]):
        days = find_days(sentence, anchor, zone=zone, country=country, language=language)
        for mention in days:
            if not anchor.date() <= mention.day <= anchor.date() + FAR:
                continue
            if _is_last_day_away(sentence, mention):
                away.append(mention.day + timedelta(days=1))
            elif _pattern("back").search(sentence):
                back.append(mention.day)
            elif mention.deadline:  # "from 1 to 4 December"
                away.append(mention.day + timedelta(days=1))
    return max(back or away, default=None)


def _is_last_day_away(sentence: str, mention: DayMention) -> bool:
    start, end = mention.span
    before = sentence[max(0, start - _NEAR) : start]
    if _pattern("until").match(sentence[start:end]):
        return True
    ends = list(_pattern("until").finditer(before))
    # Nothing but small words between "until" and its day.
    return bool(ends) and len(before[ends[-1].end() :].split()) <= 2


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = shipped("absence")[name]
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)
