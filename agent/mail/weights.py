"""The weights that `python -m training.train` made, as `agent/lexicon/model.bin` holds them.

A row of the file (`agent.mail.packed`) is a gram's: its idf, its weight for each kind in the whole
mail, and its weight for each kind in a sentence. Known by their checksum alone, 120,000 grams take
less than four megabytes.

Adding two rows adds 26 weights at once. In the lanes above the weights stand a one, by which the
rows of a sum are counted, and, without a bound, the square of the idf.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from agent.domain.facts import Kind
from agent.mail.grams import pieces
from agent.mail.packed import LANE, NONE, as_lanes, read_packed, sums_of

LEAST_NORM = 3.0  # a text of few known words is not made to sound surer than it is
IDF_STEPS = 64.0  # a byte of idf is that many times its value


@dataclass(frozen=True, slots=True)
class Blend:
    """How the rules and the context of a mail count beside the words; see `classify.settled`."""

    rule: float
    context: float
    lean: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned. `places` gives the row of a gram by its checksum.

    A byte of kind k stands for (byte - 128) * `mail_steps[k]`, or `sentence_steps[k]`.
    `temperature` divides the totals before they are shares.
    """

    kinds: tuple[Kind, ...]
    places: Mapping[int, int]
    rows: bytes
    mail_steps: tuple[float, ...]
    sentence_steps: tuple[float, ...]
    signs: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]
    temperature: float
    blend: Blend

    def place(self, gram: str) -> int | None:
        """Where the row of a gram is; None for one that was not learned."""
        return self.places.get(checksum(gram))

    def places_of(self, grams: Iterable[str]) -> set[int]:
        """Where the rows of those grams are that were learned: `place` for many, at half its cost."""
        found = map(self.places.get, map(crc32, map(str.encode, grams)))
        return {place for place in found if place is not None}

    def said_for(self, place: int, kind: int) -> float:
        """What the gram at a place says for a kind, in the mail and in its sentence."""
        start, count = place * (1 + 2 * len(self.kinds)) + 1 + kind, len(self.kinds)
        whole = (self.rows[start] - NONE) * self.mail_steps[kind]
        return whole + (self.rows[start + count] - NONE) * self.sentence_steps[kind]

    def of_mail(self, total: int) -> list[float]:
        """What grams say for each kind, by the sum of their rows, taken together as one text."""
        return self._scores(total, 0, self.mail_steps)

    def of_sentence(self, total: int) -> list[float]:
        """What grams say for each kind, by the sum of their rows, as those of one sentence."""
        return self._scores(total, len(self.kinds), self.sentence_steps)

    def _scores(self, total: int, first: int, steps: tuple[float, ...]) -> list[float]:
        """The weights from the lane `first` on, over the length of the grams as a vector."""
        lanes = 2 * len(self.kinds) + 1
        squares = total >> 8 * LANE * lanes
        sums = sums_of(total - (squares << 8 * LANE * lanes), lanes)
        nothing, norm = NONE * sums[-1], max(math.sqrt(squares) / IDF_STEPS, LEAST_NORM)
        return [(s - nothing) * step / norm for s, step in zip(sums[first:], steps, strict=False)]


def checksum(gram: str) -> int:
    """What a gram is known by in the file."""
    return crc32(gram.encode())


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The shipped weights, read once."""
    packed = read_packed("model.bin", "grams")
    about = packed.head
    return Weights(
        kinds=tuple(Kind(name) for name in about["kinds"]),
        places=packed.places,
        rows=packed.rows,
        mail_steps=tuple(about["mail_steps"]),
        sentence_steps=tuple(about["sentence_steps"]),
        signs={name: tuple(row) for name, row in about["signs"].items()},
        bias=tuple(about["bias"]),
        temperature=about["temperature"],
        blend=Blend(**about["blend"]),
    )


@lru_cache(maxsize=16384)
def row(place: int) -> int:
    """The row at a place, as lanes."""
    known = weights()
    width = 1 + 2 * len(known.kinds)
    held = known.rows[place * width : (place + 1) * width]
    idf = held[0]
    lanes = as_lanes(held[1:] + b"\x01")
    return int.from_bytes(lanes, "little") + (idf * idf << 8 * len(lanes))


@lru_cache(maxsize=16384)
def word_row(word: str) -> int:
    """The rows of a word and of its pieces, added up."""
    return sum(map(row, weights().places_of((word, *pieces(word)))))
