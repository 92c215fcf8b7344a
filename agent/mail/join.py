"""Where one joins a talk: the video link, or the number to dial.

Only well-known systems count in running text, so that a link to book, to decline or to read
about the company is never taken for the room. No link is followed; those that a mail filter
wrapped are unwrapped by what they carry in themselves.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from agent.lexicon.shapes import Shape

MAX_TEXT = 200_000
MAX_URLS = 300
MAX_NUMBERS = 10  # numbers of a mail whose sentences are read; most mails have one or two
MAX_CALL = 20_000  # characters in which somebody says at which number they will call

_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\x00-\x20]{4,2000}", re.I)
_TRAILING = ".,;:!?)]}>*_"

# Host, and how the path of a room begins ("" any path but the front page).
_ROOMS = (
    (re.compile(r"(?:[\w-]{1,63}\.){0,2}zoom(?:gov)?\.(?:us|com)(?:\.cn)?"), re.compile(r"/(?:j|my|w|s|wc|meeting)/")),
    (re.compile(r"teams\.(?:microsoft|live)\.(?:com|us)|(?:gov|dod)\.teams\.microsoft\.us"), re.compile(r"/(?:l/meetup-join|meet|dl/launcher)")),
    (re.compile(r"meet\.google\.com"), re.compile(r"/(?:lookup/)?[a-z0-9-]{3,}")),
    (re.compile(r"(?:[\w-]{1,63}\.){1,3}webex\.com"), re.compile(r"/(?:meet|join|wbxmjs|[\w-]{1,60}/j\.php|webappng|m/|[\w.-]{1,60}/meet)")),
    (re.compile(r"(?:[\w-]{1,63}\.)?whereby\.com"), re.compile(r"/[\w-]{2,}")),
    (re.compile(r"(?:[\w-]{1,63}\.){0,2}(?:gotomeeting|goto)\.com|gotomeet\.me|meet\.goto\.com"), re.compile(r"/(?:join|install|app)?/?\w")),
    (re.compile(r"(?:app\.)?chime\.aws"), re.compile(r"/\w")),
    (re.compile(r"(?:meet\.jit\.si|8x8\.vc|jitsi\.[\w.-]{1,100}|meet\.[\w.-]{1,80}\.jitsi\.net)"), re.compile(r"/\w")),
    (re.compile(r"(?:[\w-]{1,63}\.)?bluejeans\.com"), re.compile(r"/(?:meeting/)?\d")),
    (re.compile(r"(?:join\.|meet\.)skype\.com|meet\.lync\.com"), re.compile(r"/\w")),
    (re.compile(r"(?:[\w-]{1,63}\.)?hackerrank\.com"), re.compile(r"/(?:interview|paper|x/interview|pair)")),
    (re.compile(r"(?:app\.)?coderpad\.io"), re.compile(r"/[A-Z0-9]{4,}")),
    (re.compile(r"codesignal\.com|app\.codesignal\.com"), re.compile(r"/(?:live-interview|interview)")),
    (re.compile(r"(?:app\.)?karat\.(?:io|com)"), re.compile(r"/(?!check|test|help)\w")),
    (re.compile(r"v\.ringcentral\.com|meetings\.ringcentral\.com"), re.compile(r"/(?:join|j)/")),
    (re.compile(r"meetings?\.dialpad\.com|(?:www\.)?uberconference\.com"), re.compile(r"/\w")),
    (re.compile(r"(?:meet|video|conf|bbb|meeting)\.[\w.-]{3,100}"), re.compile(r"/(?:b|rooms?|join|meet)/\w")),
    (re.compile(r"(?:app\.)?(?:gather\.town|around\.co|livestorm\.co|demodesk\.com|huddle\.team|tandem\.chat|spatial\.chat|butter\.us)"), re.compile(r"/\w")),
    (re.compile(r"[\w-]{1,60}\.daily\.co|pop\.com|tuple\.app|(?:www\.)?livekit\.io"), re.compile(r"/\w")),
    (re.compile(r"meet\.(?!google\.)[\w.-]{3,100}"), re.compile(r"/(?!(?:book|schedul|calendar|slots?|about|events?)\b)[\w-]+(?:/[\w-]*\d[\w-]*|-\d+)/?$")),
    (re.compile(r"facetime\.apple\.com"), re.compile(r"/join")),
    (re.compile(r"(?:[\w-]{1,63}\.)?(?:zoho)\.(?:com|eu|in)"), re.compile(r"/(?:meeting|meet)")),
    (re.compile(r"(?:[\w-]{1,63}\.)?(?:hirevue|modernhire|sparkhire|vidcruiter|willo|interviewstream)\.(?:com|video)"), re.compile(r"/(?:live|interviews?/live|meeting|rooms?)")),
)  # fmt: skip
# What a wrapped link carries its target in, by host.
_WRAPPERS = (
    (re.compile(r"[\w.-]{0,80}safelinks\.protection\.(?:outlook\.com|office365\.us)"), "url"),
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "q"),
    (re.compile(r"l\.facebook\.com|lm\.facebook\.com"), "u"),
    (re.compile(r"(?:[\w-]{1,63}\.)?linkedin\.com"), "url"),
    (re.compile(r"(?:[\w-]{1,63}\.)?(?:mimecastprotect|cudasvc|avanan\.click|sophos)\.com"), "a"),
)

_NUMBER = r"(?:\+|00|tel:\+?|\()?\d[\d \t().\u2010-\u2013/-]{6,22}\d"
_PHONE = re.compile(_NUMBER)


def _shape(source: str, *, lines: bool = False) -> Shape:
    return Shape("phone", source, caseless=True, lines=lines)


_CALL_WORDS = _shape(r"<dial>|<join>.{0,20}<phone>")
_CONFERENCE = _shape(r"<conference>")
_ID_BEFORE = _shape(r"<id>[^\d]{0,12}$")
_CALLS_YOU = _shape(
    r"<call>(?: <you>)?\s(?:<up>\s)?<on>([^\n]{0,120})"
    r"|<rings>[^\n.]{0,130}?<reached_at>([^\n]{0,60})|<on_file>([^\n]{0,40})"
)
# "Ti chiamo giovedì alle 10 sul 333 ...", "word je gebeld op 06 ...": words that lead to no
# more than the number itself.
_CALLS_ON = _shape(rf"<rings_on>[^\n;!?]{{0,90}}?(?: <before_number>|\(tel\.?)\s?:?\s?({_NUMBER})")
# "Wenn Sie krank sein sollten, genügt ein Anruf unter ...": a number for when something goes wrong.
_MISHAP = _shape(r"<mishap>")
# "I'll ring you Thursday at 4 on 07700 900418", "the interviewer will call from (913) 555-0120".
_RINGS = _shape(
    rf"(?:<will> |^)(?:<give> )?<ring>([^\n;!?]{{0,90}}?)({_NUMBER})",
    lines=True,
)
_IN_CASE = _shape(r"<in_case>")
# "ti chiamo io ...; il mio è +41 ...": their own number, beside a promise to call.
_OWN_NUMBER = _shape(rf"<my_number>[\s:]{{0,3}}({_NUMBER})")
# "I'll ring you ...; it'll show up as 01632 960118".
_SHOWN = _shape(rf"<shown>[\s:]{{0,3}}(?:<the_number> )?({_NUMBER})")
# "Location: +44 1632 960455": where one meets is a number.
_WHERE = _shape(
    rf"^[ \t]*<where>[ \t]*:[ \t]*(?:<by_phone>[ \t,:(–-]{{1,4}})?({_NUMBER})\)?[ \t]*$", lines=True
)
# The sentence of a number tells whose it is: the one they call, or the one to call at that hour.
_RINGS_YOU = _shape(r"<rings_you>")
_YOU_RING = _shape(r"<you_ring>")
_HOUR = _shape(r"\b\d{1,2}(?:[:.h]\d\d\b| ?(?:[ap]m\b|h\b))|\b<hour>")
_ARRANGING = _shape(r"<arranging>")
_BREAK = re.compile(r"(?<=[^\W\d][.!?])\s|\n\s*\n")
_CALLS = _shape(r"<we_call>")
_PIN = _shape(r"<pin>[^\d\n]{0,25}(\d[\d \t-]{2,18}\d#?)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}\b")
# Right behind a number it makes it one to dial: "202-555-0163, access code 19-443".
_PIN_BEHIND = _shape(r"[\s,;(-]{1,4}(?:<and_then> )?(?:<pin>|<pin_behind>|\d{3,8}#)")
_COMMAS_PIN = re.compile(r",{1,4}\s?\*?(\d[\d ]{3,15}\d?)#?")


def urls(text: str) -> Iterator[str]:
    """The web addresses in a text, in order, unwrapped, without the punctuation behind them."""
    for count, match in enumerate(_URL.finditer(text[:MAX_TEXT])):
        if count >= MAX_URLS:
            return
        yield unwrap(_trimmed(match[0]))


def _trimmed(url: str) -> str:
    """Without what belongs to the sentence; a closing bracket stays where one was opened."""
    while (
        url and url[-1] in _TRAILING and not (url[-1] == ")" and url.count("(") >= url.count(")"))
    ):
        url = url[:-1]
    return url


def unwrap(url: str) -> str:
    """The target of a link that a mail filter wrapped (Safe Links, URL Defense), else the link."""
    for _ in range(3):
        inner = _target(url)
        if inner is None or not inner.lower().startswith(("http://", "https://")):
            return url
        url = inner
    return url


def _target(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if host == "urldefense.com" and "__" in parts.path:
        return url.split("__", 2)[1].replace("https:/", "https://", 1).replace(":///", "://")
    if host == "urldefense.proofpoint.com":
        value = parse_qs(parts.query).get("u", [""])[0]
        return unquote(value.replace("-", "%").replace("_", "/"))
    for pattern, key in _WRAPPERS:
        if pattern.fullmatch(host):
            return parse_qs(parts.query).get(key, [None])[0]
    return None


def is_room(url: str) -> bool:
    """Whether a link is the room of a video system that is known."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return any(room.fullmatch(host) and begins.match(path) for room, begins in _ROOMS)


def join_link(text: str) -> str | None:
    """The first link in a text by which one joins a video call, or None."""
    if "://" not in text:
        return None
    return next((url for url in urls(text) if is_room(url)), None)


@dataclass(frozen=True, slots=True)
class DialIn:
    """A number to dial, and the PIN, passcode or meeting id that is keyed in behind it."""

    number: str
    pin: str | None = None


def dial_in(text: str) -> DialIn | None:
    """The number to dial in by, with its PIN where one is given ("+1 555 0100, PIN 1234#").

    A number counts only beside words of dialling in: the one in a signature, or the one they
    will call the user at, is not a way to join.
    """
    lines = _URL.sub(" ", text[:MAX_TEXT]).split("\n")
    for i, line in enumerate(lines):
        if len(line) > 600 or not any(map(str.isdigit, line)):
            continue
        numbers = [n for n in _PHONE.finditer(line) if _is_phone(n[0])]
        if not numbers:
            continue  # most lines with a figure: it is a date, an hour or a house
        before = lines[i - 1][:200] if i else ""
        said = _CALL_WORDS.search(line) or _CALL_WORDS.search(before)
        number = next((n for n in numbers if _PIN_BEHIND.match(line, n.end()) or said), None)
        if number is not None and _only_in_case(line, number):
            continue
        if number is not None and not _ID_BEFORE.search(line[: number.start()]):
            return _with_pin(number[0], line[number.end() :], lines[i + 1 : i + 8])
    return None


def _only_in_case(line: str, number: re.Match[str]) -> bool:
    """ "Em caso de atraso, ligue para 912 ...": a number for mishaps, unless a PIN follows it."""
    mishap = _MISHAP.search(_BREAK.split(line[: number.start()])[-1])
    return mishap is not None and not _PIN_BEHIND.match(line, number.end())


def _is_phone(number: str) -> bool:
    return 7 <= sum(map(str.isdigit, number)) <= 15 and not _DATE.match(number)


def phone_number(text: str) -> str | None:
    """A text that is a number and hardly more ("Phone: +1 555 0100"), as the number alone."""
    text = _URL.sub(" ", text[:500]).strip()
    found = _PHONE.search(text[:200])
    if found is None or not _is_phone(found[0]) or _ID_BEFORE.search(text[: found.start()]):
        return None
    around = sum(map(str.isalpha, text[:200].replace(found[0], "")))
    return _clean(found[0]) if around <= 24 and len(text) <= 120 else None


@lru_cache(maxsize=4)  # the place and the phone of a talk ask for the same of one mail
def called_at(text: str) -> str | None:
    """The number at which they will call the user ("I will ring you on 020 7946 0000"), or None.

    Also the one that they call from or ask to be called at then, unless it is only for the case
    that something goes wrong; and their own, where they say that they will call.
    """
    text = text[:MAX_CALL]
    if not _PHONE.search(text):
        return None
    for found in (*_CALLS_YOU.finditer(text), *_CALLS_ON.finditer(text)):
        number = _PHONE.search(found[found.lastindex or 0])
        before = text[max(0, found.start() - 90) : found.start()].rsplit("\n", 1)[-1]
        mishap = _MISHAP.search(before.rsplit(". ", 1)[-1])
        if number is not None and _is_phone(number[0]) and not mishap:
            return _clean(number[0])
    for found in _RINGS.finditer(text):
        before = text[max(0, found.start() - 60) : found.start()].rsplit(". ", 1)[-1]
        behind = _behind(text, found.end())
        if (
            _is_phone(found[2])
            and not _IN_CASE.search(before + found[1])
            and not _for_mishaps(behind)
        ):
            return _clean(found[2])
    if (where := _WHERE.search(text)) and _is_phone(where[1]):
        return _clean(where[1])
    own = (_SHOWN.search(text) or _OWN_NUMBER.search(text)) if _CALLS.search(text) else None
    return _clean(own[1]) if own is not None and _is_phone(own[1]) else _told(text, both=True)


def calls_you_at(text: str) -> str | None:
    """The number at which they will call the user, none at which the user is to call them.

    While the time is open still: "I can ring you between 1 and 4 on 020 ...".
    """
    text = text[:MAX_CALL]
    return _told(text, both=False) if _PHONE.search(text) else None


def _told(text: str, *, both: bool) -> str | None:
    """The first number in whose sentence somebody calls; `both`: also the user, at an hour."""
    for found in itertools.islice(_PHONE.finditer(text), MAX_NUMBERS):
        start, end = found.span()
        own = _BREAK.split(text[max(0, start - 180) : start])[-1]
        own += " # " + _behind(text, end)
        if not _is_phone(found[0]) or _for_mishaps(own):
            continue
        hour = both and _YOU_RING.search(own) and _HOUR.search(text, max(0, start - 200))
        if hour or _RINGS_YOU.search(own):
            return _clean(found[0])
    return None


def _behind(text: str, end: int) -> str:
    """What the sentence of a number goes on with."""
    rest = text[end : end + 90]
    return "" if rest[:1] in ".!?" else _BREAK.split(rest)[0]


def _for_mishaps(words: str) -> bool:
    """Whether a number is for questions, for being late, or for calling off."""
    return any(shape.search(words) for shape in (_MISHAP, _IN_CASE, _ARRANGING))


def below(signature: str) -> DialIn | None:
    """The number of a conference in what stands below a mail's words ("One tap mobile"), or None.

    A signature's own telephone is none.
    """
    return dial_in(signature) if _CONFERENCE.search(signature) else None


def call_in(text: str) -> DialIn | None:
    """The number to dial in by, else the one at which they will call."""
    number = called_at(text)
    return dial_in(text) or (DialIn(number) if number else None)


def _clean(number: str) -> str:
    """A number without the words and brackets around it."""
    line = " ".join(number.removeprefix("tel:").split()).rstrip(" (.-/")
    return line if line.count("(") == line.count(")") else line.strip("()")


def _with_pin(number: str, rest: str, following: list[str]) -> DialIn:
    """The number with the PIN behind it on its line, or on one of the next few."""
    commas = _COMMAS_PIN.match(rest)
    if commas:
        return DialIn(_clean(number), f"{commas[1].strip()}#")
    for line in (rest, *following):
        pin = _PIN.search(line[:600])
        if pin:
            return DialIn(_clean(number), " ".join(pin[1].split()))
    return DialIn(_clean(number))
