"""Which of a mail's days binds whom: the day by which they decide, and the day by which the user acts.

A day is theirs where it stands with words of deciding or telling ("you will hear by Friday"),
the user's where it stands with words that ask something of them ("please sign by Friday").
The kind of the mail leans one way: an update tells of their days, a task or an offer of the
user's. Days on which work begins, history, and days that hold only if something else happens
bind nobody.

What a day's signs say together is weighed by a small net (`agent.mail.day_weights`), which
`python -m training.days` fits to the labelled mails. Signs are how a day is worded, the lists of
`agent/lexicon/timing/*.toml` that stand beside it, and the words themselves.
"""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from agent.domain.facts import Kind
from agent.lexicon.shapes import Shape
from agent.mail.acts import Sentence
from agent.mail.cues import Cues, last_clause, plain
from agent.mail.day_weights import shares
from agent.mail.signals import Signals
from agent.mail.when import DayMention

MAX_DAYS = 25  # days of a mail that are looked at: of 12,640 mails the most is eleven
THEIRS_FROM, USERS_FROM = 0.3, 0.48  # the shares from which a day is taken to bind somebody
_CLOCK = Shape("timetable", r"\b\d{1,2}(?:[:.h]\d\d)?\s?(?:<halves>|<o_clock>|<h>)?\b")
_TIMED = Shape("timetable", r"\b\d{1,2}(?:[:.]\d\d|\s?<halves>|\s?<o_clock>|<h>)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!:]")
_AHEAD = (1, 3, 15, 45, 120)  # days from the mail, by which near and far are told apart
_SIGNS = " .!,"
_STEM = (
    5  # letters: "decides", "decision" and "decided" say the same, and so do other languages' forms
)

# Kinds that use days alike; no other kind has days that bind.
_GROUPS = {
    Kind.STATUS_UPDATE: "update",
    Kind.APPLICATION_RECEIVED: "received",
    Kind.ASSESSMENT: "task",
    Kind.OFFER: "offer",
    Kind.INTERVIEW_REQUEST: "request",
    Kind.INTERVIEW_CONFIRMED: "talk",
    Kind.INTERVIEW_RESCHEDULED: "talk",
    Kind.INTERVIEW_CANCELLED: "talk",
    Kind.RECRUITER_OUTREACH: "outreach",
}
_TELLING, _DUTIES = ("inform", "decide", "patience"), ("duty", "expires")
_LISTS = (
    "inform", "decide", "theirs", "duty", "patience", "absent", "meetings", "begins", "never",
    "undecided", "around", "promised", "delivers", "expires",
)  # fmt: skip
_NEAR = ("begins", "since", "window", "at_latest", "absent", "elsewhere", "patience", "expires")


@dataclass(frozen=True, slots=True)
class _Said:
    """The words about one day, as `plain` spells them, and how it is worded."""

    before: str  # from the day before it, or the beginning of the sentence
    after: str
    sentence: str
    own: str
    limit: bool  # "by Friday", "this week": a limit or a window
    strict: bool  # "by Friday" alone
    until: bool  # "until Friday"
    asks: bool  # whether the sentence is a question
    further: bool  # whether another day follows in the sentence
    counted: bool  # from another day of the text: "that evening", "a week later"
    timed: bool  # whether a clock time stands beside it
    weekday: bool  # a weekday alone


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a day lies: from the mail, and from the talks that are to come."""

    day: date
    ahead: int  # days from the mail
    talks: tuple[date, ...]  # in order
    moved: str  # "on" to the week of the talk or past it, or to the month of the day before it, or "back"

    @property
    def among(self) -> str:
        """ "after", "within" or "before" the talks, or nothing where there are none."""
        if not self.talks:
            return ""
        after, before = self.day > self.talks[-1], self.day < self.talks[0]
        return "after talks" if after else "before talks" if before else "within talks"


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
    theirs: list[tuple[float, date]] = []
    users: list[tuple[float, date]] = []
    for day, signs in signs_in(signals, kind, text, days, cues, talks):
        they, user = shares(signs)
        if they >= max(THEIRS_FROM, user):
            theirs.append((they, day))
        elif user >= USERS_FROM:
            users.append((user, day))
    return _best(theirs), _best(users)


def signs_in(
    signals: Signals,
    kind: Kind,
    text: str,
    days: Iterable[DayMention],
    cues: Cues,
    talks: Collection[date] = (),
) -> Iterator[tuple[date, list[str]]]:
    """Every day of a text that is not over, with its signs; arguments as of `days_in`."""
    sent = _sent(signals)
    if kind not in _GROUPS or sent is None:
        return
    mentions = [day for day in days if day.day >= sent][:MAX_DAYS]
    ahead = sorted(day for day in talks if day >= sent)
    for i, mention in enumerate(mentions):
        said = _said(text, mentions, i, signals.found, cues)
        if said is None:
            continue
        for day in _meant(mention, mentions[i - 1].day if i else sent, sent, ahead):
            moved = "on" if day > mention.day else "back" if day < mention.day else ""
            placed = _Placed(day, (day - sent).days, tuple(ahead), moved)
            yield day, list(_signs(said, placed, kind, cues))


def _meant(mention: DayMention, before: date, sent: date, talks: Sequence[date]) -> Iterator[date]:
    """The day named and, where that is before the talk, the first such day from the talk on.

    "We meet next Tuesday, and you'll know before the week is out", "you'll know by Friday": nobody
    decides before a talk. A day of a month left out may be of the month named before it: "The
    merger completes on 1 July; I'm aiming for the 10th". A weekday that is taken for the day of
    that name told before may be the coming one as well: "You'd start on 16 November. The contract
    reaches you on Monday".
    """
    yield mention.day
    if mention.numbered and (before.year, before.month) > (mention.day.year, mention.day.month):
        with suppress(ValueError):  # "the 31st", said after a day of June
            yield mention.day.replace(year=before.year, month=before.month)
    if mention.weekday and (mention.day - sent).days > _WEEK_DAYS:
        yield sent + timedelta(days=(mention.day - sent).days % _WEEK_DAYS or _WEEK_DAYS)
    if mention.week and talks and talks[0] > mention.day:
        weeks = -(-(talks[0] - mention.day).days // _WEEK_DAYS)
        yield mention.day + timedelta(weeks=weeks)


_WEEK_DAYS = 7


def _sent(signals: Signals) -> date | None:
    sent = signals.mail.date or signals.mail.received
    return sent.date() if sent else None


def _best(days: list[tuple[float, date]]) -> date | None:
    """The day that is likeliest; of equals the last in the text, which is the most exact."""
    return max(enumerate(days), key=lambda item: (item[1][0], item[0]))[1][1] if days else None


# -- the signs ----------------------------------------------------------------------------------


def _said(
    text: str,
    mentions: Sequence[DayMention],
    i: int,
    found: Iterable[Sentence],
    cues: Cues,
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
        plain(sentence.text[:_LONGEST]),
        own,
        limit=strict or mentions[i].deadline,
        strict=strict,
        until=cues.find("until", own) or cues.closes("until", before, 2),
        asks=sentence.asks,
        further=further,
        counted=mentions[i].counted,
        timed=_TIMED.search(f"{before[-16:]}|{after[:16]}") is not None,
        weekday=mentions[i].weekday,
    )


_LONGEST = 2_000  # characters of one sentence; a person ends it long before


def _signs(said: _Said, placed: _Placed, kind: Kind, cues: Cues) -> Iterable[str]:
    """What speaks for or against a day, as the weights name it.

    Each sign counts by itself, and again with the kind of the mail: "by Friday" in an offer is
    the user's day, in an update theirs.
    """
    group = _GROUPS[kind]
    yield group
    signs = dict.fromkeys((*_wording(said, placed), *_cued(said, cues)))
    for sign in (*signs, *_together(signs)):
        yield sign
        yield f"{sign}, {group}"
    yield from dict.fromkeys(_spoken(said))


def _together(signs: Collection[str]) -> Iterable[str]:
    """What is said last, how the day is worded and where it lies, two and two.

    "By Friday" asks something before a talk and promises something after it.
    """
    talk = _first(signs, ("told last", "asked last"), "nothing said")
    wording = _first(signs, ("until", "strict", "limit"), "bare")
    yield f"{talk} + {wording}"
    yield f"{talk} + {_first(signs, _AMONG, 'no talks')}"
    yield f"{wording} + {_first(signs, _AMONG, 'no talks')}"
    yield f"{talk} + {_first(signs, ('its talk', 'its talk with time', 'time'), 'no time')}"
    yield f"{wording} + {_first(signs, ('opens', 'ends', 'alone'), 'amid')}"


_AMONG = ("after talks", "before talks", "within talks")


def _first(signs: Collection[str], names: Iterable[str], otherwise: str) -> str:
    """The first of the names that is among the signs."""
    return next((name for name in names if name in signs), otherwise)


def _spoken(said: _Said) -> Iterable[str]:
    """The words themselves, one by one, in pairs and by their beginnings.

    Those right before a day count once more, and so do the beginnings wherever they stand.
    """
    before, after = _words(said.before)[-9:], _words(said.after)[:6]
    for place, words in (("<", before), (">", after)):
        for word, following in zip_longest(words, words[1:]):
            yield f"{place}{word}"
            if following is not None:
                yield f"{place}{word} {following}"
        for word in words:
            if len(word) > _STEM:
                yield f"{place}{word[:_STEM]}~"
    for word in before[-2:]:
        yield f"<<{word}"
    for word in (*_words(said.before), *_words(said.after)):
        yield f"~{word[:_STEM]}"
    for word in _words(said.own):
        yield f"={word}"


def _words(text: str) -> list[str]:
    """The words of a text, any number being "#"."""
    return ["#" if word.isdigit() else word for word in _WORD.findall(text)]


def _wording(said: _Said, placed: _Placed) -> Iterable[str]:
    """How a day is worded, how far away it is, and what it stands with."""
    yield f"ahead {bisect(_AHEAD, placed.ahead)}"
    if placed.among:
        yield placed.among
    for name in ("limit", "strict", "until", "asks", "further", "counted", "weekday"):
        if getattr(said, name):
            yield name
    if placed.moved:
        yield f"moved {placed.moved}"
    if placed.day in placed.talks:
        yield "its talk with time" if said.timed else "its talk"
    elif said.timed:
        yield "time"
    opens, ends = not said.before.strip(_SIGNS), not said.after.strip(_SIGNS)
    if opens:
        yield "alone" if ends else "opens"
    elif ends:
        yield "ends"


def _cued(said: _Said, cues: Cues) -> Iterable[str]:
    """The lists whose words stand before and after a day; the clause beside it apart."""
    clause = last_clause(said.before)
    near = f"{clause[-28:]}{said.own}"
    for name in _LISTS:
        if cues.find(name, said.before):
            yield f"{name} before" if cues.find(name, clause) else f"{name} further before"
        if cues.find(name, said.after):
            yield f"{name} after"
    for name in _NEAR:
        if cues.find(name, near):
            yield f"{name} near"
    acts, theirs = cues.find("acts", said.before), _by_them(said.before, cues)
    if acts:
        yield "they act" if theirs else "act"
    if cues.find("condition", said.sentence):
        yield "condition"
    told = max(cues.last(name, said.before) for name in _TELLING)
    asking = _DUTIES if theirs else (*_DUTIES, "acts")  # "the board means to choose by"
    asked = max(cues.last(name, said.before) for name in asking)
    if max(told, asked) >= 0:
        yield "told last" if told > asked else "asked last"


def _by_them(before: str, cues: Cues) -> bool:
    """Whether the last deed before a day is theirs: "the client wants to choose by"."""
    at = cues.last("acts", before)
    if at < 0:
        return False
    clause = before[max(0, at - 30) : at]
    return cues.find("agent", clause) and not cues.find("duty", clause)
