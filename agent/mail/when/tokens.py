"""Text to atoms: the words, numbers and signs that the grammar's rules speak of.

An atom knows its classes (see `vocabulary`), where it stands, whether it touches
the atom before it, and its sentence and line. Addresses of the web and of mail
are left out: what looks like a date in them is none. One pass, linear.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.mail.when.vocabulary import Classes, Entry, Vocabulary, fold

# No honest mail first names its time after this many characters, or words and signs;
# hostile ones end here.
LONGEST_TEXT = 20_000
MOST_ATOMS = 3_300

# What words of each language were read as; most of a mail's were in the last one too.
_READ: dict[str, dict[str, tuple[str, Classes]]] = {}
MOST_KNOWN = 20_000

PARAGRAPH = "¶"

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\n|[^\w\s]|_")
# What mail programs put around bold text where they write it plainly: "*10:00 - 11:00:* Ann".
_EMPHASIS = re.compile(r"(?<![^\s(>-])\*{1,2}(?=[^\s*])|(?<=[^\s*])\*{1,2}(?![^\s.,:;)!?-])")
_CHUNK = re.compile(r"\S+")
_EMAIL = re.compile(r"\w@\w")
_IANA = re.compile(
    r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific|Indian|US)"
    r"/[A-Za-z_]{2,30}(?:/[A-Za-z_]{2,30})?(?![\w/])"
)
_AREAS = frozenset(
    ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Pacific", "Indian", "US")
)
_SAME_SIGN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u00b4\u0060\u02bc", "'"),
    "\u2236": ":",
    "\uff1a": ":",
    "\u2044": "/",
}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f")
_SENTENCE_ENDS = frozenset(".!?")
_NOTHING: Classes = {}
_ZONE_NAME: Classes = {"iana": 0}


@dataclass(slots=True)
class Atom:
    """One word of the grammar. `low` is folded; `text` is as written."""

    low: str
    text: str
    start: int
    end: int
    glued: bool
    classes: Classes
    sentence: int
    line: int

    @property
    def capital(self) -> bool:
        """Whether it was written with a capital letter."""
        return self.text[:1].isupper()


def split(phrase: str) -> Iterator[str]:
    """The folded words and signs of a phrase of the lexicon."""
    for word in _TOKEN.findall(phrase):
        yield _SAME_SIGN.get(word) or fold(word)


def read_atoms(text: str, words: Vocabulary) -> list[Atom]:
    """The atoms of a text, with phrases of the lexicon joined into one atom each."""
    even = text[:LONGEST_TEXT]
    if "*" in even:
        even = _EMPHASIS.sub(lambda mark: " " * len(mark[0]), even)
    return _join_phrases(_plain_atoms(_without_links(even), words), words)


def _plain_atoms(text: str, words: Vocabulary) -> list[Atom]:
    """One atom a word, number or sign, with a sign of its own for the end of a paragraph."""
    atoms: list[Atom] = []
    read = _READ.setdefault(words.language, {})
    line = sentence = last_end = 0
    blank = ended = False
    for token in _TOKEN.finditer(text):
        (start, end), word = token.span(), token[0]
        if start < last_end or word in _INVISIBLE:
            continue
        if word in _AREAS and (zone := _IANA.match(text, start)):
            end, word = zone.end(), zone[0]
        if word == "\n":
            if blank and atoms and atoms[-1].low != PARAGRAPH:
                sentence += 1
                atoms.append(Atom(PARAGRAPH, "", start, start, False, _NOTHING, sentence, line))
            line += 1
            blank = True
            continue
        known = read.get(word)
        if known is None:
            known = _read(word, words.words)
            if len(read) < MOST_KNOWN:
                read[word] = known
        low, classes = known
        if ended and start > last_end and (blank or word[0].isupper()):
            sentence += 1
        glued = start == last_end and bool(atoms)
        atoms.append(Atom(low, word, start, end, glued, classes, sentence, line))
        last_end, blank, ended = end, False, low in _SENTENCE_ENDS
        if len(atoms) >= MOST_ATOMS:
            break
    return atoms


def _read(word: str, known: Mapping[str, Classes]) -> tuple[str, Classes]:
    """A word as the rules see it, and what it can be."""
    if word.isdecimal():
        return word, _number_classes(word)
    if word[0].isalpha():
        low = fold(word)
        return low, _ZONE_NAME if "/" in word else known.get(low, _NOTHING)
    sign = _SAME_SIGN.get(word, word)
    return sign, _sign_classes(sign, known)


def _without_links(text: str) -> str:
    """The text with spaces for links and mail addresses, each place what it was."""
    if "://" not in text and "@" not in text and "www." not in text:
        return text
    return _CHUNK.sub(_without_link, text)


def _without_link(chunk: re.Match[str]) -> str:
    word = chunk[0]
    if "://" in word:
        kept = _scheme_start(word)
    elif "www." in word:
        kept = word.index("www.")
    elif "@" in word and _EMAIL.search(word) and "." in word.rpartition("@")[2]:
        kept = 0
    else:
        return word
    return word[:kept] + " " * (len(word) - kept)


def _scheme_start(word: str) -> int:
    """Where the scheme of a link begins in "(https://…"."""
    at = word.index("://")
    start = at
    while start > max(0, at - 10) and word[start - 1].isalpha():
        start -= 1
    return start


_SIGNS: dict[str, Classes] = {}


def _sign_classes(sign: str, known: Mapping[str, Classes]) -> Classes:
    """A sign is a class of its own, beside those the lexicon gives it ("@" is "at")."""
    given = known.get(sign)
    if given:
        return {**given, sign: 0}
    if len(_SIGNS) < 512:
        return _SIGNS.setdefault(sign, {sign: 0})
    return {sign: 0}


_NUMBERS: dict[str, Classes] = {}


def _number_classes(digits: str) -> Classes:
    """What a run of digits can be: day, hour, minutes, year …"""
    classes = _NUMBERS.get(digits)
    if classes is None:
        classes = dict(_readings(digits)) if len(digits) <= 4 else _NOTHING
        if len(digits) <= 4 and digits.isascii():
            _NUMBERS[digits] = classes
    return classes


def _readings(digits: str) -> Iterator[tuple[str, int]]:
    value, length = int(digits), len(digits)
    if length <= 3:
        yield "n", value
    if length <= 2:
        if 1 <= value <= 31:
            yield "dom", value
        if 1 <= value <= 12:
            yield "mon", value
        if value <= 24:
            yield "hour", value
    if length == 2:
        yield "yy", value
        if value <= 59:
            yield "mm", value
    if 3 <= length <= 4 and value % 100 <= 59:
        yield "hmm", value
    if length == 4:
        if 1990 <= value <= 2099:
            yield "year", value
        if value // 100 <= 24 and value % 100 <= 59:
            yield "hhmm", value


def _join_phrases(atoms: list[Atom], words: Vocabulary) -> list[Atom]:
    """Atoms that make up an entry of several words, joined into one atom."""
    joined: list[Atom] = []
    phrases, final = words.phrases, len(atoms) - 1
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        rests = phrases.get((atom.low, atoms[at + 1].low)) if at < final else None
        taken = _entry_at(atoms, at, rests) if rests else None
        if taken is None:
            joined.append(atom)
            at += 1
            continue
        count, classes = taken
        joined.append(_one_atom(atoms[at : at + count], classes))
        at += count
    return joined


def _entry_at(atoms: list[Atom], at: int, rests: Sequence[Entry]) -> tuple[int, Classes] | None:
    """The longest entry that stands at an atom: how many atoms, and its classes."""
    longest = len(rests[0][0])
    ahead = tuple([atom.low for atom in atoms[at + 2 : at + 2 + longest]])
    for rest, classes in rests:
        if ahead[: len(rest)] == rest:
            if "shift" in classes and not _leads_to_hour(atoms, at, at + 2 + len(rest)):
                continue  # "um zehn vor der Halle", "at ten to discuss"
            return 2 + len(rest), classes
    return None


def _leads_to_hour(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Whether an hour follows ("zehn vor zwölf") or is left out ("if I haven't rung by ten to, …").

    "From ten to eleven" is a range.
    """
    if first > 0 and "from" in atoms[first - 1].classes and "n" in atoms[first].classes:
        return False
    after = atoms[last] if last < len(atoms) else None
    return after is None or not after.text[0].isalnum() or bool(_HOURS & after.classes.keys())


_HOURS = frozenset(("hour", "hourword", "oclock", "clock"))


def _one_atom(parts: list[Atom], classes: Classes) -> Atom:
    first, last = parts[0], parts[-1]
    low = " ".join(atom.low for atom in parts)
    text = " ".join(atom.text for atom in parts)
    return Atom(low, text, first.start, last.end, first.glued, classes, first.sentence, first.line)
