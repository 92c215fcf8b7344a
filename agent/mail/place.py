"""Where one meets: the place that a mail states for a talk in prose.

Four ways to state one, asked in this order: a label or a pin ("Where: 2 Mill St"), a line of
its own beside the time, the words right behind the time ("at 2 pm, 2 Mill St, Leeds"), and a
preposition near it ("in Room 4, Canal House"). A place has a house number or a word for
places (`place_names`); dates, links, phones and video systems are none.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from agent.lexicon.shapes import Shape, Words
from agent.mail.cues import Cues, plain
from agent.mail.place_address import address_in, name_behind, numbered_in, own_room
from agent.mail.place_names import (
    HOUSE_NUMBER,
    MAX_PLACE,
    ONLINE,
    SPAN,
    STREET_FIRST,
    WHEN,
    is_called,
    is_no_place,
    is_place,
    last_start,
    led,
    name_in,
    place_of,
    sentence,
    shape,
    tidy,
    unled,
)

_NAME = r"[A-Z][\w'’-]+"  # one word of a name
_BY_WAY = shape(r"<by_way> <online>")
_RINGS_YOU = Shape("phone", r"<rings_you>", caseless=True)
# "In person: 27 Chapel Road": how one meets, said before where.
_IN_PERSON = shape(r"<in_person>\s*(?:[:,–—-]|<within>)\s*(?=\S)")
_NUMBERED = shape(r"[^\W\d]{3,12}\.? (?:<number>\.? )?\d{1,4}[a-z]?$")
_AT_NAME = shape(
    rf"[\x01 ]{{0,30}}(?:[A-Z]{{2,5}} )?<named_at> ({_NAME}(?:,? (?:<name_joins> )?(?:<article> )?(?!I\b){_NAME}){{0,4}})(?=[ .,;!?\n]|$)",
    caseless=False,
)
_SMALL = Words("place", "small")
# A house number and a street, or a unit and an estate, where a sentence or a clause begins.
_ADDRESS = shape(
    r"(?:(?<=[.!?:;] )|(?<=\n)|(?<=\x01, )|(?:<same_place>|<Same_place>), |^)"
    r"(\d{1,5}[a-z]? (?:[NSEW]\.? )?(?:[A-Z0-9][\w.'’-]* ){0,3}<Street>|\d{1,4},? <street_after> [^\W\d_]"
    r"|(?:<unit>|<Unit>) \w{1,4}\b,? (?:[A-Z][\w'’-]+ ){1,3}"
    r"|(?:\d{1,2}(?:st|nd|rd|th)|<ordinal>|<Ordinal>) <floor>"
    r"|[A-ZÄÖÜ][\w'’.-]+(?: [A-ZÄÖÜ][\w'’.-]+)? \d{1,3}[a-z]?(?=, ))",
    caseless=False,
)
# What stands before the first comma or the end of a sentence.
_OPENING = re.compile(
    r"(?:(?<=[.!?] )|(?<=\n))([A-ZÄÖÜŁŚŻ\d][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,3})(?=, |\.(?:\s|$))"
)
_STREET_ANYWHERE = shape(rf"\b{STREET_FIRST}", caseless=False)
# What is told beside a place, behind which it does not go on: "Room 4 (lift on the left)".
_ASIDE = re.compile(r" \((?![^()]{1,40}\), )| [–-] (?=[a-z])")
_BRACKETS = re.compile(r"\(([^()\n\x01]{3,80})\)")
_COMMA = re.compile(r", (?=[A-ZÄÖÜ])")
_AT_OURS = shape(r"\b(?:<within>|<before_seat>|at) (<our> <seat>)\b")
_MOST_LED = 60  # words that lead to a place, of a whole letter
_WRAPPED = 58  # characters of a line that a mail program broke; shorter ones end where they end
_POSTCODE = re.compile(r"\b(?:\d{4,5}(?: [A-Z]{2})?|\d\d-\d{3}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_STATE = re.compile(r"^[A-Z][\w .'’-]{1,30}, [A-Z]{2,3}$")  # "Hudson, NY"
_COLON = re.compile(r"[:|](?=\s|$)")
_LABEL_ENDS = re.compile(r"[:|](?=\s|$)|(?<=\w)[ \t]{2,}(?=\S)")  # "Place   Room 6" of a table
_VENUE = shape(
    r"(?:<venue>|<Venue>)(?:, ([^\W\d_a-z][^,;.\n]{2,50}),| \(((?:<article> )?[^\W\d_a-z][^()\n]{2,60})\))"
    r"|(?:<venue>|<Venue>) <remains> [^.\n]{0,20}<that_is>\.?,? ([^\n.;]{4,80})",
    caseless=False,
)
_MARK = re.compile(r"^[ \t]*(?:📍|🏢|🗺)\uFE0F?[ \t]*([^\n]{3,160})", re.M)
_LETTERED_PART = shape(r"<lettered> [A-Z\d]\w{0,2}\b", caseless=True)
_ON_FLOOR = shape(r", (?:<ordinal>|\d{1,2}[\w.]{0,3}) (?:<floor>|<storey>)")


def place_in(
    text: str,
    at: tuple[int, int] | None,
    when: Iterable[tuple[int, int]],
    cues: Cues,
    *,
    online: bool = False,
    theirs: str = "",
) -> str | None:
    """The place stated for a talk; None where none is.

    `at` is where the time of the talk stands in `text` (None where it does not), `when`
    where dates and times stand, `theirs` the sender's name and domain, which are no place.
    Of a talk `online` only a place that is labelled counts.
    """
    masked = _masked(text[:6_000], when)
    found = _marked(masked) or _labelled(masked, cues) or _venue(masked)
    if found or online or (at is not None and _by_way(masked, at)):
        return found
    lines, masked = masked, _unwrapped(masked)
    if at is not None and at[1] <= len(masked):
        found = _own_line(lines, at[0], cues) or _behind(masked, at[1], cues)
        found = found or _nearest(masked, at, cues, theirs)
    head = masked[:2_500]
    if found and not is_spot(found):
        return _numbered(address_in(head, cues), found) or found
    return address_in(head, cues) or found or _further_off(head, cues, theirs)


def _numbered(address: str | None, place: str) -> str | None:
    """An address with a number, which tells more than words: "our offices in Zurich"."""
    told = place[0].islower() and not any(map(str.isdigit, place))
    return address if told and address and any(map(str.isdigit, address)) else None


def is_spot(place: str) -> bool:
    """Whether a place found has neither a name nor a number: "sala operativa"."""
    return place.islower() and not any(map(str.isdigit, place))


def _further_off(text: str, cues: Cues, theirs: str) -> str | None:
    """A place that stands away from the time: led to, in a sentence of its own, or numbered."""
    found = _anywhere(text, cues, theirs) or _alone(text, cues) or _opening(text, cues)
    return found or numbered_in(text, cues)


def _by_way(text: str, at: tuple[int, int]) -> bool:
    """Whether the sentence of the time says that one talks from afar: "on Teams", "Ann rings you"."""
    own = _sentence_of(text, at)
    return bool(_BY_WAY.search(own) or _RINGS_YOU.search(own))


def place_beside(
    text: str, stretch: tuple[int, int], when: Iterable[tuple[int, int]], cues: Cues
) -> str | None:
    """The place of one slot of several, told in that stretch behind its time: "(Old Main 112)"."""
    start, end = stretch
    rest = _masked(text, when)[start : min(end, start + 240)].partition("\n")[0]
    for found in _BRACKETS.finditer(rest):
        if is_place(found[1].partition(",")[0], cues):
            return tidy(found[1])
    told = [place_of(each, cues) for each in led(sentence(rest), cues)]
    told += [place_of(part.lstrip(), cues) for part in _clauses(rest)]
    return next((place for place in told if place), None) or _ours(rest)


def _clauses(rest: str) -> Iterator[str]:
    """What follows each comma of a row, where it begins with a capital ("Tour, Room 4, Old Hall")."""
    for comma in _COMMA.finditer(rest):
        yield rest[comma.end() :]


def _ours(rest: str) -> str | None:
    """ "at our offices": a place only beside another one, as that of another slot."""
    found = _AT_OURS.search(sentence(rest))
    return found[1] if found else None


def _masked(text: str, when: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in when:
        letters[start:end] = WHEN * len(letters[start:end])
    return "".join(letters)


def _unwrapped(text: str) -> str:
    """A text whose long lines run on into the next; as long as it was."""
    letters = list(text)
    start = 0
    while (end := text.find("\n", start)) >= 0:
        following = text[end + 1 : end + 40].partition("\n")[0]
        if end - start >= _WRAPPED and following[:1].isalnum() and not _COLON.search(following):
            letters[end] = " "
        start = end + 1
    return "".join(letters)


def _venue(text: str) -> str | None:
    """ "The venue, Longacre House, ..." and "the same place (the Dobson Building)"."""
    found = _VENUE.search(text)
    place = tidy(found[1] or found[2] or found[3]) if found else None
    return place if place and not ONLINE.search(place) and WHEN not in place else None


def _marked(text: str) -> str | None:
    found = _MARK.search(text)
    return tidy(found[1]) if found and not ONLINE.search(found[1]) else None


def _labelled(text: str, cues: Cues) -> str | None:
    """The rest of the first line that a label for places opens."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        colon = _LABEL_ENDS.search(line)
        label, rest = (line[: colon.start()], line[colon.end() :]) if colon else ("", "")
        if not colon or len(label) > 40 or not cues.closes("place_label", plain(label), 1):
            continue
        place = tidy(sentence(_ASIDE.split(_where(rest.lstrip(" |")))[0].partition(" | ")[0]))
        if place and WHEN not in rest and not is_no_place(place):
            return tidy(", ".join((place, *_further(lines[i + 1 : i + 4]))))
    return None


def _where(line: str) -> str:
    """A line without the words of how one meets ("In person: ")."""
    how = _IN_PERSON.match(line)
    return line[how.end() :] if how else line


def _own_line(text: str, at: int, cues: Cues) -> str | None:
    """A short line beside the line of the time that is an address or names a building."""
    lines, row = text.split("\n"), text.count("\n", 0, at)
    for i in (row + 1, row + 2, row - 1):
        line = lines[i].strip() if 0 <= i < len(lines) else ""
        line = _where(line)
        if not 3 < len(line) <= 90 or WHEN in line or line[-1] in ".!?:,":
            continue
        if line[0].islower() and i and len(lines[i - 1]) >= _WRAPPED:
            continue  # where a long line goes on
        address = HOUSE_NUMBER.search(line) if "," in line else HOUSE_NUMBER.match(line)
        if is_place(line, cues) and (address or _capitals(line)):
            return tidy(", ".join((line.partition(" (")[0], *_further(lines[i + 1 : i + 4]))))
    return None


def _further(lines: list[str]) -> Iterator[str]:
    """The lines in which an address goes on: the street, then the town with its code or state."""
    for line in (each.strip() for each in lines):
        numbered = HOUSE_NUMBER.search(line) or _POSTCODE.search(line) or _STATE.search(line)
        if not 3 < len(line) <= 60 or not numbered or WHEN in line or is_no_place(line):
            return
        if line[-1] in ".!?:" or _COLON.search(line) or not _capitals(line):
            return
        yield line.rstrip(",")


def _capitals(line: str) -> bool:
    """Whether most words of a line are names or numbers: an address, not a sentence."""
    words: list[str] = re.findall(r"\w+", line)
    return sum(w[0].isupper() or w[0].isdigit() for w in words) >= 0.6 * len(words)


def _behind(text: str, end: int, cues: Cues) -> str | None:
    """The words behind a comma, or a bare stop, after the time: an address that nothing introduces."""
    tail = text[end : end + 200]
    lead = re.match(
        r"[\x01\s()]{0,30}(?:\([^()\n\x01]{1,30}\))?(?:[A-Za-z]{2,6}\s?)?[,–—(-]\s*", tail
    )
    rest = tail[lead.end() :] if lead else ""
    for _ in range(3):
        part, _, following = rest.partition(", ")
        if part[:1].isupper() or part[:1].isdigit() or cues.find("place_noun", plain(part)):
            return place_of(rest, cues)
        rest = following if sentence(part) == part else ""  # "my interview for clerk, Unit 9, ..."
    return None


def _near(text: str, at: tuple[int, int], cues: Cues) -> str | None:
    """What a preposition of place leads to: in the time's own sentence first, then around it."""
    paragraph = max(text.rfind("\n\n", 0, at[0]), at[0] - 180, 0)
    before, behind = text[paragraph : at[0]], text[at[1] : at[1] + 400].split("\n\n")[0]
    own_before, own_behind = before[last_start(before) :], sentence(behind)
    for stretch in (own_behind, own_before, behind, before):
        for rest in led(stretch, cues):
            if place := place_of(rest, cues):
                return place
    return None


def _nearest(text: str, at: tuple[int, int], cues: Cues, theirs: str) -> str | None:
    """What a preposition leads to; a name right behind the time before general words further off.

    "Wed 7am at Dot's on Colfax, I'll be in the back booth."
    """
    near, named = _near(text, at, cues), _named(text, at[1], theirs)
    named = named if named and (near is None or near.islower()) else near
    return named or own_room(_sentence_of(text, at))


def _sentence_of(text: str, at: tuple[int, int]) -> str:
    """The sentence in which a time stands."""
    before = text[max(0, at[0] - 180) : at[0]]
    return before[last_start(before) :] + " " + sentence(text[at[1] : at[1] + 180])


def _anywhere(text: str, cues: Cues, theirs: str) -> str | None:
    """A place by its name or number that stands away from the time ("Our address is 2 Mill St")."""
    for rest in islice(led(text, cues), _MOST_LED):
        bare = unled(rest, cues)
        named = bare[:1].isupper() or bare[:1].isdigit() or _LETTERED_PART.match(bare)
        place = place_of(rest, cues)
        if place and (named or _ON_FLOOR.search(place)) and not _is_sender(place, theirs):
            return place
    return None


def _is_sender(place: str, theirs: str) -> bool:
    """Whether a name without a number is the sender's own: "here at Burger Barn"."""
    if any(sign.isdigit() or sign == "," for sign in place):
        return False
    letters = re.sub(r"[^a-z]", "", theirs.lower())
    words = [word for word in re.findall(r"[a-z]{3,}", place.lower()) if word not in _SMALL]
    return bool(words) and words[0] in letters and place[0].isupper()


def _named(text: str, end: int, theirs: str) -> str | None:
    """ "12:30 at Lula": a name right behind the time that is not the sender's own."""
    found = _AT_NAME.match(text, end)
    place = tidy(found[1]) if found else name_behind(text, end)
    if place is None or ONLINE.search(place):
        return None
    letters = re.sub(r"[^a-z]", "", theirs.lower())
    names = [word for word in re.findall(r"[a-z]{3,}", place.lower()) if word not in _SMALL]
    return place if not any(name in letters for name in names) else None


def _alone(text: str, cues: Cues) -> str | None:
    """A sentence that is an address ("5900 W. 65th St, Door 7."), or one in brackets."""
    for found in _ADDRESS.finditer(text):
        if place := place_of(text[found.start(1) : found.start(1) + MAX_PLACE], cues):
            return place
    if street := _STREET_ANYWHERE.search(text):
        return place_of(text[street.start() : street.start() + MAX_PLACE], cues)
    for found in _BRACKETS.finditer(text):
        address = "," in found[1] and any(map(str.isdigit, SPAN.sub("", found[1])))
        if (address or _NUMBERED.match(found[1])) and cues.find("place_noun", plain(found[1])):
            return tidy(found[1])
    return None


def _opening(text: str, cues: Cues) -> str | None:
    """A place with which a sentence opens, without a verb: "Front office, ask for Jo.", "Haus C."."""
    for found in _OPENING.finditer(text):
        words = found[1]
        if name_in(words, cues) != words or not is_called(words, cues):
            continue
        if place := place_of(text[found.start(1) : found.start(1) + MAX_PLACE], cues):
            return place
    return None
