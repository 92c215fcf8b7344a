"""A domain's label as a name, where nothing in the mail spells it.

With the accents that a word has elsewhere in the mail or in its language, German umlauts, words
of institutions apart from the rest ("clinicalosboldos" gives "Clínica Los Boldos"), and what is
cut short in full ("uni-hohenau" gives "Universität Hohenau").
"""

import re
from collections.abc import Mapping
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
_FEWEST = 3  # letters that are left of a name beside a word of business
_FIRST = 4  # letters that are left of a name beside a word cut short, and one more
_NO_END = frozenset({"se", "on", "ma", "st"})  # "research", "monarch"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The tables of `domain_words.toml` that hold for every language.

    `articles` stand before the rest of a name, `small_articles` of them in small letters and
    `kept` in capitals; `joining` are small words between hyphens, `joined` last parts with the
    word before them, `bodies` what is said in full.
    """

    articles: tuple[str, ...]
    small_articles: frozenset[str]
    kept: frozenset[str]
    spelled: Mapping[str, str]
    joining: frozenset[str]
    joined: Mapping[str, str]
    saints: frozenset[str]
    cities: tuple[str, ...]
    bodies: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of `domain_words.toml` for one language."""

    together: tuple[str, ...]
    accents: Mapping[str, str]
    short: Mapping[str, str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return shipped("domain_words")


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    table = _data()["parts"]
    return _Parts(
        tuple(table["articles"].split()),
        frozenset(table["small_articles"].split()),
        frozenset(table["kept"].split()),
        table["spelled"],
        frozenset(table["joining"].split()),
        table["joined"],
        frozenset(table["saints"].split()),
        tuple(table["cities"].split()),
        frozenset(table["bodies"].split()),
    )


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data = _data()
    accents = {squash(word): word for word in data["accents"].get(language, "").split()}
    if language != "en":
        accents |= {plain: word for plain, word in _institutions().items() if plain not in accents}
    return _Words(
        tuple(sorted(data["together"]["all"].split(), key=len, reverse=True)),
        accents,
        data["short"].get(language, {}),
    )


def spelled_out(
    label: str, spellings: Mapping[str, str], text: str = "", language: str = "en"
) -> str | None:
    """A label as a name; `spellings` are words of the mail by their letters, `text` tells German."""
    if saint := _saint(label, spellings, text, language):
        return saint
    words = _words(language)
    spellings = {**words.accents, **spellings} if language != "en" else spellings
    if "-" in label:
        return _hyphened([part for part in label.split("-") if part], spellings, text, words)
    if apart := _apart(label, spellings, text, words):
        return apart
    for city in _parts().cities:
        if label.endswith(city) and len(label) - len(city) > 4:
            return spelled_out(label.removesuffix(city), spellings, text, language)
    if language == "en" and (ended := _ended(label)):
        head, ending = ended
        return f"{spelled_out(head, spellings, text, language)} {ending}".strip()
    known = spellings.get(label) or _umlauts(label, text)
    if known != label:
        return known[0].upper() + known[1:]
    return spaced(label, role_words().business)


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
    if part in spellings or len(part) < 3:
        return _word(part, spellings, text)
    return _apart(part, spellings, text, words) or _word(part, spellings, text)


def _apart(label: str, spellings: Mapping[str, str], text: str, words: _Words) -> str | None:
    """A label that begins with a word of institutions, with that word apart from the rest."""
    known = {**_institutions(), **spellings}
    for at in range(len(label) - 3, 2, -1):
        head, rest = label[:at], label[at:]
        article = rest.startswith(_parts().articles)
        institution = head in _institutions() and (len(head) > 4 or article) and len(rest) > 2
        if institution or (head in words.together and len(rest) >= _FEWEST):
            return f"{_capital(known.get(head, head))} {_rest(rest, spellings, text)}"
    return None


def _rest(rest: str, spellings: Mapping[str, str], text: str) -> str:
    """What follows an institution's word in a label: "losboldos" gives "Los Boldos"."""
    if rest in spellings:
        return _capital(spellings[rest])
    for article in _parts().articles:
        after = rest.removeprefix(article)
        if after != rest and len(after) > 1 and (len(after) > 2 or after in spellings):
            small = article if article in _parts().small_articles else article.capitalize()
            return f"{_parts().spelled.get(article, small)} {_rest(after, spellings, text)}"
    return _word(rest, spellings, text)


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
