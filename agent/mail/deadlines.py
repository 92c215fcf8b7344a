"""Which of a mail's days binds whom: the day by which they decide, and the day by which the user acts.

A day is theirs where it stands with words of deciding or writing ("you will hear by Friday"),
the user's where it stands with words that ask something of them ("please sign by Friday").
Where neither is said the kind of the mail settles it: an update tells of their days, a task
or an offer of the user's.
"""

import re
from collections.abc import Iterable
from datetime import date

from agent.domain.facts import Kind
from agent.mail.acts import Doing, Sentence
from agent.mail.classify import Signals
from agent.mail.when import DayMention

_THEY = re.compile(
    r"(?i)\b(?:hear|heard|know (?:by|on|whether|before|from)|decid\w+|decision|answer (?:from|by|before|on|within)|an answer|word from|outcome|results?|in touch|get back|gets back|come back|comes back"
    r"|back to you|let (?:you|everyone|all|candidates) know|notified|informed|told|contacted|contact you|(?:ring|call|write|tell|update|reach) (?:to )?you|respond to (?:you|all|every)"
    r"|we (?:usually |will |normally )?(?:respond|reply|revert|decide|review)|shall revert|will revert|we(?: want to|'ll| will)? (?:close|wrap)|aims? to|hop(?:e|ing) to|(?:we|i) expect|we anticipate|anticipated"
    r"|looks? at|sits? down|meets|you(?:'ll| will) (?:have|get|receive|hear|know)|gets an|decide then|start worrying|allow|give (?:us|it|me)|bear with|guess|wrapped up|intention|promised|i write you|start again|wait)\b"
)
_USER = re.compile(
    r"(?i)\b(?:please|kindly|let (?:me|us) know|tell (?:me|us)|confirm|sign|countersign|return (?:it|the|this|by)|acceptance|submit\w*|complete\w*|send (?:me|us|it|whatever|your|over|back)|pick|choose|book|select|snag"
    r"|schedule your|expires?|closes?|closing|valid|open until|it's open|deadline|due|must be|link|task|need (?:a|an|your|it|to|the)|finish|hand in|take the|reaches me|from you|text me|call or write|indicate|could you|can you"
    r"|you have|enough time|up to|would you|respond in writing|reply|fill|rsvp|upload|whenever|return by|share your|by monday\?)\b"
)
_LIMIT = re.compile(
    r"(?i)\b(?:by|before|until|till|later than|within|deadline|expires?|closes?|closing|due|valid|up to|through|end of|stops|tonight|today|enough|from then|days|not after|latest)\b"
)
_ASKING = frozenset({Kind.ASSESSMENT, Kind.OFFER})
_INVITING = frozenset(
    {
        Kind.INTERVIEW_REQUEST,
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
        Kind.RECRUITER_OUTREACH,
    }
)


def days_in(
    signals: Signals, kind: Kind, text: str, days: Iterable[DayMention]
) -> tuple[date | None, date | None]:
    """(the last day by which they decide or write, the last day by which the user is to act)."""
    if kind is Kind.REJECTION:
        return None, None
    theirs: list[tuple[float, date]] = []
    users: list[tuple[float, date]] = []
    for mention in days:
        they, user = _pull(mention, signals, kind, text)
        if they >= 2 and they > user:
            theirs.append((they, mention.day))
        elif user >= 2:
            users.append((user, mention.day))
    return _best(theirs), _best(users)


def _best(days: list[tuple[float, date]]) -> date | None:
    """The day that is pulled hardest; of equals the last in the text, which is the most exact."""
    return max(enumerate(days), key=lambda item: (item[1][0], item[0]))[1][1] if days else None


def _pull(mention: DayMention, signals: Signals, kind: Kind, text: str) -> tuple[float, float]:
    """How strongly a day belongs to them, and to the user; 2 is enough."""
    sentence = next((s for s in signals.found if s.span[0] <= mention.span[0] < s.span[1]), None)
    if sentence is None:
        return 0.0, 0.0
    start, end = mention.span
    limit = (
        bool(_LIMIT.search(text[max(sentence.span[0], start - 25) : end + 12])) or mention.deadline
    )
    before = text[max(sentence.span[0], start - 70) : start]
    exact = 0.3 if _said_limit(text[max(sentence.span[0], start - 10) : end]) else 0.0
    they = _near(_THEY, before, sentence, limit) + exact
    user = _near(_USER, before, sentence, limit) + exact
    if kind is Kind.STATUS_UPDATE or kind is Kind.APPLICATION_RECEIVED:
        they += 0.6
        user -= 0.8
    if kind in _ASKING:
        user += 0.8
    if (
        kind in _INVITING
        and not exact
        and not _said_limit(text[start - 25 if start > 25 else 0 : end])
    ):
        user -= 2.0
    if (
        kind in _INVITING
        and mention.day in {t.mention.start.date() for t in signals.times}
        and not exact
    ):
        they -= 1.0
    if any(not d.states for d in _of(sentence, signals.doings)):
        they -= 0.7
    return they, user


def _near(words: re.Pattern[str], before: str, sentence: Sentence, limit: bool) -> float:
    score = 0.5 if limit else 0.0
    if words.search(before):
        return score + 2.0
    return score + (1.2 if words.search(sentence.text) else 0.0)


def _said_limit(text: str) -> bool:
    return (
        re.search(
            r"(?i)\b(?:by|before|until|till|later than|expires?|closes?|deadline|latest)\b", text
        )
        is not None
    )


def _of(sentence: Sentence, doings: Iterable[Doing]) -> list[Doing]:
    return [d for d in doings if d.sentence.span == sentence.span]
