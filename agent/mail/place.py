"""Where one meets: the place that a mail states for a talk in prose.

Four ways to state one, asked in this order: a label or a pin ("Where: 2 Mill St"), a line of
its own beside the time, the words right behind the time ("at 2 pm, 2 Mill St, Leeds"), and a
preposition near it ("in Room 4, Canal House"). A place has a house number or a word for
places; dates, links, phones and video systems are none.
"""

import re
from collections.abc import Iterable, Iterator

from agent.lexicon.shapes import Shape, Words, tables
from agent.mail.cues import Cues, plain

MAX_PLACE = 110
_WHEN = "\x01"  # stands where dates and times were
_CAPITAL = "[A-ZÄÖÜŁŚŻ]"
_NAME = r"[A-Z][\w'’-]+"  # one word of a name


def _shape(source: str, *, caseless: bool = True) -> Shape:
    return Shape("place", source, caseless=caseless)


_ONLINE = _shape(r"https?:|www\.|@|<online>")
_BY_WAY = _shape(r"<by_way> <online>")
# "In person: 27 Chapel Road": how one meets, said before where.
_IN_PERSON = _shape(r"<in_person>\s*(?:[:,–—-]|<within>)\s*(?=\S)")
# "our office at 2 Mill St", "nostra sede di via Manzoni 7": general words before an address.
_SEAT = _shape(
    r"(?:<before_seat> ){0,2}(?:<our> )?<seat>(?: <within>|:) (?=(?:[^\W\d]|\d)[^,]{2,40}(?:, )?\d|\d)"
)
# "siedzibie Urzędu, ul. Rynkowa 2": the seat of somebody before what tells more.
_SEAT_OF = _shape(rf"<seat_of>(?: {_CAPITAL}\w+){{0,2}}, (?=\S)", caseless=False)
_NUMBERED = _shape(r"[^\W\d]{3,12}\.? (?:<number>\.? )?\d{1,4}[a-z]?$")
# A name that goes on: "the staff gate on Harrow Road", "Studio 3 at the Wharf".
_FURTHER = _shape(rf" <within> (?={_CAPITAL}|[0-9]|<ordinal> )", caseless=False)
# Where a stop ends a sentence though it stands behind a short word: "Block B.", "12 Mill St."
_STREET_ENDS = _shape(r"<lettered> [a-z]$|\d{1,5}[a-z]? (?:[\w.'’-]+ ){1,4}<street_end>$")
_AT_NAME = _shape(
    rf"[\x01 ]{{0,30}}(?:[A-Z]{{2,5}} )?<named_at> ({_NAME}(?:,? (?:<name_joins> )?(?:<article> )?(?!I\b){_NAME}){{0,4}})(?=[ .,;!?\n]|$)",
    caseless=False,
)
_SMALL = Words("place", "small")
# A house number and a street, or a unit and an estate, where a sentence or a clause begins.
_STREET_FIRST = r"(?i:<street_first>)\.? [^\W\d_][^\n,;:()]{1,40},? \d{1,4}\b"
_ADDRESS = _shape(
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
_ENDS_NAME = _shape(r"(?: [\w.]{1,4})?$| <within> ")
_HAS_ARTICLE = _shape(r" <article> ")
_STREET_ANYWHERE = _shape(rf"\b{_STREET_FIRST}", caseless=False)
# What is told beside a place, behind which it does not go on: "Room 4 (lift on the left)".
_ASIDE = re.compile(r" \((?![^()]{1,40}\), )")
_BRACKETS = re.compile(r"\(([^()\n\x01]{3,80})\)")
_TELEPHONE = re.compile(r"[+(]?\d[\d ().-]{6,}\d(?:,|$)")
_CALLED = re.compile(r"(?:\+\d|\b0\d)[\d ().-]{7,20}\d")  # "vous appelez Yasmine au +33 1 84 ..."
# A street whose name begins with a small word: "Am Anger 2".
_LED_STREET = _shape(rf"\s*<Street_led> {_CAPITAL}[\w'’-]+ \d{{1,4}}", caseless=False)
_DEED = _shape(r"(?!<no_deed>)[a-z']+ <deed>", caseless=False)  # "buzz the radio room"
_WRAPPED = 58  # characters of a line that a mail program broke; shorter ones end where they end
_HOUSE_NUMBER = _shape(
    rf"\b\d{{1,5}}[a-z]?,? (?:<street_after>|[A-ZÄÖÜ][\w.'-]+)|\b{_STREET_FIRST}"
    rf"|{_CAPITAL}[\w.ßäöüéèà'-]{{2,30}} \d{{1,4}}[a-z]?\b(?! ?<hour>)",
    caseless=False,
)
_POSTCODE = re.compile(r"\b(?:\d{4,5}(?: [A-Z]{2})?|\d\d-\d{3}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_COLON = re.compile(r"[:|](?=\s|$)")
_LABEL_ENDS = re.compile(r"[:|](?=\s|$)|(?<=\w)[ \t]{2,}(?=\S)")  # "Place   Room 6" of a table
_VENUE = _shape(
    r"(?:<venue>|<Venue>)(?:, ([^\W\d_a-z][^,;.\n]{2,50}),| \(((?:<article> )?[^\W\d_a-z][^()\n]{2,60})\))"
    r"|(?:<venue>|<Venue>) <remains> [^.\n]{0,20}<that_is>\.?,? ([^\n.;]{4,80})",
    caseless=False,
)
_MARK = re.compile(r"^[ \t]*(?:📍|🏢|🗺)\uFE0F?[ \t]*([^\n]{3,160})", re.M)
_STREET = re.compile(r"\s*\d{1,5}[a-z]?,? (?:[A-ZÄÖÜ][\w.'’-]+ ){0,2}[A-ZÄÖÜ][\w.'’-]+")
_IN_BRACKETS = re.compile(r"[\w'’-]+(?: [\w'’-]+){0,3} \(([^()\n]{5,80})\)")
_GENERAL = _shape(
    r"(?:[a-zß-ÿ]\w+ ){0,2}[a-zß-ÿ][\w'’-]+(?: <within>)? ?",
    caseless=False,
)
_ENTRANCE = _shape(r"<entrance>")
_HANGING = _shape(r"(?:[\s,]+<hanging>)+$")
_LEADING = _shape(r"^<still> (?:(?:<article>|<within>) )?")
_NEGATED = _shape(r"<negated>\s*$")
_COUNTED = _shape(r"<counted>\.? [\d#]")  # "Kennziffer 77/26"
_NO_PLACE = _shape(r"<general>|<general_spot>")
_NUMBER_SIGN = _shape(r"[^\W\d]+ <number>\.? \d")  # "sala nr 5"
_OF_STREET = _shape(r"<street_first>")
_SAME = _shape(r"(?:[\w']{1,7} ){0,2}<same>")
# "dans nos bureaux", "presso i nostri uffici": theirs, which the user knows, and no address.
_OURS = _shape(r"(?:<before_seat> ){0,2}(?:<our> )?(?:<before_seat> )?(?:<seat>|<general>)")
# A letter that names a part of a house, and so may end a sentence: "scala B. La riceverà ...".
_LETTERED = _shape(r"<lettered> [a-z]$")
_LETTERED_PART = _shape(r"<lettered> [A-Z\d]\w{0,2}\b", caseless=True)
_STOP = re.compile(r"[.;!?](?=\s|$)|[(\n\x01]|\s[-–—]\s|:\s")
_SENTENCE_END = re.compile(r"(?<=[a-z)\x01][.!?])\s")
_ABBREVIATED = _shape(r"(?:<abbreviated>|\b[a-z])$")
_ON_FLOOR = _shape(r", (?:<ordinal>|\d{1,2}[\w.]{0,3}) (?:<floor>|<storey>)")
_STOREY = _shape(r"(?<=\d)\. ?<storey>")
_ARTICLE = _shape(r"<article>\s*(?<=[\s'’])(?=\w)")


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
    return found or _anywhere(head, cues, theirs) or _alone(head, cues) or _opening(head, cues)


def _by_way(text: str, at: tuple[int, int]) -> bool:
    """Whether the sentence of the time says that one talks from afar: "on Teams", "by phone"."""
    before = text[max(0, at[0] - 180) : at[0]]
    own = before[_last_start(before) :] + " " + _sentence(text[at[1] : at[1] + 180])
    return _BY_WAY.search(own) is not None


def place_beside(
    text: str, stretch: tuple[int, int], when: Iterable[tuple[int, int]], cues: Cues
) -> str | None:
    """The place of one slot of several, told in that stretch behind its time: "(Old Main 112)"."""
    start, end = stretch
    rest = _masked(text, when)[start : min(end, start + 240)].partition("\n")[0]
    for found in _BRACKETS.finditer(rest):
        if _is_place(found[1], cues):
            return _tidy(found[1])
    told = (_parts(each, cues) for each in _led(_sentence(rest), cues))
    return next((place for place in told if place), None)


def _masked(text: str, when: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in when:
        letters[start:end] = _WHEN * len(letters[start:end])
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
    place = _tidy(found[1] or found[2] or found[3]) if found else None
    return place if place and not _ONLINE.search(place) and _WHEN not in place else None


def _marked(text: str) -> str | None:
    found = _MARK.search(text)
    return _tidy(found[1]) if found and not _ONLINE.search(found[1]) else None


def _labelled(text: str, cues: Cues) -> str | None:
    """The rest of the first line that a label for places opens."""
    for line in text.split("\n"):
        colon = _LABEL_ENDS.search(line)
        label, rest = (line[: colon.start()], line[colon.end() :]) if colon else ("", "")
        if not colon or len(label) > 40 or not cues.closes("place_label", plain(label), 1):
            continue
        place = _tidy(_sentence(_ASIDE.split(_where(rest.lstrip(" |")))[0].partition(" | ")[0]))
        if place and _WHEN not in rest and not _is_no_place(place):
            return place
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
        if not 3 < len(line) <= 90 or _WHEN in line or line[-1] in ".!?:,":
            continue
        if line[0].islower() and i and len(lines[i - 1]) >= _WRAPPED:
            continue  # where a long line goes on
        address = "," in line and _HOUSE_NUMBER.search(line) is not None
        if _is_place(line, cues) and (address or _capitals(line)):
            return _tidy(", ".join((line.partition(" (")[0], *_further(lines[i + 1 : i + 4]))))
    return None


def _further(lines: list[str]) -> Iterator[str]:
    """The lines in which an address goes on: the street, then the town with its code."""
    for line in (each.strip() for each in lines):
        numbered = _HOUSE_NUMBER.search(line) or _POSTCODE.search(line)
        if not 3 < len(line) <= 60 or not numbered or _WHEN in line or _is_no_place(line):
            return
        if line[-1] in ".!?:" or _COLON.search(line) or not _capitals(line):
            return
        yield line.rstrip(",")


def _is_no_place(words: str) -> bool:
    """A video system, a number to call, or a deed ("Enter the interview room")."""
    numbered = _TELEPHONE.match(words) or _CALLED.search(words)
    return bool(_ONLINE.search(words) or numbered or _DEED.match(words.lower()))


def _capitals(line: str) -> bool:
    """Whether most words of a line are names or numbers: an address, not a sentence."""
    words: list[str] = re.findall(r"\w+", line)
    return sum(w[0].isupper() or w[0].isdigit() for w in words) >= 0.6 * len(words)


def _is_place(text: str, cues: Cues) -> bool:
    if _ONLINE.search(text):
        return False
    return cues.find("place_noun", plain(text)) or bool(_HOUSE_NUMBER.search(text))


def _behind(text: str, end: int, cues: Cues) -> str | None:
    """The words behind a comma, or a bare stop, after the time: an address that nothing introduces."""
    tail = text[end : end + 200]
    lead = re.match(
        r"[\x01\s()]{0,30}(?:\([^()\n\x01]{1,30}\))?(?:[A-Za-z]{2,6}\s?)?[,–—(-]\s*", tail
    )
    return _parts(tail[lead.end() :], cues) if lead else None


def _near(text: str, at: tuple[int, int], cues: Cues) -> str | None:
    """What a preposition of place leads to: in the time's own sentence first, then around it."""
    paragraph = max(text.rfind("\n\n", 0, at[0]), at[0] - 180, 0)
    before, behind = text[paragraph : at[0]], text[at[1] : at[1] + 400].split("\n\n")[0]
    own_before, own_behind = before[_last_start(before) :], _sentence(behind)
    for stretch in (own_behind, own_before, behind, before):
        for rest in _led(stretch, cues):
            if place := _parts(rest, cues):
                return place
    return None


def _nearest(text: str, at: tuple[int, int], cues: Cues, theirs: str) -> str | None:
    """What a preposition leads to; a name right behind the time before general words further off.

    "Wed 7am at Dot's on Colfax, I'll be in the back booth."
    """
    near, named = _near(text, at, cues), _named(text, at[1], theirs)
    return named if named and (near is None or near.islower()) else near


def _sentence(text: str) -> str:
    """A text up to the end of its first sentence; the stop of "pok. 117" is none."""
    return next((text[: end.start()] for end in _ends(text)), text)


def _last_start(text: str) -> int:
    """Where the last sentence of a text begins."""
    return max((end.end() for end in _ends(text)), default=0)


def _ends(text: str) -> Iterator[re.Match[str]]:
    """The blanks between sentences."""
    for found in _SENTENCE_END.finditer(text):
        before = text[: found.start() - 1]
        if not _is_short(before) or _STREET_ENDS.search(before):
            yield found


def _is_short(text: str) -> bool:
    """Whether a text ends in an abbreviation ("ul", "J"), not in the letter of a staircase."""
    return _ABBREVIATED.search(text) is not None and _LETTERED.search(text) is None


def _anywhere(text: str, cues: Cues, theirs: str) -> str | None:
    """A place by its name or number that stands away from the time ("Our address is 2 Mill St")."""
    for rest in _led(text, cues):
        bare = _unled(rest, cues)
        named = bare[:1].isupper() or bare[:1].isdigit() or _LETTERED_PART.match(bare)
        place = _parts(rest, cues)
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
    if found is None or _ONLINE.search(found[1]):
        return None
    letters = re.sub(r"[^a-z]", "", theirs.lower())
    names = [word for word in re.findall(r"[a-z]{3,}", found[1].lower()) if word not in _SMALL]
    return _tidy(found[1]) if not any(name in letters for name in names) else None


def _alone(text: str, cues: Cues) -> str | None:
    """A sentence that is an address ("5900 W. 65th St, Door 7."), or one in brackets."""
    for found in _ADDRESS.finditer(text):
        if place := _parts(text[found.start(1) : found.start(1) + MAX_PLACE], cues):
            return place
    if street := _STREET_ANYWHERE.search(text):
        return _parts(text[street.start() : street.start() + MAX_PLACE], cues)
    for found in _BRACKETS.finditer(text):
        address = "," in found[1] and any(map(str.isdigit, found[1]))
        if (address or _NUMBERED.match(found[1])) and cues.find("place_noun", plain(found[1])):
            return _tidy(found[1])
    return None


def _opening(text: str, cues: Cues) -> str | None:
    """A place with which a sentence opens, without a verb: "Front office, ask for Jo.", "Haus C."."""
    for found in _OPENING.finditer(text):
        words = found[1]
        if _name(words, cues) != words or not _is_called(words, cues):
            continue
        if place := _parts(text[found.start(1) : found.start(1) + MAX_PLACE], cues):
            return place
    return None


def _is_called(words: str, cues: Cues) -> bool:
    """Whether a few words are what a place is called: "Front office", "Haus C", "Gabinet na parterze"."""
    if _HAS_ARTICLE.search(words) or _DEED.match(words.lower()):
        return False  # "Park behind the building"
    nouns = cues.patterns["place_noun"].finditer(plain(words))
    return any(_ENDS_NAME.match(words, noun.end()) for noun in nouns)


def _led(stretch: str, cues: Cues) -> Iterator[str]:
    """What follows each preposition, where it begins like the name of a place."""
    for found in cues.patterns["place_at"].finditer(plain(stretch)):
        if _NEGATED.search(stretch[: found.start()]):
            continue  # "Come to the Lodge and not to Senate House"
        if _LED_STREET.match(stretch, found.start()):
            yield stretch[found.start() : found.start() + MAX_PLACE]
            continue
        rest = stretch[found.end() : found.end() + MAX_PLACE].lstrip()
        article = _ARTICLE.match(rest)
        noun = cues.find("place_noun", plain(rest[:24]))
        if _DEED.match(rest) and not article:
            continue  # "come to see the level", "buzz the radio room"
        if rest and (article or noun or rest[0].isupper() or rest[0].isdigit()):
            yield rest


def _bracketed(rest: str) -> str | None:
    """ "Kanzlei (Am Wall 7, 3. Etage)": the address in brackets behind a general word."""
    found = _IN_BRACKETS.match(rest)
    if found is None or not _HOUSE_NUMBER.search(found[1]) or _ONLINE.search(found[1]):
        return None
    return _tidy(found[1])


def _parts(rest: str, cues: Cues) -> str | None:
    """The parts between commas that name a place, up to where the sentence goes on."""
    rest = rest if _LED_STREET.match(rest) else _unled(rest, cues)
    if inside := _bracketed(rest):
        return inside
    kept: list[str] = []
    for part in _cut(rest).split(","):
        words = _name(part, cues)
        if not words or _ONLINE.search(words) or len(words) > 60:
            break
        named = words[0].isupper() or words[0].isdigit()
        if kept and not (named or cues.find("place_noun", plain(words))):
            break
        kept.append(words)
        if len(words) < len(part.strip()):
            break
    place = _precise(_tidy(", ".join(kept)))
    if place and cues.whole("place_spot", plain(place)):
        return place
    if (
        not place
        or len(place) < 4
        or _NO_PLACE.fullmatch(place)
        or _OURS.fullmatch(place)
        or _SAME.match(place)
        or _DEED.match(place)
        or _TELEPHONE.match(place)
        or _COUNTED.match(place)
        or (place.isalpha() and place.islower())
    ):
        return None  # "the office" says nothing that the user does not know
    return _nominative(place) if _is_place(place, cues) else None


def _nominative(place: str) -> str:
    """ "w sali 204" is the room "sala 204"."""
    first, blank, rest = place.partition(" ")
    own = tables("place")["cases"].get(first)
    return f"{own} {rest}" if blank and own else place


def _precise(place: str | None) -> str | None:
    """Without general words before an address ("yard, 118 Mill st") and words left hanging."""
    if place is None:
        return None
    place = _LEADING.sub("", _HANGING.sub("", place))
    seat = _SEAT.match(place) or _SEAT_OF.match(place)
    place = place[seat.end() :] if seat else place
    head, comma, tail = place.partition(", ")
    if (
        comma
        and _HOUSE_NUMBER.match(tail)
        and _GENERAL.fullmatch(head)
        and not _ENTRANCE.search(head)
    ):
        return tail
    general = None if _NUMBER_SIGN.match(place) else _GENERAL.match(place)
    rest = place[general.end() :] if general else ""
    of_street = _OF_STREET.match(place) is not None  # "via dei Chiostri 4"
    if rest and general and " " in general[0].strip() and _HOUSE_NUMBER.match(rest):
        return place if of_street else rest  # "kantoor aan de Dijkweg 4"
    return place


def _unled(rest: str, cues: Cues) -> str:
    """Without the preposition and the article that lead to the name."""
    led = cues.patterns["place_at"].match(plain(rest))
    rest = rest[led.end() :].lstrip() if led else rest
    article = _ARTICLE.match(rest)
    return rest[article.end() :] if article else rest


def _cut(rest: str) -> str:
    """Up to the end of the sentence; the stop of "St." is none."""
    for found in _STOP.finditer(rest):
        short = _is_short(rest[: found.start()]) or _STOREY.match(rest, found.start())
        if found[0] != "." or not short or _STREET_ENDS.search(rest[: found.start()]):
            return rest[: found.start()]
    return rest


def _name(part: str, cues: Cues) -> str:
    """A part up to the first word that no name of a place goes on with."""
    flat = plain(part)
    offset = len(part) - len(part.lstrip())
    article = _ARTICLE.match(part.lstrip())
    begin = offset + (article.end() if article else 0)
    numbered = _STREET.match(part, begin) or _LED_STREET.match(part, offset)
    begin = numbered.end() if numbered else begin
    halt = _halt(flat, begin, cues)
    beside = _FURTHER.finditer(part)
    further = next((each for each in beside if each.start() < halt < each.end()), None)
    head = part[begin:halt]
    if further is not None and (head[:1].isupper() or cues.find("place_noun", plain(head))):
        halt = _halt(flat, further.end(), cues)
    return part[:halt].strip(" \n\t'\"")


def _halt(flat: str, begin: int, cues: Cues) -> int:
    """Where the first word stands with which no name of a place goes on, from a position."""
    stops = cues.patterns["place_stop"].finditer(flat)
    return next((m.start() for m in stops if m.start() >= begin), len(flat))


def _tidy(text: str) -> str | None:
    place = " ".join(text.replace(_WHEN, " ").split()).strip(" .,;:*-–•|\"'")
    if place.count("(") != place.count(")"):
        place = place.strip("()") if place.count("(") < 2 else place
    return place[:160] or None
