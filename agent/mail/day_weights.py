"""How likely a day is theirs, and how likely the user's, by its signs: the net of `training.net`.

`agent/lexicon/days.bin` is a line of JSON, then the CRC-32 of every sign (four bytes,
little-endian, ascending), then a row of bytes a sign: its weights for theirs and for the user's,
in log odds against its being neither, and its numbers, of which the hidden layer is made. The
rows of a day's signs are added up; what the hidden layer makes of the numbers is added to the
weights. "By Friday" alone asks, "we" alone tells little: together they say who.

As in `agent.mail.weights`, a row is one long integer with a lane of 32 bits a weight.
"""

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

NONE = 128  # the byte of a weight of nothing
SIDES = 2  # theirs, the user's
_LANE = 4  # bytes; a lane holds the sum of sixteen million rows
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
    total = sum(map(_row, places)).to_bytes(_LANE * len(net.steps), "little")
    nothing = NONE * len(places)
    sums = [(s - nothing) * step for s, step in zip(array("I", total), net.steps, strict=True)]
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
    data = files("agent.lexicon").joinpath("days.bin").read_bytes()
    head, _, body = data.partition(b"\n")
    about = json.loads(head)
    count = about.pop("signs")
    sums = array("I", body[: 4 * count])
    if sums.itemsize != _LANE:  # pragma: no cover - no platform that we run on
        raise RuntimeError("this platform's unsigned int is not of four bytes")
    places = {checksum: place for place, checksum in enumerate(sums)}
    return _Net(places, body[4 * count :], **about)


@lru_cache(maxsize=8192)
def _row(place: int) -> int:
    """The row at a place, as lanes."""
    net = _net()
    width = len(net.steps)
    lanes = bytearray(_LANE * width)
    lanes[::_LANE] = net.rows[place * width : (place + 1) * width]  # the lowest byte of each lane
    return int.from_bytes(lanes, "little")
