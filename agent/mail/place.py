"""Where one meets: the place that a mail states for a talk in prose.

Three ways to state one, asked in this order: a label ("Where: 2 Mill St"), a line of its own
beside the time, and words beside the time ("at 2 pm in Room 4, Canal House"). A place is what
has a house number or a word for places; a link, a phone or a video system is none.
"""

import re

from agent.mail.cues import Cues, plain
from agent.mail.when import TimeMention

MAX_PLACE = 110
_ONLINE = re.compile(
    r"https?:|zoom|teams\b|google meet|\bmeet\b|video|phone|online|webex|skype|remote|virtual|whatsapp|telefon|visio|"
    r"teléfono|téléphone|vidéo|llamada|chamada|chiamata",
    re.I,
)
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?\s+\w|\w\s+\d{1,4}[a-z]?\b(?!\s*(?:min|uur|uhr|h\b|am|pm))", re.I
)
_MARK = re.compile(r"^[ \t]*(?:📍|🏢|🗺)\uFE0F?[ \t]*([^\n]{3,160})", re.M)
_END = re.compile(r"[.;!?\n(](?:\s|$|\w)|\s[-–—]\s|\n")


def place_in(text: str, mention: TimeMention, cues: Cues) -> str | None:
    """The place stated for the talk at `mention`, a time in `text`; None where none is."""
    head = text[:6_000]
    return (
        _marked(head)
        or _labelled(head, cues)
        or _own_line(head, mention, cues)
        or _beside(head, mention, cues)
    )


def _marked(text: str) -> str | None:
    found = _MARK.search(text)
    return _tidy(found[1]) if found else None


def _labelled(text: str, cues: Cues) -> str | None:
    """The rest of the first line that a label for places opens."""
    for line in text.split("\n"):
        label, colon, rest = line.partition(":")
        if colon and len(label) < 40 and cues.find("place_label", plain(label[-24:])):
            place = _tidy(rest)
            if place and not _ONLINE.search(place):
                return place
    return None


def _own_line(text: str, mention: TimeMention, cues: Cues) -> str | None:
    """A short line beside the line of the time that is an address or names a building."""
    lines, at = text.split("\n"), text.count("\n", 0, mention.span[0])
    for i in (at + 1, at + 2, at - 1):
        if not 0 <= i < len(lines) or not 3 < len(lines[i].strip()) <= 90:
            continue
        line = lines[i].strip()
        named = line[0].isupper() or line[0].isdigit()
        if named and line[-1] not in ".!?:," and _is_place(line, cues) and _capitals(line):
            return _tidy(line)
    return None


def _capitals(line: str) -> bool:
    """Whether most words of a line are names or numbers: an address, not a sentence."""
    words: list[str] = re.findall(r"\w+", line)
    return sum(w[0].isupper() or w[0].isdigit() for w in words) >= 0.6 * len(words)


def _is_place(text: str, cues: Cues) -> bool:
    if _ONLINE.search(text):
        return False
    return cues.find("place_noun", plain(text)) or bool(_STREET.search(text))


def _beside(text: str, mention: TimeMention, cues: Cues) -> str | None:
    """The words behind a preposition of place, after the time first, then before it."""
    start, end = mention.span
    after = text[end : end + 220].split("\n\n")[0]
    before_from = max(text.rfind("\n\n", 0, start), text.rfind(". ", 0, start), start - 160, 0)
    for stretch in (after, text[before_from:start]):
        if place := _phrase(stretch, cues):
            return place
    return None


def _phrase(stretch: str, cues: Cues) -> str | None:
    flat = plain(stretch)
    at, stop = cues.patterns["place_at"], cues.patterns["place_stop"]
    for found in at.finditer(flat):
        rest = stretch[found.end() : found.end() + MAX_PLACE]
        end = _END.search(rest)
        rest = rest[: end.start()] if end else rest
        halt = next((m for m in stop.finditer(plain(rest)) if m.start() > 1), None)
        place = _tidy(rest[: halt.start()] if halt else rest)
        if place and 2 < len(place) and not place[0].isdigit() | (place.lower() in _EMPTY):
            if _is_place(place, cues):
                return place
        elif place and _STREET.match(place) and cues.find("place_noun", plain(place)):
            return place
    return None


_EMPTY = frozenset({"the", "our", "my", "your"})
_ARTICLE = re.compile(r"^(?:our|my|the|dem|der|die|das|den)\s+", re.I)


def _tidy(text: str) -> str | None:
    place = " ".join(text.split()).strip(" .,;:*-–•")
    return place[:160] or None
