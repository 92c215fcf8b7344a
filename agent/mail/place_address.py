"""An address, or a room with a number, wherever it stands in a mail's words.

A house number beside a word for streets is seldom anything but the place of a talk, so it needs
no preposition and no comma behind the time: "The house is 77 Fern Drive", "Osteria Verde, 8 Lamb
Passage, ring the bell". What is said in front of it, up to the comma before, is its house; a part
of a house with a number ("Station 2 as before") is a place by itself, and comes last.
"""

from agent.mail.cues import Cues
from agent.mail.place_names import MAX_PLACE, ONLINE, STREET_FIRST, WHEN, place_of, shape, tidy

_CAPITAL = r"[A-ZÄÖÜŁŚŻ]"
# "8 Lamb's Conduit Passage", "14 rue Haute", "via Po 8", "420 Lakeshore E", "Birkenweg 9".
_STREET = shape(
    rf"(?<![\w.,/:#+-])(?:\d{{1,5}}[a-z]? (?:[NSEW]\.? )?(?:{_CAPITAL}[\w.'’-]{{1,20}} ){{1,3}}(?:<Street>|[NSEW]\b)"
    r"|\d{1,4}(?: bis| ter)?,? <street_after> [^\W\d_]"
    rf"|{_CAPITAL}\w{{2,25}}<street_tail>\.? \d{{1,4}}[a-z]?\b(?! ?<hour>)"
    rf"|{STREET_FIRST})",
    caseless=False,
)
# The house before it: "Osteria Verde, ", "(Livorno, ".
_HOUSE = shape(
    rf"(?:[.!?:;,(] ?|\b<within> |\bat )((?:<article> )?(?:{_CAPITAL}[\w'’&.-]*|\d{{1,4}}(?:st|nd|rd|th)?)(?: [\w'’&-]+){{0,3}}, )$",
    caseless=False,
)
_NUMBERED = shape(
    rf"(?:(?<=[.!?:;,(] )|(?<=\n)|(?<={WHEN} )|(?<={WHEN} on )|(?<=\())((?:{_CAPITAL}\w+ )?(?:<numbered>|<Numbered>) (?:[A-Z][ .-]?)?\d[\w./-]{{0,5}})(?=[\s,.;)]|$)",
    caseless=False,
)
# "Costa on the High Street", "Rosie's on Main", right behind the time.
_NAME_ON = shape(
    rf"[{WHEN} ,–-]{{0,12}}(?:(?:<still>|[a-z]{{2,4}} [a-z]{{2,4}}), )?((?:{_CAPITAL}[\w'’&-]+ ){{1,3}}on (?:the )?{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]+){{0,2}})(?=[ .,;!?\n]|$)",
    caseless=False,
)
# "noon both days, at the Hitching Post": a name with its article.
_AT_THE_NAME = shape(
    rf"[{WHEN} ,a-z]{{0,25}}\bat the ({_CAPITAL}[\w'’-]+(?: (?:of |and |& )?{_CAPITAL}[\w'’-]+){{1,3}})(?=[ .,;!?\n]|$)",
    caseless=False,
)
_MINE = shape(r"\b<mine>\b")
_POSTCODE = shape(
    r"\b(?i:postcode|post code|eircode)(?: is|:)? ([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",
    caseless=False,
)


def address_in(text: str, cues: Cues) -> str | None:
    """The first address in a text, with the house whose name stands before it."""
    for found in _STREET.finditer(text):
        start = found.start()
        before = text[max(0, start - 60) : start]
        house = _HOUSE.search(before) if before.endswith(", ") else None
        street = place_of(text[start : start + MAX_PLACE], cues)
        if street is None:
            continue
        whole = place_of(text[start - len(house[1]) : start + MAX_PLACE], cues) if house else None
        return whole if whole and whole.endswith(street) else street
    return None


def numbered_in(text: str, cues: Cues) -> str | None:
    """A part of a house that its number tells apart, else a postcode that is the whole address."""
    for found in _NUMBERED.finditer(text):
        if place := place_of(text[found.start(1) : found.start(1) + MAX_PLACE], cues):
            return place
    postcode = _POSTCODE.search(text)
    return postcode[1] if postcode else None


def name_behind(text: str, end: int) -> str | None:
    """The name of a public house right behind a time, told by its article or its street."""
    found = _AT_THE_NAME.match(text, end) or _NAME_ON.match(text, end)
    return tidy(found[1]) if found and not ONLINE.search(found[1]) else None


def own_room(words: str) -> str | None:
    """The writer's own room ("in my office"), in the sentence of the time."""
    found = _MINE.search(words)
    return tidy(found[0]) if found else None
