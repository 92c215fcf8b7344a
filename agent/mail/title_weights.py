"""How much speaks for each phrase of a portion to be the title that its mail is about.

A phrase is weighed by the words before it, by its first and last word, by all of its words, by the
words behind it, by every two words that stand together, by how long it is and in which portion it
stands. The weights are log odds in a table, `agent/lexicon/titles.txt`, which `python -m
training.titles` fits to the labelled mails; the signs are those of `agent.mail.title_words`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add
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


@lru_cache(maxsize=8192)
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
    total: Row | None = None
    for sign in signs:
        if (written := table.get(sign)) is not None:
            row = _row(written, places)
            total = row if total is None else tuple(map(add, total, row))
    return (0.0,) * places if total is None else total


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
    rows = [_of_word(word, group, names.sign(word)) for word in words]
    pairs = [_of_two(left, right) for left, right in pairwise(words)]
    first, last, inside, before, before_2, far_before, after, after_2, far_after = _columns(rows)
    pair_before, pair_begins, pair_inside, pair_ends, pair_after = _columns(pairs)
    here = slice(_MARGIN, _MARGIN + len(found))
    beginning = zip(
        first[here],
        _away(before, -1),
        _away(before_2, -2),
        *(_away(far_before, -tokens) for tokens in BEFORE_WITHIN),
        _away(pair_begins, -1),
        _away(pair_before, -2),
        strict=False,
    )
    ending = zip(
        last[here],
        _away(after, 1),
        _away(after_2, 2),
        *(_away(far_after, tokens) for tokens in AFTER_WITHIN),
        _away(pair_ends, 0),
        _away(pair_after, 1),
        strict=False,
    )
    begins, ends, so_far = [], [], 0.0
    edges = zip(beginning, ending, _away(pair_inside, -1), _away(inside, 0), strict=False)
    for begun, ended, of_two, of_word in edges:
        so_far += of_two
        begins.append(sum(begun) - so_far)
        so_far += of_word
        ends.append(sum(ended) + so_far)
    return begins, ends


_MARGIN = max(*BEFORE_WITHIN, *AFTER_WITHIN)  # tokens around a portion, which say nothing


def _columns(rows: Sequence[Row]) -> Iterator[Row]:
    """What tokens, or pairs of them, say in each place, with nothing around the portion."""
    margin = (0.0,) * _MARGIN
    return ((*margin, *column, *margin) for column in zip(*rows, strict=True))


def _away(column: Row, tokens: int) -> Row:
    """A column that begins with what is said so many tokens behind the first of the portion."""
    return column[_MARGIN + tokens :]
