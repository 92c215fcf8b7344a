"""The words of a mail as its title of a job is looked for among them: tokens, phrases, signs.

A portion of a mail is cut into tokens; a phrase is a run of them that can be a title by where it
is cut; a sign is what a token says of itself: the word, its beginning and endings, how it is
written, on which lists it stands. What each sign weighs is `agent.mail.title_weights`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from agent.lexicon.who import common_words, people_words, words_around_roles
from agent.mail.role import is_title
from agent.mail.titles import is_trade

MOST_WORDS = 10  # of a title
MOST_TOKENS = 16
OPENS, CLOSES = "^", "$"  # before the first token of a portion and behind its last
_TOKEN = re.compile(
    # what French and Italian swallow of an article: "d'agent", "dell'ufficio"
    r"(?i:\n+|\b(?:d|l|qu|dell|all|dall|nell|sull|un|c|s|n|j|m|t)['’](?=\w)"
    # a word with what joins its parts: "Lehrer*in", "Part-time", "Node.js", "C++"
    r"|[^\W_]+(?:[*:_](?=in(?:nen)?\b)[^\W_]+|['’.\-](?!s\b)[^\W_]+|[+#]+)*"
    # what an owner has, and any other sign but those that make letters fat
    r"|['’]s\b|[^\w\s*`])"
)
_BREAKS = frozenset('\n;!?"“”„«»|:•<>=^$')  # no title goes on behind these
_ARTICLES = frozenset({"the"})  # that no title begins with, though it may be cut off one
_SHORTENED = 4  # letters of a word that may be cut short with a stop: "Sr.", "ds."
_STEM, _TAIL = 5, 3  # letters by which forms of a word are alike
_GROUPS = frozenset({"en", "de"})  # languages whose capitals say something of their own
_LONGEST = 40  # letters of a word that are looked at
_SHORT = 5  # letters of an abbreviation in capitals, less than


class Token(NamedTuple):
    """A word or a sign, and where it stands in its portion."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a portion, one before the first and one behind the last."""
    found = [Token(OPENS, 0, 0)]
    found += (Token(at[0][:_LONGEST], at.start(), at.end()) for at in _TOKEN.finditer(text))
    return [*found, Token(CLOSES, len(text), len(text))]


def beginnings(found: Sequence[Token]) -> Iterator[int]:
    """The tokens with which a title can begin: words that are no article."""
    for first in range(1, len(found) - 1):
        word = found[first].word
        if word[0].isalnum() and word.lower() not in _ARTICLES:
            yield first


def endings(found: Sequence[Token], first: int) -> Iterator[tuple[int, int]]:
    """The last tokens of what can be a title that begins with a token, and how many words it has.

    It ends behind a word, no bracket being open.
    """
    words, open_brackets = 0, 0
    for at in range(first, min(len(found) - 1, first + MOST_TOKENS)):
        word = found[at].word
        if word[0].isalnum():
            words += 1
            if words > MOST_WORDS:
                return
        elif word == "(":
            open_brackets += 1
            continue
        elif word == ")":
            open_brackets -= 1
            if open_brackets < 0:
                return
        elif word[0] in _BREAKS or (word == "." and not _cut_short(found[at - 1].word)):
            return
        else:
            continue
        if not open_brackets:
            yield at, words


def _cut_short(word: str) -> bool:
    return word[0].isalpha() and len(word) <= _SHORTENED


# -- signs ---------------------------------------------------------------------------------------


def language_group(language: str) -> str:
    """Languages whose titles are written alike: with capitals in a sentence or without."""
    return language if language in _GROUPS else "x"


def signs_of(word: str, group: str) -> tuple[str, ...]:
    """What a word says of itself in a language of that group, how it is written the first.

    "Clerk" gives "%Cap", "%Cap:en", "clerk", "-erk", "&head" and so on; a number only its length.
    """
    written, *others = _signs_anywhere(word)
    return (written, f"{written}:{group}", *others) if others else (written,)


@lru_cache(maxsize=8192)
def _signs_anywhere(word: str) -> tuple[str, ...]:
    """What a word says of itself in every language."""
    if word[0] in "^$\n":
        return (_line_end(word) if word[0] == "\n" else word,)
    written = _written(word)
    low = word.lower().replace("’", "'")
    if written == "%number":
        return (written, "#" * min(len(word), 4))
    if written == "%sign":
        return (written, low)
    return (written, low, *_letters(low), *_listed(word, low))


def _written(word: str) -> str:
    first = word[0]
    if first.isdigit():
        return "%number"
    if not first.isalpha():
        return "%sign"
    if first.islower():
        return "%small" if word.islower() else "%sMall"
    if word.isupper():
        return "%I" if len(word) == 1 else "%ABC" if len(word) < _SHORT else "%ALL"
    return "%Cap" if word[1:].islower() or "-" in word else "%CaP"


def _letters(low: str) -> Iterator[str]:
    """The beginning and the endings of a word, and its last part behind a hyphen."""
    if len(low) > _STEM:
        yield f"{low[:_STEM]}~"
    if len(low) > _TAIL + 1:
        yield f"-{low[-_TAIL:]}"
    if len(low) > _STEM + 1:
        yield f"-{low[-_STEM:]}"
    part = low.rpartition("-")[2]
    if part != low:
        yield f"--{part}"


def _listed(word: str, low: str) -> Iterator[str]:
    """The lists on which a word stands."""
    around, part = words_around_roles(), low.rpartition("-")[2]
    if is_title(word):
        yield "&head"
    if part and is_trade(part):
        yield "&trade"
    if part in around.heads:
        yield "&heads"
    if low in around.frames:
        yield "&frame"
    if low in around.stops:
        yield "&stop"
    if low in people_words().given:
        yield "&given"
    if low not in common_words():
        yield "&rare"


_KNOWN = frozenset({"&head", "&trade", "&heads"})


def signs_between(left: str, right: str) -> tuple[str, ...]:
    """What two words that stand together say: as words, and as how they are written."""
    (a, shape_a), (b, shape_b) = _told(left), _told(right)
    return f"{a} {b}", f"{a} {shape_b}", f"{shape_a} {b}", f"{shape_a} {shape_b}"


@lru_cache(maxsize=8192)
def _told(word: str) -> tuple[str, str]:
    """A word as it is spoken, and how it is written."""
    return _spoken(word), _shape(word)


def _spoken(word: str) -> str:
    low = word.lower().replace("’", "'")
    return low if word[0] != "\n" else _line_end(word)


def _line_end(word: str) -> str:
    return "¶" * min(len(word), 2)


def _shape(word: str) -> str:
    """How a token is written, marked where it is known to be a trade."""
    signs = _signs_anywhere(word)
    return f"{signs[0]}!" if not _KNOWN.isdisjoint(signs) else signs[0]


class Names(NamedTuple):
    """Words of the employer's and the user's name, and of the sender's, in small letters."""

    never: frozenset[str] = frozenset()
    sender: frozenset[str] = frozenset()

    def sign(self, word: str) -> str:
        """The sign of a word that belongs to one of them; "" of others."""
        low = word.lower()
        sign = "&named" if low in self.never else "&sender" if low in self.sender else ""
        return sign if sign and word[0].isalnum() else ""
