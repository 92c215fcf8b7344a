"""A domain's label as a name, where nothing in the mail spells it.

With the accents that a word has elsewhere in the mail or in its language, German umlauts, words
of institutions apart from the rest ("clinicalosboldos" gives "Clínica Los Boldos"), and what is
cut short in full ("uni-hohenau" gives "Universität Hohenau").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon import role_words
from agent.lexicon.shipped import shipped
from agent.lexicon.who import employer_words
from agent.mail.spelling import spaced, squash

_UMLAUT = re.compile(r"(?<![aeoqu])(?:ae(?!l)|oe|ue)(?=[a-z])")
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_GERMAN = re.compile(r"[äöüß]")
_WITHOUT_UMLAUTS = re.compile(r"(?i)\b(?:fuer|ueber|gruess|moecht|koenn|wuerd|muess|naechst|waer)")
_FEWEST = 3  # letters that are left of a name beside a word of business
_FIRST = 4  # letters that are left of a name beside a word cut short, and one more
_SURE_SAINT = 5  # letters of a name behind a word that is only a saint's
_WITH_THE = 7  # letters of a label that can begin with "the" ...
_NO_THE = frozenset({"at", "ra", "rm", "or"})  # ... as "theatre" and "thermal" do not
_NO_END = frozenset({"se", "on", "ma", "st"})  # "research", "monarch"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The tables of `domain_words.toml` that hold for every language.

    `kept` are articles in capitals; `joining` are small words between hyphens, `joined` last parts
    with the word before them, `bodies` what is said in full, `dropped` last parts that only say
    what a house is.
    """

    kept: frozenset[str]
    joining: frozenset[str]
    joined: Mapping[str, str]
    saints: frozenset[str]
    cities: tuple[str, ...]
    bodies: frozenset[str]
    dropped: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of `domain_words.toml` for one language.

    `together` begin names and `last` end them, `second` stand behind the first; `small` and `near`
    are small words by their letters, those of `near` before one of the `nouns` alone, and `leads`
    those that begin a name; `whole` are parts cut short, wherever they stand, `names` of saints.
    """

    together: frozenset[str]
    accents: Mapping[str, str]
    short: Mapping[str, str]
    small: Mapping[str, str]
    near: Mapping[str, str]
    nouns: frozenset[str]
    leads: Mapping[str, str]
    second: tuple[str, ...]
    last: tuple[str, ...]
    whole: Mapping[str, str]
    saints: Mapping[str, str]
    names: frozenset[str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return shipped("domain_words")


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    table = _data()["parts"]
    return _Parts(
        frozenset(table["kept"].split()),
        frozenset(table["joining"].split()),
        table["joined"],
        frozenset(table["saints"].split()),
        tuple(table["cities"].split()),
        frozenset(table["bodies"].split()),
        frozenset(table["dropped"].split()),
    )


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data = _data()
    accents = {squash(word): word for word in data["accents"].get(language, "").split()}
    if language != "en":
        plain = employer_words().institutions  # "college" has no accent in Dutch
        others = (each for each in _institutions().items() if each[0] not in plain)
        accents |= {letters: word for letters, word in others if letters not in accents}
    small = data["small"].get(language, {})
    return _Words(
        frozenset(data["together"]["all"].split()),
        accents,
        data["short"].get(language, {}),
        _by_letters(small.get("surely", ())),
        _by_letters(small.get("near", ())),
        frozenset(small.get("nouns", "").split()),
        _by_letters(small.get("leads", ())),
        _longest_first(small.get("second", "")),
        _longest_first(data["last"].get(language, "")),
        data["whole"].get(language, {}),
        _by_letters(small.get("saints", ())),
        frozenset(small.get("names", "").split()),
    )


def _by_letters(words: Iterable[str]) -> Mapping[str, str]:
    """Small words by their letters, the longest first: "dela" is "de la"."""
    return {squash(word): word for word in sorted(words, key=len, reverse=True)}


def _longest_first(words: str) -> tuple[str, ...]:
    return tuple(sorted(words.split(), key=len, reverse=True))


def spelled_out(
    label: str,
    spellings: Mapping[str, str],
    text: str = "",
    language: str = "en",
    writer: Iterable[str] = (),
) -> str | None:
    """A label as a name; `spellings` are words of the mail by their letters, `text` tells German.

    `writer` is the name of who writes, whose the firm often is: "Meble Górny" of meblegorny.
    """
    if saint := _saint(label, spellings, text, language):
        return saint
    words = _words(language)
    if language == "de" and not _WITHOUT_UMLAUTS.search(text):
        text = "ä"  # whoever writes German with umlauts, or needs none in this mail
    writer = [name for name in writer if name[:1].isupper()]
    spellings = {**spellings, **{squash(name): name for name in writer}}
    spellings = {**spellings, **_accented(words, spellings)} if language != "en" else spellings
    if "-" in label:
        return _hyphened([part for part in label.split("-") if part], spellings, text, words)
    if apart := _apart(label, spellings, text, words) or _of_writer(label, spellings, text, writer):
        return apart
    english = language == "en"
    if english and label.startswith("the") and len(label) > _WITH_THE and label[3:5] not in _NO_THE:
        return f"The {spelled_out(label[3:], spellings, text)}"
    for city in _parts().cities:
        if label.endswith(city) and len(label) - len(city) > 4:
            return spelled_out(label.removesuffix(city), spellings, text, language)
    if english and (ended := _ended(label)):
        head, ending = ended
        return f"{spelled_out(head, spellings, text, language)} {ending}".strip()
    if two := _two(label, spellings, text, words):
        return two
    known = spellings.get(label) or _umlauts(label, text)
    if known != label:
        return known[0].upper() + known[1:]
    return spaced(label, role_words().endings)


def _accented(words: _Words, spellings: Mapping[str, str]) -> Mapping[str, str]:
    """The language's words with accents, but where the mail has one in a capital without."""
    return {
        letters: word
        for letters, word in words.accents.items()
        if not spellings.get(letters, "")[:1].isupper()
    }


def _of_writer(
    label: str, spellings: Mapping[str, str], text: str, writer: Iterable[str]
) -> str | None:
    """A label that begins or ends with the name of who writes: "hendrikskassen", "meblegorny"."""
    for name in writer:
        key = squash(name)
        if len(key) < _FIRST or len(label) - len(key) < _FEWEST:
            continue
        if label.startswith(key):
            return f"{name} {_word(label[len(key) :], spellings, text)}"
        if label.endswith(key):
            return f"{_word(label[: -len(key)], spellings, text)} {name}"
    return None


def _two(label: str, spellings: Mapping[str, str], text: str, words: _Words) -> str | None:
    """A label of a name and a word of a trade, of a name "and sons", or of one behind an article."""
    for last in words.last:
        if label.endswith(last) and len(label) - len(last) >= _FIRST:
            head = _word(label[: -len(last)], spellings, text)
            return f"{head} {_word(last, spellings, text)}"
    for joiner, sign in _data()["ands"].items():
        head, found, rest = label.rpartition(joiner)
        if found and rest in _parts().joined and len(head) >= _FIRST:
            return f"{_word(head, spellings, text)} {sign} {_word(rest, spellings, text)}"
    for lead, shown in words.leads.items():
        rest = label.removeprefix(lead)
        if rest != label and len(rest) >= _FIRST and rest[0] != rest[1]:
            return f"{_capital(shown)} {_rest(rest, spellings, text, words)}"
    for lead, shown in words.near.items():
        if label.removeprefix(lead) in words.nouns and label.startswith(lead):
            return f"{_capital(shown)} {_word(label.removeprefix(lead), spellings, text)}"
    return _of_saint(label, spellings, text, words)


def _ended(label: str) -> tuple[str, str] | None:
    """A label without what is cut short at its end, and that in full: "haldaneassoc"."""
    for at in range(len(label) - 2, max(_FIRST, len(label) - 8), -1):
        ending = _data()["endings"].get(label[at:])
        if ending is not None and label[at - 2 : at] not in _NO_END:
            return label[:at], ending
    return None


def _saint(label: str, spellings: Mapping[str, str], text: str, language: str) -> str | None:
    """ "stjudesprimary" as "St Jude's Primary", where an English domain begins with a saint's name."""
    if language != "en" or not label.startswith("st"):
        return None
    for end in range(len(label) - 1, 5, -1):
        name, rest = label[2:end], label[end + 1 :].lstrip("-")
        if label[end] == "s" and name in _parts().saints and (not rest or len(rest) > 2):
            after = spelled_out(rest, spellings, text, language) if rest else ""
            return f"St {name.capitalize()}'s {after}".strip()
    return None


def in_full(name: str, language: str) -> str:
    """A name with the body before it in full: "CM Vale do Seixo" is a Câmara Municipal."""
    first, _, rest = name.partition(" ")
    body = (
        _words(language).short.get(first.lower().strip("."), "") if first in _parts().bodies else ""
    )
    if not rest or not body:
        return name
    return f"{body} {rest.removeprefix(body.split()[-1] + ' ')}"


def _hyphened(
    parts: list[str], spellings: Mapping[str, str], text: str, words: _Words
) -> str | None:
    """The parts of a label, each as a word or as several."""
    if len(parts) > 1 and parts[-1] in _parts().dropped:
        parts = parts[:-1]
    if not parts:
        return None
    named = [_part(part, spellings, text, words) for part in parts]
    if len(parts) > 1 and parts[0] in words.short:
        named[0] = words.short[parts[0]]
    if len(parts) > 1 and parts[-1] in _parts().joined and parts[-2] not in _parts().joining:
        named.insert(-1, _parts().joined[parts[-1]])  # "vossen-partner"
    for index, part in enumerate(parts):
        inside = 0 < index < len(parts) - 1
        if part in _parts().joining and inside:
            named[index] = part.capitalize() if part in _parts().kept else part
    return " ".join(named)


def _part(part: str, spellings: Mapping[str, str], text: str, words: _Words) -> str:
    """One part between hyphens."""
    if whole := words.whole.get(part):
        return whole
    if part in spellings or len(part) < 3 or part in employer_words().institutions:
        return _word(part, spellings, text)
    return (
        _apart(part, spellings, text, words)
        or _of_saint(part, spellings, text, words)
        or _word(part, spellings, text)
    )


def _apart(label: str, spellings: Mapping[str, str], text: str, words: _Words) -> str | None:
    """A label that begins with a word of institutions, with that word apart from the rest."""
    known = _institutions()
    for at in range(len(label) - 3, 2, -1):
        head, rest = label[:at], label[at:]
        institution = head in known and len(rest) > 2
        if institution and len(head) <= 4:  # too short to tell, but before an article
            institution = rest.startswith(tuple(words.small))
        if institution or (head in words.together and len(rest) >= _FEWEST):
            plain = head in employer_words().institutions and head not in words.accents
            shown = head if plain else spellings.get(head, known.get(head, head))
            return f"{_capital(shown)} {_rest(rest, spellings, text, words)}"
    return None


def _rest(rest: str, spellings: Mapping[str, str], text: str, words: _Words) -> str:
    """What follows an institution's word in a label: "losboldos" gives "Los Boldos"."""
    if whole := words.whole.get(rest):
        return whole
    if rest in spellings:
        return _capital(spellings[rest])
    for small, shown in (*words.small.items(), *words.near.items()):
        after = rest.removeprefix(small)
        if after == rest or (len(after) < _FEWEST and after not in spellings):
            continue
        if (small in words.small or after in words.nouns) and after[0] != after[
            1
        ]:  # "Dekker" is no "de Kker"
            return f"{shown} {_rest(after, spellings, text, words)}"
    for second in words.second:
        after = rest.removeprefix(second)
        if after != rest and len(after) >= _FEWEST:
            return f"{_word(second, spellings, text)} {_rest(after, spellings, text, words)}"
    return _of_saint(rest, spellings, text, words) or _word(rest, spellings, text)


def _of_saint(rest: str, spellings: Mapping[str, str], text: str, words: _Words) -> str | None:
    """A saint's name, apart: "santaeufemia" gives "Santa Eufémia", "saintjoseph" "Saint-Joseph"."""
    for saint, shown in words.saints.items():
        after = rest.removeprefix(saint)
        if after != rest and (len(after) >= _SURE_SAINT or after in words.names):
            if saint in words.names and after not in words.names:
                continue  # "Sanitas" is no "San Itas"
            mark = "" if shown.endswith("-") else " "
            return f"{shown}{mark}{_word(after, spellings, text)}"
    return None


def _word(part: str, spellings: Mapping[str, str], text: str) -> str:
    """One part of a label with its accents; what has no vowel is an abbreviation."""
    plain = part in employer_words().institutions  # "theatre" is no "théâtre" in English
    known = spellings.get(part) or (None if plain else _institutions().get(part))
    if known:
        return _capital(known)
    return part.upper() if len(part) < 3 else _capital(_umlauts(part, text))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _umlauts(part: str, text: str) -> str:
    """ "kaeserei" as "käserei" in a mail that is written with umlauts."""
    if not _GERMAN.search(text):
        return part
    return _UMLAUT.sub(lambda found: _UMLAUTS[found[0]], part)


def _institutions() -> Mapping[str, str]:
    """Words of institutions by their letters, as they are spelled."""
    return employer_words().spelled
