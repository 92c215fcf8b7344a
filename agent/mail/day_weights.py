"""How likely a day is theirs, and how likely the user's, by its signs: the net of `training.net`.

A row of `agent/lexicon/days.bin` (`agent.mail.packed`) is a sign's: its weights for theirs and for
the user's, in log odds against its being neither, and its numbers, of which the hidden layer is
made. The rows of a day's signs are added up; what the hidden layer makes of the numbers is added
to the weights. "By Friday" alone asks, "we" alone tells little: together they say who.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from agent.mail.packed import NONE, as_lanes, read_packed, sums_of

SIDES = 2  # theirs, the user's
_MOST = 30.0  # a score beyond which a share is 1 to the last digit


@dataclass(frozen=True, slots=True)
class _Net:
    """A byte of column c stands for (byte - 128) * `steps[c]`."""

    places: Mapping[int, int]  # of rows, by checksum
    rows: bytes
    steps: Sequence[float]
    before: Sequence[float]  # added to the sum of each number
    layer: Sequence[Sequence[float]]  # what each number then says for (theirs, the user's)
    after: Sequence[float]


def shares(signs: Iterable[str]) -> tuple[float, float]:
    """How likely a day with these signs is theirs, and the user's; the rest is neither."""
    net = _net()
    found = map(net.places.get, map(crc32, map(str.encode, signs)))
    places = [place for place in found if place is not None]
    total = sums_of(sum(map(_row, places)), len(net.steps))
    nothing = NONE * len(places)
    sums = [(s - nothing) * step for s, step in zip(total, net.steps, strict=True)]
    they, user = map(sum, zip(sums, net.after, strict=False))
    for number, offset, (for_them, for_user) in zip(
        sums[SIDES:], net.before, net.layer, strict=True
    ):
        hidden = _gelu(number + offset)
        they += hidden * for_them
        user += hidden * for_user
    grown_they, grown_user = math.exp(min(_MOST, they)), math.exp(min(_MOST, user))
    whole = 1 + grown_they + grown_user
    return grown_they / whole, grown_user / whole


def _gelu(number: float) -> float:
    return 0.5 * number * (1 + math.erf(number / math.sqrt(2)))


@lru_cache(maxsize=1)
def _net() -> _Net:
    """The shipped net, read once."""
    packed = read_packed("days.bin", "signs")
    return _Net(packed.places, packed.rows, **packed.head)


@lru_cache(maxsize=8192)
def _row(place: int) -> int:
    """The row at a place, as lanes."""
    net = _net()
    width = len(net.steps)
    return int.from_bytes(as_lanes(net.rows[place * width : (place + 1) * width]), "little")
