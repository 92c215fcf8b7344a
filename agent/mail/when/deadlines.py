"""From phrases to days: every day of a text, and every window by its last day.

`deadline` is decided by the words around a day: a limit before it ("by", "no later
than", "before", which means the day before), a close ("EOD Friday", "close of
business on the 4th"), "at the latest" behind it, or a window as such ("next week",
"3–5 March", "within two days").
"""

from datetime import date, timedelta

from agent.mail.when.mentions import DayMention
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Closing, Day, DayPart, Period, Phrase, Zone
from agent.mail.when.slots import distance
from agent.mail.when.vocabulary import Limit, Unit

MOST_DAYS = 300


def read_days(page: Page) -> tuple[DayMention, ...]:
    """Every day and window of a page, in text order."""
    found: list[DayMention] = []
    last_place = -1
    for place, phrase in enumerate(page.phrases):
        if place <= last_place or len(found) >= MOST_DAYS:
            continue
        if isinstance(phrase, Day | Period):
            last_place, mentions = _mentions(page, place, phrase)
            found.extend(mentions)
        elif isinstance(phrase, Closing) and _stands_for_today(page, place):
            found.append(_mention(page, phrase.first, phrase.last, page.setting.today, True))
    return tuple(found)


def _mentions(page: Page, place: int, phrase: Day | Period) -> tuple[int, list[DayMention]]:
    """The mentions of a phrase, joined with the rest of a range or of a limit's list."""
    first, limit = _limit_before(page, place)
    last_place = _range_end(page, place, limit)
    final = page.phrases[last_place]
    last = final.last
    after = _latest_after(page, last)
    whole = last_place > place
    closed = _is_closed(page, place, last_place)
    if isinstance(phrase, Day) and not whole:
        if phrase.faint and not _has_company(page, place, phrase, limit):
            return place, []
        return place, _of_day(page, phrase, first, max(last, after), limit, closed or after > last)
    day = _last_day(final)
    if limit == Limit.BEFORE:
        day = _day_before(phrase)
    elif limit == Limit.AFTER and isinstance(phrase, Period):
        if phrase.unit != Unit.WEEKEND:
            return last_place, [_mention(page, first, last, day, False, phrase.doubts)]
        day += timedelta(days=1)
    if day is None:
        return last_place, []
    return last_place, [_mention(page, first, max(last, after), day, True, phrase.doubts)]


def _of_day(
    page: Page, phrase: Day, first: int, last: int, limit: Limit | None, closed: bool
) -> list[DayMention]:
    """One mention a day; a stretch of days is one by its end."""
    if phrase.stretch:
        return [_mention(page, first, last, phrase.days[-1], True, phrase.doubts)]
    days = phrase.days
    if limit == Limit.BEFORE:
        days = (days[0] - timedelta(days=1),)
    elif limit is not None and len(days) > 1:
        days = (days[-1],)
    deadline = limit in (Limit.BY, Limit.BEFORE) or closed or phrase.limited or phrase.after
    return [_mention(page, first, last, day, deadline, phrase.doubts) for day in days]


def _mention(
    page: Page, first: int, last: int, day: date, deadline: bool, doubts: tuple[str, ...] = ()
) -> DayMention:
    start, end = page.span(first, last)
    return DayMention(day, (start, end), page.text[start:end], deadline, doubts)


def _last_day(phrase: Phrase) -> date:
    if isinstance(phrase, Day):
        return phrase.days[-1]
    assert isinstance(phrase, Period)
    return phrase.day


def _day_before(phrase: Day | Period) -> date:
    """The last day before a day or a period begins."""
    if isinstance(phrase, Day):
        return phrase.days[0] - timedelta(days=1)
    return phrase.eve or phrase.day


_STEPS = ("the", "on", "of", "about", "at", "label")


def _limit_before(page: Page, place: int) -> tuple[int, Limit | None]:
    """The limit that governs a phrase, and the atom where its words begin.

    Between the two may stand small words, a clock time with its zone ("by 5pm on
    Friday"), a close ("by close of business on Friday"), and signs after a label
    ("Deadline: Friday").
    """
    at = page.phrases[place].first
    back = place
    begin = at
    for _ in range(10):
        at -= 1
        if at < 0:
            break
        stepped = page.phrases[back - 1] if back else None
        if stepped is not None and at == stepped.last - 1:
            if not isinstance(stepped, Clock | Zone | Closing | DayPart):
                break
            if isinstance(stepped, Closing):
                begin = stepped.first
            at = stepped.first
            back -= 1
            continue
        atom = page.atoms[at]
        if "limit" in atom.classes:
            return at, Limit(atom.classes["limit"])
        if atom.low not in (":", "(", ",", "*", "|", ".") and not any(
            name in atom.classes for name in _STEPS
        ):
            break
        if atom.low == "." or atom.line < page.atoms[page.phrases[place].first].line - 1:
            break
    own = page.atoms[page.phrases[place].first]
    if "limit" in own.classes:  # the rule took the limit in: "by March"
        return page.phrases[place].first, Limit(own.classes["limit"])
    return begin, None


def _is_closed(page: Page, place: int, last_place: int) -> bool:
    """ "EOD Friday", "close of business on the 4th", "Friday COB"."""
    before = page.phrases[place - 1] if place else None
    if (
        isinstance(before, Closing)
        and (distance(page, before, page.phrases[place]) or 0) <= 2
        and distance(page, before, page.phrases[place]) is not None
    ):
        return True
    after = page.phrases[last_place + 1] if last_place + 1 < len(page.phrases) else None
    if not isinstance(after, Closing):
        return False
    gap = page.between(page.phrases[last_place], after)
    return len(gap) <= 2 and all(
        atom.low in ",(" or "limit" in atom.classes or "at" in atom.classes for atom in gap
    )


def _stands_for_today(page: Page, place: int) -> bool:
    """ "by EOD" with no day beside it."""
    closing = page.phrases[place]
    for other in (place - 1, place + 1):
        if 0 <= other < len(page.phrases) and isinstance(page.phrases[other], Day | Period):
            pair = (
                (page.phrases[other], closing) if other < place else (closing, page.phrases[other])
            )
            gap = page.between(*pair)
            if len(gap) <= 2 and all(
                atom.low in ",(" or {"limit", "at", "on", "of", "the"} & atom.classes.keys()
                for atom in gap
            ):
                return False
    before = page.atoms[closing.first - 1] if closing.first else None
    return before is not None and (
        "limit" in before.classes
        or (
            "the" in before.classes
            and closing.first > 1
            and "limit" in page.atoms[closing.first - 2].classes
        )
    )


def _latest_after(page: Page, last: int) -> int:
    """ "Friday at the latest": where the words end, or `last` where there are none."""
    ahead = last
    while ahead < len(page.atoms) and ahead - last < 2:
        if "latest" in page.atoms[ahead].classes:
            return ahead + 1
        if page.atoms[ahead].low != ",":
            break
        ahead += 1
    return last


def _range_end(page: Page, place: int, limit: Limit | None) -> int:
    """The phrase that ends a range or, under a limit, a list of days or windows."""
    last = place
    while last + 1 < len(page.phrases):
        left, right = page.phrases[last], page.phrases[last + 1]
        if not isinstance(right, Day | Period) or not _goes_on(page, place, left, right, limit):
            break
        last += 1
    return last


def _goes_on(
    page: Page, place: int, left: Phrase, right: Day | Period, limit: Limit | None
) -> bool:
    gap = page.between(left, right)
    if not 0 < len(gap) <= 2 or _last_day(right) < _last_day(left):
        return False
    head = gap[0]
    if any(
        atom.low not in ("-",)
        and not {"range", "or", "and", "the", "on", "to"} & atom.classes.keys()
        for atom in gap
    ):
        return False
    if "range" in head.classes or head.low == "-":
        return True
    if "and" in head.classes and _follows_between(page, place):
        return True
    windows = isinstance(left, Period) and isinstance(right, Period)
    return "or" in head.classes and head.low not in ("and", "&") and (limit is not None or windows)


def _follows_between(page: Page, place: int) -> bool:
    first = page.phrases[place].first
    return any("between" in atom.classes for atom in page.atoms[max(0, first - 2) : first])


def _has_company(page: Page, place: int, phrase: Day, limit: Limit | None) -> bool:
    """Whether "3/4" is a day: a limit or "on" before it, or a time beside it."""
    if limit is not None:
        return True
    before = page.atoms[phrase.first - 1] if phrase.first else None
    if before is not None and "on" in before.classes:
        return True
    return beside_time(page, place)


def beside_time(page: Page, place: int) -> bool:
    """Whether a clock time that needs no company stands right beside a phrase."""
    phrase = page.phrases[place]
    for other in (place - 1, place + 1):
        if not 0 <= other < len(page.phrases):
            continue
        clock = page.phrases[other]
        if isinstance(clock, Clock) and not clock.faint:
            far = distance(page, clock, phrase) if other < place else distance(page, phrase, clock)
            if far is not None and far <= 3:
                return True
    return False
