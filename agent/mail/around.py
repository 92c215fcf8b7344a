"""The words about one time of a mail: what leads to it, what follows, and what stands above it.

A time that stands with its day is read with what is said of both; what is said of its neighbours,
and of the line above, is theirs.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.lexicon.shapes import Shape
from agent.mail.acts import Sentence
from agent.mail.cues import Cues, plain
from agent.mail.when import TimeMention

_WORDS = re.compile(r"\w+")
_CLAUSE = re.compile(r"[.;!?,)\n](?:\s|$)|\s[-–—]\s")
_DATE_HEAD = re.compile(
    r"(?=.*\d)[\W\d_]*(?:[^\W\d_]+\.?[\W\d_]+){0,5}$|[^\w\n]*(?:[^\W\d_]+[^\w\n]+)?$"
)


@dataclass(frozen=True, slots=True)
class Around:
    """The words about one time, as `plain` spells them."""

    before: str  # from the last time, or the beginning of the sentence
    after: str  # to the end of the clause, or the next time
    label: str  # the line above, where it ends with a colon and the time's line opens a sentence
    further: bool  # whether another time follows in the sentence
    parted: bool  # whether a comma stands right behind the time
    rest: str  # what stands behind it on its line
    parts: bool  # whether what follows that comma has no other sign, up to the next time
    lead: str  # as `before`, without the day that stands beside the time
    tail: str  # as `after`, behind that day
    joins: bool  # whether that goes on to the next time
    led: str = ""  # what stands before its day, where that stands right before the time
    day: str = ""  # that day, up to the time

    @property
    def leads_on(self) -> bool:
        """ "7 Uhr, Pause um 12", "at 9, the room is taken from 10": what follows is of the next time."""
        return self.parts and len(self.after.split()) <= _LEADS_ON


_LEADS_ON = 7  # words from a comma to the time that they are of


def around_time(
    text: str,
    mentions: Sequence[TimeMention],
    i: int,
    sentence: Sentence | None,
    days: Sequence[tuple[int, int]],
    cues: Cues,
) -> Around:
    """What stands about time `i` of the `mentions` in a text; `days` says where its days stand."""
    start, end = mentions[i].span
    low, high = sentence.span if sentence else (max(0, start - 80), end + 60)
    line_start = text.rfind("\n", 0, start) + 1
    if opens_line(text, start) and text[:line_start].rstrip()[-1:] not in ":,":
        low = max(low, line_start)  # what the line above says is of its own time
    if i and mentions[i - 1].span[1] <= start:
        low = max(low, mentions[i - 1].span[1])
    later = (mention.span[0] for mention in mentions[i + 1 :] if mention.span[0] >= end)
    following = next(later, len(text))
    tail = text[end : min(high, following, end + 70)].lstrip(" \t-–—:|,")
    opened = tail.rfind("(")
    if opened > tail.rfind(")"):
        tail = tail[:opened]  # "17:45 (doors open at 17:30)": what it holds is of the next time
    clause = _CLAUSE.search(tail)
    parted = text[end : end + 1] == ","
    first, last = _with_its_day(mentions, i)
    around = Around(
        plain(text[max(low, start - 90) : start]),
        plain(tail[: clause.start()] if clause else tail),
        _label_above(text, start, low),
        following < high,
        parted,
        plain(text[end : min(following, end + 70)].partition("\n")[0]).lstrip(" -–—:|,("),
        parted and clause is None and following <= min(high, end + 70),
        _clause_before(text, mentions, i, low, first, cues),
        *_clause_behind(text, last, min(high, max(last, following))),
        *_before_day(text, mentions[i], low, days),
    )
    if around.day and _is_apart(text, start, days, cues):
        return replace(around, led="", day="")
    return around


def _before_day(
    text: str, mention: TimeMention, low: int, days: Sequence[tuple[int, int]]
) -> tuple[str, str]:
    """ "to put off our talk of | Tuesday 3 March at 9": the words before the day of a time.

    However long the day is written, they are as near to it as to the time.
    """
    start, whole = mention.span[0], mention.whole or mention.span
    at = bisect_right(days, (start, 0)) - 1
    if at < 0 or days[at][0] < low or not 0 <= start - days[at][1] <= _TO_TIME:
        return "", ""
    since = days[at][0]
    if at and days[at - 1][0] >= low and since - days[at - 1][1] <= _SAME_DAY:
        since = days[at - 1][0]  # Portuguese "segunda, dia 22"
    if low <= whole[0] < since:
        since = whole[0]  # "Monday instead of Thursday, 1 pm" is on Monday
    return plain(text[max(low, since - 90) : since]), plain(text[since:start])


def _is_apart(text: str, start: int, days: Sequence[tuple[int, int]], cues: Cues) -> bool:
    """Whether more than small words part a time from its day, or that is a stretch of days.

    The words of "from Tuesday to Thursday at 3", read as one, tell old from new themselves.
    """
    at = bisect_right(days, (start, 0)) - 1
    small = cues.patterns["row_words"]
    between = _WORDS.findall(plain(text[days[at][1] : start]))
    if not all(small.fullmatch(word) for word in between):
        return True
    return cues.find("onto", plain(text[slice(*days[at])]))


_SAME_DAY = 2  # characters of ", "

_TO_TIME = 14  # characters of ", o godzinie "


def _with_its_day(mentions: Sequence[TimeMention], i: int) -> tuple[int, int]:
    """Where a time stands with the day beside it, unless another time stands between."""
    mention = mentions[i]
    (start, end), (first, last) = mention.span, mention.whole or mention.span
    others = [m.span for m in (*mentions[max(0, i - 1) : i], *mentions[i + 1 : i + 2])]
    if any(first < other[1] <= start for other in others):
        first = start
    if any(end <= other[0] < last for other in others):
        last = end
    return first, last


def _clause_before(
    text: str, mentions: Sequence[TimeMention], i: int, low: int, first: int, cues: Cues
) -> str:
    """The words before a time, from the day of the one before it, and from what gives that one up."""
    last = mentions[i - 1].whole if i else None
    if last is not None and low <= last[1] <= first:
        low = last[1]
    before = plain(text[max(low, first - 90) : first])
    clause = _CLAUSE.search(before)
    told = i > 0 and clause is not None and mentions[i - 1].span[1] <= low
    if clause is not None and told and cues.find("gone", before[: clause.start()]):
        return before[clause.end() :]  # "as 4pm is no longer possible, we have put you in for 5"
    return before


def _clause_behind(text: str, last: int, high: int) -> tuple[str, bool]:
    """The words behind a time to the end of their clause, and whether they go on to the next time."""
    said = text[last : min(high, last + 70)].lstrip(" \t-–—:|,)")
    clause = _CLAUSE.search(said)
    return plain(said[: clause.start()] if clause else said), clause is None and high <= last + 70


def _label_above(text: str, start: int, low: int) -> str:
    """ "Former time:\\nThursday at 10": the label on the line above a time's own."""
    line_start = text.rfind("\n", 0, start) + 1
    if line_start < low - 1 or not line_start:
        return ""
    above = text[max(0, line_start - _LABEL) : line_start].rstrip()
    return plain(above[above.rfind("\n") + 1 :]) if above.endswith(":") else ""


_LABEL = 40  # characters of a label on a line of its own


def opens_line(text: str, start: int) -> bool:
    """Whether nothing but a date and small words goes before on a line of several."""
    line_start = text.rfind("\n", 0, start) + 1
    head = text[max(line_start, start - 80) : start]
    if "\n" not in text or len(head) >= 45:
        return False
    if _DATE_HEAD.fullmatch(_DAY_WORDS.sub(" ", head)) is None:
        return False
    return _WRAPPED.search(text[max(0, line_start - 20) : line_start]) is None


# "the 5th of April": small words of a date, which make no sentence of it.
_DAY_WORDS = Shape("timetable", r"(?<![^\W_])(?:\d{1,2}<nth>|<dated>)(?![^\W_])", caseless=True)

# "we really do finish at" at the end of the line above: a long line goes on with its time.
_WRAPPED = Shape("timetable", r"<wraps>\n$", caseless=True)
