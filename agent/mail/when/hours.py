"""Whether a bare number is an hour.

"at 3", "from 2 to 3", "Tuesday 10-11" and "10, 11 or 2" are hours; "at 3 companies"
and "3 interviewers" are not. Which hour of the day it then is tells `minutes`.
"""

from collections.abc import Sequence

from agent.mail.when.distance import NEW_LINE, distance
from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock, Day, DayPart, Zone
from agent.mail.when.tokens import Atom

_OFFICE = range(7, 20)
# How far from a day a bare range ("Tuesday, 2-3") and a bare time ("Friday 14.30") may be.
_RANGE_NEAR, _TIME_NEAR = 3, 2
_HMM = 3  # figures of "730"

# After an hour these leave it an hour; another word makes it a count of things.
_AFTER_HOUR = (
    "follow", "or", "and", "on", "to", "weekday", "relative", "tonight", "part", "inside", "which",
    "ampm", "limit", "latest", "zone", "iana", "utc", "at", "dom", "rather",
)  # fmt: skip


def has_word_before(page: Page, clock: Clock) -> bool:
    """ "at 3", "@ 2", "around 10", "from 2"; "rather than 3" where those words lead to the other."""
    before = page.atoms[clock.first - 1].classes if clock.first else {}
    return "at" in before or "rather" in before


def is_bare_range(page: Page, start: Clock, end: Clock, place: int, place_last: int) -> bool:
    """Whether "2 to 3" is a range of hours: a word before it or a day beside it."""
    if _opens_line(page, start) and _is_dotted(start) and _is_dotted(end):
        return True  # "9.00 - 9.30  Tour"
    if _opens_line(page, start) and _is_programme(page, end, place_last):
        return True
    if not stays_hour(page, end):
        return False
    if has_word_before(page, start) or _beside_day(page, start, end, place, place_last):
        return True
    # "tomorrow's trial shift at the counter, 7 till 11"
    return page.atoms[start.first - 1].low == "," and _has_day(page, start, place)


def _is_programme(page: Page, end: Clock, place_last: int) -> bool:
    """ "1-2 work session", where the next line of a programme opens with a time too."""
    following = page.phrases[place_last] if place_last < len(page.phrases) else None
    below = isinstance(following, Clock) and _opens_line(page, following)
    next_line = following is not None and page.line(following) - page.atoms[end.first].line == 1
    return below and next_line and any(isinstance(p, Day) for p in page.phrases[:place_last])


def _opens_line(page: Page, clock: Clock) -> bool:
    """Whether nothing but a bullet or a stroke goes before on the line."""
    at = clock.first - 1
    line = page.atoms[clock.first].line
    while at >= 0 and page.atoms[at].low in "-*•·|(>" and page.atoms[at].line == line:
        at -= 1
    return at < 0 or page.atoms[at].line < line


def _is_dotted(clock: Clock) -> bool:
    """Whether the minutes stand there ("9.00")."""
    return clock.last - clock.first > 1


def is_bare_time(page: Page, clock: Clock, place: int) -> bool:
    """Whether a bare "3", "14.30" or "0600" is a time: a word before it or a day beside it."""
    first = page.atoms[clock.first]
    if _is_dotted(clock) and not first.text.isalpha():
        return _is_dotted_time(page, clock, place)
    if len(first.text) == _HMM and first.text.isdigit():
        return _is_run_together(page, clock, place)
    if _is_military(first) and clock.minute % 5 == 0 and _touches_day(page, clock, place):
        return True  # "Tues Mar 10 1530", "1030 this Friday"
    if _is_military(first) and first.text[0] == "0" and _is_owned(page, clock, place):
        return True
    if _is_military(first) and clock.minute % 5 == 0 and _opens_rows(page, clock, place):
        return True
    if _is_at(page, clock, place) or _before_zone(page, clock, place):
        return True
    after = _atom(page, clock.last)
    if after is not None and "sharp" in after.classes:
        return True
    if _has_verb_before(page, clock) and (_ends_clause(page, clock) or _leads_on(page, place)):
        return True
    if _leads_to_day(page, place) or _is_bracketed(page, clock, place):
        return True
    if _is_settled(page, clock, place) or _is_set_against(page, clock, place):
        return True
    if not stays_hour(page, clock):
        return False
    if _is_agreed(page, clock, place):
        return True
    if has_word_before(page, clock) or _in_day_part(page, clock, place):
        return not _is_article(page, clock)
    if first.text[0] == "0" and "hhmm" in first.classes:
        return _beside_day(page, clock, clock, place, place + 1, _TIME_NEAR)
    return _behind_weekday(page, clock, place) or _before_day(page, clock, place)


def _is_military(atom: Atom) -> bool:
    """Four figures that are no year of our days."""
    return "hhmm" in atom.classes and "year" not in atom.classes


def _is_owned(page: Page, clock: Clock, place: int) -> bool:
    """ "All boards for 30 September suspended. Your 0900 is vacated.": of a day named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    named = any(isinstance(day, Day) for day in page.phrases[max(0, place - 6) : place])
    return named and page.setting.words.shows("owner", before) and stays_hour(page, clock)


def _opens_rows(page: Page, clock: Clock, place: int) -> bool:
    """ "0900 Coffee\\n0930 Panel", below a day: rows that open with four figures each."""
    if not _opens_line(page, clock):
        return False
    beside = (*page.phrases[max(0, place - 1) : place], *page.phrases[place + 1 : place + 2])
    row = any(
        isinstance(other, Clock)
        and _is_military(page.atoms[other.first])
        and _opens_line(page, other)
        and abs(page.line(other) - page.line(clock)) <= _ROWS_APART
        for other in beside
    )
    return row and any(isinstance(day, Day) for day in page.phrases[max(0, place - _ROWS) : place])


_ROWS_APART, _ROWS = 2, 12  # lines from one row to the next, and phrases back to their day


def _is_settled(page: Page, clock: Clock, place: int) -> bool:
    """ "Wed it is. 4. Round the back.", "Great, Friday then. 2.15, ask for Sam.": an hour in figures
    that is a clause of its own, behind the sentence that settles its day.
    """
    day = page.phrases[place - 1] if place else None
    if not isinstance(day, Day) or day.past or not _opens_sentence(page, place):
        return False
    gap = page.between(day, clock)
    words, shows = [atom.low for atom in gap if atom.text.isalpha()], page.setting.words.shows
    near = 0 < len(gap) <= _SETTLING and gap[-1].low in ".!"
    settled = near and bool(words) and all(shows("settling", word) for word in words)
    digits = page.atoms[clock.first].text.isdigit() and clock.hour < _LAST_HOUR
    return settled and digits and _ends_clause(page, clock) and clock.minute % 5 == 0


_SETTLING, _LAST_HOUR = 5, 20


def _is_set_against(page: Page, clock: Clock, place: int) -> bool:
    """ "13 statt 14 Uhr": a number before a clock time that it takes the place of."""
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(following, Clock) or following.faint:
        return False
    gap = page.between(clock, following)
    digits = page.atoms[clock.first].text.isdigit()
    return digits and 0 < len(gap) <= _AGAINST and "rather" in gap[0].classes


_AGAINST = 2  # words between two times of which one takes the other's place


def _touches_day(page: Page, clock: Clock, place: int) -> bool:
    """Whether nothing at all parts a clock from a day that is said in words."""
    before = page.phrases[place - 1] if place else None
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    behind = isinstance(before, Day) and before.last == clock.first and not before.faint
    return behind or (isinstance(after, Day) and after.first == clock.last and not after.faint)


def _is_run_together(page: Page, clock: Clock, place: int) -> bool:
    """ "thursday 730", "at 815 on Monday": three figures are a time only right beside a day."""
    if clock.minute % 15 or not stays_hour(page, clock):
        return False
    led = _has_firm_word(page, clock) or _has_verb_before(page, clock)
    firm = led and _beside_day(page, clock, clock, place, place + 1, 0)
    return firm or _behind_weekday(page, clock, place)


def _is_at(page: Page, clock: Clock, place: int) -> bool:
    """ "tomorrow at 2 stands", "el viernes a las 11 aquí": a firm word and a day beside it.

    There the word that follows need not be known, if only it is nothing that is counted. A long
    line may break between the day and the time.
    """
    wraps = clock.first > 1 and page.atoms[clock.first - 2].line < page.atoms[clock.first].line
    most = NEW_LINE if wraps else 0
    if not _has_firm_word(page, clock) or not _beside_day(
        page, clock, clock, place, place + 1, most
    ):
        return False
    after = _atom(page, clock.last)
    if after is None or not after.text[:1].isalpha():
        return stays_hour(page, clock)
    counted = ("unit", "street", "measure", "units", "counted")
    return not any(name in after.classes for name in counted)


def _before_zone(page: Page, clock: Clock, place: int) -> bool:
    """ "that's 10 UK time"; a city is where one meets, or something else."""
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    named = isinstance(after, Zone) and after.kind in ("name", "abbreviation")
    return named and after is not None and after.first == clock.last


def _is_bracketed(page: Page, clock: Clock, place: int) -> bool:
    """ "Thursday afternoon (2 or 3:30) or Friday (9)": hours in brackets right behind their day."""
    before = page.phrases[place - 1] if place else None
    if not isinstance(before, Day | DayPart) or not _is_opened(page.between(before, clock)):
        return False
    numbered = isinstance(before, Day) and before.days[-1].day == clock.hour  # "Monday (9)"
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if isinstance(following, Clock) and _opens_hours(page, clock, place):
        return not (numbered and following.faint)
    if numbered:
        return False
    closed = _atom(page, clock.last)
    others = page.phrases[max(0, place - _BACK) : place - 1]
    return (closed is not None and closed.low in ")]") and any(
        isinstance(other, Clock) and page.atoms[other.first - 1].low in "(["
        for other in others
        if page.sentence(other) == page.sentence(clock)
    )


_BACK = 6  # phrases


def _leads_on(page: Page, place: int) -> bool:
    """ "I can do 10 or 10.30": the first of two hours, of which the other one stays an hour."""
    clock = page.phrases[place]
    if not isinstance(clock, Clock) or not _opens_hours(page, clock, place):
        return False
    following = page.phrases[place + 1]
    return isinstance(following, Clock) and goes_on_list(page, following)


def _opens_hours(page: Page, clock: Clock, place: int) -> bool:
    """Whether another hour follows, with nothing but a comma, a stroke or "or" between."""
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    return isinstance(following, Clock) and _is_list(page.between(clock, following))


def _is_opened(gap: Sequence[Atom]) -> bool:
    return len(gap) == 1 and gap[0].low in "(["


def _is_list(gap: Sequence[Atom]) -> bool:
    """Whether nothing but commas, strokes and "or" stands between two hours."""
    listed = all(atom.low in ",/" or "or" in atom.classes for atom in gap)
    return 0 < len(gap) <= 2 and listed


def _is_agreed(page: Page, clock: Clock, place: int) -> bool:
    """ "Yes, 3 is good. See you Friday.": an hour in figures that the sentence opens with."""
    after = _atom(page, clock.last)
    agreed = after is not None and "agreed" in after.classes
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    sure = isinstance(following, Clock) and not following.faint  # "9 or 10:30 would be best"
    told = agreed or (sure and _opens_hours(page, clock, place))
    return told and page.atoms[clock.first].text.isdigit() and _opens_sentence(page, place)


def _leads_to_day(page: Page, place: int) -> bool:
    """ "9 or 11 on Wednesday": a list of hours that ends with its day."""
    for at in range(place + 1, min(place + 5, len(page.phrases))):
        phrase = page.phrases[at]
        gap = page.between(page.phrases[at - 1], phrase)
        if isinstance(phrase, Day):
            on = all("on" in atom.classes for atom in gap)
            return on and (at > place + 1 or _opens_sentence(page, place))
        listed = all(a.low == "," or {"or", "rather"} & a.classes.keys() for a in gap)
        if not isinstance(phrase, Clock) or not gap or not listed:
            return False
    return False


def _opens_sentence(page: Page, place: int) -> bool:
    """ "Sorted! 4 on Tuesday.": nothing goes before in the sentence."""
    first = page.phrases[place].first
    before = page.atoms[first - 1] if first else None
    if before is None or before.low in (".", "!", "?", ",", "\u00b6"):
        return True
    return before.sentence != page.atoms[first].sentence


def _is_article(page: Page, clock: Clock) -> bool:
    """ "one evening next week", French "un matin": not one o'clock."""
    words = page.atoms[clock.first : clock.last]
    alone = len(words) == 1 and words[0].text.isalpha() and clock.hour == 1
    return alone and not _has_firm_word(page, clock)


def _has_verb_before(page: Page, clock: Clock) -> bool:
    """ "can't make 3", "let's do 4", "come 11 not 10": words that lead to an hour."""
    return clock.first > 0 and "forhour" in page.atoms[clock.first - 1].classes


def _ends_clause(page: Page, clock: Clock) -> bool:
    """Whether a number ends its clause, or is set against another ("11 not 10")."""
    after, last = _atom(page, clock.last), page.atoms[clock.last - 1]
    if after is None or after.sentence != last.sentence:
        return True
    if after.line != last.line:  # a word in small letters goes on with what the line has begun
        return not after.text[:1].islower() or "follow" in after.classes
    if not after.text[:1].isalnum():
        return after.low in ",.!?;)" and not _makes_more(after, _atom(page, clock.last + 1))
    return "rather" in after.classes


def _in_day_part(page: Page, clock: Clock, place: int) -> bool:
    """ "6 in the morning", unlike "three mornings"."""
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(after, DayPart) or after.first != clock.last:
        return False
    first, beyond = page.atoms[after.first], _atom(page, after.last)
    if page.atoms[clock.first].text.isalpha() and first.low.isalpha() and beyond:
        slots = (
            beyond.text.isalpha() and beyond.line == first.line and "follow" not in beyond.classes
        )
        if slots and "inside" not in first.classes:
            return False  # "three afternoon slots"
    return "manyparts" not in first.classes


def _is_dotted_time(page: Page, clock: Clock, place: int) -> bool:
    """ "14.30": a time after "at", beside a day, or later in the sentence of a day."""
    after = _atom(page, clock.last)
    if _says_day_again(page, clock, place):
        return False
    if _behind_weekday(page, clock, place):
        return True  # "I'm taking Monday 12.45 out of the diary"
    if after is not None and ("unit" in after.classes or "measure" in after.classes):
        return False
    if _has_firm_word(page, clock) or _has_verb_before(page, clock):
        return True
    if _opens_list(page, clock, place) or _opens_entry(page, clock, place):
        return True
    if _is_labelled(page, clock) or _is_settled(page, clock, place):
        return True
    if _is_moved_to(page, clock, place) or _heads_sentences(page, clock, place):
        return True
    if _in_day_part(page, clock, place):
        return True  # "the time is 2.40 in the afternoon"
    if _lists_for_day(page, place):
        return True
    if after is not None and "rather" in after.classes:
        return True  # "4.30 rather than 4"
    if has_word_before(page, clock) and stays_hour(page, clock):
        return True
    if _beside_day(page, clock, clock, place, place + 1, _TIME_NEAR):
        return True
    if not stays_hour(page, clock) or not _has_day(page, clock, place):
        return False
    return clock.hour in _OFFICE or (clock.minute % 15 == 0 and _stands_apart(page, clock))


def _says_day_again(page: Page, clock: Clock, place: int) -> bool:
    """ "tomorrow, 19.11, at 12:45": figures that are the date of the day right before them."""
    before = page.phrases[place - 1] if place else None
    if not isinstance(before, Day) or page.sentence(before) != page.atoms[clock.first].sentence:
        return False
    return any((day.day, day.month) == (clock.hour, clock.minute) for day in before.days)


def _is_moved_to(page: Page, clock: Clock, place: int) -> bool:
    """ "move us to 10.30", where a day was named before."""
    before = page.atoms[clock.first - 1].low if clock.first else ""
    led = page.setting.words.shows("tohour", before) and clock.minute % 5 == 0
    named = any(isinstance(day, Day) for day in page.phrases[max(0, place - 6) : place])
    return led and named and _ends_clause(page, clock)


def _heads_sentences(page: Page, clock: Clock, place: int) -> bool:
    """ "10.00 tour with Jo. 10.45 interview.": each time opens a sentence of the plan of a day."""
    if clock.minute % 5 or not clock.first or page.atoms[clock.first - 1].low != ".":
        return False
    others = (*range(max(0, place - 2), place), *range(place + 1, place + 3))
    beside = any(
        at < len(page.phrases)
        and isinstance(other := page.phrases[at], Clock)
        and _is_dotted(other)
        and page.atoms[other.first - 1].low == "."
        for at in others
    )
    return beside and any(isinstance(day, Day) for day in page.phrases[max(0, place - 6) : place])


def _is_labelled(page: Page, clock: Clock) -> bool:
    """ "Interview time: 1.30"."""
    if clock.first < 2 or page.atoms[clock.first - 1].low != ":":
        return False
    return page.setting.words.shows("hourlabel", page.atoms[clock.first - 2].low)


def _stands_apart(page: Page, clock: Clock) -> bool:
    """ "Tuesday 28th, then, 3.30, and stay to tea": commas on both sides."""
    before, after = _atom(page, clock.first - 1), _atom(page, clock.last)
    if not clock.first or before is None:
        return False
    if before.low in "([":  # "Tuesday after school (3.45)"
        return after is not None and after.low in ")]"
    return before.low in ",:" and _ends_here(after)


def _opens_list(page: Page, clock: Clock, place: int) -> bool:
    """ "I have 10.00, 11.15 and 2.00 left", where a day was named before."""
    following = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(following, Clock) or not _is_dotted(following):
        return False
    listed = _is_list(page.between(clock, following))
    return listed and any(isinstance(day, Day) for day in page.phrases[max(0, place - 6) : place])


def _lists_for_day(page: Page, place: int) -> bool:
    """ "9.15, 10.30 and 1.45, all on Friday the 13th": a list whose day ends the sentence's clause."""
    for at in range(place + 1, min(place + _BACK, len(page.phrases))):
        before, phrase = page.phrases[at - 1], page.phrases[at]
        gap = page.between(before, phrase)
        if isinstance(phrase, Day):
            on = bool(gap) and len(gap) <= _WORDS_TO_DAY and "on" in gap[-1].classes
            return on and at > place + 1 and page.sentence(phrase) == page.sentence(before)
        if not isinstance(phrase, Clock) or not _is_dotted(phrase) or not _is_list(gap):
            return False
        if phrase.minute % 5:
            return False  # "4.17, 3.98 and 4.41 on Friday"
    return False


_WORDS_TO_DAY = 4


def _opens_entry(page: Page, clock: Clock, place: int) -> bool:
    """A line of a programme ("9.30 Presentation"), where a day was named above it."""
    if clock.minute % 5 or not _opens_line(page, clock):
        return False
    return any(isinstance(day, Day) for day in page.phrases[max(0, place - 6) : place])


def _has_firm_word(page: Page, clock: Clock) -> bool:
    return clock.first > 0 and "firm" in page.atoms[clock.first - 1].classes


def _has_day(page: Page, clock: Clock, place: int) -> bool:
    """Whether a day was named before in the sentence."""
    sentence = page.atoms[clock.first].sentence
    earlier = page.phrases[max(0, place - 6) : place]
    return any(isinstance(each, Day) and page.sentence(each) == sentence for each in earlier)


def _beside_day(
    page: Page, start: Clock, end: Clock, place: int, place_last: int, most: int = _RANGE_NEAR
) -> bool:
    """Whether a day, or a part of one, stands right before or behind."""
    before = page.phrases[place - 1] if place else None
    if isinstance(before, DayPart):
        return True
    if isinstance(before, Day) and _is_near(distance(page, before.last, start.first), most):
        return True
    after = page.phrases[place_last] if place_last < len(page.phrases) else None
    return isinstance(after, Day) and _is_near(distance(page, end.last, after.first), most)


def _is_near(far: int | None, most: int) -> bool:
    return far is not None and far <= most


def _behind_weekday(page: Page, clock: Clock, place: int) -> bool:
    """ "Tues 10?", "tomorrow 7", "Monday 1st, 7 from the yard": a number right behind a day."""
    before = page.phrases[place - 1] if place else None
    if not isinstance(before, Day):
        return False
    gap = page.between(before, clock)
    word = page.atoms[before.last - 1]
    if len(gap) == 1 and gap[0].low == ",":
        return word.line == page.atoms[clock.first].line and _is_plain(page, clock)
    if len(gap) == 1 and gap[0].low == ":":
        return _ends_clause(page, clock) or _opens_hours(
            page, clock, place
        )  # "Thu: 1", "sat: 11 & 1"
    if gap:
        return False
    named = "weekday" in word.classes or "relative" in word.classes
    return named and word.line == page.atoms[clock.first].line


def _is_plain(page: Page, clock: Clock) -> bool:
    """Whether an hour in figures ends its clause or leads to where it is ("7 from the yard")."""
    after = _atom(page, clock.last)
    place = after is not None and bool({"inside", "firm"} & after.classes.keys())
    leads = after is not None and page.setting.words.shows("leads", after.low)
    spelled = page.atoms[clock.first].text.isalpha() and clock.minute > 0  # "nine thirty"
    digits = (page.atoms[clock.first].text.isdigit() or spelled) and clock.hour in range(6, 20)
    return digits and (place or leads or _ends_clause(page, clock))


def _before_day(page: Page, clock: Clock, place: int) -> bool:
    """ "it was down for 2 tomorrow": a number between "for" and a day; not "come one Saturday"."""
    if _is_article(page, clock):
        return False
    after = page.phrases[place + 1] if place + 1 < len(page.phrases) else None
    if not isinstance(after, Day) or not clock.first:
        return False
    gap = page.between(clock, after)
    if len(gap) > 1 or not all("on" in atom.classes for atom in gap):  # "we will do 10 on Saturday"
        return False
    words = page.atoms[clock.first - 1].classes
    before = page.phrases[place - 1] if place else None
    other = "or" in words and isinstance(before, Day) and before.last == clock.first - 1
    return "forhour" in words or other  # "2 thurs or 10 fri"


def goes_on_list(page: Page, clock: Clock) -> bool:
    """Whether the next of a list of hours is one too; minutes need less company than an hour."""
    if not _is_dotted(clock) or page.atoms[clock.first].text.isalpha():
        spare = _is_article(page, clock) and not _ends_clause(
            page, clock
        )  # "and one cannot refuse"
        return stays_hour(page, clock) and not spare
    after = _atom(page, clock.last)
    return after is None or not ({"unit", "measure"} & after.classes.keys() or after.low in "%$€£")


def stays_hour(page: Page, clock: Clock) -> bool:
    """Whether what follows a bare number leaves it an hour, not a count of something."""
    after, last = _atom(page, clock.last), page.atoms[clock.last - 1]
    if after is None or after.sentence != last.sentence:
        return True
    if after.line != last.line and not after.text[:1].islower():
        return True
    beyond = _atom(page, clock.last + 1)
    if not after.text[:1].isalnum():
        housed = after.low == "," and beyond is not None and "street" in beyond.classes
        return not (housed or _makes_more(after, beyond))  # "au 12, rue des Lilas"
    if "unit" in after.classes or "street" in after.classes:
        return False
    if "month" in after.classes:  # "at 10 March 3rd", but not "at 5 March Street"
        return beyond is not None and "dom" in beyond.classes
    if "manyparts" in after.classes or _is_rate(after, beyond):
        return False
    if any(name in after.classes for name in _AFTER_HOUR):
        return True
    named = after.capital and len(after.text) > 1  # but "at 1150 W. Fulton Market"
    return named and _has_firm_word(page, clock) and _ends_here(beyond)


def _is_rate(after: Atom, beyond: Atom | None) -> bool:
    """ "etwa vier im Monat", "two in a week": so many of them each time."""
    return "inside" in after.classes and beyond is not None and "unit" in beyond.classes


def _ends_here(beyond: Atom | None) -> bool:
    """ "don't come in at 9 Nadia, …": a name that ends the clause is no count."""
    return beyond is None or beyond.low in (",", ".", "!", "?", ";", "\u00b6")


def _makes_more(sign: Atom, beyond: Atom | None) -> bool:
    """ "3%", "3/4", "3-day": the sign behind a number makes it something else."""
    if sign.low in "%$€£°":
        return True
    if beyond is None or not beyond.glued:
        return False
    if sign.low == "-":
        return beyond.text[:1].isalpha()
    return sign.glued and sign.low in "/+:" and beyond.text[:1].isdigit()


def _atom(page: Page, at: int) -> Atom | None:
    return page.atoms[at] if at < len(page.atoms) else None
