"""Runs of words that begin with capitals: what names of people and employers look like in a text.

One pass over the words, linear in the text; a run ends at punctuation, at a blank line, where a
short line ends and at the gap between two columns of a table. Small words may stand inside a run
("Department of Revenue", "Casa di Cura"), never at its ends.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_TOKEN = re.compile(r"\n+|[^\s|·•/]+|[|·•/]")
# What begins no run: small letters with nothing elided among them ("l'Atelier"), signs, space.
_SMALL = re.compile(r"(?:\s+|[|·•/]|[a-z][^\s|·•/'’]*+(?!['’]))*+")
_OPENING = '([{<"“„«‘*_¡¿'
_CLOSING = ')]}>"”»’*_,;:!?.'
JOINERS = frozenset(
    "of the and for & + de du des la le les von van der den dem zu für und y e i do da dos das di del della "
    "dei degli delle dello het en ten ter w na pod nad ds. et al au aux sur sous am zum zur".split()
)
_SHORTENED = frozenset(
    "st mr mrs ms dr prof fr sr jr mt ft co no rev hon cllr enf dott ing dra sra srta eng avv mme mlle mgr inż dipl dipl.-ing dipl.-kfm dipl.-päd dipl.-soz dipl.-psych dipl.-inf m.a m.sc b.sc b.a".split()
)
_ELIDED = re.compile(r"(?:[dlDL]|[Dd]ell|[Ss]ull)['’][^\W\d_a-z]")
_WRAPPED = 55  # letters of a line after which a newline may be only a wrapped line's end
_COLUMN = 2  # spaces that part two columns
_MOST_WORDS = 12
MOST = 160  # runs of a portion that are looked at: a letter of 6,000 characters has fewer


class Run(NamedTuple):
    """Words that stand together, and where in the text each of them begins."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where the first word begins."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return self.starts[-1] + len(self.words[-1])

    @property
    def text(self) -> str:
        """The words with a space between each two."""
        return " ".join(self.words)

    def part(self, first: int, last: int | None = None) -> "Run":
        """The words from one place to another, as of a list."""
        return Run(self.words[first:last], self.starts[first:last])


class _Word(NamedTuple):
    core: str
    start: int
    opens: bool
    closes: bool


@lru_cache(maxsize=32)  # employer, role and people read the same portions of one mail
def runs(text: str) -> tuple[Run, ...]:
    """The first runs of a text, in order; at most twelve words each."""
    return tuple(islice(_runs(text), MOST))


def _runs(text: str) -> Iterator[Run]:
    held: list[_Word] = []
    at = 0
    while token := _TOKEN.search(text, at if held else _past_small(text, at)):
        if held and token.start() - at >= _COLUMN:
            yield from _closed(held)
        at = token.end()
        if token[0][0] == "\n":
            line_start = text.rfind("\n", 0, token.start()) + 1
            if len(token[0]) > 1 or token.start() - line_start < _WRAPPED:
                yield from _closed(held)
            continue
        word = _word(token)
        if word is None or word.opens or len(held) >= _MOST_WORDS:
            yield from _closed(held)
        if word is None:
            continue
        if _capital(word.core) or (held and word.core in JOINERS):
            held.append(word)
        else:
            yield from _closed(held)
        if word.closes:
            yield from _closed(held)
    yield from _closed(held)


def _past_small(text: str, at: int) -> int:
    """Where the next word stands that can begin a run: most words of a text cannot."""
    small = _SMALL.match(text, at)
    return small.end() if small else at


def _word(token: re.Match[str]) -> _Word | None:
    """The word without the punctuation around it; None where it is nothing else."""
    whole = token[0]
    if whole.isalnum():
        return _Word(whole, token.start(), False, False)
    bare = whole.lstrip(_OPENING)
    core = bare.rstrip(_CLOSING)
    if not core:
        return _Word("&", token.start(), False, False) if whole == "&" else None
    ending = bare[len(core) :]
    if ending == "." and (core.lower().removeprefix("l'") in _SHORTENED or len(core) == 1):
        core, ending = f"{core}.", ""
    if not core[0].isalnum() and not any(letter.isalnum() or letter in "&+" for letter in core):
        return None
    start = token.start() + len(whole) - len(bare)
    return _Word(core, start, len(bare) < len(whole), bool(ending))


def _capital(core: str) -> bool:
    return core[0].isupper() or core[0].isdigit() or bool(_ELIDED.match(core))


def _closed(held: list[_Word]) -> tuple[Run, ...]:
    """What has been held, as a run without small words at its ends; the list is emptied."""
    while held and not _capital(held[-1].core):
        held.pop()
    if not held:
        return ()
    cores, starts, *_ = zip(*held, strict=True)
    held.clear()
    if cores[0][0].isalpha() or any(letter.isalpha() for core in cores for letter in core):
        return (Run(cores, starts),)
    return ()
