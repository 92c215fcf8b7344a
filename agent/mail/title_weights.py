"""How much speaks for each phrase of a portion to be the title that its mail is about.

A phrase is weighed by the words before it, by its first and last word, by all of its words, by the
words behind it, by every two words that stand together, by how long it is and in which portion it
stands. The weights are log odds in a table, `agent/lexicon/titles.txt`, which `python -m
training.titles` fits to the labelled mails; the signs are those of `agent.mail.title_words`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from agent.lexicon.shipped import weights
from agent.mail.title_words import (
    MOST_TOKENS,
    MOST_WORDS,
    Names,
    Token,
    beginnings,
    endings,
    signs_between,
    signs_of,
)

# What a sign can say of a phrase: where its token stands to it. The columns of the table.
FIRST, LAST, INSIDE, BEFORE, BEFORE_2, FURTHER_BEFORE, AFTER, AFTER_2, FURTHER_AFTER = range(9)
PLACES = 9
# ... and where two tokens stand: both before it, across its beginning, inside, across its end, after.
PAIR_BEFORE, PAIR_BEGINS, PAIR_INSIDE, PAIR_ENDS, PAIR_AFTER = range(5)
PAIR_PLACES = 5
BEFORE_WITHIN, AFTER_WITHIN = (3, 4, 5, 6), (3, 4, 5)  # tokens away that are further before, after
_UNIT = 100  # weights are written in hundredths

Row = tuple[float, ...]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    """The weights as they are written, by sign, by pair of signs, or by what has "@" before it."""
    return {row[0]: row[1] for row in weights("titles")}


def _row(written: str, places: int) -> Row:
    """A row of the table as numbers; what is left out at its end is nothing."""
    row = tuple(int(number) / _UNIT for number in written.split(" "))
    return row + (0.0,) * (places - len(row))


def alone(*names: str) -> float:
    """The sum of what is said by signs of no token: the portion, the length, that there is no title."""
    return _sum_of([f"@{name}" for name in names], 1)[0]


@lru_cache(maxsize=8192)
def _of_word(word: str, group: str, extra: str) -> Row:
    """What a word says in each place; `extra` is a sign more, of a name that it belongs to."""
    return _sum_of((*signs_of(word, group), extra), PLACES)


@lru_cache(maxsize=16384)
def _of_two(left: str, right: str) -> Row:
    """What two words that stand together say in each place."""
    return _sum_of(signs_between(left, right), PAIR_PLACES)


def _sum_of(signs: Iterable[str], places: int) -> Row:
    table = _table()
    rows = [_row(table[sign], places) for sign in signs if sign in table]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0.0,) * places


class Weighed(NamedTuple):
    """A phrase of a portion by its first and last token, and how much speaks for it."""

    weight: float
    first: int
    last: int


def weighed(
    found: Sequence[Token], portion: str, group: str, names: Names, least: float
) -> Iterator[Weighed]:
    """The phrases of a portion for which no less speaks than that, in a language of that group.

    `portion` is the portion's name.
    """
    begins, ends = _edges(found, group, names)
    base = alone(f"portion {portion}")
    lengths = [base + alone(f"length {words}") for words in range(MOST_WORDS + 1)]
    longest = max(lengths)
    for first in beginnings(found):
        missing = least - begins[first]
        if longest + max(ends[first : first + MOST_TOKENS]) < missing:
            continue  # no phrase from here on: most tokens of a mail begin none
        for last, words in endings(found, first):
            if (rest := lengths[words] + ends[last]) >= missing:
                yield Weighed(begins[first] + rest, first, last)


def _edges(found: Sequence[Token], group: str, names: Names) -> tuple[list[float], list[float]]:
    """What speaks for a title to begin and to end with each token.

    What the tokens inside say is in both, summed up from the first token of the portion on: the
    sum at the last less the sum before the first is what the tokens of a phrase say.
    """
    words = [token.word for token in found]
    margin: list[Row] = [_NOTHING] * _MARGIN
    rows = [*margin, *(_of_word(word, group, names.sign(word)) for word in words), *margin]
    pairs = [*margin, *(_of_two(left, right) for left, right in pairwise(words)), *margin]
    begins, ends, inside = [], [], 0.0
    for at in range(_MARGIN, _MARGIN + len(found)):
        inside += pairs[at - 1][PAIR_INSIDE]
        begins.append(_begins(rows, pairs, at) - inside)
        inside += rows[at][INSIDE]
        ends.append(_ends(rows, pairs, at) + inside)
    return begins, ends


_MARGIN = max(*BEFORE_WITHIN, *AFTER_WITHIN)  # tokens around a portion, which say nothing
_NOTHING: Row = (0.0,) * PLACES


def _begins(rows: Sequence[Row], pairs: Sequence[Row], at: int) -> float:
    """What speaks for a title to begin with a token: the places of `BEFORE_WITHIN` one by one."""
    return (
        rows[at][FIRST]
        + rows[at - 1][BEFORE]
        + rows[at - 2][BEFORE_2]
        + rows[at - 3][FURTHER_BEFORE]
        + rows[at - 4][FURTHER_BEFORE]
        + rows[at - 5][FURTHER_BEFORE]
        + rows[at - 6][FURTHER_BEFORE]
        + pairs[at - 1][PAIR_BEGINS]
        + pairs[at - 2][PAIR_BEFORE]
    )


def _ends(rows: Sequence[Row], pairs: Sequence[Row], at: int) -> float:
    """What speaks for a title to end with a token: the places of `AFTER_WITHIN` one by one."""
    return (
        rows[at][LAST]
        + rows[at + 1][AFTER]
        + rows[at + 2][AFTER_2]
        + rows[at + 3][FURTHER_AFTER]
        + rows[at + 4][FURTHER_AFTER]
        + rows[at + 5][FURTHER_AFTER]
        + pairs[at][PAIR_ENDS]
        + pairs[at + 1][PAIR_AFTER]
    )
