"""Words that can be nobody's name, whoever asks: desks, things of a procedure, apps and their buttons.

A name that begins with a given name is somebody's, whatever follows; for all others the words are
looked at one by one.
"""

import re
from functools import lru_cache

from agent.lexicon.people import writer_words
from agent.lexicon.who import employer_words, people_words, words_around_roles
from agent.mail.message import Address
from agent.mail.spelling import squash

# "KlusKlik", "EmpleosMX"; but "McDonald", "DeShawn", "LaToya" and "FitzGerald" are people.
_APP = re.compile(
    r"(?!Mc|Mac|De|Di|Da|Du|Del|Van|Von|La|Le|Fitz|San|StD|Ab|El|Al|Nic)"
    r"[A-Z][a-zà-ÿ]{1,20}[A-Z]{1,3}(?![\w'’-]*\.)[a-zà-ÿ]{0,20}"
)
_ELIDED = re.compile(r"[LlDd]['’][a-zà-ÿ]")  # "L'appli", but "L'Hostis" is a family
_SPELLED = 3  # letters up to which a word in capitals is somebody's initials
_LETTERS = 4  # of a word by which a house is known in its domain


@lru_cache(maxsize=4096)
def of_things(name: str) -> bool:
    """Whether words name a desk, a thing or an app: "Auswahlverfahren Zoll-Akademie", "KlusKlik"."""
    words = name.split()
    if not words or _called(words[0]):
        return False
    if _ELIDED.match(words[0]):
        return True
    return any(map(_thing, words)) or (len(words) > 1 and _of_procedure(words))


def of_house(name: str, address: Address) -> bool:
    """Whether a last line has nothing but what the sending house is called by: "Jobpunt Noord"."""
    words = name.split()
    if not words or _called(words[0]) or people_words().honour.match(name):
        return False
    domain, shown = squash(address.domain), squash(address.name)
    first, whole = squash(words[0]), squash(name)
    known = len(whole) >= _LETTERS and (whole in domain or whole in shown)
    return known or (len(first) >= _LETTERS and first in shown and first in domain)


def _called(word: str) -> bool:
    lowered = word.lower()
    return lowered in people_words().given or lowered in people_words().given_words


def _thing(word: str) -> bool:
    """Whether one word is no part of a name: an app's, or that of a desk behind a hyphen."""
    if _APP.fullmatch(word) or writer_words().desk_ends.fullmatch(word.lower()):
        return True
    parts = word.lower().split("-")
    known = employer_words()
    return len(parts) > 1 and any(
        len(part) > _SPELLED
        and (known.desk.fullmatch(part) is not None or part in known.institutions)
        for part in parts
    )


def _of_procedure(words: list[str]) -> bool:
    """Whether the first of several words is one of letters about jobs: "Vorstellungsgespräch Busfahrerin"."""
    first = words[0].lower()
    return len(first) > _LETTERS and first in words_around_roles().frames
