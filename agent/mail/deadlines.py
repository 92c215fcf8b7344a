"""Which of a mail's days binds whom: the day by which they decide, and the day by which the user acts.

A day is theirs where it stands with words of deciding or telling ("you will hear by Friday"),
the user's where it stands with words that ask something of them ("please sign by Friday").
The kind of the mail leans one way: an update tells of their days, a task or an offer of the
user's. Days on which work begins, history, and days that hold only if something else happens
bind nobody.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.domain.facts import Kind
from agent.mail.acts import Sentence
from agent.mail.cues import Cues, plain
from agent.mail.signals import Signals
from agent.mail.when import DayMention

MAX_DAYS = 40  # days of a mail that are looked at
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]\d\d)?\s?(?:am|pm|uhr|uur|h)?\b")
FAR = timedelta(days=120)  # a day beyond is hardly one that somebody waits for
ENOUGH = 2.5  # the points from which a day binds somebody

# How far a mail of a kind leans to (their days, the user's days).
_LEANING = {
    Kind.STATUS_UPDATE: (1.0, -1.5),
    Kind.APPLICATION_RECEIVED: (0.7, -1.5),
    Kind.ASSESSMENT: (-2.0, 1.0),
    Kind.OFFER: (-2.0, 1.0),
    Kind.INTERVIEW_REQUEST: (-1.5, 1.0),
    Kind.INTERVIEW_CONFIRMED: (-0.5, -0.5),
    Kind.INTERVIEW_RESCHEDULED: (-1.0, -0.5),
    Kind.INTERVIEW_CANCELLED: (-1.0, -1.0),
    Kind.RECRUITER_OUTREACH: (-2.0, -1.0),
}
_ASKING = frozenset({Kind.ASSESSMENT, Kind.OFFER, Kind.INTERVIEW_REQUEST})
_TALKING = frozenset({Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED})


@dataclass(frozen=True, slots=True)
class _Said:
    """The words about one day, as `plain` spells them, and how it is worded."""

    before: str  # from the day before it, or the beginning of the sentence
    after: str
    sentence: str
    limit: bool  # "by Friday", "this week": a limit or a window
    strict: bool  # "by Friday" alone
    until: bool  # "until Friday"
    asks: bool  # whether the sentence is a question
    further: bool  # whether another day follows in the sentence
    own: str


def days_in(
    signals: Signals,
    kind: Kind,
    text: str,
    days: Iterable[DayMention],
    cues: Cues,
    talks: Collection[date] = (),
) -> tuple[date | None, date | None]:
    """(the last day by which they decide or write, the last day by which the user is to act).

    `days` are those of `text`, the new text of a mail of that kind; `cues` its language's;
    `talks` the days of the interviews that it names.
    """
    if kind not in _LEANING:
        return None, None
    theirs: list[tuple[float, date]] = []
    users: list[tuple[float, date]] = []
    mentions = [day for day in days if not _over(day, signals)][:MAX_DAYS]
    for i, mention in enumerate(mentions):
        said = _said(text, mentions, i, signals.found, cues)
        if said is None:
            continue
        they, user = _pull(said, kind, cues)
        if mention.day in talks and not said.strict:
            they, user = they - 2.0, user - 2.0  # "I will ring you on Friday at 11" is the talk
        sent = _sent(signals)
        if sent and mention.day == sent:
            they -= 2.0  # "I undertook to write by today"
        if sent and mention.day - sent > FAR:
            they, user = they - 2.0, user - 2.0  # a contract's end, a year as a whole
        if they >= ENOUGH and they > user:
            theirs.append((they, mention.day))
        elif user >= ENOUGH:
            users.append((user, mention.day))
    return _best(theirs), _best(users)


def _sent(signals: Signals) -> date | None:
    sent = signals.mail.date or signals.mail.received
    return sent.date() if sent else None


def _over(mention: DayMention, signals: Signals) -> bool:
    sent = _sent(signals)
    return sent is not None and mention.day < sent


def _best(days: list[tuple[float, date]]) -> date | None:
    """The day that is pulled hardest; of equals the last in the text, which is the most exact."""
    return max(enumerate(days), key=lambda item: (item[1][0], item[0]))[1][1] if days else None


def _said(
    text: str, mentions: Sequence[DayMention], i: int, found: Iterable[Sentence], cues: Cues
) -> _Said | None:
    start, end = mentions[i].span
    sentence = next((s for s in found if s.span[0] <= start < s.span[1]), None)
    if sentence is None:
        return None
    low, high = sentence.span
    if i and low < mentions[i - 1].span[1] <= start:
        low = mentions[i - 1].span[1]
    further = i + 1 < len(mentions) and end <= mentions[i + 1].span[0] < high
    if further:
        high = mentions[i + 1].span[0]
    before = plain(text[max(low, start - 110) : start])
    own = plain(text[start:end])
    window = cues.find("window", f"{before[-14:]}{own}")
    after = plain(text[end : min(high, end + 80)])
    untimed = _CLOCK.sub("", before)  # "not later than 17:00 on Monday"
    limit = cues.find("limit", own) or cues.closes("limit", untimed, 1 + 2 * (untimed != before))
    ends = cues.closes("expires", before[-60:], 3) or cues.find("at_latest", after[:16])
    strict = not window and (limit or ends)
    return _Said(
        before,
        after,
        plain(sentence.text),
        limit=strict or mentions[i].deadline,
        strict=strict,
        until=cues.find("until", own) or cues.closes("until", before, 2),
        asks=sentence.asks,
        further=further,
        own=own,
    )


def _pull(said: _Said, kind: Kind, cues: Cues) -> tuple[float, float]:
    """How strongly a day belongs to them, and to the user."""
    they, user = _LEANING[kind]
    inform, duty = _told_and_asked(said, cues)
    decides = _beside("decide", said, cues, before=1.5, after=1.5)
    they += inform + decides + 1.0 * said.limit
    they += _beside("theirs", said, cues, before=0.7, after=0.3) + 0.3 * said.strict
    user += duty + 1.0 * said.strict
    if said.until and not (inform or decides):
        they -= 1.0  # "I am in court until Friday"
    if said.until and cues.find("never", said.before):
        they -= 2.0  # "nothing can be said until they vote"
    if not inform and cues.find("meetings", f"{said.before[-45:]} {said.after[:30]}"):
        they -= 1.5  # "we anticipate interviews in March"
    if not inform and cues.find("never", said.after):
        they -= 1.0  # "back on Monday, and it isn't my decision"
    if said.limit and not f"{said.before}{said.after}".strip(" .!"):
        they += 0.6  # "Two more weeks."
    if duty and not inform:
        they -= 1.5  # "take the weekend to decide, and let me know"
    vague = said.until and kind is Kind.INTERVIEW_REQUEST  # "she is here until Friday"
    if kind in _ASKING and said.strict and not vague and (said.asks or not inform):
        user += 0.5  # "your papers are due back Friday" asks without a word of asking
    if said.limit and not said.strict and kind is not Kind.ASSESSMENT:
        user -= 1.5  # "some times over the next two weeks" asks for times, not by when
    if kind in _TALKING and not said.strict:
        user -= 2.0  # the days of the talk itself
    against = _against(said, cues)
    return they - against, user - against


def _told_and_asked(said: _Said, cues: Cues) -> tuple[float, float]:
    """How far words of telling, and words of asking, stand with the day; the nearer go before."""
    inform = _beside("inform", said, cues, before=2.0, after=0.5 if said.further else 1.5)
    duty = _beside("duty", said, cues, before=2.0, after=1.5)
    told, asked = cues.last("inform", said.before), cues.last("duty", said.before)
    if min(told, asked) >= 0:
        return (inform, duty / 2) if told >= asked else (inform / 2, duty)
    return inform, duty


def _beside(name: str, said: _Said, cues: Cues, *, before: float, after: float) -> float:
    if cues.find(name, said.before):
        return before
    return after if cues.find(name, said.after) else 0.0


def _against(said: _Said, cues: Cues) -> float:
    """What speaks against a day's binding anybody: work begins then, or it hangs on something."""
    began = cues.closes("begins", said.before[-50:], 2 if said.strict else 4) or cues.find(
        "begins", said.own
    )
    points = 3.0 if began or cues.closes("since", said.before[-20:], 0) else 0.0
    if cues.find("condition", said.sentence):
        points += 1.5
    if cues.find("elsewhere", said.after[:24]):
        points += 2.0  # "within three weeks of closing" counts from a day that is not told
    return points
