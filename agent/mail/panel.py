"""Who sits in each slot of a panel, where a mail lists times with names.

Four shapes of one line, in this order: the names behind the time ("10:00 - 11:00 Dr. Lena
Vogt, Head of Lab", a row of a table, "from 10 to 11 with Dr. Vogt"), before it ("Dr. Vogt:
10:00 - 11:00"), or on the lines below a time that stands alone. A slot has activities as
well as people ("System Design - Tom Hale"): a piece is somebody by an honour, by a given name
that is known, or by a full name that is no activity.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from agent.domain.facts import Interview, Person, PersonRole
from agent.lexicon.shapes import Shape
from agent.lexicon.who import people_words, words_around_roles
from agent.mail.runs import runs
from agent.mail.signer import is_name, is_title_line
from agent.mail.when import TimeMention

_LINE = 240  # characters beside a time in which its people are looked for
_BELOW = 4  # lines below a time that may hold its people
_INTERVIEWER = PersonRole.INTERVIEWER
_MOST = 6  # people of one slot
_PIECES = re.compile(r"\s*(?:[|:;,()\[\]•·_\t]|\s{2}|\s[-–—]+\s|^[-–—]+\s*|\s[-–—]+$)\s*")
_WITH = Shape("timetable", r"(?:^|(?<=\s))<with>\s+(?=[^\W\d_a-z])")
_AND = Shape("timetable", r"\s+<and>\s+(?=[^\W\d_a-z])|\s*[&/+]\s*")
# "Dr. Lena Vogt and from", "Tom Hale for the demo": where the sentence goes on.
_GOES_ON = Shape("timetable", r"\s+(?!<particle>\s)[a-zà-ÿ].*")
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_ZONE = Shape(
    "timetable",
    r"^\s*(?:<hour>|[A-Z]{2,5}|\([A-Z]{2,5}\)|[a-z]\.?m\.?)(?=\s|[,:|–—-]|$)",
)
_HONOUR_TWICE = Shape("timetable", r"^<honour>\.? (?=<degree>\.?)")

# What stands between the two columns of a timetable, or before a stated end.
_TO_END = Shape(
    "timetable",
    r"[\s*|→>–—-]{1,12}|\s*\([A-Z]{2,5}\)\s*[-–—]\s*|[\s*,;|]{0,4}<end>[\s:*]{0,4}",
    caseless=True,
)
_LONGEST = timedelta(hours=4)  # of a talk whose end stands in a column of its own

Seats = Mapping[datetime, tuple[Person, ...]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of an entry: somebody, a title, or neither."""

    text: str
    led: bool  # whether "with" stands before it


def with_ends(text: str, mentions: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """The times of a mail that fixes talks, the end that stands apart from its start put with it.

    "10:00 | 11:00 | Dr. Vogt" is one talk; three times in a row on one line are none.
    """
    found: list[TimeMention] = []
    rest = list(mentions)
    while rest:
        first = rest.pop(0)
        if rest and _ends(text, first, rest[0]) and not (rest[1:] and _ends(text, *rest[:2])):
            last = rest.pop(0)
            span = (first.span[0], last.span[1])
            said = text[span[0] : span[1]]
            first = replace(first, end=last.start, span=span, text=said, ranged=True)
        found.append(first)
    return tuple(found)


def with_columns(text: str, mentions: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """The times of a mail that offers some, where a table has their ends in a column of their own.

    "Tue 15 | 09:00 | 09:45" over rows of one length is from and to; "Tue | 9:00 | 11:30" over
    "Wed | 9:00 | 14:00", or the same hours every day, are times to choose from.
    """
    pairs = list(pairwise(mentions))
    found = [(one, two) for one, two in pairs if _in_columns(text, one, two)]
    lengths = {two.start - one.start for one, two in found}
    hours = {one.start.time() for one, _ in found}
    rows = sum(_is_in_row(text, mention) for mention in mentions)
    if 2 * len(found) != rows or len(lengths) != 1 or len(hours) < 2:
        return tuple(mentions)
    return with_ends(text, mentions)


def _is_in_row(text: str, mention: TimeMention) -> bool:
    """Whether a sign of columns stands on the line of a time."""
    start, end = mention.span
    line = text[
        max(text.rfind("\n", 0, start) + 1, start - _LINE) : min(_line_end(text, end), end + _LINE)
    ]
    return "|" in line or "\t" in line


def _in_columns(text: str, first: TimeMention, last: TimeMention) -> bool:
    """Whether a sign of columns parts two times of a row."""
    between = text[first.span[1] : last.span[0]]
    return any(sign in between for sign in "|\t") and _ends(text, first, last)


def _ends(text: str, first: TimeMention, last: TimeMention) -> bool:
    """Whether the second of two times on one line is the end of what begins at the first."""
    between = text[first.span[1] : last.span[0]]
    plain = not first.ranged and not last.ranged and "\n" not in between
    long = last.start - first.start
    return plain and timedelta() < long <= _LONGEST and _TO_END.fullmatch(between) is not None


def names_somebody(words: str) -> int:
    """How many people are named in the words beside a time."""
    # "Mon 12 Oct Owen Price": a name behind a day is one run with it
    names = [" ".join(run.words[-2:]) for run in runs(words) if len(run.words) > 1]
    named = sum(is_name(name) and not is_title_line(name) for name in names)
    return max(named, len(_people(words)))


def seats_in(text: str, mentions: Sequence[TimeMention]) -> Seats:
    """The people named beside each time, by its start; times beside which nobody is named are left out."""
    found: dict[datetime, tuple[Person, ...]] = {}
    for at, mention in enumerate(mentions):
        last = mentions[at - 1].span[1] if at else 0
        following = mentions[at + 1].span[0] if at + 1 < len(mentions) else len(text)
        people = _beside(text, mention.span, last, following)
        if people and mention.start not in found:
            found[mention.start] = people
    return found


def seated(
    interviews: Iterable[Interview], seats: Seats, people: Sequence[Person]
) -> tuple[Interview, ...]:
    """Each interview with its own people, by the names that they bear in the whole mail.

    A slot that names nobody ("Office tour") has those whom the others of its day name.
    """
    slots = tuple(interviews)
    return tuple(
        replace(slot, with_=_names(slot, slots, seats, people), location=_where(slot, seats))
        for slot in slots
    )


def _where(slot: Interview, seats: Seats) -> str | None:
    """The place, unless it is somebody: "Dr. Lena Vogt, Head of Lab" is no laboratory."""
    place = slot.location or ""
    taken = any(p.name and p.name in place for people in seats.values() for p in people)
    return None if taken else slot.location


def _names(
    slot: Interview, slots: Iterable[Interview], seats: Seats, people: Sequence[Person]
) -> tuple[str, ...]:
    if slot.start is None or not seats:
        return ()
    own = seats.get(slot.start, ())
    day = slot.start.date()
    others = (p for s in slots if s.start and s.start.date() == day for p in seats.get(s.start, ()))
    return tuple(dict.fromkeys(_in_full(p.name or "", people) for p in own or others))


def _in_full(name: str, people: Sequence[Person]) -> str:
    """The name by which somebody goes in the whole mail: "Dr. Vogt" is Dr. Lena Vogt."""
    mine = _words(name)
    for person in people:
        theirs = _words(person.name or "")
        if person.name and (
            mine == theirs or (len(mine) == 1 and mine[0] in (theirs[:1] + theirs[-1:]))
        ):
            return person.name
    return name


def _words(name: str) -> list[str]:
    return people_words().honour.sub("", name).casefold().split()


# -- where the people of a time stand --------------------------------------------------------------


def _beside(text: str, span: tuple[int, int], last: int, following: int) -> tuple[Person, ...]:
    start, end = span
    line_end = _line_end(text, end)
    behind = text[end : min(line_end, following, end + _LINE)]
    if people := _people(_ZONE.sub("", behind)):
        return people
    line_start = text.rfind("\n", 0, start) + 1
    before = text[max(line_start, last, start - _LINE) : start]
    if not behind.strip(" |.,;:") and (people := _people(before)):
        return people
    alone = not re.search(r"[^\W\d_]{3}", _ZONE.sub("", behind))
    return _below(text[line_end : min(following, line_end + _LINE)]) if alone else ()


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found


def _below(text: str) -> tuple[Person, ...]:
    """The people on the lines right below a time, up to one that names nobody.

    Below a blank line only the next counts: what follows it may be anybody's.
    """
    found: list[Person] = []
    most = 1 if text.startswith("\n\n") else _BELOW
    for line in text.strip("\n").split("\n")[:most]:
        people = _people(line)
        if not people:
            break
        found += people
    return tuple(found[:_MOST])


# -- who stands in a piece of a line ---------------------------------------------------------------


def _people(entry: str) -> tuple[Person, ...]:
    """Everybody named in an entry, each with the title and the address beside the name."""
    found: list[Person] = []
    title: str | None = None  # one that stands before the name: "Hiring manager: Dana Fox"
    for piece in _pieces(entry):
        address = _EMAIL.search(piece.text)
        words = _EMAIL.sub("", piece.text).strip(" <>")
        named = [_GOES_ON.sub("", each.strip()) for each in _AND.split(words)]
        named = [name for name in named if _is_somebody(name, led=piece.led, first=not found)]
        if named:
            found += [Person(_HONOUR_TWICE.sub("", n), None, title, _INTERVIEWER) for n in named]
            title = None
        elif is_title_line(words):
            if found and found[-1].title is None:
                found[-1] = replace(found[-1], title=words)
            title = None if found else words
        if address and found and found[-1].email is None:
            found[-1] = replace(found[-1], email=address[0].lower())
    return tuple(found[:_MOST])


def _pieces(entry: str) -> Iterator[_Piece]:
    for whole in _PIECES.split(entry.replace("*", " ")):
        for nth, part in enumerate(_WITH.split(whole)):
            words = part.strip(" .<>\"'")
            if words:
                yield _Piece(words, led=nth > 0 or bool(_WITH.match(whole)))


def _is_somebody(name: str, *, led: bool, first: bool) -> bool:
    """Whether words are a person; behind another's name ("…, Patient Portal") they must show it."""
    words = name.split()
    if not words or not is_name(name) or is_title_line(name):
        return False
    if len(words) == 1 and name[:2].isupper():
        return False  # "RN", "SMEs"
    if people_words().honour.match(f"{name} ") and len(words) > 1:
        return True
    known = words[0].casefold() in people_words().given
    activity = any(word.casefold().strip(".,") in people_words().activities for word in words)
    field = any(word.casefold() in words_around_roles().fields for word in words)
    looks = led or (first and len(words) > 1)
    return (known or (looks and not field)) and not activity
