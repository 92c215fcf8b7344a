"""What languages say and where platforms write from: data in TOML, read once and kept.

`lexicon(language)` gives the phrases of one language, compiled; `platforms()` gives the
senders. Both read shipped files on first use (importlib.resources) and nothing else.
The syntax of a pattern is explained at the top of `en.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

_COMMON = frozenset(
    "a an and are as at be been by for from has have i in is it me my of on or our so that the this "
    "to us was we will with you your they not if do can no ? ! am would could any some what when".split()
)
_ELEMENT = re.compile(r"\([^)]*\)\??|\S+")
_PREFIX = 4  # letters by which a word that is given by its beginning is looked up
_GAPS = {"..": r"(?:\S+ ){0,2}?", "...": r"(?:\S+ ){0,4}?"}


def keys(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a sentence, and their beginnings, as indexes look them up."""
    unique = dict.fromkeys(words)
    return (*unique, *dict.fromkeys(f"{word[:_PREFIX]}*" for word in unique))


@dataclass(slots=True)
class Pattern:
    """One row of words; compiled when it is first tried, because most never are.

    `triggers` are words of which a sentence must hold at least one to match at all.
    """

    source: str
    triggers: frozenset[str]
    regex: str
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    def found(self, sentence: str) -> bool:
        """Whether a sentence, as `agent.mail.acts.words` spells it, matches."""
        if self._compiled is None:
            self._compiled = re.compile(self.regex)
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

    def first(self, sentence: str, words: Iterable[str]) -> Pattern | None:
        """The first pattern that matches, or None."""
        for word in words:
            for pattern in self._by_word.get(word, ()):
                if pattern.found(sentence):
                    return pattern
        return None


class PhraseIndex:
    """Phrases by trigger word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.pattern.triggers:
                self._by_word.setdefault(word, []).append(phrase)

    def matches(self, sentence: str, words: Iterable[str]) -> list[Phrase]:
        """Every phrase that matches and is not taken back, each once."""
        seen: set[int] = set()
        found = []
        for word in words:
            for phrase in self._by_word.get(word, ()):
                if id(phrase) in seen:
                    continue
                seen.add(id(phrase))
                if phrase.pattern.found(sentence) and phrase.unless.first(sentence, words) is None:
                    found.append(phrase)
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: spellings to even out, acts, signs of what a mail is about, and doubts."""

    language: str
    spellings: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
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
    source = files(__name__).joinpath(f"{language}.toml")
    if not source.is_file():
        return lexicon("en")
    return build(tomllib.loads(source.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _platforms() -> dict[str, Platform]:
    text = files(__name__).joinpath("platforms.toml").read_text(encoding="utf-8")
    entries = [_platform(entry) for entry in tomllib.loads(text)["platform"]]
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
    """Words by which job titles, employers' names and agencies are known."""

    heads: frozenset[str]
    business: tuple[str, ...]
    agency: tuple[str, ...]


@lru_cache(maxsize=1)
def role_words() -> RoleWords:
    """The words of `roles.toml`; `business` is longest first."""
    text = files(__name__).joinpath("roles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return RoleWords(
        frozenset(data["heads"]),
        tuple(sorted(set(data["business"]), key=lambda word: -len(word))),
        tuple(data["agency"]),
    )


def build(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon from the content of its file."""
    classes = {name: tuple(words) for name, words in data.get("classes", {}).items()}
    return Lexicon(
        language=data["language"],
        spellings=dict(data.get("spellings", {})),
        classes=classes,
        acts=PhraseIndex(_phrases(data.get("act", ()), "does", classes)),
        context=PhraseIndex(_phrases(data.get("context", ()), "name", classes)),
        own=PhraseIndex(_phrases(data.get("own", ()), "does", classes)),
        hypothetical=PatternIndex(_patterns(data.get("hypothetical", {}).get("say", ()), classes)),
    )


def _phrases(
    groups: Iterable[Mapping[str, Any]], key: str, classes: Mapping[str, tuple[str, ...]]
) -> list[Phrase]:
    phrases = []
    for group in groups:
        unless = PatternIndex(_patterns(group.get("unless", ()), classes))
        weight = float(group.get("weight", group.get("points", 1)))
        job = float(group.get("job", 0))
        phrases += [
            Phrase(group[key], weight, job, pattern, unless)
            for pattern in _patterns(group["say"], classes)
        ]
    return phrases


def _patterns(sources: Iterable[str], classes: Mapping[str, tuple[str, ...]]) -> list[Pattern]:
    return [compile_pattern(source, classes) for source in sources]


def compile_pattern(source: str, classes: Mapping[str, tuple[str, ...]]) -> Pattern:
    """One pattern to the expression and the trigger words it stands for.

    Every repeat is bounded, so matching takes time linear in the sentence.
    """
    pieces: list[str] = []
    choices: list[frozenset[str]] = []
    for element in _ELEMENT.findall(source):
        if element in _GAPS:
            pieces.append(_GAPS[element])
        elif element == "#":
            pieces.append(r"\d\S* ")
        elif element == "^":
            pieces.append("^ ")
        elif element == "$":
            pieces.append("$")
        elif element.endswith(")?") or (element[0] == "(" and not set("|{") & set(element)):
            rows = _rows(element.strip("()?"), classes)
            pieces.append(f"(?:(?:{'|'.join(_word(row) for row in rows)}) )?")
        else:
            rows = _rows(element.strip("()"), classes)
            pieces.append(f"(?:{'|'.join(_word(row) for row in rows)}) ")
            choices.append(frozenset(_rarest(row) for row in rows))
    regex = "".join(pieces)
    if not choices:
        raise ValueError(f"the pattern {source!r} has no word that must be there")
    return Pattern(source, min(choices, key=_cost), regex if regex[0] == "^" else " " + regex)


def _rows(element: str, classes: Mapping[str, tuple[str, ...]]) -> list[str]:
    rows: list[str] = []
    for part in element.split("|"):
        if part.startswith("{") and part.endswith("}"):
            rows += classes[part[1:-1]]
        else:
            rows.append(part.strip())
    return rows


def _word(row: str) -> str:
    return " ".join(
        re.escape(w[:-1]) + r"\S*" if w.endswith("*") else re.escape(w) for w in row.split(" ")
    )


def _rarest(row: str) -> str:
    word = min(row.split(" "), key=lambda word: (word in _COMMON, -len(word)))
    return f"{word[:_PREFIX]}*" if word.endswith("*") else word


def _cost(words: frozenset[str]) -> int:
    return sum(30 if word in _COMMON else 1 for word in words)
