"""The learned half of understanding: how likely each kind is, from the words of a mail.

A multinomial logistic regression over grams (`agent.mail.grams`) and a few signs of structure.
`python -m training.train` makes its weights, `agent/lexicon/model.bin`: a line of JSON, then the
rows, first the CRC-32 of every gram (four bytes, little-endian, ascending), then a row of bytes a
gram: its idf, then its weight for each kind, 128 being none. Grams stand in it by their
checksum alone, so that 60,000 of them take about a megabyte.

`judge_kind` gives the likelihood of every kind. Probabilities are calibrated on mails by hands
that were not trained on. Linear in the text; no language of its own.
"""

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

from agent.domain.facts import Evidence, Kind
from agent.mail.context import clip
from agent.mail.grams import pieces, runs, tokens
from agent.mail.machine import automatic_answer, delivery_report, to_many, unattended
from agent.mail.signals import Signals

MOST_SENTENCES = 60
LEAST_NORM = 3.0  # a text of few known words is not made to sound surer than it is
IDF_STEPS = 64.0  # a byte of idf is that many times its value
NONE = 128  # the byte of a weight of nothing
_TELLING = 3  # phrases shown as evidence


@dataclass(frozen=True, slots=True)
class Model:
    """The weights, as `model.bin` holds them.

    `places` gives the row of a gram by its checksum. A byte of kind k stands for
    (byte - 128) * `steps[k]`. `temperature` divides the totals before they are shares.
    """

    kinds: tuple[Kind, ...]
    places: Mapping[int, int]
    rows: bytes
    steps: tuple[float, ...]
    signs: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]
    temperature: float

    @property
    def width(self) -> int:
        """The bytes of a row."""
        return len(self.kinds) + 1

    def joined(self, places: Sequence[int]) -> bytes:
        """The rows of several grams, end to end."""
        rows, width = self.rows, self.width
        return b"".join([rows[place * width : (place + 1) * width] for place in places])

    def weight(self, place: int, kind: int) -> float:
        """What the gram at a place says for a kind."""
        return (self.rows[place * self.width + 1 + kind] - NONE) * self.steps[kind]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely each kind is, by what the mail's words and its structure say."""

    totals: Mapping[Kind, float]
    found: tuple[frozenset[int], ...]  # the places of the known grams, sentence by sentence
    texts: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def shares(self) -> dict[Kind, float]:
        """The probability of every kind."""
        return shares(self.totals)

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return max(self.totals, key=lambda kind: self.totals[kind])

    @property
    def confidence(self) -> float:
        """Its probability."""
        return self.shares[self.kind]

    def evidence(self, kind: Kind) -> tuple[Evidence, ...]:
        """The sentence that speaks most for a kind, with its most telling words."""
        known = model()
        number = known.kinds.index(kind)
        spoken = [sum(known.weight(p, number) for p in places) for places in self.found]
        if not spoken or max(spoken) <= 0:
            return ()
        text = self.texts[spoken.index(max(spoken))]
        words = ", ".join(f'"{said}"' for said in _telling(text, self.names, number))
        reason = f"words of {kind.replace('_', ' ')}"
        return (Evidence(f"{reason}: {words}" if words else reason, clip(text)),)


def shares(totals: Mapping[Kind, float]) -> dict[Kind, float]:
    """Totals to probabilities."""
    highest = max(totals.values())
    raised = {kind: math.exp(total - highest) for kind, total in totals.items()}
    whole = sum(raised.values())
    return {kind: value / whole for kind, value in raised.items()}


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model, read once."""
    data = files("agent.lexicon").joinpath("model.bin").read_bytes()
    head, _, body = data.partition(b"\n")
    about = json.loads(head)
    count = about["grams"]
    sums = array("I", body[: 4 * count])
    if sums.itemsize != 4:  # pragma: no cover - no platform that we run on
        raise RuntimeError("this platform's unsigned int is not of four bytes")
    return Model(
        kinds=tuple(Kind(name) for name in about["kinds"]),
        places={checksum: place for place, checksum in enumerate(sums)},
        rows=body[4 * count :],
        steps=tuple(about["steps"]),
        signs={name: tuple(row) for name, row in about["signs"].items()},
        bias=tuple(about["bias"]),
        temperature=about["temperature"],
    )


# -- what is looked at -------------------------------------------------------------------------


def texts(signals: Signals) -> Iterator[str]:
    """What is read: the subject, the calendar's words, the sentences newly written."""
    yield signals.mail.subject[:300]
    for event in signals.invites.events[:2]:
        yield f"{event.summary} . {event.description[:400]}"
    for sentence in signals.found[:MOST_SENTENCES]:
        yield sentence.text


def signs(signals: Signals) -> dict[str, float]:
    """What is seen without words: who sent it and how, the thread, the calendar's method."""
    mail, events = signals.mail, signals.invites.events
    found = {
        "answers": float(signals.answers),
        "unattended": float(unattended(mail.from_)),
        "many": float(to_many(mail)),
        "automatic": float(bool(automatic_answer(mail))),
        "report": float(bool(delivery_report(mail))),
        "html": float(mail.content_type == "text/html"),
        "long": min(len(signals.found), 20) / 20,
    }
    if signals.platform:
        found[f"platform {signals.platform.kind}"] = 1.0
    if events:
        found[f"calendar {(signals.invites.method or 'none').upper()}"] = 1.0
        found["calendar updated"] = float((events[0].sequence or 0) > 0)
        found["calendar cancelled"] = float(events[0].cancelled)
    return {name: value for name, value in found.items() if value}


def own_names(signals: Signals) -> tuple[str, ...]:
    """The user's first and last name, which say nothing about a mail."""
    names = signals.identity.name.lower().split()
    return (names[0], names[-1]) if names else ()


def features(signals: Signals) -> tuple[list[frozenset[int]], dict[str, float]]:
    """The places of the known grams of each sentence, and the signs of structure."""
    names = own_names(signals)
    return [_places(text, names) for text in texts(signals)], signs(signals)


def checksum(gram: str) -> int:
    """What a gram is known by in the model."""
    return crc32(gram.encode())


def _places(text: str, names: Sequence[str]) -> frozenset[int]:
    said, known = tokens(text, names), model().places
    found = {known.get(checksum(run), -1) for run in runs(said)}
    for word in set(said):
        found.update(_places_in(word))
    found.discard(-1)
    return frozenset(found)


@lru_cache(maxsize=8192)
def _places_in(word: str) -> tuple[int, ...]:
    """The places of a word and of its pieces."""
    known = model().places
    sums = map(checksum, (word, *pieces(word)))
    return tuple(known[checksum_] for checksum_ in sums if checksum_ in known)


# -- judging -----------------------------------------------------------------------------------


def judge_kind(signals: Signals) -> Likelihood:
    """How likely each kind is for a mail; `Kind.OWN` is told by the sender, never here."""
    known = model()
    found, seen = features(signals)
    totals = [bias + said for bias, said in zip(known.bias, _said(found, known), strict=True)]
    for name, value in seen.items():
        for number, weight in enumerate(known.signs.get(name, ())):
            totals[number] += weight * value
    return Likelihood(
        totals={
            kind: total / known.temperature for kind, total in zip(known.kinds, totals, strict=True)
        },
        found=tuple(found),
        texts=tuple(texts(signals)),
        names=own_names(signals),
    )


def _said(found: Sequence[frozenset[int]], known: Model) -> list[float]:
    """What the words say for each kind, over their length as a vector.

    A gram of n sentences counts 1 + ln(n) / 2 times. Rows of equal n are summed together,
    byte column by byte column, which is what makes this fast without a library.
    """
    equals: dict[int, list[int]] = {}
    for place, count in Counter(p for places in found for p in places).items():
        equals.setdefault(count, []).append(place)
    scores, squares = [0.0] * len(known.kinds), 0.0
    for count, places in equals.items():
        share = 1 + 0.5 * math.log(count)
        joined = known.joined(places)
        squares += share**2 * sum(idf * idf for idf in joined[:: known.width])
        for number in range(len(scores)):
            column = joined[number + 1 :: known.width]
            scores[number] += share * (sum(column) - NONE * len(column))
    norm = max(math.sqrt(squares) / IDF_STEPS, LEAST_NORM)
    return [score * step / norm for score, step in zip(scores, known.steps, strict=True)]


def _telling(text: str, names: Sequence[str], number: int) -> list[str]:
    """The words and runs of a sentence that speak most for a kind, none inside another."""
    known, said = model(), tokens(text, names)
    weighed = {
        gram: known.weight(known.places[checksum(gram)], number)
        for gram in (*runs(said), *said)
        if checksum(gram) in known.places and gram == gram.lower() and len(gram) > 2
    }
    chosen: list[str] = []
    for gram in sorted(weighed, key=lambda gram: (-weighed[gram], gram)):
        if weighed[gram] <= 0 or len(chosen) == _TELLING:
            break
        if not any(gram in other or other in gram for other in chosen):
            chosen.append(gram)
    return chosen
