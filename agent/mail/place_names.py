"""What a place is called, and where its name ends in a sentence.

A place has a house number or a word for places, of the eight languages (`lexicon/place/`); dates,
links, phones and video systems are none. What is read here begins at the name, or at the
preposition that leads to it; where in a mail that may be, `place` knows.
"""

import re
from collections.abc import Iterator

from agent.lexicon.shapes import Shape, tables
from agent.mail.cues import Cues, plain

MAX_PLACE = 110
WHEN = "\x01"  # stands where dates and times were
_CAPITAL = "[A-ZÄÖÜŁŚŻ]"


def shape(source: str, *, caseless: bool = True) -> Shape:
    """A shape with the words of `lexicon/place/`."""
    return Shape("place", source, caseless=caseless)


ONLINE = shape(r"https?:|www\.|@|<online>")
# "our office at 2 Mill St", "nostra sede di via Manzoni 7": general words before an address.
_SEAT = shape(
    r"(?:<before_seat> ){0,2}(?:<our> )?<seat>(?: <within>|:) (?=(?:[^\W\d]|\d)[^,]{2,40}(?:, )?\d|\d)"
)
# "siedzibie Urzędu, ul. Rynkowa 2": the seat of somebody before what tells more.
_SEAT_OF = shape(rf"<seat_of>(?: {_CAPITAL}\w+){{0,2}}, (?=\S)", caseless=False)
# A name that goes on: "the staff gate on Harrow Road", "Studio 3 at the Wharf".
# And what it stands by: "the diner across from the yard".
_FURTHER = shape(
    rf" <within> (?={_CAPITAL}|[0-9]|<ordinal> )| <beside> (?:<article> )?[^\W\d_]+", caseless=False
)
# Where a stop ends a sentence though it stands behind a short word: "Block B.", "12 Mill St."
_STREET_ENDS = shape(r"<lettered> [a-z]$|\d{1,5}[a-z]? (?:[\w.'’-]+ ){1,4}<street_end>$")
# A street before its house number: "via Po 8".
STREET_FIRST = r"(?i:<street_first>)\.? [^\W\d_][^\n,;:()]{1,40},? \d{1,4}\b"
_ENDS_NAME = shape(r"(?: [\w.]{1,4})?$| <within> ")
_HAS_ARTICLE = shape(r" <article> ")
_TELEPHONE = re.compile(r"[+(]?\d[\d ().-]{6,}\d(?:,|$)")
_CALLED = re.compile(r"(?:\+\d|\b0\d)[\d ().-]{7,20}\d")  # "vous appelez Yasmine au +33 1 84 ..."
# A street whose name begins with a small word: "Am Anger 2".
_LED_STREET = shape(rf"\s*<Street_led> {_CAPITAL}[\w'’-]+ \d{{1,4}}", caseless=False)
_DEED = shape(r"(?!<no_deed>)[a-z']+ <deed>", caseless=False)  # "buzz the radio room"
HOUSE_NUMBER = shape(
    rf"(?<![\w.:])\d{{1,5}}[a-z]?(?:,? <street_after>| [A-ZÄÖÜ][\w.'-]+|, (?:{_CAPITAL}\w+ ){{1,2}}<Street>)|\b{STREET_FIRST}"
    rf"|{_CAPITAL}[\w.ßäöüéèà'-]{{2,30}} \d{{1,4}}[a-z]?\b(?! ?<hour>)",
    caseless=False,
)
_STREET = re.compile(r"\s*\d{1,5}[a-z]?,? (?:[A-ZÄÖÜ][\w.'’-]+ ){0,2}[A-ZÄÖÜ][\w.'’-]+")
_IN_BRACKETS = re.compile(r"[\w'’-]+(?: [\w'’-]+){0,3} \(([^()\n]{5,80})\)")
SPAN = shape(r"\d{1,3} (?:<span>)")  # "75 minutes each"
_ROMAN = re.compile(r"\s*[IVX]{1,4} (?=[^\W\d_]{3})")  # "I piętro", where "i" is "and" otherwise
_GENERAL = shape(
    r"(?:[a-zß-ÿ]\w+ ){0,2}[a-zß-ÿ][\w'’-]+(?: <within>)? ?",
    caseless=False,
)
_ENTRANCE = shape(r"<entrance>")
_HANGING = shape(r"(?:[\s,]+<hanging>)+$")
_LEADING = shape(r"^<still> (?:(?:<article>|<within>) )?")
_NEGATED = shape(r"<negated>\s*$")
_COUNTED = shape(r"<counted>\.? [\d#]")  # "Kennziffer 77/26"
_NO_PLACE = shape(r"<general>|<general_spot>")
_NUMBER_SIGN = shape(r"[^\W\d]+ <number>\.? \d")  # "sala nr 5"
_OF_STREET = shape(r"<street_first>")
_PART = shape(r"<numbered>|<floor>|<storey>")  # "Room", whose number was read as something else
_SAME = shape(r"(?:[\w']{1,7} ){0,2}<same>")
# "dans nos bureaux", "presso i nostri uffici": theirs, which the user knows, and no address.
_OURS = shape(r"(?:<before_seat> ){0,2}(?:<our> )?(?:<before_seat> )?(?:<seat>|<general>)")
# A letter that names a part of a house, and so may end a sentence: "scala B. La riceverà ...".
_LETTERED = shape(r"<lettered> [a-z]$")
_STOP = re.compile(r"[.;!?](?=\s|$)|[(\n\x01]|\s[-–—]\s|:\s")
_SENTENCE_END = re.compile(r"(?<=[a-z)\x01][.!?])\s")
_ABBREVIATED = shape(r"(?:<abbreviated>|\b[a-z])$")
_STOREY = shape(r"(?<=\d)\. ?<storey>")
_ARTICLE = shape(r"<article>\s*(?<=[\s'’])(?=\w)")


def is_no_place(words: str) -> bool:
    """A video system, a number to call, or a deed ("Enter the interview room")."""
    numbered = _TELEPHONE.match(words) or _CALLED.search(words)
    return bool(ONLINE.search(words) or numbered or _DEED.match(words.lower()))


def is_place(text: str, cues: Cues) -> bool:
    """Whether words have a house number or a word for places, and are no video system."""
    if ONLINE.search(text):
        return False
    return cues.find("place_noun", plain(text)) or bool(HOUSE_NUMBER.search(text))


def sentence(text: str) -> str:
    """A text up to the end of its first sentence; the stop of "pok. 117" is none."""
    return next((text[: end.start()] for end in _ends(text)), text)


def last_start(text: str) -> int:
    """Where the last sentence of a text begins."""
    return max((end.end() for end in _ends(text)), default=0)


def _ends(text: str) -> Iterator[re.Match[str]]:
    """The blanks between sentences."""
    for found in _SENTENCE_END.finditer(text):
        before = text[max(0, found.start() - _LONG_STREET) : found.start() - 1]
        if not _is_short(before) or _STREET_ENDS.search(before):
            yield found


def _is_short(text: str) -> bool:
    """Whether a text ends in an abbreviation ("ul", "J"), not in the letter of a staircase."""
    ending = text[-_SHORT:]
    return _ABBREVIATED.search(ending) is not None and _LETTERED.search(ending) is None


_SHORT, _LONG_STREET = 40, 150  # characters that an abbreviation and a street before it can have


def is_called(words: str, cues: Cues) -> bool:
    """Whether a few words are what a place is called: "Front office", "Haus C", "Gabinet na parterze"."""
    if _HAS_ARTICLE.search(words) or _DEED.match(words.lower()):
        return False  # "Park behind the building"
    nouns = cues.patterns["place_noun"].finditer(plain(words))
    return any(_ENDS_NAME.match(words, noun.end()) for noun in nouns)


def led(stretch: str, cues: Cues) -> Iterator[str]:
    """What follows each preposition, where it begins like the name of a place."""
    for found in cues.patterns["place_at"].finditer(plain(stretch)):
        if _NEGATED.search(stretch[max(0, found.start() - _NEGATION) : found.start()]):
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


_NEGATION = (
    30  # characters of "and not" and its like, with room: a whole letter would be searched anew
)


def _bracketed(rest: str) -> str | None:
    """ "Kanzlei (Am Wall 7, 3. Etage)": the address in brackets behind a general word."""
    found = _IN_BRACKETS.match(rest)
    if found is None or not HOUSE_NUMBER.search(found[1]) or ONLINE.search(found[1]):
        return None
    return tidy(found[1])


def place_of(rest: str, cues: Cues) -> str | None:
    """The parts between commas that name a place, up to where the sentence goes on."""
    rest = rest if _LED_STREET.match(rest) else unled(rest, cues)
    if inside := _bracketed(rest):
        return inside
    kept: list[str] = []
    for part in _cut(rest).split(","):
        words = name_in(part, cues)
        if not words or ONLINE.search(words) or len(words) > 60:
            break
        if SPAN.match(words) or (kept and not _goes_on(words, cues)):
            break
        kept.append(words)
        if len(words) < len(part.strip()):
            break
    place = _precise(tidy(", ".join(kept)))
    if place and cues.whole("place_spot", plain(place)):
        return _nominative(place)
    if (
        not place
        or len(place) < 4
        or _NO_PLACE.fullmatch(place)
        or _OURS.fullmatch(place)
        or _SAME.match(place)
        or _PART.fullmatch(place)
        or _DEED.match(place)
        or _TELEPHONE.match(place)
        or _COUNTED.match(place)
        or (place.isalpha() and place.islower())
    ):
        return None  # "the office" says nothing that the user does not know
    return _nominative(place) if is_place(place, cues) else None


def _goes_on(words: str, cues: Cues) -> bool:
    """Whether a part behind a comma is of the place: a name, a number, or a word for places.

    "Lilac Bank, Maureen who interviews you": a name that words go on with is a person.
    """
    if cues.find("place_noun", plain(words)):
        return True
    last = words.split()[-1]
    return words[0].isdigit() or (words[0].isupper() and len(words) > 1 and not last.islower())


def _nominative(place: str) -> str:
    """ "w sali 204" is the room "sala 204", and "ul. Lipowej 9" the street "ul. Lipowa 9"."""
    first, blank, rest = place.partition(" ")
    cases = tables("place")["cases"]
    own = cases.get(first.lower(), first)
    first = own.capitalize() if first[:1].isupper() else own
    if not blank or (first.lower() not in cases.values() and first != "ul"):
        return place
    second, blank, tail = rest.partition(" ")
    return f"{first} {_by_itself(second)}{blank}{tail}"


def _by_itself(word: str) -> str:
    """A word of a street's name as it is by itself, in a language that bends it."""
    bare = word.rstrip(",")
    for ending, own in tables("place")["endings"].items():
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            return bare.removesuffix(ending) + own + word[len(bare) :]
    return word


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
        and (HOUSE_NUMBER.match(tail) or _LED_STREET.match(tail))
        and (_GENERAL.fullmatch(head) or _OURS.fullmatch(head))
        and not _ENTRANCE.search(head)
    ):
        return tail
    general = None if _NUMBER_SIGN.match(place) else _GENERAL.match(place)
    rest = place[general.end() :] if general else ""
    of_street = _OF_STREET.match(place) is not None  # "via dei Chiostri 4"
    if rest and general and " " in general[0].strip() and HOUSE_NUMBER.match(rest):
        return place if of_street else rest  # "kantoor aan de Dijkweg 4"
    return place


def unled(rest: str, cues: Cues) -> str:
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


def name_in(part: str, cues: Cues) -> str:
    """A part up to the first word that no name of a place goes on with."""
    flat = plain(part)
    offset = len(part) - len(part.lstrip())
    article = _ARTICLE.match(part.lstrip())
    begin = offset + (article.end() if article else 0)
    numbered = _STREET.match(part, begin) or _LED_STREET.match(part, offset)
    numbered = numbered or _ROMAN.match(part)
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


def tidy(text: str) -> str | None:
    place = " ".join(text.replace(WHEN, " ").split()).strip(" .,;:*-–•|\"'")
    if place.count("(") != place.count(")"):
        place = place.strip("()") if place.count("(") < 2 else place
    return place[:160] or None
