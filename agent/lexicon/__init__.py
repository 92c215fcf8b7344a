"""What languages say and where platforms write from: data in TOML, read once and kept.

`lexicon(language)` gives the phrases of one language, compiled; `platforms()` gives the
senders. Both read shipped files on first use (importlib.resources) and nothing else.
The syntax of a pattern is explained at the top of `en.toml`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from agent.lexicon.shipped import shipped

_COMMON = frozenset(
    "a an and are as at be been by for from has have i in is it me my of on or our so that the this "
    "to us was we will with you your they not if do can no ? ! am would could any some what when".split()
)
_CROOKED = re.compile(r"\([^)]*(?:\(|\.\.|[$^])|\)\||\|[)|]|\(\||^\||\|$| \|\S|\|\(|\S\(")
_JOINT = "~"  # between words of a pattern that are written as one, until rows are told apart
_ELEMENT = re.compile(r"\([^)]*\)\??|\S+")
_PREFIX = 4  # letters by which a word that is given by its beginning is looked up
_SUFFIX = 4  # ... and by its end, as in compounds
_COMPOUND = 6  # letters of the shortest word that is looked up by its end
_SIGNS = {
    "..": r"(?:\S+ ){0,2}?",
    "...": r"(?:\S+ ){0,4}?",
    "....": r"(?:\S+ ){0,8}?",
    "#": r"\d\S* ",
    "^": "^ ",
    "$": "$",
}
_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "œ": "oe", "æ": "ae"}
)
# French and Italian leave a vowel out: "l'entretien" is two words, "o'clock" is one.
_ELIDED = re.compile(
    r"'(?=[^\W\d])(?:(?<=\b[ldnjcsmt]')|(?<=\b(?:qu|un)')|(?<=\ball')|(?<=\b(?:dell|nell|sull|dall)')"
    r"|(?<=\b(?:jusqu|quell)')|(?<=\b(?:lorsqu|puisqu|quelqu)'))"
)


_FIRST_MARK = "\u0300"  # no letter before it is a mark on another


def folded(text: str) -> str:
    """Lower-case text without accents, so that "prévu" and "prevu", "für" and "fuer" are one."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(_TWO_LETTERS))
    return "".join(
        [letter for letter in apart if letter < _FIRST_MARK or not unicodedata.combining(letter)]
    )


def parted(text: str, between: str = " ") -> str:
    """Lower-case text with the words apart that an apostrophe or a hyphen joins: "l'entretien"."""
    if "'" in text:
        text = _ELIDED.sub(between, text)
    return text.replace("-", between)


@lru_cache(maxsize=512)  # a sentence is asked about what it does, what it is about and whether
def keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a sentence, their beginnings, and the ends of long ones: how indexes look."""
    unique = dict.fromkeys(words)
    begins = dict.fromkeys(f"{word[:_PREFIX]}*" for word in unique)
    ends = dict.fromkeys(f"*{word[-_SUFFIX:]}" for word in unique if len(word) >= _COMPOUND)
    return (*unique, *begins, *ends)


@dataclass(slots=True)
class Pattern:
    """One row of words; compiled when it is first tried, because most never are.

    `triggers` are words of which a sentence must hold at least one to match at all, and so it
    must of each of `needs`. (With these, 385 mails in eight languages have 1,500 rows compiled;
    with the triggers alone it was 3,200.)
    """

    source: str
    triggers: frozenset[str]
    given: "Given"
    needs: tuple[frozenset[str], ...] = ()
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    def may_match(self, held: frozenset[str]) -> bool:
        """Whether a sentence that holds these `keys` has all that is needed."""
        return not any(map(held.isdisjoint, self.needs))

    def found(self, sentence: str) -> bool:
        """Whether a sentence, as `agent.mail.acts.words` spells it, matches."""
        if self._compiled is None:
            self._compiled = re.compile(_regex(self.source, self.given))
        return self._compiled.search(sentence) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One pattern of a group: what it shows, how strongly, and what takes it back."""

    name: str
    weight: float
    job: float
    pattern: Pattern
    unless: "PatternIndex"


class PatternIndex:
    """Patterns by trigger word, so that a sentence tries only those that could match."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_word: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            for word in pattern.triggers:
                self._by_word.setdefault(word, []).append(pattern)

    def first(self, sentence: str, words: Sequence[str]) -> Pattern | None:
        """The first pattern that matches, or None."""
        held = frozenset(words)
        for word in filter(self._by_word.__contains__, words):
            for pattern in self._by_word[word]:
                if pattern.may_match(held) and pattern.found(sentence):
                    return pattern
        return None


_Entry = tuple[frozenset[str], tuple[frozenset[str], ...], Phrase]  # what it needs first, and then


class PhraseIndex:
    """Phrases by trigger word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[_Entry]] = {}
        for phrase in phrases:
            triggers = phrase.pattern.triggers
            needed, *others = phrase.pattern.needs or (triggers,)
            entry = (needed, tuple(others), phrase)
            for word in triggers:
                self._by_word.setdefault(word, []).append(entry)

    def matches(self, sentence: str, words: Sequence[str]) -> list[Phrase]:
        """Every phrase that matches and is not taken back, each once."""
        seen: set[int] = set()
        lacks = frozenset(words).isdisjoint
        found = []
        for word in filter(self._by_word.__contains__, words):
            for needed, others, phrase in self._by_word[word]:
                # `may_match`, written out: of a hundred thousand tries six in seven end here.
                if lacks(needed) or any(map(lacks, others)) or id(phrase) in seen:
                    continue
                seen.add(id(phrase))
                if not phrase.pattern.found(sentence):
                    continue
                if phrase.unless.first(sentence, words) is None:
                    found.append(phrase)
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: spellings to even out, acts, signs of what a mail is about, and doubts."""

    language: str
    spellings: Mapping[str, str]
    acts: PhraseIndex
    context: PhraseIndex
    own: PhraseIndex
    hypothetical: PatternIndex


@dataclass(frozen=True, slots=True)
class Platform:
    """A system that relays mail for employers; see the top of `platforms.toml`."""

    name: str
    kind: str
    domains: tuple[str, ...]
    tenant: str | None = None
    mixed: bool = False
    alerts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language (ISO 639-1); English where there is none for it."""
    source = shipped(language)
    return build(source) if source else lexicon("en")


@lru_cache(maxsize=1)
def _platforms() -> dict[str, Platform]:
    entries = [_platform(entry) for entry in shipped("platforms")["platform"]]
    return {domain: entry for entry in entries for domain in entry.domains}


def _platform(entry: Mapping[str, Any]) -> Platform:
    return Platform(
        name=entry["name"],
        kind=entry["kind"],
        domains=tuple(entry["domains"]),
        tenant=entry.get("tenant"),
        mixed=entry.get("mixed", False),
        alerts=tuple(entry.get("alerts", ())),
        people=tuple(entry.get("people", ())),
        noise=tuple(entry.get("noise", ())),
    )


def platform_of(email: str) -> Platform | None:
    """The platform that an address, or a bare domain, belongs to; the longest domain wins."""
    known = _platforms()
    if email in known:
        return known[email]
    domain = email.rpartition("@")[2]
    while "." in domain:
        if domain in known:
            return known[domain]
        domain = domain.partition(".")[2]
    return None


@lru_cache(maxsize=1)
def platform_names() -> frozenset[str]:
    """Every platform's name, lower case and without what stands in brackets."""
    names = {entry.name for entry in _platforms().values()}
    parts = {part for name in names for part in re.split(r"\s*[/(),]\s*", name)}
    return frozenset(part.lower() for part in names | parts if len(part) > 2)


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words by which job titles and employers' names are known; `endings` are those of business,
    the longest first."""

    heads: frozenset[str]
    business: frozenset[str]
    endings: tuple[str, ...]


@lru_cache(maxsize=1)
def role_words() -> RoleWords:
    """The words of `roles.toml`."""
    data = shipped("roles")
    return RoleWords(
        heads=frozenset(data["heads"]),
        business=frozenset(data["business"]),
        endings=tuple(sorted(dict.fromkeys(data["business"]), key=lambda word: -len(word))),
    )


def build(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon from the content of its file."""
    given = _given(data)
    return Lexicon(
        language=data["language"],
        spellings={folded(word): folded(even) for word, even in data.get("spellings", {}).items()},
        acts=PhraseIndex(_phrases(data.get("act", ()), "does", given)),
        context=PhraseIndex(_phrases(data.get("context", ()), "name", given)),
        own=PhraseIndex(_phrases(data.get("own", ()), "does", given)),
        hypothetical=PatternIndex(_patterns(data.get("hypothetical", {}).get("say", ()), given)),
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What the patterns of a file can name, and its commonest words, which are bad to look up by."""

    classes: Mapping[str, tuple[str, ...]]
    common: frozenset[str] = _COMMON


def _given(data: Mapping[str, Any]) -> Given:
    """The classes and the commonest words of a language's file."""
    classes = {
        name: tuple(parted(folded(row)) for row in rows)
        for name, rows in data.get("classes", {}).items()
    }
    return Given(classes, _COMMON | frozenset(folded(data.get("common", "")).split()))


def _phrases(groups: Iterable[Mapping[str, Any]], key: str, given: Given) -> list[Phrase]:
    phrases = []
    for group in groups:
        unless = PatternIndex(_patterns(group.get("unless", ()), given))
        weight = float(group.get("weight", group.get("points", 1)))
        job = float(group.get("job", 0))
        phrases += [
            Phrase(group[key], weight, job, pattern, unless)
            for pattern in _patterns(group["say"], given)
        ]
    return phrases


def _patterns(sources: Iterable[str], given: Given) -> list[Pattern]:
    return [compile_pattern(source, given) for source in sources]


def compile_pattern(source: str, given: Given) -> Pattern:
    """One pattern to the expression and the trigger words it stands for.

    Every repeat is bounded, so matching takes time linear in the sentence. Raises ValueError for
    a pattern that breaks the syntax at the top of `en.toml`.
    """
    if _CROOKED.search(source):
        raise ValueError(
            f"in the pattern {source!r} stand brackets or gaps in brackets, or '|' beside one"
        )
    choices: list[frozenset[str]] = []
    for element in _elements(source):
        if element in _SIGNS:
            continue
        rows = _rows(element, given)
        if "#" not in rows and not _is_optional(element):
            choices.append(frozenset(_rarest(row, given) for row in rows))
    if not choices:
        raise ValueError(f"the pattern {source!r} has no word that must be there")
    triggers = min(choices, key=lambda words: _cost(words, given))
    needs = [c for c in choices if c is not triggers and all(map(_is_sure, c))]
    needs.sort(key=lambda words: _cost(words, given))
    return Pattern(source, triggers, given, tuple(needs))


def _regex(source: str, given: Given) -> str:
    """The expression that a pattern stands for."""
    pieces = []
    for element in _elements(source):
        if element in _SIGNS:
            pieces.append(_SIGNS[element])
        else:
            words = f"(?:{'|'.join(map(_row, _rows(element, given)))}) "
            pieces.append(f"(?:{words})?" if _is_optional(element) else words)
    regex = "".join(pieces)
    return regex if regex[0] == "^" else " " + regex


def _elements(source: str) -> list[str]:
    return _ELEMENT.findall(parted(folded(source), _JOINT))


def _is_optional(element: str) -> bool:
    """Whether words need not be there: "(please)", "(a|the)?"."""
    return element.endswith(")?") or (element[0] == "(" and not set("|{") & set(element))


def _rows(element: str, given: Given) -> list[str]:
    """The ways to say an element, its brackets taken away and its classes written out."""
    rows: list[str] = []
    for part in element.strip("()?" if _is_optional(element) else "()").split("|"):
        if part.startswith("{") and part.endswith("}"):
            rows += given.classes[part[1:-1]]
        else:
            rows.append(part.replace(_JOINT, " ").strip())
    return rows


def _row(row: str) -> str:
    return " ".join(map(_word, row.split(" ")))


def _word(word: str) -> str:
    if word == "#":
        return r"\d\S*"
    before, after = r"\S*" if word[0] == "*" else "", r"\S*" if word[-1] == "*" else ""
    return before + re.escape(word.strip("*")) + after


def _rarest(row: str, given: Given) -> str:
    word = row
    if " " in row:
        words = [word for word in row.split(" ") if word != "#"]
        word = min(words, key=lambda word: (word in given.common, -len(word)))
    if word.startswith("*"):
        if word.endswith("*") or len(word) <= _SUFFIX:
            raise ValueError(f"of {row!r} either the beginning or the last {_SUFFIX} letters")
        return f"*{word[-_SUFFIX:]}"
    return f"{word[:_PREFIX]}*" if word.endswith("*") else word


def _is_sure(key: str) -> bool:
    """Whether `keys` has this one of every word that a row could match: short words have no
    beginning or end of their own."""
    return key[0] != "*" and not (key[-1] == "*" and len(key) != _PREFIX + 1) and "**" not in key


def _cost(words: frozenset[str], given: Given) -> int:
    return sum(30 if word in given.common else 1 for word in words)
