"""Tables of weights as a byte each: how they lie in a file, and how their rows are summed.

Such a file is a line of JSON, then the CRC-32 of every row's name (four bytes, little-endian,
ascending), then the rows, of one width. Names stand in it by their checksum alone.

Rows are summed without a library: a row is one long integer with a lane of 32 bits a byte, so that
adding two integers adds all their columns at once.
"""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

NONE = 128  # the byte of a weight of nothing
LANE = 4  # bytes; a lane holds the sum of sixteen million rows


@dataclass(frozen=True, slots=True)
class Packed:
    """One file: its head, where each row is by its name's checksum, and the rows."""

    head: Mapping[str, Any]
    places: Mapping[int, int]
    rows: bytes


def read_packed(name: str, counted: str) -> Packed:
    """The shipped file of that name; `counted` is what its head calls the number of its rows."""
    data = files("agent.lexicon").joinpath(name).read_bytes()
    line, _, body = data.partition(b"\n")
    head = json.loads(line)
    count = head.pop(counted)
    sums = array("I", body[: 4 * count])
    if sums.itemsize != LANE:  # pragma: no cover - no platform that we run on
        raise RuntimeError("this platform's unsigned int is not of four bytes")
    return Packed(head, {checksum: at for at, checksum in enumerate(sums)}, body[4 * count :])


def as_lanes(held: bytes) -> bytes:
    """Bytes as the lowest byte of a lane each."""
    lanes = bytearray(LANE * len(held))
    lanes[::LANE] = held
    return bytes(lanes)


def sums_of(total: int, lanes: int) -> Sequence[int]:
    """What each of so many lanes of a sum holds."""
    return array("I", total.to_bytes(lanes * LANE, "little"))
