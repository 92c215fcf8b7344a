"""Titles of jobs as phrases: what is built like one, in eight languages, and what is no part of one.

`titled` says whether a phrase is built like a title at all, `trade` whether a word is one by
itself; `without_codes` takes reference numbers and the like off. Which phrase of a mail is the
title that the mail is about is `agent.mail.position`.
"""

import re
from functools import lru_cache

from agent.lexicon import role_words
from agent.lexicon.shapes import Shape, Words
from agent.lexicon.who import trades, words_around_roles
from agent.mail.role import is_title


def _words(*names: str) -> Words:
    return Words("title", *names)


def _shape(source: str, *, caseless: bool = True) -> Shape:
    return Shape("title", source, caseless=caseless)


_SURNAMES = _words("surnames")
# "(m/w/d)", "(alle)", "(60-80 %)": whom a job is for, how much of it.
_MARKS = _shape(
    r"\s*[(\[]\s*(?:(?:[mwfdhvkxi]|<everybody>\.?)(?:\s?[/|,*.:]\s?(?:[mwfdhvkxi]|<everybody>\.?)){0,3}|mwd"
    r"|\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%|<from_home>)\s*[)\]]"
    r"|\s+(?:[mwf]\s?/\s?[mwfd](?:\s?/\s?[dxmwf])?|[hf]/[fh](?:/x)?|[mvx]/[vmx](?:/[xmv])?|\d{2,3}\s?%)(?=\s|$|[,;)])"
)
_CODE = _shape(
    r"\.(?:pdf|docx?)$|\s*[-–—|,#]*\s*[(\[]\s*(?:<code_brackets>[^()\[\]]{0,30}|[a-z]{0,4}[-/]?\d{3}[^()\[\]]{0,24}|\d\d-\d{3,6}|[a-z]{1,3}/\d[\w/]{0,10}|(?!gs-)[a-z]{1,2}-\d[\w-]{2,14})\s*[)\]]"
    r"|\s*[-–—|,#]*\s*<code>[.:# ]{0,3}[\w/-]{0,12}\d[\w/-]{0,12}"
    r"|\s+(?!gs-)[a-z]{1,4}[/-]\d{2,}[\w/-]{0,14}$|\s+#?\d{3,}[-\w]{0,12}$|\s*[-–—]\s*r?-?\d{4,}[-\d]{0,12}$"
)
_STEP = _shape(r"\s+(?:<step> ?\w{1,2}|I{1,3}|IV)$")
_OF_IN_FOR, _INITIALS = _words("of_in_for"), _words("initials")


_NO_WORDS = re.compile(r"\([^)]*\)|[^\w\s/-]")  # with what stands in brackets


@lru_cache(maxsize=2048)
def leads_on(phrase: str) -> bool:
    """Whether what a title is of is still to come: "Director of"."""
    return phrase.rpartition(" ")[2].lower() in _OF_IN_FOR


def titled(phrase: str) -> bool:
    """Whether a phrase ends, or in other languages begins, as a title does."""
    bare = _STEP.sub("", phrase)
    if is_title(bare) or bare.lower() in words_around_roles().phrases or bare in _INITIALS:
        return True
    words = _NO_WORDS.sub(" ", bare).lower().split()
    if not words:
        return False
    if len(words) > 1 and words[0] in role_words().heads and words[1] in _OF_IN_FOR:
        return True  # "Teacher of Geography"
    heads = words_around_roles().heads
    ends = {word for word in (words[0], words[-1]) if _written_as_head(word, bare, words)}
    if (
        len(words) < 7
        and (is_trade(words[0]) or is_trade(words[-1], last=True))
        and not _surnamed(phrase)
    ):
        return True
    return any(word.endswith(_tails()) for word in ends) or any(
        part in heads or part in role_words().heads
        for word in ends
        for part in word.replace("-", "/").split("/")
        if word != part or part in heads
    )


def _written_as_head(word: str, phrase: str, words: list[str]) -> bool:
    """Whether a word can be the head of a title here: "TA" and "PA" are letters, "ta" a word."""
    return len(word) > 2 or len(words) == 1 or word.upper() in phrase


@lru_cache(maxsize=4096)
def is_trade(word: str, *, last: bool = False) -> bool:
    """Whether a word is a trade in one of the seven languages: "camarera", "Verkaufsberaterin".

    Romance and Polish titles begin with it: "prueba técnica" is none.
    """
    if len(word) < 3:
        return False
    germanic, others = trades()
    return germanic.fullmatch(word) is not None or (not last and others.fullmatch(word) is not None)


def trade(word: str) -> bool:
    """Whether one word is a title by itself: "Gerente", "Geselle"."""
    return titled(word) and " " not in word and word.lower() not in _SURNAMES


def _surnamed(phrase: str) -> bool:
    """ "Anna Schneider" is somebody, though Schneider is a trade."""
    words = phrase.split()
    named = len(words) == 2 and all(word[:1].isupper() for word in words)
    return named and words[-1].lower() in _SURNAMES


@lru_cache(maxsize=1)
def _tails() -> tuple[str, ...]:
    """Heads that end longer words too: Oberarzt*helferin*, Schade*behandelaar*."""
    return tuple(head for head in words_around_roles().heads if len(head) > 5)


@lru_cache(maxsize=4096)
def without_codes(title: str) -> str:
    """A phrase without reference numbers, grades in brackets and the ending of a file."""
    return _CODE.sub("", _MARKS.sub("", title))
