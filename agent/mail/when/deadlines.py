"""From phrases to days: every day of a text, and every window by its last day.

`deadline` is decided by the words around a day: a limit before it ("by", "no later
than", "before", which means the day before), a close ("EOD Friday", "close of
business on the 4th"), "at the latest" behind it, or a window as such ("next week",
"3–5 March", "within two days").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.mail.when import reckon
from agent.mail.when.distance import distance
from agent.mail.when.exact import told_exactly
from agent.mail.when.mentions import DayMention
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Closing, Day, DayPart, Period, Phrase, Zone
from agent.mail.when.tokens import Atom
from agent.mail.when.vocabulary import Limit, Unit

MOST_DAYS = 300
_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_STEPS_BACK = 10  # atoms and phrases between a limit and its day


@dataclass(frozen=True, slots=True)
class _Reach:
    """The words of one mention: phrases `place` to `place_end`, atoms `first` to `last`."""

    place: int
    place_end: int
    first: int
    last: int
    limit: Limit | None
    closed: bool  # a close or "at the latest" goes with it


def read_days(page: Page) -> tuple[DayMention, ...]:
    """Every day and window of a page, in text order."""
    found: list[DayMention] = []
    place = 0
    while place < len(page.phrases) and len(found) < MOST_DAYS:
        phrase = page.phrases[place]
        if isinstance(phrase, Day | Period):
            reach = _reach(page, place)
            found.extend(_mentions(page, reach, phrase, page.phrases[reach.place_end]))
            place = reach.place_end
        elif isinstance(phrase, Closing) and _stands_for_today(page, place):
            start, end = page.span(phrase.first - 1, phrase.last)
            found.append(DayMention(page.setting.today, (start, end), page.text[start:end], True))
        place += 1
    return tuple(told_exactly(page, found))


def _reach(page: Page, place: int) -> _Reach:
    first, limit = _limit_before(page, place)
    end = _range_end(page, place, limit)
    last = page.phrases[end].last
    latest = _latest_after(page, last)
    closed = latest > last or _is_closed(page, place, end)
    return _Reach(place, end, first, latest, limit, closed)


def _mentions(page: Page, reach: _Reach, phrase: Day | Period, final: Phrase) -> list[DayMention]:
    """What a phrase, a range of them, or a limit's list of them comes to."""
    if isinstance(phrase, Day) and reach.place == reach.place_end:
        return _of_day(page, reach, phrase)
    day, deadline = _last_day(final), True
    if reach.limit == Limit.BEFORE:
        day = _day_before(page, phrase)
    elif reach.limit == Limit.AFTER and isinstance(phrase, Period):
        weekend = phrase.unit == Unit.WEEKEND  # "after the weekend" is Monday
        day, deadline = (day + _ONE_DAY, True) if weekend else (day, False)
    return [_mention(page, reach, day, deadline, phrase)]


def _of_day(page: Page, reach: _Reach, day: Day) -> list[DayMention]:
    """One mention a day; a stretch of days, or a list under a limit, is one by its end."""
    if day.faint and not _has_company(page, reach):
        return []
    days = day.days
    if reach.limit == Limit.BEFORE:
        days = (days[0] - _ONE_DAY,)
    elif day.stretch or reach.limit is not None:
        days = days[-1:]
    limited = reach.limit in (Limit.BY, Limit.BEFORE) or reach.closed
    deadline = limited or day.stretch or day.limited or day.after
    return [_mention(page, reach, each, deadline, day) for each in days]


def _mention(
    page: Page, reach: _Reach, day: date, deadline: bool, phrase: Day | Period
) -> DayMention:
    start, end = page.span(reach.first, reach.last)
    text = page.text[start:end]
    week = isinstance(phrase, Period) and _is_this_week(page, phrase)
    bare = isinstance(phrase, Day) and phrase.weekday is not None and not phrase.past
    return DayMention(
        day,
        (start, end),
        text,
        deadline,
        phrase.doubts,
        phrase.counted,
        week=week or bare,
        weekday=bare,
        eve=reach.limit == Limit.BEFORE and isinstance(phrase, Day),
        numbered=isinstance(phrase, Day) and phrase.numbered,
    )


def _is_this_week(page: Page, window: Period) -> bool:
    named = window.unit in (Unit.WEEK, Unit.WEEKEND) and not window.counted
    return named and reckon.monday_of(window.day) == reckon.monday_of(page.setting.today)


def _last_day(phrase: Phrase) -> date:
    """The last day of a day or a period."""
    if isinstance(phrase, Period):
        return phrase.day
    return phrase.days[-1] if isinstance(phrase, Day) else date.min


def _day_before(page: Page, phrase: Day | Period) -> date:
    """The last day before a day or a period; before its end is still in it.

    "Before the weekend", said on a Sunday, is before the next one.
    """
    if isinstance(phrase, Day):
        return phrase.days[0] - _ONE_DAY
    over = phrase.eve is not None and phrase.eve < page.setting.today
    if over and phrase.unit == Unit.WEEKEND and phrase.eve:
        return phrase.eve + _WEEK
    return phrase.eve or phrase.day


# -- limits -------------------------------------------------------------------

_LIMIT_STEPS = frozenset(("the", "on", "of", "about", "at", "label", "daynumber"))
_LIMIT_SIGNS = ":(,*|"


def _limit_before(page: Page, place: int) -> tuple[int, Limit | None]:
    """The limit that governs a phrase, and the atom where its words begin.

    Between the two may stand small words, a clock time with its zone ("by 5pm on
    Friday"), a close ("by close of business on Friday"), and signs after a label
    ("Deadline: Friday").
    """
    begin = at = page.phrases[place].first
    own = page.atoms[at]
    if "limit" in own.classes:  # the rule took the limit in: "by March"
        return at, _limit(page, at, place, False)
    back, within_day = place - 1, False
    for _ in range(_STEPS_BACK):
        at -= 1
        if at < 0:
            break
        stepped = page.phrases[back] if back >= 0 else None
        if stepped is not None and at == stepped.last - 1:
            if not isinstance(stepped, Clock | Zone | Closing | DayPart):
                break
            at, back = stepped.first, back - 1
            begin = at if isinstance(stepped, Closing) else begin
            within_day = True
        elif _leads_as_eve(page, at, own):
            return at, Limit.BEFORE
        elif "limit" in page.atoms[at].classes:
            if _is_eve(page, at):
                break
            return at, _limit(page, at, place, within_day)
        elif not _is_step(page, at, own):
            break
    return begin, None


def _leads_as_eve(page: Page, at: int, own: Atom) -> bool:
    """ "by the day before Thanksgiving", "la veille du 14": one word with its "before"."""
    if "dayahead" not in page.atoms[at].classes or page.atoms[at].sentence != own.sentence:
        return False
    between = page.atoms[at + 1 : at + _STEPS_BACK]
    return all(atom.low not in _LIMIT_SIGNS for atom in between if atom.start < own.start)


def _is_eve(page: Page, at: int) -> bool:
    """ "the day before, on the 14th": the word ends what stands before it."""
    if page.atoms[at].classes["limit"] != Limit.BEFORE or not at:
        return False
    unit, after = page.atoms[at - 1], page.atoms[at + 1]
    return after.low in ",(" and bool({"unit", "part"} & unit.classes.keys())


def _limit(page: Page, at: int, place: int, within_day: bool) -> Limit:
    """What the limit says of the day: "before noon on Friday" and "before Friday evening" are by Friday."""
    limit = Limit(page.atoms[at].classes["limit"])
    if limit != Limit.BEFORE:
        return limit
    day = page.phrases[place]
    if isinstance(day, Day) and day.part is not None:
        return Limit.BY  # Dutch "voor maandagavond"
    if _is_denied(page, at) or _is_denied_behind(page, at, day) or _is_over(page, day):
        return Limit.BY
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if isinstance(day, Day) and isinstance(after, DayPart | Clock) and not _is_word(page, after):
        far = distance(page, day.last, after.first)
        most = _TO_THE_MINUTE if isinstance(after, Clock) and not after.faint else 1
        within_day = within_day or (far is not None and far <= most)
    return Limit.BY if within_day else limit


def _is_denied(page: Page, at: int) -> bool:
    """ "You won't hear before Tuesday", "nothing will happen before June": that day at the earliest."""
    sentence = page.atoms[at].sentence
    ahead = page.atoms[max(0, at - _DENIED_WITHIN) : at]
    return any("nay" in atom.classes and atom.sentence == sentence for atom in ahead)


def _is_denied_behind(page: Page, at: int, day: Phrase) -> bool:
    """ "Vor dem 20. tut sich nichts", "Voor de 20e hoef je niks te verwachten": at its opening."""
    before = page.atoms[at - 1] if at else None
    sentence = page.atoms[at].sentence
    if before is not None and "and" in before.classes and at > 1:
        before = page.atoms[at - 2]  # "…, und vor dem 20. tut sich nichts"
    inside = before is not None and before.sentence == sentence and before.low not in ",;:-"
    if inside and before is not None and not page.setting.words.shows("thus", before.low):
        return False
    for atom in page.atoms[day.last : day.last + _DENIED_WITHIN]:
        if atom.low in _CLAUSE_ENDS or atom.sentence != sentence:
            return False
        if "nay" in atom.classes:
            return True
    return False


def _is_over(page: Page, day: Phrase) -> bool:
    """ "before Friday is out": on that Friday."""
    return day.last < len(page.atoms) and "over" in page.atoms[day.last].classes


def _is_word(page: Page, clock: Phrase) -> bool:
    """ "avant mardi l'un des horaires": a bare number in letters is no hour behind a day."""
    faint = isinstance(clock, Clock) and clock.faint
    return faint and not page.atoms[clock.first].text[:1].isdigit()


_CLAUSE_ENDS = frozenset(",;:.!?")
_TO_THE_MINUTE = 2  # a comma: "before: September 12, 2026, 11:59 PM" is by that day
_DENIED_WITHIN = 7  # atoms from a denial to the limit that it turns round


def _is_step(page: Page, at: int, own: Atom) -> bool:
    """Whether an atom may stand between a limit and its day."""
    atom = page.atoms[at]
    if own.line - atom.line > 1:
        return False
    return atom.low in _LIMIT_SIGNS or bool(_LIMIT_STEPS & atom.classes.keys())


def _latest_after(page: Page, last: int) -> int:
    """ "Friday at the latest": where the words end, or `last` where there are none."""
    ahead = last + 1 if last < len(page.atoms) and page.atoms[last].low == "," else last
    if ahead < len(page.atoms) and "latest" in page.atoms[ahead].classes:
        return ahead + 1
    return last


def _is_closed(page: Page, place: int, place_end: int) -> bool:
    """ "EOD Friday", "close of business on the 4th", "Friday COB"."""
    before = page.phrases[place - 1] if place else None
    if isinstance(before, Closing):
        far = distance(page, before.last, page.phrases[place].first)
        if far is not None and far <= 2:
            return True
    after = page.phrases[place_end + 1] if place_end + 1 < len(page.phrases) else None
    return isinstance(after, Closing) and _is_beside(page.between(page.phrases[place_end], after))


def _is_beside(gap: Sequence[Atom]) -> bool:
    """Whether a close and a day belong together: "Friday by EOD", "EOD on Friday"."""
    small = {"limit", "at", "on", "of", "the"}
    return len(gap) <= 2 and all(atom.low in ",(" or small & atom.classes.keys() for atom in gap)


def _stands_for_today(page: Page, place: int) -> bool:
    """ "by EOD" with no day beside it."""
    closing = page.phrases[place]
    before = page.atoms[closing.first - 1] if closing.first else None
    if before is None or "limit" not in before.classes:
        return False
    left = page.phrases[place - 1] if place else None
    right = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if isinstance(left, Day | Period) and _is_beside(page.between(left, closing)):
        return False
    return not (isinstance(right, Day | Period) and _is_beside(page.between(closing, right)))


# -- ranges and lists ---------------------------------------------------------


def _range_end(page: Page, place: int, limit: Limit | None) -> int:
    """The phrase that ends a range or, under a limit, a list of days or windows."""
    last = place
    while last + 1 < len(page.phrases) and _goes_on(page, place, last, limit):
        last += 1
    return last


def _goes_on(page: Page, place: int, last: int, limit: Limit | None) -> bool:
    """Whether the next phrase is the end of a range ("–", "to"), or the next of a list ("or")."""
    left, right = page.phrases[last], page.phrases[last + 1]
    if not isinstance(right, Day | Period) or _last_day(right) < _last_day(left):
        return False
    gap = page.between(left, right)
    joining = {"range", "or", "and", "the", "on", "to"}
    if not 0 < len(gap) <= 2 or not all(joining & atom.classes.keys() for atom in gap):
        return False
    if gap[0].capital and page.atoms[left.last - 1].low == ".":
        return False  # "am 10. März. Bis Ende der Woche ..."
    head = gap[0].classes
    if "range" in head or ("and" in head and _follows_between(page, place)):
        return True
    windows = isinstance(left, Period) and isinstance(right, Period)
    return "or" in head and "and" not in head and (limit is not None or windows)


def _follows_between(page: Page, place: int) -> bool:
    first = page.phrases[place].first
    return any("between" in atom.classes for atom in page.atoms[max(0, first - 2) : first])


# -- figures that are a day only in company -----------------------------------


def _has_company(page: Page, reach: _Reach) -> bool:
    """Whether "3/4" is a day: a limit or "on" before it, or a time beside it."""
    day = page.phrases[reach.place]
    if reach.limit is not None or (day.first and "on" in page.atoms[day.first - 1].classes):
        return True
    before = page.phrases[reach.place - 1] if reach.place else None
    if isinstance(before, Day | Period) and _is_in_brackets(page, before, day):
        return True
    after = page.phrases[reach.place + 1] if reach.place + 1 < len(page.phrases) else None
    return (isinstance(before, Clock) and not before.faint and _is_near(page, before, day)) or (
        isinstance(after, Clock) and not after.faint and _is_near(page, day, after)
    )


def _is_in_brackets(page: Page, before: Phrase, day: Phrase) -> bool:
    """ "by the Wednesday before Thanksgiving (11/25)"."""
    between = page.between(before, day)
    closed = day.last < len(page.atoms) and page.atoms[day.last].low == ")"
    return closed and len(between) == 1 and between[0].low == "("


def _is_near(page: Page, left: Phrase, right: Phrase) -> bool:
    far = distance(page, left.last, right.first)
    return far is not None and far <= 3
